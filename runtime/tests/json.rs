//! The JSON reader and writer, and their errors.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)] // A failed test panics.

use smithy_rt::json::{self, Decode, ErrorKind, Reader};
use smithy_rt::{BigDecimal, BigInteger, Blob, Document, Timestamp, Unit};
use std::collections::BTreeMap;

fn read<T: Decode>(text: &str) -> json::Result<T> {
    json::from_slice(text.as_bytes())
}

fn kind<T: Decode + std::fmt::Debug>(text: &str) -> ErrorKind {
    read::<T>(text).unwrap_err().kind()
}

fn written<T: json::Encode + ?Sized>(value: &T) -> String {
    String::from_utf8(json::to_vec(value)).unwrap()
}

#[test]
fn integers_are_checked() {
    assert_eq!(read::<i8>("-128").unwrap(), -128);
    assert_eq!(read::<i64>("9223372036854775807").unwrap(), i64::MAX);
    assert_eq!(read::<i32>(" -0 ").unwrap(), 0);
    for text in ["128", "-129", "99999999999999999999999"] {
        assert_eq!(
            kind::<i8>(text),
            ErrorKind::OutOfRange("an 8-bit integer"),
            "{text}"
        );
    }
    for text in ["1.5", "1e-1", "15e-1"] {
        assert!(
            matches!(kind::<i32>(text), ErrorKind::Expected { .. }),
            "{text}"
        );
    }
    for text in ["01", "1.a", "-a", "0x1", "1ea"] {
        assert!(
            matches!(
                kind::<i32>(text),
                ErrorKind::InvalidNumber | ErrorKind::TrailingText
            ),
            "{text}"
        );
    }
    for text in ["-", "1.", "1e", "1e+"] {
        assert_eq!(kind::<i32>(text), ErrorKind::UnexpectedEnd, "{text}");
    }
    assert!(matches!(
        kind::<i32>("\"1\""),
        ErrorKind::Expected {
            expected: "a number",
            found: "a string"
        }
    ));
}

/// Services that calculate with doubles write them so.
#[test]
fn integers_may_have_a_fraction_of_zeros_or_an_exponent() {
    fn reads<T: Decode + PartialEq + std::fmt::Debug>(value: T, texts: &[&str]) {
        for text in texts {
            assert_eq!(read::<T>(text).unwrap(), value, "{text}");
        }
    }
    reads(1_i8, &["1.0", "10e-1", "0.1E+1", "1e0"]);
    reads(100_i16, &["1e2", "100.00"]);
    reads(i32::MIN, &["-2147483648.0", "-2.147483648e9"]);
    reads(
        i64::MAX,
        &["9223372036854775807.0", "92233720368547758.07e2"],
    );
    reads(BigInteger::from(100), &["1e2", "100.0"]);
    reads(vec![1_i32, 0], &["[1.0,-0.0]"]);
    assert_eq!(
        kind::<i8>("1.28e2"),
        ErrorKind::OutOfRange("an 8-bit integer")
    );
    assert_eq!(
        kind::<i32>("2147483648.0"),
        ErrorKind::OutOfRange("a 32-bit integer")
    );
    assert_eq!(
        kind::<i64>("9223372036854775807.1e1"),
        ErrorKind::OutOfRange("a 64-bit integer")
    );
    assert_eq!(
        kind::<BigInteger>("1e999999999999"),
        ErrorKind::OutOfRange("an integer")
    );
    assert_eq!(read::<Document>("1.0").unwrap().as_i64(), Some(1));
}

#[test]
fn special_floats_are_strings() {
    assert!(read::<f64>("\"NaN\"").unwrap().is_nan());
    assert_eq!(read::<f32>("\"Infinity\"").unwrap(), f32::INFINITY);
    assert_eq!(read::<f64>("\"-Infinity\"").unwrap(), f64::NEG_INFINITY);
    assert_eq!(read::<f64>("6.5").unwrap(), 6.5);
    assert_eq!(read::<f32>("1e-3").unwrap(), 1e-3);
    assert_eq!(kind::<f64>("1e309"), ErrorKind::OutOfRange("a double"));
    assert_eq!(kind::<f32>("1e39"), ErrorKind::OutOfRange("a float"));
    for text in ["\"nan\"", "\"1\"", "\"inf\"", "\"\""] {
        assert_eq!(
            kind::<f64>(text),
            ErrorKind::InvalidText("number"),
            "{text}"
        );
    }
    for (value, text) in [
        (f64::NAN, "\"NaN\""),
        (f64::INFINITY, "\"Infinity\""),
        (f64::NEG_INFINITY, "\"-Infinity\""),
        (5.0, "5.0"),
        (0.1, "0.1"),
        (1e300, "1e300"),
        (5e-324, "5e-324"),
    ] {
        assert_eq!(written(&value), text);
    }
    assert_eq!(written(&1.1f32), "1.1");
}

#[test]
fn big_numbers_keep_their_digits() {
    let digits = "123456789012345678901234567890.1234567890123456789";
    assert_eq!(written(&read::<BigDecimal>(digits).unwrap()), digits);
    assert_eq!(
        written(&read::<BigInteger>("-123456789012345678901234567890").unwrap()),
        "-123456789012345678901234567890"
    );
    assert_eq!(
        kind::<BigInteger>("1.5"),
        ErrorKind::OutOfRange("an integer")
    );
    assert_eq!(
        written(&read::<Document>(r#"{"b":[1.10,1E2],"a":null}"#).unwrap()),
        r#"{"a":null,"b":[1.10,1E2]}"#
    );
}

#[test]
fn strings_are_strict() {
    assert_eq!(
        read::<String>(r#""a\"\\\/\b\f\n\r\té\ud83d\ude00""#).unwrap(),
        "a\"\\/\u{8}\u{c}\n\r\té\u{1f600}"
    );
    for text in [r#""\x""#, r#""\u12g4""#, r#""\u+123""#] {
        assert_eq!(kind::<String>(text), ErrorKind::InvalidEscape, "{text}");
    }
    for text in ["\"a", "\"a\\", "\"\\u12", "\"\\ud83d\\", "\"\\ud83d"] {
        assert_eq!(kind::<String>(text), ErrorKind::UnexpectedEnd, "{text}");
    }
    assert_eq!(kind::<String>("\"a\nb\""), ErrorKind::ControlCharacter);
    assert_eq!(
        written("\u{0}\u{1f}\"\\\n\r\t\u{8}\u{c}/é"),
        r#""\u0000\u001f\"\\\n\r\t\b\f/é""#
    );
}

/// Services cut UTF-16 texts short.
#[test]
fn unpaired_surrogates_are_replaced_in_responses_and_errors_in_inputs() {
    for (text, value) in [
        (r#""cut \ud83d""#, "cut \u{fffd}"),
        (r#""\ude00 cut""#, "\u{fffd} cut"),
        (r#""\ud83dx""#, "\u{fffd}x"),
        (r#""\ud83d\n""#, "\u{fffd}\n"),
        (r#""\ud83d\u0041""#, "\u{fffd}A"),
        (r#""\ud83d\ud83d\ude00""#, "\u{fffd}\u{1f600}"),
        (r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}"),
    ] {
        assert_eq!(read::<String>(text).unwrap(), value, "{text}");
        assert_eq!(
            read::<Document>(&format!("{{{text}:{text}}}"))
                .unwrap()
                .get(value),
            Some(&value.into())
        );
        assert_eq!(
            read::<BTreeMap<String, String>>(&format!("{{{text}:{text}}}")).unwrap()[value],
            value
        );
        read::<Unit>(&format!("{{{text}:[{text}]}}")).unwrap();
        let error = Reader::of_input(text).string().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::LoneSurrogate, "{text}");
    }
}

/// As botocore takes it. Input is held to its model, and so is what has known values.
#[test]
fn a_number_is_accepted_as_a_string() {
    assert_eq!(
        read::<Vec<String>>(r#"[1576540098.50,-1e2,"a"]"#).unwrap(),
        ["1576540098.50", "-1e2", "a"]
    );
    for text in ["true", "null", "[]", "{}", "01", "-"] {
        assert!(read::<String>(text).is_err(), "{text}");
    }
    let error = String::decode(&mut Reader::of_input("1")).unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::Expected {
            expected: "a string",
            found: "a number"
        }
    );
}

#[test]
fn blobs_are_base64() {
    assert_eq!(read::<Blob>("\"dmFsdWU=\"").unwrap(), Blob::from("value"));
    assert_eq!(written(&Blob::from("foo")), "\"Zm9v\"");
    assert_eq!(read::<Blob>("\"\"").unwrap().len(), 0);
    for text in ["\"dmFsdWU\"", "\"dmFs dWU=\"", "\"dm-_\"", "\"=\""] {
        assert_eq!(
            kind::<Blob>(text),
            ErrorKind::InvalidText("base64"),
            "{text}"
        );
    }
}

#[test]
fn timestamps_in_json() {
    assert_eq!(
        read::<Timestamp>("1398796238").unwrap(),
        Timestamp::from_epoch_seconds(1_398_796_238)
    );
    assert_eq!(
        read::<Timestamp>("1398796238.5").unwrap(),
        Timestamp::new(1_398_796_238, 500_000_000)
    );
    assert_eq!(
        kind::<Timestamp>("1e30"),
        ErrorKind::OutOfRange("a timestamp")
    );
    assert_eq!(written(&Timestamp::new(1, 500_000_000)), "1.5");
    let mut reader = Reader::new(b"  \"2014-04-29\"");
    let error = reader.date_time().unwrap_err();
    assert_eq!(
        (error.kind(), error.offset()),
        (ErrorKind::InvalidText("date-time"), 2)
    );
}

/// Services do not keep to the format of their models, and neither does what imitates them.
#[test]
fn timestamps_are_read_in_all_formats() {
    let forms: [fn(&mut Reader<'static>) -> json::Result<Timestamp>; 3] =
        [Reader::epoch_seconds, Reader::date_time, Reader::http_date];
    for text in [
        "1576540098.5",
        "1.5765400985e9",
        "\"1576540098.5\"",
        "\"2019-12-16T23:48:18.5Z\"",
        "\"2019-12-16T23:48:18.500000+00:00\"",
        "\"2019-12-16T23:48:18.5\"",
        "\"2019-12-17 00:48:18.5+0100\"",
        "\"Mon, 16 Dec 2019 23:48:18.5 GMT\"",
        "\"Mon, 16 Dec 2019 23:48:18.5\"",
        "\"\\u004don, 16 Dec 2019 23:48:18.5 GMT\"",
    ] {
        for form in forms {
            let timestamp = form(&mut Reader::new(text.as_bytes())).unwrap();
            assert_eq!(
                timestamp,
                Timestamp::new(1_576_540_098, 500_000_000),
                "{text}"
            );
        }
    }
    for (form, name) in forms
        .iter()
        .zip(["number of seconds", "date-time", "http-date"])
    {
        for text in ["\"yesterday\"", "\"\"", "\"NaN\"", "\"2019-12-16\""] {
            let error = form(&mut Reader::new(text.as_bytes())).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidText(name), "{text}");
        }
        assert!(form(&mut Reader::new(b"true")).is_err());
    }
}

#[test]
fn nulls_in_lists_and_maps() {
    let error = read::<Vec<i32>>("[1,null,2]").unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected a number, found null at $[1] (byte 3)"
    );
    assert_eq!(
        read::<Vec<Option<i32>>>("[1,null]").unwrap(),
        [Some(1), None]
    );
    assert!(read::<BTreeMap<String, String>>(r#"{"a":null,"b":"1"}"#).is_err());
    let sparse: BTreeMap<String, Option<Vec<i32>>> = read(r#"{"a":null,"b":[]}"#).unwrap();
    assert_eq!(written(&sparse), r#"{"a":null,"b":[]}"#);
    assert_eq!(read::<Vec<Document>>("[null]").unwrap(), [Document::Null]);
    assert_eq!(read::<Option<i32>>("null").unwrap(), None);
    assert!(read::<Vec<i32>>("null").is_err());
}

#[test]
fn units() {
    assert_eq!(written(&Unit), "{}");
    assert_eq!(read::<Unit>(r#"{"new":[1]}"#).unwrap(), Unit);
    assert!(read::<Unit>("[]").is_err());
}

/// A structure like the ones that are emitted.
#[derive(Debug, Default)]
struct Nested {
    tags: Vec<BTreeMap<String, i32>>,
    inner: Option<Box<Nested>>,
}

impl Decode for Nested {
    fn decode(json: &mut Reader<'_>) -> json::Result<Self> {
        let mut value = Self::default();
        json.structure(|json, key| match key {
            "tags" => json.member(&mut value.tags),
            "inner" => json.member(&mut value.inner),
            _ => json.skip(),
        })?;
        Ok(value)
    }
}

#[test]
fn errors_contain_the_position_and_no_values() {
    for (text, message) in [
        (
            r#"{"inner":{"tags":[{},{"secretKey":"secret value"}]}}"#,
            "expected a number, found a string at $.inner.tags[1][*] (byte 34)",
        ),
        (
            r#"{"inner":{"tags":[{"k":1}"#,
            "the document is not complete at $.inner.tags (byte 25)",
        ),
        (
            r#"{"other":{"secretKey":[1,tru]}}"#,
            "expected `true`, found something else at $.other[*][1] (byte 25)",
        ),
        (
            r#"{"a b\n":x}"#,
            "expected a value, found something else at $[\"a b\\n\"] (byte 9)",
        ),
        (
            r#"{"inner" 1}"#,
            "expected `:`, found a number at $ (byte 9)",
        ),
        (
            r#"{"inner":{},}"#,
            "expected a key, found punctuation at $ (byte 12)",
        ),
        (
            r#"{"tags":[{}{}]}"#,
            "expected `,` or `]`, found an object at $.tags (byte 11)",
        ),
        (r#"{} x"#, "text after the document at $ (byte 3)"),
        ("[]", "expected an object, found an array at $ (byte 0)"),
        ("", "the document is not complete at $ (byte 0)"),
    ] {
        assert_eq!(read::<Nested>(text).unwrap_err().to_string(), message);
    }
}

#[test]
fn errors_of_invalid_utf8_have_its_position() {
    let message = |text: &[u8]| json::from_slice::<Nested>(text).unwrap_err().to_string();
    assert_eq!(
        message(b"{\"x\":1,\"inner\":{\"a\":\"\xff\"}}"),
        "invalid UTF-8 at $.inner.a (byte 21)"
    );
    assert_eq!(message(b"{}\xff"), "invalid UTF-8 at $ (byte 2)");
    assert_eq!(
        message(b"\xef\xbb\xbf{}"),
        "expected an object, found something else at $ (byte 0)"
    );
    // A fault before the invalid byte comes first.
    assert_eq!(
        message(b"{]\xff"),
        "expected a key, found punctuation at $ (byte 1)"
    );
}

#[test]
fn depth_is_limited() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(read::<Document>(&nested(128)).is_ok());
    assert_eq!(kind::<Document>(&nested(129)), ErrorKind::TooDeep);
    assert_eq!(kind::<Document>(&"[".repeat(1_000_000)), ErrorKind::TooDeep);
    let mut reader = Reader::new(b"");
    assert!(reader.skip().is_err());
    for bomb in [
        "[".repeat(1_000_000),
        "{\"a\":".repeat(1_000_000),
        "{\"inner\":".repeat(1_000_000),
    ] {
        assert_eq!(
            kind::<Nested>(&format!("{{\"x\":{bomb}")),
            ErrorKind::TooDeep
        );
        assert_eq!(
            kind::<Nested>(&format!("{{\"inner\":{{\"x\":{bomb}")),
            ErrorKind::TooDeep
        );
    }
}

#[test]
fn long_names_are_truncated_in_paths() {
    let error = read::<Nested>(&format!("{{\"{}\":x}}", "n".repeat(1000))).unwrap_err();
    assert!(error.path().len() < 100);
}

#[test]
fn documents_convert() {
    let document: Document = [
        ("a", Document::from(1)),
        ("b", "x".into()),
        ("c", vec![true.into(), Document::from(None::<i64>)].into()),
    ]
    .into_iter()
    .collect();
    assert_eq!(document.to_string(), r#"{"a":1,"b":"x","c":[true,null]}"#);
    assert_eq!(document.get("a").and_then(Document::as_i64), Some(1));
    assert_eq!(document.get("b").and_then(Document::as_str), Some("x"));
    assert_eq!(
        document
            .get("c")
            .and_then(Document::as_array)
            .map(<[_]>::len),
        Some(2)
    );
    assert_eq!(Document::from(2.5).as_f64(), Some(2.5));
    assert_eq!(Document::from(f64::NAN), Document::from("NaN"));
    assert_eq!(
        Document::from_json(&document.to_string()).unwrap(),
        document
    );
    assert!(document.get("a").unwrap().as_str().is_none());
}

/// Input that a person wrote, as operations by name read it.
mod input {
    use smithy_rt::Timestamp;
    use smithy_rt::json::{Decode, Reader, Result};

    #[derive(Debug, Default, PartialEq)]
    struct Thing {
        name: String,
        items: Vec<String>,
        at: Option<Timestamp>,
        inner: Option<Box<Thing>>,
    }

    impl Decode for Thing {
        fn decode(json: &mut Reader<'_>) -> Result<Self> {
            let mut value = Self::default();
            json.requires(&["name", "items"]);
            json.structure(|json, key| match key {
                "name" => json.member(&mut value.name),
                "items" => json.member(&mut value.items),
                "at" => json.member_as(&mut value.at, Reader::http_date),
                "inner" => json.member(&mut value.inner),
                _ => json.other(),
            })?;
            Ok(value)
        }
    }

    fn of_input(text: &str) -> std::result::Result<Thing, String> {
        let mut json = Reader::of_input(text);
        Thing::decode(&mut json)
            .and_then(|thing| json.finish().map(|()| thing))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn inputs_are_validated() {
        for (text, message) in [
            (
                r#"{"name":"n","items":[],"more":1}"#,
                "unknown member at $.more (byte 30)",
            ),
            (
                r#"{}"#,
                "missing required members `name`, `items` at $ (byte 0)",
            ),
            (
                r#"{"name":null,"items":[]}"#,
                "missing required members `name` at $ (byte 0)",
            ),
            (
                r#"{"name":"n","items":[],"inner":{"name":"n"}}"#,
                "missing required members `items` at $.inner (byte 31)",
            ),
        ] {
            assert_eq!(of_input(text).unwrap_err(), message);
            // An answer of a service may have all of that.
            assert!(
                Thing::decode(&mut Reader::new(text.as_bytes())).is_ok(),
                "{text}"
            );
        }
        assert_eq!(
            of_input(r#"{"items":["a"],"name":"n","at":null}"#)
                .unwrap()
                .items,
            ["a"]
        );
    }

    #[test]
    fn inputs_accept_all_timestamp_formats() {
        for at in [
            "784111777",
            "\"1994-11-06T08:49:37Z\"",
            "\"Sun, 06 Nov 1994 08:49:37 GMT\"",
        ] {
            let thing = of_input(&format!(r#"{{"name":"n","items":[],"at":{at}}}"#)).unwrap();
            assert_eq!(thing.at, Some(Timestamp::from_epoch_seconds(784_111_777)));
        }
        let error = of_input(r#"{"name":"n","items":[],"at":"tomorrow"}"#).unwrap_err();
        assert!(
            error.contains("http-date") && error.contains("$.at"),
            "{error}"
        );
    }
}
