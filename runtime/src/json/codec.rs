//! Whole documents.

use crate::json::decode::Decode;
use crate::json::encode::Encode;
use crate::json::error::Result;
use crate::json::reader::Reader;
use crate::json::writer::Writer;

/// Deserializes a document.
///
/// # Errors
/// The text is not JSON, does not match `T`, or has text after the value.
pub fn from_slice<T: Decode>(text: &[u8]) -> Result<T> {
    let mut json = Reader::new(text);
    let value = T::decode(&mut json)?;
    json.finish()?;
    Ok(value)
}

/// Serializes a value as compact JSON.
pub fn to_vec<T: Encode + ?Sized>(value: &T) -> Vec<u8> {
    let mut json = Writer::new();
    value.encode(&mut json);
    json.into_vec()
}
