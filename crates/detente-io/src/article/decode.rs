//! Bytes of a text file, whatever their encoding, as text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use detente::text::Span;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// A text with what had to be guessed or repaired.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) remark: Option<(String, Option<Span>)>,
}

/// First bytes of files that people hand in by mistake.
const MAGIC: [(&[u8], &str); 8] = [
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "compressed (gzip)"),
    (b"\x28\xb5\x2f\xfd", "compressed (zstd)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
];

/// Decodes a text file: byte order mark, then UTF-8, then UTF-16 without mark, then a guess.
///
/// The byte order mark is not part of the text. Damaged UTF-8 is told from other encodings by its intact
/// characters, and repaired with U+FFFD.
pub(super) fn decode(bytes: Vec<u8>) -> Result<Decoded, String> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(format!("not a text file: {what}"));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return Ok(marked(encoding, &bytes[mark..], mark));
    }
    if let Some(nul) = memchr::memchr(0, &bytes) {
        let encoding = unmarked_utf16(&bytes)
            .ok_or_else(|| format!("not a text file: byte {nul} is NUL, so this is binary data"))?;
        let mut decoded = marked(encoding, &bytes, 0);
        decoded.remark =
            Some((format!("no byte order mark; {} was guessed as the encoding", encoding.name()), None));
        return Ok(decoded);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text, remark: None }),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            Ok(if is_damaged_utf8(&bytes) { repaired(&bytes, at) } else { guessed(&bytes, at) })
        }
    }
}

/// Text whose encoding a byte order mark gives; `mark` is the length of the mark.
fn marked(encoding: &'static Encoding, bytes: &[u8], mark: usize) -> Decoded {
    if encoding == encoding_rs::UTF_8 {
        return match std::str::from_utf8(bytes) {
            Ok(text) => Decoded { text: text.to_owned(), remark: None },
            Err(error) => repaired(bytes, error.valid_up_to() + mark),
        };
    }
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let remark = broken.then(|| {
        let span = replacement(&text);
        (format!("not valid {}; broken characters were replaced", encoding.name()), span)
    });
    Decoded { text, remark }
}

/// UTF-8 with its broken bytes replaced; `at` is the position of the first in the file.
pub(super) fn repaired(bytes: &[u8], at: usize) -> Decoded {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let places = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let others = match places {
        1 => String::new(),
        _ => format!(" (the first of {places} such places)"),
    };
    let span = replacement(&text);
    Decoded {
        text,
        remark: Some((format!("byte {at} is not valid UTF-8{others}; replaced by U+FFFD"), span)),
    }
}

/// Text in another encoding, as far as its bytes let guess.
fn guessed(bytes: &[u8], at: usize) -> Decoded {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let message =
        format!("byte {at} is not valid UTF-8; {} was guessed as the encoding of the file", encoding.name());
    Decoded { text: text.into_owned(), remark: Some((message, None)) }
}

/// Where the first replacement character stands.
fn replacement(text: &str) -> Option<Span> {
    text.find('\u{FFFD}').map(|at| Span::from_range(at..at + '\u{FFFD}'.len_utf8()))
}

/// Whether most of what is not ASCII is intact UTF-8, or the file is only cut inside its last character.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut intact, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        intact += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    intact >= broken
}

/// UTF-16 without a mark shows in texts that are mostly ASCII: every other byte is NUL.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let nul = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, units) = (nul(0), nul(1), bytes.len() / 2);
    if !bytes.len().is_multiple_of(2) || units < 4 {
        return None;
    }
    match () {
        () if odd * 10 > units * 6 && even * 50 < units => Some(UTF_16LE),
        () if even * 10 > units * 6 && odd * 50 < units => Some(UTF_16BE),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, Option<String>) {
        let decoded = decode(bytes.to_vec()).unwrap();
        (decoded.text, decoded.remark.map(|r| r.0))
    }

    fn utf16(text: &str, turn: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if turn { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn utf8_as_it_is() {
        assert_eq!(text("Kyiv’s 🙂\r\n".as_bytes()), ("Kyiv’s 🙂\r\n".to_owned(), None));
        assert_eq!(text(b"\xef\xbb\xbfKyiv"), ("Kyiv".to_owned(), None));
    }

    #[test]
    fn utf16_with_and_without_mark() {
        let words = "Kyiv denies it, “again”.";
        let mut marked = vec![0xff, 0xfe];
        marked.extend(utf16(words, false));
        assert_eq!(text(&marked), (words.to_owned(), None));
        for turn in [false, true] {
            let (got, remark) = text(&utf16(words, turn));
            assert_eq!(got, words);
            assert!(remark.unwrap().contains("guessed"));
        }
    }

    #[test]
    fn damage_is_repaired_and_named() {
        let (got, remark) = text("Kyiv’s “no” — é".as_bytes().split_last().unwrap().1);
        assert_eq!(got, "Kyiv’s “no” — \u{FFFD}");
        assert!(remark.unwrap().contains("byte 22 "), "{got}");
        let mut bytes = "“a” ".as_bytes().to_vec();
        bytes.extend(b"\xff b \xfe c");
        let (_, remark) = text(&bytes);
        assert_eq!(
            remark.unwrap(),
            "byte 8 is not valid UTF-8 (the first of 2 such places); replaced by U+FFFD"
        );
    }

    #[test]
    fn other_encodings_are_guessed() {
        let (got, remark) = text(b"The caf\xe9 in S\xe3o Paulo \x93closed\x94.");
        assert_eq!(got, "The café in São Paulo “closed”.");
        assert!(remark.unwrap().contains("windows-1252"));
    }

    #[test]
    fn binary_is_refused() {
        assert!(decode(b"abc\0def\x01\x02".to_vec()).unwrap_err().contains("binary"));
        assert!(decode(b"%PDF-1.7".to_vec()).unwrap_err().contains("PDF"));
    }
}
