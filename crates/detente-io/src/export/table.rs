//! Events as aligned columns.

use crate::describe;
use detente::{Event, Reading};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

const HEADER: [&str; 9] = ["ID", "SENT", "TYPE", "ACTOR", "→ RECIPIENT", "STATUS", "DEED", "SAYS", "WORDS"];

/// A line about the document, then one row an event.
pub(super) fn render(reading: &Reading<'_>) -> String {
    let article = reading.article;
    let mut out = describe::line(&article.id);
    let about = [article.published.as_ref().map(|p| p.text.as_str()), article.publisher.as_deref()];
    for text in about.into_iter().flatten().chain(article.title.as_deref()) {
        let _ = write!(out, " · {}", describe::line(text));
    }
    out.push('\n');
    if reading.events.is_empty() {
        out.push_str("no events\n");
        return out;
    }
    let mut rows = vec![HEADER.map(str::to_owned)];
    rows.extend(reading.events.iter().enumerate().map(|(index, event)| row(reading, index, event)));
    out.push_str(&aligned(&rows));
    out
}

fn row(reading: &Reading<'_>, index: usize, event: &Event) -> [String; 9] {
    let says = event.attribution.map(|id| describe::source(reading, id)).unwrap_or_default();
    [
        format!("e{}", index + 1),
        event.sentence.0.to_string(),
        describe::kind(event),
        describe::cut(&describe::participants(reading, &event.actor), 36),
        format!("→ {}", describe::cut(&describe::participants(reading, &event.recipient), 36)),
        describe::status(event).to_owned(),
        if event.deed() { "yes" } else { "no" }.to_owned(),
        describe::cut(&says, 30),
        describe::cut(&describe::words(reading, event.anchor), 40),
    ]
}

/// Columns padded to their widest cell as terminals show it.
fn aligned<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or_default();
    let widths: [usize; N] = std::array::from_fn(width);
    let mut out = String::new();
    for row in rows {
        let start = out.len();
        for (cell, width) in row.iter().zip(widths) {
            out.push_str(cell);
            out.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
        }
        out.truncate(start + out[start..].trim_end().len());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_keep_columns_apart() {
        let rows = [["日本", "a"], ["x", "b"]].map(|row| row.map(str::to_owned));
        assert_eq!(aligned(&rows), "日本  a\nx     b\n");
    }
}
