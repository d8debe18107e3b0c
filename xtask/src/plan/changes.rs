//! Compares the files of a crate with the disk.

use super::disk::Disk;
use super::owned;
use super::target::Target;
use crate::failure::Problem;
use crate::manifest::{self, RuntimeSource};
use crate::marker;
use smithy_codegen::FileTree;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The manifest of a crate.
const MANIFEST: &str = "Cargo.toml";
/// The file that tells whose crate is in a folder.
const ROOT: &str = "src/lib.rs";

/// The difference between the files that codegen emits and those on disk.
#[derive(Debug, Default)]
pub(crate) struct Plan<'a> {
    /// Files that differ, sorted by path.
    pub(crate) changes: Vec<Change<'a>>,
    /// The number of unchanged files.
    pub(crate) left: usize,
    /// Temporary files of a killed run, which are removed before writing. The paths are relative to
    /// the crate.
    pub(crate) leftovers: Vec<String>,
    /// Obstacles. If there are any, nothing is written.
    pub(crate) problems: Vec<Problem>,
}

/// A file that differs. The path is relative to the crate.
#[derive(Debug)]
pub(crate) struct Change<'a> {
    pub(crate) path: String,
    pub(crate) kind: Kind<'a>,
}

/// The kind of a difference.
#[derive(Debug)]
pub(crate) enum Kind<'a> {
    /// The file is missing.
    Create { text: Cow<'a, str> },
    /// The content differs.
    Update { old: Vec<u8>, text: Cow<'a, str> },
    /// The file is no longer emitted.
    Remove,
}

impl<'a> Plan<'a> {
    /// Compares `files` with the disk. `runtime` decides about an existing manifest.
    pub(crate) fn new(files: &'a FileTree, target: &Target, runtime: RuntimeSource) -> Self {
        let mut plan = Plan::default();
        let mut disk = Disk::new(target);
        if let Some(problem) = another_crate(files, &mut disk) {
            plan.problems.push(problem);
            return plan;
        }
        let mut problems = BTreeSet::new();
        for (path, text) in files.iter() {
            let difference = if path == MANIFEST {
                compare_manifest(&mut disk, text, runtime)
            } else {
                compare(&mut disk, path, text)
            };
            match difference {
                Ok(None) => plan.left += 1,
                Ok(Some(kind)) => plan.changes.push(Change {
                    path: path.to_owned(),
                    kind,
                }),
                Err(problem) => drop(problems.insert(problem)),
            }
        }
        let found = owned::look_through(files, target);
        problems.extend(found.problems);
        plan.leftovers = found.leftovers;
        plan.changes
            .extend(found.superfluous.into_iter().map(|path| Change {
                path,
                kind: Kind::Remove,
            }));
        plan.changes.sort_by(|a, b| a.path.cmp(&b.path));
        plan.problems = problems.into_iter().collect();
        plan
    }

    /// Compares one emitted file with the disk. Other files of the folder are ignored.
    ///
    /// # Errors
    ///
    /// The file on disk was not emitted, or cannot be read.
    pub(crate) fn of_file(path: &str, text: &'a str, target: &Target) -> Result<Self, Problem> {
        let mut plan = Plan::default();
        match compare(&mut Disk::new(target), path, text)? {
            None => plan.left = 1,
            Some(kind) => plan.changes.push(Change {
                path: path.to_owned(),
                kind,
            }),
        }
        Ok(plan)
    }

    /// Compares files that are not emitted with the disk. Other files of the folder are ignored.
    pub(crate) fn of_sources(files: &[(&str, &'a str)], target: &Target) -> Result<Self, Problem> {
        let mut plan = Plan::default();
        let mut disk = Disk::new(target);
        for &(path, text) in files {
            let kind = match disk.read(path)? {
                Some(old) if old == text.as_bytes() => {
                    plan.left += 1;
                    continue;
                }
                Some(old) => Kind::Update {
                    old,
                    text: text.into(),
                },
                None => Kind::Create { text: text.into() },
            };
            plan.changes.push(Change {
                path: path.to_owned(),
                kind,
            });
        }
        plan.leftovers = owned::leftovers(target);
        Ok(plan)
    }
}

/// Whether a folder has the crate of another service, or one that was not emitted.
pub(crate) fn has_another_crate(files: &FileTree, target: &Target) -> bool {
    another_crate(files, &mut Disk::new(target)).is_some()
}

/// Rejects a folder with the crate of another service, or with a crate that was not emitted.
fn another_crate(files: &FileTree, disk: &mut Disk) -> Option<Problem> {
    let new = files.get(ROOT)?;
    let old = disk.read(ROOT).ok()??;
    let folder = disk.target.name.display();
    let cure = "choose another folder, or delete the crate";
    if !marker::carried_by(&old) {
        disk.read(MANIFEST).ok()??;
        let name = disk.target.name_of(ROOT);
        let what = format!(
            "`{folder}` has a crate that codegen did not emit: the first lines of `{}` lack `@generated`",
            name.display()
        );
        return Some(Problem::new(what, cure));
    }
    let old = String::from_utf8_lossy(&old);
    let (old, new) = (service(&old)?, service(new)?);
    (old != new).then(|| {
        let what = format!("`{folder}` has the crate of `{old}`, not of `{new}`");
        Problem::new(what, cure)
    })
}

/// The ID of the service in the first line of an emitted file.
fn service(text: &str) -> Option<&str> {
    Some(text.lines().next()?.rsplit_once(" from ")?.1)
}

/// The difference between the manifest on disk and what a new manifest has.
fn compare_manifest<'a>(
    disk: &mut Disk,
    new: &'a str,
    runtime: RuntimeSource,
) -> Result<Option<Kind<'a>>, Problem> {
    let Some(old) = disk.read(MANIFEST)? else {
        return Ok(Some(Kind::Create { text: new.into() }));
    };
    let name = disk.target.name_of(MANIFEST);
    let failed = |error: String| {
        Problem::new(
            format!(
                "`{}` cannot be updated: {}",
                name.display(),
                error.trim_end()
            ),
            "correct it, or delete it to get a new one",
        )
    };
    let text = std::str::from_utf8(&old).map_err(|error| failed(error.to_string()))?;
    let merged = manifest::merge(text, new, runtime).map_err(failed)?;
    if merged == text {
        return Ok(None);
    }
    Ok(Some(Kind::Update {
        old,
        text: merged.into(),
    }))
}

/// The difference between the file at `path` and `text`. `None` if they are equal.
fn compare<'a>(disk: &mut Disk, path: &str, text: &'a str) -> Result<Option<Kind<'a>>, Problem> {
    let name = disk.target.name_of(path);
    let name = name.display();
    if !marker::carried_by(text.as_bytes()) {
        let what = format!("codegen emits `{name}` without the `@generated` line");
        return Err(Problem::new(
            what,
            "this is a bug in codegen: the file could never be updated",
        ));
    }
    match disk.read(path)? {
        None => Ok(Some(Kind::Create { text: text.into() })),
        Some(old) if old == text.as_bytes() => Ok(None),
        Some(old) if marker::carried_by(&old) => Ok(Some(Kind::Update {
            old,
            text: text.into(),
        })),
        Some(_) => Err(Problem::new(
            format!("`{name}` was not emitted by codegen: its first lines lack `@generated`"),
            "move it away or delete it, then run codegen again",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Plan, RuntimeSource, Target};
    use crate::plan::testing::{target, tree};
    use crate::testing::Folder;

    fn summary(plan: &Plan) -> Vec<String> {
        let word = |kind: &Kind| match kind {
            Kind::Create { .. } => "create",
            Kind::Update { .. } => "update",
            Kind::Remove => "remove",
        };
        plan.changes
            .iter()
            .map(|change| format!("{} {}", word(&change.kind), change.path))
            .collect()
    }

    fn problem(folder: &Folder, path: &str) -> String {
        let files = tree(&[(path, "// @generated\n")]);
        let plan = Plan::new(&files, &target(folder), RuntimeSource::Keep);
        assert_eq!(plan.problems.len(), 1, "{plan:?}");
        assert!(plan.changes.is_empty(), "{plan:?}");
        plan.problems[0].what.clone()
    }

    #[test]
    fn files_are_created_updated_removed_and_left_unchanged() {
        let folder = Folder::new();
        folder.put("src/same.rs", "// @generated\nsame\n");
        folder.put("src/old.rs", "// @generated\nold\n");
        folder.put("src/deep/er/gone.rs", "// @generated\n");
        folder.put("docs/gone.md", "<!-- @generated -->\n");
        folder.put("tests/wire.rs", "// @generated elsewhere\n");
        folder.put("Cargo.toml", "[package]\n");
        let files = tree(&[
            ("src/same.rs", "// @generated\nsame\n"),
            ("src/old.rs", "// @generated\nnew\n"),
            ("src/new.rs", "// @generated\n"),
        ]);
        let plan = Plan::new(&files, &target(&folder), RuntimeSource::Keep);
        assert_eq!(
            summary(&plan),
            [
                "remove docs/gone.md",
                "remove src/deep/er/gone.rs",
                "create src/new.rs",
                "update src/old.rs"
            ]
        );
        assert_eq!(plan.left, 1);
        assert!(plan.problems.is_empty(), "{plan:?}");
    }

    #[test]
    fn the_crate_folder_is_created() {
        let folder = Folder::new();
        let target = Target {
            dir: folder.path().join("a/b"),
            name: "a/b".into(),
        };
        let files = tree(&[
            ("Cargo.toml", "[package]\n"),
            ("src/lib.rs", "// @generated\n"),
        ]);
        assert_eq!(
            summary(&Plan::new(&files, &target, RuntimeSource::Keep)),
            ["create Cargo.toml", "create src/lib.rs"]
        );
    }

    #[test]
    fn foreign_files_are_rejected() {
        let folder = Folder::new();
        folder.put("src/lib.rs", "//! by hand\n");
        assert_eq!(
            problem(&folder, "src/lib.rs"),
            "`crate/src/lib.rs` was not emitted by codegen: its first lines lack `@generated`"
        );
        let folder = Folder::new();
        folder.put_bytes("src/binary.rs", b"\xff\xfe\x00");
        assert!(
            problem(&folder, "src/binary.rs").starts_with("`crate/src/binary.rs` was not emitted")
        );
    }

    #[test]
    fn handwritten_crates_are_never_removed() {
        let folder = Folder::new();
        folder.put("Cargo.toml", "[package]\n");
        folder.put("src/lib.rs", "//! by hand\n");
        folder.put("src/other.rs", "//! by hand\n");
        let files = tree(&[
            ("Cargo.toml", "[package]\n"),
            ("src/lib.rs", "// @generated\n"),
        ]);
        let plan = Plan::new(&files, &target(&folder), RuntimeSource::Keep);
        assert_eq!(plan.problems.len(), 1, "{plan:?}");
        assert!(
            plan.problems[0].cure.starts_with("choose another folder"),
            "{plan:?}"
        );
    }

    #[test]
    fn emitted_files_that_are_not_unicode_are_updated() {
        let folder = Folder::new();
        folder.put_bytes("src/lib.rs", b"// @generated\n\xff\n");
        let files = tree(&[("src/lib.rs", "// @generated\n")]);
        assert_eq!(
            summary(&Plan::new(&files, &target(&folder), RuntimeSource::Keep)),
            ["update src/lib.rs"]
        );
    }

    #[test]
    fn obstacles_are_reported_once() {
        let folder = Folder::new();
        folder.put("src/lib.rs/x", "");
        assert_eq!(
            problem(&folder, "src/lib.rs"),
            "`crate/src/lib.rs` is a folder, but must be a file"
        );
        let folder = Folder::new();
        folder.put("src/types", "by hand\n");
        let files = tree(&[
            ("src/types/a.rs", "// @generated\n"),
            ("src/types/b.rs", "// @generated\n"),
        ]);
        let plan = Plan::new(&files, &target(&folder), RuntimeSource::Keep);
        assert_eq!(plan.problems.len(), 1, "{plan:?}");
        assert_eq!(
            plan.problems[0].what,
            "`crate/src/types` is a file, but must be a folder"
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_neither_followed_nor_replaced() {
        let folder = Folder::new();
        folder.put("elsewhere/lib.rs", "// @generated\n");
        folder.put("crate/keep", "");
        let link =
            |to: &str, at: &str| std::os::unix::fs::symlink(to, folder.path().join(at)).unwrap();
        let inner = Target {
            dir: folder.path().join("crate"),
            name: "crate".into(),
        };
        // A link to a folder full of emitted files, as the folder itself and inside it.
        link("../elsewhere", "crate/src");
        let files = tree(&[("src/lib.rs", "// @generated\n")]);
        let plan = Plan::new(&files, &inner, RuntimeSource::Keep);
        assert_eq!(
            plan.problems[0].what,
            "`crate/src` is a symbolic link, but must be a folder"
        );
        assert!(plan.changes.is_empty(), "{plan:?}");

        std::fs::remove_file(folder.path().join("crate/src")).unwrap();
        std::fs::create_dir(folder.path().join("crate/src")).unwrap();
        link("../../elsewhere/lib.rs", "crate/src/lib.rs");
        link("../../elsewhere", "crate/src/more");
        let plan = Plan::new(&files, &inner, RuntimeSource::Keep);
        assert_eq!(
            plan.problems[0].what,
            "`crate/src/lib.rs` is a symbolic link, but must be a file"
        );
        assert!(plan.changes.is_empty(), "{plan:?}");
    }

    #[test]
    fn the_crate_folder_cannot_be_a_file() {
        let folder = Folder::new();
        folder.put("file", "");
        let target = Target {
            dir: folder.path().join("file"),
            name: "file".into(),
        };
        let files = tree(&[
            ("Cargo.toml", "[package]\n"),
            ("src/lib.rs", "// @generated\n"),
        ]);
        let plan = Plan::new(&files, &target, RuntimeSource::Keep);
        assert_eq!(plan.problems.len(), 1, "{plan:?}");
        assert_eq!(
            plan.problems[0].what,
            "`file` is a file, but must be a folder"
        );
    }

    #[cfg(unix)]
    #[test]
    fn the_crate_folder_can_be_a_link() {
        let folder = Folder::new();
        folder.put("real/src/lib.rs", "// @generated\nold\n");
        std::os::unix::fs::symlink("real", folder.path().join("link")).unwrap();
        let target = Target {
            dir: folder.path().join("link"),
            name: "link".into(),
        };
        let files = tree(&[("src/lib.rs", "// @generated\nnew\n")]);
        assert_eq!(
            summary(&Plan::new(&files, &target, RuntimeSource::Keep)),
            ["update src/lib.rs"]
        );
    }

    #[test]
    fn codegen_may_not_emit_unmarked_files() {
        let folder = Folder::new();
        let files = tree(&[("src/lib.rs", "//! x\n")]);
        let plan = Plan::new(&files, &target(&folder), RuntimeSource::Keep);
        assert_eq!(
            plan.problems[0].what,
            "codegen emits `crate/src/lib.rs` without the `@generated` line"
        );
    }
}
