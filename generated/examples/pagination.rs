//! Prints the ingestions of all app bundles that are disabled.
//!
//! ```text
//! AWS_REGION=us-east-1 cargo run -p appfabric --example pagination
//! ```

use appfabric::types::IngestionState;
use appfabric::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let mut bundles = client.list_app_bundles().items();
    while let Some(bundle) = bundles.next().await {
        let bundle = bundle?.arn;
        for ingestion in disabled(&client, &bundle).await? {
            println!("{bundle}: {ingestion}");
        }
    }
    Ok(())
}

/// The ARNs of the disabled ingestions of a bundle.
async fn disabled(client: &Client, bundle: &str) -> Result<Vec<String>, Error> {
    let ingestions = client
        .list_ingestions()
        .app_bundle_identifier(bundle)
        .max_results(100)
        .items();
    let mut all = ingestions.try_collect().await?;
    all.retain(|ingestion| ingestion.state == IngestionState::Disabled);
    Ok(all.into_iter().map(|ingestion| ingestion.arn).collect())
}
