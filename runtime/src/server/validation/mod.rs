//! Constraint traits.

/// An input whose values can be checked.
pub trait Validate {
    /// Checks the values.
    fn validate(&self, _: &mut Validator<'_>) {}
}

impl<T> Validate for T {}

/// Collects violations.
#[derive(Debug)]
pub struct Validator<'a>(std::marker::PhantomData<&'a ()>);

/// The violations of a request.
#[derive(Debug)]
pub struct Violations(Vec<Violation>);

/// A violation.
#[derive(Debug)]
pub struct Violation {
    path: String,
    message: String,
}

impl Violations {
    /// The message.
    pub fn message(&self) -> String {
        String::new()
    }

    /// The violations.
    pub fn iter(&self) -> impl Iterator<Item = &Violation> {
        self.0.iter()
    }
}

impl Violation {
    /// The JSON pointer.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The message.
    pub fn message(&self) -> &str {
        &self.message
    }
}

pub(super) fn validate<T: Validate>(_: &T, missing: Vec<String>) -> Result<(), Violations> {
    if missing.is_empty() {
        return Ok(());
    }
    let violations = missing.into_iter().map(|path| Violation {
        path,
        message: "Member must not be null".to_owned(),
    });
    Err(Violations(violations.collect()))
}
