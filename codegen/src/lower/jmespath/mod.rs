//! JMESPath expressions: parsed, and typed against the graph, so that they can become Rust.
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
