//! Errors: each operation returns those that it declares.

use crate::{Local, client, key, named, oauth2};
use appfabric::Error;
use appfabric::types::{
    ApiKeyCredential, AuditLogDestinationConfiguration, AuditLogProcessingConfiguration, AuthType,
    Destination, DestinationConfiguration, FirehoseStream, Format, IngestionDestinationStatus,
    IngestionState, IngestionType, ProcessingConfiguration, S3Bucket, Schema, Tag,
    ValidationExceptionReason,
};

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

#[tokio::test]
async fn authorizations_are_checked() {
    let local = Local::start(&[]).await;
    let bundle = local.bundle().await;
    local.authorization(&bundle, "SLACK", "T1").await;
    let create = || {
        local
            .client
            .create_app_authorization()
            .app_bundle_identifier(&bundle)
            .auth_type(AuthType::ApiKey)
            .tenant(named("T1"))
    };
    let api_key = || ApiKeyCredential::builder().api_key("k").build();
    let same = create().app("SLACK").credential(api_key()).send().await;
    assert!(
        matches!(same, Err(Error::ConflictException(it)) if it.resource_type == "appAuthorization")
    );
    let unknown = create().app("slack").credential(api_key()).send().await;
    assert_eq!(invalid_member(unknown.unwrap_err()), "app");
    let mixed = create().app("ASANA").credential(oauth2()).send().await;
    assert_eq!(invalid_member(mixed.unwrap_err()), "credential");
    for number in 2..=50 {
        local
            .authorization(&bundle, "SLACK", &format!("T{number}"))
            .await;
    }
    let more = create().app("ASANA").credential(api_key()).send().await;
    assert!(
        matches!(more, Err(Error::ServiceQuotaExceededException(it)) if it.service_code == "appfabric")
    );
}

/// The member that the error is about.
#[track_caller]
fn invalid_member(error: Error) -> String {
    let Error::ValidationException(error) = error else {
        panic!("{error:?}");
    };
    assert_eq!(
        error.reason,
        ValidationExceptionReason::FieldValidationFailed
    );
    error.field_list.as_ref().unwrap()[0].name.clone()
}

#[tokio::test]
async fn destinations_are_limited_unique_and_may_fail() {
    let local = Local::start(&[]).await;
    let bundle = local.bundle().await;
    local.connected(&bundle, "OKTA", "T1").await;
    let create = || {
        local
            .client
            .create_ingestion()
            .app_bundle_identifier(&bundle)
            .app("OKTA")
            .tenant_id("T1")
            .ingestion_type(IngestionType::AuditLog)
    };
    let ingestion = create().send().await.unwrap().ingestion.arn;
    assert!(matches!(
        create().send().await,
        Err(Error::ConflictException(_))
    ));

    let add = |destination: Destination| {
        let processing = AuditLogProcessingConfiguration::builder()
            .schema(Schema::Raw)
            .format(Format::Json)
            .build();
        local
            .client
            .create_ingestion_destination()
            .app_bundle_identifier(&bundle)
            .ingestion_identifier(&ingestion)
            .destination_configuration(configuration(destination))
            .processing_configuration(ProcessingConfiguration::AuditLog(processing))
            .send()
    };
    let bucket = |name: &str| Destination::from(S3Bucket::builder().bucket_name(name).build());
    let stream =
        |name: &str| Destination::from(FirehoseStream::builder().stream_name(name).build());
    let good = add(bucket("logs")).await.unwrap().ingestion_destination;
    assert_eq!(good.status, Some(IngestionDestinationStatus::Active));
    assert!(matches!(
        add(bucket("logs")).await,
        Err(Error::ConflictException(_))
    ));
    let bad = add(stream("fail-logs"))
        .await
        .unwrap()
        .ingestion_destination;
    assert_eq!(bad.status, Some(IngestionDestinationStatus::Failed));
    assert!(bad.status_reason.is_some());

    let update = |destination: Destination| {
        local
            .client
            .update_ingestion_destination()
            .app_bundle_identifier(&bundle)
            .ingestion_identifier(&ingestion)
            .ingestion_destination_identifier(&bad.arn)
            .destination_configuration(configuration(destination))
            .send()
    };
    assert!(matches!(
        update(bucket("logs")).await,
        Err(Error::ConflictException(_))
    ));
    let repaired = update(stream("logs")).await.unwrap().ingestion_destination;
    assert_eq!(repaired.status, Some(IngestionDestinationStatus::Active));
    assert_eq!(repaired.status_reason, None);

    for name in ["logs3", "logs4", "logs5"] {
        add(bucket(name)).await.unwrap();
    }
    let more = add(bucket("logs6")).await;
    assert!(matches!(more, Err(Error::ServiceQuotaExceededException(_))));

    // AWS AppFabric API Reference, DeleteIngestionDestination: the ingestion is disabled.
    let start = local
        .client
        .start_ingestion()
        .app_bundle_identifier(&bundle);
    start.ingestion_identifier(&ingestion).send().await.unwrap();
    let delete = local.client.delete_ingestion_destination();
    let delete = delete
        .app_bundle_identifier(&bundle)
        .ingestion_identifier(&ingestion);
    delete
        .ingestion_destination_identifier(&bad.arn)
        .send()
        .await
        .unwrap();
    let get = local.client.get_ingestion().app_bundle_identifier(&bundle);
    let output = get.ingestion_identifier(&ingestion).send().await.unwrap();
    assert_eq!(output.ingestion.state, IngestionState::Disabled);
}

fn configuration(destination: Destination) -> DestinationConfiguration {
    let log = AuditLogDestinationConfiguration::builder();
    DestinationConfiguration::AuditLog(log.destination(destination).build())
}

#[tokio::test]
async fn tags_have_limits() {
    let local = Local::start(&[]).await;
    let bundle = local.bundle().await;
    let tag = |key: &str, value: &str| Tag::builder().key(key).value(value).build();
    let add = |tags: Vec<Tag>| {
        local
            .client
            .tag_resource()
            .resource_arn(&bundle)
            .tags(tags)
            .send()
    };
    let first: Vec<_> = (0..50)
        .map(|number| tag(&format!("k{number}"), "v"))
        .collect();
    add(first).await.unwrap();
    // A key that exists is replaced, so it does not count.
    add(vec![tag("k0", "new")]).await.unwrap();
    assert_eq!(
        invalid_member(add(vec![tag("k50", "v")]).await.unwrap_err()),
        "tags"
    );
    assert_eq!(
        invalid_member(add(vec![tag("aws:x", "v")]).await.unwrap_err()),
        "tags"
    );
    let twice = add(vec![tag("k1", "v"), tag("k1", "w")]).await;
    assert_eq!(invalid_member(twice.unwrap_err()), "tags");
    let list = local.client.list_tags_for_resource().resource_arn(&bundle);
    let tags = list.send().await.unwrap().tags.unwrap();
    assert_eq!(tags.len(), 50);
    assert!(tags.contains(&tag("k0", "new")) && tags.contains(&tag("k1", "v")));
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
