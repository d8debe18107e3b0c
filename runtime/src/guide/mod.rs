//! Guides to the clients that are generated for a service.
//!
//! The examples use the crate `appfabric`. Clients of other services have the same settings, methods
//! and errors. In a generated crate, this module is `rt::guide`.

// The doc tests of the examples need a generated crate. The test `guides` of the generator runs them.
macro_rules! guides {
    ($($name:ident $title:literal)*) => {
        $(
            #[doc = concat!($title, "\n")]
            #[cfg_attr(not(doctest), doc = include_str!(concat!(stringify!($name), ".md")))]
            pub mod $name {}
        )*
    };
}

guides! {
    configuration "Region, credentials, time limits and other settings."
    endpoints "Custom endpoints, FIPS and dual-stack."
    tls_and_proxies "Certificates and proxies."
    http2 "HTTP/2."
    errors "Errors and retries."
    pagination "Pages, items and waiters."
    blocking "Calls without async code."
    sans_io "Requests and responses without a client."
    server "Servers: the other side of a model."
    testing "Tests of programs that call a service."
    logging "Logs and traces."
    migrating "Moving from the AWS SDK for Rust."
    troubleshooting "Frequent failures by their messages."
}
