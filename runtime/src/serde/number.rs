//! Numbers of serde_json with its feature `arbitrary_precision`.

use serde_core::de::{Error, MapAccess};

/// With that feature, which any crate of a program can enable, serde_json passes a number as a map
/// with this key and the text of the number.
pub(super) const KEY: &str = "$serde_json::private::Number";

/// The text of the number that a map is.
///
/// # Errors
/// The map is not such a number.
pub(super) fn text<'de, A: MapAccess<'de>>(
    mut from: A,
    expected: &'static str,
) -> Result<String, A::Error> {
    match from.next_key::<String>()? {
        Some(key) if key == KEY => from.next_value(),
        _ => Err(A::Error::invalid_type(
            serde_core::de::Unexpected::Map,
            &expected,
        )),
    }
}
