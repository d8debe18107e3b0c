//! JSON as restJson1 uses it: a writer that appends, a strict pull reader, and the traits that
//! connect them to types.
//!
//! The reader validates everything it passes over, also in members that nobody asked for, and its
//! errors tell the place in the document but never a value from it.

pub(crate) mod codec;
pub(crate) mod decode;
mod depth;
mod document;
pub(crate) mod encode;
mod enums;
pub(crate) mod error;
pub(crate) mod reader;
mod scan;
mod strings;
pub(crate) mod writer;

pub use codec::{from_slice, to_vec};
pub use decode::Decode;
pub use encode::Encode;
pub use error::{Error, ErrorKind, Result};
pub use reader::Reader;
pub use writer::Writer;
