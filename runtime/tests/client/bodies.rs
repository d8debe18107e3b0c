//! Bodies that are too large, too slow or interrupted, with the paused clock of tokio.

use super::streams::{Download, Upload};
use super::{Answers, Error, Example, Output, Ping, World, answer};
use smithy_rt::client::{Builder, Client, Tokio, TransportError};
use smithy_rt::retry::RetryPolicy;
use smithy_rt::{
    Body, BoxError, Bytes, FailureKind, Method, Operation, RequestWriter, Written, http,
};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep};

/// Pieces that are all alike, with a pause before each, and an error or silence at the end.
struct Pieces {
    left: u64,
    piece: Bytes,
    pause: Duration,
    end: End,
    sleep: Option<Pin<Box<Sleep>>>,
    taken: Arc<AtomicU64>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Good,
    Reset,
    Silence,
}

impl Pieces {
    fn new(left: u64, size: usize, pause: u64) -> Self {
        Self {
            left,
            piece: vec![b'a'; size].into(),
            pause: Duration::from_millis(pause),
            end: End::Good,
            sleep: None,
            taken: Arc::default(),
        }
    }

    fn end(self, end: End) -> Self {
        Self { end, ..self }
    }

    fn body(self) -> Body {
        Body::from_stream(self)
    }
}

impl futures_core::Stream for Pieces {
    type Item = Result<Bytes, io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.left == 0 {
            return match this.end {
                End::Good => Poll::Ready(None),
                End::Reset => Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into()))),
                End::Silence => Poll::Pending,
            };
        }
        if !this.pause.is_zero() {
            let sleep = this
                .sleep
                .get_or_insert_with(|| Box::pin(sleep(this.pause)));
            ready!(sleep.as_mut().poll(context));
            this.sleep = None;
        }
        this.left -= 1;
        this.taken
            .fetch_add(this.piece.len() as u64, Ordering::SeqCst);
        Poll::Ready(Some(Ok(this.piece.clone())))
    }
}

fn builder() -> Builder<Example> {
    World::new([])
        .builder()
        .system(Tokio)
        .retry(RetryPolicy::off())
}

/// A client of a server that answers with such bodies.
fn client(status: u16, body: impl Fn() -> Body + Clone + Send + Sync + 'static) -> Client {
    let answer = move |_| {
        let answer = http::Response::builder()
            .status(status)
            .header("x-amzn-requestid", "id-1");
        std::future::ready(Ok(answer.body(body()).unwrap()))
    };
    builder().transport(Answers(answer)).build().unwrap().0
}

/// A client of a server that takes a piece of the request's body at a time, and waits before the
/// next one.
fn slow_server(pause: u64) -> Client {
    let answer = move |request: http::Request<Body>| async move {
        let mut body = request.into_body();
        while let Some(piece) = body.next().await {
            piece.map_err(|error| TransportError::setup(BoxError::from(error)))?;
            sleep(Duration::from_millis(pause)).await;
        }
        answer(200, &[])
    };
    builder().transport(Answers(answer)).build().unwrap().0
}

const DAY: u64 = 24 * 60 * 60 * 1000;

#[track_caller]
fn assert_stalled(error: &Error) {
    let Error::Failure(failure) = error else {
        panic!("{error}")
    };
    assert_eq!(failure.kind(), FailureKind::Timeout, "{error}");
    let text = error.to_string();
    assert!(
        text.contains(": the transfer stalled: ") || text.contains(": read timeout after 60s"),
        "{text}"
    );
}

/// Bytes a piece, milliseconds before each, and whether that is at least a byte a second over 20 s.
const SPEEDS: [(usize, u64, bool); 9] = [
    (1, 1_000, true),
    (1, 1_010, false),
    (1, 2_000, false),
    (2, 2_000, true),
    (19, 19_900, false),
    (20, 19_900, true),
    (1, 59_000, false),
    (1 << 10, 19_900, true),
    (1 << 10, 20_100, false),
];

#[tokio::test(start_paused = true)]
async fn a_response_has_a_minimum_throughput() {
    for (size, pause, fast) in SPEEDS {
        let client = client(200, move || Pieces::new(300, size, pause).body());
        let start = Instant::now();
        let result = client.send(&Ping).await;
        assert_eq!(result.is_ok(), fast, "{size} bytes each {pause} ms");
        if let Err(error) = result {
            assert_stalled(&error);
            assert!(
                start.elapsed() <= Duration::from_secs(21),
                "{:?}",
                start.elapsed()
            );
        }

        let mut body = client.send(&Download).await.unwrap().0;
        let mut pieces = 0;
        let end = loop {
            match body.next().await {
                Some(Ok(_)) => pieces += 1,
                end => break end,
            }
        };
        assert_eq!(
            (end.is_none(), pieces == 300),
            (fast, fast),
            "{size} bytes each {pause} ms"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_time_of_the_reader_does_not_count() {
    let client = client(200, || Pieces::new(50, 1, 900).body());
    let mut body = client.send(&Download).await.unwrap().0;
    let mut pieces = 0;
    while let Some(piece) = body.next().await {
        pieces += piece.unwrap().len();
        sleep(Duration::from_secs(100)).await;
        // One who gives up in the middle, and comes back.
        let _ = tokio::time::timeout(Duration::from_millis(1), body.next()).await;
        sleep(Duration::from_secs(100)).await;
    }
    assert_eq!(pieces, 50);
}

#[tokio::test(start_paused = true)]
async fn an_upload_has_a_minimum_throughput() {
    for (size, pause, fast) in [
        (1, 1_000, true),
        (1, 1_010, false),
        (19, 20_100, false),
        (21, 20_100, true),
        (1, 59_000, false),
        // A large piece has as much time as the read timeout gives it.
        (1 << 16, 59_000, true),
        (1 << 16, 61_000, false),
    ] {
        let start = Instant::now();
        let result = slow_server(pause)
            .send(&Upload(Pieces::new(100, size, 0).body()))
            .await;
        assert_eq!(result.is_ok(), fast, "{size} bytes each {pause} ms");
        if let Err(error) = result {
            assert_stalled(&error);
            assert!(
                start.elapsed() <= Duration::from_secs(125),
                "{:?}",
                start.elapsed()
            );
        }
    }
    slow_server(50_000)
        .send(&Upload(vec![0; 1 << 20].into()))
        .await
        .unwrap();
    assert_stalled(
        &slow_server(61_000)
            .send(&Upload(vec![0; 1 << 20].into()))
            .await
            .unwrap_err(),
    );
}

#[tokio::test(start_paused = true)]
async fn the_time_of_the_caller_does_not_count() {
    for pause in [50_000, DAY] {
        slow_server(10)
            .send(&Upload(Pieces::new(100, 1, pause).body()))
            .await
            .unwrap();
    }
    // The service has to take what there is, and to answer.
    let mut pieces = Pieces::new(2, 1, DAY);
    for pause in [DAY, 61_000] {
        let start = Instant::now();
        assert_stalled(
            &slow_server(pause)
                .send(&Upload(pieces.body()))
                .await
                .unwrap_err(),
        );
        assert!(
            start.elapsed() <= Duration::from_millis(2 * DAY + 125_000),
            "{:?}",
            start.elapsed()
        );
        pieces = Pieces::new(1, 1, DAY);
    }
}

#[tokio::test(start_paused = true)]
async fn the_minimum_throughput_can_be_set() {
    let transport =
        Answers(|_| std::future::ready(Ok(http::Response::new(Pieces::new(4, 1, 50_000).body()))));
    let builder = || builder().transport(transport.clone());
    let client = builder().stalled_stream_protection(None).build().unwrap().0;
    client.send(&Ping).await.unwrap();
    let client = builder()
        .stalled_stream_protection(Duration::from_secs(5))
        .build()
        .unwrap()
        .0;
    let start = Instant::now();
    assert_stalled(&client.send(&Ping).await.err().unwrap());
    assert!(start.elapsed() < Duration::from_secs(6));
    let day = Duration::from_millis(DAY);
    let client = builder()
        .read_timeout(None)
        .stalled_stream_protection(day)
        .build()
        .unwrap()
        .0;
    client.send(&Ping).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn at_most_one_mebibyte_of_an_error_is_read() {
    let pieces = Arc::new(AtomicU64::new(0));
    let taken = pieces.clone();
    let endless = move || {
        Body::from_stream(Pieces {
            taken: taken.clone(),
            ..Pieces::new(1 << 30, 1 << 16, 0)
        })
    };
    let error = client(500, endless).send(&Ping).await.err().unwrap();
    assert_eq!(error.status().unwrap(), 500);
    assert!(pieces.load(Ordering::SeqCst) <= (1 << 20) + (1 << 16));

    // What came of one that breaks off is read.
    let start = br#"{"code":"BusyException","message":"try later"}"#;
    for end in [End::Reset, End::Silence] {
        let body = move || {
            let pieces = Pieces {
                piece: Bytes::from_static(start),
                ..Pieces::new(1, 1, 0)
            };
            pieces.end(end).body()
        };
        let error = client(400, body).send(&Ping).await.err().unwrap();
        assert_eq!(
            (error.code(), error.message()),
            (Some("BusyException"), Some("try later")),
            "{end:?}"
        );
    }
}

/// Its head says what went wrong, so that there is little to wait for.
#[tokio::test(start_paused = true)]
async fn the_read_timeout_limits_the_body_of_an_error() {
    let client = client(404, || Pieces::new(DAY, 10, 1_000).body());
    let start = Instant::now();
    let error = client.send(&Ping).await.err().unwrap();
    assert!(
        start.elapsed() <= Duration::from_secs(61),
        "{:?}",
        start.elapsed()
    );
    let text = "Ping failed: 404 Not Found, 600 bytes (request id id-1): ";
    assert!(error.to_string().starts_with(text), "{error}");
}

#[tokio::test(start_paused = true)]
async fn successful_responses_have_a_size_limit() {
    let too_large = "Ping failed: cannot read the body (200, request id id-1): it is larger than the client's \
                     `max_response_size` of 1000 bytes";
    for (size, fits) in [(1_000, true), (1_001, false)] {
        let known = move || Body::from(vec![0; size]);
        let opened = move || Body::reopen(size as u64, move || Body::from(vec![0; size]));
        let unknown = move || Pieces::new(size as u64, 1, 0).body();
        let endless = move || Pieces::new(if fits { 1_000 } else { u64::MAX }, 1, 0).body();
        let bodies: [&dyn Fn() -> Body; 4] = [&known, &opened, &unknown, &endless];
        for body in bodies {
            let response = http::Response::builder()
                .header("x-amzn-requestid", "id-1")
                .body(body())
                .unwrap();
            let response = std::sync::Mutex::new(Some(response));
            let transport = Answers({
                let response = Arc::new(response);
                move |_| {
                    std::future::ready(Ok(response
                        .lock()
                        .unwrap()
                        .take()
                        .expect("it is sent once")))
                }
            });
            let policy = RetryPolicy::standard();
            let client = builder()
                .transport(transport)
                .max_response_size(1_000)
                .retry(policy);
            match client.build().unwrap().0.send(&Ping).await {
                Ok(output) => assert!(fits && output.0.len() == size),
                Err(error) => assert!(!fits && error.to_string() == too_large, "{error}"),
            }
        }
    }
    // A stream is its reader's.
    let client = builder().max_response_size(10).transport(Answers(|_| {
        std::future::ready(Ok(http::Response::new(Pieces::new(100, 1, 0).body())))
    }));
    let body = client.build().unwrap().0.send(&Download).await.unwrap().0;
    assert_eq!(body.bytes().await.unwrap().len(), 100);
}

macro_rules! operations {
    ($($name:ident $method:ident $idempotent:literal $token:literal,)*) => {$(
        struct $name;

        impl Operation for $name {
            const NAME: &'static str = stringify!($name);
            const METHOD: Method = Method::$method;
            const IDEMPOTENT: bool = $idempotent;
            type Output = Output;
            type Error = Error;

            fn write(&self, request: &mut RequestWriter<'_>) -> Written {
                request.path("/");
                if $token {
                    let token = request.token(&None).into_owned();
                    request.object(|json| json.member("token", &token));
                }
                Ok(())
            }
        }
    )*};
}

operations! {
    Get GET false false, Head HEAD false false, Put PUT false false, Delete DELETE false false,
    Options OPTIONS false false, Post POST false false, Patch PATCH false false,
    PostWithToken POST false true, PatchWithToken PATCH false true,
    PostWithTrait POST true false, PatchWithTrait PATCH true false,
}

/// RFC 9110 section 9.2.2: the safe methods, PUT and DELETE are idempotent.
#[tokio::test(start_paused = true)]
async fn an_interrupted_response_is_retried_if_the_operation_is_idempotent() {
    async fn requests<O: Operation<Error = Error>>(operation: &O, end: End) -> (u64, String) {
        let count = Arc::new(AtomicU64::new(0));
        let counted = count.clone();
        let transport = Answers(move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
            std::future::ready(Ok(http::Response::new(
                Pieces::new(3, 1, 0).end(end).body(),
            )))
        });
        let client = builder()
            .transport(transport)
            .retry(RetryPolicy::standard())
            .build()
            .unwrap()
            .0;
        let error = client.send(operation).await.err().unwrap();
        assert_eq!(error.status().unwrap(), 200, "{error}");
        let requests = count.load(Ordering::SeqCst);
        assert_eq!(
            (u64::from(error.attempts()), error.is_retryable()),
            (requests, requests > 1),
            "{error}"
        );
        (requests, error.to_string())
    }
    for end in [End::Reset, End::Silence] {
        for (count, text) in [
            requests(&Get, end).await,
            requests(&Head, end).await,
            requests(&Put, end).await,
            requests(&Delete, end).await,
            requests(&Options, end).await,
            requests(&PostWithToken, end).await,
            requests(&PatchWithToken, end).await,
            requests(&PostWithTrait, end).await,
            requests(&PatchWithTrait, end).await,
        ] {
            assert_eq!(count, 3, "{text}");
        }
        for (count, text) in [requests(&Post, end).await, requests(&Patch, end).await] {
            assert_eq!(count, 1, "{text}");
            let reason = "; not retried: the service has processed the request, and the operation is not idempotent";
            assert!(text.ends_with(reason), "{text}");
        }
    }
}

/// As in the AWS SDKs: nobody knows whether the service acted on it.
#[tokio::test(start_paused = true)]
async fn a_request_without_response_is_retried() {
    let count = Arc::new(AtomicU64::new(0));
    let counted = count.clone();
    let transport = Answers(move |_| {
        let number = counted.fetch_add(1, Ordering::SeqCst);
        async move {
            match number {
                0 => Err(TransportError::timeout("read", Duration::from_secs(60))),
                1 => std::future::pending().await,
                _ => answer(200, &[]),
            }
        }
    });
    let client = builder()
        .transport(transport)
        .retry(RetryPolicy::standard())
        .build()
        .unwrap()
        .0;
    client.send(&Post).await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 3);
}

#[cfg(feature = "aws-config")]
#[tokio::test(start_paused = true)]
async fn stalled_stream_protection_is_taken_over_from_an_sdk_config() {
    use aws_types::SdkConfig;
    use aws_types::sdk_config::StalledStreamProtectionConfig;
    let download =
        Answers(|_| std::future::ready(Ok(http::Response::new(Pieces::new(4, 1, 10_000).body()))));
    let enabled = || StalledStreamProtectionConfig::enabled().grace_period(Duration::from_secs(5));
    for (protection, is_protected) in [
        (enabled().build(), true),
        (enabled().upload_enabled(false).build(), true),
        (enabled().download_enabled(false).build(), false),
        (StalledStreamProtectionConfig::disabled(), false),
    ] {
        let config = SdkConfig::builder()
            .stalled_stream_protection(protection)
            .build();
        let client = builder()
            .transport(download.clone())
            .sdk_config(&config)
            .build()
            .unwrap()
            .0;
        assert_eq!(client.send(&Ping).await.is_err(), is_protected);
    }
}
