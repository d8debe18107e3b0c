use crate::failure::Failure;
use crate::render;
use crate::ui::Ui;
use smithy_codegen::{Generated, Options};
use smithy_model::{Diagnostic, Loaded, Model, Sources};

/// The result of a step with warnings, or the errors of the model.
pub(crate) type Step<T> = Result<(T, Vec<Diagnostic>), Vec<Diagnostic>>;

/// Loads a model and runs a step, which can find further problems. Prints all diagnostics together,
/// sorted. Fails if one is an error, and then prints `outcome`.
pub(crate) fn with<T>(
    sources: &Sources,
    outcome: &str,
    ui: &Ui,
    step: impl FnOnce(&Model) -> Step<T>,
) -> Result<T, Failure> {
    let (made, diagnostics) = make(sources, step);
    ui.message(&render::render(&diagnostics, sources, ui.style));
    ui.message(&render::summary(&diagnostics, outcome, ui.style));
    made.ok_or(Failure::Told)
}

/// The same without printing. Returns the result, unless there is an error, and all diagnostics.
pub(crate) fn make<T>(
    sources: &Sources,
    step: impl FnOnce(&Model) -> Step<T>,
) -> (Option<T>, Vec<Diagnostic>) {
    let loaded = smithy_model::load(sources);
    let complete = loaded.is_ok();
    let Loaded {
        model,
        mut diagnostics,
        ..
    } = loaded;
    let made = if complete {
        step(&model)
    } else {
        Err(Vec::new())
    };
    let (made, further) = match made {
        Ok((made, warnings)) => (Some(made), warnings),
        Err(problems) => (None, problems),
    };
    diagnostics.extend(further);
    (made, diagnostics)
}

/// The step that generates a crate.
pub(crate) fn generate(model: &Model, options: &Options) -> Step<Generated> {
    let mut generated = smithy_codegen::generate(model, options)?;
    let warnings = std::mem::take(&mut generated.warnings);
    Ok((generated, warnings))
}

/// Loads a model and prints its diagnostics. Fails if one is an error.
pub(crate) fn complete(
    loaded: Loaded,
    sources: &Sources,
    outcome: &str,
    ui: &Ui,
) -> Result<Model, Failure> {
    ui.message(&render::render(&loaded.diagnostics, sources, ui.style));
    ui.message(&render::summary(&loaded.diagnostics, outcome, ui.style));
    if loaded.is_ok() {
        Ok(loaded.model)
    } else {
        Err(Failure::Told)
    }
}
