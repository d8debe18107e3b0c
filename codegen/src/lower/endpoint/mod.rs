//! Endpoint rules: parsed, type-checked and simplified; and the values that operations give to
//! their parameters.

mod bdd;
pub(crate) mod bindings;
mod check;
mod functions;
mod outcome;
mod params;
pub(crate) mod parse;
mod reader;
mod rules;
mod scope;
mod simplify;
mod template;
#[cfg(test)]
mod tests;
