//! From acts to events: who is behind the roles, who says so, and what a planned or refused act counts as.

use super::{Act, Because, Embedded, Event, MentionIndex, Polarity, Reality, TimeStatus};
use crate::{
    Actor, ActorKind, Attribution, AttributionId, EventType, FigureId, MentionId, Place, PlaceId, Stance,
    Time, TimeId,
    clause::case,
    knowledge::{CuePos, Effect, Frame, Knowledge},
};
use detente_text::{Deprel, Span, TokenId, Tree, Upos};
use jiff::civil::Date;

/// The earlier layers that events refer to.
pub(crate) struct Context<'r> {
    pub(crate) tree: &'r Tree<'r>,
    pub(crate) knowledge: &'r Knowledge,
    pub(crate) mentions: &'r MentionIndex<'r>,
    pub(crate) actors: &'r [Actor],
    pub(crate) attributions: &'r [Attribution],
    pub(crate) times: &'r [Time],
    pub(crate) places: &'r [Place],
    /// Figures with the token that they count.
    pub(crate) figures: &'r [(FigureId, TokenId)],
    pub(crate) day: Option<Date>,
}

/// The events of a document, in text order.
pub(crate) fn events(context: &Context<'_>, acts: &[Act]) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let mut roleless: Vec<&Act> = Vec::new();
    let mut waiting: Vec<&Act> = acts.iter().filter(|a| a.absorbed_by.is_none()).collect();
    // What an act without roles would have absorbed ("the call for a ceasefire was ignored") stands for itself.
    while !waiting.is_empty() {
        let mut freed = Vec::new();
        for act in waiting {
            match context.event(act, acts) {
                Some(event) => events.push(event),
                None => {
                    roleless.push(act);
                    let near = acts.partition_point(|a| a.anchor.0 + 400 < act.anchor.0);
                    let own = acts[near..].iter().take_while(|a| a.anchor.0 <= act.anchor.0 + 400);
                    freed.extend(own.filter(|a| a.absorbed_by == Some(act.anchor)));
                }
            }
        }
        waiting = freed;
    }
    events.sort_by_key(|e| (e.anchor.start, e.anchor.end));
    roleless.sort_by_key(|a| a.anchor);
    // "The invasion" names nobody: it is the invasion that the text has told of.
    for act in roleless {
        if let Some(event) = context.inherited(act, acts, &events) {
            let place = events.partition_point(|e| e.anchor.start <= event.anchor.start);
            events.insert(place, event);
        }
    }
    events
}

impl Context<'_> {
    fn event(&self, act: &Act, acts: &[Act]) -> Option<Event> {
        let (actor, recipient) = self.participants(act);
        // PLOVER wants a recipient here; a broken treaty or a boycott is kept without one (`docs/ontology.md`).
        let ahead = act.status.reality == Reality::Planned;
        let missing =
            act.kind.needs_recipient() && act.kind != EventType::Sanction && !ahead && recipient.is_empty();
        if missing || (actor.is_empty() && recipient.is_empty()) {
            return None;
        }
        Some(self.build(act, acts, actor, recipient))
    }

    /// The event that an act would be, whether or not its roles name anybody.
    pub(crate) fn unnamed(&self, act: &Act, acts: &[Act]) -> Event {
        let (actor, recipient) = self.participants(act);
        self.build(act, acts, actor, recipient)
    }

    fn participants(&self, act: &Act) -> (Vec<MentionId>, Vec<MentionId>) {
        let mut actor = self.named(&act.actor, true);
        // A place does nothing of itself.
        actor.retain(|&m| self.actor(m).is_some_and(|a| a.kind != ActorKind::Place));
        let mut recipient = self.named(&act.recipient, act.recipient == act.actor);
        if act.recipient != act.actor {
            recipient
                .retain(|m| actor.iter().all(|a| self.mentions.get(*a).actor != self.mentions.get(*m).actor));
        }
        (actor, recipient)
    }

    fn named(&self, tokens: &[TokenId], acting: bool) -> Vec<MentionId> {
        let mut found: Vec<MentionId> = Vec::new();
        for &token in tokens {
            let named = match acting {
                true => self.mentions.named_acting(self.tree, token),
                false => self.mentions.named(self.tree, token),
            };
            for id in named {
                let same = |other: &MentionId| self.mentions.get(*other).actor == self.mentions.get(id).actor;
                if !found.iter().any(same) {
                    found.push(id);
                }
            }
        }
        found
    }

    fn actor(&self, mention: MentionId) -> Option<&Actor> {
        self.mentions.get(mention).actor.map(|id| &self.actors[id.index()])
    }

    fn build(&self, act: &Act, acts: &[Act], actor: Vec<MentionId>, recipient: Vec<MentionId>) -> Event {
        let tree = self.tree;
        let document = tree.document();
        let rule = self.knowledge.codebook.rule(act.rule);
        let anchor = act.words.first().copied().unwrap_or(document.span(act.anchor));
        let embedded = act.inner.and_then(|token| {
            let inner = acts.binary_search_by_key(&token, |a| a.anchor).ok().map(|i| &acts[i])?;
            let (actor, recipient) = self.participants(inner);
            Some(Embedded {
                kind: inner.kind,
                modes: inner.modes.clone(),
                actor,
                recipient,
                anchor: document.span(inner.anchor),
            })
        });
        let mut event = Event {
            sentence: document.sentence_of(act.anchor),
            kind: act.kind,
            modes: act.modes.clone(),
            contexts: act.contexts.clone(),
            cameo: act.cameo,
            actor,
            recipient,
            anchor,
            polarity: act.status.polarity,
            reality: act.status.reality,
            time_status: act.status.time,
            attribution: self.attribution(act.anchor, anchor),
            place: self.place(act.anchor),
            time: self.time(act.anchor),
            figures: self.figures(act),
            confidence: 0.0,
            because: Because { rule: rule.name.clone(), words: act.words.clone() },
            embedded,
        };
        self.place_in_time(&mut event);
        if !act.actor.is_empty() {
            self.turn(&mut event, tree.upos(act.anchor) == Upos::Verb);
        }
        event.confidence = confidence(&event, tree.upos(act.anchor) == Upos::Verb);
        event
    }

    /// The innermost statement inside whose content the act stands. A word that is itself the cue speaks of the
    /// statement, it does not stand in it.
    fn attribution(&self, token: TokenId, anchor: Span) -> Option<AttributionId> {
        let sentence = self.tree.document().sentence_of(token).0;
        let first = self.attributions.partition_point(|a| a.sentence.0 + 24 < sentence);
        self.attributions[first..]
            .iter()
            .enumerate()
            .take_while(|(_, a)| a.sentence.0 <= sentence + 24)
            .filter(|(_, a)| a.content.iter().any(|c| c.contains(anchor)))
            .filter(|(_, a)| !a.cue.as_ref().is_some_and(|c| c.span.overlaps(anchor)))
            .filter(|(_, a)| self.speaks(a))
            .min_by_key(|(_, a)| a.content.iter().map(|c| c.len()).sum::<u32>())
            .map(|(index, _)| AttributionId::at(first + index))
    }

    /// Whether the cue is one of saying or holding true. "Plans to attack" says nothing: the plan may be another's word.
    fn speaks(&self, attribution: &Attribution) -> bool {
        let Some(cue) = &attribution.cue else { return true };
        let tree = self.tree;
        let token = TokenId(tree.document().tokens_in(cue.span).start);
        let position = match tree.upos(token) {
            Upos::Verb => CuePos::Verb,
            Upos::Noun => CuePos::Noun,
            Upos::Adj => CuePos::Adjective,
            _ => return true,
        };
        let first = cue.lemma.split(' ').next().unwrap_or_default();
        let symbol = self.knowledge.symbols.get(first);
        let entries = self.knowledge.cues.attribution(symbol).iter();
        let mut own = entries.filter(|e| *e.lemma == *cue.lemma && e.pos == position).peekable();
        if own.peek().is_none() {
            return true;
        }
        // A plan, a decision, an intention, a threat is had, not said.
        let had = self.knowledge.cues.reality(symbol).iter().any(|e| {
            e.pos == position && matches!(e.meaning, Effect::Planned) && e.frames.contains(&Frame::To)
        });
        let said = own.any(|e| e.frames.iter().any(|f| matches!(f, Frame::Quote | Frame::That | Frame::Wh)));
        match position {
            CuePos::Verb => said,
            _ => !had,
        }
    }

    /// The time that is told of an act: below its word, or below the verb that carries it.
    fn time(&self, anchor: TokenId) -> Option<TimeId> {
        let tree = self.tree;
        let mut current = anchor;
        for _ in 0..4 {
            let below = tree.children(current).find_map(|c| {
                let temporal = matches!(
                    tree.deprel(c),
                    Deprel::Obl
                        | Deprel::OblUnmarked
                        | Deprel::Nmod
                        | Deprel::NmodUnmarked
                        | Deprel::Advmod
                        | Deprel::NmodPoss
                        | Deprel::Amod
                        | Deprel::Compound
                );
                let at = || self.time_at(c);
                // "by phone on Tuesday": the parser may hang the time on the phrase before it.
                let beside = || {
                    let mut inside = tree
                        .children(c)
                        .filter(|&d| matches!(tree.deprel(d), Deprel::Nmod | Deprel::NmodUnmarked));
                    inside.find_map(|d| self.time_at(d))
                };
                temporal.then(|| at().or_else(beside)).flatten()
            });
            if below.is_some() {
                return below;
            }
            let carried = matches!(
                tree.deprel(current),
                Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Xcomp | Deprel::Conj | Deprel::Nmod
            );
            if !carried {
                return None;
            }
            current = tree.head(current)?;
        }
        None
    }

    /// Where an act happens: a place in a phrase that locates its word, or the verb that carries it.
    fn place(&self, anchor: TokenId) -> Option<PlaceId> {
        const LOCATING: [&str; 12] = [
            "in",
            "at",
            "near",
            "outside",
            "around",
            "across",
            "inside",
            "over",
            "off",
            "along",
            "throughout",
            "within",
        ];
        let tree = self.tree;
        let mut current = anchor;
        for _ in 0..4 {
            let below = tree.children(current).find_map(|c| {
                let locating = matches!(tree.deprel(c), Deprel::Obl | Deprel::Nmod)
                    && case(tree, c).is_some_and(|p| LOCATING.contains(&p));
                locating.then(|| self.place_at(c)).flatten()
            });
            if below.is_some() {
                return below;
            }
            let carried = matches!(
                tree.deprel(current),
                Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Xcomp
            );
            if !carried {
                return None;
            }
            current = tree.head(current)?;
        }
        None
    }

    fn place_at(&self, token: TokenId) -> Option<PlaceId> {
        let span = self.tree.document().span(token);
        let index = self.places.partition_point(|p| p.span.end <= span.start);
        self.places.get(index).filter(|p| p.span.overlaps(span)).map(|_| PlaceId::at(index))
    }

    fn time_at(&self, token: TokenId) -> Option<TimeId> {
        let span = self.tree.document().span(token);
        let index = self.times.partition_point(|t| t.span.end <= span.start);
        self.times.get(index).filter(|t| t.span.overlaps(span)).map(|_| TimeId::at(index))
    }

    /// An act of an earlier time is background; one of a later time is planned.
    fn place_in_time(&self, event: &mut Event) {
        let (Some(day), Some(id)) = (self.day, event.time) else { return };
        let time = &self.times[id.index()];
        if let Some(end) = time.end {
            let last = end.at.date();
            let long_ago = day.checked_sub(jiff::Span::new().days(45)).is_ok_and(|limit| last <= limit);
            if long_ago && event.reality == Reality::Actual {
                event.time_status = TimeStatus::Background;
            }
        }
        if let Some(start) = time.start
            && start.at.date() > day
        {
            event.time_status = TimeStatus::Future;
            if event.reality == Reality::Actual {
                event.reality = Reality::Planned;
            }
        }
    }

    /// The figures that count a role or stand below the act's word.
    fn figures(&self, act: &Act) -> Vec<FigureId> {
        let tree = self.tree;
        let counted = |token: TokenId| {
            act.actor.contains(&token)
                || act.recipient.contains(&token)
                || tree.head(token) == Some(act.anchor)
                || tree.head(token).is_some_and(|h| act.recipient.contains(&h) || act.actor.contains(&h))
        };
        self.figures.iter().filter(|&&(_, token)| counted(token)).map(|&(id, _)| id).collect()
    }

    /// A friendly act that still lies ahead is AGREE; refused, it is REJECT; a hostile one announced by whoever will do
    /// it is THREATEN (PLOVER 2.0; `docs/ontology.md`).
    fn turn(&self, event: &mut Event, verb: bool) {
        let ahead = event.reality == Reality::Planned;
        if !ahead {
            return;
        }
        let friendly = event.kind.is_cooperative() && event.kind != EventType::Agree;
        let outer = match (friendly, event.polarity) {
            (true, Polarity::Positive) => EventType::Agree,
            (true, Polarity::Negative) => EventType::Reject,
            (false, Polarity::Positive) if verb && self.is_own_announcement(event) => EventType::Threaten,
            _ => return,
        };
        let hostile = !event.kind.is_cooperative() && event.kind as u8 >= EventType::Protest as u8;
        if outer == EventType::Threaten && !hostile {
            return;
        }
        let embedding = self.knowledge.codebook.embedding(outer, event.kind, &event.modes, &event.contexts);
        let modes = embedding.map(|e| e.modes.clone()).unwrap_or_default();
        event.embedded = Some(Embedded {
            kind: event.kind,
            modes: std::mem::replace(&mut event.modes, modes),
            actor: event.actor.clone(),
            recipient: event.recipient.clone(),
            anchor: event.anchor,
        });
        event.kind = outer;
        event.cameo = embedding.and_then(|e| e.cameo);
        if outer != EventType::Agree {
            event.polarity = Polarity::Positive;
            event.reality = Reality::Actual;
            event.time_status = TimeStatus::Current;
        }
    }

    /// Whether whoever will act says so.
    fn is_own_announcement(&self, event: &Event) -> bool {
        let Some(attribution) = event.attribution.map(|id| &self.attributions[id.index()]) else {
            return false;
        };
        let speaks = matches!(attribution.stance, Stance::Asserts | Stance::Promises | Stance::Warns);
        let holder = attribution.source.and_then(|s| s.actor).map(|id| &self.actors[id.index()]);
        let own = |m: &MentionId| {
            self.actor(*m).zip(holder).is_some_and(|(actor, holder)| actor.party == holder.party)
        };
        speaks && event.actor.iter().any(own)
    }

    /// An event noun without roles takes those of the nearest event of its type and kind of reality that has an actor.
    fn inherited(&self, act: &Act, acts: &[Act], events: &[Event]) -> Option<Event> {
        let tree = self.tree;
        // "Aid", "contact" and "help" are said of anybody; an invasion or a withdrawal is the one that is told of.
        let particular = matches!(
            act.kind,
            EventType::Retreat | EventType::Mobilize | EventType::Assault | EventType::Threaten
        );
        if !particular
            || tree.upos(act.anchor) == Upos::Verb
            || matches!(tree.deprel(act.anchor), Deprel::Compound | Deprel::Amod)
        {
            return None;
        }
        // A noun that says whose it is, or of what, but names nobody known, speaks of something else.
        let specified = tree.children(act.anchor).any(|c| match (tree.deprel(c), case(tree, c)) {
            (Deprel::NmodPoss, _) => true,
            // "On the ground" is where, "on the village" is whom.
            (Deprel::Nmod, Some("on")) => {
                !matches!(tree.lemma(c), "ground" | "border" | "front" | "frontline")
            }
            (Deprel::Nmod, Some("of" | "by" | "against")) => true,
            _ => false,
        });
        // "Warnings of an invasion", "no sign of a withdrawal": the noun above says that somebody speaks of the act.
        // Any other noun above makes it part of a name: "the line of contact".
        let told = tree.deprel(act.anchor) == Deprel::Nmod;
        let head = tree.head(act.anchor).map(|h| self.knowledge.symbols.get(tree.lemma(h)));
        let cue = head.is_some_and(|symbol| {
            !self.knowledge.cues.attribution(symbol).is_empty()
                || !self.knowledge.cues.reality(symbol).is_empty()
        });
        if specified || (told && !cue) {
            return None;
        }
        let at = tree.document().span(act.anchor).start;
        let nearest = events
            .iter()
            .filter(|e| e.embedded.as_ref().map_or(e.kind, |inner| inner.kind) == act.kind)
            // What is only announced ("a looming invasion") may be told of in full below; anything else was told before.
            .filter(|e| e.anchor.start < at || (told && cue))
            .min_by_key(|e| (e.anchor.start > at, e.anchor.start.abs_diff(at)))?;
        let (actor, recipient) = match &nearest.embedded {
            Some(inner) if inner.kind == act.kind => (inner.actor.clone(), inner.recipient.clone()),
            _ => (nearest.actor.clone(), nearest.recipient.clone()),
        };
        if actor.is_empty() && recipient.is_empty() {
            return None;
        }
        let mut event = self.build(act, acts, actor, recipient);
        event.confidence *= 0.6;
        Some(event)
    }
}

/// How sure a coding is: a verb with both roles most, a noun with one least.
fn confidence(event: &Event, verb: bool) -> f32 {
    let mut confidence: f32 = if verb { 0.85 } else { 0.7 };
    if event.actor.is_empty() {
        confidence -= 0.15;
    }
    if event.recipient.is_empty() && event.kind.needs_recipient() {
        confidence -= 0.15;
    }
    if event.because.words.len() > 1 {
        confidence += 0.05;
    }
    confidence
}
