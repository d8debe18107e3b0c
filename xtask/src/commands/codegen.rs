//! `cargo xtask codegen`: generates the files of a crate from the files of a model.

pub(super) mod args;
pub(super) mod job;
mod module;
mod outcome;

use crate::config::{Config, CrateConfig};
use crate::dump;
use crate::failure::{Failure, Problem};
use crate::input;
use crate::lock::Lock;
use crate::model;
use crate::plan::changes::Plan;
use crate::render::count;
use crate::report::{self, Times};
use crate::ui::Ui;
use crate::version;
use crate::write;
use args::{Dump, Mode, Request};
use clap::ArgMatches;
use job::Job;
use outcome::{NOTHING_WRITTEN, cure, refuse_obstacles, verdict};
use smithy_codegen::Options;
use smithy_model::import::undocumented;
use smithy_model::{Model, Sources};
use std::time::Instant;

/// The number of items without documentation that are listed; others are only counted.
const NAMED: usize = 20;

/// Runs the command.
pub(super) fn run(matches: &ArgMatches, ui: &Ui) -> Result<(), Failure> {
    let request = Request::new(matches)?;
    let config = Config::find_here()?;
    let jobs = job::jobs(&request, config.as_ref())?;
    let [job] = jobs.as_slice() else {
        return run_all(&jobs, &request, config.as_ref(), ui);
    };
    match request.stage() {
        Some(stage) => print_stage(stage, &job.options, &input::read(&job.inputs)?, ui),
        None if request.module.is_some() => module::run(job, &request, ui),
        None => run_job(job, &request, config.as_ref(), ui),
    }
}

/// Runs several jobs. An error in one does not prevent the others.
fn run_all(
    jobs: &[Job],
    request: &Request,
    config: Option<&Config>,
    ui: &Ui,
) -> Result<(), Failure> {
    let mut failed = 0;
    for job in jobs {
        if let Err(failure) = run_job(job, request, config, ui) {
            failure.tell(ui);
            failed += 1;
        }
    }
    if failed == 0 {
        return Ok(());
    }
    let what = format!("{failed} of {} failed", count(jobs.len(), "crate"));
    Err(Problem::new(what, "`--crate NAME` runs the command for one crate").into())
}

/// Writes a crate, or compares it with the disk.
fn run_job(job: &Job, request: &Request, config: Option<&Config>, ui: &Ui) -> Result<(), Failure> {
    let started = Instant::now();
    let target = &job.target;
    let sources = input::read(&job.inputs)?;
    let read = started.elapsed();

    let checks = request.mode == Mode::Check;
    let outcome = if checks {
        "nothing was compared"
    } else {
        NOTHING_WRITTEN
    };
    let (generated, generate, lacking, version) = model::with(&sources, outcome, ui, |model| {
        let (generated, warnings) = model::generate(model, &job.options)?;
        let generate = started.elapsed() - read;
        let version = match (config, &job.entry) {
            (Some(config), Some(entry)) if checks => {
                version::check(config, entry, request.since.as_deref(), model)
            }
            _ => Ok(None),
        };
        Ok((
            (generated, generate, lacking(job, model), version),
            warnings,
        ))
    })?;
    lacking
        .iter()
        .for_each(|warning| ui.message(&warning.render_warning(ui.style)));

    let compared = Instant::now();
    let lock = if checks {
        None
    } else {
        Some(Lock::of(target, ui)?)
    };
    let plan = Plan::new(&generated.files, target, job.runtime);
    if !checks {
        refuse_obstacles(&plan)?;
        write::apply(&plan, target)?;
    }
    drop(lock);
    let times = Times {
        read,
        generate,
        write: compared.elapsed(),
    };
    let changes = if checks {
        report::differences(&plan, target, &target.name.display().to_string())
    } else {
        report::written(&plan, target, &target.name.display().to_string())
    };
    ui.result(&changes)?;
    ui.result(&report::work(
        &generated,
        times,
        if checks { "compared" } else { "wrote" },
    ))?;
    if checks {
        verdict(plan, target, &cure(job, request))?;
    }
    if let Some(unknown) = version? {
        ui.message(&unknown.render_warning(ui.style));
    }
    Ok(())
}

/// A warning about items without documentation, if the crate has a file for it.
fn lacking(job: &Job, model: &Model) -> Option<Problem> {
    let entry = job.entry.as_ref()?;
    let documentation = entry.documentation.as_ref()?;
    let lacking = undocumented(model);
    (!lacking.is_empty()).then(|| undocumented_items(&lacking, entry, documentation))
}

fn undocumented_items(lacking: &[String], entry: &CrateConfig, documentation: &str) -> Problem {
    let mut what = format!(
        "the model of `{}` has {} without documentation",
        entry.name,
        count(lacking.len(), "item")
    );
    lacking
        .iter()
        .take(NAMED)
        .for_each(|place| what.extend(["\n", place]));
    if lacking.len() > NAMED {
        what.push_str(&format!("\nand {} more", lacking.len() - NAMED));
    }
    Problem::new(what, format!("document them in {documentation}"))
}

fn print_stage(what: Dump, options: &Options, sources: &Sources, ui: &Ui) -> Result<(), Failure> {
    let text = model::with(sources, "nothing was printed", ui, |model| match what {
        Dump::Model => Ok((dump::json(model), Vec::new())),
        Dump::Stage(stage) => Ok((smithy_codegen::dump(model, options, stage)?, Vec::new())),
    })?;
    Ok(ui.result(&text)?)
}
