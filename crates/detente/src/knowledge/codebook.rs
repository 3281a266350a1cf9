//! The codebook: rules over Universal Dependencies, and their index by word.

use super::{Readings, Symbol, Symbols};
use crate::{Cameo, Context, EventType, Mode, Polarity, Reality};
use detente_text::{Upos, vocabulary};
use std::collections::{HashMap, HashSet};

/// Where an actor or recipient stands, seen from the word that evokes the act.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Logical subject; of a noun: *by*-phrase, possessor, adjective.
    Subject,
    /// Logical object; of a noun: *of*-phrase.
    Object,
    /// Indirect object.
    IndirectObject,
    /// Subject of the clause below.
    Clause,
    /// The phrase of this preposition.
    Preposition(String),
}

impl Relation {
    /// A relation as the codebook writes it.
    pub fn from_name(text: &str) -> Self {
        match text {
            "subj" => Self::Subject,
            "obj" => Self::Object,
            "iobj" => Self::IndirectObject,
            "clause" => Self::Clause,
            other => Self::Preposition(other.to_owned()),
        }
    }

    /// As the codebook writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Subject => "subj",
            Self::Object => "obj",
            Self::IndirectObject => "iobj",
            Self::Clause => "clause",
            Self::Preposition(p) => p,
        }
    }
}

/// Where an embedded act may stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Complement {
    /// A to-infinitive.
    To,
    /// A finite clause.
    That,
    /// A gerund.
    Ing,
    /// An event noun as object.
    Object,
    /// An event noun in the phrase of this preposition.
    Preposition(String),
}

impl Complement {
    /// A complement as the codebook writes it.
    pub fn from_name(text: &str) -> Self {
        match text {
            "to" => Self::To,
            "that" => Self::That,
            "ing" => Self::Ing,
            "obj" => Self::Object,
            other => Self::Preposition(other.to_owned()),
        }
    }

    /// As the codebook writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::To => "to",
            Self::That => "that",
            Self::Ing => "ing",
            Self::Object => "obj",
            Self::Preposition(p) => p,
        }
    }
}

/// A prepositional phrase that must be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordClassNeed {
    /// The preposition.
    pub preposition: String,
    /// One of these lemmas heads its phrase; `*` for any.
    pub lemmas: Vec<String>,
}

/// One rule of the codebook, word classes spelled out. `knowledge/README.md` explains the fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Type and id, such as `assault.shell`.
    pub name: String,
    /// What it codes.
    pub kind: EventType,
    /// Verbs that evoke it; a second word is a particle or fixed preposition.
    pub verbs: Vec<String>,
    /// Nouns that evoke it.
    pub nouns: Vec<String>,
    /// Predicate adjectives that evoke it.
    pub adjectives: Vec<String>,
    /// PLOVER modes of the act.
    pub modes: Vec<Mode>,
    /// PLOVER contexts of the act.
    pub contexts: Vec<Context>,
    /// Best CAMEO code.
    pub cameo: Option<Cameo>,
    /// Where the actor stands; the first relation that names somebody counts.
    pub actor: Vec<Relation>,
    /// Where the recipient stands; the first relation that names somebody counts.
    pub recipient: Vec<Relation>,
    /// Whether a possessor of the noun suffers the act.
    pub possessor_suffers: bool,
    /// The object must be one of these.
    pub object: Vec<String>,
    /// The subject must be one of these.
    pub subject: Vec<String>,
    /// Phrases of which one must be there.
    pub with: Vec<WordClassNeed>,
    /// None of these may modify the word or be its subject or object.
    pub not: Vec<String>,
    /// Where an embedded act may stand.
    pub complement: Vec<Complement>,
    /// The embedded act must be one of these.
    pub act: Vec<(EventType, Option<Mode>)>,
    /// All parties are actors and recipients of each other.
    pub reciprocal: bool,
    /// The actor must be found.
    pub requires_actor: bool,
    /// The recipient must be found.
    pub requires_recipient: bool,
    /// Speaks only when the word is negated.
    pub negated: bool,
    /// Polarity that it gives.
    pub polarity: Option<Polarity>,
    /// Reality that it gives.
    pub reality: Option<Reality>,
    /// Sentences in which it must speak.
    pub accepts: Vec<String>,
    /// Sentences in which it must not speak.
    pub rejects: Vec<String>,
}

vocabulary! {
    /// What the subject of a light verb is to the event noun in its object.
    SupportSubject {
        Actor = "actor",
        Recipient = "recipient",
    }
}

/// Light verbs: "launch" an attack, "suffer" an attack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// Lemmas, perhaps with a particle.
    pub verbs: Vec<String>,
    /// What their subject is.
    pub subject: SupportSubject,
}

/// What an embedded act tells about the outer one.
#[derive(Clone, Debug, PartialEq)]
pub struct Embedding {
    /// The outer type.
    pub outer: EventType,
    /// The inner type, perhaps narrowed by mode; one of them.
    pub inner: Vec<(EventType, Option<Mode>)>,
    /// Inner contexts of which one must be there; empty for any.
    pub contexts: Vec<Context>,
    /// Modes of the outer act.
    pub modes: Vec<Mode>,
    /// Its code.
    pub cameo: Option<Cameo>,
    /// Its code when the outer rule is an appeal (CAMEO 02) and not a demand.
    pub cameo_appeal: Option<Cameo>,
}

/// What part of speech evokes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Position {
    Verb,
    Noun,
    Adjective,
}

impl Position {
    /// The position that a token of this part of speech can fill.
    pub(crate) fn of(upos: Upos) -> Option<Self> {
        match upos {
            Upos::Verb => Some(Self::Verb),
            Upos::Noun | Upos::Propn => Some(Self::Noun),
            Upos::Adj => Some(Self::Adjective),
            _ => None,
        }
    }
}

/// One way to evoke a rule: the other words that must stand around the head word.
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    pub(crate) rule: u32,
    pub(crate) position: Position,
    /// Words before the head, nearest last ("air" of "air strike").
    pub(crate) before: Vec<Box<str>>,
    /// Words after the head ("fire on" of "open fire on").
    pub(crate) after: Vec<Box<str>>,
    specificity: u32,
}

/// Words of which one must be there: single ones as symbols, compounds ("air base") spelled out.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordSet {
    words: HashSet<Symbol>,
    compounds: Vec<Box<str>>,
}

impl WordSet {
    fn new(words: &[String], symbols: &mut Symbols) -> Self {
        let mut set = Self::default();
        for word in words {
            match word.contains(' ') {
                true => set.compounds.push(word.as_str().into()),
                false => {
                    set.words.insert(symbols.intern(word));
                }
            }
        }
        set
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.compounds.is_empty()
    }

    pub(crate) fn has(&self, readings: Readings) -> bool {
        readings.iter().any(|s| self.words.contains(&s))
    }

    /// Compounds as modifier and head.
    pub(crate) fn compounds(&self) -> impl Iterator<Item = (&str, &str)> {
        self.compounds.iter().filter_map(|c| c.rsplit_once(' '))
    }
}

/// What a rule needs as object and subject.
#[derive(Clone, Debug)]
pub(crate) struct Needs {
    pub(crate) object: WordSet,
    pub(crate) subject: WordSet,
}

/// A light verb: the words that must follow its first one, and what its subject is.
pub(crate) type LightVerb = (Vec<Box<str>>, SupportSubject);

/// The indexed codebook.
#[derive(Clone, Debug)]
pub(crate) struct Codebook {
    rules: Vec<Rule>,
    needs: Vec<Needs>,
    by_head: HashMap<Symbol, Vec<Compiled>>,
    supports: HashMap<Symbol, Vec<LightVerb>>,
    embeddings: Vec<Embedding>,
}

impl Codebook {
    pub(crate) fn new(
        rules: Vec<Rule>,
        supports: &[Support],
        embeddings: Vec<Embedding>,
        symbols: &mut Symbols,
    ) -> Self {
        let mut by_head: HashMap<Symbol, Vec<Compiled>> = HashMap::new();
        for (index, rule) in rules.iter().enumerate() {
            let words = [
                (Position::Verb, &rule.verbs),
                (Position::Noun, &rule.nouns),
                (Position::Adjective, &rule.adjectives),
            ];
            for (position, entries) in words {
                for entry in entries {
                    let (before, head, after) = around(entry, position);
                    let specificity = specificity(rule) + (8 * before.len() + 4 * after.len()) as u32;
                    let compiled = Compiled { rule: index as u32, position, before, after, specificity };
                    by_head.entry(symbols.intern(head)).or_default().push(compiled);
                }
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "every list is sorted on its own")]
        for list in by_head.values_mut() {
            list.sort_by_key(|c| (std::cmp::Reverse(c.specificity), c.rule));
        }
        let mut light: HashMap<Symbol, Vec<LightVerb>> = HashMap::new();
        for support in supports {
            for verb in &support.verbs {
                let (_, head, after) = around(verb, Position::Verb);
                let list = light.entry(symbols.intern(head)).or_default();
                let place = list.partition_point(|(words, _)| words.len() >= after.len());
                list.insert(place, (after, support.subject));
            }
        }
        let needs = rules
            .iter()
            .map(|rule| Needs {
                object: WordSet::new(&rule.object, symbols),
                subject: WordSet::new(&rule.subject, symbols),
            })
            .collect();
        Self { rules, needs, by_head, supports: light, embeddings }
    }

    pub(crate) fn rules(&self) -> impl ExactSizeIterator<Item = &Rule> {
        self.rules.iter()
    }

    pub(crate) fn rule(&self, index: u32) -> &Rule {
        &self.rules[index as usize]
    }

    pub(crate) fn needs(&self, index: u32) -> &Needs {
        &self.needs[index as usize]
    }

    /// Ways to evoke rules by a head word, most specific first.
    pub(crate) fn evoked(&self, head: Symbol) -> &[Compiled] {
        self.by_head.get(&head).map_or(&[], Vec::as_slice)
    }

    /// Light verbs with this head word: the words that must follow, and what the subject is.
    pub(crate) fn supports(&self, head: Option<Symbol>) -> &[LightVerb] {
        head.and_then(|s| self.supports.get(&s)).map_or(&[], Vec::as_slice)
    }

    /// What an inner act tells about an outer one; the first entry that fits.
    pub(crate) fn embedding(
        &self,
        outer: EventType,
        inner: EventType,
        inner_modes: &[Mode],
        inner_contexts: &[Context],
    ) -> Option<&Embedding> {
        self.embeddings.iter().find(|e| {
            e.outer == outer
                && fits(&e.inner, inner, inner_modes)
                && (e.contexts.is_empty() || e.contexts.iter().any(|c| inner_contexts.contains(c)))
        })
    }
}

/// Whether an act is one of the wanted ones.
pub(crate) fn fits(wanted: &[(EventType, Option<Mode>)], kind: EventType, modes: &[Mode]) -> bool {
    wanted.iter().any(|&(k, mode)| k == kind && mode.is_none_or(|m| modes.contains(&m)))
}

/// Rules with more conditions speak before rules with fewer.
fn specificity(rule: &Rule) -> u32 {
    let set = |b: bool| u32::from(b);
    8 * set(!rule.act.is_empty())
        + 6 * set(!rule.object.is_empty())
        + match rule.with.is_empty() {
            true => 0,
            // Any phrase of a preposition says less than a phrase of certain words.
            false if rule.with.iter().any(|need| need.lemmas.iter().any(|l| l == "*")) => 2,
            false => 7,
        }
        + 4 * set(!rule.subject.is_empty())
        + 20 * set(rule.negated)
        + 2 * set(!rule.complement.is_empty())
        + set(rule.requires_actor)
        + set(rule.requires_recipient)
}

const LINKS: [&str; 12] =
    ["of", "for", "to", "in", "at", "on", "against", "by", "with", "from", "over", "into"];

/// Cuts an entry into the words before its head, its head, and the words after.
///
/// A verb's or adjective's head is its first word ("carry out", "critical of"); a noun's is the last ("air strike"),
/// or the word before the first preposition ("show of force").
fn around(entry: &str, position: Position) -> (Vec<Box<str>>, &str, Vec<Box<str>>) {
    let words: Vec<&str> = entry.split(' ').collect();
    let head = match position {
        Position::Verb | Position::Adjective => 0,
        Position::Noun => words.iter().position(|w| LINKS.contains(w)).unwrap_or(words.len()).max(1) - 1,
    };
    let boxed = |part: &[&str]| part.iter().map(|&w| w.into()).collect();
    (boxed(&words[..head]), words[head], boxed(&words[head + 1..]))
}
