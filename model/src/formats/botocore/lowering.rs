use super::common::put;
use super::names::Names;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::definition::Draft;
use crate::draft::loading::Loading;
use crate::formats::fields::Fields;
use crate::syntax::node::{Entry, Node};
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use indexmap::IndexMap;

/// The service that is lowered, with the shapes so far.
pub(super) struct Lowering<'a, 's> {
    pub(super) names: Names,
    /// The shapes that are lowered so far.
    pub(super) drafts: IndexMap<ShapeId, Draft>,
    /// The string shapes that hold JSON, each with the shape that the JSON describes and the position
    /// of `jsonvalue`.
    pub(super) json_strings: IndexMap<ShapeId, (ShapeId, Span)>,
    pub(super) loading: &'a mut Loading<'s>,
}

impl Lowering<'_, '_> {
    /// Lowers an entry and adds the shape, unless the entry has no id or is broken.
    pub(super) fn add(
        &mut self,
        id: Option<ShapeId>,
        lower: impl FnOnce(&mut Self, &ShapeId) -> Option<Draft>,
    ) {
        let Some(id) = id else { return };
        match lower(self, &id) {
            Some(draft) => drop(self.drafts.insert(id, draft)),
            None => drop(self.loading.broken.insert(id)),
        }
    }

    /// Lowers every entry of a section.
    pub(super) fn each(
        &mut self,
        section: &'static str,
        root: Node,
        lower: fn(&mut Self, &str, Entry),
    ) {
        let service = self.names.service.clone();
        let file = Entry {
            key: root.span,
            node: root,
        };
        let Some(mut fields) = Fields::of(&service, section, file, self.loading) else {
            return;
        };
        let entries = fields.object(section).unwrap_or_default();
        fields.skip(&["version"]);
        fields.finish();
        for (name, entry) in entries {
            lower(self, &name, entry);
        }
    }

    /// Adds a trait whose value is a whole file to the service.
    pub(super) fn add_service_trait(&mut self, id: &'static str, value: Node) {
        if let Some(service) = self.drafts.get_mut(&self.names.service) {
            put(&mut service.traits, id, Some(value));
        }
    }

    /// Returns the id of an operation that another file extends. That file may be newer than the
    /// service's file, so an unknown operation is a warning.
    pub(super) fn extended_operation(&mut self, operation: &str, span: Span) -> Option<ShapeId> {
        let id = self.names.operation(operation).cloned();
        if id.is_none() {
            let message = format!("the service has no operation `{operation}`");
            let otherwise = "the entry is ignored until the service has the operation";
            let help = self
                .loading
                .suggest(operation, self.names.operations(), otherwise);
            let problem = Diagnostic::warning(Code::UnknownTarget, message).at(span);
            self.loading
                .report(problem.shape(&self.names.service).help(help));
        }
        id
    }
}
