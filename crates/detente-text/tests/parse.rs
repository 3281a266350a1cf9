//! What must hold of reading whatever the weights: the model here is noise.

use std::sync::LazyLock;

use detente_text::{Deprel, Document, Model, Scratch, Span, Syntax, TokenId, Upos, Xpos, parse};
use proptest::prelude::*;

static NOISE: LazyLock<Model> = LazyLock::new(|| Model::decode(&noise()).expect("the file is well formed"));

/// A well-formed model file of pseudo-random weights.
fn noise() -> Vec<u8> {
    let mut state = 11u32;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let mut out = b"DTNTMDL1".to_vec();
    let string = |out: &mut Vec<u8>, text: &str| {
        out.extend((text.len() as u16).to_le_bytes());
        out.extend(text.as_bytes());
    };
    let names = |all: &[&'static str]| all.to_vec();
    let tables: [(&str, Vec<&str>); 12] = [
        ("word", names(&["a", "the", "war"])),
        ("upos", Upos::ALL.iter().map(|u| u.as_str()).collect()),
        ("xpos", Xpos::ALL.iter().map(|u| u.as_str()).collect()),
        ("deprel", Deprel::ALL.iter().map(|u| u.as_str()).collect()),
        ("names", names(&["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"])),
        ("rule", names(&["k|0|", "l|0|", "l|1|", "l|3|y", "t|0|"])),
        ("lexicon", names(&["Kyiv", "Sudan"])),
        ("lexicon.classes", names(&["2", "28"])),
        ("feats", names(&["_", "Number=Sing", "Number=Plur"])),
        ("feats.of", names(&["NOUN\tNN\t1 2", "PROPN\tNNP\t1"])),
        ("rule.of", names(&["NOUN\tNN\t1 2 3"])),
        ("dictionary", names(&["a\tDET\t", "the\tDET\t", "was\tAUX\tbe"])),
    ];
    let number = |out: &mut Vec<u8>, n: usize| out.extend((n as u32).to_le_bytes());
    number(&mut out, 3);
    number(&mut out, tables.len());
    for (name, strings) in &tables {
        string(&mut out, name);
        number(&mut out, strings.len());
        strings.iter().for_each(|s| string(&mut out, s));
    }
    let (upos, xpos, deprel) = (Upos::ALL.len(), Xpos::ALL.len(), Deprel::ALL.len());
    let mut tensors = vec![
        ("word".to_owned(), 4, 128),
        ("hashed".to_owned(), 16384, 128),
        ("norm.gain".to_owned(), 1, 128),
        ("norm.bias".to_owned(), 1, 128),
        ("arc_u".to_owned(), 96, 96),
        ("arc_b".to_owned(), 1, 96),
        ("root".to_owned(), 1, 256),
        ("distance".to_owned(), 1, 17),
        ("label_head.w".to_owned(), 128, 256),
        ("names_first.w".to_owned(), 7, 256),
        ("lexicon".to_owned(), 9, 128),
    ];
    for direction in ["forwards", "backwards"] {
        tensors.push((format!("layer1.{direction}.w"), 512, 128));
        for (layer, inputs) in [("layer1", 128), ("layer2", 384)] {
            tensors.push((format!("{layer}.{direction}.u"), 512, inputs));
            tensors.push((format!("{layer}.{direction}.b"), 1, 512));
        }
    }
    for (head, outputs, inputs) in [
        ("upos", upos, 256),
        ("xpos", xpos, 256),
        ("names", 7, 256),
        ("rule", 5, 256),
        ("feats", 3, 256),
        ("arc_head", 96, 256),
        ("arc_dep", 96, 256),
        ("label_dep", 128, 256),
        ("label", deprel, 128),
    ] {
        tensors.push((format!("{head}.w"), outputs, inputs));
        tensors.push((format!("{head}.b"), 1, outputs));
    }
    number(&mut out, tensors.len());
    for (name, rows, columns) in tensors {
        string(&mut out, &name);
        out.push(1);
        number(&mut out, rows);
        number(&mut out, columns);
        for _ in 0..rows {
            out.extend(0.002f32.to_le_bytes());
            out.extend((0..columns).map(|_| next()));
        }
    }
    out
}

/// Sentences of words, one space apart.
fn text(sentences: &[Vec<String>]) -> (String, Vec<Vec<Span>>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    for sentence in sentences {
        let mut tokens = Vec::new();
        for word in sentence {
            let start = text.len();
            text.push_str(word);
            tokens.push(Span::from_range(start..text.len()));
            text.push(' ');
        }
        spans.push(tokens);
    }
    (text, spans)
}

fn read(sentences: &[Vec<String>], scratch: &mut Scratch) -> Syntax {
    let (text, spans) = text(sentences);
    let document = Document::with_tokens(&text, &spans).expect("spans are ordered");
    let syntax = parse(&NOISE, &document, scratch);
    check(&document, &syntax);
    syntax
}

fn check(document: &Document<'_>, syntax: &Syntax) {
    let n = document.tokens().len();
    assert_eq!(
        [syntax.upos.len(), syntax.xpos.len(), syntax.head.len(), syntax.deprel.len(), syntax.len()],
        [n; 5]
    );
    for sentence in document.sentences() {
        let is_root = |t: TokenId| syntax.head[t.index()] == t;
        assert_eq!(sentence.tokens().filter(|&t| is_root(t)).count(), 1);
        for t in sentence.tokens() {
            assert_eq!(is_root(t), syntax.deprel[t.index()] == Deprel::Root);
            assert!(!syntax.lemma(t).is_empty());
            let mut up = t;
            for _ in 0..sentence.len() {
                up = syntax.head[up.index()];
                assert!(sentence.first <= up && up < sentence.last);
            }
            assert!(is_root(up));
        }
    }
    let mut end = TokenId(0);
    for entity in &syntax.entities {
        assert!(end <= entity.first && entity.first < entity.last);
        assert_eq!(document.sentence_of(entity.first), document.sentence_of(TokenId(entity.last.0 - 1)));
        end = entity.last;
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

#[test]
fn nothing_is_read_as_nothing() {
    let document = Document::with_tokens("", &[]).unwrap();
    assert!(parse(&NOISE, &document, &mut Scratch::default()).is_empty());
}

#[test]
fn neighbours_and_scratch_do_not_matter() {
    let sentences: Vec<Vec<String>> = (0..70)
        .map(|i| {
            (0..1 + i * 7 % 41)
                .map(|j| ["war", "The", "Kyiv", "’s", "42", "was"][(i + j * j) % 6].into())
                .collect()
        })
        .collect();
    let mut used = Scratch::default();
    let together = read(&sentences, &mut used);
    assert!(together == read(&sentences, &mut used));
    let mut first = 0;
    for sentence in &sentences {
        let alone = read(std::slice::from_ref(sentence), &mut Scratch::default());
        for t in 0..sentence.len() {
            assert_eq!(together.head[first + t].index(), first + alone.head[t].index());
            assert_eq!(together.deprel[first + t], alone.deprel[t]);
            assert_eq!(together.upos[first + t], alone.upos[t]);
            assert_eq!(together.xpos[first + t], alone.xpos[t]);
            assert_eq!(together.lemma(TokenId::at(first + t)), alone.lemma(TokenId::at(t)));
        }
        first += sentence.len();
    }
}

#[test]
fn long_sentences_have_one_root() {
    let sentence: Vec<String> = (0..900).map(|i| format!("w{}", i % 97)).collect();
    let syntax = read(&[sentence, words("a war")], &mut Scratch::default());
    assert_eq!(syntax.len(), 902);
}

#[test]
fn ten_thousand_words_without_a_stop_are_read() {
    let text = "and then the war went on ".repeat(1667);
    let document = Document::split(&text);
    assert!(document.tokens().len() > 10_000);
    let syntax = parse(&NOISE, &document, &mut Scratch::default());
    check(&document, &syntax);
}

#[test]
fn whatever_stands_between_words_is_read() {
    let pieces = [
        "\u{1}\u{8}\u{7f}",
        "👩\u{200d}👩\u{200d}👧",
        "🇺🇦",
        "\u{200b}\u{feff}\u{ad}",
        "\u{202e}\u{2066}\u{2069}\u{202c}",
        "Киев заявил",
        "قال الرئيس",
        "e\u{301}\u{327}",
        "\u{85}\u{2028}",
        "ﬁ",
        "\u{10ffff}",
        "war.",
        "U.S.",
    ];
    for (i, first) in pieces.iter().enumerate() {
        for second in &pieces[i..] {
            for gap in ["", " ", "\n\n"] {
                let text = format!("The army {first}{gap}{second} left. {second}{first}");
                let document = Document::split(&text);
                let syntax = parse(&NOISE, &document, &mut Scratch::default());
                check(&document, &syntax);
                for sentence in document.sentences() {
                    for token in sentence.tokens() {
                        assert!(!document.token(token).trim().is_empty());
                        let span = document.span(token);
                        assert!(sentence.span.start <= span.start && span.end <= sentence.span.end);
                    }
                }
            }
        }
    }
}

#[test]
fn a_full_cache_is_emptied() {
    let sentences: Vec<Vec<String>> =
        (0..620).map(|i| (0..20).map(|j| format!("{i}x{j}")).collect()).collect();
    let mut scratch = Scratch::default();
    read(&sentences, &mut scratch);
    let again = &sentences[..3];
    assert!(read(again, &mut scratch) == read(again, &mut Scratch::default()));
}

#[test]
fn cut_models_are_refused() {
    let bytes = noise();
    for end in (0..bytes.len()).step_by(bytes.len() / 20) {
        assert!(Model::decode(&bytes[..end]).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_words_make_trees(sentences in prop::collection::vec(prop::collection::vec("\\PC{1,9}", 1..12), 0..9)) {
        read(&sentences, &mut Scratch::default());
    }
}
