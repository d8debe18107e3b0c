//! Requests and responses of Smithy's protocol tests for restJson1.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)] // A failed test panics.

mod support;

use smithy_rt::text::{MediaTypeHeader, parse_media_type_header};
use smithy_rt::{
    BigDecimal, Blob, Bytes, Document, Endpoint, FromResponse, Method, Operation, RequestError,
    RequestErrorKind, RequestWriter, Response, ResponseError, Timestamp, http,
};
use std::collections::BTreeMap;
use support::Error;

type Write = fn(&mut RequestWriter<'_>) -> Result<(), RequestError>;

/// An operation that writes what a test wants.
struct Writes(Write);

struct Nothing;

impl FromResponse for Nothing {
    fn from_response(_: &Response<'_>) -> Result<Self, ResponseError> {
        Ok(Self)
    }
}

impl Operation for Writes {
    const NAME: &'static str = "Writes";
    const METHOD: Method = Method::POST;
    type Output = Nothing;
    type Error = Error;

    fn write(&self, request: &mut RequestWriter<'_>) -> Result<(), RequestError> {
        (self.0)(request)
    }
}

fn request(write: Write) -> http::Request<Bytes> {
    let endpoint = Endpoint::new("https://host/base").unwrap();
    Writes(write)
        .request(&endpoint, &|| {
            Ok("00000000-0000-4000-8000-000000000000".to_owned())
        })
        .unwrap()
}

fn path_and_query(write: Write) -> String {
    request(write).uri().path_and_query().unwrap().to_string()
}

fn strings(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

const HARD: &str = " %:/?#[]@!$&'()*+,;=\u{1f639}";
const HARD_ENCODED: &str =
    "%20%25%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%F0%9F%98%B9";

#[test]
fn labels() {
    let path = path_and_query(|request| {
        request
            .path("/HttpRequestWithLabels/")
            .label("string", &HARD)?;
        request
            .path("/")
            .label("short", &1i16)?
            .path("/")
            .label("float", &4.1f32)?
            .path("/")
            .label("boolean", &true)?;
        request
            .path("/")
            .label("timestamp", &Timestamp::from_epoch_seconds(1_576_540_098))?;
        request.path("/").label(
            "date",
            &Timestamp::from_epoch_seconds(1_576_540_098).http_date(),
        )?;
        request.path("/").label(
            "epoch",
            &Timestamp::from_epoch_seconds(1_576_540_098).epoch_seconds(),
        )?;
        Ok(())
    });
    assert_eq!(
        path,
        format!(
            "/base/HttpRequestWithLabels/{HARD_ENCODED}/1/4.1/true/2019-12-16T23%3A48%3A18Z/\
             Mon%2C%2016%20Dec%202019%2023%3A48%3A18%20GMT/1576540098"
        )
    );
    let path = path_and_query(|request| {
        request
            .path("/foo/")
            .label("foo", &"hello/escape")?
            .path("/baz/")
            .greedy_label("baz", &"there/guy")?;
        Ok(())
    });
    assert_eq!(path, "/base/foo/hello%2Fescape/baz/there/guy");
    let path = path_and_query(|request| {
        request
            .path("/")
            .label("a", &f64::NAN)?
            .path("/")
            .label("b", &f32::NEG_INFINITY)?
            .path("/(a+)+");
        Ok(())
    });
    assert_eq!(path, "/base/NaN/-Infinity/(a+)+");
}

#[test]
fn a_label_without_text_is_an_error() {
    let endpoint = Endpoint::new("https://host").unwrap();
    for write in [
        (|request| request.path("/").label("id", &"").map(drop)) as Write,
        |request| {
            request
                .path("/")
                .greedy_label("id", &None::<String>)
                .map(drop)
        },
    ] {
        let error = Writes(write).to_request(&endpoint).unwrap_err();
        assert_eq!(
            (error.kind(), error.name()),
            (RequestErrorKind::EmptyLabel, "id")
        );
    }
    let uri = Writes(|_| Ok(()))
        .to_request(&endpoint)
        .unwrap()
        .uri()
        .to_string();
    assert_eq!(uri, "https://host/");
}

#[test]
fn queries() {
    let query = path_and_query(|request| {
        request
            .path("/q")
            .query_literal("foo=bar")
            .query("String", &HARD)
            .query("None", &None::<i32>);
        request
            .query("List", &strings(&["a", "b"]))
            .query("Empty", &"")
            .query("EmptyList", &Vec::<bool>::new());
        request
            .query("Doubles", &Some(vec![1.1, f64::INFINITY]))
            .query("a b", &BigDecimal::from(1));
        Ok(())
    });
    assert_eq!(
        query,
        format!(
            "/base/q?foo=bar&String={HARD_ENCODED}&List=a&List=b&Empty=&Doubles=1.1&Doubles=Infinity&a%20b=1"
        )
    );
}

#[test]
fn explicit_query_parameters_override_a_map() {
    let query = path_and_query(|request| {
        let map = BTreeMap::from([("bar", "fromMap"), ("qux", "alsoFromMap"), ("lit", "x")]);
        request
            .path("/Precedence")
            .query_map(&map)
            .query_literal("lit")
            .query("bar", &"named");
        Ok(())
    });
    assert_eq!(query, "/base/Precedence?lit&bar=named&qux=alsoFromMap");
    let query = path_and_query(|request| {
        let map = BTreeMap::from([
            ("baz", strings(&["bar", "qux"])),
            ("corge", strings(&["x"])),
        ]);
        request
            .query("corge", &"named")
            .query_map(&Some(map))
            .query_map(&None::<BTreeMap<String, String>>);
        Ok(())
    });
    assert_eq!(query, "/base?corge=named&baz=bar&baz=qux");
}

#[test]
fn headers() {
    let request = request(|request| {
        request.header("X-StringList", &strings(&["b,c", "\"def\"", "a"]))?;
        request
            .header("X-IntegerList", &vec![1, 2, 3])?
            .header("X-BooleanList", &Some(vec![true, false]))?;
        request
            .header("X-A", &None::<String>)?
            .header("X-B", &"")?
            .header("X-C", &Vec::<String>::new())?;
        request.header("X-One", &"as, it \"is")?;
        let dates = [Timestamp::from_epoch_seconds(1_576_540_098); 2];
        request.header(
            "X-Dates",
            &dates.iter().map(Timestamp::http_date).collect::<Vec<_>>(),
        )?;
        request.header(
            "X-Json",
            &Some("true".to_owned()).as_ref().map(MediaTypeHeader::of),
        )?;
        request.header("X-Float", &f32::NAN)?;
        let map = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect()
        };
        request.header("hello", &"There")?;
        request.prefix_headers("", &Some(map(&[("x-foo", "Foo"), ("hello", "Hello")])))?;
        request.prefix_headers("x-foo-", &map(&[("abc", "")]))?;
        Ok(())
    });
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .map(|value| value.to_str().unwrap())
    };
    assert_eq!(header("x-stringlist"), Some(r#""b,c", "\"def\"", a"#));
    assert_eq!(
        (header("x-integerlist"), header("x-booleanlist")),
        (Some("1, 2, 3"), Some("true, false"))
    );
    assert_eq!(
        (header("x-a"), header("x-b"), header("x-c")),
        (None, Some(""), Some(""))
    );
    assert_eq!(header("x-one"), Some("as, it \"is"));
    assert_eq!(
        header("x-dates"),
        Some("Mon, 16 Dec 2019 23:48:18 GMT, Mon, 16 Dec 2019 23:48:18 GMT")
    );
    assert_eq!(
        (header("x-json"), header("x-float")),
        (Some("dHJ1ZQ=="), Some("NaN"))
    );
    assert_eq!(
        (header("hello"), header("x-foo"), header("x-foo-abc")),
        (Some("There"), Some("Foo"), Some(""))
    );
    assert_eq!(
        (header("content-type"), header("content-length")),
        (None, Some("0"))
    );
}

#[test]
fn bodies_and_their_types() {
    let sent = |write: Write| {
        let request = request(write);
        let kind = request
            .headers()
            .get("content-type")
            .map(|value| value.to_str().unwrap().to_owned());
        (kind, String::from_utf8(request.body().to_vec()).unwrap())
    };
    let some = |kind: &str, body: &str| (Some(kind.to_owned()), body.to_owned());
    let none = (None, String::new());
    assert_eq!(sent(|_| Ok(())), none);
    assert_eq!(
        sent(|request| {
            request.json(|json| json.object(|_| {}));
            Ok(())
        }),
        some("application/json", "{}")
    );
    assert_eq!(
        sent(|request| {
            request.blob_payload("image/jpeg", &Blob::from("1234"));
            Ok(())
        }),
        some("image/jpeg", "1234")
    );
    assert_eq!(
        sent(|request| {
            request.blob_payload("application/octet-stream", None);
            Ok(())
        }),
        none
    );
    assert_eq!(
        sent(|request| {
            request.text_payload("text/plain", &"rawstring");
            Ok(())
        }),
        some("text/plain", "rawstring")
    );
    assert_eq!(
        sent(|request| {
            request.text_payload("text/plain", &None::<String>);
            Ok(())
        }),
        none
    );
    assert_eq!(
        sent(|request| {
            request.json_payload(&Some(Document::from("hello")));
            Ok(())
        }),
        some("application/json", "\"hello\"")
    );
    assert_eq!(
        sent(|request| {
            request.json_payload(&None::<Document>);
            Ok(())
        }),
        none
    );
    assert_eq!(
        sent(|request| {
            request.structure_payload(&None::<Document>);
            Ok(())
        }),
        some("application/json", "{}")
    );
    // The length is the transport's to say, unless there is nothing that has one.
    let length = |write: Write| request(write).headers().get("content-length").cloned();
    assert_eq!(length(|_| Ok(())).unwrap(), "0");
    assert_eq!(
        length(|request| {
            request.text_payload("text/plain", &"");
            Ok(())
        })
        .unwrap(),
        "0"
    );
    assert_eq!(
        length(|request| {
            request.text_payload("text/plain", &"a");
            Ok(())
        }),
        None
    );
    // A header member for the type wins, before or after the body.
    assert_eq!(
        sent(|request| {
            request
                .header("Content-Type", &"image/jpg")?
                .blob_payload("application/octet-stream", &Blob::from("1"));
            Ok(())
        }),
        some("image/jpg", "1")
    );
}

#[test]
fn a_failing_token_source_is_an_error() {
    let endpoint = Endpoint::new("https://host").unwrap();
    let operation = Writes(|request| {
        let token = request.token(&None);
        request.query("token", &token);
        Ok(())
    });
    let error = RequestError::new(RequestErrorKind::NoRandomness, "idempotency token");
    assert_eq!(
        operation.request(&endpoint, &|| Err(error)).unwrap_err(),
        error
    );
}

fn response(headers: &[(&str, &str)], body: &'static str) -> http::Response<Bytes> {
    let mut response = http::Response::builder().status(201);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(Bytes::from_static(body.as_bytes())).unwrap()
}

fn header<T: smithy_rt::response::FromHeader + Default>(value: &str) -> Result<T, String> {
    let response = response(&[("X-H", value)], "");
    let mut slot = T::default();
    Response::new(&response)
        .header("X-H", &mut slot)
        .map_err(|error| error.to_string())?;
    Ok(slot)
}

#[test]
fn response_headers() {
    assert_eq!(header::<Vec<i32>>("1, 2,3"), Ok(vec![1, 2, 3]));
    assert_eq!(
        header::<Option<Vec<bool>>>("true, false"),
        Ok(Some(vec![true, false]))
    );
    assert_eq!(
        header::<Vec<String>>(r#""b,c", "\"def\"", a"#),
        Ok(strings(&["b,c", "\"def\"", "a"]))
    );
    assert_eq!(
        header::<Option<String>>("a, b"),
        Ok(Some("a, b".to_owned()))
    );
    assert_eq!(header::<f64>("-Infinity"), Ok(f64::NEG_INFINITY));
    assert!(header::<f64>("NaN").unwrap().is_nan());
    for bad in ["inf", "nan", "1,0", "infinity", "", "1e999"] {
        assert!(header::<f64>(bad).is_err(), "{bad}");
    }
    assert_eq!(
        header::<i8>("secret"),
        Err("the header `X-H`: the text is not a valid 8-bit integer".to_owned())
    );
    assert!(header::<bool>("True").is_err());
    assert_eq!((header("1.0"), header("1e2")), (Ok(1_i32), Ok(100_i64)));
    let untouched = Some("before".to_owned());
    let mut slot = untouched.clone();
    Response::new(&response(&[], ""))
        .header("X-H", &mut slot)
        .unwrap();
    assert_eq!(slot, untouched);
}

/// Header text is bytes: UTF-8, or else ISO 8859-1.
#[test]
fn response_headers_that_are_not_ascii() {
    let response = http::Response::builder()
        .header("X-H", &b"\"caf\xe9\", b"[..])
        .header("X-H", "日本".as_bytes())
        .body(Bytes::new())
        .unwrap();
    let response = Response::new(&response);
    let (mut text, mut list, mut map) = (
        String::new(),
        Vec::<String>::new(),
        BTreeMap::<String, String>::new(),
    );
    response.header("X-H", &mut text).unwrap();
    response.header("X-H", &mut list).unwrap();
    response.prefix_headers("x-", &mut map).unwrap();
    assert_eq!(text, "\"café\", b, 日本");
    assert_eq!(list, ["café", "b", "日本"]);
    assert_eq!(map["h"], text);
}

#[test]
fn response_headers_with_timestamps() {
    let timestamp = Timestamp::from_epoch_seconds(1_576_540_098);
    let (date, time) = ("Mon, 16 Dec 2019 23:48:18 GMT", "2019-12-16T23:48:18Z");
    for text in [
        date,
        time,
        "1576540098",
        "2019-12-17T00:48:18+01:00",
        "Mon, 16 Dec 2019 23:48:18",
    ] {
        assert_eq!(header::<Timestamp>(text), Ok(timestamp), "{text}");
        for list in [
            format!("{text}, {text}"),
            format!("{text},{text}"),
            format!("\"{text}\",,{text}"),
        ] {
            assert_eq!(
                header::<Option<Vec<Timestamp>>>(&list),
                Ok(Some(vec![timestamp; 2])),
                "{list}"
            );
        }
    }
    assert_eq!(header::<Vec<Timestamp>>(""), Ok(vec![]));
    assert_eq!(
        header::<Vec<Timestamp>>(&format!("{time}, {date}, 1576540098")),
        Ok(vec![timestamp; 3])
    );
    for bad in [
        format!("{date}, Mon"),
        format!("{time}, x"),
        "now".to_owned(),
    ] {
        assert_eq!(
            header::<Vec<Timestamp>>(&bad),
            Err("the header `X-H`: the text is not a valid timestamp".to_owned())
        );
    }
}

#[test]
fn response_headers_of_other_types() {
    let response = response(&[("X-Json", "dHJ1ZQ==")], "");
    let response = Response::new(&response);
    let mut json = None;
    response
        .header_as("X-Json", &mut json, parse_media_type_header)
        .unwrap();
    assert_eq!(json.as_deref(), Some("true"));
    assert!(parse_media_type_header("%").is_err());
}

#[test]
fn response_prefix_headers_and_status() {
    let response = response(
        &[
            ("X-Foo", "Foo"),
            ("X-Foo-Abc", "Abc value"),
            ("hello", "There"),
        ],
        "",
    );
    let response = Response::new(&response);
    let (mut some, mut all, mut none) = (
        BTreeMap::<String, String>::new(),
        None::<BTreeMap<String, String>>,
        None::<BTreeMap<String, String>>,
    );
    response.prefix_headers("X-Foo-", &mut some).unwrap();
    response.prefix_headers("", &mut all).unwrap();
    response
        .prefix_headers::<Option<_>>("X-Bar-", &mut none)
        .unwrap();
    assert_eq!(
        some,
        BTreeMap::from([("abc".to_owned(), "Abc value".to_owned())])
    );
    assert_eq!(all.map(|all: BTreeMap<_, _>| all.len()), Some(3));
    assert_eq!(none, None);
    let mut status: Option<i32> = None;
    response.status(&mut status);
    assert_eq!(status, Some(201));
}

#[test]
fn response_bodies() {
    let full = response(&[], "\"hello\"");
    let full = Response::new(&full);
    let (mut blob, mut text, mut document) = (Blob::default(), None::<String>, None::<Document>);
    full.blob_payload(&mut blob);
    full.text_payload(&mut text).unwrap();
    full.json_payload(&mut document).unwrap();
    assert_eq!(
        (blob.as_ref(), text.as_deref()),
        (&b"\"hello\""[..], Some("\"hello\""))
    );
    assert_eq!(document, Some(Document::from("hello")));
    let empty = response(&[], "");
    let empty = Response::new(&empty);
    let (mut blob, mut text, mut document) = (None::<Blob>, None::<String>, None::<Document>);
    empty.blob_payload(&mut blob);
    empty.text_payload(&mut text).unwrap();
    empty.json_payload(&mut document).unwrap();
    empty
        .structure(|_, _| panic!("there are no members"))
        .unwrap();
    assert_eq!((blob, text, document), (None, None, None));
    assert!(full.structure(|json, _| json.skip()).is_err());
    let trailing = response(&[], "{} 1");
    assert!(
        Response::new(&trailing)
            .structure(|json, _| json.skip())
            .is_err()
    );
}
