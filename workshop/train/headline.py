"""Headlines made of sentences: without articles, auxiliaries and the last stop, told in the present tense.

Treebanks hold hardly any headlines, newspapers little else. The tree stays as
it is; only leaves go and verbs change their form.
"""

from corpus import Sentence

_SINGULAR = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
_PLURAL = "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"


def third_person(lemma):
    """`say` to `says`, `carry` to `carries`, `reach` to `reaches`."""
    if lemma == "have":
        return "has"
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"


def headline(s):
    """The headline of a sentence, or None where it does not lend itself to one."""
    n = len(s.form)
    if not 5 <= n <= 22 or s.form[-1] != "." or s.head.count(0) != 1:
        return None
    root = s.head.index(0)
    below = s.children()
    subject = [i for i in below[root] if s.deprel[i].startswith("nsubj")]
    if s.upos[root] != "VERB" or len(subject) != 1 or s.xpos[subject[0]] == "PRP" or subject[0] > root:
        return None
    rows = [[str(i + 1), s.form[i], s.lemma[i], s.upos[i], s.xpos[i], s.feats[i], s.head[i], s.deprel[i]]
            for i in range(n)]
    gone = {n - 1}
    plural = s.xpos[subject[0]] in ("NNS", "NNPS") or any(s.deprel[i] == "conj" for i in below[subject[0]])

    def present(i):
        rows[i][1] = s.lemma[i] if plural else third_person(s.lemma[i])
        rows[i][4], rows[i][5] = ("VBP", _PLURAL) if plural else ("VBZ", _SINGULAR)

    for verb in [root] + [i for i in below[root] if s.deprel[i] == "conj" and s.upos[i] == "VERB"]:
        helpers = [i for i in below[verb] if s.deprel[i] in ("aux", "aux:pass")]
        if any(below[i] for i in helpers) or any(s.deprel[i] == "advmod" and s.lemma[i] == "not" for i in below[verb]):
            return None
        if not helpers and s.xpos[verb] == "VBD" and (verb == root or not any(
                s.deprel[i].startswith("nsubj") for i in below[verb])):
            present(verb)
        if helpers and s.form[helpers[0]].lower() == "will":
            rows[helpers[0]][1:] = ["to", "to", "PART", "TO", "_", s.head[helpers[0]], "mark"]
            helpers = []
        for i in helpers:
            if s.lemma[i] in ("be", "have"):
                gone.add(i)
                if s.lemma[i] == "have" and len(helpers) == 1:
                    present(verb)
    gone |= {i for i in range(n) if s.lemma[i] in ("the", "a") and s.deprel[i] == "det" and not below[i]}
    kept = [i for i in range(n) if i not in gone]
    place = {i: k + 1 for k, i in enumerate(kept)}
    if len(kept) < 3 or any(s.head[i] and s.head[i] - 1 not in place for i in kept):
        return None
    for i in kept:
        rows[i][6] = place[s.head[i] - 1] if s.head[i] else 0
    first = rows[kept[0]]
    first[1] = first[1][:1].upper() + first[1][1:]
    column = lambda tags: None if tags is None else repaired([tags[i] for i in kept])
    return Sentence([rows[i] for i in kept], column(s.names), column(s.silver))


def repaired(tags):
    """BIO tags whose first word may have gone."""
    out = []
    for t in tags:
        inside = t[:1] == "I" and (not out or out[-1][2:] != t[2:])
        out.append("B" + t[1:] if inside else t)
    return out
