//! Paths: relative, without links, and in workspaces.

use crate::failure::Problem;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use toml_edit::{Document, Item, Value};

/// The path `to` relative to the folder `from`, with `/`. Both are paths from [`resolve`]. The path
/// is absolute if they have no common root, as on two drives of Windows.
pub(crate) fn relative(to: &Path, from: &Path) -> Result<String, Problem> {
    let common = to
        .components()
        .zip(from.components())
        .take_while(|(a, b)| a == b)
        .count();
    if common == 0 {
        return Ok(utf8(to)?.to_owned());
    }
    let up = from.components().skip(common).map(|_| "..");
    let down: PathBuf = to.components().skip(common).collect();
    let down = utf8(&down)?.replace('\\', "/");
    let down = (!down.is_empty()).then_some(down.as_str());
    Ok(up.chain(down).collect::<Vec<_>>().join("/"))
}

/// Whether the closest workspace around a crate has it as a member. `dir` is a path from
/// [`resolve`].
pub(crate) fn is_workspace_member(dir: &Path) -> bool {
    for root in dir.ancestors().skip(1) {
        let Ok(manifest) = fs::read_to_string(root.join("Cargo.toml")) else {
            continue;
        };
        let manifest = manifest.parse::<Document<String>>().ok();
        let workspace = manifest
            .as_ref()
            .and_then(|manifest| manifest.get("workspace"));
        let Some(workspace) = workspace else { continue };
        let members = workspace.get("members").and_then(Item::as_array);
        let mut patterns = members.into_iter().flatten().filter_map(Value::as_str);
        let inner = dir.strip_prefix(root).unwrap_or(dir);
        return patterns.any(|pattern| matches(pattern, inner));
    }
    false
}

/// Whether a path matches the pattern of a member, in which `*` stands for one name.
fn matches(pattern: &str, path: &Path) -> bool {
    let pattern: Vec<_> = Path::new(pattern).components().collect();
    let path: Vec<_> = path.components().collect();
    pattern.len() == path.len()
        && pattern
            .iter()
            .zip(&path)
            .all(|(pattern, name)| pattern.as_os_str() == "*" || pattern == name)
}

/// The absolute path without links, `.` and `..`. The path does not have to exist.
pub(crate) fn resolve(path: &Path) -> Result<PathBuf, Problem> {
    let failed = |error: io::Error| Problem::io("find", path, &error);
    let mut existing = std::path::absolute(path).map_err(failed)?;
    let mut missing = Vec::new();
    loop {
        match fs::canonicalize(&existing) {
            Ok(real) => existing = real,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                missing.extend(
                    existing
                        .components()
                        .next_back()
                        .map(|part| part.as_os_str().to_owned()),
                );
                if existing.pop() {
                    continue;
                }
                return Err(failed(error));
            }
            Err(error) => return Err(failed(error)),
        }
        break;
    }
    // Missing parts are not links, so `..` removes the part before it.
    for part in missing.iter().rev() {
        if part == ".." {
            existing.pop();
        } else {
            existing.push(part);
        }
    }
    Ok(existing)
}

fn utf8(path: &Path) -> Result<&str, Problem> {
    path.to_str().ok_or_else(|| {
        let what = format!(
            "`{}` cannot be written to a Cargo.toml: it is not Unicode",
            path.display()
        );
        Problem::new(what, "move the folder to a Unicode path")
    })
}

#[cfg(test)]
mod tests {
    use super::{is_workspace_member, relative, resolve};
    use crate::testing::Folder;
    use std::path::Path;

    #[test]
    fn relative_paths() {
        let folder = Folder::new();
        let to_runtime = |dir: &str| {
            let [to, from] =
                ["checkout/runtime", dir].map(|path| resolve(&folder.path().join(path)));
            relative(&to.unwrap(), &from.unwrap()).unwrap()
        };
        assert_eq!(to_runtime("checkout/out"), "../runtime");
        assert_eq!(to_runtime("checkout/target/a/b"), "../../../runtime");
        assert_eq!(to_runtime("out"), "../checkout/runtime");
        assert_eq!(to_runtime("checkout-2"), "../checkout/runtime");
        #[cfg(unix)]
        {
            // `..` after a link is relative to the target of the link.
            folder.put("checkout/a/b/c/keep", "");
            std::os::unix::fs::symlink("checkout/a/b/c", folder.path().join("link")).unwrap();
            assert_eq!(to_runtime("link/out"), "../../../../runtime");
        }
    }

    #[test]
    fn members_of_a_workspace_are_recognized() {
        let folder = Folder::new();
        folder.put(
            "Cargo.toml",
            "[workspace]\nmembers = [\"tool\", \"crates/*\"]\n",
        );
        folder.put("crates/a/b/Cargo.toml", "[package]\n");
        let is_member =
            |path: &str| is_workspace_member(&resolve(&folder.path().join(path)).unwrap());
        assert!(is_member("tool") && is_member("crates/new"));
        assert!(!is_member("crates/a/b") && !is_member("crates") && !is_member("other"));
    }

    #[test]
    fn paths_that_do_not_exist_yet() {
        let folder = Folder::new();
        folder.put("a/keep", "");
        assert_eq!(
            resolve(&folder.path().join("a/x/../y/./z")).unwrap(),
            folder.path().join("a/y/z")
        );
        assert_eq!(
            resolve(&folder.path().join("a/../b")).unwrap(),
            folder.path().join("b")
        );
        assert!(resolve(Path::new("x")).unwrap().is_absolute());
        let problem = resolve(&folder.path().join("a/keep/x")).unwrap_err();
        assert!(problem.cure.contains("is a file"), "{problem:?}");
    }
}
