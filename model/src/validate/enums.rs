use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Shape, ShapeKind};
use crate::syntax::node::Node;
use crate::syntax::source::Span;
use crate::traits::registry::type_refinement::{ENUM, ENUM_VALUE};
use indexmap::IndexMap;
use std::collections::HashMap;

/// Checks the values of enums (Smithy specification, "enum", "intEnum").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for shape in model.shapes.values() {
        match &shape.kind {
            ShapeKind::Enum(_) => check_values(shape, "a non-empty string", text, loading),
            ShapeKind::IntEnum(_) => {
                check_values(shape, "a whole number of 32 bits", integer, loading)
            }
            _ => check_definitions(shape, loading),
        }
    }
}

fn text(node: &Node) -> Option<String> {
    node.as_str()
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

fn integer(node: &Node) -> Option<String> {
    node.as_i64()
        .and_then(|value| i32::try_from(value).ok())
        .map(|value| value.to_string())
}

fn check_values(
    shape: &Shape,
    expected: &str,
    read: fn(&Node) -> Option<String>,
    loading: &mut Loading,
) {
    let mut seen: HashMap<String, &Member> = HashMap::new();
    for member in shape.members() {
        let node = ENUM_VALUE.of(&member.traits);
        let span = ENUM_VALUE.span(&member.traits).or(member.span);
        let Some(value) = node.and_then(read) else {
            let message = format!("the value of `{}` must be {expected}", member.id);
            let help = match node {
                Some(_) => format!("set its `smithy.api#enumValue` to {expected}"),
                None => "add `\"smithy.api#enumValue\": …` to its traits".to_owned(),
            };
            loading.report(
                Diagnostic::error(Code::InvalidEnum, message)
                    .at(span)
                    .shape(&member.id)
                    .help(help),
            );
            continue;
        };
        if let Some(other) = seen.get(&value) {
            let place = loading.position_suffix(other.span);
            let message = format!(
                "`{}` has the same value `{value}` as `{}`{place}",
                member.id, other.name
            );
            let problem = Diagnostic::error(Code::InvalidEnum, message)
                .at(span)
                .shape(&shape.id);
            loading.report(problem.help("remove one of them, or change its value"));
        }
        seen.insert(value, member);
    }
}

/// Checks the `enum` trait of a string that is not converted into an enum, because values lack names
/// or names repeat.
fn check_definitions(shape: &Shape, loading: &mut Loading) {
    let definitions = ENUM.of(&shape.traits).unwrap_or_default();
    let values = definitions.iter().map(|it| (it.value, it.span));
    check_distinct("value", values, shape, loading);
    let names = definitions
        .iter()
        .filter_map(|it| Some((it.name?, it.span)));
    check_distinct("name", names, shape, loading);
}

fn check_distinct<'a>(
    key: &str,
    texts: impl Iterator<Item = (&'a str, Span)>,
    shape: &Shape,
    loading: &mut Loading,
) {
    let mut seen: IndexMap<&str, Span> = IndexMap::new();
    for (text, span) in texts {
        if let Some(other) = seen.insert(text, span) {
            let place = loading.sources.place(other);
            let message = format!("two values of the enum have the {key} `{text}`");
            let problem = Diagnostic::error(Code::InvalidEnum, message).at(span);
            let help = format!("change one of them; the other is at {place}");
            loading.report(problem.shape(&shape.id).help(help));
        }
    }
}
