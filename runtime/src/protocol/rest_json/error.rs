//! The code and message of an error response (Smithy, *AWS restJson1 protocol*, Operation error
//! serialization).

use crate::error::facts::ErrorFacts;
use crate::http_binding::response::{Response, header_text};
use crate::json::error::Result as JsonResult;
use crate::json::reader::Reader;

/// The members that can hold the code, in the order of preference of botocore's `RestJSONParser`.
const CODES: [&str; 3] = ["code", "Code", "__type"];
/// The members that can hold the message, in order of preference. The last one is defined by RFC
/// 6749 section 5.2 and sent by SSO OIDC.
const MESSAGES: [&str; 4] = ["message", "Message", "errorMessage", "error_description"];

/// Reads the code and the message of an error response. The code is in the header
/// `x-amzn-errortype`, or in one of the members `code`, `Code` and `__type` of the body.
pub fn error_facts(response: &Response<'_>) -> ErrorFacts {
    let body = ErrorBody::read(response.body());
    ErrorFacts {
        code: body.code(response),
        message: body.message(),
    }
}

/// The code and message members of an error's body.
#[derive(Debug, Default)]
struct ErrorBody {
    top: Fields,
    /// The members of an object `Error`. Some services nest them, as in the XML protocols.
    nested: Fields,
}

/// The values of the members [`CODES`] and [`MESSAGES`] of an object.
#[derive(Debug, Default)]
struct Fields {
    codes: [Option<String>; CODES.len()],
    messages: [Option<String>; MESSAGES.len()],
}

impl ErrorBody {
    /// Reads the body as far as it is JSON, so that the code of an error with an invalid body is
    /// found.
    fn read(body: &[u8]) -> Self {
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

    /// The code, from the header or the body.
    fn code(&self, response: &Response<'_>) -> Option<String> {
        let header = response.headers().get("x-amzn-errortype").map(header_text);
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

    /// The first message that is not empty.
    fn message(self) -> Option<String> {
        let messages = self.top.messages.into_iter().chain(self.nested.messages);
        messages.flatten().find(|message| !message.is_empty())
    }
}

impl Fields {
    fn read(&mut self, json: &mut Reader<'_>, key: &str) -> JsonResult<()> {
        let slot =
            slot(&CODES, &mut self.codes, key).or_else(|| slot(&MESSAGES, &mut self.messages, key));
        match slot {
            // A `code` that is a number is not an error code.
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

/// A code without the URI after a colon and the namespace before a `#`.
fn sanitized(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or_default();
    code.split_once('#').map_or(code, |(_, name)| name).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_protocol_tests_are_read() {
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
            let facts = error_facts(&Response::new(&header));
            assert_eq!(facts.code.as_deref(), Some("FooError"));
            for name in ["__type", "code"] {
                let body =
                    format!(r#"{{"{name}":"{code}","ErrorDetails":[{{"__type":"a#Other"}}]}}"#);
                let response = http::Response::new(body.into());
                let facts = error_facts(&Response::new(&response));
                assert_eq!(facts.code.as_deref(), Some("FooError"));
            }
        }
    }
}
