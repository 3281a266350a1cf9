//! The other layers: actors, mentions, places, times, figures, attributions, claims, quantities, notes.

use super::{Extent, Id, View, actor_id, attribution_id, event_id, figure_id};
use crate::wire::number::Number;
use detente::{ActorId, ActorKind, Comparison, MentionId, Moment, StanceEntry};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Actor<'r> {
    id: Id,
    name: &'r str,
    kind: &'static str,
    role: Option<&'r str>,
    country: Option<&'r str>,
    code: Option<&'r str>,
    sector: Option<&'static str>,
    sectors: Vec<&'static str>,
    wikidata: Option<&'r str>,
    known: bool,
}

impl<'r> Actor<'r> {
    pub(super) fn new(index: usize, actor: &'r detente::Actor) -> Self {
        let sectors: Vec<&str> = actor.sectors.iter().map(|sector| sector.as_str()).collect();
        Self {
            id: Id::at("a", index),
            name: &actor.name,
            kind: actor.kind.as_str(),
            role: actor.role.as_deref(),
            country: actor.country.as_deref(),
            code: actor.code.as_deref(),
            sector: sectors.first().copied(),
            sectors,
            wikidata: actor.wikidata.as_deref(),
            known: actor.known,
        }
    }

    /// The actor that stands for a mention of whom nothing is known but its words.
    pub(super) fn stranger(view: &View<'r>, mention: MentionId) -> Self {
        Self {
            id: view.actor_of(mention).unwrap_or(Id::at("a", 0)),
            name: view.reading.document.slice(view.reading.mention(mention).span),
            kind: ActorKind::Other.as_str(),
            role: None,
            country: None,
            code: None,
            sector: None,
            sectors: Vec::new(),
            wikidata: None,
            known: false,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Mention {
    id: Id,
    span: Extent,
    head: Extent,
    kind: &'static str,
    actor: Option<Id>,
}

impl Mention {
    pub(super) fn new(view: &View<'_>, index: usize, mention: &detente::Mention) -> Self {
        Self {
            id: Id::at("m", index),
            span: view.span(mention.span),
            head: view.span(view.reading.document.span(mention.head)),
            kind: mention.kind.as_str(),
            actor: view.actor_of(MentionId::at(index)),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Place<'r> {
    id: Id,
    span: Extent,
    name: &'r str,
    kind: Option<&'static str>,
    country: Option<&'r str>,
    admin1: Option<&'r str>,
    lat: Option<Number>,
    lon: Option<Number>,
    geonames: Option<u32>,
    role: &'static str,
}

impl<'r> Place<'r> {
    pub(super) fn new(view: &View<'_>, index: usize, place: &'r detente::Place) -> Self {
        let degrees = |value: Option<f64>| value.map(|value| Number::rounded(value, 5));
        Self {
            id: Id::at("p", index),
            span: view.span(place.span),
            name: &place.name,
            kind: place.kind.map(|kind| kind.as_str()),
            country: place.country.as_deref(),
            admin1: place.admin1.as_deref(),
            lat: degrees(place.latitude),
            lon: degrees(place.longitude),
            geonames: place.geonames,
            role: place.role.as_str(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Time {
    id: Id,
    span: Extent,
    start: Option<String>,
    end: Option<String>,
    granularity: &'static str,
    basis: &'static str,
}

impl Time {
    pub(super) fn new(view: &View<'_>, index: usize, time: &detente::Time) -> Self {
        Self {
            id: Id::at("t", index),
            span: view.span(time.span),
            start: time.start.map(iso),
            end: time.end.map(iso),
            granularity: time.granularity.as_str(),
            basis: time.basis.as_str(),
        }
    }
}

/// `2022-02-15`, or `2022-02-15T09:30:00` when the minute is meant.
pub(crate) fn iso(moment: Moment) -> String {
    if moment.day_only { moment.at.date().to_string() } else { moment.at.to_string() }
}

#[derive(Serialize)]
pub(super) struct Figure<'r> {
    id: Id,
    span: Extent,
    value: Option<Number>,
    low: Option<Number>,
    high: Option<Number>,
    bound: &'static str,
    unit: Option<&'r str>,
    of: Option<Id>,
}

impl<'r> Figure<'r> {
    pub(super) fn new(view: &View<'_>, index: usize, figure: &'r detente::Figure) -> Self {
        Self {
            id: Id::at("f", index),
            span: view.span(figure.span),
            value: figure.value.map(Number),
            low: figure.low.map(Number),
            high: figure.high.map(Number),
            bound: figure.bound.as_str(),
            unit: figure.unit.as_deref(),
            of: figure.of.map(actor_id),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Attribution<'r> {
    id: Id,
    sentence: u32,
    source: Option<Source>,
    cue: Option<Cue<'r>>,
    content: Vec<Extent>,
    style: &'static str,
    stance: &'static str,
    parent: Option<Id>,
}

#[derive(Serialize)]
struct Source {
    span: Extent,
    actor: Option<Id>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    with: Vec<Id>,
}

#[derive(Serialize)]
struct Cue<'r> {
    span: Extent,
    lemma: &'r str,
}

impl<'r> Attribution<'r> {
    pub(super) fn new(view: &View<'_>, index: usize, attribution: &'r detente::Attribution) -> Self {
        let source = |source: detente::Source| Source {
            span: view.span(source.span),
            actor: source.actor.map(actor_id),
            with: attribution.with.iter().copied().map(actor_id).collect(),
        };
        Self {
            id: Id::at("at", index),
            sentence: attribution.sentence.0,
            source: attribution.source.map(source),
            cue: attribution.cue.as_ref().map(|cue| Cue { span: view.span(cue.span), lemma: &cue.lemma }),
            content: attribution.content.iter().map(|&span| view.span(span)).collect(),
            style: attribution.style.as_str(),
            stance: attribution.stance.as_str(),
            parent: attribution.parent.map(attribution_id),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Claim<'r> {
    id: Id,
    proposition: Proposition<'r>,
    events: Vec<Id>,
    state: &'static str,
    stances: Vec<Stance>,
}

#[derive(Serialize)]
struct Proposition<'r> {
    #[serde(rename = "type")]
    kind: Option<&'static str>,
    actor: Vec<Id>,
    recipient: Vec<Id>,
    text: &'r str,
}

#[derive(Serialize)]
struct Stance {
    holder: Option<Id>,
    stance: &'static str,
    attribution: Option<Id>,
    event: Option<Id>,
    span: Extent,
    relation: &'static str,
}

impl<'r> Claim<'r> {
    pub(super) fn new(view: &View<'_>, index: usize, claim: &'r detente::Claim) -> Self {
        let ids = |actors: &[ActorId]| actors.iter().map(|&id| actor_id(id)).collect();
        let proposition = &claim.proposition;
        let stance = |entry: &StanceEntry| Stance {
            holder: entry.holder.map(actor_id),
            stance: entry.stance.as_str(),
            attribution: entry.attribution.map(attribution_id),
            event: entry.event.map(event_id),
            span: view.span(entry.span),
            relation: entry.relation.as_str(),
        };
        Self {
            id: Id::at("c", index),
            proposition: Proposition {
                kind: proposition.kind.map(|kind| kind.as_str()),
                actor: ids(&proposition.actor),
                recipient: ids(&proposition.recipient),
                text: &proposition.text,
            },
            events: claim.events.iter().map(|&id| event_id(id)).collect(),
            state: claim.state.as_str(),
            stances: claim.stances.iter().map(stance).collect(),
        }
    }
}

/// Figures for one quantity, side by side.
#[derive(Serialize)]
pub(super) struct Quantity<'r> {
    id: Id,
    unit: Option<&'r str>,
    of: Option<Id>,
    figures: Vec<Id>,
    relation: &'static str,
}

impl<'r> Quantity<'r> {
    pub(super) fn new(index: usize, comparison: &'r Comparison) -> Self {
        Self {
            id: Id::at("q", index),
            unit: comparison.unit.as_deref(),
            of: comparison.of.map(actor_id),
            figures: comparison.figures.iter().map(|&id| figure_id(id)).collect(),
            relation: comparison.compatibility.as_str(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Note<'r> {
    kind: &'static str,
    span: Option<Extent>,
    message: &'r str,
}

impl<'r> Note<'r> {
    pub(super) fn new(view: &View<'_>, note: &'r detente::Note) -> Self {
        Self { kind: note.kind.as_str(), span: note.span.map(|span| view.span(span)), message: &note.message }
    }
}
