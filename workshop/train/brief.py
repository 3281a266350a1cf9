"""Brief sentences made of long ones: a main clause with some of what hangs on it left out.

Web text tells little in few words: most of its short sentences are greetings and
exclamations. "Students called for reforms." is how news tells what happened, and
the briefer a sentence, the less there is to know it by. Some in the present tense
are told in the past.
"""

from corpus import Sentence
from headline import repaired

# What may go, and how often: below the main verb, and below nouns.
CLAUSE = {"advcl": 0.8, "parataxis": 1.0, "conj": 0.8, "obl": 0.4, "obl:unmarked": 0.6, "advmod": 0.7, "discourse": 1.0,
          "vocative": 1.0, "list": 1.0, "dep": 1.0, "dislocated": 1.0, "cc:preconj": 1.0}
NOUN = {"acl": 0.8, "acl:relcl": 0.9, "appos": 0.7, "nmod": 0.4, "amod": 0.3, "conj": 0.6, "parataxis": 1.0, "advmod": 0.6,
        "nummod": 0.2, "nmod:desc": 0.3, "compound": 0.0}
NEGATION = ("not", "never", "no", "n't")


def brief(s, past, rng):
    """A shorter sentence, or None where the main clause does not lend itself to that.

    `past` gives the past tense of a lemma.
    """
    n = len(s.form)
    if n < 5 or s.form[-1] not in (".", "!") or s.head.count(0) != 1 or any(f in "\"“”()[]:;" for f in s.form):
        return None
    root = s.head.index(0)
    below = s.children()
    subject = [i for i in below[root] if s.deprel[i] in ("nsubj", "nsubj:pass")]
    if s.upos[root] != "VERB" or len(subject) != 1 or subject[0] > root or s.upos[subject[0]] not in ("NOUN", "PROPN"):
        return None
    if any(s.deprel[i] in ("ccomp", "csubj", "expl", "orphan", "advcl:relcl") for i in below[root]) or s.head[n - 1] - 1 != root:
        return None
    gone = set()

    def drop(i):
        new = [i]
        while new:
            gone.update(new)
            new = [c for k in new for c in below[k]]

    for i in below[root]:
        if rng.random() < CLAUSE.get(s.deprel[i], 0.0) and s.lemma[i] not in NEGATION:
            drop(i)
    for i in range(n):
        # A bare plural is a subject as good as any.
        bare = s.deprel[i] == "det" and s.lemma[i] == "the" and s.xpos[s.head[i] - 1] == "NNS" and rng.random() < 0.5
        if i not in gone and (bare or s.upos[s.head[i] - 1] in ("NOUN", "PROPN") and s.head[i] - 1 != root
                              and rng.random() < NOUN.get(s.deprel[i], 0.0)):
            drop(i)
    # A conjunct takes its conjunction along; commas were there for what is gone.
    lists = {s.head[i] - 1 for i in range(n) if s.deprel[i] == "conj" and i not in gone}
    for i in range(n - 1):
        lonely = s.deprel[i] == "cc" and s.head[i] - 1 in gone
        if i not in gone and (lonely or s.deprel[i] == "punct" and s.form[i] == "," and not lists):
            drop(i)
    kept = [i for i in range(n) if i not in gone]
    if not 4 <= len(kept) <= 16 or len(kept) == n or root in gone or s.form[kept[0]] in (",", ".", "-", "—"):
        return None
    place = {i: k + 1 for k, i in enumerate(kept)}
    if any(s.head[i] and s.head[i] - 1 not in place for i in kept):
        return None
    rows = [[str(place[i]), s.form[i], s.lemma[i], s.upos[i], s.xpos[i], s.feats[i],
             place[s.head[i] - 1] if s.head[i] else 0, s.deprel[i]] for i in kept]
    finite = [i for i in kept if s.xpos[i] in ("VBZ", "VBP")]
    if finite == [root] and s.lemma[root] in past and rng.random() < 0.6:
        verb = rows[place[root] - 1]
        verb[1], verb[4], verb[5] = past[s.lemma[root]], "VBD", verb[5].replace("Tense=Pres", "Tense=Past")
    rows[0][1] = rows[0][1][:1].upper() + rows[0][1][1:]
    column = lambda tags: None if tags is None else repaired([tags[i] for i in kept])
    return Sentence(rows, column(s.names), column(s.silver))
