//! Checks that the version of an emitted crate has grown with its API since the last release
//! (Semantic Versioning 2.0.0, with Cargo's rules for `0.x`).

use crate::bump::{Bump, Difference};
use crate::config::{self, Config, CrateConfig};
use crate::failure::Problem;
use crate::program;
use crate::revision::{Revision, git_in};
use semver::Version;
use smithy_codegen::Options;
use smithy_model::{Model, Sources};
use std::path::Path;
use toml_edit::{Document, Item};

/// The number of changes that an error lists.
const SHOWN: usize = 5;

/// A crate of the configuration whose version is checked.
#[derive(Clone, Copy)]
struct Versioned<'c> {
    config: &'c Config,
    entry: &'c CrateConfig,
}

/// Returns the version of the package in a manifest. It can be inherited from one of the manifests
/// above. A version with a pre-release or build part is not supported.
fn version_of(manifest: &str, above: &[String]) -> Option<Version> {
    let manifest = manifest.parse::<Document<String>>().ok()?;
    let version = manifest.get("package")?.get("version")?;
    let inherits = version.get("workspace").and_then(Item::as_bool) == Some(true);
    let text = if inherits {
        above.iter().find_map(|text| version_of_workspace(text))?
    } else {
        version.as_str()?.to_owned()
    };
    let version = Version::parse(&text).ok()?;
    (version.pre.is_empty() && version.build.is_empty()).then_some(version)
}

fn version_of_workspace(manifest: &str) -> Option<String> {
    let manifest = manifest.parse::<Document<String>>().ok()?;
    let version = manifest.get("workspace")?.get("package")?.get("version")?;
    Some(version.as_str()?.to_owned())
}

/// Whether a manifest is that of a package. Above it can be that of a workspace.
fn is_of_package(manifest: &str) -> bool {
    let manifest = manifest.parse::<Document<String>>();
    manifest.is_ok_and(|manifest| manifest.get("package").is_some())
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

/// Compares the model with that of the last release: `since`, or the release tag with the highest
/// version. Without a release tag, it is compared with those of the commits that last changed the
/// version. The version must have grown with the API. Returns a warning if there is nothing to
/// compare with.
///
/// # Errors
///
/// The version is too small, or `since` cannot be read.
pub(crate) fn check(
    config: &Config,
    entry: &CrateConfig,
    since: Option<&str>,
    model: &Model,
) -> Result<Option<Problem>, Problem> {
    let versioned = Versioned { config, entry };
    let manifest = versioned.manifest();
    if !config.root.join(&manifest).exists() {
        return Ok(None);
    }
    let Some(now) = versioned.version() else {
        let cure = "set `version = \"x.y.z\"` in its table `[package]`";
        return Ok(Some(Problem::new(
            format!("the version in {manifest} cannot be read"),
            cure,
        )));
    };
    let tag = release_tag(config, entry);
    let short = match since.or(tag.as_deref()) {
        Some(revision) => match versioned.release(revision) {
            Ok(release) => {
                release.and_then(|release| versioned.shortfall_since(release, &now, model))
            }
            Err(problem) if since.is_some() => return Err(problem),
            Err(Problem { what, cure }) => {
                let why =
                    format!("the version in {manifest} was not compared with {revision}: {what}");
                return Ok(Some(Problem::new(why, cure)));
            }
        },
        None => versioned.shortfall_since_versions(&now, model),
    };
    match short {
        Some(short) => Err(versioned.too_small(&now, &short)),
        None if since.is_some() => Ok(None),
        None => Ok(versioned.not_compared()),
    }
}

/// The revision of the last release of a crate: the tag `NAME-v1.2.3` with the highest version, or
/// `v1.2.3` if there is none with the name. Only tags of commits before the current one count.
pub(crate) fn release_tag(config: &Config, entry: &CrateConfig) -> Option<String> {
    let latest = |prefix: &str| {
        let pattern = format!("{prefix}[0-9]*");
        let tags = git_in(
            &config.root,
            &["tag", "--list", "--merged", "HEAD", &pattern],
        )
        .ok()?;
        let version = |tag: &str| Version::parse(tag.strip_prefix(prefix)?).ok();
        let tags = tags.lines().filter_map(|tag| Some((version(tag)?, tag)));
        tags.max().map(|(_, tag)| tag.to_owned())
    };
    latest(&format!("{}-v", entry.name)).or_else(|| latest("v"))
}

/// A crate in a revision: the files of its model, and its options.
///
/// # Errors
///
/// The revision or the model in it cannot be read.
pub(crate) fn crate_in(
    config: &Config,
    entry: &CrateConfig,
    revision: &str,
) -> Result<(Sources, Options), Problem> {
    let root = &config.root;
    git_in(
        root,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            &format!("{revision}^{{commit}}"),
        ],
    )
    .map_err(|_| {
        Problem::new(
            format!("there is no revision `{revision}`"),
            "name a tag, branch or commit that `git log` knows",
        )
    })?;
    // The model can have been elsewhere, and the crate can have had other operations.
    let file = Revision::in_folder(revision, root, config::FILE)?
        .text(root)
        .ok();
    let then = file.and_then(|text| Config::of_text(&text, root));
    let past = then.as_ref().and_then(|config| {
        let mut entries = config.crates.iter();
        Some((config, entries.find(|past| past.name == entry.name)?))
    });
    let (config, entry) = past.unwrap_or((config, entry));
    let mut sources = Sources::new();
    for path in entry.model.iter().chain(&entry.documentation) {
        Revision::in_folder(revision, root, path)?.add_to(&mut sources, root)?;
    }
    Ok((sources, config.options(entry)))
}

/// The advice about the version after a change of the model.
pub(crate) struct Advice {
    /// The line that is printed.
    pub(crate) line: String,
    /// The reason why the advice can be incomplete.
    pub(crate) warning: Option<Problem>,
}

/// Returns the advice after a change of the model. The version is compared with that of `since` as
/// in [`check`]. `difference` is from the previous model to the new one, and is used if there is no
/// history.
pub(crate) fn advice(
    config: &Config,
    entry: &CrateConfig,
    since: Option<&str>,
    (model, difference): (&Model, &Difference),
) -> Advice {
    let versioned = Versioned { config, entry };
    let bump = difference.bump();
    let Some(now) = versioned.version() else {
        return Advice {
            line: format!("version: {bump}"),
            warning: None,
        };
    };
    let warning = versioned.not_compared().filter(|_| since.is_none());
    let short = match since {
        Some(since) => versioned
            .release(since)
            .ok()
            .flatten()
            .and_then(|release| versioned.shortfall_since(release, &now, model)),
        None => versioned.shortfall(&now, model),
    };
    let needed = match short {
        Some(Shortfall { needed, .. }) => needed,
        None if warning.is_some() => next_version(&now, bump),
        None => now.clone(),
    };
    let manifest = versioned.manifest();
    let line = if needed > now {
        format!(
            "version: {bump}; the version in {manifest} is {now}, and must be at least {needed}"
        )
    } else {
        format!("version: no change needed, {manifest} has {now}")
    };
    Advice { line, warning }
}

/// A released version of a crate.
struct Release {
    revision: String,
    version: Version,
    model: Model,
    options: Options,
}

/// A version that is too low.
struct Shortfall {
    release: Release,
    needed: Version,
    difference: Difference,
}

impl Versioned<'_> {
    /// The manifest of the crate, relative to the folder of the configuration.
    fn manifest(self) -> String {
        format!("{}/Cargo.toml", self.entry.out.trim_end_matches('/'))
    }

    /// The version in the working tree.
    fn version(self) -> Option<Version> {
        let dir = std::path::absolute(self.config.root.join(&self.entry.out)).ok()?;
        let text = |dir: &Path| std::fs::read_to_string(dir.join("Cargo.toml")).ok();
        let above: Vec<String> = dir.ancestors().skip(1).filter_map(text).collect();
        version_of(&text(&dir)?, &above)
    }

    /// The version and the model of a revision. `None` if it does not have the crate.
    ///
    /// # Errors
    ///
    /// The revision, the version or the model cannot be read.
    fn release(self, revision: &str) -> Result<Option<Release>, Problem> {
        let root = &self.config.root;
        let (sources, options) = crate_in(self.config, self.entry, revision)?;
        let texts = Revision::in_folder(revision, root, &self.manifest())?.texts_upward(root);
        let Some((own, above)) = texts.split_first().filter(|(own, _)| is_of_package(own)) else {
            return Ok(None);
        };
        let loaded = smithy_model::load(&sources);
        match version_of(own, above) {
            Some(version) if loaded.is_ok() => Ok(Some(Release {
                revision: revision.to_owned(),
                version,
                model: loaded.model,
                options,
            })),
            version => {
                let what = if version.is_some() {
                    "model"
                } else {
                    "version"
                };
                Err(Problem::new(
                    format!(
                        "the {what} of `{}` in the revision `{revision}` is not valid",
                        self.entry.name
                    ),
                    "name another revision with `--since`",
                ))
            }
        }
    }

    fn shortfall_since(self, release: Release, now: &Version, model: &Model) -> Option<Shortfall> {
        let options = self.config.options(self.entry);
        let difference = Difference::between((&release.model, &release.options), (model, &options));
        let needed = next_version(&release.version, difference.bump());
        (*now < needed).then_some(Shortfall {
            release,
            needed,
            difference,
        })
    }

    /// The shortfall since the last release, as far as it can be read.
    fn shortfall(self, now: &Version, model: &Model) -> Option<Shortfall> {
        match release_tag(self.config, self.entry) {
            Some(tag) => self.shortfall_since(self.release(&tag).ok()??, now, model),
            None => self.shortfall_since_versions(now, model),
        }
    }

    /// The shortfall since the commits that set this version and the previous one, or only the one
    /// that set the committed version if the working tree has another. Any of them can be a
    /// release.
    fn shortfall_since_versions(self, now: &Version, model: &Model) -> Option<Shortfall> {
        let root = &self.config.root;
        let manifest = self.manifest();
        let head = Revision::in_folder("HEAD", root, &manifest)
            .ok()?
            .texts_upward(root);
        let committed = head
            .split_first()
            .and_then(|(own, above)| version_of(own, above));
        let count = if committed.as_ref() == Some(now) {
            "-2"
        } else {
            "-1"
        };
        let log = [
            "log",
            count,
            "--format=%H",
            "-G^version = ",
            "--",
            &manifest,
        ];
        let commits = git_in(root, &log).ok()?;
        commits.lines().find_map(|commit| {
            let release = self.release(commit).ok()??;
            self.shortfall_since(release, now, model)
        })
    }

    /// A warning that earlier versions cannot be read.
    fn not_compared(self) -> Option<Problem> {
        let root = &self.config.root;
        if release_tag(self.config, self.entry).is_some() {
            return None;
        }
        let shallow = git_in(root, &["rev-parse", "--is-shallow-repository"]);
        let (why, cure) = match shallow.as_deref().map(str::trim) {
            Ok("false") => return None,
            Ok(_) => (
                "the history is cut off",
                "run `git fetch --unshallow --tags`",
            ),
            Err(_) => (
                "there is no history",
                "run it in a clone, with git installed",
            ),
        };
        Some(Problem::new(
            format!(
                "the version in {} was not compared with earlier versions: {why}",
                self.manifest()
            ),
            cure,
        ))
    }

    fn too_small(self, now: &Version, short: &Shortfall) -> Problem {
        let Shortfall {
            release,
            needed,
            difference,
        } = short;
        let before = &release.version;
        let must = format!(
            "the version in {} is {now}, and must be at least {needed}",
            self.manifest()
        );
        let set = format!("set `version = \"{needed}\"` there");
        let mut what = match difference.bump() {
            Bump::Major if difference.api.is_err() => format!(
                "{must}: the model has changed since {before}, and a crate cannot be generated from the old model"
            ),
            Bump::Major => format!("{must}: the crate's API has breaking changes since {before}"),
            Bump::Minor => format!("{must}: the crate's API has additions since {before}"),
            Bump::Patch | Bump::None => {
                return Problem::new(format!("{must}, the version before"), set);
            }
        };
        let changes = match &difference.api {
            Ok(api) => api.deciding(),
            Err(_) => &[],
        };
        for change in changes.iter().take(SHOWN) {
            what.push_str(&format!("\n{change}"));
        }
        if changes.len() > SHOWN {
            what.push_str(&format!("\nand {} more", changes.len() - SHOWN));
        }
        let is_commit = release.revision.len() == 40;
        let short = release.revision.get(..12).filter(|_| is_commit);
        let cure = format!(
            "{set}, and draft an entry of the changelog with\n\
             `{} diff --crate {} --since {} --format changelog`",
            program::name(),
            self.entry.name,
            short.unwrap_or(&release.revision),
        );
        Problem::new(what, cure)
    }
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
        assert_eq!(version_of(manifest, &[]), Some(version("1.20.3")));
        assert_eq!(version_of("version = \"1.0.0-beta\"\n", &[]), None);
        let inherits = "[package]\nversion.workspace = true\n";
        assert_eq!(version_of(inherits, &[]), None);
        let above = [
            "[package]\n".to_owned(),
            "[workspace.package]\nversion = \"2.0.0\"\n".to_owned(),
        ];
        assert_eq!(version_of(inherits, &above), Some(version("2.0.0")));
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
