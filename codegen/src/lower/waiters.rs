//! Waiters: the trait `smithy.waiters#waitable`, its expressions typed against what the operation
//! takes and returns.
//!
//! A waiter that cannot become Rust is left out, with a warning that says why.
//!
//! <https://smithy.io/2.0/additional-specs/waiters.html>

use super::ident;
use super::jmespath::{self, Expr, Root, Ty};
use super::log::Log;
use super::scope::{Owner, Scope};
use super::types::{Operation, Service};
use crate::text::{Docs, Markdown, Text, markdown};
use smithy_model::{Code, Diagnostic, Node, Shape};

/// What the names of the methods start with.
const METHOD: &str = "wait_until_";

/// A waiter of an operation.
#[derive(Debug, PartialEq)]
pub(crate) struct Waiter {
    /// The name in the model.
    pub(crate) name: String,
    /// The builder's method.
    pub(crate) method: String,
    /// The operation's constant.
    pub(crate) constant: String,
    /// The shortest pause between two calls, in seconds.
    pub(crate) min_delay: u32,
    /// The longest one.
    pub(crate) max_delay: u32,
    /// What to look for in an answer; the first that matches decides.
    pub(crate) acceptors: Vec<Acceptor>,
    pub(crate) deprecated: bool,
    pub(crate) docs: Docs,
}

/// What to look for, and what it means.
#[derive(Debug, PartialEq)]
pub(crate) struct Acceptor {
    pub(crate) state: State,
    pub(crate) matcher: Matcher,
}

/// Where an acceptor leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Success,
    Failure,
    Retry,
}

/// What an acceptor looks for.
#[derive(Debug, PartialEq)]
pub(crate) enum Matcher {
    /// A value in the output, or in the input and the output.
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

/// What a matcher's value has to be.
#[derive(Debug, PartialEq)]
pub(crate) enum Expected {
    String(Text),
    Boolean(bool),
    /// At least one string, and none but these.
    AllStrings(Text),
    /// This string among others.
    AnyString(Text),
}

/// In which answers a waiter finds what it waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reached {
    Output,
    Error,
    Either,
}

impl Waiter {
    /// In which answers it finds what it waits for.
    pub(crate) fn reached(&self) -> Reached {
        let mut success = self
            .acceptors
            .iter()
            .filter(|acceptor| acceptor.state == State::Success);
        let first = success
            .next()
            .map(|acceptor| acceptor.matcher.is_of_output());
        match first {
            Some(first) if success.any(|acceptor| acceptor.matcher.is_of_output() != first) => {
                Reached::Either
            }
            Some(false) => Reached::Error,
            _ => Reached::Output,
        }
    }
}

impl Matcher {
    /// Whether it looks at outputs; the others look at errors.
    pub(crate) fn is_of_output(&self) -> bool {
        matches!(self, Self::Path { .. } | Self::Success(true))
    }
}

impl Acceptor {
    /// What it says, in words.
    pub(crate) fn in_words(&self) -> Markdown {
        let state = match self.state {
            State::Success => "success",
            State::Failure => "failure",
            State::Retry => "retry",
        };
        match &self.matcher {
            Matcher::Path { path, expected, .. } => {
                markdown!("{}: {} {}", state, path.code(), expected.in_words())
            }
            Matcher::Success(true) => markdown!("{}: any output", state),
            Matcher::Success(false) => markdown!("{}: any error", state),
            Matcher::ErrorType(name) => markdown!("{}: error {}", state, name.code()),
        }
    }
}

impl Expected {
    fn in_words(&self) -> Markdown {
        match self {
            Self::String(text) => markdown!("is {}", text.code()),
            Self::Boolean(true) => "is true".into(),
            Self::Boolean(false) => "is false".into(),
            Self::AllStrings(text) => markdown!("has {} and nothing else", text.code()),
            Self::AnyString(text) => markdown!("has {}", text.code()),
        }
    }
}

/// The waiters of an operation, in the order of their names.
pub(crate) fn of(
    operation: &Operation,
    shape: &Shape,
    service: &Service,
    log: &mut Log,
) -> Vec<Waiter> {
    let Some(node) = shape.traits.get("smithy.waiters#waitable") else {
        return Vec::new();
    };
    let mut methods = Scope::waiters();
    for member in &operation.input.members {
        methods.claim(
            &member.name.rust,
            "_",
            Owner::new(&shape.id, shape.span),
            log,
        );
    }
    let mut waiters: Vec<(&String, &Node)> = node
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, entry)| (name, &entry.node))
        .collect();
    waiters.sort_by_key(|(name, _)| *name);
    let reader = Reader { operation, service };
    let mut read = |(name, node): (&String, &Node)| {
        let owner = Owner::new(&shape.id, Some(node.span));
        let method = methods.claim(&format!("{METHOD}{}", ident::module(name)), "_", owner, log);
        let waiter = reader.waiter(name, method, node);
        waiter
            .map_err(|(problem, place)| log.push(left_out(name, &problem, place, shape)))
            .ok()
    };
    waiters.into_iter().filter_map(&mut read).collect()
}

fn left_out(name: &str, problem: &str, place: &Node, operation: &Shape) -> Diagnostic {
    let message = format!("the waiter `{name}` is not generated: {problem}");
    Diagnostic::warning(Code::UnsupportedTrait, message)
        .at(place.span)
        .shape(&operation.id)
        .help("change it, or leave it to users to call the operation until it answers as they wish")
}

/// What is wrong, and where.
type Problem<'m> = (String, &'m Node);

struct Reader<'g> {
    operation: &'g Operation,
    service: &'g Service,
}

impl Reader<'_> {
    fn waiter<'m>(
        &self,
        name: &str,
        method: String,
        node: &'m Node,
    ) -> Result<Waiter, Problem<'m>> {
        if !name.starts_with(|first: char| first.is_ascii_uppercase())
            || !name
                .chars()
                .all(|character| character.is_ascii_alphanumeric())
        {
            return Err(("its name is not in upper camel case".to_owned(), node));
        }
        if self.operation.input.stream().is_some() {
            return Err((
                "the input has a stream, which is sent only once".to_owned(),
                node,
            ));
        }
        let (min_delay, max_delay) = (delay(node, "minDelay", 2)?, delay(node, "maxDelay", 120)?);
        if min_delay > max_delay {
            return Err((
                format!("its `minDelay` {min_delay} is above its `maxDelay` {max_delay}"),
                node,
            ));
        }
        let acceptors = required(node, "acceptors", Node::as_array)?;
        let acceptors: Vec<Acceptor> = acceptors
            .iter()
            .map(|acceptor| self.acceptor(acceptor))
            .collect::<Result<_, _>>()?;
        if !acceptors
            .iter()
            .any(|acceptor| acceptor.state == State::Success)
        {
            return Err(("no acceptor leads to `success`".to_owned(), node));
        }
        Ok(Waiter {
            name: name.to_owned(),
            constant: method.trim_start_matches(METHOD).to_ascii_uppercase(),
            method,
            min_delay,
            max_delay,
            acceptors,
            deprecated: node
                .get("deprecated")
                .and_then(Node::as_bool)
                .unwrap_or_default(),
            docs: node
                .get("documentation")
                .and_then(Node::as_str)
                .map(Docs::from_html)
                .unwrap_or_default(),
        })
    }

    fn acceptor<'m>(&self, node: &'m Node) -> Result<Acceptor, Problem<'m>> {
        let state = match required(node, "state", Node::as_str)? {
            "success" => State::Success,
            "failure" => State::Failure,
            "retry" => State::Retry,
            other => {
                return Err((
                    format!("`{other}` is none of `success`, `failure` and `retry`"),
                    node,
                ));
            }
        };
        let matcher = required(node, "matcher", Node::as_object)?;
        let Some((kind, entry)) = matcher.first().filter(|_| matcher.len() == 1) else {
            return Err(("a matcher has one member".to_owned(), node));
        };
        let node = &entry.node;
        let matcher = match (kind.as_str(), node.as_bool(), node.as_str()) {
            ("success", Some(success), _) => Matcher::Success(success),
            // Absolute shape ids match by their names.
            ("errorType", _, Some(id)) => {
                Matcher::ErrorType(Text::new(id.rsplit_once('#').map_or(id, |(_, name)| name)))
            }
            ("output", ..) => self.path(node, Root::Output)?,
            ("inputOutput", ..) => self.path(node, Root::InputOutput)?,
            _ => return Err((format!("`{kind}` is no matcher"), node)),
        };
        Ok(Acceptor { state, matcher })
    }

    fn path<'m>(&self, node: &'m Node, root: Root) -> Result<Matcher, Problem<'m>> {
        let path = required(node, "path", Node::as_str)?;
        let value = jmespath::parse(
            path,
            root,
            jmespath::Scope::of(self.operation, self.service),
        )
        .map_err(|problem| (format!("`{path}` cannot become Rust: {problem}"), node))?;
        let expected = required(node, "expected", Node::as_str)?;
        let text = Text::new(expected);
        let comparator = required(node, "comparator", Node::as_str)?;
        let expected = match (comparator, &value.ty, expected) {
            ("stringEquals", Ty::String, _) => Expected::String(text),
            ("allStringEquals", _, _) if value.is_strings() => Expected::AllStrings(text),
            ("anyStringEquals", _, _) if value.is_strings() => Expected::AnyString(text),
            ("booleanEquals", Ty::Boolean, "true") => Expected::Boolean(true),
            ("booleanEquals", Ty::Boolean, "false") => Expected::Boolean(false),
            _ => {
                return Err((
                    format!("`{path}` is nothing for `{comparator}` with `{expected}`"),
                    node,
                ));
            }
        };
        Ok(Matcher::Path {
            path: Text::new(path),
            value: Box::new(value),
            expected,
        })
    }
}

/// A number of seconds, at least 1.
fn delay<'m>(node: &'m Node, key: &str, default: u32) -> Result<u32, Problem<'m>> {
    let Some(delay) = node.get(key) else {
        return Ok(default);
    };
    let seconds = delay
        .as_i64()
        .and_then(|seconds| u32::try_from(seconds).ok())
        .filter(|seconds| *seconds > 0);
    seconds.ok_or_else(|| {
        (
            format!("its `{key}` is no number of seconds from 1 on"),
            delay,
        )
    })
}

fn required<'m, T: ?Sized>(
    node: &'m Node,
    key: &str,
    read: fn(&'m Node) -> Option<&'m T>,
) -> Result<&'m T, Problem<'m>> {
    node.get(key)
        .and_then(read)
        .ok_or_else(|| (format!("`{key}` is missing"), node))
}
