//! Points in time, and Smithy's three formats for them.

mod civil;
pub(crate) mod format;
pub(crate) mod instant;
mod parse;

pub use format::{DateTime, EpochSeconds, HttpDate};
pub use instant::{OutOfSystemTime, Timestamp};
