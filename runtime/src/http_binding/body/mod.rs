//! Bodies of requests and responses: bytes in memory, or streams.

pub(crate) mod body_type;
#[cfg(feature = "fs")]
mod file;
pub(crate) mod read;
mod source;
mod stream;
#[cfg(test)]
pub(crate) mod tests;

pub use body_type::Body;
