"""Writes a trained parser as the weights file that detente-text decodes.

    python export.py --data DIR --run DIR --out syntax-en-1.bin

The layout, all numbers little-endian:

    8 bytes   DTNTMDL1
    u32       format version, 3
    u32       number of string tables; each
        u16 + bytes   name
        u32           count; each string u16 + bytes, UTF-8
    u32       number of tensors; each
        u16 + bytes   name
        u8            0: f32; 1: i8, with one f32 scale before each row
        u32 u32       rows, columns
        bytes         the rows

Tables: `word` (sorted; row i of tensor `word` belongs to word i - 1, row 0 to
all others), `lexicon` (sorted) and `lexicon.classes` (for each of its words
the digits of its classes), `upos`, `xpos`, `deprel`, `names`, `feats`,
`feats.of` (UPOS TAB XPOS TAB the places in `feats` of what was seen with both),
`rule` (see lemma.py) and `rule.of` alike, and `dictionary` (form TAB UPOS or UPOS/XPOS TAB lemma, sorted by
form, then UPOS; a lemma equal to the form is left empty).

The matrix `u` of a layer's direction holds what enters the gates from the layer
below (none in the first layer, whose `w` is apart), then from its own past.
"""

import argparse
import hashlib
import os
import struct
from collections import Counter

import torch

import corpus
import lemma as lemmas


HEADS = ("upos", "xpos", "feats", "names", "names_first", "rule", "arc_head", "arc_dep", "label_head", "label_dep",
         "label")


def string(text):
    data = text.encode("utf-8")
    return struct.pack("<H", len(data)) + data


def table(name, strings):
    return string(name) + struct.pack("<I", len(strings)) + b"".join(map(string, strings))


def quantise(t):
    """Rows on an i8 grid, each with its own scale; returns scales and integers."""
    scale = t.abs().amax(1) / 127.0
    q = torch.round(t / torch.where(scale > 0, scale, torch.ones_like(scale)).unsqueeze(1))
    return scale, q.clamp(-127, 127).to(torch.int8)


def tensor(name, t, small):
    t = t.detach().float()
    if t.dim() == 1:
        t = t.unsqueeze(0)
    out = string(name) + struct.pack("<BII", 1 if small else 0, *t.shape)
    if not small:
        return out + t.contiguous().numpy().astype("<f4").tobytes()
    scale, q = quantise(t)
    rows = [struct.pack("<f", s) + r.numpy().tobytes() for s, r in zip(scale.tolist(), q)]
    return out + b"".join(rows)


def tensors(state):
    """(name in the file, tensor, whether i8) of everything exported."""
    e = "encoder."
    out = [("word", state[e + "word.weight"], True), ("hashed", state[e + "hashed.weight"], True),
           ("lexicon", state[e + "lexicon"], False),
           ("norm.gain", state[e + "norm.weight"], False), ("norm.bias", state[e + "norm.bias"], False)]
    for layer in ("layer1", "layer2"):
        for d in ("forwards", "backwards"):
            w, u, b = (state[f"{e}{layer}.{d}.{p}"] for p in "wub")
            if layer == "layer1":
                out.append((f"{layer}.{d}.w", w, True))
            else:
                u = torch.cat([w, u], 1)
            out += [(f"{layer}.{d}.u", u, True), (f"{layer}.{d}.b", b, False)]
    for head in HEADS:
        out.append((head + ".w", state[head + ".weight"], True))
        if head + ".bias" in state:
            out.append((head + ".b", state[head + ".bias"], False))
    # The arc matrix is used from the right in training and from the left here.
    return out + [("arc_u", state["arc_u"].t(), True), ("arc_b", state["arc_b"], False),
                  ("root", state["root"], False), ("distance", state["distance"], False)]


def by_tags(sentences, values, column, share=0.0):
    """Which values go with which tags: those seen twice and in this share of all, or at all where nothing was."""
    seen, place = {}, {v: i for i, v in enumerate(values)}
    for s in sentences:
        for u, x, value in zip(s.upos, s.xpos, column(s)):
            if value in place:
                seen.setdefault((u, x), Counter())[place[value]] += 1
    lines = []
    for (u, x), found in sorted(seen.items()):
        # Two tags that stand together once or twice are a slip; the reader takes no such pair.
        if sum(found.values()) < 3:
            continue
        least = max(2, share * sum(found.values()))
        places = sorted(f for f, n in found.items() if n >= least or len(found) == 1) or sorted(found)
        lines.append(f"{u}\t{x}\t" + " ".join(map(str, places)))
    return lines


def on_grid(state):
    """The parser's weights as they will be read back."""
    rounded = {}
    for name, t, small in tensors(state):
        if small:
            scale, q = quantise(t)
            t = q.float() * scale.unsqueeze(1)
        rounded[name] = t
    e, state = "encoder.", dict(state)
    state[e + "word.weight"], state[e + "hashed.weight"] = rounded["word"], rounded["hashed"]
    for d in ("forwards", "backwards"):
        state[f"{e}layer1.{d}.w"], state[f"{e}layer1.{d}.u"] = rounded[f"layer1.{d}.w"], rounded[f"layer1.{d}.u"]
        below = state[f"{e}layer2.{d}.w"].shape[1]
        state[f"{e}layer2.{d}.w"] = rounded[f"layer2.{d}.u"][:, :below]
        state[f"{e}layer2.{d}.u"] = rounded[f"layer2.{d}.u"][:, below:]
    for head in HEADS:
        state[head + ".weight"] = rounded[head + ".w"]
    state["arc_u"] = rounded["arc_u"].t()
    return state


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--run", required=True)
    p.add_argument("--out", required=True)
    args = p.parse_args()
    saved = torch.load(os.path.join(args.run, "averaged.pt"))
    state, sets = saved["parser"], saved["sets"]
    d = os.path.join(args.data, "syntax")
    ewt = corpus.read_conllu(os.path.join(d, "en_ewt-ud-train.conllu"))
    gold = ewt + corpus.read_conllu(os.path.join(d, "gum-free-train.conllu"))
    entries = sorted((f, u, "" if x == f else x) for (f, u), x in lemmas.dictionary(gold, len(ewt)).items())
    lex = sorted(saved["lexicon"])
    tables = [("word", saved["words"]), ("lexicon", lex),
              ("lexicon.classes", ["".join(map(str, saved["lexicon"][w])) for w in lex])]
    tables += [(k, sets[k]) for k in ("upos", "xpos", "deprel", "names", "feats", "rule")]
    tables.append(("feats.of", by_tags(gold, sets["feats"], lambda s: s.feats)))
    rules = lambda s: [lemmas.rule(f, x) if x != "_" else None for f, x in zip(s.form, s.lemma)]
    tables.append(("rule.of", by_tags(gold, sets["rule"], rules, 0.001)))
    tables.append(("dictionary", ["\t".join(e) for e in entries]))
    out = [b"DTNTMDL1", struct.pack("<II", 3, len(tables))]
    out += [table(*t) for t in tables]
    wanted = tensors(state)
    out.append(struct.pack("<I", len(wanted)))
    out += [tensor(*t) for t in wanted]
    data = b"".join(out)
    with open(args.out, "wb") as f:
        f.write(data)
    print(f"{len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
