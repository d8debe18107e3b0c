//! The value of the `waitable` trait ("Waiters").

use super::fields::{flag, list, optional, required, spanned_str};
use crate::syntax::node::{Entry, Node};
use crate::syntax::source::Span;
use crate::traits::reader::{Spanned, TraitValue};

/// A waiter: how to poll an operation until a resource is in some state.
#[derive(Clone, Debug)]
pub struct Waiter<'a> {
    /// Its name.
    pub name: Spanned<&'a str>,
    /// What ends it, in the order in which they are tried.
    pub acceptors: Vec<Acceptor<'a>>,
    /// The shortest pause, in seconds.
    pub min_delay: Option<Spanned<i64>>,
    /// The longest pause, in seconds.
    pub max_delay: Option<Spanned<i64>>,
    /// Its documentation, in CommonMark.
    pub documentation: Option<&'a str>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Where it stands.
    pub span: Span,
}

impl Waiter<'_> {
    /// The shortest pause of a waiter that names none, in seconds.
    pub const MIN_DELAY: u32 = 2;
    /// The longest pause of a waiter that names none, in seconds.
    pub const MAX_DELAY: u32 = 120;
}

/// The state that a response leads to.
#[derive(Clone, Copy, Debug)]
pub struct Acceptor<'a> {
    /// The state.
    pub state: AcceptorState,
    /// Which responses lead to it; `None` if it does not have exactly one key.
    pub matcher: Spanned<Option<Matcher<'a>>>,
    /// Where it stands.
    pub span: Span,
}

/// The state of a waiter after a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcceptorState {
    /// The resource is in the desired state.
    Success,
    /// It will never be.
    Failure,
    /// The waiter polls again.
    Retry,
}

/// Which responses an acceptor matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matcher<'a> {
    /// Outputs, or errors.
    Success(bool),
    /// Errors of this name or absolute shape id.
    ErrorType(&'a str),
    /// Outputs of which a JMESPath expression has a value.
    Output(PathMatcher<'a>),
    /// The same of an object with the members `input` and `output`.
    InputOutput(PathMatcher<'a>),
}

/// The value that an expression must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathMatcher<'a> {
    /// A JMESPath expression.
    pub path: &'a str,
    /// The text to compare with.
    pub expected: Spanned<&'a str>,
    /// How they are compared.
    pub comparator: Comparator,
    /// Where it stands.
    pub span: Span,
}

/// How the value of an expression is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// It is this string.
    StringEquals,
    /// It is this Boolean.
    BooleanEquals,
    /// It is a list with at least one item, all of which are this string.
    AllStringEquals,
    /// It is a list with this string.
    AnyStringEquals,
}

impl Comparator {
    /// The name in models.
    pub fn name(self) -> &'static str {
        match self {
            Self::StringEquals => "stringEquals",
            Self::BooleanEquals => "booleanEquals",
            Self::AllStringEquals => "allStringEquals",
            Self::AnyStringEquals => "anyStringEquals",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [
            Self::StringEquals,
            Self::BooleanEquals,
            Self::AllStringEquals,
            Self::AnyStringEquals,
        ]
        .into_iter()
        .find(|comparator| comparator.name() == name)
    }
}

/// The value of the `waitable` trait, which reads as [`Waiter`]s, in the order written.
#[derive(Debug)]
pub enum Waiters {}

impl TraitValue for Waiters {
    type Read<'a> = Vec<Waiter<'a>>;

    fn read(node: &Node) -> Option<Vec<Waiter<'_>>> {
        node.as_object()?.iter().map(waiter).collect()
    }
}

fn waiter<'a>((name, Entry { key, node }): (&'a String, &'a Entry)) -> Option<Waiter<'a>> {
    let delay = |key| {
        optional(node, key, |node| {
            let value = node.as_i64()?;
            Some(Spanned {
                value,
                span: node.span,
            })
        })
    };
    Some(Waiter {
        name: Spanned {
            value: name,
            span: *key,
        },
        acceptors: required(node, "acceptors", |node| list(node, acceptor))?,
        min_delay: delay("minDelay")?,
        max_delay: delay("maxDelay")?,
        documentation: optional(node, "documentation", Node::as_str)?,
        deprecated: flag(node, "deprecated")?,
        span: node.span,
    })
}

fn acceptor(node: &Node) -> Option<Acceptor<'_>> {
    let state = match required(node, "state", Node::as_str)? {
        "success" => AcceptorState::Success,
        "failure" => AcceptorState::Failure,
        "retry" => AcceptorState::Retry,
        _ => return None,
    };
    let matcher = node.get("matcher")?;
    Some(Acceptor {
        state,
        matcher: Spanned {
            value: self::matcher(matcher)?,
            span: matcher.span,
        },
        span: node.span,
    })
}

fn matcher(node: &Node) -> Option<Option<Matcher<'_>>> {
    let keys = node.as_object()?;
    let Some((key, Entry { node, .. })) = keys.first().filter(|_| keys.len() == 1) else {
        return Some(None);
    };
    let matcher = match key.as_str() {
        "success" => Matcher::Success(node.as_bool()?),
        "errorType" => Matcher::ErrorType(node.as_str()?),
        "output" => Matcher::Output(path_matcher(node)?),
        "inputOutput" => Matcher::InputOutput(path_matcher(node)?),
        // The form warns of an unknown key.
        _ => return Some(None),
    };
    Some(Some(matcher))
}

fn path_matcher(node: &Node) -> Option<PathMatcher<'_>> {
    Some(PathMatcher {
        path: required(node, "path", Node::as_str)?,
        expected: required(node, "expected", spanned_str)?,
        comparator: required(node, "comparator", |node| Comparator::parse(node.as_str()?))?,
        span: node.span,
    })
}
