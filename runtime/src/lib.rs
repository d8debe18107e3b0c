//! The runtime of the code that is emitted for a service.
//!
//! The core does no I/O and reads no clock: an [`Operation`] writes an `http::Request<Bytes>` and
//! reads an `http::Response<Bytes>`. It only requests random numbers from the operating system, for
//! idempotency tokens, and that can be replaced ([`Operation::request`]). The feature `stream` adds
//! members that are streams (`Body`). The feature `client` adds the call path: endpoints,
//! signatures, retries, over any `tower_service::Service`.
//!
//! | module | contents |
//! |---|---|
//! | [`text`], [`timestamp`] | the text form of scalars in labels, query strings and headers |
//! | [`json`] | JSON writer and pull reader, [`json::Encode`] and [`json::Decode`] |
//! | [`endpoint`] | endpoints, and the functions of endpoint rules |
//! | [`error`] | errors of operations |
//! | [`retry`] | whether and when to retry |
//! | [`request`], [`response`] | HTTP bindings of inputs and outputs |
//! | [`protocol`] | documents and errors of a protocol |
//! | [`operation`] | operations as pairs of pure functions |
//! | [`mod@pages`] | operations with pages |
//! | [`waiters`] | waiters |
//! | [`build`] | builders that are checked at compile time |
//! | [`guide`] | guides to generated clients |
//! | `client` | the call path, with the feature `client` |
//! | `blocking` | calls that block the thread, with the feature `blocking` |
//! | `by_name` | calls by name with JSON input and output, with the feature `client` |
//! | `server` | servers, with the feature `server` |
//! | `serde` | the traits of serde for emitted types, with the feature `serde` |
//! | `test_util` | a test kit for users of clients, with the feature `test-util` |
//! | `protocol_tests` | support for emitted protocol tests, with the feature `protocol-tests` |
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod build;
#[cfg(feature = "client")]
pub mod client;
pub mod endpoint;
pub mod error;
pub mod guide;
mod http_binding;
pub mod json;
#[cfg(any(feature = "protocol-tests", feature = "test-util"))]
mod json_difference;
mod macros;
pub mod operation;
pub mod protocol;
#[cfg(feature = "protocol-tests")]
pub mod protocol_tests;
pub mod retry;
#[cfg(feature = "serde")]
pub mod serde;
#[cfg(feature = "server")]
pub mod server;
mod types;

pub use build::{IntoOptional, IntoOptionalList, IntoOptionalMap, IntoOptionalValue};
pub use bytes::Bytes;
#[cfg(feature = "blocking")]
pub use client::blocking;
#[cfg(feature = "client")]
pub use client::by_name;
#[cfg(feature = "test-util")]
pub use client::test_util;
pub use endpoint::{Endpoint, EndpointError};
pub use error::{BoxError, ErrorFacts, ErrorMeta, Failure, FailureKind, Modeled, Retry, Unmodeled};
pub use http::{self, Method, StatusCode};
#[cfg(feature = "stream")]
pub use http_binding::body::Body;
pub use http_binding::request::{RequestError, RequestErrorKind, RequestWriter};
pub use http_binding::response::{FromResponse, Response, ResponseError};
pub use http_binding::token::{TokenSource, random_token};
pub use http_binding::{request, response};
pub use operation::waiter::{AcceptorState, WaitError, WaitErrorKind, Waiter};
pub use operation::{
    Auth, Operation, OperationError, Paginated, PaginatedItems, Scheme, ServiceResponse, Written,
    pagination as pages, waiter as waiters,
};
pub use types::blob::Blob;
pub use types::document::{Document, UnknownMember};
pub use types::enums::{ParseEnumError, UnknownNumber, UnknownValue};
pub use types::number::{BigDecimal, BigInteger, Number};
pub use types::redacted::Redacted;
pub use types::text::{FromText, Text, TextError};
pub use types::timestamp::Timestamp;
pub use types::unit::Unit;
pub use types::{text, timestamp};
