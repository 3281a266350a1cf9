//! Pieces: a sentence cut finer than tokens, so that "3.5bn", "15/02/2022" and "mid-March" read alike however the
//! tokens were split. What matters here is which pieces touch.

use super::words::{self, Key, Term};
use detente_text::Span;

/// A run of digits, a run of letters or one mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    /// Its bytes.
    pub(crate) span: Span,
    /// What it is made of.
    pub(crate) shape: Shape,
    /// What it means here.
    pub(crate) term: Term,
    /// Whether nothing stands between it and the piece before.
    pub(crate) glued: bool,
}

/// What a piece is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shape {
    /// Digits, with groups and decimals: the value, and how many digits when there is nothing else.
    Digits { value: f64, plain: Option<u8> },
    /// Letters; whether the first is a capital.
    Word { capital: bool },
    /// Anything else.
    Mark(char),
}

impl Piece {
    /// Whether it is this mark.
    pub(crate) fn is(&self, mark: char) -> bool {
        self.shape == Shape::Mark(mark)
    }

    /// Whether it is a hyphen or dash.
    pub(crate) fn is_dash(&self) -> bool {
        matches!(self.shape, Shape::Mark('-' | '\u{2010}' | '\u{2011}' | '–' | '—' | '−'))
    }

    /// Whether it is a word that begins with a capital.
    pub(crate) fn is_capital(&self) -> bool {
        self.shape == Shape::Word { capital: true }
    }

    /// Whether it is a word.
    pub(crate) fn is_word(&self) -> bool {
        matches!(self.shape, Shape::Word { .. })
    }

    /// Its function word.
    pub(crate) fn key(&self) -> Option<Key> {
        match self.term {
            Term::Key(key) => Some(key),
            _ => None,
        }
    }

    /// A number of plain digits, not more than `digits` of them.
    pub(crate) fn plain(&self, digits: u8) -> Option<i16> {
        match self.shape {
            Shape::Digits { value, plain: Some(n) } if n <= digits.min(4) => Some(value as i16),
            _ => None,
        }
    }
}

/// Cuts `span` of `text` into pieces, replacing what `out` held.
pub(crate) fn cut(text: &str, span: Span, out: &mut Vec<Piece>) {
    out.clear();
    let base = span.start;
    let sentence = &text[span.range()];
    let mut rest = sentence.char_indices().peekable();
    let mut glued = false;
    while let Some((start, c)) = rest.next() {
        if c.is_whitespace() || is_invisible(c) {
            glued = glued && is_invisible(c);
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut term = Term::Other;
        let shape = if c.is_ascii_digit() {
            // Behind "15." stands the rest of a date.
            let dated = glued && out.last().is_some_and(|p: &Piece| p.is('.'));
            let (length, shape) = digits(&sentence[start..], !dated);
            end = start + length;
            while rest.next_if(|&(i, _)| i < end).is_some() {}
            shape
        } else if c.is_alphabetic() {
            while let Some((i, c)) = rest.next_if(|&(_, c)| c.is_alphabetic() || is_combining(c)) {
                end = i + c.len_utf8();
            }
            term = words::term(&sentence[start..end]);
            Shape::Word { capital: c.is_uppercase() }
        } else {
            Shape::Mark(c)
        };
        let span = Span::new(base + start as u32, base + end as u32);
        out.push(Piece { span, shape, term, glued });
        glued = true;
    }
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

const fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Reads digits with groups of three ("130,000", "130 000" with a narrow space) and decimals ("3.5"), but not dates
/// with points ("15.02.2022").
fn digits(text: &str, decimal: bool) -> (usize, Shape) {
    let bytes = text.as_bytes();
    let run = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let first = run(0);
    let mut end = first;
    if first <= 3 {
        loop {
            let separator = match &bytes[end..] {
                [b',', ..] => 1,
                [0xc2, 0xa0, ..] => 2,
                [0xe2, 0x80, 0x89 | 0xaf, ..] => 3,
                _ => break,
            };
            if run(end + separator) != 3 {
                break;
            }
            end += separator + 3;
        }
    }
    let grouped = end > first;
    let decimals = if decimal && bytes.get(end) == Some(&b'.') { run(end + 1) } else { 0 };
    let after = end + 1 + decimals;
    let pointed = decimals > 0 && !(bytes.get(after) == Some(&b'.') && run(after + 1) > 0);
    let mut value = bytes[..end]
        .iter()
        .filter(|b| b.is_ascii_digit())
        .fold(0.0, |sum, &b| sum * 10.0 + f64::from(b - b'0'));
    if pointed {
        // The standard reading rounds once; adding tenths would not.
        let whole: String = text[..after].chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        value = whole.parse().unwrap_or(value);
        end = after;
    }
    let plain = (!grouped && !pointed).then(|| u8::try_from(first).unwrap_or(u8::MAX));
    (end, Shape::Digits { value, plain })
}

/// A sentence's pieces with its text, for looking around.
#[derive(Clone, Copy)]
pub(crate) struct Line<'p> {
    /// The whole text.
    pub(crate) text: &'p str,
    /// The pieces of one sentence.
    pub(crate) pieces: &'p [Piece],
}

impl<'p> Line<'p> {
    /// One piece; none outside the sentence. Counting down from 0 leads outside, too.
    pub(crate) fn at(self, i: usize) -> Option<&'p Piece> {
        self.pieces.get(i)
    }

    /// The piece before.
    pub(crate) fn before(self, i: usize) -> Option<&'p Piece> {
        i.checked_sub(1).and_then(|i| self.pieces.get(i))
    }

    /// The words of a piece.
    pub(crate) fn word(self, i: usize) -> &'p str {
        self.at(i).map_or("", |p| &self.text[p.span.range()])
    }

    /// What a piece means.
    pub(crate) fn term(self, i: usize) -> Term {
        self.at(i).map_or(Term::Other, |p| p.term)
    }

    /// The function word at a place.
    pub(crate) fn key(self, i: usize) -> Option<Key> {
        self.at(i).and_then(Piece::key)
    }

    /// Whether the piece is this word, in any case.
    pub(crate) fn is(self, i: usize, word: &str) -> bool {
        self.word(i).eq_ignore_ascii_case(word)
    }

    /// Whether the piece is one of these words, in any case.
    pub(crate) fn is_any(self, i: usize, words: &[&str]) -> bool {
        let word = self.word(i);
        !word.is_empty() && words.iter().any(|w| word.eq_ignore_ascii_case(w))
    }

    /// Whether the piece is a mark.
    pub(crate) fn mark(self, i: usize, mark: char) -> bool {
        self.at(i).is_some_and(|p| p.is(mark))
    }

    /// Whether the piece touches the one before it.
    pub(crate) fn glued(self, i: usize) -> bool {
        self.at(i).is_some_and(|p| p.glued)
    }

    /// Whether a possessive follows: `'s` or `’`.
    pub(crate) fn possessive(self, i: usize) -> bool {
        self.glued(i)
            && (self.mark(i, '\'') || self.mark(i, '’'))
            && (self.glued(i + 1) && self.is(i + 1, "s") || self.at(i + 1).is_none_or(|p| !p.glued))
    }

    /// How many pieces the words take when they stand at `i`, hyphens between them allowed.
    pub(crate) fn sequence(self, i: usize, words: &[&str]) -> Option<usize> {
        let mut at = i;
        for (n, word) in words.iter().enumerate() {
            if n > 0 && self.at(at).is_some_and(Piece::is_dash) {
                at += 1;
            }
            if !self.is(at, word) {
                return None;
            }
            at += 1;
        }
        Some(at - i)
    }

    /// Where the words begin when they end right before `i`.
    pub(crate) fn sequence_before(self, i: usize, words: &[&str]) -> Option<usize> {
        let start = i.checked_sub(words.len())?;
        words.iter().enumerate().all(|(n, word)| self.is(start + n, word)).then_some(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let mut pieces = Vec::new();
        cut(text, Span::from_range(0..text.len()), &mut pieces);
        pieces
            .iter()
            .map(|p| format!("{}{}", if p.glued { "+" } else { "" }, &text[p.span.range()]))
            .collect()
    }

    #[test]
    fn pieces_know_what_they_touch() {
        assert_eq!(shown("mid-March"), ["mid", "+-", "+March"]);
        assert_eq!(shown("$3.5bn, no"), ["$", "+3.5", "+bn", "+,", "no"]);
        assert_eq!(shown("15.02.2022."), ["15", "+.", "+02", "+.", "+2022", "+."]);
        assert_eq!(shown("1,000,000 or 10,00"), ["1,000,000", "or", "10", "+,", "+00"]);
        assert_eq!(shown("130\u{a0}000\u{202f}km"), ["130\u{a0}000", "km"]);
        assert_eq!(shown("été à l’an"), ["été", "à", "l", "+’", "+an"]);
    }

    #[test]
    fn values() {
        let value = |text: &str| digits(text, true).1;
        assert_eq!(value("130,000"), Shape::Digits { value: 130_000.0, plain: None });
        assert_eq!(value("2.1 million"), Shape::Digits { value: 2.1, plain: None });
        assert_eq!(value("2014."), Shape::Digits { value: 2014.0, plain: Some(4) });
        assert_eq!(value("15.02.2022"), Shape::Digits { value: 15.0, plain: Some(2) });
    }
}
