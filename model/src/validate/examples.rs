use super::service_closure::operations;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Shape, ShapeKind};
use crate::syntax::node::Node;
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use crate::traits::registry::documentation::EXAMPLES;

/// Warns of examples with members that their shapes do not have (Smithy specification, "examples
/// trait"). Smithy rejects them, but examples are documentation and do not affect clients.
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for (shape, operation) in operations(model) {
        for example in EXAMPLES.of(&shape.traits).into_iter().flatten() {
            let mut checker = Checker {
                title: example.title,
                operation: &shape.id,
                model,
                loading: &mut *loading,
            };
            let error = example.error.and_then(|error| {
                let id = ShapeId::parse(error.shape_id?.value).ok()?;
                Some((
                    error.content,
                    operation.errors.iter().find(|error| **error == id)?,
                ))
            });
            for (value, message) in [
                (example.input, &operation.input),
                (example.output, &operation.output),
            ]
            .into_iter()
            .chain(error)
            {
                if let (Some(value), Some(message)) = (value, model.shape(message)) {
                    checker.value(value, message);
                }
            }
        }
    }
}

struct Checker<'a, 'l, 's> {
    title: &'a str,
    operation: &'a ShapeId,
    model: &'a Model,
    loading: &'l mut Loading<'s>,
}

impl Checker<'_, '_, '_> {
    /// Checks a value. Recursion is limited since the parser limits the depth of values.
    fn value(&mut self, value: &Node, shape: &Shape) {
        let inner = |member: &crate::shapes::shape::Member| self.model.target(member);
        match &shape.kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => {
                for (name, entry) in value.as_object().into_iter().flatten() {
                    match members.get(name) {
                        Some(member) => {
                            if let Some(target) = self.model.target(member) {
                                self.value(&entry.node, target);
                            }
                        }
                        None => self.unknown(name, entry.key, shape),
                    }
                }
            }
            ShapeKind::List(item) => {
                if let Some(target) = inner(item) {
                    value
                        .as_array()
                        .into_iter()
                        .flatten()
                        .for_each(|value| self.value(value, target));
                }
            }
            ShapeKind::Map { value: item, .. } => {
                if let Some(target) = inner(item) {
                    value
                        .as_object()
                        .into_iter()
                        .flatten()
                        .for_each(|(_, entry)| self.value(&entry.node, target));
                }
            }
            _ => {}
        }
    }

    fn unknown(&mut self, name: &str, span: Span, shape: &Shape) {
        let message = format!(
            "the example `{}` has a member `{name}`, which `{}` does not have",
            self.title, shape.id
        );
        let names = shape.members().map(|member| member.name.as_str());
        let help = self
            .loading
            .suggest(name, names, "remove it from the example");
        let problem = Diagnostic::warning(Code::InvalidExample, message).at(span);
        self.loading
            .report(problem.shape(self.operation).help(help));
    }
}
