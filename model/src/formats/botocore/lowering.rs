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

/// A service that becomes shapes.
pub(super) struct Lowering<'a, 's> {
    pub(super) names: Names,
    /// What there is of it so far.
    pub(super) drafts: IndexMap<ShapeId, Draft>,
    /// Strings that hold JSON: the shape that stands in the file for each, and where it is said.
    pub(super) json_texts: IndexMap<ShapeId, (ShapeId, Span)>,
    pub(super) loading: &'a mut Loading<'s>,
}

impl Lowering<'_, '_> {
    /// Adds what is made of an entry, unless it has no id or is broken.
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

    /// Gives the service a trait whose value is a whole file.
    pub(super) fn of_service(&mut self, id: &'static str, value: Node) {
        if let Some(service) = self.drafts.get_mut(&self.names.service) {
            put(&mut service.traits, id, Some(value));
        }
    }

    /// The operation that another file says something about. Such a file may be newer than the
    /// service's: what it has of an operation that is not there yet is left out.
    pub(super) fn extended(&mut self, operation: &str, span: Span) -> Option<ShapeId> {
        let id = self.names.operation(operation).cloned();
        if id.is_none() {
            let message = format!("the service has no operation `{operation}`");
            let otherwise = "it is left out; it takes effect when the service has the operation";
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
