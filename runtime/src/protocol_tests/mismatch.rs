//! Results of protocol tests.

use std::fmt;

/// What a protocol test gives.
pub type Checked = Result<(), Mismatch>;

/// What differs from what a case expects, a line each.
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

/// The differences as they are: this is what a test that fails prints.
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
