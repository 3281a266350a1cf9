#!/usr/bin/env python3
"""glue.py RAW GOLD TREEBANK.conllu...

Builds a set for glued paragraphs: the news sentences of the treebanks (documents `GUM_news*`), each joined to the
next without the space, the gold beside them. Only sentences that end in `.`, `?` or `!`, closing marks behind it or
not, and begin with a capital letter or an opening mark are taken: others nobody could split. Six sentences make a
paragraph.
"""

import sys

from raw import blocks, words


def main():
    raw, gold, paths = sys.argv[1], sys.argv[2], sys.argv[3:]
    with open(raw, "w", encoding="utf-8") as text, open(gold, "w", encoding="utf-8") as trees:
        count = 0
        for path in paths:
            document = ""
            for comments, lines in blocks(path):
                for comment in comments:
                    if comment.startswith("# newdoc"):
                        document = comment.split("=", 1)[-1].strip()
                if not document.startswith("GUM_news"):
                    continue
                tokens = words(lines)
                sentence = "".join(form + (" " if space else "") for form, space in tokens).strip()
                ended = sentence.rstrip("\"'”’)]").endswith((".", "?", "!"))
                if not ended or not (sentence[0].isupper() or sentence[0] in "\"“‘(") or len(tokens) < 3:
                    continue
                text.write(sentence)
                trees.write("\n".join(comments + lines) + "\n\n")
                count += 1
                if count % 6 == 0:
                    text.write("\n\n")


if __name__ == "__main__":
    main()
