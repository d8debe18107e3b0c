//! The client with its own transport, and a faulty server on loopback. Each case has its documented
//! result, and the server receives the expected number of requests.

#![cfg(feature = "https")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod blocking;
mod scripted;

use appfabric::operations::ListAppBundlesOutput;
use appfabric::rt::FailureKind;
use appfabric::rt::client::{Builder, Credentials, Sleep, System, Tokio};
use appfabric::rt::retry::RetryPolicy;
use appfabric::{Client, Error};
use scripted::Answer::{self, Drop, Write, WriteAndDrop, WriteAndStall};
use scripted::{Server, response};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const EMPTY: &str = r#"{"appBundleSummaryList":[]}"#;

/// Real time, but long sleeps end at once, and random sleeps have no length. Records the sleeps.
#[derive(Clone, Default)]
struct Hasty(Arc<Mutex<Vec<Duration>>>);

impl System for Hasty {
    fn sleep(&self, duration: Duration) -> Sleep {
        if duration < Duration::from_secs(1) {
            return Tokio.sleep(duration);
        }
        self.0.lock().unwrap().push(duration);
        Box::pin(std::future::ready(Ok(())))
    }

    fn random(&self) -> f64 {
        0.0
    }
}

fn builder(url: &str) -> Builder<Client> {
    Client::builder()
        .endpoint_url(url)
        .region("us-east-1")
        .credentials(Credentials::new("AKID", "secret", None, None, "test"))
        .read_timeout(Duration::from_millis(300))
        .system(Hasty::default())
}

async fn list(server: &Server) -> Result<ListAppBundlesOutput, Error> {
    builder(&server.url())
        .build()
        .unwrap()
        .list_app_bundles()
        .send()
        .await
}

fn success() -> Answer {
    Write(response("200 OK", "x-amzn-requestid: id-1\r\n", EMPTY))
}

#[track_caller]
fn kind(error: &Error) -> FailureKind {
    match error {
        Error::Failure(failure) => failure.kind(),
        error => unreachable!("{error:?}"),
    }
}

#[tokio::test]
async fn a_dropped_connection_is_retried() {
    let server = Server::start([Drop, success()]);
    list(&server).await.unwrap();
    assert_eq!(server.requests().len(), 2);

    let server = Server::start([Drop, Drop, Drop]);
    let error = list(&server).await.unwrap_err();
    assert_eq!(
        (kind(&error), error.attempts(), server.requests().len()),
        (FailureKind::Send, 3, 3)
    );
    let text = error.to_string();
    assert!(
        text.starts_with("ListAppBundles failed: cannot send the request (3 attempts in "),
        "{text}"
    );
    assert!(
        text.contains("connection closed before message completed")
            && !text.contains("client error"),
        "{text}"
    );
}

#[tokio::test]
async fn the_read_timeout_applies_to_head_and_body() {
    let part = b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"app".to_vec();
    for (silent, status) in [(Vec::new(), ""), (part, " (200)")] {
        let server = Server::start([WriteAndStall(silent.clone()), success()]);
        list(&server).await.unwrap();
        assert_eq!(server.requests().len(), 2);

        let server = Server::start([WriteAndStall(silent)]);
        let client = builder(&server.url())
            .retry(RetryPolicy::off())
            .build()
            .unwrap();
        let error = client.list_app_bundles().send().await.unwrap_err();
        assert_eq!(
            (kind(&error), server.requests().len()),
            (FailureKind::Timeout, 1)
        );
        let text = format!("ListAppBundles failed: timed out{status}: read timeout after 300ms");
        assert_eq!(error.to_string(), text);
        assert!(error.is_retryable());
    }
}

#[tokio::test]
async fn an_error_with_an_interrupted_body_keeps_its_status() {
    let head = "HTTP/1.1 403 Forbidden\r\nx-amzn-errortype: AccessDeniedException\r\ncontent-length: 20\r\n\r\n{\"me";
    let server = Server::start([WriteAndDrop(head.into())]);
    let error = list(&server).await.unwrap_err();
    let told = (
        error.status().map(|status| status.as_u16()),
        error.code(),
        server.requests().len(),
    );
    assert_eq!(
        told,
        (Some(403), Some("AccessDeniedException"), 1),
        "{error}"
    );
}

#[tokio::test]
async fn a_server_error_is_retried() {
    let server = Server::start([
        Write(response("500 Internal Server Error", "", "{}")),
        success(),
    ]);
    list(&server).await.unwrap();
    assert_eq!((server.requests().len(), server.connections()), (2, 1));
}

#[tokio::test]
async fn a_requested_pause_is_made() {
    let busy = response(
        "429 Too Many Requests",
        "retry-after: 3\r\n",
        r#"{"__type":"ThrottlingException"}"#,
    );
    let server = Server::start([Write(busy), success()]);
    let system = Hasty::default();
    let client = builder(&server.url())
        .system(system.clone())
        .build()
        .unwrap();
    client.list_app_bundles().send().await.unwrap();
    assert_eq!(server.requests().len(), 2);
    assert_eq!(*system.0.lock().unwrap(), [Duration::from_secs(3)]);
}

#[tokio::test]
async fn an_unreadable_body_is_not_requested_again() {
    let server = Server::start([Write(response(
        "200 OK",
        "x-amzn-requestid: id-1\r\n",
        r#"{"appBundleSummaryList":["#,
    ))]);
    let error = list(&server).await.unwrap_err();
    assert_eq!(
        (kind(&error), server.requests().len()),
        (FailureKind::Response, 1)
    );
    let text = error.to_string();
    assert!(
        text.starts_with(
            "ListAppBundles failed: cannot read the response (200, request id id-1): "
        ),
        "{text}"
    );
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn the_page_of_a_proxy_is_an_error() {
    let page = response(
        "502 Bad Gateway",
        "content-type: text/html\r\n",
        "<html><body>bad gateway</body></html>",
    );
    let server = Server::start([Write(page.clone()), Write(page.clone()), Write(page)]);
    let error = list(&server).await.unwrap_err();
    assert_eq!(
        (
            error.status().unwrap().as_u16(),
            error.code(),
            server.requests().len()
        ),
        (502, Some("502"), 3)
    );
    let text = error.to_string();
    assert!(
        text.starts_with(
            "ListAppBundles failed: 502 Bad Gateway, text/html, 37 bytes (3 attempts in "
        ),
        "{text}"
    );
}

#[tokio::test]
async fn large_responses_are_decoded() {
    let arn = "a".repeat(10_000_000);
    let body = format!(r#"{{"appBundleSummaryList":[{{"arn":"{arn}"}}]}}"#);
    let server = Server::start([Write(response("200 OK", "", &body))]);
    assert_eq!(
        list(&server).await.unwrap().app_bundle_summary_list[0]
            .arn
            .len(),
        10_000_000
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_chunked_body_is_read() {
    let chunks = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
                  10\r\n{\"appBundleSumma\r\nb\r\nryList\":[]}\r\n0\r\n\r\n";
    let server = Server::start([Write(chunks.as_bytes().to_vec())]);
    assert!(
        list(&server)
            .await
            .unwrap()
            .app_bundle_summary_list
            .is_empty()
    );
}

#[tokio::test]
async fn a_wrong_length_is_an_error() {
    let head = |length: usize| {
        format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{EMPTY}").into_bytes()
    };
    // Too long: the connection ends before the body.
    let server = Server::start([WriteAndDrop(head(EMPTY.len() + 1)), success()]);
    list(&server).await.unwrap();
    assert_eq!(server.requests().len(), 2);
    // Too short: the truncated body is not valid JSON.
    let server = Server::start([WriteAndDrop(head(EMPTY.len() - 1))]);
    let error = list(&server).await.unwrap_err();
    assert_eq!(
        (kind(&error), server.requests().len()),
        (FailureKind::Response, 1)
    );
}

#[tokio::test]
async fn a_refused_connection_is_an_error() {
    let unused = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let client = builder(&format!("http://{unused}")).build().unwrap();
    let error = client.list_app_bundles().send().await.unwrap_err();
    assert_eq!((kind(&error), error.attempts()), (FailureKind::Connect, 3));
    let text = error.to_string();
    assert!(
        text.starts_with("ListAppBundles failed: cannot connect (3 attempts in "),
        "{text}"
    );
    assert!(text.contains("Connection refused"), "{text}");

    let client = builder("http://no-such-host.invalid")
        .retry(RetryPolicy::off())
        .build()
        .unwrap();
    let error = client.list_app_bundles().send().await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::Connect);
}

#[tokio::test]
async fn a_server_without_tls_is_an_error() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        std::io::Read::read(&mut stream, &mut [0; 100]).unwrap();
        std::io::Write::write_all(&mut stream, &response("400 Bad Request", "", "")).unwrap();
    });
    let client = builder(&format!("https://{address}")).build().unwrap();
    let error = client.list_app_bundles().send().await.unwrap_err();
    // Another attempt would have the same result.
    assert_eq!(
        (kind(&error), error.attempts(), error.is_retryable()),
        (FailureKind::Connect, 1, false)
    );
    let text = "ListAppBundles failed: cannot connect: received corrupt message of type InvalidContentType";
    assert_eq!(error.to_string(), text);
    server.join().unwrap();
}

#[tokio::test]
async fn connections_are_reused() {
    let server = Server::start([success(), success(), success()]);
    let client = builder(&server.url()).build().unwrap();
    for _ in 0..3 {
        client.clone().list_app_bundles().send().await.unwrap();
    }
    assert_eq!((server.requests().len(), server.connections()), (3, 1));
}

/// A connection that was closed while it was idle does not count as an attempt.
#[tokio::test]
async fn a_request_on_a_closed_connection_is_retried() {
    let server = Server::start([WriteAndDrop(response("200 OK", "", EMPTY)), success()]);
    let client = builder(&server.url())
        .retry(RetryPolicy::off())
        .build()
        .unwrap();
    client.list_app_bundles().send().await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    client.list_app_bundles().send().await.unwrap();
    assert_eq!((server.requests().len(), server.connections()), (2, 2));
}

#[tokio::test]
async fn attempts_share_an_idempotency_token() {
    let created = r#"{"appBundle":{"arn":"a"}}"#;
    let server = Server::start([Drop, Write(response("201 Created", "", created))]);
    builder(&server.url())
        .build()
        .unwrap()
        .create_app_bundle()
        .send()
        .await
        .unwrap();
    let bodies: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.split_once("\r\n\r\n").unwrap().1.to_owned())
        .collect();
    assert_eq!(bodies.len(), 2);
    assert!(
        bodies[0].contains("clientToken") && bodies[0] == bodies[1],
        "{bodies:?}"
    );
}

#[tokio::test]
async fn the_connect_timeout_is_an_error() {
    // An address for documentation (RFC 5737), which does not respond. A network without a route
    // rejects it at once.
    let client = builder("http://192.0.2.1:81").retry(RetryPolicy::off());
    let client = client
        .connect_timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let error = client.list_app_bundles().send().await.unwrap_err();
    match kind(&error) {
        FailureKind::Timeout => assert!(
            error.to_string().contains("connect timeout after 50ms"),
            "{error}"
        ),
        kind => assert_eq!(kind, FailureKind::Connect, "{error}"),
    }
}

/// The result is an error, whereas tokio panics.
#[test]
fn a_missing_runtime_is_an_error() {
    let client = builder("http://localhost:1").build().unwrap();
    let mut call = client.list_app_bundles().send();
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = call.as_mut().poll(&mut context) else {
        unreachable!()
    };
    assert_eq!(kind(&error), FailureKind::Connect);
    assert!(error.to_string().contains("no tokio runtime"), "{error}");
}
