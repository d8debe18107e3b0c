//! Whole documents.

use crate::json::decode::Decode;
use crate::json::encode::Encode;
use crate::json::error::Result;
use crate::json::reader::Reader;
use crate::json::writer::Writer;

/// Reads a whole document.
///
/// # Errors
/// When the text is not JSON, has something after the value, or does not fit `T`.
pub fn from_slice<T: Decode>(text: &[u8]) -> Result<T> {
    let mut json = Reader::new(text);
    let value = T::decode(&mut json)?;
    json.finish()?;
    Ok(value)
}

/// The compact JSON of a value.
pub fn to_vec<T: Encode + ?Sized>(value: &T) -> Vec<u8> {
    let mut json = Writer::new();
    value.encode(&mut json);
    json.into_vec()
}
