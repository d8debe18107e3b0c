//! Folders for tests, those in `tests/` included.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of a test, removed with the value.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "xtask-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let path = fs::canonicalize(std::env::temp_dir()).unwrap().join(name);
        // A test that was killed may have left one of the same name.
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        self.put_bytes(path, text.as_bytes());
    }

    pub(crate) fn put_bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Every path below the folder with its text; folders end in `/`.
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
        walk(&self.0, "", &mut found);
        found
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
