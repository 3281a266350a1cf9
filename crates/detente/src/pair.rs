//! Answers what, if anything, the text has one span do to another.

use crate::{
    EventId, PairAnswer, PairQuery,
    event::{Act, Event, Surroundings, suggested_acts},
};
use detente_text::{Span, TokenId, Tree, Upos};

/// The answer to one question.
///
/// Every act of the text is weighed by how its roles fit the two spans; an act whose roles fit neither can still
/// answer when it is all that stands between them, with little confidence.
pub(crate) fn answer(
    context: &Surroundings<'_>,
    acts: &[Act],
    events: &[Event],
    query: PairQuery,
) -> PairAnswer {
    if let Some((fit, event)) = best(context, acts, query)
        && fit > 0.0
    {
        let known = events.iter().position(|e| e.anchor == event.anchor && e.kind == event.kind);
        // The scale of `fit`, −2 to 7 for whatever answers at all, as 0 to 1.
        let confidence = ((fit + 2.0) / 9.0).clamp(0.05, 0.95);
        return PairAnswer { kind: Some(event.kind), confidence, event: known.map(EventId::at) };
    }
    // Nothing fits; what the words alone suggest is better than silence, and says so by its confidence.
    let suggested = suggested_acts(context.tree, context.knowledge, context.mentions);
    let loose = best(context, &suggested, query).or_else(|| best(context, acts, query));
    PairAnswer { kind: loose.map(|(_, event)| event.kind), confidence: 0.1, event: None }
}

/// The act that fits a question best, as an event, and how well it fits.
fn best(context: &Surroundings<'_>, acts: &[Act], query: PairQuery) -> Option<(f32, Event)> {
    let weighed = acts.iter().map(|act| (fit(context.tree, act, query), act));
    let (fit, act) = weighed.max_by(|(a, x), (b, y)| a.total_cmp(b).then(y.anchor.cmp(&x.anchor)))?;
    Some((fit, context.unnamed(act, acts)))
}

/// How well an act's roles fit the two spans; about −4 to 7.
fn fit(tree: &Tree<'_>, act: &Act, query: PairQuery) -> f32 {
    let document = tree.document();
    let within = |tokens: &[TokenId], span: Option<Span>| match span {
        None => false,
        Some(span) => tokens.iter().any(|&t| {
            document.span(t).overlaps(span)
                || crate::mention::phrase(tree, t).overlaps(span)
                    && tree.children(t).any(|c| {
                        document.span(c).overlaps(span)
                            || tree.children(c).any(|d| document.span(d).overlaps(span))
                    })
        }),
    };
    let mut fit = 0.0;
    let reciprocal =
        matches!(act.kind, crate::EventType::Consult | crate::EventType::Agree | crate::EventType::Cooperate);
    for (own, other, span) in
        [(&act.actor, &act.recipient, query.actor), (&act.recipient, &act.actor, query.recipient)]
    {
        if within(own, span) {
            fit += 3.0;
        } else if within(other, span) {
            fit += if reciprocal { 2.0 } else { -1.5 };
        } else if span.is_none() && own.is_empty() {
            fit += 1.0;
        }
    }
    let anchor = document.span(act.anchor);
    let (actor, recipient) = (query.actor.unwrap_or(anchor), query.recipient.unwrap_or(anchor));
    if actor.contains(anchor) || recipient.contains(anchor) {
        fit -= 1.0;
    }
    let between = actor.cover(recipient);
    if between.contains(anchor) {
        fit += 0.6;
    }
    if tree.upos(act.anchor) == Upos::Verb {
        fit += 0.5;
    }
    if act.absorbed_by.is_some() {
        fit -= 2.5;
    }
    fit - 0.1 * tree.ancestors(act.anchor).take(10).count() as f32
}
