//! Generates the crate of a model of the corpus.

use super::models::CorpusModel;
use super::table::{Outcome, Row, Size};
use crate::failure::{Failure, Problem};
use crate::input;
use crate::manifest::RuntimeSource;
use crate::model;
use crate::plan::changes::{Plan, has_another_crate};
use crate::plan::target::Target;
use crate::render;
use crate::report;
use crate::runtime::Runtime;
use crate::style::Style;
use crate::write;
use smithy_codegen::{Generated, NewManifest, Options};
use smithy_model::{Code, Diagnostic, Severity};
use std::fs;
use std::time::Instant;

/// Errors and warnings are collected for the row and the log, without colors.
const PLAIN: Style = Style { color: false };

/// Reads a model and writes its crate to `target`, as `codegen --model` does. The row contains the
/// errors.
pub(super) fn generate(model: &CorpusModel, target: &Target, runtime: &Runtime) -> Row {
    let mut row = Row {
        name: model.name.clone(),
        ..Row::default()
    };
    if let Err(outcome) = fill(&mut row, model, target, runtime) {
        row.outcome = outcome;
    }
    row
}

fn fill(
    row: &mut Row,
    model: &CorpusModel,
    target: &Target,
    runtime: &Runtime,
) -> Result<(), Outcome> {
    let sources = input::read(std::slice::from_ref(&model.input)).map_err(failed)?;
    let runtime = runtime
        .in_manifest(&target.dir)
        .map_err(|problem| failed(problem.into()))?;
    let options = Options {
        manifest: Some(NewManifest {
            runtime,
            is_workspace_member: false,
        }),
        ..Options::default()
    };
    let started = Instant::now();
    let (made, diagnostics) = model::make(&sources, |model| model::generate(model, &options));
    let time = started.elapsed();
    row.warnings = diagnostics
        .iter()
        .filter(|problem| problem.severity == Severity::Warning)
        .count();
    let generated = made.ok_or_else(|| refused(&diagnostics, &sources))?;
    row.generate = Some(time);
    row.size = Some(size(&generated));

    // The folders belong to this command. Another corpus can have a model of the same name.
    if has_another_crate(&generated.files, target) {
        fs::remove_dir_all(&target.dir)
            .map_err(|error| failed(Problem::io("remove", &target.name, &error).into()))?;
    }
    let plan = Plan::new(&generated.files, target, RuntimeSource::Replace);
    if !plan.problems.is_empty() {
        return Err(failed(Failure::Problems(plan.problems, "")));
    }
    write::apply(&plan, target).map_err(|problem| failed(problem.into()))
}

fn size(generated: &Generated) -> Size {
    Size {
        operations: generated.operations,
        shapes: generated.shapes,
        lines: report::lines(generated, ".rs"),
    }
}

/// A service that does not use restJson1 is skipped. Any other error is a failure.
fn refused(diagnostics: &[Diagnostic], sources: &smithy_model::Sources) -> Outcome {
    let mut errors: Vec<_> = diagnostics
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .cloned()
        .collect();
    match errors.as_slice() {
        [only] if only.code == Code::UnsupportedProtocol => Outcome::Skipped(only.message.clone()),
        _ => {
            Diagnostic::sort(&mut errors);
            Outcome::Failed(render::render(&errors, sources, PLAIN))
        }
    }
}

fn failed(failure: Failure) -> Outcome {
    Outcome::Failed(failure.plain())
}
