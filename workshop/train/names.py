"""Exact-match scores of names.

    python names.py GOLD.bio PREDICTED.bio
"""

import sys
from collections import Counter

from corpus import read_bio, spans


def main():
    gold, system = read_bio(sys.argv[1]), read_bio(sys.argv[2])
    n = Counter()
    for sid, (_, tags) in gold.items():
        if sid not in system:
            continue
        a, b = spans(tags), spans(system[sid][1])
        for side, names in (("gold", a), ("found", b), ("right", a & b)):
            for _, _, kind in names:
                n[side, kind] += 1
                n[side, "all"] += 1
    for kind in ("all", "PER", "ORG", "LOC"):
        g, f, r = n["gold", kind], n["found", kind], n["right", kind]
        print(f"{kind}: precision {100 * r / max(1, f):.2f} recall {100 * r / max(1, g):.2f} "
              f"F1 {200 * r / max(1, f + g):.2f} ({g} names)")


if __name__ == "__main__":
    main()
