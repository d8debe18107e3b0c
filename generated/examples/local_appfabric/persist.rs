//! The state file: JSON, which only its owner can read.

use super::state::State;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The largest file that is loaded, in bytes.
const MAX_SIZE: u64 = 256 * 1024 * 1024;

/// Loads the state; `None` if there is no file yet.
pub(crate) fn load(path: &Path) -> Result<Option<State>, String> {
    let error = |error: &dyn std::fmt::Display| {
        format!("cannot load the state file {}: {error}", path.display())
    };
    match fs::metadata(path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(error(&cause)),
        Ok(file) if file.len() > MAX_SIZE => return Err(error(&"it is too large")),
        Ok(_) => {}
    }
    let text = fs::read(path).map_err(|cause| error(&cause))?;
    let state = serde_json::from_slice(&text).map_err(|cause| error(&cause))?;
    Ok(Some(state))
}

/// The text of the state file.
pub(crate) fn text(state: &State) -> io::Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(state)?;
    text.push(b'\n');
    Ok(text)
}

/// Replaces the state file. A reader sees the old one or the new one, never a part.
pub(crate) fn save(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let new: PathBuf = path.with_file_name(name);
    let written = write(&new, text).and_then(|()| fs::rename(&new, path));
    if written.is_err() {
        // The first error is the one to report.
        let _ = fs::remove_file(&new);
    }
    written
}

fn write(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text)?;
    file.sync_all()
}
