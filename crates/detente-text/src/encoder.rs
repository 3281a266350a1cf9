//! From words to vectors in context: type vectors, then two bidirectional layers.
//!
//! Two devices make this quick, and neither changes a bit of the result.
//!
//! * The first layer's input depends on the word alone, so it is worked out once for every distinct form and kept in
//!   a bounded cache ([`Types`]).
//! * Sentences run in lock step, sorted by length, so that one step of the recurrence is a product of matrices.
//!   Every row of such a product is summed by itself, so neighbours in the batch do not matter.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::{
    arithmetic::{
        bytes::{Matrix, PANELS, QUAD, Quad, ZERO, accumulate, in_blocks, scaled, start, to_byte},
        lanes::{LANES, Lanes, STEP},
        matmul::multiply,
        simd::{Kernel, dispatch, sigmoid, tanh},
    },
    lemma::Entries,
    model::{BOTH, BUCKETS, GATES, Model, WIDTH},
};

/// Most word types kept in a cache, 2 KB each; beyond, it is emptied.
const MOST_TYPES: usize = 24_000;
/// Gate inputs of a type are kept as whole multiples of one over this: finer than the bytes that they meet, and half the
/// memory of single precision. Beyond 32 a gate is open or shut whatever is added.
const GATE_STEPS: f32 = 1024.0;
/// Longer forms are never kept: they are links and noise.
const LONGEST_KEPT: usize = 40;

/// What is known of a form without its neighbours.
#[derive(Clone, Debug, Default)]
pub(crate) struct Type {
    /// Its lemmas, if the dictionary has it.
    pub(crate) entries: Entries,
}

/// Word types met so far, with the first layer's gate inputs.
#[derive(Default)]
pub(crate) struct Types {
    identity: u64,
    number_of: HashMap<Box<str>, u32, BuildHasherDefault<FormHasher>>,
    types: Vec<Type>,
    gates: Vec<i16>,
    vectors: Vec<f32>,
    products: Vec<f32>,
    pack: Vec<f32>,
    buckets: Vec<usize>,
    word: Word,
}

impl Types {
    /// Makes room for a batch of at most `tokens` tokens of a model; numbers given out before are void.
    pub(crate) fn prepare(&mut self, model: &Model, tokens: usize) {
        if self.identity != model.identity || self.types.len() + tokens > MOST_TYPES {
            self.identity = model.identity;
            self.number_of.clear();
            self.types.clear();
            self.gates.clear();
        }
    }

    /// The number of a form; new ones wait for [`finish`](Self::finish).
    pub(crate) fn number(&mut self, model: &Model, form: &str) -> u32 {
        if let Some(&number) = self.number_of.get(form) {
            return number;
        }
        // Batches are far smaller than `u32::MAX`.
        let number = self.types.len() as u32;
        self.word.set(form);
        self.buckets.clear();
        self.word.buckets(&mut |bucket| self.buckets.push(bucket));
        dispatch(Vector { model, word: &self.word, buckets: &self.buckets, out: &mut self.vectors });
        self.types.push(Type { entries: model.dictionary.find(self.word.lower()) });
        if form.len() <= LONGEST_KEPT {
            self.number_of.insert(form.into(), number);
        }
        number
    }

    /// Works out the gate inputs of the new types.
    pub(crate) fn finish(&mut self, model: &Model) {
        let input = &model.input;
        self.products.clear();
        for _ in 0..self.vectors.len() / WIDTH {
            self.products.extend(&input.bias);
        }
        multiply(&self.vectors, &input.weights, &mut self.products, &mut self.pack);
        // Casting keeps to the range of the smaller type.
        self.gates.extend(self.products.iter().map(|x| (x * GATE_STEPS) as i16));
        self.vectors.clear();
    }

    /// What is known of the form with this number.
    pub(crate) fn get(&self, number: u32) -> &Type {
        &self.types[number as usize]
    }
}

/// FNV-1a, 64 bits: short keys, and the same on every machine.
#[derive(Clone, Copy)]
struct FormHasher(u64);

impl Default for FormHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for FormHasher {
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = (self.0 ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

/// A form made plain, its key and its features; `workshop/train/features.py` holds the definition.
#[derive(Default)]
pub(crate) struct Word {
    plain: String,
    lower: String,
    key: String,
    /// Byte offsets of the characters of the plain form, its end included.
    plain_at: Vec<usize>,
    /// The same for the key.
    key_at: Vec<usize>,
    grams: String,
    grams_at: Vec<usize>,
}

impl Word {
    pub(crate) fn set(&mut self, form: &str) {
        self.plain.clear();
        for c in form.chars() {
            match c {
                '‘' | '’' | '‚' | '‛' | '`' | '´' | 'ʼ' | '′' => self.plain.push('\''),
                '“' | '”' | '„' | '‟' | '«' | '»' | '″' => self.plain.push('"'),
                '…' => self.plain.push_str("..."),
                _ => self.plain.push(c),
            }
        }
        if self.plain == "''" {
            self.plain.clear();
            self.plain.push('"');
        }
        self.lower.clear();
        if self.plain.is_ascii() {
            self.lower.push_str(&self.plain);
            self.lower.make_ascii_lowercase();
        } else {
            self.lower.push_str(&self.plain.to_lowercase());
        }
        self.key.clear();
        self.key.extend(self.lower.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }));
        offsets(&self.plain, &mut self.plain_at);
        offsets(&self.key, &mut self.key_at);
        self.grams.clear();
        self.grams.push('<');
        self.grams.push_str(&self.key[..self.key_at[(self.key_at.len() - 1).min(32)]]);
        self.grams.push('>');
        offsets(&self.grams, &mut self.grams_at);
    }

    /// The plain form.
    pub(crate) fn plain(&self) -> &str {
        &self.plain
    }

    /// The plain form in lower case.
    pub(crate) fn lower(&self) -> &str {
        &self.lower
    }

    /// Calls `visit` with the bucket of every feature, in the order of the definition.
    fn buckets(&self, visit: &mut impl FnMut(usize)) {
        let mut feature = |name: &str, text: &str| {
            let h = fnv(fnv(0x811c_9dc5, name), text);
            visit((h ^ (h >> 15)) as usize % BUCKETS);
        };
        let n = self.key_at.len() - 1;
        for (length, name) in (1..=4).zip(["p1=", "p2=", "p3=", "p4="]) {
            if n >= length {
                feature(name, &self.key[..self.key_at[length]]);
            }
        }
        for (length, name) in (1..=4).zip(["s1=", "s2=", "s3=", "s4="]) {
            if n >= length {
                feature(name, &self.key[self.key_at[n - length]..]);
            }
        }
        let n = self.plain_at.len() - 1;
        feature("P=", &self.plain[..self.plain_at[n.min(3)]]);
        feature("S=", &self.plain[self.plain_at[n.saturating_sub(3)]..]);
        feature("h=", &shape(&self.plain));
        feature("n=", ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"][n.min(12)]);
        feature("w=", &self.plain);
        for (length, name) in [(3, "3="), (4, "4=")] {
            for (i, &end) in self.grams_at.iter().enumerate().skip(length) {
                feature(name, &self.grams[self.grams_at[i - length]..end]);
            }
        }
    }
}

/// Appends a type vector to `out`: word, features and classes, brought to mean 0 and variance 1, scaled.
struct Vector<'a> {
    model: &'a Model,
    word: &'a Word,
    buckets: &'a [usize],
    out: &'a mut Vec<f32>,
}

impl Kernel for Vector<'_> {
    #[inline(always)]
    fn run<L: Lanes, const ROWS: usize>(self) {
        let Self { model, word, buckets, out } = self;
        let mut sum = [0.0f32; WIDTH];
        for &bucket in buckets {
            model.hashed.add(bucket, &mut sum);
        }
        // There are far fewer buckets than `u16` counts.
        let scale = 1.0 / f32::from(buckets.len() as u16).sqrt();
        for x in &mut sum {
            *x *= scale;
        }
        model.word.add(model.words.find(&word.key).map_or(0, |i| i + 1), &mut sum);
        for class in model.lexicon.classes(&word.plain) {
            for (s, x) in sum.iter_mut().zip(&model.class[class]) {
                *s += x;
            }
        }
        let n = WIDTH as f32;
        let mut mean = 0.0;
        for x in sum {
            mean += x / n;
        }
        let mut variance = 0.0;
        for x in sum {
            variance += (x - mean) * (x - mean) / n;
        }
        let scale = 1.0 / (variance + 1e-5).sqrt();
        for (x, (gain, bias)) in sum.iter().zip(model.norm_gain.iter().zip(&model.norm_bias)) {
            out.push((x - mean) * scale * gain + bias);
        }
    }
}

fn offsets(text: &str, out: &mut Vec<usize>) {
    out.clear();
    out.extend(text.char_indices().map(|(i, _)| i));
    out.push(text.len());
}

fn fnv(hash: u32, text: &str) -> u32 {
    text.bytes().fold(hash, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// `X` upper, `x` lower, `d` digit, other ASCII itself, `o` the rest; runs cut after three.
fn shape(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    let (mut last, mut run) = ('\0', 0);
    for c in plain.chars() {
        let s = match c {
            '0'..='9' => 'd',
            _ if c.is_uppercase() => 'X',
            _ if c.is_lowercase() => 'x',
            _ if c.is_ascii() => c,
            _ => 'o',
        };
        run = if s == last { run + 1 } else { 1 };
        last = s;
        if run <= 3 {
            out.push(s);
        }
    }
    out
}

/// Sentences that run together, longest first.
///
/// Tokens are numbered sentence after sentence; matrices of the batch have a row for each.
#[derive(Default)]
pub(crate) struct Batch {
    /// Type numbers of all tokens.
    pub(crate) tokens: Vec<u32>,
    /// Where each sentence ends in `tokens`.
    pub(crate) ends: Vec<usize>,
}

impl Batch {
    /// The rows of every sentence.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        (0..self.ends.len()).map(|i| self.start(i)..self.ends[i])
    }

    fn start(&self, sentence: usize) -> usize {
        if sentence == 0 { 0 } else { self.ends[sentence - 1] }
    }

    /// How many sentences have more than `step` tokens; they come first.
    fn active(&self, step: usize) -> usize {
        (0..self.ends.len()).take_while(|&i| self.ends[i] - self.start(i) > step).count()
    }
}

/// Vectors of a batch and the buffers to make them, kept between calls.
///
/// A layer's output is [`BOTH`] bytes a token, for [`bytes`](crate::arithmetic::bytes).
#[derive(Default)]
pub(crate) struct Buffers {
    cell: Vec<f32>,
    pub(crate) pack: Vec<f32>,
    /// Output of the first layer.
    pub(crate) first: Vec<u8>,
    /// Output of the second layer.
    pub(crate) second: Vec<u8>,
}

impl Buffers {
    /// Runs both layers over a batch whose types are finished.
    pub(crate) fn encode(&mut self, model: &Model, types: &Types, batch: &Batch) {
        let Self { cell, first, second, .. } = self;
        let [one, two] = &model.layers;
        for out in [&mut *first, &mut *second] {
            out.clear();
            out.resize(batch.tokens.len() * BOTH, ZERO);
        }
        for backward in [false, true] {
            let input = Input::Types(&types.gates, &batch.tokens);
            dispatch(Recurrence {
                weights: &one.gates[usize::from(backward)],
                input,
                batch,
                backward,
                cell,
                out: first,
            });
        }
        for backward in [false, true] {
            let input = Input::Layer(first);
            dispatch(Recurrence {
                weights: &two.gates[usize::from(backward)],
                input,
                batch,
                backward,
                cell,
                out: second,
            });
        }
    }
}

/// What enters the gates of a layer besides its own past.
#[derive(Clone, Copy)]
enum Input<'a> {
    /// Gates by word type, known beforehand; and the types of the tokens.
    Types(&'a [i16], &'a [u32]),
    /// The layer below, to be weighed.
    Layer(&'a [u8]),
}

/// One direction of a layer: sentences in lock step, one token of each at a time.
struct Recurrence<'a> {
    weights: &'a Matrix,
    input: Input<'a>,
    batch: &'a Batch,
    backward: bool,
    cell: &'a mut Vec<f32>,
    out: &'a mut [u8],
}

impl Kernel for Recurrence<'_> {
    #[inline(always)]
    fn run<L: Lanes, const ROWS: usize>(self) {
        let Self { weights, input, batch, backward, cell, out } = self;
        let side = usize::from(backward) * WIDTH;
        cell.clear();
        cell.resize(batch.ends.len() * WIDTH, 0.0);
        for time in 0.. {
            let active = batch.active(time);
            if active == 0 {
                break;
            }
            let token = |s: usize| if backward { batch.ends[s] - 1 - time } else { batch.start(s) + time };
            // Where the sentence was one step before; at its beginning, a row of zeros stands for its past.
            let past = |s: usize| if backward { token(s) + 1 } else { token(s).wrapping_sub(1) };
            for (quad, part) in weights.parts().enumerate() {
                in_blocks!(L, active, |first, R| {
                    let sums = {
                        let sums = start::<L, R>(part.correction);
                        let (sums, recurrent) = match input {
                            Input::Types(..) => (sums, part.weights),
                            Input::Layer(below) => {
                                let (weights, recurrent) = part.weights.split_at(BOTH / STEP);
                                let row = |r: usize| &below[token(first + r) * BOTH..][..BOTH];
                                (accumulate::<L, R>(sums, std::array::from_fn(row), weights), recurrent)
                            }
                        };
                        let row = |r: usize| match time {
                            0 => &[ZERO; WIDTH][..],
                            _ => &out[past(first + r) * BOTH + side..][..WIDTH],
                        };
                        accumulate::<L, R>(sums, std::array::from_fn(row), recurrent)
                    };
                    for (r, sums) in sums.into_iter().enumerate() {
                        let s = first + r;
                        let token = token(s);
                        let mut base = *part.bias;
                        if let Input::Types(gates, types) = input {
                            let at = types[token] as usize * GATES + side * PANELS + quad * QUAD;
                            let known = gates[at..at + QUAD].as_chunks::<LANES>().0;
                            for (base, known) in base.iter_mut().zip(known) {
                                for (base, &known) in base.iter_mut().zip(known) {
                                    *base = f32::from(known) * (1.0 / GATE_STEPS);
                                }
                            }
                        }
                        let mut gates: Quad<f32> = [[0.0; LANES]; PANELS];
                        for (p, gates) in gates.iter_mut().enumerate() {
                            *gates = scaled::<L>(sums[p], &part.scale[p], &base[p]);
                        }
                        let at = quad * LANES;
                        update(
                            &gates,
                            &mut cell[s * WIDTH + at..][..LANES],
                            &mut out[token * BOTH + side + at..][..LANES],
                        );
                    }
                });
            }
        }
    }
}

/// Sixteen cells of a long short-term memory: gates in the order input, forget, candidate, output; state changed.
#[inline(always)]
fn update([input, forget, candidate, output]: &Quad<f32>, cell: &mut [f32], hidden: &mut [u8]) {
    for i in 0..LANES {
        let c = sigmoid(forget[i]) * cell[i];
        let c = sigmoid(input[i]).mul_add(tanh(candidate[i]), c);
        cell[i] = c;
        hidden[i] = to_byte(sigmoid(output[i]) * tanh(c));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(form: &str) -> Word {
        let mut word = Word::default();
        word.set(form);
        word
    }

    #[test]
    fn words_are_made_plain() {
        assert_eq!(word("“").plain(), "\"");
        assert_eq!(word("''").plain(), "\"");
        assert_eq!(word("’s").plain(), "'s");
        assert_eq!(word("…").plain(), "...");
        assert_eq!(word("COVID-19").key, "covid-00");
        assert_eq!(word("ÉTAT").lower(), "état");
    }

    #[test]
    fn shapes_cut_runs() {
        assert_eq!(shape("Kyiv"), "Xxxx");
        assert_eq!(shape("Zelenskyy"), "Xxxx");
        assert_eq!(shape("F-16s"), "X-ddx");
        assert_eq!(shape("日本"), "oo");
        assert_eq!(shape("1,000,000"), "d,ddd,ddd");
    }

    #[test]
    fn buckets_agree_with_training() {
        // From `python -c 'from features import *; print(buckets("Is"), buckets("…"))'` in workshop/train.
        let of = |form: &str| {
            let mut out = Vec::new();
            word(form).buckets(&mut |b| out.push(b));
            out
        };
        assert_eq!(of("Is"), IS);
        assert_eq!(of("…"), DOTS);
        assert!(of("").len() < of("a").len());
    }

    const IS: &[usize] = &[12743, 4751, 6046, 5756, 6568, 11447, 4439, 3887, 5278, 15504, 4776, 3852];
    const DOTS: &[usize] = &[
        10994, 3012, 2369, 12692, 16149, 12264, 631, 14150, 1975, 3000, 2034, 7777, 2724, 12788, 2735, 9124,
    ];

    #[test]
    fn batches_shrink() {
        let batch = Batch { tokens: vec![0; 6], ends: vec![3, 5, 6] };
        assert_eq!([0, 1, 2, 3].map(|t| batch.active(t)), [3, 2, 1, 0]);
        assert_eq!(batch.sentences().collect::<Vec<_>>(), [0..3, 3..5, 5..6]);
    }
}
