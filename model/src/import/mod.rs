//! An official model becomes the one that is kept of its service: the interface is the official
//! one, the words are ours.
//!
//! Smithy's JSON AST says everything, so it replaces what there was. botocore's format does not, so
//! it is merged onto it (`onto`, `botocore_coverage`). What is then left to do is the same for both
//! (`prose_traits`).

mod botocore_coverage;
mod lacking;
mod onto;
mod prose_traits;

pub use lacking::lacking_words;

use crate::diagnostics::diagnostic::Diagnostic;
use crate::shapes::model::Model;
use crate::shapes::shape::{Resource, Service, Shape, ShapeKind, Traits};
use crate::syntax::node::{Node, Value};
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry::aws::SERVICE;
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

/// What [`import`] made.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The interface, without documentation.
    pub interface: Model,
    /// Our documentation of shapes and members that are still there.
    pub documentation: BTreeMap<ShapeId, String>,
    /// Warnings of what was left out, since it does not fit the official interface.
    pub left_out: Vec<Diagnostic>,
}

/// Takes the interface from an official model, and the words from ours. Both have one service,
/// which is the same.
///
/// Documentation of the official model, and other sentences in it, are left out. What has an order
/// that means nothing, traits and references, is sorted, so that it never shows in a difference;
/// members keep the official order.
pub fn import(ours: &Model, official: &Model, format: Format) -> Imported {
    let (mut interface, left_out) = match format {
        Format::Smithy => (official.clone(), Vec::new()),
        Format::Botocore => onto::merge(ours, official),
    };
    for shape in interface.shapes.values_mut() {
        let old = ours.shapes.get(&shape.id);
        settle(&mut shape.traits, old.map(|old| &old.traits));
        for member in shape.members_mut() {
            let old = old.and_then(|old| old.member(&member.name));
            settle(&mut member.traits, old.map(|old| &old.traits));
        }
        sort_references(&mut shape.kind);
    }
    interface
        .metadata
        .values_mut()
        .for_each(prose_traits::remove_reasons);
    let mut documentation = BTreeMap::new();
    for shape in interface.shapes.values() {
        if let Some(old) = ours.shapes.get(&shape.id) {
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
        left_out,
    }
}

/// Leaves out of official traits what is not taken over, gives them our words, and sorts them. A
/// value that is the same as ours stays as we write it.
fn settle(traits: &mut Traits, ours: Option<&Traits>) {
    traits.0.retain(|id, _| !prose_traits::is_prose(id));
    for (id, node) in &mut traits.0 {
        prose_traits::replace(id, node, ours.and_then(|ours| ours.get(id.as_str())));
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

/// The service of a model that has one.
pub fn only_service(model: &Model) -> Option<(&Shape, &Service)> {
    let mut services = model.services();
    services.next().filter(|_| services.next().is_none())
}

/// What SDKs call a service (`sdkId` of `aws.api#service`): the same in both formats.
pub fn sdk_id(service: &Shape) -> Option<&str> {
    SERVICE.of(&service.traits).map(|service| service.sdk_id)
}

/// The text of a string.
fn text_mut(node: &mut Node) -> Option<&mut String> {
    match &mut node.value {
        Value::String(text) => Some(text),
        _ => None,
    }
}
