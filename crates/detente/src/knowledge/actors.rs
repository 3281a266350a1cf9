//! Actors with dated roles, and role nouns: rows as people write them, and their index.

use super::{Symbol, Symbols};
use crate::{ActorKind, Error, Sector};
use detente_text::vocabulary;
use jiff::civil::Date;
use std::collections::HashMap;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// As printed in news.
    pub text: String,
    /// How it may be used.
    pub mark: AliasMark,
}

/// One period of one actor. `knowledge/README.md` explains the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorRow {
    /// The name to show; rows of one name and kind are periods of one actor.
    pub name: String,
    /// Other names.
    pub aliases: Vec<Alias>,
    /// CAMEO actor string, such as `RUSGOV`.
    pub code: String,
    /// What it is.
    pub kind: ActorKind,
    /// Office, such as "foreign minister".
    pub role: Option<String>,
    /// First day; none when it has always been so.
    pub from: Option<Date>,
    /// Day after the last; none while it lasts.
    pub until: Option<Date>,
    /// Wikidata id, such as `Q159`.
    pub wikidata: Option<String>,
    /// Where the fact is from.
    pub source: String,
}

impl ActorRow {
    /// The columns, in order.
    pub const COLUMNS: [&str; 9] =
        ["name", "alias", "code", "kind", "role", "from", "until", "wikidata", "source"];

    /// Whether the period holds on a day.
    ///
    /// ```
    /// use detente::knowledge::ActorRow;
    ///
    /// let line = "Sergei Lavrov\t!Lavrov\tRUSGOV\tperson\tforeign minister\t2004-03-09\t\t\tgeneral knowledge";
    /// let row = ActorRow::from_columns(&line.split('\t').collect::<Vec<_>>())?;
    /// assert!(row.holds_on("2004-03-09".parse()?));
    /// assert!(!row.holds_on("2004-03-08".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn holds_on(&self, day: Date) -> bool {
        holds(self.from, self.until, day)
    }

    /// A row from its nine columns.
    ///
    /// # Errors
    ///
    /// When a date, kind or the number of columns is wrong; says which.
    pub fn from_columns(columns: &[&str]) -> Result<Self, Error> {
        let &[name, alias, code, kind, role, from, until, wikidata, source] = columns else {
            return Err(Error::new(format!("{} columns instead of 9", columns.len())));
        };
        if name.is_empty() {
            return Err(Error::new("no name"));
        }
        let kind = ActorKind::from_name(kind)
            .ok_or_else(|| Error::new(format!("kind `{kind}` is no kind of actor")))?;
        let (from, until) = (date(from)?, date(until)?);
        if let (Some(from), Some(until)) = (from, until)
            && until <= from
        {
            return Err(Error::new(format!("the period ends ({until}) before it begins ({from})")));
        }
        let aliases = alias.split('|').filter(|a| !a.is_empty()).map(Alias::parse).collect();
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Ok(Self {
            name: name.to_owned(),
            aliases,
            code: code.to_owned(),
            kind,
            role: some(role),
            from,
            until,
            wikidata: some(wikidata),
            source: source.to_owned(),
        })
    }
}

impl Alias {
    /// An alias as the table writes it: its mark, then its text.
    fn parse(text: &str) -> Self {
        let mark = text.get(..1).and_then(AliasMark::from_name).unwrap_or(AliasMark::Plain);
        Self { text: text[mark.as_str().len()..].to_owned(), mark }
    }
}

/// Whether a day lies in a half-open period.
fn holds(from: Option<Date>, until: Option<Date>, day: Date) -> bool {
    from.is_none_or(|from| from <= day) && until.is_none_or(|until| day < until)
}

fn date(text: &str) -> Result<Option<Date>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let date = text.parse().map_err(|_| Error::new(format!("`{text}` is not an ISO date")))?;
    Ok(Some(date))
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

/// A period of an entry.
#[derive(Clone, Debug)]
pub(crate) struct Period {
    pub(crate) code: Box<str>,
    pub(crate) role: Option<Box<str>>,
    pub(crate) from: Option<Date>,
    pub(crate) until: Option<Date>,
}

/// One identity with its periods, oldest first.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) name: Box<str>,
    pub(crate) kind: ActorKind,
    pub(crate) wikidata: Option<Box<str>>,
    pub(crate) periods: Vec<Period>,
}

impl Entry {
    /// The period that holds on a day; the newest one when the day is unknown.
    pub(crate) fn period(&self, day: Option<Date>) -> Option<&Period> {
        match day {
            None => self.periods.last(),
            Some(day) => self.periods.iter().rev().find(|p| holds(p.from, p.until, day)),
        }
    }
}

/// One meaning of an alias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) entry: u32,
    pub(crate) mark: AliasMark,
}

/// Somebody who held an office.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Office {
    pub(crate) entry: u32,
    from: Option<Date>,
    until: Option<Date>,
}

/// A role noun under its head word: "secretary" of "secretary of state", "minister" of "foreign minister".
#[derive(Clone, Debug)]
pub(crate) struct AgentNoun {
    pub(crate) before: Vec<Box<str>>,
    pub(crate) after: Vec<Box<str>>,
    row: u32,
}

#[derive(Clone, Debug)]
struct AliasEntry {
    text: Box<str>,
    meanings: Vec<Meaning>,
}

/// Names and role nouns, indexed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lexicon {
    rows: Vec<ActorRow>,
    entries: Vec<Entry>,
    /// Aliases by their leading alphanumeric run, longer ones first.
    aliases: HashMap<Box<str>, Vec<AliasEntry>>,
    /// Holders by code and role, and by code alone under the empty role.
    offices: HashMap<(Box<str>, Box<str>), Vec<Office>>,
    agents: HashMap<Symbol, Vec<AgentNoun>>,
    agent_rows: Vec<AgentRow>,
    governments: HashMap<Box<str>, u32>,
    countries: HashMap<Box<str>, u32>,
}

impl Lexicon {
    pub(crate) fn new(rows: Vec<ActorRow>, agent_rows: Vec<AgentRow>, symbols: &mut Symbols) -> Self {
        let mut lexicon = Self { agent_rows, ..Self::default() };
        let mut entry_of: HashMap<(&str, ActorKind), u32> = HashMap::new();
        for row in &rows {
            let next = lexicon.entries.len() as u32;
            let entry = *entry_of.entry((&row.name, row.kind)).or_insert(next);
            if entry == next {
                lexicon.entries.push(Entry {
                    name: row.name.as_str().into(),
                    kind: row.kind,
                    wikidata: row.wikidata.as_deref().map(Into::into),
                    periods: Vec::new(),
                });
            }
            lexicon.add(entry, row);
        }
        #[expect(clippy::iter_over_hash_type, reason = "every list is sorted on its own")]
        for list in lexicon.aliases.values_mut() {
            list.sort_by(|a, b| (b.text.len(), &a.text).cmp(&(a.text.len(), &b.text)));
        }
        for (index, agent) in lexicon.agent_rows.iter().enumerate() {
            let words: Vec<&str> = agent.noun.split(' ').collect();
            let link = words.iter().position(|w| matches!(*w, "of" | "for" | "to" | "in"));
            let head = link.unwrap_or(words.len()).max(1) - 1;
            let boxed = |part: &[&str]| part.iter().map(|&w| w.into()).collect();
            let noun = AgentNoun {
                before: boxed(&words[..head]),
                after: boxed(&words[head + 1..]),
                row: index as u32,
            };
            let list = lexicon.agents.entry(symbols.intern(words[head])).or_default();
            let length = |n: &AgentNoun| n.before.len() + n.after.len();
            let place = list.partition_point(|n| length(n) >= length(&noun));
            list.insert(place, noun);
        }
        lexicon.rows = rows;
        lexicon
    }

    fn add(&mut self, entry: u32, row: &ActorRow) {
        let period = Period {
            code: row.code.as_str().into(),
            role: row.role.as_deref().map(Into::into),
            from: row.from,
            until: row.until,
        };
        let periods = &mut self.entries[entry as usize].periods;
        let place = periods.partition_point(|p| p.from <= period.from);
        periods.insert(place, period);
        let own = Alias { text: row.name.clone(), mark: AliasMark::Plain };
        for alias in std::iter::once(&own).chain(&row.aliases) {
            let meaning = Meaning { entry, mark: alias.mark };
            let list = self.aliases.entry(leading_word(&alias.text).into()).or_default();
            match list.iter_mut().find(|a| *a.text == *alias.text) {
                Some(known) if known.meanings.iter().any(|m| m.entry == entry) => {}
                Some(known) => known.meanings.push(meaning),
                None => list.push(AliasEntry { text: alias.text.as_str().into(), meanings: vec![meaning] }),
            }
        }
        if row.kind == ActorKind::Country {
            self.countries.entry(row.code.as_str().into()).or_insert(entry);
        }
        if row.kind == ActorKind::Government && row.name.starts_with("Government of ") {
            self.governments.entry(row.code.as_str().into()).or_insert(entry);
        }
        if row.kind == ActorKind::Person && !row.code.ends_with("ELI") {
            let office = Office { entry, from: row.from, until: row.until };
            if let Some(role) = &row.role {
                let key = office_key(role);
                // "NATO secretary-general" is the body's secretary-general.
                let bare = key
                    .split_once(' ')
                    .filter(|_| row.code.starts_with("IGO") || row.code.starts_with("NGO"));
                for key in bare.map(|(_, bare)| bare.to_owned()).into_iter().chain([key]) {
                    self.offices.entry((row.code.as_str().into(), key.into())).or_default().push(office);
                }
            }
            self.offices.entry((row.code.as_str().into(), "".into())).or_default().push(office);
        }
    }

    pub(crate) fn entry(&self, index: u32) -> &Entry {
        &self.entries[index as usize]
    }

    pub(crate) fn find(&self, name: &str) -> Vec<&ActorRow> {
        let wanted = name.to_lowercase();
        let is = |text: &str| text.to_lowercase() == wanted;
        self.rows.iter().filter(|r| is(&r.name) || r.aliases.iter().any(|a| is(&a.text))).collect()
    }

    /// The longest name that begins at a byte offset: its end and its meanings.
    ///
    /// The name must end where a word ends. White space in the text counts as one blank.
    pub(crate) fn longest_name(&self, text: &str, start: usize) -> Option<(usize, &[Meaning])> {
        let rest = &text[start..];
        let list = self.aliases.get(leading_word(rest))?;
        list.iter().find_map(|alias| {
            let len = match_blanks(rest, &alias.text)?;
            let next = rest[len..].chars().next();
            let ends = !next.is_some_and(char::is_alphanumeric) || alias.text.ends_with('.');
            ends.then_some((start + len, alias.meanings.as_slice()))
        })
    }

    /// The name of a country, by its three letters.
    pub(crate) fn country_name(&self, code: &str) -> Option<&str> {
        self.countries.get(code).map(|&entry| &*self.entry(entry).name)
    }

    /// The government of a country, by its code such as `RUSGOV`.
    pub(crate) fn government(&self, code: &str) -> Option<u32> {
        self.governments.get(code).copied()
    }

    /// Who held an office of a country or body on a day, or holds it now when the day is unknown; the empty role asks
    /// for the only person of that code.
    pub(crate) fn holder(&self, code: &str, role: &str, day: Option<Date>) -> Option<u32> {
        let list = self.offices.get(&(code.into(), office_key(role).into()))?;
        let mut holders = list.iter().filter(|o| match day {
            Some(day) => holds(o.from, o.until, day),
            None => o.until.is_none(),
        });
        // Two holders at once, say by overlapping sources: no answer is better than a guess.
        let first = holders.next()?;
        holders.all(|o| o.entry == first.entry).then_some(first.entry)
    }

    /// The longest role noun with a head word whose other words stand around it, and its row.
    pub(crate) fn agent(
        &self,
        head: Symbol,
        fits: &dyn Fn(&AgentNoun) -> bool,
    ) -> Option<(&AgentNoun, &AgentRow)> {
        let noun = self.agents.get(&head)?.iter().find(|noun| fits(noun))?;
        Some((noun, &self.agent_rows[noun.row as usize]))
    }
}

/// An office without spelling differences: "Defense Secretary" and "secretary of defence" stay apart, but "defense"
/// and "defence" do not, nor do "spokesman", "spokeswoman" and "spokesperson".
fn office_key(role: &str) -> String {
    role.to_lowercase()
        .replace("defense", "defence")
        .replace("spokeswoman", "spokesperson")
        .replace("spokesman", "spokesperson")
        .replace("secretary general", "secretary-general")
}

fn leading_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    // A name may begin with another sign; then that sign is its key.
    let end = if end == 0 { text.chars().next().map_or(0, char::len_utf8) } else { end };
    &text[..end]
}

/// How many bytes of `text` match `name` from the start, where a blank of the name matches any white space.
fn match_blanks(text: &str, name: &str) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    for wanted in name.chars() {
        let (_, found) = chars.next()?;
        let same = match (wanted, found) {
            (' ', c) => c.is_whitespace(),
            ('\'', c) => c == '\'' || c == '’',
            (w, c) => w == c,
        };
        if !same {
            return None;
        }
        while wanted == ' ' && chars.peek().is_some_and(|(_, c)| c.is_whitespace()) {
            chars.next();
        }
    }
    Some(chars.peek().map_or(text.len(), |&(at, _)| at))
}

/// The sector that a CAMEO actor string names first, in PLOVER's spelling.
///
/// CAMEO's MED is PLOVER's JRN and CAMEO's HLH is PLOVER's MED; INS and SEP are REB.
pub(crate) fn sectors(code: &str) -> Vec<Sector> {
    let tail = code.get(3..).unwrap_or_default();
    let chunks = (0..tail.len() / 3).filter_map(|i| tail.get(3 * i..3 * i + 3));
    chunks
        .filter_map(|chunk| match chunk {
            "MED" => Some(Sector::Jrn),
            "HLH" => Some(Sector::Med),
            "INS" | "SEP" | "RAD" => Some(Sector::Reb),
            other => Sector::from_name(other),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: &str) -> ActorRow {
        ActorRow::from_columns(&line.split('\t').collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn the_longest_name_wins_and_blanks_are_loose() {
        let rows = vec![
            row("Russia\t~Russian\tRUS\tcountry\t\t\t\t\tx"),
            row("US State Department\tU.S. State Department|State Department\tUSAGOV\tgovernment\t\t\t\t\tx"),
            row("United States\tU.S.\tUSA\tcountry\t\t\t\t\tx"),
        ];
        let lexicon = Lexicon::new(rows, Vec::new(), &mut Symbols::default());
        let text = "U.S. State\nDepartment";
        assert_eq!(lexicon.longest_name(text, 0).unwrap().0, text.len());
        assert_eq!(lexicon.longest_name("U.S. officials", 0).unwrap().0, 4);
        assert!(lexicon.longest_name("Russians", 0).is_none());
    }

    #[test]
    fn offices_change_hands() {
        let rows = vec![
            row("A One\t\tFRAGOV\tperson\tdefence minister\t2001-01-01\t2002-01-01\t\tx"),
            row("B Two\t\tFRAGOV\tperson\tdefense minister\t2002-01-01\t\t\tx"),
        ];
        let lexicon = Lexicon::new(rows, Vec::new(), &mut Symbols::default());
        let day = |text: &str| text.parse().ok();
        let holder = |d| lexicon.holder("FRAGOV", "Defense Minister", d).map(|e| &*lexicon.entry(e).name);
        assert_eq!(holder(day("2001-06-01")), Some("A One"));
        assert_eq!(holder(day("2002-01-01")), Some("B Two"));
        assert_eq!(holder(day("2000-01-01")), None);
    }

    #[test]
    fn bad_rows_say_why() {
        let error = |line: &str| {
            ActorRow::from_columns(&line.split('\t').collect::<Vec<_>>()).unwrap_err().to_string()
        };
        assert!(error("A\t\tRUS\tnation\t\t\t\t\tx").contains("nation"));
        assert!(error("A\t\tRUS\tcountry\t\t2001-13-01\t\t\tx").contains("2001-13-01"));
        assert!(error("A\t\tRUS\tcountry\t\t2002-01-01\t2001-01-01\t\tx").contains("before it begins"));
        assert!(error("A\t\tRUS").contains("3 columns"));
    }
}
