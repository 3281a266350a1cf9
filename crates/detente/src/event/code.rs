//! Codes acts: which words evoke which rule, and who stands in which role.

use super::{
    Polarity, Reality, TimeStatus,
    status::{Status, status},
};
use crate::{
    Cameo, Context, EventType, Mention, MentionId, Mode,
    attribution::is_negated,
    clause::{
        case, grammatical_subject, is_infinitive, joined, logical_object, logical_subject, meant_noun,
        phrases, receiver,
    },
    knowledge::{Compiled, Complement, Knowledge, Position, Relation, Rule, SupportSubject, WordSet, fits},
};
use detente_text::{Deprel, Span, TokenId, Tree, Upos, Xpos};
use std::collections::HashMap;

/// An act as coded, before it is known who says so.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) anchor: TokenId,
    pub(crate) rule: u32,
    pub(crate) kind: EventType,
    pub(crate) modes: Vec<Mode>,
    pub(crate) contexts: Vec<Context>,
    pub(crate) cameo: Option<Cameo>,
    /// Heads of the phrases that fill the roles, whoever they name.
    pub(crate) actor: Vec<TokenId>,
    pub(crate) recipient: Vec<TokenId>,
    pub(crate) status: Status,
    /// The words that satisfied the rule.
    pub(crate) words: Vec<Span>,
    /// The anchor of the act that it is part of; then it is no event of its own.
    pub(crate) absorbed_by: Option<TokenId>,
    /// The act that it is about, by the anchor of that act.
    pub(crate) inner: Option<TokenId>,
}

impl Act {
    /// The act that a rule makes of a word, before anything embedded refines it.
    fn of(rule: &Rule, index: u32, anchor: TokenId, words: Vec<Span>, roles: Roles, status: Status) -> Self {
        let (actor, recipient) = roles;
        Self {
            anchor,
            rule: index,
            kind: rule.kind,
            modes: rule.modes.clone(),
            contexts: rule.contexts.clone(),
            cameo: rule.cameo,
            actor,
            recipient,
            status,
            words,
            absorbed_by: None,
            inner: None,
        }
    }
}

/// Heads of the phrases that act and that are acted upon.
type Roles = (Vec<TokenId>, Vec<TokenId>);

/// Mentions by the token that heads them.
pub(crate) struct MentionIndex<'r> {
    mentions: &'r [Mention],
    by_head: HashMap<TokenId, Vec<MentionId>>,
}

impl<'r> MentionIndex<'r> {
    pub(crate) fn new(mentions: &'r [Mention]) -> Self {
        let mut by_head: HashMap<TokenId, Vec<MentionId>> = HashMap::new();
        for (index, mention) in mentions.iter().enumerate() {
            if mention.actor.is_some() {
                by_head.entry(mention.head).or_default().push(MentionId::at(index));
            }
        }
        Self { mentions, by_head }
    }

    /// The mentions that a token heads and that stand for somebody.
    pub(crate) fn at(&self, head: TokenId) -> &[MentionId] {
        self.by_head.get(&head).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn get(&self, id: MentionId) -> &Mention {
        &self.mentions[id.index()]
    }

    /// The mentions that a phrase names: its head, or, when that is no actor ("Ukrainian positions", "the decision of
    /// the court"), the nearest one inside it.
    pub(crate) fn named(&self, tree: &Tree<'_>, head: TokenId) -> Vec<MentionId> {
        self.named_within(tree, head, &["of", "by", "from", "in", "against"])
    }

    /// The same for whoever acts: where a thing is ("a rocket attack in Syria") says not whose it is.
    pub(crate) fn named_acting(&self, tree: &Tree<'_>, head: TokenId) -> Vec<MentionId> {
        self.named_within(tree, head, &["of", "by", "from"])
    }

    fn named_within(&self, tree: &Tree<'_>, head: TokenId, prepositions: &[&str]) -> Vec<MentionId> {
        let own = self.at(head);
        if !own.is_empty() {
            return own.to_vec();
        }
        // "The border with Ukraine" is Ukraine's, whosever "its border" is.
        if matches!(tree.lemma(head), "border" | "frontier" | "boundary") {
            let beyond: Vec<MentionId> =
                phrases(tree, head, "with").flat_map(|t| self.at(t).iter().copied()).collect();
            if !beyond.is_empty() {
                return beyond;
            }
        }
        let mut level = vec![head];
        for _ in 0..3 {
            let mut next = Vec::new();
            for &token in &level {
                for child in tree.children(token) {
                    let inside = match tree.deprel(child) {
                        Deprel::NmodPoss
                        | Deprel::Amod
                        | Deprel::Compound
                        | Deprel::NmodDesc
                        | Deprel::Flat
                        | Deprel::Appos => true,
                        Deprel::Nmod => case(tree, child).is_some_and(|p| prepositions.contains(&p)),
                        _ => false,
                    };
                    if inside {
                        next.push(child);
                    }
                }
            }
            let found: Vec<MentionId> = next.iter().flat_map(|&t| self.at(t).iter().copied()).collect();
            if !found.is_empty() {
                return found;
            }
            level = next;
        }
        Vec::new()
    }
}

/// Codes every act of a document, inner ones before outer ones; in text order.
pub(crate) fn acts(tree: &Tree<'_>, knowledge: &Knowledge, mentions: &MentionIndex<'_>) -> Vec<Act> {
    let document = tree.document();
    let count = document.tokens().len();
    let mut coder = Coder { tree, knowledge, mentions, acts: Vec::new(), at: vec![None; count] };
    let mut order: Vec<(usize, TokenId)> = Vec::new();
    for sentence in document.sentences() {
        order.clear();
        order.extend(
            sentence
                .tokens()
                .filter_map(|t| Position::of(tree.upos(t)).map(|_| (tree.ancestors(t).take(64).count(), t))),
        );
        order.sort_unstable_by_key(|&(depth, t)| (std::cmp::Reverse(depth), t));
        for &(_, token) in &order {
            coder.code(token);
        }
    }
    let mut acts = coder.acts;
    acts.sort_by_key(|a| a.anchor);
    acts
}

/// Acts as single words suggest them, whatever else their rules ask for. Too loose to be events; for questions about
/// pairs that no act answers.
pub(crate) fn suggested_acts(
    tree: &Tree<'_>,
    knowledge: &Knowledge,
    mentions: &MentionIndex<'_>,
) -> Vec<Act> {
    let count = tree.document().tokens().len();
    let coder = Coder { tree, knowledge, mentions, acts: Vec::new(), at: vec![None; count] };
    (0..count).map(TokenId::at).filter_map(|token| coder.suggested(token)).collect()
}

struct Coder<'r> {
    tree: &'r Tree<'r>,
    knowledge: &'r Knowledge,
    mentions: &'r MentionIndex<'r>,
    acts: Vec<Act>,
    at: Vec<Option<u32>>,
}

/// A light verb around an event noun.
#[derive(Clone, Copy)]
struct Light {
    verb: TokenId,
    subject: SupportSubject,
}

impl<'r> Coder<'r> {
    /// Codes the act that a token evokes, if any.
    fn code(&mut self, token: TokenId) {
        let tree = self.tree;
        let Some(position) = Position::of(tree.upos(token)) else { return };
        let knowledge = self.knowledge;
        let act = knowledge.symbols.readings(tree, token).iter().find_map(|symbol| {
            knowledge
                .codebook
                .evoked(symbol)
                .iter()
                .filter(|c| {
                    c.position == position
                        || (c.position == Position::Adjective && position == Position::Verb)
                })
                .find_map(|compiled| self.try_rule(token, compiled))
        });
        if let Some((act, absorbs)) = act {
            for index in absorbs {
                self.acts[index as usize].absorbed_by.get_or_insert(token);
            }
            self.at[token.index()] = Some(self.acts.len() as u32);
            self.acts.push(act);
        }
    }

    /// The act that the least demanding rule of a word would make of it.
    fn suggested(&self, token: TokenId) -> Option<Act> {
        let tree = self.tree;
        let position = Position::of(tree.upos(token))?;
        let knowledge = self.knowledge;
        let (compiled, words) = knowledge.symbols.readings(tree, token).iter().find_map(|symbol| {
            let fitting = knowledge.codebook.evoked(symbol).iter().rev().filter(|c| c.position == position);
            fitting.filter_map(|c| Some((c, self.words(token, c)?))).next()
        })?;
        let rule = knowledge.codebook.rule(compiled.rule);
        let object = self.object(token, compiled);
        let light = (position == Position::Noun).then(|| self.light_verb(token)).flatten();
        let roles = self.roles(token, compiled, rule, object, light);
        Some(Act::of(rule, compiled.rule, token, words, roles, status(tree, token, knowledge)))
    }

    /// The act that a rule makes of a token, and the acts that it absorbs.
    fn try_rule(&self, token: TokenId, compiled: &Compiled) -> Option<(Act, Vec<u32>)> {
        let tree = self.tree;
        // "Combat officers", "protest leader": a noun before another noun is no act, unless that one speaks of acts.
        if compiled.position == Position::Noun
            && tree.deprel(token) == Deprel::Compound
            && !self.is_spoken_of(token)
        {
            return None;
        }
        let rule = self.knowledge.codebook.rule(compiled.rule);
        let mut words = self.words(token, compiled)?;
        if rule.negated && !self.is_negated_somewhere(token) {
            return None;
        }
        // "Will not withdraw" refuses; "has not withdrawn" only tells that nothing happened.
        if rule.negated && rule.kind == EventType::Reject && self.only_tells(token) {
            return None;
        }
        let needs = self.knowledge.codebook.needs(compiled.rule);
        let object = self.object(token, compiled);
        if !needs.object.is_empty() {
            let hit = object
                .into_iter()
                .flat_map(|o| joined(tree, o))
                .find(|&o| self.is_one_of(o, &needs.object))?;
            words.push(tree.document().span(hit));
        }
        if !needs.subject.is_empty() {
            let subject = self.subject(token, compiled.position)?;
            let hit = joined(tree, subject).find(|&s| self.is_one_of(s, &needs.subject))?;
            words.push(tree.document().span(hit));
        }
        let light = (compiled.position == Position::Noun).then(|| self.light_verb(token)).flatten();
        if !rule.with.is_empty() {
            let hit = rule.with.iter().find_map(|need| {
                phrases(tree, token, &need.preposition)
                    .chain(object.into_iter().flat_map(|o| phrases(tree, o, &need.preposition)))
                    .chain(light.into_iter().flat_map(|l| phrases(tree, l.verb, &need.preposition)))
                    .find(|&p| need.lemmas.iter().any(|l| l == "*" || self.is_phrase(p, l)))
            })?;
            words.push(tree.document().span(hit));
        }
        if self.is_excluded(token, rule) {
            return None;
        }
        let inner = self.embedded(token, &rule.complement, light);
        let wanted = |&index: &u32| {
            let act = &self.acts[index as usize];
            fits(&rule.act, act.kind, &act.modes)
        };
        if !rule.act.is_empty() && !inner.iter().any(wanted) {
            return None;
        }
        let (actor, mut recipient) = self.roles(token, compiled, rule, object, light);
        // Who condemns a killing accuses the killers, not the killed.
        if rule.kind == EventType::Accuse {
            let act = object.filter(|o| recipient.contains(o)).and_then(|o| self.at[o.index()]);
            if let Some(index) = act {
                recipient.clone_from(&self.acts[index as usize].actor);
            }
        }
        let named = |tokens: &[TokenId]| tokens.iter().any(|&t| !self.mentions.named(tree, t).is_empty());
        let acting =
            |tokens: &[TokenId]| tokens.iter().any(|&t| !self.mentions.named_acting(tree, t).is_empty());
        if (rule.requires_actor && !acting(&actor)) || (rule.requires_recipient && !named(&recipient)) {
            return None;
        }
        let mut status = status(tree, token, self.knowledge);
        if let Some(polarity) = rule.polarity {
            status.polarity = polarity;
        }
        if let Some(reality) = rule.reality {
            status.weaken(reality);
        }
        // "Would expect", "would like": a polite demand is made now.
        let polite = tree.children(token).any(|c| tree.deprel(c) == Deprel::Aux && tree.lemma(c) == "would");
        if rule.kind == EventType::Request && polite && status.reality == Reality::Planned {
            status.reality = Reality::Actual;
            status.time = TimeStatus::Current;
        }
        if rule.negated {
            // The negation is what the rule is about.
            status =
                Status { polarity: Polarity::Positive, reality: Reality::Actual, time: TimeStatus::Current };
        }
        let mut act = Act::of(rule, compiled.rule, token, words, (actor, recipient), status);
        let chosen = match rule.act.is_empty() {
            true => inner.first().copied(),
            false => inner.iter().copied().find(wanted),
        };
        if let Some(index) = chosen {
            self.refine(&mut act, &self.acts[index as usize]);
        }
        let mut absorbs = inner;
        // "launch" + attack as a rule of its own takes the noun's act with it.
        if !needs.object.is_empty() {
            absorbs.extend(object.and_then(|o| self.at[o.index()]));
        }
        Some((act, absorbs))
    }

    /// Whether a word that the rule refuses stands beside it, or a particle that makes it another verb ("shell out").
    fn is_excluded(&self, token: TokenId, rule: &Rule) -> bool {
        let tree = self.tree;
        tree.children(token).any(|c| match tree.deprel(c) {
            Deprel::Compound
            | Deprel::Amod
            | Deprel::Obj
            | Deprel::Nsubj
            | Deprel::NsubjPass
            | Deprel::Obl
            | Deprel::Nmod
            | Deprel::NmodPoss => rule.not.iter().any(|word| self.is_phrase(c, word)),
            _ => false,
        })
    }

    /// Whether a negated verb only reports: perfect or past, with nothing of will, duty or ability around it.
    fn only_tells(&self, token: TokenId) -> bool {
        let tree = self.tree;
        let past = tree.children(token).any(|c| {
            tree.deprel(c) == Deprel::Aux
                && (tree.lemma(c) == "have" || (tree.lemma(c) == "do" && tree.xpos(c) == Xpos::Vbd))
        });
        past && status(tree, token, self.knowledge).reality == Reality::Actual
    }

    /// Whether the noun above speaks of acts: "invasion fears", "attack claims".
    fn is_spoken_of(&self, token: TokenId) -> bool {
        let tree = self.tree;
        let Some(head) = tree.head(token) else { return false };
        let symbol = self.knowledge.symbols.get(tree.lemma(head));
        !self.knowledge.cues.attribution(symbol).is_empty() || !self.knowledge.cues.reality(symbol).is_empty()
    }

    /// The words that evoke a rule at a token, when all of them are there.
    fn words(&self, token: TokenId, compiled: &Compiled) -> Option<Vec<Span>> {
        let tree = self.tree;
        let document = tree.document();
        let sentence = document.sentence(document.sentence_of(token));
        let mut span = document.span(token);
        let mut at = token.0;
        for word in compiled.before.iter().rev() {
            at = at.checked_sub(1).filter(|&t| t >= sentence.first.0)?;
            if tree.form(TokenId(at)) == "-" {
                at = at.checked_sub(1).filter(|&t| t >= sentence.first.0)?;
            }
            if !self.is_word(TokenId(at), word) {
                return None;
            }
            span = document.span(TokenId(at)).cover(span);
        }
        let mut words = vec![span];
        // A particle that the rule does not know makes another verb: "shell out", "carry on".
        let stray = tree.children(token).any(|c| {
            tree.deprel(c) == Deprel::CompoundPrt && !compiled.after.iter().any(|word| self.is_word(c, word))
        });
        if stray && compiled.position == Position::Verb {
            return None;
        }
        let mut at = token.0;
        for word in &compiled.after {
            let reach = (at + 5).min(sentence.last.0);
            at = (at + 1..reach).find(|&t| self.is_word(TokenId(t), word))?;
            let next = TokenId(at);
            let near = at == token.0 + words.len() as u32;
            let hangs = near || tree.is_below(next, token) || tree.head(token) == tree.head(next);
            if !hangs {
                return None;
            }
            words.push(document.span(next));
        }
        Some(words)
    }

    /// Whether a noun is a word, or a compound such as "video link".
    fn is_phrase(&self, token: TokenId, words: &str) -> bool {
        match words.rsplit_once(' ') {
            None => self.is_word(token, words),
            Some((modifier, head)) => {
                self.is_word(token, head) && self.tree.children(token).any(|c| self.is_word(c, modifier))
            }
        }
    }

    fn is_word(&self, token: TokenId, word: &str) -> bool {
        self.tree.lemma(token) == word
            || self.tree.form(token).eq_ignore_ascii_case(word)
            || self.knowledge.symbols.get(word).is_some_and(|symbol| {
                self.knowledge.symbols.readings(self.tree, token).iter().any(|s| s == symbol)
            })
    }

    /// Whether a token, alone or with a word that modifies it, is in a set.
    fn is_one_of(&self, token: TokenId, set: &WordSet) -> bool {
        let tree = self.tree;
        let symbols = &self.knowledge.symbols;
        let meant = meant_noun(tree, token);
        if set.has(symbols.readings(tree, token))
            || (meant != token && set.has(symbols.readings(tree, meant)))
        {
            return true;
        }
        set.compounds().any(|(modifier, head)| {
            self.is_word(meant, head)
                && tree.children(meant).any(|c| {
                    matches!(tree.deprel(c), Deprel::Compound | Deprel::Amod)
                        && modifier.rsplit(' ').next().is_some_and(|m| self.is_word(c, m))
                })
        })
    }

    fn is_negated_somewhere(&self, token: TokenId) -> bool {
        let tree = self.tree;
        is_negated(tree, token)
            || tree.head(token).is_some_and(|head| {
                matches!(tree.deprel(token), Deprel::Xcomp | Deprel::Obj) && is_negated(tree, head)
            })
    }

    /// What the act is about: the object, or the phrase of the preposition that belongs to the verb.
    fn object(&self, token: TokenId, compiled: &Compiled) -> Option<TokenId> {
        let tree = self.tree;
        match compiled.position {
            Position::Verb => {
                let governed = compiled.after.last().and_then(|p| phrases(tree, token, p).next());
                governed.or_else(|| logical_object(tree, token))
            }
            Position::Noun => phrases(tree, token, "of").next(),
            Position::Adjective => phrases(tree, token, "of").next(),
        }
    }

    fn subject(&self, token: TokenId, position: Position) -> Option<TokenId> {
        match position {
            Position::Verb => logical_subject(self.tree, token),
            Position::Noun => phrases(self.tree, token, "by").next(),
            Position::Adjective => grammatical_subject(self.tree, token),
        }
    }

    /// The light verb whose object an event noun is.
    fn light_verb(&self, noun: TokenId) -> Option<Light> {
        let tree = self.tree;
        let verb = tree.head(noun)?;
        let preposition = case(tree, noun);
        let fits = matches!(
            (tree.deprel(noun), preposition),
            (Deprel::Obj | Deprel::NsubjPass, _) | (Deprel::Obl, Some(_))
        ) || (tree.deprel(noun) == Deprel::Nsubj && preposition.is_none());
        if !fits || tree.upos(verb) != Upos::Verb {
            return None;
        }
        let supports = self.knowledge.codebook.supports(self.knowledge.symbols.get(tree.lemma(verb)));
        let direct = matches!(tree.deprel(noun), Deprel::Obj | Deprel::NsubjPass);
        supports
            .iter()
            .find(|(after, _)| match after.last() {
                None => direct,
                Some(last) => {
                    preposition == Some(&**last)
                        || (direct && tree.children(verb).any(|c| tree.lemma(c) == &**last))
                }
            })
            .map(|&(_, subject)| Light { verb, subject })
    }

    /// The acts that stand in the complements of a word.
    fn embedded(&self, token: TokenId, complements: &[Complement], light: Option<Light>) -> Vec<u32> {
        if complements.is_empty() {
            return Vec::new();
        }
        let tree = self.tree;
        let governors = std::iter::once(token).chain(light.map(|l| l.verb));
        let mut inner = Vec::new();
        // "Allowed the fighters to leave": the parser may hang the infinitive on the object.
        let below_object = tree.child(token, Deprel::Obj).into_iter().flat_map(|o| {
            tree.children(o).filter(|&c| tree.deprel(c) == Deprel::Acl && is_infinitive(tree, c))
        });
        for child in governors.flat_map(|g| tree.children(g)).chain(below_object) {
            // "Let the rebels withdraw": an infinitive without *to*.
            let bare =
                tree.xpos(child) == Xpos::Vb && matches!(tree.lemma(token), "let" | "make" | "help" | "see");
            let infinitive = is_infinitive(tree, child) || bare;
            let fits = complements.iter().any(|complement| match complement {
                Complement::To => {
                    (infinitive
                        && matches!(
                            tree.deprel(child),
                            Deprel::Xcomp | Deprel::Acl | Deprel::Advcl | Deprel::Ccomp
                        ))
                        || (matches!(tree.deprel(child), Deprel::Obl | Deprel::Nmod)
                            && case(tree, child) == Some("to"))
                }
                Complement::That => {
                    tree.deprel(child) == Deprel::Ccomp
                        || (tree.deprel(child) == Deprel::Acl
                            && tree.children(child).any(|c| tree.lemma(c) == "that"))
                }
                Complement::Ing => {
                    tree.xpos(child) == Xpos::Vbg
                        && matches!(
                            tree.deprel(child),
                            Deprel::Xcomp
                                | Deprel::Advcl
                                | Deprel::Acl
                                | Deprel::Ccomp
                                | Deprel::Obj
                                | Deprel::Obl
                        )
                }
                Complement::Object => {
                    matches!(tree.deprel(child), Deprel::Obj | Deprel::NsubjPass)
                        || (tree.deprel(child) == Deprel::Nmod && case(tree, child) == Some("of"))
                }
                Complement::Preposition(p) => {
                    matches!(tree.deprel(child), Deprel::Obl | Deprel::Nmod | Deprel::Advcl | Deprel::Acl)
                        && (case(tree, child) == Some(p)
                            || tree
                                .children(child)
                                .any(|c| tree.deprel(c) == Deprel::Mark && tree.lemma(c) == p))
                }
            });
            if fits {
                self.collect_inner(child, &mut inner, 3);
            }
        }
        inner
    }

    /// The acts at a complement's head, or behind aspect verbs, light verbs and conjunctions below it.
    fn collect_inner(&self, head: TokenId, inner: &mut Vec<u32>, steps: u8) {
        let tree = self.tree;
        if let Some(index) = self.at[head.index()] {
            inner.push(index);
        }
        if steps == 0 {
            return;
        }
        for child in tree.children(head) {
            let through = match tree.deprel(child) {
                Deprel::Conj => true,
                Deprel::Xcomp | Deprel::Obj => self.at[head.index()].is_none() && self.is_transparent(head),
                Deprel::Nmod => self.at[head.index()].is_none() && case(tree, child) == Some("of"),
                _ => false,
            };
            if through {
                self.collect_inner(child, inner, steps - 1);
            }
        }
    }

    /// Whether a word only carries the act below it: a light verb, a word of aspect or reality, or no verb at all.
    fn is_transparent(&self, head: TokenId) -> bool {
        let tree = self.tree;
        let symbol = self.knowledge.symbols.get(tree.lemma(head));
        tree.upos(head) != Upos::Verb
            || !self.knowledge.codebook.supports(symbol).is_empty()
            || !self.knowledge.cues.reality(symbol).is_empty()
    }

    /// What the embedded act tells about the outer one.
    fn refine(&self, act: &mut Act, inner: &Act) {
        act.inner = Some(inner.anchor);
        let embedding =
            self.knowledge.codebook.embedding(act.kind, inner.kind, &inner.modes, &inner.contexts);
        if let Some(embedding) = embedding {
            if !embedding.modes.is_empty() {
                act.modes.clone_from(&embedding.modes);
            }
            let appeal = act.cameo.is_some_and(|c| c.as_str().starts_with("02"));
            let code = if appeal { embedding.cameo_appeal } else { embedding.cameo };
            act.cameo = code.or(act.cameo);
        }
        // "Urged Kyiv not to attack" asks to yield.
        if act.kind == EventType::Request
            && inner.status.polarity == Polarity::Negative
            && !inner.kind.is_cooperative()
        {
            act.modes = vec![Mode::Yield];
            let appeal = act.cameo.is_some_and(|c| c.as_str().starts_with("02"));
            act.cameo = Cameo::parse(if appeal { "0256" } else { "105" });
        }
        for &context in &inner.contexts {
            if !act.contexts.contains(&context) {
                act.contexts.push(context);
            }
        }
        // Who is asked is who would act; who is refused or threatened is who would be acted upon.
        if act.recipient.is_empty() {
            let party = match act.kind {
                EventType::Request => &inner.actor,
                _ => &inner.recipient,
            };
            let own = act.actor.clone();
            act.recipient.extend(party.iter().filter(|t| !own.contains(t)));
        }
    }

    fn roles(
        &self,
        token: TokenId,
        compiled: &Compiled,
        rule: &Rule,
        object: Option<TokenId>,
        light: Option<Light>,
    ) -> (Vec<TokenId>, Vec<TokenId>) {
        let place = Place { token, compiled, rule, object, light };
        let mut actor = self.first_filled(&place, &rule.actor, &[]);
        let mut recipient = self.first_filled(&place, &rule.recipient, &actor);
        if rule.reciprocal {
            self.reciprocal(&place, &mut actor, &mut recipient);
        }
        recipient.retain(|t| rule.reciprocal || !actor.contains(t));
        (actor, recipient)
    }

    /// The fillers of the first relation that names somebody; else of the first that has any.
    fn first_filled(&self, place: &Place<'_>, relations: &[Relation], except: &[TokenId]) -> Vec<TokenId> {
        let tree = self.tree;
        let mut unnamed = Vec::new();
        for relation in relations {
            let mut fillers: Vec<TokenId> = Vec::new();
            for filler in self.fillers(place, relation) {
                fillers.extend(
                    joined(tree, filler).map(|t| meant_noun(tree, t)).filter(|t| !except.contains(t)),
                );
            }
            fillers.dedup();
            if fillers.iter().any(|&t| !self.mentions.named(tree, t).is_empty()) {
                return fillers;
            }
            if unnamed.is_empty() {
                unnamed = fillers;
            }
        }
        unnamed
    }

    fn fillers(&self, place: &Place<'_>, relation: &Relation) -> Vec<TokenId> {
        match place.compiled.position {
            Position::Verb | Position::Adjective => self.verb_fillers(place, relation),
            Position::Noun => self.noun_fillers(place, relation),
        }
    }

    fn verb_fillers(&self, place: &Place<'_>, relation: &Relation) -> Vec<TokenId> {
        let tree = self.tree;
        let Place { token, rule, object, .. } = *place;
        match relation {
            Relation::Subject => self.subject(token, place.compiled.position).into_iter().collect(),
            Relation::Object if !rule.object.is_empty() => {
                // The object is part of the act; whose it is, is acted upon.
                object.into_iter().collect()
            }
            Relation::Object => object.or_else(|| receiver(tree, token)).into_iter().collect(),
            Relation::IndirectObject => {
                receiver(tree, token).into_iter().chain(phrases(tree, token, "to")).collect()
            }
            Relation::Clause => tree
                .children(token)
                .filter(|&c| matches!(tree.deprel(c), Deprel::Ccomp | Deprel::Xcomp | Deprel::Advcl))
                .filter_map(|c| {
                    tree.children(c).find(|&s| matches!(tree.deprel(s), Deprel::Nsubj | Deprel::NsubjPass))
                })
                .take(1)
                .collect(),
            Relation::Preposition(p) => {
                let own = phrases(tree, token, p);
                let of_object = object
                    .into_iter()
                    .flat_map(|o| [Some(o), Some(meant_noun(tree, o)).filter(|m| *m != o)])
                    .flatten()
                    .flat_map(|o| phrases(tree, o, p));
                // "Talks between X and Y began": the subject is part of the act.
                let subject = (!rule.subject.is_empty()).then(|| grammatical_subject(tree, token)).flatten();
                let of_subject = subject.into_iter().flat_map(|s| phrases(tree, s, p));
                let mut found: Vec<TokenId> = own.chain(of_object).chain(of_subject).collect();
                if found.is_empty() {
                    found = self.nested_phrases(token, object, p);
                }
                found
            }
        }
    }

    /// Phrases of a preposition one step further down: "held talks on Friday in Berlin with X", "cleared the way for
    /// talks with X", "the request of the head of X".
    fn nested_phrases(&self, token: TokenId, object: Option<TokenId>, preposition: &str) -> Vec<TokenId> {
        let tree = self.tree;
        let oblique = |t: TokenId| {
            tree.children(t)
                .filter(|&c| matches!(tree.deprel(c), Deprel::Obl | Deprel::Nmod | Deprel::OblUnmarked))
        };
        let beside = oblique(token).chain(object.into_iter().flat_map(oblique));
        beside.flat_map(|c| phrases(tree, c, preposition)).take(1).collect()
    }

    fn noun_fillers(&self, place: &Place<'_>, relation: &Relation) -> Vec<TokenId> {
        let tree = self.tree;
        let Place { token, rule, light, .. } = *place;
        let owners = || {
            tree.children(token).filter(move |&c| match tree.deprel(c) {
                Deprel::NmodPoss => true,
                Deprel::Amod | Deprel::Compound | Deprel::NmodDesc => !self.mentions.at(c).is_empty(),
                _ => false,
            })
        };
        let light_subject = |wanted: SupportSubject| {
            light.filter(|l| l.subject == wanted).and_then(|l| logical_subject(tree, l.verb))
        };
        // "Russian-led talks", "a visit by X": the by-phrase first, then the owner, then the light verb's subject.
        match relation {
            Relation::Subject => {
                // The parser may hang "by rebels" on the noun before it: "the killing of a farmer by rebels".
                let by = phrases(tree, token, "by")
                    .chain(place.object.into_iter().flat_map(|o| phrases(tree, o, "by")))
                    .next();
                // An owner who is nobody known ("its", unresolved) leaves the act to whoever carries it.
                let owner = owners()
                    .find(|&o| !self.mentions.named(tree, o).is_empty())
                    .filter(|_| !rule.possessor_suffers);
                let agent = light.and_then(|l| phrases(tree, l.verb, "by").next());
                by.or(owner)
                    .or_else(|| light_subject(SupportSubject::Actor))
                    .or(agent)
                    .or_else(|| {
                        light
                            .filter(|l| l.subject == SupportSubject::Recipient)
                            .and_then(|l| phrases(tree, l.verb, "from").next())
                    })
                    .into_iter()
                    .collect()
            }
            Relation::Object => {
                let of = phrases(tree, token, "of").next();
                let owner = owners().next().filter(|_| rule.possessor_suffers);
                of.or(owner).or_else(|| light_subject(SupportSubject::Recipient)).into_iter().collect()
            }
            Relation::IndirectObject => {
                let given = light.and_then(|l| receiver(tree, l.verb));
                given.into_iter().chain(phrases(tree, token, "to")).collect()
            }
            Relation::Clause => tree
                .children(token)
                .filter(|&c| matches!(tree.deprel(c), Deprel::Acl | Deprel::Ccomp))
                .filter_map(|c| tree.children(c).find(|&s| tree.deprel(s) == Deprel::Nsubj))
                .take(1)
                .collect(),
            Relation::Preposition(p) => {
                let own = phrases(tree, token, p);
                let of_light = light.into_iter().flat_map(|l| phrases(tree, l.verb, p));
                // "The signing of a pact with Tokyo"
                let of_object = place.object.into_iter().flat_map(|o| phrases(tree, o, p));
                own.chain(of_light).chain(of_object).collect()
            }
        }
    }

    /// "X and Y met", "X met Y", "talks between X and Y": all parties.
    fn reciprocal(&self, place: &Place<'_>, actor: &mut Vec<TokenId>, recipient: &mut Vec<TokenId>) {
        let tree = self.tree;
        let between: Vec<TokenId> = self
            .fillers(place, &Relation::Preposition("between".to_owned()))
            .into_iter()
            .flat_map(|t| joined(tree, t))
            .collect();
        if between.len() > 1 {
            actor.clone_from(&between);
            recipient.clone_from(&between);
            return;
        }
        if recipient.is_empty() && actor.len() > 1 {
            recipient.clone_from(actor);
        }
    }
}

/// Where a rule is being tried.
#[derive(Clone, Copy)]
struct Place<'a> {
    token: TokenId,
    compiled: &'a Compiled,
    rule: &'a Rule,
    object: Option<TokenId>,
    light: Option<Light>,
}
