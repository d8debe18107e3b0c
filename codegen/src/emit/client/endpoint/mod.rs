//! Endpoint rules as a function, and the settings and parameters that it reads.

pub(crate) mod context;
mod expr;
pub(crate) mod file;
mod rules;
