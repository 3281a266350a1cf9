//! Frozen symbols: every word that knowledge mentions gets a number; other words stay text.

use super::{CuePos, IrregularForm};
use detente_text::{TokenId, Tree, Upos, Xpos};
use std::collections::HashMap;

/// A word that knowledge mentions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Symbol(u32);

/// All such words, lower case, and the irregular forms of them, each with its parts of speech.
#[derive(Clone, Debug, Default)]
pub(crate) struct Symbols {
    numbers: HashMap<Box<str>, Symbol>,
    irregular: HashMap<Box<str>, Vec<(CuePos, Symbol)>>,
}

impl Symbols {
    /// The symbol of a word, new if need be. Only while knowledge is built.
    pub(crate) fn intern(&mut self, word: &str) -> Symbol {
        let next = Symbol(self.numbers.len() as u32);
        *self.numbers.entry(word.into()).or_insert(next)
    }

    /// The symbol of a word, if knowledge mentions it.
    pub(crate) fn get(&self, word: &str) -> Option<Symbol> {
        self.numbers.get(word).copied()
    }

    /// Adds the irregular forms whose lemmas knowledge mentions.
    pub(crate) fn add_irregular(&mut self, forms: &[IrregularForm]) {
        for form in forms {
            if let Some(symbol) = self.get(&form.lemma) {
                self.irregular.entry(form.form.as_str().into()).or_default().push((form.pos, symbol));
            }
        }
    }

    /// The words that a token can be: the model's lemma first, then irregular and regular analyses of the form.
    ///
    /// The lemmatizer errs on words it has not seen; knowledge only asks whether a token can be one of its words,
    /// so every analysis that yields such a word counts.
    pub(crate) fn readings(&self, tree: &Tree<'_>, token: TokenId) -> Readings {
        let mut readings = Readings::default();
        let lemma = tree.lemma(token);
        readings.add(self.get(lemma).or_else(|| match lemma.bytes().any(|b| b.is_ascii_uppercase()) {
            true => self.get(&lemma.to_lowercase()),
            false => None,
        }));
        let pos = match tree.upos(token) {
            Upos::Verb => CuePos::Verb,
            Upos::Noun | Upos::Propn => CuePos::Noun,
            Upos::Adj => CuePos::Adjective,
            _ => return readings,
        };
        let form = tree.form(token).to_lowercase();
        // A base form has no other analysis; an inflected one that the lemmatizer left as it is has.
        let base = matches!(tree.xpos(token), Xpos::Vb | Xpos::Vbp | Xpos::Nn | Xpos::Nnp | Xpos::Jj);
        if form == lemma && base {
            return readings;
        }
        let irregular = self.irregular.get(form.as_str()).map_or(&[][..], Vec::as_slice);
        // Of two rows for one form the later one counts.
        readings.add(irregular.iter().rev().find(|(p, _)| *p == pos).map(|&(_, symbol)| symbol));
        readings.add(self.get(&form));
        if pos != CuePos::Adjective {
            self.regular(&form, pos, &mut readings);
        }
        readings
    }

    /// What the rules of English spelling make of an inflected form: plurals and third persons in *-s*, and of verbs
    /// the forms in *-ed* and *-ing*.
    fn regular(&self, form: &str, pos: CuePos, readings: &mut Readings) {
        let mut word = String::new();
        let mut add = |stem: &str, ending: &str| {
            if stem.len() > 1 {
                word.clear();
                word.push_str(stem);
                word.push_str(ending);
                readings.add(self.get(&word));
            }
        };
        if let Some(stem) = form.strip_suffix('s') {
            add(stem, "");
            if let Some(stem) = stem.strip_suffix('e') {
                add(stem, "");
                if let Some(stem) = stem.strip_suffix('i') {
                    add(stem, "y");
                }
            }
        }
        if pos != CuePos::Verb {
            return;
        }
        for ending in ["ed", "ing"] {
            let Some(stem) = form.strip_suffix(ending) else { continue };
            add(stem, "");
            add(stem, "e");
            let bytes = stem.as_bytes();
            if bytes.len() > 2 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2] {
                add(&stem[..stem.len() - 1], "");
            }
            if let Some(stem) = stem.strip_suffix('i') {
                add(stem, "y");
            }
        }
    }
}

/// The words that one token can be, most likely first; at most four.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Readings {
    symbols: [Option<Symbol>; 4],
}

impl Readings {
    fn add(&mut self, symbol: Option<Symbol>) {
        if symbol.is_none() || self.symbols.contains(&symbol) {
            return;
        }
        if let Some(free) = self.symbols.iter_mut().find(|s| s.is_none()) {
            *free = symbol;
        }
    }

    /// The words, most likely first.
    pub(crate) fn iter(self) -> impl Iterator<Item = Symbol> {
        self.symbols.into_iter().flatten()
    }
}
