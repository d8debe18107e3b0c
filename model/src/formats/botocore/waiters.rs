//! Waiters become the `smithy.waiters#waitable` trait of their operations.

use super::lowering::Lowering;
use super::nodes::{annotation, array, object, text};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::definition::Body;
use crate::formats::fields::Fields;
use crate::syntax::node::{Entry, Node, Value};
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;

const WAITABLE: &str = "smithy.waiters#waitable";

/// What Smithy takes as the longest pause unless a waiter says otherwise, in seconds.
const LONGEST_PAUSE: i64 = 120;

impl Lowering<'_, '_> {
    /// Lowers an entry of `waiters`. How often to ask is left to who waits: Smithy's waiters are
    /// given a time.
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
        let Some(id) = self.extended(&operation, span) else {
            return;
        };
        let acceptors: Vec<_> = acceptors
            .into_iter()
            .filter_map(|node| self.acceptor(&id, node))
            .collect();
        let succeeds = |node: &Node| node.get("state").and_then(Node::as_str) == Some("success");
        if !acceptors.iter().any(succeeds) {
            return self.loading.report(endless(name, key).shape(&id));
        }
        let longer = delay
            .clone()
            .filter(|delay| delay.as_i64().is_some_and(|delay| delay > LONGEST_PAUSE));
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

    /// `None`, and told, if Smithy cannot say it.
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
            self.loading.report(unsaid(operation, span));
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

    /// The key of the matcher in Smithy, and its value.
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

    /// A status is success, or the error of the operation that has it.
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
            error.is_some_and(|error| error.traits.get("smithy.api#httpError") == Some(expected))
        };
        let mut errors = errors.iter().filter(has_status);
        match (errors.next(), errors.next()) {
            (Some(error), None) => Some(("errorType", text(error.name(), expected.span))),
            _ => None,
        }
    }
}

/// What is expected at a path in the output.
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

fn endless(name: &str, span: Span) -> Diagnostic {
    let message = format!("the waiter `{name}` would never succeed");
    Diagnostic::warning(Code::UnsupportedTrait, message)
        .at(span)
        .help("the operation has no such waiter")
}

fn unsaid(operation: &ShapeId, span: Span) -> Diagnostic {
    let message = "no waiter of Smithy's can expect this";
    let help = "the waiter does without: it is told values of strings and booleans, errors by name, and success";
    Diagnostic::warning(Code::UnsupportedTrait, message)
        .at(span)
        .shape(operation)
        .help(help)
}
