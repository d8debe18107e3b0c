//! Retry behavior 2.1 and 2.0 of the AWS SDKs (AWS, *AWS SDKs and Tools Reference Guide*, Retry
//! behavior).
//!
//! These functions are pure: the client measures the time, provides random numbers and sleeps.

use crate::error::retry::Retry;
use crate::types::timestamp::instant::Timestamp;
use http::HeaderMap;
use http::header::RETRY_AFTER;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

/// The maximum number of attempts, and the pauses between them.
///
/// | | [`standard`](Self::standard) (2.1) | [`standard_2_0`](Self::standard_2_0) |
/// |---|---|---|
/// | attempts | 3; DynamoDB and DynamoDB Streams 4 | 3 |
/// | maximum of the first pause after a transient error | 50 ms; DynamoDB and DynamoDB Streams 25 ms | 1 s |
/// | maximum of the first pause after throttling | 1 s | 1 s |
/// | maximum of each further pause | doubled, at most 20 s | doubled, at most 20 s |
/// | pause | random up to the maximum (full jitter) | random up to the maximum |
/// | pause requested by the service | clamped to the pause and 5 s more | used if it is longer; no retry if it is over 20 s |
/// | cost of a retry (see [`TokenBucket`]) | 14; 5 after throttling | 5; 10 after a timeout |
/// | long polls when the quota is used up | fail after the pause | fail immediately |
///
/// ```
/// use smithy_rt::retry::RetryPolicy;
/// use std::time::Duration;
///
/// let policy = RetryPolicy::standard().max_attempts(5).max_backoff(Duration::from_secs(60));
/// assert_ne!(policy, RetryPolicy::off());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    version: Version,
    /// `None` for the service's default.
    max_attempts: Option<u32>,
    max_backoff: Duration,
    service: ServiceDefaults,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    V2_0,
    V2_1,
}

/// Defaults that depend on the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ServiceDefaults {
    max_attempts: u32,
    /// The maximum of the first pause after a transient error.
    transient_base: Duration,
}

const DEFAULTS: ServiceDefaults = ServiceDefaults {
    max_attempts: 3,
    transient_base: Duration::from_millis(50),
};
const DYNAMO_DB: ServiceDefaults = ServiceDefaults {
    max_attempts: 4,
    transient_base: Duration::from_millis(25),
};

/// Services with different defaults in version 2.1, by `sdkId`.
const SERVICES: [(&str, ServiceDefaults); 2] =
    [("DynamoDB", DYNAMO_DB), ("DynamoDB Streams", DYNAMO_DB)];

/// Long polls that are not marked with `smithy.api#longPoll` in their models, by `sdkId` and name.
const LONG_POLLS: [(&str, &str); 4] = [
    ("SFN", "GetActivityTask"),
    ("SQS", "ReceiveMessage"),
    ("SWF", "PollForActivityTask"),
    ("SWF", "PollForDecisionTask"),
];

/// The maximum of the first pause after throttling; in version 2.0 after any error.
const THROTTLING_BASE: Duration = Duration::from_secs(1);
/// The margin by which a pause requested by the service can be longer than the computed pause.
const RETRY_AFTER_MARGIN: Duration = Duration::from_secs(5);

impl RetryPolicy {
    /// Retry behavior 2.1, which AWS announced in 2026 as the new default of its SDKs.
    pub const fn standard() -> Self {
        Self {
            version: Version::V2_1,
            max_attempts: None,
            max_backoff: Duration::from_secs(20),
            service: DEFAULTS,
        }
    }

    /// Retry behavior 2.0, the previous standard mode of the AWS SDKs.
    pub const fn standard_2_0() -> Self {
        Self {
            version: Version::V2_0,
            ..Self::standard()
        }
    }

    /// A single attempt.
    pub const fn off() -> Self {
        Self::standard().max_attempts(1)
    }

    /// Sets the maximum number of attempts; 0 counts as 1.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = Some(if attempts == 0 { 1 } else { attempts });
        self
    }

    /// Sets the maximum pause between two attempts, unless the service requests a longer one.
    pub const fn max_backoff(mut self, longest: Duration) -> Self {
        self.max_backoff = longest;
        self
    }

    /// Applies the defaults of the service with this `sdkId`. Clients do this for their service.
    pub fn for_service(mut self, sdk_id: &str) -> Self {
        let known = SERVICES
            .iter()
            .find(|(id, _)| *id == sdk_id && self.version == Version::V2_1);
        self.service = known.map_or(DEFAULTS, |(_, defaults)| *defaults);
        self
    }

    /// Decides what to do after a failed attempt. `attempt` starts at 1 and `random` is in the
    /// range `0.0..1.0`. A retry takes tokens from the quota.
    pub fn decide(
        &self,
        attempt: u32,
        failed: &FailedAttempt,
        random: f64,
        quota: &TokenBucket,
    ) -> Decision {
        let Some(retry) = failed.retry else {
            return Stop::NotRetryable.into();
        };
        if attempt >= self.max_attempts.unwrap_or(self.service.max_attempts) {
            return Stop::AttemptsUsedUp.into();
        }
        if let Some(reason) = failed.forbidden {
            return reason.into();
        }
        if failed.sign_again {
            // A new signature needs no pause.
            return Decision::Again {
                after: Duration::ZERO,
                cost: None,
            };
        }
        let after = match self.pause(attempt, retry, failed.retry_after, random.clamp(0.0, 1.0)) {
            Ok(pause) => pause,
            Err(reason) => return reason.into(),
        };
        let cost = self.cost(retry, failed.timeout);
        if quota.take(cost) {
            return Decision::Again {
                after,
                cost: Some(cost),
            };
        }
        let slow_down = failed.long_poll && self.version == Version::V2_1;
        Decision::Stop {
            reason: Stop::QuotaUsedUp,
            after: if slow_down { after } else { Duration::ZERO },
        }
    }

    fn pause(
        &self,
        attempt: u32,
        retry: Retry,
        requested: Option<Duration>,
        random: f64,
    ) -> Result<Duration, Stop> {
        let base = match (self.version, retry) {
            (Version::V2_1, Retry::Transient) => self.service.transient_base,
            (Version::V2_1, Retry::Throttling) | (Version::V2_0, _) => THROTTLING_BASE,
        };
        let doubled = base.saturating_mul(1 << attempt.saturating_sub(1).min(30));
        let longest = doubled.min(self.max_backoff);
        // NaN counts as the maximum.
        let pause = Duration::try_from_secs_f64(longest.as_secs_f64() * random).unwrap_or(longest);
        match (self.version, requested) {
            (_, None) => Ok(pause),
            (Version::V2_1, Some(requested)) => {
                Ok(requested.clamp(pause, pause.saturating_add(RETRY_AFTER_MARGIN)))
            }
            (Version::V2_0, Some(requested)) if requested > self.max_backoff => {
                Err(Stop::RetryAfterTooLong(requested))
            }
            (Version::V2_0, Some(requested)) => Ok(pause.max(requested)),
        }
    }

    fn cost(&self, retry: Retry, timeout: bool) -> u32 {
        match (self.version, retry) {
            (Version::V2_1, Retry::Transient) => 14,
            (Version::V2_1, Retry::Throttling) => 5,
            (Version::V2_0, _) if timeout => 10,
            (Version::V2_0, _) => 5,
        }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::standard()
    }
}

/// Whether an operation is a known long poll that its model may not mark.
pub fn is_long_poll(sdk_id: &str, operation: &str) -> bool {
    LONG_POLLS.contains(&(sdk_id, operation))
}

/// A failed attempt.
#[derive(Clone, Copy, Debug, Default)]
pub struct FailedAttempt {
    /// Why a retry may succeed; `None` if it will not.
    pub retry: Option<Retry>,
    /// Whether the attempt timed out.
    pub timeout: bool,
    /// The pause requested by the service.
    pub retry_after: Option<Duration>,
    /// The reason why a retry is not allowed.
    pub forbidden: Option<Stop>,
    /// Whether the service rejected a signature and a new one may succeed.
    pub sign_again: bool,
    /// Whether the operation is a long poll.
    pub long_poll: bool,
}

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decision {
    /// Retry.
    Again {
        /// The pause before the retry.
        after: Duration,
        /// The number of tokens taken from the [`TokenBucket`].
        cost: Option<u32>,
    },
    /// Return the error.
    Stop {
        /// The reason.
        reason: Stop,
        /// The pause before the error is returned.
        after: Duration,
    },
}

impl From<Stop> for Decision {
    fn from(reason: Stop) -> Self {
        Self::Stop {
            reason,
            after: Duration::ZERO,
        }
    }
}

/// The reason why there is no retry. The text of the first two is empty, since the error shows
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stop {
    /// The same request would fail again.
    NotRetryable,
    /// The maximum number of attempts is reached.
    AttemptsUsedUp,
    /// The service requests a longer pause than the policy allows ([`RetryPolicy::standard_2_0`]).
    RetryAfterTooLong(Duration),
    /// Too many recent calls failed: the [`TokenBucket`] is empty.
    QuotaUsedUp,
    /// The body of the request is a stream that can be read only once, and a part of it may have
    /// been sent.
    StreamRead,
    /// The service processed the request, and the operation is not idempotent.
    NotIdempotent,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRetryable | Self::AttemptsUsedUp => Ok(()),
            Self::RetryAfterTooLong(requested) => {
                write!(
                    f,
                    "the service requests a pause of {requested:?}, which is longer than the maximum"
                )
            }
            Self::StreamRead => {
                f.write_str("its body can be read only once, and a part of it may have been sent")
            }
            Self::QuotaUsedUp => {
                f.write_str("too many recent calls failed (the retry quota is used up)")
            }
            Self::NotIdempotent => f.write_str(
                "the service has processed the request, and the operation is not idempotent",
            ),
        }
    }
}

const CAPACITY: u32 = 500;

/// The retry quota that the calls of a client share. It limits the number of retries while a
/// service is not available.
///
/// It holds 500 tokens. A retry takes tokens, see [`RetryPolicy`]. A successful attempt returns the
/// tokens of the last retry, or 1 if there was none.
#[derive(Debug)]
pub struct TokenBucket {
    tokens: AtomicU32,
}

impl TokenBucket {
    /// Creates a full bucket.
    pub const fn new() -> Self {
        Self {
            tokens: AtomicU32::new(CAPACITY),
        }
    }

    /// Takes tokens, if there are enough.
    fn take(&self, cost: u32) -> bool {
        self.update(|tokens| tokens.checked_sub(cost))
    }

    /// Returns the tokens of the last retry of a call, or 1 if it had none.
    pub fn put_back(&self, cost: Option<u32>) {
        self.update(|tokens| (tokens < CAPACITY).then(|| CAPACITY.min(tokens + cost.unwrap_or(1))));
    }

    fn update(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, change)
            .is_ok()
    }
}

impl Default for TokenBucket {
    fn default() -> Self {
        Self::new()
    }
}

/// The pause requested by a service: `x-amz-retry-after` in milliseconds, or `Retry-After` in
/// seconds or as a date (RFC 9110 section 10.2.3). Invalid values are ignored.
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

    const TRANSIENT: FailedAttempt = FailedAttempt {
        retry: Some(Retry::Transient),
        timeout: false,
        retry_after: None,
        forbidden: None,
        sign_again: false,
        long_poll: false,
    };

    fn decide(policy: RetryPolicy, attempt: u32, failed: FailedAttempt, random: f64) -> Decision {
        policy.decide(attempt, &failed, random, &TokenBucket::new())
    }

    #[test]
    fn random_numbers_out_of_range_do_not_panic() {
        for random in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 2.0] {
            let policy = RetryPolicy::standard()
                .max_backoff(Duration::MAX)
                .max_attempts(u32::MAX);
            let decision = decide(policy, 1_000, TRANSIENT, random);
            assert!(
                matches!(decision, Decision::Again { .. }),
                "{random}: {decision:?}"
            );
        }
    }

    fn again(milliseconds: u64, cost: u32) -> Decision {
        Decision::Again {
            after: Duration::from_millis(milliseconds),
            cost: Some(cost),
        }
    }

    #[test]
    fn retry_behavior_2_0_is_available() {
        let policy = RetryPolicy::standard_2_0()
            .max_attempts(u32::MAX)
            .for_service("DynamoDB");
        for (attempt, pause) in [
            (1, 500),
            (2, 1_000),
            (3, 2_000),
            (5, 8_000),
            (6, 10_000),
            (u32::MAX - 1, 10_000),
        ] {
            assert_eq!(decide(policy, attempt, TRANSIENT, 0.5), again(pause, 5));
        }
        let timeout = FailedAttempt {
            timeout: true,
            ..TRANSIENT
        };
        assert_eq!(decide(policy, 1, timeout, 0.5), again(500, 10));
        let requests = |seconds| FailedAttempt {
            retry_after: Some(Duration::from_secs(seconds)),
            ..TRANSIENT
        };
        assert_eq!(decide(policy, 1, requests(20), 0.5), again(20_000, 5));
        assert_eq!(decide(policy, 1, requests(0), 0.5), again(500, 5));
        let too_long = Stop::RetryAfterTooLong(Duration::from_secs(21));
        assert_eq!(decide(policy, 1, requests(21), 0.5), too_long.into());
        let text = "the service requests a pause of 21s, which is longer than the maximum";
        assert_eq!(too_long.to_string(), text);
        assert_eq!(
            decide(
                RetryPolicy::standard_2_0().for_service("DynamoDB"),
                3,
                TRANSIENT,
                0.5
            ),
            Stop::AttemptsUsedUp.into()
        );
    }

    #[test]
    fn permanent_errors_are_not_retried() {
        let policy = RetryPolicy::standard();
        assert_eq!(
            decide(policy, 1, FailedAttempt::default(), 0.0),
            Stop::NotRetryable.into()
        );
        assert_eq!(
            decide(policy, 3, TRANSIENT, 0.0),
            Stop::AttemptsUsedUp.into()
        );
        assert_eq!(
            decide(RetryPolicy::off(), 1, TRANSIENT, 0.0),
            Stop::AttemptsUsedUp.into()
        );
        let read = FailedAttempt {
            forbidden: Some(Stop::StreamRead),
            sign_again: true,
            ..TRANSIENT
        };
        assert_eq!(decide(policy, 1, read, 0.0), Stop::StreamRead.into());
        let sign_again = FailedAttempt {
            sign_again: true,
            ..TRANSIENT
        };
        assert_eq!(
            decide(policy, 1, sign_again, 0.5),
            Decision::Again {
                after: Duration::ZERO,
                cost: None
            }
        );
    }

    #[test]
    fn requested_pauses_are_parsed() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let requested = |headers: &[(&'static str, &'static str)]| {
            let headers = headers
                .iter()
                .map(|(name, value)| {
                    (
                        http::HeaderName::from_static(name),
                        http::HeaderValue::from_static(value),
                    )
                })
                .collect();
            retry_after(&headers, now)
        };
        assert_eq!(
            requested(&[("retry-after", "120")]),
            Some(Duration::from_secs(120))
        );
        // The date of RFC 9110's example of an IMF-fixdate.
        assert_eq!(
            requested(&[("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")]),
            Some(Duration::from_secs(10))
        );
        assert_eq!(
            requested(&[("retry-after", "Sun, 06 Nov 1994 08:49:17 GMT")]),
            Some(Duration::ZERO)
        );
        assert_eq!(
            requested(&[("retry-after", "9"), ("x-amz-retry-after", "1500")]),
            Some(Duration::from_millis(1500))
        );
        assert_eq!(
            requested(&[("retry-after", "soon"), ("x-amz-retry-after", "-1")]),
            None
        );
        assert_eq!(requested(&[]), None);
    }
}
