//! The one error type of this crate.

use std::fmt;

/// Why knowledge or weights could not be used. Reading itself never fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    message: String,
}

impl Error {
    #[cold]
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<detente_text::Error> for Error {
    fn from(error: detente_text::Error) -> Self {
        Self::new(error.to_string())
    }
}
