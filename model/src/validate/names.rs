use crate::load::Log;
use crate::words::ticked;
use crate::{Code, Diagnostic, Model, ShapeId, Span};
use std::collections::HashMap;

/// Checks that ids of shapes, and names of members, differ in more than case (Smithy specification, "Shape ID
/// conflicts").
pub(super) fn check(model: &Model, log: &mut Log) {
    let shapes = model.shapes.values().map(|shape| (&shape.id, shape.span));
    report(Code::ConflictingShapeNames, shapes, ShapeId::as_str, log);
    for shape in model.shapes.values() {
        let members = shape.members().map(|member| (&member.id, member.span));
        report(Code::ConflictingMemberNames, members, |id| id.member().unwrap_or_default(), log);
    }
}

/// Reports every id whose name some other one shares.
fn report<'a>(
    code: Code,
    ids: impl Iterator<Item = (&'a ShapeId, Option<Span>)>,
    name: fn(&ShapeId) -> &str,
    log: &mut Log,
) {
    let mut groups: HashMap<String, Vec<(&ShapeId, Option<Span>)>> = HashMap::new();
    for (id, span) in ids {
        groups.entry(name(id).to_ascii_lowercase()).or_default().push((id, span));
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        for (id, span) in &group {
            let others: Vec<_> = group.iter().map(|(other, _)| *other).filter(|other| other != id).collect();
            let names = ticked(others.iter().map(|other| name(other)));
            let message = format!("`{}` differs from {names} in case only", name(id));
            log.report(Diagnostic::error(code, message).at(*span).shape(id).help("rename it"));
        }
    }
}
