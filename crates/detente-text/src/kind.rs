//! What a stretch of an article is: prose, or a heading, dateline, byline, credit, caption, or something else.
//!
//! Line breaks say much where there are any. Where a page was flattened, headings and datelines stand glued to the
//! prose behind them, and only capital letters tell them apart; then a cut needs strong evidence, since a wrong cut
//! damages a good sentence while a missing one damages a bad one.

use std::ops::Range;

use crate::{
    boundary::{self, Judge},
    dateline::{dateline, dateline_here, is_agency, is_place},
    document::Kind,
    glyph,
    heading::{Case, asks, glued_heading, is_heading_sentence, label},
    lexicon,
    paragraph::Paragraph,
};

/// Where a paragraph stands among the others.
pub(crate) struct Place {
    pub(crate) index: usize,
    pub(crate) count: usize,
    /// The longest of the next paragraphs that end like sentences, in bytes.
    pub(crate) follows: usize,
}

impl Place {
    /// The place of the paragraph at `index`.
    pub(crate) fn of(text: &str, paragraphs: &[Paragraph], index: usize) -> Self {
        let next = paragraphs[index + 1..].iter().take(3);
        let ended = next.filter(|p| {
            text[p.range.clone()].trim_end_matches(glyph::is_closer).ends_with(glyph::is_terminator)
        });
        Self { index, count: paragraphs.len(), follows: ended.map(|p| p.range.len()).max().unwrap_or(0) }
    }
}

/// Whether a line is no prose by its first words: a byline, a credit, a caption.
pub(crate) fn is_furniture(line: &str) -> bool {
    line.len() <= LONGEST && (is_byline(line) || marked(line).is_some())
}

/// Longest heading, byline or the like, in bytes.
const LONGEST: usize = 400;

/// What a paragraph is as a whole, where that can be said.
pub(crate) fn paragraph(text: &str, paragraph: &Paragraph, place: &Place) -> Option<Kind> {
    let slice = &text[paragraph.range.clone()];
    if slice.len() > LONGEST || place.count < 2 {
        return None;
    }
    if let Some(kind) = marked(slice) {
        return Some(kind);
    }
    let words = slice.split_whitespace().count();
    if is_byline(slice) {
        return Some(Kind::Byline);
    }
    let bulleted = slice.starts_with(|c: char| glyph::is_bullet(c) || matches!(c, '*' | '-' | '–' | '>'));
    if bulleted || words > 25 {
        return None;
    }
    let ending = slice.trim_end_matches(glyph::is_closer).chars().next_back()?;
    let case = Case::of(slice);
    let followed = place.follows * 5 >= slice.len() * 4;
    let longer = place.follows * 2 > slice.len() * 3;
    let begins = slice.starts_with(|c: char| glyph::is_upper(c) || c.is_ascii_digit() || glyph::is_opener(c));
    let spoken = slice.starts_with(['"', '“', '‘', '\'', '«']);
    let heading = match ending {
        '.' => false,
        '…' | ',' | ';' => case.is_title() && place.follows > 0,
        '?' => case.is_title() || longer && words <= 10 && !spoken && asks(slice),
        '!' => case.is_title() || longer && words <= 3 && !spoken,
        ':' => {
            case.is_title()
                || longer
                    && words <= 4
                    && !slice.split_whitespace().any(|w| lexicon::is_speech(w.trim_end_matches(':')))
        }
        _ => {
            // Headlines drop articles; a line that begins with one is a heading only when it is a short one.
            let article = slice
                .split_whitespace()
                .next()
                .is_some_and(|w| ["A", "An", "He", "It", "She", "The", "They", "This", "We"].contains(&w));
            let short = begins && words <= 14 && if article { longer } else { followed };
            case.is_title()
                || case.is_capitals()
                || short
                || place.index == 0 && begins && !article && place.follows > 0
        }
    };
    heading.then_some(Kind::Heading)
}

/// Adds caption, byline and dateline that stand in front of a paragraph's prose; what is left.
pub(crate) fn opening(
    text: &str,
    range: Range<usize>,
    judge: &mut dyn Judge,
    add: &mut impl FnMut(Range<usize>, Kind),
) -> Range<usize> {
    let Some(dateline) = dateline(text, range.clone()) else { return range };
    let front = glyph::trim(text, range.start..dateline.start);
    if !front.is_empty() {
        let kind = if text[front.clone()].starts_with("By ") { Kind::Byline } else { Kind::Caption };
        boundary::sentences(text, front, false, judge, |range| add(range, kind));
    }
    let end = dateline.end;
    add(glyph::trim(text, dateline), Kind::Dateline);
    glyph::trim(text, end..range.end)
}

/// Adds a sentence found by its marks, in pieces where something is glued to it. `first`: it begins the text.
pub(crate) fn sentence(
    text: &str,
    mut range: Range<usize>,
    mut first: bool,
    add: &mut impl FnMut(Range<usize>, Kind),
) {
    let slice = &text[range.clone()];
    let mut credit = None;
    if let Some(at) = credit_behind(slice).filter(|_| marked(slice).is_none()) {
        let at = range.start + at;
        credit = Some(glyph::trim(text, at..range.end));
        range = glyph::trim(text, range.start..at);
    }
    while let Some((at, kind)) = glued_front(text, range.clone()) {
        add(glyph::trim(text, range.start..at), kind);
        range = glyph::trim(text, at..range.end);
        first &= kind == Kind::Other;
    }
    if !range.is_empty() {
        prose(text, range, first, add);
    }
    if let Some(credit) = credit {
        add(credit, Kind::Credit);
    }
}

/// Where the rest of a sentence begins behind a leftover link, a photographer's credit or a dateline, and which.
fn glued_front(text: &str, range: Range<usize>) -> Option<(usize, Kind)> {
    let slice = &text[range.clone()];
    if let Some(at) = stub(slice) {
        return Some((range.start + at, Kind::Other));
    }
    if let Some(at) = photographer(slice) {
        return Some((range.start + at, Kind::Caption));
    }
    if slice.starts_with('(')
        && let Some(close) = slice.get(..slice.len().min(LONGEST)).and_then(|head| head.find(") "))
        && marked(&slice[..=close]) == Some(Kind::Credit)
    {
        return Some((range.start + close + 1, Kind::Credit));
    }
    let word = slice.split([' ', '—', '–', ',']).next()?;
    if word.len() > 2 && is_place(word) {
        dateline_here(text, range).map(|at| (at, Kind::Dateline))
    } else {
        None
    }
}

/// Adds what is left of a sentence, with a heading cut off where one stands in front.
fn prose(text: &str, range: Range<usize>, first: bool, add: &mut impl FnMut(Range<usize>, Kind)) {
    let slice = &text[range.clone()];
    // A long sentence behind "Watch:" or "Read more:" has prose glued to it, which is worth more.
    if let Some(kind) =
        marked(slice).filter(|&kind| kind != Kind::Other || slice.len() <= 160 || !slice.ends_with('.'))
    {
        return add(range, kind);
    }
    // What a credit for a picture follows in the same line describes the picture.
    let credited = text.as_bytes()[range.end..].strip_prefix(b" ").is_some_and(boundary::is_credit);
    if credited && !slice.ends_with(glyph::is_terminator) {
        return add(range, Kind::Caption);
    }
    // Where paragraphs were glued, one begins or ends without a space.
    let after = glyph::at(text, range.end).is_some_and(|c| !c.is_whitespace());
    let before = glyph::before(text, range.start).is_some_and(|c| !c.is_whitespace());
    let asked = before && after && asks(slice) && slice.split_whitespace().count() <= 10;
    if asked || is_heading_sentence(slice, first) {
        return add(range, Kind::Heading);
    }
    let heading = match label(slice, first) {
        // "Ukraine Crisis: What We Know So Far | Ukrainian officials said": the label was only its beginning.
        Some((at, Kind::Heading)) => {
            Some((at + glued_heading(&slice[at..], false).unwrap_or(0), Kind::Heading))
        }
        Some(other) => Some(other),
        None => glued_heading(slice, before).map(|at| (at, Kind::Heading)),
    };
    if let Some((at, kind)) = heading {
        let at = range.start + at;
        add(glyph::trim(text, range.start..at), kind);
        return add(glyph::trim(text, at..range.end), Kind::Prose);
    }
    add(range, Kind::Prose);
}

/// Beginnings of credits, in lower case.
const CREDITS: &[&str] = &[
    "all rights reserved",
    "copyright",
    "additional reporting",
    "ap writer",
    "associated press writer",
    "associated press journalist",
    "compiled by",
    "edited by",
    "editing by",
    "except for the headline",
    "input from",
    "inputs from",
    "only the headline",
    "reporting by",
    "reporting and writing by",
    "source:",
    "sources:",
    "this article was originally published",
    "this article first appeared",
    "this story has not been edited",
    "this story has been published",
    "this report was written by",
    "translated by",
    "with a contribution",
    "with contributions",
    "with input from",
    "with inputs from",
    "with additional reporting",
    "with agency inputs",
    "with agencies",
    "with files from",
    "with reporting by",
    "writing by",
    "written by",
];

/// Beginnings of captions, in lower case.
const CAPTIONS: &[&str] = &[
    "ap photo",
    "caption:",
    "credit:",
    "file -",
    "file –",
    "file —",
    "file photo",
    "file image",
    "file picture",
    "image:",
    "image source",
    "image caption",
    "in this handout photo",
    "in this image",
    "in this photo",
    "photo:",
    "photo by",
    "photo credit",
    "photograph:",
    "photograph by",
    "photos:",
    "pic:",
    "picture:",
    "pictured:",
    "representational image",
    "representative image",
    "video:",
    "video caption",
];

/// Beginnings of what a page says about itself, in lower case.
const OTHERS: &[&str] = &[
    "advertisement",
    "all quotes delayed",
    "also read",
    "also watch",
    "click here",
    "click to",
    "continue reading",
    "download our",
    "download the",
    "follow all",
    "follow ap",
    "follow associated press",
    "follow our",
    "follow the ap",
    "follow us",
    "for all the latest",
    "for more stories",
    "get the latest",
    "join our",
    "let's stay in touch",
    "lets stay in touch",
    "like us on",
    "listen to the podcast",
    "more ap",
    "more on this story",
    "our standards",
    "read also",
    "read more",
    "read the full",
    "recommended",
    "register now for",
    "related article",
    "related:",
    "related stories",
    "related topics",
    "see also",
    "see here for",
    "share on",
    "share this",
    "sign up",
    "subscribe",
    "support our",
    "this website uses",
    "view original content",
    "views expressed",
    "we'd love to get your feedback",
    "watch:",
    "watch |",
    "watch the video",
    "watch now",
    "watch live",
    "you may also like",
];

/// What pages leave in front of a sentence when their links and players are flattened.
const STUBS: &[&str] = &["read more", "this video can not be played", "this video cannot be played"];

/// Where prose begins behind such a leftover.
fn stub(slice: &str) -> Option<usize> {
    let stub = STUBS
        .iter()
        .find(|stub| slice.get(..stub.len()).is_some_and(|head| head.eq_ignore_ascii_case(stub)))?;
    // "Read more about …" is one line; "read more The EU …" is two.
    let rest = slice[stub.len()..].trim_start();
    let spaced = slice[stub.len()..].starts_with(char::is_whitespace);
    let prose = rest.starts_with(|c: char| glyph::is_upper(c) || matches!(c, '"' | '“')) && rest.len() > 40;
    (spaced && prose).then(|| slice.len() - rest.len())
}

/// The end of a photographer's credit that begins a sentence, "REUTERS/Jane Doe/File Photo".
fn photographer(slice: &str) -> Option<usize> {
    if !slice.starts_with("REUTERS/") {
        return None;
    }
    for (names, word) in slice.split_whitespace().take(6).enumerate() {
        let start = word.as_ptr() as usize - slice.as_ptr() as usize;
        let file = matches!(word, "Photo" | "via" | "Handout" | "REUTERS");
        if names >= 2 && !file {
            let rest = &slice[start..];
            return (rest.split_whitespace().take(6).count() >= 6).then_some(start);
        }
    }
    None
}

/// What the first or other telling words of a sentence say.
fn marked(slice: &str) -> Option<Kind> {
    let core = slice.trim_start_matches(|c: char| !(c.is_alphanumeric() || c == '©'));
    if core.is_empty() {
        return Some(Kind::Other);
    }
    let mut small = [0u8; 40];
    let head = core.as_bytes();
    let head = &head[..head.len().min(small.len())];
    let small = &mut small[..head.len()];
    small.copy_from_slice(head);
    small.make_ascii_lowercase();
    let begins = |list: &[&str]| {
        list.iter().filter(|mark| mark.as_bytes()[0] == small[0]).any(|mark| {
            let ends = small.get(mark.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
            small.starts_with(mark.as_bytes())
                && (ends || !mark.as_bytes()[mark.len() - 1].is_ascii_alphabetic())
        })
    };
    if (begins(CREDITS) || core.starts_with('©')) && slice.len() <= LONGEST {
        return Some(Kind::Credit);
    }
    if begins(CAPTIONS) && slice.len() <= LONGEST {
        return Some(Kind::Caption);
    }
    if begins(OTHERS) && slice.len() <= LONGEST {
        return Some(Kind::Other);
    }
    let bracket = slice.starts_with(['(', '[']) && slice.ends_with([')', ']']);
    if bracket && core.len() <= 24 && is_agency(slice.trim_matches(['(', ')', '[', ']'])) {
        return Some(Kind::Credit);
    }
    if slice.len() <= 2 * LONGEST {
        // The first word of each is looked for alone, since most sentences hold none of them.
        let contributed = |slice: &str| {
            ["contributed to this report", "contributed to this story", "contributed reporting"]
                .iter()
                .any(|m| slice.contains(m))
        };
        if slice.contains("contributed ") && slice.starts_with(glyph::is_upper) && contributed(slice) {
            return Some(Kind::Credit);
        }
        let slashed = ["AP Photo/", "REUTERS/", "/Getty Images", "/File Photo"];
        if slice.contains('/') && slashed.iter().any(|m| slice.contains(m))
            || slice.contains("via ") && (slice.contains("via REUTERS") || slice.contains("via Getty Images"))
            || slice.contains("(Photo by ")
        {
            return Some(Kind::Caption);
        }
    }
    None
}

/// Where a credit in brackets begins that ends a sentence without a full stop before it.
fn credit_behind(slice: &str) -> Option<usize> {
    if !slice.ends_with([')', ']']) {
        return None;
    }
    let low = slice.len().saturating_sub(LONGEST);
    let low = (low..slice.len()).find(|&i| slice.is_char_boundary(i))?;
    let at = low + slice[low..].rfind(['(', '['])?;
    (at > 0 && marked(&slice[at..]) == Some(Kind::Credit)).then_some(at)
}

/// "By Jane Doe", "By Jane Doe and John Roe, Reuters".
fn is_byline(slice: &str) -> bool {
    let Some(names) =
        slice.strip_prefix("By ").or_else(|| slice.strip_prefix("BY ")).or_else(|| slice.strip_prefix("by "))
    else {
        return false;
    };
    let mut count = 0;
    let fits = names.split_whitespace().all(|word| {
        count += 1;
        word.starts_with(glyph::is_upper)
            || matches!(
                word,
                "and" | "in" | "&" | "|" | "-" | "—" | "–" | "of" | "de" | "van" | "von" | "for" | "the"
            )
            || word.starts_with(|c: char| c.is_ascii_digit() || glyph::is_opener(c))
    });
    fits && (2..=16).contains(&count) && !names.ends_with(['.', '?', '!'])
}
