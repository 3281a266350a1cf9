//! What a stretch of an article is: prose, or a heading, dateline, byline, credit, caption, or something else.
//!
//! Line breaks say much where there are any. Where a page was flattened, headings and datelines stand glued to the
//! prose behind them, and only capital letters tell them apart; then a cut needs strong evidence, since a wrong cut
//! damages a good sentence while a missing one damages a bad one.

use std::ops::Range;

use crate::{
    boundary,
    document::Kind,
    glyph,
    lexicon::{self, Ordinary},
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
        let ended = next.filter(|p| text[p.range.clone()].trim_end_matches(glyph::is_closer).ends_with(glyph::is_terminator));
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
        ':' => case.is_title() || longer && words <= 4 && !slice.split_whitespace().any(|w| lexicon::is_speech(w.trim_end_matches(':'))),
        _ => {
            // Headlines drop articles; a line that begins with one is a heading only when it is a short one.
            let article = slice.split_whitespace().next().is_some_and(|w| ["A", "An", "He", "It", "She", "The", "They", "This", "We"].contains(&w));
            let short = begins && words <= 14 && if article { longer } else { followed };
            case.is_title() || case.is_capitals() || short || place.index == 0 && begins && !article && place.follows > 0
        }
    };
    heading.then_some(Kind::Heading)
}

/// Adds caption, byline and dateline that stand in front of a paragraph's prose; what is left.
pub(crate) fn opening(text: &str, range: Range<usize>, add: &mut impl FnMut(Range<usize>, Kind)) -> Range<usize> {
    let Some(dateline) = dateline(text, range.clone()) else { return range };
    let front = glyph::trim(text, range.start..dateline.start);
    if !front.is_empty() {
        let kind = if text[front.clone()].starts_with("By ") { Kind::Byline } else { Kind::Caption };
        boundary::sentences(text, front, |range| add(range, kind));
    }
    let end = dateline.end;
    add(glyph::trim(text, dateline), Kind::Dateline);
    glyph::trim(text, end..range.end)
}

/// Adds a sentence found by its marks, in pieces where something is glued to it. `first`: it begins the text.
pub(crate) fn sentence(text: &str, range: Range<usize>, first: bool, add: &mut impl FnMut(Range<usize>, Kind)) {
    let slice = &text[range.clone()];
    if let Some(at) = stub(slice) {
        let at = range.start + at;
        add(glyph::trim(text, range.start..at), Kind::Other);
        return sentence(text, glyph::trim(text, at..range.end), first, add);
    }
    if let Some(at) = photographer(slice) {
        let at = range.start + at;
        add(glyph::trim(text, range.start..at), Kind::Caption);
        return sentence(text, glyph::trim(text, at..range.end), first, add);
    }
    if let Some(kind) = marked(slice) {
        return add(range, kind);
    }
    if slice.split([' ', '—', '–', ',']).next().is_some_and(|word| word.len() > 2 && is_place(word))
        && let Some(end) = dateline_here(text, range.clone())
    {
        add(glyph::trim(text, range.start..end), Kind::Dateline);
        return sentence(text, glyph::trim(text, end..range.end), false, add);
    }
    if let Some(at) = credit_behind(slice) {
        let at = range.start + at;
        sentence(text, glyph::trim(text, range.start..at), first, add);
        return add(glyph::trim(text, at..range.end), Kind::Credit);
    }
    // Where paragraphs were glued, one begins or ends without a space.
    let after = glyph::at(text, range.end).is_some_and(|c| !c.is_whitespace());
    let before = glyph::before(text, range.start).is_some_and(|c| !c.is_whitespace());
    let asked = before && after && asks(slice) && slice.split_whitespace().count() <= 10;
    if asked || is_heading_sentence(slice, first) {
        return add(range, Kind::Heading);
    }
    if let Some((at, kind)) = label(slice, first).or_else(|| glued_heading(slice, before).map(|at| (at, Kind::Heading))) {
        let at = range.start + at;
        add(glyph::trim(text, range.start..at), kind);
        return add(glyph::trim(text, at..range.end), Kind::Prose);
    }
    add(range, Kind::Prose);
}

/// Beginnings of credits, in lower case.
const CREDITS: &[&str] = &[
    "all rights reserved", "copyright", "additional reporting", "ap writer", "associated press writer", "associated press journalist", "compiled by",
    "edited by", "editing by", "except for the headline", "input from", "inputs from", "only the headline",
    "reporting by", "reporting and writing by", "source:", "sources:", "this article was originally published",
    "this article first appeared", "this story has not been edited", "this story has been published",
    "this report was written by", "translated by", "with a contribution", "with contributions", "with input from", "with inputs from", "with additional reporting",
    "with agency inputs", "with agencies", "with files from", "with reporting by", "writing by", "written by",
];

/// Beginnings of captions, in lower case.
const CAPTIONS: &[&str] = &[
    "ap photo", "caption:", "credit:", "file -", "file –", "file —", "file photo", "file image", "file picture",
    "image:", "image source", "image caption", "in this handout photo", "in this image", "in this photo",
    "photo:", "photo by", "photo credit", "photograph:", "photograph by", "photos:", "pic:", "picture:", "pictured:",
    "representational image", "representative image", "video:", "video caption",
];

/// Beginnings of what a page says about itself, in lower case.
const OTHERS: &[&str] = &[
    "advertisement", "all quotes delayed", "also read", "also watch", "click here", "click to",
    "continue reading", "download our", "download the", "follow all", "follow ap", "follow associated press",
    "follow our", "follow the ap", "follow us", "for all the latest", "for more stories", "get the latest", "join our", "let's stay in touch", "lets stay in touch", "like us on",
    "listen to the podcast", "more ap", "more on this story", "our standards", "read also", "read more", "read the full",
    "recommended", "register now for", "related article", "related:", "related stories", "related topics",
    "see also", "see here for", "share on", "share this", "sign up", "subscribe", "support our", "this website uses", "view original content",
    "views expressed", "we'd love to get your feedback", "watch:", "watch |", "watch the video", "watch now", "watch live", "you may also like",
];

/// What pages leave in front of a sentence when their links and players are flattened.
const STUBS: &[&str] = &["read more", "this video can not be played", "this video cannot be played"];

/// Where prose begins behind such a leftover.
fn stub(slice: &str) -> Option<usize> {
    let stub = STUBS.iter().find(|stub| slice.get(..stub.len()).is_some_and(|head| head.eq_ignore_ascii_case(stub)))?;
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
    let mut names = 0;
    for word in slice.split_whitespace().take(6) {
        let start = word.as_ptr() as usize - slice.as_ptr() as usize;
        let file = matches!(word, "Photo" | "via" | "Handout" | "REUTERS");
        if names >= 2 && !file {
            let rest = &slice[start..];
            return (rest.split_whitespace().take(6).count() >= 6).then_some(start);
        }
        names += 1;
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
        list.iter().any(|mark| {
            let ends = small.get(mark.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
            small.starts_with(mark.as_bytes()) && (ends || !mark.as_bytes()[mark.len() - 1].is_ascii_alphabetic())
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
        if ["contributed to this report", "contributed to this story", "contributed reporting"].iter().any(|m| slice.contains(m)) {
            return Some(Kind::Credit);
        }
        if ["AP Photo/", "REUTERS/", "via REUTERS", "(Photo by ", "via Getty Images", "/Getty Images", "/File Photo"].iter().any(|m| slice.contains(m)) {
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
    let Some(names) = slice.strip_prefix("By ").or_else(|| slice.strip_prefix("BY ")).or_else(|| slice.strip_prefix("by ")) else {
        return false;
    };
    let mut count = 0;
    let fits = names.split_whitespace().all(|word| {
        count += 1;
        word.starts_with(glyph::is_upper) || matches!(word, "and" | "in" | "&" | "|" | "-" | "—" | "–" | "of" | "de" | "van" | "von" | "for" | "the")
            || word.starts_with(|c: char| c.is_ascii_digit() || glyph::is_opener(c))
    });
    fits && (2..=16).contains(&count) && !names.ends_with(['.', '?', '!'])
}

/// Words that begin questions.
const ASKING: [&str; 16] = [
    "Are", "Can", "Could", "Did", "Do", "Does", "How", "Is", "What", "When", "Where", "Who", "Why", "Will", "What's",
    "What’s",
];

/// Whether a short line asks as sub-headings do.
fn asks(slice: &str) -> bool {
    slice.ends_with('?') && slice.split_whitespace().next().is_some_and(|word| ASKING.contains(&word))
}

/// How the words of a line use capitals.
#[derive(Default)]
struct Case {
    /// Words that begin with a capital letter.
    capital: usize,
    /// Words in capitals only, of two letters or more.
    shouted: usize,
    /// Small words that title case leaves small.
    small: usize,
    /// Other small words.
    lower: usize,
    /// Capitalised words, not the first, that prose would not capitalise.
    raised: usize,
    /// Whether the first word is one of those.
    first: bool,
}

impl Case {
    fn of(slice: &str) -> Self {
        let mut case = Case::default();
        for (index, word) in slice.split_whitespace().map(core).filter(|w| !w.is_empty()).enumerate() {
            match Shape::of(word) {
                Shape::Capital => {
                    case.capital += 1;
                    if lexicon::ordinary(word).is_some() {
                        if index == 0 { case.first = true } else { case.raised += 1 }
                    }
                }
                Shape::Capitals => {
                    case.capital += 1;
                    case.shouted += 1;
                    if lexicon::ordinary(word).is_some() && word.len() > 3 {
                        if index == 0 { case.first = true } else { case.raised += 1 }
                    }
                }
                Shape::Small => case.small += 1,
                Shape::Lower => case.lower += 1,
                Shape::Other => {}
            }
        }
        case
    }

    /// Title case by more than names.
    fn is_title(&self) -> bool {
        let words = self.capital + self.lower;
        self.lower * 6 <= words && self.capital >= 2 && (self.raised >= 2 || self.raised == 1 && (self.first || words <= 4))
    }

    fn is_capitals(&self) -> bool {
        self.shouted >= 2 && self.shouted == self.capital && self.lower + self.small == 0
    }
}

/// A word without the marks around it.
fn core(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Capital,
    Capitals,
    Small,
    Lower,
    Other,
}

impl Shape {
    fn of(word: &str) -> Self {
        let Some(first) = word.chars().next() else { return Shape::Other };
        if glyph::is_upper(first) {
            let letters = word.len() > 1 && word.chars().all(|c| !glyph::is_lower(c));
            if letters { Shape::Capitals } else { Shape::Capital }
        } else if glyph::is_lower(first) {
            if lexicon::is_small(word) { Shape::Small } else { Shape::Lower }
        } else {
            Shape::Other
        }
    }
}

/// Whether a whole sentence is a heading in title case.
fn is_heading_sentence(slice: &str, first: bool) -> bool {
    if slice.len() > 200 || first {
        return false;
    }
    let Some(ending) = slice.trim_end_matches(glyph::is_closer).chars().next_back() else { return false };
    if matches!(ending, '.' | '…' | ';' | ',') || slice.starts_with(['"', '“', '‘', '\'', '«', '(']) {
        return false;
    }
    let case = Case::of(slice);
    case.lower == 0 && case.capital >= 3 && (case.raised >= 2 || case.raised == 1 && case.first)
}

/// One word of a run of capitalised words.
struct Word<'a> {
    start: usize,
    text: &'a str,
    shape: Shape,
    ordinary: Option<Ordinary>,
    /// Whether a comma stands behind it.
    comma: bool,
}

/// Words of a sentence as long as they could belong to a heading, and whether prose follows them.
fn run(slice: &str) -> (Vec<Word<'_>>, bool) {
    let mut words = Vec::new();
    for piece in slice.split_whitespace() {
        let start = piece.as_ptr() as usize - slice.as_ptr() as usize;
        let bare = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
        let word = if bare.contains(|c: char| c.is_alphabetic()) { bare } else { core(piece) };
        let shape = Shape::of(word);
        // A comma ends no heading, but a quotation mark or a bracket is prose.
        let plain = !piece.contains(['"', '“', '”', '(', ')', ';']);
        if words.len() > 30 || shape == Shape::Lower || !plain {
            return (words, shape == Shape::Lower);
        }
        let ordinary = if matches!(shape, Shape::Capital | Shape::Capitals) { lexicon::ordinary(core(word)) } else { None };
        words.push(Word { start, text: word, shape, ordinary, comma: piece.ends_with(',') });
    }
    (words, false)
}

/// Where prose begins behind a heading that is glued in front of it.
///
/// `glued`: the sentence begins without a space before it, hence a paragraph does, and less evidence will do.
fn glued_heading(slice: &str, glued: bool) -> Option<usize> {
    // The common case first: prose has a small word among its first three.
    let early = slice.split_whitespace().skip(1).take(3).filter(|w| Shape::of(core(w)) == Shape::Lower).count();
    if early > 0 {
        return None;
    }
    let (words, prose) = run(slice);
    if !prose || words.len() < if glued { 3 } else { 4 } {
        return None;
    }
    let rest = &slice[words.last()?.start..];
    let following = rest.split_whitespace().take(12).filter(|w| matches!(Shape::of(core(w)), Shape::Lower | Shape::Small)).count();
    if following < 3 {
        return None;
    }
    let mut shouted = words.iter().take_while(|w| w.shape == Shape::Capitals || w.shape == Shape::Other).count();
    // "VIDEO CALL | U.S. Secretary of State": the country belongs to the office.
    while shouted > 0 && shouted < words.len() && words[shouted - 1].ordinary.is_none() && lexicon::is_office(words[shouted].text) {
        shouted -= 1;
    }
    if shouted >= 2 && shouted < words.len() {
        let raised = words[..shouted].iter().filter(|w| w.ordinary.is_some() && w.text.len() > 3).count();
        if raised >= 1 && words[..shouted].iter().filter(|w| w.shape == Shape::Capitals).count() >= 2 {
            return Some(words[shouted].start);
        }
    }
    let cut = cut(&words, glued)?;
    (words[cut].start > 0).then_some(words[cut].start)
}

/// The index of the word that begins the prose.
fn cut(words: &[Word<'_>], glued: bool) -> Option<usize> {
    let article = |w: &Word<'_>| matches!(w.text, "The" | "A" | "An");
    let raised =
        |w: &Word<'_>| w.shape == Shape::Capital && w.ordinary.is_some() && !article(w) && !w.text.contains(['\'', '’']);
    // Question words go on with a heading rather than begin the prose.
    let begins = |w: &Word<'_>| w.shape == Shape::Capital && lexicon::is_starter(w.text) && !ASKING.contains(&w.text);
    // "Meanwhile, First Deputy Chairman of …" is prose from its first word on.
    if words[0].comma && lexicon::is_starter(words[0].text) {
        return None;
    }
    // The last word that only title case capitalises; words that begin sentences may be the prose itself.
    let last = (1..words.len()).rev().find(|&i| raised(&words[i]) && !begins(&words[i]) && !lexicon::is_office(words[i].text))?;
    // How many words speak for a heading that ends before `until`, when there are enough.
    let evidence = |until: usize, sure: bool| {
        let heading = &words[..until];
        let large = heading.iter().filter(|w| w.shape != Shape::Small && w.shape != Shape::Other).count();
        let plain = heading.iter().filter(|w| raised(w)).count();
        let inner = heading.iter().skip(1).filter(|w| raised(w)).count();
        let asks = lexicon::ordinary(words[0].text) == Some(Ordinary::Verbal) && ASKING.contains(&words[0].text);
        let verbal = asks || heading.iter().skip(1).any(|w| raised(w) && w.ordinary == Some(Ordinary::Verbal));
        // No heading ends in a preposition, an article or a comma.
        let end = heading.last()?;
        let number = end.shape == Shape::Other && end.text.bytes().any(|b| b.is_ascii_digit());
        let whole = !end.comma && !article(end) && (number || !matches!(end.shape, Shape::Small | Shape::Other));
        let enough = if sure && glued { until >= 2 && inner >= 1 } else { until >= 4 && verbal && inner >= 2 };
        (whole && enough && plain * 3 >= large).then_some(plain)
    };
    let tail = last + 1..words.len();
    // "… Next in Ukraine | The ministry said": a word that begins sentences.
    let starter = tail.clone().rev().find(|&i| begins(&words[i]));
    if let Some(at) = starter {
        return evidence(at, true).map(|_| at);
    }
    // "… Invade Ukraine | U.S. Secretary of State Antony Blinken was": an office, with the country in front of it.
    if let Some(mut at) = tail.clone().find(|&i| lexicon::is_office(words[i].text)) {
        while at > last + 1 && lexicon::is_belonging(words[at - 1].text) {
            at -= 1;
        }
        return evidence(at, false).map(|_| at);
    }
    // "… Reacts | Moscow on Tuesday said": names only. One name is the subject of the prose; of more, the first
    // belongs to a heading that ends in a verb or a preposition.
    let strong = evidence(last + 1, false).filter(|&plain| plain >= 3)? >= 4;
    let names: Vec<usize> = tail.clone().filter(|&i| words[i].shape != Shape::Small).collect();
    let at = match *names {
        [] => return None,
        [one] if words.len() > one + 1 || strong || one >= 5 => one,
        [_] => return None,
        [first, second] => {
            let taken = words[last].ordinary == Some(Ordinary::Verbal) || first > last + 1;
            if taken { second } else { first }
        }
        [.., before, _] => before,
    };
    evidence(at, false).map(|_| at)
}

/// Words that name a speaker in front of a colon.
fn is_speaker(word: &str) -> bool {
    lexicon::is_office(word)
        || matches!(
            word,
            "Analyst" | "Answer" | "Expert" | "Host" | "Interviewer" | "Journalist" | "Moderator" | "Official" | "Officials"
                | "Question" | "Reporter" | "Report" | "Source" | "Sources"
        )
}

/// "Australia’s Take: …", and "New Delhi: …" at the start of a text: where the prose begins and what stands before.
fn label(slice: &str, first: bool) -> Option<(usize, Kind)> {
    let head_end = (slice.len().min(80)..=slice.len()).find(|&i| slice.is_char_boundary(i))?;
    let colon = slice[..head_end].find(": ")?;
    let head = &slice[..colon];
    let rest = slice[colon + 1..].trim_start();
    if head.contains(['"', '“', '”', '(', ')', ',', ';', '?', '!']) {
        return None;
    }
    let begins = rest.starts_with(|c: char| glyph::is_upper(c) || c.is_ascii_digit());
    let long = rest.split_whitespace().take(20).filter(|w| matches!(Shape::of(core(w)), Shape::Lower)).count() >= 3;
    if !begins || !long {
        return None;
    }
    let at = slice.len() - rest.len();
    let case = Case::of(head);
    let words = head.split_whitespace().count();
    if case.lower > 0 || words > 7 {
        return None;
    }
    let speaker = head.split_whitespace().next_back().is_some_and(is_speaker) || head.split_whitespace().next().is_some_and(is_speaker);
    if first && lexicon::is_dateline_city(head) {
        return Some((at, Kind::Dateline));
    }
    const LABELS: [&str; 12] = [
        "Analysis", "Background", "Conclusion", "Context", "Explained", "Explainer", "Highlights", "History", "Reaction",
        "Reactions", "Summary", "Timeline",
    ];
    if LABELS.contains(&head) {
        return Some((at, Kind::Heading));
    }
    if speaker || words < 2 {
        return None;
    }
    (case.raised >= 1 || case.is_capitals() || case.first && words >= 3).then_some((at, Kind::Heading))
}

/// Agencies and broadcasters that sign datelines; sorted.
const AGENCIES: &[&str] = &[
    "AA", "AFP", "ANI", "ANSA", "AP", "APA", "ATA", "Anadolu", "Associated Press", "BBC", "BNS", "BTA", "Bloomberg",
    "CNA", "CNBC", "CNN", "CTK", "DPA", "Dow Jones", "EFE", "Euractiv", "Fars", "IANS", "IRNA", "ITAR-TASS", "Interfax",
    "Interfax-Ukraine", "JTA", "KNA", "KUNA", "KYODO", "Kyodo", "MENA", "MTI", "NNA", "NYT", "PAP", "PTI", "Prensa Latina",
    "RFE/RL", "RIA Novosti", "REUTERS", "Reuters", "SANA", "SPA", "Sputnik", "TASS", "TNS", "Thomson Reuters Foundation",
    "UKRINFORM", "UNI", "UNIAN", "UPI", "Ukrinform", "VOA", "WAM", "XINHUA", "Xinhua", "Yonhap", "dpa",
];

fn is_agency(name: &str) -> bool {
    AGENCIES.contains(&name) || name.split(['/', '|']).all(|part| AGENCIES.contains(&part.trim()))
}

/// Words in capitals that begin labels and news flashes, or are names of bodies rather than places; sorted.
const NO_PLACE: &[&str] = &[
    "ANALYSIS", "BREAKING", "CNN", "CORRECTION", "CORRECTED", "EU", "EXCLUSIVE", "EXPLAINED", "EXPLAINER", "FACTBOX",
    "FILE", "FLASH", "IAEA", "IMF", "LIVE", "NATO", "NEWS", "OPINION", "OSCE", "PHOTO", "PHOTOS", "TIMELINE", "UN",
    "UPDATE", "US", "USA", "VIDEO", "WATCH", "WHO",
];

/// The dateline of a paragraph: at its start, or behind a caption or byline when an agency signs it.
fn dateline(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    if let Some(end) = dateline_here(text, range.clone()) {
        return Some(range.start..end);
    }
    let high = (range.end.min(range.start + 700)..=range.end).find(|&i| text.is_char_boundary(i))?;
    let head = &text[range.start..high];
    for (at, _) in head.match_indices(')').take(8) {
        let Some(open) = head[..at].rfind('(') else { continue };
        if !is_agency(head[open + 1..at].trim()) {
            continue;
        }
        let behind = head[at + 1..].trim_start();
        if !behind.starts_with(glyph::is_dash) {
            continue;
        }
        let start = range.start + place_before(&head[..open])?;
        return dateline_here(text, start..range.end).map(|end| start..end);
    }
    None
}

/// Where the place and the date begin that end a stretch of text.
fn place_before(head: &str) -> Option<usize> {
    let words: Vec<&str> = head.split_whitespace().rev().take(12).collect();
    let offset = |word: &str| word.as_ptr() as usize - head.as_ptr() as usize;
    let mut best = None;
    let mut mixed = 0;
    for word in words {
        let bare = word.trim_end_matches([',', '.']);
        let date = lexicon::is_month(word) || bare.bytes().all(|b| b.is_ascii_digit());
        let capitals = is_place(bare) && bare != "REUTERS" && bare != "AFP" && !bare.starts_with("REUTERS/");
        if capitals {
            best = Some(offset(word));
        } else if date && best.is_none() {
        } else if best.is_none() && mixed < 3 {
            mixed += 1;
        } else {
            break;
        }
    }
    best
}

/// A word of a place in capitals.
fn is_place(word: &str) -> bool {
    let mut letters = 0;
    let fits = word.chars().all(|c| {
        letters += usize::from(c.is_alphabetic());
        glyph::is_upper(c) || matches!(c, '/' | '-' | '.' | '\'' | '’')
    });
    fits && letters >= 2
}

/// Where a dateline that begins a stretch of text ends.
///
/// ```text
/// dateline = place ["," region] ["," date] ["(" agency ")"] dash
///          | place ["," date] "." "/" agency "/" "."
///          | PLACE ":"
/// ```
fn dateline_here(text: &str, range: Range<usize>) -> Option<usize> {
    let high = (range.end.min(range.start + 160)..=range.end).find(|&i| text.is_char_boundary(i))?;
    let head = &text[range.start..high];
    let (mut month, mut number, mut signed, mut capitals, mut verbal, mut count) = (false, false, false, 0, false, 0);
    let mut first: Option<&str> = None;
    let mut bracket = false;
    let mut end = None;
    let mut colon = false;
    for word in head.split_whitespace().take(18) {
        let start = range.start + (word.as_ptr() as usize - head.as_ptr() as usize);
        if word.chars().all(glyph::is_dash) {
            end = Some(start + word.len());
            break;
        }
        let bare = word.trim_end_matches([',', '.', ':']);
        if let Some(name) = bare.strip_prefix('/').and_then(|w| w.strip_suffix('/')) {
            signed |= is_agency(name) || is_place(name);
            end = Some(start + word.len());
            break;
        }
        if let Some(dash) = word.find(['—', '–']).filter(|_| first.is_some() || is_place(word.split(['—', '–']).next().unwrap_or(""))) {
            let c = glyph::at(word, dash)?;
            if first.is_none() {
                first = word.get(..dash);
                capitals += 1;
            } else if word.starts_with('(') {
                signed = true;
            }
            end = Some(start + dash + c.len_utf8());
            break;
        }
        if word.starts_with(['(', '[']) || bracket {
            signed |= word.starts_with('(');
            bracket = !word.trim_end_matches([',', ':', '-']).ends_with([')', ']']);
            if word.ends_with(")-") {
                end = Some(start + word.len());
                break;
            }
            if word.ends_with(':') {
                (colon, end) = (true, Some(start + word.len()));
                break;
            }
            continue;
        }
        count += 1;
        if lexicon::is_month(bare) && first.is_some() {
            month = true;
        } else if bare.bytes().all(|b| b.is_ascii_digit()) && !bare.is_empty() {
            number = true;
        } else if is_place(bare) {
            capitals += 1;
            verbal |= lexicon::ordinary(bare) == Some(Ordinary::Verbal) && !matches!(bare, "UNITED" | "THE");
        } else if bare.starts_with(glyph::is_upper) {
        } else if matches!(bare, "eastern" | "western" | "southern" | "northern" | "central" | "near" | "and" | "of" | "the" | "de" | "la" | "en") {
        } else {
            return None;
        }
        if first.is_none() {
            first = Some(bare);
        }
        if word.ends_with(':') {
            (colon, end) = (true, Some(start + word.len()));
            break;
        }
        // A sentence has ended, and no agency signs: "MOSCOW, December 1." is followed by "/TASS/".
        if word.ends_with('.') && !(month || number) && !is_place(bare) && !lexicon::is_month(word) && bare.len() > 3 {
            return None;
        }
    }
    let (first, end) = (first?, end?);
    let dated = month && number;
    let place = is_place(first) && first.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !NO_PLACE.contains(&first);
    if NO_PLACE.contains(&first) || verbal && !signed && !dated || count > 12 {
        return None;
    }
    let shaped = if colon { place && capitals == count && count <= 3 || signed && place || dated } else { place || signed || dated };
    let prose = glyph::at(text, glyph::trim(text, end..range.end).start)?;
    let begins = end < range.end && (glyph::is_upper(prose) || prose.is_ascii_digit() || glyph::is_opener(prose) || signed || dated);
    (shaped && begins).then_some(end)
}
