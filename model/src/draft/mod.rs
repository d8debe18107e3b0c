//! The steps from the definitions in files to a [`Model`]: merging, `apply` statements, mixins, and
//! the upgrade of Smithy 1.0.

pub(crate) mod definition;
mod enums;
mod finish;
pub(crate) mod loading;
mod merge;
mod metadata;
mod mixins;
mod upgrade;

use crate::shapes::model::Model;
use definition::Content;
use loading::Loading;

/// Assembles a model from the content of its files: merges definitions, applies `apply` statements,
/// flattens mixins, and upgrades shapes of 1.0 files.
pub(crate) fn assemble(content: Content, loading: &mut Loading) -> Model {
    let metadata = metadata::merge(content.metadata, loading);
    let mut drafts = merge::definitions(content.drafts, loading);
    merge::apply(&mut drafts, content.applies, loading);
    mixins::flatten(&mut drafts, loading);
    let versions = drafts
        .iter()
        .map(|(id, draft)| (id.clone(), draft.version))
        .collect();
    let mut model = Model {
        shapes: finish::shapes(drafts, loading),
        metadata,
    };
    upgrade::members(&mut model, &versions);
    model
}
