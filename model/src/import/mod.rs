//! Imports the interface of an official model into an existing model, which keeps its documentation.
//!
//! A model in Smithy's JSON AST is complete, so it replaces the interface. A model in botocore's
//! format is not, so it is merged into the interface (`merge_botocore`, `botocore_coverage`). Then
//! the prose of the existing model replaces that of the official one (`prose_traits`).

mod botocore_coverage;
mod merge_botocore;
mod prose_traits;
mod service;
mod undocumented;

pub use service::{only_service, sdk_id};
pub use undocumented::undocumented;

use crate::diagnostics::diagnostic::Diagnostic;
use crate::shapes::model::Model;
use crate::shapes::shape::{Resource, Service, ShapeKind, Traits};
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry::documentation::DOCUMENTATION;
use std::collections::BTreeMap;

/// The format of an official model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Smithy's JSON AST.
    Smithy,
    /// botocore's `service-2.json` with the files beside it.
    Botocore,
}

/// The result of [`import`].
#[derive(Clone, Debug)]
pub struct Imported {
    /// The interface, without documentation.
    pub interface: Model,
    /// The existing documentation of the shapes and members of the interface.
    pub documentation: BTreeMap<ShapeId, String>,
    /// Warnings about traits that were removed, since they do not fit the new interface.
    pub removed: Vec<Diagnostic>,
}

/// Combines the interface of an official model with the documentation of the existing model. Both
/// have one service, and it is the same.
///
/// Documentation and other prose of the official model is dropped. Traits and references, whose order
/// has no meaning, are sorted, so that their order never causes a difference. Members keep the
/// official order.
pub fn import(existing: &Model, official: &Model, format: Format) -> Imported {
    let (mut interface, removed) = match format {
        Format::Smithy => (official.clone(), Vec::new()),
        Format::Botocore => merge_botocore::merge(existing, official),
    };
    for shape in interface.shapes.values_mut() {
        let old = existing.shapes.get(&shape.id);
        merge_prose(&mut shape.traits, old.map(|old| &old.traits));
        for member in shape.members_mut() {
            let old = old.and_then(|old| old.member(&member.name));
            merge_prose(&mut member.traits, old.map(|old| &old.traits));
        }
        sort_references(&mut shape.kind);
    }
    interface
        .metadata
        .values_mut()
        .for_each(prose_traits::remove_reasons);
    let mut documentation = BTreeMap::new();
    for shape in interface.shapes.values() {
        if let Some(old) = existing.shapes.get(&shape.id) {
            let members = shape
                .members()
                .filter_map(|member| old.member(&member.name));
            documentation.extend(documented(&old.id, &old.traits));
            documentation
                .extend(members.filter_map(|member| documented(&member.id, &member.traits)));
        }
    }
    Imported {
        interface,
        documentation,
        removed,
    }
}

/// Removes the prose of official traits, adds the existing prose, and sorts the traits. A value that
/// equals the existing one is kept as it is written there.
fn merge_prose(traits: &mut Traits, existing: Option<&Traits>) {
    traits.0.retain(|id, _| !prose_traits::is_prose(id));
    for (id, node) in &mut traits.0 {
        prose_traits::replace(
            id,
            node,
            existing.and_then(|existing| existing.get(id.as_str())),
        );
    }
    traits.0.sort_unstable_keys();
}

fn sort_references(kind: &mut ShapeKind) {
    match kind {
        ShapeKind::Service(Service {
            operations,
            resources,
            errors,
            ..
        }) => {
            [operations, resources, errors]
                .into_iter()
                .for_each(|ids| ids.sort_unstable());
        }
        ShapeKind::Resource(Resource {
            operations,
            collection_operations,
            resources,
            ..
        }) => {
            [operations, collection_operations, resources]
                .into_iter()
                .for_each(|ids| ids.sort_unstable());
        }
        ShapeKind::Operation(operation) => operation.errors.sort_unstable(),
        _ => {}
    }
}

fn documented(id: &ShapeId, traits: &Traits) -> Option<(ShapeId, String)> {
    let text = DOCUMENTATION.of(traits)?;
    Some((id.clone(), text.to_owned()))
}
