//! The call path with a mock transport, clock and random numbers.

#![cfg(feature = "client")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod auth;
#[cfg(feature = "https")]
mod bodies;
#[cfg(feature = "https")]
mod http2;
#[cfg(feature = "https")]
mod proxy;
mod retries;
mod routes;
#[cfg(feature = "https")]
mod runtimes;
mod settings;
#[cfg(feature = "https")]
mod streams;
#[cfg(feature = "https")]
mod tls;
mod waiters;

#[path = "../support/mod.rs"]
mod support;

use smithy_rt::client::{
    Builder, Client, Credentials, Endpoints, Service, ServiceClient, Sleep, System, TransportError,
};
use smithy_rt::endpoint::{Params, ResolveError, Resolved};
use smithy_rt::retry::RetryPolicy;
use smithy_rt::{
    Auth, Body, Bytes, FailureKind, FromResponse, Method, Operation, RequestError, RequestWriter,
    Response, ResponseError, Scheme, Written, http,
};
use std::collections::VecDeque;
use std::error::Error as _;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime};
use support::Error;

/// The time of RFC 9110's example of an IMF-fixdate, `Sun, 06 Nov 1994 08:49:37 GMT`.
const NOW: u64 = 784_111_777;

struct Output(Bytes);

impl FromResponse for Output {
    fn from_response(response: &Response<'_>) -> Result<Self, ResponseError> {
        Ok(Self(response.body().clone()))
    }
}

struct Ping;

impl Operation for Ping {
    const NAME: &'static str = "Ping";
    const METHOD: Method = Method::POST;
    type Output = Output;
    type Error = Error;

    fn write(&self, request: &mut RequestWriter<'_>) -> Written {
        let token = request.token(&None::<String>);
        request.path("/ping/").label("id", &"a:b")?;
        request.query("q", &"x y");
        request.object(|json| json.member("token", &token));
        Ok(())
    }
}

/// An operation that anybody may call.
struct Hello;

impl Operation for Hello {
    const NAME: &'static str = "Hello";
    const METHOD: Method = Method::GET;
    const AUTH: Auth = Auth::None;
    type Output = Output;
    type Error = Error;

    fn write(&self, request: &mut RequestWriter<'_>) -> Written {
        request.path("/hello");
        Ok(())
    }
}

#[derive(Debug)]
struct Example(Client);

impl ServiceClient for Example {
    const SERVICE: Service = Service {
        id: "Example",
        schemes: &[Scheme::SigV4("example")],
        user_agent: "example/1.0",
        endpoints: Endpoints::Shared(resolve),
    };

    fn from_inner(inner: Client) -> Self {
        Self(inner)
    }

    fn inner(&self) -> &Client {
        &self.0
    }
}

fn resolve(params: &Params<'_>) -> Result<Resolved, ResolveError> {
    match (params.endpoint, params.region) {
        (Some(endpoint), _) => Resolved::new(endpoint),
        (None, Some("nowhere")) => Resolved::new("http://plain"),
        (None, Some(region)) => {
            Resolved::new(&format!("https://example.{region}.aws"))?.header("x-rule", "1")
        }
        (None, None) => params.no_region(),
    }
}

type Answer = Result<http::Response<Bytes>, TransportError>;

/// Answers with what was put in, first in first out, and keeps what it was asked. A clock that only
/// moves when somebody sleeps, and chance that gives 1/2.
#[derive(Clone)]
struct World(Arc<Mutex<State>>);

struct State {
    requests: Vec<http::Request<Bytes>>,
    answers: VecDeque<Answer>,
    start: Instant,
    slept: Duration,
    pauses: Vec<Duration>,
    tokens: u32,
}

impl World {
    fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        let answers = answers.into_iter().collect();
        let (start, slept) = (Instant::now(), Duration::ZERO);
        Self(Arc::new(Mutex::new(State {
            requests: vec![],
            answers,
            start,
            slept,
            pauses: vec![],
            tokens: 0,
        })))
    }

    fn builder(&self) -> Builder<Example> {
        Builder::new()
            .region("us-east-1")
            .credentials(Credentials::new("AKID", "s3cret", None, None, "test"))
            .transport(self.clone())
            .system(self.clone())
    }

    fn client(&self) -> Client {
        self.builder().build().unwrap().0
    }

    fn requests(&self) -> Vec<http::Request<Bytes>> {
        std::mem::take(&mut self.0.lock().unwrap().requests)
    }

    /// The pauses so far, in milliseconds.
    fn pauses(&self) -> Vec<u128> {
        self.0
            .lock()
            .unwrap()
            .pauses
            .iter()
            .map(Duration::as_millis)
            .collect()
    }
}

impl System for World {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(NOW) + self.0.lock().unwrap().slept
    }

    fn instant(&self) -> Instant {
        let state = self.0.lock().unwrap();
        state.start + state.slept
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        let mut state = self.0.lock().unwrap();
        state.slept += duration;
        state.pauses.push(duration);
        Box::pin(std::future::ready(Ok(())))
    }

    fn random(&self) -> f64 {
        0.5
    }

    fn token(&self) -> Result<String, RequestError> {
        let mut state = self.0.lock().unwrap();
        state.tokens += 1;
        Ok(format!("token-{}", state.tokens))
    }
}

impl tower_service::Service<http::Request<Body>> for World {
    type Response = http::Response<Body>;
    type Error = TransportError;
    type Future =
        Pin<Box<dyn Future<Output = Result<http::Response<Body>, TransportError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let mut state = self.0.lock().unwrap();
        state
            .requests
            .push(request.map(|body| body.as_bytes().unwrap().clone()));
        let answer = state.answers.pop_front();
        // Without an answer, none comes.
        Box::pin(async move {
            match answer {
                Some(answer) => answer.map(|response| response.map(Body::from)),
                None => std::future::pending().await,
            }
        })
    }
}

/// Numbers that look random, the same for the same seed (splitmix64).
struct Seeded(u64);

impl Seeded {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

/// Answers with what a function gives.
#[derive(Clone)]
struct Answers<F>(F);

impl<F, R, B> tower_service::Service<http::Request<Body>> for Answers<F>
where
    F: Fn(http::Request<Body>) -> R,
    R: Future<Output = Result<http::Response<B>, TransportError>> + Send + 'static,
    B: Into<Body>,
{
    type Response = http::Response<Body>;
    type Error = TransportError;
    type Future =
        Pin<Box<dyn Future<Output = Result<http::Response<Body>, TransportError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let answer = (self.0)(request);
        Box::pin(async { Ok(answer.await?.map(Into::into)) })
    }
}

fn answer(status: u16, headers: &[(&str, &str)]) -> Answer {
    let mut response = http::Response::builder()
        .status(status)
        .header("x-amzn-requestid", "id-1");
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Ok(response.body(Bytes::from_static(b"{}")).unwrap())
}

/// The clock above never lets anybody wait.
fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("nothing here waits"),
    }
}

fn send(world: &World) -> Result<Output, Error> {
    now(world.client().send(&Ping))
}

fn header<'r>(request: &'r http::Request<Bytes>, name: &str) -> Option<&'r str> {
    request.headers().get(name)?.to_str().ok()
}

#[test]
fn a_request_has_a_signature_and_a_user_agent() {
    let world = World::new([answer(200, &[])]);
    assert_eq!(send(&world).unwrap().0, "{}");
    let [request] = &world.requests()[..] else {
        panic!("one request")
    };
    assert_eq!(
        request.uri(),
        "https://example.us-east-1.aws/ping/a%3Ab?q=x%20y"
    );
    let authorization = request.headers().get("authorization").unwrap();
    assert!(authorization.is_sensitive());
    let start = "AWS4-HMAC-SHA256 Credential=AKID/19941106/us-east-1/example/aws4_request, \
                 SignedHeaders=content-type;host;x-amz-date;x-rule, Signature=";
    assert!(
        authorization.to_str().unwrap().starts_with(start),
        "{authorization:?}"
    );
    assert_eq!(header(request, "x-amz-date"), Some("19941106T084937Z"));
    assert_eq!(header(request, "x-rule"), Some("1"));
    let agent = header(request, "user-agent").unwrap();
    assert!(agent.starts_with("example/1.0 smithy-rt/"), "{agent}");
}

#[test]
fn products_are_appended_to_the_user_agent() {
    let world = World::new([answer(200, &[])]);
    let client = world
        .builder()
        .user_agent("my-app/1.2")
        .user_agent("(test)")
        .build()
        .unwrap();
    now(client.0.send(&Ping)).unwrap();
    assert!(
        header(&world.requests()[0], "user-agent")
            .unwrap()
            .ends_with(" my-app/1.2 (test)")
    );
    assert!(world.builder().user_agent("a\nb").build().is_err());
}

#[test]
fn unsigned_requests_have_no_signature() {
    let world = World::new([answer(200, &[]), answer(200, &[])]);
    now(world.client().send(&Hello)).unwrap();
    now(world.builder().unsigned().build().unwrap().0.send(&Ping)).unwrap();
    assert!(
        world
            .requests()
            .iter()
            .all(|request| header(request, "authorization").is_none())
    );
}

#[test]
fn attempts_share_a_token() {
    let asks = answer(500, &[("x-amz-retry-after", "2000")]);
    let world = World::new([
        asks,
        Err(TransportError::connect("refused")),
        answer(200, &[]),
    ]);
    send(&world).unwrap();
    let requests = world.requests();
    assert_eq!(requests.len(), 3);
    assert!(
        requests
            .iter()
            .all(|request| request.body() == r#"{"token":"token-1"}"#)
    );
    // What the service asked for, and half of 100 ms.
    assert_eq!(world.pauses(), [2000, 50]);
    assert_ne!(
        header(&requests[0], "x-amz-date"),
        header(&requests[2], "x-amz-date")
    );
}

#[test]
fn an_error_contains_the_number_of_attempts() {
    let world = World::new((0..3).map(|_| answer(503, &[("x-amzn-errortype", "SlowDown")])));
    let error = send(&world).err().unwrap();
    assert_eq!(
        error.to_string(),
        "Ping failed: SlowDown (503, request id id-1, 3 attempts in 1.5 s)"
    );
    assert_eq!(
        (error.attempts(), error.elapsed()),
        (3, Duration::from_millis(1500))
    );
    assert!(error.is_retryable() && error.is_throttling());
    assert_eq!(world.requests().len(), 3);
}

#[test]
fn the_model_defines_retryable_errors_and_the_policy_the_attempts() {
    let busy = || answer(400, &[("x-amzn-errortype", "BusyException")]);
    for (policy, requests) in [
        (RetryPolicy::standard(), 3),
        (RetryPolicy::off(), 1),
        (RetryPolicy::standard().max_attempts(5), 5),
    ] {
        let world = World::new((0..9).map(|_| busy()));
        let client = world.builder().retry(policy).build().unwrap().0;
        let error = now(client.send(&Ping)).err().unwrap();
        assert_eq!(
            (world.requests().len(), error.attempts()),
            (requests, requests as u32)
        );
    }
    let world = World::new([answer(400, &[("x-amzn-errortype", "ValidationException")])]);
    assert_eq!(send(&world).err().unwrap().attempts(), 1);
}

#[test]
fn requested_pauses_are_limited() {
    let asks = |header, value, policy| {
        let world = World::new([answer(429, &[(header, value)]), answer(200, &[])]);
        let client = world.builder().retry(policy).build().unwrap().0;
        let result = now(client.send(&Ping));
        (world, result)
    };
    let policy = RetryPolicy::standard();
    for (header, value, pause) in [
        ("retry-after", "3", 3000),
        ("x-amz-retry-after", "3000", 3000),
        // The pause is 500 ms otherwise, and can be up to 5 s longer.
        ("retry-after", "0", 500),
        ("retry-after", "3600", 5500),
    ] {
        let (world, result) = asks(header, value, policy);
        result.unwrap();
        assert_eq!(world.pauses(), [pause]);
    }

    let policy = RetryPolicy::standard_2_0();
    let (world, result) = asks("retry-after", "7", policy);
    result.unwrap();
    assert_eq!(world.pauses(), [7000]);
    let (world, result) = asks("retry-after", "3600", policy);
    let error = result.err().unwrap();
    assert_eq!(
        error.to_string(),
        "Ping failed: 429 Too Many Requests, 2 bytes (request id id-1); not retried: the service requests a pause of 3600s, which is longer than the maximum"
    );
    assert!(error.is_retryable() && world.pauses().is_empty());
}

#[test]
fn calls_share_a_retry_quota() {
    let world = World::new((0..400).map(|_| answer(500, &[])));
    let client = world.client();
    let errors: Vec<Error> = (0..60)
        .map(|_| now(client.send(&Ping)).err().unwrap())
        .collect();
    // 500 tokens are 35 retries of 14.
    assert_eq!(world.requests().len(), 95);
    assert!(
        errors[59]
            .to_string()
            .ends_with("the retry quota is used up)"),
        "{}",
        errors[59]
    );
    assert_eq!(errors[59].attempts(), 1);
}

#[test]
fn the_read_timeout_is_an_error() {
    let world = World::new([]);
    let client = world
        .builder()
        .retry(RetryPolicy::standard().max_attempts(2))
        .build()
        .unwrap()
        .0;
    let error = now(client.send(&Ping)).err().unwrap();
    assert!(matches!(&error, Error::Failure(failure) if failure.kind() == FailureKind::Timeout));
    let text = "Ping failed: timed out (2 attempts in 120.0 s): read timeout after 60s";
    assert_eq!(error.to_string(), text);
    assert_eq!(
        error.source().unwrap().to_string(),
        "read timeout after 60s"
    );
    assert_eq!(world.requests().len(), 2);
}

#[test]
fn permanent_errors_are_not_retried() {
    let world = World::new([Err(TransportError::setup("nobody trusts this certificate"))]);
    let error = send(&world).err().unwrap();
    assert_eq!(
        error.to_string(),
        "Ping failed: cannot connect: nobody trusts this certificate"
    );
    assert!(!error.is_retryable());
}

#[test]
fn a_presigned_request_has_its_signature_in_the_query() {
    let world = World::new([]);
    let request = now(world.client().presigned(&Ping, Duration::from_secs(300))).unwrap();
    let query = request.uri().query().unwrap();
    for part in [
        "q=x%20y",
        "X-Amz-Algorithm=AWS4-HMAC-SHA256",
        "X-Amz-Credential=AKID%2F19941106%2Fus-east-1%2Fexample%2Faws4_request",
        "X-Amz-Date=19941106T084937Z",
        "X-Amz-Expires=300",
        "X-Amz-Signature=",
    ] {
        assert!(query.contains(part), "{part} in {query}");
    }
    assert!(
        header(&request, "authorization").is_none() && header(&request, "user-agent").is_none()
    );
    assert_eq!(request.body(), r#"{"token":"token-1"}"#);

    for seconds in [0, 7 * 24 * 3600 + 1] {
        let error = now(world
            .client()
            .presigned(&Ping, Duration::from_secs(seconds)))
        .err()
        .unwrap();
        let text = "Ping failed: cannot build the request: the validity of a presigned request has to be between 1 second and 7 days";
        assert_eq!(error.to_string(), text);
    }
    assert!(world.requests().is_empty());
}

#[test]
fn invalid_settings_are_errors() {
    let build = |builder: Builder<Example>| builder.build().err().unwrap().to_string();
    let world = World::new([]);
    let empty = Builder::<Example>::new;
    assert!(build(empty()).starts_with("no region: set `region`"));
    assert!(build(empty().region("eu-west-1")).starts_with("no credentials: set `credentials`"));
    assert!(
        build(
            empty()
                .endpoint_url("http://localhost")
                .transport(world.clone())
        )
        .starts_with("no credentials")
    );
    assert!(build(world.builder().region("nowhere")).contains("without TLS"));
    assert!(
        world
            .builder()
            .endpoint_url("http://localhost")
            .build()
            .is_ok()
    );
    let unsigned = Builder::<Example>::new()
        .endpoint_url("http://localhost")
        .unsigned();
    assert!(unsigned.transport(world).build().is_ok());
}

#[test]
fn secrets_are_not_printed() {
    let world = World::new([]);
    assert!(!format!("{:?}", world.builder()).contains("s3cret"));
    let shown = format!("{:?}", world.client());
    assert!(
        shown.contains("https://example.us-east-1.aws") && !shown.contains("s3cret"),
        "{shown}"
    );
}

#[test]
fn the_future_of_a_call_is_small_and_send() {
    fn travels<T: Send>(future: T) -> T {
        future
    }
    let client = World::new([]).client();
    let size = size_of_val(&travels(client.send(&Ping)));
    assert!(size <= 2048, "{size}");
}

#[cfg(feature = "aws-config")]
mod from_sdk_config {
    use super::*;
    use aws_credential_types::provider::SharedCredentialsProvider;
    use aws_types::SdkConfig;
    use aws_types::region::Region;
    use smithy_rt::client::Builder;

    fn config() -> aws_types::sdk_config::Builder {
        let credentials = Credentials::new("AKID", "s3cret", None, None, "test");
        SdkConfig::builder()
            .region(Region::new("eu-west-1"))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .endpoint_url("https://all.example")
    }

    #[test]
    fn settings_are_taken_over() {
        let client = Builder::<Example>::new()
            .sdk_config(&config().build())
            .build()
            .unwrap();
        assert_eq!(
            client.0.endpoint().unwrap().to_string(),
            "https://all.example"
        );
        assert!(format!("{client:?}").contains("eu-west-1"));
        // What the program sets comes first.
        let client = Builder::<Example>::new()
            .sdk_config(&config().build())
            .endpoint_url("https://mine")
            .build();
        assert_eq!(
            client.unwrap().0.endpoint().unwrap().to_string(),
            "https://mine"
        );
    }

    #[test]
    fn invalid_keys_are_reported_by_every_call() {
        let credentials = Credentials::new("AKID\r", "s3cret", None, None, "test");
        let config = config()
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .build();
        let world = World::new([]);
        let client = Builder::<Example>::new()
            .transport(world.clone())
            .sdk_config(&config)
            .deferred();
        let text = now(client.0.send(&Ping)).err().unwrap().to_string();
        assert!(
            text.contains("the access key ID contains a carriage return"),
            "{text}"
        );
        assert!(
            !text.contains("AKID") && world.requests().is_empty(),
            "{text}"
        );
    }

    #[test]
    fn limits_are_taken_over() {
        use aws_types::sdk_config::TimeoutConfig;
        let limits = TimeoutConfig::builder()
            .operation_timeout(Duration::from_secs(4))
            .operation_attempt_timeout(Duration::from_secs(3))
            .connect_timeout(Duration::from_secs(2))
            .read_timeout(Duration::from_secs(1));
        let client = Builder::<Example>::new()
            .sdk_config(&config().timeout_config(limits.build()).build())
            .build()
            .unwrap();
        let settings = client.0.settings().unwrap();
        let limits = [
            settings.operation_timeout(),
            settings.operation_attempt_timeout(),
            settings.connect_timeout(),
            settings.read_timeout(),
        ];
        assert_eq!(limits, [4, 3, 2, 1].map(|s| Some(Duration::from_secs(s))));
    }

    /// A service that accepts signatures and tokens, and prefers signatures.
    struct Both(Client);

    impl ServiceClient for Both {
        const SERVICE: Service = Service {
            schemes: &[Scheme::SigV4("example"), Scheme::Bearer],
            ..Example::SERVICE
        };

        fn from_inner(inner: Client) -> Self {
            Self(inner)
        }

        fn inner(&self) -> &Client {
            &self.0
        }
    }

    #[test]
    fn the_preference_of_authentication_schemes_is_taken_over() {
        use aws_credential_types::Token;
        use aws_credential_types::provider::token::SharedTokenProvider;
        use aws_smithy_runtime_api::client::auth::AuthSchemeId;
        let token = SharedTokenProvider::new(Token::new("t0ken", None));
        for (preference, scheme) in [
            (None, "AWS4-HMAC-SHA256 "),
            (Some("httpBearerAuth"), "Bearer t0ken"),
            (Some("sigv4"), "AWS4-HMAC-SHA256 "),
        ] {
            let mut config = config().token_provider(token.clone());
            if let Some(preference) = preference {
                config = config.auth_scheme_preference([AuthSchemeId::from(preference)]);
            }
            let world = World::new([Ok(http::Response::new(Bytes::new()))]);
            let client = Builder::<Both>::new()
                .transport(world.clone())
                .sdk_config(&config.build())
                .deferred();
            now(client.0.send(&Ping)).map(drop).unwrap();
            let header = world.requests()[0].headers()["authorization"].clone();
            assert!(header.to_str().unwrap().starts_with(scheme), "{header:?}");
        }
    }

    /// The table in the documentation has every setting.
    #[test]
    fn every_setting_is_documented() {
        let run = |program: &str, arguments: &[&str]| {
            let output = std::process::Command::new(program)
                .args(arguments)
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .output()
                .unwrap();
            assert!(output.status.success(), "{output:?}");
            String::from_utf8(output.stdout).unwrap()
        };
        // Packages for other platforms may not be there.
        let rustc = run("rustc", &["-vV"]);
        let host = rustc.lines().find_map(|line| line.strip_prefix("host: "));
        let mut arguments = vec!["metadata", "--format-version", "1", "--offline", "--locked"];
        arguments.extend(["--all-features", "--filter-platform", host.unwrap()]);
        let metadata = run(env!("CARGO"), &arguments);
        let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap();
        let packages = metadata["packages"].as_array().unwrap();
        let types = packages
            .iter()
            .find(|it| it["name"] == "aws-types")
            .unwrap();
        let manifest = std::path::Path::new(types["manifest_path"].as_str().unwrap());
        let source = manifest.with_file_name("src").join("sdk_config.rs");
        let source = std::fs::read_to_string(source).unwrap();
        let (_, of_config) = source.split_once("\nimpl SdkConfig {").unwrap();
        let getters: Vec<&str> = of_config
            .lines()
            .filter_map(|line| line.strip_prefix("    pub fn ")?.split_once("(&self) -> "))
            .map(|(name, _)| name)
            .filter(|name| *name != "to_builder")
            .collect();
        assert!(
            getters.len() > 20 && getters.contains(&"region"),
            "{getters:?}"
        );
        let ours = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/src/client/config/sdk_config.rs"
        );
        let ours = std::fs::read_to_string(ours).unwrap();
        for getter in getters {
            let row = format!("    /// | `{getter}` | ");
            assert!(ours.contains(&row), "{getter} is not in the table");
        }
    }

    #[test]
    fn every_call_reports_missing_settings() {
        let client = Builder::<Example>::new()
            .sdk_config(&SdkConfig::builder().build())
            .deferred();
        let error = now(client.0.send(&Ping)).err().unwrap();
        assert!(matches!(&error, Error::Failure(failure) if failure.kind() == FailureKind::Config));
        let text = error.to_string();
        assert!(
            text.starts_with("Ping failed: the client's configuration is invalid: no region"),
            "{text}"
        );
        assert!(client.0.endpoint().is_none() && format!("{client:?}").contains("no region"));
    }
}
