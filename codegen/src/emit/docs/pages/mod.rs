//! The Markdown pages of a crate: one per operation, one per shape, and an index.
//!
//! A page is read in a pull request, where a change of the API is a change of the page. A page
//! therefore describes its own shape, and only the page of an operation also describes the members
//! one level below. Each member is a block, and each nested member or error is a line. Nothing is
//! aligned, counted or wrapped, and the order is that of the graph, so that a change of one member
//! changes few lines.

mod index;
pub(crate) mod list;
mod member;
mod operation;
mod page;
mod shape;
pub(crate) mod site;
#[cfg(test)]
mod tests;
mod users;
