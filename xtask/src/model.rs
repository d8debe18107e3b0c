use crate::failure::Failure;
use crate::render;
use crate::ui::Ui;
use smithy_codegen::{Generated, Options};
use smithy_model::{Diagnostic, Loaded, Model, Sources};

/// What a step makes of a model, with warnings, or what is wrong with the model.
pub(crate) type Step<T> = Result<(T, Vec<Diagnostic>), Vec<Diagnostic>>;

/// Loads a model and does something with it, which may find further problems. Prints all of them
/// together, sorted; fails if one is an error, and says then what did not happen (`outcome`).
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

/// The same without printing: what was made, unless something is an error, and all problems.
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

/// The step that generates a crate; its warnings are with those of the model.
pub(crate) fn generate(model: &Model, options: &Options) -> Step<Generated> {
    let mut generated = smithy_codegen::generate(model, options)?;
    let warnings = std::mem::take(&mut generated.warnings);
    Ok((generated, warnings))
}

/// The model, if nothing in it is an error. Prints everything there is to say about it.
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
