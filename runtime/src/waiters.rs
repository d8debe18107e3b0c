//! Waiting until an operation answers as wished (Smithy, *Waiters*): what a waiter is, when it asks again, and how
//! waiting fails. All of it is pure; the client calls, measures and sleeps.

use crate::error::OperationError;
use crate::operation::Operation;
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// A waiter of an operation, as the model has it.
#[derive(Debug)]
pub struct Waiter<O: Operation> {
    /// Its name in the model.
    pub name: &'static str,
    /// The shortest pause between two calls, in seconds.
    pub min_delay: u32,
    /// The longest one.
    pub max_delay: u32,
    /// Where an output leads; `None` if no acceptor matches.
    pub on_output: fn(&O, &O::Output) -> Option<AcceptorState>,
    /// Where an error leads, by its code; `None` if no acceptor matches.
    pub on_error: fn(Option<&str>) -> Option<AcceptorState>,
}

/// Where an acceptor leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcceptorState {
    /// What was waited for is there.
    Success,
    /// It will not come any more.
    Failure,
    /// It may still come.
    Retry,
}

impl<O: Operation> Waiter<O> {
    /// Whether an answer ends waiting, and how; `None` if it does not.
    pub fn end(
        &self,
        operation: &O,
        answer: &Result<O::Output, O::Error>,
    ) -> Option<Result<(), WaitErrorKind>> {
        let state = match answer {
            Ok(output) => (self.on_output)(operation, output).unwrap_or(AcceptorState::Retry),
            Err(error) => match (self.on_error)(error.meta().code()) {
                Some(state) => state,
                None => return Some(Err(WaitErrorKind::UnexpectedError)),
            },
        };
        match state {
            AcceptorState::Success => Some(Ok(())),
            AcceptorState::Failure => Some(Err(WaitErrorKind::FailureState)),
            AcceptorState::Retry => None,
        }
    }

    /// The pause before another call, of which there were `calls`; `random` is from 0 up to, but not including, 1. The
    /// call after a pause that takes all the time that remains is the last one.
    pub fn pause(&self, calls: u32, remaining: Duration, random: f64) -> Duration {
        let [min, max] = [self.min_delay, self.max_delay].map(u64::from);
        let doubled = 1_u64.checked_shl(calls.saturating_sub(1)).and_then(|factor| min.checked_mul(factor));
        let longest = doubled.map_or(max, |doubled| doubled.min(max));
        let choices = Duration::from_secs(longest.saturating_sub(min) + 1);
        let pause = Duration::from_secs(min + choices.mul_f64(random.clamp(0.0, 1.0)).as_secs())
            .min(Duration::from_secs(longest));
        if remaining.saturating_sub(pause) <= Duration::from_secs(min) { remaining } else { pause }
    }
}

/// Whether there is a value, and every value is this one (`allStringEquals`).
pub fn all_equal<'a>(values: impl IntoIterator<Item = &'a str>, expected: &str) -> bool {
    let mut values = values.into_iter().peekable();
    values.peek().is_some() && values.all(|value| value == expected)
}

/// How waiting failed: which waiter, why, after how many calls and how long, and the last answer.
///
/// Prints all of it but a last output in one line: ``waiting for `FunctionActive` failed: time is up (GetFunction, 9
/// calls in 300.0 s)``.
pub struct WaitError<O: Operation>(Box<Waited<O>>);

/// Why waiting failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitErrorKind {
    /// Time was up before the service answered as wished.
    TimedOut,
    /// The service answered that what is waited for will not come.
    FailureState,
    /// A call failed in a way that the waiter does not expect.
    UnexpectedError,
}

/// What is known when waiting ends.
pub(crate) struct Waited<O: Operation> {
    pub(crate) waiter: &'static str,
    pub(crate) kind: WaitErrorKind,
    pub(crate) calls: u32,
    pub(crate) elapsed: Duration,
    /// `None` if time was up before the first one.
    pub(crate) last: Option<Result<O::Output, O::Error>>,
}

impl<O: Operation> WaitError<O> {
    #[cfg(feature = "client")]
    pub(crate) fn new(waited: Waited<O>) -> Self {
        Self(Box::new(waited))
    }

    /// The waiter's name in the model.
    pub fn waiter(&self) -> &'static str {
        self.0.waiter
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static str {
        O::NAME
    }

    /// Why waiting failed.
    pub fn kind(&self) -> WaitErrorKind {
        self.0.kind
    }

    /// How many calls there were.
    pub fn calls(&self) -> u32 {
        self.0.calls
    }

    /// How long it took.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    /// The last answer, if that was an output.
    pub fn output(&self) -> Option<&O::Output> {
        self.0.last.as_ref()?.as_ref().ok()
    }

    /// The last answer, if that was an error.
    pub fn error(&self) -> Option<&O::Error> {
        self.0.last.as_ref()?.as_ref().err()
    }
}

impl<O: Operation> fmt::Debug for WaitError<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
            WaitErrorKind::TimedOut => "time is up",
            WaitErrorKind::FailureState => "the service answered that it will not come",
            WaitErrorKind::UnexpectedError => "the service answered with another error",
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
        self.error().map_or(Ok(()), |error| write!(f, ": {error}"))
    }
}

impl<O: Operation> Error for WaitError<O> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error().map(|error| error as &(dyn Error + 'static))
    }
}
