//! Whether the clause around a time looks back or ahead.

use super::piece::Line;
use super::words::{Key, Term};
use detente_text::{Deprel, TokenId, Tree, Upos, Xpos};

/// Where a clause looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    /// Past beyond doubt: what something has lasted "since".
    Since,
    Future,
    /// The clause is there, but tells nothing.
    Present,
    Unknown,
}

/// Auxiliaries that look ahead unless "have" follows.
const MODAL: &[&str] = &[
    "will", "'ll", "’ll", "ll", "wo", "shall", "would", "'d", "’d", "may", "might", "could", "can", "ca",
    "should", "must",
];

/// Verbs whose complement happens when they do: "began to", "failed to".
#[rustfmt::skip]
const ASPECT: &[&str] = &[
    "able", "appear", "attempt", "begin", "cease", "come", "continue", "decline", "fail", "failure",
    "force", "go", "have", "help", "inability", "manage", "proceed", "refusal", "refuse", "seem",
    "start", "stop", "try", "unable", "use",
];

/// Verbs whose complement is still to come, however it hangs in the tree.
const DIRECTIVE: &[&str] = &[
    "agree", "ask", "call", "decide", "demand", "expect", "hope", "invite", "order", "plan", "pledge",
    "prepare", "promise", "tell", "urge", "vow", "want", "warn",
];

/// Participles and adjectives that fix a day to come: "scheduled for", "due on".
const FIXED: &[&str] = &[
    "due",
    "expected",
    "expect",
    "plan",
    "planned",
    "scheduled",
    "schedule",
    "set",
    "slate",
    "slated",
    "bind",
    "poised",
];

/// Verbs that in the present tense tell a programme: "the court meets on Monday".
#[rustfmt::skip]
const PROGRAMME: &[&str] = &[
    "arrive", "begin", "close", "convene", "depart", "end", "expire", "face", "fly", "gather", "go",
    "head", "hold", "host", "leave", "mark", "meet", "open", "plan", "resume", "return", "start",
    "take", "travel", "visit", "vote",
];

/// Nouns whose day may lie ahead when the clause does: "will attend Friday's summit".
const OCCASION: &[&str] = &[
    "anniversary",
    "ballot",
    "ceremony",
    "conference",
    "deadline",
    "debate",
    "election",
    "game",
    "hearing",
    "launch",
    "match",
    "meeting",
    "poll",
    "race",
    "referendum",
    "rally",
    "runoff",
    "session",
    "summit",
    "talk",
    "talks",
    "trial",
    "vote",
    "visit",
];

/// How many heads are asked: enough for any news sentence, and few for trees gone wrong.
const DEPTH: usize = 32;

/// How many words are looked at on each side where there is no tree, and how many children where there is one.
const WIDTH: usize = 48;

/// How many infinitives inside one another are followed.
const NESTED: u8 = 4;

/// Whether the words before an "until" put something off: those look ahead even in the past tense.
pub(super) fn is_put_off(line: Line<'_>, first: usize) -> bool {
    let stems = ["postpone", "delay", "extend", "adjourn", "suspend", "remand", "reschedule", "defer"];
    let words = ["given", "gave", "has", "have", "deadline", "put", "wait", "gives", "had"];
    (first.saturating_sub(10)..first).any(|i| {
        let word = line.word(i);
        line.is_any(i, &words)
            && line.at(i + 1).is_some_and(|p| !word.is_empty() && !p.is('.'))
            && line.is_any(first - 1, &["until", "till"])
            || stems.iter().any(|s| word.get(..s.len()).is_some_and(|w| w.eq_ignore_ascii_case(s)))
    })
}

/// How the clause around the tokens `first..=last` looks.
pub(super) fn of_tokens(tree: &Tree<'_>, first: TokenId, last: TokenId) -> Tense {
    let inside = |t: TokenId| first <= t && t <= last;
    let mut at = last;
    while let Some(head) = tree.head(at) {
        if !inside(head) {
            break;
        }
        at = head;
    }
    let mut possessive = false;
    for _ in 0..DEPTH {
        let clause = tree.upos(at) == Upos::Verb
            || tree.upos(at) == Upos::Aux
            || tree
                .children(at)
                .any(|c| matches!(tree.deprel(c), Deprel::Cop | Deprel::Aux | Deprel::AuxPass));
        if clause && (!inside(at) || tree.has(at, Deprel::Cop)) {
            let tense = of_clause(tree, at, NESTED);
            if tense != Tense::Unknown {
                return if possessive && tense == Tense::Future { Tense::Past } else { tense };
            }
        } else if FIXED.contains(&tree.lemma(at)) && !inside(at) {
            return Tense::Future;
        }
        let Some(head) = tree.head(at) else { return Tense::Unknown };
        if matches!(tree.deprel(at), Deprel::NmodPoss | Deprel::Compound | Deprel::NmodUnmarked)
            && tree.upos(head) == Upos::Noun
            && !OCCASION.contains(&tree.lemma(head))
        {
            possessive = true;
        }
        if tree.deprel(at) == Deprel::Parataxis {
            return Tense::Unknown;
        }
        at = head;
    }
    Tense::Unknown
}

/// How a clause looks, from its verb or from the auxiliaries of its predicate.
fn of_clause(tree: &Tree<'_>, verb: TokenId, nested: u8) -> Tense {
    let mut modal = false;
    let mut perfect = false;
    let mut finite_past = false;
    let mut present_be = false;
    let mut to = false;
    let (mut denied, mut could) = (false, false);
    for child in tree.children(verb).take(WIDTH) {
        match tree.deprel(child) {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => {
                let form = tree.form(child);
                let is = |words: &[&str]| words.iter().any(|w| form.eq_ignore_ascii_case(w));
                could |= is(&["could"]);
                if tree.xpos(child) == Xpos::Md || is(MODAL) && tree.xpos(child) != Xpos::Vbd {
                    modal = true;
                } else if is(&["have", "has", "had", "'ve", "’ve"]) {
                    perfect = true;
                    finite_past |= is(&["had"]);
                } else if is(&["was", "were", "did"]) {
                    finite_past = true;
                } else if is(&["is", "are", "am", "'s", "’s", "'re", "’re"]) {
                    present_be = true;
                }
            }
            Deprel::Advmod | Deprel::CcPreconj
                if tree.form(child).eq_ignore_ascii_case("not")
                    || tree.form(child).eq_ignore_ascii_case("n't")
                    || tree.form(child).eq_ignore_ascii_case("n’t") =>
            {
                denied = true;
            }
            Deprel::Mark if tree.form(child).eq_ignore_ascii_case("to") => to = true,
            _ => {}
        }
    }
    let lemma = tree.lemma(verb);
    // "is due on Thursday" is sometimes read with "due" beside the preposition.
    if present_be && tree.children(verb).take(WIDTH).any(|c| FIXED.contains(&tree.lemma(c))) {
        return Tense::Future;
    }
    if modal {
        // "could not be reached on Monday" tells what was tried.
        return if perfect || could && denied { Tense::Past } else { Tense::Future };
    }
    if perfect {
        return Tense::Past;
    }
    if present_be && FIXED.contains(&lemma) {
        return Tense::Future;
    }
    if finite_past {
        return if FIXED.contains(&lemma) { Tense::Unknown } else { Tense::Past };
    }
    if to {
        let Some(head) = tree.head(verb) else { return Tense::Future };
        // "began to", and purpose: "staged a parade to mark".
        let purpose = tree.deprel(verb) == Deprel::Advcl && !DIRECTIVE.contains(&tree.lemma(head));
        let now = ASPECT.contains(&tree.lemma(head)) || purpose;
        let had = tree.children(head).take(WIDTH).any(|c| tree.form(c).eq_ignore_ascii_case("had"));
        return match now || had {
            true if nested > 0 => of_clause(tree, head, nested - 1),
            true => Tense::Past,
            false => Tense::Future,
        };
    }
    match tree.xpos(verb) {
        Xpos::Vbd if matches!(lemma, "plan" | "schedule") => Tense::Future,
        Xpos::Vbd => Tense::Past,
        Xpos::Vbn if FIXED.contains(&lemma) => Tense::Future,
        Xpos::Vbn => Tense::Past,
        Xpos::Vbg if present_be => Tense::Future,
        Xpos::Vbz | Xpos::Vbp if PROGRAMME.contains(&lemma) => Tense::Future,
        Xpos::Vbz | Xpos::Vbp => Tense::Present,
        _ if FIXED.contains(&lemma) => Tense::Future,
        _ => Tense::Unknown,
    }
}

/// Where the words around a time look when there is no tree: the nearest sign before it, else the nearest behind it.
pub(super) fn of_words(line: Line<'_>, first: usize, next: usize) -> Tense {
    for i in (first.saturating_sub(WIDTH)..first).rev() {
        if matches!(line.at(i), Some(p) if p.is(';') || p.is('.') && !p.glued) {
            break;
        }
        if let Some(tense) = sign(line, i) {
            return tense;
        }
    }
    (next..line.pieces.len().min(next + WIDTH)).find_map(|i| sign(line, i)).unwrap_or(Tense::Unknown)
}

/// What one word tells.
fn sign(line: Line<'_>, i: usize) -> Option<Tense> {
    if !line.at(i)?.is_word() || line.at(i)?.is_capital() && i > 0 {
        return None;
    }
    if line.is_any(i, MODAL) {
        let perfect = (i + 1..i + 4).any(|j| line.is_any(j, &["have"]));
        return Some(if perfect { Tense::Past } else { Tense::Future });
    }
    if line.is_any(i, FIXED) {
        return Some(Tense::Future);
    }
    if line.key(i) == Some(Key::To) && i > 0 {
        let before = line.word(i - 1);
        let verb = line.at(i + 1).is_some_and(|p| p.is_word() && !p.is_capital() && p.term == Term::Other);
        let planned = [
            "plan", "want", "agree", "vow", "promise", "pledge", "hope", "intend", "threaten", "urge", "due",
        ];
        if verb && planned.iter().any(|p| before.get(..p.len()).is_some_and(|b| b.eq_ignore_ascii_case(p))) {
            return Some(Tense::Future);
        }
        return None;
    }
    let irregular = [
        "said", "told", "was", "were", "had", "has", "did", "met", "began", "took", "held", "left", "fell",
        "came", "put", "saw", "went", "broke", "made", "drove", "fought", "shot", "struck", "gave",
        "withdrew", "flew", "swore",
    ];
    let word = line.word(i);
    let regular = word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed");
    (regular || line.is_any(i, &irregular)).then_some(Tense::Past)
}
