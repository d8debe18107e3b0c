//! Where requests go: the cases that botocore tests its own rules with.
//!
//! They are read from `../shared/data` beside the repository; without it the test says that it
//! skips.

use appfabric::endpoint::resolve;
use appfabric::rt::endpoint::{Params, ResolveErrorKind};
use serde_json::Value;
use std::path::Path;

#[test]
fn the_official_cases() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/data/appfabric/botocore/endpoint-tests-1.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("skipped: there is no {}", file.display());
        return;
    };
    let tests: Value = serde_json::from_str(&text).unwrap();
    let cases = tests["testCases"].as_array().unwrap();
    assert!(cases.len() > 20);
    for case in cases {
        let (params, expect) = (&case["params"], &case["expect"]);
        let flag = |name| params[name].as_bool().unwrap_or_default();
        let resolved = resolve(&Params {
            region: params["Region"].as_str(),
            use_fips: flag("UseFIPS"),
            use_dual_stack: flag("UseDualStack"),
            endpoint: params["Endpoint"].as_str(),
            ..Params::default()
        });
        match (expect["error"].as_str(), resolved) {
            (None, Ok(resolved)) => {
                assert_eq!(
                    resolved.endpoint.to_string(),
                    expect["endpoint"]["url"].as_str().unwrap(),
                    "{case}"
                );
                assert!(
                    resolved.headers.is_empty() && expect["endpoint"]["headers"].is_null(),
                    "{case}"
                );
            }
            // The rules' messages are in words of their own: they name the same parameters.
            (Some(message), Err(error)) => {
                let told = error.to_string().to_lowercase().replace('-', "");
                for parameter in ["region", "fips", "dualstack", "custom endpoint"] {
                    let named = message.to_lowercase().contains(parameter);
                    assert!(!named || told.contains(parameter), "{message}: {error}");
                }
            }
            (expected, resolved) => panic!("{case}: {expected:?} {resolved:?}"),
        }
    }
}

#[test]
fn what_is_wrong_is_named() {
    let kind = |params: Params<'_>| {
        let error = resolve(&params).unwrap_err();
        (error.kind(), error.to_string())
    };
    let (no_region, message) = kind(Params::default());
    assert_eq!(no_region, ResolveErrorKind::NoRegion);
    assert!(message.starts_with("no region is set"), "{message}");
    // A region becomes part of a host's name: it must not bring a host of its own.
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
