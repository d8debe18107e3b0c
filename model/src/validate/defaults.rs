use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::wording::code_list;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Shape, ShapeKind, Simple};
use crate::syntax::node::{Node, Value};
use crate::traits::registry::type_refinement::{DEFAULT, ENUM_VALUE};
use crate::traits::subject::{Subject, is_number};

/// Checks that defaults are values of their shapes (Smithy specification, "default trait").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for subject in Subject::all(model) {
        let Some(data) = subject.data(model) else {
            continue;
        };
        if let Some(node) = DEFAULT.of(subject.traits())
            && let Some(expected) = mismatch(data, node, subject.member.is_some())
        {
            let message = format!(
                "the default of `{}` must be {expected}, not {}",
                subject.id(),
                node.kind_name()
            );
            let problem = Diagnostic::error(Code::BadTraitValue, message)
                .at(node.span)
                .shape(subject.id());
            loading.report(problem.help(help(data)));
        }
        if let (Some(member), ShapeKind::Structure(_)) = (subject.member, &subject.shape.kind) {
            check_inherited(data, DEFAULT.of(&member.traits), subject, loading);
        }
    }
}

/// Checks that a member repeats the default of its target, or removes it with `null`.
fn check_inherited(
    target: &Shape,
    own: Option<&Node>,
    subject: Subject<'_>,
    loading: &mut Loading,
) {
    let Some(inherited) = DEFAULT.of(&target.traits) else {
        return;
    };
    if own.is_some_and(|own| own.is_null() || own == inherited) {
        return;
    }
    let message = format!(
        "`{}` does not have the default of its target `{}`",
        subject.id(),
        target.id
    );
    let problem = Diagnostic::error(Code::BadTraitValue, message)
        .at(subject.span())
        .shape(subject.id());
    loading.report(problem.help(format!(
        "add `\"{DEFAULT}\": {inherited}`, or use `null` for no default"
    )));
}

fn help(shape: &Shape) -> String {
    let values = shape
        .members()
        .filter_map(|member| ENUM_VALUE.of(&member.traits));
    match &shape.kind {
        ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => {
            format!("the values are {}", code_list(values))
        }
        _ => "write a value of this type, or remove the default".to_owned(),
    }
}

/// Returns what a default of the shape must be, if the value is not one.
fn mismatch(shape: &Shape, node: &Node, on_member: bool) -> Option<String> {
    if node.is_null() && (on_member || is_document(shape)) {
        return None;
    }
    let (fits, expected) = match &shape.kind {
        ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => {
            let has = shape
                .members()
                .any(|member| ENUM_VALUE.of(&member.traits) == Some(node));
            (has, "one of the values of the enum")
        }
        ShapeKind::List(_) => (node.as_array().is_some_and(<[Node]>::is_empty), "`[]`"),
        ShapeKind::Map { .. } => (is_empty_object(node), "`{}`"),
        ShapeKind::Simple(Simple::String | Simple::Blob) => (node.as_str().is_some(), "a string"),
        ShapeKind::Simple(Simple::Boolean) => (node.as_bool().is_some(), "`true` or `false`"),
        ShapeKind::Simple(Simple::Timestamp) => (
            node.as_str().is_some() || node.as_number().is_some(),
            "epoch seconds or a date and time",
        ),
        ShapeKind::Simple(Simple::Document) => {
            (is_empty_or_scalar(node), "a simple value, `[]` or `{}`")
        }
        ShapeKind::Simple(_) => number(shape, node),
        // `targets` reports targets that are not data shapes.
        _ => (true, ""),
    };
    (!fits).then(|| expected.to_owned())
}

/// Checks a number. Large numbers, NaN and infinities can be written as strings.
fn number(shape: &Shape, node: &Node) -> (bool, &'static str) {
    let whole =
        |range: std::ops::RangeInclusive<i64>| node.as_i64().is_some_and(|n| range.contains(&n));
    match &shape.kind {
        ShapeKind::Simple(Simple::Byte) => (whole(-128..=127), "a whole number of 8 bits"),
        ShapeKind::Simple(Simple::Short) => (whole(-32_768..=32_767), "a whole number of 16 bits"),
        ShapeKind::Simple(Simple::Integer) => (
            whole(i64::from(i32::MIN)..=i64::from(i32::MAX)),
            "a whole number of 32 bits",
        ),
        ShapeKind::Simple(Simple::Long) => (node.as_i64().is_some(), "a whole number of 64 bits"),
        _ => {
            let text = node
                .as_str()
                .is_some_and(|text| text.parse::<f64>().is_ok());
            (
                is_number(shape) && (node.as_number().is_some() || text),
                "a number",
            )
        }
    }
}

fn is_document(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::Simple(Simple::Document))
}

fn is_empty_object(node: &Node) -> bool {
    node.as_object().is_some_and(indexmap::IndexMap::is_empty)
}

fn is_empty_or_scalar(node: &Node) -> bool {
    match &node.value {
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => true,
    }
}
