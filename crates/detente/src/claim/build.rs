//! Groups what events say into propositions, and works out everybody's stance and how things stand.

use super::{Claim, ClaimState, Proposition, Relation, StanceEntry};
use crate::{
    Actor, ActorId, Attribution, AttributionId, Cameo, Event, EventId, EventType, Mention, MentionId, Mode,
    Polarity, Reality, Stance,
};
use detente_text::{Deprel, Document, Span, TokenId, Tree};
use std::collections::{HashMap, HashSet};

/// How many tokens the readable line of a proposition goes on behind its first one.
const LINE_TOKENS: u32 = 24;

/// One stance of one holder on one act, before grouping.
struct Said<'e> {
    event: EventId,
    kind: EventType,
    modes: &'e [Mode],
    cameo: Option<Cameo>,
    actor: Vec<ActorId>,
    recipient: Vec<ActorId>,
    anchor: Span,
    holder: Option<ActorId>,
    stance: Stance,
    attribution: Option<AttributionId>,
    span: Span,
}

/// The layers that claims are made of.
pub(crate) struct Layers<'r> {
    pub(crate) tree: &'r Tree<'r>,
    pub(crate) mentions: &'r [Mention],
    pub(crate) actors: &'r [Actor],
    pub(crate) attributions: &'r [Attribution],
    pub(crate) events: &'r [Event],
}

/// The claims of a document, by the first event that speaks of each.
pub(crate) fn claims(layers: &Layers<'_>) -> Vec<Claim> {
    let mut groups: Vec<Vec<Said<'_>>> = Vec::new();
    let mut index = GroupIndex::default();
    // The groups of the latest sayings, newest last: what a bare "denied it" may mean.
    let mut latest: Vec<(usize, u32)> = Vec::new();
    for (number, event) in layers.events.iter().enumerate() {
        let id = EventId::at(number);
        if let Some((group, said)) = layers.bare_denial(id, event, &groups, &latest) {
            groups[group].push(said);
            continue;
        }
        for said in layers.said(id, event) {
            let features = Features::of(layers, &said);
            let group = index.find(&features).unwrap_or(groups.len());
            index.add(&features, group);
            latest.push((group, event.sentence.0));
            match groups.get_mut(group) {
                Some(group) => group.push(said),
                None => groups.push(vec![said]),
            }
        }
    }
    groups.iter().filter_map(|group| layers.claim(group)).collect()
}

/// All that decides whether two sayings speak of one proposition.
///
/// They do when type and acting parties are the same, the modes are related and no two different recipients are named.
struct Features<'e> {
    kind: EventType,
    /// The code, for types without modes: those are too wide to be one happening, so the code must agree too.
    cameo: Option<Cameo>,
    modes: &'e [Mode],
    /// Acting parties, sorted.
    acting: Vec<&'e str>,
    /// Parties acted upon, sorted.
    upon: Vec<&'e str>,
}

impl<'e> Features<'e> {
    fn of(layers: &Layers<'e>, said: &Said<'e>) -> Self {
        let parties = |actors: &[ActorId]| {
            let mut parties: Vec<&str> =
                actors.iter().map(|a| layers.actors[a.index()].party.as_str()).collect();
            parties.sort_unstable();
            parties.dedup();
            parties
        };
        let wide = said.kind.modes().next().is_none();
        Self {
            kind: said.kind,
            cameo: said.cameo.filter(|_| wide),
            modes: said.modes,
            acting: parties(&said.actor),
            upon: parties(&said.recipient),
        }
    }
}

/// One mode or recipient under which a saying is filed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Slot<T> {
    /// This one.
    One(T),
    /// It has none.
    Lacking,
    /// Whatever it has; every saying is filed here as well.
    Whatever,
}

impl<T: Copy> Slot<T> {
    fn filed(items: &[T]) -> impl Iterator<Item = Self> + Clone {
        let lacking = items.is_empty().then_some(Self::Lacking);
        items.iter().map(|&item| Self::One(item)).chain(lacking).chain([Self::Whatever])
    }
}

/// What sayings of one act are filed under: a mode and a recipient.
type Slots<'e> = (Slot<Mode>, Slot<&'e str>);

/// What sayings of one proposition have in common: type, code and acting parties.
type Act<'e> = (EventType, Option<Cameo>, Vec<&'e str>);

/// The first group for every combination of features, so that finding a group takes no walk over the others.
#[derive(Default)]
struct GroupIndex<'e> {
    groups: HashMap<Act<'e>, HashMap<Slots<'e>, usize>>,
}

impl<'e> GroupIndex<'e> {
    /// The first group with a saying of the same proposition.
    fn find(&self, said: &Features<'e>) -> Option<usize> {
        let slots = self.groups.get(&(said.kind, said.cameo, said.acting.clone()))?;
        // "De-escalation" bears on a withdrawal; a bare "killed" does not bear on an air strike.
        let broad = said.kind == EventType::Retreat;
        let modes: Vec<Slot<Mode>> = match (said.modes.is_empty(), broad) {
            (true, true) => vec![Slot::Whatever],
            (true, false) => vec![Slot::Lacking],
            (false, true) => said.modes.iter().map(|&m| Slot::One(m)).chain([Slot::Lacking]).collect(),
            (false, false) => said.modes.iter().map(|&m| Slot::One(m)).collect(),
        };
        // Where nobody is said to act, only a common recipient makes two sayings one.
        let nobody = said.acting.is_empty();
        let recipients: Vec<Slot<&str>> = match (said.upon.is_empty(), nobody) {
            (true, true) => return None,
            (true, false) => vec![Slot::Whatever],
            (false, true) => said.upon.iter().map(|&r| Slot::One(r)).collect(),
            (false, false) => said.upon.iter().map(|&r| Slot::One(r)).chain([Slot::Lacking]).collect(),
        };
        modes.iter().flat_map(|&m| recipients.iter().filter_map(move |&r| slots.get(&(m, r)))).min().copied()
    }

    /// Files a saying of a group.
    fn add(&mut self, said: &Features<'e>, group: usize) {
        let slots = self.groups.entry((said.kind, said.cameo, said.acting.clone())).or_default();
        for mode in Slot::filed(said.modes) {
            for recipient in Slot::filed(&said.upon) {
                let first = slots.entry((mode, recipient)).or_insert(group);
                *first = group.min(*first);
            }
        }
    }
}

impl Layers<'_> {
    /// What an event says about a proposition, and who says it.
    fn said<'e>(&self, id: EventId, event: &'e Event) -> Vec<Said<'e>> {
        // An outer act takes a stance on the act inside: whoever demands it, promises it, refuses it.
        if let Some(inner) = &event.embedded {
            let inside = self.parties(&inner.actor);
            let own = self.parties(&event.actor).iter().any(|p| inside.contains(p));
            let stance = match event.kind {
                EventType::Request => Stance::Demands,
                EventType::Agree | EventType::Concede | EventType::Threaten => {
                    match own || inner.actor.is_empty() {
                        true => Stance::Promises,
                        false => Stance::Warns,
                    }
                }
                EventType::Reject => Stance::Denies,
                EventType::Accuse => Stance::Asserts,
                EventType::Support => Stance::Asserts,
                _ => return Vec::new(),
            };
            // Who promises or refuses, acts; who is asked or accused, acts.
            let asked =
                matches!(event.kind, EventType::Request | EventType::Accuse) && !event.recipient.is_empty();
            let actor = match (asked, inner.actor.is_empty()) {
                (true, _) => self.ids(&event.recipient),
                (false, true) => self.ids(&event.actor),
                (false, false) => self.ids(&inner.actor),
            };
            return self
                .ids(&event.actor)
                .into_iter()
                .map(|holder| Said {
                    event: id,
                    kind: inner.kind,
                    modes: &inner.modes,
                    cameo: None,
                    actor: actor.clone(),
                    recipient: self.ids(&inner.recipient),
                    anchor: inner.anchor,
                    holder: Some(holder),
                    stance,
                    attribution: event.attribution,
                    span: event.anchor.cover(inner.anchor),
                })
                .collect();
        }
        let Some((holder, stance, span)) = self.stance_on(event) else { return Vec::new() };
        let own = event.attribution.map(|id| &self.attributions[id.index()]);
        let with = own.filter(|own| holder.is_some() && own.source.and_then(|s| s.actor) == holder);
        let with = with.iter().flat_map(|own| &own.with).map(|&actor| Some(actor));
        std::iter::once(holder)
            .chain(with)
            .map(|holder| Said {
                event: id,
                kind: event.kind,
                modes: &event.modes,
                cameo: event.cameo,
                actor: self.ids(&event.actor),
                recipient: self.ids(&event.recipient),
                anchor: event.anchor,
                holder,
                stance,
                attribution: event.attribution,
                span,
            })
            .collect()
    }

    /// Who speaks of an event, and how: the innermost statement with a named source, turned by those around it that
    /// the same source makes. None when nobody takes a stance.
    fn stance_on(&self, event: &Event) -> Option<(Option<ActorId>, Stance, Span)> {
        let Some(id) = event.attribution else {
            // What the writer only supposes or wards off ("to deter an invasion") is nobody's stance.
            if event.polarity == Polarity::Negative && event.reality != Reality::Actual {
                return None;
            }
            let stance = self.turned(Stance::Asserts, event, None);
            return Some((
                None,
                if stance == Stance::Asserts { Stance::Reports } else { stance },
                event.anchor,
            ));
        };
        let mut attribution = &self.attributions[id.index()];
        if attribution.silent {
            return None;
        }
        let mut stance = attribution.stance;
        let mut holder = attribution.source.and_then(|s| s.actor);
        for _ in 0..6 {
            let Some(parent) = attribution.parent.map(|p| &self.attributions[p.index()]) else { break };
            let outer = parent.source.and_then(|s| s.actor);
            let together = holder.is_none() || outer.is_none() || self.party(holder) == self.party(outer);
            if !together {
                break;
            }
            // Who says that he doubts, doubts; who denies that he said or planned it, denies.
            let denied =
                matches!(parent.stance, Stance::Denies | Stance::Doubts) && stance == Stance::Promises;
            if matches!(stance, Stance::Asserts | Stance::Reports) || denied {
                stance = parent.stance;
            }
            holder = holder.or(outer);
            attribution = parent;
        }
        let span = self.attributions[id.index()].content.iter().copied().find(|c| c.contains(event.anchor));
        Some((holder, self.turned(stance, event, holder), span.unwrap_or(event.anchor)))
    }

    /// A stance as the event's own polarity and reality turn it.
    fn turned(&self, stance: Stance, event: &Event, holder: Option<ActorId>) -> Stance {
        // What a demand, promise or warning tells as a fact in passing ("to condemn the army's threats") is asserted.
        let in_passing = matches!(stance, Stance::Demands | Stance::Promises | Stance::Warns)
            && event.reality == Reality::Actual
            && event.polarity == Polarity::Positive;
        if in_passing {
            return Stance::Asserts;
        }
        // What only happens if something else does is not denied or doubted along with it.
        if matches!(stance, Stance::Denies | Stance::Doubts | Stance::Promises)
            && event.reality == Reality::Conditional
        {
            return Stance::Conditions;
        }
        if !matches!(stance, Stance::Asserts | Stance::Reports) {
            return stance;
        }
        let own = holder.is_some()
            && self.ids(&event.actor).iter().any(|&a| self.party(Some(a)) == self.party(holder));
        match (event.polarity, event.reality) {
            (Polarity::Negative, Reality::Actual | Reality::Planned | Reality::Demanded) => Stance::Denies,
            (Polarity::Negative, _) => Stance::Doubts,
            (_, Reality::Conditional) => Stance::Conditions,
            (_, Reality::Demanded) if own => Stance::Promises,
            (_, Reality::Demanded) => Stance::Demands,
            (_, Reality::Planned) if own => Stance::Promises,
            (_, Reality::Planned | Reality::Possible) if !own || !event.kind.is_cooperative() => {
                Stance::Warns
            }
            (_, Reality::Possible) => Stance::Promises,
            _ => stance,
        }
    }

    /// "Minsk denied it", "Minsk rejected the accusation": a stance on the nearest proposition, at most four sentences
    /// before, in which the denying party acts and which another holder speaks of.
    fn bare_denial<'e>(
        &self,
        id: EventId,
        event: &Event,
        groups: &[Vec<Said<'e>>],
        latest: &[(usize, u32)],
    ) -> Option<(usize, Said<'e>)> {
        const ANAPHORIC: [&str; 14] = [
            "it",
            "this",
            "that",
            "claim",
            "accusation",
            "allegation",
            "charge",
            "report",
            "account",
            "assertion",
            "responsibility",
            "involvement",
            "wrongdoing",
            "suggestion",
        ];
        let denial = event.kind == EventType::Reject
            && event.embedded.is_none()
            && event.cameo.is_some_and(|c| c.as_str() == "016");
        if !denial {
            return None;
        }
        let tree = self.tree;
        let verb = TokenId(tree.document().tokens_in(event.anchor).start);
        let object = tree.child(verb, Deprel::Obj);
        let specific = object.is_some_and(|o| {
            let lemma = tree.lemma(o);
            !ANAPHORIC.iter().any(|word| *word == lemma || lemma.strip_suffix('s') == Some(word))
        });
        if specific || tree.has(verb, Deprel::Ccomp) || tree.has(verb, Deprel::Xcomp) {
            return None;
        }
        let holder = *self.ids(&event.actor).first()?;
        let party = self.party(Some(holder));
        let near = latest.iter().rev().take_while(|(_, sentence)| sentence + 4 >= event.sentence.0);
        let group = near.map(|&(group, _)| group).find(|&group| {
            let acts = groups[group].iter().any(|s| s.actor.iter().any(|&a| self.party(Some(a)) == party));
            let told = groups[group].iter().any(|s| s.holder.is_none() || self.party(s.holder) != party);
            acts && told
        })?;
        let meant = groups[group].first()?;
        let said = Said {
            event: id,
            kind: meant.kind,
            modes: meant.modes,
            cameo: meant.cameo,
            actor: meant.actor.clone(),
            recipient: meant.recipient.clone(),
            anchor: meant.anchor,
            holder: Some(holder),
            stance: Stance::Denies,
            attribution: event.attribution,
            span: object.map_or(event.anchor, |o| event.anchor.cover(tree.document().span(o))),
        };
        Some((group, said))
    }

    fn ids(&self, mentions: &[MentionId]) -> Vec<ActorId> {
        mentions.iter().filter_map(|m| self.mentions[m.index()].actor).collect()
    }

    fn party(&self, actor: Option<ActorId>) -> Option<&str> {
        actor.map(|id| self.actors[id.index()].party.as_str())
    }

    fn parties(&self, mentions: &[MentionId]) -> Vec<&str> {
        self.ids(mentions).into_iter().filter_map(|id| self.party(Some(id))).collect()
    }

    fn claim(&self, group: &[Said<'_>]) -> Option<Claim> {
        // What only the writer tells as fact is an event, not a claim.
        group.iter().find(|s| s.holder.is_some() || s.attribution.is_some())?;
        // The narrowest affirmed wording names the proposition.
        let best = group
            .iter()
            .filter(|s| !s.actor.is_empty())
            .min_by_key(|s| {
                (
                    s.modes.is_empty(),
                    !matches!(s.stance, Stance::Asserts | Stance::Promises | Stance::Reports),
                    s.anchor.start,
                )
            })
            .unwrap_or(&group[0]);
        let mut stances: Vec<StanceEntry> = Vec::new();
        let mut known: HashSet<(Option<ActorId>, Stance, Span)> = HashSet::new();
        for said in group {
            let entry = StanceEntry {
                holder: said.holder,
                stance: said.stance,
                attribution: said.attribution,
                event: Some(said.event),
                span: said.span,
                relation: relation(best.modes, said.modes).unwrap_or(Relation::Same),
            };
            if known.insert((entry.holder, entry.stance, entry.span)) {
                stances.push(entry);
            }
        }
        stances.sort_by_key(|s| (s.span.start, s.span.end));
        let mut events: Vec<EventId> = group.iter().map(|s| s.event).collect();
        events.sort_unstable();
        events.dedup();
        let recipient =
            group.iter().map(|s| &s.recipient).find(|r| !r.is_empty()).cloned().unwrap_or_default();
        Some(Claim {
            proposition: Proposition {
                kind: Some(best.kind),
                actor: best.actor.clone(),
                recipient,
                text: self.wording(best),
            },
            events,
            state: self.state(&stances, &best.actor),
            stances,
        })
    }

    /// How things stand, from who holds what (`docs/claims.md`, State).
    fn state(&self, stances: &[StanceEntry], acting: &[ActorId]) -> ClaimState {
        let with = |wanted: &[Stance]| -> Vec<Option<&str>> {
            stances
                .iter()
                .filter(|s| wanted.contains(&s.stance) && (s.holder.is_some() || s.attribution.is_none()))
                .map(|s| self.party(s.holder))
                .collect()
        };
        let affirm = with(&[Stance::Asserts, Stance::Reports, Stance::Promises, Stance::Warns]);
        let against = with(&[Stance::Denies, Stance::Doubts]);
        let asserts = with(&[Stance::Asserts]);
        // Whoever affirms and whoever is against it are two, unless all of them are one party.
        let one_party = affirm.iter().chain(&against).all(|p| affirm.first() == Some(p));
        if !affirm.is_empty() && !against.is_empty() && !one_party {
            return ClaimState::Disputed;
        }
        let unnamed = stances.iter().any(|s| {
            s.holder.is_none() && matches!(s.stance, Stance::Asserts | Stance::Warns | Stance::Reports)
        });
        if !against.is_empty() && unnamed {
            return ClaimState::Disputed;
        }
        if !against.is_empty() && affirm.is_empty() {
            return ClaimState::Denied;
        }
        let stake: Vec<Option<&str>> = acting.iter().map(|&a| self.party(Some(a))).collect();
        let other = asserts.iter().find(|a| a.is_some() && !stake.contains(a));
        if other.is_some_and(|first| asserts.iter().any(|a| a.is_some() && a != first)) {
            return ClaimState::Corroborated;
        }
        let told = stances.iter().any(|s| matches!(s.stance, Stance::Asserts | Stance::Reports));
        match !told {
            true => ClaimState::Open,
            false => ClaimState::Asserted,
        }
    }

    /// The mentions of some actors inside a stretch of text.
    fn mentions_of<'m>(&'m self, actors: &'m [ActorId], within: Span) -> impl Iterator<Item = &'m Mention> {
        let first = self.mentions.partition_point(|m| m.span.start < within.start);
        self.mentions[first..]
            .iter()
            .take_while(move |m| m.span.start < within.end)
            .filter(move |m| within.contains(m.span) && m.actor.is_some_and(|a| actors.contains(&a)))
    }

    /// A readable line in the text's own words: the clause around the anchor, without what is joined to it.
    fn wording(&self, said: &Said<'_>) -> String {
        let tree = self.tree;
        let document: &Document<'_> = tree.document();
        let tokens = document.tokens_in(said.anchor);
        let outside = |t: &TokenId| !tree.head(*t).is_some_and(|h| tokens.contains(&h.0));
        let anchor = tokens.clone().map(TokenId).find(outside).unwrap_or(TokenId(tokens.start));
        let carrier = match tree.deprel(anchor) {
            Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass => tree.head(anchor).unwrap_or(anchor),
            _ => anchor,
        };
        let mut enter = |t: TokenId| {
            !matches!(
                tree.deprel(t),
                Deprel::Conj
                    | Deprel::Cc
                    | Deprel::Parataxis
                    | Deprel::Mark
                    | Deprel::Ccomp
                    | Deprel::AclRelcl
                    | Deprel::Punct
                    | Deprel::Advcl
            )
        };
        let (mut first, last) = tree.extent(carrier, &mut enter);
        // The line begins with whoever acts, not with the time and place before him.
        let sentence = document.sentence(document.sentence_of(anchor));
        let doer =
            self.mentions_of(&said.actor, sentence.span).filter(|m| m.head < carrier && m.head >= first);
        if let Some(doer) = doer.min_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end))) {
            let start = TokenId(document.tokens_in(doer.span).start);
            let quantity = tree.head(doer.head).filter(|h| *h < start && *h >= first);
            first = quantity.unwrap_or(start);
        }
        let last = TokenId(last.0.min(first.0 + LINE_TOKENS));
        let clause = document.slice(tree.span((first, last)));
        let clause: String = clause.split_whitespace().collect::<Vec<_>>().join(" ");
        let clause =
            clause.trim_matches(|c: char| matches!(c, '“' | '”' | '"' | '‘' | '’' | '«' | '»' | ',' | ' '));
        // Cut at its edges, a quotation keeps only one of its marks; then it is shown without.
        let halved = clause.matches('“').count() != clause.matches('”').count()
            || clause.matches('"').count() % 2 == 1;
        let clause = match halved {
            true => clause.replace(['“', '”', '"'], ""),
            false => clause.to_owned(),
        };
        let named = said.actor.iter().any(|a| clause.contains(self.actors[a.index()].name.as_str()));
        let by_mention = self.mentions_of(&said.actor, tree.span((first, last))).next().is_some();
        match (named || by_mention, said.actor.first()) {
            (false, Some(actor)) => format!("{}: {clause}", self.actors[actor.index()].name),
            _ => clause,
        }
    }
}

/// How two wordings of one type bear on each other: modes in common, or none on either side, are the same happening;
/// a wording without modes is broader than one with modes; different modes are different happenings.
fn relation(narrow: &[Mode], other: &[Mode]) -> Option<Relation> {
    if narrow == other || (narrow.is_empty() && other.is_empty()) {
        return Some(Relation::Same);
    }
    if narrow.is_empty() || other.is_empty() {
        return Some(Relation::Broader);
    }
    narrow.iter().any(|m| other.contains(m)).then_some(Relation::Same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ActorKind, Because, MentionKind, Reason, Source, Style, TimeStatus,
        clause::tests::{with_tree, word},
    };
    use detente_text::SentenceId;
    use proptest::prelude::*;

    const SHELLED: &str = "Russia/NNP/2/nsubj shelled=shell/VBD/0/root Ukraine/NNP/2/obj";

    fn actor(party: &str) -> Actor {
        Actor {
            name: party.to_owned(),
            kind: ActorKind::Country,
            role: None,
            country: None,
            code: None,
            sectors: Vec::new(),
            wikidata: None,
            known: true,
            party: party.to_owned(),
        }
    }

    /// Hand-built layers over one sentence: Russia (0), Ukraine (1) and a third party (2), each mentioned once.
    struct Built {
        mentions: Vec<Mention>,
        actors: Vec<Actor>,
        attributions: Vec<Attribution>,
        events: Vec<Event>,
    }

    impl Built {
        fn new(tree: &Tree<'_>) -> Self {
            let mention = |form: &str, actor: u32| {
                let head = word(tree, form);
                let span = tree.document().span(head);
                Mention {
                    span,
                    head,
                    kind: MentionKind::Name,
                    actor: Some(ActorId(actor)),
                    reason: Reason::Text,
                }
            };
            Self {
                mentions: vec![mention("Russia", 0), mention("Ukraine", 1)],
                actors: vec![actor("RUS"), actor("UKR"), actor("USA")],
                attributions: Vec::new(),
                events: Vec::new(),
            }
        }

        /// Adds what a holder says of Russia's shelling Ukraine.
        fn says(
            &mut self,
            tree: &Tree<'_>,
            holder: Option<u32>,
            stance: Stance,
            change: impl FnOnce(&mut Event),
        ) {
            let anchor = tree.document().span(word(tree, "shelled"));
            let attribution = AttributionId::at(self.attributions.len());
            self.attributions.push(Attribution {
                sentence: SentenceId(0),
                source: holder.map(|h| Source { span: anchor, actor: Some(ActorId(h)) }),
                with: Vec::new(),
                cue: None,
                content: vec![Span::new(0, tree.document().text().len() as u32)],
                style: Style::Indirect,
                stance,
                silent: false,
                parent: None,
            });
            let mut event = Event {
                sentence: SentenceId(0),
                kind: EventType::Assault,
                modes: Vec::new(),
                contexts: Vec::new(),
                cameo: None,
                actor: vec![MentionId(0)],
                recipient: vec![MentionId(1)],
                anchor,
                polarity: Polarity::Positive,
                reality: Reality::Actual,
                time_status: TimeStatus::Current,
                attribution: Some(attribution),
                place: None,
                time: None,
                figures: Vec::new(),
                confidence: 1.0,
                because: Because { rule: String::new(), words: Vec::new() },
                embedded: None,
            };
            change(&mut event);
            self.events.push(event);
        }

        fn claims(&self, tree: &Tree<'_>) -> Vec<Claim> {
            claims(&Layers {
                tree,
                mentions: &self.mentions,
                actors: &self.actors,
                attributions: &self.attributions,
                events: &self.events,
            })
        }
    }

    /// The states of the claims that some holders' stances on one act give.
    fn states(stances: &[(Option<u32>, Stance)]) -> Vec<ClaimState> {
        with_tree(SHELLED, |tree| {
            let mut built = Built::new(tree);
            for &(holder, stance) in stances {
                built.says(tree, holder, stance, |_| ());
            }
            built.claims(tree).iter().map(|c| c.state).collect()
        })
    }

    #[test]
    fn states_follow_from_stances() {
        use Stance::{Asserts, Denies, Doubts, Reports, Warns};
        let (russia, ukraine, third) = (Some(0), Some(1), Some(2));
        let check =
            |stances: &[(Option<u32>, Stance)], state| assert_eq!(states(stances), [state], "{stances:?}");
        check(&[(ukraine, Asserts)], ClaimState::Asserted);
        check(&[(ukraine, Asserts), (ukraine, Asserts)], ClaimState::Asserted);
        check(&[(ukraine, Asserts), (third, Asserts)], ClaimState::Corroborated);
        check(&[(russia, Asserts), (ukraine, Asserts)], ClaimState::Corroborated);
        check(&[(ukraine, Asserts), (russia, Denies)], ClaimState::Disputed);
        check(&[(ukraine, Warns), (russia, Doubts)], ClaimState::Disputed);
        check(&[(None, Reports), (russia, Denies)], ClaimState::Disputed);
        check(&[(russia, Asserts), (russia, Denies)], ClaimState::Asserted);
        check(&[(russia, Denies)], ClaimState::Denied);
        check(&[(russia, Denies), (third, Doubts)], ClaimState::Denied);
    }

    #[test]
    fn one_act_is_one_claim_and_other_acts_are_others() {
        with_tree(SHELLED, |tree| {
            let mut built = Built::new(tree);
            let (russia, ukraine) = (Some(0), Some(1));
            built.says(tree, ukraine, Stance::Asserts, |_| ());
            // Whom it hit is left out: the same act.
            built.says(tree, russia, Stance::Denies, |e| e.recipient.clear());
            // Another acts.
            built.says(tree, russia, Stance::Asserts, |e| e.actor = vec![MentionId(1)]);
            // The writer tells it as fact: an event, no claim.
            built.says(tree, None, Stance::Asserts, |e| {
                e.attribution = None;
                e.kind = EventType::Retreat;
            });
            let claims = built.claims(tree);
            let events: Vec<Vec<u32>> =
                claims.iter().map(|c| c.events.iter().map(|e| e.0).collect()).collect();
            assert_eq!(events, [vec![0, 1], vec![2]]);
            assert_eq!(claims[0].state, ClaimState::Disputed);
            assert_eq!(claims[0].proposition.text, "Russia shelled Ukraine");
            assert_eq!(claims[0].proposition.recipient, [ActorId(1)]);
        });
    }

    /// The rule that [`GroupIndex`] files by, said of two sayings at once.
    fn is_same(a: &Features<'_>, b: &Features<'_>) -> bool {
        let related = match relation(a.modes, b.modes) {
            Some(Relation::Same) => true,
            Some(Relation::Broader) => a.kind == EventType::Retreat,
            None => false,
        };
        let meet = a.upon.iter().any(|p| b.upon.contains(p));
        let open = a.upon.is_empty() || b.upon.is_empty();
        let upon = if a.acting.is_empty() { meet } else { meet || open };
        a.kind == b.kind && a.cameo == b.cameo && a.acting == b.acting && related && upon
    }

    fn subset<T: Copy + std::fmt::Debug + 'static>(of: &'static [T]) -> impl Strategy<Value = Vec<T>> {
        proptest::sample::subsequence(of, 0..=of.len().min(2))
    }

    proptest! {
        /// The index finds the group that a walk over all groups would find.
        #[test]
        fn the_index_groups_like_a_walk(sayings in proptest::collection::vec(
            (0..3usize, subset(&Mode::ALL[..3]), subset(&["RUS", "UKR"]), subset(&["BLR", "RUS", "USA"])), 0..40,
        )) {
            let kinds = [EventType::Assault, EventType::Retreat, EventType::Mobilize];
            let sayings: Vec<Features<'_>> = sayings
                .iter()
                .map(|(kind, modes, acting, upon)| Features {
                    kind: kinds[*kind],
                    cameo: None,
                    modes,
                    acting: acting.clone(),
                    upon: upon.clone(),
                })
                .collect();
            let mut groups: Vec<Vec<&Features<'_>>> = Vec::new();
            let mut index = GroupIndex::default();
            for said in &sayings {
                let walked = groups.iter().position(|g| g.iter().any(|other| is_same(other, said)));
                prop_assert_eq!(index.find(said), walked);
                let group = walked.unwrap_or(groups.len());
                index.add(said, group);
                match groups.get_mut(group) {
                    Some(group) => group.push(said),
                    None => groups.push(vec![said]),
                }
            }
        }
    }

    #[test]
    fn a_bare_denial_meets_the_claim_before_it() {
        let reader = crate::Reader::bundled().unwrap();
        let text = "Ukraine said Belarus had shelled a border village on Monday. Minsk denied it.";
        let article = crate::Article::new("a", text);
        let reading = reader.read(&article, &mut crate::Scratch::default());
        let claim = reading.claims.iter().find(|c| c.proposition.kind == Some(EventType::Assault)).unwrap();
        assert_eq!(claim.state, ClaimState::Disputed);
        let denies = claim.stances.iter().find(|s| s.stance == Stance::Denies).unwrap();
        assert_eq!(&text[denies.span.range()], "denied it");
    }
}
