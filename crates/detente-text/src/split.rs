//! Sentences, tokens and quotations.

use crate::{Document, Error, Quotation, Span, document::Builder, document::Kind};

/// Splits a text into sentences and tokens.
pub(crate) fn split(text: &str) -> Document<'_> {
    let mut builder = Builder::new(text);
    let tokens: Vec<Span> = crate::token::tokens(text, Span::from_range(0..text.len())).collect();
    if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
        builder.sentence(first.cover(*last), Kind::Prose, tokens.iter().copied());
    }
    builder.quotations = quotations(text);
    builder.finish()
}

/// Splits a text into tokens inside given sentences.
pub(crate) fn with_sentences<'a>(text: &'a str, sentences: &[Span]) -> Result<Document<'a>, Error> {
    let mut builder = Builder::new(text);
    let mut end = 0;
    for &span in sentences {
        if span.start < end || text.get(span.range()).is_none() {
            return Err(Error::new(format!("sentence {span:?} is out of order or not a slice of the text")));
        }
        end = span.end;
        builder.sentence(span, Kind::Prose, crate::token::tokens(text, span));
    }
    builder.quotations = quotations(text);
    Ok(builder.finish())
}

/// The quotations of a text.
pub(crate) fn quotations(_text: &str) -> Vec<Quotation> {
    Vec::new()
}
