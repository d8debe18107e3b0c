//! Tests of the emitted crate.

pub(crate) mod protocol_tests;
