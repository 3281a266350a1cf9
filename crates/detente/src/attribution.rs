//! Attributions: who says what, in which words.

mod find;
mod source;

pub(crate) use find::{Statement, find, is_negated, is_negated_beside};

use crate::{ActorId, AttributionId};
use detente_text::{SentenceId, Span, vocabulary};

vocabulary! {
    /// Whether the words are the source's own.
    Style {
        Direct = "direct",
        Indirect = "indirect",
        Mixed = "mixed",
    }
}

vocabulary! {
    /// What a holder does to a proposition.
    Stance {
        /// Says that it is so.
        Asserts = "asserts",
        /// Says that it is not so.
        Denies = "denies",
        /// Has seen no sign, questions.
        Doubts = "doubts",
        /// Will believe or do it if something else happens.
        Conditions = "conditions",
        /// Says that it will do it.
        Promises = "promises",
        /// Wants another to do it.
        Demands = "demands",
        /// Says that it will or may happen.
        Warns = "warns",
        /// Passes it on, without own view.
        Reports = "reports",
    }
}

/// Who says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The words.
    pub span: Span,
    /// Whom they stand for.
    pub actor: Option<ActorId>,
}

/// The words that attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// The words.
    pub span: Span,
    /// Lemma, for instance "say" or "according to".
    pub lemma: String,
}

/// Source, cue and content of one statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The sentence of the cue, or of the content when there is no cue.
    pub sentence: SentenceId,
    /// Who; none when nobody is named.
    pub source: Option<Source>,
    /// Who says it together with the source: "Lavrov and Blinken", "the two countries".
    pub with: Vec<ActorId>,
    /// By which words; none for a quotation that goes on.
    pub cue: Option<Cue>,
    /// What, as one or more stretches in text order.
    pub content: Vec<Span>,
    /// Whether the words are the source's own.
    pub style: Style,
    /// What the source does to the content.
    pub stance: Stance,
    /// Whether the text says that the source does not say it ("did not say how many"): no stance of anybody's.
    pub silent: bool,
    /// The attribution inside which this one stands.
    pub parent: Option<AttributionId>,
}
