//! Products of activations with packed weights.

use super::{
    lanes::Lanes,
    simd::{Kernel, dispatch},
};

/// Columns of a panel: one register of 16 numbers, or two of 8.
pub(crate) const PANEL: usize = 16;

/// A weight matrix, packed for [`multiply`].
///
/// Outputs stand in panels of [`PANEL`]; within a panel, the weights of one input lie together. The last panel is
/// filled up with zeros.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matrix {
    inputs: usize,
    width: usize,
    packed: Vec<f32>,
}

impl Matrix {
    /// Packs `rows`, the weights of one output each, in order.
    pub(crate) fn new<'r>(inputs: usize, rows: impl ExactSizeIterator<Item = &'r [f32]>) -> Self {
        let mut matrix = Self::default();
        matrix.repack(inputs, rows);
        matrix
    }

    /// Packs other weights in place of these, keeping the memory.
    pub(crate) fn repack<'r>(&mut self, inputs: usize, rows: impl ExactSizeIterator<Item = &'r [f32]>) {
        self.inputs = inputs;
        self.width = rows.len().next_multiple_of(PANEL);
        self.packed.clear();
        self.packed.resize(self.width * inputs, 0.0);
        for (output, row) in rows.enumerate() {
            let panel = &mut self.packed[output / PANEL * PANEL * inputs..][..PANEL * inputs];
            for (slot, &weight) in panel[output % PANEL..].iter_mut().step_by(PANEL).zip(row) {
                *slot = weight;
            }
        }
    }

    /// How many outputs there are, filling included: the row length of [`multiply`]'s result.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// How many inputs there are.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }
}

/// Adds the product of `a` (rows of `matrix.inputs()`) and `matrix` to `c` (rows of `matrix.width()`).
///
/// Each number of the result is a sum in the order of the inputs, begun with what stood there: it does not depend on
/// the other rows. `pack` is memory to be reused.
///
/// # Panics
///
/// When `c` has fewer rows than `a`.
pub(crate) fn multiply(a: &[f32], matrix: &Matrix, c: &mut [f32], pack: &mut Vec<f32>) {
    dispatch(Multiply { a, matrix, c, pack });
}

struct Multiply<'a> {
    a: &'a [f32],
    matrix: &'a Matrix,
    c: &'a mut [f32],
    pack: &'a mut Vec<f32>,
}

impl Kernel for Multiply<'_> {
    #[inline(always)]
    fn run<L: Lanes, const ROWS: usize>(self) {
        multiply_here::<ROWS>(self.a, self.matrix, self.c, self.pack);
    }
}

/// Rows that are packed together: few enough for the second-level cache, many enough to use a panel well.
const GROUP: usize = 96;

/// [`multiply`], for kernels that already run on wide vectors.
#[inline(always)]
pub(crate) fn multiply_here<const ROWS: usize>(
    a: &[f32],
    matrix: &Matrix,
    c: &mut [f32],
    pack: &mut Vec<f32>,
) {
    let (k, n) = (matrix.inputs, matrix.width);
    if k == 0 || n == 0 {
        return;
    }
    for (a, c) in a.chunks(k * GROUP).zip(c.chunks_mut(n * GROUP)) {
        let rows = a.len() / k;
        interleave::<ROWS>(a, k, rows, pack);
        for (p, panel) in matrix.packed.chunks_exact(k * PANEL).enumerate() {
            let panel = panel.as_chunks::<PANEL>().0;
            let mut row = 0;
            while row < rows {
                let (a, c) = (&pack[row * k..], &mut c[row * n + p * PANEL..]);
                row += match block::<ROWS>(rows - row) {
                    12 => tile12(a, panel, c, n),
                    8 => tile8(a, panel, c, n),
                    6 => tile6(a, panel, c, n),
                    4 => tile4(a, panel, c, n),
                    2 => tile2(a, panel, c, n),
                    _ => tile1(a, panel, c, n),
                };
            }
        }
    }
}

/// How many of the rows left go together.
#[inline(always)]
fn block<const ROWS: usize>(left: usize) -> usize {
    match left {
        _ if left >= ROWS => ROWS,
        8.. => 8,
        4.. => 4,
        2.. => 2,
        _ => 1,
    }
}

/// Copies rows block by block, so that the inputs that a tile needs at once lie together.
#[inline(always)]
fn interleave<const ROWS: usize>(a: &[f32], k: usize, rows: usize, pack: &mut Vec<f32>) {
    pack.resize(GROUP * k, 0.0);
    let mut row = 0;
    while row < rows {
        let r = block::<ROWS>(rows - row);
        let packed = &mut pack[row * k..][..r * k];
        for (i, row) in a[row * k..][..r * k].chunks_exact(k).enumerate() {
            for (slot, &x) in packed[i..].iter_mut().step_by(r).zip(row) {
                *slot = x;
            }
        }
        row += r;
    }
}

/// One panel's sums of one row.
type Sums = [f32; PANEL];

/// Adds one input's products to a row's sums.
#[inline(always)]
fn fma(sums: Sums, input: f32, weights: &[f32; PANEL]) -> Sums {
    let mut out = sums;
    for j in 0..PANEL {
        out[j] = input.mul_add(weights[j], sums[j]);
    }
    out
}

// One panel of so many rows, kept in registers over all inputs; returns the number of rows. Written with one variable a
// row, not with an array of arrays, because only so does the compiler reliably keep every sum in a register.
macro_rules! tile {
    ($name:ident, $rows:literal, $($sum:ident $r:literal),*) => {
        #[inline(always)]
        fn $name(a: &[f32], panel: &[[f32; PANEL]], c: &mut [f32], n: usize) -> usize {
            $(let mut $sum: Sums = [0.0; PANEL]; $sum.copy_from_slice(&c[$r * n..][..PANEL]);)*
            for (weights, inputs) in panel.iter().zip(a.as_chunks::<$rows>().0) {
                $($sum = fma($sum, inputs[$r], weights);)*
            }
            $(c[$r * n..][..PANEL].copy_from_slice(&$sum);)*
            $rows
        }
    };
}

tile!(tile1, 1, s0 0);
tile!(tile2, 2, s0 0, s1 1);
tile!(tile4, 4, s0 0, s1 1, s2 2, s3 3);
tile!(tile6, 6, s0 0, s1 1, s2 2, s3 3, s4 4, s5 5);
tile!(tile8, 8, s0 0, s1 1, s2 2, s3 3, s4 4, s5 5, s6 6, s7 7);
tile!(tile12, 12, s0 0, s1 1, s2 2, s3 3, s4 4, s5 5, s6 6, s7 7, s8 8, s9 9, s10 10, s11 11);

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(n: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 24) as f32 - 0.5
        };
        (0..n).map(|_| next()).collect()
    }

    #[test]
    fn equals_the_plain_sum_whatever_the_rows() {
        let (k, n) = (37, 21);
        let weights = numbers(k * n, 1);
        let matrix = Matrix::new(k, weights.chunks(k));
        assert_eq!((matrix.inputs(), matrix.width()), (37, 32));
        for m in [0, 1, 2, 3, 5, 6, 7, 11, 12, 13, 31, 96, 97, 203] {
            let a = numbers(k * m, 2);
            let mut c = vec![0.25; m * matrix.width()];
            multiply(&a, &matrix, &mut c, &mut Vec::new());
            for row in 0..m {
                for column in 0..n {
                    let expected =
                        (0..k).fold(0.25f32, |s, i| a[row * k + i].mul_add(weights[column * k + i], s));
                    assert_eq!(c[row * 32 + column].to_bits(), expected.to_bits());
                }
            }
        }
    }

    #[test]
    fn empty_matrices_do_nothing() {
        multiply(&[1.0], &Matrix::default(), &mut [], &mut Vec::new());
    }
}
