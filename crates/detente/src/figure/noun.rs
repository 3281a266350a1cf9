//! What stands around a number, by the words alone: counted nouns and fates.

use super::numeral::Quantity;
use super::unit::{self, Fate, Role};
use crate::time::piece::Line;
use crate::time::words::{Key, Term};

/// Words that end a noun phrase.
#[rustfmt::skip]
const STOPS: &[&str] = &[
    "about", "across", "against", "along", "already", "also", "among", "are", "as", "attended", "be",
    "because", "been", "began", "being", "but", "came", "can", "could", "crossed", "did", "died", "do",
    "does", "down", "fled", "for", "had", "has", "have", "he", "her", "his", "if", "including",
    "inside", "into", "is", "it", "its", "killed", "left", "may", "might", "must", "near", "no", "not",
    "off", "out", "outside", "per", "returned", "said", "says", "shall", "she", "should", "so", "still",
    "than", "their", "there", "they", "took", "toward", "towards", "under", "up", "via", "voted", "was",
    "we", "went", "were", "when", "where", "which", "while", "who", "whom", "whose", "will", "with",
    "without", "would",
];

/// Plural nouns that do not end in s, and collective ones.
const PLURALS: &[&str] = &[
    "people",
    "men",
    "women",
    "children",
    "police",
    "policemen",
    "gunmen",
    "servicemen",
    "personnel",
    "aircraft",
    "dead",
    "wounded",
    "injured",
    "militia",
    "infantry",
    "cattle",
    "firemen",
    "fishermen",
    "crewmen",
    "missing",
    "staff",
    "sheep",
];

/// The counted noun behind a number, by its words alone: the last plural of a run of words that nothing ends.
pub(super) fn following_noun(line: Line<'_>, end: usize) -> Option<usize> {
    let mut at = end;
    if line.key(at) == Some(Key::Of) {
        at += 1;
        while line.is_any(at, &["the", "its", "their", "his", "her", "our", "these", "those", "s"])
            || line.is(at, "them")
        {
            if line.is(at, "them") {
                return None;
            }
            at += 1;
        }
    }
    let mut found = None;
    let mut word = None;
    for n in at..at + 5 {
        let Some(piece) = line.at(n) else { break };
        // Hyphens and abbreviations stand inside a phrase: "U.S. troops", "Afghan-based fighters".
        if piece.glued
            && (piece.is_dash() || piece.is('.'))
            && line
                .at(n + 1)
                .is_some_and(|p| p.is_word() && (p.glued || n > at && line.word(n - 1).len() == 1))
        {
            continue;
        }
        if !piece.is_word() || line.is_any(n, STOPS) || matches!(piece.term, Term::Key(_)) {
            break;
        }
        let text = line.word(n);
        let plural = PLURALS.contains(&text.to_ascii_lowercase().as_str())
            || text.len() > 3 && text.ends_with('s') && !text.ends_with("ss") && !text.ends_with("us");
        if plural {
            found = Some(n);
        }
        // "six detained men" goes on, "six detained in May" does not.
        let goes_on = n == at
            && line.at(n + 1).is_some_and(|p| p.is_word() && p.term == Term::Other)
            && !line.is_any(n + 1, STOPS);
        if unit::form(text).is_some() && !plural && !goes_on {
            break;
        }
        word = word.or(Some(n));
    }
    // "one man", "a single helicopter"
    let singular = end > 0 && (line.is(end - 1, "one") || line.key(end - 1) == Some(Key::Single));
    found.or(word.filter(|_| singular))
}

/// The fate that a word right behind a counted phrase tells: "12 dead", "12 people dead", "two soldiers missing".
pub(super) fn adjective(line: Line<'_>, i: usize) -> Option<Fate> {
    let at = if line.key(i) == Some(Key::Of) { return None } else { i };
    let (fate, _) = unit::form(line.word(at))?;
    let ends = line.at(at + 1).is_none_or(|p| !p.is_capital());
    (ends
        && !line.is_any(
            at,
            &[
                "kill",
                "kills",
                "killing",
                "hurt",
                "die",
                "wounds",
                "injures",
                "injuring",
                "wounding",
                "arresting",
                "detaining",
                "displacing",
            ],
        )
        && !line.is_any(at + 1, &["the", "a", "an", "at", "dozens", "several", "more", "two", "three"]))
    .then_some(fate)
}

/// The fate that a verb right before a number tells: "killed at least 12", "killing one man".
pub(super) fn before(line: Line<'_>, quantity: &Quantity) -> Option<Fate> {
    match unit::form(line.word(quantity.first.checked_sub(1)?)) {
        Some((fate, Role::Object)) => Some(fate),
        _ => None,
    }
}

/// One past the words of a number that stand before what it counts: "20 or more" drones.
pub(super) fn behind(quantity: &Quantity) -> usize {
    quantity.next.max(quantity.end)
}

/// The fate around a number, by the words alone.
pub(super) fn fate_nearby(line: Line<'_>, quantity: &Quantity, noun: Option<usize>) -> Option<Fate> {
    if let Some(fate) = before(line, quantity) {
        return Some(fate);
    }
    let after = noun.map_or(quantity.end, |n| n + 1);
    if let Some(fate) = adjective(line, after).or_else(|| adjective(line, quantity.end)) {
        return Some(fate);
    }
    // "12 people were wounded", "12 had been killed"
    let mut passive = false;
    for n in after..after + 6 {
        if line.is_any(n, &["was", "were", "been", "be", "are", "is"]) {
            passive = true;
        } else if let Some((fate, role)) = unit::form(line.word(n)) {
            return (passive || role == Role::Subject).then_some(fate);
        } else {
            let auxiliary = [
                "have",
                "has",
                "had",
                "also",
                "reportedly",
                "may",
                "might",
                "could",
                "reported",
                "confirmed",
            ];
            let near = noun.is_none() && n < after + 2;
            if !near && !line.is_any(n, &auxiliary) {
                break;
            }
        }
    }
    None
}

/// "killed or wounded": one number for both.
pub(super) fn together(line: Line<'_>, quantity: &Quantity) -> bool {
    let from = quantity.first.saturating_sub(4);
    (from..quantity.end + 10).any(|n| {
        line.key(n) == Some(Key::Or)
            && n > 0
            && matches!(unit::form(line.word(n - 1)), Some((Fate::Dead | Fate::Wounded, _)))
            && matches!(unit::form(line.word(n + 1)), Some((Fate::Dead | Fate::Wounded, _)))
    })
}

/// What words before a bare number say that it counts: "death toll rose to 12", "number of arrests had reached 1,758".
pub(super) fn introduced(line: Line<'_>, first: usize) -> Option<String> {
    for n in (first.saturating_sub(12)..first).rev() {
        if line.mark(n, ';') {
            return None;
        }
        if line.is_any(n, &["toll", "deaths", "fatalities"]) {
            return Some(Fate::Dead.as_str().to_owned());
        }
        if line.is_any(n, &["number", "numbers"]) && line.key(n + 1) == Some(Key::Of) {
            let noun = following_noun(line, n + 2).filter(|&p| p < first)?;
            let name = unit::singular(line.word(noun));
            return Some(unit::noun(&name).map_or(name, |f| f.as_str().to_owned()));
        }
    }
    None
}
