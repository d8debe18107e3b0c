//! Whether to send a request again, and when: retry behavior 2.1 of the AWS SDKs (AWS, *AWS SDKs
//! and Tools Reference Guide*, Retry behavior), and the one before it.
//!
//! All of it is pure; the client measures, draws random numbers and waits.

use crate::error::retry::Retry;
use crate::types::timestamp::instant::Timestamp;
use http::HeaderMap;
use http::header::RETRY_AFTER;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

/// How often a request is sent at most, and how long the pauses between are.
///
/// | | [`standard`](Self::standard) (2.1) | [`standard_2_0`](Self::standard_2_0) |
/// |---|---|---|
/// | attempts | 3; DynamoDB and DynamoDB Streams 4 | 3 |
/// | longest first pause after a transient error | 50 ms; DynamoDB and DynamoDB Streams 25 ms | 1 s |
/// | longest first pause after throttling | 1 s | 1 s |
/// | each further pause | twice as long, at most 20 s | twice as long, at most 20 s |
/// | pause | a random part of the longest (full jitter) | a random part of the longest |
/// | a pause that the service asks for | is made, if it is from the pause to 5 s more; else the nearest of these | is made if it is longer; over 20 s there is no other attempt |
/// | cost of a retry (see [`TokenBucket`]) | 14; 5 after throttling | 5; 10 after a timeout |
/// | long polls when the quota is used up | fail after the pause | fail at once |
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

/// What differs between services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ServiceDefaults {
    max_attempts: u32,
    /// The longest pause after the first attempt, if its failure is transient.
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

/// Services with defaults of their own in version 2.1, by `sdkId`.
const SERVICES: [(&str, ServiceDefaults); 2] =
    [("DynamoDB", DYNAMO_DB), ("DynamoDB Streams", DYNAMO_DB)];

/// Operations that wait for something to happen and have no `smithy.api#longPoll` in their models,
/// by `sdkId` and name.
const LONG_POLLS: [(&str, &str); 4] = [
    ("SFN", "GetActivityTask"),
    ("SQS", "ReceiveMessage"),
    ("SWF", "PollForActivityTask"),
    ("SWF", "PollForDecisionTask"),
];

/// The longest pause after the first attempt, if the service asks to be called less often; in 2.0
/// after any failure.
const THROTTLING_BASE: Duration = Duration::from_secs(1);
/// How much longer than computed a pause may be that the service asks for.
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

    /// Retry behavior 2.0, the standard mode of the AWS SDKs before.
    pub const fn standard_2_0() -> Self {
        Self {
            version: Version::V2_0,
            ..Self::standard()
        }
    }

    /// One attempt.
    pub const fn off() -> Self {
        Self::standard().max_attempts(1)
    }

    /// How often a request is sent at most; 0 counts as 1.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = Some(if attempts == 0 { 1 } else { attempts });
        self
    }

    /// The longest pause between two attempts, unless the service asks for a longer one.
    pub const fn max_backoff(mut self, longest: Duration) -> Self {
        self.max_backoff = longest;
        self
    }

    /// The same policy with the defaults of a service, which is given by its `sdkId`. A client
    /// applies it to its own.
    pub fn for_service(mut self, sdk_id: &str) -> Self {
        let known = SERVICES
            .iter()
            .find(|(id, _)| *id == sdk_id && self.version == Version::V2_1);
        self.service = known.map_or(DEFAULTS, |(_, defaults)| *defaults);
        self
    }

    /// What to do after an attempt that failed. `attempt` counts from 1, and `random` is from 0 up
    /// to, but not including, 1. Another attempt is paid for from the quota.
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
            // What was wrong is put right; there is nothing to wait for.
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
        asked: Option<Duration>,
        random: f64,
    ) -> Result<Duration, Stop> {
        let base = match (self.version, retry) {
            (Version::V2_1, Retry::Transient) => self.service.transient_base,
            (Version::V2_1, Retry::Throttling) | (Version::V2_0, _) => THROTTLING_BASE,
        };
        let doubled = base.saturating_mul(1 << attempt.saturating_sub(1).min(30));
        let longest = doubled.min(self.max_backoff);
        // What is no number is no part of it.
        let pause = Duration::try_from_secs_f64(longest.as_secs_f64() * random).unwrap_or(longest);
        match (self.version, asked) {
            (_, None) => Ok(pause),
            (Version::V2_1, Some(asked)) => {
                Ok(asked.clamp(pause, pause.saturating_add(RETRY_AFTER_MARGIN)))
            }
            (Version::V2_0, Some(asked)) if asked > self.max_backoff => {
                Err(Stop::RetryAfterTooLong(asked))
            }
            (Version::V2_0, Some(asked)) => Ok(pause.max(asked)),
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

/// Whether an operation of a service is known to wait for something to happen, though its model may
/// not say so.
pub fn is_long_poll(sdk_id: &str, operation: &str) -> bool {
    LONG_POLLS.contains(&(sdk_id, operation))
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
    /// Why there must not be another one, whatever the failure.
    pub forbidden: Option<Stop>,
    /// Whether the service refused a signature that a new one replaces.
    pub sign_again: bool,
    /// Whether the operation waits for something to happen.
    pub long_poll: bool,
}

/// What to do after an attempt that failed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decision {
    /// Try again.
    Again {
        /// The pause before.
        after: Duration,
        /// What was taken out of the [`TokenBucket`].
        cost: Option<u32>,
    },
    /// The failure is the answer.
    Stop {
        /// Why.
        reason: Stop,
        /// The pause before it is returned.
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

/// Why there is no other attempt. The text of the first two is empty: the error shows as much
/// itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stop {
    /// The same request would fail again.
    NotRetryable,
    /// There were as many attempts as the policy allows.
    AttemptsUsedUp,
    /// The service asks to wait longer than the policy's longest pause
    /// ([`RetryPolicy::standard_2_0`]).
    RetryAfterTooLong(Duration),
    /// Too many calls failed lately: the [`TokenBucket`] is empty.
    QuotaUsedUp,
    /// The request's body is a stream that can be read only once, and some of it may have been
    /// sent.
    StreamRead,
    /// The service answered with success, and the operation is not idempotent.
    NotIdempotent,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRetryable | Self::AttemptsUsedUp => Ok(()),
            Self::RetryAfterTooLong(asked) => {
                write!(
                    f,
                    "the service asks to wait {asked:?}, longer than the longest pause allowed"
                )
            }
            Self::StreamRead => {
                f.write_str("its body can be read only once, and some of it may have been sent")
            }
            Self::QuotaUsedUp => {
                f.write_str("too many calls failed lately (the retry quota is used up)")
            }
            Self::NotIdempotent => {
                f.write_str("the service has acted on it, and the operation is not idempotent")
            }
        }
    }
}

const CAPACITY: u32 = 500;

/// The quota of retries that the calls of a client share: when a service is down, it keeps retries
/// from piling up.
///
/// It holds 500 tokens. A retry takes some, see [`RetryPolicy`]; the attempt that succeeds gives
/// back what the last retry took, or 1 if there was none.
#[derive(Debug)]
pub struct TokenBucket {
    tokens: AtomicU32,
}

impl TokenBucket {
    /// A full bucket.
    pub const fn new() -> Self {
        Self {
            tokens: AtomicU32::new(CAPACITY),
        }
    }

    /// Takes tokens out, if there are as many.
    fn take(&self, cost: u32) -> bool {
        self.update(|tokens| tokens.checked_sub(cost))
    }

    /// Puts back what the last retry of a call took, if it had one.
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

/// How long a service asks to wait: `x-amz-retry-after` in milliseconds, or `Retry-After` in
/// seconds or as a date (RFC 9110 section 10.2.3). What is neither asks for nothing.
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
    fn no_random_number_panics() {
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
    fn the_behavior_before_has_a_name() {
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
        let asks = |seconds| FailedAttempt {
            retry_after: Some(Duration::from_secs(seconds)),
            ..TRANSIENT
        };
        assert_eq!(decide(policy, 1, asks(20), 0.5), again(20_000, 5));
        assert_eq!(decide(policy, 1, asks(0), 0.5), again(500, 5));
        let too_long = Stop::RetryAfterTooLong(Duration::from_secs(21));
        assert_eq!(decide(policy, 1, asks(21), 0.5), too_long.into());
        let text = "the service asks to wait 21s, longer than the longest pause allowed";
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
    fn what_another_attempt_does_not_cure_is_not_tried_again() {
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
    fn three_ways_to_ask_for_a_pause() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let asked = |headers: &[(&'static str, &'static str)]| {
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
            asked(&[("retry-after", "120")]),
            Some(Duration::from_secs(120))
        );
        // The date of RFC 9110's example of an IMF-fixdate.
        assert_eq!(
            asked(&[("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")]),
            Some(Duration::from_secs(10))
        );
        assert_eq!(
            asked(&[("retry-after", "Sun, 06 Nov 1994 08:49:17 GMT")]),
            Some(Duration::ZERO)
        );
        assert_eq!(
            asked(&[("retry-after", "9"), ("x-amz-retry-after", "1500")]),
            Some(Duration::from_millis(1500))
        );
        assert_eq!(
            asked(&[("retry-after", "soon"), ("x-amz-retry-after", "-1")]),
            None
        );
        assert_eq!(asked(&[]), None);
    }
}
