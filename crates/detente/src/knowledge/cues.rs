//! Cues: words that say who speaks, and whether an act is real.

use super::{Symbol, Symbols};
use crate::{Polarity, Reality, Stance};
use detente_text::vocabulary;
use std::collections::HashMap;

vocabulary! {
    /// Part of speech of a cue.
    CuePos {
        Verb = "verb",
        Noun = "noun",
        Adjective = "adjective",
        Preposition = "preposition",
    }
}

/// Where the content of a cue, or the act it governs, may stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frame {
    /// A quotation.
    Quote,
    /// A finite clause, with or without *that*.
    That,
    /// A to-infinitive.
    To,
    /// A gerund.
    Ing,
    /// A noun phrase as object.
    Obj,
    /// An indirect question.
    Wh,
    /// A noun that the adjective stands before.
    Amod,
    /// The phrase of this preposition.
    Preposition(String),
}

impl Frame {
    /// A frame as the tables write it.
    pub fn from_name(text: &str) -> Self {
        match text {
            "quote" => Self::Quote,
            "that" => Self::That,
            "to" => Self::To,
            "ing" => Self::Ing,
            "obj" => Self::Obj,
            "wh" => Self::Wh,
            "amod" => Self::Amod,
            other => Self::Preposition(other.to_owned()),
        }
    }

    /// As the tables write it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Quote => "quote",
            Self::That => "that",
            Self::To => "to",
            Self::Ing => "ing",
            Self::Obj => "obj",
            Self::Wh => "wh",
            Self::Amod => "amod",
            Self::Preposition(p) => p,
        }
    }
}

/// A word that attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributionCue {
    /// Lemma, perhaps with particles.
    pub lemma: String,
    /// Part of speech.
    pub pos: CuePos,
    /// What a source that uses it does.
    pub stance: Stance,
    /// Where the content stands.
    pub frames: Vec<Frame>,
}

vocabulary! {
    /// What a word does to the act below it.
    Effect {
        Actual = "actual",
        Planned = "planned",
        Possible = "possible",
        Conditional = "conditional",
        Demanded = "demanded",
        Negative = "negative",
    }
}

impl Effect {
    /// The reality that it gives, if it is one of reality.
    pub fn reality(self) -> Option<Reality> {
        match self {
            Self::Actual => Some(Reality::Actual),
            Self::Planned => Some(Reality::Planned),
            Self::Possible => Some(Reality::Possible),
            Self::Conditional => Some(Reality::Conditional),
            Self::Demanded => Some(Reality::Demanded),
            Self::Negative => None,
        }
    }

    /// The polarity that it gives, if it is one of polarity.
    pub fn polarity(self) -> Option<Polarity> {
        (self == Self::Negative).then_some(Polarity::Negative)
    }
}

/// A word that decides whether the act below it is real.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RealityCue {
    /// Lemma, perhaps with particles.
    pub lemma: String,
    /// Part of speech.
    pub pos: CuePos,
    /// Where the act stands.
    pub frames: Vec<Frame>,
    /// What becomes of it.
    pub effect: Effect,
}

/// A form whose lemma no rule of spelling gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IrregularForm {
    /// The form, lower case.
    pub form: String,
    /// Part of speech.
    pub pos: CuePos,
    /// Its lemma.
    pub lemma: String,
}

/// One cue under its first word: what must follow, and what it means.
#[derive(Clone, Debug)]
pub(crate) struct Entry<M> {
    /// The words after the first, which may stand apart from it.
    pub(crate) rest: Vec<Box<str>>,
    pub(crate) lemma: Box<str>,
    pub(crate) pos: CuePos,
    pub(crate) frames: Vec<Frame>,
    pub(crate) meaning: M,
}

/// Cues by the symbol of their first word; longer ones first.
#[derive(Clone, Debug)]
pub(crate) struct Cues {
    attribution: HashMap<Symbol, Vec<Entry<Stance>>>,
    reality: HashMap<Symbol, Vec<Entry<Effect>>>,
}

impl Cues {
    pub(crate) fn new(attribution: &[AttributionCue], reality: &[RealityCue], symbols: &mut Symbols) -> Self {
        Self {
            attribution: index(
                attribution.iter().map(|c| (c.lemma.as_str(), c.pos, c.frames.clone(), c.stance)),
                symbols,
            ),
            reality: index(
                reality.iter().map(|c| (c.lemma.as_str(), c.pos, c.frames.clone(), c.effect)),
                symbols,
            ),
        }
    }

    /// The attribution cues that begin with a word.
    pub(crate) fn attribution(&self, symbol: Option<Symbol>) -> &[Entry<Stance>] {
        symbol.and_then(|s| self.attribution.get(&s)).map_or(&[], Vec::as_slice)
    }

    /// The reality cues that begin with a word.
    pub(crate) fn reality(&self, symbol: Option<Symbol>) -> &[Entry<Effect>] {
        symbol.and_then(|s| self.reality.get(&s)).map_or(&[], Vec::as_slice)
    }
}

fn index<'a, M: Copy>(
    cues: impl Iterator<Item = (&'a str, CuePos, Vec<Frame>, M)>,
    symbols: &mut Symbols,
) -> HashMap<Symbol, Vec<Entry<M>>> {
    let mut by_word: HashMap<Symbol, Vec<Entry<M>>> = HashMap::new();
    for (lemma, pos, frames, meaning) in cues {
        let mut words = lemma.split(' ');
        let Some(first) = words.next() else { continue };
        let rest = words.map(Box::from).collect();
        let entry = Entry { rest, lemma: lemma.into(), pos, frames, meaning };
        let entries = by_word.entry(symbols.intern(first)).or_default();
        let place = entries.partition_point(|e| e.rest.len() >= entry.rest.len());
        entries.insert(place, entry);
    }
    by_word
}
