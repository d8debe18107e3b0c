//! Errors: each operation returns those that it declares.

use crate::{Local, client, key};
use appfabric::Error;
use appfabric::types::ValidationExceptionReason;

const NO_UUID: &str = "00000000-0000-4000-8000-000000000000";

#[tokio::test]
async fn resources_that_do_not_exist_are_not_found_or_invalid() {
    let local = Local::start(&[]).await;
    let bundle = local.bundle().await;
    let input = |members: &[&str]| {
        let mut input = serde_json::json!({
            "app": "SLACK", "authType": "apiKey", "credential": {"apiKeyCredential": {"apiKey": "k"}},
            "tenant": {"tenantIdentifier": "T", "tenantDisplayName": "T"}, "tenantId": "T",
            "ingestionType": "auditLog", "email": "a@example.com", "taskIdList": [NO_UUID],
            "processingConfiguration": {"auditLog": {"schema": "raw", "format": "json"}},
            "destinationConfiguration": {"auditLog": {"destination": {"firehoseStream": {"streamName": "abc"}}}},
            "resourceArn": "arn:aws:appfabric:us-east-1:123456789012:appbundle/none", "tags": [], "tagKeys": ["a"],
            "appBundleIdentifier": bundle, "appAuthorizationIdentifier": NO_UUID,
            "ingestionIdentifier": NO_UUID, "ingestionDestinationIdentifier": NO_UUID,
        });
        let all = input.as_object_mut().unwrap();
        all.retain(|name, _| members.contains(&name.as_str()));
        input
    };
    let (b, a) = ("appBundleIdentifier", "appAuthorizationIdentifier");
    let (i, d) = ("ingestionIdentifier", "ingestionDestinationIdentifier");
    let (configuration, processing) = ("destinationConfiguration", "processingConfiguration");
    let cases: [(&str, &[&str], &str); 18] = [
        ("BatchGetUserAccessTasks", &[b, "taskIdList"], NOT_FOUND),
        ("ConnectAppAuthorization", &[b, a], NOT_FOUND),
        (
            "CreateIngestion",
            &[b, "app", "tenantId", "ingestionType"],
            INVALID,
        ),
        (
            "CreateIngestionDestination",
            &[b, i, configuration, processing],
            INVALID,
        ),
        ("DeleteAppAuthorization", &[b, a], NOT_FOUND),
        ("DeleteIngestion", &[b, i], NOT_FOUND),
        ("DeleteIngestionDestination", &[b, i, d], NOT_FOUND),
        ("GetAppAuthorization", &[b, a], NOT_FOUND),
        ("GetIngestion", &[b, i], NOT_FOUND),
        ("GetIngestionDestination", &[b, i, d], NOT_FOUND),
        ("ListIngestionDestinations", &[b, i], NOT_FOUND),
        ("ListTagsForResource", &["resourceArn"], NOT_FOUND),
        ("StartIngestion", &[b, i], NOT_FOUND),
        ("StopIngestion", &[b, i], NOT_FOUND),
        ("TagResource", &["resourceArn", "tags"], NOT_FOUND),
        ("UntagResource", &["resourceArn", "tagKeys"], NOT_FOUND),
        ("UpdateAppAuthorization", &[b, a], NOT_FOUND),
        (
            "UpdateIngestionDestination",
            &[b, i, d, configuration],
            NOT_FOUND,
        ),
    ];
    for (operation, members, code) in cases {
        let input = input(members).to_string();
        let error = local.client.call(operation, &input).await.unwrap_err();
        assert_eq!(error.code(), Some(code), "{operation}: {error}");
    }
    let cases: [(&str, &[&str], &str); 6] = [
        (
            "CreateAppAuthorization",
            &["app", "authType", "credential", "tenant"],
            NOT_FOUND,
        ),
        ("DeleteAppBundle", &[], INVALID),
        ("GetAppBundle", &[], NOT_FOUND),
        ("ListAppAuthorizations", &[], NOT_FOUND),
        ("ListIngestions", &[], NOT_FOUND),
        ("StartUserAccessTasks", &["email"], NOT_FOUND),
    ];
    for (operation, members, code) in cases {
        let mut input = input(members);
        input["appBundleIdentifier"] = NO_UUID.into();
        let input = input.to_string();
        let error = local.client.call(operation, &input).await.unwrap_err();
        assert_eq!(error.code(), Some(code), "{operation}: {error}");
    }
}

const NOT_FOUND: &str = "ResourceNotFoundException";
const INVALID: &str = "ValidationException";

#[tokio::test]
async fn accounts_and_regions_are_separate() {
    let local = Local::start(&["--account", "OTHER=210987654321"]).await;
    let bundle = local.bundle().await;
    let id = bundle
        .strip_prefix("arn:aws:appfabric:us-east-1:123456789012:appbundle/")
        .unwrap();
    let url = local.running.url();
    for (region, key_id, place) in [
        ("eu-west-1", "AKID", "eu-west-1:123456789012"),
        ("us-east-1", "OTHER", "us-east-1:210987654321"),
    ] {
        let client = client(url, region, key(key_id, None));
        let get = client.get_app_bundle().app_bundle_identifier(id);
        let error = get.send().await.unwrap_err();
        assert!(matches!(error, Error::ResourceNotFoundException(_)));
        let output = client.create_app_bundle().send().await.unwrap();
        let arn = output.app_bundle.arn;
        assert!(arn.starts_with(&format!("arn:aws:appfabric:{place}:appbundle/")));
    }
    let get = local.client.get_app_bundle().app_bundle_identifier(id);
    assert_eq!(get.send().await.unwrap().app_bundle.arn, bundle);
}

/// The constraints of the model are those of the emitted server. The error is the service's own.
#[tokio::test]
async fn inputs_that_the_model_forbids_name_all_members() {
    let local = Local::start(&[]).await;
    let bundle = local.bundle().await;
    let input = serde_json::json!({
        "appBundleIdentifier": bundle, "app": "", "authType": "other",
        "credential": {"apiKeyCredential": {"apiKey": "key-0".repeat(500)}},
        "tenant": {"tenantIdentifier": "", "tenantDisplayName": "x"}, "clientToken": "no uuid",
    });
    let input = input.to_string();
    let create = local.client.call("CreateAppAuthorization", &input);
    let Error::ValidationException(error) = create.await.unwrap_err() else {
        panic!("another error");
    };
    assert_eq!(
        error.reason,
        ValidationExceptionReason::FieldValidationFailed
    );
    let fields = error.field_list.as_deref().unwrap();
    let mut names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
    names.sort_unstable();
    let key = "credential.apiKeyCredential.apiKey";
    assert_eq!(
        names,
        [
            "app",
            "authType",
            "clientToken",
            key,
            "tenant.tenantIdentifier"
        ]
    );
    // Sensitive values are not repeated.
    assert!(!format!("{error:?}").contains("key-0"), "{error:?}");
}
