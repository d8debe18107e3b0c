//! The list of the pages of a crate.

use crate::emit::docs::pages::site::Site;
use crate::emit::docs::pages::{index, operation, shape};
use crate::graph::service::{Operation, Service};
use crate::graph::shape::Shape;
use smithy_model::ShapeId;

/// A page. Pages are written independently of each other.
pub(crate) enum Page<'s> {
    Index,
    Operation(&'s Operation),
    Shape(&'s ShapeId, &'s Shape),
}

impl Page<'_> {
    /// The page's path, relative to the crate's root, and its text.
    pub(crate) fn file(&self, site: &Site<'_>) -> (String, String) {
        match self {
            Self::Index => index::page(site),
            Self::Operation(operation) => operation::page(site, operation),
            Self::Shape(id, shape) => shape::page(site, id, shape),
        }
    }
}

/// Every page.
pub(crate) fn pages(service: &Service) -> Vec<Page<'_>> {
    let mut pages = vec![Page::Index];
    pages.extend(service.operations.values().map(Page::Operation));
    pages.extend(
        service
            .shapes
            .iter()
            .map(|(id, shape)| Page::Shape(id, shape)),
    );
    pages
}
