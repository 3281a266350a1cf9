#!/usr/bin/env python3
"""Scores the places of detente against toponyms with coordinates: are they found, and put where they are?

    places.py GOLD.jsonl --detente target/release/detente [--places FILE] [--errors N]
    places.py GOLD.jsonl --predictions coded.jsonl [--errors N]

GOLD has lines {id, text, date, toponyms: [{start, end, text, lat, lon}]}; predictions are lines of `detente code`
(document.id = id). Toponyms whose offsets do not fit their text, or without coordinates, are left out. A toponym is
found when a place or an actor's mention overlaps it; resolved when that has coordinates; right within 161 km.
Nothing of the texts is printed unless --errors N asks for it, which is for reading only.

  found      toponyms that some place overlaps
  resolved   toponyms whose place has coordinates
  right      of those resolved, within 161 km ("accuracy"); of all toponyms ("recall")
  median     kilometres of error among the resolved
"""

import argparse
import collections
import json
import math
import random
import subprocess

NEAR = 161.0


def distance(a, b):
    """Kilometres between two (latitude, longitude)."""
    (p, q), (r, s) = (map(math.radians, x) for x in (a, b))
    half = math.sin((r - p) / 2) ** 2 + math.cos(p) * math.cos(r) * math.sin((s - q) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(half))


def run(program, gold, extra):
    documents = []
    for row in gold:
        one = {"id": row["id"], "text": row["text"]}
        if row.get("date"):
            one["published"] = row["date"][:10]
        documents.append(json.dumps(one))
    command = [program, "code", "--format", "jsonl", *extra, "-"]
    out = subprocess.run(command, input="\n".join(documents), capture_output=True, text=True, check=True).stdout
    return map(json.loads, out.strip().split("\n"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("--detente")
    parser.add_argument("--places", help="a GeoNames table, handed on to detente")
    parser.add_argument("--predictions")
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    with open(args.gold, encoding="utf-8") as file:
        gold = [json.loads(line) for line in file]
    if args.predictions:
        with open(args.predictions, encoding="utf-8") as file:
            coded = [json.loads(line) for line in file]
    else:
        coded = run(args.detente, gold, ["--places", args.places] if args.places else [])
    found = {d["document"]["id"]: d["places"] for d in coded}
    counts, errors, shown = collections.Counter(), [], []
    for row in gold:
        places = found.get(row["id"], [])
        for t in row["toponyms"]:
            if row["text"][t["start"]:t["end"]] != t["text"] or t.get("lat") is None:
                counts["left out"] += 1
                continue
            counts["toponyms"] += 1
            over = [p for p in places if p["span"][0] < t["end"] and t["start"] < p["span"][1]]
            over.sort(key=lambda p: abs(p["span"][0] - t["start"]) + abs(p["span"][1] - t["end"]))
            place = over[0] if over else None
            far = None
            if place is not None:
                counts["found"] += 1
                if place["lat"] is not None:
                    counts["resolved"] += 1
                    far = distance((place["lat"], place["lon"]), (t["lat"], t["lon"]))
                    errors.append(far)
                    counts["right"] += far <= NEAR
            if far is None or far > NEAR:
                around = row["text"][max(0, t["start"] - 40):t["end"] + 30].replace("\n", " ")
                why = "missed" if place is None else "no place" if far is None else f"{far:.0f} km"
                shown.append(f"{why} | {t['text']} | {place and place['name']} {place and place['country']} | {around}")
    n, resolved = max(1, counts["toponyms"]), max(1, counts["resolved"])
    errors.sort()
    print(json.dumps({
        "toponyms": counts["toponyms"], "left out": counts["left out"],
        "found": round(counts["found"] / n, 4), "resolved": round(counts["resolved"] / n, 4),
        "accuracy": round(counts["right"] / resolved, 4), "recall": round(counts["right"] / n, 4),
        "median km": round(errors[len(errors) // 2], 1) if errors else None,
    }))
    random.Random(1).shuffle(shown)
    print("\n".join(shown[:args.errors]), end="\n" if args.errors else "")


if __name__ == "__main__":
    main()
