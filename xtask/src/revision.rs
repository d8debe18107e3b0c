//! Files of a git revision: `HEAD~1:model/appfabric`.

use crate::failure::Problem;
use smithy_model::Sources;
use std::path::Path;
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

    /// A path of a commit.
    pub(crate) fn new(commit: &str, path: &str) -> Self {
        Self {
            commit: commit.to_owned(),
            path: path.to_owned(),
        }
    }

    /// Reads the file, or all `*.json` files below the folder, sorted by path. The path is relative
    /// to the root of the repository.
    pub(crate) fn sources(&self) -> Result<Sources, Problem> {
        self.sources_in(Path::new("."))
    }

    /// The same in the repository of another folder.
    pub(crate) fn sources_in(&self, folder: &Path) -> Result<Sources, Problem> {
        let Self { commit, path } = self;
        let listed = git_in(
            folder,
            &[
                "ls-tree",
                "--full-tree",
                "-r",
                "-z",
                "--name-only",
                commit,
                "--",
                path,
            ],
        )?;
        let files: Vec<&str> = listed
            .split('\0')
            .filter(|file| *file == path || file.to_ascii_lowercase().ends_with(".json"))
            .filter(|file| !file.is_empty() && !file.split('/').any(|part| part.starts_with('.')))
            .collect();
        if files.is_empty() {
            let what = format!("`{path}` of the revision `{commit}` has no `.json` file");
            return Err(Problem::new(
                what,
                "name a file or folder as it was called in that revision",
            ));
        }
        let mut sources = Sources::new();
        for file in files {
            let name = format!("{commit}:{file}");
            let text = git_in(folder, &["show", &name])?;
            sources.add(name, text);
        }
        Ok(sources)
    }
}

/// Returns the output of a git command in a folder.
pub(crate) fn git_in(folder: &Path, arguments: &[&str]) -> Result<String, Problem> {
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
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let what = format!("`{command}` failed: {}", said.trim());
        return Err(Problem::new(
            what,
            "run it inside the checkout, with a revision that `git log` knows",
        ));
    }
    String::from_utf8(output.stdout).map_err(|_| {
        Problem::new(
            format!("`{command}` printed text that is not UTF-8"),
            "save the files as UTF-8",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::Revision;

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
        let told = |text: &str| Revision::parse(text).unwrap().sources().unwrap_err().what;
        assert!(told("no-such-revision:model").contains("no-such-revision"));
    }
}
