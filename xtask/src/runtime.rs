//! The source of the runtime in the manifest of a crate.

use crate::failure::Problem;
use crate::paths;
use smithy_codegen::toml_string;
use std::path::{Path, PathBuf};

/// The source of the runtime, as `--runtime` and the configuration name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Runtime {
    /// The folder of the runtime. A relative path is relative to the current folder.
    Path(PathBuf),
    /// Other keys of a dependency, in TOML.
    Keys(String),
}

impl Runtime {
    /// The runtime from the registry that was published with this command.
    pub(crate) fn published() -> Self {
        let version = toml_string(env!("CARGO_PKG_VERSION"));
        Self::Keys(format!("version = {version}"))
    }

    /// Parses `path=DIR`, `git=URL`, `git=URL,rev=REV` or `version=REQ`.
    ///
    /// # Errors
    ///
    /// What was expected.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let pair = |pair: &str| {
            let (key, value) = pair.split_once('=')?;
            Some((key.to_owned(), value.to_owned()))
        };
        let pairs: Option<Vec<_>> = text.split(',').map(pair).collect();
        pairs
            .ok_or_else(expected)
            .and_then(|pairs| Self::of_keys(&pairs))
    }

    /// The source that these keys of a dependency name.
    ///
    /// # Errors
    ///
    /// What was expected.
    pub(crate) fn of_keys(pairs: &[(String, String)]) -> Result<Self, String> {
        let keys: Vec<_> = pairs
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect();
        match keys.as_slice() {
            keys if keys.iter().any(|(_, value)| value.is_empty()) => Err(expected()),
            [("path", dir)] => Ok(Self::Path(dir.into())),
            [("version", version)] => {
                semver::VersionReq::parse(version).map_err(|error| error.to_string())?;
                Ok(Self::Keys(format!("version = {}", toml_string(version))))
            }
            [("git", url)] => Ok(Self::Keys(format!("git = {}", toml_string(url)))),
            [("git", url), (key @ ("rev" | "tag" | "branch"), value)] => {
                let (url, value) = (toml_string(url), toml_string(value));
                Ok(Self::Keys(format!("git = {url}, {key} = {value}")))
            }
            _ => Err(expected()),
        }
    }

    /// The keys of the dependency in the manifest of a crate in `dir`, a path from
    /// [`resolve`](paths::resolve).
    pub(crate) fn in_manifest(&self, dir: &Path) -> Result<String, Problem> {
        match self {
            Self::Keys(keys) => Ok(keys.clone()),
            Self::Path(path) => {
                let path = paths::relative(&paths::resolve(path)?, dir)?;
                Ok(format!("path = {}", toml_string(&path)))
            }
        }
    }
}

fn expected() -> String {
    "expected path=DIR, version=REQ, or git=URL with rev=, tag= or branch=".to_owned()
}

#[cfg(test)]
mod tests {
    use super::Runtime;

    #[test]
    fn sources() {
        let keys = |text: &str| Ok(Runtime::Keys(text.to_owned()));
        let parse = |text| Runtime::parse(text);
        assert_eq!(parse("path=../rt"), Ok(Runtime::Path("../rt".into())));
        assert_eq!(parse("version=0.1"), keys("version = \"0.1\""));
        assert_eq!(
            parse("git=https://x.y/z,rev=1f\""),
            keys("git = \"https://x.y/z\", rev = \"1f\\\"\"")
        );
        for text in [
            "",
            "path",
            "path=",
            "rev=1,git=a",
            "rev=1",
            "git=a,rev=",
            "git=,rev=1",
            "git=a,path=b",
        ] {
            assert!(parse(text).unwrap_err().starts_with("expected "), "{text}");
        }
        assert!(parse("version=one").is_err());
    }
}
