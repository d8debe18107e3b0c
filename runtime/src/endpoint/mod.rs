//! Endpoints, and the types and functions that emitted endpoint rules use.
//!
//! <https://smithy.io/2.0/additional-specs/rules-engine/specification.html>

pub(crate) mod client_params;
pub(crate) mod functions;
pub(crate) mod params;
mod parse;
pub(crate) mod partition;
mod partitions;
pub(crate) mod resolve;
pub(crate) mod url;

pub use client_params::{ClientParam, ClientParams};
pub use functions::{
    is_valid_host_label, is_virtual_hostable_s3_bucket, item, partition, split, substring,
    uri_encode,
};
pub use params::Params;
pub use parse::{Arn, Url, parse_arn, parse_url};
pub use partition::Partition;
pub use resolve::{ResolveError, ResolveErrorKind, Resolved};
pub use url::{Endpoint, EndpointError};
