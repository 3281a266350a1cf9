//! Who is behind the mentions: names to identities with their role on the day, role nouns to office-holders or
//! composed codes, pronouns to the nearest fitting actor; and for which reason.

mod country;
mod nominal;
mod pronoun;
mod seat;
mod several;

use crate::{
    Actor, ActorId, ActorKind, Mention, Note, NoteKind,
    attribution::Statement,
    knowledge::{AliasMark, Knowledge, Meaning, PlaceKind},
    mention::{Clue, Found, MentionKind, Pronoun, Reason},
    party::{actor, compose, country_of},
    place::Settled,
};
use detente_text::{EntityKind, TokenId, Tree, Xpos};
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
    /// Why those.
    reasons: Vec<Reason>,
    /// Found mentions by head token; the first one, hence the widest of those that begin together.
    by_head: HashMap<TokenId, usize>,
    /// The name that each token is part of.
    name_at: Vec<Option<u32>>,
    /// The country that nearly all named actors of the document belong to.
    own_country: Option<String>,
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
        let mut name_at = vec![None; tree.document().tokens().len()];
        for (index, f) in found.iter().enumerate() {
            by_head.entry(f.head).or_insert(index);
            if matches!(f.clue, Clue::Known(_) | Clue::Entity(_)) {
                let tokens = tree.document().tokens_in(f.own);
                name_at[tokens.start as usize..tokens.end as usize].fill(Some(index as u32));
            }
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
            reasons: vec![Reason::Open; found.len()],
            by_head,
            name_at,
            own_country: None,
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
            let (actor, reason) = match found.clue {
                Clue::Known(meanings) => match self.namesake(meanings, place) {
                    Some(place) => (Some(place), Reason::Gazetteer),
                    None => (self.known(found, meanings), Reason::Table),
                },
                Clue::Entity(_) if place.is_some() => {
                    (place.map(|id| self.named_place(found, id)), Reason::Gazetteer)
                }
                Clue::Entity(kind) => (Some(self.unknown(found, kind)), Reason::Text),
                _ => continue,
            };
            self.behind[index].extend(actor);
            self.reasons[index] = reason;
        }
        self.own_country = self.find_own_country();
    }

    /// The place behind the name of a country where the text means another of that name: Georgia, the state.
    fn namesake(&mut self, meanings: &[Meaning], place: Option<u32>) -> Option<ActorId> {
        let id = place?;
        let row = self.knowledge.places.row(id);
        let countries = || meanings.iter().filter(|m| m.mark == AliasMark::Plain);
        let other = countries().next().is_some()
            && countries().all(|m| self.knowledge.lexicon.entry(m.entry).kind() == ActorKind::Country)
            && row.kind != PlaceKind::Country
            && !countries().any(|m| self.entry_code(m.entry) == Some(row.country));
        other.then(|| self.place(id, row.name))
    }

    /// A place under the name that the text gives it. The name finder takes some towns for organisations; the gazetteer
    /// knows better.
    fn named_place(&mut self, found: &Found<'_>, id: u32) -> ActorId {
        let name = self.tree.document().slice(found.own).to_owned();
        self.place(id, &name)
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
            entry.kind() != ActorKind::Person || entry.period(self.day).is_some()
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
            let names: Vec<&str> = usable.iter().map(|m| lexicon.entry(m.entry).name()).collect();
            self.notes.push(Note {
                kind: NoteKind::Ambiguous,
                span: Some(found.span),
                message: format!("could be {}; read as the first", names.join(" or ")),
            });
        }
        if meaning.mark == AliasMark::Seat && seat::is_location(self.tree, found.head) {
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
        Some(entry.period(self.day).unwrap_or(entry.last()).code)
    }

    /// The actor of an entry, with its role on the day.
    fn entry(&mut self, index: u32) -> ActorId {
        let entry = self.knowledge.lexicon.entry(index);
        let day = self.day;
        let id = self.add(Key::Entry(index), || {
            let period = entry.period(day);
            let (code, role) = match period {
                Some(p) => (Some(p.code.to_owned()), p.role.map(str::to_owned)),
                // Out of office on that day: the country stays, the office does not.
                None => {
                    let last =
                        entry.periods().rev().find(|p| day.is_some_and(|d| p.until.is_some_and(|u| u <= d)));
                    let any = last.or(entry.periods().next());
                    let country = any.and_then(|p| country_of(p.code));
                    let suffix = if last.is_some() && entry.kind() == ActorKind::Person { "ELI" } else { "" };
                    let role = last.and_then(|p| p.role).map(|r| match r.starts_with("former") {
                        true => r.to_owned(),
                        false => format!("former {r}"),
                    });
                    (country.map(|c| format!("{c}{suffix}")), role)
                }
            };
            actor(entry.name(), entry.kind(), role, code, entry.wikidata(), true)
        });
        if entry.kind() == ActorKind::Person
            && let Some(last) = entry.name().split(' ').next_back()
        {
            self.surnames.insert(last.to_lowercase(), id);
        }
        id
    }

    /// The identity behind a name that only the text knows.
    fn unknown(&mut self, found: &Found<'_>, kind: EntityKind) -> ActorId {
        let name = self.tree.document().slice(found.own).to_owned();
        let lower = name.to_lowercase();
        match kind {
            EntityKind::Person => {
                if let Some(last) = lower.split(' ').next_back()
                    && let Some(&known) = self.surnames.get(last)
                {
                    let known_name = self.actors[known.index()].name.to_lowercase();
                    if !lower.contains(' ') || known_name == lower {
                        return known;
                    }
                }
                let (role, code) = self.title(found);
                let id = self.add(Key::Name(lower.clone()), || {
                    actor(&name, ActorKind::Person, role, code, None, false)
                });
                if let Some(last) = lower.split(' ').next_back() {
                    self.surnames.insert(last.to_owned(), id);
                }
                id
            }
            EntityKind::Organization => {
                let code = self
                    .country_around(found.head, false)
                    .map(|code| country_of(&code).unwrap_or(&code).to_owned());
                self.add(Key::Name(lower), || actor(&name, ActorKind::Body, None, code, None, false))
            }
            EntityKind::Location => {
                self.add(Key::Name(lower), || actor(&name, ActorKind::Place, None, None, None, false))
            }
        }
    }

    /// Role and code that a title before a name gives.
    fn title(&self, found: &Found<'_>) -> (Option<String>, Option<String>) {
        let Some((token, row)) = found.title else { return (None, None) };
        let country = self
            .country_around(token, false)
            .or_else(|| self.country_around(found.head, false))
            .or_else(|| self.country_beside(token, row));
        (Some(row.noun.clone()), Some(compose(country.as_deref(), &row.sector)))
    }

    /// Everything that leans on names, in text order; what stands inside a phrase before the phrase.
    fn nominals_and_pronouns(&mut self, statements: &[Statement]) {
        let mut order: Vec<usize> = (0..self.found.len()).collect();
        order.sort_by_key(|&i| (self.found[i].span.end, std::cmp::Reverse(self.found[i].span.start)));
        for index in order {
            let found = &self.found[index];
            match found.clue {
                Clue::Agent(row) => (self.behind[index], self.reasons[index]) = self.nominal(index, row),
                Clue::Pronoun(pronoun) => {
                    self.behind[index] = self.pronoun(index, pronoun, statements);
                    if !self.behind[index].is_empty() {
                        self.reasons[index] = Reason::Pronoun;
                    }
                }
                _ => {}
            }
        }
    }

    /// Mentions in text order; actors renumbered by their first mention.
    fn finish(self) -> Resolved {
        let mut order: Vec<Option<ActorId>> = vec![None; self.actors.len()];
        let mut actors = Vec::new();
        let mut mentions = Vec::new();
        for ((found, behind), &reason) in self.found.iter().zip(&self.behind).zip(&self.reasons) {
            let mut push = |actor| {
                mentions.push(Mention {
                    span: found.span,
                    head: found.head,
                    kind: found.kind,
                    actor,
                    reason,
                });
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

    #[test]
    fn roles_mean_the_office_of_their_country() {
        let text = "Britain's top diplomat met the US secretary of state.";
        assert_eq!(behind(DAY, text, "Britain's top diplomat"), ["Liz Truss"]);
        assert_eq!(behind(DAY, text, "the US secretary of state"), ["Antony Blinken"]);
        let text = "The Democratic Republic of the Congo's president arrived on Monday.";
        read("2021-06-01", text, |reading| {
            assert!(reading.actors.iter().any(|a| a.name == "Felix Tshisekedi"), "{:?}", reading.actors);
        });
        // A party's leader does not lead the country, and who acts for the minister is not the minister.
        let text = "The Labour leader met the acting Russian foreign minister.";
        assert_ne!(behind(DAY, text, "The Labour leader"), ["Boris Johnson"]);
        assert_ne!(behind(DAY, text, "the acting Russian foreign minister"), ["Sergei Lavrov"]);
    }

    #[test]
    fn counterparts_hold_the_same_office() {
        let text = "Ukrainian Foreign Minister Dmytro Kuleba spoke to his German counterpart on Monday.";
        assert_eq!(behind(DAY, text, "his German counterpart"), ["Annalena Baerbock"]);
        let text = "Antony Blinken called his Ruritanian counterpart on Monday.";
        assert_eq!(behind(DAY, text, "his Ruritanian counterpart"), ["his Ruritanian counterpart"]);
    }

    #[test]
    fn a_body_is_meant_by_what_it_is_once_it_was_named() {
        let text = "NATO met in Brussels. The alliance's chief said talks would go on.";
        assert_eq!(behind(DAY, text, "The alliance's chief"), ["Jens Stoltenberg"]);
        read(DAY, "The rebels left the alliance on Monday.", |reading| {
            assert!(
                reading.actors.iter().all(|a| a.code.as_deref() != Some("IGOWSTNAT")),
                "{:?}",
                reading.actors
            );
        });
    }

    #[test]
    fn the_two_are_those_named_last() {
        let text = "Russia warned Ukraine on Monday. The two countries will meet again.";
        assert_eq!(behind(DAY, text, "The two countries"), ["RUS", "UKR"]);
        let text = "Emmanuel Macron met Vladimir Putin. The two leaders agreed to meet again.";
        assert_eq!(behind(DAY, text, "The two leaders"), ["Emmanuel Macron", "Vladimir Putin"]);
        let text = "Dmytro Kuleba met his German counterpart. The two ministers agreed to meet again.";
        assert_eq!(behind(DAY, text, "The two ministers"), ["Dmytro Kuleba", "Annalena Baerbock"]);
        // Of three, nobody can say which two.
        let text = "Russia warned Ukraine and Poland on Monday. The two countries will meet again.";
        assert!(!behind(DAY, text, "The two countries").contains(&"RUS".to_owned()));
    }

    #[test]
    fn the_context_gives_a_country_or_none() {
        let text = "Police arrested dozens of people in Minsk on Sunday.";
        assert_eq!(behind(DAY, text, "Police"), ["BLRCOP"]);
        let text = "Russia protested. Police arrested dozens of people on Sunday.";
        assert_eq!(behind(DAY, text, "Police"), ["COP"]);
        let text = "US and British activists protested in Beijing on Wednesday.";
        assert_eq!(behind(DAY, text, "US and British activists").len(), 2);
    }

    #[test]
    fn what_nobody_knows_stays_unknown() {
        let text = "Ruritanian Foreign Minister Rudolf Rassendyll met Сергей Лавров in Strelsau.";
        read(DAY, text, |reading| {
            let named = |part: &str| reading.actors.iter().find(|a| a.name.contains(part));
            let minister = named("Rassendyll").expect("a person with a name");
            assert_eq!((minister.known, minister.role.as_deref()), (false, Some("foreign minister")));
            assert_eq!(minister.country, None);
            assert!(
                reading.actors.iter().filter(|a| a.known).all(|a| a.code.is_none()),
                "{:?}",
                reading.actors
            );
        });
    }
}
