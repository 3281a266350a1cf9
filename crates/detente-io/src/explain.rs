//! Why there is an event: the words, the roles, the rule, the tree.

use crate::{codebook, conllu, describe};
use detente::knowledge::Knowledge;
use detente::{Attribution, AttributionId, Event, EventId, MentionId, Polarity, Reading};
use std::fmt::Write;

/// An event id as the output writes it: `e3`.
///
/// ```
/// assert_eq!(detente_io::explain::event_id("e3"), Some(detente::EventId(2)));
/// assert_eq!(detente_io::explain::event_id("3"), None);
/// ```
pub fn event_id(text: &str) -> Option<EventId> {
    let number: u32 = text.strip_prefix('e')?.parse().ok()?;
    number.checked_sub(1).map(EventId)
}

/// Everything that led to an event, as paragraphs for a terminal; none when the reading has no such event.
pub fn event(reading: &Reading<'_>, knowledge: &Knowledge, id: EventId) -> Option<String> {
    let event = reading.events.get(id.index())?;
    let sentence = reading.document.sentence(event.sentence);
    let mut out = format!("e{} {}, {}\n", id.0 + 1, describe::kind(event), describe::status(event));
    let _ = writeln!(out, "\nSentence {}: {}", event.sentence.0, describe::words(reading, sentence.span));
    let _ = writeln!(out, "Anchor: “{}”", describe::words(reading, event.anchor));
    parts(reading, "Actor", &event.actor, &mut out);
    parts(reading, "Recipient", &event.recipient, &mut out);
    surroundings(reading, event, &mut out);
    status(event, &mut out);
    said(reading, event.attribution, &mut out);
    claims(reading, id, &mut out);
    let words: Vec<String> = event.because.words.iter().map(|&span| describe::words(reading, span)).collect();
    let _ = writeln!(out, "\nBecause of the words “{}” by the rule", words.join(" … "));
    match knowledge.rule(&event.because.rule) {
        Some(rule) => out.push_str(&codebook::show(rule)),
        None => out.push_str(&event.because.rule),
    }
    let _ = writeln!(out, "\nTree:\n{}", conllu::draw(&reading.document, &reading.syntax, sentence));
    Some(out)
}

/// Who takes part, in which words, and whom they stand for.
fn parts(reading: &Reading<'_>, name: &str, mentions: &[MentionId], out: &mut String) {
    if mentions.is_empty() {
        let _ = writeln!(out, "{name}: none found");
    }
    for &id in mentions {
        let mention = reading.mention(id);
        let words = describe::words(reading, mention.span);
        let head = describe::line(reading.document.token(mention.head));
        let _ = write!(out, "{name}: “{words}” (m{}, {}, head “{head}”) ", id.0 + 1, mention.kind);
        match mention.actor {
            Some(actor) => {
                let number = actor.0 + 1;
                let actor = reading.actor(actor);
                let _ = write!(out, "stands for a{number} {}, {}", describe::named(actor), actor.kind);
                if let Some(role) = &actor.role {
                    let _ = write!(out, ", {}", describe::line(role));
                }
                let _ = writeln!(
                    out,
                    "; {}; because {}",
                    if actor.known { "from the actor tables" } else { "from the text alone" },
                    mention.reason
                );
            }
            None => out.push_str("stands for nobody known\n"),
        }
    }
}

/// Place, time, figures, and the act that it is about.
fn surroundings(reading: &Reading<'_>, event: &Event, out: &mut String) {
    if let Some(place) = event.place.map(|id| &reading.places[id.index()]) {
        let _ = writeln!(
            out,
            "Place: {} (“{}”)",
            describe::line(&place.name),
            describe::words(reading, place.span)
        );
    }
    if let Some(time) = event.time.map(|id| &reading.times[id.index()]) {
        let words = describe::words(reading, time.span);
        let iso = |moment: Option<detente::Moment>| moment.map_or("open".to_owned(), crate::wire::v1::iso);
        let _ = writeln!(out, "Time: “{words}” [{}, {}), {}", iso(time.start), iso(time.end), time.basis);
    }
    for figure in event.figures.iter().map(|id| &reading.figures[id.index()]) {
        let unit = figure.unit.as_deref().map(describe::line).unwrap_or_default();
        let _ =
            writeln!(out, "Figure: “{}” ({}) {unit}", describe::words(reading, figure.span), figure.bound);
    }
    if let Some(inner) = &event.embedded {
        let modes: Vec<&str> = inner.modes.iter().map(|mode| mode.as_str()).collect();
        let kind = if modes.is_empty() {
            inner.kind.to_string()
        } else {
            format!("{}/{}", inner.kind, modes.join("+"))
        };
        let _ = writeln!(
            out,
            "About the act: {kind} “{}”, {} → {}",
            describe::words(reading, inner.anchor),
            describe::participants(reading, &inner.actor),
            describe::participants(reading, &inner.recipient)
        );
    }
}

/// Why it is a deed, or none.
fn status(event: &Event, out: &mut String) {
    let negated = if event.polarity == Polarity::Negative { "told as not so" } else { "affirmed" };
    let _ = writeln!(
        out,
        "Deed: {} ({negated}; reality {}; time {})",
        if event.deed() { "yes" } else { "no" },
        event.reality,
        event.time_status
    );
    let _ = writeln!(out, "Confidence: {:.2}", event.confidence);
}

/// Who says so, from the innermost statement outwards.
fn said(reading: &Reading<'_>, id: Option<AttributionId>, out: &mut String) {
    let Some(mut id) = id else {
        let _ = writeln!(out, "Said by: the writer ({})", describe::writer(reading));
        return;
    };
    // Parents stand outside their children, so the way out is no longer than the list.
    for _ in 0..reading.attributions.len() {
        let attribution: &Attribution = &reading.attributions[id.index()];
        let cue = attribution.cue.as_ref().map(|cue| describe::words(reading, cue.span)).unwrap_or_default();
        let content: Vec<String> =
            attribution.content.iter().map(|&span| describe::words(reading, span)).collect();
        let _ = writeln!(
            out,
            "Said by: {} (at{}, cue “{cue}”, {}, {}): {}",
            describe::source(reading, id),
            id.0 + 1,
            attribution.stance,
            attribution.style,
            content.join(" … ")
        );
        match attribution.parent {
            Some(parent) => id = parent,
            None => break,
        }
    }
}

/// The claims that it belongs to.
fn claims(reading: &Reading<'_>, id: EventId, out: &mut String) {
    for (index, claim) in reading.claims.iter().enumerate().filter(|(_, claim)| claim.events.contains(&id)) {
        let text = describe::line(&claim.proposition.text);
        let _ = writeln!(out, "Claim c{} ({}): {text}", index + 1, claim.state);
        for entry in &claim.stances {
            let holder = describe::holder(reading, entry.holder);
            let _ = writeln!(out, "  {holder} {}: “{}”", entry.stance, describe::words(reading, entry.span));
        }
    }
}
