//! Diagnostics: their codes, the log that collects them, and wording that they share.

pub(crate) mod code;
pub(crate) mod diagnostic;
pub(crate) mod log;
pub(crate) mod suggest;
pub(crate) mod wording;
