//! Puts rendered documents together.

use super::{Format, csv};
use crate::Error;
use std::io::Write;

/// Writes rendered documents with what belongs before, between and after them.
#[derive(Debug)]
pub struct Sink<W> {
    out: W,
    format: Format,
    count: u64,
    /// JSON only: the first document, until it is known whether it stays alone.
    held: Option<Vec<u8>>,
}

impl<W: Write> Sink<W> {
    /// A sink that has written nothing yet.
    pub fn new(out: W, format: Format) -> Self {
        Self { out, format, count: 0, held: None }
    }

    /// Writes one document that [`render`](super::render) made in the same format.
    ///
    /// # Errors
    ///
    /// When the underlying writer refuses.
    pub fn write(&mut self, document: Vec<u8>) -> Result<(), Error> {
        let first = self.count == 0;
        self.count += 1;
        match self.format {
            Format::Json if first => self.held = Some(document),
            Format::Json => {
                if let Some(held) = self.held.take() {
                    self.put(b"[\n")?;
                    self.put(&held)?;
                }
                self.put(b",\n")?;
                self.put(&document)?;
            }
            Format::Csv => {
                if first {
                    self.put(&csv::header())?;
                }
                self.put(&document)?;
            }
            Format::Table if first => self.put(&document)?,
            Format::Table => {
                self.put(b"\n")?;
                self.put(&document)?;
            }
            Format::Jsonl => self.put(&document)?,
        }
        Ok(())
    }

    /// Hands everything written so far on.
    ///
    /// # Errors
    ///
    /// When the underlying writer refuses.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.out.flush().map_err(refused)
    }

    /// Ends the output and gives the writer back.
    ///
    /// # Errors
    ///
    /// When the underlying writer refuses.
    pub fn finish(mut self) -> Result<W, Error> {
        match (self.format, self.held.take(), self.count) {
            (Format::Json, Some(only), _) => {
                self.put(&only)?;
                self.put(b"\n")?;
            }
            (Format::Json, None, 0) => self.put(b"[]\n")?,
            (Format::Json, None, _) => self.put(b"\n]\n")?,
            (Format::Csv, _, 0) => self.put(&csv::header())?,
            _ => {}
        }
        self.flush()?;
        Ok(self.out)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.out.write_all(bytes).map_err(refused)
    }
}

fn refused(error: std::io::Error) -> Error {
    Error::io("cannot write the output", error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn together(format: Format, documents: &[&str]) -> String {
        let mut sink = Sink::new(Vec::new(), format);
        for document in documents {
            sink.write(document.as_bytes().to_vec()).unwrap();
        }
        String::from_utf8(sink.finish().unwrap()).unwrap()
    }

    #[test]
    fn json_is_one_object_or_a_list() {
        assert_eq!(together(Format::Json, &[]), "[]\n");
        assert_eq!(together(Format::Json, &["{}"]), "{}\n");
        assert_eq!(together(Format::Json, &["{}", "{}", "{}"]), "[\n{},\n{},\n{}\n]\n");
    }

    #[test]
    fn csv_always_has_its_header() {
        assert!(together(Format::Csv, &[]).starts_with("document,"));
        assert!(together(Format::Csv, &["x\n", "y\n"]).ends_with("x\ny\n"));
    }
}
