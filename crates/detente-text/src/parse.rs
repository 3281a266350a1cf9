//! The whole of syntax for a document: batches in, columns out.

use crate::{
    Deprel, Document, Entity, Kind, Syntax, TokenId, Upos, Xpos,
    arithmetic::{
        bytes,
        matmul::{Matrix, multiply},
    },
    encoder::{Batch, Buffers, Types, Word},
    heads::Heads,
    lexicon,
    model::{ARC, BOTH, DISTANCES, LABEL, Linear, Model, column, leaky},
    namesakes, repair, tag,
};

/// Longer sentences are read in pieces of this many tokens, so that time and memory stay bounded.
const WINDOW: usize = 400;
/// Most sentences that run in lock step.
const BATCH_SENTENCES: usize = 24;
/// Most tokens of a batch, unless one window has more.
const BATCH_TOKENS: usize = 1200;

/// Memory of [`parse`], kept between calls: buffers, and what is known of the words met so far.
///
/// Belongs to the caller, one for each thread. It never changes a result, only the time. It holds at most some 60 MB.
#[derive(Default)]
pub struct Scratch {
    types: Types,
    buffers: Buffers,
    batch: Batch,
    word: Word,
    heads: Heads,
    second: Vec<f32>,
    dep: Vec<f32>,
    query: Vec<f32>,
    keys: Matrix,
    scores: Vec<f32>,
    hidden: Vec<f32>,
    labels: Vec<f32>,
    first: Vec<f32>,
    unknown: Vec<usize>,
    unknown_rows: Vec<u8>,
    rules: Vec<f32>,
    back: Vec<[u8; column::NAMES_ALL]>,
    lemma: String,
    lemmas: String,
    lemma_of: Vec<(u32, u32)>,
}

impl std::fmt::Debug for Scratch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scratch").finish_non_exhaustive()
    }
}

/// A sentence, or a piece of a long one: its first token and its length.
#[derive(Clone, Copy)]
struct Window {
    first: usize,
    len: usize,
}

/// Tags, lemmas, trees and names of a document.
///
/// Never fails. Tags and trees depend on the model and on the text of each sentence, names on the whole document, and
/// nothing on `scratch`, on the processor or on the number of threads. Sentences of more than 400 tokens are
/// read in pieces whose roots hang below the first root as `parataxis`.
///
/// ```no_run
/// use detente_text::{Document, Model, Scratch, parse};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let model = Model::decode(&std::fs::read("syntax-en-1.bin")?)?;
/// let document = Document::split("Russia denies it. Kyiv does not.");
/// let mut scratch = Scratch::default();
/// let syntax = parse(&model, &document, &mut scratch);
/// assert_eq!(syntax.upos.len(), document.tokens().len());
/// # Ok(())
/// # }
/// ```
pub fn parse(model: &Model, document: &Document<'_>, scratch: &mut Scratch) -> Syntax {
    let n = document.tokens().len();
    let mut syntax = Syntax::with_feats(n, &model.feats.set);
    syntax.upos.resize(n, Upos::X);
    syntax.xpos.resize(n, Xpos::Fw);
    syntax.head.extend((0..n).map(TokenId::at));
    syntax.deprel.resize(n, Deprel::Root);
    scratch.lemmas.clear();
    scratch.lemma_of.clear();
    scratch.lemma_of.resize(n, (0, 0));

    let mut windows = windows(document);
    windows.sort_by_key(|w| std::cmp::Reverse(w.len));
    let mut rest = &windows[..];
    while let Some(longest) = rest.first() {
        let sentences = (BATCH_TOKENS / longest.len).clamp(1, BATCH_SENTENCES).min(rest.len());
        let (batch, later) = rest.split_at(sentences);
        rest = later;
        read(model, document, batch, scratch, &mut syntax);
    }

    join(document, &mut syntax);
    syntax.entities.sort_unstable_by_key(|e| e.first);
    namesakes::agree(document, &mut syntax);
    for &(start, end) in &scratch.lemma_of {
        syntax.push_lemma(&scratch.lemmas[start as usize..end as usize]);
    }
    syntax
}

fn windows(document: &Document<'_>) -> Vec<Window> {
    let mut out = Vec::with_capacity(document.sentences().len());
    for sentence in document.sentences() {
        let last = sentence.last.index();
        for first in (sentence.first.index()..last).step_by(WINDOW) {
            out.push(Window { first, len: WINDOW.min(last - first) });
        }
    }
    out
}

/// Hangs the later pieces of long sentences below the root of the first.
fn join(document: &Document<'_>, syntax: &mut Syntax) {
    for sentence in document.sentences().iter().filter(|s| s.len() > WINDOW) {
        let mut roots =
            sentence.tokens().filter(|&t| syntax.head[t.index()] == t).collect::<Vec<_>>().into_iter();
        let Some(first) = roots.next() else { continue };
        for root in roots {
            syntax.head[root.index()] = first;
            syntax.deprel[root.index()] = Deprel::Parataxis;
        }
    }
}

/// Reads one batch of windows, longest first.
fn read(
    model: &Model,
    document: &Document<'_>,
    windows: &[Window],
    scratch: &mut Scratch,
    syntax: &mut Syntax,
) {
    let Scratch { types, batch, buffers, .. } = scratch;
    types.prepare(model, windows.iter().map(|w| w.len).sum());
    batch.tokens.clear();
    batch.ends.clear();
    for w in windows {
        let tokens = || (w.first..w.first + w.len).map(|t| document.token(TokenId::at(t)));
        let dress = match document.sentence(document.sentence_of(TokenId::at(w.first))).kind {
            _ if is_shouted(tokens()) => Dress::Capitals,
            Kind::Heading => Dress::Heading,
            _ => Dress::Prose,
        };
        for word in tokens() {
            batch.tokens.push(match undressed(model, word, dress) {
                None => types.number(model, word),
                Some(prose) => types.number(model, &prose),
            });
        }
        batch.ends.push(batch.tokens.len());
    }
    types.finish(model);
    buffers.encode(model, types, batch);

    bytes::multiply(&buffers.second, &model.second, &mut scratch.second);
    bytes::multiply(&buffers.first, &model.first, &mut scratch.first);
    tags(model, windows, scratch, syntax);
    trees(model, windows, scratch, syntax);
    names(model, windows, scratch, syntax);
    for window in windows {
        let sentence = document.sentence(document.sentence_of(TokenId::at(window.first)));
        if sentence.kind == Kind::Prose && sentence.len() == window.len {
            repair::prose(syntax, sentence);
        }
    }
    features(model, windows, scratch, syntax);
    lemmas(model, document, windows, scratch, syntax);
}

/// How a sentence is spelt.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dress {
    Prose,
    /// Ordinary words may have a capital.
    Heading,
    /// Everything is in capitals.
    Capitals,
}

/// Whether a sentence has several words and all of them in capitals.
fn is_shouted<'t>(words: impl Iterator<Item = &'t str>) -> bool {
    let mut shouted = 0;
    for word in words {
        if word.contains(char::is_lowercase) {
            return false;
        }
        shouted += usize::from(word.chars().filter(|c| c.is_uppercase()).nth(1).is_some());
    }
    shouted > 2
}

/// A word as prose would spell it, where that is another spelling: to the model, headings shall look like prose.
///
/// In capitals, a word that is no ordinary one is taken for a name, unless it is known as an acronym.
fn undressed(model: &Model, word: &str, dress: Dress) -> Option<String> {
    if dress == Dress::Prose || !word.starts_with(char::is_uppercase) {
        return None;
    }
    if lexicon::ordinary(word).is_some() {
        return Some(word.to_lowercase());
    }
    if dress == Dress::Heading || word.chars().nth(1).is_none() || model.lexicon.holds(word) {
        return None;
    }
    let mut characters = word.chars();
    Some(characters.next().into_iter().chain(characters.flat_map(char::to_lowercase)).collect())
}

/// `out` becomes the bias plus the product.
fn apply(linear: &Linear, rows: &[f32], out: &mut Vec<f32>, pack: &mut Vec<f32>) {
    out.clear();
    for _ in 0..rows.len() / linear.weights.inputs() {
        out.extend(&linear.bias);
    }
    multiply(rows, &linear.weights, out, pack);
}

/// Parts of speech and Penn tags; scores of names are summed.
fn tags(model: &Model, windows: &[Window], scratch: &mut Scratch, syntax: &mut Syntax) {
    let (first_width, second_width) = (model.first.width(), model.second.width());
    for (w, rows) in windows.iter().zip(scratch.batch.sentences()) {
        let first = &scratch.first[rows.start * first_width..rows.end * first_width];
        let second = &mut scratch.second[rows.start * second_width..rows.end * second_width];
        let both = first.chunks_exact(first_width).zip(second.chunks_exact_mut(second_width));
        for (t, (first, second)) in (w.first..).zip(both) {
            let (xpos, names) =
                first[..model.xpos_set.len() + column::NAMES_ALL].split_at(model.xpos_set.len());
            let upos = &second[column::UPOS..][..model.upos_set.len()];
            // Both are seen together in the treebanks, or one of the two is wrong.
            let together = |u, x| !model.rules_of.get(model.upos_set[u], model.xpos_set[x]).is_empty();
            let (upos, xpos) = tag::best_pair(upos, xpos, together);
            (syntax.upos[t], syntax.xpos[t]) = (model.upos_set[upos], model.xpos_set[xpos]);
            second[column::NAMES..][..column::NAMES_ALL].iter_mut().zip(names).for_each(|(n, x)| *n += x);
        }
    }
}

/// Features, among those that the tags allow.
fn features(model: &Model, windows: &[Window], scratch: &Scratch, syntax: &mut Syntax) {
    for (w, rows) in windows.iter().zip(scratch.batch.sentences()) {
        let vectors = scratch.buffers.second[rows.start * BOTH..rows.end * BOTH].chunks_exact(BOTH);
        for (t, vector) in (w.first..).zip(vectors) {
            syntax.set_feats(t, model.feats.choose(syntax.upos[t], syntax.xpos[t], vector));
        }
    }
}

/// Heads and relations.
fn trees(model: &Model, windows: &[Window], scratch: &mut Scratch, syntax: &mut Syntax) {
    let Scratch { batch, buffers, second, dep, query, keys, scores, heads, hidden, labels, .. } = scratch;
    let width = model.second.width();
    dep.clear();
    for row in second.chunks_exact_mut(width) {
        row[..2 * ARC].iter_mut().for_each(|x| *x = leaky(*x));
        dep.extend(&row[column::ARC_DEP..][..ARC]);
    }
    apply(&model.arc, dep, query, &mut buffers.pack);
    hidden.clear();
    for (w, rows) in windows.iter().zip(batch.sentences()) {
        let second = &second[rows.start * width..rows.end * width];
        keys.repack(ARC, Keys { root: Some(&model.root_arc), rows: second.chunks_exact(width) });
        scores.clear();
        scores.resize(w.len * keys.width(), 0.0);
        multiply(&query[rows.start * ARC..rows.end * ARC], keys, scores, &mut buffers.pack);
        for (d, row) in scores.chunks_exact_mut(keys.width()).enumerate() {
            for (h, score) in row[..=w.len].iter_mut().enumerate() {
                *score += model.distance[distance(d + 1, h)];
            }
        }
        for (d, &h) in heads.choose(scores, keys.width(), w.len).iter().enumerate() {
            let t = w.first + d;
            syntax.head[t] = TokenId::at(if h == 0 { t } else { w.first + h - 1 });
            let of_head = match h {
                0 => &model.root_label[..],
                _ => &second[(h - 1) * width + column::LABEL_HEAD..][..LABEL],
            };
            let of_dep = &second[d * width + column::LABEL_DEP..][..LABEL];
            hidden.extend(of_head.iter().zip(of_dep).map(|(a, b)| leaky(a + b)));
        }
    }
    apply(&model.label, hidden, labels, &mut buffers.pack);
    let mut rows = labels.chunks_exact_mut(model.label.weights.width());
    for w in windows {
        for (t, row) in (w.first..w.first + w.len).zip(&mut rows) {
            let row = &mut row[..model.deprel_set.len()];
            let root = syntax.head[t].index() == t;
            syntax.deprel[t] = if root { Deprel::Root } else { relation(model, row) };
        }
    }
}

/// Names, with an eye to the tree.
fn names(model: &Model, windows: &[Window], scratch: &mut Scratch, syntax: &mut Syntax) {
    let Scratch { batch, second, back, .. } = scratch;
    let width = model.second.width();
    for (w, rows) in windows.iter().zip(batch.sentences()) {
        let scores = second[rows.start * width..rows.end * width].chunks_exact(width);
        let mut entities = std::mem::take(&mut syntax.entities);
        let scores = (w.first..).zip(scores).map(|(t, row)| {
            (&row[column::NAMES..][..column::NAMES_ALL], if t > w.first { tie(syntax, t) } else { 0.0 })
        });
        tag::names(scores, back, |first, last, kind| {
            entities.push(Entity {
                first: TokenId::at(w.first + first),
                last: TokenId::at(w.first + last),
                kind,
            });
        });
        syntax.entities = entities;
    }
}

/// The price of parting a token from the one before it, for a name: two names in one compound are mostly one.
///
/// Chosen on the development part of UNER.
fn tie(syntax: &Syntax, token: usize) -> f32 {
    const COMPOUND: f32 = 1.0;
    let before = token - 1;
    if syntax.upos[before] != Upos::Propn || syntax.upos[token] != Upos::Propn {
        return 0.0;
    }
    let is_compound = |t: usize| syntax.deprel[t] == Deprel::Compound;
    let (left, right) = (syntax.head[before].index(), syntax.head[token].index());
    let tied = is_compound(before) && left == token
        || is_compound(token) && right == before
        || is_compound(before) && is_compound(token) && left == right;
    if tied { COMPOUND } else { 0.0 }
}

/// The best relation but `root`.
fn relation(model: &Model, scores: &mut [f32]) -> Deprel {
    for (score, &deprel) in scores.iter_mut().zip(&model.deprel_set) {
        if deprel == Deprel::Root {
            *score = f32::NEG_INFINITY;
        }
    }
    match model.deprel_set[tag::best(scores)] {
        Deprel::Root => Deprel::Dep,
        deprel => deprel,
    }
}

/// The place of the distance bias between a dependent and a head, both counted from 1, where 0 is the root.
fn distance(dependent: usize, head: usize) -> usize {
    if head == 0 || head == dependent {
        return 0;
    }
    let step = (head.abs_diff(dependent).ilog2() as usize).min(DISTANCES - 1);
    1 + step + if head > dependent { DISTANCES } else { 0 }
}

/// The root's key, then the tokens'.
struct Keys<'a> {
    root: Option<&'a [f32]>,
    rows: std::slice::ChunksExact<'a, f32>,
}

impl<'a> Iterator for Keys<'a> {
    type Item = &'a [f32];

    fn next(&mut self) -> Option<Self::Item> {
        self.root.take().or_else(|| self.rows.next().map(|r| &r[column::ARC_HEAD..][..ARC]))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.rows.len() + usize::from(self.root.is_some());
        (n, Some(n))
    }
}

impl ExactSizeIterator for Keys<'_> {}

/// Lemmas: the dictionary's for the part of speech just chosen, else an edit.
fn lemmas(
    model: &Model,
    document: &Document<'_>,
    windows: &[Window],
    scratch: &mut Scratch,
    syntax: &Syntax,
) {
    let Scratch {
        types, batch, buffers, unknown, unknown_rows, rules, word, lemma, lemmas, lemma_of, ..
    } = scratch;
    let mut keep = |token: usize, lemma: &str| {
        // Lemmas of a text are hardly longer than the text, whose length fits.
        let start = lemmas.len() as u32;
        lemmas.push_str(lemma);
        lemma_of[token] = (start, lemmas.len() as u32);
    };
    unknown.clear();
    unknown_rows.clear();
    let tokens = windows.iter().flat_map(|w| w.first..w.first + w.len);
    for (row, (token, &number)) in tokens.zip(&batch.tokens).enumerate() {
        match model.dictionary.lemma(types.get(number).entries, syntax.upos[token], syntax.xpos[token]) {
            Some(found)
                if is_capital_in_name(document, syntax, token) && found.starts_with(char::is_lowercase) =>
            {
                lemma.clear();
                let mut characters = found.chars();
                lemma.extend(characters.next().into_iter().flat_map(char::to_uppercase));
                lemma.push_str(characters.as_str());
                keep(token, lemma);
            }
            Some(found) => keep(token, found),
            None => {
                unknown.push(token);
                unknown_rows.extend(&buffers.first[row * BOTH..][..BOTH]);
            }
        }
    }
    bytes::multiply(unknown_rows, &model.rule, rules);
    for (&token, scores) in unknown.iter().zip(rules.chunks_exact_mut(model.rule.width())) {
        word.set(document.token(TokenId::at(token)));
        if syntax.upos[token] == Upos::Num && word.plain().bytes().any(|b| b.is_ascii_digit()) {
            lemma.clear();
            lemma.extend(word.plain().chars().filter(|&c| c != ','));
        } else {
            let tags = (syntax.upos[token], syntax.xpos[token]);
            edit(model, word, &mut scores[..model.rules.len()], tags, lemma);
        }
        keep(token, lemma);
    }
}

/// Whether a word stands in a name and with a capital: there adjectives and common nouns keep theirs.
fn is_capital_in_name(document: &Document<'_>, syntax: &Syntax, token: usize) -> bool {
    matches!(syntax.xpos[token], Xpos::Nnp | Xpos::Nnps)
        && document.token(TokenId::at(token)).starts_with(char::is_uppercase)
}

/// Writes the lemma of the best rule that goes with the tags and can be applied. Names keep their capitals.
///
/// A rule nearly as good that arrives at a known word is preferred to one that does not: `injure` to `injur`.
fn edit(model: &Model, word: &Word, scores: &mut [f32], (upos, xpos): (Upos, Xpos), lemma: &mut String) {
    const NEARLY: f32 = 3.0;
    let allowed = model.rules_of.get(upos, xpos);
    if !allowed.is_empty() {
        let other = |rule: &usize| !allowed.contains(&(*rule as u16));
        (0..scores.len()).filter(other).for_each(|rule| scores[rule] = f32::NEG_INFINITY);
    }
    let mut first: Option<(usize, f32)> = None;
    loop {
        let best = tag::best(scores);
        let score = scores[best];
        let close = first.is_none_or(|(_, top)| score > top - NEARLY);
        if score == f32::NEG_INFINITY || !close {
            break;
        }
        let fits = !(upos == Upos::Propn && model.rules[best].lowers());
        if fits && model.rules[best].apply(word.plain(), word.lower(), lemma) {
            if upos == Upos::Propn || model.words.find(lemma).is_some() {
                return;
            }
            first = first.or(Some((best, score)));
        }
        scores[best] = f32::NEG_INFINITY;
    }
    match first {
        Some((rule, _)) => {
            model.rules[rule].apply(word.plain(), word.lower(), lemma);
        }
        None => {
            lemma.clear();
            lemma.push_str(word.lower());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_everywhere_are_no_sign_of_a_name() {
        let shouted = |text: &str| is_shouted(text.split(' '));
        assert!(shouted("TROOPS LEAVE KYIV , 12 HURT"));
        assert!(!shouted("TROOPS LEAVE Kyiv TODAY"));
        assert!(!shouted("NATO , EU"));
        assert!(!shouted("A B C D"));
        assert!(!shouted(""));
    }

    #[test]
    fn distances_have_places() {
        assert_eq!(distance(3, 0), 0);
        assert_eq!(distance(3, 2), 1);
        assert_eq!(distance(3, 1), 2);
        assert_eq!(distance(3, 4), 1 + DISTANCES);
        assert_eq!(distance(1, 400), 2 * DISTANCES);
        assert_eq!(distance(400, 1), DISTANCES);
    }

    #[test]
    fn long_sentences_are_cut_and_joined() {
        let text = "a ".repeat(1000);
        let spans = (0..1000).map(|i| crate::Span::new(2 * i, 2 * i + 1)).collect();
        let document = Document::with_tokens(&text, &[spans]).unwrap();
        let lengths: Vec<usize> = windows(&document).iter().map(|w| w.len).collect();
        assert_eq!(lengths, [400, 400, 200]);
        let mut syntax = Syntax::default();
        syntax.head.extend((0..1000).map(|t: usize| TokenId::at(t / 400 * 400)));
        syntax.deprel.resize(1000, Deprel::Root);
        join(&document, &mut syntax);
        assert_eq!(syntax.head[400], TokenId(0));
        assert_eq!(syntax.deprel[800], Deprel::Parataxis);
        assert_eq!(syntax.deprel[0], Deprel::Root);
    }
}
