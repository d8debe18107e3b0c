//! Calls by the name of an operation (feature `call`).

pub(crate) mod by_name;
