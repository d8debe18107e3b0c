//! Prints a `curl` command that returns an app bundle and is valid for 15 minutes, without credentials.
//!
//! ```text
//! AWS_REGION=us-east-1 cargo run -p appfabric --example presign -- BUNDLE
//! ```

use appfabric::Client;
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bundle = std::env::args().nth(1).ok_or("usage: presign BUNDLE")?;
    let request = Client::from_env()?
        .get_app_bundle()
        .app_bundle_identifier(bundle)
        .presigned(Duration::from_secs(15 * 60))
        .await?;
    println!("curl --request {} '{}'", request.method(), request.uri());
    Ok(())
}
