//! Streams over the default transport and a server on loopback.

use super::{Error, Example};
use smithy_rt::client::{Builder, Credentials, System};
use smithy_rt::{
    Body, BoxError, Endpoint, FailureKind, FromResponse, Method, Operation, RequestErrorKind,
    RequestWriter, Response, ResponseError, Written,
};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::mpsc::{Receiver, channel};
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;
use tokio::time::Sleep;

/// An upload with checksums of the body.
struct Archive(Body);

impl Operation for Archive {
    const NAME: &'static str = "Archive";
    const METHOD: Method = Method::POST;
    type Output = Nothing;
    type Error = Error;

    fn write(&self, request: &mut RequestWriter<'_>) -> Written {
        request
            .path("/archive")
            .stream_payload("application/octet-stream", "body", &self.0)?
            .tree_hash();
        Ok(())
    }
}

pub(super) struct Upload(pub(super) Body);

impl Operation for Upload {
    const NAME: &'static str = "Upload";
    const METHOD: Method = Method::PUT;
    type Output = Nothing;
    type Error = Error;

    fn write(&self, request: &mut RequestWriter<'_>) -> Written {
        request
            .path("/file")
            .stream_payload("application/octet-stream", "body", &self.0)?;
        Ok(())
    }
}

#[derive(Debug)]
pub(super) struct Nothing;

impl FromResponse for Nothing {
    fn from_response(_: &Response<'_>) -> Result<Self, ResponseError> {
        Ok(Self)
    }
}

pub(super) struct Download;

impl Operation for Download {
    const NAME: &'static str = "Download";
    const METHOD: Method = Method::GET;
    type Output = Content;
    type Error = Error;

    fn write(&self, request: &mut RequestWriter<'_>) -> Written {
        request.path("/file");
        Ok(())
    }
}

#[derive(Debug, Default)]
pub(super) struct Content(pub(super) Body);

impl FromResponse for Content {
    const STREAMS: bool = true;

    fn from_response(response: &Response<'_>) -> Result<Self, ResponseError> {
        let mut value = Self::default();
        response.stream_payload(&mut value.0);
        Ok(value)
    }
}

/// Pieces that are all alike, with a pause before each.
struct Pieces {
    left: usize,
    piece: &'static [u8],
    pause: Duration,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Pieces {
    fn body(left: usize, piece: &'static [u8], pause: Duration) -> Body {
        Body::from_stream(Self {
            left,
            piece,
            pause,
            sleep: None,
        })
    }
}

impl futures_core::Stream for Pieces {
    type Item = Result<&'static [u8], BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.left == 0 {
            return Poll::Ready(None);
        }
        if !this.pause.is_zero() {
            let sleep = this
                .sleep
                .get_or_insert_with(|| Box::pin(tokio::time::sleep(this.pause)));
            std::task::ready!(sleep.as_mut().poll(context));
            this.sleep = None;
        }
        this.left -= 1;
        Poll::Ready(Some(Ok(this.piece)))
    }
}

/// What the server saw: the head of a request, and the number of bytes and the sum of the body.
struct Seen {
    head: String,
    length: usize,
    sum: u64,
}

/// Answers each request with what the function writes; the connection ends with it.
fn server(
    answer: impl Fn(usize, &mut TcpStream) + Copy + Send + 'static,
) -> (String, Receiver<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (tell, seen) = channel();
    thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let (mut stream, tell) = (stream.unwrap(), tell.clone());
            thread::spawn(move || {
                let _ = tell.send(read(&stream));
                answer(number, &mut stream);
            });
        }
    });
    (url, seen)
}

fn read(stream: &TcpStream) -> Seen {
    let mut reader = BufReader::with_capacity(1 << 16, stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(reader.read_line(&mut head).unwrap(), 0);
    }
    let mut seen = Seen {
        head,
        length: 0,
        sum: 0,
    };
    let length = seen
        .head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    if let Some(length) = length {
        seen.take(&mut reader, length.parse().unwrap());
    } else if seen.head.contains("transfer-encoding: chunked") {
        loop {
            let mut size = String::new();
            reader.read_line(&mut size).unwrap();
            let size = usize::from_str_radix(size.trim(), 16).unwrap();
            seen.take(&mut reader, size);
            reader.read_line(&mut String::new()).unwrap();
            if size == 0 {
                break;
            }
        }
    }
    seen
}

impl Seen {
    fn take(&mut self, reader: &mut impl BufRead, mut left: usize) {
        while left > 0 {
            let bytes = reader.fill_buf().unwrap();
            let count = bytes.len().min(left);
            assert_ne!(count, 0);
            self.sum += bytes
                .iter()
                .take(count)
                .map(|byte| u64::from(*byte))
                .sum::<u64>();
            reader.consume(count);
            self.length += count;
            left -= count;
        }
    }
}

fn write(stream: &mut TcpStream, text: &str) {
    stream.write_all(text.as_bytes()).unwrap();
}

fn ok(stream: &mut TcpStream) {
    write(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    );
}

fn builder(url: &str) -> Builder<Example> {
    Builder::new()
        .endpoint_url(url)
        .region("us-east-1")
        .read_timeout(Duration::from_millis(500))
}

fn signed(url: &str) -> Builder<Example> {
    builder(url).credentials(Credentials::new("AKID", "s3cret", None, None, "test"))
}

const PIECE: &[u8] = &[1; 1 << 16];
const PIECES: usize = 1 << 10;

/// 64 MB each way. A body that is held in memory would show.
#[tokio::test]
async fn large_streams_need_little_memory() {
    let (url, seen) = server(|number, stream| {
        if number == 0 {
            return ok(stream);
        }
        write(
            stream,
            &format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n",
                PIECES * PIECE.len()
            ),
        );
        (0..PIECES).for_each(|_| stream.write_all(PIECE).unwrap());
    });
    let client = builder(&url).unsigned().build().unwrap().0;
    let before = resident("VmRSS:");
    client
        .send(&Upload(Pieces::body(PIECES, PIECE, Duration::ZERO)))
        .await
        .unwrap();
    let seen = seen.recv().unwrap();
    assert_eq!(
        (seen.length, seen.sum),
        (PIECES * PIECE.len(), (PIECES * PIECE.len()) as u64)
    );
    assert!(
        seen.head.contains("transfer-encoding: chunked\r\n"),
        "{}",
        seen.head
    );

    let mut body = client.send(&Download).await.unwrap().0;
    assert_eq!(body.length(), Some((PIECES * PIECE.len()) as u64));
    let mut length = 0;
    while let Some(piece) = body.next().await {
        length += piece.unwrap().len();
    }
    assert_eq!(length, PIECES * PIECE.len());
    if let (Some(before), Some(most)) = (before, resident("VmHWM:")) {
        assert!(
            most < before + 32 * 1024,
            "{before} kB before, {most} kB at most"
        );
    }
}

/// Memory of this process in kB, where the system tells.
fn resident(name: &str) -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| {
        line.strip_prefix(name)?
            .trim()
            .strip_suffix(" kB")?
            .parse()
            .ok()
    })
}

/// Real time, but no pauses before another attempt.
struct AtOnce;

impl System for AtOnce {
    fn random(&self) -> f64 {
        0.0
    }
}

/// A file on the disk as long as the test runs.
struct File(std::path::PathBuf);

impl File {
    fn new(content: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!(
            "smithy-rt-{}-{}",
            std::process::id(),
            content.len()
        ));
        std::fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[tokio::test]
async fn a_file_is_sent_again_by_each_attempt() {
    let file = File::new(&[3; 200_001]);
    let (url, seen) = server(|number, stream| match number {
        // The connection ends without an answer.
        0 => {}
        1 => write(
            stream,
            "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        ),
        _ => ok(stream),
    });
    let client = signed(&url).system(AtOnce).build().unwrap().0;
    let body = Body::from_path(&file.0).await.unwrap();
    assert_eq!(format!("{body:?}"), "Body(stream of 200001 bytes)");
    client.send(&Upload(body)).await.unwrap();
    let seen: Vec<Seen> = (0..3).map(|_| seen.recv().unwrap()).collect();
    for seen in seen {
        assert_eq!((seen.length, seen.sum), (200_001, 600_003));
        assert!(
            seen.head.contains("content-length: 200001\r\n"),
            "{}",
            seen.head
        );
        // Its hash is part of the signature, so nothing says that it is not.
        assert!(
            seen.head.contains("authorization: ") && !seen.head.contains("x-amz-content-sha256")
        );
    }
}

#[tokio::test]
async fn missing_and_changed_files_are_errors() {
    let error = Body::from_path("no/such/file").await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with("Body failed: cannot read the body: no/such/file: "),
        "{text}"
    );
    let file = File::new(b"abc");
    let body = Body::from_path(&file.0).await.unwrap();
    std::fs::write(&file.0, "abcd").unwrap();
    let text = body.bytes().await.unwrap_err().to_string();
    assert!(
        text.ends_with("the stream has more bytes than its length of 3"),
        "{text}"
    );
}

#[tokio::test]
async fn a_slow_upload_does_not_time_out() {
    let (url, seen) = server(|_, stream| ok(stream));
    let client = builder(&url).unsigned().build().unwrap().0;
    // A piece each 200 ms takes longer than the timeout of 500 ms.
    client
        .send(&Upload(Pieces::body(
            5,
            b"slow",
            Duration::from_millis(200),
        )))
        .await
        .unwrap();
    assert_eq!(seen.recv().unwrap().length, 20);
}

/// Takes a piece each 200 ms.
#[derive(Clone)]
struct Slow;

impl tower_service::Service<http::Request<Body>> for Slow {
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<http::Response<Body>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        Box::pin(async {
            let mut body = request.into_body();
            assert_eq!(body.length(), Some(1 << 20));
            let mut length = 0;
            while let Some(piece) = body.next().await {
                length += piece?.len();
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
            assert_eq!(length, 1 << 20);
            Ok(http::Response::new(Body::default()))
        })
    }
}

#[tokio::test]
async fn a_slow_upload_from_memory_does_not_time_out() {
    let client = builder("http://localhost")
        .unsigned()
        .transport(Slow)
        .build()
        .unwrap()
        .0;
    // Four pieces take longer than the timeout of 500 ms.
    client.send(&Upload(vec![0; 1 << 20].into())).await.unwrap();
}

#[tokio::test]
async fn stalled_and_interrupted_downloads_are_errors() {
    let (url, _seen) = server(|number, stream| {
        write(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-length: 10\r\nx-amzn-requestid: id-1\r\n\r\nabc",
        );
        if number == 0 {
            thread::sleep(Duration::from_secs(2));
        }
    });
    let client = builder(&url).unsigned().build().unwrap().0;
    for (kind, text) in [
        (
            FailureKind::Timeout,
            "timed out (200, request id id-1): read timeout after 500ms",
        ),
        (
            FailureKind::Body,
            "cannot read the body (200, request id id-1): ",
        ),
    ] {
        let mut body = client.send(&Download).await.unwrap().0;
        assert_eq!(body.next().await.unwrap().unwrap(), "abc");
        let failure = body.next().await.unwrap().unwrap_err();
        assert_eq!(failure.kind(), kind);
        let told = failure.to_string();
        assert!(
            told.starts_with(&format!("Download failed: {text}")),
            "{told}"
        );
        assert!(failure.meta().is_retryable() && body.next().await.is_none());
    }
}

#[tokio::test]
async fn a_stream_that_cannot_be_signed_is_an_error() {
    let (url, seen) = server(|_, stream| ok(stream));
    let client = signed(&url).build().unwrap().0;
    let error = client
        .send(&Upload(Pieces::body(1, b"abc", Duration::ZERO)))
        .await
        .unwrap_err();
    let text = "Upload failed: cannot build the request: without TLS a stream has to be signed, but this one can be read \
                only once: use bytes, a file or `Body::reopen`";
    assert_eq!(error.to_string(), text);
    assert!(seen.try_recv().is_err());
}

/// The checksums are those of the protocol test GlacierChecksums.
#[tokio::test]
async fn checksums_of_a_stream_are_headers() {
    let hello_world = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
    let (url, seen) = server(|_, stream| ok(stream));
    let client = signed(&url).build().unwrap().0;
    let archive = Archive(Body::reopen(11, || Body::from("hello world")));
    client.send(&archive).await.unwrap();
    let seen = seen.recv().unwrap();
    assert_eq!(seen.length, 11);
    for name in ["x-amz-content-sha256", "x-amz-sha256-tree-hash"] {
        assert!(
            seen.head.contains(&format!("{name}: {hello_world}\r\n")),
            "{}",
            seen.head
        );
        assert!(
            seen.head.contains(&format!(";{name}")),
            "it is signed: {}",
            seen.head
        );
    }
    // Somebody has to read it, and this is nobody.
    let endpoint = Endpoint::new(&url).unwrap();
    let error = archive.to_streaming_request(&endpoint).unwrap_err();
    assert_eq!(
        (error.kind(), error.name()),
        (RequestErrorKind::StreamChecksum, "body")
    );
    let once = Archive(Pieces::body(1, b"hello world", Duration::ZERO));
    let text = client.send(&once).await.unwrap_err().to_string();
    assert!(
        text.contains(
            "the request needs a checksum of its body, which is a stream that can be read only once"
        ),
        "{text}"
    );
}
