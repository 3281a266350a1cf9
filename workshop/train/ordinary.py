#!/usr/bin/env python3
"""ordinary.py CONLLU... > crates/detente-text/src/ordinary.txt

English words that mid-sentence prose writes in lower case, one a line as `word<space>class`, sorted by bytes.
Class `v`: mostly a verb, an adverb, a pronoun, a preposition or another word of grammar, which names hardly contain
with a capital; `n`: any other word.

The splitter reads headlines with it: a capital letter on a word that prose does not capitalise is evidence for a
headline, on a name it is none. Learned from the training parts of EWT (CC BY-SA 4.0) and GUM (CC BY 4.0) only.
"""

import collections
import sys

VERBAL = {"VERB", "AUX", "ADV", "PRON", "SCONJ", "ADP", "DET", "PART", "CCONJ"}
LEAST, SHARE = 2, 0.1


def sentences(path):
    """Lists of (form, tag) of each sentence."""
    rows = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip():
                cells = line.split("\t")
                if cells[0].isdigit():
                    rows.append((cells[1], cells[3]))
            elif rows:
                yield rows
                rows = []


def main():
    lower, upper = collections.Counter(), collections.Counter()
    tags = collections.defaultdict(collections.Counter)
    for path in sys.argv[1:]:
        for rows in sentences(path):
            words = [form for form, _ in rows if form.isalpha()]
            small = sum(word[0].islower() for word in words)
            # A sentence in title case says nothing about how prose writes a word.
            if small * 2 < len(words):
                continue
            begun = False
            for form, tag in rows:
                if not (form.isascii() and form.isalpha() and len(form) > 1):
                    continue
                if not begun:
                    begun = True
                    continue
                if form.islower():
                    lower[form] += 1
                    tags[form][tag] += 1
                elif form[0].isupper():
                    upper[form.lower()] += 1
    for word in sorted(lower):
        if lower[word] < LEAST or upper[word] > SHARE * (lower[word] + upper[word]):
            continue
        best = min(tags[word].items(), key=lambda item: (-item[1], item[0]))[0]
        print(word, "v" if best in VERBAL else "n")


if __name__ == "__main__":
    main()
