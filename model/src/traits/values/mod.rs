//! Typed values of traits, in a file a page of the specification.

pub(crate) mod authentication;
pub(crate) mod aws;
pub(crate) mod behavior;
pub(crate) mod compliance_tests;
pub(crate) mod constraints;
pub(crate) mod documentation;
pub(crate) mod endpoints;
pub(crate) mod fields;
pub(crate) mod http;
pub(crate) mod malformed_requests;
pub(crate) mod meta;
pub(crate) mod resources;
pub(crate) mod serialization;
pub(crate) mod template;
pub(crate) mod type_refinement;
pub(crate) mod waiters;
