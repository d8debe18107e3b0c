use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::log::Log;
use crate::shapes::model::Model;
use crate::syntax::shape_id::{InvalidShapeId, ShapeId};
use crate::syntax::source::{Sources, Span};
use indexmap::IndexSet;
use std::collections::{HashMap, HashSet};

/// What is known besides the model while it is made.
pub(crate) struct Loading<'s> {
    /// The files, for places named in texts.
    pub(crate) sources: &'s Sources,
    log: Log,
    /// Shapes that are defined, but not well enough to be part of the model; each has its
    /// diagnostic.
    pub(crate) broken: IndexSet<ShapeId>,
    /// Where a shape or member (the first id) names another one.
    places: HashMap<(ShapeId, ShapeId), Span>,
    /// Ids read so far: most are named many times, above all those of traits.
    ids: HashSet<ShapeId>,
}

impl<'s> Loading<'s> {
    pub(crate) fn new(sources: &'s Sources) -> Self {
        let (log, broken, places, ids) = Default::default();
        Self {
            sources,
            log,
            broken,
            places,
            ids,
        }
    }

    /// Notes a problem.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.log.push(diagnostic);
    }

    /// What was noted, in order. A problem of a shape that has no place of its own takes the
    /// shape's: a check may point at a trait or a target, and shapes of the prelude stand in no
    /// file.
    pub(crate) fn into_diagnostics(self, model: &Model) -> Vec<Diagnostic> {
        let mut diagnostics = self.log.into_vec();
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
        self.log.extend(diagnostics);
    }

    /// Whether further problems are not listed.
    pub(crate) fn is_full(&self) -> bool {
        self.log.is_full()
    }

    /// "did you mean", as long as looking for it does not take too much: it takes a comparison with
    /// all candidates. What else helps if none of them is near.
    pub(crate) fn suggest<'a>(
        &mut self,
        written: &str,
        candidates: impl Iterator<Item = &'a str>,
        otherwise: &str,
    ) -> String {
        self.log.suggest(written, candidates, otherwise)
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

    pub(crate) fn note_rename(&mut self, service: &ShapeId, from: &ShapeId, span: Span) {
        self.note_place(&service.with_member(RENAME), from, span);
    }

    pub(crate) fn note_place(&mut self, from: &ShapeId, to: &ShapeId, span: Span) {
        self.places
            .entry((from.clone(), to.clone()))
            .or_insert(span);
    }
}

/// Stands for the `rename` of a service among places; services have no members.
const RENAME: &str = "rename";
