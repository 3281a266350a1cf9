//! Sentences, tokens, tags, trees and names, as CoNLL-U, as drawn trees, and as JSON.
//!
//! CoNLL-U has all columns but DEPS, which is empty. MISC has `SpaceAfter=No` and `Name=B-PER`. A comment `# span`
//! gives the sentence in scalar values of the text. Where CoNLL-U came in, [`filled`] gives the same lines back.

mod tree;

use crate::{Offsets, article::Given, describe};
use detente::text::{Document, EntityKind, Sentence, Span, Syntax, TokenId, multiword};
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
    // Where the last multi-word token ends: spaces are told of it and not of its words.
    let mut within = 0;
    for (index, sentence) in document.sentences().iter().enumerate() {
        let [start, end] = offsets.span(sentence.span);
        let text = describe::words_of(document, sentence.span);
        let _ = writeln!(out, "# sent_id = {id}-{}\n# text = {text}\n# span = {start} {end}", index + 1);
        if sentence.kind != detente::text::Kind::Prose {
            let _ = writeln!(out, "# kind = {}", sentence.kind);
        }
        let mut runs = multiword(document, *sentence).into_iter().peekable();
        for token in sentence.tokens() {
            if let Some((first, last)) = runs.next_if(|run| run.0 == token) {
                let (from, to) = (number(document, first), number(document, last));
                let whole = describe::words_of(document, document.span(first).cover(document.span(last)));
                let _ = write!(out, "{from}-{to}\t{whole}\t_\t_\t_\t_\t_\t_\t_\t");
                entries(space_after(document, last).into_iter(), &mut out);
                out.push('\n');
                within = last.index() + 1;
            }
            line(document, syntax, &names, token, token.index() >= within, &mut out);
        }
        out.push('\n');
    }
    out
}

/// The lines of a document that came in as CoNLL-U, with what the parser finds in the columns from LEMMA to DEPREL.
///
/// Comments, ids, forms, multi-word tokens and empty nodes stay as they are. DEPS is empty; MISC is kept, but for
/// `Name`, which is the parser's. The document must be the one of the same [`Input`](crate::article::Input).
///
/// ```
/// use detente::text::{Document, Span, Syntax};
/// let mut given = detente_io::article::Given::default();
/// given.lines = "# sent_id = 1\n1\tNo\tx\tx\tx\tx\t0\tx\tx\tA=b\n\n".to_owned();
/// given.sentences = vec![vec![Span::new(0, 2)]];
/// let document = Document::with_tokens("No", &given.sentences).unwrap();
/// let reader = detente::Reader::bundled()?;
/// let syntax = reader.parse(&document, &mut detente::Scratch::default());
/// let text = detente_io::conllu::filled(&given, &document, &syntax);
/// assert!(text.starts_with("# sent_id = 1\n1\tNo\tno\t"));
/// assert!(text.ends_with("\t0\troot\t_\tA=b\n\n"));
/// # Ok::<(), detente::Error>(())
/// ```
pub fn filled(given: &Given, document: &Document<'_>, syntax: &Syntax) -> String {
    let names = names(document, syntax);
    let mut tokens = (0..document.tokens().len()).map(TokenId::at);
    let mut out = String::with_capacity(given.lines.len() * 2);
    for line in given.lines.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        match columns[..] {
            [id, form, .., misc] if id.bytes().all(|b| b.is_ascii_digit()) => {
                let Some(token) = tokens.next() else { break };
                let _ = write!(out, "{id}\t{form}\t");
                analysis(document, syntax, token, &mut out);
                let is_kept = |entry: &&str| !matches!(*entry, "" | "_") && !entry.starts_with("Name=");
                let kept = misc.split('|').filter(is_kept);
                entries(kept.chain(names[token.index()].as_deref()), &mut out);
            }
            _ => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

/// One word; `spaced` where its line tells of spaces.
fn line(
    document: &Document<'_>,
    syntax: &Syntax,
    names: &[Option<String>],
    token: TokenId,
    spaced: bool,
    out: &mut String,
) {
    let _ = write!(out, "{}\t{}\t", number(document, token), cell(document.token(token)));
    analysis(document, syntax, token, out);
    let space = space_after(document, token).filter(|_| spaced);
    entries(space.into_iter().chain(names[token.index()].as_deref()), out);
    out.push('\n');
}

/// `SpaceAfter=No` where the next token follows at once.
fn space_after(document: &Document<'_>, token: TokenId) -> Option<&'static str> {
    let next = document.tokens().get(token.index() + 1)?;
    (next.start == document.span(token).end).then_some("SpaceAfter=No")
}

/// The columns from LEMMA to DEPS, and the tab after them.
fn analysis(document: &Document<'_>, syntax: &Syntax, token: TokenId, out: &mut String) {
    let at = token.index();
    let Some(&head) = syntax.head.get(at) else { return out.push_str("_\t_\t_\t_\t_\t_\t_\t") };
    let head = if head == token { 0 } else { number(document, head) };
    let (upos, xpos, deprel) = (syntax.upos[at], syntax.xpos[at], syntax.deprel[at]);
    let (lemma, feats) = (cell(syntax.lemma(token)), syntax.feats(token));
    let _ = write!(out, "{lemma}\t{upos}\t{xpos}\t{feats}\t{head}\t{deprel}\t_\t");
}

/// Text that may stand in a column.
fn cell(text: &str) -> String {
    let line = describe::line(text);
    if line.is_empty() { "_".to_owned() } else { line }
}

/// The id of a token in its sentence, counted from 1.
fn number(document: &Document<'_>, token: TokenId) -> u32 {
    token.0 - document.sentence(document.sentence_of(token)).first.0 + 1
}

/// The entries of the column MISC.
fn entries<'e>(entries: impl Iterator<Item = &'e str>, out: &mut String) {
    let start = out.len();
    for entry in entries {
        out.push_str(if out.len() > start { "|" } else { "" });
        out.push_str(entry);
    }
    out.push_str(if out.len() > start { "" } else { "_" });
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

/// The names of a sentence: where each stands and what it names.
fn names_in(
    document: &Document<'_>,
    syntax: &Syntax,
    sentence: Sentence,
) -> impl Iterator<Item = (Span, EntityKind)> {
    let first = syntax.entities.partition_point(|entity| entity.first < sentence.first);
    let names = syntax.entities[first..].iter().take_while(move |entity| entity.first < sentence.last);
    names.map(|entity| {
        let last = TokenId(entity.last.0 - 1);
        (document.span(entity.first).cover(document.span(last)), entity.kind)
    })
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
    feats: Option<&'d str>,
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
        let token = |token: TokenId| {
            let at = token.index();
            let head =
                syntax.head.get(at).map(|&head| if head == token { 0 } else { number(document, head) });
            JsonToken {
                id: number(document, token),
                span: offsets.span(document.span(token)),
                form: document.token(token),
                lemma: (at < syntax.len()).then(|| syntax.lemma(token)),
                upos: syntax.upos.get(at).map(|upos| upos.as_str()),
                xpos: syntax.xpos.get(at).map(|xpos| xpos.as_str()),
                feats: Some(syntax.feats(token)).filter(|feats| *feats != "_"),
                head,
                deprel: syntax.deprel.get(at).map(|deprel| deprel.as_str()),
            }
        };
        let names = names_in(document, syntax, *sentence);
        JsonSentence {
            span: offsets.span(sentence.span),
            kind: sentence.kind.as_str(),
            tokens: sentence.tokens().map(token).collect(),
            names: names
                .map(|(span, kind)| JsonName { span: offsets.span(span), kind: kind.as_str() })
                .collect(),
        }
    };
    let sentences = document.sentences().iter().map(sentence).collect();
    let document = JsonDocument { id, text: document.text(), sentences };
    serde_json::to_string(&document).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente::text::{Deprel, Entity, Upos, Xpos};

    const TEXT: &str = "Kyiv won't go. No";

    /// `Kyiv wo|n't go|.` and `No`, each word the head of the one before it.
    fn document() -> Document<'static> {
        let spans = |ends: &[(u32, u32)]| ends.iter().map(|&(a, b)| Span::new(a, b)).collect::<Vec<_>>();
        let first = spans(&[(0, 4), (5, 7), (7, 10), (11, 13), (13, 14)]);
        Document::with_tokens(TEXT, &[first, spans(&[(15, 17)])]).unwrap()
    }

    fn syntax() -> Syntax {
        let mut syntax = Syntax::default();
        syntax.upos = vec![Upos::X; 6];
        syntax.xpos = vec![Xpos::Fw; 6];
        syntax.head = [1, 2, 3, 4, 4, 5].map(TokenId).to_vec();
        syntax.deprel = [Deprel::Dep; 6].to_vec();
        (syntax.deprel[4], syntax.deprel[5]) = (Deprel::Root, Deprel::Root);
        ["Kyiv", "will", "not", "\u{1b}", ".", "no"].iter().for_each(|lemma| syntax.push_lemma(lemma));
        syntax.entities = vec![Entity { first: TokenId(0), last: TokenId(1), kind: EntityKind::Location }];
        syntax
    }

    #[test]
    fn given_lines_are_filled_and_nothing_else_changes() {
        let lines = "# newdoc id = x\n# text = Kyiv won't go.\n1\tKyiv\ta\tb\tc\td\t9\te\t9:x\tName=B-PER|Q=1|Name=2\n\
                     2-3\twon't\t_\t_\t_\t_\t_\t_\t_\tT=1\n2\two\t_\t_\t_\t_\t_\t_\t_\tName=I-PER\n3\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
                     4\tgo\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n4.1\tx\ty\tVERB\tVB\tA=b\t_\t_\t1:conj\tCopyOf=2\n\
                     5\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n# no tab\there\tat all\n1\tNo\t_\t_\t_\t_\t_\t_\t_\t\n\n";
        let given = Given { sentences: Vec::new(), lines: lines.to_owned() };
        let expected = "# newdoc id = x\n# text = Kyiv won't go.\n1\tKyiv\tKyiv\tX\tFW\t_\t2\tdep\t_\tQ=1|Name=B-LOC\n\
                        2-3\twon't\t_\t_\t_\t_\t_\t_\t_\tT=1\n2\two\twill\tX\tFW\t_\t3\tdep\t_\t_\n3\tn't\tnot\tX\tFW\t_\t4\tdep\t_\t_\n\
                        4\tgo\t_\tX\tFW\t_\t5\tdep\t_\tSpaceAfter=No\n4.1\tx\ty\tVERB\tVB\tA=b\t_\t_\t1:conj\tCopyOf=2\n\
                        5\t.\t.\tX\tFW\t_\t0\troot\t_\t_\n\n# no tab\there\tat all\n1\tNo\tno\tX\tFW\t_\t0\troot\t_\t_\n\n";
        assert_eq!(filled(&given, &document(), &syntax()), expected);
    }

    #[test]
    fn found_words_have_spaces_and_names_in_misc() {
        let text = to_string("x", &document(), &syntax());
        assert!(text.contains("\n1\tKyiv\tKyiv\tX\tFW\t_\t2\tdep\t_\tName=B-LOC\n"), "{text}");
        assert!(
            text.contains("\n2-3\twon't\t_\t_\t_\t_\t_\t_\t_\t_\n2\two\twill\tX\tFW\t_\t3\tdep\t_\t_\n"),
            "{text}"
        );
        assert!(text.contains("\n4\tgo\t_\tX\tFW\t_\t5\tdep\t_\tSpaceAfter=No\n"), "{text}");
        assert!(text.contains("\n# span = 15 17\n1\tNo\t"), "{text}");
    }

    #[test]
    fn json_counts_in_each_sentence_and_says_null_for_no_features() {
        let json: serde_json::Value = serde_json::from_str(&to_json("x", &document(), &syntax())).unwrap();
        assert_eq!(json["sentences"][0]["tokens"][3]["head"], 5);
        assert_eq!(json["sentences"][1]["tokens"][0]["id"], 1);
        assert_eq!(json["sentences"][1]["tokens"][0]["head"], 0);
        assert!(json["sentences"][0]["tokens"][0]["feats"].is_null());
        assert_eq!(json["sentences"][0]["names"], serde_json::json!([{"span": [0, 4], "kind": "LOC"}]));
        assert_eq!(json["sentences"][1]["names"], serde_json::json!([]));
    }
}
