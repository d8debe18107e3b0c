//! Numbers that keep their digits.

use crate::text::TextError;
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A JSON number as it is written, so that none of its digits is lost. Equal means equally written:
/// `1` is not `1.0`.
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

    /// The value, if it is whole and fits.
    pub fn as_i64(&self) -> Option<i64> {
        integer(&self.0).ok()
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
    /// An integer of any size, as its decimal digits. Does no arithmetic: give its text to the
    /// crate that does.
    BigInteger, "integer"
}

big_number! {
    /// A decimal number of any size and precision, as its text. Does no arithmetic: give its text
    /// to the crate that does.
    BigDecimal, "decimal number"
}

impl From<Number> for BigDecimal {
    fn from(number: Number) -> Self {
        Self(number)
    }
}

impl TryFrom<Number> for BigInteger {
    type Error = TextError;

    /// The number's digits, if it is whole: `1.0` is 1. An exponent may add 308 zeros.
    fn try_from(number: Number) -> Result<Self, TextError> {
        match whole(number.as_str()) {
            Ok(Cow::Borrowed(_)) => Ok(Self(number)),
            Ok(Cow::Owned(digits)) => Ok(Self(Number(digits.into()))),
            Err(_) => Err(TextError::new("integer")),
        }
    }
}

/// Why a text is no integer of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotInteger {
    /// It is no number, or one with a fraction.
    Fraction,
    /// It is an integer that does not fit.
    OutOfRange,
}

/// Reads an integer, which may be written with a fraction or exponent that has no effect, as in
/// `1.0` or `1e2`.
pub(crate) fn integer<T: FromStr>(text: &str) -> Result<T, NotInteger> {
    text.parse()
        .or_else(|_| whole(text)?.parse().map_err(|_| NotInteger::OutOfRange))
}

/// How many zeros an exponent may add to an integer: what writes exponents calculates with doubles,
/// which have no more.
const MOST_ZEROS: usize = 308;

/// The digits of a number that is whole.
fn whole(number: &str) -> Result<Cow<'_, str>, NotInteger> {
    let all_digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (sign, unsigned) = number
        .strip_prefix('-')
        .map_or(("", number), |unsigned| ("-", unsigned));
    if all_digits(unsigned) {
        return Ok(Cow::Borrowed(number));
    }
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    if !all_digits(before)
        || !all_digits(after)
        || !all_digits(exponent.trim_start_matches(['+', '-']))
    {
        return Err(NotInteger::Fraction);
    }
    let digits = [before, after].concat();
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Ok(Cow::Owned(format!("{sign}0")));
    }
    // Where the point is among the digits. An exponent beyond 64 bits is beyond every limit, too.
    let beyond = if exponent.starts_with('-') {
        i64::MIN
    } else {
        i64::MAX
    };
    let before = i64::try_from(before.len()).unwrap_or(i64::MAX);
    let point = exponent.parse().unwrap_or(beyond).saturating_add(before);
    let zeros = usize::try_from(point)
        .ok()
        .and_then(|point| point.checked_sub(significant.len()));
    let zeros = zeros.ok_or(NotInteger::Fraction)?;
    if zeros > MOST_ZEROS {
        return Err(NotInteger::OutOfRange);
    }
    Ok(Cow::Owned(format!(
        "{sign}{}{}",
        significant.trim_start_matches('0'),
        "0".repeat(zeros)
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_is_kept() {
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
    fn values_are_given_only_when_they_fit() {
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

    #[test]
    fn whole_numbers_may_be_written_with_a_fraction_or_an_exponent() {
        for (text, value) in [
            ("1.0", 1),
            ("-1.000", -1),
            ("1e2", 100),
            ("1E+2", 100),
            ("10e-1", 1),
            ("1.50e1", 15),
            ("0.01e2", 1),
            ("-0.0", 0),
            ("0e999999999999999999999", 0),
            ("0.000e-999999999999999999999", 0),
            ("9223372036854775807.0", i64::MAX),
            ("-9223372036854775808e0", i64::MIN),
            ("92233720368547758.07e2", i64::MAX),
        ] {
            assert_eq!(integer::<i64>(text), Ok(value), "{text}");
            assert_eq!(
                text.parse::<BigInteger>().unwrap().to_string().parse(),
                Ok(value),
                "{text}"
            );
        }
        for text in [
            "1.5",
            "1e-1",
            "15e-1",
            "1e-999999999999999999999",
            "1.",
            ".5",
            "e1",
            "1e",
            "--1.0",
            "x",
            "",
        ] {
            assert_eq!(integer::<i64>(text), Err(NotInteger::Fraction), "{text}");
        }
        for text in [
            "9223372036854775807.1e1",
            "9223372036854775808.0",
            "1e19",
            "1e400",
            "1e99999999999999999999",
        ] {
            assert_eq!(integer::<i64>(text), Err(NotInteger::OutOfRange), "{text}");
        }
        assert_eq!(integer::<i8>("1.28e2"), Err(NotInteger::OutOfRange));
        assert_eq!("1.5e308".parse::<BigInteger>().unwrap().as_str().len(), 309);
        assert!("1e309".parse::<BigInteger>().is_err());
    }
}
