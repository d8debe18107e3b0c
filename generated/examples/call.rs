//! Calls any operation of AppFabric by name.
//!
//! ```text
//! cargo run -p appfabric --example call -- ListAppBundles '{"maxResults": 10}' --region us-east-1
//! ```
//!
//! Credentials come from the environment (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
//! `AWS_SESSION_TOKEN`), and so do region and endpoint unless they are given.

use appfabric::Client;
use std::process::ExitCode;

const USAGE: &str = "usage: call OPERATION JSON [--endpoint-url URL] [--region REGION]";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match call(std::env::args().skip(1)).await {
        Ok(output) => {
            println!("{output}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn call(
    mut arguments: impl Iterator<Item = String>,
) -> Result<String, Box<dyn std::error::Error>> {
    let mut client = Client::builder().env();
    let mut positional = Vec::new();
    while let Some(argument) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .ok_or_else(|| format!("{argument} needs a value; {USAGE}"))
        };
        match argument.as_str() {
            "--endpoint-url" => client = client.endpoint_url(value()?),
            "--region" => client = client.region(value()?),
            flag if flag.starts_with("--") => {
                return Err(format!("unknown option {flag}; {USAGE}").into());
            }
            _ => positional.push(argument),
        }
    }
    let [operation, input] = positional.as_slice() else {
        return Err(USAGE.into());
    };
    Ok(client.build()?.call(operation, input).await?)
}
