//! Documentation: comments of items, deprecation, and the Markdown pages.

pub(crate) mod comments;
pub(crate) mod contents;
pub(crate) mod deprecated;
pub(crate) mod front_page;
pub(crate) mod pages;
pub(crate) mod ty;
