"""Names that Wikipedia's own links mark, among what teachers make of raw text.

    python anchors.py --data DIR --taught taught.npz --out better.npz

News items link people, bodies and places to their pages. An anchor in capitals is
a name wherever it stands alone. Its kind is told by its last word ("Ministry",
"Province"), by our tables of names, or else by what the teachers think of it over
all its mentions, where they agree well enough: one mention may puzzle them, the
sum of many hardly does.
"""

import argparse
import glob
import json
import os
from collections import defaultdict

import numpy as np

import lexicon
from features import plain

SMALL = {"of", "the", "for", "and", "de", "al", "in", "on", "du", "la", "bin", "von", "van"}
KNOWLEDGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "knowledge")
KINDS = 3            # PER, ORG, LOC; tags are O, then B and I of each
PER, ORG, LOC, NONE = range(4)
HEADS = {
    ORG: """Academy Administration Agency Airlines Airways Alliance Army Assembly Association Authority Bank Battalion Board
        Brigade Brigades Bureau Cabinet Center Centre Chamber Church Coalition College Command Commission Committee
        Company Confederation Congress Conference Corporation Corps Council Court Department Directorate Federation Force
        Forces Foundation Front Fund Government Group Guard Guards Inc. Institute Institution Junta League Legislature
        Media Military Militia Ministry Movement Navy Network News Office Organisation Organization Parliament Party
        Police Post Press Programme Regiment School Senate Service Services Society Times Tribunal Union University""",
    LOC: """Airbase Airport Archipelago Avenue Bay Bridge Canal Cape City Coast County Crossing Desert District Forest
        Governorate Gulf Highway Hills Island Islands Lake Mountain Mountains Oblast Ocean Peninsula Plateau Prefecture
        Province Raion Region River Road Sea Square Strait Street Territory Town Valley Village""",
    NONE: """Accord Accords Act Agreement Ambassador Amendment Award Awards Bill Chancellor Championship Championships Chief
        Constitution Convention Crisis Cup Day Deal Declaration Director Election Elections Emperor Eve Festival Final
        Games General Governor Holocaust Initiative King Law Leader Mayor Medal Minister Olympics Operation Pact
        Pandemic Plan Pope President Prince Prize Protocol Queen Representative Resolution Revolution Secretary Senator
        Series Speaker Spokesman Spokesperson Tour Treaty Vaccine War Year""",
}
HEADS = {word: kind for kind, words in HEADS.items() for word in words.split()}
NAMED, AGREED = 0.6, 0.75
SURE = 0.9           # of the mass of a name's tags, how much goes to what the sum says


def full_names(knowledge):
    """Names of our tables as tuples of words, with their kind; those of several kinds are left out."""
    out = defaultdict(set)
    actors = lambda kind: lexicon.names_of(os.path.join(knowledge, "actors", kind + ".tsv"))
    for kind, names in ((PER, actors("people")), (LOC, actors("countries")), (LOC, lexicon.cities(knowledge)),
                        (LOC, lexicon.listed(knowledge, "places")), (ORG, actors("bodies")), (ORG, actors("groups")),
                        (ORG, actors("media")), (ORG, lexicon.listed(knowledge, "organisations"))):
        for name in names:
            out[words_of(name)].add(kind)
    return {words: min(kinds) for words, kinds in out.items() if len(kinds) == 1}


def head(words):
    """The word that tells the kind of a name of several: the last before "of" and its like."""
    for i, word in enumerate(words[1:], 1):
        if word in SMALL:
            return words[i - 1]
    return words[-1]


def words_of(name):
    words = plain(name).replace("-", " - ").replace("'s", " 's").split()
    return tuple(words[1:] if words[:1] in (["the"], ["The"]) else words)


def capital(word):
    return word[:1].isupper() or word[:1].isdigit()


def anchors(folder):
    """Anchors as tuples of words that are all in capitals, but for small words inside."""
    out = set()
    for path in sorted(glob.glob(os.path.join(folder, "crisis", "wikipedia_current_events_*.jsonl"))):
        with open(path, encoding="utf-8") as f:
            for line in f:
                for link in json.loads(line)["links"]:
                    words = words_of(link["anchor"])
                    inner = all(capital(w) and w[-1] != "," or w in SMALL or w in ("-", "'s") for w in words)
                    if words and inner and words[0][:1].isupper() and capital(words[-1]):
                        out.add(words)
    return out


def mentions(sentences, known):
    """(sentence, first, last, anchor) of every anchor that is not a part of a longer run of capitals."""
    longest = max(map(len, known))
    for number, words in enumerate(sentences):
        i = 0
        while i < len(words):
            for n in range(min(longest, len(words) - i), 0, -1):
                found = tuple(words[i:i + n])
                if found in known:
                    before = i > 1 and capital(words[i - 1])
                    after = i + n < len(words) and capital(words[i + n])
                    if not before and not after:
                        yield number, i, i + n, found
                    i += n
                    break
            else:
                i += 1


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--taught", required=True, action="append")
    p.add_argument("--out", required=True, action="append")
    args = p.parse_args()
    files = [dict(np.load(path, allow_pickle=False)) for path in args.taught]
    known = anchors(args.data)
    all_, total = [], defaultdict(lambda: np.zeros(1 + KINDS))
    for data in files:
        dense = np.zeros((len(data["names/index"]), 1 + 2 * KINDS), dtype=np.float32)
        np.put_along_axis(dense, data["names/index"].astype(np.int64), data["names/weight"].astype(np.float32), 1)
        starts = np.concatenate([[0], data["ends"][:-1]])
        sentences = [plain(line).split(" ") for line in data["forms"].tolist()]
        found = [(starts[s] + a, starts[s] + b, name) for s, a, b, name in mentions(sentences, known)]
        for a, b, name in found:
            mass = dense[a:b].mean(0)
            total[name] += [mass[0], *(mass[1 + 2 * k] + mass[2 + 2 * k] for k in range(KINDS))]
        all_.append((data, dense, found))
    kinds, listed = {}, full_names(KNOWLEDGE)
    for name, mass in total.items():
        named = mass[1:].sum()
        if len(name) > 1 and head(name) in HEADS:
            kinds[name] = HEADS[head(name)]
        elif name in listed and mass[1 + listed[name]] > 0.1 * mass.sum():
            kinds[name] = listed[name]
        elif named > NAMED * mass.sum() and mass[1:].max() > AGREED * named:
            kinds[name] = int(mass[1:].argmax())
    changed = mended = 0
    for (data, dense, found), out in zip(all_, args.out):
        for a, b, name in found:
            kind = kinds.get(name)
            if kind in (None, NONE):
                continue
            wanted = np.full(b - a, 2 + 2 * kind)
            wanted[0] -= 1
            mended += (dense[a:b].argmax(1) != wanted).any()
            changed += 1
            dense[a:b] *= 1 - SURE
            dense[np.arange(a, b), wanted] += SURE
        index = np.argsort(-dense, 1, kind="stable")[:, :data["names/index"].shape[1]]
        weight = np.take_along_axis(dense, index, 1)
        data["names/index"] = index.astype(np.int16)
        data["names/weight"] = (weight / weight.sum(1, keepdims=True)).astype(np.float16)
        np.savez(out, **data)
    print(f"{len(known)} anchors, {len(total)} met, {len(kinds)} with a kind, {changed} mentions, {mended} of them mended")


if __name__ == "__main__":
    main()
