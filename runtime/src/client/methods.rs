//! What is the same in every service's client.

use super::{Client, Service};

/// The client of a service: one around a [`Client`] that knows of which service it is.
///
/// [`client_methods!`](crate::client_methods) implements it.
pub trait ServiceClient: Sized {
    /// What a client has to know of the service.
    const SERVICE: Service;

    /// The client around this one.
    fn from_inner(inner: Client) -> Self;

    /// The client that does the work.
    fn inner(&self) -> &Client;
}

/// Implements what every service's client has: how to make one, and how to send an operation that
/// is built already.
///
/// The client has a field `inner`, a [`Client`](crate::client::Client). The crate has the features
/// `aws-config` and an error enum `Error`.
///
/// ```text
/// rt::client_methods!(Client, SERVICE);
/// ```
#[allow(clippy::crate_in_macro_def)] // The error is that of the crate that uses the macro.
#[macro_export]
macro_rules! client_methods {
    ($client:ident, $service:expr) => {
        impl $client {
            /// Starts a client without any settings.
            pub fn builder() -> $crate::client::Builder<Self> {
                $crate::client::Builder::new()
            }

            /// A client with the settings of environment variables: see
            /// [`env`]($crate::client::Builder::env).
            ///
            /// # Errors
            ///
            /// A variable is missing or wrong.
            pub fn from_env() -> ::std::result::Result<Self, $crate::client::ConfigError> {
                Self::builder().env().build()
            }

            /// Sends an operation that is built already.
            ///
            /// # Errors
            ///
            /// What the service answered, or why there is no answer.
            pub async fn send<O>(
                &self,
                operation: &O,
            ) -> ::std::result::Result<O::Output, crate::Error>
            where
                O: $crate::Operation<Error = crate::Error>,
            {
                self.inner.send(operation).await
            }

            /// The signed request of an operation that is built already, for somebody else to send.
            ///
            /// # Errors
            ///
            /// A member that cannot go where it is bound, a body that is a stream, no credentials,
            /// or a time that is not from a second to seven days.
            pub async fn presigned<O>(
                &self,
                operation: &O,
                expires_in: ::std::time::Duration,
            ) -> ::std::result::Result<$crate::http::Request<$crate::Bytes>, crate::Error>
            where
                O: $crate::Operation<Error = crate::Error>,
            {
                self.inner.presigned(operation, expires_in).await
            }

            /// Every page of an operation that is built already. A stream: nothing is sent before
            /// it is asked for a page.
            pub fn pages<O>(&self, operation: O) -> $crate::client::Pages<O>
            where
                O: $crate::Paginated<Error = crate::Error> + Send + Sync + 'static,
                O::Output: Send,
            {
                self.inner.pages(operation)
            }
        }

        impl $crate::client::ServiceClient for $client {
            const SERVICE: $crate::client::Service = $service;

            fn from_inner(inner: $crate::client::Client) -> Self {
                Self { inner }
            }

            fn inner(&self) -> &$crate::client::Client {
                &self.inner
            }
        }

        impl ::std::fmt::Debug for $client {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.inner, f)
            }
        }

        /// A client with the settings that `aws_config` loaded. What is missing or wrong is told by
        /// every call.
        #[cfg(feature = "aws-config")]
        impl ::std::convert::From<&$crate::client::SdkConfig> for $client {
            fn from(config: &$crate::client::SdkConfig) -> Self {
                Self::builder().sdk_config(config).deferred()
            }
        }
    };
}
