"""Lemmas as edits of the form, and the dictionary that is asked first.

A rule is `case|cut|append`: bring the plain form to the case (`l` lower, `k`
as it is, `t` first letter upper and the rest lower), cut that many characters
off its end, append the text.
"""

import os
from collections import Counter, defaultdict

from features import plain


def _cased(form, case):
    if case == "l":
        return form.lower()
    if case == "t":
        return form[:1] + form[1:].lower()
    return form


def rule(form, lemma):
    """The shortest rule turning the form into the lemma."""
    best = None
    for case in "lkt":
        f = _cased(plain(form), case)
        n = 0
        while n < min(len(f), len(lemma)) and f[n] == lemma[n]:
            n += 1
        cost = (len(f) - n) + len(lemma) - n
        if best is None or cost < best[0]:
            best = (cost, f"{case}|{len(f) - n}|{lemma[n:]}")
    return best[1]


def apply(rule_text, form):
    """The lemma, or None where the form is too short for the cut."""
    case, cut, append = rule_text.split("|", 2)
    f, cut = _cased(plain(form), case), int(cut)
    if cut > len(f):
        return None
    lemma = f[:len(f) - cut] + append
    return lemma or None


# How much more the treebank counts whose conventions are followed.
LEADS = 10


def dictionary(sentences, leading=0):
    """(lower-cased plain form, UPOS) -> lemma, by majority over the treebanks.

    So many sentences at the beginning are of the treebank whose conventions are followed.

    Where a Penn tag tells another lemma ("found" is `find` as VBD), there is an
    entry for UPOS/XPOS too. Proper nouns enter only where their lemma is not the
    form itself; numbers and foreign words are left to the rules. Irregular forms
    that no treebank has come from `knowledge/cues/irregular.tsv`.
    """
    seen, tagged, times = defaultdict(Counter), defaultdict(Counter), Counter()
    for number, s in enumerate(sentences):
        weight = LEADS if number < leading else 1
        for f, lemma, upos, xpos in zip(s.form, s.lemma, s.upos, s.xpos):
            if lemma != "_" and upos not in ("NUM", "X", "SYM"):
                form = plain(f).lower()
                seen[form, upos][lemma] += weight
                tagged[form, upos, xpos][lemma] += weight
                times[form, upos, lemma] += 1
    out = {}
    for (form, upos), lemmas in seen.items():
        lemma = max(lemmas.items(), key=lambda x: (x[1], x[0]))[0]
        if upos == "PROPN" and (lemma.lower() == form or times[form, upos, lemma] < 2):
            continue
        out[form, upos] = lemma
    for (form, upos, xpos), lemmas in tagged.items():
        lemma = max(lemmas.items(), key=lambda x: (x[1], x[0]))[0]
        if out.get((form, upos), lemma) != lemma:
            out[form, f"{upos}/{xpos}"] = lemma
    for form, upos, lemma in irregular():
        if not any((form, u) in seen for u in (upos, "AUX")):
            out[form, upos] = lemma
    return out


def irregular():
    """(form, UPOS, lemma) of the irregular forms that knowledge lists."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "knowledge", "cues", "irregular.tsv")
    with open(path, encoding="utf-8") as f:
        cells = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
    return [(form, pos.upper(), lemma) for form, pos, lemma in cells[1:]]
