//! The endpoint rules of AppFabric against the test cases of botocore.

use appfabric::endpoint::resolve;
use appfabric::rt::endpoint::Params;
use serde_json::Value;
use std::path::Path;

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn appfabric_resolves_as_botocores_cases_expect() {
    let file = Path::new(env!("REFERENCE_DATA")).join("appfabric/botocore/endpoint-tests-1.json");
    let tests: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
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
            // The messages differ, but they name the same parameters.
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
