"""Which words are known from names: a feature of the word alone.

Every word of a listed name gets the class that says what it was part of. The
classes are features like any other: the network learns how far to trust them.
"""

import csv
import glob
import os
from collections import defaultdict

from features import plain

CLASSES = ("given", "family", "place", "place-first", "place-rest", "organisation",
           "organisation-first", "organisation-rest", "town")


def lines(path):
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line and not line.startswith("#"):
                yield line


def names_of(path):
    """Names and aliases of an actor table, without adjectives (~) and seats (@)."""
    for row in csv.DictReader(lines(path), delimiter="\t", quoting=csv.QUOTE_NONE):
        yield row["name"]
        for alias in (row.get("alias") or "").split("|"):
            if alias and alias[0] not in "~@":
                yield alias


def cities(knowledge, least=50_000):
    """Names of towns with so many people."""
    rows = csv.DictReader(lines(os.path.join(knowledge, "places.tsv")), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [row["name"] for row in rows if row["kind"] in ("capital", "seat", "town") and int(row["population"]) >= least]


def listed(knowledge, kind):
    path = os.path.join(knowledge, "names", kind + ".txt")
    return list(lines(path)) if os.path.exists(path) else []


def build(knowledge, geonames=None):
    """Plain form -> classes. `knowledge` is the project's folder, `geonames` a table of towns."""
    out = defaultdict(set)
    actors = lambda kind: names_of(os.path.join(knowledge, "actors", kind + ".tsv"))

    def add(name, kind):
        if ", " in name:
            for part in name.split(", "):
                add(part, kind)
            return
        words = plain(name).replace("-", " - ").replace("'s", " 's").split()
        capital = [w for w in words if w[:1].isupper() or w[:1].isdigit() and len(words) > 1]
        if len(words) == 1:
            out[words[0]].add(kind)
            return
        for i, w in enumerate(capital):
            if w != "The":
                out[w].add(kind + ("-first" if i == 0 and w == words[0] else "-rest"))

    for kind in ("given", "family"):
        for name in listed(knowledge, kind):
            for w in plain(name).replace("-", " ").split():
                out[w].add(kind)
    for name in set(actors("people")):
        words = plain(name).split()
        if len(words) > 1:
            out[words[0]].add("given")
            out[words[-1]].add("family")
    for name in set(actors("countries")) | set(listed(knowledge, "places")):
        add(name, "place")
    for name in set(cities(knowledge)):
        add(name, "place")
    for kind in ("bodies", "groups", "media", "seats"):
        for name in set(actors(kind)):
            add(name, "organisation")
    for name in listed(knowledge, "organisations"):
        add(name, "organisation")
    if geonames:
        with open(geonames, encoding="utf-8") as f:
            for row in csv.DictReader(f):
                words = plain(row["name"]).split()
                if len(words) == 1 and words[0][:1].isupper() and "place" not in out.get(words[0], ()):
                    out[words[0]].add("town")
    return {w: tuple(sorted(CLASSES.index(c) for c in cs)) for w, cs in out.items() if len(w) > 1}


def find(lexicon, form):
    """Classes of a plain form; of one in capitals, those of the capitalised word too."""
    found = lexicon.get(form)
    if found is None and len(form) > 3 and form.isupper():
        found = lexicon.get(form[:1] + form[1:].lower())
    return found or ()
