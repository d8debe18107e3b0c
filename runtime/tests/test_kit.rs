//! The test kit with waiters and streams, which AppFabric does not have.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod support;

use smithy_rt::client::{Client, Endpoints, Service, ServiceClient, wait_for_output};
use smithy_rt::endpoint::Resolved;
use smithy_rt::test_util::{Answer, Script};
use smithy_rt::{
    AcceptorState, Body, FromResponse, Method, Operation, RequestWriter, Response, ResponseError,
    Scheme, WaitErrorKind, Waiter, Written,
};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use support::Error;

struct Example(Client);

impl ServiceClient for Example {
    const SERVICE: Service = Service {
        id: "Example",
        schemes: &[Scheme::SigV4("example")],
        user_agent: "example/1.0",
        endpoints: Endpoints::Shared(|_| Resolved::new("https://example.com")),
    };

    fn from_inner(inner: Client) -> Self {
        Self(inner)
    }

    fn inner(&self) -> &Client {
        &self.0
    }
}

struct Download(Body);

impl FromResponse for Download {
    const STREAMS: bool = true;

    fn from_response(response: &Response<'_>) -> Result<Self, ResponseError> {
        let mut body = Body::default();
        response.stream_payload(&mut body);
        Ok(Self(body))
    }
}

struct Get;

impl Operation for Get {
    const NAME: &'static str = "Get";
    const METHOD: Method = Method::GET;
    type Output = Download;
    type Error = Error;

    fn write(&self, request: &mut RequestWriter<'_>) -> Written {
        request.path("/get");
        Ok(())
    }
}

#[derive(Clone, Debug, PartialEq)]
struct State(&'static str);

impl FromResponse for State {
    fn from_response(_: &Response<'_>) -> Result<Self, ResponseError> {
        Ok(Self("from the response"))
    }
}

struct Describe;

impl Operation for Describe {
    const NAME: &'static str = "Describe";
    const METHOD: Method = Method::GET;
    type Output = State;
    type Error = Error;

    fn write(&self, request: &mut RequestWriter<'_>) -> Written {
        request.path("/describe");
        Ok(())
    }
}

const READY: Waiter<Describe> = Waiter {
    name: "Ready",
    min_delay: 30,
    max_delay: 120,
    on_output: |_, output| (output.0 == "ready").then_some(AcceptorState::Success),
    on_error: |_| None,
};

#[tokio::test]
async fn a_stream_is_given_as_bytes_or_as_output() {
    let script = Script::new();
    script
        .answer(Answer::bytes(200, "from bytes"))
        .answer(Answer::output_with::<Get>(|_| Download("given".into())));
    let client: Example = script.client();
    for expected in ["from bytes", "given"] {
        let output = client.0.send(&Get).await.unwrap();
        assert_eq!(output.0.bytes().await.unwrap(), expected);
    }
}

/// A waiter in real time would pause for at least a minute.
#[tokio::test]
async fn a_waiter_does_not_pause() {
    let script = Script::new();
    script
        .answer(Answer::output::<Describe>(State("new")).times(2))
        .output::<Describe>(State("ready"));
    let limit = Duration::from_secs(600);
    let ready = wait_for_output(script.client::<Example>(), Describe, READY, limit).await;
    assert_eq!(ready.map_err(|error| error.to_string()), Ok(State("ready")));
    script.finish();
}

/// The clock of the client moves, so that the waiter ends.
#[tokio::test]
async fn a_waiter_reaches_its_limit() {
    let script = Script::new();
    // Without a limit, the test would poll for ten minutes if the clock stood still.
    let polls = AtomicUsize::new(0);
    let answer = Answer::output::<Describe>(State("new")).always();
    script.answer(answer.when(move |_| polls.fetch_add(1, Ordering::Relaxed) < 100));
    let limit = Duration::from_secs(600);
    let error = wait_for_output(script.client::<Example>(), Describe, READY, limit).await;
    assert_eq!(error.unwrap_err().kind(), WaitErrorKind::TimedOut);
    assert!((4..20).contains(&script.requests().len()));
}
