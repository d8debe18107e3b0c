//! Numbers of arbitrary size and precision.

use crate::types::integer;
use crate::types::text::error::TextError;
use crate::types::text::scalar::{FromText, Text};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A JSON number, stored as its text so that no digit is lost. Two numbers are equal if their texts
/// are: `1` and `1.0` are not.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Box<str>);

impl Number {
    /// Creates a number from a text that is known to be one.
    pub(crate) fn from_valid(text: &str) -> Self {
        Self(text.into())
    }

    /// The text of the number.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value, if the number is an integer and fits.
    pub fn as_i64(&self) -> Option<i64> {
        integer::parse(&self.0).ok()
    }

    /// The nearest double; `None` if the number is too large for a double.
    pub fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok().filter(|value: &f64| value.is_finite())
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Number {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        if is_number(text) {
            Ok(Self(text.into()))
        } else {
            Err(TextError::new("number"))
        }
    }
}

/// Whether a text is a number of the JSON grammar (RFC 8259 section 6).
fn is_number(text: &str) -> bool {
    let are_digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (
            mantissa,
            exponent.strip_prefix(['+', '-']).unwrap_or(exponent),
        ),
        None => (unsigned, "0"),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let has_leading_zero = whole.len() > 1 && whole.starts_with('0');
    are_digits(whole) && !has_leading_zero && are_digits(fraction) && are_digits(exponent)
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(itoa::Buffer::new().format(value).into())
    }
}

macro_rules! big_number {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(Number);

        impl $name {
            /// The text of the number.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = TextError;

            fn from_str(text: &str) -> Result<Self, TextError> {
                let number: Number = text.parse().map_err(|_| TextError::new($what))?;
                Self::try_from(number).map_err(|_| TextError::new($what))
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                Self(value.into())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::from(0)
            }
        }
    };
}

big_number! {
    /// An integer of any size, stored as decimal digits. It has no arithmetic: pass its text to a
    /// crate of your choice.
    BigInteger, "integer"
}

big_number! {
    /// A decimal number of any size and precision, stored as text. It has no arithmetic: pass its
    /// text to a crate of your choice.
    BigDecimal, "decimal number"
}

macro_rules! texts {
    ($($number:ty)*) => {$(
        impl Text for $number {
            fn text(&self) -> Cow<'_, str> {
                Cow::Borrowed(self.as_str())
            }
        }

        impl FromText for $number {
            fn from_text(text: &str) -> Result<Self, TextError> {
                text.parse()
            }
        }
    )*};
}

texts!(BigInteger BigDecimal);

impl From<Number> for BigDecimal {
    fn from(number: Number) -> Self {
        Self(number)
    }
}

impl TryFrom<Number> for BigInteger {
    type Error = TextError;

    /// Converts a number without a fraction: `1.0` becomes `1`. An exponent may add 308 zeros.
    fn try_from(number: Number) -> Result<Self, TextError> {
        match integer::digits(number.as_str()) {
            Ok(Cow::Borrowed(_)) => Ok(Self(number)),
            Ok(Cow::Owned(digits)) => Ok(Self(Number(digits.into()))),
            Err(_) => Err(TextError::new("integer")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_digit_is_lost() {
        for text in ["0", "-0", "123456789012345678901234567890", "-1"] {
            assert_eq!(text.parse::<BigInteger>().unwrap().to_string(), text);
        }
        for text in [
            "1.10",
            "1e400",
            "-0.000000000000000000000000000000000001E-9",
        ] {
            assert_eq!(text.parse::<BigDecimal>().unwrap().to_string(), text);
            assert!(text.parse::<BigInteger>().is_err(), "{text}");
        }
    }

    #[test]
    fn only_json_numbers_are_numbers() {
        for text in [
            "", " 1", "1 ", "01", "+1", ".5", "1.", "NaN", "1e", "--1", "1,0",
        ] {
            assert!(text.parse::<Number>().is_err(), "{text}");
        }
    }

    #[test]
    fn conversions_fail_if_the_value_does_not_fit() {
        let number = |text: &str| text.parse::<Number>().unwrap();
        assert_eq!(number("9223372036854775807").as_i64(), Some(i64::MAX));
        assert_eq!(number("9223372036854775808").as_i64(), None);
        assert_eq!(
            (number("1.0").as_i64(), number("1.5").as_i64()),
            (Some(1), None)
        );
        assert_eq!(number("1.5").as_f64(), Some(1.5));
        assert_eq!(number("1e400").as_f64(), None);
    }
}
