//! Percent-encoding of paths and query strings.

use crate::types::text::texts::Texts;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All characters except the unreserved ones of RFC 3986 section 2.3.
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// The same for a greedy label, which may span several path segments.
pub(crate) const RESERVED_EXCEPT_SLASH: &AsciiSet = &RESERVED.remove(b'/');

/// Appends a separator unless the list is empty.
pub(super) fn separate(list: &mut String, separator: char) {
    if !list.is_empty() {
        list.push(separator);
    }
}

/// Appends a `name=value` pair for each text of the value.
pub(super) fn push_pairs(query: &mut String, name: &str, value: &impl Texts) {
    for text in value.texts().into_iter().flatten() {
        separate(query, '&');
        query.extend(utf8_percent_encode(name, RESERVED));
        query.push('=');
        query.extend(utf8_percent_encode(&text, RESERVED));
    }
}

/// Whether a path segment is `.` or `..` (RFC 3986 section 5.2.4). Normalizing such a path can turn
/// it into the path of another operation.
pub(super) fn is_dot_segment(segment: &str) -> bool {
    matches!(segment, "." | "..")
}
