//! The JSON codec: a writer, a strict pull reader, and the traits [`Encode`] and [`Decode`].
//!
//! The reader validates the whole document, including members that are skipped. Its errors contain
//! the position in the document, but no values.

pub(crate) mod codec;
pub(crate) mod decode;
mod depth;
mod document;
pub(crate) mod encode;
mod enums;
pub(crate) mod error;
#[cfg(feature = "server")]
pub(crate) mod pointer;
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
