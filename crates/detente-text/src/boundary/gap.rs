//! What a place where a sentence may end looks like, as numbers that a linear model weighs.

use crate::{
    abbreviation::Abbreviation,
    lexicon::{self, Ordinary},
};

/// The model holds one weight for each of so many slots.
pub(crate) const SLOTS: usize = 1 << BITS;

const BITS: u32 = 17;

/// How far a word is looked at, in bytes.
const REACH: usize = 32;

/// How far a bracket is looked for, in bytes.
const BRACKET: usize = 96;

/// A place where a sentence may end, with what the scan knows about it.
#[derive(Clone, Copy)]
pub(crate) struct Gap<'a> {
    pub(crate) bytes: &'a [u8],
    /// Where the paragraph begins and ends.
    pub(crate) low: usize,
    pub(crate) high: usize,
    /// Where the current sentence begins.
    pub(crate) start: usize,
    /// Where it would end, and where the following one would begin.
    pub(crate) end: usize,
    pub(crate) next: usize,
    /// What marks stand at the end and what the rules say; 0 where there are none.
    pub(crate) rule: u32,
    /// What the word before a full stop abbreviates.
    pub(crate) short: Option<Abbreviation>,
    pub(crate) progress: Progress,
    /// Whether the paragraph ends as a sentence does.
    pub(crate) ended: bool,
    /// Whether the paragraph looks like a heading.
    pub(crate) heading: bool,
}

impl Gap<'_> {
    /// Whether it stands between a bracket and the one that closes it.
    fn is_inside(&self) -> bool {
        let before = &self.bytes[self.start.max(self.end.saturating_sub(BRACKET))..self.end];
        let behind = &self.bytes[self.next..self.high.min(self.next + BRACKET)];
        let opened = before.iter().rev().find(|b| matches!(b, b'(' | b')'));
        opened == Some(&b'(') && behind.iter().find(|b| matches!(b, b'(' | b')')) == Some(&b')')
    }
}

/// What is known of the sentence so far and of those before it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Progress {
    /// How many words it has, how many of them begin small, and how many of the last do not in a row.
    pub(crate) words: u32,
    pub(crate) small: u32,
    pub(crate) raised: u32,
    /// How the sentence before ended: 0 there is none, 1 with a terminator, 2 without.
    pub(crate) last: u32,
    /// How many sentences of the paragraph before it began small.
    pub(crate) loose: u32,
}

/// A gap with the words on both sides of it.
pub(crate) struct View<'a> {
    gap: Gap<'a>,
    /// The words before and behind the gap.
    a: Word<'a>,
    x: Word<'a>,
    /// Where the one begins and the other ends.
    start: usize,
    end: usize,
    around: u32,
}

impl<'a> View<'a> {
    pub(crate) fn of(gap: Gap<'a>) -> Self {
        let (a, start) = Word::before(gap.bytes, gap.low, gap.end);
        let (x, end) = Word::after(gap.bytes, gap.next, gap.high);
        Self { gap, a, x, start, end, around: a.shape << 8 | x.shape }
    }

    /// Calls `take` with the slots of the features that these two words show.
    pub(crate) fn near(&self, mut take: impl FnMut(usize)) {
        let Self { gap, a, x, around, .. } = *self;
        let short = gap.short.map_or(0, |short| 1 + short as u32);
        let Progress { words, small, last, .. } = gap.progress;
        let mut features = Features { template: 0, take: &mut take };
        features.add([gap.rule, 0, 0, 0]);
        features.add([gap.rule, a.tail, x.head, x.shape]);
        features.add([around, a.tail, gap.rule, short]);
        features.add([a.length, x.length, around, a.tail]);
        features.add([a.core, gap.rule, short, 0]);
        features.add([a.core, small.min(1), bucket(words), x.shape]);
        features.add([x.core, x.shape, a.tail, 0]);
        features.add([last, u32::from(gap.ended), a.tail, x.shape]);
    }

    /// Calls `take` with the slots of the features that words further away show, and lists of words.
    pub(crate) fn far(&self, mut take: impl FnMut(usize)) {
        let Self { gap, a, x, around, .. } = *self;
        // `b a | x y z` are the words around the gap, `s` begins the sentence.
        let (b, _) = Word::before(gap.bytes, gap.low, self.start);
        let (y, end) = Word::after(gap.bytes, self.end, gap.high);
        let (z, _) = Word::after(gap.bytes, end, gap.high);
        let (s, _) = Word::after(gap.bytes, gap.start, gap.end);
        let Progress { words, small, raised, loose, .. } = gap.progress;
        let (words, small, raised) = (bucket(words), bucket(small), bucket(raised));
        let (use_a, use_x) = (a.usage(), x.usage());
        let behind = y.shape << 8 | x.tail;
        let mut features = Features { template: 32, take: &mut take };
        features.add([x.shape, behind, z.shape, y.tail]);
        features.add([b.core, a.core, a.tail, 0]);
        features.add([b.core, around, a.tail, 0]);
        features.add([y.core, around, a.tail, 0]);
        features.add([s.core, s.tail, words, x.shape]);
        features.add([label(x.core, x.tail), a.tail, a.shape, 0]);
        features.add([use_x, words, small, a.tail]);
        features.add([use_x, behind, a.shape, a.tail]);
        features.add([use_x, raised, a.shape, u32::from(gap.ended)]);
        features.add([use_x, u32::from(gap.heading), a.tail, around]);
        features.add([use_a, around, a.tail, small]);
        features.add([loose.min(3), a.tail, x.shape, 0]);
        features.add([u32::from(gap.is_inside()), a.tail, gap.rule, x.shape]);
    }
}

/// Turns features into slots, one template after the other.
struct Features<'t, T> {
    template: u32,
    take: &'t mut T,
}

impl<T: FnMut(usize)> Features<'_, T> {
    fn add(&mut self, parts: [u32; 4]) {
        self.template += 1;
        (self.take)(slot(self.template, parts));
    }
}

fn slot(template: u32, parts: [u32; 4]) -> usize {
    let mut hash = template.wrapping_mul(0x9e37_79b1);
    for part in parts {
        hash = (hash ^ part).wrapping_mul(0x85eb_ca6b);
        hash ^= hash >> 15;
    }
    (hash.wrapping_mul(0xc2b2_ae35) >> (32 - BITS)) as usize
}

/// A count, the larger the rougher.
fn bucket(count: u32) -> u32 {
    match count {
        0..=4 => count,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        _ => 9,
    }
}

/// Hashes of words that stand in front of a picture's description or credit.
const LABELS: [u32; 14] = [
    hash(b"caption"),
    hash(b"credit"),
    hash(b"credits"),
    hash(b"figure"),
    hash(b"file"),
    hash(b"graphic"),
    hash(b"illustration"),
    hash(b"image"),
    hash(b"images"),
    hash(b"photo"),
    hash(b"photograph"),
    hash(b"photos"),
    hash(b"picture"),
    hash(b"video"),
];

/// Whether a word is such a label, and whether a colon stands behind it.
fn label(core: u32, tail: u32) -> u32 {
    u32::from(LABELS.contains(&core)) * (1 + u32::from(tail == fold(0, b':')))
}

/// What a stretch without white space consists of.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Shape {
    /// There is no such stretch.
    #[default]
    None,
    Marks,
    Small,
    Capital,
    Capitals,
    /// One capital letter.
    Letter,
    Number,
    /// `03/16/2001`
    Date,
    /// `10:30`
    Hour,
    /// `713-646-3393`
    Figures,
    Mail,
    Address,
    /// Letters and digits.
    Mixed,
    /// Capitals inside a word.
    Camel,
    Year,
    /// Several parts, of small letters, with a capital first, in capitals.
    SmallParts,
    CapitalParts,
    CapitalsParts,
}

/// A stretch without white space.
#[derive(Clone, Copy, Default)]
struct Word<'a> {
    /// Hashes of the marks in front, of the word in small letters, and of the marks behind.
    head: u32,
    core: u32,
    tail: u32,
    /// Its [`Shape`].
    shape: u32,
    /// The bits of its length.
    length: u32,
    bytes: &'a [u8],
}

impl<'a> Word<'a> {
    /// The word that ends at or before `end`, and where it begins.
    fn before(bytes: &'a [u8], low: usize, mut end: usize) -> (Self, usize) {
        while end > low && bytes[end - 1] <= b' ' {
            end -= 1;
        }
        let mut start = end;
        while start > low && end - start < REACH && bytes[start - 1] > b' ' {
            start -= 1;
        }
        (Self::of(&bytes[start..end]), start)
    }

    /// The word that begins at or behind `start`, and where it ends.
    fn after(bytes: &'a [u8], mut start: usize, high: usize) -> (Self, usize) {
        while start < high && bytes[start] <= b' ' {
            start += 1;
        }
        let mut end = start;
        while end < high && end - start < REACH && bytes[end] > b' ' {
            end += 1;
        }
        (Self::of(&bytes[start..end]), end)
    }

    fn of(chunk: &'a [u8]) -> Self {
        let mut word = Word::default();
        let mut core = chunk;
        while let Some(width) = first_mark(core) {
            word.head = fold(word.head, core[width - 1]);
            core = &core[width..];
        }
        if core.is_empty() {
            word.tail = word.head;
            word.shape = if chunk.is_empty() { Shape::None } else { Shape::Marks } as u32;
            return word;
        }
        while let Some(width) = last_mark(core) {
            word.tail = fold(word.tail, core[core.len() - 1]);
            core = &core[..core.len() - width];
        }
        let mut counts = 0;
        word.core = SEED;
        for &byte in core {
            word.core = step(word.core, byte);
            counts += UNITS[byte as usize];
        }
        word.length = usize::BITS - core.len().leading_zeros();
        word.shape = shape(core, counts) as u32;
        word.bytes = core;
        word
    }

    /// What prose does with the word: 0 where it is none, 1 unknown, 2 and 3 prose writes it small, 4 it begins
    /// sentences.
    fn usage(&self) -> u32 {
        let word = std::str::from_utf8(self.bytes).unwrap_or("");
        if word.is_empty() || !self.bytes[0].is_ascii_alphabetic() {
            return 0;
        }
        let word = word.split(['\'', '-', '’', '.']).next().unwrap_or(word);
        if word.len() > 1 && lexicon::is_starter(word) {
            return 4;
        }
        match lexicon::ordinary(word) {
            Some(Ordinary::Verbal) => 3,
            Some(Ordinary::Nominal) => 2,
            None => 1,
        }
    }
}

/// Kinds of bytes; each is counted in one byte of a number.
const UPPER: u32 = 0;
const SMALL: u32 = 8;
const DIGIT: u32 = 16;
const AT: u32 = 24;
const SLASH: u32 = 32;
const COLON: u32 = 40;
const OTHER: u32 = 48;

/// What each byte adds to such a number.
const UNITS: [u64; 256] = {
    let mut units = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let kind = match byte as u8 {
            b'A'..=b'Z' => UPPER,
            b'a'..=b'z' | 0x80.. => SMALL,
            b'0'..=b'9' => DIGIT,
            b'@' => AT,
            b'/' => SLASH,
            b':' => COLON,
            _ => OTHER,
        };
        units[byte] = 1 << kind;
        byte += 1;
    }
    units
};

fn shape(core: &[u8], counts: u64) -> Shape {
    let count = |kind: u32| counts >> kind & 0xff;
    let (upper, small, digit) = (count(UPPER), count(SMALL), count(DIGIT));
    let (at, slash, colon, other) = (count(AT), count(SLASH), count(COLON), count(OTHER));
    let parts = slash + colon + other > 0;
    if at > 0 {
        return Shape::Mail;
    }
    if colon > 0 && slash > 1 || core.starts_with(b"www.") {
        return Shape::Address;
    }
    if upper + small == 0 {
        return match (slash, colon) {
            _ if !parts && digit == 4 => Shape::Year,
            _ if !parts => Shape::Number,
            (1.., _) => Shape::Date,
            (_, 1..) => Shape::Hour,
            _ => Shape::Figures,
        };
    }
    if digit > 0 {
        return Shape::Mixed;
    }
    let first = core[0].is_ascii_uppercase() && upper == 1;
    match parts {
        false if upper == 0 => Shape::Small,
        true if upper == 0 => Shape::SmallParts,
        false if first && small == 0 => Shape::Letter,
        false if first => Shape::Capital,
        true if first && small > 0 => Shape::CapitalParts,
        false if small == 0 => Shape::Capitals,
        true if small == 0 => Shape::CapitalsParts,
        _ => Shape::Camel,
    }
}

/// How many bytes the mark has that a stretch begins with.
fn first_mark(chunk: &[u8]) -> Option<usize> {
    match chunk {
        [byte, ..] if byte.is_ascii() => (!byte.is_ascii_alphanumeric()).then_some(1),
        // Quotation marks, dashes, arrows and other signs.
        [0xe2, _, _, ..] => Some(3),
        _ => None,
    }
}

/// How many bytes the mark has that a stretch ends with.
fn last_mark(chunk: &[u8]) -> Option<usize> {
    match chunk {
        [.., byte] if byte.is_ascii() => (!byte.is_ascii_alphanumeric()).then_some(1),
        [.., 0xe2, _, _] => Some(3),
        _ => None,
    }
}

const SEED: u32 = 0x811c_9dc5;

/// The hash of a word in small letters.
const fn hash(word: &[u8]) -> u32 {
    let mut hash = SEED;
    let mut at = 0;
    while at < word.len() {
        hash = step(hash, word[at]);
        at += 1;
    }
    hash
}

/// Adds a byte to the hash of a word, whatever its case and which digit.
const fn step(hash: u32, byte: u8) -> u32 {
    let byte = if byte.is_ascii_digit() { b'0' } else { byte.to_ascii_lowercase() };
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

/// Adds a mark to the hash of those before it.
const fn fold(hash: u32, byte: u8) -> u32 {
    hash.wrapping_mul(0x0100_0193) ^ byte as u32 ^ 0x5bd1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(words: &[&str]) -> Vec<u32> {
        words.iter().map(|word| Word::of(word.as_bytes()).shape).collect()
    }

    #[test]
    fn shapes_of_words() {
        let words = ["", "--", "the", "Kyiv", "NATO", "A", "17", "1,000", "10:30", "3/16/2001", "1994"];
        let expected = [
            Shape::None,
            Shape::Marks,
            Shape::Small,
            Shape::Capital,
            Shape::Capitals,
            Shape::Letter,
            Shape::Number,
            Shape::Figures,
            Shape::Hour,
            Shape::Date,
            Shape::Year,
        ];
        assert_eq!(shapes(&words), expected.map(|shape| shape as u32));
        let words = ["(jane@doe.org)", "http://a.b/c", "F-16", "iPhone", "co-op", "Don't", "U.S.A."];
        let expected = [
            Shape::Mail,
            Shape::Address,
            Shape::Mixed,
            Shape::Camel,
            Shape::SmallParts,
            Shape::CapitalParts,
            Shape::CapitalsParts,
        ];
        assert_eq!(shapes(&words), expected.map(|shape| shape as u32));
    }

    #[test]
    fn case_and_digits_do_not_count() {
        let (one, other) = (Word::of(b"(Thanks,"), Word::of(b"thanks,"));
        assert_eq!((one.core, one.tail), (other.core, other.tail));
        assert_ne!(one.head, other.head);
        assert_eq!(Word::of(b"03/16/2001").core, Word::of(b"11/30/1999").core);
        assert_eq!(label(Word::of(b"Image:").core, Word::of(b"Image:").tail), 2);
    }

    #[test]
    fn words_are_read_to_a_limit() {
        let long = "a".repeat(1000);
        assert_eq!(Word::before(long.as_bytes(), 0, 1000).1, 1000 - REACH);
        assert_eq!(Word::after(long.as_bytes(), 0, 1000).1, REACH);
        // Half of a character is no reason to fail.
        let cut = "é".repeat(100);
        assert!(Word::after(cut.as_bytes(), 1, 200).0.usage() < 5);
    }
}
