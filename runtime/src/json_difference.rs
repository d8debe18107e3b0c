//! Comparison of JSON texts. They are parsed by serde_json, not by the reader under test, and
//! numbers are compared exactly.

use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The first difference between a body and the expected JSON document, if there is one.
pub(crate) fn of_json(actual: &[u8], expected: &str) -> Option<String> {
    between(actual, expected, Others::Differ)
}

/// Like [`of_json`], but objects of the body may have more members than the expected ones.
#[cfg(feature = "test-util")]
pub(crate) fn of_json_part(actual: &[u8], expected: &str) -> Option<String> {
    between(actual, expected, Others::Ignored)
}

/// Whether members that are not expected are a difference.
#[derive(Clone, Copy, PartialEq)]
enum Others {
    Differ,
    #[cfg(feature = "test-util")]
    Ignored,
}

fn between(actual: &[u8], expected: &str, others: Others) -> Option<String> {
    let text = String::from_utf8_lossy(actual);
    let actual: &RawValue = match serde_json::from_slice(actual) {
        Ok(actual) => actual,
        Err(error) => return Some(format!("the body `{text}` is not JSON: {error}")),
    };
    match serde_json::from_str(expected) {
        Ok(expected) => compare("", actual, expected, others)
            .map(|difference| format!("{difference}; the body is `{text}`")),
        Err(error) => Some(format!("the expected body is not JSON: {error}")),
    }
}

fn compare(path: &str, actual: &RawValue, expected: &RawValue, others: Others) -> Option<String> {
    match (Json::of(actual), Json::of(expected)) {
        (Json::Object(actual), Json::Object(expected)) => {
            compare_members(path, &actual, &expected, others)
        }
        (Json::Array(actual), Json::Array(expected)) if actual.len() == expected.len() => actual
            .iter()
            .zip(expected)
            .enumerate()
            .find_map(|(index, (actual, expected))| {
                compare(&format!("{path}/{index}"), actual, expected, others)
            }),
        (Json::Scalar(actual), Json::Scalar(expected)) if actual == expected => None,
        _ => Some(format!(
            "`{path}` is `{}`, not `{}`",
            actual.get(),
            expected.get()
        )),
    }
}

fn compare_members(
    path: &str,
    actual: &Members<'_>,
    expected: &Members<'_>,
    others: Others,
) -> Option<String> {
    if others == Others::Differ
        && let Some((name, value)) = actual
            .iter()
            .find(|(name, _)| !expected.contains_key(*name))
    {
        let value = value.get();
        return Some(format!("`{path}` has `{name}`, which is `{value}`"));
    }
    expected
        .iter()
        .find_map(|(name, expected)| match actual.get(name) {
            Some(actual) => compare(&format!("{path}/{name}"), actual, expected, others),
            None => Some(format!(
                "`{path}` has no `{name}`, which is `{}` in the expected document",
                expected.get()
            )),
        })
}

type Members<'a> = BTreeMap<String, &'a RawValue>;

enum Json<'a> {
    Object(Members<'a>),
    Array(Vec<&'a RawValue>),
    Scalar(Scalar<'a>),
}

#[derive(PartialEq)]
enum Scalar<'a> {
    String(String),
    Number(Decimal),
    /// `true`, `false` or `null`.
    Word(&'a str),
}

impl<'a> Json<'a> {
    fn of(raw: &'a RawValue) -> Self {
        let text = raw.get();
        // The text is valid JSON, so none of these fails.
        match text.as_bytes().first() {
            Some(b'{') => Self::Object(serde_json::from_str(text).unwrap_or_default()),
            Some(b'[') => Self::Array(serde_json::from_str(text).unwrap_or_default()),
            Some(b'"') => Self::Scalar(Scalar::String(
                serde_json::from_str(text).unwrap_or_default(),
            )),
            Some(b'-' | b'0'..=b'9') => Self::Scalar(Scalar::Number(Decimal::of(text))),
            _ => Self::Scalar(Scalar::Word(text)),
        }
    }
}

/// The exact value of a number. `1.50` is `15e-1`, and zero has no digits.
#[derive(Debug, PartialEq)]
struct Decimal {
    negative: bool,
    /// Digits without leading and trailing zeros.
    digits: String,
    exponent: i64,
}

impl Decimal {
    fn of(text: &str) -> Self {
        let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = format!("{}{fraction}", whole.trim_start_matches('-'));
        let significant = digits.trim_end_matches('0');
        let zeros = digits.len() - significant.len();
        let significant = significant.trim_start_matches('0');
        if significant.is_empty() {
            return Self {
                negative: false,
                digits: String::new(),
                exponent: 0,
            };
        }
        let shift = i64::try_from(zeros).unwrap_or_default()
            - i64::try_from(fraction.len()).unwrap_or_default();
        let exponent = exponent
            .parse::<i64>()
            .unwrap_or(i64::MAX)
            .saturating_add(shift);
        Self {
            negative: text.starts_with('-'),
            digits: significant.to_owned(),
            exponent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differs(actual: &str, expected: &str) -> bool {
        of_json(actual.as_bytes(), expected).is_some()
    }

    #[test]
    fn order_and_white_space_are_ignored() {
        assert!(!differs(
            r#"{"a":1,"b":[true,null]}"#,
            r#"{ "b": [true, null], "a": 1 }"#
        ));
        assert!(differs("[1,2]", "[2,1]"));
    }

    #[test]
    fn numbers_are_compared_exactly() {
        for (a, b) in [
            ("1", "1.0"),
            ("100", "1e2"),
            ("0.50", "5E-1"),
            ("-0", "0"),
            ("1e-2", "0.01"),
        ] {
            assert!(!differs(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("1234567890123456789", "1234567890123456788"),
            ("1", "-1"),
            ("0.1", "0.10000000000000000001"),
        ] {
            assert!(differs(a, b), "{a} {b}");
        }
    }

    #[test]
    fn differences_contain_the_path() {
        let difference =
            |actual: &str, expected: &str| of_json(actual.as_bytes(), expected).unwrap();
        assert_eq!(
            difference(r#"{"a":[1]}"#, r#"{"a":[2]}"#),
            "`/a/0` is `1`, not `2`; the body is `{\"a\":[1]}`"
        );
        assert!(difference(r#"{"a":1}"#, "{}").starts_with("`` has `a`"));
        assert!(difference("{}", r#"{"a":null}"#).starts_with("`` has no `a`"));
        assert!(difference(r#"{"a":"1"}"#, r#"{"a":1}"#).contains("is `\"1\"`, not `1`"));
        assert!(difference("", "{}").contains("not JSON"));
        assert!(difference("[1]", "[1,2]").contains("is `[1]`, not `[1,2]`"));
    }
}
