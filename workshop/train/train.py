"""Trains the syntax model: masked-word pretraining, then all tasks at once.

    python train.py --data DIR --run DIR

DIR of --data holds syntax/, throughput/, crisis/ and knowledge/ as README.md
says. The run directory keeps checkpoints; started again, training goes on from
the last.
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
import lexicon
import teach
from brief import brief
from features import key, plain
from headline import headline
from model import HALF, WIDTH, Batch, Encoder, Parser, Types
from passive import forms, passive

LOSS = {"arc": 1.0, "deprel": 1.0, "upos": 1.0, "names": 1.0, "silver": 0.3, "xpos": 0.4, "feats": 0.2, "rule": 0.3}
COLUMNS = ("upos", "xpos", "feats", "names", "silver", "rule", "deprel")
HERE = os.path.dirname(os.path.abspath(__file__))
KNOWLEDGE = os.path.join(HERE, "..", "..", "knowledge")
PASSIVES, BRIEFS = 500, 1500  # an epoch
EMA = 0.998
EMA_EVERY = 8


class Optimizer:
    """AdamW with warm-up, linear decay, clipping, averaging.

    The tables of words and features take part in every step, though a batch meets few of their rows: a row that is
    met goes on moving for some steps. Moved only when met, rare words keep their random beginnings.
    """

    def __init__(self, module, rate, steps):
        self.module, self.rate, self.steps, self.step_no = module, rate, steps, 0
        tables = [p for n, p in module.named_parameters() if ".word." in "." + n or ".hashed." in "." + n]
        ids = {id(p) for p in tables}
        self.all = list(module.parameters())
        groups = [{"params": [p for p in self.all if id(p) not in ids], "weight_decay": 0.01},
                  {"params": tables, "weight_decay": 0.0}]
        self.adam = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.95), fused=True)
        self.average = [p.detach().clone() for p in self.all]

    def step(self, loss):
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.all, 5.0)
        rate = self.rate * min(1.0, (self.step_no + 1) / 200) * max(0.0, 1.0 - self.step_no / self.steps)
        for group in self.adam.param_groups:
            group["lr"] = rate
        self.adam.step()
        self.step_no += 1
        if self.step_no % EMA_EVERY == 0:
            keep = min(EMA ** EMA_EVERY, self.step_no / (self.step_no + 50.0))
            with torch.no_grad():
                torch._foreach_lerp_(self.average, self.all, 1 - keep)

    def state(self):
        return {"adam": self.adam.state_dict(), "average": self.average, "step": self.step_no}

    def load(self, state):
        self.adam.load_state_dict(state["adam"])
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
    read = lambda f, b, silver: corpus.read_conllu(os.path.join(d, f), os.path.join(d, b), silver)
    train = read("en_ewt-ud-train.conllu", "uner-ewt216-train.bio", False)
    train += read("gum-free-train.conllu", "gum-free-ner-train.bio", True)
    dev = {"ewt": read("en_ewt-ud-dev.conllu", "uner-ewt216-dev.bio", False),
           "gum": read("gum-free-dev.conllu", "gum-free-ner-dev.bio", True)}
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
        "feats": sorted((f for f, n in Counter(f for s in train for f in s.feats).items() if n >= 3),
                        key=lambda f: (f != "_", f)),  # none comes first
        "deprel": sorted({x for s in train for x in s.deprel}),
        "names": ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"],
        "rule": sorted(r for r, n in rules.items() if n >= 3),
    }


def known_names(args):
    """The lexicon: forms and what they are part of."""
    return lexicon.build(KNOWLEDGE, os.path.join(args.data, "knowledge", "geonames_cities5000_2018-01.csv"))


def numbered(sentences, types, sets):
    """Sentences as dictionaries of number columns; unknown labels become -100."""
    index = {c: {x: i for i, x in enumerate(sets[c])} for c in sets}
    index["silver"] = index["names"]
    out = []
    for s in sentences:
        row = {"types": [types.id(f) for f in s.form], "head": s.head, "form": s.form, "gold": s}
        for c in ("upos", "xpos", "feats", "deprel", "names", "silver"):
            col = getattr(s, c)
            row[c] = None if col is None else [index[c].get(x, -100) for x in col]
        row["rule"] = [index["rule"].get(lemmas.rule(f, x), -100) if x != "_" else -100
                       for f, x in zip(s.form, s.lemma)]
        out.append(row)
    return out


class Inventory:
    """Names by kind and tags, to be exchanged for one another: such have trees alike."""

    def __init__(self, rows, sets, lex):
        self.tags = sets["names"]
        self.seen = {}
        for r in rows:
            for first, last, kind in self.of(r):
                self.seen.setdefault((kind, *r["xpos"][first:last]), []).append(r["form"][first:last])
        by_class = {c: sorted(w for w, found in lex.items() if i in found and w[:1].isupper() and w.isalpha())
                    for i, c in enumerate(lexicon.CLASSES)}
        nnp = sets["xpos"].index("NNP")
        self.listed = {
            ("PER", nnp, nnp): ("given", "family"), ("PER", nnp): ("family",), ("LOC", nnp): ("place",),
            ("ORG", nnp): ("organisation",),
        }
        self.by_class = by_class

    def of(self, row):
        tags = row["names"] or row["silver"] or ()
        return sorted(corpus.spans([self.tags[t] for t in tags]))

    def another(self, row, span, rng):
        first, last, kind = span
        place = (kind, *row["xpos"][first:last])
        if place in self.listed and rng.random() < 0.5:
            return [rng.choice(self.by_class[c]) for c in self.listed[place]]
        same = self.seen.get(place)
        return rng.choice(same) if same else row["form"][first:last]


def roughen(row, types, names, headlines, rng):
    """A sentence as headings and careless writers would have it, or about others, now and then."""
    if row.get("headline") is not None and rng.random() < 0.12:
        row = headlines[row["headline"]]
    forms, r = row["form"], rng.random()
    if rng.random() < 0.3:
        forms = list(forms)
        for span in names.of(row):
            if rng.random() < 0.5:
                forms[span[0]:span[1]] = names.another(row, span, rng)
    if r < 0.04:
        forms = [f.lower() for f in forms]
    elif r < 0.06:
        forms = [f.upper() for f in forms]
    elif r < 0.08:
        forms = [f[:1].upper() + f[1:] for f in forms]
    out = dict(row, types=row["types"] if forms is row["form"] else [types.id(f) for f in forms])
    n = len(forms)
    if n > 2 and rng.random() < 0.06 and row["form"][-1] in (".", "!", "?") and n not in row["head"]:
        for c in ("types", "head") + COLUMNS:
            if out[c] is not None:
                out[c] = out[c][:-1]
    return out


def pretrain(encoder, types, sentences, words, wild, args, log):
    path = os.path.join(args.run, "pretrained.pt")
    if os.path.exists(path):
        encoder.load_state_dict(torch.load(path), strict=False)
        return
    seed(args.seed)
    rng = random.Random(args.seed)
    target_of = {w: i for i, w in enumerate(sorted(sorted(wild), key=lambda w: -wild[w])[:8000])}
    ids = [[types.id(f) for f in s] for s in sentences]
    targets = np.full(len(types.rows), -1, dtype=np.int64)
    for form, i in types.id_of.items():
        targets[i] = target_of.get(key(plain(form)), -1)
    out = torch.nn.Linear(2 * encoder.width, len(target_of))
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
        hit = (torch.rand(b.mask.shape) < 0.25) & b.mask
        x = encoder.types(b)
        x = torch.where(hit.unsqueeze(2), encoder.mask, x)
        _, y2 = encoder(x, b, (0.1, 0.1, 0.1, 0.1))
        hit = hit & (target >= 0)
        loss = F.cross_entropy(linear(out, y2[hit]).float(), target[hit])
        opt.step(loss)
        total.append(loss.item())
        if (step + 1) % 200 == 0:
            log(f"pretrain {step + 1} loss {np.mean(total):.3f} {time.time() - start:.0f} s")
            total = []
    opt.swap()
    torch.save(encoder.state_dict(), path)


def linear(layer, x):
    """The layer's scores, in half precision where that is quicker."""
    if HALF:
        return F.linear(x.bfloat16(), layer.weight.bfloat16(), layer.bias.bfloat16())
    return layer(x)


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
            for c, y, head in (("upos", y2, parser.upos), ("xpos", y1, parser.xpos), ("rule", y1, parser.rule),
                               ("feats", y2, parser.feats)):
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


def masked(scores, mask):
    """Arc scores without the heads beyond a sentence's end."""
    legal = torch.cat([torch.ones(mask.shape[0], 1, dtype=torch.bool), mask], 1).unsqueeze(1)
    return scores.masked_fill(~legal, -1e4)


def gold_loss(parser, b, part):
    """Cross-entropy of every task with the labels of the treebanks."""
    y1, y2 = parser.encoder(parser.encoder.types(b, parser.word_drop), b)
    head = b.pad([r["head"] for r in part])
    s, z = parser.arcs(y2)
    m = b.mask
    loss = LOSS["arc"] * F.cross_entropy(masked(s, m)[m], head[m])
    for c, scores in (("deprel", parser.labels(z, y2, head.clamp(min=0))), *parser.scores(y1, y2)):
        target = b.pad([r[c] for r in part])
        if (target >= 0).any():
            loss = loss + LOSS[c] * F.cross_entropy(scores[m], target[m])
    return loss


def taught_loss(parser, b, part):
    """Cross-entropy of every task with what the teachers think likely."""
    y1, y2 = parser.encoder(parser.encoder.types(b, parser.word_drop), b)
    s, z = parser.arcs(y2)
    head = b.pad([r["head"] for r in part])
    loss = 0
    for c, scores in (("arc", masked(s, b.mask)), ("deprel", parser.labels(z, y2, head.clamp(min=0))),
                      *parser.scores(y1, y2)):
        if c in part[0]["soft"]:
            index = torch.from_numpy(np.concatenate([r["soft"][c][0] for r in part]).astype(np.int64))
            weight = torch.from_numpy(np.concatenate([r["soft"][c][1] for r in part]).astype(np.float32))
            found = F.log_softmax(scores[b.mask], 1).gather(1, index)
            loss = loss - LOSS[c] * (found * weight).sum() / len(index)
    return loss


def some(made, rng):
    """An epoch's share of the sentences made of others."""
    return [row for rows, count in made for row in rng.sample(rows, min(len(rows), count))]


def finetune(parser, types, train, headlines, made, taught, dev, gold, words, sets, lex, args, log):
    drop = torch.full((len(words) + 1,), 0.1)
    for i, w in enumerate(words):
        drop[i + 1] = min(1.0, 0.25 / (0.25 + gold[w]) + 0.1)
    parser.word_drop = drop
    rng = random.Random(args.seed)
    share = min(1.0, args.taught_words / max(1, sum(len(r["types"]) for r in taught)))
    per_epoch = len(batches([len(r["types"]) for r in train + some(made, rng)], 1200, rng))
    per_epoch += int(share * len(batches([len(r["types"]) for r in taught], 1200, rng))) if taught else 0
    opt = Optimizer(parser, 3e-3, per_epoch * args.epochs + 50)
    path = os.path.join(args.run, "last.pt")
    first = 0
    if os.path.exists(path):
        state = torch.load(path)
        parser.load_state_dict(state["parser"])
        opt.load(state["optimizer"])
        first = state["epoch"]
    start = time.time()
    names = Inventory(train, sets, lex)
    for epoch in range(first, args.epochs):
        rng = seed(args.seed * 1000 + epoch)
        rows = [roughen(r, types, names, headlines, rng) for r in train + some(made, rng)]
        parser.train()
        plan = [(gold_loss, rows, x) for x in batches([len(r["types"]) for r in rows], 1200, rng)]
        if taught:
            more = [(taught_loss, taught, x) for x in batches([len(r["types"]) for r in taught], 1200, rng)]
            plan += more[:int(share * len(more))]
            rng.shuffle(plan)
        for loss, rows, chosen in plan:
            part = [rows[i] for i in chosen]
            opt.step(loss(parser, Batch(types, [r["types"] for r in part]), part))
        if epoch % 2 == 1 or epoch == args.epochs - 1:
            opt.swap()
            for name, rows_ in dev.items():
                e = evaluate(parser, types, rows_, sets)
                log(f"epoch {epoch + 1} {name} " + " ".join(f"{k} {v:.2f}" for k, v in sorted(e.items()))
                    + f" {time.time() - start:.0f} s")
            torch.save({"parser": parser.state_dict(), "sets": sets, "words": words, "lexicon": lex,
                        "width": args.width, "epoch": epoch + 1}, os.path.join(args.run, "averaged.pt"))
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
    p.add_argument("--pretrained", help="encoder to start from, instead of pretraining one")
    p.add_argument("--taught", action="append", default=[], help="what teachers make of raw text: the file that teach.py writes")
    p.add_argument("--taught-words", type=int, default=600_000, help="of those, how many an epoch")
    p.add_argument("--dropout", type=float, default=1.0, help="factor of all dropout; less for a taught network")
    p.add_argument("--width", type=int, default=WIDTH, help="cells a direction; wider for a teacher")
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
    lex = known_names(args)
    types = Types(words, lex)
    log(f"sentences {len(train)} raw {len(raw)} words {len(words)} lexicon {len(lex)} "
        + " ".join(f"{k} {len(v)}" for k, v in sets.items()))
    rows = numbered(train, types, sets)
    headlines = []
    for row, made in zip(rows, map(headline, train)):
        if made is not None:
            row["headline"] = len(headlines)
            headlines += numbered([made], types, sets)
    taught = [row for path in args.taught for row in teach.read(path, types)]
    known = train + teach.sentences(taught, sets, lemmas.dictionary(train))
    participle, past, rng = forms(train, "VBN"), forms(train, "VBD"), random.Random(args.seed)
    passives = [x for x in (passive(s, participle) for s in known) if x is not None]
    briefs = [x for x in (brief(s, past, rng) for s in known) if x is not None]
    log(f"headlines {len(headlines)} taught {len(taught)}, sure of {len(known) - len(train)} passives {len(passives)} "
        f"briefs {len(briefs)}")
    made = [(numbered(passives, types, sets), PASSIVES), (numbered(briefs, types, sets), BRIEFS)]
    dev = {k: numbered(v, types, sets) for k, v in dev.items()}
    seed(args.seed)
    encoder = Encoder(len(words), args.width)
    if args.pretrained:
        encoder.load_state_dict(torch.load(args.pretrained), strict=False)
    else:
        pretrain(encoder, types, raw + [s.form for s in train], words, wild + gold, args, log)
    seed(args.seed + 1)
    encoder.rate = args.dropout
    parser = Parser(encoder, {k: len(v) for k, v in sets.items()})
    finetune(parser, types, rows, headlines, made, taught, dev, gold, words, sets, lex, args, log)


if __name__ == "__main__":
    main()
