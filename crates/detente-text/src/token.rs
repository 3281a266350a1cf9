//! Tokens of a sentence.

use crate::Span;

/// The tokens of `text` inside `span`.
pub(crate) fn tokens(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    text[span.range()].split_whitespace().map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        Span::from_range(start..start + word.len())
    })
}
