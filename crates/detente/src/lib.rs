//! Who did what to whom, who says so, who disputes it: one news article read into events, attributions and claims.
//!
//! The crate is pure: no I/O, no clock, no threads. Knowledge and weights are handed in as bytes, or bundled by the
//! feature of that name. Reading never fails; what could not be decided becomes a [`Note`].
//!
//! ```
//! # #[cfg(feature = "bundled")] {
//! use detente::{Article, ClaimState, EventType, Reader, Scratch};
//!
//! let reader = Reader::bundled()?;
//! let article = Article::new("a1", "Russian forces shelled a Ukrainian village on Monday, Kyiv said.");
//! let reading = reader.read(&article, &mut Scratch::default());
//!
//! let event = &reading.events[0];
//! assert_eq!(event.kind, EventType::Assault);
//! let who = reading.actor_of(event.actor[0]).map(|id| reading.actor(id));
//! assert_eq!(who.and_then(|a| a.code.as_deref()), Some("RUSMIL"));
//! // Only Kyiv says so.
//! assert_eq!(reading.claims[0].state, ClaimState::Asserted);
//! # }
//! # Ok::<(), detente::Error>(())
//! ```
//!
//! Use `detente-io` beside it to get articles in and readings out.

mod actor;
mod article;
mod attribution;
mod claim;
mod clause;
mod coreference;
mod error;
mod event;
mod figure;
mod id;
pub mod knowledge;
mod mention;
mod note;
mod ontology;
mod pair;
mod party;
mod place;
mod reader;
mod reading;
mod time;

pub use actor::{Actor, ActorKind, Sector};
pub use article::{Article, PairQuery, Published, PublishedFrom};
pub use attribution::{Attribution, Cue, Source, Stance, Style};
pub use claim::{Claim, ClaimState, Comparison, Compatibility, Proposition, Relation, StanceEntry};
pub use detente_text as text;
pub use error::Error;
pub use event::{Because, Embedded, Event, PairAnswer, Polarity, Reality, TimeStatus};
pub use figure::{Bound, Figure};
pub use id::{ActorId, AttributionId, ClaimId, EventId, FigureId, MentionId, PlaceId, TimeId};
pub use knowledge::{Knowledge, PlaceKind, Sources};
pub use mention::{Mention, MentionKind, Reason};
pub use note::{Note, NoteKind};
pub use ontology::{Auxiliary, Cameo, Context, EventType, Mode, Quad};
pub use place::{Place, PlaceRole};
pub use reader::{Engine, Reader, Scratch};
pub use reading::Reading;
pub use time::{Basis, Granularity, Moment, Time};
