//! Who uses a cue, and in which words.

use crate::clause::{case, grammatical_subject, is_passive, logical_subject, phrases, relative_head};
use crate::mention::phrase;
use detente_text::{Deprel, Span, TokenId, Tree, Upos, Xpos};

/// Who uses a verb that attributes; `inserted` is what stands between commas with a verb that `says` something. Takes
/// out of the heads of its content what is the source's.
pub(super) fn of_verb(
    tree: &Tree<'_>,
    verb: TokenId,
    says: bool,
    inserted: Option<TokenId>,
    heads: &mut Vec<TokenId>,
) -> Option<TokenId> {
    if says && let Some(source) = inserted.or_else(|| inverted(tree, verb)) {
        // What the parser took for the source begins the content; what stands behind the source is about it.
        heads.extend(tree.child(verb, Deprel::Nsubj).filter(|s| !heads.contains(s)));
        heads.retain(|&h| h != source && (source < verb || h < verb));
        return Some(source);
    }
    if let Some(source) = shortened(tree, verb, heads) {
        return Some(source);
    }
    let source = outer_speaker(tree, verb)
        .or_else(|| logical_subject(tree, verb))
        .or_else(|| {
            let relative = tree.deprel(verb) == Deprel::AclRelcl;
            relative.then(|| relative_head(tree, verb)).flatten()
        })
        .or_else(|| of_conjunct(tree, verb))
        .or_else(|| as_stated_in(tree, verb))
        .or_else(|| before(tree, verb).filter(|s| !heads.contains(s)))
        .or_else(|| behind_quotation(tree, verb));
    match source {
        // "It was reported that …": nobody.
        Some(s) if matches!(tree.deprel(s), Deprel::Expl) => None,
        Some(s) if is_passive(tree, verb) && heads.contains(&s) => None,
        other => other,
    }
}

/// "The museum, Mr. Bush said, celebrated …", "…, a spokesman announced on Monday.": the noun phrase between a comma and
/// the cue, where the parser took something before it for the subject.
pub(super) fn inserted(tree: &Tree<'_>, cue: TokenId) -> Option<TokenId> {
    let (source, edge) = set_off(tree, cue)?;
    let subject = tree.child(cue, Deprel::Nsubj).or_else(|| logical_subject(tree, cue));
    subject.is_none_or(|s| s < edge).then_some(source)
}

/// The clauses around "…, the source added.": of a cue with its source between commas, or at the end, those that the
/// parser joined to it.
pub(super) fn clauses_around(tree: &Tree<'_>, cue: TokenId) -> Vec<TokenId> {
    if set_off(tree, cue).is_none() {
        return Vec::new();
    }
    let joined = |t: TokenId| tree.deprel(t) == Deprel::Conj && !tree.has(t, Deprel::Cc);
    let outer = tree.head(cue).filter(|_| joined(cue));
    let inner = tree.children(cue).filter(|&c| joined(c) && tree.upos(c) == Upos::Verb);
    outer.into_iter().chain(inner).collect()
}

/// The noun phrase between a comma and a cue, and that comma, where another comma or the sentence's end follows.
fn set_off(tree: &Tree<'_>, cue: TokenId) -> Option<(TokenId, TokenId)> {
    let document = tree.document();
    let sentence = document.sentence(document.sentence_of(cue));
    let before = |at: u32| at.checked_sub(1).filter(|&at| at >= sentence.first.0).map(TokenId);
    let mut last = before(cue.0)?;
    while matches!(tree.upos(last), Upos::Adv | Upos::Aux) {
        last = before(last.0)?;
    }
    let nominal = |t: TokenId| matches!(tree.upos(t), Upos::Noun | Upos::Propn | Upos::Pron);
    if !nominal(last) {
        return None;
    }
    let mut first = last;
    let edge = loop {
        let left = before(first.0).filter(|left| last.0 - left.0 < 9)?;
        if tree.form(left) == "," || is_closing_quote(tree.form(left)) {
            break left;
        }
        let inside = matches!(
            tree.upos(left),
            Upos::Noun
                | Upos::Propn
                | Upos::Pron
                | Upos::Adj
                | Upos::Det
                | Upos::Num
                | Upos::Adp
                | Upos::Part
        ) || matches!(tree.form(left), "." | "-" | "'s" | "’s");
        if !inside || matches!(tree.xpos(left), Xpos::Wdt | Xpos::Wp) {
            return None;
        }
        first = left;
    };
    // Behind it the sentence ends or goes on behind a comma.
    let closed = (cue.0 + 1..sentence.last.0.min(cue.0 + 9)).map(TokenId).find_map(|t| match tree.upos(t) {
        Upos::Punct => Some(matches!(tree.form(t), "," | "." | "?" | "!")),
        Upos::Verb | Upos::Sconj => Some(false),
        _ => None,
    });
    let inside = |t: TokenId| (first.0..=last.0).contains(&t.0);
    let head = (first.0..=last.0).map(TokenId).find(|&t| nominal(t) && !tree.head(t).is_some_and(inside))?;
    (closed == Some(true)).then_some((head, edge))
}

/// "…,” said Sanders, whose …": the noun phrase right behind a cue that follows a comma or a quotation mark.
fn inverted(tree: &Tree<'_>, cue: TokenId) -> Option<TokenId> {
    let document = tree.document();
    let sentence = document.sentence(document.sentence_of(cue));
    let before = cue.0.checked_sub(1).filter(|&at| at >= sentence.first.0).map(TokenId)?;
    if !(tree.form(before) == "," || is_closing_quote(tree.form(before))) {
        return None;
    }
    let nominal = |t: TokenId| matches!(tree.upos(t), Upos::Noun | Upos::Propn);
    let begins = |t: TokenId| nominal(t) || matches!(tree.upos(t), Upos::Det | Upos::Adj | Upos::Num);
    let first = Some(TokenId(cue.0 + 1)).filter(|&t| t < sentence.last && begins(t))?;
    let inside = |t: TokenId| begins(t) || matches!(tree.form(t), "." | "-" | "'s" | "’s" | "of");
    let end = (first.0..sentence.last.0).map(TokenId).find(|&t| !inside(t)).unwrap_or(sentence.last);
    // "…, said the South should demand …": what follows has a verb of its own.
    if end < sentence.last && matches!(tree.upos(end), Upos::Verb | Upos::Aux | Upos::Adv | Upos::Part) {
        return None;
    }
    let within = |t: TokenId| (first.0..end.0).contains(&t.0);
    let head = (first.0..end.0).map(TokenId).find(|&t| nominal(t) && !tree.head(t).is_some_and(within))?;
    // "…, told reporters": what follows may be whom it is said to.
    let subject = tree.child(cue, Deprel::Nsubj).or_else(|| logical_subject(tree, cue));
    let told = matches!(tree.deprel(head), Deprel::Obj | Deprel::Iobj | Deprel::Obl | Deprel::OblUnmarked);
    // What is quoted, or a whole clause, says nothing itself.
    let quoted = is_closing_quote(tree.form(before)) || matches!(tree.lemma(cue), "say" | "add" | "explain");
    let clause = subject
        .is_some_and(|s| s < cue && (quoted || tree.upos(s) == Upos::Verb || tree.has(s, Deprel::Cop)));
    (subject != Some(head) && (subject.is_none() || clause) && !(told && tree.lemma(cue) == "tell"))
        .then_some(head)
}

fn is_closing_quote(form: &str) -> bool {
    matches!(form, "\"" | "”" | "''" | "’" | "»")
}

/// "A report released last year found that …": a participle that the parser took for a clause of its own. A content
/// before its cue would end with a comma or a quotation mark.
fn shortened(tree: &Tree<'_>, verb: TokenId, heads: &mut Vec<TokenId>) -> Option<TokenId> {
    if heads.len() < 2 || tree.has(verb, Deprel::Nsubj) {
        return None;
    }
    let (at, &clause) =
        heads.iter().enumerate().find(|&(_, &h)| h < verb && tree.deprel(h) == Deprel::Ccomp)?;
    let participle = matches!(tree.xpos(clause), Xpos::Vbd | Xpos::Vbn | Xpos::Vbg);
    let marked = (clause.0..verb.0).any(|t| tree.upos(TokenId(t)) == Upos::Punct);
    let subject = tree.child(clause, Deprel::Nsubj).filter(|_| participle && !marked)?;
    heads.remove(at);
    Some(subject)
}

/// "He proposes doing away with it, and plans to …": a finite verb that hangs on an inner clause without a subject
/// shares that of the outer one.
fn of_conjunct(tree: &Tree<'_>, verb: TokenId) -> Option<TokenId> {
    let finite = |t: TokenId| matches!(tree.xpos(t), Xpos::Vbz | Xpos::Vbd | Xpos::Vbp);
    if tree.deprel(verb) != Deprel::Conj || !finite(verb) {
        return None;
    }
    let outer =
        tree.ancestors(verb).take(8).find(|&t| finite(t) && grammatical_subject(tree, t).is_some())?;
    grammatical_subject(tree, outer)
}

/// "Video shows that …", "officials from both parties say": the noun phrase that ends right before a finite verb to which
/// the parser gave no subject.
fn before(tree: &Tree<'_>, verb: TokenId) -> Option<TokenId> {
    let finite = matches!(tree.xpos(verb), Xpos::Vbz | Xpos::Vbd | Xpos::Vbp) || tree.has(verb, Deprel::Aux);
    if !finite || is_passive(tree, verb) {
        return None;
    }
    let document = tree.document();
    let first = document.sentence(document.sentence_of(verb)).first;
    let nominal = |t: TokenId| matches!(tree.upos(t), Upos::Noun | Upos::Propn | Upos::Pron);
    let mut at = TokenId(verb.0.checked_sub(1)?);
    while at > first && matches!(tree.upos(at), Upos::Adv | Upos::Aux) {
        at = TokenId(at.0 - 1);
    }
    // "A poll released Friday shows": a day says nothing.
    if at < first || !nominal(at) || tree.deprel(at) == Deprel::OblUnmarked {
        return None;
    }
    // From "both parties" to "officials from both parties", without passing a mark.
    let marked = |from: TokenId| (from.0..at.0).any(|t| tree.upos(TokenId(t)) == Upos::Punct);
    let climb = std::iter::successors(Some(at), |&t| {
        tree.head(t).filter(|&above| above < at && above >= first && nominal(above) && !marked(above))
    });
    climb.last().filter(|&head| !tree.has(head, Deprel::Case))
}

/// "…,” Jim Jordan (R-Ohio), a member of the panel, said": the noun phrase between a quotation and a cue, when appositions
/// part it from a verb without a subject.
fn behind_quotation(tree: &Tree<'_>, verb: TokenId) -> Option<TokenId> {
    let document = tree.document();
    let first = document.sentence(document.sentence_of(verb)).first.0;
    let comma = TokenId(verb.0.checked_sub(1).filter(|&t| t >= first)?);
    if tree.form(comma) != "," || is_passive(tree, verb) {
        return None;
    }
    let reach = first.max(verb.0.saturating_sub(30));
    let quote = (reach..comma.0).rev().map(TokenId).find(|&t| is_closing_quote(tree.form(t)))?;
    let between = (quote.0 + 1..comma.0).map(TokenId);
    let finite = |t: TokenId| matches!(tree.xpos(t), Xpos::Vbz | Xpos::Vbd | Xpos::Vbp | Xpos::Md);
    if between.clone().any(finite) {
        return None;
    }
    let inside = |t: TokenId| quote < t && t < comma;
    between
        .clone()
        .find(|&t| matches!(tree.upos(t), Upos::Noun | Upos::Propn) && !tree.head(t).is_some_and(inside))
}

/// "As stated in Davis' commentary, …"
fn as_stated_in(tree: &Tree<'_>, verb: TokenId) -> Option<TokenId> {
    let marked = tree.children(verb).any(|c| tree.deprel(c) == Deprel::Mark && tree.lemma(c) == "as");
    marked.then(|| phrases(tree, verb, "in").next()).flatten()
}

/// "Putin said the threat was growing, adding that …": a participle of saying belongs to whoever says, not to the
/// subject of the clause that the parser hung it on.
fn outer_speaker(tree: &Tree<'_>, verb: TokenId) -> Option<TokenId> {
    const SAYING: [&str; 22] = [
        "say",
        "tell",
        "announce",
        "state",
        "declare",
        "warn",
        "note",
        "add",
        "write",
        "report",
        "claim",
        "insist",
        "argue",
        "stress",
        "explain",
        "admit",
        "acknowledge",
        "confirm",
        "deny",
        "reject",
        "accuse",
        "urge",
    ];
    if tree.deprel(verb) != Deprel::Advcl
        || tree.xpos(verb) != Xpos::Vbg
        || !SAYING.contains(&tree.lemma(verb))
    {
        return None;
    }
    let speaker = tree.ancestors(verb).take(6).find(|&a| {
        tree.upos(a) == Upos::Verb
            && SAYING.contains(&tree.lemma(a))
            && tree.children(a).any(|c| matches!(tree.deprel(c), Deprel::Nsubj))
    })?;
    logical_subject(tree, speaker)
}

/// The words of a source: its noun phrase with titles, appositions and relative clauses, without what only interrupts
/// it ("Holt, speaking to sailors, said"). Of a cue inside a relative clause, the pronoun.
pub(super) fn words(tree: &Tree<'_>, head: TokenId, cue: TokenId) -> Span {
    if tree.is_below(cue, head) || tree.upos(head) == Upos::Verb {
        let clause = std::iter::once(cue).chain(tree.ancestors(cue)).take_while(|&t| t != head);
        let pronoun = clause
            .filter_map(|t| tree.child(t, Deprel::Nsubj))
            .find(|&t| matches!(tree.xpos(t), Xpos::Wp | Xpos::Wdt) && t < cue && tree.lemma(t) != "that");
        return pronoun.map_or_else(|| phrase(tree, head), |t| tree.document().span(t));
    }
    let behind = head > cue;
    let interrupts = |t: TokenId| {
        let first = tree.extent(t, &mut |_| true).0;
        let comma = |t: TokenId| tree.upos(t) == Upos::Punct;
        comma(first) || first.0.checked_sub(1).is_some_and(|before| comma(TokenId(before)))
    };
    let mut enter = |t: TokenId| {
        let inner = tree.head(t) != Some(head);
        match tree.deprel(t) {
            _ if t == cue || tree.is_below(cue, t) => false,
            Deprel::Acl => behind || !interrupts(t),
            Deprel::Case | Deprel::Nsubj | Deprel::Mark | Deprel::Cop | Deprel::Punct => inner,
            Deprel::Parataxis | Deprel::Advcl => inner && behind,
            Deprel::Nmod => !matches!(case(tree, t), Some("include" | "including")),
            _ => true,
        }
    };
    let (first, mut last) = tree.extent(head, &mut enter);
    while last > first && tree.upos(last) == Upos::Punct {
        last = TokenId(last.0 - 1);
    }
    tree.span((first, last))
}
