//! Signatures.

use crate::local::signature::{Keys, verify};
use crate::{Local, client, key};
use appfabric::Client;
use appfabric::rt::client::System;
use appfabric::rt::retry::RetryPolicy;
use appfabric::rt::{RequestError, Timestamp, http, random_token};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const KEYS: [&str; 4] = [
    "--verify-signatures",
    "AKID:secret",
    "--verify-signatures",
    "ASIA:secret:session",
];

#[tokio::test]
async fn good_signatures_are_accepted() {
    let local = Local::start(&KEYS).await;
    let bundle = local.bundle().await;
    let temporary = client(
        local.running.url(),
        "us-east-1",
        key("ASIA", Some("session")),
    );
    temporary
        .list_app_bundles()
        .max_results(1)
        .send()
        .await
        .unwrap();
    // An ARN in the path is encoded twice in the canonical request.
    let list = temporary.list_tags_for_resource().resource_arn(&bundle);
    list.send().await.unwrap();
    let untag = temporary.untag_resource().resource_arn(&bundle);
    untag.tag_keys(["a b", "ü&="]).send().await.unwrap();
    let url = local.client.get_app_bundle().app_bundle_identifier(&bundle);
    let presigned = url.presigned(Duration::from_secs(60)).await.unwrap();
    let target = presigned.uri().path_and_query().unwrap().to_string();
    let (status, _, body) = local.send("GET", &target).await;
    assert!(status == 200 && body.contains(&bundle), "{body}");
    let (status, head, _) = local
        .send("GET", &target.replace("Expires=60", "Expires=61"))
        .await;
    assert!(
        status == 403 && head.contains("InvalidSignatureException"),
        "{head}"
    );
}

#[tokio::test]
async fn bad_signatures_are_refused_with_the_errors_of_the_service() {
    let local = Local::start(&KEYS).await;
    let url = local.running.url();
    let other = |secret: &str, token: Option<&str>, id: &str| {
        let token = token.map(str::to_owned);
        let credentials = appfabric::rt::client::Credentials::new(id, secret, token, None, "test");
        client(url, "us-east-1", credentials)
    };
    for (client, code, status) in [
        (
            other("wrong", None, "AKID"),
            "InvalidSignatureException",
            403,
        ),
        (
            other("secret", None, "NONE"),
            "UnrecognizedClientException",
            403,
        ),
        (
            other("secret", None, "ASIA"),
            "UnrecognizedClientException",
            403,
        ),
        (
            other("secret", Some("x"), "ASIA"),
            "UnrecognizedClientException",
            403,
        ),
        (skewed(url, 16 * 60), "InvalidSignatureException", 403),
        (skewed(url, -16 * 60), "InvalidSignatureException", 403),
    ] {
        let error = client.list_app_bundles().send().await.unwrap_err();
        assert_eq!(error.code(), Some(code), "{error}");
        assert_eq!(error.status().map(|it| it.as_u16()), Some(status));
    }
    for seconds in [14 * 60, -14 * 60] {
        skewed(url, seconds)
            .list_app_bundles()
            .send()
            .await
            .unwrap();
    }
    let (status, head, body) = local.send("GET", "/appbundles").await;
    assert!(
        status == 403 && head.contains("MissingAuthenticationTokenException"),
        "{head}"
    );
    assert!(body.contains("Missing Authentication Token"), "{body}");
    // The page is for people.
    assert_eq!(local.send("GET", "/").await.0, 200);
}

/// A client whose clock is wrong by some seconds, and which does not correct it.
fn skewed(url: &str, seconds: i64) -> Client {
    Client::builder()
        .endpoint_url(url)
        .region("us-east-1")
        .credentials(key("AKID", None))
        .system(Skewed(seconds))
        .retry(RetryPolicy::off())
        .build()
        .unwrap()
}

struct Skewed(i64);

impl System for Skewed {
    fn now(&self) -> SystemTime {
        let offset = Duration::from_secs(self.0.unsigned_abs());
        match self.0 < 0 {
            true => SystemTime::now() - offset,
            false => SystemTime::now() + offset,
        }
    }

    fn token(&self) -> Result<String, RequestError> {
        random_token()
    }
}

/// The test suite of AWS: each signed request is accepted, and refused after a change.
#[test]
#[ignore = "needs the reference data, see CONTRIBUTING.md; .ci/run runs it"]
fn the_test_suite_of_aws_is_accepted() {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let data = std::env::var_os("SMITHY_TEST_DATA").map_or_else(default, PathBuf::from);
    let mut count = 0;
    for case in std::fs::read_dir(data.join("sigv4")).unwrap() {
        let case = case.unwrap().path();
        let read = |name: &str| std::fs::read_to_string(case.join(name)).unwrap();
        let context: Value = serde_json::from_str(&read("context.json")).unwrap();
        // Only S3 does not normalize paths.
        if context["normalize"] == false {
            continue;
        }
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let credentials = &context["credentials"];
        let (id, secret) = (
            &credentials["access_key_id"],
            &credentials["secret_access_key"],
        );
        let token = match &credentials["token"] {
            Value::Null => String::new(),
            token => format!(":{}", text(token)),
        };
        let mut keys = Keys::default();
        keys.add(&format!("{}:{}{token}", text(id), text(secret)))
            .unwrap();
        let now: Timestamp = text(&context["timestamp"]).parse().unwrap();
        for name in ["header-signed-request.txt", "query-signed-request.txt"] {
            // A query that got the token after it was signed: AppFabric expects it signed.
            if name.starts_with("query") && context["omit_session_token"] == true {
                continue;
            }
            let Some((head, body)) = parsed(&read(name)) else {
                continue;
            };
            let result = verify(&keys, "service", &head, body.as_bytes(), now);
            assert_eq!(result, Ok(()), "{} {name}", case.display());
            let changed = format!("{body}.");
            let result = verify(&keys, "service", &head, changed.as_bytes(), now);
            let refused = matches!(result, Err(it) if it.code == "InvalidSignatureException");
            assert!(refused, "{} {name}", case.display());
            count += 1;
        }
    }
    assert!(count > 40, "{count}");
}

/// A request in the form of the suite; `None` if it is not valid HTTP.
fn parsed(text: &str) -> Option<(http::request::Parts, String)> {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let (method, rest) = lines.next()?.split_once(' ')?;
    let target = rest.strip_suffix(" HTTP/1.1")?;
    let mut request = http::Request::builder().method(method).uri(target);
    for line in lines {
        let (name, value) = line.split_once(':')?;
        request = request.header(name, value);
    }
    let (head, ()) = request.body(()).ok()?.into_parts();
    Some((head, body.to_owned()))
}
