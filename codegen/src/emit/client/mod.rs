//! The client of a service: operations, errors, endpoints, pages and waiters.

pub(crate) mod endpoint;
pub(crate) mod error;
pub(crate) mod jmespath;
pub(crate) mod operation;
pub(crate) mod pages;
pub(crate) mod request;
mod response;
pub(crate) mod service_client;
pub(crate) mod waiters;
