//! Sentences, tokens, tags, trees and names, as CoNLL-U, as drawn trees, and as JSON.
//!
//! CoNLL-U has the columns ID, FORM, LEMMA, UPOS, XPOS, HEAD and DEPREL; FEATS and DEPS are empty. MISC has
//! `SpaceAfter=No` and `Name=B-PER`. A comment `# span` gives the sentence in scalar values of the text.

mod tree;

use crate::{Offsets, describe};
use detente::text::{Document, Sentence, Syntax, TokenId};
use serde::Serialize;
use std::fmt::Write;

pub use tree::{draw, trees};

/// A document in CoNLL-U, with `id` for its comments.
///
/// ```
/// let article = detente::Article::new("a1", "Kyiv denies it.");
/// let reader = detente::Reader::bundled()?;
/// let reading = reader.read(&article, &mut detente::Scratch::default());
/// let text = detente_io::conllu::to_string("a1", &reading.document, &reading.syntax);
/// assert!(text.starts_with("# newdoc id = a1\n# sent_id = a1-1\n# text = Kyiv denies it.\n"));
/// # Ok::<(), detente::Error>(())
/// ```
pub fn to_string(id: &str, document: &Document<'_>, syntax: &Syntax) -> String {
    let id = describe::line(id);
    let offsets = Offsets::new(document.text());
    let names = names(document, syntax);
    let mut out = format!("# newdoc id = {id}\n");
    for (index, sentence) in document.sentences().iter().enumerate() {
        let [start, end] = offsets.span(sentence.span);
        let text = describe::words_of(document, sentence.span);
        let number = index + 1;
        let _ = writeln!(out, "# sent_id = {id}-{number}\n# text = {text}\n# span = {start} {end}");
        if sentence.kind != detente::text::Kind::Prose {
            let _ = writeln!(out, "# kind = {}", sentence.kind);
        }
        for token in sentence.tokens() {
            line(document, syntax, &names, *sentence, token, &mut out);
        }
        out.push('\n');
    }
    out
}

/// One token.
fn line(
    document: &Document<'_>,
    syntax: &Syntax,
    names: &[Option<String>],
    sentence: Sentence,
    token: TokenId,
    out: &mut String,
) {
    let number = |token: TokenId| token.0 - sentence.first.0 + 1;
    let form = describe::line(document.token(token));
    let _ = write!(out, "{}\t{form}\t", number(token));
    match syntax.head.get(token.index()) {
        Some(&head) => {
            let above = if head == token { 0 } else { number(head) };
            let (upos, xpos) = (syntax.upos[token.index()], syntax.xpos[token.index()]);
            let (lemma, deprel) = (syntax.lemma(token), syntax.deprel[token.index()]);
            let _ = write!(out, "{lemma}\t{upos}\t{xpos}\t_\t{above}\t{deprel}\t_\t");
        }
        None => out.push_str("_\t_\t_\t_\t_\t_\t_\t"),
    }
    let next = TokenId(token.0 + 1);
    let glued =
        next.index() < document.tokens().len() && document.span(next).start == document.span(token).end;
    let misc: Vec<&str> =
        glued.then_some("SpaceAfter=No").into_iter().chain(names[token.index()].as_deref()).collect();
    out.push_str(if misc.is_empty() { "_" } else { "" });
    out.push_str(&misc.join("|"));
    out.push('\n');
}

/// `Name=B-PER` for each token of a name.
fn names(document: &Document<'_>, syntax: &Syntax) -> Vec<Option<String>> {
    let mut names = vec![None; document.tokens().len()];
    for entity in &syntax.entities {
        let tokens = &mut names[entity.first.index()..entity.last.index()];
        for (index, name) in tokens.iter_mut().enumerate() {
            *name = Some(format!("Name={}-{}", if index == 0 { 'B' } else { 'I' }, entity.kind));
        }
    }
    names
}

#[derive(Serialize)]
struct JsonDocument<'d> {
    id: &'d str,
    text: &'d str,
    sentences: Vec<JsonSentence<'d>>,
}

#[derive(Serialize)]
struct JsonSentence<'d> {
    span: [u32; 2],
    kind: &'static str,
    tokens: Vec<JsonToken<'d>>,
    names: Vec<JsonName>,
}

#[derive(Serialize)]
struct JsonToken<'d> {
    id: u32,
    span: [u32; 2],
    form: &'d str,
    lemma: Option<&'d str>,
    upos: Option<&'static str>,
    xpos: Option<&'static str>,
    head: Option<u32>,
    deprel: Option<&'static str>,
}

#[derive(Serialize)]
struct JsonName {
    span: [u32; 2],
    kind: &'static str,
}

/// A document as a JSON object on one line; token ids count from 1 in each sentence, a root has head 0.
pub fn to_json(id: &str, document: &Document<'_>, syntax: &Syntax) -> String {
    let offsets = Offsets::new(document.text());
    let sentence = |sentence: &Sentence| {
        let number = |token: TokenId| token.0 - sentence.first.0 + 1;
        let token = |token: TokenId| {
            let at = token.index();
            let head = syntax.head.get(at).map(|&head| if head == token { 0 } else { number(head) });
            JsonToken {
                id: number(token),
                span: offsets.span(document.span(token)),
                form: document.token(token),
                lemma: (at < syntax.len()).then(|| syntax.lemma(token)),
                upos: syntax.upos.get(at).map(|upos| upos.as_str()),
                xpos: syntax.xpos.get(at).map(|xpos| xpos.as_str()),
                head,
                deprel: syntax.deprel.get(at).map(|deprel| deprel.as_str()),
            }
        };
        let first = syntax.entities.partition_point(|entity| entity.first < sentence.first);
        let names = syntax.entities[first..].iter().take_while(|entity| entity.first < sentence.last);
        let name = |entity: &detente::text::Entity| {
            let last = TokenId(entity.last.0 - 1);
            let span = document.span(entity.first).cover(document.span(last));
            JsonName { span: offsets.span(span), kind: entity.kind.as_str() }
        };
        JsonSentence {
            span: offsets.span(sentence.span),
            kind: sentence.kind.as_str(),
            tokens: sentence.tokens().map(token).collect(),
            names: names.map(name).collect(),
        }
    };
    let sentences = document.sentences().iter().map(sentence).collect();
    let document = JsonDocument { id, text: document.text(), sentences };
    serde_json::to_string(&document).unwrap_or_default()
}
