//! Whom role nouns stand for: "the foreign minister", "Syrian rebels", "both sides".

use super::{Key, MENTIONS_BACK, Reason, Resolver};
use crate::{
    ActorId, ActorKind, Note, NoteKind,
    knowledge::AgentRow,
    mention::{Clue, Found},
    party::{actor, compose, country_of, is_partly_recognised, refresh, sector_phrase},
};
use detente_text::{Deprel, TokenId, Tree, Upos, Xpos};

/// What the words around a role noun say of it.
pub(super) struct Phrase {
    pub(super) plural: bool,
    /// "the minister", "these troops"
    pub(super) definite: bool,
    /// "a minister", "some officials"
    pub(super) indefinite: bool,
    /// "former", "ex-"
    pub(super) former: bool,
    /// "acting", "incoming": not who holds the office.
    pub(super) beside_office: bool,
    /// "the two", "both", "each"
    pub(super) two: bool,
    /// "Russian-backed", "rebel-led"
    pub(super) backed: bool,
    /// "three", "13"
    pub(super) more_than_two: bool,
    /// "regional", "local": not of the whole country.
    pub(super) local: bool,
}

impl Phrase {
    fn around(tree: &Tree<'_>, head: TokenId) -> Self {
        let has = |words: &[&str]| {
            tree.children(head).any(|c| words.contains(&tree.lemma(c)) || words.contains(&tree.form(c)))
        };
        let determined = |words: &[&str]| {
            tree.children(head).any(|c| tree.deprel(c) == Deprel::Det && words.contains(&tree.lemma(c)))
        };
        let definite = determined(&["the", "this", "that"]);
        Self {
            definite,
            plural: matches!(tree.xpos(head), Xpos::Nns | Xpos::Nnps),
            indefinite: determined(&["a", "an", "another", "some", "any", "no"]),
            former: has(&["former", "ex", "late", "then", "ousted", "deposed"]),
            beside_office: has(&[
                "acting",
                "interim",
                "caretaker",
                "incoming",
                "future",
                "next",
                "shadow",
                "would-be",
            ]),
            two: has(&["both", "each", "neither", "either"]) || (definite && has(&["two"])),
            backed: tree.children(head).any(|c| {
                tree.upos(c) == Upos::Verb && tree.children(c).any(|name| tree.upos(name) != Upos::Punct)
            }),
            more_than_two: tree.children(head).any(|c| {
                tree.deprel(c) == Deprel::Nummod && !matches!(tree.lemma(c), "two" | "2" | "one" | "1")
            }),
            local: has(&[
                "local",
                "regional",
                "provincial",
                "municipal",
                "city",
                "district",
                "county",
                "rebel",
                "foreign",
            ]),
        }
    }
}

impl Resolver<'_> {
    /// Whomever a role noun stands for: the person beside it, the office-holder on the day, an earlier actor, else
    /// somebody new; and why.
    pub(super) fn nominal(&mut self, index: usize, row: &AgentRow) -> (Vec<ActorId>, Reason) {
        let tree = self.tree;
        let found = &self.found[index];
        let head = found.head;
        let phrase = Phrase::around(tree, head);
        if let Some(pair) = self.pair(index, row, &phrase) {
            return (pair, Reason::Pair);
        }
        if row.noun == "counterpart"
            && !phrase.plural
            && let Some(found) = self.counterpart(index)
        {
            return (vec![found], Reason::Counterpart);
        }
        let armed = row.sector == "MIL" && row.kind != ActorKind::Person;
        let around = self
            .country_around(head, armed)
            .or_else(|| self.country_beside(head, row))
            .or_else(|| self.mover(head).filter(|_| armed && !phrase.backed));
        if let Some(id) = self.apposed(head, row) {
            let person = &mut self.actors[id.index()];
            if !person.known && person.role.is_none() {
                person.role = Some(row.noun.clone());
                person.code = Some(compose(around.as_deref(), &row.sector));
                refresh(person);
            }
            return (vec![id], Reason::Apposition);
        }
        let is_person = row.kind == ActorKind::Person || self.is_one_of_a_people(index, row);
        if let Some(code) = around {
            let definite = !phrase.plural && !phrase.indefinite && !phrase.former && is_person;
            if definite
                && !phrase.beside_office
                && let Some(entry) = self.office(&code, &row.noun)
            {
                return (vec![self.entry(entry)], Reason::Office);
            }
            if definite && let Some(ids) = self.earlier(index, row, phrase.plural, Some(&code)) {
                return (ids, Reason::Earlier);
            }
            let sector = if phrase.former { "ELI" } else { &row.sector };
            let mut all = vec![self.some(index, row, &code, sector)];
            self.joined_countries(index, row, &mut all);
            return (all, Reason::Composed);
        }
        // No country in the phrase: the nearest earlier actor of the same kind, if the phrase points back.
        let country = row.kind == ActorKind::Country && matches!(row.noun.as_str(), "country" | "nation");
        if country && phrase.definite && !phrase.plural {
            return match self.the_country(index) {
                Some(ids) => (ids, Reason::Earlier),
                None => (vec![self.some(index, row, "", "")], Reason::Composed),
            };
        }
        let new =
            phrase.indefinite || phrase.backed || (phrase.more_than_two && row.kind == ActorKind::Country);
        if !new && let Some(ids) = self.earlier(index, row, phrase.plural, None) {
            return (ids, Reason::Earlier);
        }
        let several = phrase.plural && row.kind == ActorKind::Government;
        let unclear =
            phrase.former || phrase.local || phrase.backed || several || (phrase.indefinite && is_person);
        if !unclear && let Some((code, why)) = self.context(index, row) {
            self.notes.push(Note {
                kind: NoteKind::Actor,
                span: Some(found.span),
                message: format!("no country beside it; read as {code} from {why}"),
            });
            return (vec![self.some(index, row, &code, &row.sector)], Reason::Context);
        }
        let sector = if row.weak {
            ""
        } else if armed && phrase.backed {
            // Whom another state backs is no state's army.
            "REB"
        } else {
            &row.sector
        };
        (vec![self.some(index, row, "", sector)], Reason::Composed)
    }

    /// Somebody known by role and country alone: every person somebody else, every group of one code the same.
    fn some(&mut self, index: usize, row: &AgentRow, code: &str, sector: &str) -> ActorId {
        if row.kind == ActorKind::Person || self.is_one_of_a_people(index, row) {
            return self.person(index, row, Some(code).filter(|c| !c.is_empty()), sector, "");
        }
        self.composed(code, sector, row.kind, Some(&self.found[index]))
    }

    /// "A resident" of a country is somebody, "residents" are its people.
    fn is_one_of_a_people(&self, index: usize, row: &AgentRow) -> bool {
        let plural = matches!(self.tree.xpos(self.found[index].head), Xpos::Nns | Xpos::Nnps);
        row.kind == ActorKind::People && !plural && !is_collective(&row.noun)
    }

    /// "the foreign minister, Sergei Lavrov"
    fn apposed(&self, head: TokenId, row: &AgentRow) -> Option<ActorId> {
        let tree = self.tree;
        let above = tree.head(head).filter(|_| tree.deprel(head) == Deprel::Appos);
        let below = tree.children(head).filter(|&c| tree.deprel(c) == Deprel::Appos);
        let id = below
            .chain(above)
            .find_map(|c| self.by_head.get(&c).and_then(|&i| self.behind[i].first().copied()))?;
        let is_person = self.actors[id.index()].kind == ActorKind::Person;
        (is_person || row.kind != ActorKind::Person).then_some(id)
    }

    /// "Armenian and Azerbaijani forces": an actor for each further country that the phrase names.
    fn joined_countries(&mut self, index: usize, row: &AgentRow, all: &mut Vec<ActorId>) {
        let tree = self.tree;
        let head = self.found[index].head;
        if !matches!(tree.xpos(head), Xpos::Nns | Xpos::Nnps) {
            return;
        }
        let adjectives =
            tree.children(head).filter(|&c| matches!(tree.deprel(c), Deprel::Amod | Deprel::Compound));
        let more: Vec<TokenId> = adjectives
            .flat_map(|a| tree.children(a).filter(|&c| tree.deprel(c) == Deprel::Conj).collect::<Vec<_>>())
            .collect();
        for token in more {
            let Some(code) = self.by_head.get(&token).and_then(|&i| self.first_code(i)) else { continue };
            let actor = match row.kind {
                ActorKind::Person => self.person(index, row, Some(&code), &row.sector, &code),
                kind => self.composed(&code, &row.sector, kind, Some(&self.found[index])),
            };
            if !all.contains(&actor) {
                all.push(actor);
            }
        }
    }

    /// "his Russian counterpart": whoever holds the same office there on the day.
    fn counterpart(&mut self, index: usize) -> Option<ActorId> {
        let tree = self.tree;
        let head = self.found[index].head;
        let possessor = tree.child(head, Deprel::NmodPoss)?;
        let owner = *self.behind[*self.by_head.get(&possessor)?].first()?;
        let owner = &self.actors[owner.index()];
        let (own, role) = (owner.code.as_deref()?, owner.role.as_deref()?);
        let lexicon = &self.knowledge.lexicon;
        let there = tree
            .children(head)
            .filter(|&c| c != possessor)
            .find_map(|c| self.by_head.get(&c).and_then(|&i| self.first_code(i)))?;
        let entry = self.office(&there, &lexicon.office(own, role))?;
        Some(self.entry(entry))
    }

    /// Who holds an office of a country or body on the day.
    fn office(&self, code: &str, noun: &str) -> Option<u32> {
        let lexicon = &self.knowledge.lexicon;
        if country_of(code).is_none() {
            let head = matches!(noun, "chief" | "head" | "leader" | "boss");
            let roles: &[&str] = match head {
                true => &["secretary-general", "director-general", "president", "chairman", "chairperson"],
                false => &[noun],
            };
            let only = || lexicon.only_person(code, self.day).filter(|_| head);
            return roles.iter().find_map(|role| lexicon.holder(code, role, self.day)).or_else(only);
        }
        // "Labour leader" is no leader of the country.
        let country = code.strip_suffix("GOV").unwrap_or(code);
        (country.len() == 3).then(|| lexicon.holder(&format!("{country}GOV"), noun, self.day)).flatten()
    }

    /// A person known by role alone; every mention is somebody else, and of "US and British activists" each `which`.
    fn person(
        &mut self,
        index: usize,
        row: &AgentRow,
        country: Option<&str>,
        sector: &str,
        which: &str,
    ) -> ActorId {
        let found = &self.found[index];
        let name = self.tree.document().slice(found.span).to_owned();
        let code = compose(country, sector);
        let role = Some(row.noun.clone());
        let key = Key::Name(format!("{}#{}{which}", row.noun, found.span.start));
        self.add(key, || actor(&name, ActorKind::Person, role, Some(code), None, false))
    }

    /// An actor known by country and sector alone.
    pub(super) fn composed(
        &mut self,
        code: &str,
        sector: &str,
        kind: ActorKind,
        found: Option<&Found<'_>>,
    ) -> ActorId {
        let full = compose(Some(code).filter(|c| !c.is_empty()), sector);
        let known = !code.is_empty();
        let ministry = found.and_then(|f| match f.clue {
            Clue::Agent(row) if row.noun.contains("ministry") => Some(row.noun.as_str()),
            _ => None,
        });
        let whole = |found: &Found<'_>| self.tree.document().slice(found.span).to_owned();
        // "Government of Russia" is one actor, however it is called; its ministries have names of their own.
        if known
            && ministry.is_none()
            && full.ends_with("GOV")
            && full.len() == 6
            && kind == ActorKind::Government
            && let Some(entry) = self.knowledge.lexicon.government(&full)
        {
            return self.entry(entry);
        }
        let country = country_of(code)
            .filter(|_| !is_partly_recognised(code))
            .and_then(|c| self.knowledge.lexicon.country_name(c));
        let name = match (country.zip(ministry.or(sector_phrase(sector))), found) {
            // A ministry without a department of ours: "the external affairs ministry".
            (Some((_, "ministry")), Some(found)) => whole(found),
            (Some((country, phrase)), _) => format!("{phrase} of {country}"),
            (None, Some(found)) => whole(found),
            (None, None) => full.clone(),
        };
        // Without a country two groups are one only when they are called the same.
        let key = match known {
            true => Key::Composed(format!("{full}{}", ministry.unwrap_or_default()), kind),
            false => Key::Name(format!("{}~{full}", found.map_or("", |f| self.tree.lemma(f.head)))),
        };
        self.add(key, || actor(&name, kind, None, Some(full), None, known))
    }

    /// The nearest earlier actor that a phrase can point back to: of its role noun, sector or name, and of its country
    /// where it names one.
    fn earlier(
        &self,
        index: usize,
        row: &AgentRow,
        plural: bool,
        code: Option<&str>,
    ) -> Option<Vec<ActorId>> {
        let tree = self.tree;
        let head = self.found[index].head;
        let sentence = tree.document().sentence_of(head).0;
        let person = row.kind == ActorKind::Person;
        // "The army" stays the same army through an article; "the official" does not stay the same official.
        let reach = if person { 8 } else { 60 };
        let country = code.and_then(country_of);
        let fits = |other: usize| {
            let mention = &self.found[other];
            let &id = self.behind[other].first().filter(|_| plural || self.behind[other].len() == 1)?;
            let actor = &self.actors[id.index()];
            if code.is_some() && (country.is_none() || actor.country.as_deref() != country) {
                return None;
            }
            let same_noun = match mention.clue {
                Clue::Agent(other_row) => {
                    let armed = matches!(row.sector.as_str(), "MIL" | "REB" | "COP");
                    other_row.noun == row.noun
                        || (armed && other_row.sector == row.sector && !person && other_row.kind == row.kind)
                }
                _ => false,
            };
            let titled = mention.title.is_some_and(|(_, title)| title.noun == row.noun);
            let role =
                actor.role.as_deref().is_some_and(|role| role == row.noun || role.ends_with(&row.noun));
            let number = !person || !plural || actor.kind != ActorKind::Person;
            // "the ministry", of the Foreign Ministry
            let named = !person
                && !plural
                && matches!(mention.clue, Clue::Known(_) | Clue::Entity(_))
                && matches!(actor.kind, ActorKind::Body | ActorKind::Government | ActorKind::Group)
                && tree.document().slice(mention.own).to_lowercase().ends_with(&format!(" {}", row.noun));
            (number && (same_noun || titled || named || (person && role))).then(|| self.behind[other].clone())
        };
        (0..index)
            .rev()
            .take(MENTIONS_BACK)
            .take_while(|&other| tree.document().sentence_of(self.found[other].head).0 + reach >= sentence)
            .find_map(fits)
    }
}

/// Whether a noun for people means many in the singular: "the public", "a crowd".
fn is_collective(noun: &str) -> bool {
    const WORDS: [&str; 17] = [
        "clan",
        "community",
        "crowd",
        "diaspora",
        "elderly",
        "electorate",
        "family",
        "group",
        "household",
        "minority",
        "people",
        "populace",
        "population",
        "public",
        "tribe",
        "union",
        "youth",
    ];
    noun.split(' ').next_back().is_some_and(|word| WORDS.contains(&word))
}
