//! Spans: the currency of the whole system.

use std::{fmt, ops::Range};

/// A half-open range `[start, end)` of bytes of one text.
///
/// Spans that leave this crate always lie on character boundaries of the text that they were made for. Texts are
/// limited to `u32::MAX` bytes.
///
/// ```
/// use detente_text::Span;
/// let text = "Kyiv denies it.";
/// let span = Span::new(0, 4);
/// assert_eq!(&text[span.range()], "Kyiv");
/// assert!(span.contains(Span::new(1, 3)) && !span.overlaps(Span::new(4, 6)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `[start, end)`.
    pub const fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// The span of a `usize` range.
    ///
    /// # Panics
    ///
    /// When the range does not fit in `u32`; [`Document`](crate::Document) refuses such texts first.
    pub fn from_range(range: Range<usize>) -> Self {
        let narrow = |n: usize| u32::try_from(n).expect("texts are limited to u32::MAX bytes");
        Self::new(narrow(range.start), narrow(range.end))
    }

    /// As a range for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
