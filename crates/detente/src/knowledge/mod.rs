//! What detente knows: the codebook, the cues, the actors.
//!
//! People edit text files (`knowledge/README.md` describes them); programs read compiled tables. Both become the
//! same plain records here ([`Sources`]), and [`Knowledge::new`] indexes them once.

mod actors;
mod check;
mod codebook;
mod cues;
mod lexicon;
mod packed;
mod places;
mod symbol;
mod table;

pub(crate) use actors::sectors;
pub use actors::{ActorRow, Actors, AgentRow, Alias, AliasMark, CountryCodes, OfficeRow};
pub use check::{Finding, FindingKind, check};
pub(crate) use codebook::{Codebook, Compiled, Position, WordSet, fits};
pub use codebook::{Complement, Embedding, Relation, Rule, Support, SupportSubject, WordClassNeed};
pub use cues::{AttributionCue, CuePos, Effect, Frame, IrregularForm, RealityCue};
pub(crate) use cues::{Cues, Entry as CueEntry};
pub(crate) use lexicon::{AgentNoun, Entry, Lexicon, Meaning};
pub use places::{COLUMNS as PLACE_COLUMNS, PlaceKind, PlaceRow, Places};
pub(crate) use symbol::{Readings, Symbol, Symbols};

use crate::Error;

/// All knowledge as plain records, before it is indexed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sources {
    /// The rules of the codebook, in file order, files by name.
    pub rules: Vec<Rule>,
    /// Light verbs ("launch" an attack).
    pub supports: Vec<Support>,
    /// What embedded acts tell about outer ones.
    pub embeddings: Vec<Embedding>,
    /// Words that attribute.
    pub attribution_cues: Vec<AttributionCue>,
    /// Words that decide whether an act is real.
    pub reality_cues: Vec<RealityCue>,
    /// Irregular forms ("fled", of "flee").
    pub irregular: Vec<IrregularForm>,
    /// Names.
    pub actors: Actors,
    /// Role nouns ("foreign minister").
    pub agents: Vec<AgentRow>,
    /// Which office a role means.
    pub offices: Vec<OfficeRow>,
    /// Countries in other lists of codes.
    pub codes: Vec<CountryCodes>,
    /// Places with coordinates.
    pub places: Places,
}

impl Sources {
    /// Reads a compiled codebook table: rules, light verbs, embeddings and cues.
    ///
    /// # Errors
    ///
    /// When the bytes are not such a table, of another version, or damaged.
    pub fn decode_codebook(&mut self, bytes: &[u8]) -> Result<(), Error> {
        table::decode_codebook(bytes, self)
    }

    /// Reads a compiled actor table: names and role nouns.
    ///
    /// # Errors
    ///
    /// When the bytes are not such a table, of another version, or damaged.
    pub fn decode_actors(&mut self, bytes: &[u8]) -> Result<(), Error> {
        table::decode_actors(bytes, self)
    }

    /// Compiles rules, light verbs, embeddings and cues into a table.
    pub fn encode_codebook(&self) -> Vec<u8> {
        table::encode_codebook(self)
    }

    /// Compiles names and role nouns into a table.
    pub fn encode_actors(&self) -> Vec<u8> {
        table::encode_actors(self)
    }

    /// Reads a compiled gazetteer.
    ///
    /// # Errors
    ///
    /// When the bytes are not such a table, of another version, or damaged.
    pub fn decode_places(&mut self, bytes: &[u8]) -> Result<(), Error> {
        table::decode_places(bytes, self)
    }

    /// Compiles the gazetteer into a table.
    pub fn encode_places(&self) -> Vec<u8> {
        table::encode_places(self)
    }
}

/// Everything a reader knows, indexed. Shared by reference between threads.
#[derive(Clone, Debug)]
pub struct Knowledge {
    pub(crate) symbols: Symbols,
    pub(crate) codebook: Codebook,
    pub(crate) cues: Cues,
    pub(crate) lexicon: Lexicon,
    pub(crate) places: Places,
    codes: Vec<CountryCodes>,
}

impl Knowledge {
    /// Indexes plain records.
    pub fn new(sources: Sources) -> Self {
        let mut symbols = Symbols::default();
        let codebook = Codebook::new(sources.rules, &sources.supports, sources.embeddings, &mut symbols);
        let cues = Cues::new(&sources.attribution_cues, &sources.reality_cues, &mut symbols);
        let lexicon = Lexicon::new(sources.actors, sources.agents, sources.offices, &mut symbols);
        symbols.add_irregular(&sources.irregular);
        Self { symbols, codebook, cues, lexicon, places: sources.places, codes: sources.codes }
    }

    /// The rules of the codebook, in order.
    pub fn rules(&self) -> impl ExactSizeIterator<Item = &Rule> {
        self.codebook.rules()
    }

    /// A rule by its name, such as `assault.shell`.
    pub fn rule(&self, name: &str) -> Option<&Rule> {
        self.codebook.rules().find(|rule| rule.name == name)
    }

    /// The numbers of all rows of actors that have this name or alias, ignoring case, in table order. Walks the whole table.
    pub fn find_actors(&self, name: &str) -> Vec<u32> {
        self.lexicon.find(name)
    }

    /// The codes of a country in other lists, by its ISO 3166-1 alpha-3.
    pub fn codes(&self, country: &str) -> Option<&CountryCodes> {
        self.codes.iter().rev().find(|codes| codes.country == country)
    }

    /// The table of actors.
    pub fn actors(&self) -> &Actors {
        self.lexicon.actors()
    }
}
