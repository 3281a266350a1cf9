//! Mentions: spans that name or stand for somebody.

use crate::ActorId;
use detente_text::{Span, TokenId, vocabulary};

vocabulary! {
    /// How a mention refers.
    MentionKind {
        Name = "name",
        Nominal = "nominal",
        Pronoun = "pronoun",
        Adjective = "adjective",
    }
}

/// A span that names or stands for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The whole phrase, without relative clauses and appositions.
    pub span: Span,
    /// Its syntactic head.
    pub head: TokenId,
    /// How it refers.
    pub kind: MentionKind,
    /// Whom it stands for; none when that could not be decided.
    pub actor: Option<ActorId>,
}
