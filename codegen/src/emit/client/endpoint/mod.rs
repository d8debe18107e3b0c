//! Endpoint rules as a function, with its settings and parameters.

pub(crate) mod context;
mod expr;
pub(crate) mod file;
mod rules;
