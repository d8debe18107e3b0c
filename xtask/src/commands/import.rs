//! `cargo xtask import`: imports an official model of the service into `model/appfabric`.

use super::diff::report::{self, Files};
use crate::bump::Difference;
use crate::dump;
use crate::failure::{Failure, Problem};
use crate::input::{self, Input};
use crate::lock::Lock;
use crate::model;
use crate::plan::changes::Plan;
use crate::plan::target::Target;
use crate::render;
use crate::report::written;
use crate::revision::git_in;
use crate::ui::Ui;
use crate::version::{self, Advice};
use crate::workspace::{MODEL, Workspace};
use crate::write;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use smithy_codegen::Options;
use smithy_model::import::{Format, Imported, import, only_service, sdk_id, undocumented};
use smithy_model::{
    Diagnostic, Model, Node, Severity, Shape, Sources, is_botocore_service, load_files,
};
use std::path::{Path, PathBuf};

/// The files of the model: the interface and its documentation.
const INTERFACE: &str = "service.json";
const DOCUMENTATION: &str = "docs.json";
const NOTHING_WRITTEN: &str = "nothing was written";

const EXAMPLES: &str = "\
Examples:
  cargo xtask import appfabric-2023-05-19.json
      Import a model in Smithy JSON AST
  cargo xtask import botocore/data/appfabric/2023-05-19
      Merge a botocore folder into the existing model

Prints the undocumented shapes, the changes as `cargo xtask diff` does, and the version that the crate must have.

Exit status: 0 if the model was imported, even if shapes are undocumented; 1 if it was not.";

pub(super) fn form() -> Command {
    Command::new("import")
        .about("Replaces the interface in model/appfabric with that of an official model, and keeps the documentation")
        .after_help(EXAMPLES)
        .arg(
            Arg::new("model")
                .value_name("OFFICIAL")
                .required(true)
                .help("The official model: a file, or a folder with the files of one service")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            Arg::new("force")
                .long("force")
                .action(ArgAction::SetTrue)
                .help("Overwrite uncommitted changes of model/appfabric"),
        )
}

/// Runs the command.
pub(super) fn run(matches: &ArgMatches, ui: &Ui) -> Result<(), Failure> {
    let path = matches
        .get_one::<PathBuf>("model")
        .cloned()
        .unwrap_or_default();
    let workspace = Workspace::find()?;
    let target = Target {
        dir: workspace.path(MODEL),
        name: MODEL.into(),
    };
    let old = input::read(&[Input {
        path: target.dir.clone(),
        name: target.name.clone(),
    }])?;
    refuse_other_files(&old)?;
    let given = input::read(&[Input {
        path: path.clone(),
        name: path.clone(),
    }])?;
    // The spans of the merged model refer to the files of both models.
    let mut both = Sources::new();
    let [before, official] = [&old, &given].map(|sources| {
        let files: Vec<_> = sources
            .iter()
            .map(|(_, file)| both.add(file.name.clone(), file.text.clone()))
            .collect();
        model::complete(load_files(&both, &files), &both, NOTHING_WRITTEN, ui)
    });
    let (before, official) = (before?, official?);
    refuse_another_service(&before, &official, &path)?;

    let Imported {
        interface,
        documentation,
        removed,
    } = import(&before, &official, format(&given));
    ui.message(&render::render(&removed, &both, ui.style));
    refuse_invalid(&interface, &both, ui)?;
    let (interface, documentation) = (dump::json(&interface), dump::documentation(&documentation));
    let files = [
        (DOCUMENTATION, documentation.as_str()),
        (INTERFACE, interface.as_str()),
    ];
    let new = sources(&files, &target);
    let after = generated(&new, ui)?;
    let lock = Lock::of(&target, ui)?;
    let plan = Plan::of_sources(&files, &target)?;
    if !matches.get_flag("force") {
        refuse_uncommitted(&plan, &workspace)?;
    }
    let replaced = replaced(&old, &workspace);
    write::apply(&plan, &target)?;
    drop(lock);

    let difference = Difference::between(&before, &after, &Options::default());
    ui.result(&written(&plan, &target))?;
    ui.result(&undocumented_items(&after))?;
    let Advice { line, warning } = version::advice(&workspace, &after, &difference);
    let files = Files {
        old: &replaced,
        new: &new,
    };
    ui.result(&format!("\n{}", report::text(&difference, files, &line)))?;
    warning
        .into_iter()
        .for_each(|warning| ui.message(&warning.render_warning(ui.style)));
    Ok(())
}

fn format(official: &Sources) -> Format {
    let is_botocore = official
        .iter()
        .any(|(id, _)| Node::parse(official, id).is_ok_and(|root| is_botocore_service(&root)));
    if is_botocore {
        Format::Botocore
    } else {
        Format::Smithy
    }
}

/// Rejects a model with other files, because they would repeat the written shapes.
fn refuse_other_files(model: &Sources) -> Result<(), Problem> {
    let known = [DOCUMENTATION, INTERFACE].map(|name| Path::new(MODEL).join(name));
    match model
        .iter()
        .find(|(_, file)| !known.iter().any(|known| known == Path::new(&file.name)))
    {
        None => Ok(()),
        Some((_, file)) => Err(Problem::new(
            format!(
                "`{}` is neither {INTERFACE} nor {DOCUMENTATION}; {NOTHING_WRITTEN}",
                file.name
            ),
            "move what it says into these two, then delete it",
        )),
    }
}

/// Rejects an official model of another service.
fn refuse_another_service(ours: &Model, official: &Model, path: &Path) -> Result<(), Problem> {
    let path = path.display();
    let cure =
        "name the official model of the service, alone, in Smithy's JSON AST or as botocore has it";
    let Some((ours, _)) = only_service(ours) else {
        return Err(Problem::new(
            format!("`{MODEL}` must have exactly one service; {NOTHING_WRITTEN}"),
            format!("correct it, or restore it with `git checkout {MODEL}`"),
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
fn refuse_invalid(merged: &Model, files: &Sources, ui: &Ui) -> Result<(), Failure> {
    let is_error = |problem: &Diagnostic| problem.severity == Severity::Error;
    let mut problems = smithy_model::check(merged, files);
    if !problems.iter().any(is_error) {
        problems = smithy_codegen::generate(merged, &Options::default())
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
fn replaced(old: &Sources, workspace: &Workspace) -> Sources {
    let status = ["status", "--porcelain", "--untracked-files=no", "--", MODEL];
    let is_committed = git_in(&workspace.path(""), &status).is_ok_and(|changes| changes.is_empty());
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
fn refuse_uncommitted(plan: &Plan<'_>, workspace: &Workspace) -> Result<(), Problem> {
    let overwritten: Vec<String> = plan
        .changes
        .iter()
        .map(|change| format!("{MODEL}/{}", change.path))
        .collect();
    if overwritten.is_empty() {
        return Ok(());
    }
    let mut arguments = vec!["status", "--porcelain", "--"];
    arguments.extend(overwritten.iter().map(String::as_str));
    match git_in(&workspace.path(""), &arguments) {
        Ok(changes) if !changes.is_empty() => Err(Problem::new(
            format!("`{MODEL}` has uncommitted changes; {NOTHING_WRITTEN}"),
            "commit or stash them, or overwrite them with `--force`",
        )),
        _ => Ok(()),
    }
}

/// The files as they will be in the folder of the model.
fn sources(files: &[(&str, &str)], target: &Target) -> Sources {
    let mut sources = Sources::new();
    for (name, text) in files {
        sources.add(target.name_of(name).display().to_string(), *text);
    }
    sources
}

/// The model of these files, if a crate can be generated from it.
fn generated(sources: &Sources, ui: &Ui) -> Result<Model, Failure> {
    model::with(sources, NOTHING_WRITTEN, ui, |model| {
        smithy_codegen::generate(model, &Options::default())?;
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
