//! What goes in: one article.

use crate::{Note, NoteKind};
use detente_text::{Document, Span, vocabulary};
use jiff::civil::Date;

vocabulary! {
    /// How the publication time became known.
    PublishedFrom {
        Option = "option",
        Metadata = "metadata",
        JsonLd = "json-ld",
        Feed = "feed",
        Warc = "warc",
        Filename = "filename",
        None = "none",
    }
}

/// A publication time: its civil date, and how it was written (RFC 3339 date or date-time).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The day, in the publisher's own time zone as far as told.
    pub date: Date,
    /// `2022-02-15` or `2022-02-15T09:30:00Z`.
    pub text: String,
}

/// Two spans, and the question what the text has the first do to the second. `None`: somebody unnamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairQuery {
    /// Who acts.
    pub actor: Option<Span>,
    /// Who is acted upon.
    pub recipient: Option<Span>,
}

/// One article: owned body and what is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Chosen by whoever brings the article in.
    pub id: String,
    /// Address.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Headline, when it is known apart from the body.
    pub title: Option<String>,
    /// Authors as given.
    pub authors: Vec<String>,
    /// When.
    pub published: Option<Published>,
    /// How that is known.
    pub published_from: PublishedFrom,
    /// BCP 47 tag; only `en` is coded.
    pub language: String,
    /// The text. Every span points into it.
    pub body: String,
    /// Sentences, when the caller has split the text already.
    pub sentences: Option<Vec<Span>>,
    /// Questions about pairs.
    pub pairs: Vec<PairQuery>,
}

impl Article {
    /// An English article of unknown origin.
    ///
    /// ```
    /// let article = detente::Article::new("a1", "Troops returned to their bases.");
    /// assert_eq!(article.published, None);
    /// ```
    pub fn new(id: impl Into<String>, body: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            url: None,
            publisher: None,
            title: None,
            authors: Vec::new(),
            published: None,
            published_from: PublishedFrom::None,
            language: "en".to_owned(),
            body: body.into(),
            sentences: None,
            pairs: Vec::new(),
        }
    }

    /// The body with its sentences and tokens; with a note when the given sentences could not be used.
    ///
    /// ```
    /// let article = detente::Article::new("a1", "Troops left. They denied it.");
    /// let (document, note) = article.document();
    /// assert_eq!((document.sentences().len(), note), (2, None));
    /// ```
    pub fn document(&self) -> (Document<'_>, Option<Note>) {
        let Some(sentences) = &self.sentences else { return (Document::split(&self.body), None) };
        match Document::with_sentences(&self.body, sentences) {
            Ok(document) => (document, None),
            Err(error) => {
                let message = format!("the given sentences were not used: {error}");
                let note = Note { kind: NoteKind::Text, span: None, message };
                (Document::split(&self.body), Some(note))
            }
        }
    }

    /// The publication day, if known.
    pub fn date(&self) -> Option<Date> {
        self.published.as_ref().map(|p| p.date)
    }
}
