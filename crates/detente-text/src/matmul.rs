//! Products of activations with packed weights.

use crate::simd::{Kernel, dispatch};

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
/// the other rows.
///
/// # Panics
///
/// When `c` has fewer rows than `a`.
pub(crate) fn multiply(a: &[f32], matrix: &Matrix, c: &mut [f32]) {
    if matrix.inputs == 0 || matrix.width == 0 {
        return;
    }
    let rows = a.len() / matrix.inputs;
    assert!(c.len() >= rows * matrix.width);
    dispatch(Multiply { a, matrix, c });
}

struct Multiply<'a> {
    a: &'a [f32],
    matrix: &'a Matrix,
    c: &'a mut [f32],
}

impl Kernel for Multiply<'_> {
    #[inline(always)]
    fn run<const ROWS: usize>(self) {
        multiply_here::<ROWS>(self.a, self.matrix, self.c);
    }
}

/// [`multiply`], for kernels that already run on wide vectors.
#[inline(always)]
pub(crate) fn multiply_here<const ROWS: usize>(a: &[f32], matrix: &Matrix, c: &mut [f32]) {
    let (k, n) = (matrix.inputs, matrix.width);
    for (p, panel) in matrix.packed.chunks_exact(k * PANEL).enumerate() {
        let (mut a, mut c) = (a, &mut c[p * PANEL..]);
        while a.len() >= k * ROWS {
            tile::<ROWS>(a, k, panel, c, n);
            a = &a[k * ROWS..];
            c = c.get_mut(n * ROWS..).unwrap_or_default();
        }
        while a.len() >= k {
            let rows = match a.len() / k {
                8.. => tile::<8>(a, k, panel, c, n),
                4.. => tile::<4>(a, k, panel, c, n),
                2.. => tile::<2>(a, k, panel, c, n),
                _ => tile::<1>(a, k, panel, c, n),
            };
            a = &a[k * rows..];
            c = c.get_mut(n * rows..).unwrap_or_default();
        }
    }
}

/// One panel of `R` rows, kept in registers over all inputs; returns `R`.
#[inline(always)]
fn tile<const R: usize>(a: &[f32], k: usize, panel: &[f32], c: &mut [f32], n: usize) -> usize {
    // Slices of one stated length let the compiler drop the bounds checks of the loop.
    let rows: [&[f32]; R] = std::array::from_fn(|r| &a[r * k..][..k]);
    let mut sums = [[0.0f32; PANEL]; R];
    for (r, sum) in sums.iter_mut().enumerate() {
        sum.copy_from_slice(&c[r * n..][..PANEL]);
    }
    for (i, weights) in panel.chunks_exact(PANEL).take(k).enumerate() {
        for r in 0..R {
            let x = rows[r][i];
            for j in 0..PANEL {
                sums[r][j] = x.mul_add(weights[j], sums[r][j]);
            }
        }
    }
    for (r, sum) in sums.iter().enumerate() {
        c[r * n..][..PANEL].copy_from_slice(sum);
    }
    R
}

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
        for m in [0, 1, 2, 3, 5, 6, 7, 11, 12, 13, 31] {
            let a = numbers(k * m, 2);
            let mut c = vec![0.25; m * matrix.width()];
            multiply(&a, &matrix, &mut c);
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
        multiply(&[1.0], &Matrix::default(), &mut []);
    }
}
