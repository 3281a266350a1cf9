//! Times, resolved against the publication date.

use detente_text::{Span, vocabulary};
use jiff::civil::DateTime;

vocabulary! {
    /// How fine a time is told.
    Granularity {
        Minute = "minute",
        Hour = "hour",
        PartOfDay = "part-of-day",
        Day = "day",
        Week = "week",
        Month = "month",
        Quarter = "quarter",
        Season = "season",
        Year = "year",
        Decade = "decade",
        Era = "era",
    }
}

vocabulary! {
    /// What a time rests on.
    Basis {
        /// A full date in the text.
        Stated = "stated",
        /// Counted from the publication date or another time.
        Relative = "relative",
        /// Nothing in the text: the publication date stands in.
        Fallback = "fallback",
    }
}

/// A point of civil time: a day, or a minute of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Civil date and time.
    pub at: DateTime,
    /// Whether only the day is meant.
    pub day_only: bool,
}

/// A time, as an interval with exclusive end; an open side is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// The words; empty at the place of the event for a fallback.
    pub span: Span,
    /// First moment.
    pub start: Option<Moment>,
    /// One past the last moment.
    pub end: Option<Moment>,
    /// How fine.
    pub granularity: Granularity,
    /// What it rests on.
    pub basis: Basis,
}
