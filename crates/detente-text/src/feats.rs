//! Morphological features: of those that the tags allow, the ones that the network likes best.

use std::sync::Arc;

use crate::{
    Error, Upos, Xpos,
    arithmetic::{
        lanes::{Lanes, SHIFT},
        simd::{Kernel, dispatch},
    },
    by_tags::ByTags,
    model::BOTH,
};

/// Feature bundles such as `Number=Plur`, and how to choose among them.
///
/// In English the tags leave little open: most pairs of tags go with one bundle, and only the others are weighed.
pub(crate) struct Feats {
    /// All bundles, as the treebanks write them.
    pub(crate) set: Arc<[Box<str>]>,
    /// Bundles seen with each pair of tags.
    of_tags: ByTags,
    scale: Vec<f32>,
    weights: Vec<i8>,
    bias: Vec<f32>,
}

impl Feats {
    /// From the bundles, the lines `UPOS TAB XPOS TAB places` of those seen together, and a row of weights for each.
    pub(crate) fn new<'t>(
        set: Arc<[Box<str>]>,
        of_tags: impl Iterator<Item = &'t str>,
        scale: Vec<f32>,
        weights: Vec<i8>,
        bias: Vec<f32>,
    ) -> Result<Self, Error> {
        let wrong = || Error::new("model: features do not fit their table");
        let shape = [scale.len(), weights.len() / BOTH, bias.len()];
        if set.is_empty() || u16::try_from(set.len()).is_err() || shape != [set.len(); 3] {
            return Err(wrong());
        }
        let of_tags = ByTags::new(of_tags, set.len())?;
        Ok(Self { set, of_tags, scale, weights, bias })
    }

    /// The place of the likeliest bundle of a word with these tags, by its vector of the second layer.
    ///
    /// Tags that were never seen together have the first bundle, which is none.
    pub(crate) fn choose(&self, upos: Upos, xpos: Xpos, vector: &[u8]) -> u16 {
        match *self.of_tags.get(upos, xpos) {
            [] => 0,
            [only] => only,
            ref several => {
                let mut best = (f32::NEG_INFINITY, several[0]);
                for &place in several {
                    let score = self.score(usize::from(place), vector);
                    if score > best.0 {
                        best = (score, place);
                    }
                }
                best.1
            }
        }
    }

    fn score(&self, place: usize, vector: &[u8]) -> f32 {
        let mut sum = 0;
        dispatch(Dot { vector, weights: &self.weights[place * BOTH..][..BOTH], sum: &mut sum });
        (sum as f32).mul_add(self.scale[place] / 127.0, self.bias[place])
    }
}

/// The product of a vector of bytes and a row of weights.
struct Dot<'a> {
    vector: &'a [u8],
    weights: &'a [i8],
    sum: &'a mut i32,
}

impl Kernel for Dot<'_> {
    #[inline(always)]
    fn run<L: Lanes, const ROWS: usize>(self) {
        for (&x, &w) in self.vector.iter().zip(self.weights) {
            *self.sum += (i32::from(x) - SHIFT) * i32::from(w);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feats(lines: &[&str]) -> Result<Feats, Error> {
        let set: Arc<[Box<str>]> = ["_", "Number=Sing", "Number=Plur"].map(Box::from).into();
        let mut weights = vec![0; 3 * BOTH];
        weights[BOTH] = 1;
        weights[2 * BOTH] = -1;
        Feats::new(set, lines.iter().copied(), vec![1.0; 3], weights, vec![0.0; 3])
    }

    #[test]
    fn tags_decide_first_and_the_network_among_what_they_allow() {
        let feats = feats(&["NOUN\tNN\t1", "PROPN\tNNP\t1 2"]).unwrap();
        let vector = |first: u8| std::array::from_fn::<u8, BOTH, _>(|i| if i == 0 { first } else { 128 });
        assert_eq!(feats.choose(Upos::Noun, Xpos::Nn, &vector(1)), 1);
        assert_eq!(feats.choose(Upos::Propn, Xpos::Nnp, &vector(1)), 2);
        assert_eq!(feats.choose(Upos::Propn, Xpos::Nnp, &vector(255)), 1);
        assert_eq!(feats.choose(Upos::Verb, Xpos::Nnp, &vector(255)), 0);
    }
}
