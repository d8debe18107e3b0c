//! Methods shared by the clients of all services.

/// Implements the methods shared by the clients of all services: constructors, and methods that
/// send operations.
///
/// The client has a field `inner` of type [`Client`](crate::client::Client). The crate has a
/// feature `aws-config` and an error enum `Error`.
///
/// ```text
/// rt::client_methods!(Client, SERVICE);
/// ```
///
/// A call that starts with `in [ROOT], when [CONDITION],` is for a module that is not the root of
/// its crate: `ROOT` lists the parts of the path to the module with `Error`, and the condition
/// replaces the feature.
#[allow(clippy::crate_in_macro_def)] // The error is that of the crate that uses the macro.
#[macro_export]
macro_rules! client_methods {
    ($client:ident, $service:expr) => {
        $crate::client_methods!(in [crate], when [feature = "aws-config"], $client, $service);
    };
    (in [$($root:ident)+], when [$($when:tt)*], $client:ident, $service:expr) => {
        impl $client {
            /// Creates a builder without settings.
            pub fn builder() -> $crate::client::Builder<Self> {
                $crate::client::Builder::new()
            }

            /// Creates a client with the settings of environment variables, see
            /// [`env`]($crate::client::Builder::env).
            ///
            /// # Errors
            ///
            /// A variable is missing or invalid.
            pub fn from_env() -> ::std::result::Result<Self, $crate::client::ConfigError> {
                Self::builder().env().build()
            }

            /// The settings of the client, without credentials.
            ///
            /// # Errors
            ///
            /// The configuration is invalid, which every call reports.
            pub fn settings(
                &self,
            ) -> ::std::result::Result<$crate::client::Settings<'_>, &$crate::client::ConfigError> {
                self.inner.settings()
            }

            /// A client with other settings, such as time limits, which shares connections,
            /// credentials and the retry quota with this one. See
            /// [`CallSettings`]($crate::client::CallSettings).
            #[must_use]
            pub fn customize(
                &self,
                change: impl ::std::ops::FnOnce($crate::client::CallSettings) -> $crate::client::CallSettings,
            ) -> Self {
                Self { inner: self.inner.customize(change) }
            }

            /// Sends an operation.
            ///
            /// # Errors
            ///
            /// The service returned an error, or the call failed.
            pub async fn send<O>(
                &self,
                operation: &O,
            ) -> ::std::result::Result<O::Output, $($root)::+::Error>
            where
                O: $crate::Operation<Error = $($root)::+::Error>,
            {
                self.inner.send(operation).await
            }

            /// Sends an operation, and returns the status, headers and request ID of the response as
            /// well.
            ///
            /// # Errors
            ///
            /// The service returned an error, or the call failed.
            pub async fn send_with_metadata<O>(
                &self,
                operation: &O,
            ) -> ::std::result::Result<
                (O::Output, $crate::client::ResponseMetadata),
                $($root)::+::Error,
            >
            where
                O: $crate::Operation<Error = $($root)::+::Error>,
            {
                self.inner.send_with_metadata(operation).await
            }

            /// Presigns the request of an operation, which can be sent without credentials until it
            /// expires.
            ///
            /// # Errors
            ///
            /// The request cannot be built, its body is a stream, there are no credentials, or
            /// `expires_in` is not between one second and seven days.
            pub async fn presigned<O>(
                &self,
                operation: &O,
                expires_in: ::std::time::Duration,
            ) -> ::std::result::Result<$crate::http::Request<$crate::Bytes>, $($root)::+::Error>
            where
                O: $crate::Operation<Error = $($root)::+::Error>,
            {
                self.inner.presigned(operation, expires_in).await
            }

            /// A stream of the pages of an operation. Each page is requested when it is polled for.
            pub fn pages<O>(&self, operation: O) -> $crate::client::Pages<O>
            where
                O: $crate::Paginated<Error = $($root)::+::Error> + Send + Sync + 'static,
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

        /// Creates a client with the settings that `aws_config` loaded. If a setting is missing or
        /// invalid, every call returns an error.
        #[cfg($($when)*)]
        impl ::std::convert::From<&$crate::client::SdkConfig> for $client {
            fn from(config: &$crate::client::SdkConfig) -> Self {
                Self::builder().sdk_config(config).deferred()
            }
        }
    };
}
