//! Headers and bodies of the messages in protocol tests.

use crate::graph::protocol_tests::TestBody;
use crate::text::Text;

/// A body of this media type, or of an unknown one.
pub(crate) fn body(text: &str, media_type: Option<&str>) -> TestBody {
    match media_type.is_some_and(is_json) && !text.is_empty() {
        true => TestBody::Json(Text::new(text)),
        false => TestBody::Bytes(Text::new(text)),
    }
}

/// `application/json` and what is written in it.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence == "application/json" || essence.ends_with("+json")
}

/// Names and values, sorted by name.
pub(crate) fn headers<T: AsRef<str>>(headers: &[(T, T)]) -> Vec<(Text, Text)> {
    let mut headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| (Text::new(name.as_ref()), Text::new(value.as_ref())))
        .collect();
    headers.sort();
    headers
}
