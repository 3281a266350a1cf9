//! Figures: quantities as the intervals that their words allow.
//!
//! [`numeral`] reads numbers with the words that bound them, [`noise`] knows which numbers count nothing, [`count`]
//! finds what the others count, by the tree and by the words ([`noun`]), and [`unit`] has measures and fates. Here
//! figures for one quantity are put side by side.

mod count;
mod noise;
mod noun;
pub(crate) mod numeral;
#[cfg(test)]
mod tests;
mod unit;

use crate::{ActorId, Comparison, Compatibility, FigureId, Time};
use detente_text::{Span, TokenId, Tree, vocabulary};

vocabulary! {
    /// How a figure is bounded by its words.
    Bound {
        Exact = "exact",
        About = "about",
        AtLeast = "at-least",
        MoreThan = "more-than",
        AtMost = "at-most",
        LessThan = "less-than",
        Between = "between",
    }
}

/// A quantity with the interval that its words allow.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The words, modifiers included ("more than 100,000").
    pub span: Span,
    /// The number named, if one is.
    pub value: Option<f64>,
    /// Lower end of the closed interval; `None` when open.
    pub low: Option<f64>,
    /// Upper end of the closed interval; `None` when open.
    pub high: Option<f64>,
    /// How it is bounded.
    pub bound: Bound,
    /// What is counted, singular: "troop", "dead", "USD", "percent".
    pub unit: Option<String>,
    /// Whose.
    pub of: Option<ActorId>,
}

impl Figure {
    /// Whether both can hold: the intervals meet. "more than" and "less than" leave out their number.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        let below = |a: &Self, b: &Self| match (a.high, b.low) {
            (Some(high), Some(low)) => {
                let open = a.bound == Bound::LessThan || b.bound == Bound::MoreThan;
                high > low || high == low && !open
            }
            _ => true,
        };
        below(self, other) && below(other, self)
    }
}

/// A figure with the words that say what it counts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FoundFigure {
    /// Whose is still open.
    pub(crate) figure: Figure,
    /// The number itself, its last word.
    pub(crate) number: Option<TokenId>,
    /// The counted noun; the number itself where none is said.
    pub(crate) noun: Option<TokenId>,
    /// An earlier figure that this one probably speaks of again, by place in the list: "It is fewer than 20". The
    /// unit comes from there.
    pub(crate) echo: Option<usize>,
}

/// All figures of a document, in text order. Numbers inside `times` are none.
pub(crate) fn find(tree: &Tree<'_>, times: &[Time]) -> Vec<FoundFigure> {
    count::find(tree, times)
}

/// Puts figures side by side that speak of one quantity: equal unit, equal owner, equal key of the caller.
pub(crate) fn compare(figures: &[(FigureId, &Figure, u64)]) -> Vec<Comparison> {
    let same = |a: &(FigureId, &Figure, u64), b: &(FigureId, &Figure, u64)| {
        a.2 == b.2 && a.1.of == b.1.of && a.1.unit == b.1.unit
    };
    let mut order: Vec<usize> = (0..figures.len()).collect();
    // Sorting brings equal quantities together in text order without comparing all with all.
    order.sort_by(|&a, &b| {
        let key = |i: usize| (figures[i].2, figures[i].1.of, figures[i].1.unit.as_deref());
        key(a).cmp(&key(b)).then(a.cmp(&b))
    });
    let mut out: Vec<(usize, Comparison)> = order
        .chunk_by(|&a, &b| same(&figures[a], &figures[b]))
        .filter(|group| group.len() > 1)
        .map(|group| {
            let (_, first, _) = figures[group[0]];
            let compatibility = if pairwise(group.iter().map(|&i| figures[i].1)) {
                Compatibility::Compatible
            } else {
                Compatibility::Conflicting
            };
            let comparison = Comparison {
                unit: first.unit.clone(),
                of: first.of,
                figures: group.iter().map(|&i| figures[i].0).collect(),
                compatibility,
            };
            (group[0], comparison)
        })
        .collect();
    out.sort_by_key(|&(first, _)| first);
    out.into_iter().map(|(_, comparison)| comparison).collect()
}

/// Whether all intervals meet pairwise. On a line that is so when the highest low end meets the lowest high end.
fn pairwise<'f>(figures: impl Iterator<Item = &'f Figure> + Clone) -> bool {
    let rank = |open: bool| u8::from(open);
    let low = figures.clone().filter(|f| f.low.is_some()).max_by(|a, b| {
        let end = |f: &Figure| f.low.unwrap_or(f64::NEG_INFINITY);
        end(a)
            .total_cmp(&end(b))
            .then(rank(a.bound == Bound::MoreThan).cmp(&rank(b.bound == Bound::MoreThan)))
    });
    let high = figures.filter(|f| f.high.is_some()).min_by(|a, b| {
        let end = |f: &Figure| f.high.unwrap_or(f64::INFINITY);
        end(a)
            .total_cmp(&end(b))
            .then(rank(b.bound == Bound::LessThan).cmp(&rank(a.bound == Bound::LessThan)))
    });
    match (low, high) {
        (Some(low), Some(high)) => low.meets(high),
        _ => true,
    }
}
