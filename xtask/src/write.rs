//! Applies a plan to the disk.

use crate::failure::Problem;
use crate::plan::changes::{Kind, Plan};
use crate::plan::target::Target;
use crate::temporary;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Applies a plan.
///
/// All files are first written into temporary folders beside their places, under their own names,
/// so that an invalid name is found before anything changes. Then stale files are removed, and the
/// new files are renamed into place, so that no file is ever incomplete. If a step fails, the
/// previous state is restored. The leftovers of a killed process are removed first: their names
/// contain a process ID, which this process may have as well.
pub(crate) fn apply(plan: &Plan, target: &Target) -> Result<(), Problem> {
    let mut staged = Staged {
        target,
        files: Vec::new(),
        stages: BTreeMap::new(),
        folders: Vec::new(),
    };
    let mut moves = Vec::new();
    let done = staged
        .clear(plan)
        .and_then(|()| staged.write_all(plan))
        .and_then(|()| staged.commit(plan, &mut moves));
    let restored = done.is_ok() || undo(moves);
    staged.remove(plan, done.is_ok());
    let outcome = if restored {
        "nothing was written"
    } else {
        "some files may be in place"
    };
    done.map_err(|problem| Problem {
        what: format!("{}; {outcome}", problem.what),
        ..problem
    })
}

/// The staged files.
struct Staged<'t> {
    target: &'t Target,
    /// The paths of the staged files, and their destinations.
    files: Vec<(PathBuf, String)>,
    /// The temporary folder for each destination folder.
    stages: BTreeMap<PathBuf, TempDir>,
    /// The created folders, parents first.
    folders: Vec<PathBuf>,
}

/// The moves that were made.
enum Move {
    /// A new file.
    Created(PathBuf),
    /// A file that was replaced or removed, and its copy.
    Kept { place: PathBuf, copy: PathBuf },
}

/// Reverts moves, the last one first. Returns whether all of them succeeded.
fn undo(moves: Vec<Move>) -> bool {
    let undo = |step| match step {
        Move::Created(place) => fs::remove_file(place),
        Move::Kept { place, copy } => fs::rename(copy, place),
    };
    let failed = moves.into_iter().rev().map(undo).filter(Result::is_err);
    failed.count() == 0
}

impl Staged<'_> {
    /// Removes the leftovers of a killed run.
    fn clear(&self, plan: &Plan) -> Result<(), Problem> {
        for path in &plan.leftovers {
            let full = self.target.dir.join(path);
            let removed = if full.is_dir() {
                fs::remove_dir_all(full)
            } else {
                fs::remove_file(full)
            };
            removed.map_err(|error| Problem::io("remove", &self.target.name_of(path), &error))?;
        }
        Ok(())
    }

    fn write_all(&mut self, plan: &Plan) -> Result<(), Problem> {
        for change in &plan.changes {
            match &change.kind {
                Kind::Create { text } | Kind::Update { text, .. } => {
                    self.write(&change.path, text.as_ref())?
                }
                Kind::Remove => {}
            }
        }
        Ok(())
    }

    /// Stages a file, with the permissions of the file that it replaces.
    fn write(&mut self, path: &str, text: &str) -> Result<(), Problem> {
        let full = self.target.dir.join(path);
        let staged = self
            .stage_of(&full)?
            .join(full.file_name().unwrap_or_default());
        let failed = |error| Problem::io("write", &self.target.name_of(path), &error);
        let mut file = File::create_new(&staged).map_err(failed)?;
        self.files.push((staged, path.to_owned()));
        file.write_all(text.as_bytes()).map_err(failed)?;
        match fs::symlink_metadata(&full) {
            Ok(old) if old.is_file() => file.set_permissions(old.permissions()).map_err(failed),
            _ => Ok(()),
        }
    }

    /// The temporary folder for the destination of a file.
    fn stage_of(&mut self, place: &Path) -> Result<PathBuf, Problem> {
        let folder = place.parent().unwrap_or(&self.target.dir).to_owned();
        if let Some(stage) = self.stages.get(&folder) {
            return Ok(stage.path().to_owned());
        }
        self.create_folder(&folder)?;
        let stage = temporary::folder_in(&folder)
            .map_err(|error| Problem::io("write in", &folder, &error))?;
        let path = stage.path().to_owned();
        self.stages.insert(folder, stage);
        Ok(path)
    }

    fn create_folder(&mut self, folder: &Path) -> Result<(), Problem> {
        if folder.is_dir() {
            return Ok(());
        }
        if let Some(parent) = folder.parent() {
            self.create_folder(parent)?;
        }
        match fs::create_dir(folder) {
            Ok(()) => self.folders.push(folder.to_owned()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
            Err(error) => return Err(Problem::io("create the folder", folder, &error)),
        }
        Ok(())
    }

    /// Moves all files into place. Stale files are removed first, because on a case-insensitive
    /// file system one of them can have the name of a new file in another case.
    fn commit(&mut self, plan: &Plan, moves: &mut Vec<Move>) -> Result<(), Problem> {
        for change in plan
            .changes
            .iter()
            .filter(|change| matches!(change.kind, Kind::Remove))
        {
            let place = self.target.dir.join(&change.path);
            let failed = |error| Problem::io("remove", &self.target.name_of(&change.path), &error);
            let copy = self.kept(&place, moves.len())?;
            fs::rename(&place, &copy).map_err(failed)?;
            moves.push(Move::Kept { place, copy });
        }
        for (staged, path) in std::mem::take(&mut self.files) {
            let place = self.target.dir.join(&path);
            let failed = |error| Problem::io("replace", &self.target.name_of(&path), &error);
            let copy = self.kept(&place, moves.len())?;
            let step = match keep(&place, &copy) {
                Ok(()) => Move::Kept {
                    place: place.clone(),
                    copy,
                },
                Err(error) if error.kind() == ErrorKind::NotFound => Move::Created(place.clone()),
                Err(error) => return Err(failed(error)),
            };
            fs::rename(staged, place).map_err(failed)?;
            moves.push(step);
        }
        Ok(())
    }

    /// The path of the copy of a file.
    fn kept(&mut self, place: &Path, number: usize) -> Result<PathBuf, Problem> {
        Ok(self.stage_of(place)?.join(format!("{number}.old")))
    }

    /// Removes the temporary folders. The next run removes what remains.
    fn remove(&mut self, plan: &Plan, done: bool) {
        let folders: Vec<PathBuf> = std::mem::take(&mut self.stages).into_keys().collect();
        // A folder that is not empty is not removed.
        if done {
            folders.iter().for_each(|folder| self.remove_empty(folder));
            plan.leftovers
                .iter()
                .for_each(|path| self.remove_empty_above(path));
        } else {
            for folder in self.folders.drain(..).rev() {
                let _ = fs::remove_dir(folder);
            }
        }
    }

    fn remove_empty_above(&self, path: &str) {
        if let Some(folder) = self.target.dir.join(path).parent() {
            self.remove_empty(folder);
        }
    }

    /// Removes the folders that became empty, up to the folder of the crate.
    fn remove_empty(&self, folder: &Path) {
        let inside =
            |folder: &&Path| folder.starts_with(&self.target.dir) && **folder != self.target.dir;
        for folder in folder.ancestors().take_while(inside) {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}

/// Copies a file, as a link if possible, so that its own path always exists.
fn keep(place: &Path, copy: &Path) -> io::Result<()> {
    match fs::hard_link(place, copy) {
        Err(error) if error.kind() != ErrorKind::NotFound => fs::copy(place, copy).map(drop),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::apply;
    use crate::manifest::RuntimeSource;
    use crate::plan::changes::Plan;
    use crate::plan::target::Target;
    use crate::plan::testing::{target, tree};
    use crate::testing::Folder;
    use std::fs;

    const LIB: &str = "// @generated\nlib\n";

    #[test]
    fn the_folder_equals_the_tree_after_writing() {
        let folder = Folder::new();
        folder.put("src/old.rs", "// @generated\nold\n");
        folder.put("src/gone/deep/er.rs", "// @generated\n");
        folder.put("src/half/gone.rs", "// @generated\n");
        folder.put("src/half/.hidden", "by hand\n");
        let files = tree(&[
            ("Cargo.toml", "[package]\n"),
            ("docs/new/page.md", "<!-- @generated -->\n"),
            ("src/old.rs", "// @generated\nnew\n"),
        ]);
        apply(
            &Plan::new(&files, &target(&folder), RuntimeSource::Keep),
            &target(&folder),
        )
        .unwrap();
        let contents = folder.contents();
        let paths: Vec<&str> = contents.keys().map(String::as_str).collect();
        assert_eq!(
            paths,
            [
                "Cargo.toml",
                "docs/",
                "docs/new/",
                "docs/new/page.md",
                "src/",
                "src/half/",
                "src/half/.hidden",
                "src/old.rs",
            ]
        );
        assert_eq!(contents["src/old.rs"], "// @generated\nnew\n");
        let again = Plan::new(&files, &target(&folder), RuntimeSource::Keep);
        assert!(again.changes.is_empty() && again.left == 3, "{again:?}");
    }

    #[test]
    fn the_crate_folder_is_not_removed() {
        let folder = Folder::new();
        folder.put("src/gone.rs", "// @generated\n");
        let files = tree(&[]);
        apply(
            &Plan::new(&files, &target(&folder), RuntimeSource::Keep),
            &target(&folder),
        )
        .unwrap();
        assert!(folder.path().is_dir() && folder.contents().is_empty());
    }

    #[test]
    fn unchanged_files_are_not_touched() {
        let folder = Folder::new();
        folder.put("src/lib.rs", LIB);
        let modified = || {
            fs::metadata(folder.path().join("src/lib.rs"))
                .unwrap()
                .modified()
                .unwrap()
        };
        let before = modified();
        let files = tree(&[("src/lib.rs", LIB), ("src/new.rs", LIB)]);
        apply(
            &Plan::new(&files, &target(&folder), RuntimeSource::Keep),
            &target(&folder),
        )
        .unwrap();
        assert_eq!(modified(), before);
    }

    #[test]
    fn nothing_changes_if_writing_fails() {
        let folder = Folder::new();
        folder.put("src/a.rs", "// @generated\nold\n");
        folder.put("src/stale.rs", "// @generated\n");
        let files = tree(&[
            ("new/deep/x.rs", LIB),
            ("src/a.rs", LIB),
            ("src/types/b.rs", LIB),
        ]);
        let plan = Plan::new(&files, &target(&folder), RuntimeSource::Keep);
        // Changes the folder between planning and writing, so that writing fails.
        folder.put("src/types", "in the way");
        let before = folder.contents();
        let problem = apply(&plan, &target(&folder)).unwrap_err();
        assert!(
            problem.what.contains("create the folder") && problem.what.contains("types"),
            "{problem:?}"
        );
        assert_eq!(folder.contents(), before);
    }

    #[test]
    fn invalid_names_change_nothing() {
        let folder = Folder::new();
        folder.put("src/a.rs", "// @generated\nold\n");
        folder.put("src/stale.rs", "// @generated\n");
        let long = format!("src/types/{}.rs", "n".repeat(300));
        let files = tree(&[
            ("docs/new.md", "<!-- @generated -->\n"),
            (&long, LIB),
            ("src/a.rs", LIB),
            ("src/z.rs", LIB),
        ]);
        let plan = Plan::new(&files, &target(&folder), RuntimeSource::Keep);
        assert!(plan.problems.is_empty(), "{plan:?}");
        let before = folder.contents();
        let problem = apply(&plan, &target(&folder)).unwrap_err();
        assert!(
            problem
                .what
                .starts_with("cannot write `crate/src/types/nnn")
                && problem.what.ends_with("nothing was written")
        );
        assert_eq!(folder.contents(), before);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_keeps_its_mode() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new();
        folder.put("src/a.rs", "// @generated\nold\n");
        let path = folder.path().join("src/a.rs");
        for mode in [0o640, 0o444, 0o755] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let text = format!("// @generated\n{mode}\n");
            let files = tree(&[("src/a.rs", &text)]);
            apply(
                &Plan::new(&files, &target(&folder), RuntimeSource::Keep),
                &target(&folder),
            )
            .unwrap();
            assert_eq!(
                fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                mode
            );
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn no_temporary_file_stays_if_replacing_fails() {
        let folder = Folder::new();
        folder.put("src/b.rs", "// @generated\nold\n");
        folder.put("src/stale.rs", "// @generated\n");
        let files = tree(&[
            ("docs/a.md", "<!-- @generated -->\n"),
            ("src/b.rs", LIB),
            ("src/c.rs", LIB),
        ]);
        let plan = Plan::new(&files, &target(&folder), RuntimeSource::Keep);
        folder.put("src/c.rs/full", "");
        let before = folder.contents();
        let problem = apply(&plan, &target(&folder)).unwrap_err();
        assert!(
            problem.what.starts_with("cannot replace `crate/src/c.rs`"),
            "{problem:?}"
        );
        assert!(problem.what.ends_with("nothing was written"), "{problem:?}");
        assert_eq!(folder.contents(), before);
    }

    #[test]
    fn temporary_files_of_a_killed_run_are_removed() {
        let folder = Folder::new();
        // The name contains the ID of this process.
        folder.put("src/.codegen-1-0.tmp", "");
        folder.put(".codegen-1-1.tmp", LIB);
        folder.put("docs/deep/.codegen-1-0.tmp", "<!-");
        folder.put("src/.codegen-2-0.tmp/lib.rs", LIB);
        let files = tree(&[
            ("Cargo.toml", "[package]\n"),
            ("src/lib.rs", LIB),
            ("src/main.rs", LIB),
        ]);
        apply(
            &Plan::new(&files, &target(&folder), RuntimeSource::Keep),
            &target(&folder),
        )
        .unwrap();
        let left: Vec<String> = folder.contents().into_keys().collect();
        assert_eq!(left, ["Cargo.toml", "src/", "src/lib.rs", "src/main.rs"]);
    }

    #[test]
    fn parent_folders_are_created_and_removed_on_failure() {
        let folder = Folder::new();
        let target = Target {
            dir: folder.path().join("a/b"),
            name: "a/b".into(),
        };
        let files = tree(&[("src/lib.rs", LIB)]);
        apply(&Plan::new(&files, &target, RuntimeSource::Keep), &target).unwrap();
        assert_eq!(folder.contents()["a/b/src/lib.rs"], LIB);

        let target = Target {
            dir: folder.path().join("c/d"),
            name: "c/d".into(),
        };
        let files = tree(&[("src/lib.rs", LIB), ("src/x/y.rs", LIB)]);
        let plan = Plan::new(&files, &target, RuntimeSource::Keep);
        // The name exceeds the limit of all file systems.
        let target = Target {
            dir: target.dir.join("n".repeat(300)),
            ..target
        };
        apply(&plan, &target).unwrap_err();
        assert!(!folder.path().join("c").exists());
    }
}
