//! Numbers in digits and words, with the words that bound them.

use super::Bound;
use crate::time::piece::{Line, Shape};
use crate::time::words::{Key, Scale, Term};

/// One number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Numeral {
    /// One past its last piece.
    pub(crate) next: usize,
    /// Lower and upper end; equal but for vague words.
    pub(crate) low: f64,
    /// Upper end.
    pub(crate) high: f64,
    /// How it is written.
    pub(crate) form: Form,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// In digits, perhaps with a scale: "130,000", "2.5 million".
    Digits,
    /// In words: "two hundred and ten", "a dozen", "half a million".
    Words,
    /// "dozens", "several hundred", "tens of thousands".
    Vague,
}

/// A number with the words around it that bound it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Quantity {
    /// First piece, bounding words included.
    pub(crate) first: usize,
    /// First piece of the number itself.
    pub(crate) number: usize,
    /// One past the last piece.
    pub(crate) next: usize,
    /// One past the last piece of the number itself.
    pub(crate) end: usize,
    pub(crate) value: Option<f64>,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) bound: Bound,
    pub(crate) form: Form,
}

/// A scale as a word, or as the letters that touch digits.
fn scale(line: Line<'_>, i: usize) -> Option<Scale> {
    match line.term(i) {
        Term::Scale(scale) if scale != Scale::Score => return Some(scale),
        Term::Other => {}
        _ => return None,
    }
    let suffix = match line.word(i) {
        "bn" | "Bn" | "BN" | "B" | "bln" => Scale::Billion,
        "mn" | "mln" | "mio" | "M" | "m" => Scale::Million,
        "tn" | "trn" => Scale::Trillion,
        "k" | "K" => Scale::Thousand,
        _ => return None,
    };
    // "20m" alone is a length; the caller knows about money.
    let longer = line.word(i).len() > 1;
    (longer || line.glued(i) && !line.is(i, "m") && !line.is(i, "B")).then_some(suffix)
}

/// A number that begins at `i`.
pub(crate) fn numeral(line: Line<'_>, i: usize) -> Option<Numeral> {
    match line.at(i)?.shape {
        Shape::Digits { value, .. } => {
            let (next, value) = scaled(line, i + 1, value);
            let (next, value) = and_a_half(line, next, value);
            Some(Numeral { next, low: value, high: value, form: Form::Digits })
        }
        Shape::Word { .. } => words(line, i),
        Shape::Mark('½') => Some(Numeral { next: i + 1, low: 0.5, high: 0.5, form: Form::Digits }),
        Shape::Mark(_) => None,
    }
}

fn scaled(line: Line<'_>, mut next: usize, mut value: f64) -> (usize, f64) {
    if line.mark(next, '½') && line.glued(next) {
        value += 0.5;
        next += 1;
    }
    let hyphen = usize::from(line.mark(next, '-') && matches!(line.term(next + 1), Term::Scale(_)));
    while let Some(scale) = scale(line, next + hyphen) {
        value *= scale.factor();
        next += hyphen + 1;
        if hyphen > 0 {
            break;
        }
    }
    (next, value)
}

/// "two and a half", "a million and a half": the half counts in the last scale.
fn and_a_half(line: Line<'_>, next: usize, value: f64) -> (usize, f64) {
    if line.key(next) == Some(Key::And)
        && line.key(next + 1) == Some(Key::A)
        && line.key(next + 2) == Some(Key::Half)
    {
        let step = if next > 0
            && let Term::Scale(scale) = line.term(next - 1)
        {
            scale.factor()
        } else {
            1.0
        };
        let (next, factor) = match scale(line, next + 3) {
            Some(scale) if step == 1.0 => (next + 4, scale.factor()),
            _ => (next + 3, 1.0),
        };
        return (next, (value + step / 2.0) * factor);
    }
    (next, value)
}

/// Numbers in words.
fn words(line: Line<'_>, i: usize) -> Option<Numeral> {
    match line.term(i) {
        Term::Cardinal(_) => {}
        Term::Scale(Scale::Dozen | Scale::Hundred | Scale::Thousand | Scale::Million | Scale::Billion) => {
            // "dozen" and "hundred" alone: "the dozen ships".
            let alone = i == 0
                || matches!(line.key(i - 1), Some(Key::The | Key::This | Key::That | Key::Last | Key::Past));
            if !alone {
                return None;
            }
        }
        Term::Scales(scale) => return vague(line, i, scale),
        Term::Key(Key::A) => {
            if line.key(i + 1) == Some(Key::Few) {
                return some_scale(line, i + 2);
            }
            if line.key(i + 1) == Some(Key::Half) {
                let factor = scale(line, i + 2)?.factor();
                return Some(exact(i + 3, 0.5 * factor));
            }
            if line.key(i + 1) == Some(Key::Couple) && line.key(i + 2) == Some(Key::Of) {
                if let Some(scale) = scale(line, i + 3) {
                    return Some(exact(i + 4, 2.0 * scale.factor()));
                }
                return Some(exact(i + 3, 2.0));
            }
            let Term::Scale(first) = line.term(i + 1) else { return None };
            if first == Scale::Score {
                return None;
            }
            let (next, value) = scaled(line, i + 1, 1.0);
            let (next, value) = tail(line, next, value);
            let (next, value) = and_a_half(line, next, value);
            return Some(exact(next, value));
        }
        Term::Key(Key::Half) => {
            let article = usize::from(line.key(i + 1) == Some(Key::A));
            let scale = scale(line, i + 1 + article)?;
            return Some(exact(i + 2 + article, 0.5 * scale.factor()));
        }
        Term::Key(Key::Several) => return some_scale(line, i + 1),
        _ => return None,
    }
    let (next, value) = below_hundred(line, i).unwrap_or((i, 1.0));
    let (next, value) = scaled(line, next, value);
    let (next, value) = tail(line, next, value);
    let (next, value) = and_a_half(line, next, value);
    Some(exact(next, value))
}

/// "twenty", "twenty-five", "seven".
fn below_hundred(line: Line<'_>, i: usize) -> Option<(usize, f64)> {
    let Term::Cardinal(tens) = line.term(i) else { return None };
    if tens >= 20 {
        let hyphen = usize::from(line.at(i + 1).is_some_and(|p| p.is_dash() && p.glued));
        if let Term::Cardinal(ones @ 1..=9) = line.term(i + 1 + hyphen) {
            return Some((i + 2 + hyphen, f64::from(tens + ones)));
        }
    }
    Some((i + 1, f64::from(tens)))
}

/// What follows a scale: "two hundred and ten", "one thousand two hundred".
fn tail(line: Line<'_>, mut next: usize, mut value: f64) -> (usize, f64) {
    // Each round uses up a smaller scale, so there are at most a handful.
    while next > 0
        && let Term::Scale(last @ (Scale::Hundred | Scale::Thousand | Scale::Million)) = line.term(next - 1)
    {
        let and = usize::from(line.key(next) == Some(Key::And));
        let Some((after, small)) = below_hundred(line, next + and) else { break };
        let (after, part) = scaled(line, after, small);
        if part >= last.factor() && last != Scale::Hundred {
            break;
        }
        if last == Scale::Hundred && part >= 100.0 {
            // "two hundred thirty thousand": the scale belongs to the whole.
            if part < 1e3 {
                break;
            }
            value = (value + small) * (part / small);
        } else {
            value += part;
        }
        next = after;
    }
    (next, value)
}

fn exact(next: usize, value: f64) -> Numeral {
    Numeral { next, low: value, high: value, form: Form::Words }
}

/// "several hundred", "a few thousand".
fn some_scale(line: Line<'_>, i: usize) -> Option<Numeral> {
    let scale = scale(line, i)?;
    let (low, high) = several(scale)?;
    Some(Numeral { next: i + 1, low, high, form: Form::Vague })
}

/// What a scale in the plural allows, as ``docs/claims.md`` defines it.
fn several(scale: Scale) -> Option<(f64, f64)> {
    Some(match scale {
        Scale::Ten => (20.0, 99.0),
        Scale::Dozen => (24.0, 99.0),
        Scale::Score => (40.0, 99.0),
        _ => {
            let factor = scale.factor();
            (2.0 * factor, 10.0 * factor - 1.0)
        }
    })
}

/// "dozens", "scores of", "tens of thousands", "hundreds of thousands".
fn vague(line: Line<'_>, i: usize, scale: Scale) -> Option<Numeral> {
    if line.key(i + 1) == Some(Key::Of)
        && let Term::Scales(of) = line.term(i + 2)
        && matches!(scale, Scale::Ten | Scale::Hundred | Scale::Dozen)
        && of.factor() > scale.factor()
    {
        let (low, high) = if scale == Scale::Dozen { (24.0, 99.0) } else { several(scale)? };
        let high = if scale == Scale::Dozen { high } else { high + 1.0 };
        let factor = of.factor();
        let high = if scale == Scale::Dozen { high * factor } else { high * factor - 1.0 };
        return Some(Numeral { next: i + 3, low: low * factor, high, form: Form::Vague });
    }
    if scale == Scale::Ten || scale == Scale::Score && line.key(i + 1) != Some(Key::Of) {
        return None;
    }
    let (low, high) = several(scale)?;
    Some(Numeral { next: i + 1, low, high, form: Form::Vague })
}

/// Words before a number that bound it.
const BEFORE: &[(&[&str], Prefix)] = &[
    (&["no", "more", "than"], Prefix::AtMost),
    (&["not", "more", "than"], Prefix::AtMost),
    (&["no", "fewer", "than"], Prefix::AtLeast),
    (&["not", "fewer", "than"], Prefix::AtLeast),
    (&["no", "less", "than"], Prefix::AtLeast),
    (&["not", "less", "than"], Prefix::AtLeast),
    (&["a", "little", "more", "than"], Prefix::MoreThan),
    (&["slightly", "more", "than"], Prefix::MoreThan),
    (&["well", "over"], Prefix::MoreThan),
    (&["far", "more", "than"], Prefix::MoreThan),
    (&["much", "more", "than"], Prefix::MoreThan),
    (&["more", "than"], Prefix::MoreThan),
    (&["greater", "than"], Prefix::MoreThan),
    (&["higher", "than"], Prefix::MoreThan),
    (&["larger", "than"], Prefix::MoreThan),
    (&["just", "over"], Prefix::MoreThan),
    (&["upwards", "of"], Prefix::MoreThan),
    (&["upward", "of"], Prefix::MoreThan),
    (&["in", "excess", "of"], Prefix::MoreThan),
    (&["exceeding"], Prefix::MoreThan),
    (&["over"], Prefix::MoreThan),
    (&["above"], Prefix::MoreThan),
    (&["slightly", "fewer", "than"], Prefix::LessThan),
    (&["slightly", "less", "than"], Prefix::LessThan),
    (&["far", "fewer", "than"], Prefix::LessThan),
    (&["fewer", "than"], Prefix::LessThan),
    (&["less", "than"], Prefix::LessThan),
    (&["lower", "than"], Prefix::LessThan),
    (&["just", "under"], Prefix::Nearly),
    (&["just", "below"], Prefix::Nearly),
    (&["under"], Prefix::LessThan),
    (&["below"], Prefix::LessThan),
    (&["at", "the", "very", "least"], Prefix::AtLeast),
    (&["at", "least"], Prefix::AtLeast),
    (&["a", "minimum", "of"], Prefix::AtLeast),
    (&["minimum"], Prefix::AtLeast),
    (&["at", "most"], Prefix::AtMost),
    (&["at", "the", "most"], Prefix::AtMost),
    (&["a", "maximum", "of"], Prefix::AtMost),
    (&["up", "to"], Prefix::AtMost),
    (&["as", "many", "as"], Prefix::AtMost),
    (&["as", "much", "as"], Prefix::AtMost),
    (&["in", "the", "region", "of"], Prefix::About),
    (&["in", "the", "order", "of"], Prefix::About),
    (&["on", "the", "order", "of"], Prefix::About),
    (&["an", "estimated"], Prefix::About),
    (&["estimated"], Prefix::About),
    (&["an", "approximate"], Prefix::About),
    (&["somewhere", "around"], Prefix::About),
    (&["about"], Prefix::About),
    (&["around"], Prefix::About),
    (&["approximately"], Prefix::About),
    (&["approx"], Prefix::About),
    (&["roughly"], Prefix::About),
    (&["circa"], Prefix::About),
    (&["some"], Prefix::About),
    (&["perhaps"], Prefix::About),
    (&["maybe"], Prefix::About),
    (&["nearly"], Prefix::Nearly),
    (&["almost"], Prefix::Nearly),
    (&["close", "to"], Prefix::Nearly),
    (&["exactly"], Prefix::Exact),
    (&["precisely"], Prefix::Exact),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prefix {
    Exact,
    About,
    Nearly,
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
}

/// Words after a number that bound it.
const AFTER: &[(&[&str], Prefix)] = &[
    (&["or", "more"], Prefix::AtLeast),
    (&["or", "so"], Prefix::About),
    (&["or", "fewer"], Prefix::AtMost),
    (&["or", "less"], Prefix::AtMost),
    (&["at", "least"], Prefix::AtLeast),
    (&["at", "most"], Prefix::AtMost),
    (&["at", "the", "most"], Prefix::AtMost),
];

/// The longest wording that ends right before `i`.
fn prefix(line: Line<'_>, i: usize) -> Option<(usize, Prefix)> {
    BEFORE
        .iter()
        .filter_map(|&(words, prefix)| Some((line.sequence_before(i, words)?, prefix)))
        .min_by_key(|&(first, _)| first)
}

/// A number that begins at `i` with what bounds it before and behind. `i` may also stand on the "between" or "from"
/// of a range.
pub(crate) fn quantity(line: Line<'_>, i: usize) -> Option<Quantity> {
    let opener = match line.key(i) {
        Some(key @ (Key::Between | Key::From)) => Some(key),
        _ => None,
    };
    let number = i + usize::from(opener.is_some());
    let start = if opener.is_some() { after_sign(line, number) } else { number };
    let first = numeral(line, start)?;
    let mut quantity = Quantity {
        first: i,
        number: start,
        next: first.next,
        end: first.next,
        value: None,
        low: Some(first.low),
        high: Some(first.high),
        bound: Bound::Between,
        form: first.form,
    };
    if first.form != Form::Vague
        && let Some(second) = range_end(line, first, opener)
    {
        let low = shared_scale(line, first, second);
        if low < second.high {
            quantity.low = Some(low);
            quantity.high = Some(second.high);
            quantity.next = second.next;
            quantity.end = second.next;
            if opener != Some(Key::Between)
                && let Some((at, Prefix::About)) = prefix(line, i)
            {
                quantity.first = at;
            }
            return Some(quantity);
        }
    }
    if opener.is_some() {
        return None;
    }
    let mut bounded = prefix(line, sign_before(line, i));
    if bounded.is_none() {
        for &(words, after) in AFTER {
            if let Some(length) = line.sequence(first.next, words) {
                quantity.next += length;
                bounded = Some((i, after));
                break;
            }
        }
    }
    if let Some((at, _)) = bounded {
        quantity.first = at;
    }
    if first.form == Form::Vague {
        // "at least dozens", "up to several thousand": only the outer side is moved.
        match bounded.map(|b| b.1) {
            Some(Prefix::AtLeast | Prefix::MoreThan) => quantity.high = None,
            Some(Prefix::AtMost | Prefix::LessThan) => quantity.low = Some(0.0),
            _ => {}
        }
        return Some(quantity);
    }
    let value = first.low;
    quantity.value = Some(value);
    (quantity.low, quantity.high, quantity.bound) = match bounded.map_or(Prefix::Exact, |b| b.1) {
        Prefix::Exact => (Some(value), Some(value), Bound::Exact),
        Prefix::About => (Some(tenths(value, 9.0)), Some(tenths(value, 11.0)), Bound::About),
        Prefix::Nearly => (Some(tenths(value, 9.0)), Some(value), Bound::About),
        Prefix::AtLeast => (Some(value), None, Bound::AtLeast),
        Prefix::MoreThan => (Some(value), None, Bound::MoreThan),
        Prefix::AtMost => (Some(0.0), Some(value), Bound::AtMost),
        Prefix::LessThan => (Some(0.0), Some(value), Bound::LessThan),
    };
    Some(quantity)
}

/// `value * tenths / 10`, rounded to what a person would write.
fn tenths(value: f64, tenths: f64) -> f64 {
    let result = value * tenths / 10.0;
    if result.abs() >= 1e15 { result } else { (result * 1e6).round() / 1e6 }
}

/// Money's sign stands between the bounding words and the number.
fn sign_before(line: Line<'_>, i: usize) -> usize {
    let mut at = i;
    while at > 0 && line.at(at - 1).is_some_and(|p| super::unit::sign(line, at - 1, p).is_some()) {
        at -= 1;
    }
    at
}

fn after_sign(line: Line<'_>, i: usize) -> usize {
    let mut at = i;
    while line.at(at).is_some_and(|p| super::unit::sign(line, at, p).is_some()) {
        at += 1;
    }
    at
}

/// The second number of "10 to 12", "10-12", "ten or twelve", "between 10 and 12".
fn range_end(line: Line<'_>, first: Numeral, opener: Option<Key>) -> Option<Numeral> {
    let link = line.at(first.next)?;
    let linked = match opener {
        Some(Key::Between) => matches!(link.key(), Some(Key::And | Key::To)),
        Some(_) => link.key() == Some(Key::To),
        None => {
            link.key() == Some(Key::To)
                || link.key() == Some(Key::Or)
                || link.is_dash() && link.glued && line.glued(first.next + 1)
        }
    };
    if !linked {
        return None;
    }
    let second = numeral(line, after_sign(line, first.next + 1))?;
    let vague = second.form == Form::Vague;
    // "10 or 200" are two answers, "ten or twelve" is one.
    let alternative = link.key() == Some(Key::Or) && second.low > 2.0 * first.low;
    (!vague && !alternative).then_some(second)
}

/// "1 to 1.5 million", "two to three thousand": the scale of the second number belongs to both.
fn shared_scale(line: Line<'_>, first: Numeral, second: Numeral) -> f64 {
    let written = |n: Numeral| n.next > 0 && matches!(line.term(n.next - 1), Term::Scale(_));
    let glued =
        |n: Numeral| n.next > 1 && line.glued(n.next - 1) && line.at(n.next - 1).is_some_and(|p| p.is_word());
    let has = |n: Numeral| written(n) || glued(n);
    if has(second) && !has(first) && first.low < 1000.0 {
        let factor = match line.term(second.next - 1) {
            Term::Scale(scale) => scale.factor(),
            _ => scale(line, second.next - 1).map_or(1.0, Scale::factor),
        };
        return if first.low * factor < second.high { first.low * factor } else { first.low };
    }
    first.low
}
