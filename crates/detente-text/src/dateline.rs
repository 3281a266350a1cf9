//! Datelines: the place, the date and the agency in front of a report.

use std::ops::Range;

use crate::{
    glyph,
    lexicon::{self, Ordinary},
};

/// Agencies and broadcasters that sign datelines; sorted.
const AGENCIES: &[&str] = &[
    "AA",
    "AFP",
    "ANI",
    "ANSA",
    "AP",
    "APA",
    "ATA",
    "Anadolu",
    "Associated Press",
    "BBC",
    "BNS",
    "BTA",
    "Bloomberg",
    "CNA",
    "CNBC",
    "CNN",
    "CTK",
    "DPA",
    "Dow Jones",
    "EFE",
    "Euractiv",
    "Fars",
    "IANS",
    "IRNA",
    "ITAR-TASS",
    "Interfax",
    "Interfax-Ukraine",
    "JTA",
    "KNA",
    "KUNA",
    "KYODO",
    "Kyodo",
    "MENA",
    "MTI",
    "NNA",
    "NYT",
    "PAP",
    "PTI",
    "Prensa Latina",
    "RFE/RL",
    "RIA Novosti",
    "REUTERS",
    "Reuters",
    "SANA",
    "SPA",
    "Sputnik",
    "TASS",
    "TNS",
    "Thomson Reuters Foundation",
    "UKRINFORM",
    "UNI",
    "UNIAN",
    "UPI",
    "Ukrinform",
    "VOA",
    "WAM",
    "XINHUA",
    "Xinhua",
    "Yonhap",
    "dpa",
];

pub(crate) fn is_agency(name: &str) -> bool {
    AGENCIES.contains(&name) || name.split(['/', '|']).all(|part| AGENCIES.contains(&part.trim()))
}

/// Words in capitals that begin labels and news flashes, or are names of bodies rather than places; sorted.
const NO_PLACE: &[&str] = &[
    "ANALYSIS",
    "BREAKING",
    "CNN",
    "CORRECTION",
    "CORRECTED",
    "EU",
    "EXCLUSIVE",
    "EXPLAINED",
    "EXPLAINER",
    "FACTBOX",
    "FILE",
    "FLASH",
    "IAEA",
    "IMF",
    "LIVE",
    "NATO",
    "NEWS",
    "OPINION",
    "OSCE",
    "PHOTO",
    "PHOTOS",
    "TIMELINE",
    "UN",
    "UPDATE",
    "US",
    "USA",
    "VIDEO",
    "WATCH",
    "WHO",
];

/// Small words inside the names of places.
const BETWEEN: &[&str] =
    &["and", "central", "de", "eastern", "en", "la", "near", "northern", "of", "southern", "the", "western"];

/// The dateline of a paragraph: at its start, or behind a caption or byline when an agency signs it.
pub(crate) fn dateline(text: &str, range: Range<usize>) -> Option<Range<usize>> {
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
        } else if best.is_some() || !date && mixed == 3 {
            break;
        } else {
            mixed += usize::from(!date);
        }
    }
    best
}

/// A word of a place in capitals.
pub(crate) fn is_place(word: &str) -> bool {
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
pub(crate) fn dateline_here(text: &str, range: Range<usize>) -> Option<usize> {
    let high = (range.end.min(range.start + 160)..=range.end).find(|&i| text.is_char_boundary(i))?;
    let head = &text[range.start..high];
    let (mut month, mut number, mut signed, mut capitals, mut verbal, mut count) =
        (false, false, false, 0, false, 0);
    let mut first: Option<&str> = None;
    let (mut bracket, mut slash) = (false, false);
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
        // "/ TASS /." is written with spaces at times.
        if slash && matches!(word, "/" | "/.") {
            signed = true;
            end = Some(start + word.len());
            break;
        }
        if word == "/" {
            slash = true;
            continue;
        }
        if let Some(dash) = word
            .find(['—', '–'])
            .filter(|_| first.is_some() || is_place(word.split(['—', '–']).next().unwrap_or("")))
        {
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
        } else if !bare.starts_with(glyph::is_upper) && !BETWEEN.contains(&bare) {
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
        let named = is_place(bare) || lexicon::is_month(word) || month || number || bare.len() <= 3;
        if word.ends_with('.') && !named {
            return None;
        }
    }
    let (first, end) = (first?, end?);
    let dated = month && number;
    let place = is_place(first)
        && first.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && !NO_PLACE.contains(&first);
    if NO_PLACE.contains(&first) || verbal && !signed && !dated || count > 12 {
        return None;
    }
    let shaped = if colon {
        place && capitals == count && count <= 3 || signed && place || dated
    } else {
        place || signed || dated
    };
    let prose = glyph::at(text, glyph::trim(text, end..range.end).start)?;
    let begins = end < range.end
        && (glyph::is_upper(prose) || prose.is_ascii_digit() || glyph::is_opener(prose) || signed || dated);
    (shaped && begins).then_some(end)
}
