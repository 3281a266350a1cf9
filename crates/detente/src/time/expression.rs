//! The grammar of times: from pieces to what the words say, before any calendar is asked.
//!
//! ```text
//! range       = ["from" | "between"] expression ("to" | "until" | "through" | "and" | "-") expression
//! expression  = {"early" | "late" | "mid" | "earlier" | "later" | "the end of" | "the night of"} core [part] [clock]
//!             | clock ["on"] core
//! core        = date | weekday | day word | unit | amount unit direction | year | decade | century | season | quarter
//!             | period
//! ```

use super::piece::{Line, Piece, Shape};
use super::words::{self, Key, Number, PERIODS, Part, Season, Term, Unit};
use crate::figure::numeral;
use jiff::civil::Weekday;

/// What the words of one time say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Expression {
    pub(super) first: usize,
    pub(super) next: usize,
    pub(super) core: Core,
    pub(super) portion: Portion,
    pub(super) part: Option<Part>,
    pub(super) clock: Option<Clock>,
}

/// An hour, perhaps with minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: i8,
    pub(super) minute: Option<i8>,
}

/// Which portion of the core is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Portion {
    Whole,
    /// "early", "the beginning of"; 0 to 2.
    Third(i32),
    /// "the first half of"; 0 or 1.
    Half(i32),
    /// "earlier this month".
    UpToNow,
    /// "later this month".
    FromNow,
}

/// A count of units; vague counts are unknown.
pub(super) type Count = Option<(i64, i64)>;

/// The heart of a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Core {
    /// A date; what is missing comes from the publication date.
    Date {
        year: Year,
        month: i8,
        day: Option<i8>,
        last: Option<i8>,
        weekday: Option<Weekday>,
    },
    /// "03/04/2022": day and month can be either.
    Ambiguous,
    Weekday(Weekday, Which),
    /// "Tuesday last week".
    WeekdayIn(Weekday, i64),
    /// "yesterday": days from the publication date.
    Day(i64),
    /// "this week": calendar units from that of the publication date.
    Unit(Unit, i64),
    /// "that day", "the next day": units from the time told before.
    Beside(Unit, i64),
    /// "the past two days", "within 48 hours", "the next month".
    Rolling {
        unit: Unit,
        count: Count,
        ahead: bool,
    },
    /// "two days ago", "two days from now".
    Ago {
        unit: Unit,
        count: Count,
        ahead: bool,
    },
    /// "a year later", "three weeks earlier": from the time told before.
    Apart {
        unit: Unit,
        count: Count,
        later: bool,
    },
    /// "a day after the talks": the other happening, which a time of the same sentence fixes.
    Clause {
        unit: Unit,
        count: Count,
        later: bool,
    },
    Years {
        first: i16,
        count: i16,
    },
    Season(Season, Year),
    /// 1 to 4.
    Quarter(i8, Year),
    Half(i8, Year),
    Period(usize),
    /// "at dawn", "this morning": on the day told before, or the publication day plus an offset.
    Part(Part, Option<i64>),
    /// A clock alone.
    Clock,
}

/// Which year a date without year belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Stated(i16),
    /// "last year" is -1.
    Shift(i64),
    /// The nearest in the direction of the clause.
    Open,
    Last,
    Next,
}

/// Which weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Nearest,
    Last,
    Next,
    This,
}

/// The expression that begins at `i`.
pub(super) fn expression(line: Line<'_>, i: usize) -> Option<Expression> {
    if let Some((next, clock)) = clock(line, i) {
        return Some(with_clock(line, i, next, clock));
    }
    if let Some(found) = year_end(line, i) {
        return Some(found);
    }
    let mut portion = Portion::Whole;
    let mut part = None;
    let mut at = i;
    if line.key(i) == Some(Key::The) && matches!(line.key(i + 1), Some(Key::Early | Key::Late | Key::Mid)) {
        at += 1;
    }
    match line.key(at) {
        Some(key @ (Key::Early | Key::Late | Key::Mid)) => {
            let third = match key {
                Key::Early => 0,
                Key::Mid => 1,
                _ => 2,
            };
            portion = Portion::Third(third);
            at += 1;
            if line.at(at).is_some_and(|p| p.is_dash() && p.glued) {
                at += 1;
            }
            if line.term(at) == Term::Unit(Unit::Hour, Number::Plural) && line.key(at + 1) == Some(Key::Of) {
                at += 2;
            } else if matches!(line.key(at), Some(Key::In | Key::On)) {
                at += 1;
            }
        }
        Some(key @ (Key::Earlier | Key::Later)) => {
            portion = if key == Key::Earlier { Portion::UpToNow } else { Portion::FromNow };
            at += 1;
            if matches!(line.key(at), Some(Key::In | Key::On)) {
                at += 1;
            }
        }
        _ => {}
    }
    let the = usize::from(line.key(at) == Some(Key::The));
    if portion == Portion::Whole {
        let third = match line.key(at + the) {
            Some(Key::Beginning) => Some(0),
            Some(Key::Middle) => Some(1),
            Some(Key::End) => Some(2),
            _ => None,
        };
        if let Some(third) = third
            && line.key(at + the + 1) == Some(Key::Of)
        {
            portion = Portion::Third(third);
            at += the + 2;
            // "the end of the month": only here "the month" is a time.
            if line.key(at) == Some(Key::The)
                && let Term::Unit(unit, Number::Singular) = line.term(at + 1)
            {
                return Some(Expression {
                    first: i,
                    next: at + 2,
                    core: Core::Unit(unit, 0),
                    portion,
                    part,
                    clock: None,
                });
            }
        } else if let Term::Ordinal(half @ 1..=2) = line.term(at + the)
            && line.key(at + the + 1) == Some(Key::Half)
            && line.key(at + the + 2) == Some(Key::Of)
        {
            portion = Portion::Half(i32::from(half) - 1);
            at += the + 3;
        } else if let Term::Part(p) = line.term(at + the)
            && (line.key(at + the + 1) == Some(Key::Of) || the > 0 && line.key(at + the + 1) == Some(Key::On))
        {
            part = Some(p);
            at += the + 2;
        }
    }
    let (core, next) = core(line, at)?;
    let first = if at == i { backed(line, i, core) } else { i };
    let mut found = Expression { first, next, core, portion, part, clock: None };
    trail(line, &mut found);
    Some(found)
}

/// "year-end", "the year's end", after "by" and the like.
fn year_end(line: Line<'_>, i: usize) -> Option<Expression> {
    let the = usize::from(line.key(i) == Some(Key::The));
    let at = i + the;
    if line.term(at) != Term::Unit(Unit::Year, Number::Singular) {
        return None;
    }
    let next = if line.at(at + 1)?.is_dash() {
        at + 2
    } else if line.possessive(at + 1) {
        at + 3
    } else {
        at + 1
    };
    let placed = matches!(
        line.key(i.checked_sub(1)?),
        Some(Key::By | Key::Before | Key::Until | Key::At | Key::Since | Key::Around)
    );
    (placed && line.key(next) == Some(Key::End)).then_some(Expression {
        first: i,
        next: next + 1,
        core: Core::Unit(Unit::Year, 0),
        portion: Portion::Third(2),
        part: None,
        clock: None,
    })
}

/// Amounts begin with the words that bound them: "nearly two years ago".
fn backed(line: Line<'_>, i: usize, core: Core) -> usize {
    match core {
        Core::Ago { .. } | Core::Apart { .. } | Core::Clause { .. } => {
            numeral::quantity(line, i).map_or(i, |q| q.first.min(i))
        }
        _ => i,
    }
}

/// "4 a.m. on Friday", "8:30 a.m.".
fn with_clock(line: Line<'_>, first: usize, next: usize, clock: Clock) -> Expression {
    let mut found = Expression {
        first,
        next,
        core: Core::Clock,
        portion: Portion::Whole,
        part: None,
        clock: Some(clock),
    };
    let comma = usize::from(line.mark(next, ','));
    let on = usize::from(line.key(next + comma) == Some(Key::On));
    if let Some((core, after)) = core(line, next + comma + on)
        && is_day(core)
    {
        found.core = core;
        found.next = after;
        let clock = found.clock.take();
        trail(line, &mut found);
        found.clock = clock;
    }
    found
}

/// Whether a core names days that a part or a clock can belong to.
fn is_day(core: Core) -> bool {
    matches!(core, Core::Date { day: Some(_), .. } | Core::Weekday(..) | Core::WeekdayIn(..) | Core::Day(_))
}

/// What follows a day: its part, its date, its week, its clock.
fn trail(line: Line<'_>, found: &mut Expression) {
    if let Core::Weekday(weekday, _) = found.core {
        let comma = usize::from(line.mark(found.next, ','));
        let the = usize::from(line.key(found.next + comma) == Some(Key::The));
        if let Some((Core::Date { year, month, day: Some(day), last: None, .. }, next)) =
            date(line, found.next + comma + the)
        {
            found.core = Core::Date { year, month, day: Some(day), last: None, weekday: Some(weekday) };
            found.next = next;
        }
    }
    if let Core::Unit(Unit::Year, shift) = found.core
        && line.possessive(found.next)
        && let Term::Ordinal(n @ 1..=4) = line.term(found.next + 2)
        && line.term(found.next + 3) == Term::Unit(Unit::Quarter, Number::Singular)
    {
        found.core = Core::Quarter(n as i8, Year::Shift(shift));
        found.next += 4;
    }
    if !is_day(found.core) {
        return;
    }
    let dash = usize::from(line.at(found.next).is_some_and(|p| p.is_dash() && p.glued));
    if let Term::Part(part) = line.term(found.next + dash)
        && found.core != Core::Day(0)
    {
        found.part = Some(part);
        found.next += dash + 1;
    }
    if let Core::Weekday(weekday, Which::Nearest) = found.core {
        let of = usize::from(line.key(found.next) == Some(Key::Of));
        if let Some(shift) = shift(line, found.next + of)
            && line.term(found.next + of + 1) == Term::Unit(Unit::Week, Number::Singular)
        {
            found.core = Core::WeekdayIn(weekday, shift);
            found.next += of + 2;
        }
    }
    let at = usize::from(matches!(line.key(found.next), Some(Key::At | Key::Around)));
    if let Some((next, clock)) = clock(line, found.next + at)
        && (at > 0 || !line.mark(found.next, ','))
    {
        found.clock = Some(clock);
        found.next = next;
    }
}

/// -1, 0 or 1 for "last", "this", "next".
fn shift(line: Line<'_>, i: usize) -> Option<i64> {
    Some(match line.key(i)? {
        Key::Last => -1,
        Key::This => 0,
        Key::Next => 1,
        _ => return None,
    })
}

/// The core that begins at `i`.
pub(super) fn core(line: Line<'_>, i: usize) -> Option<(Core, usize)> {
    let piece = line.at(i)?;
    match (piece.shape, piece.term) {
        (Shape::Digits { .. }, _) => numeric(line, i)
            .or_else(|| date(line, i))
            .or_else(|| decade(line, i))
            .or_else(|| century(line, i))
            .or_else(|| amount(line, i))
            .or_else(|| year(line, i)),
        (Shape::Mark('\'' | '’'), _) => decade(line, i),
        (Shape::Mark(_), _) => None,
        (_, Term::Month(_) | Term::MonthShort(_)) => date(line, i),
        (_, Term::Weekday(_) | Term::WeekdayShort(_)) => weekday(line, i),
        (_, Term::Cardinal(_)) => amount(line, i),
        (_, Term::Ordinal(_)) => ordinal(line, i),
        (_, Term::Season(_)) => season(line, i),
        (_, Term::Unit(_, Number::Plural)) => bare_units(line, i),
        (_, Term::Part(part)) => part_alone(line, i, part),
        (_, Term::Key(key)) => keyed(line, i, key),
        (_, Term::Scale(_) | Term::Scales(_)) => amount(line, i),
        (_, Term::Unit(Unit::Day, _)) if line.is(i + 1, "before") || line.is(i + 1, "after") => {
            around_today(line, i, 0)
        }
        _ => period(line, i),
    }
}

/// Cores that begin with a function word.
fn keyed(line: Line<'_>, i: usize, key: Key) -> Option<(Core, usize)> {
    match key {
        Key::Today => Some((Core::Day(0), i + 1)),
        Key::Tomorrow => Some((Core::Day(1), i + 1)),
        Key::Yesterday => Some((Core::Day(-1), i + 1)),
        Key::Tonight => Some((Core::Part(Part::Night, Some(0)), i + 1)),
        Key::Overnight => Some((Core::Part(Part::Night, Some(-1)), i + 1)),
        Key::The => after_the(line, i),
        Key::A | Key::Several | Key::Few => amount(line, i),
        Key::Half => amount(line, i),
        Key::Last | Key::Past | Key::Next | Key::Coming | Key::Previous | Key::Following | Key::Recent => {
            directed(line, i, key, false)
        }
        Key::This => match line.term(i + 1) {
            // "This Week" with a capital is a programme.
            Term::Unit(unit, Number::Singular)
                if !matches!(unit, Unit::Minute | Unit::Hour | Unit::Day)
                    && !line.at(i + 1)?.is_capital() =>
            {
                Some((Core::Unit(unit, 0), i + 2))
            }
            Term::Part(Part::Midnight | Part::Noon) => None,
            Term::Part(part) => Some((Core::Part(part, Some(0)), i + 2)),
            Term::Weekday(w) => Some((Core::Weekday(w, Which::This), i + 2)),
            Term::Month(m) if line.at(i + 1)?.is_capital() => Some((open_month(m, Year::Shift(0)), i + 2)),
            Term::Season(s) => Some((Core::Season(s, Year::Shift(0)), i + 2)),
            Term::Key(key @ (Key::Past | Key::Coming)) => match line.term(i + 2) {
                Term::Weekday(w) => {
                    Some((Core::Weekday(w, if key == Key::Past { Which::Last } else { Which::Next }), i + 3))
                }
                _ => None,
            },
            _ => None,
        },
        Key::That | Key::Same => match line.term(i + 1) {
            Term::Unit(
                unit @ (Unit::Day | Unit::Night | Unit::Week | Unit::Month | Unit::Year | Unit::Decade),
                Number::Singular,
            ) => Some((Core::Beside(unit, 0), i + 2)),
            Term::Part(part @ (Part::Morning | Part::Afternoon | Part::Evening | Part::Night)) => {
                Some((Core::Part(part, None), i + 2))
            }
            _ => None,
        },
        Key::Mid => {
            // "mid-afternoon" stands in `expression`; here only "mid" inside a range: "from mid-March".
            None
        }
        _ => None,
    }
}

fn open_month(month: i8, year: Year) -> Core {
    Core::Date { year, month, day: None, last: None, weekday: None }
}

/// "the …".
fn after_the(line: Line<'_>, i: usize) -> Option<(Core, usize)> {
    let at = i + 1;
    match line.term(at) {
        Term::Key(Key::Same) => keyed(line, at, Key::Same),
        Term::Key(
            key @ (Key::Last | Key::Past | Key::Next | Key::Coming | Key::Previous | Key::Following),
        ) => directed(line, at, key, true),
        Term::Key(Key::Early | Key::Late | Key::Mid) => None,
        Term::Ordinal(_) => ordinal(line, at),
        Term::Season(_) => season(line, at),
        Term::Unit(Unit::Weekend, Number::Singular) => Some((Core::Unit(Unit::Weekend, 0), at + 1)),
        Term::Unit(Unit::Day, Number::Singular) => around_today(line, at, 1),
        Term::Unit(Unit::Week | Unit::Month | Unit::Year, Number::Singular)
            if line.key(at + 1) == Some(Key::Before) =>
        {
            let Term::Unit(unit, _) = line.term(at) else { return None };
            ends_clause(line, at + 2).then_some((Core::Beside(unit, -1), at + 2))
        }
        Term::Unit(Unit::Year, Number::Singular) => {
            let year = line.at(at + 1)?.plain(4)?;
            (1000..2200).contains(&year).then_some((Core::Years { first: year, count: 1 }, at + 2))
        }
        Term::Part(part) if i > 0 && line.key(i - 1) == Some(Key::In) => {
            let generic = line.key(at + 1) == Some(Key::Of);
            (!generic).then_some((Core::Part(part, None), at + 1))
        }
        Term::Month(_) => None,
        _ => numeric_after_the(line, at).or_else(|| period(line, at)),
    }
}

fn numeric_after_the(line: Line<'_>, at: usize) -> Option<(Core, usize)> {
    decade(line, at).or_else(|| century(line, at)).or_else(|| match date(line, at) {
        // "the 15th of February"
        Some(found @ (Core::Date { day: Some(_), .. }, _)) => Some(found),
        _ => None,
    })
}

/// "the day before yesterday", "the day after tomorrow", "the day before".
fn around_today(line: Line<'_>, at: usize, the: usize) -> Option<(Core, usize)> {
    let before = match line.key(at + 1)? {
        Key::Before => true,
        Key::After => false,
        _ => return None,
    };
    match line.key(at + 2) {
        Some(Key::Yesterday) if before => Some((Core::Day(-2), at + 3)),
        Some(Key::Tomorrow) if !before => Some((Core::Day(2), at + 3)),
        _ if the > 0 && ends_clause(line, at + 2) => {
            Some((Core::Beside(Unit::Day, if before { -1 } else { 1 }), at + 2))
        }
        _ if the > 0 => Some((Core::Clause { unit: Unit::Day, count: Some((1, 1)), later: !before }, at + 2)),
        _ => None,
    }
}

/// Whether nothing of the same phrase follows.
fn ends_clause(line: Line<'_>, i: usize) -> bool {
    match line.at(i) {
        None => true,
        Some(p) => {
            matches!(
                p.shape,
                Shape::Mark('.' | ',' | ';' | ':' | ')' | '!' | '?' | '—' | '–' | '”' | '"' | '’')
            ) || matches!(p.key(), Some(Key::And | Key::In | Key::At | Key::On | Key::From | Key::By))
        }
    }
}

/// "last week", "the past two days", "next month", "recent weeks", "next Tuesday", "last summer".
fn directed(line: Line<'_>, i: usize, key: Key, the: bool) -> Option<(Core, usize)> {
    let at = i + 1;
    let ahead = matches!(key, Key::Next | Key::Coming | Key::Following);
    let step = if ahead { 1 } else { -1 };
    let which = if ahead { Which::Next } else { Which::Last };
    let nearest = if ahead { Year::Next } else { Year::Last };
    let count_of = |unit: Unit, next: usize, count: Count| {
        let next = if line.key(next) == Some(Key::Or) && line.is(next + 1, "so") { next + 2 } else { next };
        Some((Core::Rolling { unit, count, ahead }, next))
    };
    match line.term(at) {
        Term::Unit(unit, Number::Plural) => match key {
            Key::Recent | Key::Past | Key::Coming => count_of(unit, at + 1, None),
            _ => None,
        },
        Term::Unit(unit, Number::Singular) => match key {
            Key::Recent => None,
            _ if unit == Unit::Minute
                || unit == Unit::Hour && !the
                || unit == Unit::Day && key == Key::Last =>
            {
                None
            }
            Key::Past => count_of(unit, at + 1, Some((1, 1))),
            Key::Previous | Key::Following => Some((Core::Beside(unit, step), at + 1)),
            _ if the && key == Key::Next && unit == Unit::Day => Some((Core::Beside(unit, 1), at + 1)),
            _ if the || matches!(unit, Unit::Minute | Unit::Hour | Unit::Day) => {
                // "the last day of the talks" is no time of its own.
                if line.key(at + 1) == Some(Key::Of) || unit == Unit::Day && !the {
                    return None;
                }
                count_of(unit, at + 1, Some((1, 1)))
            }
            _ if unit == Unit::Decade => count_of(unit, at + 1, Some((1, 1))),
            _ => Some((Core::Unit(unit, step), at + 1)),
        },
        Term::Part(Part::Night) if key == Key::Last => Some((Core::Part(Part::Night, Some(-1)), at + 1)),
        Term::Weekday(w) if key != Key::Recent => Some((Core::Weekday(w, which), at + 1)),
        Term::Month(m) if line.at(at)?.is_capital() && key != Key::Recent => {
            Some((open_month(m, nearest), at + 1))
        }
        Term::Season(s) if !matches!(key, Key::Recent | Key::Following) => {
            Some((Core::Season(s, nearest), at + 1))
        }
        Term::Key(Key::Few | Key::Several) => match line.term(at + 1) {
            Term::Unit(unit, Number::Plural) => count_of(unit, at + 2, None),
            _ => None,
        },
        Term::Key(Key::Couple) => {
            let of = usize::from(line.key(at + 1) == Some(Key::Of));
            match line.term(at + 1 + of) {
                Term::Unit(unit, Number::Plural) => count_of(unit, at + 2 + of, Some((2, 2))),
                _ => None,
            }
        }
        _ => {
            let (next, count) = counted(line, at)?;
            let hyphen = usize::from(line.at(next).is_some_and(|p| p.is_dash() && p.glued));
            match line.term(next + hyphen) {
                Term::Unit(unit, _) => count_of(unit, next + hyphen + 1, count),
                _ => None,
            }
        }
    }
}

/// A count of units: a number, "a", "several".
fn counted(line: Line<'_>, i: usize) -> Option<(usize, Count)> {
    match line.key(i) {
        Some(Key::Several | Key::Few) => return Some((i + 1, None)),
        Some(Key::A) if line.key(i + 1) == Some(Key::Few) => return Some((i + 2, None)),
        Some(Key::A) if matches!(line.term(i + 1), Term::Unit(_, Number::Singular)) => {
            return Some((i + 1, Some((1, 1))));
        }
        Some(Key::A) if line.is(i + 1, "full") => return Some((i + 2, Some((1, 1)))),
        _ => {}
    }
    let quantity = numeral::quantity(line, i)?;
    let count = match (quantity.form, quantity.value, quantity.low, quantity.high) {
        (numeral::Form::Vague, ..) => None,
        (_, Some(value), ..) => Some((value as i64, value as i64)),
        (_, None, Some(low), Some(high)) => Some((low as i64, high as i64)),
        _ => None,
    };
    Some((quantity.end, count))
}

/// "two days ago", "a year later", "48 hours" after "within", "a day after …".
fn amount(line: Line<'_>, i: usize) -> Option<(Core, usize)> {
    let (at, count) = counted(line, i)?;
    let at = if line.key(at) == Some(Key::Of) && line.is(i, "dozens") { at + 1 } else { at };
    let hyphen = usize::from(line.at(at).is_some_and(|p| p.is_dash() && p.glued));
    let Term::Unit(unit, _) = line.term(at + hyphen) else { return None };
    if hyphen > 0 {
        return None;
    }
    // "a year and a half ago"
    let half = line.key(at + 1) == Some(Key::And)
        && line.key(at + 2) == Some(Key::A)
        && line.key(at + 3) == Some(Key::Half);
    direction(line, i, unit, count, at + 1 + if half { 3 } else { 0 })
}

/// "years ago", "days later".
fn bare_units(line: Line<'_>, i: usize) -> Option<(Core, usize)> {
    let Term::Unit(unit, _) = line.term(i) else { return None };
    match line.key(i + 1)? {
        Key::Ago | Key::Earlier | Key::Later => direction(line, i, unit, None, i + 1),
        _ => None,
    }
}

/// The word after an amount that says from where it counts.
fn direction(line: Line<'_>, i: usize, unit: Unit, count: Count, at: usize) -> Option<(Core, usize)> {
    match line.key(at) {
        Some(Key::Ago) => return Some((Core::Ago { unit, count, ahead: false }, at + 1)),
        Some(Key::Earlier) => return Some((Core::Apart { unit, count, later: false }, at + 1)),
        Some(Key::Later) => return Some((Core::Apart { unit, count, later: true }, at + 1)),
        Some(Key::Before) if ends_clause(line, at + 1) => {
            return Some((Core::Apart { unit, count, later: false }, at + 1));
        }
        Some(Key::After) if ends_clause(line, at + 1) => {
            return Some((Core::Apart { unit, count, later: true }, at + 1));
        }
        Some(key @ (Key::Before | Key::After)) => {
            return Some((Core::Clause { unit, count, later: key == Key::After }, at + 1));
        }
        Some(Key::From) if line.key(at + 1) == Some(Key::Now) => {
            return Some((Core::Ago { unit, count, ahead: true }, at + 2));
        }
        _ => {}
    }
    let quantity = numeral::quantity(line, i).map_or(i, |q| q.first.min(i));
    match quantity.checked_sub(1).and_then(|b| line.key(b)) {
        Some(Key::Within) => Some((Core::Rolling { unit, count, ahead: true }, at)),
        Some(Key::In) if line.mark(at, '’') || line.mark(at, '\'') => {
            line.is(at + 1, "time").then_some((Core::Ago { unit, count, ahead: true }, at + 2))
        }
        _ => None,
    }
}

/// "2022-02-15", "15/02/2022", "15.02.2022".
fn numeric(line: Line<'_>, i: usize) -> Option<(Core, usize)> {
    let mark = match line.at(i + 1)?.shape {
        Shape::Mark(mark @ ('-' | '/' | '.')) => mark,
        _ => return None,
    };
    if !(line.mark(i + 3, mark) && (1..5).all(|n| line.glued(i + n))) {
        return None;
    }
    let number = |n: usize| line.at(i + n).and_then(|p| p.plain(4));
    let width = |n: usize| line.word(i + n).len();
    let (a, b, c) = (number(0)?, number(2)?, number(4)?);
    let fits = |month: i16, day: i16| (1..=12).contains(&month) && (1..=31).contains(&day);
    let date = |year: i16, month: i16, day: i16| Core::Date {
        year: Year::Stated(year),
        month: month as i8,
        day: Some(day as i8),
        last: None,
        weekday: None,
    };
    let core = if width(0) == 4 && width(2) <= 2 && width(4) <= 2 && fits(b, c) {
        date(a, b, c)
    } else if width(4) == 4 && width(0) <= 2 && width(2) <= 2 {
        match (fits(b, a), fits(a, b)) {
            // Points between the numbers are continental, hence day first.
            (true, _) if mark == '.' => date(c, b, a),
            (true, true) if a == b => date(c, b, a),
            (true, true) => Core::Ambiguous,
            (true, false) => date(c, b, a),
            (false, true) => date(c, a, b),
            (false, false) => return None,
        }
    } else {
        return None;
    };
    Some((core, i + 5))
}

/// The month at `i` and where it ends, its full stop included.
fn month(line: Line<'_>, i: usize) -> Option<(i8, bool, usize)> {
    let piece = line.at(i)?;
    if !piece.is_capital() {
        return None;
    }
    match piece.term {
        Term::Month(month) => Some((month, false, i + 1)),
        Term::MonthShort(month) => {
            let stop = line.mark(i + 1, '.') && line.glued(i + 1);
            Some((month, true, i + 1 + usize::from(stop)))
        }
        _ => None,
    }
}

/// A day of the month at `i`, perhaps "15th" or "fifteenth".
fn day(line: Line<'_>, i: usize) -> Option<(i8, usize)> {
    let piece = line.at(i)?;
    if let Term::Ordinal(day) = piece.term {
        return Some((day as i8, i + 1));
    }
    let day = piece.plain(2).filter(|d| (1..=31).contains(d))?;
    let suffix = line.glued(i + 1) && line.is_any(i + 1, &["st", "nd", "rd", "th"]);
    Some((day as i8, i + 1 + usize::from(suffix)))
}

/// The link of a range of days.
fn day_link(line: Line<'_>, i: usize, between: bool) -> bool {
    line.at(i)
        .is_some_and(|p| p.is_dash() || p.key() == Some(Key::To) || between && p.key() == Some(Key::And))
}

/// "15 February 2022", "Feb. 15, 2022", "February 2022", "February", "10-12 March".
fn date(line: Line<'_>, i: usize) -> Option<(Core, usize)> {
    let between = i > 0 && matches!(line.key(i - 1), Some(Key::Between));
    if let Some((name, short, mut next)) = month(line, i) {
        let mut found = (None, None);
        if let Some((first, after)) = day(line, next)
            && !follows_a_count(line, next, after)
        {
            found.0 = Some(first);
            next = after;
            if day_link(line, next, true)
                && let Some((last, after)) = day(line, next + 1)
                && last > first
                && (line.key(next) != Some(Key::And) || between || ends_clause(line, after))
                && month(line, after).is_none()
                && !follows_a_count(line, next + 1, after)
            {
                found.1 = Some(last);
                next = after;
            }
        }
        let comma = usize::from(line.mark(next, ','));
        let of = usize::from(line.key(next) == Some(Key::Of));
        if let Some((year, after)) = year_after_month(line, next + comma.max(of)) {
            return Some((
                Core::Date { year, month: name, day: found.0, last: found.1, weekday: None },
                after,
            ));
        }
        if found.0.is_none() && !month_alone(line, i, name, short) {
            return None;
        }
        let year = Year::Open;
        let next = if found.0.is_none() && short && !line.mark(i + 1, '.') { i + 1 } else { next };
        return Some((Core::Date { year, month: name, day: found.0, last: found.1, weekday: None }, next));
    }
    let (first, mut next) = day(line, i)?;
    let mut last = None;
    if day_link(line, next, between)
        && let Some((end, after)) = day(line, next + 1)
        && end > first
    {
        let of = usize::from(line.key(after) == Some(Key::Of));
        if month(line, after + of).is_some() {
            last = Some(end);
            next = after;
        }
    }
    let dash = usize::from(line.at(next).is_some_and(|p| p.is_dash() && p.glued));
    let of = usize::from(line.key(next) == Some(Key::Of));
    let (name, _, after) = month(line, next + of.max(dash))?;
    // A day glued to other things is a part of something else.
    if line.glued(i)
        && i > 0
        && !line.at(i - 1).is_some_and(|p| p.is('(') || p.is_dash() || p.is('"') || p.is('“'))
    {
        return None;
    }
    let comma = usize::from(line.mark(after, ','));
    let (year, next) = year_after_month(line, after + comma).unwrap_or((Year::Open, after));
    Some((Core::Date { year, month: name, day: Some(first), last, weekday: None }, next))
}

/// Whether the digits after a month count something: "In March 12 people died".
fn follows_a_count(line: Line<'_>, i: usize, next: usize) -> bool {
    let Some(piece) = line.at(next) else { return false };
    let counted = [
        "people",
        "men",
        "women",
        "children",
        "soldiers",
        "troops",
        "civilians",
        "police",
        "million",
        "percent",
        "per",
    ];
    line.glued(i + 1) && (piece.is(':') && line.glued(next + 1) || piece.is('%'))
        || line.is_any(next, &counted)
        || matches!(piece.term, Term::Scale(_))
        || clock(line, i).is_some()
}

/// A year that belongs to the month before: "2022", "this year", "of last year".
fn year_after_month(line: Line<'_>, i: usize) -> Option<(Year, usize)> {
    if let Some(year) = line.at(i)?.plain(4).filter(|y| (1000..2200).contains(y)) {
        return (!line.glued(i + 1) || !line.at(i + 1).is_some_and(Piece::is_word))
            .then_some((Year::Stated(year), i + 1));
    }
    if (line.mark(i, '\'') || line.mark(i, '’'))
        && let Some(short) = line.at(i + 1)?.plain(2)
        && line.word(i + 1).len() == 2
    {
        return Some((Year::Stated(if short < 50 { 2000 + short } else { 1900 + short }), i + 2));
    }
    let shift = shift(line, i)?;
    (line.term(i + 1) == Term::Unit(Unit::Year, Number::Singular)).then_some((Year::Shift(shift), i + 2))
}

/// Whether a month may stand alone: some are words or names as well.
fn month_alone(line: Line<'_>, i: usize, month: i8, short: bool) -> bool {
    let before = i.checked_sub(1).and_then(|b| line.key(b));
    let preposition = matches!(
        before,
        Some(
            Key::In
                | Key::Since
                | Key::By
                | Key::Until
                | Key::Of
                | Key::Last
                | Key::Next
                | Key::This
                | Key::Early
                | Key::Late
                | Key::Mid
                | Key::From
                | Key::Between
                | Key::Before
                | Key::After
                | Key::During
                | Key::Around
                | Key::Past
                | Key::Previous
                | Key::Earlier
                | Key::Later
        )
    );
    let mid = i > 1 && line.at(i - 1).is_some_and(Piece::is_dash) && line.key(i - 2).is_some();
    if preposition || mid {
        return !short || !line.at(i + 1).is_some_and(Piece::is_capital);
    }
    if short {
        return false;
    }
    let listed = i > 1
        && (line.mark(i - 1, ',')
            || matches!(before, Some(Key::And | Key::Or | Key::To))
            || line.at(i - 1).is_some_and(Piece::is_dash))
        && matches!(line.term(i - 2), Term::Month(_) | Term::MonthShort(_));
    if listed {
        return true;
    }
    // "May" is a verb and a name, "March" and "August" are words, "April" and "June" are people.
    let clear = matches!(month, 2 | 7 | 9 | 10 | 11 | 12 | 1);
    let person = line.at(i + 1).is_some_and(|p| p.is_capital() && p.term == Term::Other);
    let possessive = line.possessive(i + 1);
    clear && !person || possessive && month != 5
}

/// "Tuesday", and its abbreviations where a full stop or a comma shows them.
fn weekday(line: Line<'_>, i: usize) -> Option<(Core, usize)> {
    let named =
        ["bloody", "black", "good", "easter", "palm", "holy", "ash", "cyber", "super", "red", "orange"];
    let before = i.checked_sub(1);
    if before.is_some_and(|b| {
        line.key(b) == Some(Key::Each) || line.at(b).is_some_and(Piece::is_capital) && line.is_any(b, &named)
    }) {
        return None;
    }
    let papers = ["Times", "Telegraph", "Mirror", "Express", "Mail", "Herald", "Independent", "Post"];
    if papers.contains(&line.word(i + 1)) {
        return None;
    }
    match line.term(i) {
        Term::Weekday(weekday) => Some((Core::Weekday(weekday, Which::Nearest), i + 1)),
        Term::WeekdayShort(weekday) if line.at(i)?.is_capital() => {
            let stop = line.mark(i + 1, '.') && line.glued(i + 1);
            let comma = line.mark(i + 1, ',') && (month(line, i + 2).is_some() || day(line, i + 2).is_some());
            let dated = month(line, i + 1).is_some();
            // "on Sat", "the sun." at the end of a sentence is no weekday.
            let sentence_end = stop
                && line.at(i + 2).is_none()
                && !matches!(line.key(before?), Some(Key::On | Key::Since | Key::Until));
            (stop && !sentence_end || comma || dated)
                .then_some((Core::Weekday(weekday, Which::Nearest), i + 1 + usize::from(stop)))
        }
        _ => None,
    }
}

/// "third quarter of 2021", "19th century", "first half of last year", "fifteenth of March".
fn ordinal(line: Line<'_>, i: usize) -> Option<(Core, usize)> {
    let Term::Ordinal(n) = line.term(i) else { return None };
    if let Some(found) = century(line, i) {
        return Some(found);
    }
    let hyphen = usize::from(line.at(i + 1).is_some_and(|p| p.is_dash() && p.glued));
    let at = i + 1 + hyphen;
    if line.term(at) == Term::Unit(Unit::Quarter, Number::Singular) && (1..=4).contains(&n) {
        let (year, next) = year_of(line, at + 1);
        return Some((Core::Quarter(n as i8, year), next));
    }
    if line.key(at) == Some(Key::Half) && (1..=2).contains(&n) {
        let (year, next) = year_of(line, at + 1);
        return (year != Year::Open).then_some((Core::Half(n as i8, year), next));
    }
    match date(line, i) {
        Some(found @ (Core::Date { day: Some(_), .. }, _)) => Some(found),
        _ => period(line, i),
    }
}

/// "of 2021", "2021", "of last year", "this year"; open where nothing is said.
fn year_of(line: Line<'_>, i: usize) -> (Year, usize) {
    let of = usize::from(line.key(i) == Some(Key::Of) || line.mark(i, ','));
    year_after_month(line, i + of).unwrap_or((Year::Open, i))
}

/// "summer of 2014", "spring 2021", "summer" after "in the".
fn season(line: Line<'_>, i: usize) -> Option<(Core, usize)> {
    let Term::Season(season) = line.term(i) else { return None };
    let (year, next) = year_of(line, i + 1);
    if year != Year::Open {
        return Some((Core::Season(season, year), next));
    }
    let the = i > 1 && line.key(i - 1) == Some(Key::The);
    let before = (i - usize::from(the)).checked_sub(1).and_then(|b| line.key(b));
    let dated = matches!(
        before,
        Some(
            Key::In
                | Key::Since
                | Key::By
                | Key::Until
                | Key::During
                | Key::Early
                | Key::Late
                | Key::Mid
                | Key::Over
        )
    );
    // "in the fall of the city", "in spring water"
    let of = line.key(i + 1) == Some(Key::Of);
    let noun =
        line.at(i + 1).is_some_and(|p| p.is_word() && p.term == Term::Other) && season != Season::Winter;
    (dated && !of && !noun).then_some((Core::Season(season, Year::Open), i + 1))
}

/// "1990s", "'90s".
fn decade(line: Line<'_>, i: usize) -> Option<(Core, usize)> {
    let quote = usize::from(line.mark(i, '\'') || line.mark(i, '’'));
    let at = i + quote;
    let apostrophe = usize::from(line.mark(at + 1, '\'') || line.mark(at + 1, '’'));
    if !(line.is(at + 1 + apostrophe, "s") && line.glued(at + 1) && line.glued(at + 1 + apostrophe)) {
        return None;
    }
    let number = line.at(at)?.plain(4)?;
    let first = match line.word(at).len() {
        4 if (1000..2200).contains(&number) => number,
        2 if quote > 0 && line.glued(at) => {
            if number < 30 {
                2000 + number
            } else {
                1900 + number
            }
        }
        _ => return None,
    };
    (first % 10 == 0 && !(apostrophe > 0 && quote == 0))
        .then_some((Core::Years { first, count: 10 }, at + 2 + apostrophe))
}

/// "19th century", "twentieth century".
fn century(line: Line<'_>, i: usize) -> Option<(Core, usize)> {
    let (number, mut next) = match line.term(i) {
        Term::Ordinal(n) => (i16::from(n), i + 1),
        Term::Cardinal(20)
            if line.at(i + 1).is_some_and(Piece::is_dash) && line.term(i + 2) == Term::Ordinal(1) =>
        {
            (21, i + 3)
        }
        _ => {
            let n = line.at(i)?.plain(2)?;
            let suffix = line.glued(i + 1) && line.is_any(i + 1, &["st", "nd", "rd", "th"]);
            if !suffix {
                return None;
            }
            (n, i + 2)
        }
    };
    if line.at(next).is_some_and(|p| p.is_dash() && p.glued) {
        next += 1;
    }
    (line.term(next) == Term::Unit(Unit::Century, Number::Singular) && (1..=22).contains(&number))
        .then_some((Core::Years { first: (number - 1) * 100 + 1, count: 100 }, next + 1))
}

/// Four digits that are a year by what stands around them; "2014-18" as well.
fn year(line: Line<'_>, i: usize) -> Option<(Core, usize)> {
    let year = four_digits(line, i)?;
    let before = line.before(i);
    let dashed = line.glued(i) && before.is_some_and(Piece::is_dash);
    let word = if dashed { i.checked_sub(2) } else { i.checked_sub(1) };
    let place = word?;
    let piece = line.at(place)?;
    let prefix = dashed && line.is_any(place, &["pre", "post", "mid", "late", "early"]);
    if line.glued(i) && !prefix && !before.is_some_and(|p| p.is('(') || p.is('"') || p.is('“')) {
        return None;
    }
    let opened = before.is_some_and(|p| p.is('('));
    let noun = line.at(i + 1).filter(|p| p.is_word() && !p.is_capital());
    let plural = noun.is_some() && {
        let word = line.word(i + 1);
        word.len() > 3
            && word.ends_with('s')
            && !word.ends_with("ss")
            && !line.is_any(i + 1, &["always", "perhaps", "towards", "besides", "this", "says"])
    };
    let people = line.is_any(
        i + 1,
        &[
            "people",
            "troops",
            "soldiers",
            "men",
            "women",
            "children",
            "civilians",
            "dead",
            "prisoners",
            "migrants",
            "jobs",
            "workers",
            "police",
            "percent",
            "per",
            "km",
            "miles",
            "metres",
            "meters",
            "tonnes",
            "tons",
            "dollars",
            "euros",
            "fighters",
            "refugees",
            "homes",
            "houses",
            "villages",
            "times",
            "others",
            "more",
            "rounds",
            "members",
        ],
    );
    if people {
        return None;
    }
    let ends = line.at(i + 1).is_none_or(|p| matches!(p.shape, Shape::Mark(_)));
    let temporal = match piece.key() {
        Some(Key::In | Key::Since | Key::Until | Key::During | Key::Early | Key::Late | Key::Mid) => true,
        Some(Key::That) => !ends,
        Some(
            Key::By
            | Key::From
            | Key::Before
            | Key::After
            | Key::Of
            | Key::Through
            | Key::Around
            | Key::Between
            | Key::Past,
        ) => !plural,
        Some(Key::The | Key::This) => !ends,
        Some(Key::A) => !ends && !plural,
        Some(Key::To) if place > 0 && line.is_any(place - 1, &["dating", "back", "prior", "up", "down"]) => {
            true
        }
        Some(Key::And | Key::Or | Key::To) => place > 0 && four_digits(line, place - 1).is_some(),
        _ => {
            prefix
                || opened && ends
                || line.is(place, "into")
                || line.is_any(place, &["for", "both", "against"]) && !plural
                || described(line, place) && noun.is_some() && !plural
                || line.is_any(place, &["its", "their", "his", "her", "our", "circa", "year", "fiscal", "s"])
                    && !ends
                || line.is_any(place, &["circa", "year", "fiscal"])
                || matches!(piece.term, Term::Season(_))
                || piece.is(',') && place > 0 && four_digits(line, place - 1).is_some()
        }
    };
    if !temporal {
        return None;
    }
    if let Term::Ordinal(n @ 1..=4) = line.term(i + 1)
        && line.term(i + 2) == Term::Unit(Unit::Quarter, Number::Singular)
    {
        return Some((Core::Quarter(n as i8, Year::Stated(year)), i + 3));
    }
    let mut next = i + 1;
    let mut count = 1;
    if line.at(next).is_some_and(|p| p.glued && (p.is_dash() || p.is('/')))
        && line.glued(next + 1)
        && line.word(next + 1).len() == 2
        && let Some(short) = line.at(next + 1).and_then(|p| p.plain(2))
        && short > year % 100
    {
        count = short - year % 100 + 1;
        next += 2;
    }
    Some((Core::Years { first: year, count }, next))
}

/// "his unsuccessful" before a year and its noun: a plain word with a determiner before it.
fn described(line: Line<'_>, place: usize) -> bool {
    let plain = line.at(place).is_some_and(|p| p.is_word() && !p.is_capital() && p.term == Term::Other);
    plain
        && place > 0
        && (matches!(line.key(place - 1), Some(Key::The | Key::A | Key::This | Key::That))
            || line.is_any(place - 1, &["his", "her", "its", "their", "our", "s"]))
}

/// Four digits alone, in the range of years that news speaks of.
pub(super) fn four_digits(line: Line<'_>, i: usize) -> Option<i16> {
    let piece = line.at(i)?;
    let year = piece.plain(4).filter(|y| (1500..2100).contains(y))?;
    let after = line.at(i + 1).filter(|p| p.glued);
    let touched = after
        .is_some_and(|p| p.is_word() || matches!(p.shape, Shape::Mark('%' | ':' | '°' | '/')) && !p.is('/'));
    (!touched).then_some(year)
}

/// "at dawn", "noon", "midnight"; other parts need a determiner.
fn part_alone(line: Line<'_>, i: usize, part: Part) -> Option<(Core, usize)> {
    let before = i.checked_sub(1).and_then(|b| line.key(b));
    let placed = matches!(
        before,
        Some(
            Key::At | Key::Before | Key::After | Key::Since | Key::Until | Key::By | Key::Around | Key::From
        )
    );
    let on = usize::from(line.key(i + 1) == Some(Key::On));
    let then = i + 1 + on;
    let found = match line.term(then) {
        Term::Weekday(_) | Term::WeekdayShort(_) => weekday(line, then),
        Term::Key(Key::Today) => Some((Core::Day(0), then + 1)),
        Term::Key(Key::Tomorrow) => Some((Core::Day(1), then + 1)),
        Term::Key(Key::Yesterday) => Some((Core::Day(-1), then + 1)),
        _ => date(line, then).filter(|&(c, _)| is_day(c)),
    };
    if (placed || on > 0) && found.is_some() {
        // `opening_part` puts the part back.
        return found;
    }
    let mid = i > 1 && line.at(i - 1).is_some_and(Piece::is_dash) && line.key(i - 2) == Some(Key::Mid);
    let fits = match part {
        Part::Dawn | Part::Dusk | Part::Noon | Part::Midnight => placed,
        Part::Morning | Part::Afternoon | Part::Evening => mid,
        Part::Night => false,
    };
    fits.then_some((Core::Part(part, None), i + 1))
}

/// The part of the day that opens an expression like "noon on Friday".
pub(super) fn opening_part(line: Line<'_>, first: usize) -> Option<Part> {
    match line.term(first) {
        Term::Part(part) => Some(part),
        _ => None,
    }
}

/// A named period.
fn period(line: Line<'_>, i: usize) -> Option<(Core, usize)> {
    if !line.at(i)?.is_capital() && !line.is(i, "apartheid") && !line.is(i, "interwar") {
        return None;
    }
    if line.glued(i) && i > 0 && line.at(i - 1).is_some_and(Piece::is_dash) {
        return None;
    }
    if let Some(found) = holiday(line, i) {
        return Some(found);
    }
    PERIODS.iter().enumerate().find_map(|(n, p)| {
        let length = line.sequence(i, p.words)?;
        Some((Core::Period(n), i + length))
    })
}

/// Days of the year that have names.
fn holiday(line: Line<'_>, i: usize) -> Option<(Core, usize)> {
    let fixed = |month: i8, day: i8, next: usize| {
        Some((Core::Date { year: Year::Open, month, day: Some(day), last: None, weekday: None }, next))
    };
    if line.is(i, "Christmas") {
        return match line.word(i + 1) {
            "Eve" | "eve" => fixed(12, 24, i + 2),
            "Day" | "day" => fixed(12, 25, i + 2),
            _ if i > 0
                && matches!(
                    line.key(i - 1),
                    Some(Key::At | Key::By | Key::Before | Key::Since | Key::Until | Key::After)
                ) =>
            {
                fixed(12, 25, i + 1)
            }
            _ => None,
        };
    }
    if line.is(i, "New") && line.is(i + 1, "Year") && line.possessive(i + 2) {
        return match line.word(i + 4) {
            "Eve" | "eve" => fixed(12, 31, i + 5),
            "Day" | "day" => fixed(1, 1, i + 5),
            _ => None,
        };
    }
    None
}

/// "4 a.m.", "8:30 p.m. local time", "14:30", "0400 GMT", "8 o'clock".
fn clock(line: Line<'_>, i: usize) -> Option<(usize, Clock)> {
    let piece = line.at(i)?;
    let Shape::Digits { value, plain } = piece.shape else { return None };
    if line.glued(i) && i > 0 && !line.at(i - 1).is_some_and(|p| p.is('(') || p.is('"') || p.is('“')) {
        return None;
    }
    let mut minute = None;
    let mut next = i + 1;
    let hour = match plain {
        Some(1 | 2) => {
            if (line.mark(next, ':') || line.mark(next, '.'))
                && line.glued(next)
                && line.glued(next + 1)
                && line.word(next + 1).len() == 2
                && let Some(m) = line.at(next + 1).and_then(|p| p.plain(2)).filter(|m| *m < 60)
            {
                minute = Some(m as i8);
                next += 2;
                // Seconds are dropped.
                if line.mark(next, ':') && line.glued(next + 1) && line.word(next + 1).len() == 2 {
                    next += 2;
                }
            }
            value as i8
        }
        Some(4) if zone(line, next).is_some() => {
            minute = Some((value as i16 % 100) as i8);
            (value as i16 / 100) as i8
        }
        None => {
            // "8.30 a.m." was read as a decimal.
            let (hour, rest) = line.word(i).split_once('.')?;
            if rest.len() != 2 || meridiem(line, next).is_none() {
                return None;
            }
            minute = rest.parse().ok();
            hour.parse().ok()?
        }
        _ => return None,
    };
    if !(0..=24).contains(&hour) || minute.is_some_and(|m| m > 59) {
        return None;
    }
    let clock;
    if let Some((after, afternoon)) = meridiem(line, next) {
        if !(1..=12).contains(&hour) {
            return None;
        }
        clock = Clock { hour: hour % 12 + if afternoon { 12 } else { 0 }, minute };
        next = after;
        if let Some(after) = zone(line, next) {
            next = after;
        }
    } else if let Some(after) = zone(line, next) {
        clock = Clock { hour: hour % 24, minute };
        next = after;
    } else if line.is(next, "o")
        && (line.mark(next + 1, '\'') || line.mark(next + 1, '’'))
        && line.is(next + 2, "clock")
    {
        clock = Clock { hour: hour % 24, minute };
        next += 3;
    } else if minute.is_some() && line.mark(i + 1, ':') {
        let before = i.checked_sub(1).and_then(|b| line.key(b));
        let placed = matches!(
            before,
            Some(
                Key::At
                    | Key::Around
                    | Key::By
                    | Key::Until
                    | Key::Before
                    | Key::After
                    | Key::Since
                    | Key::From
            )
        ) || i > 0 && line.is(i - 1, "about");
        if !placed {
            return None;
        }
        clock = Clock { hour: hour % 24, minute };
    } else {
        return None;
    }
    if line.mark(next, '(')
        && let Some(close) = (next + 1..next + 6).find(|&n| line.mark(n, ')'))
        && zone(line, close - 1).is_some()
    {
        next = close + 1;
    }
    Some((next, clock))
}

/// "a.m.", "pm", "in the evening": where it ends and whether it is after noon.
fn meridiem(line: Line<'_>, i: usize) -> Option<(usize, bool)> {
    if line.is(i, "am") || line.is(i, "pm") {
        return Some((i + 1, line.is(i, "pm")));
    }
    if line.key(i) == Some(Key::In)
        && line.key(i + 1) == Some(Key::The)
        && let Term::Part(part @ (Part::Morning | Part::Afternoon | Part::Evening)) = line.term(i + 2)
    {
        return Some((i + 3, part != Part::Morning));
    }
    let half = line.is(i, "a") || line.is(i, "p");
    if half && line.mark(i + 1, '.') && line.glued(i + 1) && line.is(i + 2, "m") && line.glued(i + 2) {
        let stop = line.mark(i + 3, '.') && line.glued(i + 3);
        return Some((i + 3 + usize::from(stop), line.is(i, "p")));
    }
    None
}

/// "GMT", "local time", "hours": where it ends.
fn zone(line: Line<'_>, i: usize) -> Option<usize> {
    if line.is(i, "local") && line.is(i + 1, "time") {
        return Some(i + 2);
    }
    if line.at(i).is_some_and(Piece::is_capital) && line.is(i + 1, "time") {
        return Some(i + 2);
    }
    let zones =
        ["GMT", "UTC", "EST", "EDT", "CET", "CEST", "EET", "BST", "IST", "MSK", "JST", "PST", "PDT", "ET"];
    zones.contains(&line.word(i)).then_some(i + 1)
}

/// Whether two expressions can be the ends of one range.
pub(super) fn pairs(first: &Expression, last: &Expression) -> bool {
    use Core::*;
    match (first.core, last.core) {
        (Date { day: a, .. }, Date { day: b, .. }) => a.is_some() == b.is_some(),
        (Weekday(..) | WeekdayIn(..), Weekday(..) | WeekdayIn(..) | Day(_))
        | (Day(_), Weekday(..) | Day(_)) => true,
        (Years { .. }, Years { .. }) => true,
        (Date { year: Year::Stated(_), .. }, Years { .. })
        | (Years { .. }, Date { year: Year::Stated(_), .. }) => true,
        (Clock, Clock) => true,
        _ => false,
    }
}

/// The second end of a range, where a bare year is welcome.
pub(super) fn range_end(line: Line<'_>, i: usize) -> Option<Expression> {
    if let Some(first) = four_digits(line, i) {
        let core = Core::Years { first, count: 1 };
        return Some(Expression {
            first: i,
            next: i + 1,
            core,
            portion: Portion::Whole,
            part: None,
            clock: None,
        });
    }
    expression(line, i)
}

/// Whether a word of the table begins here; cheap test before `expression`.
pub(super) fn may_begin(piece: &Piece) -> bool {
    match piece.shape {
        Shape::Digits { .. } => true,
        Shape::Mark(mark) => matches!(mark, '\'' | '’'),
        Shape::Word { capital } => {
            capital || !matches!(piece.term, words::Term::Other) || piece.span.len() >= 8
        }
    }
}
