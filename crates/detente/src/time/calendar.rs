//! Intervals of the calendar.

use super::words::{Part, Season, Unit};
use super::{Granularity, Moment};
use jiff::{
    Span,
    civil::{Date, DateTime, Weekday},
};

/// An interval with exclusive end; an open or unknown side is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    pub(super) start: Option<Moment>,
    pub(super) end: Option<Moment>,
    pub(super) granularity: Granularity,
}

impl Moment {
    /// A day.
    pub(super) fn day(date: Date) -> Self {
        Self { at: date.at(0, 0, 0, 0), day_only: true }
    }

    fn clock(at: DateTime) -> Self {
        Self { at, day_only: false }
    }
}

impl Interval {
    /// Nothing known but how fine the words are.
    pub(super) const fn unknown(granularity: Granularity) -> Self {
        Self { start: None, end: None, granularity }
    }

    /// From one day to before another.
    pub(super) fn days(start: Option<Date>, end: Option<Date>, granularity: Granularity) -> Self {
        Self { start: start.map(Moment::day), end: end.map(Moment::day), granularity }
    }

    /// One day.
    pub(super) fn day(date: Date) -> Self {
        Self::days(Some(date), later(date, 1), Granularity::Day)
    }

    /// Some hours of a day.
    pub(super) fn hours(date: Date, hour: i8, hours: i32, granularity: Granularity) -> Self {
        let start = date.at(hour.clamp(0, 23), 0, 0, 0);
        let end = start.checked_add(Span::new().hours(hours)).ok();
        Self { start: Some(Moment::clock(start)), end: end.map(Moment::clock), granularity }
    }

    /// A minute.
    pub(super) fn minute(date: Date, hour: i8, minute: i8) -> Self {
        let start = date.at(hour.clamp(0, 23), minute.clamp(0, 59), 0, 0);
        let end = start.checked_add(Span::new().minutes(1)).ok();
        Self {
            start: Some(Moment::clock(start)),
            end: end.map(Moment::clock),
            granularity: Granularity::Minute,
        }
    }

    /// A part of a day.
    pub(super) fn part(date: Date, part: Part) -> Self {
        let (hour, hours) = part.hours();
        Self::hours(date, hour, hours, Granularity::PartOfDay)
    }

    /// The calendar unit that holds a day, `shift` units later.
    pub(super) fn unit(date: Date, unit: Unit, shift: i64) -> Self {
        let granularity = unit.granularity();
        let span = |start: Option<Date>, end: Option<Date>| Self::days(start, end, granularity);
        match unit {
            Unit::Minute | Unit::Hour | Unit::Day => {
                let start = if unit == Unit::Day { later(date, shift) } else { Some(date) };
                span(start, start.and_then(|d| later(d, 1)))
            }
            Unit::Night => {
                later(date, shift).map_or(Self::unknown(granularity), |d| Self::part(d, Part::Night))
            }
            Unit::Week | Unit::Fortnight => {
                let weeks = if unit == Unit::Week { 1 } else { 2 };
                let start = later(monday(date), 7 * weeks * shift);
                span(start, start.and_then(|d| later(d, 7)))
            }
            Unit::Weekend => {
                let start = later(monday(date), 7 * shift + 5);
                span(start, start.and_then(|d| later(d, 2)))
            }
            Unit::Month => {
                let start = months(date.first_of_month(), shift);
                span(start, start.and_then(|d| months(d, 1)))
            }
            Unit::Quarter => {
                let first = Date::new(date.year(), (date.month() - 1) / 3 * 3 + 1, 1).ok();
                let start = first.and_then(|d| months(d, 3 * shift));
                span(start, start.and_then(|d| months(d, 3)))
            }
            Unit::Year => {
                let start = months(date.first_of_year(), 12 * shift);
                span(start, start.and_then(|d| months(d, 12)))
            }
            Unit::Decade => {
                Self::years(i64::from(date.year()).div_euclid(10) * 10 + 10 * shift, 10, granularity)
            }
            Unit::Century => Self::years(
                i64::from(date.year() - 1).div_euclid(100) * 100 + 1 + 100 * shift,
                100,
                granularity,
            ),
        }
    }

    /// Whole years.
    pub(super) fn years(first: i64, count: i64, granularity: Granularity) -> Self {
        let start_of = |year: i64| i16::try_from(year).ok().and_then(|y| Date::new(y, 1, 1).ok());
        Self::days(start_of(first), start_of(first + count), granularity)
    }

    /// A month of a year.
    pub(super) fn month(year: i16, month: i8) -> Self {
        let start = Date::new(year, month, 1).ok();
        Self::days(start, start.and_then(|d| months(d, 1)), Granularity::Month)
    }

    /// A season of the year in which it begins.
    pub(super) fn season(year: i16, season: Season) -> Self {
        let start = Date::new(year, season.month(), 1).ok();
        Self::days(start, start.and_then(|d| months(d, 3)), Granularity::Season)
    }

    /// The first day.
    pub(super) fn first(&self) -> Option<Date> {
        self.start.map(|m| m.at.date())
    }

    /// The day after the last.
    pub(super) fn after(&self) -> Option<Date> {
        let end = self.end?;
        if end.at == end.at.date().at(0, 0, 0, 0) { Some(end.at.date()) } else { later(end.at.date(), 1) }
    }

    /// From the beginning of this to the end of that.
    pub(super) fn through(self, last: Self) -> Self {
        Self { start: self.start, end: last.end, granularity: self.granularity.min(last.granularity) }
    }

    /// A third of it: 0 the first, 2 the last. A single day is cut into halves of the day instead.
    pub(super) fn third(self, which: i32) -> Self {
        let (Some(start), Some(end)) = (self.first(), self.after()) else { return self };
        let days = days_between(start, end);
        if days <= 1 {
            let (hour, hours) = [(0, 9), (11, 4), (18, 6)][which as usize];
            return Self::hours(start, hour, hours, Granularity::PartOfDay);
        }
        let bound = |n: i32| match n {
            0 => Some(start),
            3 => Some(end),
            // Months of 28 to 31 days are cut at the 11th and the 21st, years at May and September.
            _ if self.granularity == Granularity::Month => later(start, i64::from(n) * 10),
            _ if self.granularity == Granularity::Year => months(start, i64::from(n) * 4),
            _ => later(start, days * i64::from(n) / 3),
        };
        Self::days(bound(which), bound(which + 1), self.granularity)
    }
}

/// The Monday of a day's week.
pub(super) fn monday(date: Date) -> Date {
    later(date, -i64::from(date.weekday().to_monday_zero_offset())).unwrap_or(date)
}

/// So many days later.
pub(super) fn later(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// So many months later; the day is kept where the month has it.
pub(super) fn months(date: Date, months: i64) -> Option<Date> {
    date.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// So many units later.
pub(super) fn shifted(date: Date, unit: Unit, count: i64) -> Option<Date> {
    match unit {
        Unit::Minute => Some(date),
        Unit::Hour => later(date, count / 24),
        Unit::Day | Unit::Night | Unit::Weekend => later(date, count),
        Unit::Week => later(date, count.checked_mul(7)?),
        Unit::Fortnight => later(date, count.checked_mul(14)?),
        Unit::Month => months(date, count),
        Unit::Quarter => months(date, count.checked_mul(3)?),
        Unit::Year => months(date, count.checked_mul(12)?),
        Unit::Decade => months(date, count.checked_mul(120)?),
        Unit::Century => months(date, count.checked_mul(1200)?),
    }
}

/// Days from one date to another.
pub(super) fn days_between(a: Date, b: Date) -> i64 {
    // Without a largest unit, jiff counts the difference of two dates in days.
    b.since(a).map_or(0, |span| i64::from(span.get_days()))
}

/// The weekday at or before a day.
pub(super) fn weekday_back(date: Date, weekday: Weekday) -> Option<Date> {
    later(date, -i64::from(date.weekday().since(weekday)))
}

/// The weekday at or after a day.
pub(super) fn weekday_ahead(date: Date, weekday: Weekday) -> Option<Date> {
    later(date, i64::from(date.weekday().until(weekday)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn calendar() {
        let d = date(2022, 2, 15);
        assert_eq!(monday(d), date(2022, 2, 14));
        assert_eq!(weekday_back(d, Weekday::Tuesday), Some(d));
        assert_eq!(weekday_back(d, Weekday::Wednesday), Some(date(2022, 2, 9)));
        assert_eq!(weekday_ahead(d, Weekday::Monday), Some(date(2022, 2, 21)));
        assert_eq!(Interval::unit(d, Unit::Century, 0).first(), Some(date(2001, 1, 1)));
        assert_eq!(Interval::unit(d, Unit::Quarter, -1).first(), Some(date(2021, 10, 1)));
        assert_eq!(days_between(date(2022, 1, 1), date(2023, 1, 1)), 365);
        assert_eq!(days_between(date(2023, 1, 1), date(2022, 1, 1)), -365);
        assert_eq!(later(Date::MAX, 1), None);
        assert_eq!(shifted(d, Unit::Century, i64::MAX), None);
        assert_eq!(Interval::part(Date::MAX, Part::Night).end, None);
    }
}
