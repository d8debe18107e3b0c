//! Errors of the endpoint rules.

use appfabric::endpoint::resolve;
use appfabric::rt::endpoint::{Params, ResolveErrorKind};

#[test]
fn errors_name_the_invalid_part() {
    let kind = |params: Params<'_>| {
        let error = resolve(&params).unwrap_err();
        (error.kind(), error.to_string())
    };
    let (no_region, message) = kind(Params::default());
    assert_eq!(no_region, ResolveErrorKind::NoRegion);
    assert!(message.starts_with("no region is set"), "{message}");
    // A Region becomes a part of the host name and must not change the host.
    let (invalid, message) = kind(Params {
        region: Some("evil.example/"),
        ..Params::default()
    });
    assert_eq!(invalid, ResolveErrorKind::InvalidRegion);
    assert!(message.contains("evil.example/"), "{message}");
    let (invalid, message) = kind(Params {
        endpoint: Some("https://me:s3cret@host"),
        ..Params::default()
    });
    assert_eq!(invalid, ResolveErrorKind::InvalidEndpoint);
    assert!(!message.contains("s3cret"), "{message}");
}
