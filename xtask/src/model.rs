use crate::failure::Failure;
use crate::render;
use crate::ui::Ui;
use smithy_model::{Diagnostic, Loaded, Model, Sources};

/// Loads a model and does something with it, which may find further problems. Prints all of them together, sorted;
/// fails if one is an error, and says then what did not happen (`outcome`).
pub(crate) fn with<T>(
    sources: &Sources,
    outcome: &str,
    ui: &Ui,
    step: impl FnOnce(&Model) -> Result<(T, Vec<Diagnostic>), Vec<Diagnostic>>,
) -> Result<T, Failure> {
    let loaded = smithy_model::load(sources);
    let complete = loaded.is_ok();
    let Loaded { model, mut diagnostics, .. } = loaded;
    let made = if complete { step(&model) } else { Err(Vec::new()) };
    let (made, further) = match made {
        Ok((made, warnings)) => (Some(made), warnings),
        Err(problems) => (None, problems),
    };
    diagnostics.extend(further);
    ui.message(&render::render(&diagnostics, sources, ui.style));
    ui.message(&render::summary(&diagnostics, outcome, ui.style));
    made.ok_or(Failure::Told)
}

/// The model, if nothing in it is an error; else prints everything there is to say about it.
pub(crate) fn complete(loaded: Loaded, sources: &Sources, outcome: &str, ui: &Ui) -> Result<Model, Failure> {
    if loaded.is_ok() {
        return Ok(loaded.model);
    }
    ui.message(&render::render(&loaded.diagnostics, sources, ui.style));
    ui.message(&render::summary(&loaded.diagnostics, outcome, ui.style));
    Err(Failure::Told)
}
