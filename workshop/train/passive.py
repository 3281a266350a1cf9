"""Passives made of active sentences: "The army rushed help to the city" to "Help was rushed to the city by the army".

Web text names the agent of a passive seldom, news often, and far from its verb.
"""

from corpus import Sentence


def forms(sentences, tag):
    """Lemma -> form with a Penn tag (`VBN`, `VBD`), the commonest of the treebanks."""
    seen = {}
    for s in sentences:
        for form, lemma, xpos in zip(s.form, s.lemma, s.xpos):
            if xpos == tag and form.islower():
                seen.setdefault(lemma, {}).setdefault(form, 0)
                seen[lemma][form] += 1
    return {lemma: max(sorted(found), key=found.get) for lemma, found in seen.items()}


def passive(s, participle):
    """The sentence with its main clause in the passive, or None where it does not lend itself to that."""
    n = len(s.form)
    if not 5 <= n <= 30 or s.form[-1] != "." or s.head.count(0) != 1:
        return None
    root = s.head.index(0)
    below = s.children()
    found = {s.deprel[i]: i for i in below[root]}
    subject, obj = found.get("nsubj"), found.get("obj")
    if s.xpos[root] not in ("VBD", "VBZ", "VBP") or s.lemma[root] not in participle or subject is None or obj is None:
        return None
    if not set(found) <= {"nsubj", "obj", "obl", "obl:unmarked", "advmod", "punct", "compound:prt"}:
        return None
    if any(s.upos[i] not in ("NOUN", "PROPN") for i in (subject, obj)) or s.lemma[root] in ("have", "say", "be"):
        return None

    def span(i):
        inside, new = {i}, [i]
        while new:
            new = [c for i in new for c in below[i]]
            inside.update(new)
        return sorted(inside)

    agent, patient = span(subject), span(obj)
    rest = [i for i in range(n - 1) if i > root and i not in patient]
    before = [i for i in range(root) if i not in agent]
    plain = lambda x: x == list(range(x[0], x[-1] + 1))
    if not (plain(agent) and plain(patient)) or before or agent[-1] > root or patient[0] < root:
        return None
    if "obl" in found and s.form[below[found["obl"]][0]].lower() == "by":
        return None
    plural = s.xpos[obj] in ("NNS", "NNPS") or any(s.deprel[i] == "conj" for i in below[obj])
    past = s.xpos[root] == "VBD"
    number = "Number=Plur|Person=3" if plural else "Number=Sing|Person=3"
    be = {(True, True): "were", (True, False): "was", (False, True): "are", (False, False): "is"}[past, plural]
    feats = f"Mood=Ind|{number}|Tense={'Past' if past else 'Pres'}|VerbForm=Fin"
    tag = "VBD" if past else "VBP" if plural else "VBZ"
    # (form, lemma, upos, xpos, feats, old head or a new place, deprel, old place)
    old = lambda i: [s.form[i], s.lemma[i], s.upos[i], s.xpos[i], s.feats[i], ("old", s.head[i] - 1), s.deprel[i], i]
    rows = [old(i) for i in patient]
    rows.append([be, "be", "AUX", tag, feats, ("old", root), "aux:pass", None])
    rows.append([participle[s.lemma[root]], s.lemma[root], "VERB", "VBN", "Tense=Past|VerbForm=Part|Voice=Pass",
                 None, "root", root])
    rows += [old(i) for i in rest]
    rows.append(["by", "by", "ADP", "IN", "_", ("old", subject), "case", None])
    rows += [old(i) for i in agent]
    rows.append(old(n - 1))
    place = {row[7]: k + 1 for k, row in enumerate(rows) if row[7] is not None}
    out = []
    for k, (form, lemma, upos, xpos, feats, head, deprel, was) in enumerate(rows):
        if was == obj:
            deprel = "nsubj:pass"
        elif was == subject:
            deprel = "obl:agent"
        head = 0 if head is None or head[1] < 0 else place[head[1]]
        out.append([str(k + 1), form, lemma, upos, xpos, feats, head, deprel])
    if s.upos[agent[0]] != "PROPN" and s.xpos[agent[0]] != "NNP":
        at = len(patient) + 2 + len(rest) + 1
        out[at][1] = out[at][1].lower() if out[at][1] != "I" else "I"
    out[0][1] = out[0][1][:1].upper() + out[0][1][1:]
    column = lambda tags: None if tags is None else [tags[row[7]] if row[7] is not None else "O" for row in rows]
    return Sentence(out, column(s.names), column(s.silver))
