//! Protocols: how the documents of requests and responses and the facts of errors are read and
//! written.

pub mod rest_json;
