//! Traits: what each looks like and where it may stand (`registry`), and typed values of them.

pub(crate) mod grammar;
pub(crate) mod http;
pub(crate) mod place;
pub(crate) mod registry;
pub(crate) mod subject;
pub(crate) mod value;
