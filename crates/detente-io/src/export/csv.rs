//! Events as comma-separated values, one row an event.

use crate::Offsets;
use crate::wire::v1::iso;
use detente::text::Span;
use detente::{Event, MentionId, Reading};

/// The columns, in order. Lists inside a cell are separated by `;`, spans are `start-end` in scalar values.
const COLUMNS: [&str; 45] = [
    "document",
    "published",
    "published_from",
    "publisher",
    "url",
    "event",
    "sentence",
    "type",
    "modes",
    "contexts",
    "quad",
    "score",
    "cameo",
    "actor",
    "actor_code",
    "actor_country",
    "actor_sector",
    "actor_span",
    "recipient",
    "recipient_code",
    "recipient_country",
    "recipient_sector",
    "recipient_span",
    "anchor_start",
    "anchor_end",
    "anchor",
    "polarity",
    "reality",
    "time_status",
    "auxiliary",
    "deed",
    "attribution",
    "source",
    "source_code",
    "cue",
    "stance",
    "place",
    "place_country",
    "time_start",
    "time_end",
    "figures",
    "confidence",
    "rule",
    "rule_words",
    "sentence_text",
];

/// The line of column names.
pub(super) fn header() -> Vec<u8> {
    let mut line = COLUMNS.join(",").into_bytes();
    line.push(b'\n');
    line
}

/// The rows of one document.
pub(super) fn rows(reading: &Reading<'_>) -> Vec<u8> {
    let offsets = Offsets::new(&reading.article.body);
    let mut writer = ::csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    for (index, event) in reading.events.iter().enumerate() {
        // A row has as many cells as there are columns, and a vector takes every byte.
        let _ = writer.write_record(row(reading, &offsets, index, event));
    }
    writer.into_inner().unwrap_or_default()
}

fn row(reading: &Reading<'_>, offsets: &Offsets<'_>, index: usize, event: &Event) -> [String; COLUMNS.len()] {
    let article = reading.article;
    let [start, end] = offsets.span(event.anchor);
    let [actor, actor_code, actor_country, actor_sector, actor_span] = ends(reading, offsets, &event.actor);
    let [recipient, recipient_code, recipient_country, recipient_sector, recipient_span] =
        ends(reading, offsets, &event.recipient);
    let attribution = event.attribution.map(|id| &reading.attributions[id.index()]);
    let source = attribution.and_then(|attribution| attribution.source);
    let source_actor = source.and_then(|source| source.actor).map(|id| reading.actor(id));
    let place = event.place.map(|id| &reading.places[id.index()]);
    let time = event.time.map(|id| &reading.times[id.index()]);
    let slice = |span: Span| reading.document.slice(span).to_owned();
    let list = |items: &mut dyn Iterator<Item = String>| items.collect::<Vec<_>>().join(";");
    [
        article.id.clone(),
        article.published.as_ref().map(|p| p.text.clone()).unwrap_or_default(),
        article.published_from.to_string(),
        article.publisher.clone().unwrap_or_default(),
        article.url.clone().unwrap_or_default(),
        format!("e{}", index + 1),
        event.sentence.0.to_string(),
        event.kind.to_string(),
        list(&mut event.modes.iter().map(ToString::to_string)),
        list(&mut event.contexts.iter().map(ToString::to_string)),
        (event.kind.quad() as u8).to_string(),
        event.score().to_string(),
        event.cameo.map(|cameo| cameo.to_string()).unwrap_or_default(),
        actor,
        actor_code,
        actor_country,
        actor_sector,
        actor_span,
        recipient,
        recipient_code,
        recipient_country,
        recipient_sector,
        recipient_span,
        start.to_string(),
        end.to_string(),
        slice(event.anchor),
        event.polarity.to_string(),
        event.reality.to_string(),
        event.time_status.to_string(),
        list(&mut event.auxiliary().iter().map(ToString::to_string)),
        event.deed().to_string(),
        event.attribution.map(|id| format!("at{}", id.0 + 1)).unwrap_or_default(),
        source_actor
            .map(|actor| actor.name.clone())
            .or(source.map(|source| slice(source.span)))
            .unwrap_or_default(),
        source_actor.and_then(|actor| actor.code.clone()).unwrap_or_default(),
        attribution
            .and_then(|attribution| attribution.cue.as_ref())
            .map(|cue| slice(cue.span))
            .unwrap_or_default(),
        attribution.map(|attribution| attribution.stance.to_string()).unwrap_or_default(),
        place.map(|place| place.name.clone()).unwrap_or_default(),
        place.and_then(|place| place.country.clone()).unwrap_or_default(),
        time.and_then(|time| time.start).map(iso).unwrap_or_default(),
        time.and_then(|time| time.end).map(iso).unwrap_or_default(),
        list(&mut event.figures.iter().map(|id| slice(reading.figures[id.index()].span))),
        format!("{:.2}", event.confidence),
        event.because.rule.clone(),
        event.because.words.iter().map(|&span| slice(span)).collect::<Vec<_>>().join(" … "),
        slice(reading.document.sentence(event.sentence).span),
    ]
}

/// Names, codes, countries, sectors and spans of some participants, each list joined.
fn ends(reading: &Reading<'_>, offsets: &Offsets<'_>, mentions: &[MentionId]) -> [String; 5] {
    let mut columns: [Vec<String>; 5] = Default::default();
    for &mention in mentions {
        let span = reading.mention(mention).span;
        let actor = reading.actor_of(mention).map(|id| reading.actor(id));
        let name = actor.map_or_else(|| reading.document.slice(span).to_owned(), |actor| actor.name.clone());
        let [start, end] = offsets.span(span);
        let sector = actor.and_then(|actor| actor.sectors.first()).map(ToString::to_string);
        let cells = [
            name,
            actor.and_then(|actor| actor.code.clone()).unwrap_or_default(),
            actor.and_then(|actor| actor.country.clone()).unwrap_or_default(),
            sector.unwrap_or_default(),
            format!("{start}-{end}"),
        ];
        for (column, cell) in columns.iter_mut().zip(cells) {
            column.push(cell);
        }
    }
    columns.map(|column| column.join(";"))
}
