//! A number that tells versions of data apart.

/// A hash of some bytes, eight at a time: the same on every machine, quick on megabytes, and no protection against
/// somebody who wants two files to look alike.
///
/// ```
/// use detente_text::fingerprint;
///
/// assert_eq!(fingerprint(b"one"), fingerprint(b"one"));
/// assert_ne!(fingerprint(b"one"), fingerprint(b"one\0"));
/// ```
pub fn fingerprint(bytes: &[u8]) -> u64 {
    // The constants of FNV-1a; rotation carries what multiplication leaves in the high bits down again.
    let mix = |hash: u64, word: u64| (hash ^ word).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(29);
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words.iter().fold(0xcbf2_9ce4_8422_2325, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let hash = rest.iter().fold(hash, |hash, &byte| mix(hash, u64::from(byte)));
    mix(mix(hash, bytes.len() as u64), 0)
}
