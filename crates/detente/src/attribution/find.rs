//! Finds statements: a cue of the tables, whoever uses it, and what stands in one of its frames.

use super::{Stance, Style, source};
use crate::{
    clause::{capital_modifier, case, grammatical_subject, is_infinitive, logical_subject, phrases},
    knowledge::{CuePos, Cues, Frame, Symbols},
};
use detente_text::{Deprel, Quotation, SentenceId, Span, TokenId, Tree, Upos, Xpos};

/// A statement, before it is known who is behind the words of its source.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub(crate) sentence: SentenceId,
    /// Head of the source, and its words.
    pub(crate) source: Option<(TokenId, Span)>,
    /// Head, words and lemma of the cue.
    pub(crate) cue: Option<(TokenId, Span, String)>,
    pub(crate) content: Vec<Span>,
    pub(crate) style: Style,
    pub(crate) stance: Stance,
    /// The source is said not to say it.
    pub(crate) silent: bool,
    /// Index of the statement inside whose content this one stands.
    pub(crate) parent: Option<usize>,
}

/// A cue with its content heads, before spans are cut.
struct Candidate<'c> {
    cue: TokenId,
    words: Span,
    lemma: &'c str,
    source: Option<TokenId>,
    heads: Vec<TokenId>,
    stance: Stance,
    silent: bool,
    /// Only a quotation can be the content.
    quotation: Option<usize>,
}

/// All statements of a document, by the position of their cues.
pub(crate) fn find(tree: &Tree<'_>, cues: &Cues, symbols: &Symbols) -> Vec<Statement> {
    let document = tree.document();
    // Outer quotations only: they follow each other, so that they can be searched by position.
    let quotations: Vec<Quotation> = document.quotations().iter().copied().filter(|q| q.depth == 0).collect();
    let quotations = quotations.as_slice();
    let mut statements = Vec::new();
    for index in 0..document.tokens().len() {
        let token = TokenId::at(index);
        if let Some(candidate) = candidate(tree, quotations, cues, symbols, token) {
            statements.extend(statement(tree, quotations, candidate));
        }
    }
    quoted_as_saying(tree, quotations, &mut statements);
    signed(tree, quotations, &mut statements);
    statements.sort_by_key(position);
    continue_quotations(tree, quotations, &mut statements);
    statements.sort_by_key(|s| (position(s), s.content.first().map(|c| c.start)));
    set_parents(&mut statements);
    drop_demanded(tree, &mut statements);
    statements
}

/// "Urged Kenya to condemn the coup": the denunciation is what is asked for; nobody has made it.
fn drop_demanded(tree: &Tree<'_>, statements: &mut Vec<Statement>) {
    let asked: Vec<bool> = statements
        .iter()
        .map(|s| {
            let demanded = s.parent.is_some_and(|p| statements[p].stance == Stance::Demands);
            demanded && s.cue.as_ref().is_some_and(|(cue, ..)| is_infinitive(tree, *cue))
        })
        .collect();
    if !asked.contains(&true) {
        return;
    }
    let mut index = 0;
    statements.retain(|_| {
        index += 1;
        !asked[index - 1]
    });
    set_parents(statements);
}

fn position(statement: &Statement) -> u32 {
    statement.cue.as_ref().map_or_else(|| statement.content[0].start, |(_, span, _)| span.start)
}

fn candidate<'c>(
    tree: &Tree<'_>,
    quotations: &[Quotation],
    cues: &'c Cues,
    symbols: &Symbols,
    token: TokenId,
) -> Option<Candidate<'c>> {
    let lemma = tree.lemma(token);
    let pos = match tree.upos(token) {
        Upos::Verb => CuePos::Verb,
        Upos::Noun => CuePos::Noun,
        Upos::Adj => CuePos::Adjective,
        _ => CuePos::Preposition,
    };
    let by_lemma = cues.attribution(symbols.get(lemma)).iter().filter(|e| e.pos == pos);
    let form = tree.form(token).to_lowercase();
    let by_form = cues
        .attribution(symbols.get(&form))
        .iter()
        .filter(|e| e.pos == CuePos::Preposition && tree.upos(token) != Upos::Noun);
    for entry in by_form.chain(by_lemma) {
        let Some(words) = following(tree, token, &entry.rest) else { continue };
        let found = match entry.pos {
            CuePos::Verb => verb_frames(tree, token, &entry.frames, &entry.rest),
            CuePos::Noun => noun_frames(tree, token, &entry.frames),
            CuePos::Adjective => adjective_frames(tree, token, &entry.frames),
            CuePos::Preposition => preposition_frame(tree, token, words),
        };
        // "Iran has begun to …, the agency said": what hangs beside the verb says so itself and is no content of it.
        let says = |head: TokenId| {
            tree.deprel(head) == Deprel::Parataxis
                && source::inserted(tree, token).is_none()
                && cues
                    .attribution(symbols.get(tree.lemma(head)))
                    .iter()
                    .any(|e| e.pos == CuePos::Verb && e.frames.contains(&Frame::Quote))
        };
        let found = found.map(|(source, mut heads)| {
            heads.retain(|&head| !says(head));
            (source, heads)
        });
        let Some((_, heads)) = &found else { continue };
        let quoted =
            entry.frames.contains(&Frame::Quote) && nearby_quotation(tree, quotations, token).is_some();
        if heads.is_empty() && !quoted {
            continue;
        }
        if let Some((source, mut heads)) = found {
            let stance = turned(tree, token, entry.meaning, entry.pos);
            // A quotation right beside its cue is the content, whatever else the parser hung on the cue.
            let quotation = (entry.pos == CuePos::Verb && entry.frames.contains(&Frame::Quote))
                .then(|| nearby_quotation(tree, quotations, token))
                .flatten()
                .filter(|&q| touches(tree, quotations[q], token, source));
            if let Some(q) = quotation {
                let span = quotations[q].span;
                heads.retain(|&h| tree.document().span(h).overlaps(span) || tree.deprel(h) == Deprel::Ccomp);
            }
            let silent = is_silent(tree, token, &entry.lemma);
            return Some(Candidate {
                cue: token,
                words,
                lemma: &entry.lemma,
                source,
                heads,
                stance,
                silent,
                quotation,
            });
        }
    }
    // A quotation that the parser did not hang on its cue.
    let entry = cues.attribution(symbols.get(lemma)).iter().find(|e| {
        e.pos == CuePos::Verb && pos == CuePos::Verb && e.rest.is_empty() && e.frames.contains(&Frame::Quote)
    })?;
    let source = logical_subject(tree, token)?;
    let quotation = nearby_quotation(tree, quotations, token)?;
    Some(Candidate {
        cue: token,
        words: tree.document().span(token),
        lemma: &entry.lemma,
        source: Some(source),
        heads: Vec::new(),
        stance: turned(tree, token, entry.meaning, CuePos::Verb),
        silent: false,
        quotation: Some(quotation),
    })
}

/// The words of a cue, when the words after the first follow it nearby.
fn following(tree: &Tree<'_>, token: TokenId, rest: &[Box<str>]) -> Option<Span> {
    let document = tree.document();
    let sentence = document.sentence(document.sentence_of(token));
    let mut span = document.span(token);
    let mut at = token.0;
    for word in rest {
        // A particle may stand behind a short object: "called him on".
        let reach = (at + 4).min(sentence.last.0);
        at = (at + 1..reach).find(|&t| {
            let t = TokenId(t);
            tree.lemma(t) == &**word || tree.form(t).eq_ignore_ascii_case(word)
        })?;
        if at == token.0 + 1 || tree.is_below(TokenId(at), token) || tree.upos(token) != Upos::Verb {
            span = span.cover(document.span(TokenId(at)));
        } else {
            return None;
        }
    }
    Some(span)
}

type Frames = Option<(Option<TokenId>, Vec<TokenId>)>;

fn has_mark(tree: &Tree<'_>, clause: TokenId, word: &str) -> bool {
    tree.children(clause)
        .any(|c| matches!(tree.deprel(c), Deprel::Mark | Deprel::Case) && tree.lemma(c) == word)
}

fn verb_frames(tree: &Tree<'_>, verb: TokenId, frames: &[Frame], rest: &[Box<str>]) -> Frames {
    let finite = frames.iter().any(|f| matches!(f, Frame::That | Frame::Wh | Frame::Quote));
    let mut heads = Vec::new();
    let inserted = source::inserted(tree, verb);
    for child in tree.children(verb).filter(|&c| Some(c) != inserted) {
        let infinitive = is_infinitive(tree, child);
        let fits = match tree.deprel(child) {
            Deprel::Ccomp => finite,
            Deprel::Parataxis => finite && is_clause(tree, child),
            Deprel::Xcomp if infinitive => frames.contains(&Frame::To),
            Deprel::Xcomp | Deprel::Advcl if tree.xpos(child) == Xpos::Vbg => {
                frames.contains(&Frame::Ing)
                    || frames.iter().any(|f| matches!(f, Frame::Preposition(p) if has_mark(tree, child, p)))
            }
            Deprel::Obj => {
                let particle = rest.is_empty() || tree.has(verb, Deprel::CompoundPrt);
                frames.contains(&Frame::Obj) && particle && tree.upos(child) == Upos::Noun
            }
            Deprel::Obl => {
                let preposition = case(tree, child);
                let governed = rest.last().is_some_and(|last| Some(&**last) == preposition);
                (governed && frames.contains(&Frame::Obj))
                    || frames
                        .iter()
                        .any(|f| matches!(f, Frame::Preposition(p) if Some(p.as_str()) == preposition))
            }
            Deprel::NsubjPass => {
                frames.contains(&Frame::Obj) && rest.is_empty() && tree.upos(child) == Upos::Noun
            }
            // "The campaign plans to publish records, a spokesman said": what the parser made the subject.
            Deprel::Nsubj => finite && tree.upos(child) == Upos::Verb && inserted.is_some(),
            _ => false,
        };
        if fits {
            heads.push(child);
        }
    }
    // "…, he said, …": the cue hangs on its content.
    if heads.is_empty() && finite {
        let parenthetical = tree.deprel(verb) == Deprel::Parataxis
            || (tree.deprel(verb) == Deprel::Advcl && has_mark(tree, verb, "as"));
        if parenthetical {
            heads.extend(tree.head(verb).filter(|&h| is_clause(tree, h)));
        }
    }
    if heads.is_empty() && finite {
        heads = source::clauses_around(tree, verb);
    }
    if heads.is_empty() {
        return None;
    }
    // "said … and added …": the second content belongs to the second cue, so a clause head is content once.
    let source = source::of_verb(tree, verb, finite, inserted, &mut heads);
    Some((source, heads))
}

fn is_clause(tree: &Tree<'_>, token: TokenId) -> bool {
    matches!(tree.upos(token), Upos::Verb | Upos::Aux)
        || tree.has(token, Deprel::Cop)
        || tree
            .children(token)
            .any(|c| matches!(tree.deprel(c), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Expl))
}

fn noun_frames(tree: &Tree<'_>, noun: TokenId, frames: &[Frame]) -> Frames {
    let mut clausal = Vec::new();
    let mut nominal = Vec::new();
    for child in tree.children(noun) {
        match tree.deprel(child) {
            Deprel::Acl | Deprel::Ccomp | Deprel::Advcl => {
                let infinitive = is_infinitive(tree, child);
                let that = has_mark(tree, child, "that") || tree.deprel(child) == Deprel::Ccomp;
                let fits = (infinitive && frames.contains(&Frame::To))
                    || (that && !infinitive && frames.contains(&Frame::That))
                    || frames.iter().any(|f| matches!(f, Frame::Preposition(p) if has_mark(tree, child, p)));
                if fits {
                    clausal.push(child);
                }
            }
            Deprel::Nmod => {
                let preposition = case(tree, child);
                if frames
                    .iter()
                    .any(|f| matches!(f, Frame::Preposition(p) if Some(p.as_str()) == preposition))
                {
                    nominal.push(child);
                }
            }
            _ => {}
        }
    }
    let source = noun_source(tree, noun);
    if !clausal.is_empty() {
        return Some((source, clausal));
    }
    // A bare "warnings of …" needs somebody who warns; else it is no statement.
    nominal.retain(|&n| Some(n) != source);
    (source.is_some() && !nominal.is_empty()).then_some((source, nominal))
}

/// Who makes the claim, gives the warning: possessor, *by*- or *from*-phrase, adjective, or the subject of the verb
/// whose object the noun is.
fn noun_source(tree: &Tree<'_>, noun: TokenId) -> Option<TokenId> {
    if let Some(owner) = tree.child(noun, Deprel::NmodPoss) {
        return Some(owner);
    }
    let by = phrases(tree, noun, "by").chain(phrases(tree, noun, "from")).next();
    let maker = by.or_else(|| capital_modifier(tree, noun));
    if maker.is_some() {
        return maker;
    }
    let verb = tree.head(noun)?;
    match tree.deprel(noun) {
        Deprel::Obj if tree.upos(verb) == Upos::Verb => logical_subject(tree, verb),
        Deprel::Obl if case(tree, noun) == Some("in") => logical_subject(tree, verb),
        _ => None,
    }
}

fn adjective_frames(tree: &Tree<'_>, adjective: TokenId, frames: &[Frame]) -> Frames {
    let heads: Vec<TokenId> = tree
        .children(adjective)
        .filter(|&child| {
            let infinitive = is_infinitive(tree, child);
            let preposition = |p: &str| has_mark(tree, child, p);
            match tree.deprel(child) {
                Deprel::Ccomp => frames.iter().any(|f| matches!(f, Frame::That | Frame::Wh)),
                Deprel::Xcomp | Deprel::Advcl => {
                    (infinitive && frames.contains(&Frame::To))
                        || (!infinitive && frames.contains(&Frame::That) && preposition("that"))
                        || frames.iter().any(|f| matches!(f, Frame::Preposition(p) if preposition(p)))
                }
                Deprel::Obl => {
                    let c = case(tree, child);
                    frames.iter().any(|f| matches!(f, Frame::Preposition(p) if Some(p.as_str()) == c))
                }
                _ => false,
            }
        })
        .collect();
    let source = grammatical_subject(tree, adjective)?;
    let expletive = tree.deprel(source) == Deprel::Expl || tree.lemma(source) == "it";
    (!heads.is_empty() && !expletive).then_some((Some(source), heads))
}

/// "According to X": X is the source, the clause around it the content.
fn preposition_frame(tree: &Tree<'_>, first: TokenId, words: Span) -> Frames {
    let document = tree.document();
    // The source is the noun on which the words hang, or the first noun phrase behind them.
    let sentence = document.sentence(document.sentence_of(first));
    let behind = TokenId(document.tokens_in(words).end);
    let source = std::iter::once(first)
        .chain(tree.ancestors(first))
        .take(5)
        .find(|&t| t >= behind && matches!(tree.upos(t), Upos::Noun | Upos::Propn | Upos::Pron))?;
    if behind >= sentence.last {
        return None;
    }
    // "per day" is no source.
    if words.len() == 3 && tree.upos(source) != Upos::Propn {
        return None;
    }
    let content = tree.head(source)?;
    // Set off by a comma it is about the whole sentence, else about its own clause.
    let clause = match is_set_off(tree, first) {
        true => tree.ancestors(source).last().unwrap_or(content),
        false if is_clause(tree, content) => content,
        false => tree.ancestors(content).find(|&t| is_clause(tree, t)).unwrap_or(content),
    };
    Some((Some(source), vec![clause]))
}

/// Whether words begin their sentence or stand behind a comma.
fn is_set_off(tree: &Tree<'_>, first: TokenId) -> bool {
    let document = tree.document();
    let begins = document.sentence(document.sentence_of(first)).first == first;
    begins || first.0.checked_sub(1).is_some_and(|before| tree.form(TokenId(before)) == ",")
}

/// The quotation of a cue's sentence that the cue stands outside of: the one that ends last before it, else the first
/// behind it.
fn nearby_quotation(tree: &Tree<'_>, quotations: &[Quotation], cue: TokenId) -> Option<usize> {
    let document = tree.document();
    let sentence = document.sentence(document.sentence_of(cue)).span;
    let at = document.span(cue);
    let first = quotations.partition_point(|q| q.span.end <= sentence.start);
    let touching = quotations[first..]
        .iter()
        .enumerate()
        .take_while(|(_, q)| q.span.start < sentence.end)
        .filter(|(_, q)| !q.span.overlaps(at) && document.tokens_in(q.content).len() > 2);
    let (before, after): (Vec<_>, Vec<_>) = touching.partition(|(_, q)| q.span.end <= at.start);
    before.last().or(after.first()).map(|&(index, _)| first + index)
}

/// Whether nothing but the cue's own source stands between a quotation and a cue.
fn touches(tree: &Tree<'_>, quotation: Quotation, cue: TokenId, source: Option<TokenId>) -> bool {
    let document = tree.document();
    let quoted = document.tokens_in(quotation.span);
    let between = if quoted.end <= cue.0 { quoted.end..cue.0 } else { cue.0 + 1..quoted.start };
    between.map(TokenId).all(|t| {
        matches!(tree.upos(t), Upos::Punct)
            || source.is_some_and(|s| t == s || tree.is_below(t, s))
            || (tree.head(t) == Some(cue)
                && matches!(tree.deprel(t), Deprel::Advmod | Deprel::Aux | Deprel::Obj | Deprel::Iobj))
            || (quoted.start > cue.0
                && tree.head(t).is_some_and(|h| tree.head(h) == Some(cue))
                && t.0 < quoted.start
                && quoted.start - cue.0 < 5)
    })
}

/// Whether a predicate or noun is negated: by *not*, *never*, *no*, *without*, *yet to*, also across its subject or
/// object.
pub(crate) fn is_negated(tree: &Tree<'_>, token: TokenId) -> bool {
    is_negated_beside(tree, token, None)
}

/// The same, where a negation that stands on one argument has been counted already.
pub(crate) fn is_negated_beside(tree: &Tree<'_>, token: TokenId, counted: Option<TokenId>) -> bool {
    const NEGATIVE: [&str; 14] = [
        "not", "never", "no", "neither", "nor", "n't", "hardly", "barely", "scarcely", "nobody", "none",
        "nothing", "few", "without",
    ];
    let negative = |t: TokenId| NEGATIVE.contains(&tree.lemma(t)) || tree.form(t).eq_ignore_ascii_case("n't");
    let own = tree.children(token).any(|c| match tree.deprel(c) {
        Deprel::Advmod
        | Deprel::Det
        | Deprel::Cc
        | Deprel::CcPreconj
        | Deprel::Mark
        | Deprel::Case
        | Deprel::Aux => {
            // A negation behind its verb belongs to something else: "…; they were not”, she said".
            negative(c)
                && !is_not_only(tree, c)
                && (c < token || tree.deprel(c) == Deprel::Aux || tree.upos(token) != Upos::Verb)
        }
        Deprel::Nsubj | Deprel::NsubjPass if Some(c) != counted => {
            negative(c) || tree.children(c).any(|d| tree.deprel(d) == Deprel::Det && negative(d))
        }
        // "has no troops there"
        Deprel::Obj if Some(c) != counted && tree.upos(token) == Upos::Verb => {
            tree.children(c).any(|d| tree.deprel(d) == Deprel::Det && tree.lemma(d) == "no")
        }
        _ => false,
    });
    // "had yet to see"
    let yet = tree.head(token).is_some_and(|head| {
        matches!(tree.lemma(head), "have" | "be" | "remain")
            && tree.deprel(token) == Deprel::Xcomp
            && tree.children(head).any(|c| tree.lemma(c) == "yet")
    }) || (is_infinitive(tree, token)
        && tree.children(token).any(|c| tree.lemma(c) == "yet" && c < token));
    own || yet
}

/// "Not only": no negation.
fn is_not_only(tree: &Tree<'_>, token: TokenId) -> bool {
    let next = TokenId(token.0 + 1);
    next.index() < tree.document().tokens().len() && matches!(tree.lemma(next), "only" | "just" | "merely")
}

/// "Did not say how many": a negated verb of telling says nothing about its content. A negated verb of belief does.
fn is_silent(tree: &Tree<'_>, cue: TokenId, lemma: &str) -> bool {
    const TELLING: [&str; 14] = [
        "say",
        "tell",
        "specify",
        "disclose",
        "reveal",
        "explain",
        "elaborate",
        "comment",
        "mention",
        "announce",
        "indicate",
        "clarify",
        "state",
        "name",
    ];
    // "Asked whether": a question takes no stance.
    let question = matches!(lemma, "ask" | "wonder" | "inquire" | "enquire")
        && tree.children(cue).any(|c| {
            tree.deprel(c) == Deprel::Ccomp
                && tree.children(c).any(|m| {
                    matches!(
                        tree.lemma(m),
                        "whether" | "if" | "why" | "how" | "when" | "what" | "where" | "who"
                    )
                })
        });
    question || TELLING.contains(&lemma) && tree.upos(cue) == Upos::Verb && is_negated(tree, cue)
}

/// The stance of a cue as it stands: negation turns it, a condition makes it conditional.
fn turned(tree: &Tree<'_>, cue: TokenId, stance: Stance, pos: CuePos) -> Stance {
    let governing = tree.head(cue).filter(|_| pos == CuePos::Noun && tree.deprel(cue) == Deprel::Obj);
    let negated = is_negated(tree, cue) || governing.is_some_and(|verb| is_negated(tree, verb));
    if negated {
        return match stance {
            Stance::Asserts | Stance::Reports => Stance::Doubts,
            // "did not rule out"
            Stance::Denies => Stance::Warns,
            Stance::Doubts => Stance::Asserts,
            Stance::Promises => Stance::Denies,
            other => other,
        };
    }
    let conditional = stance == Stance::Asserts
        && tree.children(cue).any(|c| {
            tree.deprel(c) == Deprel::Aux && matches!(tree.lemma(c), "would" | "will" | "can" | "could")
        })
        && (tree.children(cue).any(|c| {
            tree.deprel(c) == Deprel::Advcl
                && ["if", "unless", "once", "when", "until"].iter().any(|w| has_mark(tree, c, w))
        }) || tree.children(cue).any(|c| tree.lemma(c) == "only"));
    match conditional {
        true => Stance::Conditions,
        false => stance,
    }
}

/// Cuts the spans of a candidate.
fn statement(tree: &Tree<'_>, quotations: &[Quotation], candidate: Candidate<'_>) -> Option<Statement> {
    let document = tree.document();
    let sentence = document.sentence_of(candidate.cue);
    let source = candidate.source.map(|head| (head, source::words(tree, head, candidate.cue)));
    let mut content = Vec::new();
    for &head in &candidate.heads {
        content.extend(content_runs(tree, head, &candidate));
    }
    if let Some(index) = candidate.quotation {
        content.push(quotations[index].span);
    }
    content.sort_unstable();
    // "Russia on Tuesday said that …": a few words before the cue, with more behind it, are not content.
    if content.len() > 1 && source::inserted(tree, candidate.cue).is_none() {
        content.retain(|c| c.end > candidate.words.start || document.tokens_in(*c).len() > 3);
    }
    // What is said inside a quotation ends with it.
    let near = quotations.partition_point(|q| q.span.end <= candidate.words.start);
    let around = quotations[near..]
        .iter()
        .take_while(|q| q.span.start < candidate.words.end)
        .find(|q| q.depth == 0 && q.content.contains(candidate.words));
    if let Some(around) = around {
        for run in &mut content {
            *run = Span::new(
                run.start.clamp(around.content.start, around.content.end),
                run.end.clamp(around.content.start, around.content.end),
            );
        }
    }
    widen_to_quotations(quotations, candidate.words, source.map(|s| s.1), &mut content);
    // What is left of the source or the cue is not content.
    content.retain(|c| !c.is_empty());
    if content.is_empty() {
        return None;
    }
    let style = style(tree, quotations, &content);
    Some(Statement {
        sentence,
        source,
        cue: Some((candidate.cue, candidate.words, candidate.lemma.to_owned())),
        content,
        style,
        stance: candidate.stance,
        silent: candidate.silent,
        parent: None,
    })
}

/// The stretches of a content clause or phrase, without the branch in which the cue stands.
fn content_runs(tree: &Tree<'_>, head: TokenId, candidate: &Candidate<'_>) -> Vec<Span> {
    let document = tree.document();
    let cue = candidate.cue;
    let mut tokens = Vec::new();
    let source = candidate.source.filter(|&s| s != head && !tree.is_below(head, s));
    // ", according to police": who vouches for the whole sentence is no part of what somebody says in it.
    let vouched = |t: TokenId| {
        let according =
            tree.children(t).find(|&c| tree.deprel(c) == Deprel::Case && tree.lemma(c) == "accord");
        according.is_some_and(|first| is_set_off(tree, first))
    };
    let mut enter = |t: TokenId| {
        t != cue
            && Some(t) != source
            && !vouched(t)
            && !candidate.words.contains(document.span(t))
            && !(tree.deprel(t) == Deprel::Case && tree.head(t) == Some(head) && t < head)
    };
    tree.walk(head, &mut enter, &mut |t| tokens.push(t));
    tokens.sort_unstable();
    let mut runs: Vec<(TokenId, TokenId)> = Vec::new();
    for &token in &tokens {
        match runs.last_mut() {
            Some((_, last)) if only_marks_between(tree, *last, token, candidate) => *last = token,
            _ => runs.push((token, token)),
        }
    }
    runs.into_iter().filter_map(|(first, last)| trim(tree, first, last)).collect()
}

/// Whether nothing but punctuation and words that no branch claims stands between two tokens.
fn only_marks_between(tree: &Tree<'_>, last: TokenId, next: TokenId, candidate: &Candidate<'_>) -> bool {
    (last.0 + 1..next.0).map(TokenId).all(|t| {
        let of_cue = t == candidate.cue || candidate.words.contains(tree.document().span(t));
        let of_source = candidate.source.is_some_and(|s| t == s || tree.is_below(t, s));
        !of_cue && !of_source && (tree.upos(t) == Upos::Punct || tree.is_below(t, candidate.cue))
    })
}

/// Cuts commas, dashes and lone stops at the edges; quotation marks stay.
fn trim(tree: &Tree<'_>, mut first: TokenId, mut last: TokenId) -> Option<Span> {
    let idle = |t: TokenId| matches!(tree.form(t), "," | "." | ";" | ":" | "-" | "–" | "—" | "and" | "but");
    while first <= last && idle(first) {
        first = TokenId(first.0 + 1);
    }
    while last > first && matches!(tree.form(last), "," | "." | ";" | ":" | "–" | "—") {
        last = TokenId(last.0 - 1);
    }
    (first <= last && !idle(first)).then(|| tree.span((first, last)))
}

/// Widens stretches to the quotations that they lie in, over sentences, but never over the cue or the source.
fn widen_to_quotations(quotations: &[Quotation], cue: Span, source: Option<Span>, content: &mut Vec<Span>) {
    for run in content.iter_mut() {
        let first = quotations.partition_point(|q| q.span.end <= run.start);
        for quotation in &quotations[first..] {
            if quotation.span.start >= run.end {
                break;
            }
            let free = !quotation.span.overlaps(cue) && source.is_none_or(|s| !quotation.span.overlaps(s));
            if quotation.depth == 0 && free && quotation.span.overlaps(*run) {
                *run = run.cover(quotation.span);
            }
        }
    }
    content.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for &run in content.iter() {
        match merged.last_mut() {
            Some(last) if run.start <= last.end + 1 => *last = last.cover(run),
            _ => merged.push(run),
        }
    }
    *content = merged;
}

fn style(tree: &Tree<'_>, quotations: &[Quotation], content: &[Span]) -> Style {
    let document = tree.document();
    let (mut quoted, mut words) = (0, 0);
    for &span in content {
        for token in document.tokens_in(span).map(TokenId) {
            if tree.upos(token) == Upos::Punct {
                continue;
            }
            words += 1;
            let at = document.span(token);
            let first = quotations.partition_point(|q| q.span.end <= at.start);
            quoted += usize::from(
                quotations[first..]
                    .iter()
                    .take_while(|q| q.span.start <= at.start)
                    .any(|q| q.content.contains(at)),
            );
        }
    }
    match quoted {
        0 => Style::Indirect,
        n if n == words => Style::Direct,
        _ => Style::Mixed,
    }
}

/// "X quoted him as saying": the outer source passes on, the quoted one says. Found by its words, since parsers hang
/// the quotation anywhere.
fn quoted_as_saying(tree: &Tree<'_>, quotations: &[Quotation], statements: &mut Vec<Statement>) {
    let document = tree.document();
    let mut replaced: Vec<TokenId> = Vec::new();
    let mut found: Vec<Statement> = Vec::new();
    for index in 0..document.tokens().len() {
        let cue = TokenId::at(index);
        if tree.upos(cue) != Upos::Verb || !matches!(tree.lemma(cue), "quote" | "cite") {
            continue;
        }
        let sentence = document.sentence(document.sentence_of(cue));
        let end = (cue.0 + 14).min(sentence.last.0.saturating_sub(1));
        let saying = (cue.0 + 1..end)
            .find(|&t| tree.lemma(TokenId(t)) == "as" && tree.xpos(TokenId(t + 1)) == Xpos::Vbg);
        let Some(saying) = saying.map(|t| TokenId(t + 1)) else { continue };
        let Some(quotation) = nearby_quotation(tree, quotations, cue).map(|q| quotations[q].span) else {
            continue;
        };
        // Between "quoted" and "as" stands the speaker; in the passive he stands before "was quoted".
        let between: Vec<TokenId> = (cue.0 + 1..saying.0 - 1).map(TokenId).collect();
        let nominal = |t: &TokenId| matches!(tree.upos(*t), Upos::Noun | Upos::Propn | Upos::Pron);
        let head = |tokens: &[TokenId]| {
            tokens.iter().copied().find(|t| nominal(t) && !tree.head(*t).is_some_and(|h| tokens.contains(&h)))
        };
        let before: Vec<TokenId> = (sentence.first.0..cue.0)
            .map(TokenId)
            .filter(|&t| !quotation.contains(document.span(t)))
            .collect();
        let passive = between.iter().all(|t| !nominal(t));
        let (speaker, passer) = match passive {
            true => (head(&before), None),
            false => (head(&between), head(&before)),
        };
        replaced.extend([cue, saying]);
        let span = |t: TokenId| (t, crate::mention::phrase(tree, t));
        let inner = document.span(saying);
        let from = speaker.map_or(inner, |t| document.span(t).cover(inner));
        if !passive {
            found.push(Statement {
                sentence: document.sentence_of(cue),
                source: passer.map(span),
                cue: Some((cue, document.span(cue), tree.lemma(cue).to_owned())),
                content: if from.start < quotation.start {
                    vec![from, quotation]
                } else {
                    vec![quotation, from]
                },
                style: Style::Mixed,
                stance: Stance::Reports,
                silent: false,
                parent: None,
            });
        }
        found.push(Statement {
            sentence: document.sentence_of(cue),
            source: speaker.map(span),
            cue: Some((saying, inner, tree.lemma(saying).to_owned())),
            content: vec![quotation],
            style: Style::Direct,
            stance: Stance::Asserts,
            silent: false,
            parent: None,
        });
    }
    statements.retain(|s| !s.cue.as_ref().is_some_and(|(c, ..)| replaced.contains(c)));
    statements.append(&mut found);
}

/// The lemma of a dash before a name.
const SIGNED: &str = "—";

/// A quotation with a name behind a dash: “We are afraid.” — Maria Perez
fn signed(tree: &Tree<'_>, quotations: &[Quotation], statements: &mut Vec<Statement>) {
    let document = tree.document();
    let count = document.tokens().len() as u32;
    let is_name = |t: TokenId| tree.upos(t) == Upos::Propn || tree.form(t) == ".";
    for quotation in quotations.iter().filter(|q| document.tokens_in(q.content).len() > 3) {
        let dash = TokenId(document.tokens_in(quotation.span).end);
        if dash.0 >= count || !matches!(tree.form(dash), "―" | "—" | "–" | "--" | "-") {
            continue;
        }
        let end = (dash.0 + 1..count.min(dash.0 + 7)).find(|&t| !is_name(TokenId(t))).unwrap_or(count);
        let name = (TokenId(dash.0 + 1), TokenId(end.saturating_sub(1)));
        if end <= dash.0 + 1 {
            continue;
        }
        // The name ends its line.
        let behind = &document.text()[document.span(name.1).end as usize..];
        if !behind.trim_start_matches([' ', '\t', '\r']).starts_with('\n') && !behind.trim().is_empty() {
            continue;
        }
        let inside = |t: TokenId| (name.0..=name.1).contains(&t);
        let head = (name.0.0..=name.1.0).map(TokenId).find(|&t| !tree.head(t).is_some_and(inside));
        let text = document.span(dash);
        statements.push(Statement {
            sentence: document.sentence_of(dash),
            source: Some((head.unwrap_or(name.0), tree.span(name))),
            cue: Some((dash, text, SIGNED.to_owned())),
            content: vec![quotation.span],
            style: Style::Direct,
            stance: Stance::Asserts,
            silent: false,
            parent: None,
        });
    }
}

/// A quotation in the same paragraph right behind a quotation of a known speaker, without a cue of its own, goes on.
fn continue_quotations(tree: &Tree<'_>, quotations: &[Quotation], statements: &mut Vec<Statement>) {
    let document = tree.document();
    let text = document.text();
    let mut more: Vec<Statement> = Vec::new();
    for quotation in quotations {
        let Some(sentence) = document.sentence_at(quotation.content.start) else { continue };
        // Whatever touches a quotation has its cue within a few sentences.
        let first = statements.partition_point(|s| s.sentence.0 + 24 < sentence.0);
        let last = statements.partition_point(|s| s.sentence.0 <= sentence.0 + 24);
        let near = &statements[first..last.max(first)];
        let covered = |s: &Statement| s.content.iter().any(|c| c.overlaps(quotation.content));
        if near.iter().any(covered) || document.tokens_in(quotation.content).len() < 5 {
            continue;
        }
        // It must open its sentence: a scare quote inside prose is nobody's.
        if document.sentence(sentence).span.start + 4 < quotation.content.start {
            continue;
        }
        let before = near
            .iter()
            .chain(more.last())
            .filter(|s| s.style != Style::Indirect && s.source.is_some())
            // What is signed is whole.
            .filter(|s| s.cue.as_ref().is_none_or(|(_, _, lemma)| lemma != SIGNED))
            .filter(|s| s.sentence.0 + 1 == sentence.0 || s.sentence == sentence)
            .max_by_key(|s| position(s));
        let Some(before) = before else { continue };
        let gap =
            text.get(document.sentence(before.sentence).span.end as usize..quotation.span.start as usize);
        if gap.is_some_and(|gap| gap.contains("\n\n")) {
            continue;
        }
        more.push(Statement {
            sentence,
            source: before.source,
            cue: None,
            content: vec![quotation.span],
            style: Style::Direct,
            stance: Stance::Asserts,
            silent: false,
            parent: None,
        });
    }
    statements.append(&mut more);
}

/// The parent is the statement with the smallest content that holds the cue (or, without one, the content).
fn set_parents(statements: &mut [Statement]) {
    let size = |s: &Statement| s.content.iter().map(|c| c.len()).sum::<u32>();
    let parents: Vec<Option<usize>> = statements
        .iter()
        .enumerate()
        .map(|(index, inner)| {
            let anchor = inner.cue.as_ref().map_or(inner.content[0], |(_, span, _)| *span);
            // Statements are in text order, so whatever holds this one is near; the window keeps time linear.
            let window = index.saturating_sub(48)..(index + 49).min(statements.len());
            let near = window.map(|i| (i, &statements[i])).filter(|(outer_index, outer)| {
                *outer_index != index
                    && outer.content.iter().any(|c| c.contains(anchor))
                    && !(inner
                        .content
                        .iter()
                        .any(|c| outer.cue.as_ref().is_some_and(|(_, cue, _)| c.contains(*cue))))
            });
            near.min_by_key(|(_, outer)| size(outer)).map(|(outer_index, _)| outer_index)
        })
        .collect();
    for (statement, parent) in statements.iter_mut().zip(parents) {
        statement.parent = parent;
    }
}
