//! All layers of one document.

use crate::{
    Actor, ActorId, Article, Attribution, Claim, Comparison, Event, Figure, Mention, MentionId, Note,
    PairAnswer, Place, Time,
};
use detente_text::{Document, Syntax};

/// All layers of one document; ids are indexes into these lists.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// The article.
    pub article: &'a Article,
    /// Sentences and tokens.
    pub document: Document<'a>,
    /// Tags, trees, names.
    pub syntax: Syntax,
    /// Spans that stand for somebody, by position.
    pub mentions: Vec<Mention>,
    /// Whom they stand for, by first mention.
    pub actors: Vec<Actor>,
    /// Places, by position.
    pub places: Vec<Place>,
    /// Times, by position.
    pub times: Vec<Time>,
    /// Quantities, by position.
    pub figures: Vec<Figure>,
    /// Who says what, by position.
    pub attributions: Vec<Attribution>,
    /// Who did what to whom, by position.
    pub events: Vec<Event>,
    /// Propositions and stances.
    pub claims: Vec<Claim>,
    /// Figures for one quantity, side by side.
    pub comparisons: Vec<Comparison>,
    /// Answers to the article's questions, in the same order.
    pub pairs: Vec<PairAnswer>,
    /// What could not be decided.
    pub notes: Vec<Note>,
}

impl Reading<'_> {
    /// One mention.
    pub fn mention(&self, id: MentionId) -> &Mention {
        &self.mentions[id.index()]
    }

    /// One actor.
    pub fn actor(&self, id: ActorId) -> &Actor {
        &self.actors[id.index()]
    }

    /// The actor behind a mention.
    pub fn actor_of(&self, id: MentionId) -> Option<ActorId> {
        self.mention(id).actor
    }
}
