//! What goes with a pair of tags: places in another table.

use crate::{Error, Upos, Xpos};

/// For each pair of tags the places of what was seen with it.
#[derive(Debug)]
pub(crate) struct ByTags(Vec<Vec<u16>>);

impl ByTags {
    /// From lines `UPOS TAB XPOS TAB places`; the places are below `len`.
    pub(crate) fn new<'t>(lines: impl Iterator<Item = &'t str>, len: usize) -> Result<Self, Error> {
        let mut out = Self(vec![Vec::new(); Upos::ALL.len() * Xpos::ALL.len()]);
        for line in lines {
            let wrong = || Error::new(format!("model: places for tags {line:?}"));
            let mut parts = line.split('\t');
            let upos = parts.next().and_then(Upos::from_name).ok_or_else(wrong)?;
            let xpos = parts.next().and_then(Xpos::from_name).ok_or_else(wrong)?;
            for place in parts.next().ok_or_else(wrong)?.split(' ') {
                let place: u16 = place.parse().map_err(|_| wrong())?;
                if usize::from(place) >= len {
                    return Err(wrong());
                }
                out.0[at(upos, xpos)].push(place);
            }
        }
        Ok(out)
    }

    /// The places for these tags; none where they were never seen together.
    pub(crate) fn get(&self, upos: Upos, xpos: Xpos) -> &[u16] {
        &self.0[at(upos, xpos)]
    }
}

fn at(upos: Upos, xpos: Xpos) -> usize {
    upos as usize * Xpos::ALL.len() + xpos as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_have_places() {
        let table = ByTags::new(["NOUN\tNN\t1", "PROPN\tNNP\t1 2"].into_iter(), 3).unwrap();
        assert_eq!(table.get(Upos::Noun, Xpos::Nn), [1]);
        assert_eq!(table.get(Upos::Propn, Xpos::Nnp), [1, 2]);
        assert_eq!(table.get(Upos::Verb, Xpos::Nnp), []);
    }

    #[test]
    fn broken_tables_are_refused() {
        for line in ["NOUN\tNN\t3", "NOUN\tNN", "NOUN\tQQ\t1", "NOUN\tNN\tx"] {
            assert!(ByTags::new([line].into_iter(), 3).is_err(), "{line}");
        }
    }
}
