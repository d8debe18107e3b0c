//! The Markdown pages of a crate: one per operation, one per shape, and an index.
//!
//! A page is read in a pull request, where a change of the API shows as a change of the page. So a
//! page says what its own shape is; only an operation's page also says what lies one level below. A
//! member is a block of its own, a nested member or an error a line; nothing is aligned, counted or
//! wrapped anew; the order is that of the graph.

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
