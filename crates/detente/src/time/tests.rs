//! `testdata/time/*.toml`, and what holds for every text.

use super::*;
use detente_text::{Document, Syntax};
use proptest::prelude::*;
use serde::Deserialize;

/// One file of cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Suite<C> {
    #[serde(rename = "case")]
    pub(crate) cases: Vec<C>,
}

/// All cases of a folder below `testdata`, with the file's name.
pub(crate) fn cases<C: serde::de::DeserializeOwned>(folder: &str) -> Vec<(String, C)> {
    let folder = format!("{}/../../testdata/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let read = |file: std::path::PathBuf| {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let suite: Suite<C> = toml::from_str(&std::fs::read_to_string(&file).unwrap())
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        suite.cases.into_iter().map(move |case| (name.clone(), case))
    };
    files.into_iter().flat_map(read).collect()
}

/// Reads a text with trees, when the crate carries a model.
pub(crate) fn parsed<R>(text: &str, read: impl FnOnce(&Tree<'_>) -> R) -> Option<R> {
    #[cfg(feature = "bundled")]
    {
        use std::sync::LazyLock;
        static MODEL: LazyLock<detente_text::Model> =
            LazyLock::new(|| detente_text::Model::decode(detente_data::SYNTAX_EN).unwrap());
        let document = Document::split(text);
        let syntax = detente_text::parse(&MODEL, &document, &mut Default::default());
        Some(read(&Tree::new(&document, &syntax)))
    }
    #[cfg(not(feature = "bundled"))]
    {
        let _ = (text, read);
        None
    }
}

/// Reads a text by its words alone.
pub(crate) fn plain<R>(text: &str, read: impl FnOnce(&Tree<'_>) -> R) -> R {
    let document = Document::split(text);
    let syntax = Syntax::default();
    read(&Tree::new(&document, &syntax))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    published: Option<String>,
    #[serde(default)]
    tree: bool,
    expect: Vec<Expected>,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct Expected {
    text: String,
    start: Option<String>,
    end: Option<String>,
    granularity: String,
    basis: String,
}

fn found(tree: &Tree<'_>, published: Option<Date>) -> Vec<Expected> {
    let moment = |m: Moment| if m.day_only { m.at.date().to_string() } else { m.at.to_string() };
    find(tree, published, &mut Vec::new())
        .iter()
        .map(|t| Expected {
            text: tree.document().slice(t.span).to_owned(),
            start: t.start.map(moment),
            end: t.end.map(moment),
            granularity: t.granularity.to_string(),
            basis: t.basis.to_string(),
        })
        .collect()
}

/// By the words alone every case holds; with trees, which are learnt, nearly every one.
#[test]
fn times_of_testdata() {
    let cases: Vec<(String, Case)> = cases("time");
    assert!(cases.len() >= 120);
    let mut wrong = Vec::new();
    let (mut with_trees, mut trees) = (0, 0);
    for (file, case) in &cases {
        let published = case.published.as_ref().map(|p| p.parse().unwrap());
        let words = plain(&case.text, |tree| found(tree, published));
        if !case.tree && words != case.expect {
            wrong.push(format!("{file}: {}\n  {words:?}", case.text));
        }
        if let Some(times) = parsed(&case.text, |tree| found(tree, published)) {
            with_trees += 1;
            trees += u32::from(times == case.expect);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(trees * 20 >= with_trees * 19, "with trees only {trees} of {with_trees}");
}

#[test]
fn one_note_without_a_date() {
    let mut notes = Vec::new();
    let times = plain("They met on Monday and on Tuesday.", |tree| find(tree, None, &mut notes));
    assert_eq!(times.len(), 2);
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].kind, NoteKind::Time);
}

#[test]
fn long_chains_end() {
    for chain in [
        "noon ",
        "two days after ",
        "from Monday to ",
        "this past ",
        "early ",
        "the end of the ",
        "15.02.",
        "a ",
    ] {
        let text = chain.repeat(20_000);
        plain(&text, |tree| {
            let times = find(tree, None, &mut Vec::new());
            crate::figure::find(tree, &times);
        });
    }
}

const WORDS: &[&str] = &[
    "on",
    "Monday",
    "Tuesday,",
    "Feb.",
    "15",
    "2022",
    "2014-18",
    "the",
    "last",
    "past",
    "two",
    "days",
    "ago",
    "a",
    "year",
    "later",
    "since",
    "until",
    "by",
    "end",
    "of",
    "March",
    "May",
    "between",
    "and",
    "from",
    "to",
    "4",
    "a.m.",
    "noon",
    "’90s",
    "mid-March",
    "early",
    "next",
    "week",
    "’s",
    "1,000",
    "$3.5bn",
    "–",
    "-",
    ".",
    "10:30",
    "overnight",
    "Cold",
    "War",
    "1990s",
    "day",
    "after",
    "before",
    "half",
    "million",
    "dozens",
    "people",
    "31",
    "30",
    "99999999999",
    "é",
    "\n",
    "15/02/2022",
    "within",
];

proptest! {
    #[test]
    fn times_are_ordered_slices(words in prop::collection::vec(prop::sample::select(WORDS), 0..30), dated: bool) {
        let text = words.join(" ");
        let published = dated.then(|| jiff::civil::date(2022, 2, 16));
        let times = plain(&text, |tree| find(tree, published, &mut Vec::new()));
        for time in &times {
            prop_assert!(text.get(time.span.range()).is_some_and(|t| !t.is_empty()));
            if let (Some(start), Some(end)) = (time.start, time.end) {
                prop_assert!(start.at <= end.at, "{:?}: {:?}", &text[time.span.range()], time);
            }
        }
        prop_assert!(times.windows(2).all(|w| w[0].span.end <= w[1].span.start));
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        let times = plain(&text, |tree| find(tree, Some(Date::MAX), &mut Vec::new()));
        plain(&text, |tree| { crate::figure::find(tree, &times); });
    }
}
