"""Compares the Rust reader with the trained network, word by word.

    python check.py --run DIR --gold GOLD.conllu --rust PREDICTED.conllu

PREDICTED comes from the example `conllu` of detente-text with the exported
weights. The network here uses the weights rounded as in the file, and the
outputs of its layers rounded to bytes as the reader rounds them, so what
differs is arithmetic. Heads are compared where the best head of every word
gives a tree; elsewhere the reader repairs and the network does not.
"""

import argparse
import os

import torch

import corpus
from export import on_grid
from model import Batch, Encoder, Parser, Types


def on_bytes(x):
    """Numbers of -1 to 1 as the reader keeps them."""
    return (torch.floor(x * 127 + 128.5) - 128) / 127


def direction(d, x):
    """One direction of a layer whose past is kept in bytes."""
    h = c = x.new_zeros(x.shape[0], d.cells)
    out = []
    for t in range(x.shape[1]):
        i, f, g, o = (x[:, t] @ d.w.t() + h @ d.u.t() + d.b).chunk(4, 1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = on_bytes(torch.sigmoid(o) * torch.tanh(c))
        out.append(h)
    return torch.stack(out, 1)


def layer(part, x, reverse):
    """Both directions of a layer."""
    turn = lambda y: torch.gather(y, 1, reverse.unsqueeze(2).expand(-1, -1, y.shape[2]))
    return torch.cat([direction(part.forwards, x), turn(direction(part.backwards, turn(x)))], 2)


def encode(encoder, b):
    """Both layers' output in bytes."""
    y1 = layer(encoder.layer1, encoder.types(b), b.reverse)
    return y1, layer(encoder.layer2, y1, b.reverse)


def is_tree(heads):
    if heads.count(0) != 1:
        return False
    for start in range(1, len(heads) + 1):
        at, steps = start, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return True


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--run", required=True)
    p.add_argument("--gold", required=True)
    p.add_argument("--rust", required=True)
    args = p.parse_args()
    saved = torch.load(os.path.join(args.run, "averaged.pt"))
    sets = saved["sets"]
    parser = Parser(Encoder(len(saved["words"]), saved["width"]), {k: len(v) for k, v in sets.items()})
    parser.load_state_dict(on_grid(saved["parser"]))
    parser.eval()
    types = Types(saved["words"], saved["lexicon"])
    gold, rust = corpus.read_conllu(args.gold), corpus.read_conllu(args.rust)
    same, seen = {"upos": 0, "xpos": 0, "head": 0, "deprel": 0}, {"word": 0, "tree": 0}
    pairs = sorted(zip(gold, rust), key=lambda x: len(x[0].form))
    with torch.no_grad():
        for i in range(0, len(pairs), 48):
            part = pairs[i:i + 48]
            b = Batch(types, [[types.id(f) for f in g.form] for g, _ in part])
            y1, y2 = encode(parser.encoder, b)
            s, z = parser.arcs(y2)
            n = b.mask.shape[1]
            legal = torch.cat([torch.ones(len(part), 1, dtype=torch.bool), b.mask], 1).unsqueeze(1)
            s = s.masked_fill(~legal, -1e9).masked_fill(torch.eye(n, n + 1, dtype=torch.bool).roll(1, 1), -1e9)
            heads = s.argmax(2)
            scores = parser.labels(z, y2, heads)
            scores[..., sets["deprel"].index("root")] = -1e9
            label, upos, xpos = scores.argmax(2), parser.upos(y2).argmax(2), parser.xpos(y1).argmax(2)
            for j, (g, r) in enumerate(part):
                k = len(g.form)
                seen["word"] += k
                same["upos"] += sum(sets["upos"][u] == x for u, x in zip(upos[j, :k].tolist(), r.upos))
                same["xpos"] += sum(sets["xpos"][u] == x for u, x in zip(xpos[j, :k].tolist(), r.xpos))
                h = heads[j, :k].tolist()
                if is_tree(h):
                    seen["tree"] += k
                    same["head"] += sum(a == c for a, c in zip(h, r.head))
                    names = ["root" if a == 0 else sets["deprel"][x] for a, x in zip(h, label[j, :k].tolist())]
                    same["deprel"] += sum(a == c for a, c in zip(names, r.deprel))
    for c in ("upos", "xpos"):
        print(f"{c} {100 * same[c] / seen['word']:.3f} % of {seen['word']} words")
    for c in ("head", "deprel"):
        print(f"{c} {100 * same[c] / seen['tree']:.3f} % of {seen['tree']} words in trees")


if __name__ == "__main__":
    main()
