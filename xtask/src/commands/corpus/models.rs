//! Finds the models in a folder.

use crate::failure::Problem;
use crate::input::Input;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The file names of a botocore service. All other files in its folder belong to the service.
const BOTOCORE: [&str; 2] = ["service-2.json", "service-2.json.gz"];

/// A model and its name, which is the path in the corpus with hyphens, such as `lambda-2015-03-31`.
#[derive(Debug)]
pub(super) struct CorpusModel {
    pub(super) name: String,
    pub(super) input: Input,
}

/// The models in a folder and the folders below it whose names contain `filter`, sorted by name. A
/// model is a `*.json` or `*.json.gz` file, or a folder with a `service-2.json` or
/// `service-2.json.gz`. Hidden files and folders are
/// skipped, and links to folders are not followed.
pub(super) fn find(dir: &Path, filter: &str) -> Result<Vec<CorpusModel>, Problem> {
    let mut found = Vec::new();
    walk(dir, &mut Vec::new(), &mut found)?;
    found.sort();
    let mut taken = BTreeSet::new();
    let named = found.into_iter().map(|(name, path)| {
        let name = unique(name, &mut taken);
        CorpusModel {
            name,
            input: Input {
                name: path.clone(),
                path,
            },
        }
    });
    let models: Vec<_> = named.filter(|model| model.name.contains(filter)).collect();
    if models.is_empty() {
        let whose = if filter.is_empty() {
            String::new()
        } else {
            format!(" whose name contains `{filter}`")
        };
        let what = format!("no model in `{}`{whose}", dir.display());
        return Err(Problem::new(
            what,
            "name a folder of `.json` files, or of folders that hold them",
        ));
    }
    Ok(models)
}

fn walk(
    folder: &Path,
    above: &mut Vec<String>,
    found: &mut Vec<(String, PathBuf)>,
) -> Result<(), Problem> {
    let failed = |error: io::Error| Problem::io("read the folder", folder, &error);
    let mut services = BOTOCORE.iter().map(|name| folder.join(name));
    let botocore = services.find(|path| path.is_file());
    let is_botocore = botocore.is_some();
    if let Some(botocore) = botocore {
        found.push((
            if above.is_empty() {
                "service-2".to_owned()
            } else {
                above.join("-")
            },
            botocore,
        ));
    }
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, name) = (
            entry.path(),
            entry.file_name().to_string_lossy().into_owned(),
        );
        if name.starts_with('.') {
            continue;
        }
        if entry.file_type().map_err(failed)?.is_dir() {
            above.push(name);
            walk(&path, above, found)?;
            above.pop();
        } else if let Some(stem) = stem(&name, folder)
            && path.is_file()
            && !is_botocore
        {
            let parts: Vec<_> = above.iter().map(String::as_str).chain([stem]).collect();
            found.push((parts.join("-"), path));
        }
    }
    Ok(())
}

/// The name of a model's file without its ending. `None` for other files, and for a compressed file
/// beside the same file without compression.
fn stem<'n>(name: &'n str, folder: &Path) -> Option<&'n str> {
    match name.strip_suffix(".gz") {
        Some(plain) if folder.join(plain).exists() => None,
        plain => plain.unwrap_or(name).strip_suffix(".json"),
    }
}

/// Adds a number to the name if it is taken: `a/b.json` and `a-b.json` are two models.
fn unique(name: String, taken: &mut BTreeSet<String>) -> String {
    let mut unique = name.clone();
    let mut number = 2;
    while !taken.insert(unique.clone()) {
        unique = format!("{name}-{number}");
        number += 1;
    }
    unique
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::testing::Folder;

    fn names(folder: &Folder, filter: &str) -> Vec<(String, String)> {
        let models = find(folder.path(), filter).unwrap().into_iter();
        let relative = |path: &std::path::Path| {
            path.strip_prefix(folder.path())
                .unwrap()
                .display()
                .to_string()
        };
        models
            .map(|model| (model.name.clone(), relative(&model.input.path)))
            .collect()
    }

    #[test]
    fn files_and_folders_of_botocore() {
        let folder = Folder::new();
        for path in [
            "b.json",
            "a/b.json",
            "a-b.json",
            "readme.md",
            ".git/x.json",
            "lambda/2015-03-31/service-2.json",
            "lambda/2015-03-31/paginators-1.json",
        ] {
            folder.put(path, "");
        }
        let pair = |name: &str, path: &str| (name.to_owned(), path.to_owned());
        let lambda = pair("lambda-2015-03-31", "lambda/2015-03-31/service-2.json");
        assert_eq!(
            names(&folder, ""),
            [
                pair("a-b", "a/b.json"),
                pair("a-b-2", "a-b.json"),
                pair("b", "b.json"),
                lambda.clone()
            ]
        );
        assert_eq!(names(&folder, "lambda"), [lambda]);
    }

    #[test]
    fn a_missing_model_is_an_error() {
        let folder = Folder::new();
        let none = find(folder.path(), "").unwrap_err().what;
        assert_eq!(none, format!("no model in `{}`", folder.path().display()));
        folder.put("a.json", "");
        assert!(
            find(folder.path(), "b")
                .unwrap_err()
                .what
                .ends_with("whose name contains `b`")
        );
        assert!(
            find(&folder.path().join("c"), "")
                .unwrap_err()
                .what
                .starts_with("cannot read the folder")
        );
    }
}
