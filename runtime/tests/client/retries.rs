//! Decisions of a client over random sequences of failures, against the rules of retry behavior 2.1
//! as AWS publishes them (*AWS SDKs and Tools Reference Guide*, Retry behavior), which are written
//! down here once more.

use super::{NOW, Output, Seeded, now, resolve};
use smithy_rt::client::{
    Builder, Client, Endpoints, Service, ServiceClient, Sleep, System, TransportError,
};
use smithy_rt::retry::RetryPolicy;
use smithy_rt::{Body, Method, Operation, RequestWriter, Written, http};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

macro_rules! services {
    ($($service:ident $id:literal,)*) => {$(
        #[derive(Debug)]
        struct $service(Client);

        impl ServiceClient for $service {
            const SERVICE: Service =
                Service { id: $id, schemes: &[], user_agent: "test/1", endpoints: Endpoints::Shared(resolve) };

            fn from_inner(inner: Client) -> Self {
                Self(inner)
            }

            fn inner(&self) -> &Client {
                &self.0
            }
        }
    )*};
}

macro_rules! operations {
    ($($operation:ident,)*) => {$(
        struct $operation;

        impl Operation for $operation {
            const NAME: &'static str = stringify!($operation);
            const METHOD: Method = Method::POST;
            const LONG_POLL: bool = matches!(stringify!($operation).as_bytes(), b"Modeled");
            type Output = Output;
            type Error = super::Error;

            fn write(&self, request: &mut RequestWriter<'_>) -> Written {
                request.path("/");
                Ok(())
            }
        }
    )*};
}

services! {
    DynamoDb "DynamoDB", DynamoDbStreams "DynamoDB Streams", Sqs "SQS", Sfn "SFN", Swf "SWF", Sts "STS", Other "Other",
}

operations! {
    ReceiveMessage, GetActivityTask, PollForActivityTask, PollForDecisionTask, SomethingElse, Modeled,
}

/// How an attempt ends.
#[derive(Clone, Copy, Debug)]
enum Outcome {
    Success,
    NoConnection,
    TimeOut,
    Error {
        code: &'static str,
        status: u16,
        header: Option<(&'static str, &'static str)>,
    },
}

const THROTTLING: [&str; 14] = [
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "RequestThrottled",
    "EC2ThrottledException",
    "RequestLimitExceeded",
    "SlowDown",
    "BandwidthLimitExceeded",
];
const TRANSIENT: [&str; 4] = [
    "RequestTimeout",
    "RequestTimeoutException",
    "InternalError",
    "IDPCommunicationError",
];
const OTHER: [&str; 4] = [
    "ValidationException",
    "AccessDeniedException",
    "InternalServerException",
    "",
];
const STATUSES: [u16; 9] = [400, 403, 404, 429, 500, 501, 502, 503, 504];
/// What a header asks for in milliseconds, if anything.
const HEADERS: [(&str, &str, Option<f64>); 12] = [
    ("x-amz-retry-after", "0", Some(0.0)),
    ("x-amz-retry-after", "10", Some(10.0)),
    ("x-amz-retry-after", "1500", Some(1500.0)),
    ("x-amz-retry-after", "5600", Some(5600.0)),
    ("x-amz-retry-after", "86400000", Some(86_400_000.0)),
    ("x-amz-retry-after", "-1", None),
    ("x-amz-retry-after", "soon", None),
    ("x-amz-retry-after", "1.5", None),
    ("x-amz-retry-after", "99999999999999999999999", None),
    ("retry-after", "2", Some(2000.0)),
    ("retry-after", "Sun, 06 Nov 1994 08:49:40 GMT", Some(3000.0)),
    ("retry-after", "Sun, 06 Nov 1994 08:49:30 GMT", Some(0.0)),
];

impl Outcome {
    fn random(random: &mut Seeded, failures: u64) -> Self {
        if random.below(100) >= failures {
            return Self::Success;
        }
        let (code, status) = match random.below(16) {
            0..2 => return Self::NoConnection,
            2..4 => return Self::TimeOut,
            4..8 => (pick(random, &THROTTLING), pick(random, &STATUSES)),
            8..10 => (pick(random, &TRANSIENT), pick(random, &STATUSES)),
            10..15 => (pick(random, &OTHER), pick(random, &STATUSES[3..])),
            _ => (pick(random, &OTHER), pick(random, &STATUSES)),
        };
        let (name, value, _) = pick(random, &HEADERS);
        Self::Error {
            code,
            status,
            header: (random.below(4) == 0).then_some((name, value)),
        }
    }

    fn answer(self) -> super::Answer {
        match self {
            Self::Success => super::answer(200, &[]),
            Self::NoConnection => Err(TransportError::connect("refused")),
            Self::TimeOut => Err(TransportError::timeout("read", Duration::from_secs(60))),
            Self::Error {
                code,
                status,
                header,
            } => {
                let code = [("x-amzn-errortype", code)]
                    .into_iter()
                    .filter(|(_, code)| !code.is_empty());
                super::answer(status, &code.chain(header).collect::<Vec<_>>())
            }
        }
    }
}

fn pick<T: Copy>(random: &mut Seeded, from: &[T]) -> T {
    from[usize::try_from(random.below(from.len() as u64)).unwrap()]
}

/// A system and a transport in one: attempts end as random numbers say, and pauses take no time.
#[derive(Clone)]
struct Script(Arc<Mutex<State>>);

struct State {
    random: Seeded,
    failures: u64,
    outcomes: Vec<Outcome>,
    /// In milliseconds.
    pauses: Vec<f64>,
}

/// The random part of the pause after so many requests.
fn jitter(requests: usize) -> f64 {
    Seeded(requests as u64).below(1 << 32) as f64 / 2_f64.powi(32)
}

impl System for Script {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(NOW)
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        self.0
            .lock()
            .unwrap()
            .pauses
            .push(duration.as_secs_f64() * 1000.0);
        Box::pin(std::future::ready(Ok(())))
    }

    fn random(&self) -> f64 {
        jitter(self.0.lock().unwrap().outcomes.len())
    }
}

impl tower_service::Service<http::Request<Body>> for Script {
    type Response = http::Response<Body>;
    type Error = TransportError;
    type Future =
        Pin<Box<dyn Future<Output = Result<http::Response<Body>, TransportError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<Body>) -> Self::Future {
        let state = &mut *self.0.lock().unwrap();
        let outcome = Outcome::random(&mut state.random, state.failures);
        state.outcomes.push(outcome);
        let answer = outcome.answer().map(|response| response.map(Body::from));
        Box::pin(std::future::ready(answer))
    }
}

/// The published rules for one client.
struct Rules {
    max_attempts: usize,
    /// In milliseconds, as all here.
    transient_base: f64,
    max_backoff: f64,
    is_long_poll: bool,
    quota: u32,
    pauses: Vec<f64>,
}

impl Rules {
    fn new(service: &str, operation: &str, max_attempts: Option<u32>, max_backoff: f64) -> Self {
        let is_dynamo = service == "DynamoDB" || service == "DynamoDB Streams";
        let default = if is_dynamo { 4 } else { 3 };
        Self {
            max_attempts: max_attempts.unwrap_or(default) as usize,
            transient_base: if is_dynamo { 25.0 } else { 50.0 },
            max_backoff,
            is_long_poll: operation == "Modeled"
                || [
                    "SQS.ReceiveMessage",
                    "SFN.GetActivityTask",
                    "SWF.PollForActivityTask",
                    "SWF.PollForDecisionTask",
                ]
                .contains(&format!("{service}.{operation}").as_str()),
            quota: 500,
            pauses: vec![],
        }
    }

    /// How many attempts a call makes whose first is the one of this number, and whether it
    /// succeeds.
    fn call(&mut self, first: usize, outcomes: &[Outcome]) -> (usize, bool) {
        let mut taken = 1;
        for retry in 0.. {
            let outcome = outcomes[first + retry];
            let is_throttling = match outcome {
                Outcome::Success => {
                    self.quota = 500.min(self.quota + taken);
                    return (retry + 1, true);
                }
                Outcome::NoConnection | Outcome::TimeOut => false,
                Outcome::Error { code, .. } if THROTTLING.contains(&code) => true,
                Outcome::Error { code, .. } if TRANSIENT.contains(&code) => false,
                // Not on the page, which classifies by code; the client takes this status for
                // throttling.
                Outcome::Error { status: 429, .. } => true,
                Outcome::Error {
                    status: 500 | 502 | 503 | 504,
                    ..
                } => false,
                Outcome::Error { .. } => return (retry + 1, false),
            };
            if retry + 1 >= self.max_attempts {
                return (retry + 1, false);
            }
            let base = if is_throttling {
                1000.0
            } else {
                self.transient_base
            };
            let longest = (base * 2_f64.powi(i32::try_from(retry).unwrap())).min(self.max_backoff);
            let computed = jitter(first + retry + 1) * longest;
            let asked = match outcome {
                Outcome::Error {
                    header: Some(header),
                    ..
                } => {
                    HEADERS
                        .iter()
                        .find(|(name, value, _)| (*name, *value) == header)
                        .unwrap()
                        .2
                }
                _ => None,
            };
            let pause = asked.map_or(computed, |asked| computed.max(asked.min(computed + 5000.0)));
            let cost = if is_throttling { 5 } else { 14 };
            if self.quota < cost {
                if self.is_long_poll {
                    self.pauses.push(pause);
                }
                return (retry + 1, false);
            }
            self.quota -= cost;
            taken = cost;
            self.pauses.push(pause);
        }
        unreachable!("it returns")
    }
}

/// How many sequences ran the quota down.
#[derive(Default)]
struct Seen {
    retries: usize,
    quota_used_up: usize,
}

fn sequence<C: ServiceClient, O: Operation<Error = super::Error>>(
    operation: &O,
    seed: u64,
    seen: &mut Seen,
) {
    let mut random = Seeded(seed);
    let max_attempts = (random.below(3) == 0).then(|| 1 + random.below(12) as u32);
    let max_backoff = pick(&mut random, &[20_000, 20_000, 700]);
    let mut policy = RetryPolicy::standard().max_backoff(Duration::from_millis(max_backoff));
    policy = max_attempts.map_or(policy, |attempts| policy.max_attempts(attempts));
    let calls = if random.below(20) == 0 {
        80
    } else {
        1 + random.below(4)
    };
    let failures = pick(&mut random, &[30, 80, 97]);
    let script = Script(Arc::new(Mutex::new(State {
        random,
        failures,
        outcomes: vec![],
        pauses: vec![],
    })));
    let builder = Builder::<C>::new().region("us-east-1").retry(policy);
    let client = builder
        .transport(script.clone())
        .system(script.clone())
        .build()
        .unwrap();

    let mut results = vec![];
    for _ in 0..calls {
        let before = script.0.lock().unwrap().outcomes.len();
        let result = now(client.inner().send(operation));
        let after = script.0.lock().unwrap().outcomes.len();
        if let Err(error) = &result {
            assert_eq!(error.attempts() as usize, after - before);
            seen.quota_used_up += usize::from(error.to_string().contains("quota"));
        }
        results.push((before, after - before, result.is_ok()));
        seen.retries += after - before - 1;
    }
    let state = script.0.lock().unwrap();
    let mut rules = Rules::new(C::SERVICE.id, O::NAME, max_attempts, max_backoff as f64);
    for (first, attempts, succeeds) in results {
        let expected = rules.call(first, &state.outcomes);
        assert_eq!(
            (attempts, succeeds),
            expected,
            "seed {seed}, attempt {first}"
        );
    }
    // Where a random part is nothing there is no pause.
    rules.pauses.retain(|pause| *pause > 0.0);
    assert_eq!(state.pauses.len(), rules.pauses.len(), "seed {seed}");
    for (pause, expected) in state.pauses.iter().zip(&rules.pauses) {
        assert!(
            (pause - expected).abs() < 0.001,
            "seed {seed}: {pause} ms, {expected} ms by the rules"
        );
    }
}

#[test]
fn random_sequences_of_failures_follow_the_published_rules() {
    let mut seen = Seen::default();
    for seed in 0..10_000 {
        match seed % 10 {
            0 => sequence::<DynamoDb, _>(&SomethingElse, seed, &mut seen),
            1 => sequence::<DynamoDbStreams, _>(&ReceiveMessage, seed, &mut seen),
            2 => sequence::<Sqs, _>(&ReceiveMessage, seed, &mut seen),
            3 => sequence::<Sqs, _>(&SomethingElse, seed, &mut seen),
            4 => sequence::<Sfn, _>(&GetActivityTask, seed, &mut seen),
            5 => sequence::<Swf, _>(&PollForActivityTask, seed, &mut seen),
            6 => sequence::<Swf, _>(&PollForDecisionTask, seed, &mut seen),
            7 => sequence::<Sts, _>(&SomethingElse, seed, &mut seen),
            8 => sequence::<Other, _>(&Modeled, seed, &mut seen),
            _ => sequence::<Other, _>(&GetActivityTask, seed, &mut seen),
        }
    }
    assert!(
        seen.retries > 10_000 && seen.quota_used_up > 1_000,
        "{} {}",
        seen.retries,
        seen.quota_used_up
    );
}
