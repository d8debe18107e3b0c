//! Validation of the constraint traits of a model (Smithy, *Constraint traits*).
//!
//! Emitted code implements [`Validate`] for inputs and for the types in them. All violations are
//! collected. Their messages are those of Smithy's protocol tests for validation, and contain no
//! values of the request.

pub(crate) mod checked;
mod number;
mod pattern;
pub(crate) mod violation;

pub use checked::{Checked, Length, Validate, Validator};
pub use number::{Bound, Number};
pub use pattern::Pattern;
pub use violation::{Violation, Violations};

/// Validates an input. `missing` are the JSON pointers of required members that the request lacks.
///
/// # Errors
/// The violations.
pub fn validate<T: Validate>(input: &T, missing: Vec<String>) -> Result<(), Violations> {
    let mut validator = Validator::new(missing);
    input.validate(&mut validator);
    validator.finish()
}

/// Implements [`Validate`] for types whose values need no checks.
#[doc(hidden)]
#[macro_export]
macro_rules! unconstrained {
    ($module:ident { $($name:ident),* $(,)? }) => {
        $(
            impl $crate::server::Validate for $module::$name {
                fn validate(&self, _: &mut $crate::server::Validator) {}
            }
        )*
    };
}

/// Implements [`Validate`] for enums: a value must be one of the model. The texts are the values for
/// the message, without internal ones.
#[doc(hidden)]
#[macro_export]
macro_rules! closed_enums {
    ($($name:ident { $($value:literal),* $(,)? })*) => {
        $(
            impl $crate::server::Validate for types::$name {
                fn validate(&self, check: &mut $crate::server::Validator) {
                    if matches!(self, Self::Unknown(_)) {
                        check.not_in(&[$($value),*]);
                    }
                }
            }
        )*
    };
}
