use super::*;
use crate::client::system::Sleep;
use aws_credential_types::provider::future::ProvideCredentials as Provided;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use tokio::task::{JoinHandle, yield_now};

/// What the provider of the tests does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    /// Gives credentials that are valid for an hour.
    Hourly,
    /// Gives credentials that have expired.
    Expired,
    Fails,
    Panics,
    Hangs,
}

#[derive(Debug)]
struct Inner {
    asked: AtomicU32,
    mode: Mutex<Mode>,
}

#[derive(Clone, Debug)]
struct Script(Arc<Inner>);

impl ProvideCredentials for Script {
    fn provide_credentials<'a>(&'a self) -> Provided<'a>
    where
        Self: 'a,
    {
        Provided::new(async {
            let number = self.0.asked.fetch_add(1, Ordering::SeqCst);
            for _ in 0..5 {
                yield_now().await;
            }
            let mode = *self.0.mode.lock().unwrap();
            let hours = match mode {
                Mode::Hourly => number + 1,
                Mode::Expired => 0,
                Mode::Fails => return Err(CredentialsError::not_loaded("the token has expired")),
                Mode::Panics => panic!("a fault of the provider"),
                Mode::Hangs => std::future::pending().await,
            };
            let expiry = SystemTime::UNIX_EPOCH + Duration::from_secs(3600 * u64::from(hours));
            Ok(Credentials::new(
                format!("AKID{number}"),
                "s3cret",
                None,
                Some(expiry),
                "test",
            ))
        })
    }
}

/// A clock in seconds since 1970. Its pauses take longer than the provider takes to answer, and
/// nobody waits for them.
#[derive(Default)]
struct Clock {
    now: AtomicU64,
    pauses: AtomicU32,
}

impl System for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.now.load(Ordering::SeqCst))
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        assert_eq!(duration, LOAD_TIMEOUT);
        self.pauses.fetch_add(1, Ordering::SeqCst);
        Box::pin(async {
            for _ in 0..20 {
                yield_now().await;
            }
            Ok(())
        })
    }
}

struct Test {
    provider: Script,
    clock: Arc<Clock>,
    cache: Arc<CredentialsCache>,
}

type Key = Result<String, String>;

impl Test {
    fn new(mode: Mode) -> Self {
        Self::with_timeout(mode, Some(LOAD_TIMEOUT))
    }

    fn with_timeout(mode: Mode, timeout: Option<Duration>) -> Self {
        let provider = Script(Arc::new(Inner {
            asked: AtomicU32::new(0),
            mode: Mutex::new(mode),
        }));
        let cache = Cache::new(SharedCredentialsProvider::new(provider.clone()), timeout);
        Self {
            provider,
            clock: Arc::default(),
            cache: Arc::new(cache),
        }
    }

    fn set(&self, mode: Mode) {
        *self.provider.0.mode.lock().unwrap() = mode;
    }

    fn asked(&self) -> u32 {
        self.provider.0.asked.load(Ordering::SeqCst)
    }

    fn call(&self) -> JoinHandle<Key> {
        let (cache, clock) = (self.cache.clone(), self.clock.clone() as Arc<dyn System>);
        tokio::spawn(async move {
            let got = cache.get(&clock).await;
            got.map(|it| it.access_key_id().to_owned())
                .map_err(|error| format!("{error:?}"))
        })
    }

    fn calls(&self, count: usize) -> Vec<JoinHandle<Key>> {
        (0..count).map(|_| self.call()).collect()
    }

    async fn key_at(&self, seconds: u64) -> Key {
        self.clock.now.store(seconds, Ordering::SeqCst);
        self.call().await.unwrap()
    }
}

async fn keys(calls: Vec<JoinHandle<Key>>) -> Vec<Key> {
    let mut keys = vec![];
    for call in calls {
        keys.push(call.await.unwrap());
    }
    keys
}

#[tokio::test]
async fn calls_share_a_success() {
    let test = Test::new(Mode::Hourly);
    assert!(
        keys(test.calls(100))
            .await
            .into_iter()
            .all(|key| key.unwrap() == "AKID0")
    );
    assert_eq!(test.asked(), 1);
}

#[tokio::test]
async fn calls_share_a_failure_and_a_panic() {
    let panicked = "the provider panicked: a fault of the provider";
    for (mode, text) in [
        (Mode::Fails, "the token has expired"),
        (Mode::Panics, panicked),
    ] {
        let test = Test::new(mode);
        assert!(
            keys(test.calls(30))
                .await
                .into_iter()
                .all(|key| key.unwrap_err().contains(text))
        );
        assert_eq!(test.asked(), 1, "{mode:?}");
        // The next call asks again.
        test.set(Mode::Hourly);
        assert_eq!(test.key_at(0).await.unwrap(), "AKID1");
    }
}

#[tokio::test]
async fn calls_share_the_wait_for_a_provider_that_hangs() {
    let test = Test::new(Mode::Hangs);
    assert!(
        keys(test.calls(6))
            .await
            .into_iter()
            .all(|key| key.unwrap_err().contains("5s"))
    );
    assert_eq!(
        (test.asked(), test.clock.pauses.load(Ordering::SeqCst)),
        (1, 1)
    );
}

#[tokio::test]
async fn there_is_no_limit_without_a_timeout() {
    let test = Test::with_timeout(Mode::Hourly, None);
    assert_eq!(test.key_at(0).await.unwrap(), "AKID0");
    assert_eq!(test.clock.pauses.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_call_that_is_dropped_leaves_the_load_to_the_others() {
    let test = Test::new(Mode::Hourly);
    let calls = test.calls(3);
    yield_now().await;
    // The first one polls the provider.
    calls[0].abort();
    let keys = keys(calls.into_iter().skip(1).collect()).await;
    assert!(keys.into_iter().all(|key| key.unwrap() == "AKID0"));
    assert_eq!(test.asked(), 1);
}

/// Such as a branch of `select!` that is kept for later.
#[tokio::test]
async fn a_call_that_is_not_polled_any_longer_does_not_hold_up_the_others() {
    let test = Test::new(Mode::Hourly);
    let system = test.clock.clone() as Arc<dyn System>;
    let mut kept = Box::pin(test.cache.get(&system));
    let first =
        std::future::poll_fn(|context| std::task::Poll::Ready(kept.as_mut().poll(context))).await;
    assert!(first.is_pending());
    assert_eq!(test.key_at(0).await.unwrap(), "AKID0");
    assert_eq!(kept.await.unwrap().access_key_id(), "AKID0");
    assert_eq!(test.asked(), 1);
}

#[tokio::test]
async fn a_load_that_no_call_waits_for_ends() {
    let test = Test::new(Mode::Hangs);
    for _ in 0..3 {
        let call = test.call();
        yield_now().await;
        call.abort();
        let _ = call.await;
    }
    assert_eq!(test.asked(), 3);
    test.set(Mode::Hourly);
    assert_eq!(test.key_at(0).await.unwrap(), "AKID3");
}

#[tokio::test]
async fn expired_credentials_are_requested_once() {
    let test = Test::new(Mode::Expired);
    test.clock.now.store(10, Ordering::SeqCst);
    assert!(
        keys(test.calls(30))
            .await
            .into_iter()
            .all(|key| key.unwrap() == "AKID0")
    );
    for _ in 0..30 {
        assert_eq!(test.key_at(10).await.unwrap(), "AKID0");
    }
    assert_eq!(test.key_at(11).await.unwrap(), "AKID1");
}

#[tokio::test]
async fn credentials_are_replaced_before_they_expire() {
    let test = Test::new(Mode::Hourly);
    assert_eq!(test.key_at(0).await.unwrap(), "AKID0");
    assert_eq!(test.key_at(3600 - 301).await.unwrap(), "AKID0");
    // By one call; the others do not wait for it.
    test.clock.now.store(3600 - 300, Ordering::SeqCst);
    let keys: Vec<String> = keys(test.calls(3))
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!(keys, ["AKID1", "AKID0", "AKID0"]);
    assert_eq!(test.key_at(3600 - 300).await.unwrap(), "AKID1");
}

#[tokio::test]
async fn old_credentials_serve_as_long_as_they_are_valid() {
    let test = Test::new(Mode::Hourly);
    assert_eq!(test.key_at(0).await.unwrap(), "AKID0");
    test.set(Mode::Fails);
    assert_eq!(test.key_at(3400).await.unwrap(), "AKID0");
    // It is not asked again at once.
    assert_eq!(test.key_at(3401).await.unwrap(), "AKID0");
    assert_eq!(test.asked(), 2);
    assert_eq!(test.key_at(3460).await.unwrap(), "AKID0");
    assert_eq!(test.asked(), 3);
    let error = test.key_at(3600).await.unwrap_err();
    assert!(error.contains("the token has expired"), "{error}");
}

#[tokio::test]
async fn rejected_credentials_are_dropped() {
    let test = Test::new(Mode::Hourly);
    let refused = test
        .cache
        .get(&(test.clock.clone() as Arc<dyn System>))
        .await
        .unwrap();
    test.cache.forget(&refused);
    assert_eq!(test.key_at(0).await.unwrap(), "AKID1");
    // Another call may have been refused for the same credentials; the new ones stay.
    test.cache.forget(&refused);
    assert_eq!(test.key_at(0).await.unwrap(), "AKID1");
}

/// The texts of an error and its sources.
fn chain(error: &(dyn Error + 'static)) -> String {
    let (mut text, mut next) = (String::new(), Some(error));
    while let Some(error) = next {
        text += &format!("{error}; {error:?}; ");
        next = error.source();
    }
    text
}

#[tokio::test]
async fn secrets_that_a_request_cannot_hold_are_named_and_not_shown() {
    let system: Arc<dyn System> = Arc::new(Clock::default());
    for (key, secret, token, message) in [
        (
            "AKID\r",
            "s3cret",
            None,
            "the access key ID contains a carriage return",
        ),
        (
            "AK ID",
            "s3cret",
            None,
            "the access key ID contains a space",
        ),
        (
            "AKID",
            "s3cret\n",
            None,
            "the secret access key contains a line feed",
        ),
        (
            "AKID",
            "s3cret",
            Some("t0ken\n"),
            "the session token contains a line feed",
        ),
        (
            "AKID",
            "s3cret",
            Some("t\u{f6}ken"),
            "the session token contains a character that is not ASCII",
        ),
    ] {
        let credentials = Credentials::new(key, secret, token.map(str::to_owned), None, "test");
        let cache = Cache::new(
            SharedCredentialsProvider::new(credentials),
            Some(LOAD_TIMEOUT),
        );
        let text = chain(&cache.get(&system).await.unwrap_err());
        assert!(text.contains(message), "{text}");
        assert!(
            !["AK", "s3cret", "ken\\n", "t\u{f6}"]
                .iter()
                .any(|secret| text.contains(secret)),
            "{text}"
        );
    }
    let token = SharedTokenProvider::new(Token::new("b3arer\u{0}", None));
    let text = chain(
        &Cache::new(token, Some(LOAD_TIMEOUT))
            .get(&system)
            .await
            .unwrap_err(),
    );
    assert!(
        text.contains("the bearer token contains a control character"),
        "{text}"
    );
    assert!(!text.contains("b3arer"), "{text}");
}
