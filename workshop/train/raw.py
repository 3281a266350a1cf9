"""Raw text for teachers: paragraphs parted by blank lines.

    python raw.py --data DIR > raw.txt

News items from Wikipedia, every thirteenth paragraph of press briefings, and the
sentences of our own codebook, which are about what detente reads for.
"""

import argparse
import glob
import json
import os
import sys
import tomllib

# Rule sentences mark actor and recipient.
MARKS = str.maketrans("", "", "[]<>")
HERE = os.path.dirname(os.path.abspath(__file__))
KNOWLEDGE = os.path.join(HERE, "..", "..", "knowledge")


def items(path):
    with open(path, encoding="utf-8") as f:
        for line in f:
            yield json.loads(line)["text"]


def sentences(node):
    """The accepting and rejecting sentences anywhere in a rule file."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("accepts", "rejects") and isinstance(value, list):
                for one in value:
                    yield one if isinstance(one, str) else next(iter(one.values()))
            else:
                yield from sentences(value)
    elif isinstance(node, list):
        for one in node:
            yield from sentences(one)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    args = p.parse_args()
    write = lambda text: sys.stdout.write(" ".join(text.split()) + "\n\n")
    for path in sorted(glob.glob(os.path.join(args.data, "crisis", "wikipedia_current_events_*.jsonl"))):
        for text in items(path):
            write(text)
    briefings = items(os.path.join(args.data, "throughput", "whitehouse_briefings.jsonl"))
    for number, paragraph in enumerate(p for text in briefings for p in text.split("\n")):
        if number % 13 == 0 and len(paragraph.split()) > 6:
            write(paragraph)
    for path in sorted(glob.glob(os.path.join(KNOWLEDGE, "codebook", "*.toml"))):
        with open(path, "rb") as f:
            for text in sentences(tomllib.load(f)):
                write(text.translate(MARKS))


if __name__ == "__main__":
    main()
