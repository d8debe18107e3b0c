//! No secret is in the log, with any combination of a logger, a subscriber and levels.
//!
//! `tracing` writes its events to the crate `log` as long as no subscriber was set, and a logger
//! and a subscriber are set once per process: one test goes through the combinations in that order.

#![cfg(feature = "https")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod support;

use smithy_rt::client::{Builder, Client, Credentials, Endpoints, Service, ServiceClient, Token};
use smithy_rt::endpoint::{Params, ResolveError, Resolved};
use smithy_rt::retry::RetryPolicy;
use smithy_rt::{
    Auth, Body, FromResponse, Method, Operation, RequestWriter, Response, ResponseError, Scheme,
    Written, http,
};
use std::convert::Infallible;
use std::fmt::{self, Write as _};
use std::future::{Ready, ready};
use std::io::{BufRead, BufReader, Read, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Mutex;
use std::task::{Context, Poll};
use std::time::Duration;
use support::Error;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Metadata, Subscriber, span};

const SECRETS: [&str; 5] = [
    "s3cr3t-key",
    "s3cr3t-session",
    "s3cr3t-bearer",
    "s3cr3t-member",
    "s3cr3t-answer",
];

/// All that was logged, and the level of what the subscriber takes.
static LOG: Mutex<String> = Mutex::new(String::new());
static SUBSCRIBED: Mutex<LevelFilter> = Mutex::new(LevelFilter::OFF);

struct Logger;

impl log::Log for Logger {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        writeln!(LOG.lock().unwrap(), "{} {}", record.target(), record.args()).unwrap();
    }

    fn flush(&self) {}
}

struct Fields;

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        writeln!(LOG.lock().unwrap(), "{field}={value:?} ").unwrap();
    }
}

struct Recorder;

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= *SUBSCRIBED.lock().unwrap()
    }

    fn register_callsite(&self, _: &'static Metadata<'static>) -> tracing::subscriber::Interest {
        tracing::subscriber::Interest::sometimes()
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        writeln!(LOG.lock().unwrap(), "{}", attributes.metadata().target()).unwrap();
        attributes.record(&mut Fields);
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut Fields);
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        writeln!(LOG.lock().unwrap(), "{}", event.metadata().target()).unwrap();
        event.record(&mut Fields);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

struct Nothing;

impl FromResponse for Nothing {
    fn from_response(_: &Response<'_>) -> Result<Self, ResponseError> {
        Ok(Self)
    }
}

const SCHEMES: [Scheme; 3] = [
    Scheme::SigV4("example"),
    Scheme::SigV4a("example"),
    Scheme::Bearer,
];

/// An operation with a secret, called by the scheme of that index.
struct Store<const SCHEME: usize>;

impl<const SCHEME: usize> Operation for Store<SCHEME> {
    const NAME: &'static str = "Store";
    const METHOD: Method = Method::POST;
    const AUTH: Auth = Auth::By {
        schemes: SCHEMES.split_at(SCHEME).1,
        optional: false,
    };
    type Output = Nothing;
    type Error = Error;

    fn write(&self, request: &mut RequestWriter<'_>) -> Written {
        request.path("/store");
        request.object(|json| json.member("secret", &"s3cr3t-member"));
        Ok(())
    }
}

struct Example(Client);

impl ServiceClient for Example {
    const SERVICE: Service = Service {
        id: "Example",
        schemes: &SCHEMES,
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
    Resolved::new(params.endpoint.unwrap_or("https://example.aws"))
}

fn builder() -> Builder<Example> {
    let session = Some("s3cr3t-session".to_owned());
    Builder::new()
        .region("us-east-1")
        .credentials(Credentials::new(
            "AKID",
            "s3cr3t-key",
            session,
            None,
            "test",
        ))
        .retry(RetryPolicy::standard().max_backoff(Duration::ZERO))
}

/// Takes the place of a server with TLS, which tokens are sent to only.
#[derive(Clone)]
struct Stub;

impl tower_service::Service<http::Request<Body>> for Stub {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Ready<Result<http::Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        assert_eq!(request.headers()["authorization"], "Bearer s3cr3t-bearer");
        ready(Ok(http::Response::new(Body::default())))
    }
}

/// A server on loopback, without TLS.
fn serve(listener: &TcpListener) {
    for stream in listener.incoming() {
        let stream = stream.unwrap();
        std::thread::spawn(move || converse(BufReader::new(stream)));
    }
}

/// Answers each other request with an error.
fn converse(mut stream: BufReader<TcpStream>) {
    const HANDSHAKE: u8 = 22;
    for status in ["500 Error", "200 OK"].iter().cycle() {
        match stream.fill_buf() {
            Ok([first, ..]) if *first != HANDSHAKE => {}
            _ => return,
        }
        let lines = stream.by_ref().lines().map_while(Result::ok);
        let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        let length = head
            .iter()
            .find_map(|line| line.strip_prefix("content-length: "))
            .unwrap();
        stream
            .read_exact(&mut vec![0; length.parse().unwrap()])
            .unwrap();
        let body = r#"{"message":"s3cr3t-answer"}"#;
        let answer = format!(
            "HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.get_mut().write_all(answer.as_bytes()).unwrap();
    }
}

/// Calls by each scheme, over hyper where there need not be TLS. Returns the signatures.
async fn calls(url: &str) -> Vec<String> {
    let client = builder().endpoint_url(url).build().unwrap().0;
    client.send(&Store::<0>).await.unwrap();
    client.send(&Store::<1>).await.unwrap();
    let tokens = builder()
        .bearer_token(Token::new("s3cr3t-bearer", None))
        .transport(Stub)
        .build()
        .unwrap()
        .0;
    tokens.send(&Store::<2>).await.unwrap();
    // No TLS where TLS is expected.
    let tls = builder()
        .endpoint_url(url.replace("http:", "https:"))
        .build()
        .unwrap()
        .0;
    tls.send(&Store::<0>).await.err().unwrap();
    let mut signatures = vec![];
    for expires_in in [60, 61] {
        let request = client
            .presigned(&Store::<0>, Duration::from_secs(expires_in))
            .await
            .unwrap();
        let uri = request.uri().to_string();
        assert!(uri.contains("s3cr3t-session"));
        signatures.push(uri.split_once("X-Amz-Signature=").unwrap().1.to_owned());
    }
    signatures
}

#[test]
fn no_secret_is_logged() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || serve(&listener));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let check = |what: &str| {
        let signatures = runtime.block_on(calls(&url));
        let log = std::mem::take(&mut *LOG.lock().unwrap());
        for secret in SECRETS
            .into_iter()
            .chain(signatures.iter().map(String::as_str))
        {
            assert!(!log.contains(secret), "{what}: {secret} is in\n{log}");
        }
        log
    };
    assert_eq!(check("no logger, no subscriber"), "");

    log::set_boxed_logger(Box::new(Logger)).unwrap();
    for level in log::LevelFilter::iter() {
        log::set_max_level(level);
        let log = check(&format!("a logger of level {level}"));
        let (own, hyper) = (
            log.contains("smithy_rt::client"),
            log.contains("hyper_util"),
        );
        assert_eq!(
            (own, hyper),
            (
                level >= log::LevelFilter::Debug,
                level >= log::LevelFilter::Debug
            ),
            "{level}"
        );
    }

    let levels = [
        LevelFilter::OFF,
        LevelFilter::ERROR,
        LevelFilter::WARN,
        LevelFilter::INFO,
        LevelFilter::DEBUG,
        LevelFilter::TRACE,
    ];
    tracing::subscriber::set_global_default(Recorder).unwrap();
    for logger in [log::LevelFilter::Off, log::LevelFilter::Trace] {
        log::set_max_level(logger);
        for level in levels {
            *SUBSCRIBED.lock().unwrap() = level;
            let log = check(&format!(
                "a subscriber of level {level} and a logger of level {logger}"
            ));
            assert_eq!(
                log.contains("smithy_rt::client"),
                level >= LevelFilter::DEBUG,
                "{level}, {logger}"
            );
        }
    }
}
