//! Between bytes, which count inside, and Unicode scalar values, which count outside.

use detente::text::Span;

/// Bytes to a block; a lookup counts characters inside one block.
const BLOCK: usize = 64;

/// Converts the positions of one text between UTF-8 bytes and Unicode scalar values.
///
/// Building takes one pass over the text, a lookup constant time; a text in ASCII needs neither.
///
/// ```
/// use detente_io::Offsets;
/// let text = "Łódź 🙂 denies it";
/// let offsets = Offsets::new(text);
/// assert_eq!(offsets.scalar(text.find("denies").unwrap()), 7);
/// assert_eq!(offsets.byte(7), text.find("denies"));
/// assert_eq!(offsets.byte(99), None);
/// ```
#[derive(Clone, Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    /// Scalar values that start before each block; empty when the text is ASCII.
    before: Vec<u32>,
    scalars: usize,
}

impl<'t> Offsets<'t> {
    /// Reads the text once.
    pub fn new(text: &'t str) -> Self {
        if text.is_ascii() {
            return Self { text, before: Vec::new(), scalars: text.len() };
        }
        let mut before = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut scalars = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            before.push(scalars as u32);
            scalars += starts(block);
        }
        Self { text, before, scalars }
    }

    /// How many scalar values the text has.
    pub fn len(&self) -> usize {
        self.scalars
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.scalars == 0
    }

    /// The position in scalar values of a byte position. Positions past the end count as the end.
    pub fn scalar(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        if self.before.is_empty() {
            return byte;
        }
        if byte == self.text.len() {
            return self.scalars;
        }
        let block = byte / BLOCK;
        self.before[block] as usize + starts(&self.text.as_bytes()[block * BLOCK..byte])
    }

    /// The byte position of a position in scalar values; none past the end.
    pub fn byte(&self, scalar: usize) -> Option<usize> {
        if scalar >= self.scalars {
            return (scalar == self.scalars).then_some(self.text.len());
        }
        if self.before.is_empty() {
            return Some(scalar);
        }
        let block = self.before.partition_point(|&count| count as usize <= scalar) - 1;
        let mut left = scalar - self.before[block] as usize;
        let start = block * BLOCK;
        for (index, &byte) in self.text.as_bytes()[start..].iter().enumerate() {
            if is_start(byte) {
                if left == 0 {
                    return Some(start + index);
                }
                left -= 1;
            }
        }
        None
    }

    /// A span in scalar values.
    pub fn span(&self, span: Span) -> [u32; 2] {
        [span.start, span.end].map(|byte| self.scalar(byte as usize) as u32)
    }

    /// A span in bytes; none when it is turned round or leaves the text.
    pub fn bytes(&self, [start, end]: [u64; 2]) -> Option<Span> {
        let byte = |n: u64| usize::try_from(n).ok().and_then(|n| self.byte(n));
        (start <= end).then_some(())?;
        Some(Span::from_range(byte(start)?..byte(end)?))
    }
}

/// How many scalar values start in these bytes.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| is_start(byte)).count()
}

/// Whether a byte of UTF-8 is the first of its character.
const fn is_start(byte: u8) -> bool {
    (byte as i8) >= -0x40
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting() {
        let long = "Ünïcödé 🙂👩‍👩‍👧 “quoted” — 日本語 plain ascii text that goes on for a while ".repeat(7);
        for text in ["", "plain", "é", "🙂", "a🙂b", long.as_str(), "plain".repeat(40).as_str()] {
            let offsets = Offsets::new(text);
            assert_eq!(offsets.len(), text.chars().count());
            for (scalar, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(offsets.scalar(byte), scalar);
                assert_eq!(offsets.byte(scalar), Some(byte));
            }
            assert_eq!(offsets.scalar(text.len()), offsets.len());
            assert_eq!(offsets.byte(offsets.len()), Some(text.len()));
            assert_eq!(offsets.byte(offsets.len() + 1), None);
        }
    }

    #[test]
    fn spans_go_there_and_back() {
        let text = "Ankara’s 🙂 envoy";
        let offsets = Offsets::new(text);
        let start = text.find("envoy").unwrap();
        let span = Span::from_range(start..text.len());
        assert_eq!(offsets.span(span), [11, 16]);
        assert_eq!(offsets.bytes([11, 16]), Some(span));
        assert_eq!(offsets.bytes([16, 11]), None);
        assert_eq!(offsets.bytes([3, 17]), None);
        assert_eq!(offsets.bytes([0, u64::MAX]), None);
    }
}
