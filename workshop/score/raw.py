#!/usr/bin/env python3
"""raw.py GOLD.conllu [--only PREFIX] [--keep FILE] > raw.txt

The raw text of a treebank: sentences joined by one space or none, paragraphs and documents by a blank line.
`--only` takes the documents whose id begins so, and `--keep` writes their gold there.
"""

import sys


def blocks(path):
    """(comments, lines) of each sentence."""
    comments, lines = [], []
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if not line:
                if lines:
                    yield comments, lines
                comments, lines = [], []
            else:
                (comments if line.startswith("#") else lines).append(line)
    if lines:
        yield comments, lines


def words(lines):
    """(form, whether a space follows) of each surface token."""
    out, skip = [], 0
    for line in lines:
        cells = line.split("\t")
        if "." in cells[0]:
            continue
        if "-" in cells[0]:
            first, last = map(int, cells[0].split("-"))
            skip = last - first + 1
        elif skip:
            skip -= 1
            continue
        out.append((cells[1], "SpaceAfter=No" not in cells[9]))
    return out


def main():
    args = sys.argv[1:]
    path, only, keep = args[0], None, None
    if "--only" in args:
        only = args[args.index("--only") + 1]
    if "--keep" in args:
        keep = open(args[args.index("--keep") + 1], "w", encoding="utf-8")
    text, document = [], ""
    for comments, lines in blocks(path):
        for comment in comments:
            if comment.startswith("# newdoc"):
                document = comment.split("=", 1)[-1].strip()
        if only and not document.startswith(only):
            continue
        if any(c.startswith(("# newpar", "# newdoc")) for c in comments):
            text.append("\n\n")
        for form, space in words(lines):
            text.append(form + (" " if space else ""))
        if keep:
            keep.write("\n".join(comments + lines) + "\n\n")
    print("".join(text).strip())


if __name__ == "__main__":
    main()
