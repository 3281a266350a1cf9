//! Articles in, readings out: everything between files and [`detente`].
//!
//! - [`article`] finds articles in files, directories and standard input, whatever their encoding.
//! - [`wire`] turns a [`Reading`](detente::Reading) into the JSON object `detente/1`, with spans in Unicode scalar
//!   values, by the schema in `docs/schema`.
//! - [`export`] writes JSON Lines, JSON, tables and CSV; [`report`] writes what a person reads; [`conllu`] writes
//!   sentences and trees; [`explain`] says why there is an event; [`codebook`] and [`actors`] show what is known.
//! - [`knowledge`] reads codebooks, cues and actor tables as people write them.
//! - [`pipeline`] reads many articles on several threads and hands the results on in the order of the input.
//!
//! Nothing here prints: everything is written to what the caller hands in, and problems are returned.
//!
//! ```no_run
//! use detente_io::{article, wire};
//! let reader = detente::Reader::bundled()?;
//! let mut scratch = detente::Scratch::default();
//! for input in article::Articles::new(["news/".into()], article::Options::default()) {
//!     let article::Item::Article(input) = input else { continue };
//!     let reading = input.read(&reader, &mut scratch);
//!     let line = wire::v1::to_string(&reading, reader.engine());
//! }
//! # Ok::<(), detente::Error>(())
//! ```
//!
//! Use the crate `detente` alone when the text is already at hand and readings stay inside the program.

pub mod actors;
pub mod article;
pub mod codebook;
pub mod conllu;
mod describe;
mod error;
pub mod explain;
pub mod export;
mod geonames;
pub mod knowledge;
mod offsets;
mod petrarch;
pub mod pipeline;
pub mod report;
pub mod wire;

pub use error::Error;
pub use offsets::Offsets;
