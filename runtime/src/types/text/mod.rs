//! The text form of scalars outside of documents (Smithy, *HTTP bindings*).

pub(crate) mod error;
pub(crate) mod header_list;
pub(crate) mod media_type;
pub(crate) mod scalar;
pub(crate) mod texts;

pub use error::TextError;
pub use media_type::{MediaTypeHeader, parse_media_type_header};
pub use scalar::{FromText, Text};
pub use texts::{Texts, or};
