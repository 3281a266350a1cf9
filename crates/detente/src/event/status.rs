//! Polarity, reality and time status: whether the text presents an act as done, planned, possible, demanded, denied.
//!
//! The walk starts at the word that evokes the act and climbs through what governs it: auxiliaries, light verbs,
//! words of `cues/reality.tsv`, conditional and purpose clauses. It ends at the clause's top, at a relative clause,
//! or at the clause of a statement, whose stance is the statement's own matter.

use super::{Polarity, Reality, TimeStatus};
use crate::{
    attribution::{is_negated, is_negated_beside},
    clause::{case, is_infinitive},
    knowledge::{CuePos, Effect, Frame, Knowledge},
};
use detente_text::{Deprel, TokenId, Tree, Upos, Xpos};

/// How the text presents an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Status {
    pub(crate) polarity: Polarity,
    pub(crate) reality: Reality,
    pub(crate) time: TimeStatus,
}

impl Status {
    const PLAIN: Self =
        Self { polarity: Polarity::Positive, reality: Reality::Actual, time: TimeStatus::Current };

    fn negate(&mut self) {
        self.polarity = match self.polarity {
            Polarity::Positive => Polarity::Negative,
            Polarity::Negative => Polarity::Positive,
        };
    }

    /// The less real of two readings stays.
    pub(crate) fn weaken(&mut self, reality: Reality) {
        let rank = |r| match r {
            Reality::Actual => 0,
            Reality::Planned => 1,
            Reality::Demanded => 2,
            Reality::Possible => 3,
            Reality::Conditional => 4,
        };
        if rank(reality) > rank(self.reality) {
            self.reality = reality;
        }
        if reality == Reality::Planned && self.time == TimeStatus::Current {
            self.time = TimeStatus::Future;
        }
    }

    fn apply(&mut self, effect: Effect) {
        match effect.reality() {
            Some(reality) => self.weaken(reality),
            None => self.negate(),
        }
    }
}

/// How the text presents the act that `anchor` evokes.
pub(crate) fn status(tree: &Tree<'_>, anchor: TokenId, knowledge: &Knowledge) -> Status {
    let mut status = Status::PLAIN;
    let walk = Walk { tree, knowledge };
    walk.own_level(anchor, None, &mut status);
    let mut current = anchor;
    for _ in 0..10 {
        let Some(next) = walk.climb(current, &mut status) else { break };
        current = next;
    }
    // A short stretch in quotation marks keeps its distance: the "incursion".
    if tree.upos(anchor) != Upos::Verb && is_scare_quoted(tree, anchor) {
        status.weaken(Reality::Possible);
    }
    // An infinitive that nothing governs ("Neighbours move to seal the border") is no deed.
    let bare = current == anchor && is_infinitive(tree, anchor);
    if bare {
        status.weaken(Reality::Possible);
    }
    status
}

/// Whether a word stands between quotation marks that hold at most four words.
fn is_scare_quoted(tree: &Tree<'_>, anchor: TokenId) -> bool {
    let document = tree.document();
    let span = document.span(anchor);
    let quotations = document.quotations();
    // By their opening marks they are in order, whatever they nest.
    let last = quotations.partition_point(|q| q.span.start <= span.start);
    quotations[last.saturating_sub(4)..last]
        .iter()
        .any(|q| q.content.contains(span) && document.tokens_in(q.content).len() <= 4)
}

struct Walk<'r> {
    tree: &'r Tree<'r>,
    knowledge: &'r Knowledge,
}

impl Walk<'_> {
    /// What stands right at a word: negation, auxiliaries, determiners, adjectives.
    /// `below` is the argument from which the walk comes, whose own negation has been counted.
    fn own_level(&self, token: TokenId, below: Option<TokenId>, status: &mut Status) {
        let tree = self.tree;
        if is_negated_beside(tree, token, below) {
            status.negate();
        }
        let has_condition =
            tree.children(token).any(|c| matches!(tree.deprel(c), Deprel::Advcl) && self.is_condition(c));
        for child in tree.children(token) {
            match tree.deprel(child) {
                Deprel::Aux | Deprel::AuxPass | Deprel::Cop => self.modal(child, has_condition, status),
                Deprel::Amod => {
                    if let Some(effect) = self.effect(child, CuePos::Adjective, &|f| *f == Frame::Amod) {
                        status.apply(effect);
                    }
                }
                Deprel::Compound if tree.upos(token) == Upos::Noun => {
                    if let Some(effect) =
                        self.effect(child, CuePos::Noun, &|f| matches!(f, Frame::Preposition(p) if p == "of"))
                    {
                        status.apply(effect);
                    }
                }
                _ => {}
            }
        }
        // A participle before its noun: "the planned talks" (tagged as a verb).
        if self.is_condition(token) {
            status.weaken(Reality::Conditional);
        }
        let modal = tree.children(token).any(|c| tree.xpos(c) == Xpos::Md);
        if has_condition && modal {
            status.weaken(Reality::Conditional);
        }
    }

    fn modal(&self, aux: TokenId, has_condition: bool, status: &mut Status) {
        let form = self.tree.form(aux).to_lowercase();
        let reality = match form.as_str() {
            "will" | "shall" | "'ll" | "’ll" | "wo" | "sha" => Reality::Planned,
            "would" | "'d" | "’d" if has_condition => Reality::Conditional,
            "would" if self.tree.xpos(aux) == Xpos::Md => Reality::Planned,
            "could" | "may" | "might" | "can" | "ca" => Reality::Possible,
            "must" | "should" | "ought" => Reality::Demanded,
            _ => return,
        };
        status.weaken(reality);
    }

    fn is_condition(&self, clause: TokenId) -> bool {
        let tree = self.tree;
        tree.children(clause).any(|c| {
            let in_case = tree.lemma(c) == "in" && tree.children(c).any(|d| tree.lemma(d) == "case");
            in_case && tree.deprel(c) == Deprel::Mark
                || matches!(tree.deprel(c), Deprel::Mark | Deprel::Advmod)
                    && matches!(tree.lemma(c), "if" | "unless" | "whether" | "provided" | "lest")
                    && tree.deprel(clause) != Deprel::Ccomp
        })
    }

    /// Applies what governs a word and returns where to climb on, if anywhere.
    fn climb(&self, current: TokenId, status: &mut Status) -> Option<TokenId> {
        let tree = self.tree;
        let head = tree.head(current)?;
        let nominal = matches!(tree.upos(current), Upos::Noun | Upos::Propn | Upos::Num);
        // "The response to an invasion", "the basis for an attack": one that may come.
        let indefinite = nominal
            && matches!(case(tree, current), Some("to" | "for" | "against" | "towards" | "toward"))
            && tree.children(current).any(|c| matches!(tree.lemma(c), "a" | "an" | "any" | "another"));
        if indefinite {
            status.weaken(Reality::Possible);
        }
        match tree.deprel(current) {
            Deprel::Obj | Deprel::NsubjPass | Deprel::Nsubj | Deprel::Obl if nominal => {
                self.governed_noun(current, head, status)
            }
            // "Invasion fears", "invasion plans"
            Deprel::Compound if nominal => {
                let effect =
                    self.effect(head, CuePos::Noun, &|f| matches!(f, Frame::Preposition(p) if p == "of"));
                status.weaken(Reality::Possible);
                if let Some(effect) = effect {
                    status.apply(effect);
                }
                Some(head)
            }
            Deprel::Nmod => {
                let preposition = case(tree, current)?;
                let fits = |f: &Frame| matches!(f, Frame::Preposition(p) if p == preposition);
                let effect = self.effect(head, CuePos::Noun, &fits)?;
                status.apply(effect);
                if is_negated(tree, head) {
                    status.negate();
                }
                Some(head)
            }
            Deprel::Xcomp | Deprel::Advcl | Deprel::Acl | Deprel::Ccomp | Deprel::Csubj => {
                self.governed_clause(current, head, status)
            }
            Deprel::Conj => {
                // "will meet and discuss": the second verb shares what stands before the first.
                let own = tree
                    .children(current)
                    .any(|c| matches!(tree.deprel(c), Deprel::Aux | Deprel::Nsubj | Deprel::NsubjPass));
                // A finite verb cannot share a modal: "may look for a way out but urged Moscow …".
                let finite = matches!(tree.xpos(current), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
                if own || finite {
                    return None;
                }
                for child in tree.children(head).filter(|&c| c < current) {
                    if tree.deprel(child) == Deprel::Aux {
                        self.modal(child, false, status);
                    }
                    let denies =
                        tree.deprel(child) == Deprel::Advmod && matches!(tree.lemma(child), "not" | "never");
                    if denies && tree.children(current).any(|c| matches!(tree.lemma(c), "or" | "nor")) {
                        status.negate();
                    }
                }
                match matches!(tree.upos(head), Upos::Verb | Upos::Noun) {
                    true => self.climb(head, status),
                    false => None,
                }
            }
            _ => None,
        }
    }

    /// An event noun below a verb.
    fn governed_noun(&self, noun: TokenId, verb: TokenId, status: &mut Status) -> Option<TokenId> {
        let tree = self.tree;
        if !matches!(tree.upos(verb), Upos::Verb | Upos::Aux | Upos::Adj) {
            return None;
        }
        let preposition = case(tree, noun);
        let subject = matches!(tree.deprel(noun), Deprel::Nsubj);
        let fits = |f: &Frame| match f {
            Frame::Obj => preposition.is_none() && !subject,
            Frame::Preposition(p) => Some(p.as_str()) == preposition,
            _ => false,
        };
        let position = if tree.upos(verb) == Upos::Adj { CuePos::Adjective } else { CuePos::Verb };
        if let Some(effect) = self.effect_governed(verb, position, preposition, &fits) {
            status.apply(effect);
            self.own_level(verb, Some(noun), status);
            return Some(verb);
        }
        let direct = matches!(tree.deprel(noun), Deprel::Obj | Deprel::NsubjPass);
        let supports = self.knowledge.codebook.supports(self.knowledge.symbols.get(tree.lemma(verb)));
        let light = supports.iter().any(|(after, _)| match after.last() {
            None => direct,
            Some(last) => preposition == Some(&**last),
        });
        let occurs = subject
            && matches!(
                tree.lemma(verb),
                "be" | "occur" | "happen" | "take" | "begin" | "start" | "continue" | "resume"
            );
        // "An invasion would entail costs": an act that is only supposed.
        let supposed = matches!(tree.deprel(noun), Deprel::Nsubj | Deprel::NsubjPass)
            && !tree
                .children(noun)
                .any(|c| matches!(tree.lemma(c), "the" | "this" | "that" | "these" | "those"))
            && tree.children(verb).any(|c| matches!(tree.lemma(c), "would" | "could" | "might" | "may"));
        if supposed {
            status.weaken(Reality::Possible);
        }
        let existential = tree.has(verb, Deprel::Expl);
        if light || occurs || existential {
            self.own_level(verb, Some(noun), status);
            return Some(verb);
        }
        None
    }

    /// A clause below a verb, noun or adjective.
    fn governed_clause(&self, clause: TokenId, head: TokenId, status: &mut Status) -> Option<TokenId> {
        let tree = self.tree;
        let infinitive = is_infinitive(tree, clause);
        let gerund = tree.xpos(clause) == Xpos::Vbg;
        let finite = matches!(tree.deprel(clause), Deprel::Ccomp | Deprel::Csubj) && !infinitive;
        let mark = tree.children(clause).find(|&c| tree.deprel(c) == Deprel::Mark).map(|c| tree.lemma(c));
        let fits = |f: &Frame| match f {
            Frame::To => infinitive,
            Frame::Ing => gerund,
            Frame::That => finite || mark == Some("that"),
            Frame::Preposition(p) => Some(p.as_str()) == mark,
            _ => false,
        };
        let position = match tree.upos(head) {
            Upos::Verb | Upos::Aux => CuePos::Verb,
            Upos::Adj | Upos::Adv => CuePos::Adjective,
            _ => CuePos::Noun,
        };
        let effect = self.effect_governed(head, position, mark.filter(|_| gerund), &fits);
        let states =
            !self.knowledge.cues.attribution(self.knowledge.symbols.get(tree.lemma(head))).is_empty();
        match (effect, tree.deprel(clause)) {
            // What is said is the statement's matter; only a denial reaches into it.
            (Some(effect), Deprel::Ccomp) if states => {
                if effect == Effect::Negative && !is_negated(tree, head) {
                    status.negate();
                }
                self.conditional_saying(head, status);
                None
            }
            (Some(effect), _) => {
                status.apply(effect);
                self.own_level(head, Some(clause), status);
                Some(head)
            }
            (None, Deprel::Advcl) => {
                match mark {
                    Some("without") => status.negate(),
                    // "Her legacy will live on after she steps down"
                    Some("after" | "before" | "once" | "when" | "until" | "as" | "while")
                        if self.is_future(head) =>
                    {
                        status.weaken(Reality::Planned);
                    }
                    // "so that", and what a parser makes of "if it saw that …"
                    Some("that") => status.weaken(Reality::Possible),
                    Some("to") | None if infinitive => status.weaken(Reality::Planned),
                    _ => {}
                }
                None
            }
            (None, Deprel::Xcomp) => {
                // A control verb without a row: an infinitive may be, a gerund is.
                if infinitive && !self.is_modal_like(head) {
                    status.weaken(Reality::Possible);
                }
                self.own_level(head, Some(clause), status);
                Some(head)
            }
            // "Fears of Russia invading": the noun that the gerund hangs on is itself below "fears".
            (None, Deprel::Acl) if gerund => {
                // "A referendum on annexing the territory": what a noun is about has not happened for that.
                if mark.is_some() {
                    status.weaken(Reality::Possible);
                }
                Some(head)
            }
            (None, Deprel::Ccomp) => {
                self.conditional_saying(head, status);
                None
            }
            (None, Deprel::Acl) if infinitive => {
                status.weaken(Reality::Possible);
                if is_negated(tree, head) {
                    status.negate();
                }
                Some(head)
            }
            _ => None,
        }
    }

    fn is_future(&self, verb: TokenId) -> bool {
        let tree = self.tree;
        tree.children(verb).any(|c| {
            tree.deprel(c) == Deprel::Aux && matches!(tree.lemma(c), "will" | "shall" | "would" | "'ll")
        })
    }

    /// "If it saw that the troops were pulled back": what is seen depends, too.
    fn conditional_saying(&self, verb: TokenId, status: &mut Status) {
        if self.is_condition(verb) {
            status.weaken(Reality::Conditional);
        }
    }

    /// "has to", "needs to": obligation; "used to": past.
    fn is_modal_like(&self, verb: TokenId) -> bool {
        matches!(self.tree.lemma(verb), "have" | "use" | "be" | "go" | "come" | "help" | "seem" | "appear")
    }

    fn effect(&self, token: TokenId, pos: CuePos, fits: &dyn Fn(&Frame) -> bool) -> Option<Effect> {
        self.effect_governed(token, pos, None, fits)
    }

    /// The effect of a word of the reality table that stands in one of the frames. A lemma with a preposition
    /// ("push for") needs that preposition at the act.
    fn effect_governed(
        &self,
        token: TokenId,
        pos: CuePos,
        preposition: Option<&str>,
        fits: &dyn Fn(&Frame) -> bool,
    ) -> Option<Effect> {
        let tree = self.tree;
        let entries = self.knowledge.cues.reality(self.knowledge.symbols.get(tree.lemma(token)));
        let own = |e: &&crate::knowledge::CueEntry<Effect>| {
            let pos_fits = e.pos == pos || (e.pos == CuePos::Adjective && pos == CuePos::Verb);
            if !pos_fits {
                return false;
            }
            match e.rest.last() {
                None => e.frames.iter().any(fits),
                Some(last) => {
                    let particle = tree.children(token).any(|c| {
                        matches!(tree.deprel(c), Deprel::CompoundPrt | Deprel::Advmod)
                            && tree.lemma(c) == &**last
                    });
                    (particle && e.frames.iter().any(fits))
                        || (preposition == Some(&**last)
                            && e.frames.iter().any(|f| matches!(f, Frame::Obj | Frame::Ing)))
                }
            }
        };
        entries.iter().find(own).map(|e| e.meaning)
    }
}
