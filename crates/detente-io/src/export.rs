//! Readings out, in formats for programs and for terminals.

mod csv;
mod sink;
mod table;

pub use sink::Sink;

use crate::wire::v1;
use detente::text::vocabulary;
use detente::{Engine, Reading};

vocabulary! {
    /// How readings are written.
    Format {
        /// One `detente/1` object a line.
        Jsonl = "jsonl",
        /// Indented; a list when there are several documents.
        Json = "json",
        /// Aligned columns, one row an event.
        Table = "table",
        /// Comma-separated, one row an event.
        Csv = "csv",
    }
}

/// One document in a format; a [`Sink`] puts documents together.
///
/// ```
/// use detente_io::export::{Format, Sink, render};
/// let reader = detente::Reader::bundled()?;
/// let article = detente::Article::new("a1", "Troops left.");
/// let reading = reader.read(&article, &mut detente::Scratch::default());
/// let mut sink = Sink::new(Vec::new(), Format::Jsonl);
/// sink.write(render(Format::Jsonl, &reading, reader.engine()))?;
/// let bytes = sink.finish()?;
/// assert_eq!(bytes.last(), Some(&b'\n'));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn render(format: Format, reading: &Reading<'_>, engine: &Engine) -> Vec<u8> {
    match format {
        Format::Jsonl => {
            let mut line = v1::to_string(reading, engine).into_bytes();
            line.push(b'\n');
            line
        }
        Format::Json => v1::to_string_pretty(reading, engine).into_bytes(),
        Format::Table => table::render(reading).into_bytes(),
        Format::Csv => csv::rows(reading),
    }
}
