//! The trained weights: bytes in, matrices out.
//!
//! `workshop/train/export.py` writes the file and describes its layout. Decoding happens once, checks every length,
//! and spreads the integers of the file into the packed forms that [`bytes`](crate::arithmetic::bytes) and
//! [`matmul`](crate::arithmetic::matmul) want.

use crate::{
    Deprel, Error, Upos, Xpos,
    arithmetic::{
        bytes::{self, PANELS, QUAD, Row},
        lanes::LANES,
        matmul::{self, Matrix},
    },
    by_tags::ByTags,
    feats::Feats,
    fingerprint,
    lemma::{Dictionary, Rule},
};

/// Numbers in a type vector, and cells of one direction of a layer.
pub(crate) const WIDTH: usize = 128;
/// Numbers in the output of a layer: both directions.
pub(crate) const BOTH: usize = 2 * WIDTH;
/// Gates of both directions.
pub(crate) const GATES: usize = 8 * WIDTH;
/// Numbers by which heads and dependents find each other.
pub(crate) const ARC: usize = 96;
/// Numbers from which a relation is chosen.
pub(crate) const LABEL: usize = 128;
/// Steps of the logarithmic distance, on each side.
pub(crate) const DISTANCES: usize = 8;
/// Hash buckets of word features.
pub(crate) const BUCKETS: usize = 16384;
/// Classes of words in the lexicon of names.
pub(crate) const CLASSES: usize = 9;

/// Trained weights of the tagger, lemmatizer, parser and name finder.
///
/// Decoded once, then shared by reference: reading never changes it.
///
/// ```
/// use detente_text::Model;
/// let error = Model::decode(b"not a model").unwrap_err();
/// assert!(error.to_string().contains("not a detente model"));
/// ```
pub struct Model {
    /// Tells models apart, for caches that outlive a call.
    pub(crate) identity: u64,
    pub(crate) words: Words,
    pub(crate) word: Rows,
    pub(crate) hashed: Rows,
    pub(crate) norm_gain: [f32; WIDTH],
    pub(crate) norm_bias: [f32; WIDTH],
    pub(crate) lexicon: Lexicon,
    /// What it adds to a type vector that a word is in a class of the lexicon.
    pub(crate) class: [[f32; WIDTH]; CLASSES],
    /// From a type vector to the gates of the first layer, forward, then backward.
    pub(crate) input: Linear,
    pub(crate) layers: [Layer; 2],
    /// Penn tags, then the first layer's part in name tags.
    pub(crate) first: bytes::Matrix,
    pub(crate) rule: bytes::Matrix,
    /// Everything that reads the second layer: see [`column`].
    pub(crate) second: bytes::Matrix,
    pub(crate) feats: Feats,
    pub(crate) arc: Linear,
    pub(crate) label: Linear,
    /// The root as a head of arcs, and as a head of relations.
    pub(crate) root_arc: [f32; ARC],
    pub(crate) root_label: [f32; LABEL],
    pub(crate) distance: [f32; 1 + 2 * DISTANCES],
    pub(crate) upos_set: Vec<Upos>,
    pub(crate) xpos_set: Vec<Xpos>,
    pub(crate) deprel_set: Vec<Deprel>,
    pub(crate) rules: Vec<Rule>,
    /// Rules that were seen with each pair of tags.
    pub(crate) rules_of: ByTags,
    pub(crate) dictionary: Dictionary,
}

/// Name tags: outside, then beginning and inside of each kind.
const NAMES: usize = 7;

/// Where each reader of the second layer finds its columns in [`Model::second`].
pub(crate) mod column {
    use super::{ARC, LABEL};
    pub(crate) const ARC_DEP: usize = 0;
    pub(crate) const ARC_HEAD: usize = ARC;
    pub(crate) const LABEL_HEAD: usize = 2 * ARC;
    pub(crate) const LABEL_DEP: usize = 2 * ARC + LABEL;
    pub(crate) const UPOS: usize = 2 * ARC + 2 * LABEL;
    pub(crate) const UPOS_MOST: usize = 24;
    pub(crate) const NAMES: usize = UPOS + UPOS_MOST;
    pub(crate) const NAMES_ALL: usize = super::NAMES;
}

/// Weights and bias, the latter filled up to the matrix's width.
pub(crate) struct Linear {
    pub(crate) weights: Matrix,
    pub(crate) bias: Vec<f32>,
}

impl Linear {
    fn new(inputs: usize, rows: &[Vec<f32>], bias: &[f32]) -> Self {
        let weights = Matrix::new(inputs, rows.iter().map(Vec::as_slice));
        let mut bias = bias.to_vec();
        bias.resize(weights.width(), 0.0);
        Self { weights, bias }
    }
}

/// One bidirectional layer: for each direction what enters the gates from the layer below (none for the first layer),
/// then from its own past. Gates stand as [`by_cell`] puts them.
pub(crate) struct Layer {
    pub(crate) gates: [bytes::Matrix; 2],
}

/// The place in the model file of a gate: there stand all input gates, then forget, candidate and output gates; here,
/// the four gates of sixteen cells stand together.
fn by_cell(output: usize) -> usize {
    let (quad, gate, lane) = (output / QUAD, output % QUAD / LANES, output % LANES);
    gate * (GATES / 2 / PANELS) + quad * LANES + lane
}

/// Words known from names, with their classes.
pub(crate) struct Lexicon {
    words: Words,
    classes: Words,
}

impl Lexicon {
    /// Whether a plain form is listed as it stands.
    pub(crate) fn holds(&self, plain: &str) -> bool {
        self.words.find(plain).is_some()
    }

    /// The classes of a plain form; of one in capitals that is not listed, those of the capitalised word.
    pub(crate) fn classes(&self, plain: &str) -> impl Iterator<Item = usize> {
        let found = self.words.find(plain).or_else(|| {
            let shouted = plain.chars().nth(3).is_some()
                && plain.chars().any(char::is_uppercase)
                && !plain.chars().any(char::is_lowercase);
            let mut characters = plain.chars();
            let first = characters.next().filter(|_| shouted)?;
            self.words.find(&(first.to_string() + &characters.as_str().to_lowercase()))
        });
        let classes = found.map_or("", |i| self.classes.get(i));
        classes.bytes().map(|b| usize::from(b - b'0'))
    }
}

/// A table of rows of [`WIDTH`] small integers.
pub(crate) struct Rows {
    scale: Vec<f32>,
    values: Vec<i8>,
}

impl Rows {
    /// Adds a row to `sum`.
    #[inline(always)]
    pub(crate) fn add(&self, row: usize, sum: &mut [f32; WIDTH]) {
        let scale = self.scale[row];
        for (s, &v) in sum.iter_mut().zip(&self.values[row * WIDTH..][..WIDTH]) {
            *s = f32::from(v).mul_add(scale, *s);
        }
    }
}

/// Strings one after another, sorted.
pub(crate) struct Words {
    text: String,
    end: Vec<u32>,
}

impl Words {
    fn get(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.end[index - 1] as usize };
        &self.text[start..self.end[index] as usize]
    }

    fn len(&self) -> usize {
        self.end.len()
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|i| self.get(i))
    }

    /// The position of a string.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.get(middle).cmp(text) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model").field("identity", &self.identity).field("words", &self.words.len()).finish()
    }
}

impl Model {
    /// Decodes weights written by `workshop/train/export.py`.
    ///
    /// # Errors
    ///
    /// When the bytes are no such file, of another version, cut short, or of other dimensions than this code.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut file = File::open(bytes)?;
        let words = file.table("word")?;
        if !(1..words.len()).all(|i| words.get(i - 1) < words.get(i)) {
            return Err(Error::new("model: words are not sorted"));
        }
        let upos_set = file.set("upos", Upos::from_name)?;
        let xpos_set = file.set("xpos", Xpos::from_name)?;
        let deprel_set = file.set("deprel", Deprel::from_name)?;
        let names = file.table("names")?;
        if !names.iter().eq(["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]) {
            return Err(Error::new("model: unexpected name tags"));
        }
        if upos_set.len() > column::UPOS_MOST || !deprel_set.iter().any(|&d| d != Deprel::Root) {
            return Err(Error::new("model: unexpected label sets"));
        }
        let rules = file.set("rule", Rule::parse)?;
        let rules_of = ByTags::new(file.table("rule.of")?.iter(), rules.len())?;
        let dictionary = Dictionary::new(file.table("dictionary")?.iter())?;

        let lexicon = Lexicon { words: file.table("lexicon")?, classes: file.table("lexicon.classes")? };
        let digits = |c: &str| c.bytes().all(|b| usize::from(b.wrapping_sub(b'0')) < CLASSES);
        if lexicon.words.len() != lexicon.classes.len() || !lexicon.classes.iter().all(digits) {
            return Err(Error::new("model: the lexicon and its classes do not match"));
        }
        let feats = {
            let set = file.table("feats")?.iter().map(Box::from).collect();
            let of_tags = file.table("feats.of")?;
            let scores = file.small("feats.w", BOTH)?;
            Feats::new(
                set,
                of_tags.iter(),
                scores.scale,
                scores.values,
                file.vector("feats.b", scores.rows)?,
            )?
        };

        let word = file.rows("word", words.len() + 1)?;
        let hashed = file.rows("hashed", BUCKETS)?;
        let layers = [file.layer("layer1", WIDTH)?, file.layer("layer2", BOTH + WIDTH)?];
        let class = file.matrix("lexicon", CLASSES, WIDTH)?;
        let root = Linear::new(BOTH, &[file.vector("root", BOTH)?], &[]);
        let root_as = |name: &str, n: usize, bias: Vec<f32>| -> Result<Vec<f32>, Error> {
            let rows = file.matrix(&format!("{name}.w"), n, BOTH)?;
            let mut out = vec![0.0; n * root.weights.width()];
            matmul::multiply(&rows.concat(), &root.weights, &mut out, &mut Vec::new());
            Ok(out.iter().step_by(root.weights.width()).zip(bias).map(|(x, b)| x + b).collect())
        };
        let root_arc = root_as("arc_head", ARC, file.vector("arc_head.b", ARC)?)?;
        let root_label = root_as("label_head", LABEL, vec![0.0; LABEL])?;
        let (mut root_arc_leaky, mut root_label_array) = ([0.0; ARC], [0.0; LABEL]);
        root_arc_leaky.iter_mut().zip(root_arc).for_each(|(r, x)| *r = leaky(x));
        root_label_array.copy_from_slice(&root_label);
        Ok(Self {
            identity: fingerprint(bytes),
            norm_gain: file.array("norm.gain")?,
            norm_bias: file.array("norm.bias")?,
            input: file.input()?,
            first: file.heads(&[("xpos", xpos_set.len(), xpos_set.len()), ("names_first", NAMES, NAMES)])?,
            rule: file.heads(&[("rule", rules.len(), rules.len())])?,
            second: file.heads(&[
                ("arc_dep", ARC, ARC),
                ("arc_head", ARC, ARC),
                ("label_head", LABEL, LABEL),
                ("label_dep", LABEL, LABEL),
                ("upos", upos_set.len(), column::UPOS_MOST),
                ("names", NAMES, NAMES),
            ])?,
            arc: Linear::new(ARC, &file.matrix("arc_u", ARC, ARC)?, &file.vector("arc_b", ARC)?),
            label: file.linear("label", deprel_set.len(), LABEL)?,
            distance: file.array("distance")?,
            words,
            word,
            hashed,
            layers,
            lexicon,
            class: std::array::from_fn(|c| std::array::from_fn(|i| class[c][i])),
            feats,
            root_arc: root_arc_leaky,
            root_label: root_label_array,
            upos_set,
            xpos_set,
            deprel_set,
            rules,
            rules_of,
            dictionary,
        })
    }
}

/// The bend between two linear steps.
#[inline(always)]
pub(crate) fn leaky(x: f32) -> f32 {
    if x > 0.0 { x } else { x * 0.1 }
}

/// The tables and tensors of a file, found by name.
struct File<'b> {
    tables: Vec<(&'b str, Words)>,
    tensors: Vec<(&'b str, Tensor<'b>)>,
}

/// One tensor, still in the file's form.
#[derive(Clone, Copy)]
struct Tensor<'b> {
    small: bool,
    rows: usize,
    columns: usize,
    bytes: &'b [u8],
}

impl<'b> File<'b> {
    fn open(bytes: &'b [u8]) -> Result<Self, Error> {
        let mut input = Input(bytes);
        if input.take(8).ok() != Some(b"DTNTMDL1") {
            return Err(Error::new("not a detente model"));
        }
        match input.number()? {
            3 => {}
            version => return Err(Error::new(format!("model of version {version}, where 3 can be read"))),
        }
        let mut tables = Vec::new();
        for _ in 0..input.number()? {
            let name = input.string()?;
            let mut words = Words { text: String::new(), end: Vec::new() };
            for _ in 0..input.number()? {
                words.text.push_str(input.string()?);
                words.end.push(u32::try_from(words.text.len()).map_err(|_| Error::new("model: huge table"))?);
            }
            tables.push((name, words));
        }
        let mut tensors = Vec::new();
        for _ in 0..input.number()? {
            let name = input.string()?;
            let small = match input.take(1)? {
                [0] => false,
                [1] => true,
                _ => return Err(Error::new(format!("model: {name} has an unknown type"))),
            };
            let (rows, columns) = (input.number()? as usize, input.number()? as usize);
            let row = if small { columns.checked_add(4) } else { columns.checked_mul(4) };
            let length =
                row.and_then(|r| r.checked_mul(rows)).ok_or_else(|| Error::new("model: huge tensor"))?;
            tensors.push((name, Tensor { small, rows, columns, bytes: input.take(length)? }));
        }
        if input.0.is_empty() {
            Ok(Self { tables, tensors })
        } else {
            Err(Error::new("model: bytes left over"))
        }
    }

    fn table(&mut self, name: &str) -> Result<Words, Error> {
        match self.tables.iter().position(|(n, _)| *n == name) {
            Some(i) => Ok(self.tables.swap_remove(i).1),
            None => Err(Error::new(format!("model: no table {name}"))),
        }
    }

    fn set<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Error> {
        let table = self.table(name)?;
        if table.len() == 0 {
            return Err(Error::new(format!("model: table {name} is empty")));
        }
        table
            .iter()
            .map(|t| parse(t).ok_or_else(|| Error::new(format!("model: {name} {t:?} is unknown"))))
            .collect()
    }

    fn tensor(&self, name: &str, rows: usize, columns: usize) -> Result<Tensor<'b>, Error> {
        let found = self.tensors.iter().find(|(n, _)| *n == name).map(|&(_, t)| t);
        match found {
            Some(t) if t.rows == rows && t.columns == columns => Ok(t),
            Some(t) => {
                let (r, c) = (t.rows, t.columns);
                Err(Error::new(format!("model: {name} is {r} by {c}, not {rows} by {columns}")))
            }
            None => Err(Error::new(format!("model: no tensor {name}"))),
        }
    }

    fn matrix(&self, name: &str, rows: usize, columns: usize) -> Result<Vec<Vec<f32>>, Error> {
        let t = self.tensor(name, rows, columns)?;
        let row = |bytes: &[u8]| -> Vec<f32> {
            if t.small {
                let (scale, values) = bytes.split_at(4);
                let scale = float(scale);
                values.iter().map(|&v| f32::from(v.cast_signed()) * scale).collect()
            } else {
                bytes.chunks_exact(4).map(float).collect()
            }
        };
        Ok(t.bytes.chunks_exact(if t.small { columns + 4 } else { columns * 4 }).map(row).collect())
    }

    fn vector(&self, name: &str, columns: usize) -> Result<Vec<f32>, Error> {
        Ok(self.matrix(name, 1, columns)?.concat())
    }

    fn array<const N: usize>(&self, name: &str) -> Result<[f32; N], Error> {
        self.vector(name, N)?.try_into().map_err(|_| Error::new(format!("model: {name} is cut short")))
    }

    fn linear(&self, name: &str, rows: usize, columns: usize) -> Result<Linear, Error> {
        let weights = self.matrix(&format!("{name}.w"), rows, columns)?;
        Ok(Linear::new(columns, &weights, &self.vector(&format!("{name}.b"), rows)?))
    }

    fn rows(&self, name: &str, rows: usize) -> Result<Rows, Error> {
        let found = self.small(name, WIDTH)?;
        match found.rows == rows {
            true => Ok(Rows { scale: found.scale, values: found.values }),
            false => Err(Error::new(format!("model: {name} has {} rows, not {rows}", found.rows))),
        }
    }

    /// A matrix of small integers as it stands in the file.
    fn small(&self, name: &str, columns: usize) -> Result<Integers, Error> {
        let found = self.tensors.iter().find(|(n, _)| *n == name).map_or(0, |(_, t)| t.rows);
        let t = self.tensor(name, found, columns)?;
        if !t.small {
            return Err(Error::new(format!("model: {name} does not hold small integers")));
        }
        let mut out = Integers { rows: t.rows, columns, scale: Vec::new(), values: Vec::new() };
        for row in t.bytes.chunks_exact(columns + 4) {
            let (s, v) = row.split_at(4);
            out.scale.push(float(s));
            out.values.extend(v.iter().map(|&b| b.cast_signed().max(-127)));
        }
        Ok(out)
    }

    /// From type vectors to the gates of the first layer.
    fn input(&self) -> Result<Linear, Error> {
        let (mut rows, mut bias) = (Vec::new(), Vec::new());
        for direction in DIRECTIONS {
            let weights = self.matrix(&format!("layer1.{direction}.w"), GATES / 2, WIDTH)?;
            let biases = self.vector(&format!("layer1.{direction}.b"), GATES / 2)?;
            rows.extend((0..GATES / 2).map(|o| weights[by_cell(o)].clone()));
            bias.extend((0..GATES / 2).map(|o| biases[by_cell(o)]));
        }
        Ok(Linear::new(WIDTH, &rows, &bias))
    }

    fn layer(&self, name: &str, inputs: usize) -> Result<Layer, Error> {
        let mut gates = [bytes::Matrix::default(), bytes::Matrix::default()];
        for (direction, gates) in DIRECTIONS.into_iter().zip(&mut gates) {
            let weights = self.small(&format!("{name}.{direction}.u"), inputs)?;
            let bias = self.vector(&format!("{name}.{direction}.b"), GATES / 2)?;
            if weights.rows != GATES / 2 {
                return Err(Error::new(format!("model: {name} has {} gates", weights.rows)));
            }
            *gates =
                bytes::Matrix::new(inputs, (0..GATES / 2).map(|o| weights.row(by_cell(o), bias[by_cell(o)])));
        }
        Ok(Layer { gates })
    }

    /// Readers of a layer side by side: name, outputs, and columns kept for them. A missing bias is 0.
    fn heads(&self, heads: &[(&str, usize, usize)]) -> Result<bytes::Matrix, Error> {
        let mut parts = Vec::new();
        for &(name, outputs, room) in heads {
            let weights = self.small(&format!("{name}.w"), BOTH)?;
            if weights.rows != outputs || room < outputs {
                return Err(Error::new(format!("model: {name} has {} outputs, not {outputs}", weights.rows)));
            }
            let bias = match self.tensors.iter().any(|(n, _)| *n == format!("{name}.b")) {
                true => self.vector(&format!("{name}.b"), outputs)?,
                false => vec![0.0; outputs],
            };
            parts.push((weights, bias, room));
        }
        let blank = Row { scale: 0.0, weights: &[0; BOTH], bias: 0.0 };
        let rows: Vec<Row<'_>> = parts
            .iter()
            .flat_map(|(weights, bias, room)| {
                (0..*room).map(move |o| if o < weights.rows { weights.row(o, bias[o]) } else { blank })
            })
            .collect();
        Ok(bytes::Matrix::new(BOTH, rows.into_iter()))
    }
}

/// Directions of a layer, as the file calls them.
const DIRECTIONS: [&str; 2] = ["forwards", "backwards"];

/// A matrix of small integers with a scale for each row.
struct Integers {
    rows: usize,
    columns: usize,
    scale: Vec<f32>,
    values: Vec<i8>,
}

impl Integers {
    fn row(&self, row: usize, bias: f32) -> Row<'_> {
        Row { scale: self.scale[row], weights: &self.values[row * self.columns..][..self.columns], bias }
    }
}

fn float(bytes: &[u8]) -> f32 {
    bytes.try_into().map_or(0.0, f32::from_le_bytes)
}

/// Bytes not read yet.
struct Input<'b>(&'b [u8]);

impl<'b> Input<'b> {
    fn take(&mut self, n: usize) -> Result<&'b [u8], Error> {
        let (head, rest) = self.0.split_at_checked(n).ok_or_else(|| Error::new("model: cut short"))?;
        self.0 = rest;
        Ok(head)
    }

    fn number(&mut self) -> Result<u32, Error> {
        let bytes = self.take(4)?;
        Ok(bytes.try_into().map_or(0, u32::from_le_bytes))
    }

    fn string(&mut self) -> Result<&'b str, Error> {
        let length = self.take(2)?;
        let length = length.try_into().map_or(0, u16::from_le_bytes);
        std::str::from_utf8(self.take(length.into())?).map_err(|_| Error::new("model: text is not UTF-8"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_model() {
        let message = |bytes: &[u8]| Model::decode(bytes).unwrap_err().to_string();
        assert_eq!(message(b""), "not a detente model");
        assert_eq!(message(b"DTNTMDL1"), "model: cut short");
        assert_eq!(message(b"DTNTMDL1\x01\0\0\0"), "model of version 1, where 3 can be read");
        assert_eq!(message(b"DTNTMDL1\x03\0\0\0\0\0\0\0\0\0\0\0"), "model: no table word");
        assert_eq!(message(b"DTNTMDL1\x03\0\0\0\0\0\0\0\0\0\0\0x"), "model: bytes left over");
    }

    #[test]
    fn huge_lengths_are_refused() {
        let mut bytes = b"DTNTMDL1\x03\0\0\0\0\0\0\0\x01\0\0\0\x01\0w\x01".to_vec();
        bytes.extend([0xff; 8]);
        assert!(Model::decode(&bytes).is_err());
        let mut bytes = b"DTNTMDL1\x03\0\0\0\x01\0\0\0\x01\0w".to_vec();
        bytes.extend([0xff; 4]);
        assert!(Model::decode(&bytes).is_err());
    }

    #[test]
    fn words_are_found() {
        let words = Words { text: "abcdez".into(), end: vec![1, 3, 5, 6] };
        assert_eq!(words.find("bc"), Some(1));
        assert_eq!(words.find("z"), Some(3));
        assert_eq!(words.find(""), None);
        assert_eq!(words.find("zz"), None);
    }
}
