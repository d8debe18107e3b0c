//! The canonical request (*IAM User Guide*, Create a signed AWS API request, step 1).

use crate::client::auth::sigv4::scope::Scope;
use crate::error::box_error::BoxError;
use crate::http_binding::body::body_type::Body;
use crate::http_binding::request::encoding::{RESERVED, RESERVED_EXCEPT_SLASH};
use http::header::HOST;
use http::{HeaderMap, Request, Uri};
use percent_encoding::{percent_decode_str, percent_encode};
use std::borrow::Cow;
use std::ops::Range;

/// Headers that a proxy or a transport adds, removes or changes, and the one that the signature
/// goes into. botocore has the same list, `SIGNED_HEADERS_BLACKLIST`.
const UNSIGNED_HEADERS: [&str; 12] = [
    "authorization",
    "connection",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amzn-trace-id",
];

/// A canonical request. Its text is bytes, since the values of headers are bytes.
pub(super) struct CanonicalRequest {
    text: Vec<u8>,
    signed_headers: Range<usize>,
}

impl CanonicalRequest {
    /// The canonical request of a request with all of its headers and a given query string.
    pub(super) fn new(
        request: &Request<Body>,
        query: Option<&str>,
        payload_hash: &str,
        scope: &Scope<'_>,
    ) -> Result<Self, BoxError> {
        let names = signed_names(request.headers());
        let mut text = Vec::with_capacity(512);
        text.extend_from_slice(request.method().as_str().as_bytes());
        text.push(b'\n');
        push_path(&mut text, request.uri().path(), scope);
        text.push(b'\n');
        push_query(&mut text, query.unwrap_or_default());
        text.push(b'\n');
        for name in &names {
            text.extend_from_slice(name.as_bytes());
            text.push(b':');
            push_values(&mut text, name, request)?;
            text.push(b'\n');
        }
        text.push(b'\n');
        let start = text.len();
        push_joined(&mut text, &names);
        let signed_headers = start..text.len();
        text.push(b'\n');
        text.extend_from_slice(payload_hash.as_bytes());
        Ok(Self {
            text,
            signed_headers,
        })
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.text
    }

    /// The names of the headers that are part of it, such as `host;x-amz-date`.
    pub(super) fn signed_headers(&self) -> &str {
        let names = self
            .text
            .get(self.signed_headers.clone())
            .unwrap_or_default();
        str::from_utf8(names).unwrap_or_default()
    }
}

/// The names of the headers that a signature covers, such as `host;x-amz-date`.
pub(super) fn signed_headers(request: &Request<Body>) -> String {
    signed_names(request.headers()).join(";")
}

/// The names of the headers that a signature covers, in order. Names are in lower case already.
fn signed_names(headers: &HeaderMap) -> Vec<&str> {
    let mut names = Vec::with_capacity(headers.keys_len() + 1);
    names.extend(
        headers
            .keys()
            .map(|name| name.as_str())
            .filter(|name| !UNSIGNED_HEADERS.contains(name)),
    );
    if !headers.contains_key(HOST) {
        names.push(HOST.as_str());
    }
    names.sort_unstable();
    names
}

fn push_joined(text: &mut Vec<u8>, names: &[&str]) {
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            text.push(b';');
        }
        text.extend_from_slice(name.as_bytes());
    }
}

/// Appends the values of a header: each without white space around it, separated by commas.
fn push_values(text: &mut Vec<u8>, name: &str, request: &Request<Body>) -> Result<(), BoxError> {
    let mut values = request.headers().get_all(name).iter().peekable();
    if values.peek().is_none() {
        // `host` is the only signed header that can be missing. The transport adds it.
        text.extend_from_slice(host(request.uri())?.as_bytes());
    }
    for (index, value) in values.enumerate() {
        if index > 0 {
            text.push(b',');
        }
        push_trimmed(text, value.as_bytes());
    }
    Ok(())
}

/// Appends the value of a header without white space around it, and with each run of white space as
/// one space. Spaces and tabs are the only white space in a header.
fn push_trimmed(text: &mut Vec<u8>, value: &[u8]) {
    let words = value
        .split(|byte| matches!(byte, b' ' | b'\t'))
        .filter(|word| !word.is_empty());
    for (index, word) in words.enumerate() {
        if index > 0 {
            text.push(b' ');
        }
        text.extend_from_slice(word);
    }
}

/// The `Host` header that the transport adds: with the port unless it is the scheme's own.
fn host(uri: &Uri) -> Result<Cow<'_, str>, BoxError> {
    let host = uri.host().ok_or("cannot sign a request without a host")?;
    Ok(match (uri.scheme_str(), uri.port_u16()) {
        (_, None) | (Some("https"), Some(443)) | (Some("http"), Some(80)) => host.into(),
        (_, Some(port)) => format!("{host}:{port}").into(),
    })
}

/// Appends a path, which is percent-encoded already.
fn push_path(text: &mut Vec<u8>, path: &str, scope: &Scope<'_>) {
    let path = if scope.normalize_path {
        normalized(path)
    } else {
        path.into()
    };
    let path = if path.is_empty() { "/" } else { &*path };
    match scope.double_encoding {
        true => percent_encode(path.as_bytes(), RESERVED_EXCEPT_SLASH)
            .for_each(|piece| text.extend_from_slice(piece.as_bytes())),
        false => text.extend_from_slice(path.as_bytes()),
    }
}

/// A path without `.`, `..` and empty segments. A path that ends with one of them ends with a slash
/// (RFC 3986, section 5.2.4).
fn normalized(path: &str) -> Cow<'_, str> {
    let segments = || path.strip_prefix('/').unwrap_or(path).split('/');
    let is_removed = |segment: &str| matches!(segment, "" | "." | "..");
    if !segments().any(is_removed) {
        return path.into();
    }
    let mut kept = Vec::new();
    for segment in segments() {
        match segment {
            ".." => drop(kept.pop()),
            "" | "." => {}
            _ => kept.push(segment),
        }
    }
    let ends_with_slash = !kept.is_empty() && segments().next_back().is_some_and(is_removed);
    format!(
        "/{}{}",
        kept.join("/"),
        if ends_with_slash { "/" } else { "" }
    )
    .into()
}

/// Appends a query: each name and value percent-encoded, sorted by name and then by value.
fn push_query(text: &mut Vec<u8>, query: &str) {
    let mut pairs: Vec<_> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (reencoded(name), reencoded(value)))
        .collect();
    pairs.sort_unstable();
    for (index, (name, value)) in pairs.iter().enumerate() {
        if index > 0 {
            text.push(b'&');
        }
        text.extend_from_slice(name.as_bytes());
        text.push(b'=');
        text.extend_from_slice(value.as_bytes());
    }
}

/// Converts a part of a query string to the encoding of canonical requests. A plus sign is a space.
fn reencoded(part: &str) -> Cow<'_, str> {
    if part.bytes().all(is_unreserved) {
        return part.into();
    }
    let spaced = part.replace('+', " ");
    let decoded: Cow<'_, [u8]> = percent_decode_str(&spaced).into();
    let mut encoded = String::with_capacity(part.len());
    push_encoded(&mut encoded, &decoded);
    encoded.into()
}

/// The unreserved characters of RFC 3986, section 2.3.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Appends bytes, percent-encoded.
pub(super) fn push_encoded(text: &mut String, bytes: &[u8]) {
    text.extend(percent_encode(bytes, RESERVED));
}
