//! Places.

use crate::{
    Actor, ActorKind, Mention, Note, NoteKind,
    knowledge::{AliasMark, Knowledge, PlaceKind},
    mention::{Clue, Found},
};
use detente_text::{Document, Kind, Span, Tree, vocabulary};

mod settle;

pub(crate) use settle::{Settled, settle};

vocabulary! {
    /// What a place is to the text.
    PlaceRole {
        /// Something happens there.
        Event = "event",
        /// Where the report was written.
        Dateline = "dateline",
        /// A capital that stands for its government.
        Seat = "seat",
        /// Anything else.
        Other = "other",
    }
}

/// A mention of a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The words.
    pub span: Span,
    /// The name to show.
    pub name: String,
    /// What it is; none where the gazetteer does not know it.
    pub kind: Option<PlaceKind>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-level division.
    pub admin1: Option<String>,
    /// Degrees north, −90 to 90.
    pub latitude: Option<f64>,
    /// Degrees east, −180 to 180.
    pub longitude: Option<f64>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// What it is to the text.
    pub role: PlaceRole,
}

/// The places of a document, by position: every name that was settled or looked for.
pub(crate) fn find(
    tree: &Tree<'_>,
    found: &[Found<'_>],
    settled: &[Option<Settled>],
    resolved: &[Mention],
    actors: &[Actor],
    knowledge: &Knowledge,
) -> Vec<Place> {
    let document = tree.document();
    let mut places: Vec<Place> = Vec::new();
    for (mention, settled) in found.iter().zip(settled) {
        let Some(settled) = settled else { continue };
        // Resolved mentions stand in the order of the found ones.
        let first = resolved.partition_point(|m| m.span.start < mention.span.start);
        let actor = resolved[first..]
            .iter()
            .take_while(|m| m.span.start == mention.span.start)
            .find(|m| m.span == mention.span && m.actor.is_some())
            .and_then(|m| m.actor)
            .map(|id| &actors[id.index()]);
        let row = settled.place.map(|id| knowledge.places.row(id));
        let seat = matches!(&mention.clue, Clue::Known(meanings) if meanings.iter().any(|m| m.mark == AliasMark::Seat));
        let sentence = document.sentence(document.sentence_of(mention.head));
        let role = match (sentence.kind, seat && actor.is_some_and(|a| a.kind != ActorKind::Place)) {
            (Kind::Dateline, _) => PlaceRole::Dateline,
            (_, true) => PlaceRole::Seat,
            _ if settle::is_placed(tree, mention.head) => PlaceRole::Event,
            _ => PlaceRole::Other,
        };
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let country = match row {
            Some(row) => text(row.country),
            None => actor.and_then(|a| a.country.clone()),
        };
        places.push(Place {
            span: settled.span,
            name: row.map_or(document.slice(settled.span), |r| r.name).to_owned(),
            kind: row.map(|r| r.kind),
            country,
            admin1: row.and_then(|r| text(r.admin1)),
            latitude: row.map(|r| f64::from(r.latitude)),
            longitude: row.map(|r| f64::from(r.longitude)),
            geonames: row.and_then(|r| r.geonames),
            role,
        });
    }
    places
}

/// A note for every name that several places have, or one that nothing speaks for.
pub(crate) fn doubts<'d>(
    document: &'d Document<'_>,
    settled: &'d [Option<Settled>],
) -> impl Iterator<Item = Note> + 'd {
    settled.iter().flatten().filter(|s| s.doubtful).map(|s| Note {
        kind: NoteKind::Ambiguous,
        span: Some(s.span),
        message: format!("which place {} is stays open", document.slice(s.span)),
    })
}
