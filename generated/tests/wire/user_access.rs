use super::{BUNDLE, BUNDLE_ID, golden, wire};
use appfabric::operations::{BatchGetUserAccessTasks, StartUserAccessTasks};
use serde_json::json;

#[test]
fn batch_get_user_access_tasks() {
    golden(
        BatchGetUserAccessTasks::builder()
            .app_bundle_identifier(BUNDLE)
            .task_id_list([
                "1f2e3d4c-0000-4a5b-8c9d-00000000000a",
                "1f2e3d4c-0000-4a5b-8c9d-00000000000c",
            ])
            .build(),
        BatchGetUserAccessTasks::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .task_id_list(["1f2e3d4c-0000-4a5b-8c9d-00000000000a"])
            .build(),
        |output| json!({"userAccessResultsList": wire(&output.user_access_results_list)}),
    );
}

#[test]
fn start_user_access_tasks() {
    golden(
        StartUserAccessTasks::builder()
            .app_bundle_identifier(BUNDLE)
            .email("jane.o'neil+x@example.com")
            .build(),
        StartUserAccessTasks::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .email("j@example.com")
            .build(),
        |output| json!({"userAccessTasksList": wire(&output.user_access_tasks_list)}),
    );
}
