//! The actor tables for people.

use crate::describe;
use detente::knowledge::{ActorRow, AliasMark};
use jiff::civil::Date;
use std::fmt::Write;

/// Rows of the actor tables, a paragraph each; with a day, only those whose period holds on it.
pub fn show(rows: &[&ActorRow], on: Option<Date>) -> String {
    let mut out = String::new();
    for row in rows.iter().filter(|row| on.is_none_or(|day| row.holds_on(day))) {
        let role = row.role.as_ref().map(|role| format!(", {}", describe::line(role))).unwrap_or_default();
        let _ = writeln!(out, "{}{role}: {} ({})", describe::line(&row.name), row.code, row.kind);
        let period = match (row.from, row.until) {
            (None, None) => "at any time".to_owned(),
            (Some(from), None) => format!("from {from}"),
            (None, Some(until)) => format!("until {until}"),
            (Some(from), Some(until)) => format!("from {from} until {until}"),
        };
        let _ = write!(out, "  {period}");
        if let Some(wikidata) = &row.wikidata {
            let _ = write!(out, " · {wikidata}");
        }
        let _ = writeln!(out, " · source: {}", describe::line(&row.source));
        let aliases: Vec<String> =
            row.aliases.iter().map(|alias| alias_text(&alias.text, alias.mark)).collect();
        if !aliases.is_empty() {
            let _ = writeln!(out, "  also: {}", aliases.join(", "));
        }
    }
    out
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
