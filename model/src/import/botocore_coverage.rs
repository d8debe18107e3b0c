//! Merges the traits of a shape in botocore's format with those of an existing model, by what the
//! format can express.

use crate::shapes::shape::Traits;
use crate::syntax::node::Node;
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry;
use crate::traits::registry::constraints::LENGTH;
use crate::traits::row::{Botocore, Coverage};

/// Returns the traits of a shape: botocore's, and those of the existing shape that the format cannot
/// express.
pub(super) fn merge(existing: Option<&Traits>, botocore: &Traits) -> Traits {
    let mut merged = Traits::default();
    for (id, node) in existing.into_iter().flat_map(Traits::iter) {
        let kept = kept(row(id), node, botocore.get(id.as_str()));
        merged.0.extend(kept.map(|node| (id.clone(), node.clone())));
    }
    let new = botocore.iter().filter(|(id, node)| {
        let is_new = existing.is_none_or(|existing| !existing.has(id.as_str()) && !is_inferred(id));
        is_new && !is_implied(id, node)
    });
    merged
        .0
        .extend(new.map(|(id, node)| (id.clone(), node.clone())));
    // An existing trait is removed if it conflicts with one of botocore's, such as `readonly` with
    // `idempotent`.
    merged.0.retain(|id, _| {
        let is_excluded =
            |(other, _): (&ShapeId, _)| registry::exclude_each_other(id.as_str(), other.as_str());
        botocore.has(id.as_str()) || !botocore.iter().any(is_excluded)
    });
    merged
}

fn row(id: &ShapeId) -> Option<Botocore> {
    registry::find(id.as_str()).and_then(|row| row.botocore)
}

fn is_inferred(id: &ShapeId) -> bool {
    row(id).is_some_and(|row| row.coverage == Coverage::Inferred)
}

/// Returns the value of an existing trait after the merge; `None` if it is removed.
fn kept<'n>(
    row: Option<Botocore>,
    existing: &'n Node,
    botocore: Option<&'n Node>,
) -> Option<&'n Node> {
    let Some(Botocore { coverage, same }) = row else {
        return Some(existing);
    };
    match (coverage, botocore) {
        (Coverage::Inferred, _) | (Coverage::Partial, None) => Some(existing),
        (Coverage::Complete, None) => None,
        (_, Some(new)) if same(existing, new) => Some(existing),
        (_, Some(new)) => Some(new),
    }
}

/// Whether a value that botocore writes means the same as none: every length is at least 0.
fn is_implied(id: &ShapeId, node: &Node) -> bool {
    id.as_str() == LENGTH.id()
        && LENGTH
            .read(node)
            .is_some_and(|length| length.max.is_none() && length.min.unwrap_or(0) == 0)
}

#[cfg(test)]
mod tests {
    use crate::load;
    use crate::syntax::source::Sources;
    use crate::traits::registry;

    /// The service of this test has every trait that the format can express.
    #[test]
    fn the_registry_covers_every_trait_that_botocore_expresses() {
        let mut sources = Sources::new();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/botocore");
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().is_some_and(|name| name != "smithy.json") {
                sources.add(
                    path.display().to_string(),
                    std::fs::read_to_string(&path).unwrap(),
                );
            }
        }
        let model = load(&sources).model;
        let members = model.shapes.values().flat_map(|shape| shape.members());
        let all = model
            .shapes
            .values()
            .map(|shape| &shape.traits)
            .chain(members.map(|member| &member.traits));
        let mut ids: Vec<&str> = all
            .flat_map(|traits| traits.iter())
            .map(|(id, _)| id.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|id| {
            !matches!(
                *id,
                "smithy.api#documentation" | "smithy.rules#endpointTests"
            )
        });
        let unknown: Vec<&str> = ids
            .iter()
            .copied()
            .filter(|id| registry::find(id).is_none_or(|row| row.botocore.is_none()))
            .collect();
        assert!(
            unknown.is_empty() && ids.len() > 30,
            "{unknown:?} of {ids:?}"
        );
    }
}
