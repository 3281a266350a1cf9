//! Claims: one proposition and everybody's stance on it. `docs/claims.md` says what is meant.

mod build;

pub(crate) use build::{Layers, claims};

use crate::{ActorId, AttributionId, EventId, EventType, FigureId, Stance};
use detente_text::{Span, vocabulary};

vocabulary! {
    /// How things stand with a claim. Never true or false.
    ClaimState {
        /// Only one side speaks for it.
        Asserted = "asserted",
        /// Independent holders on different sides assert it.
        Corroborated = "corroborated",
        /// Asserted by some, denied or doubted by others.
        Disputed = "disputed",
        /// Only denials are on record.
        Denied = "denied",
        /// Its holder took it back.
        Withdrawn = "withdrawn",
        /// Promised, demanded, conditioned or warned of, not yet done.
        Open = "open",
        /// A later report settles a promise.
        Done = "done",
        /// A later report or date breaks a promise.
        Broken = "broken",
    }
}

vocabulary! {
    /// How the words of a stance bear on the proposition.
    Relation {
        /// They speak of the same happening.
        Same = "same",
        /// They are wider: "de-escalation" for a withdrawal.
        Broader = "broader",
    }
}

vocabulary! {
    /// Whether two figures for one quantity can both hold.
    Compatibility {
        /// Their intervals meet.
        Compatible = "compatible",
        /// They do not.
        Conflicting = "conflicting",
    }
}

/// What somebody can assert or deny, in its positive form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposition {
    /// The type of act.
    pub kind: Option<EventType>,
    /// Whose act.
    pub actor: Vec<ActorId>,
    /// To whom.
    pub recipient: Vec<ActorId>,
    /// One readable line in the text's own words.
    pub text: String,
}

/// One holder's stance, with the words that show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StanceEntry {
    /// Who; none for the writer.
    pub holder: Option<ActorId>,
    /// What the holder does to the proposition.
    pub stance: Stance,
    /// By which attribution.
    pub attribution: Option<AttributionId>,
    /// On which event.
    pub event: Option<EventId>,
    /// Where.
    pub span: Span,
    /// Whether the words are as narrow as the proposition.
    pub relation: Relation,
}

/// A proposition with all stances on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What is claimed.
    pub proposition: Proposition,
    /// The events that speak of it.
    pub events: Vec<EventId>,
    /// How things stand.
    pub state: ClaimState,
    /// Who holds what, in text order.
    pub stances: Vec<StanceEntry>,
}

/// Figures for one quantity, side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What is counted.
    pub unit: Option<String>,
    /// Whose.
    pub of: Option<ActorId>,
    /// The figures, in text order.
    pub figures: Vec<FigureId>,
    /// Whether all of them can hold.
    pub compatibility: Compatibility,
}
