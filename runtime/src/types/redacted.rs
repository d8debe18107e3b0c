//! The placeholder for secrets in `Debug`.

use std::fmt;

/// Replaces the value of a `@sensitive` member in `Debug`. Prints `*** redacted ***`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("*** redacted ***")
    }
}
