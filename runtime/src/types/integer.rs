//! Parsing of integers.

use std::borrow::Cow;
use std::str::FromStr;

/// The error for a text that is not an integer of the type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotInteger {
    /// The text is not a number, or the number has a fraction.
    Fraction,
    /// The integer does not fit the type.
    OutOfRange,
}

/// Parses an integer. It may have a fraction of zeros or an exponent, as in `1.0` and `1e2`.
pub(crate) fn parse<T: FromStr>(text: &str) -> Result<T, NotInteger> {
    text.parse()
        .or_else(|_| digits(text)?.parse().map_err(|_| NotInteger::OutOfRange))
}

/// The most zeros that an exponent may add to an integer. The largest double has as many.
const MAX_ZEROS: usize = 308;

/// The decimal digits of an integer, without fraction and exponent.
pub(crate) fn digits(number: &str) -> Result<Cow<'_, str>, NotInteger> {
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
    // The position of the point among the digits. An exponent of more than 64 bits exceeds every
    // limit as well.
    let out_of_range = if exponent.starts_with('-') {
        i64::MIN
    } else {
        i64::MAX
    };
    let before = i64::try_from(before.len()).unwrap_or(i64::MAX);
    let point = exponent
        .parse()
        .unwrap_or(out_of_range)
        .saturating_add(before);
    let zeros = usize::try_from(point)
        .ok()
        .and_then(|point| point.checked_sub(significant.len()));
    let zeros = zeros.ok_or(NotInteger::Fraction)?;
    if zeros > MAX_ZEROS {
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
    fn integers_may_have_a_fraction_of_zeros_or_an_exponent() {
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
            assert_eq!(parse::<i64>(text), Ok(value), "{text}");
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
            assert_eq!(parse::<i64>(text), Err(NotInteger::Fraction), "{text}");
        }
        for text in [
            "9223372036854775807.1e1",
            "9223372036854775808.0",
            "1e19",
            "1e400",
            "1e99999999999999999999",
        ] {
            assert_eq!(parse::<i64>(text), Err(NotInteger::OutOfRange), "{text}");
        }
        assert_eq!(parse::<i8>("1.28e2"), Err(NotInteger::OutOfRange));
        assert_eq!(digits("1.5e308").unwrap().len(), 309);
        assert_eq!(digits("1e309"), Err(NotInteger::OutOfRange));
    }
}
