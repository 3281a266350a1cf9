//! Of which country a role noun is: by its own words, or by the context.

use super::{MENTIONS_BACK, Resolver};
use crate::{
    ActorId, ActorKind,
    clause::{case, logical_subject},
    knowledge::AgentRow,
    mention::{Clue, MentionKind},
    party::country_of,
};
use detente_text::{Deprel, TokenId, Upos};

/// Share of a document's mentions of countries that makes one of them its own.
const OWN_SHARE: f32 = 0.7;

impl Resolver<'_> {
    /// The code of whoever modifies a noun: "Russian", "of NATO", "Kremlin".
    ///
    /// Where somebody is says less than whose he is ("its missions in Ukraine"), and nothing of the armed: troops in a
    /// country are often another's.
    pub(super) fn country_around(&self, noun: TokenId, armed: bool) -> Option<String> {
        let tree = self.tree;
        let mut candidates: Vec<(u8, TokenId)> = Vec::new();
        for child in tree.children(noun) {
            match tree.deprel(child) {
                // "Russian-backed forces" are not Russian.
                Deprel::Amod if tree.upos(child) == Upos::Verb => {}
                Deprel::Amod
                | Deprel::Compound
                | Deprel::NmodPoss
                | Deprel::NmodDesc
                | Deprel::NmodUnmarked
                | Deprel::Flat => {
                    // "His US counterpart" is American, whoever he is.
                    candidates.push((u8::from(tree.upos(child) == Upos::Pron), child));
                    let inner = tree.children(child).filter(|&c| {
                        matches!(tree.deprel(c), Deprel::Amod | Deprel::Compound | Deprel::NmodPoss)
                    });
                    candidates.extend(inner.map(|c| (0, c)));
                }
                Deprel::Nmod => match case(tree, child) {
                    Some("of" | "from" | "for" | "to") => candidates.push((0, child)),
                    Some("in" | "at") if !armed => candidates.push((2, child)),
                    _ => {}
                },
                _ => {}
            }
        }
        candidates.sort_by_key(|&(rank, _)| rank);
        candidates.into_iter().find_map(|(_, token)| {
            let &index = self.by_head.get(&token)?;
            self.first_code(index)
        })
    }

    /// The code of whoever moves the armed that he moves: "Russia massed troops", "Kyiv sent reinforcements".
    pub(super) fn mover(&self, head: TokenId) -> Option<String> {
        const MOVES: [&str; 32] = [
            "amass",
            "assemble",
            "bring",
            "build",
            "concentrate",
            "commit",
            "deploy",
            "dispatch",
            "gather",
            "have",
            "increase",
            "keep",
            "maintain",
            "mass",
            "mobilise",
            "mobilize",
            "move",
            "muster",
            "order",
            "place",
            "position",
            "post",
            "pull",
            "put",
            "redeploy",
            "reinforce",
            "relocate",
            "send",
            "station",
            "transfer",
            "use",
            "withdraw",
        ];
        let tree = self.tree;
        let verb = tree
            .head(head)
            .filter(|&v| tree.deprel(head) == Deprel::Obj && MOVES.contains(&tree.lemma(v)))?;
        let &subject = self.by_head.get(&logical_subject(tree, verb)?)?;
        let code = self.first_code(subject)?;
        country_of(&code).map(str::to_owned)
    }

    /// "the country": of those named in the sentence and before it, the likeliest.
    pub(super) fn the_country(&self, index: usize) -> Option<Vec<ActorId>> {
        self.most_salient(index, |other| {
            let named = matches!(self.found[other].clue, Clue::Known(_));
            let country = |id: &ActorId| self.actors[id.index()].kind == ActorKind::Country;
            (named && self.behind[other].iter().all(country)).then(|| self.behind[other].clone())
        })
    }

    /// The code of a name that stands right before a role noun or, with "of", right behind it, whatever the tree says:
    /// the parser cuts long names of countries ("Democratic Republic of the Congo's president").
    pub(super) fn country_beside(&self, head: TokenId, row: &AgentRow) -> Option<String> {
        let tree = self.tree;
        let document = tree.document();
        let sentence = document.sentence(document.sentence_of(head));
        let words: Vec<&str> = row.noun.split(' ').collect();
        let link = words.iter().position(|w| matches!(*w, "of" | "for" | "to" | "in")).unwrap_or(words.len());
        let first = head.index().checked_sub(link.max(1) - 1)?;
        let last = head.index() + words.len() - link.max(1);
        let inside = |at: &usize| (sentence.first.index()..sentence.last.index()).contains(at);
        let form = |at: usize| tree.form(TokenId::at(at));
        let mut before = first.checked_sub(1).filter(inside);
        if before.is_some_and(|at| matches!(form(at), "'s" | "’s" | "'" | "’")) {
            before = before.and_then(|at| at.checked_sub(1)).filter(inside);
        }
        let mut behind = Some(last + 1).filter(|at| inside(at) && form(*at) == "of").map(|at| at + 1);
        if behind.is_some_and(|at| inside(&at) && form(at) == "the") {
            behind = behind.map(|at| at + 1);
        }
        [before, behind.filter(inside)].into_iter().flatten().find_map(|at| {
            let index = self.name_at[at]?;
            let is_country = self.behind[index as usize].first().is_some_and(|id| {
                matches!(
                    self.actors[id.index()].kind,
                    ActorKind::Country | ActorKind::Government | ActorKind::Body
                )
            });
            if is_country { self.first_code(index as usize) } else { None }
        })
    }

    pub(super) fn first_code(&self, index: usize) -> Option<String> {
        self.behind[index].first().and_then(|id| self.actors[id.index()].code.clone())
    }

    /// The country of a name: of the country itself, its people, government or places.
    pub(super) fn country_named(&self, index: usize) -> Option<&str> {
        if self.found[index].kind == MentionKind::Pronoun {
            return None;
        }
        let &id = self.behind[index].first()?;
        let actor = &self.actors[id.index()];
        let country = match actor.kind {
            ActorKind::Place => actor.code.as_deref(),
            ActorKind::Media => None,
            _ => actor.code.as_deref().and_then(country_of),
        }?;
        // The name in the tables lives as long as they do.
        let country = country.get(..3)?;
        self.knowledge.lexicon.country_name(country).map(|_| country)
    }

    /// The country that the context gives to a state's organ, or to its people, without one: where the sentence is, or
    /// the only country that the document is about.
    pub(super) fn context(&self, index: usize, row: &AgentRow) -> Option<(String, &'static str)> {
        let organ = match row.kind {
            ActorKind::Government => matches!(row.sector.as_str(), "GOV" | "LEG" | "JUD" | "COP" | "MIL"),
            ActorKind::Person => matches!(row.sector.as_str(), "LEG" | "COP" | "OPP"),
            ActorKind::Group | ActorKind::People | ActorKind::Body => {
                matches!(row.sector.as_str(), "MIL" | "COP" | "LEG" | "JUD" | "OPP" | "REB")
            }
            _ => false,
        };
        if !organ || row.weak {
            return None;
        }
        // Mentions stand in text order, so those of the sentence stand together; of a very long one the first count.
        let document = self.tree.document();
        let sentence = document.sentence(document.sentence_of(self.found[index].head)).span;
        let first = self.found.partition_point(|m| m.span.start < sentence.start);
        let here = self.found.iter().enumerate().skip(first).take(MENTIONS_BACK);
        let mut there: Vec<&str> = Vec::new();
        for (other, mention) in here.take_while(|(_, m)| m.span.start < sentence.end) {
            let placed = matches!(
                case(self.tree, mention.head),
                Some("in" | "at" | "near" | "across" | "outside" | "throughout")
            );
            let Some(country) = self.country_named(other) else { continue };
            // A country that only acts in the sentence says nothing of whose police it is.
            if !placed {
                return None;
            }
            if !there.contains(&country) {
                there.push(country);
            }
        }
        match (there.as_slice(), &self.own_country) {
            ([one], _) => Some(((*one).to_owned(), "the place in its sentence")),
            ([], Some(own)) => Some((own.clone(), "the country of the document")),
            _ => None,
        }
    }

    /// The country that nearly all named actors and places of the document belong to, if there is one.
    pub(super) fn find_own_country(&self) -> Option<String> {
        let mut counts: Vec<(&str, u32)> = Vec::new();
        for country in (0..self.found.len()).filter_map(|index| self.country_named(index)) {
            match counts.iter_mut().find(|(known, _)| *known == country) {
                Some((_, count)) => *count += 1,
                None => counts.push((country, 1)),
            }
        }
        let all: u32 = counts.iter().map(|(_, count)| count).sum();
        let &(country, most) = counts.iter().max_by_key(|(_, count)| *count)?;
        (most >= 3 && most as f32 >= OWN_SHARE * all as f32).then(|| country.to_owned())
    }
}
