//! Products of vectors of bytes with matrices of small integers.
//!
//! What the layers hand on lies between -1 and 1; as a byte `b` it is `(b - 128) / 127`. Weights are integers of -127
//! to 127 with one scale for each output. Sums of such products are exact, whatever the order, so every processor
//! finds the same.

use super::{
    lanes::{LANES, Lanes, SHIFT, STEP, Weights},
    simd::{Kernel, dispatch},
};

/// Panels of [`LANES`] outputs that are summed together: enough to use an input well, and the four gates of a cell.
pub(crate) const PANELS: usize = 4;
/// Outputs that are summed together.
pub(crate) const QUAD: usize = PANELS * LANES;
/// The byte that stands for 0.
pub(crate) const ZERO: u8 = SHIFT as u8;
/// One over this is the step from one byte to the next.
const GRID: f32 = 127.0;

/// Numbers for [`QUAD`] outputs.
pub(crate) type Quad<T> = [[T; LANES]; PANELS];

/// The byte for a number between -1 and 1.
#[inline(always)]
pub(crate) fn to_byte(x: f32) -> u8 {
    // Half more than the shift: casting cuts off, so this rounds.
    x.mul_add(GRID, SHIFT as f32 + 0.5) as u8
}

/// A matrix of small integers, packed for [`accumulate`], with the scale and the bias of every output.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matrix {
    inputs: usize,
    quads: usize,
    weights: Vec<[Weights; PANELS]>,
    correction: Vec<Quad<i32>>,
    scale: Vec<Quad<f32>>,
    bias: Vec<Quad<f32>>,
}

/// The weights of one output as the model file has them, and its bias.
#[derive(Clone, Copy)]
pub(crate) struct Row<'m> {
    pub(crate) scale: f32,
    pub(crate) weights: &'m [i8],
    pub(crate) bias: f32,
}

/// What is needed for one quad of outputs.
#[derive(Clone, Copy)]
pub(crate) struct Part<'m> {
    pub(crate) weights: &'m [[Weights; PANELS]],
    pub(crate) correction: &'m Quad<i32>,
    pub(crate) scale: &'m Quad<f32>,
    pub(crate) bias: &'m Quad<f32>,
}

impl Matrix {
    /// Packs `rows`, the weights of one output each, in order. Outputs are filled up to a multiple of [`QUAD`].
    ///
    /// # Panics
    ///
    /// When `inputs` is no multiple of [`STEP`].
    pub(crate) fn new<'m>(inputs: usize, rows: impl ExactSizeIterator<Item = Row<'m>>) -> Self {
        assert!(inputs.is_multiple_of(STEP), "inputs are taken {STEP} at a time");
        let quads = rows.len().div_ceil(QUAD);
        let steps = inputs / STEP;
        let mut out = Self {
            inputs,
            quads,
            weights: vec![[Weights([0; LANES * STEP]); PANELS]; quads * steps],
            correction: vec![[[0; LANES]; PANELS]; quads],
            scale: vec![[[0.0; LANES]; PANELS]; quads],
            bias: vec![[[0.0; LANES]; PANELS]; quads],
        };
        for (output, row) in rows.enumerate() {
            let (quad, panel, lane) = (output / QUAD, output % QUAD / LANES, output % LANES);
            let packed = &mut out.weights[quad * steps..][..steps];
            for (packed, weights) in packed.iter_mut().zip(row.weights.as_chunks::<STEP>().0) {
                packed[panel].0[lane * STEP..][..STEP].copy_from_slice(weights);
            }
            out.correction[quad][panel][lane] =
                -SHIFT * row.weights.iter().map(|&w| i32::from(w)).sum::<i32>();
            out.scale[quad][panel][lane] = row.scale / GRID;
            out.bias[quad][panel][lane] = row.bias;
        }
        out
    }

    /// How many outputs there are, filling included: the row length of [`multiply`]'s result.
    pub(crate) fn width(&self) -> usize {
        self.quads * QUAD
    }

    /// The packed weights, quad by quad.
    pub(crate) fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let steps = (self.inputs / STEP).max(1);
        let numbers = self.correction.iter().zip(&self.scale).zip(&self.bias);
        self.weights.chunks_exact(steps).zip(numbers).map(|(weights, ((correction, scale), bias))| Part {
            weights,
            correction,
            scale,
            bias,
        })
    }
}

/// Sums of nothing, for `R` rows.
#[inline(always)]
pub(crate) fn start<L: Lanes, const R: usize>(correction: &Quad<i32>) -> [QuadSums<L>; R] {
    let [a, b, c, d] = correction;
    [[L::start(a), L::start(b), L::start(c), L::start(d)]; R]
}

/// Running sums of a quad.
pub(crate) type QuadSums<L> = [<L as Lanes>::Sums; PANELS];

/// Adds the products of `R` rows of bytes with the weights of a quad.
#[inline(always)]
pub(crate) fn accumulate<L: Lanes, const R: usize>(
    mut sums: [QuadSums<L>; R],
    rows: [&[u8]; R],
    weights: &[[Weights; PANELS]],
) -> [QuadSums<L>; R] {
    let rows = rows.map(|row| &row.as_chunks::<STEP>().0[..weights.len()]);
    for (step, weights) in weights.iter().enumerate() {
        for (sums, row) in sums.iter_mut().zip(rows) {
            for (sum, weights) in sums.iter_mut().zip(weights) {
                *sum = L::add(*sum, row[step], weights);
            }
        }
    }
    sums
}

/// Runs the body for blocks of rows until none is left, as large as the registers allow: `first` is the block's first row,
/// the constant `R` its size.
macro_rules! in_blocks {
    ($lanes:ty, $rows:expr, |$first:ident, $r:ident| $body:expr) => {{
        let rows: usize = $rows;
        let mut $first = 0;
        while $first < rows {
            let left = (rows - $first).min(<$lanes>::ROWS);
            match left {
                6.. => {
                    const $r: usize = 6;
                    $body;
                    $first += 6;
                }
                4.. => {
                    const $r: usize = 4;
                    $body;
                    $first += 4;
                }
                2.. => {
                    const $r: usize = 2;
                    $body;
                    $first += 2;
                }
                _ => {
                    const $r: usize = 1;
                    $body;
                    $first += 1;
                }
            }
        }
    }};
}
pub(crate) use in_blocks;

/// The product of rows of `matrix`'s inputs, plus its bias, into rows of its width.
pub(crate) fn multiply(inputs: &[u8], matrix: &Matrix, out: &mut Vec<f32>) {
    let rows = inputs.len() / matrix.inputs.max(1);
    out.clear();
    out.resize(rows * matrix.width(), 0.0);
    dispatch(Multiply { inputs, matrix, out, rows });
}

struct Multiply<'a> {
    inputs: &'a [u8],
    matrix: &'a Matrix,
    out: &'a mut [f32],
    rows: usize,
}

/// Rows that are multiplied with one quad before the next: they stay in the first-level cache.
const GROUP: usize = 48;

impl Kernel for Multiply<'_> {
    #[inline(always)]
    fn run<L: Lanes, const ROWS: usize>(self) {
        let Self { inputs, matrix, out, rows } = self;
        let width = matrix.width();
        for group in (0..rows).step_by(GROUP) {
            for (quad, part) in matrix.parts().enumerate() {
                in_blocks!(L, (rows - group).min(GROUP), |first, R| {
                    let row = |r: usize| (group + first + r) * matrix.inputs;
                    let rows: [&[u8]; R] = std::array::from_fn(|r| &inputs[row(r)..][..matrix.inputs]);
                    let sums = accumulate::<L, R>(start::<L, R>(part.correction), rows, part.weights);
                    for (r, sums) in sums.into_iter().enumerate() {
                        let out = &mut out[(group + first + r) * width + quad * QUAD..][..QUAD];
                        for (p, out) in out.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
                            *out = scaled::<L>(sums[p], &part.scale[p], &part.bias[p]);
                        }
                    }
                });
            }
        }
    }
}

/// Sums as numbers, on top of `base`.
// Loops, not `array::from_fn`: closures are compiled apart, without the wide instructions of the kernel around them.
#[inline(always)]
pub(crate) fn scaled<L: Lanes>(sums: L::Sums, scale: &[f32; LANES], base: &[f32; LANES]) -> [f32; LANES] {
    let sums = L::finish(sums);
    let mut out = [0.0; LANES];
    for j in 0..LANES {
        out[j] = (sums[j] as f32).mul_add(scale[j], base[j]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_stand_for_numbers() {
        assert_eq!(to_byte(0.0), ZERO);
        assert_eq!(to_byte(1.0), 255);
        assert_eq!(to_byte(-1.0), 1);
        assert_eq!(to_byte(0.5 / 127.0 + 1e-6), 129);
        assert_eq!(to_byte(f32::NAN), 0);
    }

    #[test]
    fn equals_the_plain_sum_whatever_the_rows() {
        let (inputs, outputs) = (36, 70);
        let mut state = 3u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as i32 % 255
        };
        let weights: Vec<Vec<i8>> =
            (0..outputs).map(|_| (0..inputs).map(|_| (next() - 127) as i8).collect()).collect();
        let row = |(o, weights): (usize, &'_ Vec<i8>)| (o as f32 * 0.01 + 0.1, weights.clone(), o as f32);
        let rows: Vec<_> = weights.iter().enumerate().map(row).collect();
        let rows = rows.iter().map(|(scale, weights, bias)| Row { scale: *scale, weights, bias: *bias });
        let matrix = Matrix::new(inputs, rows);
        assert_eq!(matrix.width(), 128);
        for m in [1, 2, 3, 5, 6, 7, 11, 13, 48, 49, 101] {
            let bytes: Vec<u8> = (0..m * inputs).map(|_| (next() + 1) as u8).collect();
            let mut expected = vec![0.0f32; m * 128];
            for (r, bytes) in bytes.chunks(inputs).enumerate() {
                for (o, weights) in weights.iter().enumerate() {
                    let terms = bytes.iter().zip(weights).map(|(&b, &w)| (i32::from(b) - 128) * i32::from(w));
                    let scale = (o as f32 * 0.01 + 0.1) / GRID;
                    expected[r * 128 + o] = (terms.sum::<i32>() as f32).mul_add(scale, o as f32);
                }
            }
            let mut out = Vec::new();
            multiply(&bytes, &matrix, &mut out);
            assert_eq!(out, expected);
        }
    }
}
