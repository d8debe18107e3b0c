//! Signature Version 4 (AWS, *IAM User Guide*, AWS Signature Version 4 for API requests).
//!
//! [`signer`] adds the headers or query parameters of a signature, and the signature. It uses
//! [`canonical`] for the canonical request, [`time`] for the date, and [`key`] for the signing key.

mod canonical;
pub(in crate::client) mod key;
pub(in crate::client) mod scope;
pub(in crate::client) mod signer;
mod time;
