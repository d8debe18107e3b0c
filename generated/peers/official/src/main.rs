//! Makes the calls of `tests/local_appfabric/life.json` with the official crate `aws-sdk-appfabric` against
//! the example `local_appfabric`, and compares the results with the transcript of this repository's client.
//!
//! ```text
//! cargo run -p appfabric --features server --example local_appfabric -- --verify-signatures AKID:secret
//! LIFE_TRANSCRIPT=$PWD/target/life.json cargo test -p appfabric --features server --test local_appfabric life::
//! cargo run --manifest-path generated/peers/Cargo.toml -p official -- http://127.0.0.1:8420 target/life.json
//! ```
//!
//! The server must be new. The official crate cannot call an operation by name and has no serde, so the
//! results are compared by success or error code, and by the values that later calls use.

mod calls;

use aws_sdk_appfabric::Client;
use aws_sdk_appfabric::config::{BehaviorVersion, Credentials, Region, retry::RetryConfig};
use serde_json::{Map, Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let (url, transcript) = (arguments.next().unwrap(), arguments.next().unwrap());
    let config = aws_sdk_appfabric::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "official"))
        .retry_config(RetryConfig::disabled())
        .endpoint_url(&url)
        .build();
    let client = Client::from_conf(config);
    let steps = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/local_appfabric/life.json"
    );
    let steps: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(steps).unwrap()).unwrap();
    let expected: Vec<Value> =
        serde_json::from_str(&std::fs::read_to_string(transcript).unwrap()).unwrap();
    let mut kept = Map::new();
    let (mut index, mut differences) = (0, 0);
    for step in &steps {
        if let Some(seconds) = step["advance"].as_u64() {
            post(&url, &format!("{url}/_local/clock?advance={seconds}")).await;
        } else if let Some(name) = step["approve"].as_str() {
            let head = post(&url, kept[&name[1..]].as_str().unwrap()).await;
            let code = head
                .split("?code=")
                .nth(1)
                .unwrap()
                .split(['&', '\r'])
                .next()
                .unwrap();
            kept.insert("code".to_owned(), json!(code));
        } else {
            let operation = step["call"].as_str().unwrap();
            let input = filled(&step["input"], &kept);
            let outcome = calls::call(&client, operation, &input).await;
            let expected = &expected[index][1];
            let same = match &outcome {
                Ok(facts) => {
                    kept.extend(facts.clone());
                    !expected.is_string()
                }
                Err(code) => expected == code.as_str(),
            };
            if !same {
                differences += 1;
                println!("call {index}, {operation}: {outcome:?}, expected {expected}");
            }
            index += 1;
        }
    }
    println!("{index} calls with aws-sdk-appfabric, {differences} differ");
    std::process::exit(i32::from(differences > 0 || index != expected.len()));
}

/// The input with `$name` replaced by what was kept.
fn filled(input: &Value, kept: &Map<String, Value>) -> Value {
    match input {
        Value::String(text) => match text.strip_prefix('$') {
            Some(name) => kept[name].clone(),
            None => input.clone(),
        },
        Value::Array(items) => items.iter().map(|item| filled(item, kept)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), filled(value, kept)))
            .collect(),
        _ => input.clone(),
    }
}

/// The head of the response to a POST without a body.
async fn post(server: &str, url: &str) -> String {
    let address = server.strip_prefix("http://").unwrap();
    let target = url.strip_prefix(server).unwrap();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!(
        "POST {target} HTTP/1.1\r\nhost: {address}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    response
}
