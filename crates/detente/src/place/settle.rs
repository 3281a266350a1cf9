//! Which place a name means: candidates of the gazetteer, weighed by what the text says around them.
//!
//! In three steps. What the text says outright decides first: "Paris, Texas", "the Syrian city of Aleppo". Then comes
//! the company: countries and divisions that the document speaks of, and how near the places settled so far lie. Last
//! come size and rank: a country before a town, a capital before a village. Where two candidates that lie far apart
//! stay close in score, or nothing but its size speaks for a small town, nobody is chosen.

use crate::{
    ActorKind,
    clause::case,
    knowledge::{AliasMark, Entry, Knowledge, Meaning, PlaceKind, PlaceRow},
    mention::{Clue, Found, MentionKind},
};
use detente_text::{EntityKind, Span, TokenId, Tree, Upos};
use std::collections::HashMap;

/// What became of a name that stands for a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Settled {
    /// The name, which may be wider than the mention: "West" Virginia.
    pub(crate) span: Span,
    /// The place; none where the gazetteer has none of this name, or could not decide.
    pub(crate) place: Option<u32>,
    /// Whether several places of this name remained.
    pub(crate) doubtful: bool,
}

/// Candidates of one name that are weighed; further ones are smaller.
const MOST: usize = 24;
/// Two places nearer than this are as good as one, in kilometres.
const SAME: f32 = 60.0;
/// How much better the best must score than another that lies elsewhere.
const MARGIN: f32 = 0.6;
/// The same where only size and country speak for the best: ten times the people.
const UNAIDED: f32 = 1.0;
/// A town of fewer people needs somebody to speak for it.
const SMALL_TOWN: u32 = 100_000;

/// A name that may stand for a place.
struct Site<'k> {
    /// Which of the found mentions it is.
    found: usize,
    /// The name, which may be wider than the mention: "West" Virginia.
    span: Span,
    candidates: Vec<u32>,
    /// What the text says it lies in.
    inside: Option<Inside<'k>>,
    /// Whether it stands in a list with countries, or with divisions.
    peer: Option<PlaceKind>,
    choice: Option<u32>,
    doubtful: bool,
}

/// A country, or a division of one.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Inside<'k> {
    country: &'k str,
    /// Empty for a whole country.
    admin1: &'k str,
    /// Where its own name begins and its number, when that stands behind.
    named: Option<(u32, u32)>,
}

/// Settles every found name that may stand for a place; the others get none.
pub(crate) fn settle(tree: &Tree<'_>, found: &[Found<'_>], knowledge: &Knowledge) -> Vec<Option<Settled>> {
    let mut sites = sites(tree, found, knowledge);
    let company = Company::of(&sites, tree, found, knowledge);
    let name = |site: &Site<'_>| tree.document().slice(found[site.found].own);
    for site in &mut sites {
        company.choose(site, name(site), &[], knowledge);
    }
    let anchors: Vec<(f32, f32)> = sites
        .iter()
        .filter_map(|s| s.choice.map(|id| knowledge.places.row(id)))
        .filter(|r| is_local(r.kind))
        .map(|r| (r.latitude, r.longitude))
        .take(64)
        .collect();
    for site in &mut sites {
        company.choose(site, name(site), &anchors, knowledge);
    }
    agree(&mut sites, tree);
    let mut out = vec![None; found.len()];
    for site in sites {
        out[site.found] = Some(Settled { span: site.span, place: site.choice, doubtful: site.doubtful });
    }
    out
}

/// One name means one place in one text: mentions that could not be settled follow those that could.
fn agree(sites: &mut [Site<'_>], tree: &Tree<'_>) {
    let document = tree.document();
    let mut known: HashMap<&str, u32> = HashMap::new();
    for inside in [true, false] {
        for site in sites.iter().filter(|s| s.inside.is_some() == inside) {
            if let Some(choice) = site.choice {
                known.entry(document.slice(site.span)).or_insert(choice);
            }
        }
    }
    for site in sites.iter_mut().filter(|s| s.inside.is_none()) {
        if let Some(&choice) = known.get(document.slice(site.span))
            && site.candidates.contains(&choice)
        {
            site.choice = Some(choice);
            site.doubtful = false;
        }
    }
}

fn sites<'k>(tree: &Tree<'_>, found: &[Found<'k>], knowledge: &'k Knowledge) -> Vec<Site<'k>> {
    let document = tree.document();
    let mut sites = Vec::new();
    for (index, mention) in found.iter().enumerate() {
        let may_be_place = match mention.clue {
            Clue::Entity(kind) => kind != EntityKind::Person,
            Clue::Known(meanings) => stands_for_land(knowledge, meanings),
            _ => false,
        };
        if mention.kind != MentionKind::Name || !may_be_place {
            continue;
        }
        // A wider name may have taken this one in; no two places share a word.
        let taken = sites.last().map_or(0, |site: &Site<'_>| site.span.end);
        if mention.own.start < taken {
            continue;
        }
        let wide = widest(tree, mention, knowledge).filter(|wide| wide.start >= taken);
        let span = wide.unwrap_or(mention.own);
        let name = document.slice(span);
        let mut candidates = match mention.clue {
            _ if wide.is_some() => named(knowledge, name),
            Clue::Entity(EntityKind::Location) => named(knowledge, name),
            Clue::Entity(EntityKind::Organization) => {
                named(knowledge, name).into_iter().filter(|&id| is_known(&knowledge.places.row(id))).collect()
            }
            _ => known(knowledge, mention, name),
        };
        if candidates.is_empty() && !matches!(mention.clue, Clue::Entity(EntityKind::Location)) {
            continue;
        }
        narrow(&mut candidates, tree, span, knowledge);
        candidates.truncate(MOST);
        // "Spain, New Zealand" and "Oregon, Tennessee" are lists: no country lies in another, no state in another. Nor
        // does "In Kyiv, UK officials" tell where Kyiv lies.
        let listed = |inside: Inside<'_>| {
            candidates.iter().any(|&id| match knowledge.places.row(id).kind {
                PlaceKind::Country | PlaceKind::Region => true,
                PlaceKind::Capital => inside.admin1.is_empty(),
                _ => false,
            })
        };
        let inside = inside(tree, found, index, span, knowledge).filter(|&inside| {
            candidates.iter().any(|&id| lies(&knowledge.places.row(id), inside)) || !listed(inside)
        });
        sites.push(Site {
            found: index,
            span,
            candidates,
            inside,
            peer: None,
            choice: None,
            doubtful: false,
        });
    }
    let peers: Vec<Option<PlaceKind>> = (0..sites.len()).map(|i| peer(&sites, i, tree, knowledge)).collect();
    sites.iter_mut().zip(peers).for_each(|(site, peer)| site.peer = peer);
    // In "Buffalo, New York" the latter is the state.
    let divisions: HashMap<u32, u32> = sites.iter().filter_map(|s| s.inside?.named).collect();
    for site in &mut sites {
        if let Some(&id) = divisions.get(&site.span.start) {
            site.candidates = vec![id];
        }
    }
    sites
}

/// The widest name of the gazetteer around a mention that has one of its words more: "West Virginia", "Kansas City".
fn widest(tree: &Tree<'_>, mention: &Found<'_>, knowledge: &Knowledge) -> Option<Span> {
    let document = tree.document();
    let tokens = document.tokens_in(mention.own);
    let sentence = document.sentence(document.sentence_of(mention.head));
    let (first, last) = (tokens.start as usize, tokens.end as usize);
    let capital = |at: usize| document.token(TokenId::at(at)).starts_with(char::is_uppercase);
    let back = (1..=2).take_while(|&n| first >= sentence.first.index() + n && capital(first - n)).last();
    // "Zaporizhzhia nuclear power plant": what follows may be small.
    let (back, forth) = (back.unwrap_or(0), (sentence.last.index() - last).min(3));
    let mut sizes: Vec<(usize, usize)> = (0..=back).flat_map(|b| (0..=forth).map(move |f| (b, f))).collect();
    sizes.sort_by_key(|&(b, f)| std::cmp::Reverse(b + f));
    sizes.into_iter().filter(|&(b, f)| b + f > 0).find_map(|(b, f)| {
        let span = tree.span((TokenId::at(first - b), TokenId::at(last + f - 1)));
        knowledge.places.named(document.slice(span)).next().map(|_| span)
    })
}

/// What stands beside a site in a list, "Georgia, Armenia and Azerbaijan", where that is a country or a division.
fn peer(sites: &[Site<'_>], index: usize, tree: &Tree<'_>, knowledge: &Knowledge) -> Option<PlaceKind> {
    let text = tree.document().text();
    let joined = |a: &Site<'_>, b: &Site<'_>| {
        let between = text.get(a.span.end as usize..b.span.start as usize).unwrap_or("-").trim();
        matches!(between, "," | "and" | ", and" | "or" | "/")
    };
    let before = index.checked_sub(1).map(|i| &sites[i]).filter(|s| joined(s, &sites[index]));
    let behind = sites.get(index + 1).filter(|s| joined(&sites[index], s));
    let beside = before.into_iter().chain(behind).flat_map(|s| &s.candidates);
    // Countries come first in the order of kinds, divisions second.
    beside
        .map(|&id| knowledge.places.row(id).kind)
        .filter(|k| matches!(k, PlaceKind::Country | PlaceKind::Region))
        .min()
}

/// Whether a name of the actor tables can be that of a stretch of land.
fn stands_for_land(knowledge: &Knowledge, meanings: &[Meaning]) -> bool {
    meanings.iter().any(|m| match m.mark {
        AliasMark::Seat => true,
        AliasMark::Plain => {
            let entry = knowledge.lexicon.entry(m.entry);
            let unrecognised = |entry: Entry<'_>| entry.periods().any(|p| p.code.ends_with("PRE"));
            match entry.kind() {
                ActorKind::Country | ActorKind::Place | ActorKind::Other => true,
                ActorKind::Government => unrecognised(entry),
                _ => false,
            }
        }
        _ => false,
    })
}

/// "New York state" is the state, "Kharkiv city" the city.
fn narrow(candidates: &mut Vec<u32>, tree: &Tree<'_>, name: Span, knowledge: &Knowledge) {
    let document = tree.document();
    let next = document.tokens().partition_point(|t| t.start < name.end);
    if next >= document.tokens().len() {
        return;
    }
    let local = match document.token(TokenId::at(next)) {
        "state" | "province" | "region" | "oblast" | "governorate" | "prefecture" => false,
        "city" | "town" | "village" => true,
        _ => return,
    };
    let fits = |id: u32| is_local(knowledge.places.row(id).kind) == local;
    if candidates.iter().any(|&id| fits(id)) {
        candidates.retain(|&id| fits(id));
    }
}

/// The gazetteer's places of a name of the actor tables: those of its spelling, and the country that it is.
fn known(knowledge: &Knowledge, mention: &Found<'_>, name: &str) -> Vec<u32> {
    let mut out = named(knowledge, name);
    if let Clue::Known(meanings) = mention.clue {
        for m in meanings.iter().filter(|m| m.mark == AliasMark::Plain) {
            let entry = knowledge.lexicon.entry(m.entry);
            if entry.kind() == ActorKind::Country {
                let own = knowledge.places.country(entry.last().code);
                out.extend(own.filter(|id| !out.contains(id)));
            }
        }
    }
    out
}

/// Places of a name as texts spell it: in capitals, with an article, with "city" or "province" behind.
fn named(knowledge: &Knowledge, name: &str) -> Vec<u32> {
    let places = &knowledge.places;
    let exact = |name: &str| places.named(name).collect::<Vec<u32>>();
    let mut out = exact(name);
    if out.is_empty() && name.len() > 3 && !name.contains(char::is_lowercase) {
        out = exact(&title_case(name));
    }
    if out.is_empty() {
        let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        let bare = bare.strip_prefix("City of ").unwrap_or(bare);
        let (bare, kind) = match bare.rsplit_once(' ') {
            Some((rest, last)) => match last.to_lowercase().as_str() {
                "city" | "town" | "village" => (rest, Some(false)),
                "province" | "region" | "oblast" | "state" | "governorate" | "prefecture" => {
                    (rest, Some(true))
                }
                _ => (bare, None),
            },
            None => (bare, None),
        };
        let bare = match bare.split_once(' ') {
            Some((direction, rest)) if is_direction(direction) => rest,
            _ => bare,
        };
        if bare != name {
            out = exact(bare);
            match kind {
                Some(true) => out.retain(|&id| !is_local(places.row(id).kind)),
                Some(false) => out.retain(|&id| is_local(places.row(id).kind)),
                None => {}
            }
        }
    }
    out.sort_by_key(|&id| std::cmp::Reverse(places.row(id).population));
    out
}

/// "Northern", "central": a part is found where the whole is.
fn is_direction(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "north"
            | "south"
            | "east"
            | "west"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "central"
            | "northeastern"
            | "northwestern"
            | "southeastern"
            | "southwestern"
            | "upper"
            | "lower"
            | "greater"
    )
}

/// "KYIV" to "Kyiv", "ADDIS ABABA" to "Addis Ababa".
fn title_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut first = true;
    for c in name.chars() {
        if first {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        first = !c.is_alphabetic();
    }
    out
}

/// Whether a place is a point rather than an area.
fn is_local(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Capital | PlaceKind::Seat | PlaceKind::Town | PlaceKind::Site)
}

/// Whether a name is likelier this place than an organisation.
fn is_known(row: &PlaceRow<'_>) -> bool {
    row.population >= 50_000 || !is_local(row.kind)
}

/// What the text says a mention lies in.
fn inside<'k>(
    tree: &Tree<'_>,
    found: &[Found<'k>],
    index: usize,
    span: Span,
    knowledge: &'k Knowledge,
) -> Option<Inside<'k>> {
    behind(tree, span, knowledge).or_else(|| before(tree, found, index, knowledge))
}

/// "Paris, Texas", "Paris (Texas)", "Aleppo in Syria".
fn behind<'k>(tree: &Tree<'_>, name: Span, knowledge: &'k Knowledge) -> Option<Inside<'k>> {
    let document = tree.document();
    let tokens = document.tokens();
    let mut at = tokens.partition_point(|t| t.start < name.end);
    let end = document.sentence(document.sentence_of(TokenId::at(at - 1))).last.index();
    let link = (at < end).then(|| document.token(TokenId::at(at)))?;
    if !matches!(link, "," | "(" | "in") {
        return None;
    }
    at += 1;
    if at < end && document.token(TokenId::at(at)) == "the" {
        at += 1;
    }
    // The longest name wins: "New South Wales" before "New".
    for count in (1..=4usize.min(end.saturating_sub(at))).rev() {
        let last = TokenId::at(at + count - 1);
        let mut name = document.slice(tree.span((TokenId::at(at), last)));
        if !name.starts_with(char::is_uppercase) {
            return None;
        }
        // A list of towns is no address: "Paris, Berlin and Rome".
        for _ in 0..2 {
            let container = knowledge.places.named(name).find_map(|id| {
                let row = knowledge.places.row(id);
                matches!(row.kind, PlaceKind::Country | PlaceKind::Region).then_some((id, row))
            });
            if let Some((id, row)) = container {
                let named = Some((tokens[at].start, id));
                return Some(Inside { country: row.country, admin1: row.admin1, named });
            }
            match name.strip_suffix('.') {
                Some(bare) => name = bare,
                None => break,
            }
        }
        if let Some((_, meanings)) =
            knowledge.lexicon.longest_name(name, 0).filter(|&(end, _)| end == name.len())
        {
            let country = meanings.iter().filter(|m| m.mark == AliasMark::Plain).find_map(|m| {
                let entry = knowledge.lexicon.entry(m.entry);
                (entry.kind() == ActorKind::Country).then(|| entry.last())
            });
            if let Some(period) = country {
                return Some(Inside { country: period.code, admin1: "", named: None });
            }
        }
    }
    None
}

/// "the Syrian city of Aleppo", "Ukraine's Kharkiv region".
fn before<'k>(
    tree: &Tree<'_>,
    found: &[Found<'k>],
    index: usize,
    knowledge: &'k Knowledge,
) -> Option<Inside<'k>> {
    let document = tree.document();
    let mention = &found[index];
    let first = document.tokens_in(mention.own).start as usize;
    let floor = document.sentence(document.sentence_of(mention.head)).first.index();
    for step in 1..=6usize {
        let at = first.checked_sub(step).filter(|&at| at >= floor)?;
        let token = TokenId::at(at);
        let span = document.span(token);
        let other = found[..index].iter().rev().take(8).find(|f| f.own.contains(span));
        if let Some(other) = other {
            let adjective = other.kind == MentionKind::Adjective;
            let possessor =
                document.token(TokenId::at(at + 1)) == "'s" || document.token(TokenId::at(at + 1)) == "’s";
            let country = (adjective || possessor).then(|| country(other, knowledge)).flatten();
            return country.map(|country| Inside { country, admin1: "", named: None });
        }
        let word = document.token(token);
        let passes = matches!(word, "of" | "'s" | "’s" | "-")
            || tree.upos(token) == Upos::Adj
            || tree.upos(token) == Upos::Noun && is_generic(tree.lemma(token));
        if !passes {
            return None;
        }
    }
    None
}

fn is_generic(lemma: &str) -> bool {
    matches!(
        lemma,
        "city"
            | "town"
            | "village"
            | "province"
            | "region"
            | "state"
            | "port"
            | "capital"
            | "district"
            | "oblast"
            | "governorate"
            | "area"
            | "suburb"
            | "territory"
            | "enclave"
            | "resort"
            | "island"
            | "settlement"
            | "stronghold"
            | "hub"
            | "border"
            | "county"
            | "municipality"
            | "department"
            | "prefecture"
    )
}

/// The country whose name, adjective or seat a mention is.
fn country<'k>(mention: &Found<'k>, knowledge: &'k Knowledge) -> Option<&'k str> {
    let Clue::Known(meanings) = mention.clue else { return None };
    let meaning = meanings.iter().min_by_key(|m| m.mark)?;
    let country = knowledge.lexicon.entry(meaning.entry).last().code.get(..3)?;
    knowledge.lexicon.country_name(country).map(|_| country)
}

/// What the document speaks of: countries and their divisions, with weights.
#[derive(Default)]
struct Company<'k> {
    countries: HashMap<&'k str, f32>,
    divisions: HashMap<(&'k str, &'k str), f32>,
    /// What mentions of one spelling add: no name speaks for itself.
    own: HashMap<(String, &'k str), f32>,
    total: f32,
}

impl<'k> Company<'k> {
    fn of(sites: &[Site<'k>], tree: &Tree<'_>, found: &[Found<'k>], knowledge: &'k Knowledge) -> Self {
        let document = tree.document();
        let mut out = Self::default();
        for mention in found {
            if let Some(code) = country(mention, knowledge) {
                out.add(document.slice(mention.own), code, 1.0);
            }
        }
        for site in sites {
            let name = document.slice(site.span);
            if let Some(inside) = &site.inside {
                out.add("", inside.country, 1.0);
                if !inside.admin1.is_empty() {
                    *out.divisions.entry((inside.country, inside.admin1)).or_default() += 1.0;
                }
            }
            let mut rows = site.candidates.iter().map(|&id| knowledge.places.row(id));
            let Some(first) = rows.next() else { continue };
            let alone = rows.clone().all(|r| r.country == first.country) && is_known(&first);
            let region = std::iter::once(first).chain(rows).find(|r| r.kind == PlaceKind::Region);
            let entity = matches!(found[site.found].clue, Clue::Entity(_));
            if let Some(row) = region.or(alone.then_some(first)).filter(|_| entity) {
                out.add(name, row.country, 0.5);
                if !row.admin1.is_empty() {
                    *out.divisions.entry((row.country, row.admin1)).or_default() += 1.0;
                }
            }
        }
        out
    }

    fn add(&mut self, name: &str, country: &'k str, weight: f32) {
        if !country.is_empty() {
            *self.countries.entry(country).or_default() += weight;
            *self.own.entry((name.to_owned(), country)).or_default() += weight;
            self.total += weight;
        }
    }

    /// The share of a country in what other names than this one say, 0 to 1.
    fn share(&self, name: &str, country: &'k str) -> f32 {
        let own = self.own.get(&(name.to_owned(), country)).copied().unwrap_or(0.0);
        let others = self.countries.get(country).copied().unwrap_or(0.0) - own;
        if others > 0.0 { others / (self.total - own) } else { 0.0 }
    }

    /// Chooses among a site's candidates.
    fn choose(&self, site: &mut Site<'_>, name: &str, anchors: &[(f32, f32)], knowledge: &'k Knowledge) {
        let scored = site.candidates.iter().map(|&id| {
            let row = knowledge.places.row(id);
            let peer = if Some(row.kind) == site.peer { 1.5 } else { 0.0 };
            (self.score(&row, name, site.inside, anchors) + peer, id)
        });
        let mut scored: Vec<(f32, u32)> = scored.collect();
        // Equal scores: the more populous, which comes first.
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let Some(&(best, id)) = scored.first() else { return };
        let row = knowledge.places.row(id);
        let rival = scored[1..].iter().find(|&&(_, other)| {
            let other = knowledge.places.row(other);
            // A city and the division of its name are no rivals: which it is makes little difference. Nor are two
            // tables' entries for one country.
            let same_division =
                other.admin1 == row.admin1 && [row.kind, other.kind].contains(&PlaceKind::Region);
            let one = other.country == row.country
                && (same_division || [row.kind, other.kind] == [PlaceKind::Country; 2]);
            !one && distance((row.latitude, row.longitude), (other.latitude, other.longitude)) > SAME
        });
        let vouched = site.inside.is_some() || !is_local(row.kind) || self.vouches(&row, anchors);
        let margin = if vouched { MARGIN } else { UNAIDED };
        let close = rival.is_some_and(|&(score, _)| best - score < margin);
        let backed = site.inside.is_some()
            || !is_local(row.kind)
            || row.kind == PlaceKind::Capital
            || row.population >= SMALL_TOWN
            || self.share(name, row.country) > 0.1;
        let contradicted = site.inside.is_some_and(|inside| !lies(&row, inside));
        site.doubtful = close || !backed || contradicted;
        site.choice = (!site.doubtful).then_some(id);
    }

    /// Whether the document speaks of a place's division, or of places near it.
    fn vouches(&self, row: &PlaceRow<'k>, anchors: &[(f32, f32)]) -> bool {
        let here = (row.latitude, row.longitude);
        !row.admin1.is_empty() && self.divisions.contains_key(&(row.country, row.admin1))
            || anchors.iter().map(|&there| distance(here, there)).any(|d| d > 1.0 && d < 150.0)
    }

    fn score(
        &self,
        row: &PlaceRow<'k>,
        name: &str,
        inside: Option<Inside<'_>>,
        anchors: &[(f32, f32)],
    ) -> f32 {
        let rank = match row.kind {
            PlaceKind::Country => 4.0,
            PlaceKind::Continent | PlaceKind::WorldRegion | PlaceKind::Sea => 3.0,
            PlaceKind::Capital => 2.0,
            PlaceKind::Region => 3.4,
            PlaceKind::Seat => 1.2,
            PlaceKind::Town => 0.0,
            _ => 1.5,
        };
        let people = if is_local(row.kind) { row.population } else { 0 };
        let mut score = rank + magnitude(people.saturating_add(1000)) - 3.0;
        match inside {
            Some(inside) if lies(row, inside) => score += 8.0,
            Some(_) => score -= 4.0,
            None => {}
        }
        // A village is not meant because its country is spoken of.
        let village = is_local(row.kind) && row.population < SMALL_TOWN && !self.vouches(row, anchors);
        score += if village { 1.0 } else { 3.0 } * self.share(name, row.country);
        if is_local(row.kind) && !row.admin1.is_empty() {
            score += self.divisions.get(&(row.country, row.admin1)).map_or(0.0, |weight| weight.min(3.0));
        }
        if is_local(row.kind) {
            let here = (row.latitude, row.longitude);
            let nearest = anchors.iter().map(|&there| distance(here, there)).filter(|&d| d > 1.0);
            let nearest = nearest.fold(f32::INFINITY, f32::min);
            score += 2.0 / (1.0 + (nearest / 115.0).powi(2));
        }
        score
    }
}

/// Whether a place lies in a country or division, as far as is known.
fn lies(row: &PlaceRow<'_>, inside: Inside<'_>) -> bool {
    let unknown = row.admin1.is_empty() && row.kind != PlaceKind::Country;
    row.country == inside.country && (inside.admin1.is_empty() || unknown || row.admin1 == inside.admin1)
}

// Only sums, products, quotients and roots below: logarithms and sines differ in their last bits from one system to the
// next, and a choice must not.

/// The decimal logarithm of a number, straight between the powers of ten; 0 for 0.
fn magnitude(number: u32) -> f32 {
    let power = number.checked_ilog10().unwrap_or(0);
    power as f32 + (number as f32 / 10_f32.powi(power as i32) - 1.0).max(0.0) / 9.0
}

/// Kilometres between two points, in degrees north and east, as on a map: good for what is near.
fn distance(a: (f32, f32), b: (f32, f32)) -> f32 {
    const KILOMETRES: f32 = 111.2;
    let east = (a.1 - b.1).abs();
    let east = east.min(360.0 - east);
    let x = ((a.0 + b.0) / 2.0).to_radians().powi(2);
    let cosine = 1.0 - x / 2.0 * (1.0 - x / 12.0 * (1.0 - x / 30.0));
    KILOMETRES * ((a.0 - b.0).powi(2) + (east * cosine).powi(2)).sqrt()
}

/// Whether a preposition places something: "in", "near".
pub(crate) fn is_placed(tree: &Tree<'_>, head: TokenId) -> bool {
    matches!(
        case(tree, head),
        Some("in" | "at" | "near" | "around" | "outside" | "across" | "over" | "inside" | "throughout")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_a_map() {
        let near = |a, b, km: f32| assert!((distance(a, b) - km).abs() < 0.01 * km, "{}", distance(a, b));
        near((50.45, 30.52), (49.99, 36.23), 411.0); // Kyiv, Kharkiv
        near((51.5, -0.13), (48.86, 2.35), 344.0); // London, Paris
        near((-16.5, 179.9), (-16.5, -179.9), 21.3); // across the date line
    }

    #[test]
    fn magnitudes_count_digits() {
        assert_eq!([0, 1, 10, 1000, 5_500_000].map(magnitude), [0.0, 0.0, 1.0, 3.0, 6.5]);
    }
}
