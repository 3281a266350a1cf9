//! What is wrong or doubtful in a table of actors.

use super::{Actors, AliasMark, Lexicon, OfficeRow, Symbols};
use crate::ActorKind;
use detente_text::vocabulary;
use std::collections::BTreeMap;

vocabulary! {
    /// What is found in a table of actors.
    FindingKind {
        /// One actor has two codes in one role on one day.
        Contradiction = "contradiction",
        /// The same is said twice of one day.
        Twice = "said twice",
        /// A name means two actors on one day.
        Meanings = "two meanings",
        /// An office that one person holds has two holders on one day.
        Holders = "two holders",
        /// Nobody is known to have held such an office for more than a year.
        Gap = "gap",
    }
}

impl FindingKind {
    /// Whether rows of which this is found cannot both be taken.
    pub fn refuses(self) -> bool {
        self == Self::Contradiction
    }
}

/// Something found in a table of actors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// The later of the two rows that it is about.
    pub row: u32,
    /// The other one.
    pub other: u32,
    /// For a person to read.
    pub message: String,
}

/// Looks through a table of actors; findings come in the order of its rows.
///
/// ```
/// use detente::knowledge::{Actors, FindingKind, check};
///
/// let mut actors = Actors::default();
/// actors.push(&["Ann", "", "FRAGOV", "person", "minister", "2001-01-01", "2003-01-01", "", "a"])?;
/// actors.push(&["Ann", "", "DEUGOV", "person", "minister", "2002-01-01", "", "", "b"])?;
/// let found = check(actors, Vec::new());
/// assert_eq!((found.len(), found[0].kind, found[0].row), (1, FindingKind::Contradiction, 1));
/// # Ok::<(), detente::Error>(())
/// ```
pub fn check(actors: Actors, offices: Vec<OfficeRow>) -> Vec<Finding> {
    let single: Vec<String> = offices.iter().filter(|o| o.single).map(|o| o.office.clone()).collect();
    let lexicon = Lexicon::new(actors, Vec::new(), offices, &mut Symbols::default());
    let mut found = Vec::new();
    periods(&lexicon, &mut found);
    meanings(&lexicon, &mut found);
    holders(&lexicon, &single, &mut found);
    found.sort_by_key(|f| (f.row, f.other, f.kind));
    found.dedup();
    found
}

/// Two periods with a day in common.
fn overlap(actors: &Actors, a: u32, b: u32) -> bool {
    let ((from, until), (begin, end)) = (actors.period(a), actors.period(b));
    from < end && begin < until
}

fn finding(kind: FindingKind, a: u32, b: u32, message: String) -> Finding {
    Finding { kind, row: a.max(b), other: a.min(b), message }
}

/// Periods of one actor that cannot both hold.
fn periods(lexicon: &Lexicon, found: &mut Vec<Finding>) {
    let actors = lexicon.actors();
    for rows in lexicon.rows_of_entries() {
        for (at, &a) in rows.iter().enumerate() {
            for &b in rows[..at].iter().filter(|&&b| overlap(actors, a, b)) {
                if actors.office(a) != actors.office(b) {
                    continue;
                }
                let name = actors.name(a);
                found.push(match actors.code(a) == actors.code(b) {
                    true => finding(FindingKind::Twice, a, b, format!("`{name}` is told of one day twice")),
                    false => {
                        let codes = (actors.code(a.min(b)), actors.code(a.max(b)));
                        let message = format!("`{name}` is both {} and {} on one day", codes.0, codes.1);
                        finding(FindingKind::Contradiction, a, b, message)
                    }
                });
            }
        }
    }
}

/// Plain names that mean two actors on one day. Those whose office is over do not count.
fn meanings(lexicon: &Lexicon, found: &mut Vec<Finding>) {
    let actors = lexicon.actors();
    let entries: Vec<&[u32]> = lexicon.rows_of_entries().collect();
    for (name, meanings) in lexicon.names() {
        let plain: Vec<u32> =
            meanings.iter().filter(|m| m.mark == AliasMark::Plain).map(|m| m.entry).collect();
        for (at, &a) in plain.iter().enumerate() {
            for &b in &plain[..at] {
                let named = |&row: &u32| {
                    !actors.code(row).ends_with("ELI")
                        && (actors.name(row) == name || actors.aliases(row).any(|alias| alias.text == name))
                };
                let rows = |entry: u32| entries[entry as usize].iter().copied().filter(|row| named(row));
                let both = rows(a).find_map(|x| rows(b).find(|&y| overlap(actors, x, y)).map(|y| (x, y)));
                if let Some((x, y)) = both {
                    let message =
                        format!("`{name}` is {} and {}", actors.name(x.min(y)), actors.name(x.max(y)));
                    found.push(finding(FindingKind::Meanings, x, y, message));
                }
            }
        }
    }
}

/// Holders of the offices that only one holds: two on one day, and none for more than a year.
fn holders(lexicon: &Lexicon, single: &[String], found: &mut Vec<Finding>) {
    let actors = lexicon.actors();
    let mut offices: BTreeMap<(&str, String), Vec<u32>> = BTreeMap::new();
    for row in (0..actors.len() as u32).filter(|&row| actors.kind(row) == ActorKind::Person) {
        let code = actors.code(row);
        let office = lexicon.office(code, actors.office(row));
        if code.len() == 6 && code.ends_with("GOV") && single.contains(&office) {
            offices.entry((code, office)).or_default().push(row);
        }
    }
    for ((code, office), mut rows) in offices {
        rows.sort_by_key(|&row| actors.period(row));
        let mut last: Option<u32> = None;
        for &row in &rows {
            if let Some(last) = last {
                let ((_, until), (from, _)) = (actors.period(last), actors.period(row));
                let names = format!("{} and {}", actors.name(last), actors.name(row));
                if from < until && actors.name(last) != actors.name(row) {
                    let message = format!("{office} of {}: {names} on one day", &code[..3]);
                    found.push(finding(FindingKind::Holders, last, row, message));
                } else if until.years_before(from) {
                    let message = format!("{office} of {}: nobody between {names}", &code[..3]);
                    found.push(finding(FindingKind::Gap, last, row, message));
                }
            }
            let until = |row: u32| actors.period(row).1;
            if last.is_none_or(|last| until(last) <= until(row)) {
                last = Some(row);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &[&str]) -> Vec<(FindingKind, u32, u32)> {
        let mut actors = Actors::default();
        for line in lines {
            actors.push(&line.split('|').collect::<Vec<_>>()).unwrap();
        }
        let office = OfficeRow {
            role: "president".to_owned(),
            countries: Vec::new(),
            office: "president".to_owned(),
            single: true,
        };
        check(actors, vec![office]).into_iter().map(|f| (f.kind, f.row, f.other)).collect()
    }

    #[test]
    fn two_offices_at_once_are_none_of_our_business() {
        let rows = [
            "Ann||FRAGOV|person|prime minister|2001-01-01||Q1|x",
            "Ann||FRAGOV|person|president|2001-01-01||Q1|x",
        ];
        assert_eq!(found(&rows), []);
    }

    #[test]
    fn overlaps_gaps_and_double_names_are_found() {
        use FindingKind::*;
        let rows = [
            "Ann||FRAGOV|person|president|2001-01-01|2003-01-01||x",
            "Ann||FRAGOV|person|president|2002-01-01|2003-01-01||x",
            "Bea||FRAGOV|person|president|2002-06-01|2003-01-01||x",
            "Cid||FRAGOV|person|president|2005-01-01|||x",
            "Dora||FRA|country|||||x",
            "Dora||DEU|country|||||x",
            "Eva|Dora|FRAMED|media|||||x",
        ];
        let expected = [(Twice, 1, 0), (Holders, 2, 1), (Gap, 3, 2), (Contradiction, 5, 4), (Meanings, 6, 4)];
        assert_eq!(found(&rows), expected);
    }
}
