//! Headings: lines in title case, and headings that stand glued in front of prose.
//!
//! A capital letter on a word that prose does not capitalise speaks for a heading; on a name it says nothing. A
//! heading is cut off a sentence only on strong evidence.

use crate::{
    document::Kind,
    glyph,
    lexicon::{self, Ordinary},
};

/// Words that begin questions.
const ASKING: [&str; 16] = [
    "Are", "Can", "Could", "Did", "Do", "Does", "How", "Is", "What", "When", "Where", "Who", "Why", "Will",
    "What's", "What’s",
];

/// Whether a short line asks as sub-headings do.
pub(crate) fn asks(slice: &str) -> bool {
    slice.ends_with('?') && slice.split_whitespace().next().is_some_and(|word| ASKING.contains(&word))
}

/// How the words of a line use capitals.
#[derive(Default)]
pub(crate) struct Case {
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
    pub(crate) fn of(slice: &str) -> Self {
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
    pub(crate) fn is_title(&self) -> bool {
        let words = self.capital + self.lower;
        self.lower * 6 <= words
            && self.capital >= 2
            && (self.raised >= 2 || self.raised == 1 && (self.first || words <= 4))
    }

    pub(crate) fn is_capitals(&self) -> bool {
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
pub(crate) fn is_heading_sentence(slice: &str, first: bool) -> bool {
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
    /// Whether a single quotation mark stands behind it.
    closes: bool,
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
        let ordinary = if matches!(shape, Shape::Capital | Shape::Capitals) {
            lexicon::ordinary(core(word))
        } else {
            None
        };
        words.push(Word {
            start,
            text: word,
            shape,
            ordinary,
            comma: piece.ends_with(','),
            closes: piece.ends_with(['’', '\'']),
        });
    }
    (words, false)
}

/// Where prose begins behind a heading that is glued in front of it.
///
/// `glued`: the sentence begins without a space before it, hence a paragraph does, and less evidence will do.
pub(crate) fn glued_heading(slice: &str, glued: bool) -> Option<usize> {
    // The common case first: prose has a small word among its first three.
    let early =
        slice.split_whitespace().skip(1).take(3).filter(|w| Shape::of(core(w)) == Shape::Lower).count();
    if early > 0 {
        return None;
    }
    let (words, prose) = run(slice);
    if !prose || words.len() < if glued { 3 } else { 4 } {
        return None;
    }
    let rest = &slice[words.last()?.start..];
    let following = rest
        .split_whitespace()
        .take(12)
        .filter(|w| matches!(Shape::of(core(w)), Shape::Lower | Shape::Small))
        .count();
    if following < 3 {
        return None;
    }
    let mut shouted =
        words.iter().take_while(|w| w.shape == Shape::Capitals || w.shape == Shape::Other).count();
    // "VIDEO CALL | U.S. Secretary of State": the country belongs to the office.
    while shouted > 0
        && shouted < words.len()
        && words[shouted - 1].ordinary.is_none()
        && lexicon::is_office(words[shouted].text)
    {
        shouted -= 1;
    }
    if shouted >= 2 && shouted < words.len() {
        let raised = words[..shouted].iter().filter(|w| w.ordinary.is_some() && w.text.len() > 3).count();
        if raised >= 1 && words[..shouted].iter().filter(|w| w.shape == Shape::Capitals).count() >= 2 {
            return Some(words[shouted].start);
        }
    }
    if slice.starts_with(['‘', '\'']) {
        let close = words.iter().rposition(|w| w.closes).filter(|&i| i >= 2 && i + 1 < words.len())?;
        let raised =
            words[..=close].iter().skip(1).any(|w| w.shape == Shape::Capital && w.ordinary.is_some());
        return (raised && words[close + 1].shape != Shape::Small).then_some(words[close + 1].start);
    }
    let cut = cut(slice, &words, glued)?;
    (words[cut].start > 0).then_some(words[cut].start)
}

/// Prepositions that begin sentences and stand inside headings too.
const PREPOSITIONS: &[&str] = &[
    "About", "Across", "After", "Against", "Amid", "Among", "Around", "As", "At", "Before", "By", "Despite",
    "During", "For", "From", "In", "Of", "On", "Over", "Since", "Through", "To", "Under", "Until", "With",
];

/// The index of the word that begins the prose.
fn cut(slice: &str, words: &[Word<'_>], glued: bool) -> Option<usize> {
    let article = |w: &Word<'_>| matches!(w.text, "The" | "A" | "An");
    // "United" is half a name, whatever prose does with the word.
    let raised = |w: &Word<'_>| {
        w.shape == Shape::Capital
            && w.ordinary.is_some()
            && !article(w)
            && w.text != "United"
            && !w.text.contains(['\'', '’'])
    };
    // Question words go on with a heading rather than begin the prose.
    let begins =
        |w: &Word<'_>| w.shape == Shape::Capital && lexicon::is_starter(w.text) && !ASKING.contains(&w.text);
    // "About the Withdrawal" goes on with a heading, "In their remarks, officials said" begins the prose.
    let introduces = |w: &Word<'_>| {
        !PREPOSITIONS.contains(&w.text)
            || slice[w.start..].split_whitespace().take(12).any(|piece| piece.ends_with(','))
    };
    // "Meanwhile, First Deputy Chairman of …" is prose from its first word on.
    if words[0].comma && lexicon::is_starter(words[0].text) {
        return None;
    }
    // The last word that only title case capitalises; words that begin sentences may be the prose itself.
    let last = (1..words.len())
        .rev()
        .find(|&i| raised(&words[i]) && !begins(&words[i]) && !lexicon::is_office(words[i].text))?;
    // How many words speak for a heading that ends before `until`, when there are enough.
    let evidence = |until: usize, sure: bool| {
        let heading = &words[..until];
        let large = heading.iter().filter(|w| w.shape != Shape::Small && w.shape != Shape::Other).count();
        let plain = heading.iter().filter(|w| raised(w)).count();
        let inner = heading.iter().skip(1).filter(|w| raised(w)).count();
        let asks =
            lexicon::ordinary(words[0].text) == Some(Ordinary::Verbal) && ASKING.contains(&words[0].text);
        let verbal =
            asks || heading.iter().skip(1).any(|w| raised(w) && w.ordinary == Some(Ordinary::Verbal));
        // No heading ends in a preposition, an article or a comma.
        let end = heading.last()?;
        let number = end.shape == Shape::Other && end.text.bytes().any(|b| b.is_ascii_digit());
        let whole =
            !end.comma && !article(end) && (number || !matches!(end.shape, Shape::Small | Shape::Other));
        let enough = match (sure, glued) {
            (true, true) => until >= 2 && inner >= 1,
            (true, false) => until >= 3 && verbal && inner >= 2,
            (false, _) => until >= 4 && verbal && inner >= 2,
        };
        (whole && enough && plain * 3 >= large).then_some(plain)
    };
    let tail = last + 1..words.len();
    // "… Next in Ukraine | The ministry said": a word that begins sentences.
    let starter = tail.clone().rev().find(|&i| begins(&words[i]) && introduces(&words[i]));
    if let Some(at) = starter {
        return evidence(at, true).map(|_| at);
    }
    // "UK's Position | British Prime Minister", "India's Stand | India has".
    let possessive =
        glued && words[0].text.ends_with(['s', '\'', '’']) && words[0].text.contains(['\'', '’']);
    // "… Close Borders | U.S. Secretary of State Jane Doe was": an office, with the country in front of it.
    if let Some(mut at) = tail.clone().find(|&i| lexicon::is_office(words[i].text)) {
        let office = at;
        while at > last + 1 && lexicon::is_belonging(words[at - 1].text) {
            at -= 1;
        }
        return evidence(at, possessive && at < office).map(|_| at);
    }
    let owner = words[0].text.split(['\'', '’']).next().unwrap_or("");
    if possessive && last + 1 < words.len() && words[last + 1].text == owner {
        return evidence(last + 1, true).map(|_| last + 1);
    }
    // "The National Snow and Ice Data Center of …": names with an article are no heading.
    if article(&words[0]) && !glued {
        return None;
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
            "Analyst"
                | "Answer"
                | "Expert"
                | "Host"
                | "Interviewer"
                | "Journalist"
                | "Moderator"
                | "Official"
                | "Officials"
                | "Question"
                | "Reporter"
                | "Report"
                | "Source"
                | "Sources"
        )
}

/// "Australia’s Take: …", and "New Delhi: …" at the start of a text: where the prose begins and what stands before.
pub(crate) fn label(slice: &str, first: bool) -> Option<(usize, Kind)> {
    let head_end = (slice.len().min(80)..=slice.len()).find(|&i| slice.is_char_boundary(i))?;
    let colon = slice[..head_end].find(": ")?;
    let head = &slice[..colon];
    let rest = slice[colon + 1..].trim_start();
    if head.contains(['"', '“', '”', '(', ')', ',', ';', '?', '!']) {
        return None;
    }
    let begins = rest.starts_with(|c: char| glyph::is_upper(c) || c.is_ascii_digit());
    let long =
        rest.split_whitespace().take(20).filter(|w| matches!(Shape::of(core(w)), Shape::Lower)).count() >= 3;
    if !begins || !long {
        return None;
    }
    let at = slice.len() - rest.len();
    if head.contains('©') {
        return Some((at, Kind::Caption));
    }
    let case = Case::of(head);
    let words = head.split_whitespace().count();
    if case.lower > 0 || words > 7 {
        return None;
    }
    let speaker = head.split_whitespace().next_back().is_some_and(is_speaker)
        || head.split_whitespace().next().is_some_and(is_speaker);
    if first && lexicon::is_dateline_city(head) {
        return Some((at, Kind::Dateline));
    }
    const LABELS: [&str; 12] = [
        "Analysis",
        "Background",
        "Conclusion",
        "Context",
        "Explained",
        "Explainer",
        "Highlights",
        "History",
        "Reaction",
        "Reactions",
        "Summary",
        "Timeline",
    ];
    if LABELS.contains(&head) {
        return Some((at, Kind::Heading));
    }
    if speaker || words < 2 {
        return None;
    }
    (case.raised >= 1 || case.is_capitals() || case.first && words >= 3).then_some((at, Kind::Heading))
}
