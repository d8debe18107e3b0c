//! `cargo xtask import`: imports an official model of a service into the model of a crate.

use super::diff::format::{Format as ReportFormat, report};
use super::diff::report::{Files, Models};
use crate::bump::Difference;
use crate::config::{self, Config, CrateConfig};
use crate::dump;
use crate::failure::{Failure, Problem};
use crate::input::{self, Input};
use crate::lock::Lock;
use crate::model;
use crate::plan::changes::Plan;
use crate::plan::target::Target;
use crate::program;
use crate::render;
use crate::report::written;
use crate::revision::git_in;
use crate::ui::Ui;
use crate::version::{self, Advice};
use crate::write;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use smithy_codegen::Options;
use smithy_model::import::{Format, import, only_service, sdk_id, undocumented};
use smithy_model::{
    Diagnostic, Model, Node, Severity, Shape, Sources, is_botocore_service, load_files,
};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

const NOTHING_WRITTEN: &str = "nothing was written";

const EXAMPLES: &str = "\
Examples:
  cargo xtask import appfabric-2023-05-19.json
      Import a model in Smithy JSON AST into the only crate of codegen.toml
  cargo xtask import --crate appfabric botocore/data/appfabric/2023-05-19
      Merge a botocore folder into the existing model

If the crate has a file `documentation`, the command replaces the interface and keeps the documentation. Otherwise, it
replaces the model with the official one.

Prints the undocumented shapes, the changes as `cargo xtask diff` does, and the version that the crate must have.

Exit status: 0 if the model was imported, even if shapes are undocumented; 1 if it was not.";

pub(super) fn form() -> Command {
    Command::new("import")
        .about("Replaces the model of a crate with an official model, and keeps its own documentation")
        .after_help(program::help(EXAMPLES))
        .arg(
            Arg::new("model")
                .value_name("OFFICIAL")
                .required(true)
                .help("The official model: a file, a folder with the files of one service, or - for standard input")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            Arg::new("crate")
                .long("crate")
                .value_name("NAME")
                .help("The crate of codegen.toml, if there are several"),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .default_value("text")
                .help("The format of the changes")
                .value_parser(value_parser!(ReportFormat)),
        )
        .arg(
            Arg::new("force")
                .long("force")
                .action(ArgAction::SetTrue)
                .help("Overwrite uncommitted changes of the model"),
        )
}

/// Runs the command.
pub(super) fn run(matches: &ArgMatches, ui: &Ui) -> Result<(), Failure> {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let path = matches
        .get_one::<PathBuf>("model")
        .cloned()
        .unwrap_or_default();
    let format = matches
        .get_one("format")
        .copied()
        .unwrap_or(ReportFormat::Text);
    let config = Config::find_here()?.ok_or_else(config::missing)?;
    let entry = config.select_one(text("crate"))?;
    let destination = Destination {
        config: &config,
        entry,
        interface: interface_file(&config, entry)?,
        options: config.options(entry),
    };
    let old = input::read(&existing(&config, entry))?;
    let given = input::read(&[Input::named(&path)])?;
    let (before, files) = destination.merge(&old, (&given, &path), ui)?;
    let new = sources(&files);
    let after = generated(&new, &destination.options, ui)?;
    // Before the files are replaced.
    let replaced = replaced(&old, &config);
    let written = destination.write(&files, matches.get_flag("force"), ui)?;
    ui.result(&written)?;
    let models = Models {
        old: &before,
        new: &after,
    };
    let files = Files {
        old: &replaced,
        new: &new,
    };
    destination.print(format, models, files, ui)
}

/// A file and its new text.
type NewFile<'c> = (&'c str, String);

/// The model of a crate: one file with the interface, and a file with the documentation if the
/// interface has none.
struct Destination<'c> {
    config: &'c Config,
    entry: &'c CrateConfig,
    interface: &'c str,
    options: Options,
}

impl<'c> Destination<'c> {
    /// The existing model, and the files that replace it.
    fn merge(
        &self,
        old: &Sources,
        (given, path): (&Sources, &Path),
        ui: &Ui,
    ) -> Result<(Model, Vec<NewFile<'c>>), Failure> {
        // The spans of the merged model refer to the files of both models.
        let mut both = Sources::new();
        let [before, official] = [old, given].map(|sources| {
            let files: Vec<_> = sources
                .iter()
                .map(|(_, file)| both.add(file.name.clone(), file.text.clone()))
                .collect();
            model::complete(load_files(&both, &files), &both, NOTHING_WRITTEN, ui)
        });
        let (before, official) = (before?, official?);
        refuse_another_service(&before, &official, (self.entry, path))?;
        let Some(documentation) = &self.entry.documentation else {
            let whole = whole(given, path, self.entry)?;
            return Ok((before, vec![(self.interface, whole)]));
        };
        let imported = import(&before, &official, format_of(given));
        ui.message(&render::render(&imported.removed, &both, ui.style));
        refuse_invalid(&imported.interface, &both, &self.options, ui)?;
        let files = vec![
            (
                documentation.as_str(),
                dump::documentation(&imported.documentation),
            ),
            (self.interface, dump::json(&imported.interface)),
        ];
        Ok((before, files))
    }

    /// Writes the files, and returns which ones have changed.
    fn write(&self, files: &[NewFile<'_>], force: bool, ui: &Ui) -> Result<String, Failure> {
        let target = Target {
            dir: self.config.root.clone(),
            name: PathBuf::new(),
        };
        let _lock = Lock::of(&target, ui)?;
        let files: Vec<_> = files
            .iter()
            .map(|(path, text)| (*path, text.as_str()))
            .collect();
        let plan = Plan::of_sources(&files, &target)?;
        if !force {
            refuse_uncommitted(&plan, self.config, self.entry)?;
        }
        write::apply(&plan, &target)?;
        Ok(written(&plan, &target, &self.entry.name))
    }

    /// Prints what lacks documentation, the changes, and the version that follows.
    fn print(
        &self,
        format: ReportFormat,
        models: Models<'_>,
        files: Files<'_>,
        ui: &Ui,
    ) -> Result<(), Failure> {
        let options = &self.options;
        let difference = Difference::between((models.old, options), (models.new, options));
        if self.entry.documentation.is_some() {
            ui.result(&undocumented_items(models.new))?;
        }
        let of_change = (models.new, &difference);
        let Advice { line, warning } = version::advice(self.config, self.entry, None, of_change);
        let report = report(format, &difference, models, files, &line);
        ui.result(&format!("\n{report}"))?;
        warning
            .into_iter()
            .for_each(|warning| ui.message(&warning.render_warning(ui.style)));
        Ok(())
    }
}

/// The files of the model. The file with the documentation does not have to exist.
fn existing(config: &Config, entry: &CrateConfig) -> Vec<Input> {
    let mut inputs = config.inputs(entry);
    let is_missing = |input: &Input| {
        Some(input.name.as_os_str()) == entry.documentation.as_deref().map(OsStr::new)
            && !input.path.exists()
    };
    inputs.retain(|input| !is_missing(input));
    inputs
}

/// The file with the interface. Other files in the model would repeat the written shapes.
fn interface_file<'c>(config: &Config, entry: &'c CrateConfig) -> Result<&'c str, Problem> {
    match entry.model.as_slice() {
        [interface] if !config.root.join(interface).is_dir() => Ok(interface),
        other => Err(Problem::new(
            format!(
                "the model of `{}` is not one file, but {}; {NOTHING_WRITTEN}",
                entry.name,
                other.join(", ")
            ),
            format!(
                "replace the files yourself, then run `{} diff --crate {}`",
                program::name(),
                entry.name
            ),
        )),
    }
}

/// The text of an official model that becomes the model as it is.
fn whole(official: &Sources, path: &Path, entry: &CrateConfig) -> Result<String, Problem> {
    let mut files = official.iter().map(|(_, file)| file.text.clone());
    match (files.next(), files.next(), format_of(official)) {
        (Some(text), None, Format::Smithy) => Ok(text),
        _ => Err(Problem::new(
            format!(
                "`{}` is not one file in Smithy's JSON AST; {NOTHING_WRITTEN}",
                path.display()
            ),
            format!(
                "name such a file, or add the key `documentation` to `crates.{}`, so that the models are merged",
                entry.name
            ),
        )),
    }
}

fn format_of(official: &Sources) -> Format {
    let is_botocore = official
        .iter()
        .any(|(id, _)| Node::parse(official, id).is_ok_and(|root| is_botocore_service(&root)));
    if is_botocore {
        Format::Botocore
    } else {
        Format::Smithy
    }
}

/// Rejects an official model of another service.
fn refuse_another_service(
    ours: &Model,
    official: &Model,
    (entry, path): (&CrateConfig, &Path),
) -> Result<(), Problem> {
    let path = path.display();
    let cure =
        "name the official model of the service, alone, in Smithy's JSON AST or as botocore has it";
    let Some((ours, _)) = only_service(ours) else {
        return Err(Problem::new(
            format!(
                "the model of `{}` must have exactly one service; {NOTHING_WRITTEN}",
                entry.name
            ),
            "correct it, or restore it with `git checkout`",
        ));
    };
    let Some((official, _)) = only_service(official) else {
        let number = official.services().count();
        let what = format!(
            "`{path}` has {}, not one; {NOTHING_WRITTEN}",
            crate::render::count(number, "service")
        );
        return Err(Problem::new(what, cure));
    };
    let name = |shape: &Shape| sdk_id(shape).unwrap_or(shape.id.as_str()).to_owned();
    let (is, expected) = (name(official), name(ours));
    if is == expected && official.id.namespace() == ours.id.namespace() {
        return Ok(());
    }
    let what = format!(
        "`{path}` is a model of `{is}` in `{}`, not of `{expected}` in `{}`; {NOTHING_WRITTEN}",
        official.id.namespace(),
        ours.id.namespace(),
    );
    Err(Problem::new(what, cure))
}

/// Rejects a merged model that is invalid or cannot be generated, while the spans still refer to
/// the files it was read from.
fn refuse_invalid(
    merged: &Model,
    files: &Sources,
    options: &Options,
    ui: &Ui,
) -> Result<(), Failure> {
    let is_error = |problem: &Diagnostic| problem.severity == Severity::Error;
    let mut problems = smithy_model::check(merged, files);
    if !problems.iter().any(is_error) {
        problems = smithy_codegen::generate(merged, options)
            .err()
            .unwrap_or_default();
    }
    // The warnings of the written files are printed.
    if !problems.iter().any(is_error) {
        return Ok(());
    }
    ui.message(&render::render(&problems, files, ui.style));
    ui.message(&render::summary(&problems, NOTHING_WRITTEN, ui.style));
    Err(Failure::Told)
}

/// The replaced files, by the names under which they still exist, or with their text.
fn replaced(old: &Sources, config: &Config) -> Sources {
    let files = old.iter().map(|(_, file)| file.name.as_str());
    let status = ["status", "--porcelain", "--untracked-files=no", "--"];
    let status: Vec<&str> = status.into_iter().chain(files).collect();
    let is_committed = git_in(&config.root, &status).is_ok_and(|changes| changes.is_empty());
    let mut replaced = Sources::new();
    for (_, file) in old.iter() {
        let name = if is_committed {
            format!("HEAD:{}", file.name)
        } else {
            format!("{} before", file.name)
        };
        replaced.add(name, file.text.clone());
    }
    replaced
}

/// Rejects to overwrite changes that git cannot restore. Without a repository there is nothing to
/// compare with.
fn refuse_uncommitted(
    plan: &Plan<'_>,
    config: &Config,
    entry: &CrateConfig,
) -> Result<(), Problem> {
    let overwritten = plan.changes.iter().map(|change| change.path.as_str());
    let arguments: Vec<&str> = ["status", "--porcelain", "--"]
        .into_iter()
        .chain(overwritten)
        .collect();
    if plan.changes.is_empty() {
        return Ok(());
    }
    match git_in(&config.root, &arguments) {
        Ok(changes) if !changes.is_empty() => Err(Problem::new(
            format!(
                "the model of `{}` has uncommitted changes; {NOTHING_WRITTEN}",
                entry.name
            ),
            "commit or stash them, or overwrite them with `--force`",
        )),
        _ => Ok(()),
    }
}

/// The files as they will be on disk.
fn sources(files: &[NewFile<'_>]) -> Sources {
    let mut sources = Sources::new();
    for (name, text) in files {
        sources.add(*name, text.as_str());
    }
    sources
}

/// The model of these files, if a crate can be generated from it.
fn generated(sources: &Sources, options: &Options, ui: &Ui) -> Result<Model, Failure> {
    model::with(sources, NOTHING_WRITTEN, ui, |model| {
        smithy_codegen::generate(model, options)?;
        Ok((model.clone(), Vec::new()))
    })
}

/// The items without documentation, one per line. Empty if there are none.
fn undocumented_items(model: &Model) -> String {
    let lacking = undocumented(model);
    let lines: String = lacking.iter().map(|line| format!("    {line}\n")).collect();
    if lacking.is_empty() {
        lines
    } else {
        format!("\nundocumented:\n{lines}")
    }
}
