//! Paragraphs of a text: what its line breaks mean.

use std::ops::Range;

use crate::{
    abbreviation::{Abbreviation, abbreviation},
    glyph, lexicon,
};

/// A stretch of text that no sentence leaves.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph {
    /// Its bytes, without surrounding white space; never empty.
    pub(crate) range: Range<usize>,
    /// Whether blank lines or the ends of the text part it from both neighbours.
    pub(crate) apart: bool,
}

/// The paragraphs of a text.
///
/// A blank line always parts paragraphs. A single line break does unless the text is wrapped by hand, in which case
/// only lines that end early end paragraphs. Wrapping shows in what follows line breaks: inside a sentence that is
/// mostly a small letter, while paragraphs hardly begin with one.
pub(crate) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let lines = lines(text);
    let width = wrap_width(text, &lines);
    let mut found: Vec<Paragraph> = Vec::new();
    let mut current: Option<Paragraph> = None;
    for (index, line) in lines.iter().enumerate() {
        let joins = current.is_some() && !line.after_blank && continues(text, &lines[index - 1], line, width);
        match &mut current {
            Some(paragraph) if joins => paragraph.range.end = line.range.end,
            _ => {
                let after_blank = line.after_blank || index == 0;
                if let Some(mut previous) = current.take() {
                    previous.apart &= after_blank;
                    found.push(previous);
                }
                current = Some(Paragraph { range: line.range.clone(), apart: after_blank });
            }
        }
    }
    found.extend(current);
    found
}

/// A line that is not blank, trimmed.
struct Line {
    range: Range<usize>,
    /// Whether a blank line stands before it.
    after_blank: bool,
}

fn lines(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let mut blank = false;
    let mut start = 0;
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut push = |range: Range<usize>, blank: &mut bool| {
        let range = glyph::trim(text, range);
        if range.is_empty() {
            *blank = true;
        } else {
            found.push(Line { range, after_blank: *blank });
            *blank = false;
        }
    };
    while at < bytes.len() {
        // U+0085, U+2028 and U+2029 begin with these bytes.
        let width = match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => 2,
            b'\n' | b'\r' | 0xb | 0xc => 1,
            0xc2 | 0xe2 => match glyph::at(text, at) {
                Some(c) if glyph::is_newline(c) => c.len_utf8(),
                _ => 0,
            },
            _ => 0,
        };
        if width == 0 {
            at += 1;
            continue;
        }
        push(start..at, &mut blank);
        // A paragraph separator is a blank line in itself.
        blank |= text[at..].starts_with('\u{2029}');
        at += width;
        start = at;
    }
    push(start..text.len(), &mut blank);
    found
}

/// The width at which a text is wrapped by hand, if it is.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let (mut breaks, mut soft, mut width) = (0, 0, 0);
    for pair in lines.windows(2).filter(|pair| !pair[1].after_blank) {
        breaks += 1;
        if starts_small(text, &pair[1].range) && !ends_sentence(text, &pair[0].range) {
            soft += 1;
            width = width.max(pair[0].range.len());
        }
    }
    (soft > 0 && soft * 4 >= breaks && width >= 30).then_some(width)
}

/// Whether a line goes on with the paragraph of the line before it.
fn continues(text: &str, previous: &Line, line: &Line, width: Option<usize>) -> bool {
    let small = starts_small(text, &line.range);
    let ended = ends_sentence(text, &previous.range);
    if small && !ended || dangles(&text[previous.range.clone()]) {
        return true;
    }
    if crate::kind::is_furniture(&text[line.range.clone()]) {
        return false;
    }
    let Some(width) = width else { return false };
    let listed = glyph::at(text, line.range.start)
        .is_some_and(|c| glyph::is_bullet(c) || matches!(c, '*' | '-' | '>'));
    // The next word would have fitted on the line before: that line was ended on purpose.
    let word = text[line.range.clone()].split_whitespace().next().map_or(0, str::len);
    let slack = width / if ended { 6 } else { 4 };
    !listed && previous.range.len() + 1 + word + slack > width
}

fn starts_small(text: &str, line: &Range<usize>) -> bool {
    glyph::at(text, line.start).is_some_and(glyph::is_lower)
}

fn ends_sentence(text: &str, line: &Range<usize>) -> bool {
    let tail = text[line.clone()].trim_end_matches(glyph::is_closer);
    tail.ends_with(|c| glyph::is_terminator(c) || c == ':')
}

/// Whether a line cannot be the end of anything: it ends in a comma, a title or a word that wants another.
fn dangles(line: &str) -> bool {
    const WANTING: &[&str] = &[
        "are", "could", "had", "has", "have", "her", "his", "said", "some", "than", "their", "was", "were",
        "which", "who", "will", "would",
    ];
    let last = line.rsplit(char::is_whitespace).next().unwrap_or(line);
    if let Some(word) = last.strip_suffix('.') {
        return abbreviation(word) == Some(Abbreviation::Title);
    }
    last.ends_with(',') || lexicon::is_small(last) || WANTING.binary_search(&last).is_ok()
}
