//! The widest arithmetic that the processor offers, chosen while running.
//!
//! Kernels are ordinary safe Rust, written so that the compiler turns them into vector instructions. The same kernel
//! is compiled several times, each time allowed more instructions, and [`dispatch`] calls the best copy. All copies
//! round alike: sums run in one written order, and every multiplication that feeds an addition is an explicit
//! [`f32::mul_add`], which rounds once whether the processor or the mathematics library does it. So results do not
//! depend on the machine. The price is that a processor without fused multiply-add (x86 before 2013) is slow.

use super::lanes::Lanes;
#[cfg(target_arch = "aarch64")]
use super::lanes::Neon;
#[cfg(any(test, not(target_arch = "aarch64")))]
use super::lanes::Portable;
#[cfg(target_arch = "x86_64")]
use super::lanes::{Avx2, Vnni};

/// A kernel. Implementations must mark `run` `#[inline(always)]`, or they are not compiled for wider vectors.
pub(crate) trait Kernel {
    /// Does the work, with sums of integers by `L`, and products of single precision `ROWS` rows at a time: as many as
    /// fill the registers.
    fn run<L: Lanes, const ROWS: usize>(self);
}

/// Runs a kernel on the widest vectors at hand.
#[inline]
pub(crate) fn dispatch(kernel: impl Kernel) {
    #[cfg(target_arch = "x86_64")]
    {
        if has_avx512() {
            #[allow(unsafe_code)]
            // SAFETY: `with_vnni` and `with_avx512` are safe code whose one condition is that the processor has the
            // features that they are compiled for; they were detected on these lines' conditions.
            return unsafe {
                match is_x86_feature_detected!("avx512vnni") {
                    true => with_vnni(kernel),
                    false => with_avx512(kernel),
                }
            };
        }
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            #[allow(unsafe_code)]
            // SAFETY: as above, for `with_avx2`.
            return unsafe { with_avx2(kernel) };
        }
        kernel.run::<Portable, 6>();
    }
    #[cfg(target_arch = "aarch64")]
    kernel.run::<Neon, 6>();
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    kernel.run::<Portable, 6>();
}

#[cfg(target_arch = "x86_64")]
#[inline]
fn has_avx512() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("fma")
}

/// Sixteen numbers a register, 32 registers: 12 sums, the weights, and room.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512vnni,avx512f,avx512vl,avx512dq,avx512bw,avx2,fma")]
fn with_vnni(kernel: impl Kernel) {
    kernel.run::<Vnni, 12>();
}

/// The same without the dot products of integers.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vl,avx512dq,avx512bw,avx2,fma")]
fn with_avx512(kernel: impl Kernel) {
    kernel.run::<Avx2, 12>();
}

/// Eight numbers a register, 16 registers: 6 rows of two sums, two of weights, one factor.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn with_avx2(kernel: impl Kernel) {
    kernel.run::<Avx2, 6>();
}

/// Every way to run a kernel that this processor has, by name, for tests that compare them.
#[cfg(test)]
pub(crate) fn each_way<K: Kernel>(mut kernel: impl FnMut() -> K, mut done: impl FnMut(&str)) {
    kernel().run::<Portable, 6>();
    done("portable");
    #[cfg(target_arch = "x86_64")]
    {
        let (avx2, avx512) =
            (is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma"), has_avx512());
        #[allow(unsafe_code)]
        // SAFETY: as in `dispatch`.
        unsafe {
            if avx2 {
                with_avx2(kernel());
                done("avx2");
            }
            if avx512 {
                with_avx512(kernel());
                done("avx512");
            }
            if avx512 && is_x86_feature_detected!("avx512vnni") {
                with_vnni(kernel());
                done("vnni");
            }
        }
    }
    dispatch(kernel());
    done("dispatch");
}

/// Hyperbolic tangent as a ratio of polynomials, within 4 units in the last place of the true value.
///
/// The classic 13/6 minimax form: odd polynomial over even polynomial on the range beyond which the result is 1 in
/// single precision. No branch, no table, no library call, so that it vectorises and is the same everywhere.
#[inline(always)]
pub(crate) fn tanh(x: f32) -> f32 {
    const LIMIT: f32 = 7.905_311_4;
    let x = if x > LIMIT { LIMIT } else { x };
    let x = if x < -LIMIT { -LIMIT } else { x };
    let s = x * x;
    let mut p = -2.760_768_5e-16_f32;
    p = p.mul_add(s, 2.000_188e-13);
    p = p.mul_add(s, -8.604_672e-11);
    p = p.mul_add(s, 5.122_297e-8);
    p = p.mul_add(s, 1.485_722_4e-5);
    p = p.mul_add(s, 6.372_619_3e-4);
    p = p.mul_add(s, 4.893_524_6e-3);
    let mut q = 1.198_258_4e-6_f32;
    q = q.mul_add(s, 1.185_347_1e-4);
    q = q.mul_add(s, 2.268_434_6e-3);
    q = q.mul_add(s, 4.893_525e-3);
    x * p / q
}

/// Logistic function, by [`tanh`].
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    tanh(x * 0.5).mul_add(0.5, 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tanh_is_close() {
        for i in -2000..=2000 {
            let x = i as f32 / 200.0;
            let error = (f64::from(tanh(x)) - f64::from(x).tanh()).abs();
            assert!(error < 3e-7, "{x}: {error}");
        }
        assert_eq!(tanh(0.0), 0.0);
        assert!((sigmoid(0.0) - 0.5).abs() < 1e-9);
        assert!(tanh(f32::NAN).is_nan() && tanh(f32::INFINITY) <= 1.0);
    }

    struct Sum<'a>(&'a [f32; 64], &'a std::cell::Cell<f32>);

    impl Kernel for Sum<'_> {
        #[inline(always)]
        fn run<L: Lanes, const ROWS: usize>(self) {
            self.1.set(self.0.iter().fold(0.0, |s, &x| x.mul_add(1.1, s)));
        }
    }

    #[test]
    fn every_width_rounds_alike() {
        let numbers: [f32; 64] = std::array::from_fn(|i| tanh(i as f32 * 0.37 - 11.0) * 0.9);
        let (found, mut all) = (std::cell::Cell::new(0.0f32), Vec::new());
        each_way(|| Sum(&numbers, &found), |way| all.push((way.to_owned(), found.get().to_bits())));
        assert!(all.iter().all(|(_, bits)| *bits == all[0].1), "{all:?}");
    }
}
