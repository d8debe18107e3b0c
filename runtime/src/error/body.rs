//! Code, message and request id of an error response (Smithy, *AWS restJson1 protocol*, Operation
//! error serialization).

use crate::json::{self, Reader};
use crate::response::{Response, header_text};
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, Uri};
use std::borrow::Cow;

/// The keys of a code, the first being the best. botocore's `RestJSONParser` has them in this
/// order.
const CODES: [&str; 3] = ["code", "Code", "__type"];
/// The keys of a message, the first being the best. The last one is that of RFC 6749 section 5.2,
/// which SSO OIDC sends.
const MESSAGES: [&str; 4] = ["message", "Message", "errorMessage", "error_description"];

/// What the body of an error says about itself, as far as it can be read.
#[derive(Debug, Default)]
pub(super) struct ErrorBody {
    top: Fields,
    /// Those of an object `Error`, as in XML, from where some services have it.
    nested: Fields,
}

/// The values of an object under [`CODES`] and [`MESSAGES`].
#[derive(Debug, Default)]
struct Fields {
    codes: [Option<String>; CODES.len()],
    messages: [Option<String>; MESSAGES.len()],
}

impl ErrorBody {
    /// Reads as far as the body is JSON: an error with a broken body is still an error with a code.
    pub(super) fn read(body: &[u8]) -> Self {
        let mut found = Self::default();
        let body = String::from_utf8_lossy(body);
        let _ = Reader::new(body.as_bytes()).structure(|json, key| match key {
            "Error" | "error" if json.is_object() => {
                json.structure(|json, key| found.nested.read(json, key))
            }
            _ => found.top.read(json, key),
        });
        found
    }

    /// The code, from the header `x-amzn-errortype` or the body.
    pub(super) fn code(&self, response: &Response<'_>) -> Option<String> {
        let header = text(response, "x-amzn-errortype");
        let codes = self
            .top
            .codes
            .iter()
            .chain(&self.nested.codes)
            .filter_map(Option::as_deref);
        let candidates = header.as_deref().into_iter().chain(codes);
        candidates
            .map(sanitized)
            .find(|code| !code.is_empty())
            .map(str::to_owned)
    }

    /// The message.
    pub(super) fn message(self) -> Option<String> {
        let messages = self.top.messages.into_iter().chain(self.nested.messages);
        messages.flatten().find(|message| !message.is_empty())
    }
}

impl Fields {
    fn read(&mut self, json: &mut Reader<'_>, key: &str) -> json::Result<()> {
        let slot =
            slot(&CODES, &mut self.codes, key).or_else(|| slot(&MESSAGES, &mut self.messages, key));
        match slot {
            // A `code` that is a number is no error code, and no reason to give up on the rest.
            Some(slot) if json.is_string() => *slot = Some(json.string()?.into_owned()),
            _ => json.skip()?,
        }
        Ok(())
    }
}

fn slot<'s>(
    keys: &[&str],
    slots: &'s mut [Option<String>],
    key: &str,
) -> Option<&'s mut Option<String>> {
    slots.get_mut(keys.iter().position(|name| *name == key)?)
}

/// Without the URI after a colon and the namespace before a `#`.
fn sanitized(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or_default();
    code.split_once('#').map_or(code, |(_, name)| name).trim()
}

/// The id by which AWS Support finds a request.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    ["x-amzn-requestid", "x-amz-request-id"]
        .into_iter()
        .find_map(|name| headers.get(name)?.to_str().ok())
}

/// What can be said of an answer that says nothing itself: `502 Bad Gateway, text/html, 162 bytes`.
/// Redirects are not followed; the text has where they lead.
pub(super) fn describe(response: &Response<'_>) -> String {
    let mut text = response.status_code().to_string();
    if response.status_code().is_redirection()
        && let Some(location) = location(response.headers())
    {
        text.push_str(" to ");
        text.extend(location.chars().take(256));
    }
    if let Some(media_type) = self::text(response, CONTENT_TYPE.as_str()).as_deref() {
        text.push_str(", ");
        text.extend(
            media_type
                .split(';')
                .next()
                .unwrap_or_default()
                .trim()
                .chars()
                .take(64),
        );
    }
    match response.body().len() {
        0 => text.push_str(", no body"),
        length => text.push_str(&format!(", {length} bytes")),
    }
    text
}

/// Where a redirect leads, without what may be secret: user, query and fragment.
fn location(headers: &HeaderMap) -> Option<String> {
    let uri = Uri::try_from(headers.get(LOCATION)?.as_bytes()).ok()?;
    let mut text = String::new();
    if let (Some(scheme), Some(host)) = (uri.scheme_str(), uri.host()) {
        text.extend([scheme, "://", host]);
        text.extend(uri.port().map(|port| format!(":{port}")));
    }
    text.push_str(uri.path());
    Some(text)
}

/// A header's value.
fn text<'a>(response: &Response<'a>, name: &str) -> Option<Cow<'a, str>> {
    response.headers().get(name).map(header_text)
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
            let header = http::Response::builder()
                .header("X-Amzn-Errortype", code)
                .body(Default::default())
                .unwrap();
            assert_eq!(
                ErrorBody::default()
                    .code(&Response::new(&header))
                    .as_deref(),
                Some("FooError")
            );
            for name in ["__type", "code"] {
                let body =
                    format!(r#"{{"{name}":"{code}","ErrorDetails":[{{"__type":"a#Other"}}]}}"#);
                let response = http::Response::new(bytes::Bytes::new());
                let found = ErrorBody::read(body.as_bytes()).code(&Response::new(&response));
                assert_eq!(found.as_deref(), Some("FooError"));
            }
        }
    }
}
