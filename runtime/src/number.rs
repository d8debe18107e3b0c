//! Numbers that keep their digits.

use crate::text::TextError;
use std::fmt;
use std::str::FromStr;

/// A JSON number as it is written, so that none of its digits is lost. Equal means equally written: `1` is not `1.0`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Box<str>);

impl Number {
    /// Of a text that the JSON reader found to be a number.
    pub(crate) fn from_json(text: &str) -> Self {
        Self(text.into())
    }

    /// The number as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value, if it is written as an integer and fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    /// The nearest double; `None` if the number is too large for any.
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
        let error = TextError::new("number");
        // White space around it is JSON, but no part of a number.
        if text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
            && text.ends_with(|last: char| last.is_ascii_digit())
        {
            return crate::json::from_slice(text.as_bytes()).map_err(|_| error);
        }
        Err(error)
    }
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
            /// The number as it is written.
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
    /// An integer of any size, as its decimal digits. Does no arithmetic: give its text to the crate that does.
    BigInteger, "integer"
}

big_number! {
    /// A decimal number of any size and precision, as its text. Does no arithmetic: give its text to the crate that
    /// does.
    BigDecimal, "decimal number"
}

impl From<Number> for BigDecimal {
    fn from(number: Number) -> Self {
        Self(number)
    }
}

impl TryFrom<Number> for BigInteger {
    type Error = TextError;

    fn try_from(number: Number) -> Result<Self, TextError> {
        let digits = |byte: u8| byte == b'-' || byte.is_ascii_digit();
        if number.as_str().bytes().all(digits) { Ok(Self(number)) } else { Err(TextError::new("integer")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_is_kept() {
        for text in ["0", "-0", "123456789012345678901234567890", "-1"] {
            assert_eq!(text.parse::<BigInteger>().unwrap().to_string(), text);
        }
        for text in ["1.10", "1e400", "-0.000000000000000000000000000000000001E-9"] {
            assert_eq!(text.parse::<BigDecimal>().unwrap().to_string(), text);
            assert!(text.parse::<BigInteger>().is_err(), "{text}");
        }
    }

    #[test]
    fn only_json_numbers_are_numbers() {
        for text in ["", " 1", "1 ", "01", "+1", ".5", "1.", "NaN", "1e", "--1", "1,0"] {
            assert!(text.parse::<Number>().is_err(), "{text}");
        }
    }

    #[test]
    fn values_are_given_only_when_they_fit() {
        let number = |text: &str| text.parse::<Number>().unwrap();
        assert_eq!(number("9223372036854775807").as_i64(), Some(i64::MAX));
        assert_eq!(number("9223372036854775808").as_i64(), None);
        assert_eq!(number("1.0").as_i64(), None);
        assert_eq!(number("1.5").as_f64(), Some(1.5));
        assert_eq!(number("1e400").as_f64(), None);
    }
}
