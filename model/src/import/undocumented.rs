//! Finds shapes and traits that lack documentation.

use super::prose_traits;
use crate::shapes::model::Model;
use crate::shapes::shape::{ShapeKind, Traits};
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry::documentation::DOCUMENTATION;

/// Lists what lacks documentation, sorted: services, operations, structures, unions, enums and the
/// members of the last three, by id; and prose in the values of traits, by id, trait and path.
///
/// Simple shapes, lists and maps need no documentation. Members that target them have it.
pub fn undocumented(model: &Model) -> Vec<String> {
    let mut found = Vec::new();
    for shape in model.shapes.values() {
        let (needs_own, needs_members) = match shape.kind {
            ShapeKind::Service(_) | ShapeKind::Operation(_) => (true, false),
            ShapeKind::Structure(_)
            | ShapeKind::Union(_)
            | ShapeKind::Enum(_)
            | ShapeKind::IntEnum(_) => (true, true),
            _ => (false, false),
        };
        find(&shape.id, &shape.traits, needs_own, &mut found);
        for member in shape.members() {
            find(&member.id, &member.traits, needs_members, &mut found);
        }
    }
    found.sort_unstable();
    found
}

fn find(id: &ShapeId, traits: &Traits, needs_documentation: bool, found: &mut Vec<String>) {
    let text = DOCUMENTATION.of(traits).unwrap_or_default();
    if needs_documentation && text.trim().is_empty() {
        found.push(id.to_string());
    }
    for (name, value) in traits.iter() {
        let paths = prose_traits::keys_of(name)
            .map(|keys| keys.missing(value))
            .unwrap_or_default();
        found.extend(paths.into_iter().map(|path| format!("{id} {name} {path}")));
    }
}
