//! The files in the folders that belong to codegen.

use super::target::Target;
use crate::failure::Problem;
use crate::marker;
use crate::render::count;
use crate::temporary;
use smithy_codegen::FileTree;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, DirEntry, File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The folders of a crate that may contain only emitted files. Hidden files are ignored, because
/// editors create them.
const OWNED: [&str; 3] = ["src", "docs", "tests/protocol"];

/// The files that were found. Paths are relative to the crate.
#[derive(Default)]
pub(super) struct Found {
    /// Emitted files that are no longer emitted.
    pub(super) superfluous: Vec<String>,
    /// Temporary files of a killed run.
    pub(super) leftovers: Vec<String>,
    /// One problem about the files that were not emitted, and errors of reading.
    pub(super) problems: Vec<Problem>,
}

/// Finds the files that are not in `files`. Obstacles at the paths of `files` and of their folders
/// are not reported here, because the comparison of that file reports them.
pub(super) fn look_through(files: &FileTree, target: &Target) -> Found {
    let above = files
        .iter()
        .flat_map(|(path, _)| Path::new(path).ancestors().skip(1));
    let folders = above.filter_map(Path::to_str).collect();
    let mut walk = Walk {
        files,
        folders,
        target,
        foreign: BTreeSet::new(),
        found: Found::default(),
    };
    walk.folder("");
    let Walk {
        foreign, mut found, ..
    } = walk;
    found
        .problems
        .extend((!foreign.is_empty()).then(|| refusal(&foreign, target)));
    found
}

fn refusal(foreign: &BTreeSet<PathBuf>, target: &Target) -> Problem {
    let number = count(foreign.len(), "file");
    let name = target.name.display();
    let mut what = format!(
        "codegen did not emit {number} in src/, docs/ or tests/protocol/ of `{name}`, which may contain only emitted files:"
    );
    for path in foreign {
        what.extend(["\n", &path.display().to_string()]);
    }
    let cure = "move each file to tests/, examples/ or another folder, or delete it\n\
                delete emitted files that have lost their first line";
    Problem::new(what, cure)
}

struct Walk<'a> {
    files: &'a FileTree,
    /// The folders that contain `files`.
    folders: BTreeSet<&'a str>,
    target: &'a Target,
    /// Files that were not emitted, by their names in messages.
    foreign: BTreeSet<PathBuf>,
    found: Found,
}

impl Walk<'_> {
    /// Searches a folder. `""` is the folder of the crate.
    fn folder(&mut self, folder: &str) {
        let entries = match fs::read_dir(self.target.dir.join(folder)) {
            Ok(entries) => entries,
            // The folder may not exist yet. If it cannot be read, the comparison of its files
            // reports the error.
            Err(_) if folder.is_empty() => return,
            Err(error) => return self.report("read the folder", folder, &error),
        };
        for entry in entries {
            match entry.and_then(|entry| Ok((entry.file_type()?, entry))) {
                Ok((kind, entry)) => self.entry(folder, &entry, kind),
                Err(error) => self.report("read the folder", folder, &error),
            }
        }
    }

    fn entry(&mut self, folder: &str, entry: &DirEntry, kind: FileType) {
        let name = entry.file_name();
        let path = name.to_str().map(|name| match folder {
            "" => name.to_owned(),
            folder => format!("{folder}/{name}"),
        });
        // Links are not followed.
        match path {
            Some(path) if !kind.is_symlink() && is_leftover(folder, &name) => {
                self.found.leftovers.push(path)
            }
            _ if is_elsewhere(folder, &name, kind) => {}
            Some(path) if self.files.get(&path).is_some() => {}
            Some(path) if kind.is_dir() => self.folder(&path),
            Some(path) if self.folders.contains(path.as_str()) => {}
            Some(path) if kind.is_file() => match is_marked(&entry.path()) {
                Ok(true) => self.found.superfluous.push(path),
                Ok(false) => drop(self.foreign.insert(self.target.name_of(&path))),
                Err(error) => self.report("read", &path, &error),
            },
            _ => drop(
                self.foreign
                    .insert(self.target.name.join(folder).join(name)),
            ),
        }
    }

    fn report(&mut self, doing: &str, path: &str, error: &io::Error) {
        self.found
            .problems
            .push(Problem::io(doing, &self.target.name_of(path), error));
    }
}

/// The temporary files of a killed run in the folder of the crate.
pub(super) fn leftovers(target: &Target) -> Vec<String> {
    let entries = fs::read_dir(&target.dir).into_iter().flatten().flatten();
    let names = entries
        .map(|entry| entry.file_name())
        .filter(|name| temporary::is_name(name));
    names.filter_map(|name| name.into_string().ok()).collect()
}

/// Whether a file is a temporary file of a killed run. They are beside Cargo.toml and in the owned
/// folders.
fn is_leftover(folder: &str, name: &OsStr) -> bool {
    temporary::is_name(name) && (folder.is_empty() || is_owned(Path::new(folder)))
}

/// Whether a file does not belong to codegen: it is hidden, or not in an owned folder.
fn is_elsewhere(folder: &str, name: &OsStr, kind: FileType) -> bool {
    let hidden = name.as_encoded_bytes().starts_with(b".");
    let path = Path::new(folder).join(name);
    let leads_on = kind.is_dir()
        && OWNED
            .iter()
            .any(|owned| Path::new(owned).starts_with(&path));
    hidden || !(leads_on || is_owned(&path))
}

fn is_owned(path: &Path) -> bool {
    OWNED.iter().any(|owned| path.starts_with(owned))
}

fn is_marked(path: &Path) -> io::Result<bool> {
    let mut head = Vec::new();
    File::open(path)?
        .take(marker::REACH as u64)
        .read_to_end(&mut head)?;
    Ok(marker::carried_by(&head))
}

#[cfg(test)]
mod tests {
    use crate::manifest::RuntimeSource;
    use crate::plan::changes::Plan;
    use crate::plan::testing::{target, tree};
    use crate::testing::Folder;

    const LIB: (&str, &str) = ("src/lib.rs", "// @generated\n");

    #[test]
    fn other_files_in_owned_folders_are_listed_once() {
        let folder = Folder::new();
        let of_others = ["tests/a.rs", "tests/other/protocol/a.rs", "README.md"];
        let in_owned = [
            "src/notes.txt",
            "src/deep/er/hand.rs",
            "docs/picture.png",
            "tests/protocol/hand.rs",
        ];
        for path in of_others.iter().chain(&in_owned) {
            folder.put(path, "by hand\n");
        }
        folder.put("src/gone.rs", "// @generated\n");
        folder.put("tests/protocol/gone.rs", "// @generated\n");
        folder.put("tests/marked.rs", "// @generated\n");
        let files = tree(&[LIB]);
        let plan = Plan::new(&files, &target(&folder), RuntimeSource::Keep);
        assert_eq!(plan.problems.len(), 1, "{plan:?}");
        assert_eq!(
            plan.problems[0].what,
            "codegen did not emit 4 files in src/, docs/ or tests/protocol/ of `crate`, which may contain only emitted files:\n\
             crate/docs/picture.png\ncrate/src/deep/er/hand.rs\ncrate/src/notes.txt\n\
             crate/tests/protocol/hand.rs"
        );
        assert!(
            plan.problems[0].cure.contains("tests/, examples/"),
            "{plan:?}"
        );
        assert_eq!(plan.changes.len(), 3, "{plan:?}");
    }

    #[test]
    fn hidden_files_are_ignored() {
        let folder = Folder::new();
        for path in [
            "src/.lib.rs.swp",
            "docs/.DS_Store",
            "src/.idea/x.rs",
            ".gitignore",
        ] {
            folder.put(path, "");
        }
        let files = tree(&[LIB]);
        let plan = Plan::new(&files, &target(&folder), RuntimeSource::Keep);
        assert!(
            plan.problems.is_empty() && plan.leftovers.is_empty() && plan.changes.len() == 1,
            "{plan:?}"
        );
    }

    #[test]
    fn leftover_files_are_recognized_by_name() {
        let folder = Folder::new();
        for path in [
            "src/a/.codegen-1-0.tmp",
            ".codegen-1-1.tmp",
            "docs/.codegen-2-0.tmp",
            "tests/.codegen-1-2.tmp",
        ] {
            folder.put(path, "");
        }
        folder.put(LIB.0, LIB.1);
        let files = tree(&[LIB]);
        let mut plan = Plan::new(&files, &target(&folder), RuntimeSource::Keep);
        plan.leftovers.sort();
        assert_eq!(
            plan.leftovers,
            [
                ".codegen-1-1.tmp",
                "docs/.codegen-2-0.tmp",
                "src/a/.codegen-1-0.tmp"
            ]
        );
        assert!(
            plan.changes.is_empty() && plan.problems.is_empty(),
            "{plan:?}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_and_names_that_are_not_unicode_are_foreign() {
        use std::os::unix::ffi::OsStrExt;
        let folder = Folder::new();
        folder.put("tests/a.rs", "// @generated\n");
        folder.put(LIB.0, LIB.1);
        let at = |path: &str| folder.path().join(path);
        std::os::unix::fs::symlink("../tests", at("src/more")).unwrap();
        std::os::unix::fs::symlink("tests", at("docs")).unwrap();
        // Some file systems reject such names.
        let odd = std::fs::write(
            at("src").join(std::ffi::OsStr::from_bytes(b"\xff.rs")),
            "// @generated\n",
        )
        .is_ok();
        let files = tree(&[LIB]);
        let plan = Plan::new(&files, &target(&folder), RuntimeSource::Keep);
        let what = &plan.problems[0].what;
        assert!(what.contains("\ncrate/docs\ncrate/src/more"), "{what}");
        assert_eq!(what.contains("\ncrate/src/\u{fffd}.rs"), odd, "{what}");
        assert!(
            plan.problems.len() == 1 && plan.changes.is_empty(),
            "{plan:?}"
        );
    }
}
