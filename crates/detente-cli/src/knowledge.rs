//! Arguments about what detente knows.

use crate::{Usage, screen};
use clap::{Args, ValueHint};
use detente::{Reader, Sources};
use detente_io::knowledge;
use std::path::PathBuf;

/// What detente knows beyond what it brings along.
#[derive(Args)]
pub(crate) struct KnowledgeArgs {
    /// Directory of codebook files (*.toml) that replace those of the same type
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    codebook: Option<PathBuf>,
    /// Directory of actor tables (*.tsv), or dictionaries of TABARI and PETRARCH, added to those of the program
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    actors: Option<PathBuf>,
    /// Table of places, ours or a GeoNames dump, that is added to that of the program
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    places: Option<PathBuf>,
}

impl KnowledgeArgs {
    /// A reader that knows what was asked for.
    pub(crate) fn reader(&self) -> anyhow::Result<Reader> {
        if self.codebook.is_none() && self.actors.is_none() && self.places.is_none() {
            return Ok(Reader::bundled()?);
        }
        let mut sources = Sources::default();
        sources.decode_codebook(detente_data::CODEBOOK)?;
        sources.decode_actors(detente_data::ACTORS)?;
        sources.decode_places(detente_data::PLACES)?;
        let wrong = |error: detente_io::Error| Usage(error.to_string());
        if let Some(directory) = &self.codebook {
            knowledge::read_codebook(directory, &mut sources).map_err(wrong)?;
        }
        if let Some(directory) = &self.actors {
            for fault in knowledge::read_actors(directory, &mut sources).map_err(wrong)? {
                screen::complain(&format!("passed over: {fault}"));
            }
        }
        if let Some(file) = &self.places {
            knowledge::read_places(file, &mut sources).map_err(wrong)?;
        }
        Ok(Reader::with_knowledge(sources)?)
    }
}
