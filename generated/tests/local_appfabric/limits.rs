//! What resources may be: quotas, conflicts and what depends on the values of members.

use crate::{Local, named, oauth2};
use appfabric::Error;
use appfabric::types::{
    ApiKeyCredential, AuditLogDestinationConfiguration, AuditLogProcessingConfiguration, AuthType,
    Destination, DestinationConfiguration, FirehoseStream, Format, IngestionDestinationStatus,
    IngestionState, IngestionType, ProcessingConfiguration, S3Bucket, Schema, Tag,
    ValidationExceptionReason,
};

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
