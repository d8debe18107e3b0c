//! JSON as restJson1 uses it: a writer that appends, a strict pull reader, and the traits that
//! connect them to types.
//!
//! The reader validates everything it passes over, also in members that nobody asked for, and its
//! errors tell the place in the document but never a value from it.

mod decode;
mod depth;
mod encode;
mod error;
mod reader;
mod scan;
mod strings;
mod writer;

pub use decode::Decode;
pub use encode::Encode;
pub use error::{Error, ErrorKind, Result};
pub use reader::Reader;
pub use writer::Writer;
pub(crate) use writer::{Fault, FaultKind};

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
