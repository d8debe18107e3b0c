//! The Markdown pages of a crate: one per operation, one per shape, and an index.
//!
//! A page is read in a pull request, where a change of the API shows as a change of the page. So a
//! page says what its own shape is; only an operation's page also says what lies one level below. A
//! member is a block of its own, a nested member or an error a line; nothing is aligned, counted or
//! wrapped anew; the order is that of the graph.

mod index;
mod member;
mod operation;
mod page;
mod shape;
mod ty;
mod users;

#[cfg(test)]
mod tests;

use crate::emit::Examples;
use crate::graph::{Operation, Service, Shape};
use crate::text::Markdown;
use smithy_model::ShapeId;
use users::Users;

/// A page that is to be written; each can be written by itself.
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

/// What all pages share.
pub(crate) struct Site<'s> {
    service: &'s Service,
    examples: &'s Examples,
    /// The service's title.
    title: Markdown,
    /// The crate's name in Rust.
    crate_ident: String,
    users: Users<'s>,
}

impl<'s> Site<'s> {
    pub(crate) fn new(service: &'s Service, examples: &'s Examples) -> Self {
        let title = service.title.plain();
        Self {
            service,
            examples,
            title,
            crate_ident: service.crate_ident(),
            users: Users::of(service),
        }
    }

    /// Every page.
    pub(crate) fn pages(&self) -> Vec<Page<'s>> {
        let mut pages = vec![Page::Index];
        pages.extend(self.service.operations.values().map(Page::Operation));
        pages.extend(
            self.service
                .shapes
                .iter()
                .map(|(id, shape)| Page::Shape(id, shape)),
        );
        pages
    }
}
