#!/usr/bin/env python3
"""Measures `detente code` end to end: start-up, words a second on one core, peak memory.

    cargo build --release
    bench/run.py                      # our example articles, repeated
    bench/run.py --folder news/       # also a folder of *.txt of your own

Prints a Markdown table, and fails when the number of threads changes what is written. Needs Python 3.9 and a Unix; nothing else.
"""

import argparse
import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(command, output=None):
    """Runs a command; returns wall seconds, CPU seconds and peak memory in MiB, as the system accounts for it."""
    with open(output or os.devnull, "wb") as sink:
        start = os.times().elapsed
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.PIPE)
        complaints = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        wall = os.times().elapsed - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit {child.returncode}\n{complaints.decode(errors='replace')}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit


def median_of(runs, command):
    """Medians over some runs, after one that is not counted."""
    run(command)
    return [statistics.median(column) for column in zip(*(run(command) for _ in range(runs)))]


def corpus(texts, repeat, file):
    """Writes articles as JSON Lines; returns how many articles and words, parted by white space."""
    words = sum(len(text.split()) for _, text in texts)
    with open(file, "w", encoding="utf-8") as lines:
        for number in range(repeat):
            for path, text in texts:
                record = {"id": f"{path.stem}:{number}", "text": text, "published": path.stem[:10]}
                if not path.stem[:4].isdigit():
                    del record["published"]
                lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    return repeat * len(texts), repeat * words


def read(folder):
    """The articles of a folder, by name."""
    return [(path, path.read_text(encoding="utf-8", errors="replace")) for path in sorted(folder.rglob("*.txt"))]


def digest(file):
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=ROOT / "target/release/detente", type=Path)
    parser.add_argument("--folder", type=Path, help="a folder of *.txt to measure as well")
    parser.add_argument("--repeat", type=int, default=60, help="how often the example articles are repeated")
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each measure")
    arguments = parser.parse_args()
    detente = arguments.binary.resolve()
    if not detente.exists():
        sys.exit(f"{detente} is missing: cargo build --release")

    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        sets = [("examples, repeated", read(ROOT / "examples/articles"), arguments.repeat)]
        if arguments.folder:
            sets.append((arguments.folder.name, read(arguments.folder), 1))

        (scratch / "word.txt").write_text("Yes.\n")
        wall, cpu, peak = median_of(arguments.runs, [detente, "code", "--jobs", "1", scratch / "word.txt"])
        print("| measure | wall s | CPU s | peak MiB | words a second |")
        print("|--|--|--|--|--|")
        print(f"| start-up: one article of one word | {wall:.3f} | {cpu:.3f} | {peak:.0f} | |")
        startup = cpu
        for name, texts, repeat in sets:
            if not texts:
                sys.exit(f"{name}: no *.txt")
            file = scratch / "corpus.jsonl"
            articles, words = corpus(texts, repeat, file)
            size = f"{articles:,} articles, {words:,} words"
            for jobs in sorted({1, os.cpu_count() or 1}):
                command = [detente, "code", "--jobs", str(jobs), file]
                wall, cpu, peak = median_of(arguments.runs, command)
                speed = f"{words / (cpu - startup):,.0f} a CPU second; {words / wall:,.0f} by the clock"
                threads = "1 thread" if jobs == 1 else f"{jobs} threads"
                print(f"| {name}: {size}, {threads} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {speed} |", flush=True)
                run(command, scratch / f"coded.{jobs}")
            coded = {digest(path) for path in scratch.glob("coded.*")}
            if len(coded) != 1:
                sys.exit(f"{name}: the number of threads changed the output")


if __name__ == "__main__":
    main()
