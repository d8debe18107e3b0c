//! Requests and responses (Smithy, *HTTP bindings*), without the format of their documents.

#[cfg(feature = "stream")]
pub(crate) mod body;
pub mod request;
pub(crate) mod request_id;
pub mod response;
pub(crate) mod token;
