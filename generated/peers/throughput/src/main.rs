//! The throughput of the emitted server, beside the same routes by hand in axum with serde.
//!
//! ```text
//! cargo run --release --manifest-path generated/peers/Cargo.toml -p throughput
//! ```
//!
//! Both servers run in this process over the same HTTP implementation (hyper), and receive the same
//! requests on 200 connections: a list of 100 app bundles, and a request to create an app
//! authorization, whose members have constraints. Rounds alternate between the servers; the ratio is
//! the median of the rounds. Both check the same constraints of the request to create: the one by
//! hand only lengths.

mod by_hand;
mod emitted;
mod load;

use load::Request;
use std::net::SocketAddr;

const ROUNDS: usize = 9;

#[tokio::main]
async fn main() {
    let emitted = emitted::serve().await;
    let by_hand = by_hand::serve().await;
    let body = r#"{"app": "SLACK", "authType": "apiKey", "credential": {"apiKeyCredential": {"apiKey": "key"}}, "tenant": {"tenantIdentifier": "T0123", "tenantDisplayName": "Acme"}, "tags": [{"key": "team", "value": "security"}]}"#;
    for (name, request) in [
        (
            "list of 100 app bundles",
            Request::new("GET", "/appbundles?maxResults=100", ""),
        ),
        (
            "creation of an app authorization",
            Request::new("POST", "/appbundles/arn:b-1/appauthorizations", body),
        ),
    ] {
        let same = load::body(emitted, &request).await == load::body(by_hand, &request).await;
        assert!(same, "the servers answer differently");
        compare(name, emitted, by_hand, &request).await;
    }
}

async fn compare(name: &str, emitted: SocketAddr, by_hand: SocketAddr, request: &Request) {
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(load::run(emitted, request).await);
        theirs.push(load::run(by_hand, request).await);
        ratios.push(ours[ours.len() - 1] / theirs[theirs.len() - 1]);
    }
    println!(
        "{name}: {:.0} requests per second, axum by hand {:.0}, ratio {:.2}",
        median(ours),
        median(theirs),
        median(ratios)
    );
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The ARN of an app bundle.
fn arn(number: i32) -> String {
    format!(
        "arn:aws:appfabric:us-east-1:123456789012:appbundle/{number:08}-0000-4000-8000-000000000000"
    )
}
