//! Diagnostics: their codes, how they are collected, and the wording that they share.

pub(crate) mod code;
pub(crate) mod diagnostic;
pub(crate) mod log;
pub(crate) mod suggest;
pub(crate) mod wording;
