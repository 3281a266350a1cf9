//! Short wordings that the tables and reports share.

use detente::text::{Document, Span};
use detente::{
    Actor, ActorId, Attribution, AttributionId, Event, MentionId, Polarity, Reading, Reality, TimeStatus,
};

/// Text on one line that no terminal takes for orders: white space is one space, control and direction characters
/// are left out.
pub(crate) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|&c| !is_order(c)));
    }
    out
}

/// Control characters, and those that turn the direction of writing.
pub(crate) fn is_order(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// At most `width` characters, with an ellipsis where something was cut.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The words of a span, on one line.
pub(crate) fn words(reading: &Reading<'_>, span: Span) -> String {
    words_of(&reading.document, span)
}

/// The same without a reading.
pub(crate) fn words_of(document: &Document<'_>, span: Span) -> String {
    line(document.slice(span))
}

/// Words between quotation marks, unless they are one quotation already.
pub(crate) fn quoted(words: &str) -> String {
    let inner = words.strip_prefix('“').and_then(|rest| rest.strip_suffix('”'));
    let whole = inner.is_some_and(|inner| !inner.contains(['“', '”']));
    if whole { words.to_owned() } else { format!("“{words}”") }
}

/// What stands before, at and after some words in their sentence, on one line each, cut at a word's border where it
/// is long.
pub(crate) fn excerpt(reading: &Reading<'_>, sentence: Span, span: Span) -> [String; 3] {
    /// So much is shown on each side, in characters.
    const SIDE: usize = 70;
    let text = reading.document.text();
    // Characters have at most four bytes; white space may shrink, so some more are looked at.
    let reach = 8 * SIDE;
    let first =
        text.floor_char_boundary((span.start as usize).saturating_sub(reach)).max(sentence.start as usize);
    let last = text.ceil_char_boundary(span.end as usize + reach).min(sentence.end as usize);
    let side = |range: std::ops::Range<usize>| line(text.get(range).unwrap_or_default());
    let before: Vec<char> = side(first..span.start as usize).chars().collect();
    let after: Vec<char> = side(span.end as usize..last).chars().collect();
    let from = before.len().saturating_sub(SIDE);
    let start = match from {
        0 => 0,
        _ => before[from..].iter().position(|&c| c == ' ').map_or(from, |space| from + space + 1),
    };
    let end = match after.len() {
        length if length <= SIDE => length,
        _ => after[..SIDE].iter().rposition(|&c| c == ' ').unwrap_or(SIDE),
    };
    let glue = |at: u32| if text[at as usize..].starts_with(char::is_whitespace) { " " } else { "" };
    let space_before = if text[..span.start as usize].ends_with(char::is_whitespace) { " " } else { "" };
    let shown: String = before[start..].iter().collect();
    let rest: String = after[..end].iter().collect();
    let head = format!(
        "{}{shown}{}",
        if start > 0 { "… " } else { "" },
        if shown.is_empty() { "" } else { space_before }
    );
    let tail = format!(
        "{}{rest}{}",
        if rest.is_empty() { "" } else { glue(span.end) },
        if end < after.len() { " …" } else { "" }
    );
    [head, words(reading, span), tail]
}

/// The actor behind a mention: name and code, or the words of the text when nothing tells who it is.
pub(crate) fn participant(reading: &Reading<'_>, mention: MentionId) -> String {
    match reading.actor_of(mention) {
        Some(actor) => named(reading.actor(actor)),
        None => format!("“{}”", words(reading, reading.mention(mention).span)),
    }
}

/// Several participants, each named once.
pub(crate) fn participants(reading: &Reading<'_>, mentions: &[MentionId]) -> String {
    let mut names: Vec<String> = Vec::new();
    for &mention in mentions {
        let name = participant(reading, mention);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// Name and code: `Russia (RUSGOV)`.
pub(crate) fn named(actor: &Actor) -> String {
    let name = line(&actor.name);
    match actor.code.as_ref().or(actor.country.as_ref()) {
        Some(code) => format!("{name} ({code})"),
        None => name,
    }
}

/// The holder of a stance; the writer is the publisher.
pub(crate) fn holder(reading: &Reading<'_>, holder: Option<ActorId>) -> String {
    match holder {
        Some(actor) => line(&reading.actor(actor).name),
        None => writer(reading),
    }
}

/// Who wrote the article.
pub(crate) fn writer(reading: &Reading<'_>) -> String {
    reading.article.publisher.as_deref().map_or_else(|| "the report itself".to_owned(), line)
}

/// Who says so: the source of an attribution in short.
pub(crate) fn source(reading: &Reading<'_>, attribution: AttributionId) -> String {
    holders(reading, &reading.attributions[attribution.index()])
}

/// Who makes a statement: "China, India".
pub(crate) fn holders(reading: &Reading<'_>, attribution: &Attribution) -> String {
    let name = |actor: ActorId| line(&reading.actor(actor).name);
    match attribution.source {
        Some(source) => match source.actor {
            Some(actor) => {
                let names: Vec<String> =
                    std::iter::once(actor).chain(attribution.with.iter().copied()).map(name).collect();
                names.join(", ")
            }
            None => format!("“{}”", words(reading, source.span)),
        },
        None => "somebody unnamed".to_owned(),
    }
}

/// Type with modes: `RETREAT/withdraw`.
pub(crate) fn kind(event: &Event) -> String {
    let mut text = event.kind.as_str().to_owned();
    for (index, mode) in event.modes.iter().enumerate() {
        text.push(if index == 0 { '/' } else { '+' });
        text.push_str(mode.as_str());
    }
    text
}

/// How the text presents an event, in words: `happened`, `planned`, `did not happen`.
pub(crate) fn status(event: &Event) -> &'static str {
    use {Polarity as P, Reality as R, TimeStatus as T};
    match (event.polarity, event.reality, event.time_status) {
        (P::Positive, R::Actual, T::Current) => "told as done",
        (P::Positive, R::Actual, T::Background) => "told as past",
        (P::Positive, R::Actual, T::Future) => "told as to come",
        (P::Positive, R::Planned, _) => "planned",
        (P::Positive, R::Possible, _) => "possible",
        (P::Positive, R::Conditional, _) => "conditional",
        (P::Positive, R::Demanded, _) => "demanded",
        (P::Negative, R::Actual, T::Background) => "told as not done in the past",
        (P::Negative, R::Actual, _) => "told as not done",
        (P::Negative, R::Planned, _) => "planned not to be done",
        (P::Negative, R::Possible, _) => "possibly not done",
        (P::Negative, R::Conditional, _) => "conditionally not done",
        (P::Negative, R::Demanded, _) => "demanded not to be done",
    }
}

/// A number with thousands set apart: `130,000`.
pub(crate) fn number(value: f64) -> String {
    let text = value.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("−", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, ""), |(w, f)| (w, f));
    let mut out = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_but_text() {
        assert_eq!(line(" a\n\tb \u{1b}[31mc\u{202E}d "), "a b [31mcd");
    }

    #[test]
    fn quotations_are_marked_once() {
        assert_eq!(quoted("it left"), "“it left”");
        assert_eq!(quoted("“it left,”"), "“it left,”");
        assert_eq!(quoted("“it” left"), "““it” left”");
    }

    #[test]
    fn numbers_and_cuts() {
        assert_eq!(number(130_000.0), "130,000");
        assert_eq!(number(999.0), "999");
        assert_eq!(number(-1234.5), "−1,234.5");
        assert_eq!(cut("Kyiv’s envoy", 7), "Kyiv’s…");
        assert_eq!(cut("Kyiv", 4), "Kyiv");
    }
}
