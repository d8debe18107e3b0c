//! The Markdown pages of a crate: one per operation, one per shape, and an index.
//!
//! A page is read in a pull request, where a change of the API shows as a change of the page. So a
//! page describes its own shape; only the page of an operation also has the members one level below.
//! A member is a block, a nested member or an error is a line. Nothing is aligned, counted or wrapped
//! again, and the order is that of the graph, so that a change of one member changes few lines.

mod index;
pub(crate) mod list;
mod member;
mod operation;
mod page;
mod shape;
pub(crate) mod site;
#[cfg(test)]
mod tests;
mod ty;
mod users;
