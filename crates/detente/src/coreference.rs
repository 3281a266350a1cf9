//! Who is behind the mentions: names to identities with their role on the day, role nouns to office-holders or
//! composed codes, pronouns to the nearest fitting actor.

use crate::{
    Actor, ActorId, ActorKind, Mention, Note, NoteKind,
    attribution::Statement,
    clause::{case, relative_head},
    knowledge::{AgentRow, AliasMark, Knowledge, Meaning, PlaceKind, sectors},
    mention::{Clue, Found, MentionKind, Pronoun},
    place::Settled,
};
use detente_text::{Deprel, EntityKind, TokenId, Tree, Upos, Xpos};
use jiff::civil::Date;
use std::collections::HashMap;

/// What resolution gives.
pub(crate) struct Resolved {
    pub(crate) mentions: Vec<Mention>,
    pub(crate) actors: Vec<Actor>,
    pub(crate) notes: Vec<Note>,
}

/// Finds whom every mention stands for.
pub(crate) fn resolve(
    tree: &Tree<'_>,
    found: &[Found<'_>],
    settled: &[Option<Settled>],
    statements: &[Statement],
    knowledge: &Knowledge,
    day: Option<Date>,
) -> Resolved {
    let mut resolver = Resolver::new(tree, found, settled, knowledge, day);
    resolver.names();
    resolver.nominals_and_pronouns(statements);
    resolver.speakers(statements);
    resolver.finish()
}

/// How many mentions a phrase that points back looks over, however long the sentences are: keeps time linear where a
/// text has no sentences.
const MENTIONS_BACK: usize = 1500;

/// What makes two mentions the same actor.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    /// An entry of the tables.
    Entry(u32),
    /// A code composed of country and sector.
    Composed(String, ActorKind),
    /// A place of the gazetteer.
    Place(u32),
    /// A name that only the text knows, lower case.
    Name(String),
}

struct Resolver<'r> {
    tree: &'r Tree<'r>,
    found: &'r [Found<'r>],
    /// The places behind the found mentions.
    settled: &'r [Option<Settled>],
    knowledge: &'r Knowledge,
    day: Option<Date>,
    actors: Vec<Actor>,
    keys: HashMap<Key, ActorId>,
    /// The actors of each found mention; several for "they" and joined names.
    behind: Vec<Vec<ActorId>>,
    /// Found mentions by head token; the first one, hence the widest of those that begin together.
    by_head: HashMap<TokenId, usize>,
    /// Persons by their last name, lower case; of several with one last name, whoever was mentioned last.
    surnames: HashMap<String, ActorId>,
    notes: Vec<Note>,
}

impl<'r> Resolver<'r> {
    fn new(
        tree: &'r Tree<'r>,
        found: &'r [Found<'r>],
        settled: &'r [Option<Settled>],
        knowledge: &'r Knowledge,
        day: Option<Date>,
    ) -> Self {
        let mut by_head = HashMap::new();
        for (index, f) in found.iter().enumerate() {
            by_head.entry(f.head).or_insert(index);
        }
        Self {
            tree,
            found,
            settled,
            knowledge,
            day,
            actors: Vec::new(),
            keys: HashMap::new(),
            behind: vec![Vec::new(); found.len()],
            by_head,
            surnames: HashMap::new(),
            notes: Vec::new(),
        }
    }

    fn add(&mut self, key: Key, actor: impl FnOnce() -> Actor) -> ActorId {
        if let Some(&known) = self.keys.get(&key) {
            return known;
        }
        let id = ActorId::at(self.actors.len());
        self.actors.push(actor());
        self.keys.insert(key, id);
        id
    }

    /// Names first, wherever they stand: everything else leans on them.
    fn names(&mut self) {
        for index in 0..self.found.len() {
            let found = &self.found[index];
            let place = self.settled[index].and_then(|s| s.place);
            let actor = match found.clue {
                Clue::Known(meanings) => {
                    self.namesake(meanings, place).or_else(|| self.known(found, meanings))
                }
                Clue::Entity(kind) => self.unknown(found, kind, place),
                _ => None,
            };
            self.behind[index].extend(actor);
        }
    }

    /// The place behind the name of a country where the text means another of that name: Georgia, the state.
    fn namesake(&mut self, meanings: &[Meaning], place: Option<u32>) -> Option<ActorId> {
        let id = place?;
        let row = self.knowledge.places.row(id);
        let countries = || meanings.iter().filter(|m| m.mark == AliasMark::Plain);
        let other = countries().next().is_some()
            && countries().all(|m| self.knowledge.lexicon.entry(m.entry).kind == ActorKind::Country)
            && row.kind != PlaceKind::Country
            && !countries().any(|m| self.entry_code(m.entry) == Some(row.country));
        other.then(|| self.place(id, row.name))
    }

    /// A place of the gazetteer, under the name that the text gives it first.
    fn place(&mut self, id: u32, name: &str) -> ActorId {
        let country = self.knowledge.places.row(id).country;
        let country = (!country.is_empty()).then(|| country.to_owned());
        self.add(Key::Place(id), || actor(name, ActorKind::Place, None, country, None, true))
    }

    /// The identity behind a name of the tables.
    fn known(&mut self, found: &Found<'_>, meanings: &[Meaning]) -> Option<ActorId> {
        let lexicon = &self.knowledge.lexicon;
        let safe = |m: &&Meaning| {
            m.mark != AliasMark::Unsafe
                || found.title.is_some()
                || self.keys.contains_key(&Key::Entry(m.entry))
        };
        let mut usable: Vec<Meaning> = meanings.iter().filter(safe).copied().collect();
        // On the document's day, holders of an office stand before those who held it or will.
        let in_office = |m: &Meaning| {
            let entry = lexicon.entry(m.entry);
            entry.kind != ActorKind::Person || entry.period(self.day).is_some()
        };
        if usable.len() > 1 && usable.iter().any(in_office) {
            usable.retain(in_office);
        }
        if usable.len() > 1 && usable.iter().any(|m| self.keys.contains_key(&Key::Entry(m.entry))) {
            usable.retain(|m| self.keys.contains_key(&Key::Entry(m.entry)));
        }
        // A plain name stands before an adjective or a seat of the same spelling.
        let mark = usable.iter().map(|m| m.mark).min()?;
        usable.retain(|m| m.mark == mark);
        let &meaning = usable.first()?;
        if usable.len() > 1 {
            let names: Vec<&str> = usable.iter().map(|m| &*lexicon.entry(m.entry).name).collect();
            self.notes.push(Note {
                kind: NoteKind::Ambiguous,
                span: Some(found.span),
                message: format!("could be {}; read as the first", names.join(" or ")),
            });
        }
        if meaning.mark == AliasMark::Seat && is_location(self.tree, found.head) {
            let name = self.tree.document().slice(found.span).to_owned();
            let country = self.entry_code(meaning.entry).and_then(country_of).map(str::to_owned);
            let key = Key::Name(format!("@{}", name.to_lowercase()));
            return Some(self.add(key, || actor(&name, ActorKind::Place, None, country, None, true)));
        }
        let people = meaning.mark == AliasMark::Adjective
            && found.kind == MentionKind::Name
            && matches!(self.tree.xpos(found.head), Xpos::Nnps | Xpos::Nns);
        if people {
            let code = country_of(self.entry_code(meaning.entry)?)?.to_owned();
            return Some(self.composed(&code, "CVL", ActorKind::People, None));
        }
        Some(self.entry(meaning.entry))
    }

    fn entry_code(&self, entry: u32) -> Option<&str> {
        let entry = self.knowledge.lexicon.entry(entry);
        entry.period(self.day).or(entry.periods.last()).map(|p| &*p.code)
    }

    /// The actor of an entry, with its role on the day.
    fn entry(&mut self, index: u32) -> ActorId {
        let entry = self.knowledge.lexicon.entry(index);
        let day = self.day;
        let id = self.add(Key::Entry(index), || {
            let period = entry.period(day);
            let (code, role) = match period {
                Some(p) => (Some(p.code.to_string()), p.role.as_deref().map(str::to_owned)),
                // Out of office on that day: the country stays, the office does not.
                None => {
                    let last = entry
                        .periods
                        .iter()
                        .rev()
                        .find(|p| day.is_some_and(|d| p.until.is_some_and(|u| u <= d)));
                    let any = last.or(entry.periods.first());
                    let country = any.and_then(|p| country_of(&p.code));
                    let suffix = if last.is_some() && entry.kind == ActorKind::Person { "ELI" } else { "" };
                    let role = last.and_then(|p| p.role.as_deref()).map(|r| match r.starts_with("former") {
                        true => r.to_owned(),
                        false => format!("former {r}"),
                    });
                    (country.map(|c| format!("{c}{suffix}")), role)
                }
            };
            actor(&entry.name, entry.kind, role, code, entry.wikidata.as_deref(), true)
        });
        if entry.kind == ActorKind::Person
            && let Some(last) = entry.name.split(' ').next_back()
        {
            self.surnames.insert(last.to_lowercase(), id);
        }
        id
    }

    /// The identity behind a name that only the text knows.
    fn unknown(&mut self, found: &Found<'_>, kind: EntityKind, place: Option<u32>) -> Option<ActorId> {
        let name = self.tree.document().slice(found.own).to_owned();
        let lower = name.to_lowercase();
        // The name finder takes some towns for organisations; the gazetteer knows better.
        if let Some(id) = place {
            return Some(self.place(id, &name));
        }
        match kind {
            EntityKind::Person => {
                if let Some(last) = lower.split(' ').next_back()
                    && let Some(&known) = self.surnames.get(last)
                {
                    let known_name = self.actors[known.index()].name.to_lowercase();
                    if !lower.contains(' ') || known_name == lower {
                        return Some(known);
                    }
                }
                let (role, code) = self.title(found);
                let id = self.add(Key::Name(lower.clone()), || {
                    actor(&name, ActorKind::Person, role, code, None, false)
                });
                if let Some(last) = lower.split(' ').next_back() {
                    self.surnames.insert(last.to_owned(), id);
                }
                Some(id)
            }
            EntityKind::Organization => {
                let code =
                    self.country_around(found.head).map(|code| country_of(&code).unwrap_or(&code).to_owned());
                Some(self.add(Key::Name(lower), || actor(&name, ActorKind::Body, None, code, None, false)))
            }
            EntityKind::Location => {
                Some(self.add(Key::Name(lower), || actor(&name, ActorKind::Place, None, None, None, false)))
            }
        }
    }

    /// Role and code that a title before a name gives.
    fn title(&self, found: &Found<'_>) -> (Option<String>, Option<String>) {
        let Some((token, row)) = found.title else { return (None, None) };
        let country = self.country_around(token).or_else(|| self.country_around(found.head));
        (Some(row.noun.clone()), Some(compose(country.as_deref(), &row.sector)))
    }

    /// The code of whoever modifies a noun: "Russian", "of NATO", "Kremlin".
    fn country_around(&self, noun: TokenId) -> Option<String> {
        let tree = self.tree;
        let mut candidates: Vec<TokenId> = Vec::new();
        for child in tree.children(noun) {
            match tree.deprel(child) {
                Deprel::Amod
                | Deprel::Compound
                | Deprel::NmodPoss
                | Deprel::NmodDesc
                | Deprel::NmodUnmarked
                | Deprel::Flat => {
                    candidates.push(child);
                    candidates.extend(tree.children(child).filter(|&c| {
                        matches!(tree.deprel(c), Deprel::Amod | Deprel::Compound | Deprel::NmodPoss)
                    }));
                }
                Deprel::Nmod
                    if matches!(case(tree, child), Some("of" | "in" | "from" | "for" | "at" | "to")) =>
                {
                    candidates.push(child);
                }
                _ => {}
            }
        }
        // "His US counterpart" is American, whoever he is.
        candidates.sort_by_key(|&t| tree.upos(t) == Upos::Pron);
        candidates.into_iter().find_map(|token| {
            let &index = self.by_head.get(&token)?;
            // A person's own country says nothing of "his army" before he is known; names of places do.
            self.behind[index].first().and_then(|id| self.actors[id.index()].code.clone())
        })
    }

    /// Everything that leans on names, in text order; what stands inside a phrase before the phrase.
    fn nominals_and_pronouns(&mut self, statements: &[Statement]) {
        let mut order: Vec<usize> = (0..self.found.len()).collect();
        order.sort_by_key(|&i| (self.found[i].span.end, std::cmp::Reverse(self.found[i].span.start)));
        for index in order {
            let found = &self.found[index];
            match found.clue {
                Clue::Agent(row) => {
                    let actor = self.nominal(index, row);
                    self.behind[index].push(actor);
                    self.joined_countries(index, row);
                }
                Clue::Pronoun(pronoun) => {
                    let actors = self.pronoun(index, pronoun, statements);
                    self.behind[index] = actors;
                }
                _ => {}
            }
        }
    }

    /// Whoever a role noun stands for: the person beside it, the office-holder on the day, an earlier actor, else
    /// somebody new.
    fn nominal(&mut self, index: usize, row: &AgentRow) -> ActorId {
        let tree = self.tree;
        let found = &self.found[index];
        let head = found.head;
        let former = tree.children(head).any(|c| matches!(tree.lemma(c), "former" | "ex" | "late"));
        let plural = matches!(tree.xpos(head), Xpos::Nns | Xpos::Nnps);
        let indefinite = tree.children(head).any(|c| {
            tree.deprel(c) == Deprel::Det
                && matches!(tree.lemma(c), "a" | "an" | "another" | "some" | "any" | "no")
        });
        // "the foreign minister, Sergei Lavrov"
        let apposed = tree
            .children(head)
            .chain(tree.head(head).filter(|_| tree.deprel(head) == Deprel::Appos))
            .filter(|&c| tree.deprel(c) == Deprel::Appos || tree.deprel(head) == Deprel::Appos)
            .find_map(|c| self.by_head.get(&c).and_then(|&i| self.behind[i].first().copied()))
            .filter(|id| self.actors[id.index()].kind == ActorKind::Person || row.kind != ActorKind::Person);
        let around = self.country_around(head);
        if let Some(id) = apposed {
            let person = &mut self.actors[id.index()];
            if !person.known && person.role.is_none() {
                person.role = Some(row.noun.clone());
                person.code = Some(compose(around.as_deref(), &row.sector));
                refresh(person);
            }
            return id;
        }
        if let Some(code) = &around {
            if !plural
                && !indefinite
                && !former
                && row.kind == ActorKind::Person
                && let Some(entry) = self.office(code, &row.noun)
            {
                return self.entry(entry);
            }
            let sector = if former { "ELI" } else { &row.sector };
            if row.kind == ActorKind::Person {
                return self.new_person(index, row, Some(code), sector);
            }
            return self.composed(code, sector, row.kind, Some(found));
        }
        // No country in the phrase: the nearest earlier actor of the same kind, if the phrase points back.
        if !indefinite && let Some(id) = self.earlier(index, row, plural) {
            return id;
        }
        let sector = if row.weak { "" } else { &row.sector };
        if row.kind == ActorKind::Person {
            return self.new_person(index, row, None, sector);
        }
        self.composed("", sector, row.kind, Some(found))
    }

    /// "Armenian and Azerbaijani forces": an actor for each country that the phrase names.
    fn joined_countries(&mut self, index: usize, row: &AgentRow) {
        let tree = self.tree;
        let head = self.found[index].head;
        if !matches!(row.kind, ActorKind::Group | ActorKind::People)
            || !matches!(tree.xpos(head), Xpos::Nns | Xpos::Nnps)
        {
            return;
        }
        let adjectives =
            tree.children(head).filter(|&c| matches!(tree.deprel(c), Deprel::Amod | Deprel::Compound));
        let more: Vec<TokenId> = adjectives
            .flat_map(|a| tree.children(a).filter(|&c| tree.deprel(c) == Deprel::Conj).collect::<Vec<_>>())
            .collect();
        for token in more {
            let code = self
                .by_head
                .get(&token)
                .and_then(|&i| self.behind[i].first())
                .and_then(|id| self.actors[id.index()].code.clone());
            if let Some(code) = code {
                let actor = self.composed(&code, &row.sector, row.kind, Some(&self.found[index]));
                if !self.behind[index].contains(&actor) {
                    self.behind[index].push(actor);
                }
            }
        }
    }

    /// Who holds an office of a country or body on the day.
    fn office(&self, code: &str, noun: &str) -> Option<u32> {
        let lexicon = &self.knowledge.lexicon;
        let body = country_of(code).is_none() || code.starts_with("IGO") || code.starts_with("NGO");
        if body {
            let head = matches!(noun, "chief" | "head" | "leader" | "boss");
            let roles: &[&str] = match head {
                true => {
                    &["secretary-general", "director-general", "president", "chairman", "chairperson", ""]
                }
                false => &[noun],
            };
            return roles.iter().find_map(|role| lexicon.holder(code, role, self.day));
        }
        let country = country_of(code)?;
        lexicon.holder(&format!("{country}GOV"), noun, self.day)
    }

    /// A person known by role alone; every mention is somebody else.
    fn new_person(&mut self, index: usize, row: &AgentRow, country: Option<&str>, sector: &str) -> ActorId {
        let found = &self.found[index];
        let name = self.tree.document().slice(found.span).to_owned();
        let code = compose(country, sector);
        let role = Some(row.noun.clone());
        let key = Key::Name(format!("{}#{}", row.noun, found.span.start));
        self.add(key, || actor(&name, ActorKind::Person, role, Some(code), None, false))
    }

    /// An actor known by country and sector alone.
    fn composed(&mut self, code: &str, sector: &str, kind: ActorKind, found: Option<&Found<'_>>) -> ActorId {
        let full = compose(Some(code).filter(|c| !c.is_empty()), sector);
        let country = country_of(code)
            .filter(|_| !is_partly_recognised(code))
            .and_then(|c| self.knowledge.lexicon.country_name(c));
        let name = match (country.zip(sector_phrase(sector)), found) {
            (Some((country, phrase)), _) => format!("{phrase} of {country}"),
            (None, Some(found)) => self.tree.document().slice(found.span).to_owned(),
            (None, None) => full.clone(),
        };
        let known = !code.is_empty();
        // Without a country two groups are one only when they are called the same.
        let key = match known {
            true => Key::Composed(full.clone(), kind),
            false => Key::Name(format!("{}~{full}", found.map_or("", |f| self.tree.lemma(f.head)))),
        };
        // "Government of Russia" is one actor, however it is called.
        if known
            && full.ends_with("GOV")
            && full.len() == 6
            && kind == ActorKind::Government
            && let Some(entry) = self.knowledge.lexicon.government(&full)
        {
            return self.entry(entry);
        }
        self.add(key, || actor(&name, kind, None, Some(full), None, known))
    }

    /// The nearest earlier actor whose role noun or sector fits a phrase without a country.
    fn earlier(&self, index: usize, row: &AgentRow, plural: bool) -> Option<ActorId> {
        let tree = self.tree;
        let head = self.found[index].head;
        let sentence = tree.document().sentence_of(head).0;
        // "The army" stays the same army through an article; "the official" does not stay the same official.
        let reach = if row.kind == ActorKind::Person { 8 } else { 60 };
        let fits = |other: usize| {
            let mention = &self.found[other];
            let &id = self.behind[other].first()?;
            let actor = &self.actors[id.index()];
            let same_noun = match mention.clue {
                Clue::Agent(other_row) => {
                    let armed = matches!(row.sector.as_str(), "MIL" | "REB" | "COP");
                    other_row.noun == row.noun
                        || (armed
                            && other_row.sector == row.sector
                            && row.kind != ActorKind::Person
                            && other_row.kind == row.kind)
                }
                _ => false,
            };
            let titled = mention.title.is_some_and(|(_, title)| title.noun == row.noun);
            let role =
                actor.role.as_deref().is_some_and(|role| role == row.noun || role.ends_with(&row.noun));
            let person = row.kind == ActorKind::Person;
            let number = !person || !plural || actor.kind != ActorKind::Person;
            (number && (same_noun || titled || (person && role))).then_some(id)
        };
        (0..index)
            .rev()
            .take(MENTIONS_BACK)
            .take_while(|&other| tree.document().sentence_of(self.found[other].head).0 + reach >= sentence)
            .find_map(fits)
    }

    /// Whoever a pronoun stands for: of the fitting mentions in its sentence and the three before, the most salient.
    fn pronoun(&mut self, index: usize, pronoun: Pronoun, statements: &[Statement]) -> Vec<ActorId> {
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
            .filter(|s| {
                s.content.iter().any(|c| c.contains(document.span(head))) && s.style == crate::Style::Direct
            })
            .filter_map(|s| s.source.map(|(t, _)| t))
            .collect();
        let mut best: Option<(i32, Vec<ActorId>)> = None;
        for other in (0..index).rev().take(MENTIONS_BACK) {
            let mention = &self.found[other];
            let distance = sentence - document.sentence_of(mention.head).0.min(sentence);
            if distance > 3 {
                break;
            }
            if mention.head >= head || self.behind[other].is_empty() || own_speaker.contains(&mention.head) {
                continue;
            }
            if matches!(mention.clue, Clue::Pronoun(Pronoun::Relative)) {
                continue;
            }
            // A heading is another text than the prose below it.
            if document.sentence(document.sentence_of(mention.head)).kind
                != document.sentence(document.sentence_of(head)).kind
            {
                continue;
            }
            let Some(actors) = self.number_fits(other, pronoun) else { continue };
            if same_clause_argument(tree, mention.head, head) {
                continue;
            }
            let score = salience(tree, mention, distance) - (index - other).min(20) as i32;
            if best.as_ref().is_none_or(|(s, _)| score > *s) {
                best = Some((score, actors));
            }
        }
        match best {
            Some((_, actors)) => actors,
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
    fn speakers(&mut self, statements: &[Statement]) {
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
                .filter(|s| {
                    s.style != crate::Style::Indirect && s.content.iter().any(|c| c.contains(found.span))
                })
                .min_by_key(|s| s.content.iter().map(|c| c.len()).sum::<u32>())
                .and_then(|s| s.source)
                .and_then(|(head, _)| self.by_head.get(&head))
                .map(|&i| self.behind[i].clone());
            self.behind[index] = speaker.unwrap_or_default();
        }
    }

    /// Mentions in text order; actors renumbered by their first mention.
    fn finish(self) -> Resolved {
        let mut order: Vec<Option<ActorId>> = vec![None; self.actors.len()];
        let mut actors = Vec::new();
        let mut mentions = Vec::new();
        for (found, behind) in self.found.iter().zip(&self.behind) {
            let mut push = |actor| {
                mentions.push(Mention { span: found.span, head: found.head, kind: found.kind, actor });
            };
            if behind.is_empty() {
                let nobody = matches!(found.clue, Clue::Pronoun(Pronoun::Relative))
                    || matches!(found.clue, Clue::Known(_));
                if !nobody {
                    push(None);
                }
            }
            for &old in behind {
                let new = *order[old.index()].get_or_insert_with(|| {
                    actors.push(self.actors[old.index()].clone());
                    ActorId::at(actors.len() - 1)
                });
                push(Some(new));
            }
        }
        Resolved { mentions, actors, notes: self.notes }
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

/// Whether the name of a capital is only where something is.
fn is_location(tree: &Tree<'_>, head: TokenId) -> bool {
    const PLACING: [&str; 19] = [
        "in",
        "at",
        "near",
        "outside",
        "around",
        "through",
        "throughout",
        "across",
        "inside",
        "into",
        "over",
        "above",
        "toward",
        "towards",
        "via",
        "off",
        "along",
        "beyond",
        "within",
    ];
    const MOVING: [&str; 14] = [
        "travel", "fly", "go", "arrive", "return", "come", "drive", "leave", "flee", "visit", "head", "land",
        "trip", "depart",
    ];
    let mover = || {
        tree.head(head).is_some_and(|h| {
            MOVING.contains(&tree.lemma(h)) || matches!(tree.lemma(h), "flight" | "road" | "journey")
        })
    };
    match case(tree, head) {
        Some(preposition) if PLACING.contains(&preposition) => true,
        Some("to" | "from" | "for") => mover(),
        Some("of") => tree.head(head).is_some_and(|h| {
            matches!(
                tree.lemma(h),
                "outskirt"
                    | "city"
                    | "capital"
                    | "suburb"
                    | "street"
                    | "north"
                    | "south"
                    | "east"
                    | "west"
                    | "centre"
                    | "center"
            )
        }),
        _ => {
            matches!(tree.deprel(head), Deprel::Obl | Deprel::OblUnmarked | Deprel::NmodUnmarked)
                && case(tree, head).is_none()
        }
    }
}

/// The three letters that a code begins with, when they are a country's.
pub(crate) fn country_of(code: &str) -> Option<&str> {
    let country = code.get(..3)?;
    (!matches!(
        country,
        "IGO" | "NGO" | "NGM" | "MNC" | "INT" | "IMG" | "UIS" | "CVL" | "GOV" | "MIL" | "WST"
    ))
    .then_some(country)
}

/// A country or body and a sector as one CAMEO string; one sector only.
fn compose(country: Option<&str>, sector: &str) -> String {
    match country {
        Some(code) if is_partly_recognised(code) => format!("{}{sector}", &code[..6]),
        Some(code) => match country_of(code) {
            Some(country) => format!("{country}{sector}"),
            // A body's people speak as the body.
            None => code.to_owned(),
        },
        None => sector.to_owned(),
    }
}

/// Partly recognised entities carry their parent's code and PRE; they are no part of the parent's government.
fn is_partly_recognised(code: &str) -> bool {
    code.get(3..6) == Some("PRE")
}

/// How the actor of a country and sector is called.
fn sector_phrase(sector: &str) -> Option<&'static str> {
    Some(match sector {
        "MIL" => "armed forces",
        "COP" => "police",
        "LEG" => "parliament",
        "JUD" => "justice",
        "REB" => "rebels",
        "OPP" => "opposition",
        "SPY" => "intelligence service",
        "CVL" => "people",
        "JRN" => "media",
        "BUS" => "business",
        _ => return None,
    })
}

fn actor(
    name: &str,
    kind: ActorKind,
    role: Option<String>,
    code: Option<String>,
    wikidata: Option<&str>,
    known: bool,
) -> Actor {
    let mut actor = Actor {
        name: name.to_owned(),
        kind,
        role,
        country: None,
        code: code.filter(|c| !c.is_empty()),
        sectors: Vec::new(),
        wikidata: wikidata.map(str::to_owned),
        known,
        party: String::new(),
    };
    refresh(&mut actor);
    actor
}

/// Country, sectors and party follow from the code.
fn refresh(actor: &mut Actor) {
    let code = actor.code.clone().unwrap_or_default();
    actor.country = plover_country(&code);
    actor.sectors = sectors(&code);
    actor.party = party(actor, &code);
}

/// PLOVER's designation: a country, or UNO EUR IGO NGO ISM IMG MNC.
fn plover_country(code: &str) -> Option<String> {
    if let Some(country) = country_of(code) {
        let letters = country.len() == 3 && country.bytes().all(|b| b.is_ascii_uppercase());
        let sector = code.len() == 3 && crate::Sector::from_name(code).is_some();
        return (letters && !sector).then(|| country.to_owned());
    }
    let designation = match code.get(..3)? {
        "IGO" if code.get(3..6) == Some("UNO") => "UNO",
        "IGO" if matches!(code.get(3..6), Some("EEC" | "EUR")) => "EUR",
        "IGO" | "INT" => "IGO",
        "NGO" | "NGM" => "NGO",
        "MNC" => "MNC",
        "IMG" => "IMG",
        _ => return None,
    };
    Some(designation.to_owned())
}

/// Who speaks as one with an actor. A country's government, army, officials and spokespeople are one party; its
/// opposition, rebels, press and people are not.
fn party(actor: &Actor, code: &str) -> String {
    const OWN: [&str; 12] =
        ["REB", "OPP", "PTY", "MED", "CVL", "BUS", "NGO", "INS", "SEP", "CRM", "EDU", "REF"];
    let body = country_of(code).is_none();
    if code.is_empty() || (body && code.len() <= 3) {
        return actor.name.to_lowercase();
    }
    if body {
        return code.to_owned();
    }
    if is_partly_recognised(code) {
        return code[..6].to_owned();
    }
    let tail = code.get(3..).unwrap_or_default();
    if tail.as_bytes().chunks(3).any(|chunk| OWN.iter().any(|sector| sector.as_bytes() == chunk)) {
        return match actor.kind {
            ActorKind::Person if !actor.known => format!("{code}:{}", actor.name.to_lowercase()),
            ActorKind::Media | ActorKind::Body | ActorKind::Group => {
                format!("{code}:{}", actor.name.to_lowercase())
            }
            _ => code.to_owned(),
        };
    }
    match actor.sectors.is_empty() && matches!(actor.kind, ActorKind::Body | ActorKind::Other) {
        true => format!("{code}:{}", actor.name.to_lowercase()),
        false => code[..3].to_owned(),
    }
}

#[cfg(all(test, feature = "bundled"))]
mod tests {
    use crate::{Article, Mention, Published, Reader, Reading, Scratch};
    use std::sync::OnceLock;

    /// Reads a text as published on a day.
    fn read<T>(day: &str, text: &str, test: impl FnOnce(&Reading<'_>) -> T) -> T {
        static READER: OnceLock<Reader> = OnceLock::new();
        let reader = READER.get_or_init(|| Reader::bundled().expect("the bundled knowledge is whole"));
        let mut article = Article::new("test", text);
        let date = day.parse().expect("an ISO date");
        article.published = Some(Published { date, text: day.to_owned() });
        test(&reader.read(&article, &mut Scratch::default()))
    }

    /// The codes or, without one, names of the actors whose mentions are exactly these words, the last time they stand
    /// in the text.
    fn behind(day: &str, text: &str, words: &str) -> Vec<String> {
        read(day, text, |reading| {
            let is = |m: &&Mention| reading.document.slice(m.span) == words;
            let Some(last) = reading.mentions.iter().rfind(is).map(|m| m.span) else {
                let all: Vec<_> = reading.mentions.iter().map(|m| reading.document.slice(m.span)).collect();
                panic!("no mention `{words}` in {all:?}");
            };
            let actors = reading.mentions.iter().filter(|m| m.span == last).filter_map(|m| m.actor);
            let shown = |a: crate::ActorId| {
                let actor = reading.actor(a);
                match actor.kind {
                    crate::ActorKind::Person => actor.name.clone(),
                    _ => actor.code.clone().unwrap_or_else(|| actor.name.clone()),
                }
            };
            actors.map(shown).collect()
        })
    }

    const DAY: &str = "2022-02-15";

    #[test]
    fn modifiers_compose_codes() {
        let text = "Russia said on Tuesday that its military units had left Belarus.";
        assert_eq!(behind(DAY, text, "its"), ["RUS"]);
        assert_eq!(behind(DAY, text, "its military units"), ["RUSMIL"]);
        let text = "Armenian and Azerbaijani forces exchanged fire on Monday.";
        assert_eq!(behind(DAY, text, "Armenian and Azerbaijani forces"), ["ARMMIL", "AZEMIL"]);
    }

    #[test]
    fn offices_have_their_holder_on_the_day() {
        let text = "The French foreign minister met the Russian president.";
        assert_eq!(behind(DAY, text, "The French foreign minister"), ["Jean-Yves Le Drian"]);
        assert_eq!(behind("2010-06-01", text, "the Russian president"), ["Dmitry Medvedev"]);
        let text = "The French president arrived in Kyiv on Monday.";
        assert_eq!(behind(DAY, text, "The French president"), ["Emmanuel Macron"]);
        assert_eq!(behind("2015-06-01", text, "The French president"), ["Francois Hollande"]);
    }

    #[test]
    fn pronouns_find_their_persons() {
        let text = "Emmanuel Macron met Vladimir Putin in Moscow. They discussed Ukraine.";
        assert_eq!(behind(DAY, text, "They"), ["Emmanuel Macron", "Vladimir Putin"]);
        let text = "Sergei Lavrov met Antony Blinken in Geneva. He said the talks had failed.";
        assert_eq!(behind(DAY, text, "He"), ["Sergei Lavrov"]);
        let text = "Ukrainian Foreign Minister Dmytro Kuleba told him that talks were over.";
        assert_eq!(behind(DAY, text, "him"), [""; 0]);
    }

    #[test]
    fn speakers_of_quotations_are_we() {
        let text = "“We will defend our land,” Ukrainian President Volodymyr Zelensky said on Monday.";
        assert_eq!(behind(DAY, text, "We"), ["Volodymyr Zelensky"]);
        assert_eq!(behind(DAY, text, "our"), ["Volodymyr Zelensky"]);
    }

    #[test]
    fn a_seat_acts_or_is_a_place() {
        assert_eq!(behind(DAY, "Moscow rejected the proposal.", "Moscow"), ["RUSGOV"]);
        let text = "Emmanuel Macron arrived in Moscow.";
        read(DAY, text, |reading| {
            let place = reading.actors.iter().find(|a| a.name == "Moscow").expect("Moscow is mentioned");
            assert_eq!(place.kind, crate::ActorKind::Place);
        });
    }
}
