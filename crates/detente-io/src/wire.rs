//! Wire formats: what leaves the program for other programs. This crate alone knows them.

mod number;
pub mod v1;
