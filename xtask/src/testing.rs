//! Temporary folders for unit tests and for the tests in `tests/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// A folder for a test.
pub(crate) struct Folder {
    /// The path without links, as it is in messages.
    path: PathBuf,
    /// Removes the folder. `None` for a folder that is kept.
    _folder: Option<Arc<TempDir>>,
}

impl Folder {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        Self {
            path: fs::canonicalize(folder.path()).unwrap(),
            _folder: Some(Arc::new(folder)),
        }
    }

    /// Another folder with the same content.
    pub(crate) fn copy(&self) -> Self {
        let copy = Self::new();
        copy_files(&self.path, &copy.path);
        copy
    }

    /// A folder in this one.
    pub(crate) fn inner(&self, path: &str) -> Self {
        Self {
            path: self.path.join(path),
            _folder: self._folder.clone(),
        }
    }

    /// An empty folder at a path. It is kept, because statics are not dropped.
    pub(crate) fn kept_at(path: &Path) -> Self {
        let _ = fs::remove_dir_all(path);
        fs::create_dir_all(path).unwrap();
        Self {
            path: fs::canonicalize(path).unwrap(),
            _folder: None,
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        self.put_bytes(path, text.as_bytes());
    }

    pub(crate) fn put_bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.path.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Every path below the folder with its text. Folders end with `/`.
    pub(crate) fn contents(&self) -> BTreeMap<String, String> {
        fn walk(at: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
            for entry in fs::read_dir(at).unwrap().map(Result::unwrap) {
                let name = format!("{prefix}{}", entry.file_name().display());
                if entry.file_type().unwrap().is_dir() {
                    walk(&entry.path(), &format!("{name}/"), found);
                    found.insert(format!("{name}/"), String::new());
                } else {
                    found.insert(
                        name,
                        String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned(),
                    );
                }
            }
        }
        let mut found = BTreeMap::new();
        walk(&self.path, "", &mut found);
        found
    }
}

fn copy_files(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&to).unwrap();
            copy_files(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}
