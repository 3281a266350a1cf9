//! Numbers that count nothing: names, ages, scores, addresses, list numbers, years.

use super::noun::following_noun;
use super::numeral::{Form, Quantity};
use super::{Bound, unit};
use crate::time::piece::{Line, Piece, Shape};
use crate::time::words::Term;

/// Words before a number that make it a name: "Article 5", "Resolution 2202".
#[rustfmt::skip]
const DESIGNATORS: &[&str] = &[
    "act", "airbus", "amendment", "annex", "apollo", "area", "article", "bill", "boeing", "brigade",
    "channel", "chapter", "class", "clause", "convention", "covid", "decree", "directive", "district",
    "division", "falcon", "flight", "formula", "gate", "grade", "highway", "interstate", "iphone",
    "law", "level", "line", "mark", "model", "no", "nos", "number", "numbers", "page", "pages",
    "paragraph", "phase", "platform", "point", "protocol", "psalm", "regiment", "resolution",
    "resolutions", "road", "room", "route", "rule", "season", "section", "sector", "ship", "stage",
    "step", "stinger", "terminal", "tier", "title", "track", "type", "unit", "unsc", "verse", "version",
    "volume", "ward", "windows", "zone",
];

/// Nouns that "two" and "three" point back to with "the": the parties, not a count.
const PARTIES: &[&str] = &[
    "sides",
    "countries",
    "parties",
    "leaders",
    "armies",
    "nations",
    "states",
    "governments",
    "presidents",
    "ministers",
    "neighbours",
    "neighbors",
    "men",
    "women",
    "forces",
    "powers",
    "capitals",
    "koreas",
    "allies",
    "rivals",
    "groups",
];

/// Numbers that count nothing.
pub(super) fn excluded(line: Line<'_>, quantity: &Quantity, first: usize) -> bool {
    let start = quantity.number;
    let end = quantity.end;
    let Some(piece) = line.at(start) else { return true };
    let before = start.checked_sub(1).and_then(|b| line.at(b));
    let digits = matches!(piece.shape, Shape::Digits { .. });
    let word_before = start.checked_sub(1).filter(|&b| line.at(b).is_some_and(Piece::is_word));
    let bounded = first < start;
    // "T-72", "MH17", "Covid-19", "No.5", "12:30", "#3"
    if piece.glued
        && let Some(p) = before
        && !matches!(p.shape, Shape::Mark('(' | '[' | '"' | '“' | '‘' | '\'' | '«' | '~' | '—' | '–'))
    {
        return true;
    }
    if matches!(before.map(|p| p.shape), Some(Shape::Mark('#' | '№'))) {
        return true;
    }
    // "2nd", "F16s", "7-7", "3:1", "5/8", "192.168", "9/11"
    if let Some(after) = line.at(end).filter(|p| p.glued) {
        let suffix = digits && after.is_word() && unit::measure(line, end).is_none();
        let ratio = matches!(after.shape, Shape::Mark(':' | '/' | '.' | '-' | '–' | '’' | '\''))
            && line.at(end + 1).is_some_and(|p| p.glued && matches!(p.shape, Shape::Digits { .. }));
        let model = after.is_dash()
            && line.glued(end + 1)
            && line.at(end + 1).is_some_and(|p| p.is_capital())
            && line.word(end + 1).len() <= 2;
        if suffix || ratio || model {
            return true;
        }
    }
    // "No. 5", "Article 5"
    if let Some(b) = word_before
        && !bounded
        && digits
        && line.is_any(b, DESIGNATORS)
        && (line.at(b).is_some_and(Piece::is_capital)
            || !line.is_any(b, &["number", "unit", "line", "level", "area"]))
    {
        return true;
    }
    if start > 1
        && line.mark(start - 1, '.')
        && line.is_any(start - 2, &["no", "nos", "art", "sec", "para", "vol", "pp", "p"])
        && digits
    {
        return true;
    }
    // "© 2022 Reuters", "a 2022 Reuters poll": four digits that no plural follows are a year.
    let year = piece.plain(4).is_some_and(|y| (1500..2100).contains(&y)) && end == start + 1;
    if matches!(before.map(|p| p.shape), Some(Shape::Mark('©')))
        || year && !bounded && unit::measure(line, end).is_none() && following_noun(line, end).is_none()
    {
        return true;
    }
    // "Boeing 737", "Nord Stream 2": a name before and no noun behind
    if let Some(b) = word_before
        && digits
        && !bounded
        && b > 0
        && line.at(b).is_some_and(Piece::is_capital)
        && line.term(b) == Term::Other
        && following_noun(line, end).is_none_or(|n| n > end + 2)
        && unit::measure(line, end).is_none()
    {
        return true;
    }
    // Ages: ", 34,", "aged 34", "34-year-old", "children under 12"
    let small = quantity.value.is_some_and(|v| (1.0..=115.0).contains(&v));
    if small && !bounded {
        let comma_after = line.mark(end, ',') || line.mark(end, '.') && line.at(end + 1).is_none();
        let comma_before = before.is_some_and(|p| p.is(','));
        let person = start > 1 && line.at(start - 2).is_some_and(Piece::is_capital);
        if digits && comma_before && comma_after && person {
            return true;
        }
        if word_before.is_some_and(|b| line.is_any(b, &["aged", "age", "turned", "turns"])) {
            return true;
        }
    }
    if line.at(end).is_some_and(|p| p.is_dash() && p.glued)
        && line.is_any(end + 1, &["year", "month", "day", "week"])
    {
        return true;
    }
    if small
        && line.is_any(first, &["under", "over", "below", "above"])
        && first < start
        && following_noun(line, end).is_none()
    {
        return true;
    }
    // List numbers: "1.", "(2)"
    let opens = start == 0 || start == 1 && line.mark(0, '(');
    if opens && digits && (line.mark(end, ')') || line.mark(end, '.') && line.at(end + 1).is_some()) {
        return true;
    }
    if before.is_some_and(|p| p.is('(')) && line.mark(end, ')') && small && digits {
        return true;
    }
    // Addresses: "10 Downing Street"
    let street = ["street", "avenue", "road", "square", "lane", "boulevard", "drive", "st"];
    if digits
        && line.at(end).is_some_and(Piece::is_capital)
        && (end + 1..end + 4).any(|n| line.at(n).is_some_and(Piece::is_capital) && line.is_any(n, &street))
    {
        return true;
    }
    // Ordinals and fractions in words: "one another", "one of", "one day"
    if quantity.value == Some(1.0)
        && !digits
        && !bounded
        && quantity.form == Form::Words
        && line.is(start, "one")
    {
        let apart = [
            "of", "another", "that", "who", "which", "day", "side", "by", "such", "more", "is", "was",
            "would", "can", "could", "might", "must", "should", "may", "knows", "party", "hand", "thing",
            "way", "could", "has", "had",
        ];
        let nothing = line.at(end).is_none_or(|p| !p.is_word());
        let some = word_before.is_some_and(|b| {
            line.is_any(
                b,
                &[
                    "no", "any", "every", "some", "each", "the", "this", "that", "which", "another", "at",
                    "only", "square",
                ],
            )
        });
        return nothing || some || line.is_any(end, &apart);
    }
    // "the two sides"
    let pointed = word_before
        .is_some_and(|b| line.is_any(b, &["the", "these", "those", "both", "our", "their", "other"]));
    if pointed && !digits && quantity.value.is_some_and(|v| v <= 4.0) {
        return quantity.value == Some(2.0) || (end..end + 3).any(|n| line.is_any(n, PARTIES));
    }
    false
}

/// Whether a number that counts nothing known is not even a figure: a year, a number in words.
pub(super) fn bare_is_nothing(line: Line<'_>, quantity: &Quantity) -> bool {
    let bounded = quantity.bound != Bound::Exact;
    if bounded {
        return false;
    }
    let Some(piece) = line.at(quantity.number) else { return true };
    if piece.plain(4).is_some_and(|y| (1500..2100).contains(&y)) && quantity.end == quantity.number + 1 {
        return true;
    }
    // "two", "ten" without a noun say too little.
    quantity.form == Form::Words && quantity.value.is_some_and(|v| v <= 12.0)
}
