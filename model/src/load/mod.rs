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

use crate::suggest::{self, Search};
use crate::{
    Diagnostic, InvalidShapeId, Model, Problems, Severity, ShapeId, SourceId, Sources, Span,
    validate,
};
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
    let mut log = Log::new(sources);
    let model = read::files(files, &mut log)
        .map(|read| assemble(read, &mut log))
        .unwrap_or_default();
    validate::validate(&model, &mut log);
    let diagnostics = log.into_diagnostics(&model);
    Loaded { model, diagnostics }
}

/// Checks a model that was put together from other models of these files, as [`load`] checks what
/// it reads.
pub fn check(model: &Model, sources: &Sources) -> Vec<Diagnostic> {
    let mut log = Log::new(sources);
    validate::validate(model, &mut log);
    log.into_diagnostics(model)
}

fn assemble(read: Read, log: &mut Log) -> Model {
    let metadata = metadata::merge(read.metadata, log);
    let mut drafts = merge::definitions(read.drafts, log);
    merge::apply(&mut drafts, read.applies, log);
    mixins::flatten(&mut drafts, log);
    let versions = drafts
        .iter()
        .map(|(id, draft)| (id.clone(), draft.version))
        .collect();
    let mut model = Model {
        shapes: finish::shapes(drafts, log),
        metadata,
    };
    upgrade::members(&mut model, &versions);
    model
}

/// What is known besides the model while it is made.
pub(crate) struct Log<'s> {
    /// The files, for places named in texts.
    pub(crate) sources: &'s Sources,
    /// What was found so far.
    problems: Problems,
    /// Shapes that are defined, but not well enough to be part of the model; each has its
    /// diagnostic.
    pub(crate) broken: IndexSet<ShapeId>,
    /// Where a shape or member (the first id) names another one.
    places: HashMap<(ShapeId, ShapeId), Span>,
    /// How much may still be looked for names that were meant.
    search: Search,
    /// Ids read so far: most are named many times, above all those of traits.
    ids: HashSet<ShapeId>,
}

impl<'s> Log<'s> {
    fn new(sources: &'s Sources) -> Self {
        let (problems, broken, places, search, ids) = Default::default();
        Self {
            sources,
            problems,
            broken,
            places,
            search,
            ids,
        }
    }

    /// Notes a problem.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.problems.push(diagnostic);
    }

    /// What was noted, in order. A problem of a shape that has no place of its own takes the
    /// shape's: a check may point at a trait or a target, and shapes of the prelude stand in no
    /// file.
    fn into_diagnostics(self, model: &Model) -> Vec<Diagnostic> {
        let mut diagnostics = self.problems.into_vec();
        for diagnostic in diagnostics
            .iter_mut()
            .filter(|diagnostic| diagnostic.span.is_none())
        {
            let shape = diagnostic.shape.as_ref();
            diagnostic.span = shape.and_then(|id| model.shape(&id.container())?.span);
        }
        Diagnostic::sort(&mut diagnostics);
        diagnostics
    }

    /// Notes several problems.
    pub(crate) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.problems.extend(diagnostics);
    }

    /// Whether further problems are not listed.
    pub(crate) fn is_full(&self) -> bool {
        self.problems.is_full()
    }

    /// "did you mean", as long as looking for it does not take too much: it takes a comparison with
    /// all candidates. What else helps if none of them is near.
    pub(crate) fn suggest<'a>(
        &mut self,
        written: &str,
        candidates: impl Iterator<Item = &'a str>,
        otherwise: &str,
    ) -> String {
        suggest::within(&mut self.search, written, candidates)
            .unwrap_or_else(|| otherwise.to_owned())
    }

    /// The place of what another diagnostic is about, to stand after its name: ` (model.json:1:2)`.
    /// Empty for what stands in no file.
    pub(crate) fn whereabouts(&self, span: impl Into<Option<Span>>) -> String {
        span.into()
            .map(|span| format!(" ({})", self.sources.place(span)))
            .unwrap_or_default()
    }

    /// Where `from` names `to`, if it does so itself and not through a mixin.
    pub(crate) fn place(&self, from: &ShapeId, to: &ShapeId) -> Option<Span> {
        self.places.get(&(from.clone(), to.clone())).copied()
    }

    /// Where a service renames a shape, if it does so itself and not through a mixin.
    pub(crate) fn rename_place(&self, service: &ShapeId, from: &ShapeId) -> Option<Span> {
        self.place(&service.with_member(RENAME), from)
    }

    /// Reads an id, or finds it among those read before.
    pub(crate) fn id(&mut self, text: &str) -> Result<ShapeId, InvalidShapeId> {
        if let Some(known) = self.ids.get(text) {
            return Ok(known.clone());
        }
        let id = ShapeId::parse(text)?;
        self.ids.insert(id.clone());
        Ok(id)
    }

    fn note_rename(&mut self, service: &ShapeId, from: &ShapeId, span: Span) {
        self.note_place(&service.with_member(RENAME), from, span);
    }

    fn note_place(&mut self, from: &ShapeId, to: &ShapeId, span: Span) {
        self.places
            .entry((from.clone(), to.clone()))
            .or_insert(span);
    }
}

/// Stands for the `rename` of a service among places; services have no members.
const RENAME: &str = "rename";

/// Shapes that are still being put together.
type Drafts = IndexMap<ShapeId, Draft>;
