"""The treebanks' sentences, and as many with other words, for teachers to judge.

    python vary.py --data DIR >> forms.txt

A fifth of the nouns, verbs, adjectives and adverbs give way to others with the
same Penn tag. The trees may change with that; the teachers tell how.
"""

import argparse
import os
import random

import corpus

OPEN = {"NN", "NNS", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "JJ", "RB"}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--seed", type=int, default=1)
    args = p.parse_args()
    rng = random.Random(args.seed)
    sentences = []
    for name in ("en_ewt-ud-train.conllu", "gum-free-train.conllu"):
        sentences += corpus.read_conllu(os.path.join(args.data, "syntax", name))
    words = {}
    for s in sentences:
        for form, tag, upos in zip(s.form, s.xpos, s.upos):
            if tag in OPEN and upos != "AUX" and form.isalpha() and form.islower():
                words.setdefault(tag, []).append(form)
    for s in sentences:
        if any(" " in form for form in s.form):
            continue
        print(" ".join(s.form))
        print(" ".join(rng.choice(words[tag]) if form.islower() and tag in OPEN and upos != "AUX" and rng.random() < 0.2
                       else form for form, tag, upos in zip(s.form, s.xpos, s.upos)))


if __name__ == "__main__":
    main()
