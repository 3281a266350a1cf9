//! Actors with dated roles, role nouns and offices, as people write them.

use super::packed::{Pool, Stretch};
use super::table::{Input, Record};
use crate::{ActorKind, Error, Sector};
use detente_text::vocabulary;
use jiff::civil::Date;

vocabulary! {
    /// How an alias may be used, by the sign before it in the table; safer ones first.
    AliasMark {
        /// A name, without a sign.
        Plain = "",
        /// An adjective or people's name ("Russian").
        Adjective = "~",
        /// A seat that stands for a government only when it acts ("Moscow").
        Seat = "@",
        /// Unsafe alone: counts only after the full name or beside a title.
        Unsafe = "!",
    }
}

/// Another name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alias<'a> {
    /// As printed in news.
    pub text: &'a str,
    /// How it may be used.
    pub mark: AliasMark,
}

/// One period of one actor. `knowledge/README.md` explains the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActorRow<'a> {
    /// The name to show; rows of one name and kind are periods of one actor.
    pub name: &'a str,
    /// CAMEO actor string, such as `RUSGOV`.
    pub code: &'a str,
    /// What it is.
    pub kind: ActorKind,
    /// Office, such as "foreign minister".
    pub role: Option<&'a str>,
    /// First day; none when it has always been so.
    pub from: Option<Date>,
    /// Day after the last; none while it lasts.
    pub until: Option<Date>,
    /// Wikidata id, such as `Q159`.
    pub wikidata: Option<&'a str>,
    /// Where the fact is from.
    pub source: &'a str,
}

impl ActorRow<'_> {
    /// The columns of a table of actors, in order.
    pub const COLUMNS: [&'static str; 9] =
        ["name", "alias", "code", "kind", "role", "from", "until", "wikidata", "source"];

    /// Whether the period holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// A day as one number that sorts: 20220215.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(u32);

impl Day {
    /// Before any day.
    const FIRST: Self = Self(0);
    /// After any day.
    pub(super) const LAST: Self = Self(u32::MAX);

    pub(super) fn of(date: Date) -> Self {
        let year = u32::try_from(date.year()).unwrap_or(0);
        Self(year * 10_000 + date.month() as u32 * 100 + date.day() as u32)
    }

    /// Whether more than a year lies between this day and a later one.
    pub(super) fn years_before(self, later: Self) -> bool {
        self.0.saturating_add(10_000) < later.0
    }

    fn date(self) -> Option<Date> {
        let (year, month, day) = (self.0 / 10_000, self.0 / 100 % 100, self.0 % 100);
        Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()
    }

    fn is_sound(self) -> bool {
        self == Self::FIRST || self == Self::LAST || self.date().is_some()
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Row {
    name: Stretch,
    code: Stretch,
    role: Stretch,
    /// The role without differences of spelling.
    office: Stretch,
    wikidata: Stretch,
    source: Stretch,
    kind: ActorKind,
    from: Day,
    until: Day,
    /// Where its aliases end; they begin where those of the row before end.
    aliases: u32,
}

/// A table of actors: their periods, in the order they came.
///
/// ```
/// use detente::knowledge::Actors;
///
/// let mut actors = Actors::default();
/// let line = "Sergei Lavrov\t!Lavrov\tRUSGOV\tperson\tforeign minister\t2004-03-09\t\t\tgeneral knowledge";
/// actors.push(&line.split('\t').collect::<Vec<_>>())?;
/// let row = actors.row(0);
/// assert!(row.holds_on("2004-03-09".parse()?) && !row.holds_on("2004-03-08".parse()?));
/// assert_eq!(actors.aliases(0).next().unwrap().text, "Lavrov");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Actors {
    text: Pool,
    rows: Vec<Row>,
    aliases: Vec<(Stretch, AliasMark)>,
}

impl Actors {
    /// Adds a period from its nine columns.
    ///
    /// # Errors
    ///
    /// When a date, kind or the number of columns is wrong; says which.
    pub fn push(&mut self, columns: &[&str]) -> Result<(), Error> {
        let &[name, alias, code, kind, role, from, until, wikidata, source] = columns else {
            return Err(Error::new(format!("{} columns instead of 9", columns.len())));
        };
        let kind = ActorKind::from_name(kind)
            .ok_or_else(|| Error::new(format!("kind: `{kind}` is no kind of actor")))?;
        let some = |text| Some(text).filter(|t: &&str| !t.is_empty());
        let (from, until) = (date("from", from)?, date("until", until)?);
        let row =
            ActorRow { name, code, kind, role: some(role), from, until, wikidata: some(wikidata), source };
        self.add(&row, alias.split('|').filter(|a| !a.is_empty()).map(Alias::parse))
    }

    /// Adds a period of an actor with its other names.
    ///
    /// # Errors
    ///
    /// When it has no name, or ends before it begins.
    pub fn add<'a>(
        &mut self,
        row: &ActorRow<'_>,
        aliases: impl Iterator<Item = Alias<'a>>,
    ) -> Result<(), Error> {
        if row.name.is_empty() {
            return Err(Error::new("name: there is none"));
        }
        if !row.code.len().is_multiple_of(3) || !row.code.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(Error::new(format!("code: `{}` is not capital letters by threes", row.code)));
        }
        if let (Some(from), Some(until)) = (row.from, row.until)
            && until <= from
        {
            return Err(Error::new(format!("until: the period ends ({until}) before it begins ({from})")));
        }
        // Rows of one actor stand together, and many rows share their source.
        let last = self.rows.last().copied();
        let same = |column: fn(&Row) -> Stretch| last.as_ref().map(column).unwrap_or_default();
        for alias in aliases {
            let kept = (self.text.keep(alias.text), alias.mark);
            self.aliases.push(kept);
        }
        let text = &mut self.text;
        let role = text.keep_unless(same(|r| r.role), row.role.unwrap_or_default());
        let packed = Row {
            name: text.keep_unless(same(|r| r.name), row.name),
            code: text.keep_unless(same(|r| r.code), row.code),
            role,
            office: text.keep_unless(role, &office(row.role.unwrap_or_default())),
            wikidata: text.keep_unless(same(|r| r.wikidata), row.wikidata.unwrap_or_default()),
            source: text.keep_unless(same(|r| r.source), row.source),
            kind: row.kind,
            from: row.from.map_or(Day::FIRST, Day::of),
            until: row.until.map_or(Day::LAST, Day::of),
            aliases: self.aliases.len() as u32,
        };
        self.rows.push(packed);
        Ok(())
    }

    /// How many periods there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A period by its number.
    ///
    /// # Panics
    ///
    /// When there is no such number.
    pub fn row(&self, number: u32) -> ActorRow<'_> {
        let row = &self.rows[number as usize];
        let some = |stretch: Stretch| (!stretch.is_empty()).then(|| self.text.slice(stretch));
        ActorRow {
            name: self.text.slice(row.name),
            code: self.text.slice(row.code),
            kind: row.kind,
            role: some(row.role),
            from: row.from.date().filter(|_| row.from != Day::FIRST),
            until: row.until.date().filter(|_| row.until != Day::LAST),
            wikidata: some(row.wikidata),
            source: self.text.slice(row.source),
        }
    }

    /// All periods, in the order they came.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = ActorRow<'_>> + Clone {
        (0..self.rows.len() as u32).map(|number| self.row(number))
    }

    /// The other names that stand beside a period.
    ///
    /// # Panics
    ///
    /// When there is no period of that number.
    pub fn aliases(&self, number: u32) -> impl ExactSizeIterator<Item = Alias<'_>> {
        self.marked(number).iter().map(|&(text, mark)| Alias { text: self.text.slice(text), mark })
    }

    fn marked(&self, number: u32) -> &[(Stretch, AliasMark)] {
        let number = number as usize;
        let first = number.checked_sub(1).map_or(0, |before| self.rows[before].aliases);
        &self.aliases[first as usize..self.rows[number].aliases as usize]
    }

    /// The names of a period, its own first.
    pub(super) fn names(&self, number: u32) -> impl Iterator<Item = (Stretch, AliasMark)> + '_ {
        let own = (self.rows[number as usize].name, AliasMark::Plain);
        std::iter::once(own).chain(self.marked(number).iter().copied())
    }

    pub(super) fn slice(&self, text: Stretch) -> &str {
        self.text.slice(text)
    }

    pub(super) fn name(&self, number: u32) -> &str {
        self.text.slice(self.rows[number as usize].name)
    }

    pub(super) fn code(&self, number: u32) -> &str {
        self.text.slice(self.rows[number as usize].code)
    }

    pub(super) fn kind(&self, number: u32) -> ActorKind {
        self.rows[number as usize].kind
    }

    pub(super) fn wikidata(&self, number: u32) -> &str {
        self.text.slice(self.rows[number as usize].wikidata)
    }

    /// The role of a period without differences of spelling.
    pub(super) fn office(&self, number: u32) -> &str {
        self.text.slice(self.rows[number as usize].office)
    }

    /// First day, and the day after the last.
    pub(super) fn period(&self, number: u32) -> (Day, Day) {
        let row = &self.rows[number as usize];
        (row.from, row.until)
    }

    /// Whether every stretch lies in the text, and all days are days.
    fn is_sound(&self) -> bool {
        let inside = |s: Stretch| self.text.holds(s);
        self.rows.iter().all(|r| {
            [r.name, r.code, r.role, r.office, r.wikidata, r.source].into_iter().all(inside)
                && r.from.is_sound()
                && r.until.is_sound()
        }) && self.aliases.iter().all(|a| inside(a.0))
            && self.rows.is_sorted_by_key(|r| r.aliases)
            && self.rows.last().is_none_or(|r| r.aliases as usize == self.aliases.len())
    }
}

impl<'a> Alias<'a> {
    /// An alias as the table writes it: its mark, then its text.
    fn parse(text: &'a str) -> Self {
        let mark = text.get(..1).and_then(AliasMark::from_name).unwrap_or(AliasMark::Plain);
        Self { text: &text[mark.as_str().len()..], mark }
    }
}

fn date(column: &str, text: &str) -> Result<Option<Date>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let date: Result<Date, _> = text.parse();
    date.ok()
        .filter(|d| d.year() > 0)
        .map(Some)
        .ok_or_else(|| Error::new(format!("{column}: `{text}` is not an ISO date")))
}

/// An office without differences of spelling: small letters; "defense" is "defence", and "spokesman", "spokeswoman" and
/// "spokesperson" are one.
pub(super) fn office(role: &str) -> String {
    role.to_lowercase()
        .replace("defense", "defence")
        .replace("spokeswoman", "spokesperson")
        .replace("spokesman", "spokesperson")
        .replace("secretary general", "secretary-general")
}

impl Record for Row {
    fn write(&self, out: &mut Vec<u8>) {
        for stretch in [self.name, self.code, self.role, self.office, self.wikidata, self.source] {
            stretch.write(out);
        }
        self.kind.write(out);
        self.from.0.write(out);
        self.until.0.write(out);
        self.aliases.write(out);
    }

    fn read(input: &mut Input<'_>) -> Result<Self, Error> {
        Ok(Self {
            name: Record::read(input)?,
            code: Record::read(input)?,
            role: Record::read(input)?,
            office: Record::read(input)?,
            wikidata: Record::read(input)?,
            source: Record::read(input)?,
            kind: Record::read(input)?,
            from: Day(u32::read(input)?),
            until: Day(u32::read(input)?),
            aliases: u32::read(input)?,
        })
    }
}

impl Record for Actors {
    fn write(&self, out: &mut Vec<u8>) {
        self.text.write(out);
        self.rows.write(out);
        self.aliases.write(out);
    }

    fn read(input: &mut Input<'_>) -> Result<Self, Error> {
        let actors =
            Self { text: Record::read(input)?, rows: Record::read(input)?, aliases: Record::read(input)? };
        match actors.is_sound() {
            true => Ok(actors),
            false => Err(Error::new("the table of actors is damaged")),
        }
    }
}

/// A role noun without a country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentRow {
    /// Lemma, perhaps of several words.
    pub noun: String,
    /// Sector code that follows the country ("MIL").
    pub sector: String,
    /// What it is.
    pub kind: ActorKind,
    /// Whether it gets a code only beside a country or named body.
    pub weak: bool,
}

/// Which office a role means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeRow {
    /// The role as a text or a table says it: "top diplomat", "home secretary".
    pub role: String,
    /// The countries where it does; none for all.
    pub countries: Vec<String>,
    /// The office: "foreign minister".
    pub office: String,
    /// Whether only one person holds it at a time.
    pub single: bool,
}

/// A country in other lists of codes; what a list does not have is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryCodes {
    /// ISO 3166-1 alpha-3, as everywhere here.
    pub country: String,
    /// ISO 3166-1 alpha-2.
    pub alpha2: String,
    /// ISO 3166-1 numeric, three digits.
    pub numeric: String,
    /// FIPS 10-4, as GDELT has it.
    pub fips: String,
    /// Correlates of War.
    pub cow: String,
    /// Gleditsch and Ward, as UCDP has it.
    pub gw: String,
    /// The capital.
    pub capital: String,
}

/// The sectors that a CAMEO actor string names, in its order.
pub(crate) fn sectors(code: &str) -> Vec<Sector> {
    let tail = code.get(3..).unwrap_or_default();
    let chunks = (0..tail.len() / 3).filter_map(|i| tail.get(3 * i..3 * i + 3));
    chunks.filter_map(Sector::from_cameo).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(line: &str) -> Result<Actors, Error> {
        let mut actors = Actors::default();
        actors.push(&line.split('\t').collect::<Vec<_>>())?;
        Ok(actors)
    }

    #[test]
    fn bad_rows_say_why() {
        let error = |line: &str| push(line).unwrap_err().to_string();
        assert!(error("A\t\tRUS\tnation\t\t\t\t\tx").contains("nation"));
        assert!(error("A\t\tRUS\tcountry\t\t2001-13-01\t\t\tx").contains("2001-13-01"));
        assert!(error("A\t\tRUS\tcountry\t\t2002-01-01\t2001-01-01\t\tx").contains("before it begins"));
        assert!(error("\t\tRUS\tcountry\t\t\t\t\tx").contains("name: there is none"));
        assert!(error("A\t\tRUS").contains("3 columns"));
        assert_eq!(error("A\t\tRus\tcountry\t\t\t\t\tx"), "code: `Rus` is not capital letters by threes");
    }

    #[test]
    fn rows_come_back_as_they_were() {
        let mut actors = push("A\t@M|~N\tRUSGOV\tperson\tDefense chief\t2001-01-01\t\tQ1\tx").unwrap();
        actors.push(&["B", "", "RUS", "country", "", "", "1999-01-01", "", "x"]).unwrap();
        let row = actors.row(0);
        assert_eq!((row.name, row.code, row.role, row.until), ("A", "RUSGOV", Some("Defense chief"), None));
        assert_eq!((actors.office(0), row.wikidata, row.source), ("defence chief", Some("Q1"), "x"));
        let aliases: Vec<_> = actors.aliases(0).map(|a| (a.text, a.mark)).collect();
        assert_eq!(aliases, [("M", AliasMark::Seat), ("N", AliasMark::Adjective)]);
        assert_eq!((actors.aliases(1).len(), actors.row(1).role, actors.row(1).from), (0, None, None));
    }

    #[test]
    fn damaged_tables_are_refused() {
        let actors = push("A\t@M\tRUSGOV\tperson\tminister\t2001-01-01\t\tQ1\tx").unwrap();
        let mut bytes = Vec::new();
        actors.write(&mut bytes);
        let read = |bytes: &[u8]| Actors::read(&mut Input::new(bytes));
        assert_eq!(read(&bytes).unwrap(), actors);
        for cut in 0..bytes.len() {
            assert!(read(&bytes[..cut]).is_err(), "{cut}");
        }
        // The length of the text, the alias's mark, its place.
        for at in [0, bytes.len() - 4, bytes.len() - 12] {
            let mut damaged = bytes.clone();
            damaged[at] = 99;
            assert!(read(&damaged).is_err(), "{at}");
        }
    }
}
