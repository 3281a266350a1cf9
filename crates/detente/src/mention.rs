//! Mentions: spans that name or stand for somebody.

use crate::{
    ActorId,
    clause::{case, is_passive},
    knowledge::{AgentRow, AliasMark, Knowledge, Meaning},
};
use detente_text::{Deprel, EntityKind, Span, TokenId, Tree, Upos, Xpos, vocabulary};

vocabulary! {
    /// How a mention refers.
    MentionKind {
        Name = "name",
        Nominal = "nominal",
        Pronoun = "pronoun",
        Adjective = "adjective",
    }
}

/// A span that names or stands for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The whole phrase, without relative clauses and appositions.
    pub span: Span,
    /// Its syntactic head.
    pub head: TokenId,
    /// How it refers.
    pub kind: MentionKind,
    /// Whom it stands for; none when that could not be decided.
    pub actor: Option<ActorId>,
}

/// A mention before anybody has been found behind it.
#[derive(Clone, Debug)]
pub(crate) struct Found<'k> {
    pub(crate) span: Span,
    pub(crate) head: TokenId,
    pub(crate) kind: MentionKind,
    pub(crate) clue: Clue<'k>,
    /// Role nouns before a name: "Foreign Minister" Sergei Lavrov.
    pub(crate) title: Option<(TokenId, &'k AgentRow)>,
}

/// What shows who it may be.
#[derive(Clone, Debug)]
pub(crate) enum Clue<'k> {
    /// A name of the actor tables.
    Known(Vec<Meaning>),
    /// A name that only the name finder knows.
    Entity(EntityKind),
    /// A role noun.
    Agent(&'k AgentRow),
    /// A pronoun.
    Pronoun(Pronoun),
}

/// What a pronoun asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pronoun {
    /// he, she
    Person,
    /// it
    Thing,
    /// they
    Plural,
    /// I, we
    Speaker,
    /// who, which, that
    Relative,
}

/// All mentions of a document, by position; longer ones first where they begin together.
pub(crate) fn find<'k>(tree: &Tree<'_>, knowledge: &'k Knowledge) -> Vec<Found<'k>> {
    let count = tree.document().tokens().len();
    let mut taken = vec![false; count];
    let mut found = names(tree, knowledge, &mut taken);
    entities(tree, &mut found, &mut taken);
    nominals(tree, knowledge, &mut found, &mut taken);
    pronouns(tree, &mut found, &taken);
    found.sort_by_key(|f| (f.span.start, std::cmp::Reverse(f.span.end), f.head));
    found
}

/// Names of the actor tables.
fn names<'k>(tree: &Tree<'_>, knowledge: &'k Knowledge, taken: &mut [bool]) -> Vec<Found<'k>> {
    let document = tree.document();
    let text = document.text();
    let entities = &tree.syntax().entities;
    let mut found = Vec::new();
    let mut next = 0usize;
    let mut entity = 0;
    for (index, span) in document.tokens().iter().enumerate() {
        if index < next {
            continue;
        }
        let first = TokenId::at(index);
        while entities.get(entity).is_some_and(|e| e.last <= first) {
            entity += 1;
        }
        let Some((end, meanings)) = knowledge.lexicon.longest_name(text, span.start as usize) else { continue };
        let end = end as u32;
        let last = document.tokens().partition_point(|t| t.start < end);
        if document.tokens()[last - 1].end != end || document.sentence_of(first) != document.sentence_of(TokenId::at(last - 1)) {
            continue;
        }
        let lexicon = &knowledge.lexicon;
        let is_person =
            meanings.iter().any(|m| lexicon.entry(m.entry).kind == crate::ActorKind::Person);
        // A longer name that only the name finder sees wins: "Paris" Hilton, "Jordan" Times.
        let inside = entities.get(entity).is_some_and(|e| {
            let longer = (e.last.index() - e.first.index()) > last - index;
            let adjective = meanings.iter().all(|m| m.mark == AliasMark::Adjective);
            let within = e.first <= first && last <= e.last.index();
            let other = match e.kind {
                EntityKind::Person => !is_person && !is_title(tree, first),
                EntityKind::Organization => !adjective && index == e.first.index(),
                EntityKind::Location => false,
            };
            longer && within && other
        });
        if inside {
            continue;
        }
        let head = head_of(tree, index, last);
        let adjective = meanings.iter().any(|m| m.mark == AliasMark::Adjective)
            && tree.upos(head) == Upos::Adj;
        taken[index..last].fill(true);
        next = last;
        found.push(Found {
            span: Span::new(span.start, end),
            head,
            kind: if adjective { MentionKind::Adjective } else { MentionKind::Name },
            clue: Clue::Known(meanings.to_vec()),
            title: None,
        });
    }
    found
}

fn is_title(tree: &Tree<'_>, token: TokenId) -> bool {
    matches!(tree.deprel(token), Deprel::NmodDesc | Deprel::Compound | Deprel::Amod | Deprel::NmodPoss)
}

/// The token of a range whose head lies outside it.
fn head_of(tree: &Tree<'_>, first: usize, last: usize) -> TokenId {
    let inside = |t: TokenId| (first..last).contains(&t.index());
    (first..last).map(TokenId::at).find(|&t| !tree.head(t).is_some_and(inside)).unwrap_or(TokenId::at(first))
}

/// Names that only the name finder knows.
fn entities(tree: &Tree<'_>, found: &mut Vec<Found<'_>>, taken: &mut [bool]) {
    for entity in &tree.syntax().entities {
        let (mut first, last) = (entity.first.index(), entity.last.index());
        // "Russian Academy of Sciences" keeps the adjective for itself; the rest is the new name.
        while first < last && taken[first] {
            first += 1;
        }
        if first == last || taken[first..last].iter().any(|&t| t) {
            continue;
        }
        let head = head_of(tree, first, last);
        let proper = (first..last).any(|t| {
            tree.form(TokenId::at(t)).starts_with(char::is_uppercase)
        });
        if !proper {
            continue;
        }
        taken[first..last].fill(true);
        found.push(Found {
            span: tree.span((TokenId::at(first), TokenId::at(last - 1))),
            head,
            kind: MentionKind::Name,
            clue: Clue::Entity(entity.kind),
            title: None,
        });
    }
}

/// Role nouns, alone or before names.
fn nominals<'k>(tree: &Tree<'_>, knowledge: &'k Knowledge, found: &mut Vec<Found<'k>>, taken: &mut [bool]) {
    let document = tree.document();
    // Names by head token, to hang titles on.
    let mut by_head: Vec<(TokenId, usize)> = found.iter().enumerate().map(|(i, f)| (f.head, i)).collect();
    by_head.sort_unstable();
    for index in 0..document.tokens().len() {
        let token = TokenId::at(index);
        if !matches!(tree.upos(token), Upos::Noun | Upos::Propn | Upos::Adj) {
            continue;
        }
        let sentence = document.sentence(document.sentence_of(token));
        let before = |words: &[Box<str>]| words_before(tree, sentence.first.index(), index, words).is_some();
        let lemma = tree.lemma(token).to_lowercase();
        let Some((words, row)) = knowledge.lexicon.agent(knowledge.symbols.get(&lemma), &before) else { continue };
        if tree.upos(token) == Upos::Adj && !heads_phrase(tree, token) {
            continue;
        }
        let first = words_before_start(tree, sentence.first.index(), index, words);
        // "Foreign Ministry" found by the name finder is still a ministry.
        if taken[index] {
            let entity = found.iter_mut().find(|f| {
                f.head == token && matches!(f.clue, Clue::Entity(EntityKind::Organization))
            });
            if let Some(entity) = entity {
                entity.clue = Clue::Agent(row);
                entity.kind = MentionKind::Nominal;
                entity.span = phrase(tree, token);
            }
            continue;
        }
        // A title: it depends on a name, or a name is flat or apposed right behind it.
        let title_of = tree
            .head(token)
            .filter(|_| matches!(tree.deprel(token), Deprel::NmodDesc | Deprel::Compound | Deprel::Flat))
            .into_iter()
            .chain(tree.children(token).filter(|&c| matches!(tree.deprel(c), Deprel::Flat) && c > token))
            .find_map(|name| {
                let at = by_head.binary_search_by_key(&name, |&(head, _)| head).ok()?;
                Some(by_head[at].1)
            });
        if let Some(name) = title_of {
            let is_person = match &found[name].clue {
                Clue::Entity(kind) => *kind == EntityKind::Person,
                Clue::Known(meanings) => meanings
                    .iter()
                    .any(|m| knowledge.lexicon.entry(m.entry).kind == crate::ActorKind::Person),
                _ => false,
            };
            if is_person {
                taken[first..=index].fill(true);
                found[name].title = Some((token, row));
                found[name].span = found[name].span.cover(phrase(tree, found[name].head));
                continue;
            }
        }
        // Part of a longer compound ("police station", "army base") is no actor of its own.
        if matches!(tree.deprel(token), Deprel::Compound | Deprel::Amod) {
            continue;
        }
        taken[first..=index].fill(true);
        found.push(Found {
            span: phrase(tree, token),
            head: token,
            kind: MentionKind::Nominal,
            clue: Clue::Agent(row),
            title: None,
        });
    }
}

/// Whether an adjective stands for people: "the wounded", "the military".
fn heads_phrase(tree: &Tree<'_>, token: TokenId) -> bool {
    matches!(
        tree.deprel(token),
        Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Obl | Deprel::OblAgent | Deprel::Nmod
            | Deprel::NmodPoss | Deprel::Conj
    ) && tree.has(token, Deprel::Det)
}

fn words_before(tree: &Tree<'_>, floor: usize, index: usize, words: &[Box<str>]) -> Option<usize> {
    let mut at = index;
    for word in words.iter().rev() {
        at = previous_word(tree, floor, at)?;
        let token = TokenId::at(at);
        if tree.lemma(token) != &**word && !tree.form(token).eq_ignore_ascii_case(word) {
            return None;
        }
    }
    Some(at)
}

fn words_before_start(tree: &Tree<'_>, floor: usize, index: usize, words: usize) -> usize {
    (0..words).fold(index, |at, _| previous_word(tree, floor, at).unwrap_or(at))
}

/// The word before, past a hyphen.
fn previous_word(tree: &Tree<'_>, floor: usize, index: usize) -> Option<usize> {
    let at = index.checked_sub(1).filter(|&at| at >= floor)?;
    match tree.form(TokenId::at(at)) {
        "-" => at.checked_sub(1).filter(|&at| at >= floor),
        _ => Some(at),
    }
}

/// The bytes of a noun phrase, without relative clauses, appositions, conjuncts, punctuation at its edges, and the
/// prepositional phrases that only place it.
pub(crate) fn phrase(tree: &Tree<'_>, head: TokenId) -> Span {
    let mut enter = |t: TokenId| match tree.deprel(t) {
        Deprel::AclRelcl
        | Deprel::Acl
        | Deprel::Appos
        | Deprel::Conj
        | Deprel::Cc
        | Deprel::Punct
        | Deprel::Case
        | Deprel::Cop
        | Deprel::Nsubj
        | Deprel::Obl
        | Deprel::Advcl
        | Deprel::Parataxis
        | Deprel::Mark
        | Deprel::Aux
        | Deprel::Advmod
        | Deprel::Orphan
        | Deprel::Dep
        | Deprel::Discourse => tree.head(t) != Some(head) && tree.deprel(t) != Deprel::AclRelcl,
        Deprel::Nmod => matches!(case(tree, t), Some("of" | "in" | "from" | "for" | "at")),
        _ => true,
    };
    tree.span(tree.extent(head, &mut enter))
}

/// Pronouns.
fn pronouns(tree: &Tree<'_>, found: &mut Vec<Found<'_>>, taken: &[bool]) {
    for index in 0..tree.document().tokens().len() {
        let token = TokenId::at(index);
        if taken[index] || tree.upos(token) != Upos::Pron {
            continue;
        }
        let form = tree.form(token).to_lowercase();
        let pronoun = match form.as_str() {
            "he" | "she" | "him" | "her" | "his" | "hers" => Pronoun::Person,
            "it" | "its" if tree.deprel(token) != Deprel::Expl && !is_weather(tree, token) => Pronoun::Thing,
            "they" | "them" | "their" | "theirs" => Pronoun::Plural,
            "i" | "we" | "me" | "us" | "my" | "our" | "ours" => Pronoun::Speaker,
            "who" | "which" | "that" | "whom" | "whose"
                if matches!(tree.xpos(token), Xpos::Wdt | Xpos::Wp | Xpos::WpPoss) =>
            {
                Pronoun::Relative
            }
            _ => continue,
        };
        found.push(Found {
            span: tree.document().span(token),
            head: token,
            kind: MentionKind::Pronoun,
            clue: Clue::Pronoun(pronoun),
            title: None,
        });
    }
}

/// "It is clear that …", "it seems …": nobody.
fn is_weather(tree: &Tree<'_>, token: TokenId) -> bool {
    let Some(verb) = tree.head(token) else { return false };
    let empty = matches!(tree.lemma(verb), "seem" | "appear" | "rain" | "snow" | "turn");
    let clausal = tree.children(verb).any(|c| {
        matches!(tree.deprel(c), Deprel::Csubj | Deprel::CsubjPass | Deprel::CsubjOuter)
    });
    let predicate = matches!(tree.upos(verb), Upos::Adj | Upos::Noun) && tree.has(verb, Deprel::Cop);
    let extraposed = predicate && tree.children(verb).any(|c| matches!(tree.deprel(c), Deprel::Ccomp | Deprel::Advcl));
    let reported = is_passive(tree, verb) && tree.has(verb, Deprel::Ccomp);
    empty || clausal || extraposed || reported
}
