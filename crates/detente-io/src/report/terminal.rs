//! The report for a terminal.

use super::model::{ClaimView, EventView, QUOTATION, QuantityView, Report, StatementView};
use super::wording;
use crate::describe::{cut, quoted};
use detente::{ClaimState, Compatibility, Reading, Stance};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// How the report is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns, at least 40.
    pub width: usize,
    /// Whether colours are wanted.
    pub colours: bool,
}

/// One document's report as plain text or with ANSI colours.
pub fn terminal(reading: &Reading<'_>, style: Style) -> String {
    let report = Report::new(reading);
    let mut page = Page { out: String::new(), style: Style { width: style.width.max(40), ..style } };
    page.paragraph(0, &page.bold(&report.title));
    page.paragraph(0, &page.dim(&report.about.join(" · ")));
    page.section("Who says so, who disputes it", report.claims.len());
    report.claims.iter().for_each(|claim| page.claim(claim));
    page.section("Figures side by side", report.quantities.len());
    report.quantities.iter().for_each(|quantity| page.quantity(quantity));
    page.section("Told as done", report.deeds.len());
    report.deeds.iter().for_each(|event| page.event(event));
    page.section("Announced, demanded, feared, denied, past", report.others.len());
    report.others.iter().for_each(|event| page.event(event));
    page.section("Who said what", report.statements.len());
    report.statements.iter().for_each(|statement| page.statement(statement));
    page.section("Times", report.times.len());
    for [words, period] in &report.times {
        page.paragraph(2, &format!("“{words}”: {period}"));
    }
    page.section("What could not be decided", report.notes.len());
    report.notes.iter().for_each(|note| page.paragraph(2, note));
    if reading.events.is_empty() && reading.attributions.is_empty() {
        page.paragraph(0, "");
        page.paragraph(0, "No events and no statements were found in this text.");
    }
    page.out
}

struct Page {
    out: String,
    style: Style,
}

impl Page {
    /// A heading, unless there is nothing under it.
    fn section(&mut self, heading: &str, count: usize) {
        if count > 0 {
            let heading = self.bold(&heading.to_uppercase());
            let _ = writeln!(self.out, "\n{heading}");
        }
    }

    fn claim(&mut self, claim: &ClaimView) {
        let state = self.state(claim.state);
        self.paragraph(2, &format!("{} [{state}] {}", self.dim(&claim.id), self.bold(&claim.text)));
        for stance in &claim.stances {
            let role = stance.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
            let broader = if stance.broader { " (in wider words)" } else { "" };
            let says = self.stance(stance.stance);
            let words = quoted(&cut(&stance.words, QUOTATION));
            self.paragraph(6, &format!("{says}{broader} · {}{role}: {words}", self.bold(&stance.holder)));
        }
    }

    fn quantity(&mut self, quantity: &QuantityView) {
        let fit = wording::fit(quantity.compatibility);
        let fit = match quantity.compatibility {
            Compatibility::Conflicting => self.ink("31", fit),
            Compatibility::Compatible => fit.to_owned(),
        };
        self.paragraph(2, &format!("{} [{fit}]", self.bold(&quantity.text)));
        for figure in &quantity.figures {
            let line =
                format!("{}: {} ({})", self.bold(&figure.holder), quoted(&figure.words), figure.interval);
            self.paragraph(6, &line);
        }
    }

    fn event(&mut self, event: &EventView) {
        let id = self.dim(&event.id);
        let act = self.bold(&event.act);
        let recipient =
            if event.recipient.is_empty() { String::new() } else { format!(" → {}", event.recipient) };
        self.paragraph(2, &format!("{id} {}{recipient}: {act} ({})", event.actor, event.kind));
        let [before, anchor, after] = &event.words;
        let words = quoted(&format!("{before}{}{after}", self.bold(anchor)));
        let mut line = format!("{}, {}: {words}", event.status, event.says);
        for (word, told) in [("in", &event.place), ("at", &event.time)] {
            if let Some(told) = told {
                let _ = write!(line, ", {word} {told}");
            }
        }
        self.paragraph(6, &line);
    }

    fn statement(&mut self, statement: &StatementView) {
        let role = statement.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
        let cue = statement.cue.as_ref().map(|cue| format!(" ({cue})")).unwrap_or_default();
        let says = self.stance(statement.stance);
        let holder = self.bold(&statement.holder);
        self.paragraph(2, &format!("{says}{cue} · {holder}{role}: {}", statement.words));
    }

    fn state(&self, state: ClaimState) -> String {
        let ink = match state {
            ClaimState::Disputed | ClaimState::Denied | ClaimState::Broken => "31",
            ClaimState::Corroborated | ClaimState::Done => "32",
            ClaimState::Open | ClaimState::Asserted | ClaimState::Withdrawn => "33",
        };
        self.ink(ink, wording::state(state))
    }

    fn stance(&self, stance: Stance) -> String {
        match stance {
            Stance::Denies | Stance::Doubts => self.ink("31", wording::stance(stance)),
            _ => wording::stance(stance).to_owned(),
        }
    }

    fn bold(&self, text: &str) -> String {
        self.ink("1", text)
    }

    fn dim(&self, text: &str) -> String {
        self.ink("2", text)
    }

    /// Each word carries its own colour, so that lines may break between them.
    fn ink(&self, code: &str, text: &str) -> String {
        if !self.style.colours {
            return text.to_owned();
        }
        let words = text.split(' ').map(|word| format!("\u{1b}[{code}m{word}\u{1b}[0m"));
        words.collect::<Vec<_>>().join(" ")
    }

    /// A paragraph with an indent, further lines two columns deeper.
    fn paragraph(&mut self, indent: usize, text: &str) {
        let mut column = 0;
        for word in text.split(' ') {
            let width = shown_width(word);
            let fits = column + 1 + width <= self.style.width;
            if column == 0 {
                self.space(indent);
                column = indent;
            } else if fits {
                self.out.push(' ');
                column += 1;
            } else {
                self.out.push('\n');
                self.space(indent + 2);
                column = indent + 2;
            }
            self.out.push_str(word);
            column += width;
        }
        self.out.push('\n');
    }

    fn space(&mut self, columns: usize) {
        self.out.extend(std::iter::repeat_n(' ', columns));
    }
}

/// Columns of a word without its colours.
fn shown_width(word: &str) -> usize {
    let mut rest = word;
    let mut width = 0;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        width += before.width();
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    width + rest.width()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_by_what_is_shown() {
        let mut page = Page { out: String::new(), style: Style { width: 40, colours: true } };
        let text = page.bold("Kyiv denies that its forces crossed the border at night");
        page.paragraph(2, &text);
        let plain: Vec<usize> = page.out.lines().map(shown_width).collect();
        assert_eq!(plain.len(), 2);
        assert!(plain.iter().all(|&width| width <= 40), "{plain:?}");
    }
}
