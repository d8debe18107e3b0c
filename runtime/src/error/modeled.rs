//! Errors of a service.

use crate::error::meta::ErrorMeta;
use std::fmt;

/// An error of the model. It dereferences to the structure with the error's members;
/// [`Modeled::meta`] has the facts that all errors have. `{:?}` prints them in one line, and `{:#?}`
/// prints all members and facts.
pub struct Modeled<T>(Box<(T, ErrorMeta)>);

impl<T> Modeled<T> {
    /// An error with these members and facts. A client creates it from a response, and tests create
    /// it with [`ErrorMeta::of_response`].
    pub fn new(error: T, meta: ErrorMeta) -> Self {
        Self(Box::new((error, meta)))
    }

    /// Only for [`service_error!`](crate::service_error): an error of which only the structure and
    /// the code are known.
    #[doc(hidden)]
    pub fn __of_code(error: T, code: &str) -> Self {
        Self::new(error, ErrorMeta::of_code(code))
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
        if !f.alternate() {
            return fmt::Display::fmt(self.meta(), f);
        }
        f.debug_struct("Modeled")
            .field("error", &self.0.0)
            .field("meta", &self.0.1)
            .finish()
    }
}

/// An error response that the model does not define, or whose members cannot be read. `{:?}` prints
/// the facts in one line, and `{:#?}` each fact.
pub struct Unmodeled(Box<ErrorMeta>);

impl Unmodeled {
    /// An error with these facts. A client creates it from a response, and tests create it with
    /// [`ErrorMeta::of_response`].
    pub fn new(meta: ErrorMeta) -> Self {
        Self(Box::new(meta))
    }

    /// The facts that all errors have.
    pub fn meta(&self) -> &ErrorMeta {
        &self.0
    }
}

impl fmt::Debug for Unmodeled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
