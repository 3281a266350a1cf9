//! What a report says, before it is laid out.

use super::wording;
use crate::describe;
use detente::text::Span;
use detente::{
    ActorId, Attribution, Claim, ClaimState, Comparison, Compatibility, Event, Figure, Reading, Relation,
    Stance, StanceEntry,
};

/// The longest quotation, in characters.
pub(super) const QUOTATION: usize = 400;

/// One document's report.
pub(super) struct Report<'r> {
    pub(super) reading: &'r Reading<'r>,
    pub(super) title: String,
    /// Publication time and publisher, as far as known.
    pub(super) about: Vec<String>,
    /// Claims, the contested ones first.
    pub(super) claims: Vec<ClaimView>,
    pub(super) quantities: Vec<QuantityView>,
    /// Presented as really happening or having happened now.
    pub(super) deeds: Vec<EventView>,
    /// Everything else: announced, demanded, feared, denied, past.
    pub(super) others: Vec<EventView>,
    pub(super) statements: Vec<StatementView>,
    pub(super) times: Vec<[String; 2]>,
    pub(super) notes: Vec<String>,
}

pub(super) struct ClaimView {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) state: ClaimState,
    pub(super) stances: Vec<StanceView>,
}

pub(super) struct StanceView {
    pub(super) stance: Stance,
    pub(super) holder: String,
    pub(super) role: Option<String>,
    pub(super) words: String,
    /// The words are wider than the proposition.
    pub(super) broader: bool,
}

pub(super) struct QuantityView {
    pub(super) text: String,
    pub(super) compatibility: Compatibility,
    pub(super) figures: Vec<FigureView>,
}

pub(super) struct FigureView {
    pub(super) holder: String,
    pub(super) words: String,
    pub(super) interval: String,
}

pub(super) struct EventView {
    pub(super) id: String,
    pub(super) act: String,
    pub(super) kind: String,
    pub(super) actor: String,
    pub(super) recipient: String,
    pub(super) status: &'static str,
    pub(super) says: String,
    /// What stands before, at and after the anchor.
    pub(super) words: [String; 3],
    pub(super) time: Option<String>,
    pub(super) place: Option<String>,
    /// Rule and words.
    pub(super) why: String,
}

pub(super) struct StatementView {
    pub(super) holder: String,
    pub(super) role: Option<String>,
    pub(super) cue: Option<String>,
    pub(super) stance: Stance,
    /// What is said, each stretch in quotation marks.
    pub(super) words: String,
}

impl<'r> Report<'r> {
    pub(super) fn new(reading: &'r Reading<'r>) -> Self {
        let article = reading.article;
        let events = reading.events.iter().enumerate();
        let (deeds, others): (Vec<_>, Vec<_>) = events.partition(|(_, event)| event.deed());
        let view = |events: Vec<(usize, &Event)>| {
            events.into_iter().map(|(i, e)| event_view(reading, i, e)).collect()
        };
        let mut claims: Vec<ClaimView> = reading
            .claims
            .iter()
            .enumerate()
            .map(|(index, claim)| claim_view(reading, index, claim))
            .collect();
        claims.sort_by_key(|claim| wording::rank(claim.state));
        let mut quantities: Vec<QuantityView> =
            reading.comparisons.iter().map(|comparison| quantity_view(reading, comparison)).collect();
        quantities.sort_by_key(|quantity| quantity.compatibility == Compatibility::Compatible);
        let published = article.published.as_ref().map(|published| published.text.clone());
        let about =
            published.or(Some("date unknown".to_owned())).into_iter().chain(article.publisher.clone());
        Self {
            reading,
            title: title(reading),
            about: about.map(|text| describe::line(&text)).collect(),
            claims,
            quantities,
            deeds: view(deeds),
            others: view(others),
            statements: reading.attributions.iter().map(|a| statement_view(reading, a)).collect(),
            times: times(reading),
            notes: reading.notes.iter().map(|note| note_line(reading, note)).collect(),
        }
    }
}

/// The headline: the title, else a first sentence that is a heading, else the id.
fn title(reading: &Reading<'_>) -> String {
    let first = reading.document.sentences().first();
    let heading = first.filter(|sentence| sentence.kind == detente::text::Kind::Heading);
    match (&reading.article.title, heading) {
        (Some(title), _) => describe::line(title),
        (None, Some(heading)) => describe::words(reading, heading.span),
        (None, None) => describe::line(&reading.article.id),
    }
}

fn claim_view(reading: &Reading<'_>, index: usize, claim: &Claim) -> ClaimView {
    ClaimView {
        id: format!("c{}", index + 1),
        text: describe::line(&claim.proposition.text),
        state: claim.state,
        stances: claim.stances.iter().map(|entry| stance_view(reading, entry)).collect(),
    }
}

fn stance_view(reading: &Reading<'_>, entry: &StanceEntry) -> StanceView {
    StanceView {
        stance: entry.stance,
        holder: describe::holder(reading, entry.holder),
        role: role(reading, entry.holder),
        words: describe::words(reading, entry.span),
        broader: entry.relation == Relation::Broader,
    }
}

/// The office of an actor, unless the name says it already.
fn role(reading: &Reading<'_>, actor: Option<ActorId>) -> Option<String> {
    let actor = reading.actor(actor?);
    let role = describe::line(actor.role.as_deref()?);
    // "Government spokesperson, government spokesperson" says nothing twice.
    (!actor.name.to_lowercase().contains(&role.to_lowercase())).then_some(role)
}

fn quantity_view(reading: &Reading<'_>, comparison: &Comparison) -> QuantityView {
    let unit = comparison.unit.as_deref().map_or_else(|| "number".to_owned(), describe::line);
    let text = match comparison.of {
        Some(actor) => format!("{unit}, {}", describe::line(&reading.actor(actor).name)),
        None => unit,
    };
    let figures = comparison.figures.iter().map(|id| figure_view(reading, &reading.figures[id.index()]));
    QuantityView { text, compatibility: comparison.compatibility, figures: figures.collect() }
}

fn figure_view(reading: &Reading<'_>, figure: &Figure) -> FigureView {
    FigureView {
        holder: speaker(reading, figure.span),
        words: describe::words(reading, figure.span),
        interval: wording::interval(figure),
    }
}

/// Who says what stands at a place: the source of the narrowest statement around it, else the writer.
fn speaker(reading: &Reading<'_>, span: Span) -> String {
    let around = |attribution: &Attribution| {
        attribution.content.iter().filter(|content| content.contains(span)).map(|content| content.len()).min()
    };
    let narrowest = reading
        .attributions
        .iter()
        .enumerate()
        .filter_map(|(index, attribution)| around(attribution).map(|length| (length, index)));
    match narrowest.min() {
        Some((_, index)) => describe::source(reading, detente::AttributionId::at(index)),
        None => describe::writer(reading),
    }
}

fn event_view(reading: &Reading<'_>, index: usize, event: &Event) -> EventView {
    let actor = describe::participants(reading, &event.actor);
    let because: Vec<String> =
        event.because.words.iter().map(|&span| describe::words(reading, span)).collect();
    EventView {
        id: format!("e{}", index + 1),
        act: wording::event(event),
        kind: describe::kind(event),
        actor: if actor.is_empty() { "somebody".to_owned() } else { actor },
        recipient: describe::participants(reading, &event.recipient),
        status: describe::status(event),
        says: match event.attribution {
            Some(id) => format!("according to {}", describe::source(reading, id)),
            None => "in the writer’s own voice".to_owned(),
        },
        words: describe::excerpt(reading, reading.document.sentence(event.sentence).span, event.anchor),
        time: event.time.map(|id| period(&reading.times[id.index()])),
        place: event.place.map(|id| describe::line(&reading.places[id.index()].name)),
        why: format!("rule {}: {}", event.because.rule, because.join(" … ")),
    }
}

fn statement_view(reading: &Reading<'_>, attribution: &Attribution) -> StatementView {
    let actor = attribution.source.and_then(|source| source.actor);
    let stretch = |&span| describe::quoted(&describe::cut(&describe::words(reading, span), QUOTATION));
    let content: Vec<String> = attribution.content.iter().map(stretch).collect();
    StatementView {
        holder: describe::holders(reading, attribution),
        role: role(reading, actor).filter(|_| attribution.with.is_empty()),
        cue: attribution.cue.as_ref().map(|cue| describe::words(reading, cue.span)),
        stance: attribution.stance,
        words: content.join(" … "),
    }
}

/// The words of each time, and what they come to.
fn times(reading: &Reading<'_>) -> Vec<[String; 2]> {
    let told = reading.times.iter().filter(|time| !time.span.is_empty());
    told.map(|time| [describe::words(reading, time.span), period(time)]).collect()
}

/// `2022-02-15`, or first and last day: `2022-02-14 to 2022-02-20`.
fn period(time: &detente::Time) -> String {
    use crate::wire::v1::iso;
    let last = time.end.map(|end| {
        let day_before = end.at.date().yesterday().ok().filter(|_| end.day_only);
        day_before.map_or_else(|| iso(end), |day| day.to_string())
    });
    match (time.start.map(iso), last) {
        (Some(start), Some(last)) if start == last => start,
        (Some(start), Some(last)) => format!("{start} to {last}"),
        (Some(start), None) => format!("from {start}"),
        (None, Some(last)) => format!("until {last}"),
        (None, None) => "not placed".to_owned(),
    }
}

fn note_line(reading: &Reading<'_>, note: &detente::Note) -> String {
    let words = note.span.filter(|span| !span.is_empty()).map(|span| describe::words(reading, span));
    let at = words.map(|words| format!(" (“{}”)", describe::cut(&words, 60))).unwrap_or_default();
    format!("{}: {}{at}", note.kind, describe::line(&note.message))
}
