//! Waiters (Smithy, "Waiters").

use crate::graph::jmespath::Expr;
use crate::text::Text;
use crate::text::docs::Docs;
use crate::text::markdown::{Markdown, markdown};

/// A waiter of an operation.
#[derive(Debug, PartialEq)]
pub(crate) struct Waiter {
    /// The name in the model.
    pub(crate) name: String,
    /// The builder's method.
    pub(crate) method: String,
    /// The operation's constant.
    pub(crate) constant: String,
    /// The shortest delay between two calls, in seconds.
    pub(crate) min_delay: u32,
    /// The longest delay, in seconds.
    pub(crate) max_delay: u32,
    /// The acceptors, in order. The first that matches determines the state.
    pub(crate) acceptors: Vec<Acceptor>,
    pub(crate) deprecated: bool,
    pub(crate) docs: Docs,
}

/// A matcher, and the state that it leads to.
#[derive(Debug, PartialEq)]
pub(crate) struct Acceptor {
    pub(crate) state: State,
    pub(crate) matcher: Matcher,
}

/// The state after an acceptor matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Success,
    Failure,
    Retry,
}

/// The condition of an acceptor.
#[derive(Debug, PartialEq)]
pub(crate) enum Matcher {
    /// A value in the output, or in the object of input and output.
    Path {
        path: Text,
        value: Box<Expr>,
        expected: Expected,
    },
    /// Any output, or any error.
    Success(bool),
    /// An error of this name.
    ErrorType(Text),
}

/// The expected value of a matcher.
#[derive(Debug, PartialEq)]
pub(crate) enum Expected {
    String(Text),
    Boolean(bool),
    /// A list with at least one string, all equal to this one.
    AllStrings(Text),
    /// A list that contains this string.
    AnyString(Text),
}

/// The results that make a waiter succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WaitedResult {
    Output,
    Error,
    Either,
}

impl Waiter {
    /// The results that make it succeed.
    pub(crate) fn waited_result(&self) -> WaitedResult {
        let mut success = self
            .acceptors
            .iter()
            .filter(|acceptor| acceptor.state == State::Success);
        let first = success
            .next()
            .map(|acceptor| acceptor.matcher.is_of_output());
        match first {
            Some(first) if success.any(|acceptor| acceptor.matcher.is_of_output() != first) => {
                WaitedResult::Either
            }
            Some(false) => WaitedResult::Error,
            _ => WaitedResult::Output,
        }
    }
}

impl Matcher {
    /// Whether it matches outputs; the others match errors.
    pub(crate) fn is_of_output(&self) -> bool {
        matches!(self, Self::Path { .. } | Self::Success(true))
    }
}

impl Acceptor {
    /// The acceptor in a few words, for documentation.
    pub(crate) fn description(&self) -> Markdown {
        let state = match self.state {
            State::Success => "success",
            State::Failure => "failure",
            State::Retry => "retry",
        };
        match &self.matcher {
            Matcher::Path { path, expected, .. } => {
                markdown!("{}: {} {}", state, path.code(), expected.description())
            }
            Matcher::Success(true) => markdown!("{}: any output", state),
            Matcher::Success(false) => markdown!("{}: any error", state),
            Matcher::ErrorType(name) => markdown!("{}: error {}", state, name.code()),
        }
    }
}

impl Expected {
    fn description(&self) -> Markdown {
        match self {
            Self::String(text) => markdown!("is {}", text.code()),
            Self::Boolean(true) => "is true".into(),
            Self::Boolean(false) => "is false".into(),
            Self::AllStrings(text) => markdown!("has {} and nothing else", text.code()),
            Self::AnyString(text) => markdown!("has {}", text.code()),
        }
    }
}
