//! AWS restJson1 (Smithy, *AWS restJson1 protocol*): JSON documents and payloads, and the code and
//! message of errors.

#[cfg(feature = "stream")]
mod body;
mod error;
mod request;
mod response;

pub use error::error_facts;
