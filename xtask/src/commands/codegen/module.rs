//! `--module`: one file for `include!` instead of a crate.

use super::args::{Mode, Request};
use super::job::Job;
use super::outcome::{NOTHING_WRITTEN, cure, verdict};
use crate::failure::{Failure, Problem};
use crate::input;
use crate::model;
use crate::plan::changes::Plan;
use crate::plan::target::Target;
use crate::report;
use crate::ui::Ui;
use crate::write;
use std::path::Path;

/// Writes the module, or compares it with the disk.
pub(super) fn run(job: &Job, request: &Request, ui: &Ui) -> Result<(), Failure> {
    let path = request.module.as_deref().unwrap_or(Path::new(""));
    let (Some(name), Some(folder)) = (
        path.file_name().and_then(|name| name.to_str()),
        path.parent(),
    ) else {
        let what = format!("`{}` is not the path of a file", path.display());
        return Err(Problem::new(what, "name a file such as `src/eks.rs`").into());
    };
    let features = request.features.iter().map(String::as_str);
    let features: Vec<&str> = features.filter(|feature| *feature != "none").collect();
    let sources = input::read(&job.inputs)?;
    let module = model::with(&sources, NOTHING_WRITTEN, ui, |model| {
        let mut module = smithy_codegen::module(model, &job.options, &features)?;
        let warnings = std::mem::take(&mut module.warnings);
        Ok((module, warnings))
    })?;
    let target = Target {
        dir: Path::new(".").join(folder),
        name: folder.to_owned(),
    };
    let plan = Plan::of_file(name, &module.text, &target)?;
    if request.mode == Mode::Check {
        ui.result(&report::differences(
            &plan,
            &target,
            &path.display().to_string(),
        ))?;
        return verdict(plan, &target, &cure(job, request));
    }
    write::apply(&plan, &target)?;
    ui.result(&report::written(
        &plan,
        &target,
        &path.display().to_string(),
    ))?;
    Ok(())
}
