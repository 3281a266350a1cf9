#!/usr/bin/env python3
"""boundary.py --data DATA --split PROGRAM --out FILE [--cross N]

Learns where sentences end: the weights in crates/detente-text/src/boundary.bin, one signed byte for each slot.

PROGRAM is the example `split` of detente-text. It alone knows the features: it shows each place where a sentence may
end and the rules are not certain, with the slots of its features; here a weight is learned for each slot, by logistic
regression with a penalty on squared weights. After a change to the features, build it, run this, and build it again.

Texts are the training parts of EWT (CC BY-SA 4.0) and GUM (CC BY 4.0), joined as `score/raw.py` joins them, with
copies of three kinds: GUM's news with its sentences glued to each other; GUM with some stops taken out, as captions run
into the text; and short sentences of all texts as lines without a stop, by turns in title case, so that the signatures
and lists of EWT do not break headlines.

With `--cross N` it learns N times without every Nth document and splits those documents with the real program; FILE
is then a folder for their gold and their split, which `eval_ud.py` compares: all of EWT, all of GUM, GUM's news, and
GUM's news glued.
"""

import argparse
import collections
import os
import subprocess
import sys
import tempfile

import numpy

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "score"))
from raw import blocks, words  # noqa: E402

SLOTS = 1 << 17
SCALE = 16.0
PENALTY = 1.5
# Features of the two words around the gap come first; below this sum of theirs the splitter looks no further.
NEAR, HOPELESS = 8, -56
# How copies of a document are called.
GLUED, BARE, DROPPED = " glued", " bare", " dropped"
# How much a candidate counts by default, in news, and where stops were taken out.
COUNT, NEWS_COUNT, MADE_COUNT = 1.0, 2.0, 0.5
# Words that title case leaves small.
SMALL = set("a an and as at by for from in of on or the to vs with".split())

Sentence = collections.namedtuple("Sentence", "text opens gold")
Document = collections.namedtuple("Document", "name sentences")


def documents(path):
    """The documents of a treebank."""
    found = []
    for comments, lines in blocks(path):
        for comment in comments:
            if comment.startswith("# newdoc"):
                found.append(Document(comment.split("=", 1)[-1].strip(), []))
        opens = any(c.startswith(("# newpar", "# newdoc")) for c in comments)
        text = "".join(form + (" " if space else "") for form, space in words(lines))
        found[-1].sentences.append(Sentence(text, opens, "\n".join(comments + lines) + "\n\n"))
    return found


def glued(document, size=6):
    """A document's sentences glued into paragraphs, as `score/glue.py` does."""
    taken = []
    for sentence in document.sentences:
        text = sentence.text.strip()
        ended = text.rstrip("\"'”’)]").endswith((".", "?", "!"))
        if ended and (text[0].isupper() or text[0] in "\"“‘(") and text.count(" ") >= 2:
            taken.append(Sentence(text, len(taken) % size == 0, sentence.gold))
    return Document(document.name + GLUED, taken)


def bare(document):
    """Short sentences of a document as lines without a stop, by turns as they are and in title case."""
    taken = []
    for sentence in document.sentences:
        text = sentence.text.strip()
        if text.endswith(".") and text[0].isupper() and 4 <= text.count(" ") < 20:
            text = text[:-1]
            if len(taken) % 2 == 0:
                text = " ".join(titled(word) for word in text.split(" "))
            taken.append(Sentence(text, True, sentence.gold))
    return Document(document.name + BARE, taken)


def dropped(document):
    """A document where every third sentence has lost its stop, as captions and place lines run into the text."""
    taken = []
    for number, sentence in enumerate(document.sentences):
        text = sentence.text
        after = document.sentences[number + 1 : number + 2]
        if number % 3 == 1 and text.endswith(". ") and after and after[0].text[0].isupper():
            text = text[:-2] + " "
        taken.append(Sentence(text, sentence.opens, sentence.gold))
    return Document(document.name + DROPPED, taken)


def titled(word):
    return word if word in SMALL else word[:1].upper() + word[1:]


def raw(parts):
    """One text of all documents, the byte where each sentence begins, and the index of its document."""
    text, starts, owners, at = [], [], [], 0
    for index, document in enumerate(parts):
        for sentence in document.sentences:
            piece = ("\n\n" if sentence.opens and at else "") + sentence.text
            starts.append(at + len(piece.encode()) - len(sentence.text.encode()))
            owners.append(index)
            text.append(piece)
            at += len(piece.encode())
    return "".join(text), starts, owners


def candidates(program, parts):
    """Slots (one row for each candidate), labels and indices of documents."""
    text, starts, owners = raw(parts)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("".join(f"{start}\n" for start in starts))
        file.flush()
        out = subprocess.run([program, "--candidates", file.name], input=text.encode(), capture_output=True,
                             check=True).stdout
    table = numpy.array(out.split(), dtype=numpy.int64)
    table = table.reshape(out.count(b"\n"), -1)
    owner = numpy.searchsorted(numpy.array(starts), table[:, 0], side="right") - 1
    return table[:, 2:], table[:, 1], numpy.array(owners)[owner]


def learn(slots, labels, importance, penalty=PENALTY, rounds=150, memory=8):
    """Weights by L-BFGS: `rounds` steps at most, with the last `memory` of them remembered."""
    flat = slots.ravel()
    signs = 2.0 * labels - 1.0

    def loss(weights):
        margins = signs * weights[slots].sum(axis=1)
        value = (importance * numpy.logaddexp(0, -margins)).sum() + penalty / 2 * (weights**2).sum()
        slope = -importance * signs / (1 + numpy.exp(numpy.minimum(margins, 30)))
        gradient = numpy.bincount(flat, numpy.repeat(slope, slots.shape[1]), SLOTS) + penalty * weights
        return value, gradient

    weights = numpy.zeros(SLOTS)
    value, gradient = loss(weights)
    steps = []
    for _ in range(rounds):
        direction = gradient.copy()
        kept = []
        for s, y, rho in reversed(steps):
            alpha = rho * (s @ direction)
            kept.append(alpha)
            direction -= alpha * y
        if steps:
            s, y, _ = steps[-1]
            direction *= (s @ y) / (y @ y)
        else:
            direction /= max(1.0, numpy.abs(gradient).max())
        for (s, y, rho), alpha in zip(steps, reversed(kept)):
            direction += (alpha - rho * (y @ direction)) * s
        length, slope = 1.0, gradient @ direction
        while True:
            moved = weights - length * direction
            after, steeper = loss(moved)
            if after <= value - 1e-4 * length * slope or length < 1e-8:
                break
            length /= 2
        s, y = moved - weights, steeper - gradient
        if s @ y > 1e-12:
            steps = (steps + [(s, y, 1 / (s @ y))])[-memory:]
        done = value - after < 1e-7 * value
        weights, value, gradient = moved, after, steeper
        if done:
            break
    return weights


def packed(weights):
    """One signed byte a slot."""
    return numpy.clip(numpy.rint(weights * SCALE), -127, 127).astype(numpy.int8).tobytes()


def corpus(data):
    """Training documents and how much each counts."""
    ewt = documents(os.path.join(data, "syntax/en_ewt-ud-train.conllu"))
    gum = documents(os.path.join(data, "syntax/gum-free-train.conllu"))
    news = [d for d in gum if d.name.startswith("GUM_news")]
    parts = ewt + gum + [glued(d) for d in news] + [bare(d) for d in ewt + gum]
    parts += [dropped(d) for d in gum]
    made = (BARE, DROPPED)
    counts = [MADE_COUNT if d.name.endswith(made) else NEWS_COUNT if d in news else COUNT for d in parts]
    return parts, numpy.array(counts)


def cross(program, folds, parts, slots, labels, owners, importance, out):
    """Splits each document with weights that were learned without it."""
    os.makedirs(out, exist_ok=True)
    groups = {}
    for document in parts:
        groups.setdefault(original(document), len(groups) % folds)
    fold = numpy.array([groups[original(d)] for d in parts])
    results = {}
    for number in range(folds):
        kept = fold[owners] != number
        weights = learn(slots[kept], labels[kept], importance[kept])
        path = os.path.join(out, f"fold{number}.bin")
        with open(path, "wb") as file:
            file.write(packed(weights))
        for kind in ("ewt", "gum", "news", "glued"):
            taken = [d for d, f in zip(parts, fold) if f == number and kind in kinds(d)]
            text, _, _ = raw(taken)
            split = subprocess.run([program, "--weights", path], input=text.encode(), capture_output=True,
                                   check=True).stdout.decode()
            gold = "".join(s.gold for d in taken for s in d.sentences)
            before = results.get(kind, ("", ""))
            results[kind] = (before[0] + gold, before[1] + split)
        print(f"fold {number} of {folds} done", file=sys.stderr)
    for kind, (gold, split) in results.items():
        for name, content in (("gold", gold), ("split", split)):
            with open(os.path.join(out, f"{kind}.{name}.conllu"), "w", encoding="utf-8") as file:
                file.write(content)


def original(document):
    """The name of the document that this one is, or was made of."""
    name = document.name
    for copy in (GLUED, BARE, DROPPED):
        name = name.removesuffix(copy)
    return name


def kinds(document):
    """Which figures a document belongs to."""
    if document.name.endswith((BARE, DROPPED)):
        return set()
    if document.name.endswith(GLUED):
        return {"glued"}
    if document.name.startswith("GUM_news"):
        return {"gum", "news"}
    return {"gum"} if document.name.startswith("GUM_") else {"ewt"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--split", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--cross", type=int)
    args = parser.parse_args()
    parts, counts = corpus(args.data)
    slots, labels, owners = candidates(args.split, parts)
    importance = counts[owners]
    print(f"{len(labels)} candidates, {labels.sum()} ends", file=sys.stderr)
    if args.cross:
        return cross(args.split, args.cross, parts, slots, labels, owners, importance, args.out)
    weights = packed(learn(slots, labels, importance))
    with open(args.out, "wb") as file:
        file.write(weights)
    sums = numpy.frombuffer(weights, numpy.int8).astype(int)[slots]
    found = sums.sum(axis=1) > 0
    hopeless = sums[:, :NEAR].sum(axis=1) < HOPELESS
    print(f"{(found != labels).sum()} errors, {(hopeless & found).sum()} of {found.sum()} ends given up early, "
          f"{hopeless.mean():.0%} of all", file=sys.stderr)


if __name__ == "__main__":
    main()
