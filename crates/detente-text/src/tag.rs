//! From scores to tags: best class, best legal sequence of name tags.

use crate::{EntityKind, model::column::NAMES_ALL};

/// The place of the highest score; the first of equals, and 0 for none.
#[inline]
pub(crate) fn best(scores: &[f32]) -> usize {
    let mut best = 0;
    for (i, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = i;
        }
    }
    best
}

/// The weight of the second head's scores where the two are at odds: parts of speech see more of the sentence than Penn
/// tags. On EWT dev 0.3 gives UPOS 96.25 and Penn tags 95.34, 1 gives 96.19 and 95.27, each for itself 96.24 and 95.06.
const SECOND: f32 = 0.3;

/// The places of the highest scores of two heads that go together: the highest of each where `together` allows the two,
/// else the pair of the highest weighted sum that it allows. Of equals the first.
#[inline]
pub(crate) fn best_pair(a: &[f32], b: &[f32], together: impl Fn(usize, usize) -> bool) -> (usize, usize) {
    let likeliest = (best(a), best(b));
    if together(likeliest.0, likeliest.1) {
        return likeliest;
    }
    let pairs = (0..a.len()).flat_map(|i| (0..b.len()).map(move |j| (i, j)));
    let mut found = (f32::NEG_INFINITY, likeliest);
    for (i, j) in pairs.filter(|&(i, j)| together(i, j)) {
        let sum = a[i] + SECOND * b[j];
        if sum > found.0 {
            found = (sum, (i, j));
        }
    }
    found.1
}

/// Name tags are `O`, then `B` and `I` of each kind, as the model file has them.
const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organization, EntityKind::Location];

/// The tag `I` of a kind may follow only `B` or `I` of that kind.
const fn follows(previous: usize, tag: usize) -> bool {
    tag == 0 || tag % 2 == 1 || previous == tag || previous + 1 == tag
}

/// Finds names: the best legal sequence of tags, as (first, one past the last, kind).
///
/// `scores` yields the tag scores of one token after another, and the price of a name that begins or ends before it.
pub(crate) fn names<'s>(
    scores: impl Iterator<Item = (&'s [f32], f32)>,
    back: &mut Vec<[u8; NAMES_ALL]>,
    mut found: impl FnMut(usize, usize, EntityKind),
) {
    back.clear();
    let mut total = [0.0f32; NAMES_ALL];
    for (row, price) in scores {
        let mut next = [0.0; NAMES_ALL];
        let mut from = [0u8; NAMES_ALL];
        for tag in 0..NAMES_ALL {
            // Before the first token stands `O`.
            let mut origin = 0;
            let mut sum = f32::NEG_INFINITY;
            for (previous, &score) in total.iter().enumerate() {
                let legal = follows(previous, tag) && (!back.is_empty() || previous == 0);
                let begins = tag % 2 == 1;
                let ends = previous != 0 && (tag == 0 || begins);
                let score = if begins || ends { score - price } else { score };
                if legal && score > sum {
                    (origin, sum) = (previous, score);
                }
            }
            next[tag] = sum + row[tag];
            from[tag] = origin as u8;
        }
        total = next;
        back.push(from);
    }
    let mut tag = best(&total);
    let mut end = back.len();
    for (token, from) in back.iter().enumerate().rev() {
        let previous = usize::from(from[tag]);
        match tag {
            0 => end = token,
            _ if tag % 2 == 1 => {
                found(token, end, KINDS[tag / 2]);
                end = token;
            }
            _ => {}
        }
        tag = previous;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rows: &[[f32; NAMES_ALL]]) -> Vec<(usize, usize, EntityKind)> {
        let mut out = Vec::new();
        names(rows.iter().map(|r| (&r[..], 0.0)), &mut Vec::new(), |a, b, k| out.push((a, b, k)));
        out.sort_by_key(|n| n.0);
        out
    }

    fn likes(tag: usize) -> [f32; NAMES_ALL] {
        std::array::from_fn(|t| if t == tag { 2.0 } else { 0.0 })
    }

    #[test]
    fn sequences_become_names() {
        use EntityKind::*;
        assert_eq!(found(&[]), []);
        assert_eq!(found(&[likes(0), likes(0)]), []);
        assert_eq!(
            found(&[likes(1), likes(2), likes(0), likes(5), likes(5), likes(6)]),
            [(0, 2, Person), (3, 4, Location), (4, 6, Location)]
        );
        assert_eq!(found(&[likes(3), likes(4), likes(1)]), [(0, 2, Organization), (2, 3, Person)]);
    }

    #[test]
    fn tags_go_together() {
        let (a, b) = ([3.0, 2.8, 0.0], [1.0, 2.5]);
        assert_eq!(best_pair(&a, &b, |_, _| true), (0, 1));
        assert_eq!(best_pair(&a, &b, |i, j| (i, j) != (0, 1)), (1, 1));
        assert_eq!(best_pair(&a, &b, |i, j| (i, j) != (0, 1) && (i, j) != (1, 1)), (0, 0));
        assert_eq!(best_pair(&a, &b, |_, _| false), (0, 1));
        assert_eq!(best_pair(&[], &[], |_, _| false), (0, 0));
    }

    #[test]
    fn no_name_begins_inside() {
        // The second tag alone would be I-PER after O: the sequence must begin the name or give it up.
        let strong = std::array::from_fn(|t| if t == 2 { 9.0 } else { 0.0 });
        assert_eq!(found(&[likes(0), strong]), [(0, 2, EntityKind::Person)]);
        assert_eq!(found(&[strong]), []);
    }

    #[test]
    fn parting_may_have_a_price() {
        let found = |price: f32| {
            let mut out = Vec::new();
            let rows = [(likes(5), 0.0), ([1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5], price)];
            names(rows.iter().map(|(r, p)| (&r[..], *p)), &mut Vec::new(), |a, b, k| out.push((a, b, k)));
            out
        };
        assert_eq!(found(0.0), [(0, 1, EntityKind::Location)]);
        assert_eq!(found(1.0), [(0, 2, EntityKind::Location)]);
    }

    #[test]
    fn broken_scores_do_not_panic() {
        found(&[[f32::NAN; NAMES_ALL], [f32::INFINITY; NAMES_ALL], [f32::NEG_INFINITY; NAMES_ALL]]);
        assert_eq!(best(&[]), 0);
    }
}
