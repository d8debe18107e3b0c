//! The client with a custom transport and without an async runtime, and the sans-IO functions
//! without the client.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use appfabric::operations::DeleteAppBundle;
use appfabric::rt::{Bytes, Endpoint, Operation, http};

/// The response to `DeleteAppBundle` if the bundle is in use.
fn in_use() -> http::Response<Bytes> {
    http::Response::builder()
        .status(409)
        .header("x-amzn-errortype", "ConflictException")
        .header("x-amzn-requestid", "0aa1-1")
        .body(Bytes::from_static(
            br#"{"message":"not empty","resourceId":"b","resourceType":"appBundle"}"#,
        ))
        .unwrap()
}

#[test]
fn requests_can_be_sent_without_the_client() {
    let delete = DeleteAppBundle::builder()
        .app_bundle_identifier("b")
        .build();
    let request = delete
        .to_request(&Endpoint::new("http://localhost:8080/base/").unwrap())
        .unwrap();
    assert_eq!(
        (
            request.method().as_str(),
            request.uri().to_string().as_str()
        ),
        ("DELETE", "http://localhost:8080/base/appbundles/b")
    );
    assert!(request.headers().is_empty() && request.body().is_empty());

    let done = http::Response::builder()
        .status(204)
        .body(Bytes::new())
        .unwrap();
    DeleteAppBundle::parse_response(done).unwrap();
    let error = DeleteAppBundle::parse_response(in_use()).unwrap_err();
    assert!(
        matches!(error, appfabric::Error::ConflictException(e) if e.resource_type == "appBundle")
    );
}

#[cfg(feature = "client")]
mod sending {
    use super::*;
    use appfabric::rt::Body;
    use appfabric::rt::FailureKind;
    use appfabric::rt::retry::RetryPolicy;
    use appfabric::types::{AppAuthorizationStatus, AuthType, Oauth2Credential, Tenant};
    use appfabric::{Client, Error};
    use std::collections::VecDeque;
    use std::error::Error as _;
    use std::future::{Ready, ready};
    use std::io;
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Poll};
    use tower_service::Service;

    /// Returns the given responses in their order, and records the requests.
    #[derive(Clone, Default)]
    struct Canned(Arc<Mutex<Exchanges>>);

    #[derive(Default)]
    struct Exchanges {
        requests: Vec<http::Request<Bytes>>,
        answers: VecDeque<io::Result<http::Response<Bytes>>>,
        /// The number of throttled responses before the successful one.
        busy: usize,
    }

    impl Canned {
        fn new(answers: impl IntoIterator<Item = io::Result<http::Response<Bytes>>>) -> Self {
            let this = Self::default();
            this.0.lock().unwrap().answers.extend(answers);
            this
        }

        fn client(&self) -> Client {
            let builder = Client::builder()
                .region("us-east-1")
                .unsigned()
                .retry(RetryPolicy::off());
            builder.transport(self.clone()).build().unwrap()
        }

        fn request_lines(&self) -> Vec<String> {
            let exchanges = self.0.lock().unwrap();
            exchanges
                .requests
                .iter()
                .map(|request| format!("{} {}", request.method(), request.uri()))
                .collect()
        }
    }

    impl Service<http::Request<Body>> for Canned {
        type Response = http::Response<Body>;
        type Error = io::Error;
        type Future = Ready<io::Result<http::Response<Body>>>;

        fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
            let mut exchanges = self.0.lock().unwrap();
            if exchanges.busy == 0 {
                return Poll::Ready(Ok(()));
            }
            exchanges.busy -= 1;
            context.waker().wake_by_ref();
            Poll::Pending
        }

        fn call(&mut self, request: http::Request<Body>) -> Self::Future {
            let mut exchanges = self.0.lock().unwrap();
            assert_eq!(exchanges.busy, 0, "called before it was ready");
            exchanges
                .requests
                .push(request.map(|body| body.as_bytes().unwrap().clone()));
            let answer = exchanges.answers.pop_front();
            let answer = answer.unwrap_or_else(|| Err(io::ErrorKind::NotConnected.into()));
            ready(answer.map(|answer| answer.map(Body::from)))
        }
    }

    /// Runs a future in a tokio runtime.
    fn block_on<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap()
            .block_on(future)
    }

    fn answer(status: u16, body: &'static str) -> io::Result<http::Response<Bytes>> {
        Ok(http::Response::builder()
            .status(status)
            .body(Bytes::from_static(body.as_bytes()))
            .unwrap())
    }

    #[test]
    fn a_call_sends_a_request_and_decodes_the_response() {
        let transport = Canned::new([answer(
            201,
            r#"{"appAuthorization":{"app":"SLACK","status":"PendingConnect"}}"#,
        )]);
        let client = transport.client();
        let created = block_on(
            client
                .create_app_authorization()
                .app_bundle_identifier("b")
                .app("SLACK")
                .credential(
                    Oauth2Credential::builder()
                        .client_id("i")
                        .client_secret("s")
                        .build(),
                )
                .tenant(
                    Tenant::builder()
                        .tenant_identifier("T")
                        .tenant_display_name("A")
                        .build(),
                )
                .auth_type(AuthType::Oauth2)
                .send(),
        );
        assert_eq!(
            created.unwrap().app_authorization.status,
            AppAuthorizationStatus::PendingConnect
        );
        let line = "POST https://appfabric.us-east-1.amazonaws.com/appbundles/b/appauthorizations";
        assert_eq!(transport.request_lines(), [line]);
        let body: serde_json::Value =
            serde_json::from_slice(transport.0.lock().unwrap().requests[0].body()).unwrap();
        assert_eq!(body["clientToken"].as_str().unwrap().len(), 36);
    }

    #[test]
    fn service_errors_are_variants() {
        let client = Canned::new([Ok(in_use())]).client();
        match block_on(client.delete_app_bundle().app_bundle_identifier("b").send()) {
            Err(Error::ConflictException(e)) => assert_eq!(e.message, "not empty"),
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn a_built_operation_can_be_sent_again() {
        let transport = Canned::new([Ok(in_use()), answer(204, "")]);
        transport.0.lock().unwrap().busy = 3;
        let client = transport.client().clone();
        let delete = DeleteAppBundle::builder()
            .app_bundle_identifier("b")
            .build();
        block_on(client.send(&delete)).unwrap_err();
        block_on(client.send(&delete)).unwrap();
        assert_eq!(transport.request_lines().len(), 2);
    }

    #[test]
    fn a_failing_transport_is_an_error() {
        let client = Canned::new([Err(io::Error::other("the cable is out"))]).client();
        let error = block_on(client.list_app_bundles().send()).unwrap_err();
        assert!(
            matches!(&error, Error::Failure(f) if f.kind() == FailureKind::Send),
            "{error:?}"
        );
        assert_eq!(
            error.to_string(),
            "ListAppBundles failed: cannot send the request: the cable is out"
        );
        assert_eq!(
            (error.attempts(), error.status(), error.code()),
            (1, None, None)
        );
        assert!(error.is_retryable() && !error.is_throttling());
        let cause = error.source().unwrap().downcast_ref::<io::Error>().unwrap();
        assert_eq!(cause.kind(), io::ErrorKind::Other);
    }

    #[test]
    fn invalid_requests_are_not_sent() {
        let transport = Canned::default();
        let error = block_on(
            transport
                .client()
                .get_app_bundle()
                .app_bundle_identifier("")
                .send(),
        )
        .unwrap_err();
        assert!(
            matches!(&error, Error::Failure(f) if f.kind() == FailureKind::Request),
            "{error:?}"
        );
        assert_eq!(
            error.to_string(),
            "GetAppBundle failed: cannot build the request: \
             `appBundleIdentifier` is part of the path and must not be empty"
        );
        assert_eq!(error.attempts(), 0);
        assert!(transport.request_lines().is_empty());
    }

    #[test]
    fn clients_errors_and_calls_cross_threads() {
        fn check<T: Send + Sync + 'static>() {}
        fn check_future<F: Future + Send>(_: F) {}
        check::<Client>();
        check::<Error>();
        check_future(Canned::default().client().list_app_bundles().send());
    }
}
