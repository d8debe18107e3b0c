//! What has no words of ours.

use super::prose_traits;
use crate::shapes::model::Model;
use crate::shapes::shape::{ShapeKind, Traits};
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry::documentation::DOCUMENTATION;

/// What somebody has to write words for, sorted: services, operations, structures, unions, enums
/// and members of these without documentation, by id; and sentences in the values of traits, by id,
/// trait and path.
///
/// Simple shapes, lists and maps need none: what there is to say is said of the members that use
/// them.
pub fn lacking_words(model: &Model) -> Vec<String> {
    let mut lacking = Vec::new();
    for shape in model.shapes.values() {
        let (documented, members) = match shape.kind {
            ShapeKind::Service(_) | ShapeKind::Operation(_) => (true, false),
            ShapeKind::Structure(_)
            | ShapeKind::Union(_)
            | ShapeKind::Enum(_)
            | ShapeKind::IntEnum(_) => (true, true),
            _ => (false, false),
        };
        look(&shape.id, &shape.traits, documented, &mut lacking);
        for member in shape.members() {
            look(&member.id, &member.traits, members, &mut lacking);
        }
    }
    lacking.sort_unstable();
    lacking
}

fn look(id: &ShapeId, traits: &Traits, documented: bool, lacking: &mut Vec<String>) {
    let text = DOCUMENTATION.of(traits).unwrap_or_default();
    if documented && text.trim().is_empty() {
        lacking.push(id.to_string());
    }
    for (name, value) in traits.iter() {
        let paths = prose_traits::keys_of(name)
            .map(|keys| keys.missing(value))
            .unwrap_or_default();
        lacking.extend(paths.into_iter().map(|path| format!("{id} {name} {path}")));
    }
}
