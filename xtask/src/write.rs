//! Applies a plan to the disk.

use crate::failure::Problem;
use crate::plan::{Kind, Plan, Target};
use crate::temporary;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Makes the disk what the plan says.
///
/// Everything is first written beside its place; if that fails (no space, no permission, something in the way), it is
/// taken back and nothing has changed. Then stale files go and the new ones are renamed into place, so no file is ever
/// half written. The temporary files that a killed process left are known by their names and go first of all: process
/// ids repeat, so they may have the names that this run needs.
pub(crate) fn apply(plan: &Plan, target: &Target) -> Result<(), Problem> {
    let mut staged = Staged { target, files: Vec::new(), folders: Vec::new() };
    let done = staged
        .clear(plan)
        .and_then(|()| staged.write_all(plan))
        .map_err(|problem| add(problem, "nothing was written"));
    let done = done
        .and_then(|()| staged.commit(plan).map_err(|problem| add(problem, "other files may be in place")));
    if done.is_err() {
        staged.take_back();
    }
    done
}

fn add(problem: Problem, outcome: &str) -> Problem {
    Problem { what: format!("{}; {outcome}", problem.what), ..problem }
}

/// What has been written but is not in place yet.
struct Staged<'t> {
    target: &'t Target,
    /// Temporary files, and the paths they are meant for.
    files: Vec<(PathBuf, String)>,
    /// Folders created, outer ones first.
    folders: Vec<PathBuf>,
}

impl Staged<'_> {
    /// Removes what a killed run left.
    fn clear(&self, plan: &Plan) -> Result<(), Problem> {
        for path in &plan.leftovers {
            fs::remove_file(self.target.dir.join(path))
                .map_err(|error| Problem::io("remove", &self.target.name_of(path), &error))?;
        }
        Ok(())
    }

    fn write_all(&mut self, plan: &Plan) -> Result<(), Problem> {
        for change in &plan.changes {
            match change.kind {
                Kind::Create { text } | Kind::Update { text, .. } => self.write(&change.path, text)?,
                Kind::Remove => {}
            }
        }
        Ok(())
    }

    fn write(&mut self, path: &str, text: &str) -> Result<(), Problem> {
        let full = self.target.dir.join(path);
        let folder = full.parent().unwrap_or(&self.target.dir);
        self.create_folder(folder)?;
        let temporary = folder.join(temporary::name(self.files.len()));
        let failed = |error| Problem::io("write", &self.target.name_of(path), &error);
        let mut file = File::create_new(&temporary).map_err(failed)?;
        self.files.push((temporary, path.to_owned()));
        file.write_all(text.as_bytes()).map_err(failed)
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

    /// Puts everything in place. Stale files go first: where letter case does not count, one of them may be the old
    /// spelling of a new one.
    fn commit(&mut self, plan: &Plan) -> Result<(), Problem> {
        let removed = || plan.changes.iter().filter(|change| matches!(change.kind, Kind::Remove));
        for change in removed() {
            fs::remove_file(self.target.dir.join(&change.path))
                .map_err(|error| Problem::io("remove", &self.target.name_of(&change.path), &error))?;
        }
        while let Some((temporary, path)) = self.files.last() {
            fs::rename(temporary, self.target.dir.join(path))
                .map_err(|error| Problem::io("replace", &self.target.name_of(path), &error))?;
            self.files.pop();
        }
        removed().for_each(|change| self.remove_empty_above(&change.path));
        plan.leftovers.iter().for_each(|path| self.remove_empty_above(path));
        Ok(())
    }

    /// Removes the folders that a removed file leaves empty, up to the crate's.
    fn remove_empty_above(&self, path: &str) {
        for folder in Path::new(path).ancestors().skip(1).filter(|folder| *folder != Path::new("")) {
            // Refused, as it should be, unless the folder is empty.
            if fs::remove_dir(self.target.dir.join(folder)).is_err() {
                break;
            }
        }
    }

    /// Removes what was written and not put in place. What cannot be removed is found by the next run.
    fn take_back(&mut self) {
        for (temporary, _) in self.files.drain(..) {
            let _ = fs::remove_file(temporary);
        }
        for folder in self.folders.drain(..).rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::apply;
    use crate::plan::testing::{target, tree};
    use crate::plan::{Plan, Target};
    use crate::temporary;
    use crate::testing::Folder;
    use std::fs;

    const LIB: &str = "// @generated\nlib\n";

    #[test]
    fn makes_the_disk_what_the_tree_says() {
        let folder = Folder::new();
        folder.put("src/old.rs", "// @generated\nold\n");
        folder.put("src/gone/deep/er.rs", "// @generated\n");
        folder.put("src/half/gone.rs", "// @generated\n");
        folder.put("src/half/.hidden", "by hand\n");
        let files = tree(&[
            ("Cargo.toml", "# @generated\n"),
            ("docs/new/page.md", "<!-- @generated -->\n"),
            ("src/old.rs", "// @generated\nnew\n"),
        ]);
        apply(&Plan::new(&files, &target(&folder)), &target(&folder)).unwrap();
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
        let again = Plan::new(&files, &target(&folder));
        assert!(again.changes.is_empty() && again.left == 3, "{again:?}");
    }

    #[test]
    fn the_folder_of_the_crate_stays() {
        let folder = Folder::new();
        folder.put("src/gone.rs", "// @generated\n");
        let files = tree(&[]);
        apply(&Plan::new(&files, &target(&folder)), &target(&folder)).unwrap();
        assert!(folder.path().is_dir() && folder.contents().is_empty());
    }

    #[test]
    fn unchanged_files_are_not_touched() {
        let folder = Folder::new();
        folder.put("src/lib.rs", LIB);
        let modified = || fs::metadata(folder.path().join("src/lib.rs")).unwrap().modified().unwrap();
        let before = modified();
        let files = tree(&[("src/lib.rs", LIB), ("src/new.rs", LIB)]);
        apply(&Plan::new(&files, &target(&folder)), &target(&folder)).unwrap();
        assert_eq!(modified(), before);
    }

    #[test]
    fn nothing_changes_if_writing_fails() {
        let folder = Folder::new();
        folder.put("src/a.rs", "// @generated\nold\n");
        folder.put("src/stale.rs", "// @generated\n");
        let files = tree(&[("new/deep/x.rs", LIB), ("src/a.rs", LIB), ("src/types/b.rs", LIB)]);
        let plan = Plan::new(&files, &target(&folder));
        // Comes between planning and writing, so that writing is what fails.
        folder.put("src/types", "in the way");
        let before = folder.contents();
        let problem = apply(&plan, &target(&folder)).unwrap_err();
        assert!(problem.what.contains("create the folder") && problem.what.contains("types"), "{problem:?}");
        assert_eq!(folder.contents(), before);
    }

    #[test]
    fn no_temporary_file_stays_if_replacing_fails() {
        let folder = Folder::new();
        folder.put("src/b.rs", "// @generated\nold\n");
        let files = tree(&[("src/a.rs", LIB), ("src/b.rs", LIB)]);
        let plan = Plan::new(&files, &target(&folder));
        folder.put("src/a.rs/full", "");
        let problem = apply(&plan, &target(&folder)).unwrap_err();
        assert!(problem.what.starts_with("cannot replace `crate/src/a.rs`"), "{problem:?}");
        assert!(folder.contents().keys().all(|path| !path.contains(".tmp")), "{:?}", folder.contents());
    }

    #[test]
    fn temporary_files_of_a_killed_run_are_removed_whatever_they_hold() {
        let folder = Folder::new();
        // Of a process that had the id of this one.
        folder.put(&format!("src/{}", temporary::name(0)), "");
        folder.put(&temporary::name(1), LIB);
        folder.put("docs/deep/.codegen-1-0.tmp", "<!-");
        let files = tree(&[("Cargo.toml", "# @generated\n"), ("src/lib.rs", LIB), ("src/main.rs", LIB)]);
        apply(&Plan::new(&files, &target(&folder)), &target(&folder)).unwrap();
        let left: Vec<String> = folder.contents().into_keys().collect();
        assert_eq!(left, ["Cargo.toml", "src/", "src/lib.rs", "src/main.rs"]);
    }

    #[test]
    fn folders_above_the_crate_are_created_and_taken_back() {
        let folder = Folder::new();
        let target = Target { dir: folder.path().join("a/b"), name: "a/b".into() };
        let files = tree(&[("src/lib.rs", LIB)]);
        apply(&Plan::new(&files, &target), &target).unwrap();
        assert_eq!(folder.contents()["a/b/src/lib.rs"], LIB);

        let target = Target { dir: folder.path().join("c/d"), name: "c/d".into() };
        let files = tree(&[("src/lib.rs", LIB), ("src/x/y.rs", LIB)]);
        let plan = Plan::new(&files, &target);
        // Longer than any file system's limit.
        let target = Target { dir: target.dir.join("n".repeat(300)), ..target };
        apply(&plan, &target).unwrap_err();
        assert!(!folder.path().join("c").exists());
    }
}
