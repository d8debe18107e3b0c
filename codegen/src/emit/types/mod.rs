//! The types of a crate: structures, unions and enums, their builders and setters.

pub(crate) mod builder;
pub(crate) mod enums;
pub(crate) mod rust_type;
pub(crate) mod setter;
pub(crate) mod states;
pub(crate) mod structure;
pub(crate) mod union;
