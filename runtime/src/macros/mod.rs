//! Macros for emitted code. They refer to all parts of the runtime.

mod builder;
#[cfg(feature = "client")]
mod by_name;
mod client_methods;
mod pages;
#[cfg(feature = "serde")]
mod serde;
#[cfg(feature = "server")]
mod server;
