//! Compiles what people edit into what programs read.

use anyhow::Context;
use detente::Sources;
use detente_io::knowledge::{read_actors, read_codebook, read_cues, read_places};
use std::{fs, path::Path};

/// Everything in `knowledge/`.
pub(crate) fn sources(root: &Path) -> anyhow::Result<Sources> {
    let knowledge = root.join("knowledge");
    let mut sources = Sources::default();
    read_codebook(&knowledge.join("codebook"), &mut sources)?;
    read_cues(&knowledge.join("cues"), &mut sources)?;
    read_actors(&knowledge.join("actors"), &mut sources)?;
    read_places(&knowledge.join("places.tsv"), &mut sources)?;
    Ok(sources)
}

/// The tables by their path under the root.
pub(crate) fn tables(sources: &Sources) -> [(&'static str, Vec<u8>); 3] {
    [
        ("crates/detente-data/tables/codebook.bin", sources.encode_codebook()),
        ("crates/detente-data/tables/actors.bin", sources.encode_actors()),
        ("crates/detente-data/tables/places.bin", sources.encode_places()),
    ]
}

pub(crate) fn write(root: &Path) -> anyhow::Result<()> {
    for (path, bytes) in tables(&sources(root)?) {
        fs::write(root.join(path), &bytes).with_context(|| format!("cannot write {path}"))?;
    }
    Ok(())
}
