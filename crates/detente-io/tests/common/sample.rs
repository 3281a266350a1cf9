//! A reading made by hand, so that the formats are tested without any model.

use detente::text::{Deprel, Document, SentenceId, Span, Syntax, TokenId, Upos, Xpos};
use detente::*;

/// Characters of one, two, three and four bytes; markup and a terminal's orders among them.
pub(crate) const TEXT: &str =
    "Łódź 🙂 <b>shelled</b> Kyiv on Monday. \u{1b}[31mMoscow denied it; 1,500 “troops” left, not 900.";

/// The article.
pub(crate) fn article() -> Article {
    let mut article = Article::new("sample", TEXT);
    article.title = Some("A <script>headline</script>".to_owned());
    article.publisher = Some("Example & Wire".to_owned());
    article.url = Some("https://example.org/?a=1&b=\"2\"".to_owned());
    article.published =
        Some(Published { date: jiff::civil::date(2022, 2, 15), text: "2022-02-15T09:30:00Z".to_owned() });
    article.published_from = PublishedFrom::Metadata;
    article
}

/// The span of some words.
pub(crate) fn span(words: &str) -> Span {
    let start = TEXT.find(words).unwrap();
    Span::from_range(start..start + words.len())
}

/// The reading.
pub(crate) fn reading(article: &Article) -> Reading<'_> {
    let cut = TEXT.find(" \u{1b}").unwrap();
    let words = |from: usize, to: usize| -> Vec<Span> {
        let base = TEXT.as_ptr() as usize;
        let spans = TEXT[from..to].split_whitespace().map(|word| {
            let start = word.as_ptr() as usize - base;
            Span::from_range(start..start + word.len())
        });
        spans.collect()
    };
    let document = Document::with_tokens(&article.body, &[words(0, cut), words(cut, TEXT.len())]).unwrap();
    let count = document.tokens().len();
    let mut syntax = Syntax::default();
    syntax.upos = vec![Upos::X; count];
    syntax.xpos = vec![Xpos::Fw; count];
    syntax.deprel = vec![Deprel::Dep; count];
    for sentence in document.sentences() {
        syntax.head.extend(sentence.tokens().map(|_| sentence.first));
        syntax.deprel[sentence.first.index()] = Deprel::Root;
    }
    (0..count).for_each(|_| syntax.push_lemma("x"));
    let mention = |words: &str, token: u32, kind, actor| Mention {
        span: span(words),
        head: TokenId(token),
        kind,
        actor,
        reason: Reason::Text,
    };
    let actor = |name: &str, code: &str, known| Actor {
        name: name.to_owned(),
        kind: ActorKind::Government,
        role: Some("mayor <i>".to_owned()),
        country: Some("POL".to_owned()),
        code: Some(code.to_owned()),
        sectors: vec![Sector::Gov],
        wikidata: None,
        known,
        party: "POL".to_owned(),
    };
    let event = |sentence: u32, anchor: &str, polarity| Event {
        sentence: SentenceId(sentence),
        kind: EventType::Assault,
        modes: vec![Mode::HeavyWeapons],
        contexts: vec![Context::Military],
        cameo: Cameo::parse("194"),
        actor: vec![MentionId(0)],
        recipient: vec![MentionId(1)],
        anchor: span(anchor),
        polarity,
        reality: Reality::Actual,
        time_status: TimeStatus::Current,
        attribution: (sentence == 1).then_some(AttributionId(0)),
        place: Some(PlaceId(0)),
        time: Some(TimeId(0)),
        figures: vec![FigureId(0)],
        confidence: 0.876,
        because: Because { rule: "assault.shell".to_owned(), words: vec![span("shelled"), span("Kyiv")] },
        embedded: None,
    };
    let figure = |words: &str, value: f64| Figure {
        span: span(words),
        value: Some(value),
        low: Some(value),
        high: None,
        bound: Bound::AtLeast,
        unit: Some("troop".to_owned()),
        of: Some(ActorId(0)),
    };
    let day = |day| Moment { at: jiff::civil::date(2022, 2, day).at(0, 0, 0, 0), day_only: true };
    let stance = |stance, words: &str, relation| StanceEntry {
        holder: Some(ActorId(1)),
        stance,
        attribution: Some(AttributionId(0)),
        event: Some(EventId(1)),
        span: span(words),
        relation,
    };
    Reading {
        article,
        document,
        syntax,
        mentions: vec![
            mention("Łódź", 0, MentionKind::Name, Some(ActorId(0))),
            mention("Kyiv", 3, MentionKind::Name, None),
            mention("Moscow", 6, MentionKind::Name, Some(ActorId(1))),
        ],
        actors: vec![actor("Łódź & sons", "POLGOV", true), actor("Russia", "RUSGOV", false)],
        places: vec![Place {
            span: span("Kyiv"),
            name: "Kyiv".to_owned(),
            kind: Some(PlaceKind::Capital),
            country: Some("UKR".to_owned()),
            admin1: None,
            latitude: Some(50.45),
            longitude: Some(30.0),
            geonames: Some(703_448),
            role: PlaceRole::Event,
        }],
        times: vec![Time {
            span: span("Monday"),
            start: Some(day(14)),
            end: Some(day(15)),
            granularity: Granularity::Day,
            basis: Basis::Relative,
        }],
        figures: vec![figure("1,500", 1500.0), figure("900", 900.5)],
        attributions: vec![Attribution {
            sentence: SentenceId(1),
            source: Some(Source { span: span("Moscow"), actor: Some(ActorId(1)) }),
            with: vec![ActorId(0)],
            cue: Some(Cue { span: span("denied"), lemma: "deny".to_owned() }),
            content: vec![span("it"), span("1,500 “troops” left")],
            style: Style::Indirect,
            stance: Stance::Denies,
            silent: false,
            parent: None,
        }],
        events: vec![event(0, "shelled", Polarity::Positive), event(1, "it", Polarity::Negative)],
        claims: vec![
            Claim {
                proposition: Proposition {
                    kind: None,
                    actor: vec![],
                    recipient: vec![],
                    text: "second in rank".to_owned(),
                },
                events: vec![],
                state: ClaimState::Asserted,
                stances: vec![stance(Stance::Asserts, "left", Relation::Same)],
            },
            Claim {
                proposition: Proposition {
                    kind: Some(EventType::Assault),
                    actor: vec![ActorId(0)],
                    recipient: vec![],
                    text: "Łódź <b>shelled</b> Kyiv".to_owned(),
                },
                events: vec![EventId(0), EventId(1)],
                state: ClaimState::Disputed,
                stances: vec![stance(Stance::Denies, "denied it", Relation::Broader)],
            },
        ],
        comparisons: vec![Comparison {
            unit: Some("troop".to_owned()),
            of: None,
            figures: vec![FigureId(0), FigureId(1)],
            compatibility: Compatibility::Conflicting,
        }],
        pairs: vec![
            PairAnswer { kind: Some(EventType::Assault), confidence: 0.5, event: Some(EventId(0)) },
            PairAnswer { kind: None, confidence: f32::NAN, event: None },
        ],
        notes: vec![Note {
            kind: NoteKind::Date,
            span: Some(span("Monday")),
            message: "a <note>".to_owned(),
        }],
    }
}
