//! Which two "the two countries", "both sides" and "the two leaders" are.

use super::{MENTIONS_BACK, Reason, Resolver, nominal::Phrase};
use crate::{ActorId, ActorKind, knowledge::AgentRow, party::country_of};

/// How far back "the two countries" looks, in sentences.
const PAIR_REACH: u32 = 3;

impl Resolver<'_> {
    /// The two that "the two countries", "both sides" or "the two leaders" speak of, if the text leaves no doubt.
    pub(super) fn pair(&mut self, index: usize, row: &AgentRow, phrase: &Phrase) -> Option<Vec<ActorId>> {
        let lands = matches!(
            row.noun.as_str(),
            "country" | "nation" | "neighbour" | "neighbor" | "state" | "power" | "government" | "capital"
        );
        let sides = row.noun == "side";
        let sides_only = sides && phrase.plural && phrase.definite;
        if !(phrase.two || sides_only) || self.country_around(self.found[index].head, false).is_some() {
            return None;
        }
        let parties = match row.kind {
            _ if sides => self.opposed(index),
            _ if lands => self.last_named(index, |resolver, other, id| {
                let country = resolver.country_named(other)?;
                resolver.knowledge.lexicon.country(country).is_some().then(|| (country.to_owned(), id))
            }),
            ActorKind::Person => self.last_named(index, |resolver, other, id| {
                let named = matches!(
                    resolver.reasons[other],
                    Reason::Table | Reason::Text | Reason::Office | Reason::Counterpart
                );
                let actor = &resolver.actors[id.index()];
                (named && actor.kind == ActorKind::Person).then(|| (actor.name.clone(), id))
            }),
            _ => return None,
        }?;
        let stand = |(party, id): (String, ActorId)| match self.knowledge.lexicon.country(&party) {
            Some(entry) => self.entry(entry),
            None => id,
        };
        Some(parties.into_iter().map(stand).collect())
    }

    /// The parties named in the nearest sentences that name two or more, in the order of the text, if they are two.
    fn last_named(
        &self,
        index: usize,
        party: impl Fn(&Self, usize, ActorId) -> Option<(String, ActorId)>,
    ) -> Option<Vec<(String, ActorId)>> {
        let document = self.tree.document();
        let sentence = |other: usize| document.sentence_of(self.found[other].head).0;
        let mut parties: Vec<(String, ActorId)> = Vec::new();
        let mut reached = sentence(index);
        for other in (0..index).rev().take(MENTIONS_BACK) {
            let here = sentence(other);
            if here + PAIR_REACH < sentence(index) || (parties.len() > 1 && here < reached) {
                break;
            }
            reached = here;
            for found in self.behind[other].iter().filter_map(|&id| party(self, other, id)) {
                if !parties.iter().any(|(known, _)| *known == found.0) {
                    parties.push(found);
                }
            }
        }
        parties.reverse();
        (parties.len() == 2).then_some(parties)
    }

    /// The two parties that the text before has named most, if they stand out: those who have sides.
    fn opposed(&self, index: usize) -> Option<Vec<(String, ActorId)>> {
        let mut parties: Vec<(&str, ActorId, u32)> = Vec::new();
        for other in index.saturating_sub(MENTIONS_BACK)..index {
            for &id in &self.behind[other] {
                let actor = &self.actors[id.index()];
                let could = !matches!(actor.kind, ActorKind::Media | ActorKind::Place | ActorKind::Other);
                // Rebels of one country are one side, however many groups they are.
                let party = actor.party.split(':').next().unwrap_or_default();
                let party = party.get(..6).unwrap_or(party);
                // Who mediates has no side.
                let country = actor.code.as_deref().and_then(country_of);
                if !could || party.is_empty() || country.is_none() || actor.country.is_none() {
                    continue;
                }
                match parties.iter_mut().find(|(known, _, _)| *known == party) {
                    Some((_, _, count)) => *count += 1,
                    None => parties.push((party, id, 1)),
                }
            }
        }
        // The most named first; of those named alike often the first named.
        parties.sort_by_key(|&(_, _, count)| std::cmp::Reverse(count));
        let third = parties.get(2).map_or(0, |&(_, _, count)| count);
        let stand_out = parties.len() > 1 && parties[1].2 >= 2 && parties[1].2 >= 2 * third;
        stand_out.then(|| parties[..2].iter().map(|&(party, id, _)| (party.to_owned(), id)).collect())
    }
}
