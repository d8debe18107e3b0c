//! Waiters: the trait `smithy.waiters#waitable`. Expressions are typed against the input and output
//! of the operation.
//!
//! A waiter that Rust code cannot express is reported and left out.
//!
//! <https://smithy.io/2.0/additional-specs/waiters.html>

use crate::graph::jmespath::Ty;
use crate::graph::service::Shapes;
use crate::graph::waiters::{Acceptor, Expected, Matcher, State, Waiter};
use crate::lower::jmespath;
use crate::lower::jmespath::parse::Root;
use crate::lower::names::ident;
use crate::lower::names::scope::{Owner, Scope};
use crate::lower::operations::Messages;
use crate::lower::tables::Tables;
use crate::text::Text;
use crate::text::docs::Docs;
use smithy_model::{Code, Diagnostic, Log, Node, Shape, ShapeId};
use std::collections::BTreeMap;

/// The prefix of method names.
const METHOD: &str = "wait_until_";

/// The waiters of operations, sorted by name. Those that are not supported are reported and left
/// out.
pub(crate) fn lower(
    tables: &Tables<'_, '_>,
    messages: &BTreeMap<ShapeId, Messages>,
    shapes: &Shapes,
    log: &mut Log,
) -> BTreeMap<ShapeId, Vec<Waiter>> {
    let mut waiters = BTreeMap::new();
    for (id, (shape, _)) in &tables.closure.operations {
        let node = shape.traits.get("smithy.waiters#waitable");
        if let Some((node, messages)) = node.zip(messages.get(*id)) {
            let scope = messages.scope(shapes);
            waiters.insert((*id).clone(), of_operation(shape, node, scope, log));
        }
    }
    waiters
}

fn of_operation(
    operation: &Shape,
    waitable: &Node,
    scope: jmespath::scope::Scope<'_>,
    log: &mut Log,
) -> Vec<Waiter> {
    let mut methods = Scope::waiters();
    for member in &scope.input.members {
        let owner = Owner::new(&operation.id, operation.span);
        methods.claim(&member.name.rust, "_", owner, log);
    }
    let entries = waitable.as_object().into_iter().flatten();
    let mut entries: Vec<(&String, &Node)> =
        entries.map(|(name, entry)| (name, &entry.node)).collect();
    entries.sort_by_key(|(name, _)| *name);
    let reader = Reader { scope };
    let mut read = |(name, node): (&String, &Node)| {
        let owner = Owner::new(&operation.id, Some(node.span));
        let method = methods.claim(&format!("{METHOD}{}", ident::module(name)), "_", owner, log);
        let waiter = reader.waiter(name, method, node);
        waiter
            .map_err(|(problem, place)| log.push(left_out(name, &problem, place, operation)))
            .ok()
    };
    entries.into_iter().filter_map(&mut read).collect()
}

fn left_out(name: &str, problem: &str, place: &Node, operation: &Shape) -> Diagnostic {
    let message = format!("the waiter `{name}` is not generated: {problem}");
    Diagnostic::warning(Code::UnsupportedTrait, message)
        .at(place.span)
        .shape(&operation.id)
        .help("change the waiter, or poll the operation in your program")
}

/// A message, and the node that it refers to.
type Problem<'m> = (String, &'m Node);

struct Reader<'g> {
    scope: jmespath::scope::Scope<'g>,
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
        if self.scope.input.stream().is_some() {
            return Err((
                "the input has a stream, which can be sent only once".to_owned(),
                node,
            ));
        }
        let (min_delay, max_delay) = (delay(node, "minDelay", 2)?, delay(node, "maxDelay", 120)?);
        if min_delay > max_delay {
            return Err((
                format!("its `minDelay` {min_delay} is greater than its `maxDelay` {max_delay}"),
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
                    format!("the state `{other}` is not `success`, `failure` or `retry`"),
                    node,
                ));
            }
        };
        let matcher = required(node, "matcher", Node::as_object)?;
        let Some((kind, entry)) = matcher.first().filter(|_| matcher.len() == 1) else {
            return Err(("a matcher must have exactly one member".to_owned(), node));
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
            _ => return Err((format!("`{kind}` is not a matcher"), node)),
        };
        Ok(Acceptor { state, matcher })
    }

    fn path<'m>(&self, node: &'m Node, root: Root) -> Result<Matcher, Problem<'m>> {
        let path = required(node, "path", Node::as_str)?;
        let value = jmespath::parse::parse(path, root, self.scope)
            .map_err(|problem| (format!("`{path}` is not supported: {problem}"), node))?;
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
                    format!("`{path}` cannot be compared by `{comparator}` with `{expected}`"),
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
            format!("its `{key}` is not a positive number of seconds"),
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
