"""Writes a trained parser as the weights file that detente-text decodes.

    python export.py --data DIR --run DIR --out syntax-en-1.bin

The layout, all numbers little-endian:

    8 bytes   DTNTMDL1
    u32       format version, 1
    u32       number of string tables; each
        u16 + bytes   name
        u32           count; each string u16 + bytes, UTF-8
    u32       number of tensors; each
        u16 + bytes   name
        u8            0: f32; 1: i8, with one f32 scale before each row
        u32 u32       rows, columns
        bytes         the rows

Tables: `word` (sorted; row i of tensor `word` belongs to word i - 1, row 0 to
all others), `upos`, `xpos`, `deprel`, `names`, `rule` (see lemma.py), and
`dictionary` (form TAB UPOS TAB lemma, sorted by form, then UPOS; a lemma equal
to the form is left empty).
"""

import argparse
import hashlib
import os
import struct

import torch

import corpus
import lemma as lemmas


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
    """(name in the file, name in the parser, whether i8) of everything exported."""
    e = "encoder."
    out = [("word", e + "word.weight", True), ("hashed", e + "hashed.weight", True),
           ("norm.gain", e + "norm.weight", False), ("norm.bias", e + "norm.bias", False)]
    for layer in ("layer1", "layer2"):
        for d in ("forwards", "backwards"):
            for p in "wub":
                out.append((f"{layer}.{d}.{p}", f"{e}{layer}.{d}.{p}", p != "b"))
    for head in ("upos", "xpos", "names", "names_first", "rule", "arc_head", "arc_dep", "label_head", "label_dep", "label"):
        out.append((head + ".w", head + ".weight", True))
        if head + ".bias" in state:
            out.append((head + ".b", head + ".bias", False))
    # The arc matrix is used from the right in training and from the left here.
    out += [("arc_u", "arc_u", True), ("arc_b", "arc_b", False), ("root", "root", False),
            ("distance", "distance", False)]
    return out


def on_grid(state):
    """The parser's weights as they will be read back."""
    state = dict(state)
    for _, name, small in tensors(state):
        if small:
            t = state[name].t() if name == "arc_u" else state[name]
            scale, q = quantise(t)
            t = q.float() * scale.unsqueeze(1)
            state[name] = t.t() if name == "arc_u" else t
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
    gold = corpus.read_conllu(os.path.join(d, "en_ewt-ud-train.conllu"))
    gold += corpus.read_conllu(os.path.join(d, "gum-free-train.conllu"))
    entries = sorted((f, u, "" if x == f else x) for (f, u), x in lemmas.dictionary(gold).items())
    tables = [("word", saved["words"])] + [(k, sets[k]) for k in ("upos", "xpos", "deprel", "names", "rule")]
    tables.append(("dictionary", ["\t".join(e) for e in entries]))
    out = [b"DTNTMDL1", struct.pack("<II", 1, len(tables))]
    out += [table(*t) for t in tables]
    wanted = tensors(state)
    out.append(struct.pack("<I", len(wanted)))
    out += [tensor(n, state[s].t() if s == "arc_u" else state[s], small) for n, s, small in wanted]
    data = b"".join(out)
    with open(args.out, "wb") as f:
        f.write(data)
    print(f"{len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
