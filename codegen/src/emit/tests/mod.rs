//! Tests of the emitted crate.

pub(crate) mod protocol_tests;
pub(crate) mod server_tests;
