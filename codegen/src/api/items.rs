//! The public items of an emitted crate.

use super::extract::{Extract, Signature};
use super::origin::Origin;
use crate::emit::examples::calls::ExampleTexts;
use crate::emit::files::{self, Emit};
use crate::graph::service::{Operation, Service};
use crate::parallel;
use crate::print::source_file::Unparsable;
use smithy_model::{Diagnostic, ShapeId};
use std::collections::{BTreeMap, BTreeSet};

/// The public items of a crate, by path.
#[derive(Debug, Default)]
pub(super) struct Api {
    pub(super) items: BTreeMap<String, Signature>,
    /// The shape or member that each item is generated from.
    pub(super) origins: BTreeMap<String, ShapeId>,
    /// The paths of deprecated items.
    pub(super) deprecated: BTreeSet<String>,
}

impl Api {
    /// The items of a service's crate, without those of files that are the same for another
    /// service.
    pub(super) fn beyond(service: &Service, other: &Service) -> Result<Self, Vec<Diagnostic>> {
        let examples = ExampleTexts::none();
        let mut jobs = files::files(service);
        jobs.retain(|job| !is_same(job, service, other));
        let parts = parallel::collect(parallel::map(&jobs, |job| {
            let file = job.file(service, &examples)?;
            let mut extract = Extract::new(&file.path);
            extract.items(&file.items);
            Ok((Origin::of(job, service), extract))
        }));
        let parts = parts.map_err(Unparsable::diagnostics)?;
        let mut api = Self::default();
        for (origin, extract) in parts {
            for (path, signature) in extract.found {
                api.origins.insert(path.clone(), origin.id(&path));
                api.items.insert(path, signature);
            }
            api.deprecated.extend(extract.deprecated);
        }
        Ok(api)
    }
}

/// Whether a file has the same public items in the crates of both services, because it is generated
/// from equal shapes.
fn is_same(job: &Emit<'_>, service: &Service, other: &Service) -> bool {
    match job {
        Emit::Shape(shape) => other.shapes.get(shape.id()) == Some(*shape),
        Emit::Operation(operation) | Emit::Output(operation) => {
            other.operations.get(&operation.id) == Some(*operation)
                && same_pages(operation, service, other)
        }
        // These files are generated from the service as a whole.
        _ => false,
    }
}

/// Whether the tokens and items of pages are equal. They can be members of structures in the
/// output.
fn same_pages(operation: &Operation, service: &Service, other: &Service) -> bool {
    let paths = operation
        .pagination
        .iter()
        .flat_map(|pages| [&pages.output_token, &pages.items]);
    paths
        .into_iter()
        .all(|path| service.path(&operation.output, path) == other.path(&operation.output, path))
}
