//! Times, resolved against the publication date.
//!
//! Three steps: [`piece`] cuts a sentence finely, [`expression`] reads what the words say, and here the calendar and
//! the clause's tense decide what is meant.

mod calendar;
mod expression;
pub(crate) mod piece;
mod tense;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod words;

use crate::{Note, NoteKind};
use calendar::Interval;
use detente_text::{Span, TokenId, Tree, vocabulary};
use expression::{Core, Count, Expression, Portion, Which, Year};
use jiff::civil::{Date, DateTime};
use piece::{Line, Piece};
use tense::Tense;
use words::{Key, PERIODS, Unit};

vocabulary! {
    /// How fine a time is told.
    Granularity {
        Minute = "minute",
        Hour = "hour",
        PartOfDay = "part-of-day",
        Day = "day",
        Week = "week",
        Month = "month",
        Quarter = "quarter",
        Season = "season",
        Year = "year",
        Decade = "decade",
        Era = "era",
    }
}

vocabulary! {
    /// What a time rests on.
    Basis {
        /// A full date in the text.
        Stated = "stated",
        /// Counted from the publication date or another time.
        Relative = "relative",
        /// Nothing in the text: the publication date stands in.
        Fallback = "fallback",
    }
}

/// A point of civil time: a day, or a minute of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Civil date and time.
    pub at: DateTime,
    /// Whether only the day is meant.
    pub day_only: bool,
}

/// A time, as an interval with exclusive end; an open side is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// The words; empty at the place of the event for a fallback.
    pub span: Span,
    /// First moment.
    pub start: Option<Moment>,
    /// One past the last moment.
    pub end: Option<Moment>,
    /// How fine.
    pub granularity: Granularity,
    /// What it rests on.
    pub basis: Basis,
}

/// All times of a document, in text order.
///
/// Relative times count from `published`; without it they stay open, and one note says so. Lengths of time ("for
/// two days") are figures, not times.
pub(crate) fn find(tree: &Tree<'_>, published: Option<Date>, notes: &mut Vec<Note>) -> Vec<Time> {
    let document = tree.document();
    let parsed = tree.syntax().head.len() == document.tokens().len();
    let mut finder = Finder {
        tree: parsed.then_some(tree),
        published,
        anchor: None,
        sentence: 0,
        first_open: None,
        notes,
        out: Vec::new(),
    };
    let mut pieces = Vec::new();
    for (n, sentence) in document.sentences().iter().enumerate() {
        piece::cut(document.text(), sentence.span, &mut pieces);
        finder.sentence = n;
        finder.read(Line { text: document.text(), pieces: &pieces });
    }
    if let Some(span) = finder.first_open {
        finder.notes.push(Note {
            kind: NoteKind::Time,
            span: Some(span),
            message: "without a publication date relative times stay open".to_owned(),
        });
    }
    finder.out
}

/// A time told before, from which "a day later" counts.
#[derive(Clone, Copy)]
struct Anchor {
    interval: Interval,
    sentence: usize,
}

/// How far, in sentences, "a day later" looks back.
const REACH: usize = 4;

struct Finder<'r, 't> {
    tree: Option<&'r Tree<'t>>,
    published: Option<Date>,
    anchor: Option<Anchor>,
    sentence: usize,
    /// The first relative time that no publication date fixes.
    first_open: Option<Span>,
    notes: &'r mut Vec<Note>,
    out: Vec<Time>,
}

/// The words before a time that turn it into a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Since,
    Until,
    Before,
    After,
    Within,
}

impl Finder<'_, '_> {
    fn read(&mut self, line: Line<'_>) {
        let mut i = 0;
        let mut floor = 0;
        while let Some(piece) = line.at(i) {
            i = match self.at(line, i, piece, floor) {
                Some(next) => {
                    floor = next;
                    next.max(i + 1)
                }
                None => i + 1,
            };
        }
    }

    /// Reads the time that begins at `i`, if one does, and returns where it ends.
    fn at(&mut self, line: Line<'_>, i: usize, piece: &Piece, floor: usize) -> Option<usize> {
        if let Some(opener @ (Key::From | Key::Between)) = piece.key()
            && let Some((first, last)) = range(line, i + 1, Some(opener))
        {
            return self.put_range(line, first, last);
        }
        if !expression::may_begin(piece) {
            return None;
        }
        let found = expression::expression(line, i)?;
        let found = Expression { first: found.first.max(floor), ..found };
        if let Some(last) = linked(line, &found, None) {
            return self.put_range(line, found, last);
        }
        self.put(line, found)
    }

    /// Resolves one expression with the words before it.
    fn put(&mut self, line: Line<'_>, found: Expression) -> Option<usize> {
        let side = side(line, &found);
        let mut tense = self.tense(line, &found);
        if side == Some(Side::Until)
            && (matches!(tense, Tense::Unknown | Tense::Present) || tense::is_put_off(line, found.first))
        {
            tense = Tense::Future;
        }
        if side == Some(Side::Since) {
            tense = Tense::Since;
        }
        if let Core::Clause { unit, count, later } = found.core {
            return self.put_clause(line, found, unit, count, later);
        }
        let interval = self.resolve(line, &found, tense, None);
        let last = found.portion == Portion::Third(2);
        let bounded = self.bound(interval, side, tense, last);
        self.push(line, &found, interval, bounded);
        Some(found.next)
    }

    fn push(&mut self, line: Line<'_>, found: &Expression, told: Interval, bounded: Interval) {
        let span = span(line, found.first, found.next);
        let basis = if is_stated(found.core) { Basis::Stated } else { Basis::Relative };
        if found.core == Core::Ambiguous {
            let message = "day and month of this date can be either".to_owned();
            self.notes.push(Note { kind: NoteKind::Time, span: Some(span), message });
        } else if basis == Basis::Relative
            && self.published.is_none()
            && bounded.start.is_none()
            && bounded.end.is_none()
        {
            self.first_open.get_or_insert(span);
        }
        if told.start.is_some() {
            self.anchor = Some(Anchor { interval: told, sentence: self.sentence });
        }
        self.out.push(Time {
            span,
            start: bounded.start,
            end: bounded.end,
            granularity: bounded.granularity,
            basis,
        });
    }

    /// "two days after …": counted from the time that follows; else, with a time before it in the sentence ("said on
    /// Wednesday, two days after it declared victory"), the happening behind "after" is what the words date.
    fn put_clause(
        &mut self,
        line: Line<'_>,
        found: Expression,
        unit: Unit,
        count: Count,
        later: bool,
    ) -> Option<usize> {
        if let Some(base) =
            expression::expression(line, found.next).filter(|b| !matches!(b.core, Core::Clause { .. }))
        {
            let tense = self.tense(line, &base);
            let told = self.resolve(line, &base, tense, None);
            let interval = apart(told.first(), unit, count, later);
            let core = if is_stated(base.core) { base.core } else { found.core };
            let found = Expression { next: base.next, core, ..found };
            self.push(line, &found, interval, interval);
            return Some(found.next);
        }
        let aside = found.first > 0 && line.mark(found.first - 1, ',');
        let here = self.anchor.filter(|a| a.sentence == self.sentence && aside);
        let interval = match here {
            Some(anchor) => apart(anchor.interval.first(), unit, count, !later),
            None => Interval::unknown(unit.granularity()),
        };
        // "suspended for 20 minutes before the game went on" is a length of time.
        if interval.start.is_none() && matches!(unit, Unit::Minute | Unit::Hour) {
            return None;
        }
        let span = span(line, found.first, found.next);
        if interval.start.is_none() {
            if self.published.is_some() {
                let message = "counted from a happening whose day is not told here".to_owned();
                self.notes.push(Note { kind: NoteKind::Time, span: Some(span), message });
            } else {
                self.first_open.get_or_insert(span);
            }
        }
        self.out.push(Time {
            span,
            start: interval.start,
            end: interval.end,
            granularity: interval.granularity,
            basis: Basis::Relative,
        });
        Some(found.next)
    }

    fn put_range(&mut self, line: Line<'_>, first: Expression, last: Expression) -> Option<usize> {
        let whole = Expression { next: last.next, ..first };
        let tense = self.tense(line, &whole);
        let (mut a, mut b);
        if let (Core::Weekday(day, Which::Nearest), Core::Weekday(end, _)) = (first.core, last.core) {
            if tense == Tense::Future {
                a = self.resolve(line, &first, tense, None);
                b = self.resolve(line, &last, tense, None);
                if let Some(start) = a.first() {
                    b = calendar::weekday_ahead(start, end).map_or(b, |d| self.on_day(&last, d));
                }
            } else {
                b = self.resolve(line, &last, tense, None);
                a = b
                    .first()
                    .and_then(|e| calendar::weekday_back(e, day))
                    .map_or(b, |d| self.on_day(&first, d));
            }
        } else {
            b = self.resolve(line, &last, tense, None);
            let year = match last.core {
                Core::Date { year: Year::Stated(year), .. } => Some(year),
                _ => None,
            };
            a = self.resolve(line, &first, tense, year);
            if let (Some(start), Some(end)) = (a.first(), b.after())
                && start >= end
            {
                let stated = year.is_some();
                let shift = |interval: Interval, months: i64| Interval {
                    start: interval.first().and_then(|d| calendar::months(d, months)).map(Moment::day),
                    end: interval.after().and_then(|d| calendar::months(d, months)).map(Moment::day),
                    ..interval
                };
                if stated { a = shift(a, -12) } else { b = shift(b, 12) }
            }
        }
        // "15/02/2022 to 2014": two times, no range.
        if let (Some(start), Some(end)) = (a.first(), b.after())
            && start >= end
        {
            return self.put(line, first);
        }
        let interval = a.through(b);
        let core = if is_stated(last.core) { last.core } else { first.core };
        let found = Expression { next: last.next, core, ..first };
        self.push(line, &found, interval, interval);
        Some(last.next)
    }

    fn tense(&self, line: Line<'_>, found: &Expression) -> Tense {
        if is_stated(found.core) {
            return Tense::Unknown;
        }
        let Some(tree) = self.tree else { return tense::of_words(line, found.first, found.next) };
        let tokens = tree.document().tokens_in(span(line, found.first, found.next));
        if tokens.is_empty() {
            return Tense::Unknown;
        }
        tense::of_tokens(tree, TokenId(tokens.start), TokenId(tokens.end - 1))
    }

    /// The day told before, within reach.
    fn told(&self) -> Option<Date> {
        self.anchor.filter(|a| self.sentence - a.sentence <= REACH).and_then(|a| a.interval.first())
    }

    /// The interval of an expression. `year` stands in where the date has none.
    fn resolve(&self, line: Line<'_>, found: &Expression, tense: Tense, year: Option<i16>) -> Interval {
        let here = self.published;
        let unknown = || Interval::unknown(granularity(found.core));
        let from_here = |f: &dyn Fn(Date) -> Interval| here.map_or_else(unknown, f);
        let base = match found.core {
            Core::Date { year: which, month, day, last, weekday } => {
                let year = match (which, year) {
                    (Year::Stated(year), _) | (_, Some(year)) => Some(year),
                    _ => here.and_then(|h| self.year_of(which, month, day, weekday, h, tense)),
                };
                year.map_or_else(unknown, |year| match day {
                    None => Interval::month(year, month),
                    Some(first) => {
                        let start = Date::new(year, month, first).ok();
                        let end = Date::new(year, month, last.unwrap_or(first))
                            .ok()
                            .and_then(|d| calendar::later(d, 1));
                        Interval::days(start, end.filter(|_| start.is_some()), Granularity::Day)
                    }
                })
            }
            Core::Ambiguous | Core::Clause { .. } => unknown(),
            Core::Weekday(weekday, which) => from_here(&|h| {
                let back = calendar::weekday_back(h, weekday);
                let ahead = calendar::weekday_ahead(h, weekday);
                let day = match which {
                    Which::Last => calendar::later(h, -1).and_then(|h| calendar::weekday_back(h, weekday)),
                    Which::Next => calendar::later(h, 1).and_then(|h| calendar::weekday_ahead(h, weekday)),
                    Which::This if !matches!(tense, Tense::Past | Tense::Since) => ahead,
                    _ if tense == Tense::Future => ahead,
                    _ => back,
                };
                day.map_or_else(unknown, Interval::day)
            }),
            Core::WeekdayIn(weekday, shift) => from_here(&|h| {
                let monday = calendar::later(calendar::monday(h), 7 * shift);
                monday.and_then(|m| calendar::weekday_ahead(m, weekday)).map_or_else(unknown, Interval::day)
            }),
            Core::Day(shift) => from_here(&|h| calendar::later(h, shift).map_or_else(unknown, Interval::day)),
            Core::Unit(Unit::Weekend, 0) => from_here(&|h| {
                let this = Interval::unit(h, Unit::Weekend, 0);
                let begun = this.first().is_some_and(|d| d <= h);
                if tense == Tense::Future || begun { this } else { Interval::unit(h, Unit::Weekend, -1) }
            }),
            Core::Unit(unit, shift) => from_here(&|h| Interval::unit(h, unit, shift)),
            Core::Beside(unit, shift) => {
                self.told().or(here).map_or_else(unknown, |day| Interval::unit(day, unit, shift))
            }
            Core::Rolling { unit, count, ahead } => from_here(&|h| rolling(h, unit, count, ahead)),
            Core::Ago { unit, count, ahead } => from_here(&|h| apart(Some(h), unit, count, ahead)),
            Core::Apart { unit, count, later } => apart(self.told().or(here), unit, count, later),
            Core::Years { first, count } => {
                let granularity = granularity(found.core);
                Interval::years(i64::from(first), i64::from(count), granularity)
            }
            Core::Season(season, which) => {
                let year = match which {
                    Year::Stated(year) => Some(year),
                    _ => here.and_then(|h| self.year_of(which, season.month(), None, None, h, tense)),
                };
                year.map_or_else(unknown, |y| Interval::season(y, season))
            }
            Core::Quarter(quarter, which) => self.year_part(quarter * 3 - 2, 3, which, tense),
            Core::Half(half, which) => self.year_part(half * 6 - 5, 6, which, tense),
            Core::Period(n) => {
                let day = |(y, m, d): (i16, i8, i8)| Date::new(y, m, d).ok();
                Interval::days(day(PERIODS[n].start), day(PERIODS[n].end), Granularity::Era)
            }
            Core::Part(part, shift) => {
                let day = match shift {
                    Some(shift) => here.and_then(|h| calendar::later(h, shift)),
                    None => self.told_day().or(here),
                };
                day.map_or_else(unknown, |d| Interval::part(d, part))
            }
            Core::Clock => {
                let day = self.told_day().or(here);
                return day.map_or_else(unknown, |d| self.on_day(found, d));
            }
        };
        let part = found.part.or_else(|| {
            expression::opening_part(line, found.first)
                .filter(|_| matches!(found.core, Core::Weekday(..) | Core::Day(_) | Core::Date { .. }))
        });
        let found = &Expression { part, ..*found };
        match base.first() {
            Some(day) if found.clock.is_some() || found.part.is_some() => self.on_day(found, day),
            _ => self.portion(base, found),
        }
    }

    /// The day of the time told before in this sentence.
    fn told_day(&self) -> Option<Date> {
        let fine = |a: &Anchor| a.sentence == self.sentence && a.interval.granularity <= Granularity::Day;
        self.anchor.filter(fine).and_then(|a| a.interval.first())
    }

    /// The clock or part of an expression on a day.
    fn on_day(&self, found: &Expression, day: Date) -> Interval {
        match (found.clock, found.part) {
            (Some(clock), _) => match clock.minute {
                Some(minute) => Interval::minute(day, clock.hour, minute),
                None => Interval::hours(day, clock.hour, 1, Granularity::Hour),
            },
            (None, Some(part)) => Interval::part(day, part),
            (None, None) => self.portion(Interval::day(day), found),
        }
    }

    fn portion(&self, base: Interval, found: &Expression) -> Interval {
        match found.portion {
            Portion::Whole => base,
            Portion::Third(which) => base.third(which),
            Portion::Half(which) => {
                let (Some(start), Some(end)) = (base.first(), base.after()) else { return base };
                let middle = match base.granularity {
                    Granularity::Year => calendar::months(start, 6),
                    _ => calendar::later(start, calendar::days_between(start, end) / 2),
                };
                let (start, end) = if which == 0 { (Some(start), middle) } else { (middle, Some(end)) };
                Interval::days(start, end, base.granularity)
            }
            // "earlier on Tuesday" and "earlier in 1994" are just Tuesday and 1994; "earlier this month" ends now.
            Portion::UpToNow | Portion::FromNow => {
                let (Some(start), Some(end), Some(here)) = (base.first(), base.after(), self.published)
                else {
                    return base;
                };
                let Some(tomorrow) = calendar::later(here, 1).filter(|_| start <= here && here < end) else {
                    return base;
                };
                if base.granularity <= Granularity::Day {
                    base
                } else if found.portion == Portion::UpToNow {
                    Interval::days(Some(start), Some(tomorrow), base.granularity)
                } else {
                    Interval::days(Some(here), Some(end), base.granularity)
                }
            }
        }
    }

    /// Months of a year: quarters and halves.
    fn year_part(&self, month: i8, count: i64, which: Year, tense: Tense) -> Interval {
        // Results "will be reported for the third quarter" when it is over.
        let tense = if tense == Tense::Future { Tense::Unknown } else { Tense::Since };
        let year = match which {
            Year::Stated(year) => Some(year),
            _ => self.published.and_then(|h| self.year_of(which, month, None, None, h, tense)),
        };
        let start = year.and_then(|y| Date::new(y, month, 1).ok());
        Interval::days(start, start.and_then(|d| calendar::months(d, count)), Granularity::Quarter)
    }

    /// The year of a date that has none: the one in which the date lies nearest in the direction of the clause.
    fn year_of(
        &self,
        which: Year,
        month: i8,
        day: Option<i8>,
        weekday: Option<jiff::civil::Weekday>,
        here: Date,
        tense: Tense,
    ) -> Option<i16> {
        let of = |year: i16| Date::new(year, month, day.unwrap_or(1)).ok();
        let ends =
            |start: Date| if day.is_some() { calendar::later(start, 1) } else { calendar::months(start, 1) };
        let years = || (-4..=4).filter_map(|n| here.year().checked_add(n));
        match which {
            Year::Stated(year) => return Some(year),
            Year::Shift(shift) => return i16::try_from(i64::from(here.year()) + shift).ok(),
            Year::Last => return years().filter(|&y| of(y).and_then(ends).is_some_and(|e| e <= here)).max(),
            Year::Next => return years().filter(|&y| of(y).is_some_and(|d| d > here)).min(),
            Year::Open => {}
        }
        if let Some(weekday) = weekday {
            // "Tuesday, Feb. 15": the weekday fixes the year.
            let fits = |y: &i16| of(*y).is_some_and(|d| d.weekday() == weekday);
            let distance = |y: &i16| of(*y).map_or(i64::MAX, |d| calendar::days_between(here, d).abs());
            if let Some(year) = years().filter(fits).min_by_key(distance) {
                return Some(year);
            }
        }
        let past = years().filter(|&y| of(y).is_some_and(|d| d <= here)).max();
        let ahead = years().filter(|&y| of(y).and_then(ends).is_some_and(|e| e > here)).min();
        let away =
            |year: Option<i16>| year.and_then(of).map_or(i64::MAX, |d| calendar::days_between(here, d).abs());
        let (behind, before) = (away(past), away(ahead));
        // Nobody leaves out the year of a day that is most of a year away: there the clause was misread.
        let back = match tense {
            Tense::Past => !(behind > 300 && before < 60),
            Tense::Since => true,
            Tense::Future => before > 300 && behind < 60,
            Tense::Present | Tense::Unknown => behind <= before,
        };
        if back { past } else { ahead }
    }

    /// What "since", "by", "until", "before", "after" make of an interval. `last`: the interval is itself the end of
    /// something, so that "before the end of June" reaches to the end.
    fn bound(&self, told: Interval, side: Option<Side>, tense: Tense, last: bool) -> Interval {
        let tomorrow = self.published.and_then(|h| calendar::later(h, 1)).map(Moment::day);
        let here = self.published.map(Moment::day);
        let Some(side) = side else { return told };
        match side {
            Side::Since if told.granularity == Granularity::Era => {
                Interval { start: told.end, end: tomorrow, ..told }
            }
            Side::Since => Interval { end: tomorrow.filter(|e| told.start.is_none_or(|s| s < *e)), ..told },
            Side::Until | Side::Before => {
                let end = if side == Side::Until || last { told.end } else { told.start };
                let ahead = end.zip(tomorrow).is_some_and(|(end, tomorrow)| {
                    end.at > tomorrow.at || end.at == tomorrow.at && tense != Tense::Past
                });
                Interval { start: here.filter(|_| ahead), end, ..told }
            }
            Side::After => Interval { start: told.end, end: None, ..told },
            Side::Within => told,
        }
    }
}

/// The words that turn a time into a bound.
fn side(line: Line<'_>, found: &Expression) -> Option<Side> {
    if matches!(
        found.core,
        Core::Ago { .. } | Core::Apart { .. } | Core::Rolling { .. } | Core::Clause { .. }
    ) {
        let before = found.first.checked_sub(1).and_then(|b| line.key(b));
        return (before == Some(Key::Since)).then_some(Side::Since);
    }
    let place = found.first.checked_sub(1)?;
    let side = match line.key(place)? {
        Key::Since => Side::Since,
        Key::Until | Key::By => Side::Until,
        Key::Before => Side::Before,
        Key::After => Side::After,
        Key::Within => Side::Within,
        Key::To if place > 0 && line.is(place - 1, "prior") => Side::Before,
        _ => return None,
    };
    // "after Monday's attack", "after the Oct. 23 attack" are about the day itself.
    let noun = line.key(found.first) == Some(Key::The)
        && line.at(found.next).is_some_and(|p| p.is_word() && p.term == words::Term::Other);
    (!(matches!(side, Side::Before | Side::After) && (line.possessive(found.next) || noun))).then_some(side)
}

/// Two expressions that "from … to" or "between … and" join.
fn range(line: Line<'_>, i: usize, opener: Option<Key>) -> Option<(Expression, Expression)> {
    let first = match expression::four_digits(line, i) {
        Some(_) => expression::range_end(line, i)?,
        None => expression::expression(line, i)?,
    };
    if first.first < i {
        return None;
    }
    let last = linked(line, &first, opener)?;
    Some((first, last))
}

/// The other end, when a link and a like expression follow.
fn linked(line: Line<'_>, first: &Expression, opener: Option<Key>) -> Option<Expression> {
    if matches!(first.core, Core::Date { last: Some(_), .. }) {
        return None;
    }
    let link = line.at(first.next)?;
    let joins = match opener {
        Some(Key::Between) => link.key() == Some(Key::And),
        Some(_) => matches!(link.key(), Some(Key::To | Key::Until | Key::Through)) || link.is_dash(),
        None => {
            matches!(link.key(), Some(Key::To | Key::Through))
                || link.is_dash() && link.glued && line.glued(first.next + 1)
        }
    };
    if !joins {
        return None;
    }
    let last = expression::range_end(line, first.next + 1)?;
    expression::pairs(first, &last).then_some(last)
}

/// Whether the words alone fix the date.
fn is_stated(core: Core) -> bool {
    matches!(
        core,
        Core::Date { year: Year::Stated(_), .. }
            | Core::Ambiguous
            | Core::Years { .. }
            | Core::Period(_)
            | Core::Season(_, Year::Stated(_))
            | Core::Quarter(_, Year::Stated(_))
            | Core::Half(_, Year::Stated(_))
    )
}

/// How fine a core is.
fn granularity(core: Core) -> Granularity {
    match core {
        Core::Date { day: None, .. } => Granularity::Month,
        Core::Date { .. } | Core::Ambiguous | Core::Weekday(..) | Core::WeekdayIn(..) | Core::Day(_) => {
            Granularity::Day
        }
        Core::Unit(unit, _)
        | Core::Beside(unit, _)
        | Core::Rolling { unit, .. }
        | Core::Ago { unit, .. }
        | Core::Apart { unit, .. }
        | Core::Clause { unit, .. } => unit.granularity(),
        Core::Years { count, .. } => match count {
            100 => Granularity::Era,
            10 => Granularity::Decade,
            _ => Granularity::Year,
        },
        Core::Season(..) => Granularity::Season,
        Core::Quarter(..) | Core::Half(..) => Granularity::Quarter,
        Core::Period(_) => Granularity::Era,
        Core::Part(..) => Granularity::PartOfDay,
        Core::Clock => Granularity::Hour,
    }
}

/// The units up to now, or from now: "the past two days" are yesterday and today.
fn rolling(here: Date, unit: Unit, count: Count, ahead: bool) -> Interval {
    let granularity = unit.granularity();
    let tomorrow = calendar::later(here, 1);
    let Some((_, high)) = count else {
        // "recent weeks": open where the words are.
        let (start, end) = if ahead { (Some(here), None) } else { (None, tomorrow) };
        return Interval::days(start, end, granularity);
    };
    if ahead {
        let end = calendar::shifted(here, unit, high).and_then(|d| calendar::later(d, 1));
        return Interval::days(Some(here), end, granularity);
    }
    let start = match unit {
        // Days and nights are counted with today.
        Unit::Day | Unit::Night => calendar::later(here, 1 - high),
        _ => calendar::shifted(here, unit, -high),
    };
    Interval::days(start, tomorrow, granularity)
}

/// The calendar unit so many units away from a day.
fn apart(day: Option<Date>, unit: Unit, count: Count, later: bool) -> Interval {
    let granularity = unit.granularity();
    let Some(day) = day else { return Interval::unknown(granularity) };
    let Some((low, high)) = count else {
        let (start, end) = if later { (Some(day), None) } else { (None, Some(day)) };
        return Interval::days(start, end, granularity);
    };
    let (near, far) = if later { (low, high) } else { (-high, -low) };
    match unit {
        Unit::Minute | Unit::Hour => {
            let shifted = calendar::shifted(day, unit, if later { high } else { -high });
            shifted.map_or(Interval::unknown(granularity), |d| Interval { granularity, ..Interval::day(d) })
        }
        // "a decade ago" is a year, told roughly.
        Unit::Decade | Unit::Century => {
            let years = if unit == Unit::Decade { 10 } else { 100 };
            let first = i64::from(day.year()) + near * years;
            Interval::years(first, (far - near) * years + 1, Granularity::Year)
        }
        Unit::Fortnight | Unit::Weekend => {
            let shifted = |n: i64| calendar::shifted(day, unit, n);
            Interval::days(shifted(near), shifted(far).and_then(|d| calendar::later(d, 1)), granularity)
        }
        _ => Interval::unit(day, unit, near).through(Interval::unit(day, unit, far)),
    }
}

/// The bytes of some pieces.
fn span(line: Line<'_>, first: usize, next: usize) -> Span {
    let last = next.max(first + 1).min(line.pieces.len()) - 1;
    line.pieces[first].span.cover(line.pieces[last].span)
}
