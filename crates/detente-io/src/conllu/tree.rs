//! Dependency trees drawn with lines.

use super::{cell, names_in};
use crate::describe;
use detente::text::{Document, Sentence, Syntax, TokenId, Tree};
use std::fmt::Write;

/// All sentences of a document with their names and trees.
pub fn trees(id: &str, document: &Document<'_>, syntax: &Syntax) -> String {
    let tree = is_parsed(document, syntax).then(|| Tree::new(document, syntax));
    let mut out = format!("{}\n", describe::line(id));
    for (index, sentence) in document.sentences().iter().enumerate() {
        let text = describe::words_of(document, sentence.span);
        let _ = writeln!(out, "\n{} [{}] {text}", index + 1, sentence.kind);
        let name = |(span, kind)| format!("{} ({kind})", describe::words_of(document, span));
        let names: Vec<String> = names_in(document, syntax, *sentence).map(name).collect();
        if !names.is_empty() {
            let _ = writeln!(out, "names: {}", names.join(", "));
        }
        out.push_str(&drawn(tree.as_ref(), *sentence));
    }
    out
}

/// The tree of one sentence, a token a line in tree order: relation, form, part of speech, lemma where it differs.
///
/// ```text
/// root denies VERB (deny)
/// ├─ nsubj Kyiv PROPN
/// └─ obj it PRON
/// ```
pub fn draw(document: &Document<'_>, syntax: &Syntax, sentence: Sentence) -> String {
    drawn(is_parsed(document, syntax).then(|| Tree::new(document, syntax)).as_ref(), sentence)
}

fn is_parsed(document: &Document<'_>, syntax: &Syntax) -> bool {
    syntax.head.len() >= document.tokens().len()
}

fn drawn(tree: Option<&Tree<'_>>, sentence: Sentence) -> String {
    let Some(tree) = tree else { return "(no tree)\n".to_owned() };
    let mut out = String::new();
    // A token, the lines before it, and the lines before what stands below it.
    let mut stack: Vec<(TokenId, String, String)> =
        tree.root(sentence).map(|root| (root, String::new(), String::new())).into_iter().collect();
    while let Some((token, before, below)) = stack.pop() {
        let (form, lemma) = (cell(tree.form(token)), cell(tree.lemma(token)));
        let _ = write!(out, "{before}{} {form} {}", tree.deprel(token), tree.upos(token));
        if lemma != form {
            let _ = write!(out, " ({lemma})");
        }
        out.push('\n');
        let mut last = true;
        for child in tree.children(token).rev() {
            let (branch, trunk) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            stack.push((child, format!("{below}{branch}"), format!("{below}{trunk}")));
            last = false;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente::text::{Deprel, Entity, EntityKind, Span, Upos, Xpos};

    #[test]
    fn branches() {
        let text = "Kyiv denies the claim.";
        let spans = [(0, 4), (5, 11), (12, 15), (16, 21), (21, 22)].map(|(a, b)| Span::new(a, b)).to_vec();
        let document = Document::with_tokens(text, &[spans]).unwrap();
        let mut syntax = Syntax::default();
        syntax.upos = vec![Upos::Propn, Upos::Verb, Upos::Det, Upos::Noun, Upos::Punct];
        syntax.xpos = vec![Xpos::Nnp, Xpos::Vbz, Xpos::Dt, Xpos::Nn, Xpos::Stop];
        syntax.head = [1, 1, 3, 1, 1].map(TokenId).to_vec();
        syntax.deprel = vec![Deprel::Nsubj, Deprel::Root, Deprel::Det, Deprel::Obj, Deprel::Punct];
        ["Kyiv", "deny", "the", "claim", "."].iter().for_each(|lemma| syntax.push_lemma(lemma));
        let drawn = draw(&document, &syntax, document.sentences()[0]);
        let expected = "root denies VERB (deny)\n├─ nsubj Kyiv PROPN\n├─ obj claim NOUN\n│  └─ det the DET\n└─ punct . PUNCT\n";
        assert_eq!(drawn, expected);
        syntax.entities = vec![Entity { first: TokenId(0), last: TokenId(1), kind: EntityKind::Location }];
        let whole = trees("x", &document, &syntax);
        assert_eq!(whole, format!("x\n\n1 [prose] {text}\nnames: Kyiv (LOC)\n{expected}"));
        syntax.entities.clear();
        let conllu = crate::conllu::to_string("x", &document, &syntax);
        assert!(conllu.contains("2\tdenies\tdeny\tVERB\tVBZ\t_\t0\troot\t_\t_\n"), "{conllu}");
        assert!(conllu.contains("4\tclaim\tclaim\tNOUN\tNN\t_\t2\tobj\t_\tSpaceAfter=No\n"), "{conllu}");
        assert!(crate::conllu::to_json("x", &document, &syntax).contains(r#""head":2,"deprel":"obj""#));
    }
}
