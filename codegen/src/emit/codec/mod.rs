//! Readers and writers of document formats.

pub(crate) mod document;
pub(crate) mod json;
