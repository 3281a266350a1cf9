//! The closed vocabulary of times and figures: one sorted table, one look-up a word.

use super::Granularity;
use jiff::civil::Weekday;

/// What a word can contribute to a time or a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Term {
    /// Nothing that is known here.
    Other,
    /// one … ninety.
    Cardinal(u8),
    /// hundred, thousand, million …
    Scale(Scale),
    /// hundreds, thousands, millions …
    Scales(Scale),
    /// first … thirty-first, as far as one word.
    Ordinal(u8),
    /// A month in full.
    Month(i8),
    /// An abbreviated month.
    MonthShort(i8),
    /// A weekday in full.
    Weekday(Weekday),
    /// An abbreviated weekday.
    WeekdayShort(Weekday),
    /// A unit of time, and whether the word is plural.
    Unit(Unit, Number),
    /// A part of the day.
    Part(Part),
    /// A season.
    Season(Season),
    /// A function word.
    Key(Key),
}

/// Singular or plural.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    Singular,
    Plural,
}

/// Words that multiply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    Ten,
    Dozen,
    Score,
    Hundred,
    Thousand,
    Million,
    Billion,
    Trillion,
}

impl Scale {
    /// By how much.
    pub(crate) const fn factor(self) -> f64 {
        match self {
            Self::Ten => 1e1,
            Self::Dozen => 12.0,
            Self::Score => 20.0,
            Self::Hundred => 1e2,
            Self::Thousand => 1e3,
            Self::Million => 1e6,
            Self::Billion => 1e9,
            Self::Trillion => 1e12,
        }
    }
}

/// Units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// How fine a time counted in this unit is.
    pub(crate) const fn granularity(self) -> Granularity {
        match self {
            Self::Minute => Granularity::Minute,
            Self::Hour => Granularity::Hour,
            Self::Day | Self::Weekend => Granularity::Day,
            Self::Night => Granularity::PartOfDay,
            Self::Week | Self::Fortnight => Granularity::Week,
            Self::Month => Granularity::Month,
            Self::Quarter => Granularity::Quarter,
            Self::Year => Granularity::Year,
            Self::Decade => Granularity::Decade,
            Self::Century => Granularity::Era,
        }
    }

    /// The singular word.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Night => "night",
            Self::Week => "week",
            Self::Fortnight => "fortnight",
            Self::Weekend => "weekend",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
        }
    }
}

/// Parts of the day, with the hours that they are taken to cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Dawn,
    Morning,
    Noon,
    Afternoon,
    Dusk,
    Evening,
    Night,
    Midnight,
}

impl Part {
    /// First hour and how many hours, counted from the day's beginning.
    pub(crate) const fn hours(self) -> (i8, i32) {
        match self {
            Self::Dawn => (4, 3),
            Self::Morning => (6, 6),
            Self::Noon => (12, 1),
            Self::Afternoon => (12, 6),
            Self::Dusk => (17, 3),
            Self::Evening => (18, 6),
            Self::Night => (18, 12),
            Self::Midnight => (0, 1),
        }
    }
}

/// Seasons of the northern half of the earth: where most of the wires write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    /// Its first month.
    pub(crate) const fn month(self) -> i8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }
}

/// Function words of times and figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    A,
    After,
    Ago,
    And,
    Around,
    At,
    Before,
    Beginning,
    Between,
    By,
    Coming,
    Couple,
    During,
    Each,
    Earlier,
    Early,
    End,
    Few,
    Following,
    From,
    Half,
    In,
    Last,
    Late,
    Later,
    Mid,
    Middle,
    Next,
    Now,
    Of,
    On,
    Or,
    Over,
    Overnight,
    Past,
    Previous,
    Recent,
    Same,
    Several,
    Since,
    Single,
    That,
    The,
    Then,
    This,
    Through,
    To,
    Today,
    Tomorrow,
    Tonight,
    Until,
    Within,
    Yesterday,
}

use Key::*;
use Number::{Plural, Singular};
use Term::{Cardinal, Ordinal, Scales};

/// Lower-case words, sorted.
const TABLE: &[(&str, Term)] = &[
    ("a", Term::Key(A)),
    ("after", Term::Key(After)),
    ("afternoon", Term::Part(Part::Afternoon)),
    ("ago", Term::Key(Ago)),
    ("an", Term::Key(A)),
    ("and", Term::Key(And)),
    ("apr", Term::MonthShort(4)),
    ("april", Term::Month(4)),
    ("around", Term::Key(Around)),
    ("at", Term::Key(At)),
    ("aug", Term::MonthShort(8)),
    ("august", Term::Month(8)),
    ("autumn", Term::Season(Season::Autumn)),
    ("before", Term::Key(Before)),
    ("beginning", Term::Key(Beginning)),
    ("between", Term::Key(Between)),
    ("billion", Term::Scale(Scale::Billion)),
    ("billions", Scales(Scale::Billion)),
    ("by", Term::Key(By)),
    ("centuries", Term::Unit(Unit::Century, Plural)),
    ("century", Term::Unit(Unit::Century, Singular)),
    ("coming", Term::Key(Coming)),
    ("couple", Term::Key(Couple)),
    ("dawn", Term::Part(Part::Dawn)),
    ("day", Term::Unit(Unit::Day, Singular)),
    ("days", Term::Unit(Unit::Day, Plural)),
    ("dec", Term::MonthShort(12)),
    ("decade", Term::Unit(Unit::Decade, Singular)),
    ("decades", Term::Unit(Unit::Decade, Plural)),
    ("december", Term::Month(12)),
    ("dozen", Term::Scale(Scale::Dozen)),
    ("dozens", Scales(Scale::Dozen)),
    ("during", Term::Key(During)),
    ("dusk", Term::Part(Part::Dusk)),
    ("each", Term::Key(Each)),
    ("earlier", Term::Key(Earlier)),
    ("early", Term::Key(Early)),
    ("eight", Cardinal(8)),
    ("eighteen", Cardinal(18)),
    ("eighteenth", Ordinal(18)),
    ("eighth", Ordinal(8)),
    ("eighty", Cardinal(80)),
    ("eleven", Cardinal(11)),
    ("eleventh", Ordinal(11)),
    ("end", Term::Key(End)),
    ("evening", Term::Part(Part::Evening)),
    ("every", Term::Key(Each)),
    ("fall", Term::Season(Season::Autumn)),
    ("feb", Term::MonthShort(2)),
    ("february", Term::Month(2)),
    ("few", Term::Key(Few)),
    ("fifteen", Cardinal(15)),
    ("fifteenth", Ordinal(15)),
    ("fifth", Ordinal(5)),
    ("fifty", Cardinal(50)),
    ("first", Ordinal(1)),
    ("five", Cardinal(5)),
    ("following", Term::Key(Following)),
    ("fortnight", Term::Unit(Unit::Fortnight, Singular)),
    ("forty", Cardinal(40)),
    ("four", Cardinal(4)),
    ("fourteen", Cardinal(14)),
    ("fourteenth", Ordinal(14)),
    ("fourth", Ordinal(4)),
    ("fri", Term::WeekdayShort(Weekday::Friday)),
    ("friday", Term::Weekday(Weekday::Friday)),
    ("from", Term::Key(From)),
    ("half", Term::Key(Half)),
    ("hour", Term::Unit(Unit::Hour, Singular)),
    ("hours", Term::Unit(Unit::Hour, Plural)),
    ("hundred", Term::Scale(Scale::Hundred)),
    ("hundreds", Scales(Scale::Hundred)),
    ("in", Term::Key(In)),
    ("jan", Term::MonthShort(1)),
    ("january", Term::Month(1)),
    ("jul", Term::MonthShort(7)),
    ("july", Term::Month(7)),
    ("jun", Term::MonthShort(6)),
    ("june", Term::Month(6)),
    ("last", Term::Key(Last)),
    ("late", Term::Key(Late)),
    ("later", Term::Key(Later)),
    ("mar", Term::MonthShort(3)),
    ("march", Term::Month(3)),
    ("may", Term::Month(5)),
    ("mid", Term::Key(Mid)),
    ("midday", Term::Part(Part::Noon)),
    ("middle", Term::Key(Middle)),
    ("midnight", Term::Part(Part::Midnight)),
    ("million", Term::Scale(Scale::Million)),
    ("millions", Scales(Scale::Million)),
    ("minute", Term::Unit(Unit::Minute, Singular)),
    ("minutes", Term::Unit(Unit::Minute, Plural)),
    ("mon", Term::WeekdayShort(Weekday::Monday)),
    ("monday", Term::Weekday(Weekday::Monday)),
    ("month", Term::Unit(Unit::Month, Singular)),
    ("months", Term::Unit(Unit::Month, Plural)),
    ("morning", Term::Part(Part::Morning)),
    ("next", Term::Key(Next)),
    ("night", Term::Part(Part::Night)),
    ("nights", Term::Unit(Unit::Night, Plural)),
    ("nine", Cardinal(9)),
    ("nineteen", Cardinal(19)),
    ("nineteenth", Ordinal(19)),
    ("ninety", Cardinal(90)),
    ("ninth", Ordinal(9)),
    ("noon", Term::Part(Part::Noon)),
    ("nov", Term::MonthShort(11)),
    ("november", Term::Month(11)),
    ("now", Term::Key(Now)),
    ("oct", Term::MonthShort(10)),
    ("october", Term::Month(10)),
    ("of", Term::Key(Of)),
    ("on", Term::Key(On)),
    ("one", Cardinal(1)),
    ("or", Term::Key(Or)),
    ("over", Term::Key(Over)),
    ("overnight", Term::Key(Overnight)),
    ("past", Term::Key(Past)),
    ("previous", Term::Key(Previous)),
    ("quarter", Term::Unit(Unit::Quarter, Singular)),
    ("quarters", Term::Unit(Unit::Quarter, Plural)),
    ("recent", Term::Key(Recent)),
    ("same", Term::Key(Same)),
    ("sat", Term::WeekdayShort(Weekday::Saturday)),
    ("saturday", Term::Weekday(Weekday::Saturday)),
    ("score", Term::Scale(Scale::Score)),
    ("scores", Scales(Scale::Score)),
    ("second", Ordinal(2)),
    ("sep", Term::MonthShort(9)),
    ("sept", Term::MonthShort(9)),
    ("september", Term::Month(9)),
    ("seven", Cardinal(7)),
    ("seventeen", Cardinal(17)),
    ("seventeenth", Ordinal(17)),
    ("seventh", Ordinal(7)),
    ("seventy", Cardinal(70)),
    ("several", Term::Key(Several)),
    ("since", Term::Key(Since)),
    ("single", Term::Key(Single)),
    ("six", Cardinal(6)),
    ("sixteen", Cardinal(16)),
    ("sixteenth", Ordinal(16)),
    ("sixth", Ordinal(6)),
    ("sixty", Cardinal(60)),
    ("spring", Term::Season(Season::Spring)),
    ("start", Term::Key(Beginning)),
    ("summer", Term::Season(Season::Summer)),
    ("sun", Term::WeekdayShort(Weekday::Sunday)),
    ("sunday", Term::Weekday(Weekday::Sunday)),
    ("ten", Cardinal(10)),
    ("tens", Scales(Scale::Ten)),
    ("tenth", Ordinal(10)),
    ("that", Term::Key(That)),
    ("the", Term::Key(The)),
    ("then", Term::Key(Then)),
    ("third", Ordinal(3)),
    ("thirteen", Cardinal(13)),
    ("thirteenth", Ordinal(13)),
    ("thirty", Cardinal(30)),
    ("this", Term::Key(This)),
    ("thousand", Term::Scale(Scale::Thousand)),
    ("thousands", Scales(Scale::Thousand)),
    ("three", Cardinal(3)),
    ("through", Term::Key(Through)),
    ("thu", Term::WeekdayShort(Weekday::Thursday)),
    ("thurs", Term::WeekdayShort(Weekday::Thursday)),
    ("thursday", Term::Weekday(Weekday::Thursday)),
    ("till", Term::Key(Until)),
    ("to", Term::Key(To)),
    ("today", Term::Key(Today)),
    ("tomorrow", Term::Key(Tomorrow)),
    ("tonight", Term::Key(Tonight)),
    ("trillion", Term::Scale(Scale::Trillion)),
    ("trillions", Scales(Scale::Trillion)),
    ("tue", Term::WeekdayShort(Weekday::Tuesday)),
    ("tues", Term::WeekdayShort(Weekday::Tuesday)),
    ("tuesday", Term::Weekday(Weekday::Tuesday)),
    ("twelfth", Ordinal(12)),
    ("twelve", Cardinal(12)),
    ("twentieth", Ordinal(20)),
    ("twenty", Cardinal(20)),
    ("two", Cardinal(2)),
    ("until", Term::Key(Until)),
    ("wed", Term::WeekdayShort(Weekday::Wednesday)),
    ("wednesday", Term::Weekday(Weekday::Wednesday)),
    ("week", Term::Unit(Unit::Week, Singular)),
    ("weekend", Term::Unit(Unit::Weekend, Singular)),
    ("weekends", Term::Unit(Unit::Weekend, Plural)),
    ("weeks", Term::Unit(Unit::Week, Plural)),
    ("winter", Term::Season(Season::Winter)),
    ("within", Term::Key(Within)),
    ("year", Term::Unit(Unit::Year, Singular)),
    ("years", Term::Unit(Unit::Year, Plural)),
    ("yesterday", Term::Key(Yesterday)),
];

/// The longest word of the table.
const LONGEST: usize = 11;

/// What a word is; any case.
pub(crate) fn term(word: &str) -> Term {
    let mut buffer = [0u8; LONGEST];
    let Some(lower) = buffer.get_mut(..word.len()) else { return Term::Other };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let lower: &[u8] = lower;
    match TABLE.binary_search_by(|&(entry, _)| entry.as_bytes().cmp(lower)) {
        Ok(place) => TABLE[place].1,
        Err(_) => Term::Other,
    }
}

/// A named period.
pub(crate) struct Period {
    /// Its words, lower case.
    pub(crate) words: &'static [&'static str],
    /// First day: year, month, day.
    pub(crate) start: (i16, i8, i8),
    /// One past the last day.
    pub(crate) end: (i16, i8, i8),
}

/// Periods that news counts from. Longer wordings stand before the shorter ones that they begin with.
pub(crate) const PERIODS: &[Period] = &[
    Period { words: &["cold", "war"], start: (1947, 1, 1), end: (1992, 1, 1) },
    Period { words: &["second", "world", "war"], start: (1939, 9, 1), end: (1945, 9, 3) },
    Period { words: &["first", "world", "war"], start: (1914, 7, 28), end: (1918, 11, 12) },
    Period { words: &["world", "war", "ii"], start: (1939, 9, 1), end: (1945, 9, 3) },
    Period { words: &["world", "war", "two"], start: (1939, 9, 1), end: (1945, 9, 3) },
    Period { words: &["world", "war", "i"], start: (1914, 7, 28), end: (1918, 11, 12) },
    Period { words: &["world", "war", "one"], start: (1914, 7, 28), end: (1918, 11, 12) },
    Period { words: &["soviet", "era"], start: (1922, 12, 30), end: (1991, 12, 27) },
    Period { words: &["soviet", "times"], start: (1922, 12, 30), end: (1991, 12, 27) },
    Period { words: &["soviet", "period"], start: (1922, 12, 30), end: (1991, 12, 27) },
    Period { words: &["korean", "war"], start: (1950, 6, 25), end: (1953, 7, 28) },
    Period { words: &["vietnam", "war"], start: (1955, 11, 1), end: (1975, 5, 1) },
    Period { words: &["gulf", "war"], start: (1990, 8, 2), end: (1991, 3, 1) },
    Period { words: &["iran", "iraq", "war"], start: (1980, 9, 22), end: (1988, 8, 21) },
    Period { words: &["iraq", "war"], start: (2003, 3, 20), end: (2011, 12, 19) },
    Period { words: &["six", "day", "war"], start: (1967, 6, 5), end: (1967, 6, 11) },
    Period { words: &["yom", "kippur", "war"], start: (1973, 10, 6), end: (1973, 10, 26) },
    Period { words: &["falklands", "war"], start: (1982, 4, 2), end: (1982, 6, 15) },
    Period { words: &["bosnian", "war"], start: (1992, 4, 6), end: (1995, 12, 15) },
    Period { words: &["kosovo", "war"], start: (1998, 2, 28), end: (1999, 6, 12) },
    Period { words: &["spanish", "civil", "war"], start: (1936, 7, 17), end: (1939, 4, 2) },
    Period { words: &["american", "civil", "war"], start: (1861, 4, 12), end: (1865, 5, 27) },
    Period { words: &["cultural", "revolution"], start: (1966, 5, 16), end: (1976, 10, 7) },
    Period { words: &["arab", "spring"], start: (2010, 12, 17), end: (2013, 1, 1) },
    Period { words: &["great", "depression"], start: (1929, 10, 24), end: (1940, 1, 1) },
    Period { words: &["apartheid", "era"], start: (1948, 6, 4), end: (1994, 4, 28) },
    Period { words: &["interwar", "period"], start: (1918, 11, 12), end: (1939, 9, 1) },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sorted_and_its_longest_word_known() {
        assert!(TABLE.windows(2).all(|w| w[0].0 < w[1].0));
        assert_eq!(TABLE.iter().map(|e| e.0.len()).max(), Some(LONGEST));
        assert_eq!(term("Tuesday"), Term::Weekday(Weekday::Tuesday));
        assert_eq!(term("TONIGHT"), Term::Key(Key::Tonight));
        assert_eq!(term("détente"), Term::Other);
        assert_eq!(term("extraordinarily"), Term::Other);
    }
}
