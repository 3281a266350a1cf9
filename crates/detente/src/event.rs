//! Events: who did what to whom, coded whether or not it really happened.

mod code;
mod emit;
mod status;

pub(crate) use code::{Act, MentionIndex, acts, suggested_acts};
pub(crate) use emit::{Context as Surroundings, events};

use crate::{
    AttributionId, Auxiliary, Cameo, Context, EventType, FigureId, MentionId, Mode, PlaceId, TimeId,
};
use detente_text::{SentenceId, Span, vocabulary};

vocabulary! {
    /// Whether the act is affirmed.
    Polarity {
        Positive = "positive",
        Negative = "negative",
    }
}

vocabulary! {
    /// How the text presents the act.
    Reality {
        /// As happening or having happened.
        Actual = "actual",
        /// As intended or scheduled.
        Planned = "planned",
        /// As something that could be.
        Possible = "possible",
        /// As depending on something else.
        Conditional = "conditional",
        /// As what somebody wants or must do.
        Demanded = "demanded",
    }
}

vocabulary! {
    /// Where the act stands in time.
    TimeStatus {
        Current = "current",
        /// Told as past context.
        Background = "background",
        Future = "future",
    }
}

/// Why an event was coded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    /// The rule, such as `assault.shell`.
    pub rule: String,
    /// The words that satisfied it, in text order.
    pub words: Vec<Span>,
}

/// The act that an outer act is about: what is promised, demanded, refused, threatened or alleged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// Its type.
    pub kind: EventType,
    /// Its modes.
    pub modes: Vec<Mode>,
    /// Who would act.
    pub actor: Vec<MentionId>,
    /// Who would be acted upon.
    pub recipient: Vec<MentionId>,
    /// The words that evoke it.
    pub anchor: Span,
}

/// Who did what to whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The sentence of the anchor.
    pub sentence: SentenceId,
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER modes.
    pub modes: Vec<Mode>,
    /// PLOVER contexts.
    pub contexts: Vec<Context>,
    /// Best CAMEO code.
    pub cameo: Option<Cameo>,
    /// Who acts: the mentions, in text order.
    pub actor: Vec<MentionId>,
    /// Who is acted upon: the mentions, in text order.
    pub recipient: Vec<MentionId>,
    /// The words that evoke the act.
    pub anchor: Span,
    /// Whether the act is affirmed.
    pub polarity: Polarity,
    /// How the text presents it.
    pub reality: Reality,
    /// Where it stands in time.
    pub time_status: TimeStatus,
    /// The innermost attribution inside whose content it stands.
    pub attribution: Option<AttributionId>,
    /// Where.
    pub place: Option<PlaceId>,
    /// When.
    pub time: Option<TimeId>,
    /// With which figures.
    pub figures: Vec<FigureId>,
    /// 0 to 1.
    pub confidence: f32,
    /// Why.
    pub because: Because,
    /// The act that this one is about, which is no event of its own.
    pub embedded: Option<Embedded>,
}

impl Event {
    /// Whether the text presents it as really happening or having happened now: positive, actual, current.
    pub fn deed(&self) -> bool {
        self.polarity == Polarity::Positive
            && self.reality == Reality::Actual
            && self.time_status == TimeStatus::Current
    }

    /// PLOVER's four auxiliary modes, derived from polarity, reality and time status.
    pub fn auxiliary(&self) -> Vec<Auxiliary> {
        let mut modes = Vec::new();
        if self.time_status == TimeStatus::Background {
            modes.push(Auxiliary::Historical);
        }
        if self.time_status == TimeStatus::Future || self.reality == Reality::Planned {
            modes.push(Auxiliary::Future);
        }
        if matches!(self.reality, Reality::Possible | Reality::Conditional | Reality::Demanded) {
            modes.push(Auxiliary::Hypothetical);
        }
        if self.polarity == Polarity::Negative {
            modes.push(Auxiliary::Negation);
        }
        modes
    }

    /// PLOVER score on the scale `plover-2.0` (see `docs/ontology.md`), −10 to 10.
    pub fn score(&self) -> f32 {
        self.kind.score(&self.modes)
    }
}

/// The answer to a [`PairQuery`](crate::PairQuery).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairAnswer {
    /// What the first does to the second, if anything.
    pub kind: Option<EventType>,
    /// 0 to 1.
    pub confidence: f32,
    /// The event that says so, when it is one of the reading's.
    pub event: Option<crate::EventId>,
}
