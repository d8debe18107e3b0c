//! The shape graph: types, queries and their printed form. It is complete when emission starts.

pub(crate) mod auth;
pub(crate) mod body;
pub(crate) mod dump;
pub(crate) mod endpoint;
pub(crate) mod examples;
pub(crate) mod jmespath;
pub(crate) mod member;
pub(crate) mod protocol_tests;
pub(crate) mod service;
pub(crate) mod shape;
mod streams;
pub(crate) mod timestamp;
pub(crate) mod validation;
pub(crate) mod value;
pub(crate) mod waiters;
pub(crate) mod wire;
