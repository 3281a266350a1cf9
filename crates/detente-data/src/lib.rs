//! Compiled knowledge tables and model weights of detente, as bytes.
//!
//! Nothing but data lives here, so that a program which brings its own knowledge can leave the crate out.

/// Weights of the English tagger, lemmatizer, parser and name finder; `models/syntax-en-1.md` describes them.
///
/// `detente_text::Model::decode` reads them.
pub static SYNTAX_EN: &[u8] = include_bytes!("../models/syntax-en-1.bin");

/// The codebook and the cues, compiled from `knowledge/` by `workshop generate`.
///
/// `detente::Sources::decode_codebook` reads it.
pub static CODEBOOK: &[u8] = include_bytes!("../tables/codebook.bin");

/// The actors and role nouns, compiled from `knowledge/` by `workshop generate`.
///
/// `detente::Sources::decode_actors` reads it.
pub static ACTORS: &[u8] = include_bytes!("../tables/actors.bin");

/// The gazetteer, compiled from `knowledge/places.tsv` by `workshop generate`.
///
/// `detente::Sources::decode_places` reads it.
pub static PLACES: &[u8] = include_bytes!("../tables/places.bin");
