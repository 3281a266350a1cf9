//! Dictionaries of TABARI and PETRARCH: actors and agents, as coding projects of the last decades have them.
//!
//! An actor is a name with its codes, perhaps for some time only, and other names below it:
//!
//! ```text
//! RURITANIAN_LIBERATION_ARMY_(RLA)_ [RURREB]   # or: ; a comment
//! +SONS_OF_STRELSAU_
//! RUDOLF_ELPHBERG_
//! +KING_RUDOLF_
//!     [RURELI <19900101]
//!     [RURGOV 19900101-20051231]
//! ```
//!
//! An agent is a role noun with its sector: `POLICEMAN {POLICEMEN} [~COP]`, with sets of endings:
//! `!PERSON! = MAN, WOMAN` and then `SPOKES!PERSON! [~GOV]`. Names without a code, which those programs passed over,
//! are passed over here too.

use crate::Error;
use detente::{
    ActorKind, Sector,
    knowledge::{ActorRow, Actors, AgentRow, Alias, AliasMark},
};
use jiff::civil::Date;
use std::{collections::BTreeMap, path::Path};

/// Whether a file is named like a dictionary of actors or of agents.
pub(crate) fn is_dictionary(path: &Path) -> bool {
    let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_lowercase();
    let ending = [".txt", ".actors", ".agents"].iter().any(|ending| name.ends_with(ending));
    ending && (name.contains("actors") || name.contains("agents"))
}

/// A code with the days for which it holds.
struct Code<'t> {
    code: &'t str,
    from: Option<Date>,
    until: Option<Date>,
}

/// Names of one actor, the first one to show, and its codes.
#[derive(Default)]
struct Entry<'t> {
    names: Vec<String>,
    codes: Vec<Code<'t>>,
    line: u64,
}

/// Adds the actors of a dictionary, telling `added` the line of each new row. Lines that cannot be read are returned,
/// and the rest is read on.
pub(crate) fn read_actors(
    path: &Path,
    text: &str,
    actors: &mut Actors,
    added: &mut dyn FnMut(u64),
) -> Vec<Error> {
    let mut faults = Vec::new();
    let mut entry = Entry::default();
    let source = path.file_name().and_then(|n| n.to_str()).unwrap_or("dictionary").to_owned();
    for (number, line) in text.lines().enumerate() {
        let line = without_comment(line);
        let fail = |cause: String| Error::new(cause).in_file(path).at_line(number as u64 + 1);
        if line.trim().is_empty() {
            continue;
        }
        let (name, codes) = line.split_once('[').map_or((line, None), |(name, codes)| (name, Some(codes)));
        match name.trim() {
            "" => {}
            other if other.starts_with('+') => entry.names.extend(names(&other[1..])),
            new => {
                finish(std::mem::take(&mut entry), &source, actors, added);
                (entry.names, entry.line) = (names(new), number as u64 + 1);
            }
        }
        for code in codes.into_iter().flat_map(|codes| codes.split('[')) {
            match read_code(code) {
                Ok(code) => entry.codes.extend(code),
                Err(cause) => faults.push(fail(cause)),
            }
        }
    }
    finish(entry, &source, actors, added);
    faults
}

fn finish(entry: Entry<'_>, source: &str, actors: &mut Actors, added: &mut dyn FnMut(u64)) {
    let Some((name, others)) = entry.names.split_first() else { return };
    let dated = entry.codes.iter().any(|c| c.from.is_some() || c.until.is_some());
    for code in &entry.codes {
        let row = ActorRow {
            name,
            code: code.code,
            kind: kind(code.code, dated),
            role: None,
            from: code.from,
            until: code.until,
            wikidata: None,
            source,
        };
        let aliases = others.iter().map(|text| Alias { text, mark: AliasMark::Plain });
        // Its name is not empty, its code and its period were checked, so nothing can be wrong with it.
        if actors.add(&row, aliases).is_ok() {
            added(entry.line);
        }
    }
}

/// What the code of an actor makes it; who has a term is a person.
fn kind(code: &str, dated: bool) -> ActorKind {
    let sector = |wanted: &[&str]| {
        (3..code.len()).step_by(3).any(|at| wanted.contains(&&code[at..code.len().min(at + 3)]))
    };
    match code.get(..3) {
        Some("IGO" | "NGO" | "NGM" | "INT") => ActorKind::Body,
        Some("MNC") => ActorKind::Other,
        Some("IMG") => ActorKind::Group,
        _ if dated => ActorKind::Person,
        _ if code.len() == 3 => ActorKind::Country,
        _ if sector(&["MED", "JRN"]) => ActorKind::Media,
        _ if sector(&["REB", "UAF", "SEP", "INS", "RAD", "PTY", "OPP", "CRM"]) => ActorKind::Group,
        _ if sector(&["GOV", "MIL", "COP", "LEG", "JUD", "SPY"]) => ActorKind::Government,
        _ if sector(&["CVL", "REF"]) => ActorKind::People,
        _ => ActorKind::Body,
    }
}

/// `RURGOV 19900101-20051231]`: a code until its bracket; none for a null code.
fn read_code(text: &str) -> Result<Option<Code<'_>>, String> {
    let (inside, _) =
        text.split_once(']').ok_or_else(|| format!("`[{}` has no closing bracket", text.trim()))?;
    let (code, time) = inside.trim().split_once(char::is_whitespace).unwrap_or((inside.trim(), ""));
    if code.bytes().all(|b| matches!(b, b'-' | b'#' | b'*')) {
        return Ok(None);
    }
    if !code.len().is_multiple_of(3) || !code.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(format!("code `{code}` is not capital letters by threes"));
    }
    let time = time.trim();
    let (from, until) = match time.as_bytes().first() {
        None => (None, None),
        Some(b'<') => (None, Some(date(&time[1..])?)),
        Some(b'>') => (Some(date(&time[1..])?), None),
        Some(_) => {
            let (from, until) = time.split_once('-').ok_or_else(|| format!("`{time}` is no time"))?;
            (Some(date(from)?), Some(date(until)?))
        }
    };
    if from.zip(until).is_some_and(|(from, until)| until <= from) {
        return Err(format!("the time `{time}` ends before it begins"));
    }
    Ok(Some(Code { code, from, until }))
}

/// `YYYYMMDD`, or `YYMMDD` of the years 1930 to 2029.
fn date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    let wrong = || format!("`{text}` is no date of the form YYYYMMDD or YYMMDD");
    let number: u32 = text.parse().map_err(|_| wrong())?;
    let year = match text.len() {
        8 => number / 10_000,
        6 => number / 10_000 + if number >= 300_000 { 1900 } else { 2000 },
        _ => return Err(wrong()),
    };
    let (month, day) = (number / 100 % 100, number % 100);
    Date::new(year as i16, month as i8, day as i8).map_err(|_| wrong())
}

/// Adds the agents of a dictionary that are not known yet. Lines that cannot be read are returned.
pub(crate) fn read_agents(path: &Path, text: &str, agents: &mut Vec<AgentRow>) -> Vec<Error> {
    let mut faults = Vec::new();
    let mut endings: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut known: std::collections::HashSet<String> = agents.iter().map(|a| a.noun.clone()).collect();
    for (number, line) in text.lines().enumerate() {
        let line = without_comment(line).trim();
        let mut fail =
            |cause: String| faults.push(Error::new(cause).in_file(path).at_line(number as u64 + 1));
        if line.is_empty() {
            continue;
        }
        if let Some((name, list)) = line.strip_prefix('!').and_then(|rest| rest.split_once("! =")) {
            endings.insert(name, list.split(',').map(str::trim).collect());
            continue;
        }
        let Some((noun, rest)) = line.split_once('[') else { continue };
        let Some((code, _)) = rest.split_once(']') else {
            fail(format!("`[{rest}` has no closing bracket"));
            continue;
        };
        let sector = code.trim_matches('~').get(..3).filter(|s| s.bytes().all(|b| b.is_ascii_uppercase()));
        let Some(sector) = sector.filter(|_| code.contains('~')) else {
            fail(format!("`[{code}]` is no sector of an agent, such as [~COP]"));
            continue;
        };
        let noun = noun.split('{').next().unwrap_or_default().trim();
        let forms = match noun.split_once('!').and_then(|(stem, rest)| Some((stem, rest.split_once('!')?))) {
            Some((stem, (set, behind))) => match endings.get(set) {
                Some(list) => list.iter().map(|ending| format!("{stem}{ending}{behind}")).collect(),
                None => {
                    fail(format!("no set of endings is called `!{set}!`"));
                    continue;
                }
            },
            None => vec![noun.to_owned()],
        };
        for form in forms {
            let noun = form.replace('_', " ").trim().to_lowercase();
            if !noun.is_empty() && known.insert(noun.clone()) {
                agents.push(AgentRow {
                    noun,
                    sector: Sector::from_cameo(sector).map_or(sector, |s| s.as_str()).to_owned(),
                    kind: agent_kind(sector),
                    weak: false,
                });
            }
        }
    }
    faults
}

fn agent_kind(sector: &str) -> ActorKind {
    match sector {
        "MIL" | "COP" | "REB" | "INS" | "SEP" | "RAD" | "UAF" | "PTY" | "OPP" | "CRM" => ActorKind::Group,
        "CVL" | "REF" | "EDU" | "LAB" | "AGR" => ActorKind::People,
        "MED" => ActorKind::Media,
        _ => ActorKind::Person,
    }
}

fn without_comment(line: &str) -> &str {
    // A number sign may be part of a null code.
    let sign = line.match_indices('#').map(|(at, _)| at);
    let sign = sign.into_iter().find(|&at| at == 0 || line.as_bytes()[at - 1].is_ascii_whitespace());
    let end = [sign, line.find(';'), line.find("<!--"), line.find("<NOUN>")].into_iter().flatten().min();
    &line[..end.unwrap_or(line.len())]
}

/// The names in an entry's name: as news prints it, and an abbreviation in brackets.
fn names(raw: &str) -> Vec<String> {
    let (name, short) = match raw.trim().split_once('(') {
        Some((name, rest)) => (name, rest.split(')').next()),
        None => (raw, None),
    };
    let name = name.trim_matches(|c: char| c == '_' || c.is_whitespace());
    let mut out = Vec::new();
    if !name.is_empty() {
        let printed = printed(name);
        // "AL-QAEDA" may be "al-Qaeda", and "ETA" is no word.
        if let Some(rest) = printed.strip_prefix("Al-") {
            out.push(format!("al-{rest}"));
        }
        out.insert(0, printed);
        if name.len() < 6 && name.bytes().all(|b| b.is_ascii_uppercase()) {
            out.push(name.to_owned());
        }
    }
    out.extend(short.map(|s| s.trim_matches('_').to_owned()).filter(|s| s.len() > 1 && !s.contains('_')));
    out
}

/// A name in capitals as a newspaper prints it: "SONS_OF_STRELSAU" is "Sons of Strelsau".
fn printed(name: &str) -> String {
    const SMALL: [&str; 16] = [
        "of", "the", "and", "for", "in", "on", "to", "de", "la", "del", "von", "van", "bin", "a", "by", "at",
    ];
    let mut out = String::new();
    for (index, word) in name.split(['_', ' ']).filter(|w| !w.is_empty()).enumerate() {
        if index > 0 {
            out.push(' ');
        }
        let lower = word.to_lowercase();
        if index > 0 && SMALL.contains(&lower.as_str()) {
            out.push_str(&lower);
            continue;
        }
        let mut capital = true;
        for c in lower.chars() {
            if capital {
                out.extend(c.to_uppercase());
            } else {
                out.push(c);
            }
            capital = matches!(c, '-' | '/');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actors(text: &str) -> (Actors, Vec<String>) {
        let mut actors = Actors::default();
        let faults = read_actors(Path::new("my.actors"), text, &mut actors, &mut |_| ());
        (actors, faults.iter().map(Error::to_string).collect())
    }

    #[test]
    fn names_codes_and_days_are_read() {
        let text = "# a comment\nRURITANIAN_LIBERATION_ARMY_(RLA)_ [RURREB] ; 2013\n+SONS_OF_STRELSAU_\n\n\
                    RUDOLF_ELPHBERG_\n+KING_RUDOLF\n\t[RURELI <900101]\n\t[RURGOV 19900101-20051231] # king\n\
                    TABLE_  ;a thing\nAL-ZENDA [RUR]\n";
        let (actors, faults) = actors(text);
        assert_eq!(faults, [""; 0]);
        let rows: Vec<_> = actors.rows().map(|r| (r.name, r.code, r.kind)).collect();
        assert_eq!(
            rows,
            [
                ("Ruritanian Liberation Army", "RURREB", ActorKind::Group),
                ("Rudolf Elphberg", "RURELI", ActorKind::Person),
                ("Rudolf Elphberg", "RURGOV", ActorKind::Person),
                ("Al-Zenda", "RUR", ActorKind::Country),
            ]
        );
        let aliases = |row| actors.aliases(row).map(|a| a.text.to_owned()).collect::<Vec<_>>();
        assert_eq!(aliases(0), ["RLA", "Sons of Strelsau"]);
        assert_eq!(aliases(3), ["al-Zenda"]);
        assert!(actors.row(2).holds_on("2005-12-30".parse().unwrap()));
        assert!(!actors.row(1).holds_on("1990-01-01".parse().unwrap()));
    }

    #[test]
    fn broken_lines_are_named_and_the_rest_is_read() {
        let (actors, faults) =
            actors("A_B [RUR\nC_D [rur]\nE_F [RUR 19991301-20000101]\nG_H [RUR 5-4]\nI_J [RUR]\n");
        assert_eq!(actors.len(), 1);
        let expected = [
            "my.actors:1: `[RUR` has no closing bracket",
            "my.actors:2: code `rur` is not capital letters by threes",
            "my.actors:3: `19991301` is no date of the form YYYYMMDD or YYMMDD",
            "my.actors:4: `5` is no date of the form YYYYMMDD or YYMMDD",
        ];
        assert_eq!(faults, expected);
    }

    #[test]
    fn agents_are_read_with_their_endings() {
        let mut agents = vec![AgentRow {
            noun: "soldier".to_owned(),
            sector: "MIL".to_owned(),
            kind: ActorKind::Group,
            weak: false,
        }];
        let text = "!PERSON! = MAN, WOMAN\nSPOKES!PERSON! [~GOV]\nSOLDIER [~REB]\nCHURCH_LEADER {} [~REL]\n\
                    NEWSPAPER_ [~MED]\nODD [COP]\nX!NONE! [~COP]\n";
        let faults = read_agents(Path::new("my.agents"), text, &mut agents);
        let found: Vec<_> = agents.iter().map(|a| (a.noun.as_str(), a.sector.as_str())).collect();
        assert_eq!(
            found,
            [
                ("soldier", "MIL"),
                ("spokesman", "GOV"),
                ("spokeswoman", "GOV"),
                ("church leader", "REL"),
                ("newspaper", "JRN")
            ]
        );
        let faults: Vec<String> = faults.iter().map(Error::to_string).collect();
        assert_eq!(
            faults,
            [
                "my.agents:6: `[COP]` is no sector of an agent, such as [~COP]",
                "my.agents:7: no set of endings is called `!NONE!`"
            ]
        );
    }
}
