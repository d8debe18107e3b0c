//! What errors print, and errors that tests construct.

use appfabric::Error;
use appfabric::operations::DeleteAppBundle;
use appfabric::rt::{
    Bytes, Endpoint, ErrorMeta, Failure, FailureKind, Modeled, Operation, StatusCode, Unmodeled,
    http,
};
use appfabric::types::ConflictException;

fn conflict() -> ConflictException {
    ConflictException::builder()
        .message("not empty")
        .resource_id("b")
        .resource_type("appBundle")
        .build()
}

#[test]
fn debug_is_one_line_and_alternate_debug_has_all_members() {
    let response = http::Response::builder()
        .status(409)
        .header("x-amzn-errortype", "ConflictException")
        .header("x-amzn-requestid", "0aa-1")
        .body(Bytes::from_static(
            br#"{"message":"not empty","resourceId":"b","resourceType":"appBundle"}"#,
        ))
        .unwrap();
    let error = DeleteAppBundle::parse_response(response).unwrap_err();
    let line = "DeleteAppBundle failed: ConflictException (409, request id 0aa-1): not empty";
    assert_eq!(format!("{error:?}"), line);
    assert_eq!(error.to_string(), line);
    let details = format!("{error:#?}");
    for text in [
        "ConflictException(",
        "resource_id: \"b\"",
        "request_id: ",
        "status: 409",
    ] {
        assert!(details.contains(text), "{text} in {details}");
    }
    assert!(!details.contains("None"), "{details}");
}

/// `fn main() -> Result<(), E>` prints errors with `{:?}`.
#[test]
fn errors_that_main_returns_are_one_line() {
    let endpoint = Endpoint::new("no URL").unwrap_err();
    assert_eq!(format!("{endpoint:?}"), endpoint.to_string());
    let delete = DeleteAppBundle::builder().app_bundle_identifier("").build();
    let local = Endpoint::new("http://localhost").unwrap();
    let request = delete.to_request(&local).unwrap_err();
    assert_eq!(format!("{request:?}"), request.to_string());
    let resolve = appfabric::endpoint::resolve(&Default::default()).unwrap_err();
    assert_eq!(format!("{resolve:?}"), resolve.to_string());
    let time = "today".parse::<f64>().unwrap_err();
    let failure = Failure::of("DeleteAppBundle", FailureKind::Response, time);
    assert_eq!(
        format!("{:?}", Error::from(failure)),
        "DeleteAppBundle failed: cannot read the response: invalid float literal"
    );
}

#[cfg(feature = "client")]
#[test]
fn an_invalid_configuration_is_one_line() {
    let error = appfabric::Client::builder().build().unwrap_err();
    assert_eq!(format!("{error:?}"), error.to_string());
    assert!(error.to_string().starts_with("no region"), "{error}");
}

#[test]
fn tests_construct_errors() {
    let error = Error::from(conflict());
    assert!(matches!(&error, Error::ConflictException(e) if e.resource_id == "b"));
    assert_eq!(error.code(), Some("ConflictException"));
    assert_eq!((error.status(), error.request_id()), (None, None));
    assert_eq!(error.to_string(), "ConflictException");

    let meta = |code| {
        ErrorMeta::of_response("DeleteAppBundle", StatusCode::TOO_MANY_REQUESTS, code)
            .with_message("slow down")
            .with_request_id("1")
    };
    let error = Error::ConflictException(Modeled::new(conflict(), meta("ConflictException")));
    assert_eq!(
        error.to_string(),
        "DeleteAppBundle failed: ConflictException (429, request id 1): slow down"
    );
    let error = Error::from(Unmodeled::new(meta("SlowDown")));
    assert_eq!(error.code(), Some("SlowDown"));
    assert!(error.is_throttling());
}
