use super::service_closure::{ServiceClosure, operations};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use crate::traits::registry::behavior::WAITABLE;
use crate::traits::values::waiters::{
    Acceptor, AcceptorState, Comparator, Matcher, PathMatcher, Waiter,
};
use indexmap::IndexMap;

/// Checks the names, delays and acceptors of waiters (Smithy specification, "Waiters").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for (shape, _) in operations(model) {
        for waiter in WAITABLE.of(&shape.traits).into_iter().flatten() {
            let name = waiter.name.value;
            if !is_name(name) {
                let message = format!("`{name}` is not a valid waiter name");
                let problem = Diagnostic::error(Code::InvalidWaiter, message)
                    .at(waiter.name.span)
                    .shape(&shape.id);
                loading.report(
                    problem.help("use letters and digits, and start with a capital letter"),
                );
            }
            check_delays(&waiter, &shape.id, loading);
            check_acceptors(&waiter, &shape.id, loading);
        }
    }
}

/// Checks that the names of waiters of a service differ in more than case.
pub(super) fn check_bound(model: &Model, bound: &ServiceClosure<'_>, loading: &mut Loading) {
    let mut seen: IndexMap<String, (&ShapeId, &str)> = IndexMap::new();
    for shape in bound
        .closure
        .operations
        .iter()
        .filter_map(|id| model.shape(id))
    {
        for waiter in WAITABLE.of(&shape.traits).into_iter().flatten() {
            let name = waiter.name.value;
            if let Some((other, first)) = seen.insert(name.to_ascii_lowercase(), (&shape.id, name))
            {
                let message = format!(
                    "the waiter `{name}` of `{}` has the same name as `{first}` of `{other}`",
                    shape.id
                );
                let problem = Diagnostic::error(Code::InvalidWaiter, message)
                    .at(waiter.name.span)
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

fn check_delays(waiter: &Waiter<'_>, operation: &ShapeId, loading: &mut Loading) {
    let name = waiter.name.value;
    let min = waiter
        .min_delay
        .map_or(Waiter::MIN_DELAY.into(), |delay| delay.value);
    let max = waiter
        .max_delay
        .map_or(Waiter::MAX_DELAY.into(), |delay| delay.value);
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

fn check_acceptors(waiter: &Waiter<'_>, operation: &ShapeId, loading: &mut Loading) {
    let name = waiter.name.value;
    let mut report = |message: String, span: Span, help: &str| {
        let problem = Diagnostic::error(Code::InvalidWaiter, message)
            .at(span)
            .shape(operation);
        loading.report(problem.help(help));
    };
    let succeeds = |acceptor: &Acceptor<'_>| acceptor.state == AcceptorState::Success;
    if !waiter.acceptors.iter().any(succeeds) {
        let message = format!("the waiter `{name}` has no acceptor for success");
        report(
            message,
            waiter.span,
            "add an acceptor with `\"state\": \"success\"`",
        );
    }
    for Acceptor { matcher, .. } in &waiter.acceptors {
        match matcher.value {
            None => report(
                format!("a matcher of the waiter `{name}` does not have exactly one member"),
                matcher.span,
                "use one of `output`, `inputOutput`, `errorType` and `success`",
            ),
            Some(Matcher::Output(path) | Matcher::InputOutput(path)) => {
                let PathMatcher { expected, .. } = path;
                let fits = matches!(expected.value, "true" | "false");
                if path.comparator == Comparator::BooleanEquals && !fits {
                    let message = format!(
                        "the waiter `{name}` compares a Boolean with `{:?}`",
                        expected.value
                    );
                    report(message, expected.span, "write `\"true\"` or `\"false\"`");
                }
            }
            Some(Matcher::Success(_) | Matcher::ErrorType(_)) => {}
        }
    }
}
