//! Points in time, and Smithy's three formats for them.

mod civil;
#[cfg(any(feature = "chrono", feature = "time", feature = "jiff"))]
mod conversions;
pub(crate) mod format;
pub(crate) mod instant;
mod parse;

#[cfg(any(feature = "chrono", feature = "time", feature = "jiff"))]
pub use conversions::TimestampRangeError;
pub use format::{DateTime, EpochSeconds, HttpDate};
pub use instant::{OutOfSystemTime, Timestamp};
