//! What code emitted for a Smithy restJson1 service calls.
//!
//! The core does no I/O and reads no clock: an [`Operation`] writes an `http::Request<Bytes>` and
//! reads an `http::Response<Bytes>`. The only thing it asks of the system is randomness, for
//! idempotency tokens, and that can be injected ([`Operation::request`]). The feature `stream` adds
//! members that are streams, `Body`, and the feature `client` the call path: endpoint, signature,
//! attempts, over any `tower_service::Service`.
//!
//! | module | what |
//! |---|---|
//! | [`json`] | writer, pull reader, [`json::Encode`] and [`json::Decode`] |
//! | [`text`] | the text of scalars in labels, query and headers |
//! | [`request`], [`response`] | HTTP bindings of an input and of an output |
//! | [`operation`] | an operation as a pair of pure functions |
//! | [`error`] | what an operation's failure tells |
//! | [`endpoint`] | where requests go: what a service's endpoint rules are made of |
//! | [`mod@pages`] | operations that answer in pages |
//! | [`waiters`] | waiting until an operation answers as wished |
//! | [`retry`] | whether and when to send again |
//! | `client` | the call path, with the feature of that name |
//! | `by_name` | operations by name with JSON in and out, with that feature, too |
//! | `protocol_tests` | what emitted protocol tests call, with the feature of that name |
//! | [`build`] | builders on which a forgotten required member does not compile |
#![cfg_attr(docsrs, feature(doc_cfg))]

mod blob;
#[cfg(feature = "stream")]
mod body;
pub mod build;
mod builder;
#[cfg(feature = "client")]
pub mod by_name;
#[cfg(feature = "client")]
pub mod client;
mod document;
pub mod endpoint;
mod enums;
pub mod error;
mod header_list;
#[cfg(any(feature = "client", feature = "tree-hash"))]
mod hex;
pub mod json;
mod number;
pub mod operation;
pub mod pages;
mod printable;
#[cfg(feature = "protocol-tests")]
pub mod protocol_tests;
pub mod request;
pub mod response;
pub mod retry;
mod sensitive;
pub mod text;
pub mod timestamp;
mod token;
mod unit;
pub mod waiters;

pub use blob::Blob;
#[cfg(feature = "stream")]
pub use body::{Body, BoxError};
pub use build::{IntoOptional, IntoOptionalList, IntoOptionalMap};
pub use bytes::Bytes;
pub use document::{Document, UnknownMember};
pub use endpoint::{Endpoint, EndpointError};
pub use enums::{UnknownNumber, UnknownValue};
pub use error::{
    ErrorMeta, Failure, FailureKind, Modeled, OperationError, Retry, ServiceResponse, Unmodeled,
};
pub use http::{self, Method, StatusCode};
pub use number::{BigDecimal, BigInteger, Number};
pub use operation::{Auth, Operation, Scheme, Written};
pub use pages::{Paginated, PaginatedItems};
pub use request::{RequestError, RequestErrorKind, RequestWriter};
pub use response::{FromResponse, Response, ResponseError};
pub use sensitive::Redacted;
pub use text::{FromText, Text, TextError};
pub use timestamp::Timestamp;
pub use token::{TokenSource, random_token};
pub use unit::Unit;
pub use waiters::{AcceptorState, WaitError, WaitErrorKind, Waiter};
