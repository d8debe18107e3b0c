//! The examples of an operation: the call that the generator makes up, and those of the trait
//! `smithy.api#examples`.
//!
//! <https://smithy.io/2.0/spec/documentation-traits.html#examples-trait>

use crate::graph::examples::{ExampleResponse, Examples, PublishedExample};
use crate::graph::service::Shapes;
use crate::graph::shape::Structure;
use crate::lower::operations::Messages;
use crate::lower::sample::{self, DEEPEST, MOST_VALUES};
use crate::lower::values::{Mismatch, Values};
use crate::select::closure::Closure;
use crate::text::Text;
use crate::text::docs::Docs;
use smithy_model::traits::{EXAMPLES, Example, ExampleError};
use smithy_model::{Code, Diagnostic, Log, Node, ShapeId, Span};
use std::collections::BTreeMap;

/// How many values the input and the response of an example may have together; those of AWS have
/// 490 at most.
const MOST_PUBLISHED_VALUES: usize = 5_000;
/// How deep they may nest; those of AWS have 8 levels at most.
const DEEPEST_PUBLISHED: usize = 32;

/// The examples of each operation, with a warning for each that is left out.
pub(crate) fn lower(
    closure: &Closure<'_>,
    messages: &BTreeMap<ShapeId, Messages>,
    shapes: &Shapes,
    log: &mut Log,
) -> BTreeMap<ShapeId, Examples> {
    let operations = closure.operations.iter().filter_map(|(id, (shape, _))| {
        let messages = messages.get(*id)?;
        Some((*shape, messages))
    });
    operations
        .map(|(shape, messages)| {
            let examples = of_operation(shape, messages, shapes, log);
            (shape.id.clone(), examples)
        })
        .collect()
}

fn of_operation(
    operation: &smithy_model::Shape,
    messages: &Messages,
    shapes: &Shapes,
    log: &mut Log,
) -> Examples {
    let published = EXAMPLES.of(&operation.traits).unwrap_or_default();
    let published = published
        .iter()
        .filter_map(|example| {
            published_example(example, &operation.id, &messages.input, shapes, log)
        })
        .collect();
    let sample = sample::of(messages, shapes);
    if sample.is_none() {
        log.push(no_sample(&operation.id, &messages.input.id));
    }
    Examples { sample, published }
}

fn no_sample(operation: &ShapeId, input: &ShapeId) -> Diagnostic {
    let message = format!(
        "`{}` has no example: it would have more than {MOST_VALUES} values, or structures more than {DEEPEST} deep",
        input
    );
    Diagnostic::warning(Code::TooMuchOutput, message)
        .shape(operation)
        .help("make members of the structures in it optional, or ignore this: everything else is generated")
}

/// An example of the model; `None` if it is left out.
fn published_example(
    example: &Example<'_>,
    operation: &ShapeId,
    input: &Structure,
    shapes: &Shapes,
    log: &mut Log,
) -> Option<PublishedExample> {
    let title = Text::new(example.title);
    let members = match &example.error {
        Some(error) => error.content,
        None => example.output,
    };
    if !fits(example.input.into_iter().chain(members)) {
        log.push(too_large(operation, &title, example.span));
        return None;
    }
    let empty = Node {
        value: smithy_model::Value::Object(Default::default()),
        span: example.span,
    };
    let given = example.input.unwrap_or(&empty);
    let input = match (Values { shapes }).members(input, given) {
        Ok(input) => input,
        // Validation has reported it.
        Err(mismatch) if mismatch.is_unknown_member() => return None,
        Err(mismatch) => {
            log.push(inexpressible(operation, &title, &mismatch));
            return None;
        }
    };
    Some(PublishedExample {
        title,
        docs: example
            .documentation
            .map(Docs::from_html)
            .unwrap_or_default(),
        input,
        response: response(example.error, members),
    })
}

fn response(error: Option<ExampleError<'_>>, members: Option<&Node>) -> Option<ExampleResponse> {
    let id = error.and_then(|error| error.shape_id);
    let name = id
        .map(|id| id.value)
        .map(|id| id.rsplit_once('#').map_or(id, |(_, name)| name));
    (name.is_some() || members.is_some()).then(|| ExampleResponse {
        error: name.map(Text::new),
        members: members.map(|members| Text::new(&members.to_pretty_json())),
    })
}

/// Whether the values are few and flat enough for documentation.
fn fits<'n>(mut nodes: impl Iterator<Item = &'n Node>) -> bool {
    let mut left = MOST_PUBLISHED_VALUES;
    nodes.all(|node| fits_below(node, DEEPEST_PUBLISHED, &mut left))
}

fn fits_below(node: &Node, depth: usize, left: &mut usize) -> bool {
    let Some(rest) = left.checked_sub(1) else {
        return false;
    };
    *left = rest;
    let members = node.as_object().into_iter().flatten();
    let members = members.map(|(_, entry)| &entry.node);
    let mut parts = node.as_array().into_iter().flatten().chain(members);
    parts.all(|node| depth > 0 && fits_below(node, depth - 1, left))
}

fn too_large(operation: &ShapeId, title: &Text, span: Span) -> Diagnostic {
    let message = format!(
        "the example \"{}\" is left out: it has more than {MOST_PUBLISHED_VALUES} values, or nests more than \
         {DEEPEST_PUBLISHED} deep",
        title.shown()
    );
    Diagnostic::warning(Code::TooMuchOutput, message)
        .at(span)
        .shape(operation)
        .help("shorten it: it is documentation that people read")
}

fn inexpressible(operation: &ShapeId, title: &Text, mismatch: &Mismatch) -> Diagnostic {
    let message = format!(
        "the example \"{}\" is left out: {}",
        title.shown(),
        mismatch.message("input")
    );
    Diagnostic::warning(Code::BadTraitValue, message)
        .at(mismatch.span)
        .shape(operation)
        .help("give values of the types that the members have")
}
