"""Reading of treebanks, names and raw text."""

import json
import re

from features import plain


class Sentence:
    """One sentence, by columns; `names` (by hand) and `silver` (derived) are None where nobody marked them."""

    __slots__ = ("form", "lemma", "upos", "xpos", "feats", "head", "deprel", "names", "silver")

    def __init__(self, rows, names=None, silver=None):
        self.form = [r[1] for r in rows]
        self.lemma = [r[2] for r in rows]
        self.upos = [r[3] for r in rows]
        self.xpos = [r[4] for r in rows]
        self.feats = [r[5] for r in rows]
        self.head = [int(r[6]) for r in rows]
        self.deprel = [r[7] for r in rows]
        self.names = names
        self.silver = silver

    def children(self):
        """For each word the places of the words that hang on it, counted from 0."""
        out = [[] for _ in self.form]
        for i, head in enumerate(self.head):
            if head:
                out[head - 1].append(i)
        return out


def read_bio(path):
    """sent_id -> (forms, tags)."""
    out, sid, forms, tags = {}, None, [], []

    def close():
        if sid is not None and forms:
            out[sid] = (list(forms), list(tags))
        forms.clear()
        tags.clear()

    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("# sent_id = "):
                close()
                sid = line[len("# sent_id = "):]
            elif line and not line.startswith("# "):
                form, tag = line.split("\t")[:2]
                forms.append(form)
                tags.append(tag)
    close()
    return out


def read_conllu(path, bio=None, silver=False):
    """Sentences of syntactic words; multi-word and empty nodes are skipped."""
    names = read_bio(bio) if bio else {}
    out, rows, sid = [], [], None
    with open(path, encoding="utf-8") as f:
        for line in list(f) + [""]:
            line = line.rstrip("\n")
            if line.startswith("#"):
                if line.startswith("# sent_id = "):
                    sid = line[len("# sent_id = "):]
            elif line:
                cols = line.split("\t")
                if cols[0].isdigit():
                    rows.append(cols)
            elif rows:
                marked = names.get(sid)
                tags = None
                if marked and len(marked[1]) == len(rows):
                    tags = marked[1]
                out.append(Sentence(rows, None, tags) if silver else Sentence(rows, tags))
                rows = []
    return out


def spans(tags):
    """Names of a BIO column as (start, end, type); a stray I opens a name."""
    out, start, kind = [], None, None
    for i, t in enumerate(list(tags) + ["O"]):
        if start is not None and t != "I-" + kind:
            out.append((start, i, kind))
            start = None
        if t != "O" and start is None:
            start, kind = i, t[2:]
    return set(out)


_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|St|Jr|Sr|Lt|Col|Sgt|Prof|Inc|Corp|Co|Ltd|No|vs|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Maj|Capt|Adm|Rev|Hon"
)
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"
    rf"|(?:{_ABBREVIATIONS})\."
    r"|\d+(?:[.,:]\d+)*"
    r"|\w+?(?=n't\b)"
    r"|n't\b|'(?:s|m|re|ve|ll|d)\b"
    r"|\w+|\.\.+|--+|[^\w\s]",
    re.IGNORECASE,
)
_END = re.compile(rf"(?<!\b(?:Mr|Ms|Dr|St|Lt|No))(?<=[.?!])[\"']?\s+(?=[\"'A-Z])")


def raw_sentences(paths, longest=60):
    """Roughly split and tokenised sentences of JSON Lines with a `text` field.

    Good enough for pretraining, where a wrong boundary costs nothing.
    """
    for path in paths:
        with open(path, encoding="utf-8") as f:
            for line in f:
                text = plain(json.loads(line)["text"])
                for block in re.split(r"\n\s*\n", text):
                    for sentence in _END.split(" ".join(block.split())):
                        tokens = _TOKEN.findall(sentence)
                        for i in range(0, len(tokens), longest):
                            part = tokens[i:i + longest]
                            if len(part) > 2:
                                yield part
