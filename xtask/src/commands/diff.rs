//! `cargo xtask diff`: what changed between two models, and what that means for users of the emitted crate.

mod changelog;
mod report;

use crate::failure::Failure;
use crate::input::{self, Input};
use crate::model;
use crate::revision::Revision;
use crate::ui::Ui;
use clap::builder::PossibleValue;
use clap::{Arg, ArgMatches, Command, ValueEnum, value_parser};
use smithy_codegen::{ApiChange, ApiVerdict, Options, compare_apis};
use smithy_model::diff::{Event, EventSeverity, diff};
use smithy_model::{Model, Sources};
use std::fmt;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  cargo xtask diff HEAD:model/appfabric model/appfabric
      What the working tree changes
  cargo xtask diff old.json new.json --format markdown
      Two models, for a pull request

Exit status: 0 if both models could be read, whatever they differ in.";

pub(super) fn form() -> Command {
    let model = |name: &'static str, help: &'static str| {
        Arg::new(name).value_name(name).required(true).help(help).value_parser(value_parser!(String))
    };
    Command::new("diff")
        .about("Tells what changed between two models, and whether programs that use the crate still compile")
        .after_help(EXAMPLES)
        .arg(model("OLD", "The older model: a file, a folder, or REVISION:PATH of git"))
        .arg(model("NEW", "The newer model"))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .default_value("text")
                .help("How to tell it")
                .value_parser(value_parser!(Format)),
        )
        .arg(
            Arg::new("service")
                .long("service")
                .value_name("ID")
                .help("The service whose crate is compared, where the models hold several"),
        )
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Markdown,
    Json,
    Changelog,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Text, Self::Markdown, Self::Json, Self::Changelog]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Json => "json",
            Self::Changelog => "changelog",
        }))
    }
}

/// Runs the command.
pub(super) fn run(matches: &ArgMatches, ui: &Ui) -> Result<(), Failure> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let (old, new) = (sources(&text("OLD").unwrap_or_default())?, sources(&text("NEW").unwrap_or_default())?);
    let models = std::thread::scope(|scope| {
        let first = scope.spawn(|| smithy_model::load(&old));
        let second = smithy_model::load(&new);
        [first.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), second]
    });
    let [before, after] = models;
    let before = model::complete(before, &old, NOTHING, ui)?;
    let after = model::complete(after, &new, NOTHING, ui)?;
    let options = Options { service: text("service"), ..Options::default() };
    let difference = Difference::between(&before, &after, &options);
    ui.result(&match matches.get_one("format").copied().unwrap_or(Format::Text) {
        Format::Text => report::text(&difference, [&old, &new]),
        Format::Markdown => report::markdown(&difference),
        Format::Json => report::json(&difference),
        Format::Changelog => changelog::draft(&difference),
    })
}

const NOTHING: &str = "nothing was compared";

/// The files of a model on the disk or in a revision.
fn sources(place: &str) -> Result<Sources, Failure> {
    match Revision::parse(place) {
        Some(revision) => Ok(revision.sources()?),
        None => {
            let path = PathBuf::from(place);
            input::read(&[Input { path: path.clone(), name: path }])
        }
    }
}

/// What changed between two models.
pub(crate) struct Difference {
    pub(crate) events: Vec<Event>,
    /// What becomes of the emitted crate's API, or why there is none to speak of.
    pub(crate) api: Result<ApiChange, String>,
}

/// Which part of the emitted crate's version has to grow (Semantic Versioning 2.0.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Bump {
    None,
    Patch,
    Minor,
    Major,
}

impl Difference {
    pub(crate) fn between(old: &Model, new: &Model, options: &Options) -> Self {
        let api = compare_apis(old, new, options).map_err(|problems| {
            let first = problems.into_iter().next().map(|problem| problem.message);
            format!("no crate can be made of both models: {}", first.unwrap_or_default())
        });
        Self { events: diff(old, new), api }
    }

    /// How the version has to grow: with the API where that changed, else by a patch if anything did.
    pub(crate) fn bump(&self) -> Bump {
        let verdict = self.api.as_ref().map_or(ApiVerdict::Unchanged, ApiChange::verdict);
        match verdict {
            ApiVerdict::Breaking => Bump::Major,
            ApiVerdict::Compatible => Bump::Minor,
            ApiVerdict::Unchanged if self.told().next().is_some() => Bump::Patch,
            ApiVerdict::Unchanged => Bump::None,
        }
    }

    /// The events that are not suppressed.
    fn told(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(|event| event.severity > EventSeverity::Suppressed)
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}
