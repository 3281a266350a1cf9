//! The one error type of this crate.

use std::{fmt, io, path::PathBuf};

/// Why an article could not be read, or a reading not be written.
///
/// It names the file, and where there is one the line and column, and prints as `FILE:LINE:COLUMN: cause`. Lines
/// and columns are counted from 1, columns in bytes.
///
/// ```
/// let error = detente_io::Error::new("the file is empty").in_file("a.txt");
/// assert_eq!(error.to_string(), "a.txt: the file is empty");
/// ```
#[derive(Debug)]
pub struct Error {
    place: Box<Place>,
    cause: Cause,
}

#[derive(Debug, Default, Clone)]
struct Place {
    file: Option<PathBuf>,
    line: Option<u64>,
    column: Option<u64>,
}

#[derive(Debug)]
enum Cause {
    Message(String),
    Io(String, io::Error),
}

impl Error {
    /// An error with a cause for a person to read.
    #[cold]
    pub fn new(message: impl Into<String>) -> Self {
        Self { place: Box::default(), cause: Cause::Message(message.into()) }
    }

    /// The operating system refused; `doing` says what was tried, such as "cannot read".
    #[cold]
    pub fn io(doing: impl Into<String>, error: io::Error) -> Self {
        Self { place: Box::default(), cause: Cause::Io(doing.into(), error) }
    }

    /// The same, said of a file.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.place.file = Some(file.into());
        self
    }

    /// The same, said of a line, counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.place.line = Some(line);
        self
    }

    /// The same, said of a column of the line, counted from 1 in bytes.
    #[must_use]
    pub fn at_column(mut self, column: u64) -> Self {
        self.place.column = Some(column);
        self
    }

    /// The file, when the error is about one.
    pub fn file(&self) -> Option<&std::path::Path> {
        self.place.file.as_deref()
    }

    /// The line, counted from 1.
    pub fn line(&self) -> Option<u64> {
        self.place.line
    }

    /// The column, counted from 1 in bytes.
    pub fn column(&self) -> Option<u64> {
        self.place.column
    }

    /// The cause without the place.
    pub fn cause(&self) -> String {
        match &self.cause {
            Cause::Message(message) => message.clone(),
            Cause::Io(doing, error) => format!("{doing}: {error}"),
        }
    }

    /// As a JSON object on one line: `severity`, `file`, `line`, `column`, `cause`.
    pub fn to_json(&self, severity: &str) -> String {
        serde_json::json!({
            "severity": severity,
            "file": self.file().map(|file| file.to_string_lossy()),
            "line": self.line(),
            "column": self.column(),
            "cause": self.cause(),
        })
        .to_string()
    }

    /// Whether the reader of the output has gone away, which is no fault to report.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(&self.cause, Cause::Io(_, error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.place.file {
            write!(f, "{}:", file.display())?;
            if let Some(line) = self.place.line {
                write!(f, "{line}:")?;
                if let Some(column) = self.place.column {
                    write!(f, "{column}:")?;
                }
            }
            f.write_str(" ")?;
        }
        f.write_str(&self.cause())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::Message(_) => None,
            Cause::Io(_, error) => Some(error),
        }
    }
}
