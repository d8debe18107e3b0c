//! The arguments of `codegen`.

use crate::program;
use crate::runtime::Runtime;
use clap::builder::{NonEmptyStringValueParser, PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueEnum, value_parser};
use smithy_codegen::Stage;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

const EXAMPLES: &str = "\
Examples:
  cargo xtask codegen
      Generate all crates of codegen.toml
  cargo xtask codegen --check --crate appfabric
      Fail if the crate differs from what its model generates, or its version is too low
  cargo xtask codegen --model eks.json --out eks --crate-name eks-client
      Generate a crate that is not in codegen.toml
  cargo xtask codegen --model models/ --service EKS --operations ListClusters,DescribeCluster --out eks
      Generate two operations of one service, with the shapes in their closure
  cargo xtask codegen --model rest.json --protocol-tests --out target/rest
      Generate a crate with a test for each protocol test of the model; run `cargo test` in it
  cargo xtask codegen --model botocore/data/eks/2017-11-01 --out eks
      Read a botocore folder, or the service-2.json or service-2.json.gz in it
  smithy ast model/ | cargo xtask codegen --model - --out eks
      Read the model from standard input
  cargo xtask codegen --model eks.json --module src/eks.rs
      Generate one module for `include!`, as build scripts do
  cargo xtask codegen --model eks.json --dump graph
      Print a stage of the pipeline

Exit status: 0 on success, 1 if the model has errors, a file cannot be read or written, or --check finds a
difference, 2 if the command line is invalid.";

/// The parsed arguments.
pub(super) struct Request {
    /// The crate of the configuration. `None` for all.
    pub(super) krate: Option<String>,
    /// The revision with the released interface.
    pub(super) since: Option<String>,
    /// The files and folders of the model. Empty for that of the configured crate.
    pub(super) models: Vec<PathBuf>,
    /// The folder of the crate. `None` for that of the configured crate.
    pub(super) out: Option<PathBuf>,
    /// The file of a module to write instead of a crate.
    pub(super) module: Option<PathBuf>,
    /// The features that the module has.
    pub(super) features: Vec<String>,
    /// The source of the runtime.
    pub(super) runtime: Option<Runtime>,
    /// The output.
    pub(super) mode: Mode,
    /// Properties of the crate.
    pub(super) overrides: Overrides,
}

/// Properties of the crate that replace those in the configuration.
#[derive(Clone, Default)]
pub(super) struct Overrides {
    pub(super) crate_name: Option<String>,
    pub(super) operations: Vec<String>,
    pub(super) service: Option<String>,
    pub(super) protocol_tests: bool,
    pub(super) serde: bool,
    pub(super) server: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Write,
    Check,
    Dump(Dump),
}

/// A stage that `--dump` prints.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dump {
    Model,
    Stage(Stage),
}

pub(crate) fn form() -> Command {
    let option =
        |name: &'static str, value: &'static str| Arg::new(name).long(name).value_name(value);
    let word = |name, value| {
        option(name, value).value_parser(NonEmptyStringValueParser::new().try_map(trimmed))
    };
    Command::new("codegen")
        .about("Generates a Rust client crate from a Smithy model")
        .after_help(program::help(EXAMPLES))
        .arg(
            word("crate", "NAME")
                .help("The crate of codegen.toml; the default is all")
                .conflicts_with("model"),
        )
        .arg(
            option("model", "PATH")
                .help("The model: Smithy JSON AST files, botocore files, folders (all *.json and *.json.gz files that are not hidden), or - for standard input")
                .num_args(1..)
                .action(ArgAction::Append)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            option("out", "DIR")
                .help("The folder of a crate that is not in codegen.toml")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            option("module", "FILE")
                .help("Write one module for `include!` instead of a crate")
                .value_parser(value_parser!(PathBuf))
                .conflicts_with_all(["out", "crate-name", "protocol-tests", "dump"]),
        )
        .arg(
            option("features", "A,B")
                .help("The features of the crate that the module has; `none` leaves out the client")
                .value_parser(["client", "aws-config", "call", "none"])
                .value_delimiter(',')
                .default_value("client")
                .requires("module"),
        )
        .arg(
            option("runtime", "SOURCE")
                .help("The runtime in the Cargo.toml: path=DIR, version=REQ, or git=URL,rev=REV; the default for a new crate is `runtime` in codegen.toml, or the published version")
                .value_parser(Runtime::parse)
                .requires("out"),
        )
        .arg(word("crate-name", "NAME").help("The name of the crate; the default is the name in its Cargo.toml, or that of the service"))
        .arg(
            word("operations", "A,B")
                .help("Generate only these operations, with the shapes in their closure")
                .value_delimiter(',')
                .action(ArgAction::Append),
        )
        .arg(
            Arg::new("protocol-tests")
                .long("protocol-tests")
                .help("Also emit a test for each protocol test of the model (`smithy.test#httpRequestTests` and the like)")
                .action(ArgAction::SetTrue),
        )
        .arg(
            Arg::new("serde")
                .long("serde")
                .help("Also emit `Serialize` and `Deserialize` of serde for all types; a crate has them behind its feature `serde`")
                .action(ArgAction::SetTrue),
        )
        .arg(
            Arg::new("server")
                .long("server")
                .help("Also emit a server: a trait with a method for each operation; a crate has it behind its feature `server`")
                .action(ArgAction::SetTrue),
        )
        .arg(word("service", "ID").help("The shape ID or name of the service, if the model has several"))
        .arg(
            Arg::new("check")
                .long("check")
                .help("Write nothing; list outdated, missing and superfluous files, and fail if there are any")
                .action(ArgAction::SetTrue),
        )
        .arg(
            word("since", "REVISION")
                .help("Compare the versions of crates with this revision of git; the default is the latest release tag, NAME-v1.2.3 or v1.2.3")
                .requires("check")
                .conflicts_with_all(["model", "out", "module"]),
        )
        .arg(
            option("dump", "STAGE")
                .help("Write nothing; print the merged model or a stage of the generator")
                .value_parser(value_parser!(Dump))
                .conflicts_with_all(["check", "out"]),
        )
}

impl Request {
    pub(super) fn new(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        let mode = match matches.get_one::<Dump>("dump") {
            Some(dump) => Mode::Dump(*dump),
            None if matches.get_flag("check") => Mode::Check,
            None => Mode::Write,
        };
        let request = Self {
            krate: text("crate"),
            since: text("since"),
            models: matches
                .get_many("model")
                .unwrap_or_default()
                .cloned()
                .collect(),
            out: matches.get_one("out").cloned(),
            module: matches.get_one("module").cloned(),
            features: matches
                .get_many("features")
                .unwrap_or_default()
                .cloned()
                .collect(),
            runtime: matches.get_one("runtime").cloned(),
            mode,
            overrides: Overrides {
                crate_name: text("crate-name"),
                operations: matches
                    .get_many("operations")
                    .unwrap_or_default()
                    .cloned()
                    .collect(),
                service: text("service"),
                protocol_tests: matches.get_flag("protocol-tests"),
                serde: matches.get_flag("serde"),
                server: matches.get_flag("server"),
            },
        };
        request.refuse_to_replace_configured(matches)?;
        Ok(request)
    }

    /// The stage to print.
    pub(super) fn stage(&self) -> Option<Dump> {
        match self.mode {
            Mode::Dump(stage) => Some(stage),
            Mode::Write | Mode::Check => None,
        }
    }

    /// Whether the crate differs from that of the configuration.
    pub(super) fn is_overridden(&self) -> bool {
        self.out.is_some() || self.module.is_some()
    }

    /// The folder of a configured crate has what the configuration says. Any other crate needs
    /// `--out`.
    fn refuse_to_replace_configured(&self, matches: &ArgMatches) -> Result<(), clap::Error> {
        if self.stage().is_some() || self.is_overridden() {
            return Ok(());
        }
        let others = [
            "model",
            "crate-name",
            "operations",
            "protocol-tests",
            "serde",
            "server",
            "service",
        ];
        let given = |name: &&str| matches.value_source(name) == Some(ValueSource::CommandLine);
        let Some(other) = others.into_iter().find(given) else {
            return Ok(());
        };
        let message = format!(
            "--{other} needs --out DIR, the folder of the crate: without --out, codegen writes the crates of codegen.toml"
        );
        Err(usage(ErrorKind::MissingRequiredArgument, &message))
    }
}

/// The error about a folder that `--out` must not name. `place` describes the folder.
pub(super) fn refuse_out(out: &Path, place: &str) -> clap::Error {
    let message = format!(
        "--out names the folder of a crate that is not in codegen.toml, and `{}` is {place}: leave out --out to write \
         the configured crates, or name another folder",
        out.display()
    );
    usage(ErrorKind::ValueValidation, &message)
}

fn usage(kind: ErrorKind, message: &str) -> clap::Error {
    let name = format!("{} codegen", program::name());
    form().bin_name(name).error(kind, message)
}

/// Removes the spaces around a name, as in `--operations 'A, B'`.
fn trimmed(text: String) -> Result<String, &'static str> {
    match text.trim() {
        "" => Err("the value is blank"),
        name => Ok(name.to_owned()),
    }
}

impl ValueEnum for Dump {
    fn value_variants<'a>() -> &'a [Self] {
        static STAGES: LazyLock<Vec<Dump>> = LazyLock::new(|| {
            let stages = Stage::ALL.into_iter().map(|(_, stage)| Dump::Stage(stage));
            std::iter::once(Dump::Model).chain(stages).collect()
        });
        &STAGES
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let name = match self {
            Dump::Model => "model",
            Dump::Stage(stage) => Stage::ALL.into_iter().find(|(_, it)| it == stage)?.0,
        };
        Some(PossibleValue::new(name))
    }
}

#[cfg(test)]
mod tests {
    use super::{Dump, Mode, Request, form};

    fn request(line: &str) -> Result<Request, String> {
        request_of(&line.split_whitespace().collect::<Vec<_>>())
    }

    fn request_of(words: &[&str]) -> Result<Request, String> {
        let words = ["codegen"].iter().chain(words);
        let matches = form()
            .try_get_matches_from(words)
            .map_err(|error| error.to_string())?;
        Request::new(&matches).map_err(|error| error.to_string())
    }

    fn refusal(line: &str) -> String {
        request(line)
            .err()
            .unwrap_or_else(|| panic!("`{line}` was accepted"))
    }

    #[test]
    fn the_default_is_the_configuration() {
        let request = request("").unwrap();
        assert!(request.models.is_empty() && request.out.is_none() && request.mode == Mode::Write);
        assert!(request.krate.is_none() && !request.is_overridden());
        assert!(request.overrides.operations.is_empty() && request.overrides.crate_name.is_none());
    }

    #[test]
    fn several_models_and_operations() {
        let request =
            request("--model a b --model c --out d --operations A,B --operations C --service S")
                .unwrap();
        assert_eq!(
            request.models,
            ["a", "b", "c"].map(std::path::PathBuf::from)
        );
        assert_eq!(request.out, Some("d".into()));
        assert_eq!(request.overrides.operations, ["A", "B", "C"]);
        assert_eq!(request.overrides.service.as_deref(), Some("S"));
    }

    #[test]
    fn spaces_around_names_are_ignored() {
        let request =
            request_of(&["--out", "d", "--operations", "A, B ", "--service", " S"]).unwrap();
        assert_eq!(request.overrides.operations, ["A", "B"]);
        assert_eq!(request.overrides.service.as_deref(), Some("S"));
        let refusal = request_of(&["--out", "d", "--operations", "A, "])
            .err()
            .unwrap();
        assert!(refusal.contains("the value is blank"), "{refusal}");
    }

    #[test]
    fn other_models_require_out() {
        for other in [
            "--model a",
            "--operations A",
            "--crate-name n",
            "--protocol-tests",
            "--serde",
            "--service S",
        ] {
            let text = refusal(other);
            let name = other.split(' ').next().unwrap();
            assert!(text.contains(&format!("{name} needs --out DIR")), "{text}");
            refusal(&format!("{other} --check"));
            request(&format!("{other} --dump graph")).unwrap();
            request(&format!("{other} --out d")).unwrap();
        }
        request("--out d").unwrap();
        request("--check --since v1").unwrap();
        assert!(refusal("--since v1").contains("--check"));
    }

    #[test]
    fn empty_values_are_refused() {
        // A variable of a shell can be empty: `--operations "$OPERATIONS"` must not select all
        // operations.
        for name in [
            "--operations=",
            "--operations=A,",
            "--crate-name=",
            "--service=",
            "--model=",
            "--out=",
        ] {
            assert!(refusal(name).contains("a value is required"), "{name}");
        }
    }

    #[test]
    fn dump_excludes_out() {
        assert!(request("--dump model").unwrap().mode == Mode::Dump(Dump::Model));
        assert!(refusal("--dump model --out d").contains("cannot be used with"));
        assert!(refusal("--dump model --check").contains("cannot be used with"));
        let message = refusal("--dump all");
        for stage in ["model", "names", "shapes", "docs", "graph"] {
            assert!(message.contains(stage), "{message}");
        }
    }
}
