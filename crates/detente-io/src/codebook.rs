//! The codebook for people: rules as text, and the sentences that prove them.

use crate::describe;
use detente::knowledge::{Relation, Rule};
use detente::text::Span;
use detente::{Article, Event, MentionId, Polarity, Reader, Reading, Reality, Scratch, TimeStatus};
use std::fmt::{self, Write};

/// A rule as people write it, with only the fields that say something.
pub fn show(rule: &Rule) -> String {
    let mut out = format!("{} codes {}\n", rule.name, rule.kind);
    let mut field = |name: &str, values: Vec<String>| {
        if !values.is_empty() {
            let _ = writeln!(out, "  {name}: {}", values.join(", "));
        }
    };
    let relations = |relations: &[Relation]| relations.iter().map(|r| r.as_str().to_owned()).collect();
    let words = |flag: bool, word: &str| flag.then(|| word.to_owned()).into_iter().collect::<Vec<String>>();
    field("verbs", rule.verbs.clone());
    field("nouns", rule.nouns.clone());
    field("adjectives", rule.adjectives.clone());
    field("modes", rule.modes.iter().map(ToString::to_string).collect());
    field("contexts", rule.contexts.iter().map(ToString::to_string).collect());
    field("CAMEO", rule.cameo.iter().map(ToString::to_string).collect());
    field("actor stands at", relations(&rule.actor));
    field("recipient stands at", relations(&rule.recipient));
    field("object must be", rule.object.clone());
    field("subject must be", rule.subject.clone());
    let with = rule.with.iter().map(|need| format!("{} {}", need.preposition, need.lemmas.join("/")));
    field("needs", with.collect());
    field("takes in", rule.complement.iter().map(|c| c.as_str().to_owned()).collect());
    let acts = rule.act.iter().map(|(kind, mode)| match mode {
        Some(mode) => format!("{kind}/{mode}"),
        None => kind.to_string(),
    });
    field("of type", acts.collect());
    field(
        "",
        [
            words(rule.reciprocal, "all parties act on each other"),
            words(rule.possessor_suffers, "a possessor suffers the act"),
            words(rule.requires_actor, "the actor must be found"),
            words(rule.requires_recipient, "the recipient must be found"),
            words(rule.negated, "only when negated"),
        ]
        .concat(),
    );
    field("polarity", rule.polarity.iter().map(ToString::to_string).collect());
    field("reality", rule.reality.iter().map(ToString::to_string).collect());
    for (name, sentences) in [("speaks in", &rule.accepts), ("is silent in", &rule.rejects)] {
        for sentence in sentences {
            let _ = writeln!(out, "  {name}: {sentence}");
        }
    }
    out.replace("  : ", "  ")
}

/// A sentence of the codebook that does not come out as it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule.
    pub rule: String,
    /// The sentence as the codebook has it.
    pub sentence: String,
    /// What is wrong.
    pub cause: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.rule, self.sentence, self.cause)
    }
}

/// Reads every sentence of a rule: it must speak in those it accepts, as they are marked, and be silent in the others.
pub fn check(reader: &Reader, rule: &Rule, scratch: &mut Scratch) -> Vec<Fault> {
    let accepts = rule.accepts.iter().map(|sentence| (sentence, true));
    let sentences = accepts.chain(rule.rejects.iter().map(|sentence| (sentence, false)));
    let fault = |(sentence, speaks): (&String, bool)| {
        let wanted = Wanted::parse(sentence);
        let article = Article::new("codebook", wanted.text.clone());
        let cause = wanted.judge(&reader.read(&article, scratch), rule, speaks)?;
        Some(Fault { rule: rule.name.clone(), sentence: sentence.clone(), cause })
    };
    sentences.filter_map(fault).collect()
}

/// A sentence of the codebook with its marks: `[actor]`, `<recipient>`, and conditions after ` | `.
#[derive(Debug, Default, PartialEq)]
struct Wanted {
    text: String,
    actors: Vec<Span>,
    recipients: Vec<Span>,
    conditions: Vec<String>,
}

impl Wanted {
    fn parse(sentence: &str) -> Self {
        let (marked, conditions) = sentence.split_once(" | ").unwrap_or((sentence, ""));
        let mut wanted = Self::default();
        let mut start = 0;
        for c in marked.chars() {
            let here = wanted.text.len();
            match c {
                '[' | '<' => start = here,
                ']' => wanted.actors.push(Span::from_range(start..here)),
                '>' => wanted.recipients.push(Span::from_range(start..here)),
                _ => wanted.text.push(c),
            }
        }
        let conditions = conditions.split([',', '|']).map(str::trim).filter(|c| !c.is_empty());
        wanted.conditions = conditions.map(str::to_owned).collect();
        wanted
    }

    /// What is wrong, if anything.
    fn judge(&self, reading: &Reading<'_>, rule: &Rule, speaks: bool) -> Option<String> {
        let spoken: Vec<&Event> =
            reading.events.iter().filter(|event| event.because.rule == rule.name).collect();
        match (spoken.is_empty(), speaks) {
            (true, true) => {
                let others: Vec<&str> = reading.events.iter().map(|e| e.because.rule.as_str()).collect();
                Some(match others.is_empty() {
                    true => "no rule speaks".to_owned(),
                    false => format!("it does not speak; {} does", others.join(", ")),
                })
            }
            (false, false) => Some("it speaks".to_owned()),
            (true, false) => None,
            (false, true) => {
                let faults: Vec<String> = spoken.iter().map(|event| self.faults(reading, event)).collect();
                if faults.iter().any(String::is_empty) { None } else { faults.into_iter().next() }
            }
        }
    }

    /// What an event lacks of what is wanted; empty when nothing.
    fn faults(&self, reading: &Reading<'_>, event: &Event) -> String {
        let found = |mentions: &[MentionId], span: Span| {
            mentions.iter().any(|&mention| reading.mention(mention).span.overlaps(span))
        };
        let mut faults = Vec::new();
        for (name, spans, mentions) in
            [("actor", &self.actors, &event.actor), ("recipient", &self.recipients, &event.recipient)]
        {
            let lost = spans.iter().find(|&&span| !found(mentions, span));
            if let Some(&lost) = lost {
                let got: Vec<String> =
                    mentions.iter().map(|&m| describe::words(reading, reading.mention(m).span)).collect();
                let wanted = describe::words(reading, lost);
                faults.push(format!("{name} is not “{wanted}” but “{}”", got.join(", ")));
            }
        }
        let lacking = self.conditions.iter().filter(|condition| !holds(event, condition));
        faults.extend(lacking.map(|condition| format!("not {condition}")));
        faults.join("; ")
    }
}

/// Whether a condition of the codebook holds of an event.
fn holds(event: &Event, condition: &str) -> bool {
    match condition {
        "deed" => event.deed(),
        "not deed" => !event.deed(),
        "negative" => event.polarity == Polarity::Negative,
        "background" => event.time_status == TimeStatus::Background,
        "future" => event.time_status == TimeStatus::Future,
        _ => match condition.split_once('=') {
            Some(("mode", mode)) => event.modes.iter().any(|m| m.as_str() == mode.trim()),
            Some(("cameo", code)) => event.cameo.is_some_and(|c| c.as_str() == code.trim()),
            _ => Reality::from_name(condition) == Some(event.reality),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        let wanted = Wanted::parse("[Kyiv] denies <Moscow>’s claim. | negative, mode=yield");
        assert_eq!(wanted.text, "Kyiv denies Moscow’s claim.");
        assert_eq!(wanted.actors, [Span::new(0, 4)]);
        assert_eq!(wanted.recipients, [Span::new(12, 18)]);
        assert_eq!(wanted.conditions, ["negative", "mode=yield"]);
    }
}
