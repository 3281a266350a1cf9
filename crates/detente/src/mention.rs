//! Mentions: spans that name or stand for somebody.

use crate::{
    ActorId,
    clause::{case, is_passive},
    knowledge::{AgentNoun, AgentRow, AliasMark, Knowledge, Meaning},
};
use detente_text::{Deprel, EntityKind, Span, TokenId, Tree, Upos, Xpos, vocabulary};
use std::collections::HashMap;

vocabulary! {
    /// How a mention refers.
    MentionKind {
        /// "Sergei Lavrov", "Moscow"
        Name = "name",
        /// "the foreign minister", "rebels"
        Nominal = "nominal",
        /// "he", "its", "who"
        Pronoun = "pronoun",
        /// "Russian", of "Russian jets"
        Adjective = "adjective",
    }
}

vocabulary! {
    /// Why a mention stands for whom it does.
    Reason {
        /// Its name is in the actor tables.
        Table = "its name is in the actor tables",
        /// Its name is a place of the gazetteer, and the text means that.
        Gazetteer = "the gazetteer has its name",
        /// Only the text knows its name.
        Text = "the text names it",
        /// Whoever holds the office on the document's day.
        Office = "it held the office on that day",
        /// Whoever holds the office of another's counterpart.
        Counterpart = "it held the same office on the other side",
        /// Whoever stands beside it: "the foreign minister, Sergei Lavrov".
        Apposition = "it stands beside the words",
        /// An earlier mention of that role, sector or name.
        Earlier = "it was mentioned before in that role",
        /// The country and the sector that its words give.
        Composed = "country and sector are those of the words",
        /// The sector that its words give, and a country that they do not.
        Context = "the sector is that of the words, the country that of the context",
        /// The two parties that were named last.
        Pair = "they are the two named last",
        /// The most salient mention before the pronoun that fits it.
        Pronoun = "it is the likeliest that the pronoun can mean",
        /// Whoever is quoted.
        Speaker = "it is who speaks",
        /// Nobody was found.
        Open = "nobody fits",
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
    /// Whom it stands for; none when that could not be decided. A phrase that stands for several ("they", "Armenian and
    /// Azerbaijani forces") is several mentions, one for each.
    pub actor: Option<ActorId>,
    /// Why that one.
    pub reason: Reason,
}

/// A mention before anybody has been found behind it.
#[derive(Clone, Debug)]
pub(crate) struct Found<'k> {
    pub(crate) span: Span,
    pub(crate) head: TokenId,
    pub(crate) kind: MentionKind,
    /// A name's own words, without the title before it.
    pub(crate) own: Span,
    pub(crate) clue: Clue<'k>,
    /// Role nouns before a name: "Foreign Minister" Sergei Lavrov.
    pub(crate) title: Option<(TokenId, &'k AgentRow)>,
}

/// What shows who it may be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Clue<'k> {
    /// A name of the actor tables, with all that it can mean.
    Known(&'k [Meaning]),
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
        let Some((end, meanings)) = knowledge.lexicon.longest_name(text, span.start as usize) else {
            continue;
        };
        let end = end as u32;
        let last = document.tokens().partition_point(|t| t.start < end);
        if document.tokens()[last - 1].end != end
            || document.sentence_of(first) != document.sentence_of(TokenId::at(last - 1))
        {
            continue;
        }
        let lexicon = &knowledge.lexicon;
        let is_person = meanings.iter().any(|m| lexicon.entry(m.entry).kind() == crate::ActorKind::Person);
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
        let adjective =
            meanings.iter().any(|m| m.mark == AliasMark::Adjective) && tree.upos(head) == Upos::Adj;
        taken[index..last].fill(true);
        next = last;
        found.push(Found {
            span: Span::new(span.start, end),
            head,
            kind: if adjective { MentionKind::Adjective } else { MentionKind::Name },
            own: Span::new(span.start, end),
            clue: Clue::Known(meanings),
            title: None,
        });
    }
    give_back_descriptions(tree, &mut found, taken);
    found
}

/// "The alliance" is NATO's where NATO is named; elsewhere it is a role noun like others.
fn give_back_descriptions(tree: &Tree<'_>, found: &mut Vec<Found<'_>>, taken: &mut [bool]) {
    fn meanings<'k>(found: &Found<'k>) -> &'k [Meaning] {
        match found.clue {
            Clue::Known(meanings) => meanings,
            _ => &[],
        }
    }
    let document = tree.document();
    let mut named: Vec<u32> = Vec::new();
    for f in found.iter() {
        named.extend(meanings(f).iter().filter(|m| m.mark == AliasMark::Plain).map(|m| m.entry));
    }
    found.retain(|f| {
        let words = document.slice(f.span);
        let described = words.starts_with("the ") || words.starts_with("The ");
        let unknown = meanings(f).iter().all(|m| m.mark == AliasMark::Unsafe && !named.contains(&m.entry));
        let given_back = described && unknown;
        if given_back {
            let tokens = document.tokens_in(f.span);
            taken[tokens.start as usize..tokens.end as usize].fill(false);
        }
        !given_back
    });
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
        let proper = (first..last).any(|t| tree.form(TokenId::at(t)).starts_with(char::is_uppercase));
        if !proper {
            continue;
        }
        taken[first..last].fill(true);
        let span = tree.span((TokenId::at(first), TokenId::at(last - 1)));
        found.push(Found {
            span,
            head,
            kind: MentionKind::Name,
            own: span,
            clue: Clue::Entity(entity.kind),
            title: None,
        });
    }
}

/// Role nouns, alone or before names.
fn nominals<'k>(tree: &Tree<'_>, knowledge: &'k Knowledge, found: &mut Vec<Found<'k>>, taken: &mut [bool]) {
    let document = tree.document();
    // Persons' names by their first token and by their head, to hang titles on; organisations by their head.
    let mut persons: Vec<(TokenId, usize)> = Vec::new();
    let mut organizations: HashMap<TokenId, usize> = HashMap::new();
    for (index, name) in found.iter().enumerate() {
        if matches!(name.clue, Clue::Entity(EntityKind::Organization)) {
            organizations.insert(name.head, index);
        }
        let is_person = match &name.clue {
            Clue::Entity(kind) => *kind == EntityKind::Person,
            Clue::Known(meanings) => {
                meanings.iter().any(|m| knowledge.lexicon.entry(m.entry).kind() == crate::ActorKind::Person)
            }
            _ => false,
        };
        if is_person {
            let first = TokenId(document.tokens_in(name.span).start);
            persons.push((first, index));
            if name.head != first {
                persons.push((name.head, index));
            }
        }
    }
    persons.sort_unstable();
    let person_at = |token: TokenId| {
        let at = persons.binary_search_by_key(&token, |&(t, _)| t).ok()?;
        Some(persons[at].1)
    };
    for index in 0..document.tokens().len() {
        let token = TokenId::at(index);
        if !matches!(tree.upos(token), Upos::Noun | Upos::Propn | Upos::Adj) {
            continue;
        }
        let sentence = document.sentence(document.sentence_of(token));
        let bounds = (sentence.first.index(), sentence.last.index());
        let agent = knowledge.symbols.readings(tree, token).iter().find_map(|symbol| {
            let fits = |noun: &AgentNoun| words_around(tree, bounds, index, noun).is_some();
            let (noun, row) = knowledge.lexicon.agent(symbol, &fits)?;
            Some((words_around(tree, bounds, index, noun)?, row))
        });
        let Some(((first, last), row)) = agent else { continue };
        if tree.upos(token) == Upos::Adj && !heads_phrase(tree, token) {
            continue;
        }
        // "Foreign Ministry" found by the name finder is still a ministry.
        if taken[index] {
            if let Some(&entity) = organizations.get(&token) {
                let entity = &mut found[entity];
                entity.clue = Clue::Agent(row);
                entity.kind = MentionKind::Nominal;
                entity.span = phrase(tree, token);
            }
            continue;
        }
        // A title depends on a name, or stands right before one.
        let behind = TokenId::at(last + 1);
        let name = tree
            .head(token)
            .filter(|_| matches!(tree.deprel(token), Deprel::NmodDesc | Deprel::Compound | Deprel::Flat))
            .and_then(person_at)
            .or_else(|| (last + 1 < bounds.1).then(|| person_at(behind)).flatten());
        if let Some(name) = name {
            taken[first..=last].fill(true);
            let title = document.span(TokenId::at(first));
            // Both the title's modifiers ("Ukraine's") and the name belong to the mention.
            let start = tree
                .children(token)
                .filter(|&c| {
                    c < token
                        && !matches!(tree.deprel(c), Deprel::Case | Deprel::Punct | Deprel::Mark | Deprel::Cc)
                })
                .map(|c| tree.span(tree.extent(c, &mut |_| true)))
                .fold(title, Span::cover);
            found[name].title = Some((token, row));
            // Where the parser makes the title the head, the whole phrase hangs on it.
            if tree.is_below(found[name].head, token) {
                found[name].head = token;
            }
            // "Kremlin spokesman Dmitry Peskov": the modifier may hang on the name instead. What begins 40 bytes before
            // the title or further off is more than a modifier.
            let whole = phrase(tree, found[name].head);
            let near = whole.start <= start.start && start.start - whole.start < 40;
            found[name].span = found[name].span.cover(start);
            if near {
                found[name].span = found[name].span.cover(Span::new(whole.start, start.start));
            }
            continue;
        }
        // Part of a longer compound ("police station", "army base") is no actor of its own.
        if matches!(tree.deprel(token), Deprel::Compound | Deprel::Amod) {
            continue;
        }
        taken[first..=last].fill(true);
        found.push(Found {
            span: phrase(tree, token),
            head: token,
            kind: MentionKind::Nominal,
            own: document.span(token),
            clue: Clue::Agent(row),
            title: None,
        });
    }
}

/// First and last token of a role noun around its head, when all its words are there.
fn words_around(
    tree: &Tree<'_>,
    (floor, end): (usize, usize),
    index: usize,
    noun: &AgentNoun,
) -> Option<(usize, usize)> {
    let is = |at: usize, word: &str| {
        let token = TokenId::at(at);
        tree.lemma(token) == word || tree.form(token).eq_ignore_ascii_case(word)
    };
    let mut first = index;
    for word in noun.before.iter().rev() {
        first = previous_word(tree, floor, first)?;
        if !is(first, word) {
            return None;
        }
    }
    let mut last = index;
    for word in &noun.after {
        last += 1;
        if last >= end || !is(last, word) {
            return None;
        }
    }
    Some((first, last))
}

/// Whether an adjective stands for people: "the wounded", "the military".
fn heads_phrase(tree: &Tree<'_>, token: TokenId) -> bool {
    matches!(
        tree.deprel(token),
        Deprel::Nsubj
            | Deprel::NsubjPass
            | Deprel::Obj
            | Deprel::Obl
            | Deprel::OblAgent
            | Deprel::Nmod
            | Deprel::NmodPoss
            | Deprel::Conj
    ) && (tree.has(token, Deprel::Det) || tree.has(token, Deprel::NmodPoss))
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
        // A finite verb below a noun is the parser's error, not part of the phrase.
        _ => !matches!(tree.xpos(t), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp),
    };
    tree.span(tree.extent(head, &mut enter))
}

/// Pronouns.
fn pronouns(tree: &Tree<'_>, found: &mut Vec<Found<'_>>, taken: &[bool]) {
    for (index, &taken) in taken.iter().enumerate() {
        let token = TokenId::at(index);
        if taken || tree.upos(token) != Upos::Pron {
            continue;
        }
        let form = tree.form(token).to_lowercase();
        let pronoun = match form.as_str() {
            "he" | "she" | "him" | "her" | "his" | "hers" => Pronoun::Person,
            "it" | "its" if tree.deprel(token) != Deprel::Expl && !is_empty_subject(tree, token) => {
                Pronoun::Thing
            }
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
            own: tree.document().span(token),
            clue: Clue::Pronoun(pronoun),
            title: None,
        });
    }
}

/// "It is clear that …", "it seems …": nobody is meant.
fn is_empty_subject(tree: &Tree<'_>, token: TokenId) -> bool {
    let Some(verb) = tree.head(token) else { return false };
    let empty = matches!(tree.lemma(verb), "seem" | "appear" | "rain" | "snow" | "turn");
    let clausal = tree
        .children(verb)
        .any(|c| matches!(tree.deprel(c), Deprel::Csubj | Deprel::CsubjPass | Deprel::CsubjOuter));
    let predicate = matches!(tree.upos(verb), Upos::Adj | Upos::Noun) && tree.has(verb, Deprel::Cop);
    let extraposed =
        predicate && tree.children(verb).any(|c| matches!(tree.deprel(c), Deprel::Ccomp | Deprel::Advcl));
    let reported = is_passive(tree, verb) && tree.has(verb, Deprel::Ccomp);
    empty || clausal || extraposed || reported
}
