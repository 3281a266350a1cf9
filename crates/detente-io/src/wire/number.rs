//! Numbers as readers of JSON expect them.

use serde::{Serialize, Serializer};

/// A number that is written as an integer when it is one; not finite, it is written as `null`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number(pub(super) f64);

impl Number {
    /// Rounded to so many decimals.
    pub(super) fn rounded(value: f64, decimals: i32) -> Self {
        let scale = 10f64.powi(decimals);
        Self((value * scale).round() / scale)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// Up to here every integer has a double of its own.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if self.0.fract() == 0.0 && self.0.abs() <= EXACT {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_noise() {
        let json = |n: f64| serde_json::to_string(&Number(n)).unwrap();
        assert_eq!(json(100_000.0), "100000");
        assert_eq!(json(-2.5), "-2.5");
        assert_eq!(json(-0.0), "0");
        assert_eq!(json(f64::NAN), "null");
        assert_eq!(serde_json::to_string(&Number::rounded(f64::from(0.87f32), 2)).unwrap(), "0.87");
    }
}
