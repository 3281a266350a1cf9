//! Clauses as Universal Dependencies shows them: who is subject, object, agent of a verb or of an event noun, across
//! passives, conjunctions, control, relative clauses and participles.

use detente_text::{Deprel, TokenId, Tree, Upos, Xpos};

/// Whether a verb form is passive: a passive subject or auxiliary, or a bare past participle that modifies a noun.
pub(crate) fn is_passive(tree: &Tree<'_>, verb: TokenId) -> bool {
    let marked = tree.children(verb).any(|c| {
        matches!(tree.deprel(c), Deprel::NsubjPass | Deprel::AuxPass | Deprel::CsubjPass | Deprel::OblAgent)
    });
    if marked {
        return true;
    }
    if tree.xpos(verb) != Xpos::Vbn {
        return false;
    }
    match tree.deprel(verb) {
        // With a subject of its own it is a finite verb that the parser hung on its object.
        Deprel::Acl | Deprel::Amod => !has_own_subject(tree, verb),
        // A participle joined to a passive verb shares its auxiliary: "was arrested and charged".
        Deprel::Conj if !has_own_subject(tree, verb) && !tree.has(verb, Deprel::Aux) => {
            tree.head(verb).is_some_and(|head| is_passive(tree, head))
        }
        // "…, backed by Russia, …"
        Deprel::Advcl => !tree.has(verb, Deprel::Aux) && !tree.has(verb, Deprel::Obj),
        _ => false,
    }
}

/// Whether *to* stands before a verb.
pub(crate) fn is_infinitive(tree: &Tree<'_>, verb: TokenId) -> bool {
    tree.children(verb)
        .any(|c| tree.xpos(c) == Xpos::To || (tree.deprel(c) == Deprel::Mark && tree.lemma(c) == "to"))
}

fn has_own_subject(tree: &Tree<'_>, verb: TokenId) -> bool {
    tree.children(verb).any(|c| is_subject(tree.deprel(c)))
}

fn is_subject(deprel: Deprel) -> bool {
    matches!(deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter)
}

/// The grammatical subject of a predicate, found across conjunction, control, relative clauses and participles.
pub(crate) fn grammatical_subject(tree: &Tree<'_>, verb: TokenId) -> Option<TokenId> {
    subject_within(tree, verb, 8)
}

fn subject_within(tree: &Tree<'_>, verb: TokenId, steps: u8) -> Option<TokenId> {
    if let Some(subject) = tree.children(verb).find(|&c| is_subject(tree.deprel(c))) {
        return Some(antecedent(tree, verb, subject));
    }
    let head = tree.head(verb)?;
    let steps = steps.checked_sub(1)?;
    match tree.deprel(verb) {
        Deprel::Conj => subject_within(tree, head, steps),
        Deprel::Xcomp => controller(tree, head, steps),
        Deprel::Advcl => {
            let marks = ["of", "from", "into", "for", "with"];
            let preposition =
                tree.children(verb).any(|c| tree.deprel(c) == Deprel::Mark && marks.contains(&tree.lemma(c)));
            match preposition && tree.upos(head) == Upos::Verb {
                true => controller(tree, head, steps),
                false => subject_within(tree, head, steps),
            }
        }
        Deprel::Acl => {
            // "troops fighting in Mali": the noun fights. "a plan to invade": whoever has the plan invades.
            let infinitive = is_infinitive(tree, verb);
            let nominal = matches!(tree.upos(head), Upos::Noun | Upos::Propn | Upos::Pron);
            match (nominal, infinitive || tree.has(verb, Deprel::Mark)) {
                (true, false) => Some(head),
                (true, true) => noun_owner(tree, head, steps),
                (false, _) => subject_within(tree, head, steps),
            }
        }
        Deprel::AclRelcl => None,
        Deprel::Parataxis | Deprel::Ccomp => None,
        _ => None,
    }
}

/// Whoever does the act of an infinitive or gerund below `head`: its object ("urged Kyiv to …"), else its subject.
fn controller(tree: &Tree<'_>, head: TokenId, steps: u8) -> Option<TokenId> {
    let promises = matches!(tree.lemma(head), "promise" | "vow" | "pledge" | "threaten");
    if !promises {
        if let Some(object) = tree.child(head, Deprel::Obj).or_else(|| tree.child(head, Deprel::Iobj)) {
            return Some(object);
        }
        // "called on Kyiv to …", "appealed to Kyiv to …"
        let hearer = tree.children(head).find(|&c| {
            tree.deprel(c) == Deprel::Obl
                && case(tree, c).is_some_and(|p| {
                    matches!(
                        (tree.lemma(head), p),
                        ("call", "on" | "upon") | ("appeal" | "plead", "to" | "with")
                    )
                })
        });
        if hearer.is_some() {
            return hearer;
        }
    }
    if is_passive(tree, head) {
        return tree.child(head, Deprel::NsubjPass).map(|s| antecedent(tree, head, s));
    }
    subject_within(tree, head, steps)
}

/// Who has a plan, a threat, an ability: its possessor, or the subject of the verb whose object it is.
fn noun_owner(tree: &Tree<'_>, noun: TokenId, steps: u8) -> Option<TokenId> {
    if let Some(owner) = tree.child(noun, Deprel::NmodPoss) {
        return Some(owner);
    }
    let adjective = tree.children(noun).find(|&c| {
        matches!(tree.deprel(c), Deprel::Amod | Deprel::Compound)
            && tree.form(c).starts_with(char::is_uppercase)
    });
    if adjective.is_some() {
        return adjective;
    }
    let verb = tree.head(noun)?;
    match tree.deprel(noun) {
        Deprel::Obj | Deprel::Obl => subject_within(tree, verb, steps),
        _ => None,
    }
}

/// The noun that a relative pronoun stands for; other subjects stand for themselves.
fn antecedent(tree: &Tree<'_>, verb: TokenId, subject: TokenId) -> TokenId {
    let relative = matches!(tree.xpos(subject), Xpos::Wdt | Xpos::Wp)
        || (tree.lemma(subject) == "that" && tree.upos(subject) == Upos::Pron);
    match relative {
        true => relative_head(tree, verb).unwrap_or(subject),
        false => subject,
    }
}

/// The noun that a relative clause modifies, seen from its verb or anything below it.
pub(crate) fn relative_head(tree: &Tree<'_>, verb: TokenId) -> Option<TokenId> {
    let clause = std::iter::once(verb)
        .chain(tree.ancestors(verb))
        .take(6)
        .find(|&t| matches!(tree.deprel(t), Deprel::AclRelcl | Deprel::AdvclRelcl))?;
    tree.head(clause)
}

/// The preposition of a phrase, lower case; fixed ones in full ("because of").
pub(crate) fn case<'r>(tree: &Tree<'r>, token: TokenId) -> Option<&'r str> {
    tree.children(token).find(|&c| tree.deprel(c) == Deprel::Case).map(|c| match tree.lemma(c) {
        "accord" => "according to",
        other => other,
    })
}

/// Who acts, in the logic of the verb: the subject, or the *by*-phrase of a passive.
pub(crate) fn logical_subject(tree: &Tree<'_>, verb: TokenId) -> Option<TokenId> {
    if !is_passive(tree, verb) {
        return grammatical_subject(tree, verb);
    }
    tree.children(verb).find(|&c| {
        tree.deprel(c) == Deprel::OblAgent || (tree.deprel(c) == Deprel::Obl && case(tree, c) == Some("by"))
    })
}

/// Who or what is acted upon, in the logic of the verb: the object, or the subject of a passive.
pub(crate) fn logical_object(tree: &Tree<'_>, verb: TokenId) -> Option<TokenId> {
    if is_passive(tree, verb) {
        // "They were given refuge": the subject is the receiver.
        if let Some(object) = tree.child(verb, Deprel::Obj) {
            return Some(object);
        }
        if let Some(subject) = grammatical_subject(tree, verb) {
            return Some(subject);
        }
        let head = tree.head(verb)?;
        return match tree.deprel(verb) {
            Deprel::Acl | Deprel::Amod | Deprel::AclRelcl => Some(head),
            _ => None,
        };
    }
    // Of two objects the first receives, the second is given.
    if let Some(object) = tree.children(verb).rfind(|&c| tree.deprel(c) == Deprel::Obj) {
        return Some(antecedent(tree, verb, object));
    }
    if tree.deprel(verb) == Deprel::Amod && has_own_subject(tree, verb) {
        return tree.head(verb).filter(|&head| head > verb);
    }
    // "the village that they shelled": a relative clause without object.
    if tree.deprel(verb) == Deprel::AclRelcl && !tree.has(verb, Deprel::Ccomp) {
        let head = tree.head(verb)?;
        if grammatical_subject(tree, verb).is_some_and(|s| s != head) {
            return Some(head);
        }
    }
    None
}

/// Who receives: the indirect object, the first of two objects, the subject of a passive that keeps its object.
pub(crate) fn receiver(tree: &Tree<'_>, verb: TokenId) -> Option<TokenId> {
    if let Some(indirect) = tree.child(verb, Deprel::Iobj) {
        return Some(indirect);
    }
    let mut objects = tree.children(verb).filter(|&c| tree.deprel(c) == Deprel::Obj);
    let first = objects.next()?;
    match (objects.next(), is_passive(tree, verb)) {
        (Some(_), _) => Some(first),
        (None, true) => grammatical_subject(tree, verb),
        (None, false) => None,
    }
}

/// The phrases of a preposition below a verb, or below a noun.
pub(crate) fn phrases<'t>(
    tree: &'t Tree<'_>,
    token: TokenId,
    preposition: &'t str,
) -> impl Iterator<Item = TokenId> + 't {
    tree.children(token).filter(move |&c| {
        matches!(
            tree.deprel(c),
            Deprel::Obl | Deprel::Nmod | Deprel::OblAgent | Deprel::Advmod | Deprel::NmodPoss
        ) && case(tree, c) == Some(preposition)
    })
}

/// A nominal and those joined to it by *and*, *or*, a comma.
pub(crate) fn joined<'t>(tree: &'t Tree<'_>, token: TokenId) -> impl Iterator<Item = TokenId> + 't {
    let more = tree.children(token).filter(move |&c| {
        tree.deprel(c) == Deprel::Conj
            && matches!(tree.upos(c), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
    });
    std::iter::once(token).chain(more)
}

/// "Some of the troops", "dozens of protesters": the noun that is meant.
pub(crate) fn meant_noun(tree: &Tree<'_>, token: TokenId) -> TokenId {
    const QUANTITIES: [&str; 37] = [
        "ten", "set", "range", "package", "some", "many", "most", "several", "dozen", "hundred", "thousand",
        "million", "score", "all", "both", "part", "number", "group", "few", "any", "none", "one", "two",
        "three", "each", "majority", "handful", "rest", "half", "member", "crowd", "column", "series",
        "wave", "convoy", "kind", "sort",
    ];
    let mut meant = token;
    // "Tens of thousands of protesters" takes two steps.
    for _ in 0..3 {
        let lemma = tree.lemma(meant);
        let plain = lemma.strip_suffix('s').unwrap_or(lemma);
        let quantity =
            QUANTITIES.contains(&plain) || QUANTITIES.contains(&lemma) || tree.upos(meant) == Upos::Num;
        match phrases(tree, meant, "of").next().filter(|_| quantity) {
            Some(next) => meant = next,
            None => break,
        }
    }
    meant
}
