//! Checks that the version of the emitted crate has grown with its API (Semantic Versioning 2.0.0,
//! with Cargo's rules for `0.x`).

use crate::bump::{Bump, Difference};
use crate::failure::Problem;
use crate::revision::{Revision, git_in};
use crate::workspace::{MODEL, Workspace};
use semver::Version;
use smithy_codegen::Options;
use smithy_model::Model;
use std::path::Path;
use toml_edit::Document;

/// The manifest of the crate.
const MANIFEST: &str = "generated/Cargo.toml";

/// Returns the version of the package in a manifest. A version with a pre-release or build part is
/// not supported.
fn version_of(manifest: &str) -> Option<Version> {
    let manifest = manifest.parse::<Document<String>>().ok()?;
    let version = Version::parse(manifest.get("package")?.get("version")?.as_str()?).ok()?;
    (version.pre.is_empty() && version.build.is_empty()).then_some(version)
}

/// Returns the lowest version that may follow. In a version `0.x`, the second number is the major
/// one for Cargo.
fn next_version(version: &Version, bump: Bump) -> Version {
    let Version {
        major,
        minor,
        patch,
        ..
    } = *version;
    match (bump, major) {
        (Bump::None | Bump::Patch, _) => version.clone(),
        (Bump::Minor, 0) => Version::new(major, minor, patch + 1),
        (Bump::Major, 0) => Version::new(major, minor + 1, 0),
        (Bump::Minor, _) => Version::new(major, minor + 1, 0),
        (Bump::Major, _) => Version::new(major + 1, 0, 0),
    }
}

/// Compares the model with those of the commits that last changed the version of the crate. The
/// version must have grown with the API, and the API must not have grown since. Returns a warning
/// if there is no history to compare with.
///
/// # Errors
///
/// The version is too small.
pub(crate) fn check(workspace: &Workspace, model: &Model) -> Result<Option<Problem>, Problem> {
    let root = &workspace.path("");
    if !root.join(MANIFEST).exists() {
        return Ok(None);
    }
    let Some(now) = current(root) else {
        let cure = "set `version = \"x.y.z\"` in its table `[package]`";
        return Ok(Some(Problem::new(
            format!("the version in {MANIFEST} cannot be read"),
            cure,
        )));
    };
    if let Some(short) = shortfall(root, &now, model) {
        return Err(too_small(&now, &short));
    }
    Ok(not_compared(root))
}

/// A warning that earlier versions cannot be read.
fn not_compared(root: &Path) -> Option<Problem> {
    let shallow = git_in(root, &["rev-parse", "--is-shallow-repository"]);
    let (why, cure) = match shallow.as_deref().map(str::trim) {
        Ok("false") => return None,
        Ok(_) => ("the history is cut off", "run `git fetch --unshallow`"),
        Err(_) => (
            "there is no history",
            "run it in a clone, with git installed",
        ),
    };
    Some(Problem::new(
        format!("the version in {MANIFEST} was not compared with earlier versions: {why}"),
        cure,
    ))
}

/// The advice about the version after an import.
pub(crate) struct Advice {
    /// The line that is printed.
    pub(crate) line: String,
    /// The reason why the advice can be incomplete.
    pub(crate) warning: Option<Problem>,
}

/// Returns the advice after an import. `difference` is from the previous model to the new one, and
/// is used if there is no history.
pub(crate) fn advice(workspace: &Workspace, model: &Model, difference: &Difference) -> Advice {
    let root = &workspace.path("");
    let bump = difference.bump();
    let Some(now) = current(root) else {
        return Advice {
            line: format!("version: {bump}"),
            warning: None,
        };
    };
    let warning = not_compared(root);
    let needed = match shortfall(root, &now, model) {
        Some(Shortfall { needed, .. }) => needed,
        None if warning.is_some() => next_version(&now, bump),
        None => now.clone(),
    };
    let line = if needed > now {
        format!(
            "version: {bump}; the version in {MANIFEST} is {now}, and must be at least {needed}"
        )
    } else {
        format!("version: no change needed, {MANIFEST} has {now}")
    };
    Advice { line, warning }
}

/// A version that is too low.
struct Shortfall {
    /// The commit it is compared with, and the version there.
    commit: String,
    before: Version,
    needed: Version,
    difference: Difference,
}

fn current(root: &Path) -> Option<Version> {
    std::fs::read_to_string(root.join(MANIFEST))
        .ok()
        .as_deref()
        .and_then(version_of)
}

fn shortfall(root: &Path, now: &Version, model: &Model) -> Option<Shortfall> {
    baselines(root, now)?.into_iter().find_map(|commit| {
        let (before, old) = released(root, &commit)?;
        let difference = Difference::between(&old, model, &Options::default());
        let needed = next_version(&before, difference.bump());
        (*now < needed).then_some(Shortfall {
            commit,
            before,
            needed,
            difference,
        })
    })
}

/// The commits to compare with: those that set this version and the previous one, or only the one
/// that set the committed version if the working tree has another.
fn baselines(root: &Path, now: &Version) -> Option<Vec<String>> {
    let head = git_in(root, &["show", &format!("HEAD:{MANIFEST}")]).ok()?;
    let is_committed = version_of(&head).as_ref() == Some(now);
    let count = if is_committed { "-2" } else { "-1" };
    let commits = git_in(
        root,
        &["log", count, "--format=%H", "-G^version = ", "--", MANIFEST],
    )
    .ok()?;
    Some(commits.lines().map(str::to_owned).collect())
}

/// The version and the model of a commit, if it has both.
fn released(root: &Path, commit: &str) -> Option<(Version, Model)> {
    let manifest = git_in(root, &["show", &format!("{commit}:{MANIFEST}")]).ok()?;
    let sources = Revision::new(commit, MODEL).sources_in(root).ok()?;
    let loaded = smithy_model::load(&sources);
    loaded
        .is_ok()
        .then_some((version_of(&manifest)?, loaded.model))
}

fn too_small(now: &Version, short: &Shortfall) -> Problem {
    const SHOWN: usize = 5;
    let Shortfall {
        commit,
        before,
        needed,
        difference,
    } = short;
    let changes = match &difference.api {
        Ok(api) => api.deciding(),
        Err(_) => &[],
    };
    let must = format!("the version in {MANIFEST} is {now}, and must be at least {needed}");
    let set = format!("set `version = \"{needed}\"` there");
    let mut what = match difference.bump() {
        Bump::Major if difference.api.is_err() => {
            format!(
                "{must}: the model has changed since {before}, and a crate cannot be generated from the old model"
            )
        }
        Bump::Major => {
            format!("{must}: the crate's API has breaking changes since {before}")
        }
        Bump::Minor => format!("{must}: the crate's API has additions since {before}"),
        Bump::Patch | Bump::None => {
            return Problem::new(format!("{must}, the version before"), set);
        }
    };
    for change in changes.iter().take(SHOWN) {
        what.push_str(&format!("\n{change}"));
    }
    if changes.len() > SHOWN {
        what.push_str(&format!("\nand {} more", changes.len() - SHOWN));
    }
    let short = commit.get(..12).unwrap_or(commit);
    let cure = format!(
        "{set}, and draft an entry of the changelog with\n\
         `cargo xtask diff {short}:{MODEL} {MODEL} --format changelog`"
    );
    Problem::new(what, cure)
}

#[cfg(test)]
mod tests {
    use super::{Bump, Version, next_version, version_of};

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    #[test]
    fn versions_of_manifests() {
        let manifest = "[package]\nname = \"a\"\nversion = \"1.20.3\"\n[dependencies]\nb = \"2\"\n";
        assert_eq!(version_of(manifest), Some(version("1.20.3")));
        assert_eq!(version_of("version.workspace = true\n"), None);
        assert_eq!(version_of("version = \"1.0.0-beta\"\n"), None);
        assert!(version("0.10.0") > version("0.9.9"));
    }

    #[test]
    fn allowed_next_versions() {
        let after = |text: &str, bump| next_version(&version(text), bump).to_string();
        assert_eq!(after("0.1.2", Bump::Patch), "0.1.2");
        assert_eq!(after("0.1.2", Bump::Minor), "0.1.3");
        assert_eq!(after("0.1.2", Bump::Major), "0.2.0");
        assert_eq!(after("1.1.2", Bump::Minor), "1.2.0");
        assert_eq!(after("1.1.2", Bump::Major), "2.0.0");
    }
}
