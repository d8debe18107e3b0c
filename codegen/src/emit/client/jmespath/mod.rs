//! JMESPath expressions as Rust expressions.

pub(crate) mod condition;
pub(crate) mod items;
pub(crate) mod value;
