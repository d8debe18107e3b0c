//! The whole life of an app bundle: the calls of `life.json`, which `../boto3_life.py` makes with
//! boto3, too. The transcript of both is the same.

use crate::Local;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

#[tokio::test]
async fn all_operations_answer_as_the_service_does() {
    let steps: Vec<Value> = serde_json::from_str(include_str!("life.json")).unwrap();
    let local = Local::start(&[]).await;
    let mut kept = Map::new();
    let mut transcript = Vec::new();
    for step in &steps {
        if let Some(seconds) = step["advance"].as_u64() {
            local.advance(seconds).await;
        } else if let Some(name) = step["approve"].as_str() {
            let url = kept[&name[1..]].as_str().unwrap();
            let target = url.strip_prefix(local.running.url()).unwrap();
            let (status, head, _) = local.send("POST", target).await;
            assert_eq!(status, 303);
            let (_, code) = head.split_once("?code=").unwrap();
            let code = code.split('&').next().unwrap();
            kept.insert(step["keep"].as_str().unwrap().to_owned(), json!(code));
        } else {
            let operation = step["call"].as_str().unwrap();
            let input = filled(&step["input"], &kept).to_string();
            let outcome = match local.client.call(operation, &input).await {
                Ok(output) => serde_json::from_str(&output).unwrap(),
                Err(error) => json!(error.code().unwrap_or("no code")),
            };
            for (name, path) in step["keep"].as_object().into_iter().flatten() {
                let pointer = format!("/{}", path.as_str().unwrap().replace('.', "/"));
                kept.insert(name.clone(), outcome.pointer(&pointer).unwrap().clone());
            }
            transcript.push(json!([operation, outcome]));
        }
    }
    let called: BTreeSet<_> = transcript
        .iter()
        .map(|it| it[0].as_str().unwrap())
        .collect();
    assert_eq!(called.len(), 26);
    let errors: Vec<_> = transcript
        .iter()
        .filter(|it| it[1].is_string())
        .map(|it| format!("{} {}", it[0].as_str().unwrap(), it[1].as_str().unwrap()))
        .collect();
    assert_eq!(errors, ERRORS);
    if let Ok(path) = std::env::var("LIFE_TRANSCRIPT") {
        std::fs::write(path, Value::from(transcript).to_string()).unwrap();
    }
}

/// The errors, in the order of the calls. Each is one that the operation declares.
const ERRORS: [&str; 12] = [
    "CreateAppBundle ServiceQuotaExceededException",
    // hashicorp/terraform-provider-aws#37291
    "CreateIngestion ValidationException",
    // Without a code, and with one that was used.
    "ConnectAppAuthorization ValidationException",
    "ConnectAppAuthorization ValidationException",
    "StartIngestion ConflictException",
    // Enabled, and with a destination.
    "DeleteIngestion ValidationException",
    "StopIngestion ConflictException",
    "DeleteIngestion ValidationException",
    "DeleteAppAuthorization ValidationException",
    "DeleteAppBundle ConflictException",
    // It declares no ResourceNotFoundException.
    "DeleteAppBundle ValidationException",
    "GetAppBundle ResourceNotFoundException",
];

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
