//! Rust as text, laid out as rustfmt does with its default settings (style edition 2024).
//!
//! rustfmt lays out a piece of code by trying: on one line, with the last argument going on below,
//! with an item a line; it takes the first that fits its place and its limits for calls,
//! chains, arrays and structures. A statement that fits in no way stays as it is. The functions
//! here try in the same order, and accept text that is too wide as the last resort, so that rustfmt
//! finds nothing to change. Two things keep this fast: `flat` writes what fits on a line without
//! trying, and the layouts of an expression in a shape are cached.
//!
//! Code that no emitter uses, such as `unsafe extern` blocks, is written as the compiler prints its
//! tokens.

mod arguments;
mod attribute;
mod block;
mod chain;
mod closure;
mod control;
mod expr;
mod flat;
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
