//! Parses JMESPath expressions and finds their types.
//!
//! <https://jmespath.org/specification.html>

mod check;
mod functions;
pub(crate) mod parse;
pub(crate) mod scope;
mod subset;
#[cfg(test)]
mod tests;
mod truth;
