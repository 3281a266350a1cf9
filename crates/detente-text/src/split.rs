//! Sentences, tokens and quotations of a text: the order of the work.

use std::ops::Range;

use crate::{
    Document, Error, Quotation, Span,
    boundary::{self, Judge, Pupil, Weights},
    document::{Builder, Kind},
    kind, paragraph, quotation, token,
};

impl<'a> Document<'a> {
    /// Splits with other weights than the built-in ones, for training; `None` where there are too few or too many.
    #[doc(hidden)]
    pub fn split_by(text: &'a str, weights: &[i8]) -> Option<Self> {
        Some(split_with(text, &mut Weights::new(weights)?))
    }

    /// What the splitter sees in a text whose sentences begin at these bytes, for training.
    #[doc(hidden)]
    pub fn candidates(text: &'a str, starts: &[usize], found: &mut dyn FnMut(usize, bool, &[usize])) {
        split_with(text, &mut Pupil { starts, found });
    }
}

/// Splits a text into sentences and tokens.
pub(crate) fn split(text: &str) -> Document<'_> {
    split_with(text, &mut Weights::built_in())
}

fn split_with<'a>(text: &'a str, judge: &mut dyn Judge) -> Document<'a> {
    let text = within_limit(text);
    let mut builder = Builder::new(text);
    let paragraphs = paragraph::paragraphs(text);
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let mut add = |range: Range<usize>, kind: Kind| {
            let span = Span::from_range(range);
            builder.sentence(span, kind, token::tokens(text, span));
        };
        let place = kind::Place::of(text, &paragraphs, index);
        let whole = kind::paragraph(text, paragraph, &place);
        if let Some(kind) = whole {
            let stretch = matches!(kind, Kind::Byline | Kind::Credit | Kind::Caption);
            if stretch && !boundary::is_glued(&text[paragraph.range.clone()]) {
                // One stretch, even with a full stop inside.
                add(paragraph.range.clone(), kind);
                continue;
            }
            if !stretch {
                let heading = kind == Kind::Heading;
                boundary::sentences(text, paragraph.range.clone(), heading, judge, |range| add(range, kind));
                continue;
            }
        }
        let prose = kind::opening(text, paragraph.range.clone(), judge, &mut add);
        let mut first = index == 0;
        boundary::sentences(text, prose, false, judge, |range| {
            kind::sentence(text, range, first, &mut add);
            first = false;
        });
    }
    builder.quotations = quotation::quotations(text, &paragraphs);
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
        builder.sentence(span, Kind::Prose, token::tokens(text, span));
    }
    builder.quotations = quotations(text);
    Ok(builder.finish())
}

/// The quotations of a text.
pub(crate) fn quotations(text: &str) -> Vec<Quotation> {
    let text = within_limit(text);
    quotation::quotations(text, &paragraph::paragraphs(text))
}

/// As much of a text as spans can count.
fn within_limit(text: &str) -> &str {
    let limit = u32::MAX as usize;
    if text.len() <= limit {
        return text;
    }
    let end = (limit - 3..=limit).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    &text[..end]
}
