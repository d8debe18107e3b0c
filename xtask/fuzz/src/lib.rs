//! Mutation fuzzing of models and of HTTP answers, behind `cargo xtask fuzz`.
//!
//! [`harness`] runs a [`harness::Target`] in a child process with limits of memory, stack and time; [`models`] and
//! [`answers`] are the two targets. Every input follows from one seed.

pub mod answers;
pub mod harness;
mod json;
pub mod models;
mod random;

pub use random::Random;
