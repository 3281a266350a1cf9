//! Whom pronouns stand for.

use super::{MENTIONS_BACK, Reason, Resolver};
use crate::{
    ActorId, ActorKind, Note, NoteKind, Style,
    attribution::Statement,
    clause::{case, relative_head},
    mention::{Clue, Found, MentionKind, Pronoun},
};
use detente_text::{Deprel, TokenId, Tree, Xpos};

impl Resolver<'_> {
    /// Whoever a pronoun stands for: of the fitting mentions in its sentence and the three before, the most salient.
    pub(super) fn pronoun(
        &mut self,
        index: usize,
        pronoun: Pronoun,
        statements: &[Statement],
    ) -> Vec<ActorId> {
        let tree = self.tree;
        let head = self.found[index].head;
        match pronoun {
            Pronoun::Speaker => return Vec::new(),
            Pronoun::Relative => {
                return relative_head(tree, head)
                    .and_then(|noun| self.by_head.get(&noun))
                    .map(|&i| self.behind[i].clone())
                    .unwrap_or_default();
            }
            _ => {}
        }
        let document = tree.document();
        let sentence = document.sentence_of(head).0;
        // The quotation in which the pronoun stands: its own speaker is "I", never "he".
        let first = statements.partition_point(|s| s.sentence.0 + 6 <= sentence);
        let own_speaker: Vec<TokenId> = statements[first..]
            .iter()
            .take_while(|s| s.sentence.0 <= sentence + 6)
            .filter(|s| s.content.iter().any(|c| c.contains(document.span(head))) && s.style == Style::Direct)
            .filter_map(|s| s.source.map(|(t, _)| t))
            .collect();
        let fits = |other: usize| {
            let speaker = own_speaker.contains(&self.found[other].head);
            if speaker { None } else { self.number_fits(other, pronoun) }
        };
        match self.most_salient(index, fits) {
            Some(actors) => actors,
            None => {
                self.notes.push(Note {
                    kind: NoteKind::Actor,
                    span: Some(self.found[index].span),
                    message: format!("nobody before it fits `{}`", tree.form(head)),
                });
                Vec::new()
            }
        }
    }

    /// Of the fitting mentions in the sentence and the three before, the actors of the most salient one.
    pub(super) fn most_salient(
        &self,
        index: usize,
        fits: impl Fn(usize) -> Option<Vec<ActorId>>,
    ) -> Option<Vec<ActorId>> {
        let tree = self.tree;
        let document = tree.document();
        let head = self.found[index].head;
        let here = document.sentence(document.sentence_of(head));
        let sentence = document.sentence_of(head).0;
        let mut best: Option<(i32, Vec<ActorId>)> = None;
        for other in (0..index).rev().take(MENTIONS_BACK) {
            let mention = &self.found[other];
            let there = document.sentence_of(mention.head);
            let distance = sentence - there.0.min(sentence);
            if distance > 3 {
                break;
            }
            let nobody =
                self.behind[other].is_empty() || matches!(mention.clue, Clue::Pronoun(Pronoun::Relative));
            // A heading is another text than the prose below it.
            if mention.head >= head || nobody || document.sentence(there).kind != here.kind {
                continue;
            }
            let Some(actors) = fits(other) else { continue };
            if same_clause_argument(tree, mention.head, head) {
                continue;
            }
            let score = salience(tree, mention, distance) - (index - other).min(20) as i32;
            if best.as_ref().is_none_or(|(s, _)| score > *s) {
                best = Some((score, actors));
            }
        }
        best.map(|(_, actors)| actors)
    }

    /// The actors of a mention when a pronoun can stand for them.
    fn number_fits(&self, other: usize, pronoun: Pronoun) -> Option<Vec<ActorId>> {
        let tree = self.tree;
        let mention = &self.found[other];
        let first = *self.behind[other].first()?;
        let kind = self.actors[first.index()].kind;
        let plural_noun = matches!(tree.xpos(mention.head), Xpos::Nns | Xpos::Nnps);
        let adjective = mention.kind == MentionKind::Adjective;
        match pronoun {
            Pronoun::Person => (kind == ActorKind::Person && !plural_noun).then(|| vec![first]),
            Pronoun::Thing => {
                let thing =
                    !matches!(kind, ActorKind::Person | ActorKind::People) && !plural_noun && !adjective;
                (thing && self.behind[other].len() == 1).then(|| vec![first])
            }
            Pronoun::Plural => {
                if self.behind[other].len() > 1 {
                    return Some(self.behind[other].clone());
                }
                let mut joined = vec![first];
                for child in tree.children(mention.head).filter(|&c| tree.deprel(c) == Deprel::Conj) {
                    if let Some(&index) = self.by_head.get(&child) {
                        joined.extend(self.behind[index].iter().filter(|id| **id != first));
                    }
                }
                // "Blinken spoke to Lavrov. They agreed …": the subject of a verb and whom it was done with.
                if joined.len() == 1 && tree.deprel(mention.head) == Deprel::Nsubj && !plural_noun {
                    let partner =
                        tree.head(mention.head).into_iter().flat_map(|verb| tree.children(verb)).find_map(
                            |c| {
                                let with = matches!(tree.deprel(c), Deprel::Obj | Deprel::Iobj)
                                    || (tree.deprel(c) == Deprel::Obl
                                        && matches!(case(tree, c), Some("with" | "to")));
                                let index = with.then(|| self.by_head.get(&c)).flatten()?;
                                let id = *self.behind[*index].first()?;
                                (id != first && self.actors[id.index()].kind == kind).then_some(id)
                            },
                        );
                    joined.extend(partner);
                }
                let group = matches!(kind, ActorKind::Group | ActorKind::People)
                    && mention.kind != MentionKind::Pronoun;
                (joined.len() > 1 || plural_noun || (group && !adjective)).then_some(joined)
            }
            Pronoun::Speaker | Pronoun::Relative => None,
        }
    }

    /// "I" and "we" in a quotation are whoever is quoted.
    pub(super) fn speakers(&mut self, statements: &[Statement]) {
        let document = self.tree.document();
        for index in 0..self.found.len() {
            let found = &self.found[index];
            if !matches!(found.clue, Clue::Pronoun(Pronoun::Speaker)) {
                continue;
            }
            let first =
                statements.partition_point(|s| s.sentence.0 + 12 < document.sentence_of(found.head).0);
            let speaker = statements[first..]
                .iter()
                .take(64)
                .filter(|s| s.style != Style::Indirect && s.content.iter().any(|c| c.contains(found.span)))
                .min_by_key(|s| s.content.iter().map(|c| c.len()).sum::<u32>())
                .and_then(|s| s.source)
                .and_then(|(head, _)| self.by_head.get(&head))
                .map(|&i| self.behind[i].clone());
            self.behind[index] = speaker.unwrap_or_default();
            if !self.behind[index].is_empty() {
                self.reasons[index] = Reason::Speaker;
            }
        }
    }
}

/// How much a mention draws pronouns to itself.
fn salience(tree: &Tree<'_>, mention: &Found<'_>, distance: u32) -> i32 {
    let role = match tree.deprel(mention.head) {
        Deprel::Nsubj | Deprel::NsubjPass => 16,
        Deprel::Obj | Deprel::Iobj => 8,
        Deprel::Obl | Deprel::OblAgent => 4,
        Deprel::NmodPoss => 2,
        _ => 0,
    };
    let root = tree.head(mention.head).is_some_and(|h| tree.head(h).is_none());
    role + 6 * i32::from(root) - 9 * distance as i32
}

/// Whether two tokens are arguments of one verb: "Kuleba told him" is not himself.
fn same_clause_argument(tree: &Tree<'_>, a: TokenId, b: TokenId) -> bool {
    let argument = |t: TokenId| {
        matches!(
            tree.deprel(t),
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Iobj | Deprel::Obl | Deprel::OblAgent
        )
    };
    argument(a) && argument(b) && tree.head(a) == tree.head(b)
}
