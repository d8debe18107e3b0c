//! The model: shapes with their members and traits, the prelude, and the closure of a service.

pub(crate) mod closure;
pub(crate) mod model;
pub(crate) mod prelude;
pub(crate) mod shape;
