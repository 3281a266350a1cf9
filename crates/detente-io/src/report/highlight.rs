//! The text with its findings marked: overlapping spans become flat stretches.

use super::html::{escape, escape_into};
use super::wording;
use crate::describe;
use detente::Reading;
use detente::text::{Kind, Span};

/// A marked stretch of text.
struct Mark {
    span: Span,
    class: &'static str,
    why: String,
}

/// The article as HTML paragraphs and headings, every finding with a title that says why it is marked.
pub(super) fn text(reading: &Reading<'_>) -> String {
    let mut marks = marks(reading);
    marks.retain(|mark| !mark.span.is_empty());
    marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    let mut out = String::new();
    let mut first = 0;
    for (range, kind) in blocks(reading) {
        let (tag, class) = match kind {
            Kind::Heading => ("h4", "heading"),
            Kind::Prose => ("p", "prose"),
            _ => ("p", "aside"),
        };
        // Marks that end before the block never come back.
        while marks.get(first).is_some_and(|mark| mark.span.end <= range.start) {
            first += 1;
        }
        out.push_str(&format!("<{tag} class=\"{class}\" dir=\"auto\">"));
        block(reading, range, &marks[first..], &mut out);
        out.push_str(&format!("</{tag}>\n"));
    }
    out
}

/// Paragraphs: broken at line breaks, around headings, and where sentences are glued together.
fn blocks(reading: &Reading<'_>) -> Vec<(Span, Kind)> {
    let text = reading.document.text();
    let mut blocks: Vec<(Span, Kind)> = Vec::new();
    let mut end = 0;
    for sentence in reading.document.sentences() {
        let gap = &text[end as usize..sentence.span.start as usize];
        match blocks.last_mut() {
            Some((span, kind)) if *kind == sentence.kind && !gap.is_empty() && !gap.contains('\n') => {
                span.end = sentence.span.end;
            }
            // What stands between sentences belongs to the block after it.
            _ => blocks.push((Span::new(end, sentence.span.end), sentence.kind)),
        }
        end = sentence.span.end;
    }
    if !text[end as usize..].trim().is_empty() {
        blocks.push((Span::new(end, text.len() as u32), Kind::Other));
    }
    blocks
}

/// One block; `marks` are sorted by their start, and begin with the first that may reach into it.
fn block(reading: &Reading<'_>, range: Span, marks: &[Mark], out: &mut String) {
    let inside = marks.iter().take_while(|mark| mark.span.start < range.end);
    let mut coming = inside.filter(|mark| mark.span.end > range.start).peekable();
    // Marks over the present stretch, outer ones first: few at any place.
    let mut over: Vec<&Mark> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        over.retain(|mark| mark.span.end > at);
        while let Some(mark) = coming.next_if(|mark| mark.span.start <= at) {
            over.push(mark);
        }
        let next_end = over.iter().map(|mark| mark.span.end).min();
        let next_start = coming.peek().map(|mark| mark.span.start);
        let end = next_end.into_iter().chain(next_start).fold(range.end, u32::min);
        stretch(reading.document.slice(Span::new(at, end)), &over, out);
        at = end;
    }
}

/// Words with the same marks over all of them.
fn stretch(words: &str, over: &[&Mark], out: &mut String) {
    if over.is_empty() {
        return escape_into(words, out);
    }
    let mut classes: Vec<&str> = over.iter().map(|mark| mark.class).collect();
    classes.dedup();
    let mut whys: Vec<&str> = over.iter().rev().map(|mark| mark.why.as_str()).collect();
    whys.dedup();
    let (class, why) = (classes.join(" "), escape(&whys.join("\n")));
    out.push_str(&format!("<span class=\"{class}\" title=\"{why}\">"));
    escape_into(words, out);
    out.push_str("</span>");
}

/// Everything worth marking.
fn marks(reading: &Reading<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut mark = |span: Span, class: &'static str, why: String| marks.push(Mark { span, class, why });
    for (index, attribution) in reading.attributions.iter().enumerate() {
        let who = describe::source(reading, detente::AttributionId::at(index));
        let stance = attribution.stance;
        for &content in &attribution.content {
            mark(content, "content", format!("{who}: {} ({})", stance, attribution.style));
        }
        if let Some(source) = attribution.source {
            mark(source.span, "source", format!("source: {who}"));
        }
        if let Some(cue) = &attribution.cue {
            mark(cue.span, "cue", format!("cue “{}”: {stance}", describe::line(&cue.lemma)));
        }
    }
    for mention in &reading.mentions {
        let Some(actor) = mention.actor else { continue };
        let actor = reading.actor(actor);
        let role = actor.role.as_ref().map(|role| format!(", {}", describe::line(role))).unwrap_or_default();
        mark(
            mention.span,
            "actor",
            format!("{}{role} ({}, {})", describe::named(actor), actor.kind, mention.kind),
        );
    }
    for figure in &reading.figures {
        let unit = figure.unit.as_deref().unwrap_or("number");
        mark(
            figure.span,
            "figure",
            format!("figure: {} {}", wording::interval(figure), describe::line(unit)),
        );
    }
    for (index, event) in reading.events.iter().enumerate() {
        let because: Vec<String> =
            event.because.words.iter().map(|&span| describe::words(reading, span)).collect();
        let why = format!(
            "e{} {}, {}: rule {}, words “{}”",
            index + 1,
            describe::kind(event),
            describe::status(event),
            event.because.rule,
            because.join(" … ")
        );
        mark(event.anchor, if event.deed() { "deed" } else { "event" }, why);
    }
    marks
}
