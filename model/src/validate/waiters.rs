use super::bound::{Bound, operations};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::syntax::node::Node;
use crate::syntax::shape_id::ShapeId;
use indexmap::IndexMap;

const WAITABLE: &str = "smithy.waiters#waitable";

/// Checks the names, delays and acceptors of waiters (Smithy specification, "Waiters").
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
                let message = format!("`{name}` is not a valid waiter name");
                let problem = Diagnostic::error(Code::InvalidWaiter, message)
                    .at(entry.key)
                    .shape(&shape.id);
                loading.report(
                    problem.help("use letters and digits, and start with a capital letter"),
                );
            }
            check_delays(name, &entry.node, &shape.id, loading);
            check_acceptors(name, &entry.node, &shape.id, loading);
        }
    }
}

/// Checks that the names of waiters of a service differ in more than case.
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
                    "the waiter `{name}` of `{}` has the same name as `{first}` of `{other}`",
                    shape.id
                );
                let problem = Diagnostic::error(Code::InvalidWaiter, message)
                    .at(entry.key)
                    .shape(&shape.id);
                loading.report(problem.help(
                    "rename one of them; the names of waiters must differ in more than case",
                ));
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
            format!("the waiter `{name}` has a delay of less than a second"),
            "use a delay of 1 second or more",
        )
    } else if min > max {
        let message = format!(
            "the `minDelay` of the waiter `{name}`, {min} s, is greater than its `maxDelay`, {max} s"
        );
        (
            message,
            "change one of them; the defaults are 2 s for `minDelay` and 120 s for `maxDelay`",
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
        let message = format!("the waiter `{name}` has no acceptor for success");
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
            let message =
                format!("a matcher of the waiter `{name}` does not have exactly one member");
            report(
                message,
                matcher,
                "use one of `output`, `inputOutput`, `errorType` and `success`",
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
