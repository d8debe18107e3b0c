use super::{BUNDLE, BUNDLE_ID, INGESTION, INGESTION_ID, golden, nothing, two_tags, wire};
use appfabric::operations::{
    CreateIngestion, DeleteIngestion, GetIngestion, ListIngestions, StartIngestion, StopIngestion,
};
use appfabric::types::IngestionType;
use serde_json::json;

#[test]
fn create_ingestion() {
    golden(
        CreateIngestion::builder()
            .app_bundle_identifier(BUNDLE)
            .app("SLACK")
            .tenant_id("T0123")
            .ingestion_type(IngestionType::AuditLog)
            .client_token("0f0e0d0c-0b0a-4908-8706-050403020100")
            .tags(two_tags())
            .build(),
        CreateIngestion::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .app("ZOOM")
            .tenant_id("T")
            .ingestion_type(IngestionType::AuditLog)
            .build(),
        |output| json!({"ingestion": wire(&output.ingestion)}),
    );
}

#[test]
fn delete_ingestion() {
    golden(
        DeleteIngestion::builder()
            .app_bundle_identifier(BUNDLE)
            .ingestion_identifier(INGESTION)
            .build(),
        DeleteIngestion::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .ingestion_identifier(INGESTION_ID)
            .build(),
        nothing,
    );
}

#[test]
fn get_ingestion() {
    golden(
        GetIngestion::builder()
            .app_bundle_identifier(BUNDLE)
            .ingestion_identifier(INGESTION)
            .build(),
        GetIngestion::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .ingestion_identifier(INGESTION_ID)
            .build(),
        |output| json!({"ingestion": wire(&output.ingestion)}),
    );
}

#[test]
fn list_ingestions() {
    golden(
        ListIngestions::builder()
            .app_bundle_identifier(BUNDLE)
            .max_results(50)
            .next_token("a+b/c==&d e~é%2F?#")
            .build(),
        ListIngestions::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .build(),
        |output| json!({"ingestions": wire(&output.ingestions), "nextToken": output.next_token}),
    );
}

#[test]
fn start_ingestion() {
    golden(
        StartIngestion::builder()
            .app_bundle_identifier(BUNDLE)
            .ingestion_identifier(INGESTION)
            .build(),
        StartIngestion::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .ingestion_identifier(INGESTION_ID)
            .build(),
        nothing,
    );
}

#[test]
fn stop_ingestion() {
    golden(
        StopIngestion::builder()
            .app_bundle_identifier(BUNDLE)
            .ingestion_identifier(INGESTION)
            .build(),
        StopIngestion::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .ingestion_identifier(INGESTION_ID)
            .build(),
        nothing,
    );
}
