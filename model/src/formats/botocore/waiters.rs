//! Lowers waiters to the `smithy.waiters#waitable` trait of their operations.

use super::lowering::Lowering;
use super::nodes::{annotation, array, object, text};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::definition::Body;
use crate::formats::fields::Fields;
use crate::syntax::node::{Entry, Node, Value};
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use crate::traits::registry::http_bindings::HTTP_ERROR;

const WAITABLE: &str = crate::traits::registry::behavior::WAITABLE.id();

/// Smithy's default for `maxDelay`, in seconds.
const DEFAULT_MAX_DELAY: i64 = 120;

impl Lowering<'_, '_> {
    /// Lowers an entry of `waiters`. `maxAttempts` is ignored: callers of Smithy's waiters pass a
    /// maximum time.
    pub(super) fn waiter(&mut self, name: &str, entry: Entry) {
        let (service, key) = (self.names.service.clone(), entry.key);
        let Some(mut fields) = Fields::of(&service, name, entry, self.loading) else {
            return;
        };
        let Some((operation, span)) = fields.required_string("operation") else {
            return;
        };
        let documentation = fields
            .take("description")
            .or_else(|| fields.take("documentation"));
        let delay = fields.take("delay");
        let acceptors = fields.array("acceptors").unwrap_or_default();
        fields.skip(&["maxAttempts"]);
        fields.finish();
        let Some(id) = self.extended_operation(&operation, span) else {
            return;
        };
        let acceptors: Vec<_> = acceptors
            .into_iter()
            .filter_map(|node| self.acceptor(&id, node))
            .collect();
        let succeeds = |node: &Node| node.get("state").and_then(Node::as_str) == Some("success");
        if !acceptors.iter().any(succeeds) {
            return self.loading.report(never_succeeds(name, key).shape(&id));
        }
        let longer = delay.clone().filter(|delay| {
            delay
                .as_i64()
                .is_some_and(|delay| delay > DEFAULT_MAX_DELAY)
        });
        let waiter = object(
            key,
            [
                ("documentation", documentation),
                ("acceptors", Some(array(acceptors, key))),
                ("minDelay", delay),
                ("maxDelay", longer),
            ],
        );
        if let Some(draft) = self.drafts.get_mut(&id) {
            let waitable = draft
                .traits
                .0
                .entry(ShapeId::constant(WAITABLE))
                .or_insert_with(|| annotation(key));
            if let Value::Object(waiters) = &mut waitable.value {
                waiters.insert(name.to_owned(), Entry { key, node: waiter });
            }
        }
    }

    /// Lowers an acceptor. Reports one that Smithy cannot express, and returns `None`.
    fn acceptor(&mut self, operation: &ShapeId, node: Node) -> Option<Node> {
        let place = node.span;
        let mut fields = Fields::of(
            operation,
            "acceptors",
            Entry { key: place, node },
            self.loading,
        )?;
        let state = fields.take("state");
        let (matcher, span) = fields.required_string("matcher")?;
        let [path, expected] = ["argument", "expected"].map(|key| fields.take(key));
        fields.finish();
        let matcher =
            expected.and_then(|expected| self.matcher(operation, &matcher, path, expected));
        let Some((key, value)) = matcher else {
            self.loading.report(not_expressible(operation, span));
            return None;
        };
        Some(object(
            place,
            [
                ("state", state),
                ("matcher", Some(object(span, [(key, Some(value))]))),
            ],
        ))
    }

    /// Returns the matcher in Smithy with its value.
    fn matcher(
        &self,
        operation: &ShapeId,
        matcher: &str,
        path: Option<Node>,
        expected: Node,
    ) -> Option<(&'static str, Node)> {
        match (matcher, expected.as_bool()) {
            ("error", Some(fails)) => Some((
                "success",
                Node {
                    value: Value::Bool(!fails),
                    span: expected.span,
                },
            )),
            ("error", None) => Some(("errorType", expected)),
            ("status", _) => self.status(operation, &expected),
            _ => output(matcher, path?, &expected).map(|output| ("output", output)),
        }
    }

    /// Lowers a status: a success, or the error of the operation with this status.
    fn status(&self, operation: &ShapeId, expected: &Node) -> Option<(&'static str, Node)> {
        if expected
            .as_i64()
            .is_some_and(|status| (200..300).contains(&status))
        {
            return Some((
                "success",
                Node {
                    value: Value::Bool(true),
                    span: expected.span,
                },
            ));
        }
        let Body::Operation { errors, .. } = &self.drafts.get(operation)?.body else {
            return None;
        };
        let has_status = |id: &&ShapeId| {
            let error = self.drafts.get(*id);
            error.is_some_and(|error| error.traits.get(HTTP_ERROR.id()) == Some(expected))
        };
        let mut errors = errors.iter().filter(has_status);
        match (errors.next(), errors.next()) {
            (Some(error), None) => Some(("errorType", text(error.name(), expected.span))),
            _ => None,
        }
    }
}

/// Returns the matcher for a path in the output.
fn output(matcher: &str, path: Node, expected: &Node) -> Option<Node> {
    let (comparator, expected) = match (matcher, &expected.value) {
        ("path", Value::String(_)) => ("stringEquals", expected.clone()),
        ("path", Value::Bool(value)) => ("booleanEquals", text(value.to_string(), expected.span)),
        ("pathAll", Value::String(_)) => ("allStringEquals", expected.clone()),
        ("pathAny", Value::String(_)) => ("anyStringEquals", expected.clone()),
        _ => return None,
    };
    let comparator = text(comparator, expected.span);
    let span = path.span;
    Some(object(
        span,
        [
            ("path", Some(path)),
            ("expected", Some(expected)),
            ("comparator", Some(comparator)),
        ],
    ))
}

fn never_succeeds(name: &str, span: Span) -> Diagnostic {
    let message = format!("the waiter `{name}` has no acceptor for success");
    Diagnostic::warning(Code::UnsupportedTrait, message)
        .at(span)
        .help("the waiter is ignored")
}

fn not_expressible(operation: &ShapeId, span: Span) -> Diagnostic {
    let message = "Smithy's waiters cannot express this acceptor";
    let help =
        "the acceptor is ignored; Smithy can match strings, Booleans, error names and success";
    Diagnostic::warning(Code::UnsupportedTrait, message)
        .at(span)
        .shape(operation)
        .help(help)
}
