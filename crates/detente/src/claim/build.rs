//! Groups what events say into propositions, and works out everybody's stance and how things stand.

use super::{Claim, ClaimState, Proposition, Relation, StanceEntry};
use crate::{
    Actor, ActorId, Attribution, AttributionId, Cameo, Event, EventId, EventType, Mention, MentionId, Mode,
    Polarity, Reality, Stance,
};
use detente_text::{Deprel, Document, Span, TokenId, Tree};

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

/// The claims of a document, by their first words.
pub(crate) fn claims(layers: &Layers<'_>) -> Vec<Claim> {
    let mut groups: Vec<Vec<Said<'_>>> = Vec::new();
    for (index, event) in layers.events.iter().enumerate() {
        for said in layers.said(EventId::at(index), event) {
            match groups.iter_mut().find(|group| group.iter().any(|other| layers.is_same(other, &said))) {
                Some(group) => group.push(said),
                None => groups.push(vec![said]),
            }
        }
    }
    groups.iter().filter_map(|group| layers.claim(group)).collect()
}

impl Layers<'_> {
    /// What an event says about a proposition, and who says it.
    fn said<'e>(&self, id: EventId, event: &'e Event) -> Vec<Said<'e>> {
        // An outer act takes a stance on the act inside: whoever demands it, promises it, refuses it.
        if let Some(inner) = &event.embedded {
            let own = self.parties(&event.actor).iter().any(|p| self.parties(&inner.actor).contains(p));
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
        vec![Said {
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
        }]
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
            // Who says that he doubts, doubts; who denies that he said it, denies.
            if matches!(stance, Stance::Asserts | Stance::Reports) {
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
        // What a demand, promise or warning tells as a fact in passing ("to denounce Russian threats") is asserted.
        let in_passing = matches!(stance, Stance::Demands | Stance::Promises | Stance::Warns)
            && event.reality == Reality::Actual
            && event.polarity == Polarity::Positive;
        if in_passing {
            return Stance::Asserts;
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

    fn ids(&self, mentions: &[MentionId]) -> Vec<ActorId> {
        mentions.iter().filter_map(|m| self.mentions[m.index()].actor).collect()
    }

    fn party(&self, actor: Option<ActorId>) -> Option<&str> {
        actor.map(|id| self.actors[id.index()].party.as_str())
    }

    fn parties(&self, mentions: &[MentionId]) -> Vec<&str> {
        self.ids(mentions).into_iter().filter_map(|id| self.party(Some(id))).collect()
    }

    /// Whether two sayings speak of one proposition: same family, same acting party, no two different recipients.
    fn is_same(&self, a: &Said<'_>, b: &Said<'_>) -> bool {
        let related = match relation(a.modes, b.modes) {
            Some(Relation::Same) => true,
            // "De-escalation" bears on a withdrawal; a bare "killed" does not bear on an air strike.
            Some(Relation::Broader) => a.kind == EventType::Retreat,
            None => false,
        };
        if a.kind != b.kind || !related {
            return false;
        }
        // Types without modes are too wide to be one happening; the code must agree too.
        let wide = a.kind.modes().next().is_none();
        if wide && a.cameo != b.cameo {
            return false;
        }
        let meets = |x: &[ActorId], y: &[ActorId]| {
            x.iter().any(|&i| y.iter().any(|&j| self.party(Some(i)) == self.party(Some(j))))
        };
        let within = |x: &[ActorId], y: &[ActorId]| {
            x.iter().all(|&i| y.iter().any(|&j| self.party(Some(i)) == self.party(Some(j))))
        };
        let same_parties = !a.actor.is_empty() && within(&a.actor, &b.actor) && within(&b.actor, &a.actor);
        let acting =
            same_parties || (a.actor.is_empty() && b.actor.is_empty() && meets(&a.recipient, &b.recipient));
        let upon = a.recipient.is_empty() || b.recipient.is_empty() || meets(&a.recipient, &b.recipient);
        acting && upon
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
        for said in group {
            let entry = StanceEntry {
                holder: said.holder,
                stance: said.stance,
                attribution: said.attribution,
                event: Some(said.event),
                span: said.span,
                relation: relation(best.modes, said.modes).unwrap_or(Relation::Same),
            };
            let known = stances
                .iter()
                .any(|s| s.holder == entry.holder && s.stance == entry.stance && s.span == entry.span);
            if !known {
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
        if against.iter().any(|d| affirm.iter().any(|a| a != d)) {
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
        match asserts.is_empty() && with(&[Stance::Reports]).is_empty() {
            true => ClaimState::Open,
            false => ClaimState::Asserted,
        }
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
        let doer = self.mentions.iter().filter(|m| {
            m.actor.is_some_and(|a| said.actor.contains(&a))
                && sentence.span.contains(m.span)
                && m.head < carrier
                && m.head >= first
        });
        if let Some(doer) = doer.min_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end))) {
            let start = TokenId(document.tokens_in(doer.span).start);
            let quantity = tree.head(doer.head).filter(|h| *h < start && *h >= first);
            first = quantity.unwrap_or(start);
        }
        let last = TokenId(last.0.min(first.0 + 24));
        let clause = document.slice(tree.span((first, last)));
        let clause: String = clause.split_whitespace().collect::<Vec<_>>().join(" ");
        let clause = clause
            .trim_matches(|c: char| matches!(c, '“' | '”' | '"' | '‘' | '’' | '«' | '»' | ',' | ' '))
            .to_owned();
        let named = said.actor.iter().any(|a| clause.contains(self.actors[a.index()].name.as_str()));
        let by_mention = self.mentions.iter().any(|m| {
            m.actor.is_some_and(|a| said.actor.contains(&a)) && tree.span((first, last)).contains(m.span)
        });
        match (named || by_mention, said.actor.first()) {
            (false, Some(actor)) => format!("{}: {clause}", self.actors[actor.index()].name),
            _ => clause,
        }
    }
}

/// How two wordings of one type bear on each other: equal or unmoded modes are the same happening or a broader word.
fn relation(narrow: &[Mode], other: &[Mode]) -> Option<Relation> {
    if narrow == other || (narrow.is_empty() && other.is_empty()) {
        return Some(Relation::Same);
    }
    if narrow.is_empty() || other.is_empty() {
        return Some(Relation::Broader);
    }
    narrow.iter().any(|m| other.contains(m)).then_some(Relation::Same)
}
