#!/usr/bin/env python3
"""Scores who is behind the words: holders of offices on a day, and codes of actors.

    actors.py questions --heads F --foreign F --offices F --countries knowledge/actors/countries.tsv
              [--count 300] [--seed 1] > questions.jsonl
    actors.py offices questions.jsonl --detente target/release/detente [--errors N]
    actors.py codes petr2_gsr.jsonl --detente target/release/detente [--errors]

questions  draws questions from tables of Wikidata (heads and foreign ministers of all countries, other offices of
           some): "The foreign minister of X said …" with a day of the holder's time, a month away from its ends.
           Lines {id, text, date, phrase, name}.
offices    asks them. right: the phrase's actor has that name (accents, order and middle names aside); wrong: it is
           another person with a name; silent: nobody is named.
codes      for every source and target of the gold triples, whether some actor of the text has its country, and its
           country and all its sectors. Given the actors means: which of them acts is not asked.
"""

import argparse
import collections
import csv
import datetime
import json
import random
import re
import subprocess
import unicodedata

FORMS = [
    "The {office} of {country} said on Tuesday that talks would resume.",
    "{country}'s {office} said on Tuesday that talks would resume.",
    "Talks would resume next week, the {office} of {country} said in a statement.",
    "In a statement, the {adjective} {office} said that talks would resume.",
]
OFFICES = {
    "president": "president", "prime minister": "prime minister", "minister of foreign affairs": "foreign minister",
    "minister for foreign affairs": "foreign minister", "minister of defence": "defence minister",
    "minister of national defence": "defence minister", "minister of the interior": "interior minister",
    "minister of interior": "interior minister", "minister of internal affairs": "interior minister",
    "minister of finance": "finance minister",
}


def fold(name):
    name = name.translate(str.maketrans("øłđıəðþ’", "oldiadt'"))
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return [w for w in re.split(r"[^a-z]+", plain) if w]


def same_person(a, b):
    """Whether two spellings may be one name: the last words alike, or most of the words shared."""
    x, y = fold(a), fold(b)
    if not x or not y:
        return False
    alike = lambda p, q: p == q or (len(p) > 3 and len(q) > 3 and difference(p, q) <= 1 + max(len(p), len(q)) // 5)
    shared = sum(any(alike(p, q) for q in y) for p in x)
    return alike(x[-1], y[-1]) and (x[0][0] == y[0][0] or shared > 1) or shared >= min(len(x), len(y), 2)


def difference(a, b):
    """Levenshtein's distance."""
    row = list(range(len(b) + 1))
    for i, p in enumerate(a, 1):
        row, last = [i], row
        for j, q in enumerate(b, 1):
            row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + (p != q)))
    return row[-1]


def questions(args):
    names, adjectives = {}, {}
    with open(args.countries, encoding="utf-8") as file:
        for line in file:
            columns = line.rstrip("\n").split("\t")
            if line.startswith("#") or len(columns) < 4 or columns[3] != "country" or len(columns[2]) != 3:
                continue
            marks = columns[1].split("|")
            names[columns[0]] = columns[0]
            names.update({m: columns[0] for m in marks if m and m[0] not in "~@!"})
            adjectives[columns[0]] = next((m[1:] for m in marks if m.startswith("~")), None)
    table = []
    slug = lambda text: text.replace("-", " ").title()
    with open(args.offices, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            country = {"us": "United States", "uae": "United Arab Emirates"}.get(row["country"], slug(row["country"]))
            table.append((country, row["position"], row["person"], row["start"], row["end"]))
    with open(args.heads, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            table.append((row["country"], row["position"].split(" of ")[0], row["person"], row["start"], row["end"] or "2022-06-01"))
    with open(args.foreign, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            table.append((row["countryLabel"], "minister of foreign affairs", row["name"], row["start"], "2022-06-01"))
    usable = []
    for country, position, person, start, end in table:
        office = OFFICES.get(position.lower())
        country = names.get(country)
        if not office or not country or not start or not end or len(start) < 10 and len(start) > 4:
            continue
        whole = lambda text, rest: text if len(text) == 10 else f"{text[:4]}-{rest}"
        try:
            first = datetime.date.fromisoformat(whole(start, "12-31")) + datetime.timedelta(30)
            last = datetime.date.fromisoformat(whole(end, "01-01")) - datetime.timedelta(30)
        except ValueError:
            continue
        first = max(first, datetime.date(1990, 1, 1))
        if first < last and not re.fullmatch(r"Q\d+", person):
            usable.append((country, office, person, first, last))
    draw = random.Random(args.seed)
    draw.shuffle(usable)
    for index, (country, office, person, first, last) in enumerate(usable[: args.count]):
        day = first + datetime.timedelta(draw.randrange((last - first).days))
        form = draw.choice(FORMS if adjectives[country] else FORMS[:3])
        text = form.format(office=office, country=country, adjective=adjectives[country])
        print(json.dumps({"id": str(index), "text": text, "date": day.isoformat(), "phrase": office, "name": person}))


def read(program, rows):
    lines = "\n".join(json.dumps({"id": r["id"], "text": r["text"], "published": r["date"]}) for r in rows)
    out = subprocess.run([program, "code", "--format", "jsonl", "-"], input=lines, capture_output=True, text=True, check=True)
    return {d["document"]["id"]: d for d in map(json.loads, out.stdout.split("\n")[:-1])}


def offices(args):
    rows = [json.loads(line) for line in open(args.gold, encoding="utf-8")]
    coded = read(args.detente, rows)
    counts = collections.Counter()
    shown = []
    for row in rows:
        document = coded[row["id"]]
        at = row["text"].index(row["phrase"])
        actors = {a["id"]: a for a in document["actors"]}
        behind = [
            actors[m["actor"]]
            for m in document["mentions"]
            if m["actor"] and m["span"][0] <= at and at + len(row["phrase"]) <= m["span"][1]
        ]
        people = [a for a in behind if a["kind"] == "person" and a["known"]]
        verdict = "silent"
        if people:
            verdict = "right" if any(same_person(a["name"], row["name"]) for a in people) else "wrong"
        counts[verdict] += 1
        if verdict != "right":
            shown.append((verdict, row["date"], row["text"], row["name"], [a["name"] for a in behind]))
    total = sum(counts.values())
    print(f"questions {total}  " + "  ".join(f"{v} {counts[v]} ({counts[v] / total:.3f})" for v in ("right", "wrong", "silent")))
    shown.sort()
    for line in random.Random(1).sample(shown, min(args.errors, len(shown))):
        print(*line, sep=" | ")


def codes(args):
    rows = [json.loads(line) for line in open(args.gold, encoding="utf-8")]
    for row in rows:
        day = row["date"]
        row["date"] = f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 else f"20{day[4:]}-{day[2:4]}-{day[:2]}"
    rows = [r for r in rows if r["text"]]
    coded = read(args.detente, rows)
    chunks = lambda code: {code[i : i + 3] for i in range(3, len(code), 3)}
    counts = collections.Counter()
    for row in rows:
        found = {a["code"] for a in coded[row["id"]]["actors"] if a.get("code")}
        for code in sorted({e[role] for e in row["expected"] for role in ("source", "target")}):
            anybody = code.startswith("---")
            country = [f for f in found if anybody or f[:3] == code[:3]]
            whole = [f for f in country if chunks(code) <= chunks(f) | {f[:3]}]
            counts["asked"] += 1
            counts["country"] += bool(country)
            counts["whole"] += bool(whole)
            if args.errors and not whole:
                print("no country" if not country else "no sector ", code, sorted(found), row["text"], sep=" | ")
    print(f"actors {counts['asked']}  country {counts['country'] / counts['asked']:.3f}  country and sector {counts['whole'] / counts['asked']:.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tasks = parser.add_subparsers(required=True)
    task = tasks.add_parser("questions")
    for name in ("heads", "foreign", "offices", "countries"):
        task.add_argument(f"--{name}", required=True)
    task.add_argument("--count", type=int, default=300)
    task.add_argument("--seed", type=int, default=1)
    task.set_defaults(task=questions)
    task = tasks.add_parser("offices")
    task.add_argument("gold")
    task.add_argument("--detente", required=True)
    task.add_argument("--errors", type=int, default=0)
    task.set_defaults(task=offices)
    task = tasks.add_parser("codes")
    task.add_argument("gold")
    task.add_argument("--detente", required=True)
    task.add_argument("--errors", action="store_true")
    task.set_defaults(task=codes)
    args = parser.parse_args()
    args.task(args)


if __name__ == "__main__":
    main()
