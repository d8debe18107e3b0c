//! The error enum of a service.

use crate::error::excerpt::markup_excerpt;
use crate::error::facts::ErrorFacts;
use crate::error::failure::Failure;
use crate::error::meta::{Call, ErrorMeta, FailureKind};
use crate::error::modeled::Unmodeled;
use crate::http_binding::request::error::RequestError;
use crate::http_binding::request_id::request_id;
use crate::http_binding::response::{FromResponse, Response, ResponseError};
use crate::operation::service_response::ServiceResponse;

/// The error enum of a service.
pub trait OperationError:
    std::error::Error + Send + Sync + Sized + From<Unmodeled> + From<Failure> + 'static
{
    /// Reads the code and message of an error response, as the service's protocol defines them.
    fn facts(response: &Response<'_>) -> ErrorFacts;

    /// Converts an error response to the variant for its code.
    fn from_service(error: ServiceResponse<'_>) -> Self;

    /// The facts that all variants have.
    fn meta(&self) -> &ErrorMeta;
}

/// Reads the output of a successful response.
pub(crate) fn read_output<T: FromResponse, E: OperationError>(
    response: Response<'_>,
    call: Call,
) -> Result<T, E> {
    response
        .read()
        .map_err(|error| unreadable(call, response, error).into())
}

/// Reads the error of a response that is not successful.
pub(crate) fn read_error<E: OperationError>(response: Response<'_>, call: Call) -> E {
    let facts = E::facts(&response);
    #[cfg(feature = "test-util")]
    let facts = match response.given() {
        Some(given) => given.facts(facts),
        None => facts,
    };
    E::from_service(ServiceResponse::new(call, response, facts))
}

/// The failure to read a successful response.
fn unreadable(call: Call, response: Response<'_>, error: ResponseError) -> Failure {
    let request_id = request_id(response.headers()).map(str::to_owned);
    Failure::new(call, FailureKind::Response, error)
        // The response may come from a captive portal or a proxy instead of the service.
        .with_body(response.body().clone(), markup_excerpt(response.body()))
        .with_response(response.status_code(), request_id)
}

impl Failure {
    /// The failure to build the request of an operation.
    pub fn request(operation: &'static str, error: RequestError) -> Self {
        Self::new(Call::new(operation, 0), FailureKind::Request, error)
    }
}

/// Implements the methods and traits shared by the error enums of all services: accessors,
/// `Display`, `std::error::Error`, and conversions from [`Unmodeled`] and [`Failure`]. The enum has
/// to implement [`OperationError`].
#[macro_export]
macro_rules! error_methods {
    ($name:ident) => {
        impl $name {
            /// The error code, such as `ThrottlingException`; the status, such as `404`, if the
            /// response has no code; `None` if there was no response.
            pub fn code(&self) -> ::std::option::Option<&str> {
                $crate::OperationError::meta(self).code()
            }

            /// The message of the service, or [`body_excerpt`](Self::body_excerpt) if there is
            /// none.
            pub fn message(&self) -> ::std::option::Option<&str> {
                $crate::OperationError::meta(self).message()
            }

            /// The first 256 characters, without HTML tags, of a response that does not come from
            /// the service, such as the error page of a proxy.
            pub fn body_excerpt(&self) -> ::std::option::Option<&str> {
                $crate::OperationError::meta(self).body_excerpt()
            }

            /// The body of a response that is not an output or an error of the model, see
            /// [`ErrorMeta::raw_body`]($crate::ErrorMeta::raw_body).
            pub fn raw_body(&self) -> ::std::option::Option<&$crate::Bytes> {
                $crate::OperationError::meta(self).raw_body()
            }

            /// The request id, by which AWS Support can find the request.
            pub fn request_id(&self) -> ::std::option::Option<&str> {
                $crate::OperationError::meta(self).request_id()
            }

            /// The HTTP status; `None` if there was no response.
            pub fn status(&self) -> ::std::option::Option<$crate::StatusCode> {
                $crate::OperationError::meta(self).status()
            }

            /// The operation that failed.
            pub fn operation(&self) -> &'static str {
                $crate::OperationError::meta(self).operation()
            }

            /// The number of times that the request was sent.
            pub fn attempts(&self) -> u32 {
                $crate::OperationError::meta(self).attempts()
            }

            /// The duration of the call, with all attempts and the pauses between them.
            pub fn elapsed(&self) -> ::std::time::Duration {
                $crate::OperationError::meta(self).elapsed()
            }

            /// Whether the same call may succeed later.
            pub fn is_retryable(&self) -> bool {
                $crate::OperationError::meta(self).is_retryable()
            }

            /// Whether the service throttled the request.
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

/// Implements the error enum of a service: [`OperationError`], the methods and traits of
/// [`error_methods!`](crate::error_methods), `Debug`, and a conversion from each error structure.
///
/// ```text
/// rt::service_error! {
///     Error reads rt::protocol::rest_json::error_facts {
///         ConflictException: types::ConflictException = "ConflictException",
///         ThrottlingException: types::ThrottlingException = "ThrottlingException" throttling,
///     }
/// }
/// ```
///
/// The function after `reads` reads the code and the message of a response. A row has the variant,
/// its structure, and the code in responses. `retryable` and `throttling` are for errors with the
/// trait `@retryable`. The enum has the variants `Unmodeled` and `Failure`, too.
#[macro_export]
macro_rules! service_error {
    ($name:ident reads $($facts:ident)::+ {
        $($variant:ident: $shape:ty = $code:literal $($retry:ident)?),* $(,)?
    }) => {
        impl $crate::OperationError for $name {
            fn facts(response: &$crate::Response<'_>) -> $crate::ErrorFacts {
                $($facts)::+(response)
            }

            fn from_service(error: $crate::ServiceResponse<'_>) -> Self {
                match error.code() {
                    $($code => error$(.$retry())?.modeled(Self::$variant),)*
                    _ => Self::Unmodeled(error.unmodeled()),
                }
            }

            fn meta(&self) -> &$crate::ErrorMeta {
                match self {
                    $(Self::$variant(error) => error.meta(),)*
                    Self::Unmodeled(error) => error.meta(),
                    Self::Failure(failure) => failure.meta(),
                }
            }
        }

        $crate::error_methods!($name);

        /// `{:?}` prints the same line as `Display`. `{:#?}` prints all members and facts.
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                if !f.alternate() {
                    return ::std::fmt::Display::fmt(self, f);
                }
                match self {
                    $(Self::$variant(error) => f.debug_tuple(stringify!($variant)).field(error).finish(),)*
                    Self::Unmodeled(error) => f.debug_tuple("Unmodeled").field(error).finish(),
                    Self::Failure(failure) => f.debug_tuple("Failure").field(failure).finish(),
                }
            }
        }

        $(
            /// An error without a response, for tests: only its code is known. `Modeled::new` adds
            /// other facts.
            impl ::std::convert::From<$shape> for $name {
                fn from(error: $shape) -> Self {
                    Self::$variant($crate::Modeled::__of_code(error, $code))
                }
            }
        )*
    };
}
