//! Examples in documentation: the calls that a user writes.

pub(crate) mod example;
mod published;
pub(crate) mod values;
