//! Which tokens are written as one word: `do|n't`, `Russia|'s`, `can|not`.

use crate::{Document, Sentence, TokenId};

/// The runs of tokens that Universal Dependencies for English counts as the words of one multi-word token.
///
/// Each is the first and the last token of the run, both included. Compounds with hyphens are no such runs.
///
/// ```
/// use detente_text::{Document, TokenId, multiword};
/// let document = Document::split("Russia’s army won't go.");
/// let runs = multiword(&document, document.sentences()[0]);
/// assert_eq!(runs, [(TokenId(0), TokenId(1)), (TokenId(3), TokenId(4))]);
/// ```
pub fn multiword(document: &Document<'_>, sentence: Sentence) -> Vec<(TokenId, TokenId)> {
    let mut runs: Vec<(TokenId, TokenId)> = Vec::new();
    for token in sentence.tokens().skip(1) {
        let before = TokenId(token.0 - 1);
        if document.span(before).end == document.span(token).start
            && is_second_half(document.token(before), document.token(token))
        {
            match runs.last_mut() {
                Some(run) if run.1 == before => run.1 = token,
                _ => runs.push((before, token)),
            }
        }
    }
    runs
}

/// Whether a token, written without a space after `before`, ends the same word.
fn is_second_half(before: &str, form: &str) -> bool {
    let form = form.to_lowercase().replace(['’', '`', '´'], "'");
    let before = before.to_lowercase();
    let word = before.ends_with(char::is_alphanumeric) || before.ends_with('.');
    let possessive = form == "'" && before.ends_with('s');
    let clitic = matches!(form.as_str(), "n't" | "'s" | "'re" | "'ve" | "'ll" | "'d" | "'m");
    let half = matches!(
        (before.as_str(), form.as_str()),
        ("can", "not")
            | ("gon" | "wan", "na")
            | ("got" | "out", "ta")
            | ("that", "s")
            | ("you" | "they", "re")
    ) || form == "nt";
    word && (clitic || possessive) || half
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_belong_together() {
        for (before, form) in
            [("do", "n't"), ("Kyiv", "’s"), ("parents", "'"), ("can", "not"), ("U.S.", "'s")]
        {
            assert!(is_second_half(before, form), "{before} {form}");
        }
        for (before, form) in [("US", "-"), ("go", "."), ("(", "'s"), ("not", "can"), ("war", "'")] {
            assert!(!is_second_half(before, form), "{before} {form}");
        }
    }
}
