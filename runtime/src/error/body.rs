//! Code, message and request id of an error response (Smithy, *AWS restJson1 protocol*, Operation error
//! serialization).

use crate::json::{self, Decode};
use crate::response::Response;
use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// What the body of an error says about itself, as far as it can be read.
#[derive(Debug, Default)]
pub(super) struct ErrorBody {
    dunder_type: Option<String>,
    code: Option<String>,
    pub(super) message: Option<String>,
}

impl ErrorBody {
    /// Reads as far as the body is JSON: an error with a broken body is still an error with a code.
    pub(super) fn read(body: &[u8]) -> Self {
        let mut found = Self::default();
        let _ = json::Reader::new(body).structure(|json, key| match key {
            "__type" => string(json, &mut found.dunder_type),
            "code" => string(json, &mut found.code),
            // The last one is what RFC 6749 section 5.2 has, as SSO OIDC does.
            "message" | "Message" | "errorMessage" | "error_description" => string(json, &mut found.message),
            _ => json.skip(),
        });
        found
    }

    /// The code, from the header, `__type` or `code`, in that order.
    pub(super) fn code(&self, response: &Response<'_>) -> Option<String> {
        let header = text(response, "x-amzn-errortype");
        let candidates = [header, self.dunder_type.as_deref(), self.code.as_deref()];
        candidates.into_iter().flatten().map(sanitized).find(|code| !code.is_empty()).map(str::to_owned)
    }
}

/// A `code` that is a number is no error code, and no reason to give up on the rest.
fn string(json: &mut json::Reader<'_>, slot: &mut Option<String>) -> json::Result<()> {
    if json.is_string() {
        *slot = Some(String::decode(json)?);
        return Ok(());
    }
    json.skip()
}

/// Without the URI after a colon and the namespace before a `#`.
fn sanitized(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or_default();
    code.split_once('#').map_or(code, |(_, name)| name).trim()
}

/// The id by which AWS Support finds a request.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    ["x-amzn-requestid", "x-amz-request-id"].into_iter().find_map(|name| headers.get(name)?.to_str().ok())
}

/// What can be said of an answer that says nothing itself: `502 Bad Gateway, text/html, 162 bytes`.
pub(super) fn describe(response: &Response<'_>) -> String {
    let mut text = response.status_code().to_string();
    if let Some(media_type) = self::text(response, CONTENT_TYPE.as_str()) {
        text.push_str(", ");
        text.extend(media_type.split(';').next().unwrap_or_default().trim().chars().take(64));
    }
    match response.body().len() {
        0 => text.push_str(", no body"),
        length => text.push_str(&format!(", {length} bytes")),
    }
    text
}

/// A header's value, if it is visible ASCII.
fn text<'a>(response: &Response<'a>, name: &str) -> Option<&'a str> {
    response.headers().get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_protocol_tests() {
        for code in [
            "FooError",
            "FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/",
            "aws.protocoltests.restjson#FooError",
            "aws.protocoltests.restjson#FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/",
        ] {
            assert_eq!(sanitized(code), "FooError");
            let header =
                http::Response::builder().header("X-Amzn-Errortype", code).body(Default::default()).unwrap();
            assert_eq!(ErrorBody::default().code(&Response::new(&header)).as_deref(), Some("FooError"));
            for name in ["__type", "code"] {
                let body = format!(r#"{{"{name}":"{code}","ErrorDetails":[{{"__type":"a#Other"}}]}}"#);
                let response = http::Response::new(bytes::Bytes::new());
                let found = ErrorBody::read(body.as_bytes()).code(&Response::new(&response));
                assert_eq!(found.as_deref(), Some("FooError"));
            }
        }
    }

    #[test]
    fn a_code_that_is_a_number_and_a_body_that_breaks_off() {
        let found = ErrorBody::read(br#"{"code":404,"__type":"A","Message":"m","x":"#);
        assert_eq!((found.dunder_type.as_deref(), found.code.as_deref()), (Some("A"), None));
        assert_eq!(found.message.as_deref(), Some("m"));
    }
}
