//! What could not be decided, and why: no silent guess.

use detente_text::{Span, vocabulary};

vocabulary! {
    /// What a note is about.
    NoteKind {
        /// The article has no publication date, or one that cannot be used.
        Date = "date",
        /// A mention that stands for nobody known.
        Actor = "actor",
        /// A name with more than one meaning.
        Ambiguous = "ambiguous",
        /// An act whose type, actor or recipient is open.
        Event = "event",
        /// Who says something is open.
        Attribution = "attribution",
        /// A quantity that cannot be placed.
        Figure = "figure",
        /// A time that cannot be placed.
        Time = "time",
        /// The text itself: cut, repaired, in another language.
        Text = "text",
    }
}

/// A remark on the reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// Where, if it is about one place of the text.
    pub span: Option<Span>,
    /// For a person to read.
    pub message: String,
}
