//! Plain words for the closed vocabularies.

use detente::{Bound, ClaimState, Compatibility, Event, EventType, Figure, Reality, Stance};

use crate::describe;

/// How things stand with a claim.
pub(super) const fn state(state: ClaimState) -> &'static str {
    match state {
        ClaimState::Asserted => "one side says so",
        ClaimState::Corroborated => "independent sides say so",
        ClaimState::Disputed => "disputed",
        ClaimState::Denied => "only denials on record",
        ClaimState::Withdrawn => "taken back",
        ClaimState::Open => "open",
        ClaimState::Done => "kept, by a later report",
        ClaimState::Broken => "not kept, by a later report",
    }
}

/// In this order claims are shown: what is contested comes first.
pub(super) const fn rank(state: ClaimState) -> u8 {
    match state {
        ClaimState::Disputed => 0,
        ClaimState::Denied => 1,
        ClaimState::Withdrawn => 2,
        ClaimState::Broken => 3,
        ClaimState::Corroborated => 4,
        ClaimState::Done => 5,
        ClaimState::Open => 6,
        ClaimState::Asserted => 7,
    }
}

/// What a holder does to a proposition.
pub(super) const fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "says so",
        Stance::Denies => "denies it",
        Stance::Doubts => "doubts it",
        Stance::Conditions => "makes it depend",
        Stance::Promises => "promises it",
        Stance::Demands => "demands it",
        Stance::Warns => "warns of it",
        Stance::Reports => "reports it",
    }
}

/// What an act is, to somebody who has not read the ontology.
const fn act(kind: EventType) -> &'static str {
    match kind {
        EventType::Agree => "agreement",
        EventType::Consult => "talks",
        EventType::Support => "support",
        EventType::Concede => "yielding in words",
        EventType::Cooperate => "joint work",
        EventType::Aid => "aid",
        EventType::Retreat => "yielding, withdrawal",
        EventType::Request => "request or demand",
        EventType::Accuse => "accusation",
        EventType::Reject => "refusal",
        EventType::Threaten => "threat",
        EventType::Protest => "protest",
        EventType::Sanction => "breaking off",
        EventType::Mobilize => "show of force",
        EventType::Coerce => "coercion",
        EventType::Assault => "attack",
    }
}

/// The same for an event: with the act that a demand, threat or refusal is about, and plainly where a friendly act is
/// only announced.
pub(super) fn event(event: &Event) -> String {
    match &event.embedded {
        None => act(event.kind).to_owned(),
        Some(inner) if event.kind == EventType::Agree && event.reality == Reality::Planned => {
            format!("{}, announced", act(inner.kind))
        }
        Some(inner) => format!("{}: {}", act(event.kind), act(inner.kind)),
    }
}

/// Whether figures fit.
pub(super) const fn fit(compatibility: Compatibility) -> &'static str {
    match compatibility {
        Compatibility::Compatible => "can both hold",
        Compatibility::Conflicting => "cannot all hold",
    }
}

/// The interval that the words of a figure allow: `more than 100,000`, `24 to 99`.
pub(super) fn interval(figure: &Figure) -> String {
    let number = describe::number;
    match (figure.bound, figure.value, figure.low, figure.high) {
        (Bound::MoreThan, Some(value), ..) => format!("more than {}", number(value)),
        (Bound::LessThan, Some(value), ..) => format!("less than {}", number(value)),
        (_, _, Some(low), Some(high)) if low == high => number(low),
        (_, _, Some(low), Some(high)) => format!("{} to {}", number(low), number(high)),
        (_, _, Some(low), None) => format!("{} or more", number(low)),
        (_, _, None, Some(high)) => format!("{} or less", number(high)),
        (_, Some(value), None, None) => number(value),
        (_, None, None, None) => "no number".to_owned(),
    }
}
