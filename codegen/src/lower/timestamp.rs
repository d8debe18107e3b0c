//! Reads timestamps of models: defaults, and values in examples and protocol tests.

use crate::graph::timestamp::Timestamp;
use smithy_model::{Node, Value};

impl Timestamp {
    /// Reads seconds since 1970, an RFC 3339 date and time, or an HTTP date, each with or without a
    /// fraction, as emitted code reads them.
    ///
    /// The first two are the forms of timestamps in trait values (Smithy specification, "The Smithy
    /// model", "Trait node values"); `timestampFormat` adds the third.
    pub(crate) fn of(node: &Node) -> Option<Self> {
        let timestamp = match &node.value {
            Value::Number(number) => smithy_rt::Timestamp::parse_epoch_seconds(number),
            Value::String(text) => smithy_rt::Timestamp::parse_date_time(text)
                .or_else(|_| smithy_rt::Timestamp::parse_http_date(text)),
            _ => return None,
        };
        let timestamp = timestamp.ok()?;
        Some(Self {
            seconds: timestamp.seconds(),
            nanos: timestamp.nanos(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> Option<(i64, u32)> {
        let mut sources = smithy_model::Sources::new();
        let text = format!(
            r#"{{"smithy": "2.0", "shapes": {{"a#T": {{"type": "timestamp", "traits": {{"b#t": {json}}}}}}}}}"#
        );
        sources.add("a.json", text);
        let model = smithy_model::load(&sources).model;
        let found = Timestamp::of(model.shapes["a#T"].traits.get("b#t").unwrap())?;
        Some((found.seconds, found.nanos))
    }

    #[test]
    fn numbers_keep_their_fraction() {
        let cases = [
            ("946845296", Some((946_845_296, 0))),
            ("946845296.123", Some((946_845_296, 123_000_000))),
            ("-1.25", Some((-2, 750_000_000))),
            ("-0.5", Some((-1, 500_000_000))),
            ("9.46845296123E8", Some((946_845_296, 123_000_000))),
            ("1e9", Some((1_000_000_000, 0))),
            ("1.50000000000", Some((1, 500_000_000))),
            ("1e-10", Some((0, 0))),
            ("1e99", None),
            ("1e-2147483648", None),
        ];
        for (json, expected) in cases {
            assert_eq!(of(json), expected, "{json}");
        }
    }

    /// Expected values are those of `date -u -d TEXT +%s.%N`.
    #[test]
    fn dates_and_times_are_parsed() {
        let cases = [
            ("1970-01-01T00:00:00Z", Some((0, 0))),
            ("2020-01-01T00:00:00.5Z", Some((1_577_836_800, 500_000_000))),
            (
                "2016-02-29T23:59:59.123456789Z",
                Some((1_456_790_399, 123_456_789)),
            ),
            (
                "2016-02-29T23:59:59.1234567899Z",
                Some((1_456_790_399, 123_456_789)),
            ),
            ("2015-10-21T07:28:00+02:30", Some((1_445_403_480, 0))),
            ("2015-10-21T07:28:00-08:00", Some((1_445_441_280, 0))),
            ("0001-01-01T00:00:00Z", Some((-62_135_596_800, 0))),
            ("Tue, 29 Apr 2014 18:30:38 GMT", Some((1_398_796_238, 0))),
            (
                "Tue, 29 Apr 2014 18:30:38.25 GMT",
                Some((1_398_796_238, 250_000_000)),
            ),
            ("2015-02-29T00:00:00Z", None),
            ("2015-13-01T00:00:00Z", None),
            ("2015-01-01T24:00:00Z", None),
            ("2015-01-01T00:00:00.Z", None),
            ("2015-01-01T00:00:00Zulu", None),
            ("2015-1-1T00:00:00Z", None),
            ("2015-01-01", None),
            ("Tue, 31 Apr 2014 18:30:38 GMT", None),
            ("\u{661}970-01-01T00:00:00Z", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(of(&format!("\"{text}\"")), expected, "{text}");
        }
    }
}
