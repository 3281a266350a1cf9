//! `detente/1`: one coded document as a JSON object, by `docs/schema/detente-1.schema.json`.
//!
//! Fields stand in the order of the contract, ids are counted from 1 in text order (`a1`, `m7`, `e3`, `at2`), spans
//! are half-open in Unicode scalar values of `text`. The same reading gives the same bytes.
//!
//! Beyond the contract there are `quantities` (figures for one quantity, side by side), `relation` in the stances
//! of a claim, `event` in the answers to pairs, `embedded` in events (the act that a promise, demand, refusal, threat
//! or allegation is about), and an actor of its own for each mention that takes part in an
//! event while nothing tells whom it stands for: `known` is false then, and the name is the words of the text.

mod document;
mod event;
mod layer;

use document::{Document, Engine, Sentence};
use event::{Answer, Event};
pub(crate) use layer::iso;
use layer::{Actor, Attribution, Claim, Figure, Mention, Note, Place, Quantity, Time};

use crate::Offsets;
use detente::text::Span;
use detente::{ActorId, MentionId, Reading};
use serde::Serialize;

/// The `schema` of every object.
pub const SCHEMA: &str = "detente/1";

/// The object on one line, without line feed.
///
/// ```
/// let article = detente::Article::new("a1", "Łódź denies it.");
/// let reader = detente::Reader::bundled()?;
/// let reading = reader.read(&article, &mut detente::Scratch::default());
/// let line = detente_io::wire::v1::to_string(&reading, reader.engine());
/// assert!(line.starts_with(r#"{"schema":"detente/1","engine":{"version":"#));
/// # Ok::<(), detente::Error>(())
/// ```
pub fn to_string(reading: &Reading<'_>, engine: &detente::Engine) -> String {
    // Writing numbers, strings and lists into a string has no way to fail.
    serde_json::to_string(&Coded::new(reading, engine)).unwrap_or_default()
}

/// The object over many lines, for people.
pub fn to_string_pretty(reading: &Reading<'_>, engine: &detente::Engine) -> String {
    serde_json::to_string_pretty(&Coded::new(reading, engine)).unwrap_or_default()
}

/// A coded document.
#[derive(Serialize)]
struct Coded<'r> {
    schema: &'static str,
    engine: Engine<'r>,
    document: Document<'r>,
    text: &'r str,
    sentences: Vec<Sentence>,
    actors: Vec<Actor<'r>>,
    mentions: Vec<Mention>,
    places: Vec<Place<'r>>,
    times: Vec<Time>,
    figures: Vec<Figure<'r>>,
    attributions: Vec<Attribution<'r>>,
    events: Vec<Event<'r>>,
    claims: Vec<Claim<'r>>,
    quantities: Vec<Quantity<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pairs: Vec<Answer>,
    notes: Vec<Note<'r>>,
}

impl<'r> Coded<'r> {
    fn new(reading: &'r Reading<'r>, engine: &'r detente::Engine) -> Self {
        let view = View::new(reading);
        let strangers = view.strangers.iter().map(|&mention| Actor::stranger(&view, mention));
        Self {
            schema: SCHEMA,
            engine: Engine::new(engine),
            document: Document::new(reading),
            text: &reading.article.body,
            sentences: reading.document.sentences().iter().map(|s| Sentence::new(&view, s)).collect(),
            actors: numbered(&reading.actors, Actor::new).chain(strangers).collect(),
            mentions: numbered(&reading.mentions, |n, m| Mention::new(&view, n, m)).collect(),
            places: numbered(&reading.places, |n, p| Place::new(&view, n, p)).collect(),
            times: numbered(&reading.times, |n, t| Time::new(&view, n, t)).collect(),
            figures: numbered(&reading.figures, |n, f| Figure::new(&view, n, f)).collect(),
            attributions: numbered(&reading.attributions, |n, a| Attribution::new(&view, n, a)).collect(),
            events: numbered(&reading.events, |n, e| Event::new(&view, n, e)).collect(),
            claims: numbered(&reading.claims, |n, c| Claim::new(&view, n, c)).collect(),
            quantities: numbered(&reading.comparisons, Quantity::new).collect(),
            pairs: reading.pairs.iter().map(Answer::new).collect(),
            notes: reading.notes.iter().map(|n| Note::new(&view, n)).collect(),
        }
    }
}

/// A reading together with what its spans and ids become outside.
struct View<'r> {
    reading: &'r Reading<'r>,
    offsets: Offsets<'r>,
    /// Mentions that take part in events and stand for no actor, in text order.
    strangers: Vec<MentionId>,
}

impl<'r> View<'r> {
    fn new(reading: &'r Reading<'r>) -> Self {
        let parts = reading.events.iter().flat_map(|event| {
            let inner = event.embedded.iter().flat_map(|act| act.actor.iter().chain(&act.recipient));
            event.actor.iter().chain(&event.recipient).chain(inner)
        });
        let mut strangers: Vec<MentionId> =
            parts.copied().filter(|&mention| reading.actor_of(mention).is_none()).collect();
        strangers.sort_unstable();
        strangers.dedup();
        Self { reading, offsets: Offsets::new(&reading.article.body), strangers }
    }

    /// A span in scalar values.
    fn span(&self, span: Span) -> Extent {
        self.offsets.span(span)
    }

    /// The id of the actor behind a mention.
    fn actor_of(&self, mention: MentionId) -> Option<Id> {
        let stranger = || {
            let index = self.strangers.binary_search(&mention).ok()?;
            Some(ActorId::at(self.reading.actors.len() + index))
        };
        self.reading.actor_of(mention).or_else(stranger).map(actor_id)
    }
}

/// Start and end in scalar values.
type Extent = [u32; 2];

/// A short id such as `e3`.
#[derive(Clone, Copy)]
struct Id(&'static str, u32);

impl Id {
    /// The id of the `index`-th item, counted from 0.
    fn at(letters: &'static str, index: usize) -> Self {
        Self(letters, index as u32 + 1)
    }
}

impl Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}{}", self.0, self.1))
    }
}

fn actor_id(id: ActorId) -> Id {
    Id::at("a", id.index())
}

fn attribution_id(id: detente::AttributionId) -> Id {
    Id::at("at", id.index())
}

fn event_id(id: detente::EventId) -> Id {
    Id::at("e", id.index())
}

fn figure_id(id: detente::FigureId) -> Id {
    Id::at("f", id.index())
}

/// The items of an arena with their indexes.
fn numbered<'r, T, U>(items: &'r [T], build: impl Fn(usize, &'r T) -> U) -> impl Iterator<Item = U> {
    items.iter().enumerate().map(move |(index, item)| build(index, item))
}
