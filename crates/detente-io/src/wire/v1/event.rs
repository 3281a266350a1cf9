//! Events and answers about pairs.

use super::{Extent, Id, View, attribution_id, event_id, figure_id};
use crate::wire::number::Number;
use detente::{MentionId, PairAnswer};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Event<'r> {
    id: Id,
    sentence: u32,
    #[serde(rename = "type")]
    kind: &'static str,
    modes: Vec<&'static str>,
    contexts: Vec<&'static str>,
    quad: u8,
    score: Number,
    cameo: Option<&'r str>,
    actor: Vec<Id>,
    recipient: Vec<Id>,
    anchor: Extent,
    spans: Ends,
    polarity: &'static str,
    reality: &'static str,
    time_status: &'static str,
    auxiliary: Vec<&'static str>,
    deed: bool,
    attribution: Option<Id>,
    place: Option<Id>,
    time: Option<Id>,
    figures: Vec<Id>,
    confidence: Number,
    because: Because<'r>,
    embedded: Option<Embedded>,
}

/// The act that another act is about: what is promised, demanded, refused, threatened or alleged.
#[derive(Serialize)]
struct Embedded {
    #[serde(rename = "type")]
    kind: &'static str,
    modes: Vec<&'static str>,
    actor: Vec<Id>,
    recipient: Vec<Id>,
    anchor: Extent,
    spans: Ends,
}

impl Embedded {
    fn new(view: &View<'_>, act: &detente::Embedded) -> Self {
        let (actor, actor_spans) = ends(view, &act.actor);
        let (recipient, recipient_spans) = ends(view, &act.recipient);
        Self {
            kind: act.kind.as_str(),
            modes: act.modes.iter().map(|mode| mode.as_str()).collect(),
            actor,
            recipient,
            anchor: view.span(act.anchor),
            spans: Ends { actor: actor_spans, recipient: recipient_spans },
        }
    }
}

/// Where the actors and recipients stand, parallel to their ids.
#[derive(Serialize)]
struct Ends {
    actor: Vec<Extent>,
    recipient: Vec<Extent>,
}

#[derive(Serialize)]
struct Because<'r> {
    rule: &'r str,
    words: String,
}

impl<'r> Event<'r> {
    pub(super) fn new(view: &View<'r>, index: usize, event: &'r detente::Event) -> Self {
        let (actor, actor_spans) = ends(view, &event.actor);
        let (recipient, recipient_spans) = ends(view, &event.recipient);
        let words: Vec<&str> =
            event.because.words.iter().map(|&span| view.reading.document.slice(span)).collect();
        Self {
            id: Id::at("e", index),
            sentence: event.sentence.0,
            kind: event.kind.as_str(),
            modes: event.modes.iter().map(|mode| mode.as_str()).collect(),
            contexts: event.contexts.iter().map(|context| context.as_str()).collect(),
            quad: event.kind.quad() as u8,
            score: Number(f64::from(event.score())),
            cameo: event.cameo.as_ref().map(|cameo| cameo.as_str()),
            actor,
            recipient,
            anchor: view.span(event.anchor),
            spans: Ends { actor: actor_spans, recipient: recipient_spans },
            polarity: event.polarity.as_str(),
            reality: event.reality.as_str(),
            time_status: event.time_status.as_str(),
            auxiliary: event.auxiliary().iter().map(|mode| mode.as_str()).collect(),
            deed: event.deed(),
            attribution: event.attribution.map(attribution_id),
            place: event.place.map(|id| Id::at("p", id.index())),
            time: event.time.map(|id| Id::at("t", id.index())),
            figures: event.figures.iter().map(|&id| figure_id(id)).collect(),
            confidence: probability(event.confidence),
            because: Because { rule: &event.because.rule, words: words.join(" … ") },
            embedded: event.embedded.as_ref().map(|act| Embedded::new(view, act)),
        }
    }
}

/// What the text has the first of a pair do to the second.
#[derive(Serialize)]
pub(super) struct Answer {
    #[serde(rename = "type")]
    kind: Option<&'static str>,
    confidence: Number,
    event: Option<Id>,
}

impl Answer {
    pub(super) fn new(answer: &PairAnswer) -> Self {
        Self {
            kind: answer.kind.map(|kind| kind.as_str()),
            confidence: probability(answer.confidence),
            event: answer.event.map(event_id),
        }
    }
}

/// The actors of some mentions, and where they stand, in parallel.
fn ends(view: &View<'_>, mentions: &[MentionId]) -> (Vec<Id>, Vec<Extent>) {
    let end = |&mention: &MentionId| {
        let id = view.actor_of(mention)?;
        Some((id, view.span(view.reading.mention(mention).span)))
    };
    mentions.iter().filter_map(end).unzip()
}

/// Two decimals between 0 and 1.
fn probability(value: f32) -> Number {
    let value = if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) };
    Number::rounded(f64::from(value), 2)
}
