//! The functions of endpoint rules.

use crate::endpoint::partition::Partition;
use crate::endpoint::partitions::PARTITIONS;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::net::Ipv4Addr;

/// All characters except the unreserved ones of RFC 3986 section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Whether a text is a host label: 1 to 63 ASCII letters, digits and hyphens, without a hyphen at
/// either end. With `allow_sub_domains`, one or more labels separated by dots.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#isvalidhostlabel-function>
pub fn is_valid_host_label(value: &str, allow_sub_domains: bool) -> bool {
    if allow_sub_domains {
        value.split('.').all(is_label)
    } else {
        is_label(value)
    }
}

fn is_label(value: &str) -> bool {
    matches!(value.len(), 1..=63)
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !value.starts_with('-')
        && !value.ends_with('-')
}

/// Whether the name of a bucket can be part of a host: a host label of at least three characters
/// without upper-case letters, and not an IPv4 address. With `allow_sub_domains`, one or more
/// labels separated by dots.
///
/// <https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-isvirtualhostables3bucket-function>
pub fn is_virtual_hostable_s3_bucket(value: &str, allow_sub_domains: bool) -> bool {
    let bucket = |label: &str| {
        label.len() >= 3 && is_label(label) && !label.bytes().any(|byte| byte.is_ascii_uppercase())
    };
    let buckets = if allow_sub_domains {
        value.split('.').all(bucket)
    } else {
        bucket(value)
    };
    buckets && value.parse::<Ipv4Addr>().is_err()
}

/// The characters `start..stop` of an ASCII string, counted from the end with `reverse`. `None` if
/// the string is too short or not ASCII, or the range is empty.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#substring-function>
pub fn substring(input: &str, start: i32, stop: i32, reverse: bool) -> Option<&str> {
    let (start, stop) = (usize::try_from(start).ok()?, usize::try_from(stop).ok()?);
    if start >= stop || !input.is_ascii() {
        return None;
    }
    if reverse {
        input.get(input.len().checked_sub(stop)?..input.len() - start)
    } else {
        input.get(start..stop)
    }
}

/// Percent-encodes everything but ASCII letters, digits, `-`, `_`, `.` and `~`.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#uriencode-function>
pub fn uri_encode(value: &str) -> String {
    utf8_percent_encode(value, RESERVED).to_string()
}

/// Splits a string at delimiters into at most `limit` parts. The last part contains the rest. A
/// limit of 0 means no limit.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#split-function>
pub fn split<'a>(value: &'a str, delimiter: &str, limit: i32) -> Vec<&'a str> {
    match usize::try_from(limit) {
        Ok(0) | Err(_) => value.split(delimiter).collect(),
        Ok(limit) => value.splitn(limit, delimiter).collect(),
    }
}

/// The item at an index, which counts from the end if it is negative; `None` if it is out of range.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#getattr-function>
pub fn item<'a>(items: &[&'a str], index: i32) -> Option<&'a str> {
    let distance = usize::try_from(index.unsigned_abs()).ok()?;
    let index = if index < 0 {
        items.len().checked_sub(distance)?
    } else {
        distance
    };
    items.get(index).copied()
}

/// The partition of a region. The partition of an unknown region is derived from the form of its
/// name; it is `aws` if no partition has this form, as in all AWS SDKs.
///
/// <https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-partition-function>
pub fn partition(region: &str) -> &'static Partition {
    let [aws, others @ ..] = &PARTITIONS;
    let found = others.iter().find(|partition| partition.has(region));
    found.unwrap_or(aws)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cases of Smithy's own `valid-hostlabel` tests, without and with subdomains.
    #[test]
    fn host_labels_are_checked() {
        let longest = "a".repeat(63);
        let too_long = "a".repeat(64);
        for (value, label, sub_domains) in [
            ("us-east-1", true, true),
            ("3aws4", true, true),
            ("part1.part2", false, true),
            ("part1 part2", false, false),
            ("", false, false),
            ("part1.", false, false),
            ("part1..part2", false, false),
            ("part1.-part2", false, false),
            ("part1-.part2", false, false),
            ("evil.com/", false, false),
            ("caf\u{e9}", false, false),
            (&longest, true, true),
            (&too_long, false, false),
        ] {
            let found = [false, true].map(|allowed| is_valid_host_label(value, allowed));
            assert_eq!(found, [label, sub_domains], "{value}");
        }
    }

    #[test]
    fn bucket_names_are_checked() {
        for (value, label, sub_domains) in [
            ("bucket-name", true, true),
            ("a--b--x-s3", true, true),
            ("buc.ket", false, true),
            ("ab", false, false),
            ("abc.de", false, false),
            ("Bucket", false, false),
            ("-bucket", false, false),
            ("buc_ket", false, false),
            ("192.168.100.100", false, false),
            ("abc-.def", false, false),
        ] {
            let found = [false, true].map(|allowed| is_virtual_hostable_s3_bucket(value, allowed));
            assert_eq!(found, [label, sub_domains], "{value}");
        }
    }

    /// The cases of Smithy's own `substring` tests, and invalid ranges.
    #[test]
    fn substrings_are_taken_from_either_end() {
        for (input, start, stop, reverse, expected) in [
            ("abcdefg", 0, 4, false, Some("abcd")),
            ("abcd", 0, 4, false, Some("abcd")),
            ("abc", 0, 4, false, None),
            ("", 0, 4, false, None),
            ("\u{fdfd}", 0, 3, false, None),
            ("\u{7f}abcdef", 0, 4, false, Some("\u{7f}abc")),
            ("abcdefg", 0, 4, true, Some("defg")),
            ("abc", 0, 4, true, None),
            ("defg", 1, 3, true, Some("ef")),
            ("defg", 1, 3, false, Some("ef")),
            ("def", 2, 2, false, None),
            ("def", 2, 1, true, None),
            ("def", -1, 2, false, None),
        ] {
            assert_eq!(
                substring(input, start, stop, reverse),
                expected,
                "{input} {start} {stop} {reverse}"
            );
        }
    }

    /// The cases of Smithy's own `url-encode` tests.
    #[test]
    fn reserved_characters_are_percent_encoded() {
        for (input, expected) in [
            ("abcdefg", "abcdefg"),
            ("abc:defg", "abc%3Adefg"),
            (
                "/:,?#[]{}|@! $&'()*+;=%<>\"^`\\",
                "%2F%3A%2C%3F%23%5B%5D%7B%7D%7C%40%21%20%24%26%27%28%29%2A%2B%3B%3D%25%3C%3E%22%5E%60%5C",
            ),
            (
                "0123456789.underscore_dash-Tilda~",
                "0123456789.underscore_dash-Tilda~",
            ),
            ("\u{1f639}", "%F0%9F%98%B9"),
            ("", ""),
        ] {
            assert_eq!(uri_encode(input), expected);
        }
    }

    /// Cases of Smithy's own `split` and `get-attr` tests.
    #[test]
    fn strings_are_split_and_indexed() {
        for (input, limit, expected) in [
            ("a--b--c", 0, &["a", "b", "c"][..]),
            ("", 0, &[""]),
            ("no-delimiter", 0, &["no-delimiter"]),
            ("--leading", 0, &["", "leading"]),
            ("trailing--", 0, &["trailing", ""]),
            ("a--b--c", 1, &["a--b--c"]),
            ("a--b--c", 2, &["a", "b--c"]),
            ("a--b--c", 9, &["a", "b", "c"]),
        ] {
            assert_eq!(split(input, "--", limit), expected, "{input} {limit}");
        }
        let found = [0, 2, 3, -1, -3, -4, i32::MIN].map(|index| item(&["a", "b", "c"], index));
        assert_eq!(
            found,
            [Some("a"), Some("c"), None, Some("c"), Some("a"), None, None]
        );
    }

    #[test]
    fn partitions_of_unknown_regions_are_derived_from_their_names() {
        for (region, name) in [
            ("us-north-17", "aws"),
            ("cn-south-2", "aws-cn"),
            ("us-gov-north-1", "aws-us-gov"),
            ("us-isob-south_2-10", "aws-iso-b"),
            ("aws-cn-global", "aws-cn"),
            ("us-gov-west", "aws"),
            ("us-gov-west-1a", "aws"),
            ("us-gov--1", "aws"),
            ("us-gov-west-", "aws"),
            ("us-gov-west-1-1", "aws"),
            ("local", "aws"),
            ("", "aws"),
        ] {
            assert_eq!(partition(region).name, name, "{region}");
        }
    }
}
