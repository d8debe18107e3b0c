//! The facts of error responses.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)] // A failed test panics.

mod support;

use smithy_rt::{
    Bytes, FromResponse, Method, Operation, RequestError, RequestWriter, Response, ResponseError,
    http,
};
use support::Error;

struct Get;
#[derive(Debug)]
struct Nothing;

impl FromResponse for Nothing {
    fn from_response(response: &Response<'_>) -> Result<Self, ResponseError> {
        response.structure(|json, _| json.skip())?;
        Ok(Self)
    }
}

impl Operation for Get {
    const NAME: &'static str = "Get";
    const METHOD: Method = Method::GET;
    type Output = Nothing;
    type Error = Error;

    fn write(&self, _: &mut RequestWriter<'_>) -> Result<(), RequestError> {
        Ok(())
    }
}

fn error(status: u16, headers: &[(&str, &[u8])], body: impl Into<Bytes>) -> Error {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Get::parse_response(response.body(body.into()).unwrap()).unwrap_err()
}

/// `botocore/errors.py` checks that botocore reads the same in every row that does not say that it
/// differs.
#[test]
fn codes_and_messages_are_those_of_botocore() {
    let rows: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("botocore/errors.json")).unwrap();
    for row in rows {
        let headers: Vec<(&str, &[u8])> = row["headers"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str().unwrap().as_bytes()))
            .collect();
        let status = row["status"].as_u64().unwrap().try_into().unwrap();
        let error = error(status, &headers, row["body"].as_str().unwrap().to_owned());
        let read = (error.code().unwrap(), error.message().unwrap_or_default());
        assert_eq!(
            read,
            (
                row["code"].as_str().unwrap(),
                row["message"].as_str().unwrap()
            ),
            "{}",
            row["name"]
        );
    }
}

#[test]
fn errors_with_invalid_utf8_are_read() {
    let latin = error(400, &[("x-amzn-errortype", b"Fehler\xe9")], "{}");
    assert_eq!(latin.code(), Some("Fehler\u{e9}"));
    let body = error(
        400,
        &[],
        &b"{\"message\":\"caf\xe9\",\"code\":\"FooError\"}"[..],
    );
    assert_eq!(
        (body.code(), body.message()),
        (Some("FooError"), Some("caf\u{fffd}"))
    );
}

/// A page of a proxy in front of the service, as long as it likes.
#[test]
fn the_excerpt_of_a_page_is_its_truncated_text() {
    let page = "<!DOCTYPE html>\n<html><head><style>p { color: red }</style><script>alert(1)</script><!-- > -->\
                <title>Blocked</title></head><body class=\"a>b\"><p>by\tproxy\r\n  ACME";
    let blocked = error(403, &[("content-type", b"text/html; charset=utf-8")], page);
    assert_eq!(
        (blocked.message(), blocked.body_excerpt()),
        (Some("Blocked by proxy ACME"), blocked.message())
    );
    assert_eq!(
        blocked.to_string(),
        format!(
            "Get failed: 403 Forbidden, text/html, {} bytes: Blocked by proxy ACME",
            page.len()
        )
    );
    for unit in ["é", "<p>word ", "word ", "<", "<!--", "<style>x"] {
        let long = error(502, &[], unit.repeat(200_000));
        let shown = long.message().unwrap_or_default();
        assert!(
            shown.chars().count() <= 257 && long.to_string().len() < 700,
            "{unit}: {shown}"
        );
        assert_eq!(
            shown.ends_with('…'),
            !matches!(unit, "<" | "<!--" | "<style>x"),
            "{unit}: {shown}"
        );
    }
}

/// A portal or a proxy answers instead of the service, and with success.
#[test]
fn only_markup_of_a_successful_response_is_an_excerpt() {
    let page = error(200, &[], "\n<html><h1>Log in</h1> here</html>");
    assert_eq!(page.body_excerpt(), Some("Log in here"));
    let text = "Get failed: cannot read the response (200): Log in here: expected an object, ";
    assert!(page.to_string().starts_with(text), "{page}");
    // What a service answers may hold secrets.
    for body in ["[\"secret\"]", "\"secret\"", "secret", "{\"secret\":"] {
        let error = error(200, &[], body);
        assert_eq!(
            (error.body_excerpt(), error.message()),
            (None, None),
            "{body}"
        );
        assert!(
            !format!("{error} {error:?}").contains("\"secret"),
            "{error:?}"
        );
    }
}

/// Most often the endpoint's URL is wrong.
#[test]
fn the_error_of_a_redirect_contains_its_target() {
    for (location, shown) in [
        (
            "https://example.com/a?token=secret#b",
            "307 Temporary Redirect to https://example.com/a, no body",
        ),
        ("/other", "307 Temporary Redirect to /other, no body"),
        (
            "https://user:secret@example.com/",
            "307 Temporary Redirect to https://example.com/, no body",
        ),
    ] {
        let error = error(307, &[("location", location.as_bytes())], "");
        assert_eq!(error.to_string(), format!("Get failed: {shown}"));
    }
    assert_eq!(
        error(307, &[], "").to_string(),
        "Get failed: 307 Temporary Redirect, no body"
    );
    assert_eq!(
        error(404, &[("location", b"/a")], "").to_string(),
        "Get failed: 404 Not Found, no body"
    );
    let long = error(301, &[("location", "/é".repeat(5_000).as_bytes())], "").to_string();
    assert!(long.len() < 700, "{long}");
}

#[test]
fn only_text_outside_the_protocol_is_an_excerpt() {
    for body in [
        "",
        " \n",
        "{}",
        "{\"message\":\"m\"}",
        "\0\u{1}\u{2}binary",
        "<br/>",
    ] {
        assert_eq!(error(500, &[], body).body_excerpt(), None, "{body}");
    }
    assert_eq!(error(500, &[], "[1]").body_excerpt(), Some("[1]"));
}

/// Characters that move the cursor, reorder or hide text, from Unicode's categories Cc, Cf, Zl and
/// Zp.
#[test]
fn server_texts_are_printed_on_one_line() {
    let hostile: String = ('\0'..='\u{e007f}')
        .filter(|&character| is_hostile(character))
        .collect();
    for sample in [
        '\u{1b}',
        '\u{202e}',
        '\u{2066}',
        '\u{2028}',
        '\u{200b}',
        '\u{feff}',
        '\u{ad}',
        '\u{e0041}',
    ] {
        assert!(hostile.contains(sample), "{sample:?}");
    }
    let quoted = serde_json::to_string(&format!("a{hostile}é")).unwrap();
    for error in [
        error(400, &[], format!(r#"{{"message":{quoted},"code":"Foo"}}"#)),
        error(400, &[], format!(r#"{{"message":"m","code":{quoted}}}"#)),
        error(400, &[], format!("a{}é", hostile.replace('\0', ""))),
        error(
            400,
            &[("x-amzn-errortype", b"Foo\xc2\x85\xe2\x80\xae")],
            "{}",
        ),
        error(
            400,
            &[
                ("content-type", b"text/\xe2\x80\xae"),
                ("x-amzn-requestid", b"\xe2\x80\xae"),
            ],
            "",
        ),
    ] {
        let shown = error.to_string();
        assert_eq!(
            shown.chars().find(|&character| is_hostile(character)),
            None,
            "{shown}"
        );
        assert!(!format!("{error:?}").contains(is_hostile), "{error:?}");
    }
    let error = error(400, &[], format!(r#"{{"message":{quoted}}}"#));
    assert_eq!(error.message(), Some(&*format!("a{hostile}é")));
    // What people write is left as it is: quotes, spaces, marks, emoji.
    let plain = "\"a\\b\" 'c'\u{a0}e\u{301} 日本\u{3000}हिन्दी \u{1f600}";
    let message = serde_json::json!({ "message": plain }).to_string();
    assert!(self::error(400, &[], message).to_string().ends_with(plain));
}

/// Unicode's DerivedGeneralCategory: Cc, Cf, Zl, Zp.
fn is_hostile(character: char) -> bool {
    matches!(character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
        | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{110bd}'
        | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0001}' | '\u{e0020}'..='\u{e007f}')
}
