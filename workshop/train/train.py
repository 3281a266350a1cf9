"""Trains the syntax model: masked-word pretraining, then all tasks at once.

    python train.py --data DIR --run DIR

DIR of --data holds syntax/, throughput/ and crisis/ as README.md says. The run
directory keeps checkpoints; started again, training goes on from the last.
"""

import argparse
import glob
import os
import random
import time
from collections import Counter

import numpy as np
import torch
import torch.nn.functional as F

import corpus
import lemma as lemmas
from features import key, plain
from model import Batch, Encoder, Parser, Types

LOSS = {"arc": 1.0, "deprel": 1.0, "upos": 0.5, "names": 1.5, "xpos": 0.3, "rule": 0.2}
COLUMNS = ("upos", "xpos", "names", "rule", "deprel")
EMA = 0.998
EMA_EVERY = 8


class Optimizer:
    """AdamW on matrices, lazy Adam on tables, warm-up, linear decay, clipping, averaging."""

    def __init__(self, module, rate, steps):
        self.module, self.rate, self.steps, self.step_no = module, rate, steps, 0
        tables = [p for n, p in module.named_parameters() if ".word." in "." + n or ".hashed." in "." + n]
        ids = {id(p) for p in tables}
        self.dense = [p for p in module.parameters() if id(p) not in ids]
        self.tables = tables
        self.adam = torch.optim.AdamW(self.dense, lr=rate, betas=(0.9, 0.95), weight_decay=0.01)
        self.lazy = torch.optim.SparseAdam(tables, lr=rate, betas=(0.9, 0.95))
        self.average = [p.detach().clone() for p in module.parameters()]

    def step(self, loss):
        self.adam.zero_grad(set_to_none=True)
        self.lazy.zero_grad(set_to_none=True)
        loss.backward()
        grads = []
        for p in self.tables:
            if p.grad is not None:
                p.grad = p.grad.coalesce()
                grads.append(p.grad.values())
        grads += [p.grad for p in self.dense if p.grad is not None]
        norm = torch.sqrt(sum((g * g).sum() for g in grads)).item()
        if norm > 5.0:
            for g in grads:
                g.mul_(5.0 / norm)
        t = self.step_no
        rate = self.rate * min(1.0, (t + 1) / 200) * max(0.0, 1.0 - t / self.steps)
        for o in (self.adam, self.lazy):
            for group in o.param_groups:
                group["lr"] = rate
        self.adam.step()
        if self.tables[0].grad is not None:
            self.lazy.step()
        self.step_no += 1
        if self.step_no % EMA_EVERY == 0:
            keep = min(EMA ** EMA_EVERY, self.step_no / (self.step_no + 50.0))
            with torch.no_grad():
                torch._foreach_lerp_(self.average, list(self.module.parameters()), 1 - keep)

    def state(self):
        return {"adam": self.adam.state_dict(), "lazy": self.lazy.state_dict(),
                "average": self.average, "step": self.step_no}

    def load(self, state):
        self.adam.load_state_dict(state["adam"])
        self.lazy.load_state_dict(state["lazy"])
        self.average, self.step_no = state["average"], state["step"]

    def swap(self):
        """Exchanges the weights with their average."""
        with torch.no_grad():
            for p, a in zip(self.module.parameters(), self.average):
                x = p.detach().clone()
                p.copy_(a)
                a.copy_(x)


def batches(lengths, tokens, rng):
    """Shuffled batches of similar length, about `tokens` words each."""
    order = list(range(len(lengths)))
    rng.shuffle(order)
    order.sort(key=lambda i: lengths[i] + rng.random() * 3)
    out, batch, widest = [], [], 0
    for i in order:
        widest = max(widest, lengths[i])
        if batch and widest * (len(batch) + 1) > tokens:
            out.append(batch)
            batch, widest = [], lengths[i]
        batch.append(i)
    out.append(batch)
    rng.shuffle(out)
    return out


def seed(n):
    torch.manual_seed(n)
    np.random.seed(n % 2**32)
    return random.Random(n)


def load(args):
    d = os.path.join(args.data, "syntax")
    read = lambda f, b=None: corpus.read_conllu(os.path.join(d, f), os.path.join(d, b) if b else None)
    train = read("en_ewt-ud-train.conllu", "uner-ewt216-train.bio")
    train += read("gum-free-train.conllu", "gum-free-ner-train.bio")
    dev = {"ewt": read("en_ewt-ud-dev.conllu", "uner-ewt216-dev.bio"),
           "gum": read("gum-free-dev.conllu", "gum-free-ner-dev.bio")}
    raw = [os.path.join(args.data, "throughput", "whitehouse_briefings.jsonl")]
    raw += sorted(glob.glob(os.path.join(args.data, "crisis", "wikipedia_current_events_*.jsonl")))
    return train, dev, list(corpus.raw_sentences(raw))


def vocabulary(train, raw):
    gold = Counter(key(plain(f)) for s in train for f in s.form)
    wild = Counter(key(plain(f)) for s in raw for f in s)
    words = sorted(w for w in set(gold) | set(wild) if gold[w] >= 2 or wild[w] >= 5)
    return words, gold, wild


def label_sets(train):
    rules = Counter(lemmas.rule(f, x) for s in train for f, x in zip(s.form, s.lemma) if x != "_")
    return {
        "upos": sorted({u for s in train for u in s.upos}),
        "xpos": sorted({x for s in train for x in s.xpos}),
        "deprel": sorted({x for s in train for x in s.deprel}),
        "names": ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"],
        "rule": sorted(r for r, n in rules.items() if n >= 3),
    }


def numbered(sentences, types, sets):
    """Sentences as dictionaries of number columns; unknown labels become -100."""
    index = {c: {x: i for i, x in enumerate(sets[c])} for c in sets}
    out = []
    for s in sentences:
        row = {"types": [types.id(f) for f in s.form], "head": s.head, "form": s.form, "gold": s}
        for c in ("upos", "xpos", "deprel", "names"):
            col = getattr(s, c)
            row[c] = None if col is None else [index[c].get(x, -100) for x in col]
        row["rule"] = [index["rule"].get(lemmas.rule(f, x), -100) if x != "_" else -100
                       for f, x in zip(s.form, s.lemma)]
        out.append(row)
    return out


def inventory(rows, sets):
    """Names of the training set by kind and tags, to be exchanged: such have trees alike."""
    out = {}
    for r in rows:
        if r["names"] is not None:
            for first, last, kind in sorted(corpus.spans([sets["names"][t] for t in r["names"]])):
                out.setdefault((kind, *r["xpos"][first:last]), []).append(r["form"][first:last])
    return out


def roughen(row, types, names, sets, rng):
    """A sentence as headings and careless writers would have it, or about others, now and then."""
    forms, r = row["form"], rng.random()
    if row["names"] is not None and rng.random() < 0.3:
        forms = list(forms)
        for first, last, kind in sorted(corpus.spans([sets["names"][t] for t in row["names"]])):
            if rng.random() < 0.5:
                forms[first:last] = rng.choice(names[(kind, *row["xpos"][first:last])])
    if r < 0.04:
        forms = [f.lower() for f in forms]
    elif r < 0.06:
        forms = [f.upper() for f in forms]
    elif r < 0.08:
        forms = [f[:1].upper() + f[1:] for f in forms]
    ids = row["types"] if forms is row["form"] else [types.id(f) for f in forms]
    out = dict(row, types=ids)
    n = len(ids)
    if n > 2 and rng.random() < 0.06 and row["form"][-1] in (".", "!", "?") and n not in row["head"]:
        for c in ("types", "head") + COLUMNS:
            if out[c] is not None:
                out[c] = out[c][:-1]
    return out


def pretrain(encoder, types, sentences, words, wild, args, log):
    path = os.path.join(args.run, "pretrained.pt")
    if os.path.exists(path):
        encoder.load_state_dict(torch.load(path))
        return
    seed(args.seed)
    rng = random.Random(args.seed)
    target_of = {w: i for i, w in enumerate(sorted(sorted(wild), key=lambda w: -wild[w])[:8000])}
    ids = [[types.id(f) for f in s] for s in sentences]
    targets = np.full(len(types.rows), -1, dtype=np.int64)
    for form, i in types.id_of.items():
        targets[i] = target_of.get(key(plain(form)), -1)
    out = torch.nn.Linear(256, len(target_of))
    whole = torch.nn.ModuleDict({"encoder": encoder, "out": out})
    opt = Optimizer(whole, 3e-3, args.pretrain_steps)
    whole.train()
    start, total, plan = time.time(), [], []
    for step in range(args.pretrain_steps):
        if not plan:
            plan = batches([len(s) for s in ids], 1600, rng)
        chosen = [ids[i] for i in plan.pop()]
        b = Batch(types, chosen)
        target = torch.from_numpy(targets)[b.pad(chosen, 0)]
        hit = (torch.rand(b.mask.shape) < 0.2) & b.mask
        x = encoder.types(b)
        x = torch.where(hit.unsqueeze(2), encoder.mask, x)
        _, y2 = encoder(x, b, (0.1, 0.1, 0.1, 0.1))
        hit = hit & (target >= 0)
        loss = F.cross_entropy(out(y2[hit]), target[hit])
        opt.step(loss)
        total.append(loss.item())
        if (step + 1) % 200 == 0:
            log(f"pretrain {step + 1} loss {np.mean(total):.3f} {time.time() - start:.0f} s")
            total = []
    opt.swap()
    torch.save(encoder.state_dict(), path)


def evaluate(parser, types, rows, sets):
    """Accuracy by task with greedy heads; a quick gauge, not the official score."""
    parser.eval()
    hit, all_, found, right, gold = Counter(), 0, 0, 0, 0
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]["types"]))
    with torch.no_grad():
        for i in range(0, len(order), 48):
            part = [rows[j] for j in order[i:i + 48]]
            b = Batch(types, [r["types"] for r in part])
            y1, y2 = parser.encoder(parser.encoder.types(b), b)
            s, z = parser.arcs(y2)
            n = b.mask.shape[1]
            legal = torch.cat([torch.ones(len(part), 1, dtype=torch.bool), b.mask], 1).unsqueeze(1)
            s = s.masked_fill(~legal, -1e9).masked_fill(torch.eye(n, n + 1, dtype=torch.bool).roll(1, 1), -1e9)
            heads = s.argmax(2)
            label = parser.labels(z, y2, heads).argmax(2)
            gold_head, gold_label = b.pad([r["head"] for r in part]), b.pad([r["deprel"] for r in part])
            main = torch.tensor([sets["deprel"].index(x.split(":")[0]) if x.split(":")[0] in sets["deprel"] else -5
                                 for x in sets["deprel"]])
            ok = (heads == gold_head) & b.mask
            hit["uas"] += ok.sum().item()
            same = main[label] == torch.where(gold_label >= 0, main[gold_label.clamp(min=0)], -9)
            hit["las"] += (ok & same).sum().item()
            all_ += b.mask.sum().item()
            for c, y, head in (("upos", y2, parser.upos), ("xpos", y1, parser.xpos), ("rule", y1, parser.rule)):
                hit[c] += ((head(y).argmax(2) == b.pad([r[c] for r in part])) & b.mask).sum().item()
            names = parser.tags(y1, y2).argmax(2).tolist()
            for r, tags in zip(part, names):
                if r["names"] is not None:
                    k = len(r["types"])
                    system = corpus.spans([sets["names"][t] for t in tags[:k]])
                    truth = corpus.spans([sets["names"][t] for t in r["names"]])
                    found, gold, right = found + len(system), gold + len(truth), right + len(system & truth)
    parser.train()
    out = {k: 100 * v / all_ for k, v in hit.items()}
    out["names"] = 200 * right / max(1, found + gold)
    return out


def finetune(parser, types, train, dev, gold, words, sets, args, log):
    drop = torch.full((len(words) + 1,), 0.1)
    for i, w in enumerate(words):
        drop[i + 1] = min(1.0, 0.25 / (0.25 + gold[w]) + 0.1)
    rng = random.Random(args.seed)
    steps = len(batches([len(r["types"]) for r in train], 1200, rng)) * args.epochs
    opt = Optimizer(parser, 3e-3, steps)
    path = os.path.join(args.run, "last.pt")
    first = 0
    if os.path.exists(path):
        state = torch.load(path)
        parser.load_state_dict(state["parser"])
        opt.load(state["optimizer"])
        first = state["epoch"]
    start = time.time()
    names = inventory(train, sets)
    for epoch in range(first, args.epochs):
        rng = seed(args.seed * 1000 + epoch)
        rows = [roughen(r, types, names, sets, rng) for r in train]
        parser.train()
        for chosen in batches([len(r["types"]) for r in rows], 1200, rng):
            part = [rows[i] for i in chosen]
            b = Batch(types, [r["types"] for r in part])
            y1, y2 = parser.encoder(parser.encoder.types(b, drop), b)
            head = b.pad([r["head"] for r in part])
            s, z = parser.arcs(y2)
            legal = torch.cat([torch.ones(len(part), 1, dtype=torch.bool), b.mask], 1).unsqueeze(1)
            s = s.masked_fill(~legal, -1e4)
            m = b.mask
            loss = LOSS["arc"] * F.cross_entropy(s[m], head[m])
            loss = loss + LOSS["deprel"] * F.cross_entropy(
                parser.labels(z, y2, head.clamp(min=0))[m], b.pad([r["deprel"] for r in part])[m])
            for c, scores in (("upos", parser.upos(y2)), ("names", parser.tags(y1, y2)),
                              ("xpos", parser.xpos(y1)), ("rule", parser.rule(y1))):
                target = b.pad([r[c] for r in part])
                if (target >= 0).any():
                    loss = loss + LOSS[c] * F.cross_entropy(scores[m], target[m])
            opt.step(loss)
        if epoch % 2 == 1 or epoch == args.epochs - 1:
            opt.swap()
            for name, rows_ in dev.items():
                e = evaluate(parser, types, rows_, sets)
                log(f"epoch {epoch + 1} {name} " + " ".join(f"{k} {v:.2f}" for k, v in sorted(e.items()))
                    + f" {time.time() - start:.0f} s")
            torch.save({"parser": parser.state_dict(), "sets": sets, "words": words, "epoch": epoch + 1},
                       os.path.join(args.run, "averaged.pt"))
            opt.swap()
            torch.save({"parser": parser.state_dict(), "optimizer": opt.state(), "epoch": epoch + 1}, path + ".new")
            os.replace(path + ".new", path)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True, help="folder with syntax/, throughput/, crisis/")
    p.add_argument("--run", required=True, help="folder of checkpoints, made if missing")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--pretrain-steps", type=int, default=5000)
    p.add_argument("--epochs", type=int, default=26)
    p.add_argument("--threads", type=int, default=1)
    args = p.parse_args()
    torch.set_num_threads(args.threads)
    os.makedirs(args.run, exist_ok=True)

    def log(text):
        with open(os.path.join(args.run, "log"), "a", encoding="utf-8") as f:
            f.write(text + "\n")
        print(text, flush=True)

    train, dev, raw = load(args)
    words, gold, wild = vocabulary(train, raw)
    sets = label_sets(train)
    types = Types(words)
    log(f"sentences {len(train)} raw {len(raw)} words {len(words)} " + " ".join(f"{k} {len(v)}" for k, v in sets.items()))
    rows = numbered(train, types, sets)
    dev = {k: numbered(v, types, sets) for k, v in dev.items()}
    seed(args.seed)
    encoder = Encoder(len(words))
    pretrain(encoder, types, raw + [s.form for s in train], words, wild + gold, args, log)
    seed(args.seed + 1)
    parser = Parser(encoder, {k: len(v) for k, v in sets.items()})
    finetune(parser, types, rows, dev, gold, words, sets, args, log)


if __name__ == "__main__":
    main()
