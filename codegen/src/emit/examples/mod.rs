//! Examples in documentation: the calls that a user writes.

pub(crate) mod calls;
pub(crate) mod expression;
