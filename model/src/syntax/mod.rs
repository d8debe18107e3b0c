//! What a model is written in: files, places in them, shape ids and JSON values.

mod equal;
pub(crate) mod node;
pub(crate) mod shape_id;
pub(crate) mod source;
pub(crate) mod truncate;
mod write;
