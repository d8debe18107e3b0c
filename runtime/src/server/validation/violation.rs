//! Violations of constraints.

/// A violation of a constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub(super) path: String,
    pub(super) message: String,
}

impl Violation {
    /// The JSON pointer of the value in the input, such as `/tags/0/key`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The message, such as `Value at '/name' failed to satisfy constraint: Member must not be null`.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// The violations of a request, at least one and at most 100.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(pub(super) Vec<Violation>);

impl Violations {
    /// The message of the error: the number of violations and their messages.
    pub fn message(&self) -> String {
        let messages: Vec<&str> = self.iter().map(Violation::message).collect();
        let errors = if messages.len() == 1 {
            "error"
        } else {
            "errors"
        };
        format!(
            "{} validation {errors} detected. {}",
            messages.len(),
            messages.join("; ")
        )
    }

    /// The violations, missing members first.
    pub fn iter(&self) -> impl Iterator<Item = &Violation> {
        self.0.iter()
    }
}
