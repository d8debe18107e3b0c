//! The test in README.md:
//!
//! ```text
//! cargo test -p appfabric --features test-util --test test_your_code
//! ```

use appfabric::operations::DeleteIngestion;
use appfabric::rt::test_util::Script;
use appfabric::types::ConflictException;
use appfabric::{Client, Error};

/// The code under test: deletes an ingestion unless it is in use.
async fn tidy(client: &Client, bundle: &str, ingestion: &str) -> Result<bool, Error> {
    let delete = client
        .delete_ingestion()
        .app_bundle_identifier(bundle)
        .ingestion_identifier(ingestion);
    match delete.send().await {
        Ok(_) => Ok(true),
        Err(Error::ConflictException(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

#[tokio::test]
async fn an_ingestion_in_use_is_kept() {
    let script = Script::new();
    script.error::<DeleteIngestion>(
        ConflictException::builder()
            .message("it is enabled")
            .resource_id("i")
            .resource_type("ingestion")
            .build(),
    );
    let client: Client = script.client();
    assert!(!tidy(&client, "b", "i").await.unwrap());
    script
        .request()
        .assert_path("DELETE", "/appbundles/b/ingestions/i");
    script.finish();
}
