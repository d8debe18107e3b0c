//! The changes that make a folder equal to the emitted crate. `codegen` applies a plan, and
//! `--check` prints it.

pub(crate) mod changes;
mod disk;
mod owned;
pub(crate) mod target;
#[cfg(test)]
pub(crate) mod testing;
