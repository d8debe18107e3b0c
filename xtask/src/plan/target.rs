//! The folder that a crate is written to.

use std::path::PathBuf;

/// The folder of a crate.
#[derive(Clone, Debug, Default)]
pub(crate) struct Target {
    /// Its path.
    pub(crate) dir: PathBuf,
    /// Its name in messages.
    pub(crate) name: PathBuf,
}

impl Target {
    /// The name of a file of the crate in messages.
    pub(crate) fn name_of(&self, path: &str) -> PathBuf {
        self.name.join(path)
    }
}
