use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use std::collections::HashMap;

/// Checks that shape ids, and the member names of a shape, differ in more than case (Smithy
/// specification, "Shape ID conflicts").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    let shapes = model.shapes.values().map(|shape| (&shape.id, shape.span));
    report(
        Code::ConflictingShapeNames,
        shapes,
        ShapeId::as_str,
        loading,
    );
    for shape in model.shapes.values() {
        let members = shape.members().map(|member| (&member.id, member.span));
        report(
            Code::ConflictingMemberNames,
            members,
            |id| id.member().unwrap_or_default(),
            loading,
        );
    }
}

/// Reports every id whose name differs from others only in case. The user decides which of them to
/// rename.
fn report<'a>(
    code: Code,
    ids: impl Iterator<Item = (&'a ShapeId, Option<Span>)>,
    name: fn(&ShapeId) -> &str,
    loading: &mut Loading,
) {
    let mut groups: HashMap<String, Vec<(&ShapeId, Option<Span>)>> = HashMap::new();
    for (id, span) in ids {
        groups
            .entry(name(id).to_ascii_lowercase())
            .or_default()
            .push((id, span));
    }
    for mut group in groups.into_values() {
        group.sort_by_key(|(_, span)| *span);
        for (id, span) in group.iter().filter(|_| group.len() > 1) {
            let named = |(other, span): &(&ShapeId, Option<Span>)| {
                format!("`{}`{}", name(other), loading.position_suffix(*span))
            };
            let others = group
                .iter()
                .filter(|(other, _)| other != id)
                .take(MOST_NAMED);
            let names = others.map(named).collect::<Vec<_>>().join(", ");
            let message = format!("`{}` differs from {names} only in case", name(id));
            loading.report(
                Diagnostic::error(code, message)
                    .at(*span)
                    .shape(id)
                    .help("rename one of them"),
            );
        }
    }
}

/// The maximum number of other names in a message.
const MOST_NAMED: usize = 10;
