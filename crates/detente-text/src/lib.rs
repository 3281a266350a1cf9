//! One English text, read: sentences, tokens, tags, lemmas, Universal Dependencies trees and names.
//!
//! The crate does no I/O, reads no clock and spawns no thread: bytes of a trained [`Model`] are handed in, text is
//! borrowed, and every finding carries a [`Span`] of bytes into it.
//!
//! The line is short: [`Document::split`] finds sentences and tokens, [`parse`] reads them.
//!
//! Use something else when you need another language than English.

#[macro_use]
mod vocabulary;
#[macro_use]
mod id;

mod abbreviation;
mod arithmetic;
mod boundary;
mod by_tags;
mod dateline;
mod document;
mod encoder;
mod error;
mod feats;
mod fingerprint;
mod glyph;
mod heading;
mod heads;
mod kind;
mod lemma;
mod lexicon;
mod model;
mod multiword;
mod namesakes;
mod paragraph;
mod parse;
mod quotation;
mod repair;
mod span;
mod split;
mod syntax;
mod tag;
mod token;
mod tree;

pub use document::{Document, Kind, Quotation, Sentence};
pub use error::Error;
pub use fingerprint::fingerprint;
pub use id::{SentenceId, TokenId};
pub use model::Model;
pub use multiword::multiword;
pub use parse::{Scratch, parse};
pub use span::Span;
pub use syntax::{Deprel, Entity, EntityKind, Syntax, Upos, Xpos};
pub use tree::{Children, Tree};
