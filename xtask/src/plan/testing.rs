//! Crates for unit tests.

use super::target::Target;
use crate::testing::Folder;
use smithy_codegen::FileTree;

/// A folder as a crate with the name `crate`.
pub(crate) fn target(folder: &Folder) -> Target {
    Target {
        dir: folder.path().to_owned(),
        name: "crate".into(),
    }
}

pub(crate) fn tree(files: &[(&str, &str)]) -> FileTree {
    let mut tree = FileTree::default();
    for (path, text) in files {
        tree.insert(*path, (*text).to_owned()).unwrap();
    }
    tree
}
