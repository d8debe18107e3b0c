//! Items to text, and texts to a file tree.

mod file_tree;
mod macros;
mod manifest;
mod pages;
mod source;

pub use file_tree::{FileTree, PathError};
pub(crate) use manifest::{manifest, rustfmt};
pub(crate) use pages::{Page, Site};
pub use source::MARKER;
pub(crate) use source::source;
