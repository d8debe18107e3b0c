//! From items to text: source files, their imports, and the file tree.

pub(crate) mod fenced;
pub(crate) mod file_tree;
pub(crate) mod imports;
mod macros;
pub(crate) mod module;
pub(crate) mod names;
pub(crate) mod rust;
pub(crate) mod source;
pub(crate) mod source_file;
