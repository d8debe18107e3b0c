//! Values of Smithy's simple types and their text form.

pub(crate) mod blob;
pub(crate) mod document;
pub(crate) mod enums;
#[cfg(any(feature = "client", feature = "tree-hash"))]
pub(crate) mod hex;
pub(crate) mod integer;
pub(crate) mod number;
pub(crate) mod redacted;
pub mod text;
pub mod timestamp;
pub(crate) mod unit;
