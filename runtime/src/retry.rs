//! Whether to send a request again, and when: the standard mode of the AWS SDKs (AWS, *AWS SDKs and Tools Reference
//! Guide*, Retry behavior).
//!
//! All of it is pure; the client measures, draws random numbers and waits.

use crate::{Retry, Timestamp};
use http::HeaderMap;
use http::header::RETRY_AFTER;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

/// How often a request is sent at most, and how long the pauses between are at most.
///
/// ```
/// use smithy_rt::retry::RetryPolicy;
/// use std::time::Duration;
///
/// let patient = RetryPolicy::standard().max_attempts(5).max_backoff(Duration::from_secs(60));
/// assert_ne!(patient, RetryPolicy::off());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    max_backoff: Duration,
}

impl RetryPolicy {
    /// At most 3 attempts, and pauses of at most 20 seconds.
    pub const fn standard() -> Self {
        Self { max_attempts: 3, max_backoff: Duration::from_secs(20) }
    }

    /// One attempt.
    pub const fn off() -> Self {
        Self::standard().max_attempts(1)
    }

    /// How often a request is sent at most; 0 counts as 1.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = if attempts == 0 { 1 } else { attempts };
        self
    }

    /// The longest pause between two attempts. A service that asks for a longer one is not asked again.
    pub const fn max_backoff(mut self, longest: Duration) -> Self {
        self.max_backoff = longest;
        self
    }

    /// What to do after an attempt that failed. `attempt` counts from 1, and `random` is from 0 up to, but not
    /// including, 1.
    ///
    /// The pause is a random part of 1, 2, 4 … seconds (exponential back-off with full jitter), or what the service
    /// asks for if that is longer.
    pub fn decide(&self, attempt: u32, failed: &FailedAttempt, random: f64) -> Decision {
        if failed.retry.is_none() {
            return Decision::Stop(Stop::NotRetryable);
        }
        if attempt >= self.max_attempts {
            return Decision::Stop(Stop::AttemptsUsedUp);
        }
        let asked = failed.retry_after.unwrap_or_default();
        if asked > self.max_backoff {
            return Decision::Stop(Stop::RetryAfterTooLong(asked));
        }
        let longest = Duration::from_secs(1 << attempt.saturating_sub(1).min(30)).min(self.max_backoff);
        let cost = if failed.timeout { TIMEOUT_COST } else { RETRY_COST };
        Decision::Again { after: longest.mul_f64(random.clamp(0.0, 1.0)).max(asked), cost }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::standard()
    }
}

/// What there is to know of an attempt that failed.
#[derive(Clone, Copy, Debug, Default)]
pub struct FailedAttempt {
    /// Why another one may succeed, if so.
    pub retry: Option<Retry>,
    /// Whether it was given up because it took too long.
    pub timeout: bool,
    /// How long the service asks to wait.
    pub retry_after: Option<Duration>,
}

/// What to do after an attempt that failed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decision {
    /// Try again.
    Again {
        /// The pause before.
        after: Duration,
        /// What to take out of the [`TokenBucket`].
        cost: u32,
    },
    /// The failure is the answer.
    Stop(Stop),
}

/// Why there is no other attempt. The text of the first two is empty: the error shows as much itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stop {
    /// The same request would fail again.
    NotRetryable,
    /// There were as many attempts as the policy allows.
    AttemptsUsedUp,
    /// The service asks to wait longer than the policy's longest pause.
    RetryAfterTooLong(Duration),
    /// Too many calls failed lately: the [`TokenBucket`] is empty.
    QuotaUsedUp,
    /// The request's body is a stream that can be read only once, and some of it may have been sent.
    StreamRead,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRetryable | Self::AttemptsUsedUp => Ok(()),
            Self::RetryAfterTooLong(asked) => {
                write!(f, "the service asks to wait {asked:?}, longer than the longest pause allowed")
            }
            Self::StreamRead => {
                f.write_str("its body can be read only once, and some of it may have been sent")
            }
            Self::QuotaUsedUp => f.write_str("too many calls failed lately (the retry quota is used up)"),
        }
    }
}

const CAPACITY: u32 = 500;
const RETRY_COST: u32 = 5;
const TIMEOUT_COST: u32 = 10;

/// The quota of retries that the calls of a client share: when a service is down, it keeps retries from piling up.
///
/// It holds 500 tokens. A retry takes 5, or 10 after a timeout; the attempt that succeeds gives them back, and 1 if it
/// is the first.
#[derive(Debug)]
pub struct TokenBucket {
    tokens: AtomicU32,
}

impl TokenBucket {
    /// A full bucket.
    pub const fn new() -> Self {
        Self { tokens: AtomicU32::new(CAPACITY) }
    }

    /// Takes tokens out, if there are as many.
    pub fn take(&self, cost: u32) -> bool {
        self.update(|tokens| tokens.checked_sub(cost))
    }

    /// Puts back what the last retry of a call took, if it had one.
    pub fn put_back(&self, cost: Option<u32>) {
        self.update(|tokens| (tokens < CAPACITY).then(|| CAPACITY.min(tokens + cost.unwrap_or(1))));
    }

    fn update(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
    }
}

impl Default for TokenBucket {
    fn default() -> Self {
        Self::new()
    }
}

/// How long a service asks to wait: `x-amz-retry-after` in milliseconds, or `Retry-After` in seconds or as a date
/// (RFC 9110 section 10.2.3). What is neither asks for nothing.
pub fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(milliseconds) = text("x-amz-retry-after").and_then(|text| text.parse().ok()) {
        return Some(Duration::from_millis(milliseconds));
    }
    let text = text(RETRY_AFTER.as_str())?;
    match text.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => {
            let date = SystemTime::try_from(Timestamp::parse_http_date(text).ok()?).ok()?;
            Some(date.duration_since(now).unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRANSIENT: FailedAttempt =
        FailedAttempt { retry: Some(Retry::Transient), timeout: false, retry_after: None };

    fn again(milliseconds: u64, cost: u32) -> Decision {
        Decision::Again { after: Duration::from_millis(milliseconds), cost }
    }

    #[test]
    fn pauses_double_up_to_the_longest_and_are_cut_at_random() {
        let policy = RetryPolicy::standard().max_attempts(u32::MAX);
        for (attempt, random, pause) in [
            (1, 0.0, 0),
            (1, 0.5, 500),
            (2, 0.5, 1_000),
            (3, 0.5, 2_000),
            (5, 0.5, 8_000),
            (6, 0.5, 10_000),
            (1_000_000, 0.5, 10_000),
        ] {
            assert_eq!(policy.decide(attempt, &TRANSIENT, random), again(pause, 5));
        }
    }

    #[test]
    fn what_another_attempt_does_not_cure_is_not_tried_again() {
        let policy = RetryPolicy::standard();
        let stop = |attempt, failed| policy.decide(attempt, &failed, 0.0);
        assert_eq!(stop(1, FailedAttempt::default()), Decision::Stop(Stop::NotRetryable));
        assert_eq!(stop(3, TRANSIENT), Decision::Stop(Stop::AttemptsUsedUp));
        assert_eq!(RetryPolicy::off().decide(1, &TRANSIENT, 0.0), Decision::Stop(Stop::AttemptsUsedUp));
        assert_eq!(stop(2, FailedAttempt { timeout: true, ..TRANSIENT }), again(0, 10));
    }

    #[test]
    fn the_service_may_ask_for_a_longer_pause_but_not_for_any() {
        let asks = |seconds| FailedAttempt { retry_after: Some(Duration::from_secs(seconds)), ..TRANSIENT };
        let policy = RetryPolicy::standard();
        assert_eq!(policy.decide(1, &asks(20), 0.5), again(20_000, 5));
        assert_eq!(policy.decide(1, &asks(0), 0.5), again(500, 5));
        let too_long = Stop::RetryAfterTooLong(Duration::from_secs(21));
        assert_eq!(policy.decide(1, &asks(21), 0.5), Decision::Stop(too_long));
        let text = "the service asks to wait 21s, longer than the longest pause allowed";
        assert_eq!(too_long.to_string(), text);
    }

    #[test]
    fn the_bucket_stops_retries_until_calls_succeed() {
        let bucket = TokenBucket::new();
        assert_eq!((0..200).filter(|_| bucket.take(RETRY_COST)).count(), 100);
        (0..4).for_each(|_| bucket.put_back(None));
        assert!(!bucket.take(RETRY_COST));
        bucket.put_back(None);
        assert!(bucket.take(RETRY_COST) && !bucket.take(RETRY_COST));
        bucket.put_back(Some(TIMEOUT_COST));
        assert!(bucket.take(RETRY_COST) && bucket.take(RETRY_COST) && !bucket.take(1));
        (0..1000).for_each(|_| bucket.put_back(None));
        assert!(bucket.take(CAPACITY) && !bucket.take(1));
    }

    #[test]
    fn three_ways_to_ask_for_a_pause() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let asked = |headers: &[(&'static str, &'static str)]| {
            let headers = headers
                .iter()
                .map(|(name, value)| {
                    (http::HeaderName::from_static(name), http::HeaderValue::from_static(value))
                })
                .collect();
            retry_after(&headers, now)
        };
        assert_eq!(asked(&[("retry-after", "120")]), Some(Duration::from_secs(120)));
        // The date of RFC 9110's example of an IMF-fixdate.
        assert_eq!(asked(&[("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")]), Some(Duration::from_secs(10)));
        assert_eq!(asked(&[("retry-after", "Sun, 06 Nov 1994 08:49:17 GMT")]), Some(Duration::ZERO));
        assert_eq!(
            asked(&[("retry-after", "9"), ("x-amz-retry-after", "1500")]),
            Some(Duration::from_millis(1500))
        );
        assert_eq!(asked(&[("retry-after", "soon"), ("x-amz-retry-after", "-1")]), None);
        assert_eq!(asked(&[]), None);
    }
}
