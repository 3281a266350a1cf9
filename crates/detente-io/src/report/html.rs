//! The report as one page that stands alone: no scripts, nothing fetched.

use super::highlight;
use super::model::{ClaimView, EventView, QUOTATION, QuantityView, Report, StatementView};
use super::wording;
use crate::describe::{cut, is_order, quoted};
use detente::{ClaimState, Compatibility, Reading};
use std::fmt::Write;

const STYLE: &str = include_str!("report.css");

/// The beginning of a page; sections follow, then [`page_end`].
pub fn page_start(title: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"generator\" content=\"detente {}\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n<main>\n",
        env!("CARGO_PKG_VERSION"),
        escape(title)
    )
}

/// The end of a page.
pub fn page_end() -> &'static str {
    "</main>\n<footer><p>Made by detente from the text above. It says who says so, never what is true.</p></footer>\n\
     </body>\n</html>\n"
}

/// One document of a page.
///
/// ```
/// use detente_io::report;
/// let reader = detente::Reader::bundled()?;
/// let article = detente::Article::new("a1", "Troops <script>alert(1)</script> left.");
/// let reading = reader.read(&article, &mut detente::Scratch::default());
/// let page = report::page_start("News") + &report::section(&reading) + report::page_end();
/// assert!(page.contains("&lt;script&gt;") && !page.contains("<script>"));
/// # Ok::<(), detente::Error>(())
/// ```
pub fn section(reading: &Reading<'_>) -> String {
    let report = Report::new(reading);
    let mut out = String::new();
    head(&report, &mut out);
    part(&mut out, "Who says so, who disputes it", &report.claims, claim);
    part(&mut out, "Figures side by side", &report.quantities, quantity);
    events(&mut out, "Told as done", &report.deeds);
    events(&mut out, "Announced, demanded, feared, denied, past", &report.others);
    part(&mut out, "Who said what", &report.statements, statement);
    if !report.times.is_empty() {
        let rows = report.times.iter();
        let rows =
            rows.map(|[words, period]| format!("<tr><td>“{}”</td><td>{period}</td></tr>\n", escape(words)));
        let rows: String = rows.collect();
        let head = "<thead><tr><th scope=\"col\">Words</th><th scope=\"col\">Time</th></tr></thead>";
        let _ = writeln!(
            out,
            "<details><summary>Times</summary>\n<table>{head}<tbody>\n{rows}</tbody></table></details>"
        );
    }
    if !report.notes.is_empty() {
        let notes: String = report.notes.iter().map(|note| format!("<li>{}</li>\n", escape(note))).collect();
        let _ = writeln!(out, "<h3>What could not be decided</h3>\n<ul class=\"notes\">\n{notes}</ul>");
    }
    let legend = [
        ("deed", "told as done"),
        ("event", "other act"),
        ("source", "source"),
        ("cue", "cue"),
        ("content", "what is said"),
        ("actor", "actor"),
        ("figure", "figure"),
    ];
    let legend: String =
        legend.iter().map(|(class, words)| format!("<span class=\"{class}\">{words}</span> ")).collect();
    let _ = writeln!(
        out,
        "<h3>The text</h3>\n<p class=\"legend\">{legend}</p>\n<div class=\"text\">\n{}</div>\n</article>",
        highlight::text(reading)
    );
    out
}

fn head(report: &Report<'_>, out: &mut String) {
    let mut about: Vec<String> = report.about.iter().map(|text| escape(text)).collect();
    about.extend(report.reading.article.url.as_deref().map(link));
    let _ = writeln!(
        out,
        "<article>\n<header>\n<h2>{}</h2>\n<p class=\"about\">{}</p>\n</header>",
        escape(&report.title),
        about.join(" · ")
    );
    if report.reading.events.is_empty() && report.reading.attributions.is_empty() {
        out.push_str("<p>No events and no statements were found in this text.</p>\n");
    }
}

/// An address; only those of the web can be followed.
fn link(url: &str) -> String {
    let shown = escape(url);
    if url.starts_with("http://") || url.starts_with("https://") {
        format!("<a href=\"{shown}\" rel=\"noopener noreferrer\">{shown}</a>")
    } else {
        shown
    }
}

/// A heading with its items, unless there are none.
fn part<T>(out: &mut String, heading: &str, items: &[T], item: fn(&T, &mut String)) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "<h3>{heading}</h3>");
    for one in items {
        item(one, out);
    }
}

fn claim(claim: &ClaimView, out: &mut String) {
    let tone = match claim.state {
        ClaimState::Disputed | ClaimState::Denied | ClaimState::Broken => "against",
        ClaimState::Corroborated | ClaimState::Done => "shared",
        ClaimState::Asserted | ClaimState::Open | ClaimState::Withdrawn => "open",
    };
    let _ = writeln!(
        out,
        "<section class=\"claim {tone}\">\n<h4><span class=\"state\">{}</span> {}</h4>\n<ul>",
        wording::state(claim.state),
        escape(&claim.text)
    );
    for stance in &claim.stances {
        let role = stance.role.as_ref().map(|role| format!(", {}", escape(role))).unwrap_or_default();
        let broader = if stance.broader { " <em>in wider words</em>" } else { "" };
        let _ = writeln!(
            out,
            "<li><span class=\"stance {}\">{}</span>{broader} <strong>{}</strong>{role}: {}</li>",
            stance.stance,
            wording::stance(stance.stance),
            escape(&stance.holder),
            quotation(&stance.words)
        );
    }
    out.push_str("</ul>\n</section>\n");
}

fn quantity(quantity: &QuantityView, out: &mut String) {
    let tone = match quantity.compatibility {
        Compatibility::Conflicting => "against",
        Compatibility::Compatible => "shared",
    };
    let _ = writeln!(
        out,
        "<section class=\"claim {tone}\">\n<h4><span class=\"state\">{}</span> {}</h4>\n<table><thead><tr>\
         <th scope=\"col\">Says</th><th scope=\"col\">Words</th><th scope=\"col\">Allows</th></tr></thead><tbody>",
        wording::fit(quantity.compatibility),
        escape(&quantity.text)
    );
    for figure in &quantity.figures {
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
            escape(&figure.holder),
            quotation(&figure.words),
            escape(&figure.interval)
        );
    }
    out.push_str("</tbody></table>\n</section>\n");
}

fn events(out: &mut String, heading: &str, events: &[EventView]) {
    if events.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "<h3>{heading}</h3>\n<div class=\"wide\"><table><thead><tr><th scope=\"col\">Who</th>\
         <th scope=\"col\">does what</th><th scope=\"col\">to whom</th><th scope=\"col\">Words</th>\
         <th scope=\"col\">Told</th><th scope=\"col\">By whom</th></tr></thead><tbody>"
    );
    for event in events {
        let mut told = vec![event.status.to_owned()];
        told.extend(event.time.clone());
        told.extend(event.place.as_deref().map(escape));
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td title=\"{}\">{}<br><small>{} {}</small></td><td>{}</td><td>{}<strong>{}</strong>{}</td>\
             <td>{}</td><td>{}</td></tr>",
            escape(&event.actor),
            escape(&event.why),
            event.act,
            event.id,
            escape(&event.kind),
            escape(&event.recipient),
            escape(&event.words[0]),
            escape(&event.words[1]),
            escape(&event.words[2]),
            told.join("<br>"),
            escape(&event.says)
        );
    }
    out.push_str("</tbody></table></div>\n");
}

fn statement(statement: &StatementView, out: &mut String) {
    let role = statement.role.as_ref().map(|role| format!(", {}", escape(role))).unwrap_or_default();
    let cue =
        statement.cue.as_ref().map(|cue| format!(" <small>({})</small>", escape(cue))).unwrap_or_default();
    let words = escape(&statement.words);
    let _ = writeln!(
        out,
        "<p class=\"statement\"><strong>{}</strong>{role} <span class=\"stance {}\">{}</span>{cue}: {words}</p>",
        escape(&statement.holder),
        statement.stance,
        wording::stance(statement.stance)
    );
}

/// Words of the text as a quotation.
fn quotation(words: &str) -> String {
    escape(&quoted(&cut(words, QUOTATION)))
}

/// Text that a browser shows and never obeys.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(text, &mut out);
    out
}

/// The same, appended.
pub(super) fn escape_into(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if is_order(c) => out.push(' '),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_text_is_markup() {
        assert_eq!(
            escape("<a b=\"c\" d='e'>&\u{0}\u{202E}"),
            "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;  "
        );
        assert_eq!(link("javascript:alert(1)"), "javascript:alert(1)");
        assert!(link("https://x.org/\"><b>").starts_with("<a href=\"https://x.org/&quot;&gt;&lt;b&gt;\""));
    }
}
