use super::bound::{Bound, operations};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::syntax::node::Node;
use crate::syntax::shape_id::ShapeId;
use indexmap::IndexMap;

const WAITABLE: &str = "smithy.waiters#waitable";

/// Checks that waiters can end, and how long they pause (Smithy specification, "Waiters").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for (shape, _) in operations(model) {
        for (name, entry) in shape
            .traits
            .get(WAITABLE)
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
        {
            if !is_name(name) {
                let message = format!("`{name}` cannot be the name of a waiter");
                let problem = Diagnostic::error(Code::InvalidWaiter, message)
                    .at(entry.key)
                    .shape(&shape.id);
                loading.report(problem.help("write letters and digits, a capital letter first"));
            }
            check_delays(name, &entry.node, &shape.id, loading);
            check_acceptors(name, &entry.node, &shape.id, loading);
        }
    }
}

/// No two waiters of a service have the same name, ignoring case.
pub(super) fn check_bound(model: &Model, bound: &Bound<'_>, loading: &mut Loading) {
    let mut seen: IndexMap<String, (&ShapeId, &str)> = IndexMap::new();
    for shape in bound
        .closure
        .operations
        .iter()
        .filter_map(|id| model.shape(id))
    {
        for (name, entry) in shape
            .traits
            .get(WAITABLE)
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
        {
            if let Some((other, first)) = seen.insert(name.to_ascii_lowercase(), (&shape.id, name))
            {
                let message = format!(
                    "`{name}` of `{}` has the name of the waiter `{first}` of `{other}`",
                    shape.id
                );
                let problem = Diagnostic::error(Code::InvalidWaiter, message)
                    .at(entry.key)
                    .shape(&shape.id);
                loading
                    .report(problem.help("rename one of them; case does not tell waiters apart"));
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn check_delays(name: &str, waiter: &Node, operation: &ShapeId, loading: &mut Loading) {
    let delay = |key| waiter.get(key).and_then(Node::as_i64);
    let (min, max) = (
        delay("minDelay").unwrap_or(2),
        delay("maxDelay").unwrap_or(120),
    );
    let (message, help) = if min < 1 || max < 1 {
        (
            format!("the waiter `{name}` pauses for less than a second"),
            "write whole seconds, 1 or more",
        )
    } else if min > max {
        let message = format!(
            "the shortest pause of the waiter `{name}`, {min} s, is more than its longest, {max} s"
        );
        (
            message,
            "the `minDelay` is 2 and the `maxDelay` 120 unless they are written",
        )
    } else {
        return;
    };
    let problem = Diagnostic::error(Code::InvalidWaiter, message)
        .at(waiter.span)
        .shape(operation);
    loading.report(problem.help(help));
}

fn check_acceptors(name: &str, waiter: &Node, operation: &ShapeId, loading: &mut Loading) {
    let Some(acceptors) = waiter.get("acceptors").and_then(Node::as_array) else {
        return;
    };
    let mut report = |message: String, node: &Node, help: &str| {
        let problem = Diagnostic::error(Code::InvalidWaiter, message)
            .at(node.span)
            .shape(operation);
        loading.report(problem.help(help));
    };
    let succeeds = |node: &Node| node.get("state").and_then(Node::as_str) == Some("success");
    if !acceptors.iter().any(succeeds) {
        let message = format!("nothing lets the waiter `{name}` succeed");
        report(
            message,
            waiter,
            "add an acceptor with `\"state\": \"success\"`",
        );
    }
    for matcher in acceptors
        .iter()
        .filter_map(|acceptor| acceptor.get("matcher"))
    {
        if matcher.as_object().is_some_and(|keys| keys.len() != 1) {
            let message = format!("a matcher of the waiter `{name}` is not of one kind");
            report(
                message,
                matcher,
                "write one of `output`, `inputOutput`, `errorType` and `success`",
            );
        }
        let path = matcher.get("output").or(matcher.get("inputOutput"));
        let Some(expected) = path.and_then(|path| path.get("expected")) else {
            continue;
        };
        let comparator = path.and_then(|path| path.get("comparator")?.as_str());
        let fits = expected
            .as_str()
            .is_none_or(|text| matches!(text, "true" | "false"));
        if comparator == Some("booleanEquals") && !fits {
            let message = format!("the waiter `{name}` compares a Boolean with `{expected}`");
            report(message, expected, "write `\"true\"` or `\"false\"`");
        }
    }
}
