//! From files to a [`Model`]: read, merge, flatten mixins, bring to version 2.0, check.

mod draft;
mod enums;
mod fields;
mod finish;
mod merge;
mod metadata;
mod mixins;
mod read;
mod upgrade;

use crate::{Diagnostic, InvalidShapeId, Model, Severity, ShapeId, Sources, Span, suggest, validate};
use draft::Draft;
use indexmap::{IndexMap, IndexSet};
use read::Read;
use std::collections::{HashMap, HashSet};

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
        self.diagnostics.iter().all(|diagnostic| diagnostic.severity < Severity::Error)
    }
}

/// Reads a model from one or several files of Smithy's JSON AST, version 1.0 or 2.0, and checks it.
///
/// Files are merged as Smithy's specification says ("Merging model files"), `apply` statements are applied, mixins
/// flattened, and what comes from 1.0 files is brought to the terms of 2.0.
pub fn load(sources: &Sources) -> Loaded {
    let mut log = Log::default();
    let model =
        read::files(sources, &mut log).map(|read| assemble(read, sources, &mut log)).unwrap_or_default();
    validate::validate(&model, &mut log);
    Diagnostic::sort(&mut log.diagnostics);
    Loaded { model, diagnostics: log.diagnostics }
}

fn assemble(read: Read, sources: &Sources, log: &mut Log) -> Model {
    let metadata = metadata::merge(read.metadata, sources, log);
    let mut drafts = merge::definitions(read.drafts, sources, log);
    merge::apply(&mut drafts, read.applies, sources, log);
    mixins::flatten(&mut drafts, log);
    let versions = drafts.iter().map(|(id, draft)| (id.clone(), draft.version)).collect();
    let mut model = Model { shapes: finish::shapes(drafts, log), metadata };
    upgrade::members(&mut model, &versions);
    model
}

/// What is known besides the model while it is made.
#[derive(Default)]
pub(crate) struct Log {
    /// What was found so far.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Shapes that are defined, but not well enough to be part of the model; each has its diagnostic.
    pub(crate) broken: IndexSet<ShapeId>,
    /// Where a shape or member (the first id) names another one.
    places: HashMap<(ShapeId, ShapeId), Span>,
    /// How often a name was looked for that was meant.
    suggestions: usize,
    /// Ids read so far: most are named many times, above all those of traits.
    ids: HashSet<ShapeId>,
}

impl Log {
    /// Notes a problem.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds "did you mean", up to a number of times: it takes a comparison with all candidates.
    pub(crate) fn suggest<'a>(
        &mut self,
        problem: Diagnostic,
        written: &str,
        candidates: impl Iterator<Item = &'a str>,
    ) -> Diagnostic {
        const MAX_SUGGESTIONS: usize = 100;
        self.suggestions += 1;
        if self.suggestions > MAX_SUGGESTIONS {
            return problem;
        }
        suggest::did_you_mean(problem, written, candidates)
    }

    /// Where `from` names `to`, if it does so itself and not through a mixin.
    pub(crate) fn place(&self, from: &ShapeId, to: &ShapeId) -> Option<Span> {
        self.places.get(&(from.clone(), to.clone())).copied()
    }

    /// Reads an id, or finds it among those read before.
    fn id(&mut self, text: &str) -> Result<ShapeId, InvalidShapeId> {
        if let Some(known) = self.ids.get(text) {
            return Ok(known.clone());
        }
        let id = ShapeId::parse(text)?;
        self.ids.insert(id.clone());
        Ok(id)
    }

    fn note_place(&mut self, from: &ShapeId, to: &ShapeId, span: Span) {
        self.places.entry((from.clone(), to.clone())).or_insert(span);
    }
}

/// Shapes that are still being put together.
type Drafts = IndexMap<ShapeId, Draft>;
