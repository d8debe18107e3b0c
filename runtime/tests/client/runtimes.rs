//! Calls on tokio runtimes without timers or I/O return errors and do not panic.

use super::{Answers, Error, Example, Ping, answer};
use smithy_rt::client::{Builder, Client, wait_for_error};
use smithy_rt::retry::RetryPolicy;
use smithy_rt::{AcceptorState, Body, FailureKind, Waiter};
use std::future::{pending, ready};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;
use tokio::runtime::Runtime;

/// The runtimes that there can be around a call.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Around {
    Nothing,
    Neither,
    Io,
    Timers,
    Both,
    ShutDown,
}

const ALL: [Around; 6] = [
    Around::Nothing,
    Around::Neither,
    Around::Io,
    Around::Timers,
    Around::Both,
    Around::ShutDown,
];

struct Unpark(std::thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

impl Around {
    fn run<F: Future>(self, future: F) -> F::Output {
        let runtime = || tokio::runtime::Builder::new_current_thread();
        let built: std::io::Result<Runtime> = match self {
            Self::Nothing => return block_on(future),
            Self::Neither => runtime().build(),
            Self::Io => runtime().enable_io().build(),
            Self::Timers => runtime().enable_time().build(),
            Self::Both => runtime().enable_all().build(),
            Self::ShutDown => {
                let runtime = runtime().enable_all().build().unwrap();
                let handle = runtime.handle().clone();
                runtime.shutdown_background();
                return handle.block_on(future);
            }
        };
        built.unwrap().block_on(future)
    }
}

/// Runs a future on this thread alone.
fn block_on<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => std::thread::park(),
        }
    }
}

fn server() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 1 << 12]);
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}");
        }
    });
    port
}

fn client(transport: impl smithy_rt::client::Transport) -> Client {
    builder().transport(transport).build().unwrap().0
}

fn builder() -> Builder<Example> {
    Builder::new()
        .endpoint_url("http://localhost")
        .region("us-east-1")
        .unsigned()
}

fn send(around: Around, client: &Client) -> Result<(), Error> {
    around.run(async { client.send(&Ping).await.map(drop) })
}

#[test]
fn a_transport_without_tokio_needs_no_runtime() {
    for around in ALL {
        let client = client(Answers(|_| ready(answer(200, &[]))));
        assert!(send(around, &client).is_ok(), "{around:?}");
    }
}

#[test]
fn the_default_transport_requires_io_and_timers() {
    let port = server();
    for (limit, host) in [
        (Some(Duration::from_secs(20)), "127.0.0.1"),
        (None, "127.0.0.1"),
        (Some(Duration::from_secs(20)), "localhost"),
        (None, "localhost"),
    ] {
        for around in ALL {
            let builder = builder()
                .endpoint_url(format!("http://{host}:{port}"))
                .retry(RetryPolicy::off());
            let client = builder
                .connect_timeout(limit)
                .read_timeout(limit)
                .build()
                .unwrap()
                .0;
            let result = send(around, &client);
            if around == Around::Both {
                result.unwrap();
                continue;
            }
            let error = result.unwrap_err();
            let Error::Failure(failure) = &error else {
                panic!("{around:?}: {error}")
            };
            assert_eq!(failure.kind(), FailureKind::Connect, "{around:?}: {error}");
            assert!(
                !error.is_retryable() || around == Around::ShutDown,
                "{around:?}: {error}"
            );
            if around != Around::ShutDown {
                assert!(
                    error.to_string().contains("tokio runtime"),
                    "{around:?}: {error}"
                );
            }
        }
    }
}

#[test]
fn pauses_require_timers() {
    let silent = client(Answers(|_| pending::<super::Answer>()));
    let busy = client(Answers(|_| ready(answer(500, &[]))));
    for around in [
        Around::Nothing,
        Around::Neither,
        Around::Io,
        Around::ShutDown,
    ] {
        let error = send(around, &silent).unwrap_err().to_string();
        assert!(
            error.starts_with("Ping failed: cannot connect: the tokio runtime is not usable ("),
            "{error}"
        );
        let error = send(around, &busy).unwrap_err();
        assert_eq!(error.attempts(), 1);
        let text = error.to_string();
        assert!(
            text.contains("; not retried: the tokio runtime is not usable ("),
            "{text}"
        );
    }
}

#[test]
fn a_waiter_requires_timers() {
    const NEVER: Waiter<Ping> = Waiter {
        name: "Never",
        min_delay: 1,
        max_delay: 1,
        on_output: |_, _| Some(AcceptorState::Retry),
        on_error: |_| None,
    };
    for around in [
        Around::Nothing,
        Around::Neither,
        Around::Io,
        Around::ShutDown,
    ] {
        for client in [
            client(Answers(|_| pending::<super::Answer>())),
            client(Answers(|_| ready(answer(200, &[])))),
        ] {
            let waited = wait_for_error(Example(client), Ping, NEVER, Duration::from_secs(9));
            let error = around.run(waited).err().unwrap().to_string();
            assert!(
                error.contains("the tokio runtime is not usable ("),
                "{error}"
            );
        }
    }
}

#[test]
fn a_file_body_requires_a_runtime() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let no_runtime = |error: smithy_rt::Failure| {
        let text = error.to_string();
        assert!(text.contains("no reactor running"), "{text}");
    };
    no_runtime(block_on(Body::from_path(path)).unwrap_err());
    let body = || Around::Both.run(Body::from_path(path)).unwrap();
    no_runtime(block_on(body().bytes()).unwrap_err());
    for around in [Around::Neither, Around::Io, Around::Timers, Around::Both] {
        assert!(!around.run(body().bytes()).unwrap().is_empty());
    }
    let _ = Around::ShutDown.run(body().bytes()).unwrap_err();
    // One that is read in part.
    let mut body = body();
    Around::Both.run(body.next()).unwrap().unwrap();
    no_runtime(block_on(body.next()).unwrap().unwrap_err());
}
