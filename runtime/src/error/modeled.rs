//! Errors of a service.

use crate::error::meta::ErrorMeta;
use std::fmt;

/// An error of the model. It dereferences to the structure with the error's members;
/// [`Modeled::meta`] has the facts that all errors have.
pub struct Modeled<T>(Box<(T, ErrorMeta)>);

impl<T> Modeled<T> {
    pub(crate) fn new(error: T, meta: ErrorMeta) -> Self {
        Self(Box::new((error, meta)))
    }

    /// The facts that all errors have.
    pub fn meta(&self) -> &ErrorMeta {
        &self.0.1
    }

    /// The structure with the error's members.
    pub fn into_inner(self) -> T {
        self.0.0
    }
}

impl<T> std::ops::Deref for Modeled<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.0
    }
}

impl<T: fmt::Debug> fmt::Debug for Modeled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Modeled")
            .field("error", &self.0.0)
            .field("meta", &self.0.1)
            .finish()
    }
}

/// An error response that the model does not define, or whose members cannot be read.
#[derive(Debug)]
pub struct Unmodeled(Box<ErrorMeta>);

impl Unmodeled {
    pub(crate) fn new(meta: ErrorMeta) -> Self {
        Self(Box::new(meta))
    }

    /// The facts that all errors have.
    pub fn meta(&self) -> &ErrorMeta {
        &self.0
    }
}
