//! The one error type of this crate.

use std::fmt;

/// Why bytes or arguments handed to this crate could not be used.
///
/// Reading text never fails; only decoding a model, and building a [`Document`](crate::Document) from given
/// spans, can.
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
