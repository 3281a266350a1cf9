//! Products of vectors and matrices, the same to the bit on every processor.
//!
//! - [`simd`] chooses the widest instructions at hand; kernels are compiled once for each choice.
//! - [`lanes`] sums products of small integers, sixteen at a time, in the way of each processor.
//! - [`bytes`] multiplies vectors of bytes with matrices of small integers: nearly all of the network's work.
//! - [`matmul`] multiplies in single precision: what is left.
//!
//! All `unsafe` of the crate is here.

pub(crate) mod bytes;
pub(crate) mod lanes;
pub(crate) mod matmul;
pub(crate) mod simd;
