//! Files of a git revision: `HEAD~1:model/appfabric`.

use crate::failure::Problem;
use crate::input;
use smithy_model::Sources;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A revision of the repository and a path in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Revision {
    commit: String,
    path: String,
}

impl Revision {
    /// Parses `REVISION:PATH`. Returns `None` for a path on disk, and if it cannot be a revision.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (commit, path) = text.split_once(':')?;
        let is_revision = !commit.is_empty() && !path.is_empty() && !Path::new(text).exists();
        is_revision.then(|| Self {
            commit: commit.to_owned(),
            path: path.to_owned(),
        })
    }

    /// A path of a commit, relative to a folder in the repository.
    ///
    /// # Errors
    ///
    /// The folder is not in a repository.
    pub(crate) fn in_folder(commit: &str, folder: &Path, path: &str) -> Result<Self, Problem> {
        let prefix = git_in(folder, &["rev-parse", "--show-prefix"])?;
        let mut parts: Vec<&str> = Vec::new();
        for part in prefix
            .trim_end_matches('\n')
            .split('/')
            .chain(path.split('/'))
        {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        Ok(Self {
            commit: commit.to_owned(),
            path: parts.join("/"),
        })
    }

    /// Reads the file, or all files of a model below the folder, sorted by path. The path is
    /// relative to the root of the repository. `at` is a folder in the repository.
    pub(crate) fn sources(&self, at: &Path) -> Result<Sources, Problem> {
        let mut sources = Sources::new();
        self.add_to(&mut sources, at)?;
        Ok(sources)
    }

    /// Adds the files to those of other paths.
    pub(crate) fn add_to(&self, sources: &mut Sources, at: &Path) -> Result<(), Problem> {
        let Self { commit, path } = self;
        let list = [
            "ls-tree",
            "--full-tree",
            "-r",
            "-z",
            "--name-only",
            commit,
            "--",
            path,
        ];
        let listed = git_in(at, &list)?;
        let files: Vec<&str> = listed
            .split('\0')
            .filter(|file| *file == path || input::is_json(Path::new(file)))
            .filter(|file| !file.is_empty() && !file.split('/').any(|part| part.starts_with('.')))
            .collect();
        if files.is_empty() {
            let what = format!("`{path}` of the revision `{commit}` has no `.json` file");
            return Err(Problem::new(
                what,
                "name a file or folder as it was called in that revision",
            ));
        }
        for file in files {
            let is_compressed_copy = file
                .strip_suffix(".gz")
                .is_some_and(|plain| listed.split('\0').any(|other| other == plain));
            let name = format!("{commit}:{file}");
            if is_compressed_copy || sources.iter().any(|(_, known)| known.name == name) {
                continue;
            }
            let text = input::text(&name, &git_bytes(at, &["show", &name])?)?;
            sources.add(name, text);
        }
        Ok(())
    }

    /// The text of the file.
    pub(crate) fn text(&self, at: &Path) -> Result<String, Problem> {
        git_in(at, &["show", &format!("{}:{}", self.commit, self.path)])
    }

    /// The text of the file, and of the files of the same name in the folders above it, closest
    /// first. The files that the revision does not have are left out.
    pub(crate) fn texts_upward(&self, at: &Path) -> Vec<String> {
        let path = Path::new(&self.path);
        let name = path.file_name().unwrap_or_default();
        let folders = path.ancestors().skip(1).map(|folder| folder.join(name));
        let text = |path: PathBuf| {
            let path = path.to_str()?.replace('\\', "/");
            git_in(at, &["show", &format!("{}:{path}", self.commit)]).ok()
        };
        folders.filter_map(text).collect()
    }
}

/// Returns the text that a git command in a folder prints.
pub(crate) fn git_in(folder: &Path, arguments: &[&str]) -> Result<String, Problem> {
    String::from_utf8(git_bytes(folder, arguments)?).map_err(|_| {
        Problem::new(
            format!(
                "`git {}` printed text that is not UTF-8",
                arguments.join(" ")
            ),
            "save the files as UTF-8",
        )
    })
}

fn git_bytes(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Problem> {
    let command = format!("git {}", arguments.join(" "));
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output()
        .map_err(|error| {
            Problem::new(
                format!("cannot run `{command}`: {error}"),
                "install git, or name files instead of a revision",
            )
        })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let what = format!("`{command}` failed: {}", said.trim());
    Err(Problem::new(
        what,
        "run it inside the repository, with a revision that `git log` knows",
    ))
}

#[cfg(test)]
mod tests {
    use super::Revision;
    use std::path::Path;

    #[test]
    fn revisions_and_paths() {
        let revision = Revision::parse("HEAD~1:model/appfabric").unwrap();
        assert_eq!(
            (revision.commit.as_str(), revision.path.as_str()),
            ("HEAD~1", "model/appfabric")
        );
        assert!(Revision::parse("model/appfabric").is_none());
        assert!(Revision::parse(":model").is_none() && Revision::parse("HEAD:").is_none());
    }

    #[test]
    fn errors_name_the_revision() {
        let told = |text: &str| {
            Revision::parse(text)
                .unwrap()
                .sources(Path::new("."))
                .unwrap_err()
                .what
        };
        assert!(told("no-such-revision:model").contains("no-such-revision"));
    }
}
