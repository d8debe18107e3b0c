//! Waiters (Smithy, *Waiters*): their acceptors, pauses and errors. These functions are pure: the
//! client makes the calls, measures the time and sleeps.

use crate::operation::error::OperationError;
use crate::operation::operation_trait::Operation;
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// A waiter of an operation in the model.
#[derive(Debug)]
pub struct Waiter<O: Operation> {
    /// The name of the waiter in the model.
    pub name: &'static str,
    /// The shortest pause between two calls, in seconds.
    pub min_delay: u32,
    /// The longest pause between two calls, in seconds.
    pub max_delay: u32,
    /// The state after an output; `None` if no acceptor matches.
    pub on_output: fn(&O, &O::Output) -> Option<AcceptorState>,
    /// The state after an error with this code; `None` if no acceptor matches.
    pub on_error: fn(Option<&str>) -> Option<AcceptorState>,
}

/// The state of an acceptor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcceptorState {
    /// The waiter succeeds.
    Success,
    /// The waiter fails.
    Failure,
    /// The waiter continues.
    Retry,
}

impl<O: Operation> Waiter<O> {
    /// The result of the waiter after a call; `None` if it continues.
    pub fn end(
        &self,
        operation: &O,
        result: &Result<O::Output, O::Error>,
    ) -> Option<Result<(), WaitErrorKind>> {
        let state = match result {
            Ok(output) => (self.on_output)(operation, output).unwrap_or(AcceptorState::Retry),
            Err(error) => {
                // Only error responses match acceptors, not failures such as missing credentials.
                let meta = error.meta();
                let is_response = meta.status().is_some_and(|status| !status.is_success());
                match (self.on_error)(meta.code()).filter(|_| is_response) {
                    Some(state) => state,
                    None => return Some(Err(WaitErrorKind::UnexpectedError)),
                }
            }
        };
        match state {
            AcceptorState::Success => Some(Ok(())),
            AcceptorState::Failure => Some(Err(WaitErrorKind::FailureState)),
            AcceptorState::Retry => None,
        }
    }

    /// The pause after a number of calls. `random` is in the range `0.0..1.0`.
    ///
    /// If the pause takes all of the remaining time, one last call follows.
    pub fn pause(&self, calls: u32, remaining: Duration, random: f64) -> Duration {
        Delays {
            min: self.min_delay,
            max: self.max_delay,
        }
        .pause(calls, remaining, random)
    }
}

/// The shortest and the longest pause, in seconds.
struct Delays {
    min: u32,
    max: u32,
}

impl Delays {
    /// <https://smithy.io/2.0/additional-specs/waiters.html#waiter-retries>
    fn pause(&self, calls: u32, remaining: Duration, random: f64) -> Duration {
        let [min, max] = [self.min, self.max].map(u64::from);
        let doubled = 1_u64
            .checked_shl(calls.saturating_sub(1))
            .and_then(|factor| min.checked_mul(factor));
        let longest = doubled.map_or(max, |doubled| doubled.min(max));
        let choices = longest.saturating_sub(min) + 1;
        // The cast truncates, and NaN becomes 0.
        let pause = min + (choices as f64 * random.clamp(0.0, 1.0)) as u64;
        let pause = Duration::from_secs(pause.min(longest));
        if remaining.saturating_sub(pause) <= Duration::from_secs(min) {
            remaining
        } else {
            pause
        }
    }
}

/// Whether there is at least one value and all values are equal to `expected` (`allStringEquals`).
pub fn all_equal<'a>(values: impl IntoIterator<Item = &'a str>, expected: &str) -> bool {
    let mut values = values.into_iter().peekable();
    values.peek().is_some() && values.all(|value| value == expected)
}

/// The error of a waiter: its name, the kind of error, the number of calls, the duration, and the
/// last result.
///
/// `Display` prints all of them except an output in one line: ``waiting for `FunctionActive`
/// failed: timed out (GetFunction, 9 calls in 300.0 s); no acceptor matched the last output``. `{:?}`
/// prints the same line, and `{:#?}` each fact.
pub struct WaitError<O: Operation>(Box<Waited<O>>);

/// The kind of a [`WaitError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitErrorKind {
    /// The maximum wait time expired.
    TimedOut,
    /// An acceptor with the state `failure` matched.
    FailureState,
    /// A call failed and no acceptor matched the error.
    UnexpectedError,
}

/// The state of a waiter when it ends.
pub(crate) struct Waited<O: Operation> {
    pub(crate) waiter: &'static str,
    pub(crate) kind: WaitErrorKind,
    pub(crate) calls: u32,
    pub(crate) elapsed: Duration,
    /// `None` if the first call did not finish in time.
    pub(crate) last: Option<Result<O::Output, O::Error>>,
}

impl<O: Operation> WaitError<O> {
    #[cfg(feature = "client")]
    pub(crate) fn new(waited: Waited<O>) -> Self {
        Self(Box::new(waited))
    }

    /// The name of the waiter in the model.
    pub fn waiter(&self) -> &'static str {
        self.0.waiter
    }

    /// The name of the operation.
    pub fn operation(&self) -> &'static str {
        O::NAME
    }

    /// The kind of the error.
    pub fn kind(&self) -> WaitErrorKind {
        self.0.kind
    }

    /// The number of calls.
    pub fn calls(&self) -> u32 {
        self.0.calls
    }

    /// The duration of all calls and pauses.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    /// The last result, if it is an output.
    pub fn output(&self) -> Option<&O::Output> {
        self.0.last.as_ref()?.as_ref().ok()
    }

    /// The last result, if it is an error.
    pub fn error(&self) -> Option<&O::Error> {
        self.0.last.as_ref()?.as_ref().err()
    }
}

impl<O: Operation> fmt::Debug for WaitError<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return fmt::Display::fmt(self, f);
        }
        f.debug_struct("WaitError")
            .field("waiter", &self.waiter())
            .field("operation", &self.operation())
            .field("kind", &self.kind())
            .field("calls", &self.calls())
            .field("elapsed", &self.elapsed())
            .field("error", &self.error())
            .finish_non_exhaustive()
    }
}

impl<O: Operation> fmt::Display for WaitError<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.kind() {
            WaitErrorKind::TimedOut => "timed out",
            WaitErrorKind::FailureState => "the service reported that it failed",
            WaitErrorKind::UnexpectedError => "a call failed",
        };
        let calls = if self.calls() == 1 { "call" } else { "calls" };
        write!(
            f,
            "waiting for `{}` failed: {reason} ({}, {} {calls} in {:.1} s)",
            self.waiter(),
            self.operation(),
            self.calls(),
            self.elapsed().as_secs_f64()
        )?;
        match (&self.0.last, self.kind()) {
            (Some(Err(error)), _) => write!(f, ": {error}"),
            (Some(Ok(_)), WaitErrorKind::TimedOut) => {
                f.write_str("; no acceptor matched the last output")
            }
            (None, _) => f.write_str("; no call completed"),
            (Some(Ok(_)), _) => Ok(()),
        }
    }
}

impl<O: Operation> Error for WaitError<O> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error().map(|error| error as &(dyn Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pauses of a waiter with these delays and unlimited time.
    fn pauses(min_delay: u32, max_delay: u32, random: f64) -> Vec<u64> {
        let delays = Delays {
            min: min_delay,
            max: max_delay,
        };
        (1..10)
            .map(|calls| delays.pause(calls, Duration::MAX, random).as_secs())
            .collect()
    }

    #[test]
    fn pauses_double_up_to_the_longest() {
        // The attempt ceiling of 2 and 120 seconds is 6.9.
        assert_eq!(pauses(2, 120, 0.999), [2, 4, 8, 16, 32, 64, 120, 120, 120]);
        assert_eq!(pauses(2, 120, 0.0), [2; 9]);
        assert_eq!(pauses(2, 120, 0.5), [2, 3, 5, 9, 17, 33, 61, 61, 61]);
        assert_eq!(pauses(5, 5, 0.999), [5; 9]);
        let delays = Delays {
            min: 1,
            max: u32::MAX,
        };
        assert_eq!(
            delays.pause(u32::MAX, Duration::MAX, 0.999_999_999_999),
            Duration::from_secs(u32::MAX.into())
        );
    }

    #[test]
    fn random_numbers_out_of_range_do_not_panic() {
        for random in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 2.0] {
            assert!(
                pauses(2, 120, random)
                    .iter()
                    .all(|pause| (2..=120).contains(pause)),
                "{random}"
            );
        }
    }

    /// The last rows of the table in Smithy's *Waiter retries*.
    #[test]
    fn the_last_pause_takes_the_remaining_time() {
        let delays = Delays { min: 2, max: 120 };
        let pause = |calls, remaining, random| {
            delays
                .pause(calls, Duration::from_secs(remaining), random)
                .as_secs()
        };
        // 9 of 19 seconds leave 10; 6 of 10 leave 4; any pause of 4 leaves no more than 2.
        assert_eq!(pause(11, 19, 7.5 / 119.0), 9);
        assert_eq!(pause(12, 10, 4.5 / 119.0), 6);
        assert_eq!(pause(13, 4, 0.0), 4);
        assert_eq!(pause(1, 1, 0.0), 1);
    }

    #[test]
    fn all_equal_needs_at_least_one_value() {
        assert!(all_equal(["a", "a"], "a"));
        assert!(!all_equal(["a", "b"], "a") && !all_equal([], "a"));
    }
}
