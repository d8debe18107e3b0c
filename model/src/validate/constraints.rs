use super::pattern;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::Shape;
use crate::syntax::node::Node;
use crate::traits::subject::{Subject, is_integer};

/// Checks that `length` and `range` allow some value, and that `pattern` is a regular expression
/// (Smithy specification, "Constraint traits").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for subject in Subject::all(model) {
        if let Some(node) = subject.traits().get("smithy.api#length") {
            check_length(node, subject, loading);
        }
        if let Some(node) = subject.traits().get("smithy.api#pattern")
            && let Some(problem) = node.as_str().and_then(pattern::problem)
        {
            let help = "write a regular expression in the syntax of ECMA 262";
            report(
                format!("the pattern is not a regular expression: {problem}"),
                help,
                node,
                subject,
                loading,
            );
        }
        if let Some(node) = subject.traits().get("smithy.api#range") {
            check_range(node, subject, subject.data(model), loading);
        }
    }
}

const ADD: &str = "add `\"min\": …` or `\"max\": …`, or remove the trait";
const LENGTH: &str = "write a length of 0 or more";
const SWAP: &str = "swap `min` and `max`, or remove one of them";
const WHOLE: &str =
    "write a whole number, or target a type with fractions, such as `smithy.api#Double`";

fn check_length(node: &Node, subject: Subject<'_>, loading: &mut Loading) {
    let bound = |key| node.get(key).and_then(Node::as_i64);
    match (bound("min"), bound("max")) {
        (None, None)
            if node
                .as_object()
                .is_some_and(|keys| !keys.contains_key("min") && !keys.contains_key("max")) =>
        {
            report(
                "the length has neither `min` nor `max`".to_owned(),
                ADD,
                node,
                subject,
                loading,
            );
        }
        (Some(min), _) if min < 0 => report(
            format!("the minimum length is {min}"),
            LENGTH,
            node,
            subject,
            loading,
        ),
        (_, Some(max)) if max < 0 => report(
            format!("the maximum length is {max}"),
            LENGTH,
            node,
            subject,
            loading,
        ),
        (Some(min), Some(max)) if min > max => {
            report(
                format!("the minimum length {min} is greater than the maximum {max}"),
                SWAP,
                node,
                subject,
                loading,
            );
        }
        _ => {}
    }
}

fn check_range(node: &Node, subject: Subject<'_>, data: Option<&Shape>, loading: &mut Loading) {
    for key in ["min", "max"] {
        let decimal = node
            .get(key)
            .and_then(text)
            .filter(|text| text.contains('.') && !is_whole(text));
        if let Some(text) = decimal.filter(|_| data.is_some_and(is_integer)) {
            report(
                format!("`{key}` is {text}, but the values are whole numbers"),
                WHOLE,
                node,
                subject,
                loading,
            );
        }
    }
    let bound = |key| node.get(key).and_then(text)?.parse::<f64>().ok();
    match (bound("min"), bound("max")) {
        (None, None) if node.get("min").or(node.get("max")).is_none() => {
            report(
                "the range has neither `min` nor `max`".to_owned(),
                ADD,
                node,
                subject,
                loading,
            );
        }
        (Some(min), Some(max)) if min > max => {
            report(
                format!("the minimum {min} is greater than the maximum {max}"),
                SWAP,
                node,
                subject,
                loading,
            );
        }
        _ => {}
    }
}

fn text(node: &Node) -> Option<&str> {
    node.as_number().or_else(|| node.as_str())
}

fn is_whole(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|value| value.fract() == 0.0)
}

fn report(message: String, help: &str, node: &Node, subject: Subject<'_>, loading: &mut Loading) {
    loading.report(
        Diagnostic::error(Code::InvalidConstraint, message)
            .at(node.span)
            .shape(subject.id())
            .help(help),
    );
}
