//! Temporary folders beside emitted files. Their names identify the leftovers of killed runs.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use tempfile::TempDir;

const PREFIX: &str = ".codegen-";
const SUFFIX: &str = ".tmp";

/// The file that is locked while a run writes into its folder.
pub(crate) const LOCK: &str = ".codegen-lock.tmp";

/// Creates a temporary folder in another one. It is removed when the value is dropped.
///
/// # Errors
///
/// The folder cannot be created.
pub(crate) fn folder_in(parent: &Path) -> io::Result<TempDir> {
    tempfile::Builder::new()
        .prefix(PREFIX)
        .suffix(SUFFIX)
        .tempdir_in(parent)
}

/// Returns whether a name is that of a temporary folder of any run.
pub(crate) fn is_name(name: &OsStr) -> bool {
    name != LOCK
        && name
            .to_str()
            .and_then(|name| name.strip_prefix(PREFIX))
            .is_some_and(|rest| rest.ends_with(SUFFIX))
}

#[cfg(test)]
mod tests {
    use super::{LOCK, folder_in, is_name};
    use crate::testing::Folder;

    #[test]
    fn temporary_folders_have_recognizable_names() {
        let parent = Folder::new();
        let folder = folder_in(parent.path()).unwrap();
        assert!(is_name(folder.path().file_name().unwrap()));
        for other in [
            LOCK,
            ".codegen-1-0",
            "codegen-1-0.tmp",
            ".x.tmp",
            ".codegen-",
        ] {
            assert!(!is_name(other.as_ref()), "{other}");
        }
    }
}
