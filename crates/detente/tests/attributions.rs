//! Statements of our own sentences, read by the whole reader: `testdata/attribution/source.toml`.
#![cfg(feature = "bundled")]

mod common;

use detente::{Article, Attribution, Reader, Reading, Scratch, text::Span};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    text: String,
    says: Vec<Says>,
}

#[derive(Debug, Deserialize)]
struct Says {
    source: String,
    cue: String,
    content: String,
    /// Names of all who say it.
    holders: Option<Vec<String>>,
}

#[test]
fn statements_have_their_sources_and_contents() {
    let cases: Vec<Case> = common::cases("attribution/source.toml");
    let reader = Reader::bundled().unwrap();
    let mut scratch = Scratch::default();
    let mut wrong = Vec::new();
    for case in &cases {
        let article = Article::new("case", &case.text);
        let reading = reader.read(&article, &mut scratch);
        for expected in &case.says {
            if !reading.attributions.iter().any(|found| is(&reading, found, expected)) {
                let found: Vec<_> = reading.attributions.iter().map(|a| shown(&reading, a)).collect();
                wrong.push(format!("{}\n  wanted {expected:?}\n  found {found:?}", case.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Source, cue and content in the text's words.
fn shown<'a>(reading: &Reading<'a>, found: &Attribution) -> (&'a str, &'a str, String) {
    let words = |span: Span| &reading.article.body[span.range()];
    let content: Vec<&str> = found.content.iter().map(|&span| words(span)).collect();
    (
        found.source.map_or("", |source| words(source.span)),
        found.cue.as_ref().map_or("", |cue| words(cue.span)),
        content.join(" … "),
    )
}

fn is(reading: &Reading<'_>, found: &Attribution, expected: &Says) -> bool {
    let (source, cue, content) = shown(reading, found);
    let actors = found.source.and_then(|s| s.actor).into_iter().chain(found.with.iter().copied());
    let names: Vec<&str> = actors.map(|id| reading.actor(id).name.as_str()).collect();
    (source, cue, content.as_str()) == (&expected.source, &expected.cue, &expected.content)
        && expected.holders.as_ref().is_none_or(|wanted| *wanted == names)
}
