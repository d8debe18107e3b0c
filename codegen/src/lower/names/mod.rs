//! Rust names: identifiers, scopes with reserved names, and the assignment of names to shapes.

pub(crate) mod assign;
pub(crate) mod case;
pub(crate) mod ident;
pub(crate) mod reserved;
pub(crate) mod scope;
