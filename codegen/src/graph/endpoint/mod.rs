//! Endpoint rules: parameters, rules, expressions and endpoints.
//!
//! References are resolved, and every expression has a type. References carry the Rust names of
//! what they refer to.
//!
//! <https://smithy.io/2.0/additional-specs/rules-engine/specification.html>

pub(crate) mod bindings;
mod dump;
pub(crate) mod expr;
pub(crate) mod outcome;
pub(crate) mod params;
pub(crate) mod rule_set;
pub(crate) mod rules;
pub(crate) mod types;
pub(crate) mod uses;
