use crate::failure::Problem;
use smithy_codegen::toml_string;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use toml_edit::{Document, Item, Value};

/// The model of the crate in [`CRATE`], relative to the checkout.
pub(crate) const MODEL: &str = "model/appfabric";
/// The emitted crate, relative to the checkout.
pub(crate) const CRATE: &str = "generated";

/// The checkout that the commands work on.
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the checkout. `cargo xtask` sets the folder of this package at run time, which
    /// supports checkouts that were moved or share a target folder. A binary that is started
    /// directly uses the folder where it was built.
    pub(crate) fn find() -> Result<Self, Problem> {
        let of_run = || {
            // In a build script or a test of another package, the variables belong to that package.
            (std::env::var("CARGO_PKG_NAME").ok()? == env!("CARGO_PKG_NAME")).then_some(())?;
            std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from)
        };
        let package = of_run().unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        match package.parent() {
            Some(root) if root.join("Cargo.toml").is_file() => Ok(Self {
                root: root.to_owned(),
            }),
            _ => Err(Problem::new(
                format!("`{}` is not in a workspace", package.display()),
                "run `cargo xtask` in the checkout",
            )),
        }
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The source of this checkout's runtime in the manifest of a crate in `dir`, a path from
    /// [`resolve`].
    pub(crate) fn runtime_for(&self, dir: &Path) -> Result<String, Problem> {
        let runtime = resolve(&self.root)?.join(RUNTIME);
        Ok(format!("path = {}", toml_string(&relative(&runtime, dir)?)))
    }
}

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

const RUNTIME: &str = "runtime";

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
        Problem::new(what, "move the checkout to a Unicode path")
    })
}

#[cfg(test)]
mod tests {
    use super::{Workspace, is_workspace_member, resolve};
    use crate::testing::Folder;
    use std::path::Path;

    #[test]
    fn finds_this_checkout() {
        assert!(
            Workspace::find()
                .unwrap()
                .path("xtask/src/workspace.rs")
                .is_file()
        );
    }

    #[test]
    fn the_path_to_the_runtime_is_relative() {
        let folder = Folder::new();
        folder.put("checkout/Cargo.toml", "");
        let workspace = Workspace {
            root: folder.path().join("checkout"),
        };
        let runtime = |dir: &str| {
            workspace
                .runtime_for(&resolve(&folder.path().join(dir)).unwrap())
                .unwrap()
        };
        assert_eq!(runtime("checkout/out"), r#"path = "../runtime""#);
        assert_eq!(
            runtime("checkout/target/a/b"),
            r#"path = "../../../runtime""#
        );
        assert_eq!(runtime("out"), r#"path = "../checkout/runtime""#);
        assert_eq!(runtime("checkout-2"), r#"path = "../checkout/runtime""#);
        #[cfg(unix)]
        {
            // `..` after a link is relative to the target of the link.
            folder.put("checkout/a/b/c/keep", "");
            std::os::unix::fs::symlink("checkout/a/b/c", folder.path().join("link")).unwrap();
            assert_eq!(runtime("link/out"), r#"path = "../../../../runtime""#);
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
