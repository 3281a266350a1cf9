//! Figures: quantities as the intervals that their words allow.

use crate::ActorId;
use detente_text::{Span, vocabulary};

vocabulary! {
    /// How a figure is bounded by its words.
    Bound {
        Exact = "exact",
        About = "about",
        AtLeast = "at-least",
        MoreThan = "more-than",
        AtMost = "at-most",
        LessThan = "less-than",
        Between = "between",
    }
}

/// A quantity with the interval that its words allow.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The words, modifiers included ("more than 100,000").
    pub span: Span,
    /// The number named, if one is.
    pub value: Option<f64>,
    /// Lower end of the closed interval; `None` when open.
    pub low: Option<f64>,
    /// Upper end of the closed interval; `None` when open.
    pub high: Option<f64>,
    /// How it is bounded.
    pub bound: Bound,
    /// What is counted, singular: "troop", "dead", "USD", "percent".
    pub unit: Option<String>,
    /// Whose.
    pub of: Option<ActorId>,
}
