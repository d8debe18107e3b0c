use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The files of a crate: text by path relative to the crate's root, `/` between folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTree {
    files: BTreeMap<String, String>,
    /// The paths without letter case, which some file systems do not tell apart.
    taken: BTreeSet<String>,
}

/// Two files of a [`FileTree`] would have the same path, letter case aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicatePath(pub String);

impl FileTree {
    /// Adds a file.
    ///
    /// # Errors
    ///
    /// The path is taken.
    pub fn insert(&mut self, path: impl Into<String>, text: String) -> Result<(), DuplicatePath> {
        let path = path.into();
        if !self.taken.insert(path.to_lowercase()) {
            return Err(DuplicatePath(path));
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
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl fmt::Display for DuplicatePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "two files would be written to `{}`", self.0)
    }
}

impl std::error::Error for DuplicatePath {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_taken_whatever_its_case() {
        let mut tree = FileTree::default();
        assert_eq!(tree.insert("src/Tag.rs", String::new()), Ok(()));
        assert_eq!(tree.insert("src/tag.rs", String::new()), Err(DuplicatePath("src/tag.rs".to_owned())));
        assert_eq!(tree.len(), 1);
    }
}
