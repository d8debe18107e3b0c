//! Waiters: the trait `smithy.waiters#waitable`. Expressions are typed against the input and output
//! of the operation.
//!
//! A waiter that Rust code cannot express is reported and left out.
//!
//! <https://smithy.io/2.0/additional-specs/waiters.html>

use crate::graph::jmespath::ValueType;
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
use smithy_model::traits::{self, AcceptorState, Comparator, PathMatcher, Spanned, WAITABLE};
use smithy_model::{Code, Diagnostic, Log, Shape, ShapeId, Span};
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
        let models = WAITABLE.of(&shape.traits);
        if let Some((models, messages)) = models.zip(messages.get(*id)) {
            let scope = messages.scope(shapes);
            waiters.insert((*id).clone(), of_operation(shape, models, scope, log));
        }
    }
    waiters
}

fn of_operation(
    operation: &Shape,
    mut models: Vec<traits::Waiter<'_>>,
    scope: jmespath::scope::Scope<'_>,
    log: &mut Log,
) -> Vec<Waiter> {
    let mut methods = Scope::waiters();
    for member in &scope.input.members {
        let owner = Owner::new(&operation.id, operation.span);
        methods.claim(&member.name.rust, "_", owner, log);
    }
    models.sort_by_key(|model| model.name.value);
    let reader = Reader { scope };
    let mut read = |model: traits::Waiter<'_>| {
        let name = model.name.value;
        let owner = Owner::new(&operation.id, Some(model.span));
        let method = methods.claim(&format!("{METHOD}{}", ident::module(name)), "_", owner, log);
        let waiter = reader.waiter(&model, method);
        waiter
            .map_err(|(problem, span)| log.push(left_out(name, &problem, span, operation)))
            .ok()
    };
    models.into_iter().filter_map(&mut read).collect()
}

fn left_out(name: &str, problem: &str, span: Span, operation: &Shape) -> Diagnostic {
    let message = format!("the waiter `{name}` is not generated: {problem}");
    Diagnostic::warning(Code::UnsupportedTrait, message)
        .at(span)
        .shape(&operation.id)
        .help("change the waiter, or poll the operation in your program")
}

/// A message, and the place that it refers to.
type Problem = (String, Span);

struct Reader<'g> {
    scope: jmespath::scope::Scope<'g>,
}

impl Reader<'_> {
    /// Loading checked the name, the delays and that some acceptor leads to `success`.
    fn waiter(&self, model: &traits::Waiter<'_>, method: String) -> Result<Waiter, Problem> {
        if self.scope.input.stream().is_some() {
            return Err((
                "the input has a stream, which can be sent only once".to_owned(),
                model.span,
            ));
        }
        let acceptors = model.acceptors.iter();
        Ok(Waiter {
            name: model.name.value.to_owned(),
            constant: method.trim_start_matches(METHOD).to_ascii_uppercase(),
            method,
            min_delay: delay(model.min_delay, traits::Waiter::MIN_DELAY)?,
            max_delay: delay(model.max_delay, traits::Waiter::MAX_DELAY)?,
            acceptors: acceptors
                .map(|acceptor| self.acceptor(acceptor))
                .collect::<Result<_, _>>()?,
            deprecated: model.deprecated,
            docs: model.documentation.map(Docs::from_html).unwrap_or_default(),
        })
    }

    fn acceptor(&self, model: &traits::Acceptor<'_>) -> Result<Acceptor, Problem> {
        let state = match model.state {
            AcceptorState::Success => State::Success,
            AcceptorState::Failure => State::Failure,
            AcceptorState::Retry => State::Retry,
        };
        let matcher = match model.matcher.value {
            Some(traits::Matcher::Success(success)) => Matcher::Success(success),
            // Absolute shape ids match by their names.
            Some(traits::Matcher::ErrorType(id)) => {
                Matcher::ErrorType(Text::new(id.rsplit_once('#').map_or(id, |(_, name)| name)))
            }
            Some(traits::Matcher::Output(path)) => self.path(path, Root::Output)?,
            Some(traits::Matcher::InputOutput(path)) => self.path(path, Root::InputOutput)?,
            None => {
                return Err((
                    "a matcher must have exactly one member".to_owned(),
                    model.span,
                ));
            }
        };
        Ok(Acceptor { state, matcher })
    }

    fn path(&self, model: PathMatcher<'_>, root: Root) -> Result<Matcher, Problem> {
        let path = model.path;
        let value = jmespath::parse::parse(path, root, self.scope)
            .map_err(|problem| (format!("`{path}` is not supported: {problem}"), model.span))?;
        let expected = model.expected.value;
        let text = Text::new(expected);
        let expected = match (model.comparator, &value.ty, expected) {
            (Comparator::StringEquals, ValueType::String, _) => Expected::String(text),
            (Comparator::AllStringEquals, ..) if value.is_strings() => Expected::AllStrings(text),
            (Comparator::AnyStringEquals, ..) if value.is_strings() => Expected::AnyString(text),
            (Comparator::BooleanEquals, ValueType::Boolean, "true") => Expected::Boolean(true),
            (Comparator::BooleanEquals, ValueType::Boolean, "false") => Expected::Boolean(false),
            (comparator, ..) => {
                let comparator = comparator.name();
                return Err((
                    format!("`{path}` cannot be compared by `{comparator}` with `{expected}`"),
                    model.span,
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

/// A pause in seconds, which loading checked to be at least 1.
fn delay(delay: Option<Spanned<i64>>, default: u32) -> Result<u32, Problem> {
    let Some(Spanned { value, span }) = delay else {
        return Ok(default);
    };
    u32::try_from(value).map_err(|_| (format!("its delay of {value} seconds is too long"), span))
}
