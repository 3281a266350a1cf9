//! Places of our own sentences, read by the whole reader: `testdata/place/settle.toml`.
#![cfg(feature = "bundled")]

mod common;

use detente::{Article, Reader, Scratch};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    text: String,
    expect: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    text: String,
    country: Option<String>,
    admin1: Option<String>,
    kind: Option<String>,
    /// Given where the place is to stay open: whether a note says that several remain.
    doubt: Option<bool>,
}

#[test]
fn names_mean_the_places_that_a_reader_would_think_of() {
    let cases: Vec<Case> = common::cases("place/settle.toml");
    let reader = Reader::bundled().unwrap();
    let mut scratch = Scratch::default();
    let mut wrong = Vec::new();
    for case in &cases {
        let article = Article::new("case", &case.text);
        let reading = reader.read(&article, &mut scratch);
        for expected in &case.expect {
            let slice = |span| &case.text[detente::text::Span::range(span)];
            let Some(place) = reading.places.iter().find(|p| slice(p.span) == expected.text) else {
                wrong.push(format!("{}: no place {}", case.text, expected.text));
                continue;
            };
            let kind = place.kind.map(|kind| kind.to_string());
            let differs = |wanted: &Option<String>, got: &Option<String>| wanted.is_some() && wanted != got;
            let open = expected.doubt.is_some_and(|doubt| {
                let noted = reading.notes.iter().any(|n| n.span == Some(place.span));
                place.latitude.is_some() || noted != doubt
            });
            if differs(&expected.country, &place.country)
                || differs(&expected.admin1, &place.admin1)
                || differs(&expected.kind, &kind)
                || expected.doubt.is_none() && place.latitude.is_none()
                || open
            {
                wrong.push(format!("{}: {place:?}", case.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
