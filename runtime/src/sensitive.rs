//! What takes the place of a secret in `Debug`.

use std::fmt;

/// Stands in `Debug` for the value of a `@sensitive` member: prints `*** redacted ***`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("*** redacted ***")
    }
}
