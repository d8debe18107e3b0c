//! The canonical request (*IAM User Guide*, Create a signed AWS API request, step 1).

use super::super::text::RESERVED;
use super::Refusal;
use super::authentication::Authentication;
use appfabric::rt::http::request::Parts;
use percent_encoding::{AsciiSet, percent_decode_str, percent_encode};

const RESERVED_EXCEPT_SLASH: &AsciiSet = &RESERVED.remove(b'/');

/// The canonical request. Header values are bytes, so it is too.
pub(super) fn request(
    head: &Parts,
    authentication: &Authentication,
    payload_hash: &str,
) -> Result<Vec<u8>, Refusal> {
    let mut text = format!(
        "{}\n{}\n{}\n",
        head.method,
        path(head.uri.path()),
        query(head.uri.query().unwrap_or_default()),
    )
    .into_bytes();
    for name in &authentication.signed_headers {
        let mut values = head.headers.get_all(name.as_str()).iter().peekable();
        if values.peek().is_none() {
            let message = format!("The signed header '{}' is missing.", name.escape_debug());
            return Err(Refusal::invalid(message));
        }
        text.extend_from_slice(name.as_bytes());
        text.push(b':');
        let values: Vec<_> = values.map(|value| trimmed(value.as_bytes())).collect();
        text.extend_from_slice(&values.join(&b','));
        text.push(b'\n');
    }
    let names = authentication.signed_headers.join(";");
    text.extend_from_slice(format!("\n{names}\n{payload_hash}").as_bytes());
    Ok(text)
}

/// The path without `.`, `..` and empty segments, encoded once more.
fn path(path: &str) -> String {
    let mut kept = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(kept.pop()),
            _ => kept.push(segment),
        }
    }
    let last = path.rsplit('/').next().unwrap_or_default();
    let end = match kept.is_empty() || !matches!(last, "" | "." | "..") {
        true => "",
        false => "/",
    };
    let normalized = format!("/{}{end}", kept.join("/"));
    percent_encode(normalized.as_bytes(), RESERVED_EXCEPT_SLASH).to_string()
}

/// The query without the signature of a presigned request: names and values encoded, sorted.
fn query(query: &str) -> String {
    let encoded = |text: &str| {
        let bytes: Vec<u8> = percent_decode_str(text).collect();
        percent_encode(&bytes, RESERVED).to_string()
    };
    let mut pairs: Vec<_> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .filter(|(name, _)| *name != "X-Amz-Signature")
        .map(|(name, value)| (encoded(name), encoded(value)))
        .collect();
    pairs.sort();
    let pairs: Vec<_> = pairs
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.join("&")
}

/// The value without white space around it, and with each run of white space as one space.
fn trimmed(value: &[u8]) -> Vec<u8> {
    let words = value.split(|byte| matches!(byte, b' ' | b'\t'));
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join(&b' ')
}
