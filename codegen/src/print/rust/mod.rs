//! Rust as text, laid out as rustfmt does with its default settings (style edition 2024).
//!
//! rustfmt tries several layouts for a piece of code: on one line, with the last argument
//! continuing below, and with one item per line. It uses the first one that fits, by its limits for
//! calls, chains, arrays and structures. A statement that fits in no layout is not changed. The
//! functions here try the layouts in the same order, and accept text that is too wide as the last
//! one, so that rustfmt changes nothing. Two optimizations keep this fast: `flat` writes code that
//! fits on one line directly, and the layouts of an expression in a shape are cached.
//!
//! Code that no emitter uses, such as `unsafe extern` blocks, is printed as tokens.

mod arguments;
mod attribute;
mod block;
mod chain;
mod closure;
mod control;
mod expr;
mod flat;
mod flat_patterns;
mod flat_types;
mod item;
mod kinds;
mod list;
mod macros;
mod matches;
mod pairs;
mod pattern;
pub(crate) mod printer;
mod shape;
mod signature;
mod structure;
#[cfg(test)]
mod tests;
mod text;
mod ty;
pub(crate) mod uses;
