use super::target::Target;
use crate::failure::Problem;
use std::collections::BTreeMap;
use std::fs::{self, FileType};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The folder of a crate on disk, with a cache of its folders.
pub(super) struct Disk<'t> {
    pub(super) target: &'t Target,
    folders: BTreeMap<PathBuf, Result<Folder, Problem>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Folder {
    There,
    Missing,
}

impl<'t> Disk<'t> {
    pub(super) fn new(target: &'t Target) -> Self {
        Self {
            target,
            folders: BTreeMap::new(),
        }
    }

    /// The content of a file. `None` if it does not exist.
    pub(super) fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, Problem> {
        if self.folder(Path::new(path).parent().unwrap_or(Path::new("")))? == Folder::Missing {
            return Ok(None);
        }
        let (full, name) = (self.target.dir.join(path), self.target.name_of(path));
        let Some(found) = look(fs::symlink_metadata(&full), &name)? else {
            return Ok(None);
        };
        if !found.is_file() {
            return Err(in_the_way(&name, found, "file"));
        }
        fs::read(&full)
            .map(Some)
            .map_err(|error| Problem::io("read", &name, &error))
    }

    /// Whether a folder of the crate and its parents exist. Anything else at these paths is an
    /// error.
    fn folder(&mut self, path: &Path) -> Result<Folder, Problem> {
        if let Some(known) = self.folders.get(path) {
            return known.clone();
        }
        let found = self.find_folder(path);
        self.folders.insert(path.to_owned(), found.clone());
        found
    }

    fn find_folder(&mut self, path: &Path) -> Result<Folder, Problem> {
        let Target { dir, name } = self.target;
        let (found, name) = match path.parent() {
            // The folder of the crate itself can be a link.
            None => (fs::metadata(dir), name.clone()),
            Some(parent) if self.folder(parent)? == Folder::Missing => return Ok(Folder::Missing),
            Some(_) => (fs::symlink_metadata(dir.join(path)), name.join(path)),
        };
        match look(found, &name)? {
            None => Ok(Folder::Missing),
            Some(kind) if kind.is_dir() => Ok(Folder::There),
            Some(kind) => Err(in_the_way(&name, kind, "folder")),
        }
    }
}

fn look(found: io::Result<fs::Metadata>, name: &Path) -> Result<Option<FileType>, Problem> {
    match found {
        Ok(found) => Ok(Some(found.file_type())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Problem::io("read", name, &error)),
    }
}

fn in_the_way(name: &Path, found: FileType, wanted: &str) -> Problem {
    let found = match found {
        kind if kind.is_symlink() => "symbolic link",
        kind if kind.is_dir() => "folder",
        kind if kind.is_file() => "file",
        _ => "special file",
    };
    let name = name.display();
    Problem::new(
        format!("`{name}` is a {found}, but must be a {wanted}"),
        "move it away or delete it, then run codegen again",
    )
}
