//! Places.

use crate::{
    Actor, ActorKind, Mention,
    clause::case,
    knowledge::{AliasMark, Knowledge},
    mention::{Clue, Found, MentionKind},
};
use detente_text::{EntityKind, Kind, Span, Tree, vocabulary};

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

/// The places of a document, by position: names that the name finder holds for places, datelines, and seats of
/// governments.
pub(crate) fn find(
    tree: &Tree<'_>,
    found: &[Found<'_>],
    resolved: &[Mention],
    actors: &[Actor],
    knowledge: &Knowledge,
) -> Vec<Place> {
    let document = tree.document();
    let mut places: Vec<Place> = Vec::new();
    for mention in found {
        let name = document.slice(mention.span);
        // Resolved mentions stand in the order of the found ones.
        let first = resolved.partition_point(|m| m.span.start < mention.span.start);
        let actor = resolved[first..]
            .iter()
            .take_while(|m| m.span.start == mention.span.start)
            .find(|m| m.span == mention.span && m.actor.is_some())
            .and_then(|m| m.actor)
            .map(|id| &actors[id.index()]);
        let row = knowledge.lexicon.place(name);
        let seat = matches!(&mention.clue, Clue::Known(meanings) if meanings.iter().any(|m| m.mark == AliasMark::Seat));
        let located = matches!(&mention.clue, Clue::Entity(EntityKind::Location));
        if !(seat || located || (row.is_some() && mention.kind == MentionKind::Name)) {
            continue;
        }
        let sentence = document.sentence(document.sentence_of(mention.head));
        let role = match (sentence.kind, seat && actor.is_some_and(|a| a.kind != ActorKind::Place)) {
            (Kind::Dateline, _) => PlaceRole::Dateline,
            (_, true) => PlaceRole::Seat,
            _ if matches!(
                case(tree, mention.head),
                Some("in" | "at" | "near" | "around" | "outside" | "across" | "over")
            ) =>
            {
                PlaceRole::Event
            }
            _ => PlaceRole::Other,
        };
        let country = row.map(|r| r.country.clone()).or_else(|| actor.and_then(|a| a.country.clone()));
        places.push(Place {
            span: mention.span,
            name: name.to_owned(),
            country,
            admin1: row.and_then(|r| r.admin1.clone()),
            latitude: row.map(|r| r.latitude),
            longitude: row.map(|r| r.longitude),
            geonames: row.map(|r| r.geonames),
            role,
        });
    }
    places
}
