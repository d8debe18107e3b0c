//! The configuration: a file `codegen.toml`, which lists the crates to generate.

use crate::failure::Problem;
use crate::input::Input;
use crate::runtime::Runtime;
use smithy_codegen::Options;
use smithy_model::nearest;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use toml_edit::{Document, Item, TableLike};

/// The name of the file.
pub(crate) const FILE: &str = "codegen.toml";

/// The content of a `codegen.toml`. Its paths are relative to its folder.
#[derive(Debug)]
pub(crate) struct Config {
    /// The folder of the file.
    pub(crate) root: PathBuf,
    /// The command that emitted files name.
    pub(crate) command: Option<String>,
    /// The source of the runtime of crates that do not set it.
    pub(crate) runtime: Option<Runtime>,
    /// In the order of the file.
    pub(crate) crates: Vec<CrateConfig>,
}

/// A crate of the configuration.
#[derive(Clone, Debug, Default)]
pub(crate) struct CrateConfig {
    /// The name of the package.
    pub(crate) name: String,
    /// The files and folders of the model.
    pub(crate) model: Vec<String>,
    /// The file with the documentation of the model, if the interface has none.
    pub(crate) documentation: Option<String>,
    /// The folder of the crate.
    pub(crate) out: String,
    /// The operations to generate. Empty for all.
    pub(crate) operations: Vec<String>,
    /// The service, if the model has several.
    pub(crate) service: Option<String>,
    /// Whether to emit the protocol tests of the model.
    pub(crate) protocol_tests: bool,
    /// Whether the types implement the traits of serde.
    pub(crate) serde: bool,
    /// Whether to emit a server.
    pub(crate) server: bool,
    /// The source of the runtime.
    pub(crate) runtime: Option<Runtime>,
}

impl Config {
    /// Reads the file in this folder, or in the closest folder above that has one. `None` if there
    /// is none.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is not valid.
    pub(crate) fn find(folder: &Path) -> Result<Option<Self>, Problem> {
        for root in folder.ancestors() {
            let path = root.join(FILE);
            match fs::read_to_string(&path) {
                Ok(text) => {
                    return parse(&text, root)
                        .map(Some)
                        .map_err(|error| error.problem(&path, &text));
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(Problem::io("read", &path, &error)),
            }
        }
        Ok(None)
    }

    /// The same for the current folder.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is not valid.
    pub(crate) fn find_here() -> Result<Option<Self>, Problem> {
        let here =
            std::env::current_dir().map_err(|error| Problem::io("find", Path::new("."), &error))?;
        Self::find(&here)
    }

    /// The configuration with this text, which the file had at another time. `None` if it is not
    /// valid.
    pub(crate) fn of_text(text: &str, root: &Path) -> Option<Self> {
        parse(text, root).ok()
    }

    /// The files and folders of the model of a crate.
    pub(crate) fn inputs(&self, entry: &CrateConfig) -> Vec<Input> {
        let paths = entry.model.iter().chain(&entry.documentation);
        paths
            .map(|path| Input {
                path: self.root.join(path),
                name: path.into(),
            })
            .collect()
    }

    /// The options of the generator for a crate, without its manifest.
    pub(crate) fn options(&self, entry: &CrateConfig) -> Options {
        let default = Options::default();
        Options {
            command: self
                .command
                .clone()
                .unwrap_or_else(|| default.command.clone()),
            operations: entry.operations.clone(),
            service: entry.service.clone(),
            protocol_tests: entry.protocol_tests,
            serde: entry.serde,
            server: entry.server,
            ..default
        }
    }

    /// The crate of this name, or all crates.
    ///
    /// # Errors
    ///
    /// The file has no crate of this name.
    pub(crate) fn select(&self, name: Option<&str>) -> Result<Vec<&CrateConfig>, Problem> {
        let Some(name) = name else {
            return Ok(self.crates.iter().collect());
        };
        let names = || self.crates.iter().map(|entry| entry.name.as_str());
        match self.crates.iter().find(|entry| entry.name == name) {
            Some(entry) => Ok(vec![entry]),
            None => Err(Problem::new(
                format!("{FILE} has no crate `{name}`"),
                format!(
                    "it has {}",
                    names()
                        .map(|name| format!("`{name}`"))
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            )),
        }
    }

    /// The crate of this name, or the only one.
    ///
    /// # Errors
    ///
    /// The file has no crate of this name, or has several crates and no name is given.
    pub(crate) fn select_one(&self, name: Option<&str>) -> Result<&CrateConfig, Problem> {
        match self.select(name)?.as_slice() {
            [entry] => Ok(entry),
            several => Err(Problem::new(
                format!("{FILE} has {} crates", several.len()),
                "name one with `--crate NAME`",
            )),
        }
    }
}

/// The error about a command that needs a configuration.
pub(crate) fn missing() -> Problem {
    Problem::new(
        format!("there is no {FILE} in this folder or above it"),
        format!(
            "write one, for example:\n\n[crates.mq]\nmodel = \"models/mq.json\"\nout = \"crates/mq\"\n\n\
             or run `{} codegen --model PATH --out DIR`",
            crate::program::name()
        ),
    )
}

/// An error in a file, with the byte offset of its place.
struct Invalid {
    what: String,
    at: Option<usize>,
}

impl Invalid {
    fn new(what: impl Into<String>, item: &Item) -> Self {
        Self {
            what: what.into(),
            at: item.span().map(|span| span.start),
        }
    }

    fn problem(self, path: &Path, text: &str) -> Problem {
        let before = self.at.and_then(|at| text.get(..at));
        let place = before.map(|before| {
            let line = before.split('\n').count();
            let column = before
                .rsplit('\n')
                .next()
                .map_or(0, |line| line.chars().count())
                + 1;
            format!(":{line}:{column}")
        });
        let what = format!(
            "{}{}: {}",
            path.display(),
            place.unwrap_or_default(),
            self.what
        );
        Problem::new(
            what,
            "correct the file; README.md of the generator lists its keys",
        )
    }
}

fn parse(text: &str, root: &Path) -> Result<Config, Invalid> {
    let document: Document<String> =
        text.parse()
            .map_err(|error: toml_edit::TomlError| Invalid {
                what: error.message().to_owned(),
                at: error.span().map(|span| span.start),
            })?;
    known_keys(
        document.as_table(),
        &["command", "runtime", "crates"],
        document.as_item(),
    )?;
    let mut config = Config {
        root: root.to_owned(),
        command: None,
        runtime: None,
        crates: Vec::new(),
    };
    if let Some(item) = document.get("command") {
        config.command = Some(command(item)?);
    }
    if let Some(item) = document.get("runtime") {
        config.runtime = Some(runtime(item, root)?);
    }
    let crates = document.get("crates");
    let entries = crates
        .and_then(Item::as_table_like)
        .into_iter()
        .flat_map(TableLike::iter);
    for (name, item) in entries {
        config.crates.push(entry(name, item, root)?);
    }
    if config.crates.is_empty() {
        let what = "it has no table `[crates.NAME]`";
        return Err(Invalid::new(what, crates.unwrap_or(document.as_item())));
    }
    distinct_folders(&config.crates)?;
    Ok(config)
}

fn entry(name: &str, item: &Item, root: &Path) -> Result<CrateConfig, Invalid> {
    const KEYS: [&str; 9] = [
        "model",
        "documentation",
        "out",
        "operations",
        "service",
        "protocol-tests",
        "serde",
        "server",
        "runtime",
    ];
    let table = item
        .as_table_like()
        .ok_or_else(|| Invalid::new(format!("`crates.{name}` is not a table"), item))?;
    known_keys(table, &KEYS, item)?;
    let required = |key: &str| {
        table
            .get(key)
            .ok_or_else(|| Invalid::new(format!("the crate `{name}` has no key `{key}`"), item))
    };
    let text = |key: &str| table.get(key).map(|item| string(item, key)).transpose();
    let model = required("model")?;
    let model = match model.as_str() {
        Some(_) => vec![string(model, "model")?],
        None => strings(model, "model")?,
    };
    let operations = table
        .get("operations")
        .map(|item| strings(item, "operations"));
    let flag = |key: &str| match table.get(key) {
        None => Ok(false),
        Some(item) => {
            let what = || Invalid::new(format!("`{key}` is not a boolean"), item);
            item.as_bool().ok_or_else(what)
        }
    };
    Ok(CrateConfig {
        name: name.to_owned(),
        model,
        documentation: text("documentation")?,
        out: string(required("out")?, "out")?,
        operations: operations.transpose()?.unwrap_or_default(),
        service: text("service")?,
        protocol_tests: flag("protocol-tests")?,
        serde: flag("serde")?,
        server: flag("server")?,
        runtime: table
            .get("runtime")
            .map(|item| runtime(item, root))
            .transpose()?,
    })
}

/// Rejects two crates of which one would remove the files of the other.
fn distinct_folders(crates: &[CrateConfig]) -> Result<(), Invalid> {
    for (index, entry) in crates.iter().enumerate() {
        let overlaps = |other: &&CrateConfig| overlaps(entry, other) || overlaps(other, entry);
        if let Some(other) = crates.iter().take(index).find(overlaps) {
            let what = format!(
                "the folders of the crates `{}` and `{}` overlap",
                other.name, entry.name
            );
            return Err(Invalid { what, at: None });
        }
    }
    Ok(())
}

/// Whether a crate has the folder of another one, or is in one of its folders of emitted files.
fn overlaps(inner: &CrateConfig, outer: &CrateConfig) -> bool {
    let plain = |entry: &CrateConfig| {
        let parts = Path::new(&entry.out).components();
        parts
            .filter(|part| *part != Component::CurDir)
            .collect::<PathBuf>()
    };
    plain(inner).strip_prefix(plain(outer)).is_ok_and(|rest| {
        let owned = ["src", "docs", "tests/protocol"];
        rest == Path::new("") || owned.iter().any(|folder| rest.starts_with(folder))
    })
}

fn known_keys(table: &dyn TableLike, known: &[&str], item: &Item) -> Result<(), Invalid> {
    match table.iter().find(|(key, _)| !known.contains(key)) {
        None => Ok(()),
        Some((key, value)) => {
            let hint =
                nearest(key, known.iter().copied()).map(|near| format!("; did you mean `{near}`?"));
            let what = format!("unknown key `{key}`{}", hint.unwrap_or_default());
            let place = if value.span().is_some() { value } else { item };
            Err(Invalid::new(what, place))
        }
    }
}

/// The command that emitted files name on their first line.
fn command(item: &Item) -> Result<String, Invalid> {
    let command = string(item, "command")?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " -_./".contains(c);
    if command.chars().all(is_plain) {
        Ok(command)
    } else {
        let what = "`command` has other characters than letters, digits, spaces and `-_./`";
        Err(Invalid::new(what, item))
    }
}

fn runtime(item: &Item, root: &Path) -> Result<Runtime, Invalid> {
    let table = item.as_table_like().ok_or_else(|| {
        Invalid::new(
            "`runtime` is not a table such as `{ version = \"0.1\" }`",
            item,
        )
    })?;
    let mut keys = Vec::new();
    for (key, value) in table.iter() {
        keys.push((key.to_owned(), string(value, key)?));
    }
    // As on the command line, `git` precedes `rev`.
    keys.sort();
    keys.sort_by_key(|(key, _)| key != "git");
    match Runtime::of_keys(&keys)
        .map_err(|what| Invalid::new(format!("`runtime`: {what}"), item))?
    {
        Runtime::Path(path) => Ok(Runtime::Path(root.join(path))),
        other => Ok(other),
    }
}

fn string(item: &Item, key: &str) -> Result<String, Invalid> {
    match item.as_str() {
        Some(text) if !text.trim().is_empty() => Ok(text.to_owned()),
        _ => Err(Invalid::new(
            format!("`{key}` is not a string with text"),
            item,
        )),
    }
}

fn strings(item: &Item, key: &str) -> Result<Vec<String>, Invalid> {
    let array = item.as_array().filter(|array| !array.is_empty());
    let array =
        array.ok_or_else(|| Invalid::new(format!("`{key}` is not an array of strings"), item))?;
    let text = |value: &toml_edit::Value| value.as_str().map(str::to_owned);
    array
        .iter()
        .map(|value| text(value).filter(|text| !text.trim().is_empty()))
        .collect::<Option<_>>()
        .ok_or_else(|| {
            Invalid::new(
                format!("`{key}` is not an array of strings with text"),
                item,
            )
        })
}

#[cfg(test)]
mod tests {
    use super::{Config, Runtime, parse};
    use crate::testing::Folder;
    use std::path::Path;

    fn config(text: &str) -> Config {
        parse(text, Path::new("/r"))
            .map_err(|error| error.what)
            .unwrap()
    }

    #[test]
    fn all_keys() {
        let config = config(
            r#"
command = "make clients"
runtime = { version = "0.1" }

[crates.mq]
model = ["mq", "more.json"]
out = "clients/mq"
documentation = "mq/docs.json"
operations = ["ListBrokers"]
service = "mq"
protocol-tests = true
serde = true
runtime = { rev = "1f", git = "https://x.y/z" }

[crates.eks]
model = "eks.json"
out = "eks"
runtime = { path = "../rt" }
"#,
        );
        assert_eq!(config.command.as_deref(), Some("make clients"));
        assert_eq!(
            config.runtime,
            Some(Runtime::Keys("version = \"0.1\"".into()))
        );
        let [mq, eks] = config.crates.as_slice() else {
            panic!("{config:?}")
        };
        assert_eq!((mq.name.as_str(), mq.out.as_str()), ("mq", "clients/mq"));
        assert_eq!(mq.model, ["mq", "more.json"]);
        assert_eq!(mq.documentation.as_deref(), Some("mq/docs.json"));
        assert_eq!(
            (mq.operations.as_slice(), mq.protocol_tests, mq.serde),
            (&["ListBrokers".to_owned()][..], true, true)
        );
        assert_eq!(mq.service.as_deref(), Some("mq"));
        let keys = "git = \"https://x.y/z\", rev = \"1f\"";
        assert_eq!(mq.runtime, Some(Runtime::Keys(keys.into())));
        assert_eq!(eks.runtime, Some(Runtime::Path("/r/../rt".into())));
    }

    #[test]
    fn invalid_files() {
        let entry = |text: &str| format!("[crates.a]\nmodel = \"m\"\nout = \"o\"\n{text}\n");
        for (text, message) in [
            (String::new(), "it has no table `[crates.NAME]`"),
            ("[crates".to_owned(), "unclosed"),
            ("[crates]\na = 1".to_owned(), "`crates.a` is not a table"),
            (
                "[crates.a]\nout = \"o\"".to_owned(),
                "the crate `a` has no key `model`",
            ),
            (
                "[crates.a]\nmodel = \"m\"".to_owned(),
                "the crate `a` has no key `out`",
            ),
            (
                "[crates.a]\nmodel = []\nout = \"o\"".to_owned(),
                "`model` is not an array of strings",
            ),
            (
                "[crates.a]\nmodel = \" \"\nout = \"o\"".to_owned(),
                "`model` is not a string with text",
            ),
            (
                entry("operation = [\"A\"]"),
                "unknown key `operation`; did you mean `operations`?",
            ),
            (
                entry("operations = [1]"),
                "`operations` is not an array of strings with text",
            ),
            (
                entry("protocol-tests = 1"),
                "`protocol-tests` is not a boolean",
            ),
            (entry("runtime = \"0.1\""), "`runtime` is not a table"),
            (
                entry("runtime = { rev = \"1\" }"),
                "`runtime`: expected path=DIR",
            ),
            (
                entry("[crates.b]\nmodel = \"n\"\nout = \"o/\""),
                "the folders of the crates `a` and `b` overlap",
            ),
            (
                format!("command = \"a\\nb\"\n{}", entry("")),
                "`command` has other characters",
            ),
        ] {
            let error = parse(&text, Path::new("/r")).unwrap_err();
            assert!(error.what.contains(message), "{text}: {}", error.what);
        }
    }

    #[test]
    fn crates_can_be_beside_emitted_folders_of_others() {
        let crates = config(
            "[crates.a]\nmodel = \"m\"\nout = \".\"\n\n[crates.b]\nmodel = \"m\"\nout = \"crates/src\"\n",
        );
        assert_eq!(crates.crates.len(), 2);
    }

    #[test]
    fn the_closest_file_is_read() {
        let folder = Folder::new();
        assert!(Config::find(&folder.path().join("a")).unwrap().is_none());
        folder.put("codegen.toml", "[crates.a]\nmodel = \"m\"\nout = \"o\"\n");
        let config = Config::find(&folder.path().join("a/b")).unwrap().unwrap();
        assert_eq!(config.root, folder.path());
        folder.put(
            "a/codegen.toml",
            "[crates.a]\nmodel = \"m\"\nouts = \"o\"\n",
        );
        let error = Config::find(&folder.path().join("a/b")).unwrap_err().what;
        assert!(
            error.contains("/a/codegen.toml:3:8: unknown key `outs`"),
            "{error}"
        );
    }
}
