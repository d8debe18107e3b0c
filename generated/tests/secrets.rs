//! Secrets do not occur in `Debug` and `Display` output, or in traces of any level.

#![cfg(feature = "client")]
#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use appfabric::Client;
use appfabric::operations::{ConnectAppAuthorization, CreateAppAuthorization};
use appfabric::rt::Body;
use appfabric::rt::client::Credentials;
use appfabric::rt::http;
use appfabric::rt::retry::RetryPolicy;
use appfabric::types::{ApiKeyCredential, AuthRequest, AuthType, Oauth2Credential, Tenant};
use std::collections::VecDeque;
use std::fmt::{Debug, Write as _};
use std::future::{Ready, ready};
use std::io;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber, span};

/// The access key, the session token, members of inputs, and values that the service repeats.
const SECRETS: [&str; 6] = [
    "s3cr3t-key",
    "s3cr3t-session",
    "s3cr3t-client",
    "s3cr3t-api",
    "s3cr3t-code",
    "s3cr3t-echo",
];

#[track_caller]
fn check(what: &str, text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{what} shows {secret}: {text}");
    }
}

#[track_caller]
fn check_debug(what: &str, value: &impl Debug) {
    check(what, &format!("{value:?} {value:#?}"));
}

type Answer = io::Result<(u16, String)>;

/// Returns the responses in their order.
#[derive(Clone)]
struct Canned(Arc<Mutex<VecDeque<Answer>>>);

impl tower_service::Service<http::Request<Body>> for Canned {
    type Response = http::Response<Body>;
    type Error = io::Error;
    type Future = Ready<io::Result<http::Response<Body>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        assert!(request.headers()["authorization"].is_sensitive());
        check_debug("a request", &request);
        ready(
            self.0
                .lock()
                .unwrap()
                .pop_front()
                .unwrap()
                .map(|(status, body)| {
                    let response = http::Response::builder()
                        .status(status)
                        .header("x-amzn-requestid", "id-1");
                    response.body(Body::from(body)).unwrap()
                }),
        )
    }
}

fn client(answers: impl IntoIterator<Item = Answer>) -> Client {
    let credentials = Credentials::new(
        "AKID",
        SECRETS[0],
        Some(SECRETS[1].to_owned()),
        None,
        "a provider of this test",
    );
    check_debug("credentials", &credentials);
    let builder = Client::builder()
        .region("us-east-1")
        .credentials(credentials)
        .retry(RetryPolicy::standard().max_backoff(Duration::ZERO))
        .transport(Canned(Arc::new(Mutex::new(answers.into_iter().collect()))));
    check_debug("a builder", &builder);
    let client = builder.build().unwrap();
    check_debug("a client", &client);
    client
}

fn create() -> CreateAppAuthorization {
    let oauth2 = Oauth2Credential::builder()
        .client_id("id")
        .client_secret(SECRETS[2]);
    check_debug("a builder of a credential", &oauth2);
    let builder = CreateAppAuthorization::builder()
        .app_bundle_identifier("b")
        .app("SLACK")
        .credential(oauth2.build())
        .tenant(
            Tenant::builder()
                .tenant_identifier("t")
                .tenant_display_name("t")
                .build(),
        )
        .auth_type(AuthType::Oauth2);
    check_debug("a builder of an operation", &builder);
    builder.build()
}

/// Records all spans and events.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<String>>);

impl Visit for Recorder {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0.lock().unwrap(), " {field}={value:?}").unwrap();
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        write!(
            self.0.lock().unwrap(),
            "\nspan {}",
            attributes.metadata().name()
        )
        .unwrap();
        attributes.record(&mut self.clone());
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        write!(self.0.lock().unwrap(), "\nspan has").unwrap();
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        write!(
            self.0.lock().unwrap(),
            "\nevent {}",
            event.metadata().target()
        )
        .unwrap();
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

#[test]
fn traces_have_no_secrets() {
    let recorder = Recorder::default();
    tracing::subscriber::with_default(recorder.clone(), || {
        tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap()
            .block_on(calls());
    });
    let traces = recorder.0.lock().unwrap().clone();
    check("a trace", &traces);
    // There is a span for each call and an event for each attempt, and none from the signer.
    let lines: Vec<&str> = traces
        .lines()
        .filter(|line| line.contains("CreateAppAuthorization"))
        .collect();
    assert_eq!(lines.len(), 3, "{traces}");
    let start = "span call service=\"AppFabric\" operation=\"CreateAppAuthorization\"";
    assert!(lines.iter().all(|line| line.starts_with(start)), "{traces}");
    let events: Vec<&str> = traces
        .lines()
        .filter(|line| line.starts_with("event "))
        .collect();
    assert!(
        events
            .iter()
            .all(|line| line.starts_with("event smithy_rt::")),
        "{traces}"
    );
    let attempt = "event smithy_rt::client::send::attempts message=attempt succeeded attempt=2 status=201 request_id=\"id-1\"";
    assert!(events.contains(&attempt), "{traces}");
    assert!(
        traces.contains("\nspan has attempts=2\nspan has status=201\nspan has request_id=\"id-1\""),
        "{traces}"
    );
}

async fn calls() {
    let input = create();
    check_debug("an input", &input);

    let created = format!(
        r#"{{"appAuthorization":{{"app":"SLACK","authUrl":"https://a","status":"PendingConnect","other":"{}"}}}}"#,
        SECRETS[5]
    );
    let client_ = client([Ok((500, SECRETS[5].to_owned())), Ok((201, created))]);
    check_debug("an output", &client_.send(&input).await.unwrap());

    // Only the code and the message of a JSON error are printed.
    for (status, body) in [
        (400, format!(r#"{{"other":"{}"}}"#, SECRETS[5])),
        (201, format!(r#"{{"appAuthorization":"{}""#, SECRETS[5])),
    ] {
        let error = client([Ok((status, body))]).send(&input).await.unwrap_err();
        check_debug("an error", &error);
        check("an error", &error.to_string());
    }

    let key = ApiKeyCredential::builder().api_key(SECRETS[3]).build();
    check_debug("an API key", &key);
    let auth = AuthRequest::builder()
        .redirect_uri("https://a")
        .code(SECRETS[4])
        .build();
    let connect = ConnectAppAuthorization::builder()
        .app_bundle_identifier("b")
        .app_authorization_identifier("a")
        .auth_request(auth)
        .build();
    check_debug("an input with a code", &connect);
    let failing = client((0..3).map(|_| Err(io::Error::other("the cable is out"))));
    let error = failing.send(&connect).await.unwrap_err();
    check_debug("a failure", &error);
    check("a failure", &error.to_string());

    let request = client([])
        .presigned(&connect, Duration::from_secs(60))
        .await
        .unwrap();
    // The session token is part of a presigned URL. The key and the secrets of the input are not.
    assert!(!request.uri().to_string().contains(SECRETS[0]));
}
