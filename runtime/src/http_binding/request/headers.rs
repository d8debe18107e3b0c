//! Headers that members are bound to.

use crate::http_binding::request::error::{RequestError, RequestErrorKind};
use crate::types::text::header_list;
use crate::types::text::texts::Texts;
use http::header::{HeaderName, HeaderValue};
use std::borrow::Cow;

/// Headers that a member cannot set, since the transport and the client set them: they define how
/// the message is framed, its recipient and its sender.
///
/// The list consists of the restricted headers of Smithy (*HTTP bindings*, Restricted HTTP headers)
/// that have an effect on requests, the hop-by-hop headers of RFC 9110 section 7.6.1, and the
/// headers of a signature except `x-amz-content-sha256`, which is bound to a member in
/// CodeArtifact.
const PROTOCOL_HEADERS: [&str; 17] = [
    "authorization",
    "connection",
    "content-length",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amz-date",
    "x-amz-region-set",
    "x-amz-security-token",
];

/// Checks the name of a header that a member sets. `bound` is the name or prefix in the model.
pub(super) fn header_name(bound: &'static str, name: &str) -> Result<HeaderName, RequestError> {
    let name = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| RequestError::new(RequestErrorKind::InvalidHeader, bound))?;
    match PROTOCOL_HEADERS.iter().find(|reserved| name == **reserved) {
        Some(reserved) => Err(RequestError::new(
            RequestErrorKind::ProtocolHeader,
            reserved,
        )),
        None => Ok(name),
    }
}

/// Checks the value of a header that a member sets.
pub(crate) fn header_value(
    bound: &'static str,
    value: Cow<'_, str>,
) -> Result<HeaderValue, RequestError> {
    // The `http` crate accepts bytes above 0x7f, which servers interpret in different ways.
    Some(&*value)
        .filter(|value| value.is_ascii())
        .and_then(|value| HeaderValue::from_str(value.trim_matches([' ', '\t'])).ok())
        .ok_or(RequestError::new(RequestErrorKind::InvalidHeader, bound))
}

/// The text of a header; `None` if the member has no value.
pub(crate) fn header_text<T: Texts>(value: &T) -> Option<Cow<'_, str>> {
    let mut texts = value.texts()?;
    // An empty list becomes an empty value (protocol test `RestJsonNullAndEmptyHeaders`).
    let Some(first) = texts.next() else {
        return Some(Cow::Borrowed(""));
    };
    let mut list = header_list::item(first, T::QUOTED);
    for text in texts {
        let list = list.to_mut();
        list.push_str(", ");
        list.push_str(&header_list::item(text, T::QUOTED));
    }
    Some(list)
}
