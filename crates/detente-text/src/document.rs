//! A text with its sentences and tokens.

use crate::{Error, SentenceId, Span, TokenId, split};

vocabulary! {
    /// What a stretch of an article is.
    Kind {
        Prose = "prose",
        Heading = "heading",
        Dateline = "dateline",
        Byline = "byline",
        Credit = "credit",
        Caption = "caption",
        Other = "other",
    }
}

/// One sentence: where it stands, what it is, which tokens it holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// Bytes of the text, without surrounding white space.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// Its first token.
    pub first: TokenId,
    /// One past its last token.
    pub last: TokenId,
}

impl Sentence {
    /// Its tokens, in text order.
    pub fn tokens(self) -> impl DoubleEndedIterator<Item = TokenId> + ExactSizeIterator {
        (self.first.0..self.last.0).map(TokenId)
    }

    /// How many tokens it holds.
    pub const fn len(self) -> usize {
        (self.last.0 - self.first.0) as usize
    }

    /// Whether it holds no token.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// A stretch between quotation marks, perhaps over several sentences.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quotation {
    /// From the opening mark to the closing mark, both included. Left open, it ends with its paragraph.
    pub span: Span,
    /// Between the marks.
    pub content: Span,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// 0 for outer quotations, 1 for those inside them, and so on.
    pub depth: u8,
}

/// A borrowed text with sentences, tokens and quotations, in text order.
///
/// Sentences do not overlap; every token lies in exactly one sentence; tokens follow the Universal Dependencies
/// convention for English (`do|n't`, `Russia|'s`), each an exact slice of the text.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    text: &'a str,
    sentences: Vec<Sentence>,
    tokens: Vec<Span>,
    owner: Vec<SentenceId>,
    quotations: Vec<Quotation>,
}

impl<'a> Document<'a> {
    /// Splits `text` into sentences and tokens.
    ///
    /// Never fails. Text beyond `u32::MAX` bytes is ignored.
    pub fn split(text: &'a str) -> Self {
        split::split(text)
    }

    /// Splits `text` into tokens inside sentences that are given.
    ///
    /// # Errors
    ///
    /// When a span does not lie on character boundaries, overlaps its predecessor or leaves the text.
    pub fn with_sentences(text: &'a str, sentences: &[Span]) -> Result<Self, Error> {
        split::with_sentences(text, sentences)
    }

    /// A document whose sentences and tokens are all given: one list of token spans for each sentence.
    ///
    /// # Errors
    ///
    /// When a span does not lie on character boundaries, overlaps its predecessor or leaves the text, or a
    /// sentence has no tokens.
    pub fn with_tokens(text: &'a str, sentences: &[Vec<Span>]) -> Result<Self, Error> {
        let mut builder = Builder::new(text);
        let mut end = 0;
        for tokens in sentences {
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
                return Err(Error::new("a sentence without tokens"));
            };
            for &token in tokens {
                let valid = token.start >= end && text.get(token.range()).is_some_and(|t| !t.is_empty());
                if !valid {
                    return Err(Error::new(format!(
                        "token {token:?} is out of order or not a slice of the text"
                    )));
                }
                end = token.end;
            }
            builder.sentence(first.cover(*last), Kind::Prose, tokens.iter().copied());
        }
        builder.quotations = split::quotations(text);
        Ok(builder.finish())
    }

    /// The text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The sentences.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// One sentence.
    pub fn sentence(&self, id: SentenceId) -> Sentence {
        self.sentences[id.index()]
    }

    /// The sentence that holds a token.
    pub fn sentence_of(&self, token: TokenId) -> SentenceId {
        self.owner[token.index()]
    }

    /// The spans of all tokens, by token id.
    pub fn tokens(&self) -> &[Span] {
        &self.tokens
    }

    /// The span of a token.
    pub fn span(&self, token: TokenId) -> Span {
        self.tokens[token.index()]
    }

    /// The words of a token.
    pub fn token(&self, token: TokenId) -> &'a str {
        &self.text[self.span(token).range()]
    }

    /// The words of a span.
    pub fn slice(&self, span: Span) -> &'a str {
        &self.text[span.range()]
    }

    /// The quotations, by their opening marks.
    pub fn quotations(&self) -> &[Quotation] {
        &self.quotations
    }

    /// The tokens that overlap a span, as the half-open range of their ids.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<u32> {
        let first = self.tokens.partition_point(|t| t.end <= span.start);
        let last = self.tokens.partition_point(|t| t.start < span.end).max(first);
        first as u32..last as u32
    }

    /// The sentence at or after a byte offset, if any.
    pub fn sentence_at(&self, offset: u32) -> Option<SentenceId> {
        let index = self.sentences.partition_point(|s| s.span.end <= offset);
        (index < self.sentences.len()).then(|| SentenceId::at(index))
    }
}

/// Collects sentences and tokens in text order.
pub(crate) struct Builder<'a> {
    text: &'a str,
    sentences: Vec<Sentence>,
    tokens: Vec<Span>,
    owner: Vec<SentenceId>,
    pub(crate) quotations: Vec<Quotation>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let guess = text.len() / 5;
        Self {
            text,
            sentences: Vec::with_capacity(guess / 20),
            tokens: Vec::with_capacity(guess),
            owner: Vec::with_capacity(guess),
            quotations: Vec::new(),
        }
    }

    /// Adds a sentence after the others; `tokens` are ordered and lie inside `span`.
    pub(crate) fn sentence(&mut self, span: Span, kind: Kind, tokens: impl Iterator<Item = Span>) {
        let id = SentenceId::at(self.sentences.len());
        let first = TokenId::at(self.tokens.len());
        self.tokens.extend(tokens);
        self.owner.resize(self.tokens.len(), id);
        let last = TokenId::at(self.tokens.len());
        if first != last {
            self.sentences.push(Sentence { span, kind, first, last });
        }
    }

    pub(crate) fn finish(self) -> Document<'a> {
        let Self { text, sentences, tokens, owner, quotations } = self;
        Document { text, sentences, tokens, owner, quotations }
    }
}
