//! What holds for the split of any text.

use detente_text::{Document, Span};
use proptest::prelude::*;

/// Checks every promise that `Document` makes about a split.
fn check(text: &str) {
    let document = Document::split(text);
    let mut end = 0;
    let mut next = 0;
    for (index, sentence) in document.sentences().iter().enumerate() {
        let slice = &text[sentence.span.range()];
        assert!(sentence.span.start >= end, "sentences overlap in {text:?}");
        assert!(!sentence.is_empty() && slice.trim() == slice, "{slice:?} is not trimmed");
        assert_eq!(sentence.first.index(), next, "tokens are missing before {slice:?}");
        end = sentence.span.end;
        let mut at = sentence.span.start;
        for token in sentence.tokens() {
            let span = document.span(token);
            assert!(span.start >= at && span.end <= end && !span.is_empty(), "{span:?} leaves {slice:?}");
            let word = &text[span.range()];
            assert!(!word.contains(char::is_whitespace), "{word:?} holds white space");
            assert_eq!(document.sentence_of(token).index(), index);
            at = span.end;
        }
        next = sentence.first.index() + sentence.len();
    }
    assert_eq!(next, document.tokens().len());
    let mut tokens = document.tokens().iter().peekable();
    for (offset, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        while tokens.peek().is_some_and(|t| t.end as usize <= offset) {
            tokens.next();
        }
        assert!(
            tokens.peek().is_some_and(|t| t.start as usize <= offset),
            "{c:?} at {offset} is in no token of {text:?}"
        );
    }
    let mut start = 0;
    for quotation in document.quotations() {
        assert!(quotation.span.start >= start && quotation.span.contains(quotation.content));
        assert!(text.get(quotation.span.range()).is_some() && text.get(quotation.content.range()).is_some());
        start = quotation.span.start;
    }
    let again = Document::split(text);
    assert_eq!(document.sentences(), again.sentences());
    assert_eq!(document.tokens(), again.tokens());
    let spans: Vec<Span> = document.sentences().iter().map(|s| s.span).collect();
    let given = Document::with_sentences(text, &spans).expect("spans of a split");
    assert_eq!(given.tokens(), document.tokens(), "tokens depend on more than their sentence in {text:?}");
}

/// Pieces that the splitter looks at, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "U.S.",
        "Gen",
        ".",
        "?",
        "!",
        "…",
        "\"",
        "“",
        "”",
        "‘",
        "’",
        "'",
        "«",
        "»",
        "„",
        "(",
        ")",
        "[12]",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "The ",
        "said",
        "Kyiv",
        "n't",
        "'s",
        "5",
        "1,000",
        "-",
        "—",
        "——",
        "___",
        "@",
        "://",
        "www.",
        "a.b",
        "No. 5",
        "p.m.",
        "By Jane Doe",
        "(Reuters) - ",
        "MOSCOW",
        ", Feb 15",
        "FILE PHOTO:",
        "Read more:",
        "🇺🇦",
        "👍🏽",
        "\u{200b}",
        "\u{feff}",
        "\u{301}",
        "é",
        "Ж",
        "中",
        ":",
        ";",
        ":-)",
        "$",
        "%",
        "/",
        "&",
        "*",
        "+",
        "`",
        "How Ukraine Reacts",
        " U.S. Secretary ",
        "Countries Gearing Up to Stop",
        "© 2022",
        "reserved",
        "\u{2029}",
        "″",
        "•",
        "Ph.D",
        "GAZP.MM)",
        "read more ",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn likely_text(text in pieces()) {
        check(&text);
    }
}

#[test]
fn empty_and_blank() {
    for text in ["", " ", "\n\n", "\u{200b}", "\u{feff} \u{2029}", "."] {
        check(text);
    }
}

/// Every one of these took quadratic time in some splitter.
#[test]
fn hostile_texts_take_linear_time() {
    let pieces = [
        "a",
        "A",
        ".",
        "?",
        "\"",
        "'",
        "“",
        "‘",
        "«",
        "„",
        "(",
        "[",
        "-",
        "—",
        "—— ",
        "_",
        " ",
        "\n",
        "a.",
        "A.",
        "a\n",
        "1",
        "1.",
        "1,",
        "1-",
        "1/",
        "a-",
        "co-",
        "a@",
        "://",
        "www.",
        "a&",
        "A b",
        "\".A",
        ".\"A",
        "?\" A",
        "'a",
        "a'",
        "\u{301}",
        "\u{200b}",
        "a\u{200b}",
        "🇺🇦",
        "👍\u{200d}",
        "By ",
        "MOSCOW, ",
        "Stop ",
        "Up ",
        "Read more ",
        "read more A",
        ":",
        "…",
        "!",
        "``",
        "''",
        "©",
        "REUTERS/A ",
        "___ ",
        "\u{2029}",
        "a.a.",
        "…\" ",
        "(AP) ",
        "MOSCOW — ",
    ];
    let mut slow = Vec::new();
    for piece in pieces {
        let text = piece.repeat(100_000 / piece.len());
        let start = std::time::Instant::now();
        let document = Document::split(&text);
        let tokens = document.tokens().len();
        let seconds = start.elapsed().as_secs_f64();
        // Quadratic time would be many seconds; the limit leaves room for slow machines and debug builds.
        if seconds > 1.0 {
            slow.push(format!("{piece:?} repeated: {seconds} s for {tokens} tokens"));
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}
