//! The one entry point: an article in, a reading out.

use crate::{Article, Error, Knowledge, Reading};
use detente_text::Document;

/// Versions of everything that decides what a reading says: the same input and engine give the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engine {
    /// Version of the program.
    pub version: String,
    /// Version and short hash of the codebook and cues.
    pub codebook: String,
    /// Version and short hash of the actor tables.
    pub actors: String,
    /// Name and short hash of the weights.
    pub model: String,
}

/// Buffers that reading reuses from article to article. One a thread.
#[derive(Default)]
pub struct Scratch {}

/// Reads articles. Shared by reference between threads.
pub struct Reader {
    knowledge: Knowledge,
    engine: Engine,
}

impl Reader {
    /// A reader with the knowledge and weights that the crate carries.
    #[cfg(feature = "bundled")]
    pub fn bundled() -> Result<Self, Error> {
        Self::with_knowledge(Knowledge::default())
    }

    /// A reader with other knowledge and the weights that the crate carries.
    #[cfg(feature = "bundled")]
    pub fn with_knowledge(knowledge: Knowledge) -> Result<Self, Error> {
        let engine = Engine {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            codebook: String::new(),
            actors: String::new(),
            model: String::new(),
        };
        Ok(Self { knowledge, engine })
    }

    /// What decides the readings.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// What it knows.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// Reads one article. Never fails; doubts become notes.
    pub fn read<'a>(&self, article: &'a Article, _scratch: &mut Scratch) -> Reading<'a> {
        let document = Document::split(&article.body);
        Reading {
            article,
            document,
            syntax: Default::default(),
            mentions: Vec::new(),
            actors: Vec::new(),
            places: Vec::new(),
            times: Vec::new(),
            figures: Vec::new(),
            attributions: Vec::new(),
            events: Vec::new(),
            claims: Vec::new(),
            comparisons: Vec::new(),
            pairs: Vec::new(),
            notes: Vec::new(),
        }
    }
}
