//! The traits of serde for the types of the runtime. The fixture `serde-forms` of the generator has
//! the types of a service.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use serde::de::value::{Error, MapDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use smithy_rt::serde::Value;
use smithy_rt::{BigDecimal, BigInteger, Blob, Document, Number, Timestamp};
use std::fmt::Debug;

#[track_caller]
fn is_written_as<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, json: Json) {
    assert_eq!(serde_json::to_value(value).unwrap(), json);
    assert_eq!(&serde_json::from_value::<T>(json).unwrap(), value);
    assert_eq!(&cbor(value), value);
}

/// The value after a detour through CBOR.
#[track_caller]
fn cbor<T: Serialize + DeserializeOwned>(value: &T) -> T {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    ciborium::from_reader(&*bytes).unwrap()
}

fn error<T: DeserializeOwned + Debug>(json: Json) -> String {
    serde_json::from_value::<T>(json).unwrap_err().to_string()
}

#[test]
fn timestamps_have_nine_digits_and_years_of_four() {
    for text in [
        "0001-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999999Z",
        "2019-12-16T23:48:18.5Z",
        "9999-12-31T23:59:59.999999999Z",
    ] {
        let timestamp: Timestamp = text.parse().unwrap();
        is_written_as(&timestamp, json!(text));
    }
    // RFC 3339 has offsets.
    let timestamp: Timestamp = serde_json::from_value(json!("2000-01-01T01:00:00+01:00")).unwrap();
    assert_eq!(timestamp, Timestamp::from_epoch_seconds(946_684_800));
    let year_10000 = Timestamp::from_epoch_seconds(253_402_300_800);
    assert_eq!(
        serde_json::to_string(&year_10000).unwrap_err().to_string(),
        "the year of the timestamp is not between 1 and 9999, as RFC 3339 requires"
    );
    assert!(error::<Timestamp>(json!(946_684_800)).contains("expected a timestamp such as"));
}

#[test]
fn blobs_are_base64_or_bytes() {
    // RFC 4648, section 10.
    for (bytes, text) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foobar", "Zm9vYmFy"),
    ] {
        is_written_as(&Blob::from(bytes), json!(text));
    }
    for invalid in ["Zg", "Zg=", "Zg==\n", "Z", "-_8="] {
        assert_eq!(
            error::<Blob>(json!(invalid)),
            "the text is not a valid base64 text",
            "{invalid}"
        );
    }
    assert_eq!(
        postcard::to_allocvec(&Blob::from("ab")).unwrap(),
        [2, b'a', b'b']
    );
    assert_eq!(
        postcard::from_bytes::<Blob>(&[2, b'a', b'b']).unwrap(),
        Blob::from("ab")
    );
}

/// serde buffers the members of flattened structures, and loses whether the format is for humans.
#[test]
fn blobs_can_be_in_flattened_structures() {
    #[derive(Serialize, Deserialize, PartialEq, Debug)]
    struct Outer {
        #[serde(flatten)]
        inner: Inner,
    }
    #[derive(Serialize, Deserialize, PartialEq, Debug)]
    struct Inner {
        blob: Blob,
        time: Timestamp,
        more: Document,
    }
    let outer = Outer {
        inner: Inner {
            blob: Blob::from("ab"),
            time: Timestamp::from_epoch_seconds(0),
            more: Document::from_iter([("a", 1)]),
        },
    };
    is_written_as(
        &outer,
        json!({ "blob": "YWI=", "time": "1970-01-01T00:00:00Z", "more": { "a": 1 } }),
    );
}

#[test]
fn documents_are_the_values_that_they_are() {
    let number = |text: &str| Document::Number(text.parse::<Number>().unwrap());
    for (document, json) in [
        (Document::Null, json!(null)),
        (false.into(), json!(false)),
        (number("-9223372036854775808"), json!(i64::MIN)),
        (number("18446744073709551615"), json!(u64::MAX)),
        (number("0.5"), json!(0.5)),
        ("1".into(), json!("1")),
        (vec![Document::Null].into(), json!([null])),
        (
            Document::from_iter([("", Document::from_iter([("a", 1)]))]),
            json!({ "": { "a": 1 } }),
        ),
    ] {
        is_written_as(&document, json);
    }
    let written = |text: &str| serde_json::to_string(&number(text));
    // The nearest double, which has a negative zero.
    assert_eq!(written("-0").unwrap(), "-0.0");
    assert_eq!(written("0.1000000000000000000000000001").unwrap(), "0.1");
    assert_eq!(
        written("36893488147419103232").unwrap(),
        "3.6893488147419103e+19"
    );
    let too_large = written("1e400").unwrap_err().to_string();
    assert_eq!(
        too_large,
        "a number of a document is too large for a double"
    );
}

#[test]
fn big_numbers_lose_no_digit() {
    let digits = "-123456789012345678901234567890";
    is_written_as(&digits.parse::<BigInteger>().unwrap(), json!(digits));
    is_written_as(
        &"1.10e-400".parse::<BigDecimal>().unwrap(),
        json!("1.10e-400"),
    );
    let of = |json: Json| {
        serde_json::from_value::<BigInteger>(json)
            .unwrap()
            .to_string()
    };
    assert_eq!(of(json!(u64::MAX)), u64::MAX.to_string());
    assert_eq!(of(json!(i64::MIN)), i64::MIN.to_string());
    let of_128 =
        <BigInteger as Value>::read(IntoDeserializer::<Error>::into_deserializer(i128::MIN));
    assert_eq!(of_128.unwrap().to_string(), i128::MIN.to_string());
    // serde_json reads an integer of more than 64 bits as a double.
    let lossy = serde_json::from_str::<BigInteger>("123456789012345678901234567890").unwrap_err();
    assert!(lossy.to_string().contains("floating point"), "{lossy}");
}

/// If any crate of a program enables `arbitrary_precision` of serde_json, all numbers are maps.
#[test]
fn numbers_of_arbitrary_precision_are_numbers() {
    fn read<T: Value>(key: &'static str, text: &'static str) -> Result<T, Error> {
        T::read(MapDeserializer::new([(key, text)].into_iter()))
    }
    let key = "$serde_json::private::Number";
    assert_eq!(read(key, "1.5"), Ok(1.5_f64));
    assert_eq!(read(key, "1.5"), Ok(1.5_f32));
    assert_eq!(read(key, "1.10"), Ok("1.10".parse::<BigDecimal>().unwrap()));
    assert_eq!(read(key, "7"), Ok("7".parse::<BigInteger>().unwrap()));
    assert_eq!(
        read(key, "1.10"),
        Ok(Document::Number("1.10".parse().unwrap()))
    );
    assert!(read::<f32>(key, "1e39").is_err());
    for (key, text) in [(key, "x"), ("number", "1.5")] {
        assert!(read::<f64>(key, text).is_err());
        assert!(read::<BigDecimal>(key, text).is_err());
    }
    assert_eq!(
        read("number", "1"),
        Ok(Document::from_iter([("number", "1")]))
    );
}

#[test]
fn errors_do_not_contain_texts_that_do_not_parse() {
    for message in [
        error::<Blob>(json!("swordfish!")),
        error::<Timestamp>(json!("swordfish!")),
        error::<BigInteger>(json!("swordfish!")),
        f64::read(json!("swordfish!")).unwrap_err().to_string(),
    ] {
        assert!(!message.contains("swordfish"), "{message}");
    }
}
