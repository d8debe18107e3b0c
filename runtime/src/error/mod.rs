//! What an operation's failure tells.
//!
//! Emitted code has one error enum per service: a variant per modeled error ([`Modeled`]), one for
//! errors the model does not name ([`Unmodeled`]), and one for calls without a usable answer
//! ([`Failure`]). All three share
//! [`ErrorMeta`].

mod body;
mod excerpt;
mod meta;
mod retry;
mod variants;

pub use meta::{ErrorMeta, FailureKind};
pub use retry::Retry;
pub use variants::{Failure, Modeled, ServiceResponse, Unmodeled};

#[cfg(feature = "client")]
pub(crate) use body::request_id;
pub(crate) use meta::Call;

/// The error enum of a service.
pub trait OperationError:
    std::error::Error + Send + Sync + Sized + From<Unmodeled> + From<Failure> + 'static
{
    /// Chooses the variant for an error that the service answered with.
    fn from_service(error: ServiceResponse<'_>) -> Self;

    /// What every variant tells.
    fn meta(&self) -> &ErrorMeta;
}

/// Implements what every service's error enum has: accessors, `Display` and `std::error::Error`.
/// The enum implements
/// [`OperationError`].
#[macro_export]
macro_rules! error_methods {
    ($name:ident) => {
        impl $name {
            /// The error's code, such as `ThrottlingException`; the status, such as `404`, if the
            /// service gave none; `None` if there was no answer.
            pub fn code(&self) -> ::std::option::Option<&str> {
                $crate::OperationError::meta(self).code()
            }

            /// What the service said, or else [`body_excerpt`](Self::body_excerpt).
            pub fn message(&self) -> ::std::option::Option<&str> {
                $crate::OperationError::meta(self).message()
            }

            /// The start of the text of an answer that is not the service's own, such as a proxy's
            /// page: its first 256 characters, without HTML tags.
            pub fn body_excerpt(&self) -> ::std::option::Option<&str> {
                $crate::OperationError::meta(self).body_excerpt()
            }

            /// The id by which AWS Support finds the request.
            pub fn request_id(&self) -> ::std::option::Option<&str> {
                $crate::OperationError::meta(self).request_id()
            }

            /// The HTTP status; `None` if there was no answer.
            pub fn status(&self) -> ::std::option::Option<$crate::StatusCode> {
                $crate::OperationError::meta(self).status()
            }

            /// The operation that failed.
            pub fn operation(&self) -> &'static str {
                $crate::OperationError::meta(self).operation()
            }

            /// How many times the request was sent.
            pub fn attempts(&self) -> u32 {
                $crate::OperationError::meta(self).attempts()
            }

            /// How long the call took, all attempts and the pauses between them.
            pub fn elapsed(&self) -> ::std::time::Duration {
                $crate::OperationError::meta(self).elapsed()
            }

            /// Whether the same call may succeed later.
            pub fn is_retryable(&self) -> bool {
                $crate::OperationError::meta(self).is_retryable()
            }

            /// Whether the service asks to be called less often.
            pub fn is_throttling(&self) -> bool {
                $crate::OperationError::meta(self).is_throttling()
            }
        }

        impl ::std::convert::From<$crate::Unmodeled> for $name {
            fn from(error: $crate::Unmodeled) -> Self {
                Self::Unmodeled(error)
            }
        }

        impl ::std::convert::From<$crate::Failure> for $name {
            fn from(failure: $crate::Failure) -> Self {
                Self::Failure(failure)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt($crate::OperationError::meta(self), f)
            }
        }

        impl ::std::error::Error for $name {
            fn source(&self) -> ::std::option::Option<&(dyn ::std::error::Error + 'static)> {
                $crate::OperationError::meta(self).source()
            }
        }
    };
}
