"""Learns the names once more, with everything else at rest.

    python refit.py --data DIR --run RUN --taught taught.npz --out RUN2

The treebank's names are learned by heart long before its trees are learned: with
the encoder at rest, the two heads for names see mostly what the teachers think of
raw text, and the treebank's names exchanged for others.
"""

import argparse
import os

import numpy as np
import torch
import torch.nn.functional as F

import teach
import train
from model import Batch

EPOCHS, RATE, DROPOUT = 2, 2e-3, 0.3
GOLD = 0.5           # weight of the treebank's sentences
SHARE = 0.6          # of the taught sentences, an epoch


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--run", required=True)
    p.add_argument("--taught", required=True, action="append")
    p.add_argument("--out", required=True)
    args = p.parse_args()
    torch.set_num_threads(1)
    parser, types, sets = teach.load(args.run)
    saved = torch.load(os.path.join(args.run, "averaged.pt"))
    sentences, dev, _ = train.load(args)
    rows = train.numbered(sentences, types, sets)
    names = train.Inventory(rows, sets, saved["lexicon"])
    gold = [r for r in rows if r["names"] is not None]
    taught = [r for path in args.taught for r in teach.read(path, types)]
    rng = train.seed(3)
    heads = [parser.names, parser.names_first]
    weights = [p for head in heads for p in head.parameters()]
    adam = torch.optim.AdamW(weights, lr=RATE, weight_decay=0.05)
    plans = []
    for _ in range(EPOCHS):
        rows = [train.roughen(r, types, names, [], rng) for r in gold]
        plan = [(True, [rows[i] for i in x]) for x in train.batches([len(r["types"]) for r in rows], 1200, rng)]
        more = [(False, [taught[i] for i in x]) for x in train.batches([len(r["types"]) for r in taught], 1200, rng)]
        plan += more[:int(SHARE * len(more))]
        rng.shuffle(plan)
        plans += plan
    dropped = lambda y: F.dropout(y, DROPOUT, True)
    for step, (is_gold, part) in enumerate(plans):
        b = Batch(types, [r["types"] for r in part])
        with torch.no_grad():
            y1, y2 = parser.encoder(parser.encoder.types(b), b)
        scores = (parser.names(dropped(y2)) + parser.names_first(dropped(y1)))[b.mask]
        if is_gold:
            loss = GOLD * F.cross_entropy(scores, b.pad([r["names"] for r in part])[b.mask])
        else:
            index, weight = (torch.from_numpy(np.concatenate([r["soft"]["names"][k] for r in part])) for k in (0, 1))
            likely = F.log_softmax(scores, 1).gather(1, index.long())
            loss = -(likely * weight.float()).sum() / len(index)
        adam.param_groups[0]["lr"] = RATE * (1 - step / len(plans))
        adam.zero_grad()
        loss.backward()
        adam.step()
    score = train.evaluate(parser, types, train.numbered(dev["ewt"], types, sets), sets)
    print(f"names on EWT dev {score['names']:.2f}")
    os.makedirs(args.out, exist_ok=True)
    torch.save(dict(saved, parser=parser.state_dict()), os.path.join(args.out, "averaged.pt"))


if __name__ == "__main__":
    main()
