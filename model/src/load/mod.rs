//! From files to a [`Model`]: read, merge, flatten mixins, bring to version 2.0, check.

pub(crate) mod draft;
mod enums;
pub(crate) mod fields;
pub(crate) mod finish;
mod merge;
mod metadata;
mod mixins;
pub(crate) mod read;
mod upgrade;

use crate::diagnostics::diagnostic::{Diagnostic, Severity};
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::{SourceId, Sources};
use crate::validate;
use draft::Draft;
use indexmap::IndexMap;
use read::Read;

/// What [`load`] made of a model's files.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The model; complete only if [`Loaded::is_ok`].
    pub model: Model,
    /// Everything there is to say about it, sorted by file, place and code.
    pub diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    /// Whether the model can be used: no diagnostic is an error.
    pub fn is_ok(&self) -> bool {
        self.diagnostics
            .iter()
            .all(|diagnostic| diagnostic.severity < Severity::Error)
    }
}

/// Reads a model from one or several files of Smithy's JSON AST, version 1.0 or 2.0, and checks it.
///
/// Files are merged as Smithy's specification says ("Merging model files"), `apply` statements are
/// applied, mixins flattened, and what comes from 1.0 files is brought to the terms of 2.0.
pub fn load(sources: &Sources) -> Loaded {
    let files: Vec<SourceId> = sources.iter().map(|(id, _)| id).collect();
    load_files(sources, &files)
}

/// The same of some of the files, so that a second model can stand beside it with places that
/// differ.
pub fn load_files(sources: &Sources, files: &[SourceId]) -> Loaded {
    let mut loading = Loading::new(sources);
    let model = read::files(files, &mut loading)
        .map(|read| assemble(read, &mut loading))
        .unwrap_or_default();
    validate::validate(&model, &mut loading);
    let diagnostics = loading.into_diagnostics(&model);
    Loaded { model, diagnostics }
}

/// Checks a model that was put together from other models of these files, as [`load`] checks what
/// it reads.
pub fn check(model: &Model, sources: &Sources) -> Vec<Diagnostic> {
    let mut loading = Loading::new(sources);
    validate::validate(model, &mut loading);
    loading.into_diagnostics(model)
}

fn assemble(read: Read, loading: &mut Loading) -> Model {
    let metadata = metadata::merge(read.metadata, loading);
    let mut drafts = merge::definitions(read.drafts, loading);
    merge::apply(&mut drafts, read.applies, loading);
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

/// Shapes that are still being put together.
type Drafts = IndexMap<ShapeId, Draft>;
