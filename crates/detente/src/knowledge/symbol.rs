//! Frozen symbols: every word that knowledge mentions gets a number; other words stay text.

use std::collections::HashMap;

/// A word that knowledge mentions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Symbol(pub(crate) u32);

/// All such words, lower case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Symbols {
    numbers: HashMap<Box<str>, Symbol>,
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
}
