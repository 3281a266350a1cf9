//! What holds for the split of any text.

use detente_text::{Document, Kind, Span};
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
        "Image: Jane",
        "Thursday, May 7, 2015 ",
        "Thanks, ",
        " i ",
        "\t",
        "\u{a0}",
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
        " A",
        "A, ",
        "A -- ",
        "a; b ",
        "a. b ",
        "Image: A ",
        "Thursday, May 7, 2015 ",
        "É ",
        "中 ",
        "\u{a0}A",
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

/// The sentences of a text.
fn sentences(text: &str) -> Vec<&str> {
    let document = Document::split(text);
    document.sentences().iter().map(|s| &text[s.span.range()]).collect()
}

/// Checks texts whose sentences are parted by `|`.
fn check_all(cases: &[&str]) {
    let mut failures = Vec::new();
    for case in cases {
        let expected: Vec<&str> = case.split(" | ").collect();
        let text = expected.join(" ");
        let found = sentences(&text);
        if found != expected {
            failures.push(format!("expected {}\n   found {}", case, found.join(" | ")));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_sentence_may_begin_small() {
    check_all(&[
        "the staff was rude and slow. | i will never eat here again. | my wife liked the soup though.",
        "great food, friendly staff!! | we will be back soon.",
        "Call me at 713-555-0136. | they have not heard from you.",
    ]);
}

#[test]
fn a_sentence_may_end_without_a_mark() {
    check_all(&[
        "Please call me if you have questions. | Thanks, | Sandra",
        "Maria Keller@NORTHGATE | 03/14/2002 09:22 AM | Please look at the attached draft before noon.",
        "Two players in costume at the fair | Image: Tom Brandt. | The fair opened on Friday.",
        "Thursday, March 7, 2019 | On Wednesday, the council voted to close the bridge.",
    ]);
}

/// What the weights must not spoil, although web pages and letters would have it otherwise.
#[test]
fn news_stays_whole() {
    check_all(&[
        "The mayor spoke to U.S. Senator Ann Lee and Gen. Tom Roe about No. 5 and J. R. Smith v. Jones.",
        "The court ruled in Hill v. Marsh that Tesla Inc. Chief Jane Roe must pay.",
        "We asked why... nobody knew. | \"They left ... and never came back,\" she said.",
        "“Who did it?” he asked. | The envoy left (or did she?) at noon.",
        "It was on the U.S. \"sanctions\" list for years. | She lives in the U.S. | \"They know it,\" he said.",
        "Voting ends at 11 pm. and counting begins. | They found type 3. variants.",
        "MR. HALL: The answer is no. | MS. BELL: Thank you.",
        "The council met on March 7, 2019 Wednesday was too late.",
        "The team stormed the pitch -- Coach Roe was furious.",
        "Over 30,000 Kyrgyz villagers fled, officials in Osh said on Friday.",
        "A 19-year-old Palestinian was hurt and an F-16 Falcon was seen above the town.",
        "The United States Food and Drug Administration asks firms to stop sales.",
        "The United Nations Human Rights Council has called for the release of the prisoners.",
        "Michigan Surpasses 10,000 Confirmed Cases of COVID-19 as Hospitals Fill Up",
        "Trump Meets Xi in Beijing - Live Updates",
        "Well, I do not know what the House Speaker Ann Lee, a Democrat, wants.",
    ]);
}

#[test]
fn captions_may_be_glued() {
    let text = "Image: Tom Brandt.Three of the guests wore green.Image: Ann Lee.The hall was full.";
    let expected =
        ["Image: Tom Brandt.", "Three of the guests wore green.", "Image: Ann Lee.", "The hall was full."];
    assert_eq!(sentences(&format!("The fair opened.\n\n{text}"))[1..], expected);
}

#[test]
fn what_a_picture_shows_is_a_caption() {
    let text =
        "The fair opened.\n\nTwo players in costume at the fair Image: Tom Brandt. It rained on Friday.";
    let document = Document::split(text);
    let kinds: Vec<Kind> = document.sentences().iter().map(|s| s.kind).collect();
    assert_eq!(kinds, [Kind::Prose, Kind::Caption, Kind::Caption, Kind::Prose]);
}

#[test]
fn a_paragraph_is_split_by_itself() {
    let loose = "the soup was cold. i sent it back. thanks guys";
    let news = "The talks in Geneva ended late. Both sides will meet again, the U.N. Secretary-General said.";
    let alone = sentences(news);
    assert_eq!(sentences(&format!("{loose}\n\n{news}"))[sentences(loose).len()..], alone);
    assert_eq!(sentences(&format!("{news}\n\n{loose}"))[..alone.len()], alone);
}
