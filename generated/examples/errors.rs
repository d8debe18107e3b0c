//! Creates an app bundle, or reports the one that exists.
//!
//! ```text
//! AWS_REGION=us-east-1 cargo run -p appfabric --example errors
//! ```

use appfabric::rt::retry::RetryPolicy;
use appfabric::{Client, Error};
use std::time::Duration;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .env()
        .retry(RetryPolicy::standard().max_attempts(5))
        .operation_timeout(Duration::from_secs(30))
        .build()?;
    match client.create_app_bundle().send().await {
        Ok(output) => println!("created {}", output.app_bundle.arn),
        // An error of the model, with its members.
        Err(Error::ConflictException(conflict)) => println!("{} exists", conflict.resource_id),
        Err(error) if error.is_throttling() => {
            println!("too many requests, after {} attempts", error.attempts());
        }
        Err(error) => {
            // AWS Support asks for the ID.
            eprintln!("request ID: {}", error.request_id().unwrap_or("none"));
            return Err(error.into());
        }
    }
    Ok(())
}
