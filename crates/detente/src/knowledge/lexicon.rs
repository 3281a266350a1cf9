//! Names, offices and role nouns, indexed.

use super::{
    ActorRow, Actors, AgentRow, AliasMark, OfficeRow, Symbol, Symbols,
    actors::{Day, office},
    packed::{Buckets, Stretch},
};
use crate::ActorKind;
use jiff::civil::Date;
use std::collections::HashMap;

/// One meaning of an alias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) entry: u32,
    pub(crate) mark: AliasMark,
}

/// A name, and where its meanings lie.
#[derive(Clone, Copy, Debug)]
struct Name {
    text: Stretch,
    /// Where its meanings end; they begin where those of the name before end.
    meanings: u32,
}

/// Somebody who held an office: a row of the actors.
#[derive(Clone, Copy, Debug)]
struct Holder {
    row: u32,
    office: u32,
}

/// A role noun under its head word: "secretary" of "secretary of state", "minister" of "foreign minister".
#[derive(Clone, Debug)]
pub(crate) struct AgentNoun {
    pub(crate) before: Vec<Box<str>>,
    pub(crate) after: Vec<Box<str>>,
    row: u32,
}

/// Names, offices and role nouns, indexed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lexicon {
    actors: Actors,
    /// The entry of each row: rows of one name and kind are periods of one entry.
    entry_of: Vec<u32>,
    /// The rows of all entries, oldest first, and where those of each entry end.
    periods: Vec<u32>,
    ends: Vec<u32>,
    names: Vec<Name>,
    meanings: Vec<Meaning>,
    /// Names by their leading word, longer ones first.
    by_word: Buckets,
    holders: Vec<Holder>,
    /// Holders by the code of their office.
    by_code: Buckets,
    /// The number of each office that somebody held.
    offices: HashMap<Box<str>, u32>,
    /// What a role means, for some countries and for all.
    office_rows: HashMap<Box<str>, Vec<OfficeRow>>,
    agents: HashMap<Symbol, Vec<AgentNoun>>,
    agent_rows: Vec<AgentRow>,
    governments: HashMap<Box<str>, u32>,
    countries: HashMap<Box<str>, u32>,
}

impl Lexicon {
    pub(crate) fn new(
        actors: Actors,
        agent_rows: Vec<AgentRow>,
        office_rows: Vec<OfficeRow>,
        symbols: &mut Symbols,
    ) -> Self {
        let mut lexicon = Self { actors, agent_rows, ..Self::default() };
        for row in office_rows {
            lexicon.office_rows.entry(office(&row.role).into()).or_default().push(row);
        }
        lexicon.index_entries();
        lexicon.index_names();
        lexicon.index_offices();
        lexicon.index_agents(symbols);
        lexicon
    }

    fn count(&self) -> u32 {
        self.actors.len() as u32
    }

    /// Rows of one name and kind are one entry, unless their Wikidata ids tell two namesakes apart.
    fn index_entries(&mut self) {
        let actors = &self.actors;
        let by_name = Buckets::new((0..actors.len()).map(|row| actors.name(row as u32)));
        let mut entry_of: Vec<u32> = Vec::with_capacity(actors.len());
        // Of each entry, how many rows it has and its Wikidata id, once known.
        let mut sizes: Vec<u32> = Vec::new();
        let mut ids: Vec<&str> = Vec::new();
        for row in 0..actors.len() as u32 {
            let id = actors.wikidata(row);
            let named =
                |other: u32| actors.kind(other) == actors.kind(row) && actors.name(other) == actors.name(row);
            let earlier = by_name.get(actors.name(row)).iter().take_while(|&&other| other < row);
            let mut entries =
                earlier.filter(|&&other| named(other)).map(|&other| entry_of[other as usize] as usize);
            let entry = entries.find(|&e| ids[e] == id || ids[e].is_empty() || id.is_empty());
            let entry = entry.unwrap_or_else(|| {
                sizes.push(0);
                ids.push("");
                sizes.len() - 1
            });
            sizes[entry] += 1;
            if ids[entry].is_empty() {
                ids[entry] = id;
            }
            entry_of.push(entry as u32);
        }
        let mut free: Vec<u32> = Vec::with_capacity(sizes.len());
        let mut end = 0;
        for size in &sizes {
            free.push(end);
            end += size;
        }
        let mut periods = vec![0; actors.len()];
        for (row, &entry) in entry_of.iter().enumerate() {
            let place = &mut free[entry as usize];
            periods[*place as usize] = row as u32;
            *place += 1;
        }
        let mut begin = 0;
        for &end in &free {
            periods[begin..end as usize].sort_by_key(|&row| actors.period(row).0);
            begin = end as usize;
        }
        (self.entry_of, self.periods, self.ends) = (entry_of, periods, free);
        for row in 0..self.count() {
            let (code, entry) = (self.actors.code(row), self.entry_of[row as usize]);
            match self.actors.kind(row) {
                ActorKind::Country => {
                    self.countries.entry(code.into()).or_insert(entry);
                }
                ActorKind::Government if self.actors.name(row).starts_with("Government of ") => {
                    self.governments.entry(code.into()).or_insert(entry);
                }
                _ => {}
            }
        }
    }

    /// All names with their meanings, each once; names of one leading word stand together, longer ones first.
    fn index_names(&mut self) {
        let actors = &self.actors;
        let mut all: Vec<(Stretch, Meaning)> = Vec::with_capacity(3 * actors.len());
        for row in 0..self.count() {
            let entry = self.entry_of[row as usize];
            all.extend(actors.names(row).map(|(text, mark)| (text, Meaning { entry, mark })));
        }
        let text = |at: u32| actors.slice(all[at as usize].0);
        let mut grouped = Buckets::new((0..all.len()).map(|at| leading_word(text(at as u32))));
        grouped.sort_by(|a, b| {
            let (x, y) = (text(a), text(b));
            (y.len(), x, a).cmp(&(x.len(), y, b))
        });
        let mut names: Vec<Name> = Vec::with_capacity(all.len());
        let mut meanings: Vec<Meaning> = Vec::with_capacity(all.len());
        let mut begin = 0;
        for at in grouped.all() {
            let (name, meaning) = all[at as usize];
            let same = names.last().is_some_and(|last| actors.slice(last.text) == actors.slice(name));
            if !same {
                begin = meanings.len();
                names.push(Name { text: name, meanings: 0 });
            }
            if !meanings[begin..].iter().any(|m| m.entry == meaning.entry) {
                meanings.push(meaning);
            }
            if let Some(last) = names.last_mut() {
                last.meanings = meanings.len() as u32;
            }
        }
        self.by_word = Buckets::new(names.iter().map(|name| leading_word(actors.slice(name.text))));
        (self.names, self.meanings) = (names, meanings);
    }

    fn index_offices(&mut self) {
        let mut holders = Vec::new();
        let mut offices: HashMap<Box<str>, u32> = HashMap::new();
        for row in 0..self.count() {
            let code = self.actors.code(row);
            if self.actors.kind(row) != ActorKind::Person || code.ends_with("ELI") {
                continue;
            }
            let mut hold = |office: &str| {
                let next = offices.len() as u32;
                let known = offices.get(office).copied();
                let office = known.unwrap_or_else(|| *offices.entry(office.into()).or_insert(next));
                holders.push(Holder { row, office });
            };
            let role = self.actors.office(row);
            hold(self.office_of(code, role));
            // "NATO secretary-general" is the body's secretary-general.
            if let Some((_, bare)) = role.split_once(' ')
                && (code.starts_with("IGO") || code.starts_with("NGO"))
            {
                hold(bare);
            }
        }
        self.by_code = Buckets::new(holders.iter().map(|h| self.actors.code(h.row)));
        (self.holders, self.offices) = (holders, offices);
    }

    fn index_agents(&mut self, symbols: &mut Symbols) {
        for (index, agent) in self.agent_rows.iter().enumerate() {
            let words: Vec<&str> = agent.noun.split(' ').collect();
            let link = words.iter().position(|w| matches!(*w, "of" | "for" | "to" | "in"));
            let head = link.unwrap_or(words.len()).max(1) - 1;
            let boxed = |part: &[&str]| part.iter().map(|&w| w.into()).collect();
            let noun = AgentNoun {
                before: boxed(&words[..head]),
                after: boxed(&words[head + 1..]),
                row: index as u32,
            };
            let list = self.agents.entry(symbols.intern(words[head])).or_default();
            let length = |n: &AgentNoun| n.before.len() + n.after.len();
            let place = list.partition_point(|n| length(n) >= length(&noun));
            list.insert(place, noun);
        }
    }

    /// The office that a role, spelt as [`office`] does, means in a country; the role itself where nothing else is said.
    fn office_of<'a>(&'a self, code: &str, role: &'a str) -> &'a str {
        let Some(rows) = self.office_rows.get(role) else { return role };
        let here = |row: &&OfficeRow| row.countries.iter().any(|c| code.get(..3) == Some(c.as_str()));
        let everywhere = |row: &&OfficeRow| row.countries.is_empty();
        let row = rows.iter().find(here).or_else(|| rows.iter().find(everywhere));
        row.map_or(role, |row| &row.office)
    }

    pub(crate) fn entry(&self, number: u32) -> Entry<'_> {
        let begin = (number as usize).checked_sub(1).map_or(0, |before| self.ends[before]);
        Entry {
            actors: &self.actors,
            rows: &self.periods[begin as usize..self.ends[number as usize] as usize],
        }
    }

    /// The rows of every entry, oldest first.
    pub(super) fn rows_of_entries(&self) -> impl Iterator<Item = &[u32]> {
        let begins = std::iter::once(&0).chain(&self.ends);
        begins.zip(&self.ends).map(|(&begin, &end)| &self.periods[begin as usize..end as usize])
    }

    /// Every name with its meanings.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &[Meaning])> {
        let begins = std::iter::once(0).chain(self.names.iter().map(|name| name.meanings));
        begins.zip(&self.names).map(|(begin, name)| {
            (self.actors.slice(name.text), &self.meanings[begin as usize..name.meanings as usize])
        })
    }

    /// All rows of the actors of a name or alias, ignoring case, in table order. Walks the whole table.
    pub(crate) fn find(&self, name: &str) -> Vec<u32> {
        let wanted = name.to_lowercase();
        let is = |text: &str| text.to_lowercase() == wanted;
        let named = |&row: &u32| is(self.actors.name(row)) || self.actors.aliases(row).any(|a| is(a.text));
        (0..self.count()).filter(named).collect()
    }

    pub(crate) fn actors(&self) -> &Actors {
        &self.actors
    }

    /// The longest name that begins at a byte offset: its end and its meanings.
    ///
    /// The name must end where a word ends. White space in the text counts as one blank.
    pub(crate) fn longest_name(&self, text: &str, start: usize) -> Option<(usize, &[Meaning])> {
        let rest = &text[start..];
        self.by_word.get(leading_word(rest)).iter().find_map(|&number| {
            let name = self.names[number as usize];
            let spelt = self.actors.slice(name.text);
            let len = match_blanks(rest, spelt)?;
            let next = rest[len..].chars().next();
            let ends = !next.is_some_and(char::is_alphanumeric) || spelt.ends_with('.');
            let begin = (number as usize).checked_sub(1).map_or(0, |before| self.names[before].meanings);
            ends.then(|| (start + len, &self.meanings[begin as usize..name.meanings as usize]))
        })
    }

    /// The country of three letters.
    pub(crate) fn country(&self, code: &str) -> Option<u32> {
        self.countries.get(code).copied()
    }

    /// The name of a country, by its three letters.
    pub(crate) fn country_name(&self, code: &str) -> Option<&str> {
        self.country(code).map(|entry| self.entry(entry).name())
    }

    /// The government of a country, by its code such as `RUSGOV`.
    pub(crate) fn government(&self, code: &str) -> Option<u32> {
        self.governments.get(code).copied()
    }

    /// The office that a role means in a country or body.
    pub(crate) fn office(&self, code: &str, role: &str) -> String {
        self.office_of(code, &office(role)).to_owned()
    }

    /// Who held an office of a country or body on a day, or holds it now when the day is unknown.
    pub(crate) fn holder(&self, code: &str, role: &str, day: Option<Date>) -> Option<u32> {
        let role = office(role);
        let &wanted = self.offices.get(self.office_of(code, &role))?;
        self.only_holder(code, Some(wanted), day)
    }

    /// The only person of a code on a day.
    pub(crate) fn only_person(&self, code: &str, day: Option<Date>) -> Option<u32> {
        self.only_holder(code, None, day)
    }

    fn only_holder(&self, code: &str, office: Option<u32>, day: Option<Date>) -> Option<u32> {
        let day = day.map(Day::of);
        let holds = |h: &&Holder| {
            let (from, until) = self.actors.period(h.row);
            let now = match day {
                Some(day) => from <= day && day < until,
                None => until == Day::LAST,
            };
            now && office.is_none_or(|office| h.office == office) && self.actors.code(h.row) == code
        };
        let in_code = self.by_code.get(code).iter().map(|&number| &self.holders[number as usize]);
        let mut entries = in_code.filter(holds).map(|h| self.entry_of[h.row as usize]);
        // Two holders at once, say by overlapping sources: no answer is better than a guess.
        let first = entries.next()?;
        entries.all(|entry| entry == first).then_some(first)
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

/// One identity with its periods.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'l> {
    actors: &'l Actors,
    /// Oldest first; never empty.
    rows: &'l [u32],
}

impl<'l> Entry<'l> {
    pub(crate) fn name(self) -> &'l str {
        self.actors.name(self.rows[0])
    }

    pub(crate) fn kind(self) -> ActorKind {
        self.actors.kind(self.rows[0])
    }

    pub(crate) fn wikidata(self) -> Option<&'l str> {
        self.rows.iter().map(|&row| self.actors.wikidata(row)).find(|id| !id.is_empty())
    }

    /// Its periods, oldest first.
    pub(crate) fn periods(self) -> impl DoubleEndedIterator<Item = ActorRow<'l>> {
        self.rows.iter().map(move |&row| self.actors.row(row))
    }

    /// Its newest period.
    pub(crate) fn last(self) -> ActorRow<'l> {
        self.actors.row(self.rows[self.rows.len() - 1])
    }

    /// The period that holds on a day; the newest one when the day is unknown.
    pub(crate) fn period(self, day: Option<Date>) -> Option<ActorRow<'l>> {
        let Some(day) = day.map(Day::of) else { return Some(self.last()) };
        let holds = |&&row: &&u32| {
            let (from, until) = self.actors.period(row);
            from <= day && day < until
        };
        self.rows.iter().rev().find(holds).map(|&row| self.actors.row(row))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(lines: &[&str], offices: Vec<OfficeRow>) -> Lexicon {
        let mut actors = Actors::default();
        for line in lines {
            actors.push(&line.split('\t').collect::<Vec<_>>()).unwrap();
        }
        Lexicon::new(actors, Vec::new(), offices, &mut Symbols::default())
    }

    #[test]
    fn the_longest_name_wins_and_blanks_are_loose() {
        let lexicon = lexicon(
            &[
                "Russia\t~Russian\tRUS\tcountry\t\t\t\t\tx",
                "US State Department\tU.S. State Department|State Department\tUSAGOV\tgovernment\t\t\t\t\tx",
                "United States\tU.S.\tUSA\tcountry\t\t\t\t\tx",
            ],
            Vec::new(),
        );
        let text = "U.S. State\nDepartment";
        assert_eq!(lexicon.longest_name(text, 0).unwrap().0, text.len());
        assert_eq!(lexicon.longest_name("U.S. officials", 0).unwrap().0, 4);
        assert!(lexicon.longest_name("Russians", 0).is_none());
        let (_, meanings) = lexicon.longest_name("Russian jets", 0).unwrap();
        assert_eq!(meanings, [Meaning { entry: 0, mark: AliasMark::Adjective }]);
    }

    #[test]
    fn a_name_has_all_its_meanings_and_an_entry_all_its_periods() {
        let lexicon = lexicon(
            &[
                "Ann\tMs A\tFRAGOV\tperson\tminister\t2002-01-01\t2003-01-01\tQ1\tx",
                "Ann\tMs A\tFRAGOV\tperson\tjudge\t2001-01-01\t2002-01-01\t\tx",
                "Ann\t\tUSAGOV\tperson\tclerk\t2001-01-01\t\tQ2\tx",
                "Bea\tAnn\tUSA\tmedia\t\t\t\t\tx",
            ],
            Vec::new(),
        );
        let entries =
            |name| lexicon.longest_name(name, 0).unwrap().1.iter().map(|m| m.entry).collect::<Vec<_>>();
        assert_eq!(entries("Ann"), [0, 1, 2]);
        assert_eq!(entries("Ms A"), [0]);
        let roles: Vec<_> = lexicon.entry(0).periods().filter_map(|p| p.role).collect();
        assert_eq!((roles, lexicon.entry(0).wikidata()), (vec!["judge", "minister"], Some("Q1")));
        assert_eq!(lexicon.entry(0).period("2001-06-01".parse().ok()).and_then(|p| p.role), Some("judge"));
        assert_eq!(lexicon.entry(2).name(), "Bea");
    }

    #[test]
    fn offices_change_hands() {
        let lexicon = lexicon(
            &[
                "A One\t\tFRAGOV\tperson\tdefence minister\t2001-01-01\t2002-01-01\t\tx",
                "B Two\t\tFRAGOV\tperson\tdefense minister\t2002-01-01\t\t\tx",
            ],
            Vec::new(),
        );
        let day = |text: &str| text.parse().ok();
        let holder = |d| lexicon.holder("FRAGOV", "Defense Minister", d).map(|e| lexicon.entry(e).name());
        assert_eq!(holder(day("2001-06-01")), Some("A One"));
        assert_eq!(holder(day("2002-01-01")), Some("B Two"));
        assert_eq!(holder(day("2000-01-01")), None);
        assert_eq!(holder(None), Some("B Two"));
    }

    #[test]
    fn a_role_means_an_office_where_it_does() {
        let office = |role: &str, countries: &[&str], office: &str| OfficeRow {
            role: role.to_owned(),
            countries: countries.iter().map(|&c| c.to_owned()).collect(),
            office: office.to_owned(),
            single: false,
        };
        let lexicon = lexicon(
            &[
                "A One\t\tGBRGOV\tperson\tforeign secretary\t\t\t\tx",
                "B Two\t\tINDGOV\tperson\tforeign secretary\t\t\t\tx",
                "C Three\t\tINDGOV\tperson\tforeign minister\t\t\t\tx",
                "D Four\t\tIGOWSTNAT\tperson\tNATO secretary-general\t\t\t\tx",
            ],
            vec![
                office("foreign secretary", &["GBR"], "foreign minister"),
                office("top diplomat", &[], "foreign minister"),
            ],
        );
        let holder = |code, role| lexicon.holder(code, role, None).map(|e| lexicon.entry(e).name());
        assert_eq!(holder("GBRGOV", "top diplomat"), Some("A One"));
        assert_eq!(holder("INDGOV", "top diplomat"), Some("C Three"));
        assert_eq!(holder("INDGOV", "foreign secretary"), Some("B Two"));
        assert_eq!(holder("IGOWSTNAT", "secretary general"), Some("D Four"));
        assert_eq!(
            lexicon.only_person("IGOWSTNAT", None),
            lexicon.holder("IGOWSTNAT", "NATO secretary-general", None)
        );
        assert_eq!(lexicon.only_person("INDGOV", None), None);
    }
}
