//! What single characters are to the splitter.

/// The character at a byte offset.
pub(crate) fn at(text: &str, offset: usize) -> Option<char> {
    text.get(offset..).and_then(|rest| rest.chars().next())
}

/// The character that ends at a byte offset.
pub(crate) fn before(text: &str, offset: usize) -> Option<char> {
    text.get(..offset).and_then(|rest| rest.chars().next_back())
}

/// Whether it always ends a line.
pub(crate) const fn is_newline(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether it shows nothing and joins nothing: byte-order mark, bidirectional and zero-width marks, controls.
///
/// Such characters never begin a token; between letters they do not part a word.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether it sits on the letter before it.
pub(crate) const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Whether it belongs inside words: letters, digits, their marks.
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { c.is_alphanumeric() || is_mark(c) }
}

/// Whether it is an apostrophe by any of its usual stand-ins.
pub(crate) const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '`' | '\u{b4}' | '\u{2018}' | '\u{2bb}')
}

/// Whether it can end a sentence.
pub(crate) const fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '?' | '!' | '…' | '‽' | '。' | '？' | '！' | '।' | '۔' | '؟')
}

/// Whether it opens a quotation or a bracket. Straight quotation marks do either.
pub(crate) const fn is_opener(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '“' | '‘' | '«' | '„' | '‚' | '‹' | '‟' | '‛' | '¿' | '¡' | '"' | '\'')
}

/// Whether it closes a quotation or a bracket. Straight quotation marks do either.
pub(crate) const fn is_closer(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '”' | '’' | '»' | '›' | '"' | '\'')
}

/// Whether it is a mark in front of the items of a list.
pub(crate) const fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '▪' | '●' | '■' | '►' | '◾' | '▶' | '‣' | '◦')
}

/// Whether it is a picture, or modifies one.
pub(crate) const fn is_picture(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b50}'..='\u{2b55}' | '\u{fe0f}' | '\u{200d}')
}

/// Whether it is a dash.
pub(crate) const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−')
}

/// Whether it is written in capitals; digits and other scripts are not.
pub(crate) fn is_upper(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { c.is_uppercase() }
}

/// Whether it is a small letter.
pub(crate) fn is_lower(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_lowercase() } else { c.is_lowercase() }
}

/// `range` of `text` without white space and invisible characters at its ends.
pub(crate) fn trim(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let blank = |c: char| c.is_whitespace() || is_invisible(c);
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start_matches(blank).len());
    let end = start + text[start..range.end].trim_end_matches(blank).len();
    start..end
}
