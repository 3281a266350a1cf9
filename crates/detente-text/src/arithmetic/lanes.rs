//! Sums of products of small integers, sixteen at a time: what differs from one processor to the next.
//!
//! Integer sums are exact, so every implementation gives the same numbers. Inputs are bytes that stand for -127 to
//! 127, shifted by 128; weights are -127 to 127. This module and [`simd`](crate::arithmetic::simd) hold all `unsafe` of the crate.
#![allow(unsafe_code)]

/// Outputs that are summed together.
pub(crate) const LANES: usize = 16;
/// Inputs that are taken at a time.
pub(crate) const STEP: usize = 4;
/// What an input byte of 0 stands for is this many below.
pub(crate) const SHIFT: i32 = 128;

/// Weights of [`STEP`] inputs to [`LANES`] outputs; those of one output lie together.
#[repr(C, align(64))]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weights(pub(crate) [i8; LANES * STEP]);

/// Sixteen running sums.
pub(crate) trait Lanes {
    type Sums: Copy;
    /// Rows of inputs whose sums fit into the registers, four times sixteen each.
    const ROWS: usize;

    /// Sums of nothing. `correction` is -128 times the sum of each output's weights: where the shift of the inputs is
    /// left in the products, it is taken back so.
    fn start(correction: &[i32; LANES]) -> Self::Sums;

    /// Adds the products of four inputs.
    fn add(sums: Self::Sums, inputs: [u8; STEP], weights: &Weights) -> Self::Sums;

    /// The sums as numbers.
    fn finish(sums: Self::Sums) -> [i32; LANES];
}

/// Plain Rust, for any processor.
#[cfg(any(test, not(target_arch = "aarch64")))]
pub(crate) struct Portable;

#[cfg(any(test, not(target_arch = "aarch64")))]
impl Lanes for Portable {
    type Sums = [i32; LANES];
    const ROWS: usize = 1;

    #[inline(always)]
    fn start(_: &[i32; LANES]) -> Self::Sums {
        [0; LANES]
    }

    #[inline(always)]
    fn add(mut sums: Self::Sums, inputs: [u8; STEP], weights: &Weights) -> Self::Sums {
        for (sum, weights) in sums.iter_mut().zip(weights.0.as_chunks::<STEP>().0) {
            for (&input, &weight) in inputs.iter().zip(weights) {
                *sum += (i32::from(input) - SHIFT) * i32::from(weight);
            }
        }
        sums
    }

    #[inline(always)]
    fn finish(sums: Self::Sums) -> [i32; LANES] {
        sums
    }
}

#[cfg(target_arch = "x86_64")]
pub(crate) use x86::{Avx2, Vnni};

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        __m256i, __m512i, _mm256_abs_epi8, _mm256_add_epi32, _mm256_madd_epi16, _mm256_maddubs_epi16,
        _mm256_set1_epi8, _mm256_set1_epi16, _mm256_set1_epi32, _mm256_setzero_si256, _mm256_sign_epi8,
        _mm256_xor_si256, _mm512_dpbusd_epi32, _mm512_set1_epi32,
    };

    use super::{LANES, Lanes, STEP, Weights};

    /// AVX-512 with its dot products (VNNI): one instruction for 64 products.
    pub(crate) struct Vnni;

    impl Lanes for Vnni {
        type Sums = __m512i;
        const ROWS: usize = 6;

        #[inline(always)]
        fn start(correction: &[i32; LANES]) -> Self::Sums {
            // SAFETY: an array of 16 `i32` and the register have the same size, and every bit pattern is valid.
            unsafe { std::mem::transmute_copy(correction) }
        }

        #[inline(always)]
        fn add(sums: Self::Sums, inputs: [u8; STEP], weights: &Weights) -> Self::Sums {
            // SAFETY: called only under `with_vnni`, which needs these features. `Weights` has the register's size.
            unsafe {
                let weights: __m512i = std::mem::transmute_copy(weights);
                _mm512_dpbusd_epi32(sums, _mm512_set1_epi32(i32::from_le_bytes(inputs)), weights)
            }
        }

        #[inline(always)]
        fn finish(sums: Self::Sums) -> [i32; LANES] {
            // SAFETY: as in `start`.
            unsafe { std::mem::transmute(sums) }
        }
    }

    /// AVX2. Products of pairs are summed in 16 bits; with magnitudes of at most 127 they cannot overflow.
    pub(crate) struct Avx2;

    impl Lanes for Avx2 {
        type Sums = [__m256i; 2];
        const ROWS: usize = 1;

        #[inline(always)]
        fn start(_: &[i32; LANES]) -> Self::Sums {
            // SAFETY: called only under `with_avx2` or `with_avx512`.
            unsafe { [_mm256_setzero_si256(); 2] }
        }

        #[inline(always)]
        fn add(sums: Self::Sums, inputs: [u8; STEP], weights: &Weights) -> Self::Sums {
            // SAFETY: as above. Half of `Weights` has the register's size.
            unsafe {
                let halves: [__m256i; 2] = std::mem::transmute_copy(weights);
                let shifted = _mm256_set1_epi32(i32::from_le_bytes(inputs));
                let inputs = _mm256_xor_si256(shifted, _mm256_set1_epi8(i8::MIN));
                let magnitude = _mm256_abs_epi8(inputs);
                let ones = _mm256_set1_epi16(1);
                let mut out = sums;
                for (sum, half) in out.iter_mut().zip(halves) {
                    let pairs = _mm256_maddubs_epi16(magnitude, _mm256_sign_epi8(half, inputs));
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pairs, ones));
                }
                out
            }
        }

        #[inline(always)]
        fn finish(sums: Self::Sums) -> [i32; LANES] {
            // SAFETY: two registers of eight `i32` have the size of the array, and every bit pattern is valid.
            unsafe { std::mem::transmute(sums) }
        }
    }
}

#[cfg(target_arch = "aarch64")]
pub(crate) use arm::Neon;

#[cfg(target_arch = "aarch64")]
mod arm {
    use std::arch::aarch64::{
        int8x8_t, int32x4_t, vaddq_s32, vdupq_n_s32, vmull_s8, vpaddlq_s16, vpaddq_s32,
    };

    use super::{LANES, Lanes, STEP, Weights};

    /// NEON, which every 64-bit Arm processor has.
    pub(crate) struct Neon;

    impl Lanes for Neon {
        type Sums = [int32x4_t; 4];
        const ROWS: usize = 1;

        #[inline(always)]
        fn start(_: &[i32; LANES]) -> Self::Sums {
            // SAFETY: NEON is part of the target.
            unsafe { [vdupq_n_s32(0); 4] }
        }

        #[inline(always)]
        fn add(sums: Self::Sums, inputs: [u8; STEP], weights: &Weights) -> Self::Sums {
            // SAFETY: NEON is part of the target; an array of eight `int8x8_t` has the size of `Weights`.
            unsafe {
                let [a, b, c, d] = inputs.map(|x| x ^ 0x80);
                let inputs: int8x8_t = std::mem::transmute([a, b, c, d, a, b, c, d]);
                let eighths: [int8x8_t; 8] = std::mem::transmute_copy(weights);
                let mut out = sums;
                for (sum, pair) in out.iter_mut().zip(eighths.as_chunks::<2>().0) {
                    // Eight products are those of two outputs: add neighbours twice.
                    let [low, high] = pair.map(|weights| vpaddlq_s16(vmull_s8(inputs, weights)));
                    *sum = vaddq_s32(*sum, vpaddq_s32(low, high));
                }
                out
            }
        }

        #[inline(always)]
        fn finish(sums: Self::Sums) -> [i32; LANES] {
            // SAFETY: four registers of four `i32` have the size of the array, and every bit pattern is valid.
            unsafe { std::mem::transmute(sums) }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::arithmetic::simd::{Kernel, each_way};

    struct Sum<'a> {
        inputs: &'a [[u8; STEP]],
        weights: &'a [Weights],
        out: &'a Cell<[i32; LANES]>,
    }

    impl Kernel for Sum<'_> {
        #[inline(always)]
        fn run<L: Lanes, const ROWS: usize>(self) {
            let mut correction = [0; LANES];
            for weights in self.weights {
                for (c, w) in correction.iter_mut().zip(weights.0.as_chunks::<STEP>().0) {
                    *c -= SHIFT * w.iter().map(|&w| i32::from(w)).sum::<i32>();
                }
            }
            let start = L::start(&correction);
            let sums = self.inputs.iter().zip(self.weights).fold(start, |s, (&i, w)| L::add(s, i, w));
            self.out.set(L::finish(sums));
        }
    }

    #[test]
    fn every_processor_sums_alike() {
        let mut state = 5u32;
        let mut next = |limit: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % limit
        };
        for round in 0..200 {
            let length = 1 + round % 96;
            // Every fourth round with the extremes only: there sums would overflow first.
            let extreme = round % 4 == 0;
            let mut number = || match extreme {
                true => [-127, 127][next(2) as usize],
                false => (next(255) as i32 - 127) as i8,
            };
            let mut inputs: Vec<[u8; STEP]> = Vec::new();
            let mut weights: Vec<Weights> = Vec::new();
            for _ in 0..length {
                inputs.push(std::array::from_fn(|_| (i32::from(number()) + SHIFT) as u8));
                weights.push(Weights(std::array::from_fn(|_| number())));
            }
            let mut expected = [0i32; LANES];
            for (lane, sum) in expected.iter_mut().enumerate() {
                for (inputs, weights) in inputs.iter().zip(&weights) {
                    for (k, &input) in inputs.iter().enumerate() {
                        *sum += (i32::from(input) - SHIFT) * i32::from(weights.0[lane * STEP + k]);
                    }
                }
            }
            let out = Cell::new([0; LANES]);
            let kernel = || Sum { inputs: &inputs, weights: &weights, out: &out };
            each_way(kernel, |way| assert_eq!(out.get(), expected, "{way}"));
        }
    }
}
