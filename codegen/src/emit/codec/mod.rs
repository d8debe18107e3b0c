//! Readers and writers of document formats.

pub(crate) mod json;
