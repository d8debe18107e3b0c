//! Requests and responses (Smithy, *HTTP bindings*), without the format of their documents.

#[cfg(feature = "stream")]
pub(crate) mod body;
pub mod request;
pub(crate) mod request_id;
pub mod response;
#[cfg(feature = "test-util")]
pub(crate) mod scripted;
pub(crate) mod token;
