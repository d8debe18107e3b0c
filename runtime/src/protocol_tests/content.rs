//! The expected headers and body of a message.

use crate::json_difference::of_json;
use http::HeaderMap;
use std::collections::BTreeMap;

/// The expected headers and body of a message.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) headers: Vec<(&'static str, &'static str)>,
    pub(super) no_headers: Vec<&'static str>,
    pub(super) any_headers: Vec<&'static str>,
    /// `None` accepts any body.
    pub(super) body: Option<Body>,
}

#[derive(Debug)]
pub(super) enum Body {
    Json(&'static str),
    Bytes(&'static str),
    /// A JSON document whose member `message` matches a regular expression.
    #[cfg(feature = "server")]
    Message(&'static str),
}

impl Content {
    pub(super) fn differences(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        differences: &mut Vec<String>,
    ) {
        let mut found: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
        for (name, value) in headers {
            let joined = found.entry(name.as_str()).or_default();
            if !joined.is_empty() {
                joined.extend(b", ");
            }
            joined.extend(value.as_bytes());
        }
        // The transport adds the length of the body (RFC 9110, section 8.6), not the operation.
        if !body.is_empty() {
            found
                .entry("content-length")
                .or_insert_with(|| body.len().to_string().into());
        }
        let value = |name: &str| found.get(name.to_ascii_lowercase().as_str());
        for (name, wanted) in &self.headers {
            match value(name) {
                None => differences.push(format!("there is no header `{name}`")),
                Some(value) if value == wanted.as_bytes() => {}
                Some(value) => {
                    let value = String::from_utf8_lossy(value);
                    differences.push(format!("the header `{name}` is `{value}`, not `{wanted}`"));
                }
            }
        }
        for name in self.no_headers.iter().filter(|name| value(name).is_some()) {
            differences.push(format!("there is a header `{name}`"));
        }
        for name in self.any_headers.iter().filter(|name| value(name).is_none()) {
            differences.push(format!("there is no header `{name}`"));
        }
        differences.extend(self.body.as_ref().and_then(|it| it.difference(body)));
    }
}

impl Body {
    fn difference(&self, actual: &[u8]) -> Option<String> {
        match self {
            Self::Json(expected) => of_json(actual, expected),
            Self::Bytes(expected) => (actual != expected.as_bytes()).then(|| {
                let actual = String::from_utf8_lossy(actual);
                format!("the body is `{actual}`, not `{expected}`")
            }),
            #[cfg(feature = "server")]
            Self::Message(regex) => message_difference(actual, regex),
        }
    }
}

#[cfg(feature = "server")]
fn message_difference(actual: &[u8], regex: &str) -> Option<String> {
    let body = serde_json::from_slice(actual).ok();
    let message = body
        .as_ref()
        .and_then(|body: &serde_json::Value| body.get("message")?.as_str());
    let Some(message) = message else {
        let actual = String::from_utf8_lossy(actual);
        return Some(format!("the body `{actual}` has no `message`"));
    };
    let found = match fancy_regex::Regex::new(regex) {
        Ok(regex) => regex.is_match(message),
        Err(error) => Err(error),
    };
    match found {
        Ok(true) => None,
        Ok(false) => Some(format!("the message `{message}` does not match `{regex}`")),
        Err(error) => Some(format!("the regular expression `{regex}`: {error}")),
    }
}
