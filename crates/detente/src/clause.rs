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
        // Finite clauses have subjects of their own.
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
    let owner = tree.child(noun, Deprel::NmodPoss).or_else(|| capital_modifier(tree, noun));
    if owner.is_some() {
        return owner;
    }
    let verb = tree.head(noun)?;
    match tree.deprel(noun) {
        Deprel::Obj | Deprel::Obl => subject_within(tree, verb, steps),
        _ => None,
    }
}

/// The capitalised adjective or noun before a noun: "Western" warnings, "NATO" claims.
pub(crate) fn capital_modifier(tree: &Tree<'_>, noun: TokenId) -> Option<TokenId> {
    tree.children(noun).find(|&c| {
        matches!(tree.deprel(c), Deprel::Amod | Deprel::Compound)
            && tree.form(c).starts_with(char::is_uppercase)
    })
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

/// The preposition of a phrase, by its lemma: the first one, so "because" of "because of"; "according to" in full.
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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use detente_text::{Document, Span, Syntax};

    /// Builds the tree of one sentence and hands it over.
    ///
    /// Words stand apart by blanks, each as `form=lemma/TAG/head/relation`. Without a lemma the form in lower case is
    /// one; heads count from 1, and the root's is 0. The universal part of speech follows from tag and relation.
    pub(crate) fn with_tree<T>(notation: &str, test: impl FnOnce(&Tree<'_>) -> T) -> T {
        let (mut text, mut spans, mut syntax) = (String::new(), Vec::new(), Syntax::default());
        for (index, word) in notation.split_whitespace().enumerate() {
            let parts: Vec<&str> = word.split('/').collect();
            let &[word, tag, head, relation] = parts.as_slice() else { panic!("{word}: four parts") };
            let (form, lemma) = word.split_once('=').unwrap_or((word, ""));
            if index > 0 {
                text.push(' ');
            }
            let start = text.len() as u32;
            text.push_str(form);
            spans.push(Span::new(start, text.len() as u32));
            syntax.push_lemma(if lemma.is_empty() { form.to_lowercase() } else { lemma.to_owned() }.as_str());
            let tag = Xpos::from_name(tag).unwrap_or_else(|| panic!("{tag} is no tag"));
            let relation = Deprel::from_name(relation).unwrap_or_else(|| panic!("{relation} is no relation"));
            let head: usize = head.parse().unwrap_or_else(|_| panic!("{head} is no head"));
            syntax.xpos.push(tag);
            syntax.upos.push(part_of_speech(tag, relation));
            syntax.deprel.push(relation);
            syntax.head.push(TokenId::at(head.checked_sub(1).unwrap_or(index)));
        }
        let document = Document::with_tokens(&text, &[spans]).expect("words are in order");
        test(&Tree::new(&document, &syntax))
    }

    fn part_of_speech(tag: Xpos, relation: Deprel) -> Upos {
        match relation {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => return Upos::Aux,
            Deprel::Mark if tag == Xpos::In => return Upos::Sconj,
            _ => {}
        }
        match tag {
            Xpos::Nn | Xpos::Nns => Upos::Noun,
            Xpos::Nnp | Xpos::Nnps => Upos::Propn,
            Xpos::Vb | Xpos::Vbd | Xpos::Vbg | Xpos::Vbn | Xpos::Vbp | Xpos::Vbz => Upos::Verb,
            Xpos::Prp | Xpos::PrpPoss | Xpos::Wp | Xpos::Wdt => Upos::Pron,
            Xpos::Jj => Upos::Adj,
            Xpos::Rb => Upos::Adv,
            Xpos::In => Upos::Adp,
            Xpos::Dt => Upos::Det,
            Xpos::Cd => Upos::Num,
            Xpos::Cc => Upos::Cconj,
            Xpos::To | Xpos::Pos => Upos::Part,
            Xpos::Comma | Xpos::Stop => Upos::Punct,
            _ => Upos::X,
        }
    }

    /// The first token of this form.
    pub(crate) fn word(tree: &Tree<'_>, form: &str) -> TokenId {
        let mut tokens = (0..tree.document().tokens().len()).map(TokenId::at);
        tokens.find(|&t| tree.form(t) == form).unwrap_or_else(|| panic!("no word {form}"))
    }

    /// Who acts and who is acted upon, as words.
    #[track_caller]
    fn check(notation: &str, verb: &str, subject: Option<&str>, object: Option<&str>) {
        with_tree(notation, |tree| {
            let verb = word(tree, verb);
            let form = |t: Option<TokenId>| t.map(|t| tree.form(t));
            assert_eq!(form(logical_subject(tree, verb)), subject, "subject of {notation}");
            assert_eq!(form(logical_object(tree, verb)), object, "object of {notation}");
        });
    }

    #[test]
    fn voices() {
        check(
            "Troops/NNS/2/nsubj shelled=shell/VBD/0/root villages/NNS/2/obj",
            "shelled",
            Some("Troops"),
            Some("villages"),
        );
        let passive = "Villages/NNS/3/nsubj:pass were=be/VBD/3/aux:pass shelled=shell/VBN/0/root by/IN/5/case \
                       troops/NNS/3/obl:agent";
        check(passive, "shelled", Some("troops"), Some("Villages"));
        let agentless = "Villages/NNS/3/nsubj:pass were=be/VBD/3/aux:pass shelled=shell/VBN/0/root";
        check(agentless, "shelled", None, Some("Villages"));
        let joined = "Rebels/NNS/3/nsubj:pass were=be/VBD/3/aux:pass arrested=arrest/VBN/0/root and/CC/5/cc \
                      charged=charge/VBN/3/conj";
        check(joined, "charged", None, Some("Rebels"));
        let participle = "Rebels/NNS/6/nsubj ,/,/3/punct backed=back/VBN/6/advcl by/IN/5/case \
                          Iran/NNP/3/obl:agent fled=flee/VBD/0/root";
        check(participle, "backed", Some("Iran"), Some("Rebels"));
        check(participle, "fled", Some("Rebels"), None);
    }

    #[test]
    fn subjects_across_conjunction_and_control() {
        let joined = "Troops/NNS/2/nsubj entered/VBD/0/root and/CC/4/cc burned/VBD/2/conj villages/NNS/4/obj";
        check(joined, "burned", Some("Troops"), Some("villages"));
        let asked = |verb: &str| {
            format!(
                "Kyiv/NNP/2/nsubj {verb}/VBD/0/root Moscow/NNP/2/obj to/TO/5/mark withdraw/VB/2/xcomp \
                 troops/NNS/5/obj"
            )
        };
        check(&asked("urged=urge"), "withdraw", Some("Moscow"), Some("troops"));
        check(&asked("promised=promise"), "withdraw", Some("Kyiv"), Some("troops"));
        let called = "Kyiv/NNP/2/nsubj called=call/VBD/0/root on/IN/4/case Moscow/NNP/2/obl to/TO/6/mark \
                      withdraw/VB/2/xcomp";
        check(called, "withdraw", Some("Moscow"), None);
        let told = "Moscow/NNP/3/nsubj:pass was=be/VBD/3/aux:pass told=tell/VBN/0/root to/TO/5/mark \
                    withdraw/VB/3/xcomp";
        check(told, "withdraw", Some("Moscow"), None);
    }

    #[test]
    fn clauses_that_modify_nouns() {
        let subject = "rebels/NNS/0/root who/WP/3/nsubj attacked=attack/VBD/1/acl:relcl villages/NNS/3/obj";
        check(subject, "attacked", Some("rebels"), Some("villages"));
        let object = "villages/NNS/0/root that/WDT/4/obj they/PRP/4/nsubj shelled=shell/VBD/1/acl:relcl";
        check(object, "shelled", Some("they"), Some("villages"));
        let gap = "villages/NNS/0/root they/PRP/3/nsubj shelled=shell/VBD/1/acl:relcl";
        check(gap, "shelled", Some("they"), Some("villages"));
        let gerund = "troops/NNS/0/root fighting=fight/VBG/1/acl rebels/NNS/2/obj";
        check(gerund, "fighting", Some("troops"), Some("rebels"));
        let owned = "Russia/NNP/3/nmod:poss 's/POS/1/case plan/NN/0/root to/TO/5/mark invade/VB/3/acl";
        check(owned, "invade", Some("Russia"), None);
        let had = "Russia/NNP/2/nsubj has=have/VBZ/0/root plans=plan/NNS/2/obj to/TO/5/mark invade/VB/3/acl";
        check(had, "invade", Some("Russia"), None);
    }

    #[test]
    fn receivers() {
        let receives = |notation: &str, verb: &str| {
            with_tree(notation, |tree| receiver(tree, word(tree, verb)).map(|t| tree.form(t).to_owned()))
        };
        let indirect = "Iran/NNP/2/nsubj gave=give/VBD/0/root rebels/NNS/2/iobj arms/NNS/2/obj";
        assert_eq!(receives(indirect, "gave").as_deref(), Some("rebels"));
        let two = "Iran/NNP/2/nsubj gave=give/VBD/0/root rebels/NNS/2/obj arms/NNS/2/obj";
        assert_eq!(receives(two, "gave").as_deref(), Some("rebels"));
        let passive = "Rebels/NNS/3/nsubj:pass were=be/VBD/3/aux:pass given=give/VBN/0/root arms/NNS/3/obj";
        assert_eq!(receives(passive, "given").as_deref(), Some("Rebels"));
        let one = "Iran/NNP/2/nsubj gave=give/VBD/0/root arms/NNS/2/obj";
        assert_eq!(receives(one, "gave"), None);
    }

    #[test]
    fn quantities_stand_for_what_they_count() {
        let meant = |notation: &str, noun: &str| {
            with_tree(notation, |tree| tree.form(meant_noun(tree, word(tree, noun))).to_owned())
        };
        let tens = "Tens=ten/NNS/0/root of/IN/3/case thousands=thousand/NNS/1/nmod of/IN/5/case \
                    protesters=protester/NNS/3/nmod";
        assert_eq!(meant(tens, "Tens"), "protesters");
        assert_eq!(meant("army/NN/0/root of/IN/3/case Russia/NNP/1/nmod", "army"), "army");
    }

    #[test]
    fn chains_end() {
        // Every verb leans on the one before it; nobody acts.
        let chain: String = (1..=300)
            .map(|n| match n {
                1 => "shelled/VBN/0/root ".to_owned(),
                n => format!("shelled/VBN/{}/conj ", n - 1),
            })
            .collect();
        with_tree(&chain, |tree| {
            assert_eq!(grammatical_subject(tree, TokenId(299)), None);
            assert!(!is_passive(tree, TokenId(299)));
        });
    }
}
