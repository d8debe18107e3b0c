//! The call path. A [`Client`] resolves the endpoint, signs the request, sends it over any HTTP
//! service, and retries.
//!
//! The crate of a service wraps it in a client of its own.

mod auth;
#[cfg(feature = "blocking")]
pub mod blocking;
pub mod by_name;
mod config;
mod config_error;
mod endpoint;
mod handle;
mod pagination;
mod send;
mod service;
mod service_client;
mod system;
#[cfg(feature = "test-util")]
pub mod test_util;
mod throughput;
mod timeout;
mod transport;
mod waiter;

pub use aws_credential_types::{Credentials, Token};
#[cfg(feature = "aws-config")]
#[doc(hidden)]
pub use aws_types::SdkConfig;
pub use config::{Builder, CallSettings, Settings};
pub use config_error::ConfigError;
pub use endpoint::AccountIdEndpointMode;
pub use handle::{Client, Reply};
pub use pagination::{Items, Pages};
pub use send::ResponseMetadata;
pub use service::{Endpoints, Service};
pub use service_client::ServiceClient;
pub use system::{Sleep, System, Tokio};
#[cfg(feature = "https")]
pub use transport::Https;
pub use transport::{Exchange, Transport, TransportError};
pub use waiter::{wait_for_either, wait_for_error, wait_for_output};
