//! Settings of a client, and their sources.

mod builder;
mod environment;
#[cfg(feature = "aws-config")]
mod sdk_config;

pub use builder::Builder;
