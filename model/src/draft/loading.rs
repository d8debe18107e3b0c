use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::log::Log;
use crate::shapes::model::Model;
use crate::syntax::shape_id::{InvalidShapeId, ShapeId};
use crate::syntax::source::{Sources, Span};
use indexmap::IndexSet;
use std::collections::{HashMap, HashSet};

/// The state of loading one model.
pub(crate) struct Loading<'s> {
    /// The files, for positions in messages.
    pub(crate) sources: &'s Sources,
    log: Log,
    /// Shapes whose definition has an error, so that the model does not contain them.
    pub(crate) broken: IndexSet<ShapeId>,
    /// The position at which a shape or member (the first id) refers to a shape (the second id).
    places: HashMap<(ShapeId, ShapeId), Span>,
    /// The ids parsed so far. Most ids are used many times, above all those of traits.
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

    /// Reports a problem.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.log.push(diagnostic);
    }

    /// Returns the diagnostics, sorted. A diagnostic without position gets that of its shape: the
    /// position may be missing since traits and targets of the prelude are not in any file.
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

    /// Reports several problems.
    pub(crate) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.log.extend(diagnostics);
    }

    /// Returns whether further problems are only counted.
    pub(crate) fn is_full(&self) -> bool {
        self.log.is_full()
    }

    /// See [`Log::suggest`].
    pub(crate) fn suggest<'a>(
        &mut self,
        written: &str,
        candidates: impl Iterator<Item = &'a str>,
        otherwise: &str,
    ) -> String {
        self.log.suggest(written, candidates, otherwise)
    }

    /// Formats a position to follow the name of a shape in a message, ` (model.json:1:2)`. Returns an
    /// empty text for shapes that are not in any file.
    pub(crate) fn position_suffix(&self, span: impl Into<Option<Span>>) -> String {
        span.into()
            .map(|span| format!(" ({})", self.sources.place(span)))
            .unwrap_or_default()
    }

    /// Returns the position at which `from` refers to `to`, unless it does so through a mixin.
    pub(crate) fn place(&self, from: &ShapeId, to: &ShapeId) -> Option<Span> {
        self.places.get(&(from.clone(), to.clone())).copied()
    }

    /// Returns the position at which a service renames a shape, unless it does so through a mixin.
    pub(crate) fn rename_place(&self, service: &ShapeId, from: &ShapeId) -> Option<Span> {
        self.place(&service.with_member(RENAME), from)
    }

    /// Parses an id, or returns the equal one that was parsed before.
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

/// The member name under which the positions of a service's `rename` are stored. Services have no
/// members.
const RENAME: &str = "rename";
