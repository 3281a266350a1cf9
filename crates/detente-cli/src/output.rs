//! Where data goes: standard output or a file.

use crate::Usage;
use anyhow::Context;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Standard output, or the file that was named; `-` is standard output too.
///
/// A file that is also an input is refused before it is emptied.
pub(crate) fn open(file: Option<&Path>, inputs: &[PathBuf]) -> anyhow::Result<Box<dyn Write>> {
    let Some(path) = file.filter(|path| *path != Path::new("-")) else {
        return Ok(Box::new(BufWriter::with_capacity(1 << 16, io::stdout())));
    };
    let whole = |path: &Path| fs::canonicalize(path).ok();
    if whole(path).is_some_and(|out| inputs.iter().any(|input| whole(input).as_ref() == Some(&out))) {
        return Err(Usage(format!("{}: is an input, so it cannot be the output", path.display())).into());
    }
    let file = File::create(path).with_context(|| format!("{}: cannot write", path.display()))?;
    Ok(Box::new(BufWriter::with_capacity(1 << 16, file)))
}

/// Columns of the terminal, or 80.
pub(crate) fn width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    told.or_else(seen).unwrap_or(80).clamp(40, 110)
}

/// Whether standard output is a terminal that wants colours; `NO_COLOR` turns them off.
pub(crate) fn colours() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    io::stdout().is_terminal() && !refused && !dumb
}
