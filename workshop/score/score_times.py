#!/usr/bin/env python3
"""Scores the times of detente against TIMEX3 annotation: does it find the spans, and does it date them right?

    score_times.py GOLD.jsonl… --detente target/release/detente
    score_times.py GOLD.jsonl… --predictions coded.jsonl

GOLD has lines {docid, dct, text, timex: [{start, end, type, value}]}; predictions are lines of `detente code`
(document.id = docid). Nothing of the texts is printed unless --errors N asks for it, which is for reading only.

Spans count as found when they overlap (each prediction matches one annotation at most). Values are compared for
annotations of type DATE and TIME whose value is a calendar date: the first day that both speak of. Three scores:

  span      overlap F1, all DATE and TIME annotations (durations and sets are not times here), and without the
            vague ones (PAST_REF, "now", "recently") that detente leaves out on purpose
  value     among matched calendar values: first day right
  value F1  matched and right, as TempEval-3 counts (precision over all predictions, recall over all annotations)
"""

import argparse
import datetime
import json
import re
import subprocess
import sys


def first_day(value):
    """First day of a TIMEX3 value, as (day, digits told); None when it names none."""
    v = value.split("T")[0]
    if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", v):
        year, month, day = map(int, m.groups())
        try:
            return datetime.date(year, month, day)
        except ValueError:
            return None
    if m := re.fullmatch(r"(\d{4})-(\d\d)(-XX)?", v):
        return datetime.date(int(m[1]), int(m[2]), 1) if 1 <= int(m[2]) <= 12 else None
    if m := re.fullmatch(r"(\d{4})(-XX)*", v):
        return datetime.date(int(m[1]), 1, 1)
    if m := re.fullmatch(r"(\d{4})-W(\d\d?)(-WE)?", v):
        try:
            day = datetime.date.fromisocalendar(int(m[1]), int(m[2]), 6 if m[3] else 1)
        except ValueError:
            return None
        return day
    if m := re.fullmatch(r"(\d{4})-Q([1-4])", v):
        return datetime.date(int(m[1]), 3 * int(m[2]) - 2, 1)
    if m := re.fullmatch(r"(\d{4})-H([12])", v):
        return datetime.date(int(m[1]), 6 * int(m[2]) - 5, 1)
    if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|AU|WI)", v):
        return datetime.date(int(m[1]), {"SP": 3, "SU": 6, "FA": 9, "AU": 9, "WI": 12}[m[2]], 1)
    if m := re.fullmatch(r"(\d{3})X?", v):
        return datetime.date(int(m[1]) * 10, 1, 1)
    return None


def ours(time):
    """All first days that a prediction may be said to name: a bound ("since March") is dated by its inner side."""
    days = []
    for side in ("start", "end"):
        if time[side]:
            days.append(datetime.date.fromisoformat(time[side][:10]))
    return days


def right(gold, time):
    day = first_day(gold["value"])
    sides = ours(time)
    if not sides:
        return False
    if time["start"] and sides[0] == day:
        return True
    v = gold["value"].split("T")[0]
    if len(v) in (3, 4) and time["start"] and not v.isdigit() or len(v) == 3:
        return str(sides[0])[:3] == v[:3]
    # Early, mid and late keep the value of the whole: the same month or year is right.
    if gold.get("mod") and time["start"]:
        width = len(v.replace("-XX", ""))
        if width in (4, 7) and str(sides[0])[:width] == v[:width]:
            return True
    # "by Friday", "until 2014", "before March": the told day is the last inside, or the one after.
    end = sides[-1] if time["end"] else None
    if end and time["open"]:
        unit = {"day": 1, "part-of-day": 1, "hour": 1, "minute": 1, "week": 7}.get(time["granularity"])
        if unit:
            return end - datetime.timedelta(days=unit) == day or end == day
        last = end - datetime.timedelta(days=1)
        width = 4 if time["granularity"] == "year" else 7
        return str(last)[:width] == str(day)[:width] or end == day
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--detente", help="binary to run")
    parser.add_argument("--predictions", help="output of detente code")
    parser.add_argument("--errors", type=int, default=0, help="print so many wrong values, misses and extras")
    options = parser.parse_args()
    documents = [json.loads(line) for path in options.gold for line in open(path, encoding="utf-8")]
    if options.predictions:
        lines = open(options.predictions, encoding="utf-8").read().splitlines()
    else:
        given = "".join(
            json.dumps({"id": d["docid"], "text": d["text"], "published": d["dct"][:10]}) + "\n" for d in documents
        )
        command = [options.detente or "target/release/detente", "code", "-", "--format", "jsonl"]
        lines = subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout.splitlines()
    coded = {}
    for line in lines:
        document = json.loads(line)
        coded[document["document"]["id"]] = document

    found = total = predicted = firm = firm_found = dated = correct = 0
    durations = duration_hits = spurious = 0
    wrong, missed, extra = [], [], []
    for d in documents:
        document = coded[d["docid"]]
        if document["text"] != d["text"]:
            sys.exit(f"{d['docid']}: the text was changed")
        dct = d["dct"][:10]
        times = [t for t in document["times"] if t["basis"] != "fallback"]
        for t in times:
            t["open"] = t["start"] is None or t["start"][:10] == dct
        gold = [t for t in d["timex"] if t["type"] in ("DATE", "TIME")]
        other = [t for t in d["timex"] if t["type"] not in ("DATE", "TIME")]
        used = set()
        predicted += len(times)
        for g in gold:
            total += 1
            vague = first_day(g["value"]) is None
            firm += not vague
            hits = [
                (min(t["span"][1], g["end"]) - max(t["span"][0], g["start"]), -n)
                for n, t in enumerate(times)
                if n not in used and t["span"][0] < g["end"] and g["start"] < t["span"][1]
            ]
            context = (d["docid"], dct, g["text"].replace("\n", " "), g["value"])
            if not hits:
                if not vague:
                    missed.append(context + (d["text"][max(0, g["start"] - 50) : g["end"] + 30].replace("\n", " "),))
                continue
            n = -max(hits)[1]
            used.add(n)
            found += 1
            firm_found += not vague
            if vague:
                continue
            dated += 1
            if right(g, times[n]):
                correct += 1
            else:
                t = times[n]
                words = d["text"][max(0, g["start"] - 80) : g["end"] + 40].replace("\n", " ")
                wrong.append(context + (t["start"], t["end"], words))
        for g in other:
            durations += 1
            for n, t in enumerate(times):
                if n not in used and t["span"][0] < g["end"] and g["start"] < t["span"][1]:
                    used.add(n)
                    duration_hits += 1
                    break
        for n, t in enumerate(times):
            if n not in used:
                spurious += 1
                s, e = t["span"]
                extra.append((d["docid"], d["text"][s:e].replace("\n", " "), d["text"][max(0, s - 40) : e + 30].replace("\n", " ")))

    def f1(hits, guesses, golds):
        p, r = hits / max(guesses, 1), hits / max(golds, 1)
        return f"P {100 * p:5.1f}  R {100 * r:5.1f}  F1 {200 * p * r / max(p + r, 1e-9):5.1f}"

    # Predictions on durations and sets are neither right nor wrong here.
    counted = predicted - duration_hits
    print(f"documents {len(documents)}  annotations {total} (calendar {firm})  predictions {predicted}")
    print(f"span, all          {f1(found, counted, total)}")
    print(f"span, calendar     {f1(firm_found, counted - (found - firm_found), firm)}")
    print(f"value accuracy     {100 * correct / max(dated, 1):5.1f}  ({correct} of {dated})")
    print(f"value F1           {f1(correct, counted - (found - firm_found), firm)}")
    print(f"durations and sets {durations}, of which {duration_hits} touched; spurious {spurious}")
    for name, items in (("WRONG", wrong), ("MISSED", missed), ("EXTRA", extra)):
        for item in items[: options.errors]:
            print(name, *item, sep=" | ")


if __name__ == "__main__":
    main()
