use super::{BUNDLE, BUNDLE_ID, INGESTION, INGESTION_ID, golden, nothing, two_tags, wire};
use appfabric::operations::{
    CreateIngestionDestination, DeleteIngestionDestination, GetIngestionDestination,
    ListIngestionDestinations, UpdateIngestionDestination,
};
use appfabric::types::{
    AuditLogDestinationConfiguration, AuditLogProcessingConfiguration, Destination, FirehoseStream,
    Format, S3Bucket, Schema,
};
use serde_json::json;

const DESTINATION: &str =
    "arn:aws:appfabric:us-east-1:111122223333:appbundle/b1/ingestion/i1/ingestiondestination/d1";
const DESTINATION_ID: &str = "1f2e3d4c-0000-4a5b-8c9d-00000000000d";

fn to(destination: impl Into<Destination>) -> AuditLogDestinationConfiguration {
    AuditLogDestinationConfiguration::builder()
        .destination(destination)
        .build()
}

#[test]
fn create_ingestion_destination() {
    golden(
        CreateIngestionDestination::builder()
            .app_bundle_identifier(BUNDLE)
            .ingestion_identifier(INGESTION)
            .processing_configuration(
                AuditLogProcessingConfiguration::builder()
                    .schema(Schema::Ocsf)
                    .format(Format::Json)
                    .build(),
            )
            .destination_configuration(to(S3Bucket::builder()
                .bucket_name("acme-audit-logs")
                .prefix("appfabric/2024")
                .build()))
            .client_token("0f0e0d0c-0b0a-4908-8706-050403020100")
            .tags(two_tags())
            .build(),
        CreateIngestionDestination::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .ingestion_identifier(INGESTION_ID)
            .processing_configuration(
                AuditLogProcessingConfiguration::builder()
                    .schema(Schema::Raw)
                    .format(Format::Parquet)
                    .build(),
            )
            .destination_configuration(to(FirehoseStream::builder()
                .stream_name("acme-audit-stream")
                .build()))
            .build(),
        |output| json!({"ingestionDestination": wire(&output.ingestion_destination)}),
    );
}

#[test]
fn delete_ingestion_destination() {
    golden(
        DeleteIngestionDestination::builder()
            .app_bundle_identifier(BUNDLE)
            .ingestion_identifier(INGESTION)
            .ingestion_destination_identifier(DESTINATION)
            .build(),
        DeleteIngestionDestination::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .ingestion_identifier(INGESTION_ID)
            .ingestion_destination_identifier(DESTINATION_ID)
            .build(),
        nothing,
    );
}

#[test]
fn get_ingestion_destination() {
    golden(
        GetIngestionDestination::builder()
            .app_bundle_identifier(BUNDLE)
            .ingestion_identifier(INGESTION)
            .ingestion_destination_identifier(DESTINATION)
            .build(),
        GetIngestionDestination::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .ingestion_identifier(INGESTION_ID)
            .ingestion_destination_identifier(DESTINATION_ID)
            .build(),
        |output| json!({"ingestionDestination": wire(&output.ingestion_destination)}),
    );
}

#[test]
fn list_ingestion_destinations() {
    golden(
        ListIngestionDestinations::builder()
            .app_bundle_identifier(BUNDLE)
            .ingestion_identifier(INGESTION)
            .max_results(50)
            .next_token("a+b/c==&d e~é%2F?#")
            .build(),
        ListIngestionDestinations::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .ingestion_identifier(INGESTION_ID)
            .build(),
        |output| {
            json!({
                "ingestionDestinations": wire(&output.ingestion_destinations),
                "nextToken": output.next_token,
            })
        },
    );
}

#[test]
fn update_ingestion_destination() {
    golden(
        UpdateIngestionDestination::builder()
            .app_bundle_identifier(BUNDLE)
            .ingestion_identifier(INGESTION)
            .ingestion_destination_identifier(DESTINATION)
            .destination_configuration(to(S3Bucket::builder()
                .bucket_name("acme-audit-logs")
                .prefix("appfabric/2024")
                .build()))
            .build(),
        UpdateIngestionDestination::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .ingestion_identifier(INGESTION_ID)
            .ingestion_destination_identifier(DESTINATION_ID)
            .destination_configuration(to(S3Bucket::builder()
                .bucket_name("acme-audit-logs")
                .build()))
            .build(),
        |output| json!({"ingestionDestination": wire(&output.ingestion_destination)}),
    );
}
