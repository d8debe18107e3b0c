use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Shape, ShapeKind};
use crate::traits::registry::serialization::JSON_NAME;
use indexmap::IndexMap;

/// Checks that unions and enums have members, and that JSON names are distinct.
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for shape in model.shapes.values() {
        match &shape.kind {
            ShapeKind::Union(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_)
                if shape.members().next().is_none() =>
            {
                let message = format!("the {} has no members", shape.kind.name());
                let problem = Diagnostic::error(Code::EmptyShape, message)
                    .at(shape.span)
                    .shape(&shape.id);
                loading.report(problem.help("add a member to its `members`, or remove the shape"));
            }
            ShapeKind::Structure(_) | ShapeKind::Union(_) => check_json_names(shape, loading),
            _ => {}
        }
    }
}

/// Checks that the JSON names of members are distinct (Smithy specification, "jsonName trait").
fn check_json_names(shape: &Shape, loading: &mut Loading) {
    if !shape
        .members()
        .any(|member| JSON_NAME.is_on(&member.traits))
    {
        return;
    }
    let mut names: IndexMap<&str, &Member> = IndexMap::new();
    for member in shape.members() {
        if let Some(other) = names.insert(json_name(member), member) {
            let (first, json) = (loading.position_suffix(other.span), json_name(member));
            let message = format!(
                "`{}`{first} and `{}` have the same JSON name `{json}`",
                other.name, member.name
            );
            let problem = Diagnostic::error(Code::ConflictingJsonNames, message)
                .at(member.span)
                .shape(&shape.id);
            loading.report(problem.help("change the `jsonName` of one of them"));
        }
    }
}

fn json_name(member: &Member) -> &str {
    JSON_NAME
        .node(&member.traits)
        .and_then(|node| node.as_str())
        .unwrap_or(&member.name)
}
