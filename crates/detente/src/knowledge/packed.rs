//! Many short strings and look-up tables in few pieces of memory, so that loading and dropping them costs next to nothing.

use super::table::{Input, Record};
use crate::Error;
use detente_text::fingerprint;

/// A stretch of [`Pool`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Stretch {
    start: u32,
    len: u32,
}

impl Stretch {
    pub(super) fn is_empty(self) -> bool {
        self.len == 0
    }
}

/// Strings one behind the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pool(String);

impl Pool {
    pub(super) fn keep(&mut self, text: &str) -> Stretch {
        let start = self.0.len() as u32;
        self.0.push_str(text);
        Stretch { start, len: text.len() as u32 }
    }

    /// Keeps a text unless it is the one that was kept there before.
    pub(super) fn keep_unless(&mut self, same: Stretch, text: &str) -> Stretch {
        if self.slice(same) == text { same } else { self.keep(text) }
    }

    pub(super) fn slice(&self, stretch: Stretch) -> &str {
        &self.0[stretch.start as usize..][..stretch.len as usize]
    }

    /// Whether a stretch lies in the pool, on character boundaries.
    pub(super) fn holds(&self, stretch: Stretch) -> bool {
        let start = stretch.start as usize;
        let end = start.saturating_add(stretch.len as usize);
        self.0.is_char_boundary(start) && end <= self.0.len() && self.0.is_char_boundary(end)
    }
}

impl Record for Stretch {
    fn write(&self, out: &mut Vec<u8>) {
        self.start.write(out);
        self.len.write(out);
    }

    fn read(input: &mut Input<'_>) -> Result<Self, Error> {
        Ok(Self { start: u32::read(input)?, len: u32::read(input)? })
    }
}

impl Record for Pool {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    fn read(input: &mut Input<'_>) -> Result<Self, Error> {
        Ok(Self(String::read(input)?))
    }
}

/// Numbers 0, 1, 2 … by the hash of a key: a hash table that is built once and never changes.
///
/// A bucket holds, in order, the numbers of all keys that fall into it; whoever looks one up compares the keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Buckets {
    /// Where each bucket begins, and one end.
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl Buckets {
    /// The table of as many numbers as there are keys.
    pub(super) fn new<'k>(keys: impl ExactSizeIterator<Item = &'k str> + Clone) -> Self {
        let count = (keys.len().max(1) * 2).next_power_of_two();
        let buckets: Vec<u32> =
            keys.map(|key| (fingerprint(key.as_bytes()) as usize % count) as u32).collect();
        let mut starts = vec![0u32; count + 1];
        for &bucket in &buckets {
            starts[bucket as usize + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut free = starts.clone();
        let mut numbers = vec![0u32; buckets.len()];
        for (number, &bucket) in buckets.iter().enumerate() {
            let place = &mut free[bucket as usize];
            numbers[*place as usize] = number as u32;
            *place += 1;
        }
        Self { starts, numbers }
    }

    /// The numbers whose keys fall where this key falls.
    pub(super) fn get(&self, key: &str) -> &[u32] {
        let Some(count) = self.starts.len().checked_sub(1) else { return &[] };
        let bucket = fingerprint(key.as_bytes()) as usize % count;
        &self.numbers[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
    }

    /// All numbers, bucket by bucket.
    pub(super) fn all(&self) -> impl Iterator<Item = u32> + '_ {
        self.numbers.iter().copied()
    }

    /// Orders the numbers in every bucket.
    pub(super) fn sort_by(&mut self, mut order: impl FnMut(u32, u32) -> std::cmp::Ordering) {
        for ends in self.starts.windows(2) {
            let bucket = &mut self.numbers[ends[0] as usize..ends[1] as usize];
            if bucket.len() > 1 {
                bucket.sort_by(|&a, &b| order(a, b));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_found_under_its_key() {
        let keys: Vec<String> = (0..1000).map(|n| (n % 700).to_string()).collect();
        let buckets = Buckets::new(keys.iter().map(String::as_str));
        for (number, key) in keys.iter().enumerate() {
            assert!(buckets.get(key).contains(&(number as u32)));
            assert!(buckets.get(key).is_sorted());
        }
        assert!(Buckets::default().get("1").is_empty());
        assert!(Buckets::new(std::iter::empty::<&str>()).get("1").is_empty());
    }

    #[test]
    fn stretches_outside_the_pool_are_seen() {
        let mut pool = Pool::default();
        let (kyiv, lviv) = (pool.keep("Kyïv"), pool.keep("Lviv"));
        assert_eq!((pool.slice(kyiv), pool.slice(lviv)), ("Kyïv", "Lviv"));
        assert_eq!(pool.keep_unless(lviv, "Lviv"), lviv);
        assert!(pool.holds(lviv) && !pool.holds(Stretch { start: 6, len: 4 }));
        assert!(
            !pool.holds(Stretch { start: 3, len: 1 }) && !pool.holds(Stretch { start: u32::MAX, len: 9 })
        );
    }
}
