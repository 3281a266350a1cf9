//! Lemmas: a dictionary of the treebanks' words first, an edit of the form otherwise.

use crate::{Error, Upos, Xpos};

/// An edit of the form, such as `l|3|y`: lower case, cut three characters, append `y`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    case: Case,
    cut: usize,
    append: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Lower,
    Keep,
    Title,
}

impl Rule {
    /// Reads the notation of `workshop/train/lemma.py`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '|');
        let case = match parts.next()? {
            "l" => Case::Lower,
            "k" => Case::Keep,
            "t" => Case::Title,
            _ => return None,
        };
        Some(Self { case, cut: parts.next()?.parse().ok()?, append: parts.next()?.to_owned() })
    }

    /// Whether capitals are lost.
    pub(crate) fn lowers(&self) -> bool {
        self.case == Case::Lower
    }

    /// Writes the lemma of a plain form to `out`; false where the form is too short or nothing would be left.
    ///
    /// `lower` is the form in lower case.
    pub(crate) fn apply(&self, plain: &str, lower: &str, out: &mut String) -> bool {
        out.clear();
        match self.case {
            Case::Lower => out.push_str(lower),
            Case::Keep => out.push_str(plain),
            Case::Title => {
                let mut characters = plain.chars();
                out.extend(characters.next());
                out.push_str(&characters.as_str().to_lowercase());
            }
        }
        for _ in 0..self.cut {
            if out.pop().is_none() {
                return false;
            }
        }
        out.push_str(&self.append);
        !out.is_empty()
    }
}

/// Lemmas of lower-cased plain forms by part of speech.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dictionary {
    text: String,
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    start: u32,
    form_end: u32,
    /// Where the lemma ends; it begins at `form_end`, and an empty one means the form.
    end: u32,
    upos: Upos,
    /// With this Penn tag only.
    xpos: Option<Xpos>,
}

/// The entries of one form: a half-open range.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entries {
    first: u32,
    last: u32,
}

impl Dictionary {
    /// From lines of form, part of speech and lemma, sorted by form. A Penn tag may stand behind the part of speech and a
    /// slash.
    pub(crate) fn new<'t>(lines: impl Iterator<Item = &'t str>) -> Result<Self, Error> {
        let mut out = Self::default();
        for line in lines {
            let bad = || Error::new(format!("model: dictionary entry {line:?}"));
            let mut parts = line.split('\t');
            let (Some(form), Some(upos), Some(lemma), None) =
                (parts.next(), parts.next(), parts.next(), parts.next())
            else {
                return Err(bad());
            };
            let (upos, xpos) = match upos.split_once('/') {
                Some((upos, xpos)) => (upos, Some(Xpos::from_name(xpos).ok_or_else(bad)?)),
                None => (upos, None),
            };
            let upos = Upos::from_name(upos).ok_or_else(bad)?;
            if out.entries.last().is_some_and(|&e| out.form(e) > form) {
                return Err(bad());
            }
            let start = out.text.len();
            out.text.push_str(form);
            let form_end = out.text.len();
            out.text.push_str(lemma);
            let narrow = |n: usize| u32::try_from(n).map_err(|_| bad());
            out.entries.push(Entry {
                start: narrow(start)?,
                form_end: narrow(form_end)?,
                end: narrow(out.text.len())?,
                upos,
                xpos,
            });
        }
        Ok(out)
    }

    fn form(&self, entry: Entry) -> &str {
        &self.text[entry.start as usize..entry.form_end as usize]
    }

    /// All entries of a lower-cased plain form.
    pub(crate) fn find(&self, lower: &str) -> Entries {
        let first = self.entries.partition_point(|&e| self.form(e) < lower);
        let count = self.entries[first..].iter().take_while(|&&e| self.form(e) == lower).count();
        // Entries are counted in `u32` because their text is.
        Entries { first: first as u32, last: (first + count) as u32 }
    }

    /// The lemma for a part of speech among the entries of a form; one for its Penn tag goes first.
    pub(crate) fn lemma(&self, entries: Entries, upos: Upos, xpos: Xpos) -> Option<&str> {
        let entries = self.entries.get(entries.first as usize..entries.last as usize)?;
        let fitting = |tag: Option<Xpos>| entries.iter().find(|e| e.upos == upos && e.xpos == tag);
        let entry = *fitting(Some(xpos)).or_else(|| fitting(None))?;
        let lemma = &self.text[entry.form_end as usize..entry.end as usize];
        Some(if lemma.is_empty() { self.form(entry) } else { lemma })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_edit_forms() {
        let apply = |rule: &str, form: &str| {
            let mut out = String::new();
            let rule = Rule::parse(rule).unwrap();
            rule.apply(form, &form.to_lowercase(), &mut out).then_some(out)
        };
        assert_eq!(apply("l|3|y", "Parties").as_deref(), Some("party"));
        assert_eq!(apply("k|0|", "Kyiv").as_deref(), Some("Kyiv"));
        assert_eq!(apply("t|0|", "MOSCOW").as_deref(), Some("Moscow"));
        assert_eq!(apply("t|0|", "ÉTAT").as_deref(), Some("État"));
        assert_eq!(apply("l|3|y", "as"), None);
        assert_eq!(apply("l|2|", "as"), None);
        assert_eq!(apply("l|0||", "a").as_deref(), Some("a|"));
        assert_eq!(Rule::parse("q|1|"), None);
        assert_eq!(Rule::parse("l|x|"), None);
    }

    #[test]
    fn dictionary_asks_for_the_part_of_speech() {
        let d = Dictionary::new(
            ["saw\tNOUN\t", "saw\tVERB\tsee", "saw\tVERB/VB\t", "went\tVERB\tgo"].into_iter(),
        )
        .unwrap();
        let saw = d.find("saw");
        assert_eq!(d.lemma(saw, Upos::Noun, Xpos::Nn), Some("saw"));
        assert_eq!(d.lemma(saw, Upos::Verb, Xpos::Vbd), Some("see"));
        assert_eq!(d.lemma(saw, Upos::Verb, Xpos::Vb), Some("saw"));
        assert_eq!(d.lemma(saw, Upos::Adj, Xpos::Jj), None);
        assert_eq!(d.lemma(d.find("going"), Upos::Verb, Xpos::Vbg), None);
        assert!(Dictionary::new(["saw\tVERB/QQ\t"].into_iter()).is_err());
        assert!(Dictionary::new(["b\tX\t", "a\tX\t"].into_iter()).is_err());
        assert!(Dictionary::new(["b\tX"].into_iter()).is_err());
    }
}
