//! `testdata/figure/*.toml`, comparisons, and what holds for every text.

use super::*;
use crate::time::tests::{cases, parsed, plain};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    #[serde(default)]
    tree: bool,
    expect: Vec<Expected>,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct Expected {
    text: String,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    bound: String,
    unit: Option<String>,
    echo: Option<usize>,
}

fn found(tree: &Tree<'_>) -> Vec<Expected> {
    let published = Some(jiff::civil::date(2022, 2, 16));
    let times = crate::time::find(tree, published, &mut Vec::new());
    find(tree, &times)
        .into_iter()
        .map(|f| Expected {
            text: tree.document().slice(f.figure.span).to_owned(),
            value: f.figure.value,
            low: f.figure.low,
            high: f.figure.high,
            bound: f.figure.bound.to_string(),
            unit: f.figure.unit,
            echo: f.echo,
        })
        .collect()
}

/// By the words alone every case holds; with trees, which are learnt, nearly every one.
#[test]
fn figures_of_testdata() {
    let cases: Vec<(String, Case)> = cases("figure");
    assert!(cases.len() >= 100);
    let mut wrong = Vec::new();
    let (mut with_trees, mut trees) = (0, 0);
    for (file, case) in &cases {
        let words = plain(&case.text, found);
        if !case.tree && words != case.expect {
            wrong.push(format!("{file}: {}\n  {words:?}", case.text));
        }
        if let Some(figures) = parsed(&case.text, found) {
            with_trees += 1;
            trees += u32::from(figures == case.expect);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(trees * 20 >= with_trees * 19, "with trees only {trees} of {with_trees}");
}

fn figure(low: Option<f64>, high: Option<f64>, bound: Bound, unit: &str) -> Figure {
    Figure { span: Span::default(), value: None, low, high, bound, unit: Some(unit.to_owned()), of: None }
}

#[test]
fn figures_stand_side_by_side() {
    let at_least = figure(Some(200.0), None, Bound::AtLeast, "soldier");
    let about = figure(Some(117.0), Some(143.0), Bound::About, "soldier");
    let more = figure(Some(130.0), None, Bound::MoreThan, "soldier");
    let exact = figure(Some(130.0), Some(130.0), Bound::Exact, "soldier");
    let votes = figure(Some(130.0), Some(130.0), Bound::Exact, "vote");
    assert!(!at_least.meets(&about) && !about.meets(&at_least));
    assert!(about.meets(&more) && about.meets(&exact));
    // "more than 130" leaves 130 out.
    assert!(!more.meets(&exact) && !exact.meets(&more));

    let id = |n: u32| FigureId(n);
    let compared = compare(&[
        (id(0), &about, 1),
        (id(1), &votes, 1),
        (id(2), &at_least, 1),
        (id(3), &more, 2),
        (id(4), &about, 2),
    ]);
    assert_eq!(compared.len(), 2);
    assert_eq!(compared[0].figures, [id(0), id(2)]);
    assert_eq!(compared[0].compatibility, Compatibility::Conflicting);
    assert_eq!(compared[1].figures, [id(3), id(4)]);
    assert_eq!(compared[1].compatibility, Compatibility::Compatible);
    assert!(compare(&[(id(0), &about, 1)]).is_empty());
    let three = compare(&[(id(0), &more, 1), (id(1), &about, 1), (id(2), &exact, 1)]);
    assert_eq!(three[0].compatibility, Compatibility::Conflicting);
}

const WORDS: &[&str] = &[
    "at",
    "least",
    "more",
    "than",
    "about",
    "some",
    "between",
    "and",
    "to",
    "10",
    "12",
    "130,000",
    "2.5",
    "million",
    "two",
    "hundred",
    "dozens",
    "of",
    "people",
    "killed",
    "$",
    "€20m",
    "percent",
    "%",
    "a",
    "half",
    "third",
    "or",
    "so",
    "T-72",
    "3-1",
    ",",
    "34",
    "The",
    "soldiers",
    "were",
    "wounded",
    "km",
    "tens",
    "thousands",
    "one",
    "No.",
    "years",
    "ago",
    "½",
    "’s",
];

proptest! {
    #[test]
    fn figures_are_ordered_slices(words in prop::collection::vec(prop::sample::select(WORDS), 0..30)) {
        let text = words.join(" ");
        let figures = plain(&text, |tree| find(tree, &[]));
        for f in &figures {
            prop_assert!(text.get(f.figure.span.range()).is_some_and(|t| !t.is_empty()));
            if let (Some(low), Some(high)) = (f.figure.low, f.figure.high) {
                prop_assert!(low <= high, "{:?}", f);
            }
        }
        prop_assert!(figures.windows(2).all(|w| w[0].figure.span.end <= w[1].figure.span.start), "{:?}", figures);
        prop_assert!(figures.iter().enumerate().all(|(n, f)| f.echo.is_none_or(|e| e < n)));
    }

    #[test]
    fn comparison_is_pairwise(ends in prop::collection::vec((0u8..9, 0u8..9, 0usize..7), 2..6)) {
        let figures: Vec<Figure> = ends
            .iter()
            .map(|&(a, b, bound)| {
                let bound = Bound::ALL[bound];
                let (low, high) = (f64::from(a.min(b)), f64::from(a.max(b)));
                match bound {
                    Bound::AtLeast | Bound::MoreThan => figure(Some(low), None, bound, "x"),
                    Bound::AtMost | Bound::LessThan => figure(Some(0.0), Some(high + 1.0), bound, "x"),
                    _ => figure(Some(low), Some(high), bound, "x"),
                }
            })
            .collect();
        let all = figures.iter().enumerate().all(|(n, a)| figures[..n].iter().all(|b| a.meets(b)));
        prop_assert_eq!(pairwise(figures.iter()), all);
    }
}
