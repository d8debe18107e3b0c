//! Lists the app bundles in a program without async code.
//!
//! ```text
//! AWS_REGION=us-east-1 cargo run -p appfabric --features blocking --example blocking
//! ```

use appfabric::Client;
use appfabric::rt::blocking::{BlockOn, BlockOnEach};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    for bundle in client.list_app_bundles().items().block_on_each() {
        let arn = bundle?.arn;
        let tags = client.list_tags_for_resource().resource_arn(&arn);
        let tags = tags.send().block_on()?.tags.unwrap_or_default();
        println!("{arn}: {} tags", tags.len());
    }
    Ok(())
}
