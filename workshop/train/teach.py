"""What teachers make of raw text, for a smaller network to learn from.

    python teach.py --text FORMS --run TEACHER [--run TEACHER ...] --out taught.npz

FORMS holds one sentence a line, words parted by blanks. The teachers' scores
are averaged as probabilities; of every task the six likeliest answers of each
word are kept. A sentence is left out where any teacher disagrees with most of
the heads, for it is likely to be no sentence.
"""

import argparse
import os

import numpy as np
import torch
import torch.nn.functional as F

KEPT = 6


def load(run):
    """A trained parser and all that belongs to it."""
    from model import Encoder, Parser, Types

    saved = torch.load(os.path.join(run, "averaged.pt"))
    sets = saved["sets"]
    parser = Parser(Encoder(len(saved["words"]), saved["width"]), {k: len(v) for k, v in sets.items()})
    parser.load_state_dict(saved["parser"])
    parser.eval()
    return parser, Types(saved["words"], saved["lexicon"]), sets


def likeliest(p):
    """The likeliest answers and their probabilities, which sum to 1."""
    value, index = p.topk(min(KEPT, p.shape[1]), 1)
    value = value / value.sum(1, keepdim=True)
    return index.numpy().astype(np.int16), value.numpy().astype(np.float16)


def judge(teachers, forms):
    """For each sentence the averaged answers of the teachers, or None where they are at odds."""
    from model import Batch
    from train import masked

    all_arcs, all_y = [], []
    for parser, types, _ in teachers:
        b = Batch(types, [[types.id(f) for f in s] for s in forms])
        y1, y2 = parser.encoder(parser.encoder.types(b), b)
        s, z = parser.arcs(y2)
        s = masked(s, b.mask)
        n = s.shape[1]
        s = s.masked_fill(torch.eye(n, n + 1, dtype=torch.bool).roll(1, 1), -1e4)
        all_arcs.append(F.softmax(s, 2))
        all_y.append((parser, y1, y2, z))
    arcs = sum(all_arcs) / len(teachers)
    heads = arcs.argmax(2)
    p = {"arc": arcs}
    for parser, y1, y2, z in all_y:
        for c, scores in (("deprel", parser.labels(z, y2, heads)), *parser.scores(y1, y2)):
            if c != "silver":
                p[c] = p.get(c, 0) + F.softmax(scores, 2) / len(teachers)
    out = []
    for i, s in enumerate(forms):
        k = len(s)
        agreed = min((a[i, :k].argmax(1) == heads[i, :k]).float().mean().item() for a in all_arcs)
        if agreed < 0.5:
            out.append(None)
            continue
        out.append({c: likeliest(x[i, :k, :k + 1] if c == "arc" else x[i, :k]) for c, x in p.items()})
    return out


def read(path, types):
    """The rows of a taught file, for training."""
    data = np.load(path, allow_pickle=False)
    ends = data["ends"].tolist()
    forms = data["forms"].tolist()
    tasks = sorted({k.split("/")[0] for k in data.files if "/" in k})
    columns = {c: (data[c + "/index"], data[c + "/weight"]) for c in tasks}
    out, start = [], 0
    for end, line in zip(ends, forms):
        soft = {c: (index[start:end], weight[start:end]) for c, (index, weight) in columns.items()}
        forms = line.split(" ")
        out.append({"types": [types.id(f) for f in forms], "form": forms, "soft": soft,
                    "head": soft["arc"][0][:, 0].tolist()})
        start = end
    return out


def is_tree(heads):
    """Whether every word hangs on the root in the end: the likeliest heads may go round in a circle."""
    for word in range(1, len(heads) + 1):
        for _ in heads:
            word = heads[word - 1] if word else 0
        if word:
            return False
    return True


def sentences(rows, sets, dictionary):
    """The likeliest answers as sentences, where the teachers are sure of the tree."""
    import lemma as lemmas
    from corpus import Sentence

    out = []
    for row in rows:
        if row["soft"]["arc"][1][:, 0].min() < 0.6:
            continue
        if not is_tree(row["head"]):
            continue
        best = {c: [sets[c][i] for i in row["soft"][c][0][:, 0]] for c in ("upos", "xpos", "feats", "names", "rule")}
        head = row["head"]
        deprel = [sets["deprel"][i] for i in row["soft"]["deprel"][0][:, 0]]
        lines = []
        for i, form in enumerate(row["form"]):
            lemma = dictionary.get((form.lower(), best["upos"][i])) or lemmas.apply(best["rule"][i], form) or form
            lines.append([str(i + 1), form, lemma, best["upos"][i], best["xpos"][i], best["feats"][i], head[i],
                          "root" if head[i] == 0 else deprel[i]])
        out.append(Sentence(lines, best["names"]))
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--text", required=True)
    p.add_argument("--run", required=True, action="append")
    p.add_argument("--out", required=True)
    args = p.parse_args()
    torch.set_num_threads(1)
    teachers = [load(run) for run in args.run]
    with open(args.text, encoding="utf-8") as f:
        forms = sorted({line.strip() for line in f}, key=lambda x: (x.count(" "), x))
    forms = [x.split(" ") for x in forms if 3 <= len(x.split(" ")) <= 60]
    kept, found = [], []
    with torch.no_grad():
        for i in range(0, len(forms), 48):
            part = forms[i:i + 48]
            for s, answers in zip(part, judge(teachers, part)):
                if answers is not None:
                    kept.append(" ".join(s))
                    found.append(answers)
            if i // 48 % 100 == 0:
                print(f"{i} of {len(forms)} sentences", flush=True)
    out = {"forms": np.array(kept), "ends": np.cumsum([len(x["arc"][0]) for x in found])}
    for c in found[0]:
        width = max(x[c][0].shape[1] for x in found)
        wide = lambda a: np.pad(a, ((0, 0), (0, width - a.shape[1])))
        for k, name in enumerate(("index", "weight")):
            out[f"{c}/{name}"] = np.concatenate([wide(x[c][k]) for x in found])
    np.savez(args.out, **out)
    print(f"{len(kept)} sentences, {out['ends'][-1]} words, {len(forms) - len(kept)} left out")


if __name__ == "__main__":
    main()
