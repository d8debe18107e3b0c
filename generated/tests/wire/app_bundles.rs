use super::{BUNDLE, BUNDLE_ID, golden, nothing, two_tags, wire};
use appfabric::operations::{CreateAppBundle, DeleteAppBundle, GetAppBundle, ListAppBundles};
use serde_json::json;

#[test]
fn create_app_bundle() {
    golden(
        CreateAppBundle::builder()
            .client_token("0f0e0d0c-0b0a-4908-8706-050403020100")
            .customer_managed_key_identifier(
                "arn:aws:kms:us-east-1:111122223333:key/1f2e3d4c-0000-4a5b-8c9d-00000000000d",
            )
            .tags(two_tags())
            .build(),
        CreateAppBundle::builder().build(),
        |output| json!({"appBundle": wire(&output.app_bundle)}),
    );
}

#[test]
fn delete_app_bundle() {
    golden(
        DeleteAppBundle::builder()
            .app_bundle_identifier(BUNDLE)
            .build(),
        DeleteAppBundle::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .build(),
        nothing,
    );
}

#[test]
fn get_app_bundle() {
    golden(
        GetAppBundle::builder()
            .app_bundle_identifier(BUNDLE)
            .build(),
        GetAppBundle::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .build(),
        |output| json!({"appBundle": wire(&output.app_bundle)}),
    );
}

#[test]
fn list_app_bundles() {
    golden(
        ListAppBundles::builder()
            .max_results(50)
            .next_token("a+b/c==&d e~é%2F?#")
            .build(),
        ListAppBundles::builder().build(),
        |output| {
            json!({
                "appBundleSummaryList": wire(&output.app_bundle_summary_list),
                "nextToken": output.next_token,
            })
        },
    );
}
