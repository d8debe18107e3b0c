//! Results of protocol tests.

use std::fmt;

/// The result of a protocol test.
pub type Checked = Result<(), Mismatch>;

/// The differences from the expectations of a test case, one per line.
pub struct Mismatch(pub(super) String);

impl Mismatch {
    pub(super) fn unless_empty(differences: &[String]) -> Checked {
        if differences.is_empty() {
            Ok(())
        } else {
            Err(Self(differences.join("\n")))
        }
    }
}

/// Prints the differences, since a failed test prints `Debug`.
impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Mismatch {}
