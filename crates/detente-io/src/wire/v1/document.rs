//! The head of the object: engine, document, sentences.

use super::{Extent, View};
use detente::Reading;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fmt::Write;

#[derive(Serialize)]
pub(super) struct Engine<'r> {
    version: &'r str,
    codebook: &'r str,
    actors: &'r str,
    model: &'r str,
}

impl<'r> Engine<'r> {
    pub(super) fn new(engine: &'r detente::Engine) -> Self {
        let detente::Engine { version, codebook, actors, model } = engine;
        Self { version, codebook, actors, model }
    }
}

#[derive(Serialize)]
pub(super) struct Document<'r> {
    id: &'r str,
    url: Option<&'r str>,
    publisher: Option<&'r str>,
    title: Option<&'r str>,
    authors: &'r [String],
    published: Option<&'r str>,
    published_from: &'static str,
    language: &'r str,
    sha256: String,
    words: usize,
}

impl<'r> Document<'r> {
    pub(super) fn new(reading: &'r Reading<'r>) -> Self {
        let article = reading.article;
        Self {
            id: &article.id,
            url: article.url.as_deref(),
            publisher: article.publisher.as_deref(),
            title: article.title.as_deref(),
            authors: &article.authors,
            published: article.published.as_ref().map(|published| published.text.as_str()),
            published_from: article.published_from.as_str(),
            language: &article.language,
            sha256: sha256(article.body.as_bytes()),
            words: words(&reading.document),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Sentence {
    span: Extent,
    kind: &'static str,
}

impl Sentence {
    pub(super) fn new(view: &View<'_>, sentence: &detente::text::Sentence) -> Self {
        Self { span: view.span(sentence.span), kind: sentence.kind.as_str() }
    }
}

/// In lower-case hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // A string takes everything.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Tokens with at least one letter or digit.
fn words(document: &detente::text::Document<'_>) -> usize {
    let spans = document.tokens().iter();
    spans.filter(|span| document.slice(**span).chars().any(char::is_alphanumeric)).count()
}

#[cfg(test)]
mod tests {
    #[test]
    fn known_hash() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(super::sha256(b""), empty);
    }
}
