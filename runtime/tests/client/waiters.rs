//! Waiters, with a mock transport and clock.

use super::{Answer, Answers, Error, Example, Output, Ping, Seeded, World, answer, now};
use smithy_rt::client::{
    ServiceClient, TransportError, wait_for_either, wait_for_error, wait_for_output,
};
use smithy_rt::{AcceptorState, WaitError, WaitErrorKind, Waiter, http};
use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Waits for the body `done`, or for the error `Gone`.
const DONE: Waiter<Ping> = Waiter {
    name: "PingDone",
    min_delay: 2,
    max_delay: 120,
    on_output: |_, output| match &output.0[..] {
        b"done" => Some(AcceptorState::Success),
        b"broken" => Some(AcceptorState::Failure),
        _ => None,
    },
    on_error: |code| match code {
        Some("Gone") => Some(AcceptorState::Success),
        Some("NotYet") => Some(AcceptorState::Retry),
        _ => None,
    },
};

fn body(body: &'static str) -> Answer {
    Ok(http::Response::new(body.into()))
}

fn error(code: &str) -> Answer {
    answer(400, &[("x-amzn-errortype", code)])
}

type Waited = Result<Result<Output, Error>, WaitError<Ping>>;

fn wait(world: &World, seconds: u64) -> Waited {
    now(wait_for_either(
        Example(world.client()),
        Ping,
        DONE,
        Duration::from_secs(seconds),
    ))
}

#[test]
fn a_waiter_polls_until_it_succeeds() {
    let world = World::new([body("new"), error("NotYet"), body("new"), body("done")]);
    assert_eq!(wait(&world, 300).unwrap().unwrap().0, "done");
    // Halfway between 2 and 2, 4, 8 seconds.
    assert_eq!(world.pauses(), [2000, 3000, 5000]);
    assert_eq!(world.requests().len(), 4);
    assert_eq!(
        wait(&World::new([error("Gone")]), 300)
            .unwrap()
            .err()
            .unwrap()
            .code(),
        Some("Gone")
    );
}

#[test]
fn waiters_return_the_expected_result() {
    let time = Duration::from_secs(1);
    let client = |answer| Example::from_inner(World::new([answer]).client());
    let output = now(wait_for_output(client(body("done")), Ping, DONE, time));
    assert_eq!(output.unwrap().0, "done");
    assert_eq!(
        now(wait_for_error(client(error("Gone")), Ping, DONE, time))
            .unwrap()
            .code(),
        Some("Gone")
    );
    let other = now(wait_for_error(client(body("done")), Ping, DONE, time))
        .err()
        .unwrap();
    assert_eq!(other.output().unwrap().0, "done");
}

#[test]
fn wait_errors_contain_the_last_result() {
    let world = World::new([body("new"), body("broken")]);
    let failed = wait(&world, 300).err().unwrap();
    let text = "waiting for `PingDone` failed: the service reported that it failed (Ping, 2 calls in 2.0 s)";
    assert_eq!(
        (failed.kind(), failed.to_string().as_str()),
        (WaitErrorKind::FailureState, text)
    );
    assert!(
        failed.output().is_some_and(|output| output.0 == "broken") && failed.source().is_none()
    );

    let failed = wait(&World::new([error("Denied")]), 300).err().unwrap();
    assert_eq!(
        failed.to_string(),
        "waiting for `PingDone` failed: a call failed (Ping, 1 call in 0.0 s): \
         Ping failed: Denied (400, request id id-1)"
    );
    assert_eq!(
        (failed.kind(), failed.calls()),
        (WaitErrorKind::UnexpectedError, 1)
    );
    assert_eq!(
        failed.source().unwrap().to_string(),
        "Ping failed: Denied (400, request id id-1)"
    );
}

#[test]
fn acceptors_only_match_responses() {
    const ANY: Waiter<Ping> = Waiter {
        on_error: |_| Some(AcceptorState::Success),
        ..DONE
    };
    let time = Duration::from_secs(1);
    let wait = |answer| {
        now(wait_for_error(
            Example(World::new([answer]).client()),
            Ping,
            ANY,
            time,
        ))
    };
    assert_eq!(wait(error("Anything")).unwrap().code(), Some("Anything"));
    let failed = wait(Err(TransportError::setup("no certificate")))
        .err()
        .unwrap();
    assert_eq!(
        (failed.kind(), failed.calls()),
        (WaitErrorKind::UnexpectedError, 1)
    );
}

#[test]
fn the_last_call_is_made_at_the_end_of_the_wait_time() {
    let world = World::new((0..9).map(|_| body("new")));
    let failed = wait(&world, 11).err().unwrap();
    assert_eq!(world.pauses(), [2000, 3000, 6000]);
    assert_eq!(
        (failed.kind(), failed.calls(), failed.elapsed()),
        (WaitErrorKind::TimedOut, 4, Duration::from_secs(11))
    );
    assert!(failed.output().is_some());
    let world = World::new([body("new"), body("done")]);
    assert_eq!(wait(&world, 1).unwrap().unwrap().0, "done");
    assert_eq!(world.pauses(), [1000]);
}

#[test]
fn a_call_that_exceeds_the_wait_time_is_cancelled() {
    // The only pause that this world's clock makes is the waiter's own.
    let client = World::new([]).builder().read_timeout(None).build().unwrap();
    let failed = now(wait_for_either(client, Ping, DONE, Duration::from_secs(7)))
        .err()
        .unwrap();
    assert_eq!(
        (failed.kind(), failed.calls(), failed.elapsed()),
        (WaitErrorKind::TimedOut, 1, Duration::from_secs(7))
    );
    assert!(failed.output().is_none() && failed.error().is_none());
}

/// A client of a server that takes some time for each answer, in milliseconds by a function of the
/// call's number.
fn slow(latency: impl Fn(u64) -> u64 + Clone + Send + Sync + 'static) -> Example {
    let calls = Arc::new(AtomicU64::new(0));
    let transport = Answers(move |_| {
        let latency = Duration::from_millis(latency(calls.fetch_add(1, Ordering::SeqCst)));
        async move {
            sleep(latency).await;
            body("new")
        }
    });
    World::new([])
        .builder()
        .transport(transport)
        .system(smithy_rt::client::Tokio)
        .build()
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_slow_server_does_not_extend_the_wait_time() {
    let start = Instant::now();
    let waited = wait_for_output(
        slow(|call| call * 40_000),
        Ping,
        DONE,
        Duration::from_secs(2),
    );
    let failed = waited.await.err().unwrap();
    assert!(
        start.elapsed() < Duration::from_millis(2_010),
        "{:?}",
        start.elapsed()
    );
    let text = failed.to_string();
    assert!(
        text.starts_with("waiting for `PingDone` failed: timed out (Ping, 2 calls in 2.0 s)"),
        "{text}"
    );
    assert!(
        text.ends_with("; no acceptor matched the last output"),
        "{text}"
    );
    assert!(failed.kind() == WaitErrorKind::TimedOut && failed.output().is_some());
}

#[tokio::test(start_paused = true)]
async fn waiters_do_not_exceed_the_wait_time() {
    let mut random = Seeded(1);
    for _ in 0..500 {
        let (longest, seed) = (random.below(40_000), random.next());
        let max_wait = Duration::from_millis(random.below(60_000));
        let client = slow(move |call| Seeded(seed ^ call).below(longest + 1));
        let start = Instant::now();
        let failed = wait_for_output(client, Ping, DONE, max_wait)
            .await
            .err()
            .unwrap();
        // Timers of tokio are late by up to a millisecond each, and a pause and a call may end the
        // wait.
        assert!(
            start.elapsed() <= max_wait + Duration::from_millis(2),
            "{failed}"
        );
        assert_eq!(failed.kind(), WaitErrorKind::TimedOut);
    }
}

#[tokio::test(start_paused = true)]
async fn the_last_call_has_time_for_its_response() {
    let mut random = Seeded(2);
    for _ in 0..200 {
        let latency = random.below(1_000);
        let max_wait = Duration::from_millis(5_000 + random.below(60_000));
        let calls = Arc::new(AtomicU64::new(0));
        let count = calls.clone();
        let client = slow(move |_| {
            count.fetch_add(1, Ordering::SeqCst);
            latency
        });
        let start = Instant::now();
        let failed = wait_for_output(client, Ping, DONE, max_wait)
            .await
            .err()
            .unwrap();
        assert_eq!(u64::from(failed.calls()), calls.load(Ordering::SeqCst));
        // It was answered, and the wait was over then.
        assert!(
            start.elapsed() < max_wait.max(Duration::from_millis(2)),
            "{failed}"
        );
    }
}
