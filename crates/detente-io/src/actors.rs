//! The actor tables for people.

use crate::describe;
use detente::{
    ActorKind,
    knowledge::{AliasMark, CountryCodes, Knowledge},
};
use jiff::civil::Date;
use std::fmt::Write;

/// Rows of the actor tables by their numbers, a paragraph each; with a day, only those whose period holds on it.
pub fn show(knowledge: &Knowledge, rows: &[u32], on: Option<Date>) -> String {
    let actors = knowledge.actors();
    let mut out = String::new();
    for &number in rows {
        let row = actors.row(number);
        if on.is_some_and(|day| !row.holds_on(day)) {
            continue;
        }
        let role = row.role.map(|role| format!(", {}", describe::line(role))).unwrap_or_default();
        let _ = writeln!(out, "{}{role}: {} ({})", describe::line(row.name), row.code, row.kind);
        let period = match (row.from, row.until) {
            (None, None) => "at any time".to_owned(),
            (Some(from), None) => format!("from {from}"),
            (None, Some(until)) => format!("until {until}"),
            (Some(from), Some(until)) => format!("from {from} until {until}"),
        };
        let _ = write!(out, "  {period}");
        if let Some(wikidata) = row.wikidata {
            let _ = write!(out, " · {wikidata}");
        }
        let _ = writeln!(out, " · source: {}", describe::line(row.source));
        let aliases: Vec<String> =
            actors.aliases(number).map(|alias| alias_text(alias.text, alias.mark)).collect();
        if !aliases.is_empty() {
            let _ = writeln!(out, "  also: {}", aliases.join(", "));
        }
        if let Some(codes) = knowledge.codes(row.code).filter(|_| row.kind == ActorKind::Country) {
            let _ = writeln!(out, "  codes: {}", other_codes(codes));
        }
    }
    out
}

/// "ISO UA 804 · FIPS UP · COW 369 · Gleditsch-Ward 369 · capital Kyiv"
fn other_codes(codes: &CountryCodes) -> String {
    let iso = format!("{} {}", codes.alpha2, codes.numeric);
    let all = [
        ("ISO", iso.trim()),
        ("FIPS", &codes.fips),
        ("COW", &codes.cow),
        ("Gleditsch-Ward", &codes.gw),
        ("capital", &codes.capital),
    ];
    let known = all.iter().filter(|(_, code)| !code.is_empty());
    let shown: Vec<String> = known.map(|(list, code)| format!("{list} {}", describe::line(code))).collect();
    shown.join(" · ")
}

fn alias_text(text: &str, mark: AliasMark) -> String {
    let text = describe::line(text);
    match mark {
        AliasMark::Plain => text,
        AliasMark::Adjective => format!("{text} (adjective)"),
        AliasMark::Seat => format!("{text} (seat)"),
        AliasMark::Unsafe => format!("{text} (not alone)"),
    }
}
