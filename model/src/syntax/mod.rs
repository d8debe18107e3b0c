//! Source files and positions in them, shape ids, and JSON values with their positions.

mod equal;
pub(crate) mod node;
pub(crate) mod shape_id;
pub(crate) mod source;
pub(crate) mod truncate;
mod write;
