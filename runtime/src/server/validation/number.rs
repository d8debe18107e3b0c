//! Numbers and the bounds of ranges.

use crate::types::number::{BigDecimal, BigInteger};
use std::fmt;

/// A bound of the trait `range`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// A whole number.
    Integer(i64),
    /// A number with a fraction, or beyond 64 bits.
    Decimal(f64),
}

impl From<i64> for Bound {
    fn from(bound: i64) -> Self {
        Self::Integer(bound)
    }
}

impl From<f64> for Bound {
    fn from(bound: f64) -> Self {
        Self::Decimal(bound)
    }
}

impl Bound {
    #[allow(
        clippy::cast_precision_loss,
        reason = "the comparison is between decimal numbers"
    )]
    fn decimal(self) -> f64 {
        match self {
            Self::Integer(bound) => bound as f64,
            Self::Decimal(bound) => bound,
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(bound) => bound.fmt(f),
            Self::Decimal(bound) => bound.fmt(f),
        }
    }
}

/// A number that can have a range (Smithy, *Constraint traits*, range trait).
pub trait Number {
    /// Whether it is less than a bound.
    fn is_below(&self, bound: Bound) -> bool;

    /// Whether it is greater than a bound.
    fn is_above(&self, bound: Bound) -> bool;
}

macro_rules! integers {
    ($($integer:ty)*) => {$(
        impl Number for $integer {
            fn is_below(&self, bound: Bound) -> bool {
                match bound {
                    Bound::Integer(bound) => i64::from(*self) < bound,
                    Bound::Decimal(_) => Bound::Integer(i64::from(*self)).decimal() < bound.decimal(),
                }
            }

            fn is_above(&self, bound: Bound) -> bool {
                match bound {
                    Bound::Integer(bound) => i64::from(*self) > bound,
                    Bound::Decimal(_) => Bound::Integer(i64::from(*self)).decimal() > bound.decimal(),
                }
            }
        }
    )*};
}

integers!(i8 i16 i32 i64);

/// The bound is rounded to a float, as the value was.
impl Number for f32 {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "the value was rounded as well"
    )]
    fn is_below(&self, bound: Bound) -> bool {
        *self < bound.decimal() as Self
    }

    #[allow(
        clippy::cast_possible_truncation,
        reason = "the value was rounded as well"
    )]
    fn is_above(&self, bound: Bound) -> bool {
        *self > bound.decimal() as Self
    }
}

impl Number for f64 {
    fn is_below(&self, bound: Bound) -> bool {
        *self < bound.decimal()
    }

    fn is_above(&self, bound: Bound) -> bool {
        *self > bound.decimal()
    }
}

/// Compared as a 64-bit integer if both are one, else as decimal numbers of double precision.
macro_rules! big_numbers {
    ($($number:ty)*) => {$(
        impl Number for $number {
            fn is_below(&self, bound: Bound) -> bool {
                match self.as_str().parse::<i64>() {
                    Ok(value) => value.is_below(bound),
                    Err(_) => self.as_str().parse::<f64>().is_ok_and(|value| value < bound.decimal()),
                }
            }

            fn is_above(&self, bound: Bound) -> bool {
                match self.as_str().parse::<i64>() {
                    Ok(value) => value.is_above(bound),
                    Err(_) => self.as_str().parse::<f64>().is_ok_and(|value| value > bound.decimal()),
                }
            }
        }
    )*};
}

big_numbers!(BigInteger BigDecimal);
