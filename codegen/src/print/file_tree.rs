use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The files of a crate: text by path relative to the crate's root, `/` between folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTree {
    files: BTreeMap<String, String>,
    /// The paths in lower case, because some file systems ignore case.
    taken: BTreeSet<String>,
}

/// The reason why a [`FileTree`] rejects a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathError {
    /// Two files have the same path, ignoring case.
    Duplicate(String),
    /// The path could leave the folder, or is special for a file system.
    Unsafe(String),
}

impl FileTree {
    /// Adds a file.
    ///
    /// # Errors
    ///
    /// The path exists, or a part of it is not a name of ASCII letters, digits, `_`, `-` and `.`.
    pub fn insert(&mut self, path: impl Into<String>, text: String) -> Result<(), PathError> {
        let path = path.into();
        if !path.split('/').all(is_file_name) {
            return Err(PathError::Unsafe(path));
        }
        if !self.taken.insert(path.to_lowercase()) {
            return Err(PathError::Duplicate(path));
        }
        self.files.insert(path, text);
        Ok(())
    }

    /// The text at a path.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Path and text of every file, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Whether it is a plain name that is not hidden and not `..`.
fn is_file_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    !name.is_empty() && !name.starts_with('.') && !name.ends_with('.') && name.chars().all(plain)
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Duplicate(path) => write!(f, "two files would be written to `{path}`"),
            Self::Unsafe(path) => write!(f, "no file can be written to {path:?}"),
        }
    }
}

impl std::error::Error for PathError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_taken_whatever_its_case() {
        let mut tree = FileTree::default();
        assert_eq!(tree.insert("src/Tag.rs", String::new()), Ok(()));
        assert_eq!(
            tree.insert("src/tag.rs", String::new()),
            Err(PathError::Duplicate("src/tag.rs".to_owned()))
        );
        assert_eq!(tree.len(), 1);
    }

    #[test]
    fn a_path_stays_in_its_folder() {
        let paths = [
            "../a.rs",
            "/a.rs",
            "src/../../a.rs",
            "src//a.rs",
            "src\\a.rs",
            "src/a\n.rs",
            "",
            "C:a",
            "src/.",
        ];
        for path in paths {
            let refused = Err(PathError::Unsafe(path.to_owned()));
            assert_eq!(
                FileTree::default().insert(path, String::new()),
                refused,
                "{path:?}"
            );
        }
    }
}
