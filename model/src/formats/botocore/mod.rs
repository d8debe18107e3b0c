//! botocore's format: `service-2.json`, and files with paginators, waiters, endpoint rules, examples
//! and extras beside it, are lowered to the shapes of a Smithy model.
//!
//! botocore's files are generated from Smithy models, but lack the names of enum values and of the
//! service shape, defaults, and resources.

mod common;
mod examples;
pub(super) mod files;
mod finish;
mod labels;
mod lowering;
mod members;
mod names;
mod nodes;
mod operations;
mod paginators;
mod service;
mod service_file;
mod shapes;
mod types;
mod waiters;

use super::fields::{Fields, section};
use crate::draft::definition::Draft;
use crate::draft::loading::Loading;
use crate::syntax::node::{Node, Value};
use crate::traits::registry::endpoints::ENDPOINT_RULE_SET;
use crate::traits::registry::endpoints::ENDPOINT_TESTS;
use files::{Files, Kind};
use indexmap::IndexMap;
use lowering::Lowering;
use names::Names;
use service::Metadata;
use service_file::{metadata, service_id};

/// Lowers the files of one service to shapes. Reports files that are not of one service, and returns
/// `None`.
pub(super) fn lower(files: Files, loading: &mut Loading) -> Option<Vec<Draft>> {
    let mut files = files.of_one_service(loading)?;
    let root = files.swap_remove(&Kind::Service)?;
    let start = files::start(&root);
    let Value::Object(mut top) = root.value else {
        return None;
    };
    let mut metadata = metadata(&mut top, start, loading)?;
    let [operations, shapes] = ["operations", "shapes"].map(|key| section(&mut top, key, loading));
    let id = service_id(&mut metadata, loading)?;
    let names = Names::new((&id.0, id.1), &operations, &shapes, loading)?;
    let service = names.service.clone();
    let metadata = Fields::of(&service, "metadata", metadata, loading).and_then(Metadata::read)?;

    let mut lowering = Lowering {
        names,
        drafts: IndexMap::new(),
        json_strings: IndexMap::new(),
        loading,
    };
    lowering.service(metadata, &operations, top);
    for (name, entry) in operations {
        let id = lowering.names.operation(&name).cloned();
        lowering.add(id, |it, id| it.operation(id, &name, entry, &shapes));
    }
    for (name, entry) in shapes {
        let id = lowering.names.shape(&name).cloned();
        lowering.add(id, |it, id| it.shape(id, &name, entry));
    }
    for (kind, root) in files {
        companion(kind, root, &mut lowering);
    }
    lowering.add_json_strings();
    lowering.mark_inputs_and_outputs();
    lowering.default_streams_to_empty();
    Some(lowering.drafts.into_values().collect())
}

/// Lowers another file of the service.
fn companion(kind: Kind, root: Node, lowering: &mut Lowering<'_, '_>) {
    match kind {
        Kind::Paginators => lowering.each("pagination", root, Lowering::paginator),
        Kind::Waiters => lowering.each("waiters", root, Lowering::waiter),
        Kind::EndpointRules => lowering.add_service_trait(ENDPOINT_RULE_SET.id(), root),
        Kind::EndpointTests => lowering.add_service_trait(ENDPOINT_TESTS.id(), root),
        Kind::Examples => lowering.each("examples", root, Lowering::examples),
        // `lower` reads the service's file, and merges extras before.
        Kind::Service | Kind::Extras => {}
    }
}
