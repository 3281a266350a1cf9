//! Seats of governments: do they act, or is something there?

use crate::clause::case;
use detente_text::{Deprel, TokenId, Tree};

/// Whether the name of a capital is only where something is.
pub(super) fn is_location(tree: &Tree<'_>, head: TokenId) -> bool {
    const PLACING: [&str; 19] = [
        "in",
        "at",
        "near",
        "outside",
        "around",
        "through",
        "throughout",
        "across",
        "inside",
        "into",
        "over",
        "above",
        "toward",
        "towards",
        "via",
        "off",
        "along",
        "beyond",
        "within",
    ];
    const MOVING: [&str; 14] = [
        "travel", "fly", "go", "arrive", "return", "come", "drive", "leave", "flee", "visit", "head", "land",
        "trip", "depart",
    ];
    let mover = || {
        tree.head(head).is_some_and(|h| {
            MOVING.contains(&tree.lemma(h)) || matches!(tree.lemma(h), "flight" | "road" | "journey")
        })
    };
    match case(tree, head) {
        Some(preposition) if PLACING.contains(&preposition) => true,
        Some("to" | "from" | "for") => mover(),
        Some("of") => tree.head(head).is_some_and(|h| {
            matches!(
                tree.lemma(h),
                "outskirt"
                    | "city"
                    | "capital"
                    | "suburb"
                    | "street"
                    | "north"
                    | "south"
                    | "east"
                    | "west"
                    | "centre"
                    | "center"
            )
        }),
        _ => {
            matches!(tree.deprel(head), Deprel::Obl | Deprel::OblUnmarked | Deprel::NmodUnmarked)
                && case(tree, head).is_none()
        }
    }
}
