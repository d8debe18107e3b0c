//! Limits on the size of the emitted crate: nested collections, such as `Vec<BTreeMap<String,
//! Vec<..>>>`, builders with a type parameter for each required member, and shared texts that files
//! repeat. They are checked before anything is lowered.

use crate::select::closure::Closure;
use smithy_model::traits::{ENUM_VALUE, REQUIRED, SERVICE, SIGV4, SIGV4A, Spanned, TITLE};
use smithy_model::{Code, Diagnostic, Log, Member, Node, Shape, ShapeKind, Traits, Value};
use std::collections::BTreeSet;

/// The deepest nesting of lists and maps. It is deeper than any real model, and neither this
/// generator nor rustc, whose own limit is 128, overflows the stack.
pub(crate) const DEEPEST: usize = 32;

/// The most required members of a structure. Each setter names the states of all of them, so the
/// text grows with the square of their number: 200 make four megabytes.
const MOST_REQUIRED: usize = 200;

/// The most bytes of Rust and Markdown for one operation, with its pages. A structure may be the
/// input of many operations, and the page of an operation lists the members of the structures that
/// its members target.
const MOST_OF_OPERATION: usize = 16 << 20;

/// The most bytes of a crate. QuickSight, the largest REST service of AWS, has 7 MiB; the largest
/// operation of AWS, one of Connect, has 0.3 MiB.
pub(crate) const MOST_OF_CRATE: usize = 256 << 20;

/// Checks the limits and reports violations. Returns whether the closure can be lowered.
pub(crate) fn check(closure: &Closure<'_>, log: &mut Log) -> bool {
    let too_deep: Vec<&Shape> = closure
        .data
        .values()
        .copied()
        .filter(|shape| is_too_deep(shape, closure))
        .collect();
    // Of nested shapes, only the outermost is reported.
    let inner: BTreeSet<_> = too_deep
        .iter()
        .filter_map(|shape| content(shape))
        .map(|member| &member.target)
        .collect();
    for shape in too_deep.iter().filter(|shape| !inner.contains(&shape.id)) {
        let message = format!(
            "lists and maps in `{}` are nested more than {DEEPEST} levels deep",
            shape.id
        );
        log.push(problem(message, shape, "put a structure between them"));
    }
    let structures: BTreeSet<_> = closure
        .shapes()
        .filter(|shape| required(shape) > MOST_REQUIRED)
        .map(|shape| &shape.id)
        .collect();
    for shape in structures.iter().filter_map(|id| closure.model.shape(id)) {
        let count = required(shape);
        let message = format!(
            "`{}` has {count} required members, more than {MOST_REQUIRED}",
            shape.id
        );
        log.push(problem(
            message,
            shape,
            "move some of them into another structure",
        ));
    }
    too_deep.is_empty() && structures.is_empty() && output_fits(closure, log)
}

/// Whether the estimated size of the crate is within the limits.
fn output_fits(closure: &Closure<'_>, log: &mut Log) -> bool {
    if let Some(problem) = repeated_text(closure.service.shape) {
        log.push(problem);
        return false;
    }
    let mut total = 0_usize;
    let mut fits = true;
    for shape in closure.data.values() {
        total = total.saturating_add(estimate(shape, closure));
    }
    for (shape, operation) in closure.operations.values() {
        let of_messages = closure
            .input_output(operation)
            .into_iter()
            .flatten()
            .map(|message| {
                let below = message
                    .members()
                    .filter_map(|member| closure.data.get(&member.target));
                below
                    .map(|target| lines(target))
                    .fold(estimate(message, closure), usize::saturating_add)
            });
        let errors = operation.errors.len() + closure.service.service.errors.len();
        let size = of_messages.fold(LINE * errors, usize::saturating_add);
        if size > MOST_OF_OPERATION {
            let limit = MOST_OF_OPERATION >> 20;
            let message = format!(
                "`{}` would take more than {limit} MiB of Rust and Markdown",
                shape.id
            );
            let help = "give it fewer members, or members of smaller types";
            log.push(limit_exceeded(message, shape).help(help));
            fits = false;
        }
        total = total.saturating_add(size);
    }
    if fits && total > MOST_OF_CRATE {
        log.push(crate_too_large(closure.service.shape));
        fits = false;
    }
    fits
}

/// The diagnostic of a crate that is too large.
pub(crate) fn crate_too_large(service: &Shape) -> Diagnostic {
    let limit = MOST_OF_CRATE >> 20;
    let message = format!(
        "the crate of `{}` would take more than {limit} MiB",
        service.id
    );
    limit_exceeded(message, service).help("list the operations that you need with `--operations`")
}

fn limit_exceeded(message: String, shape: &Shape) -> Diagnostic {
    Diagnostic::error(Code::TooMuchOutput, message)
        .at(shape.span)
        .shape(&shape.id)
}

/// The most bytes of a text that each page or operation repeats; those of AWS have 53 at most.
const LONGEST_REPEATED: usize = 1_000;

/// Reports a text of the service that is longer.
fn repeated_text(service: &Shape) -> Option<Diagnostic> {
    let traits = &service.traits;
    let sdk_id = SERVICE.spanned(traits).map(|service| Spanned {
        value: service.value.sdk_id,
        span: service.span,
    });
    let repeated = [
        (TITLE.id(), TITLE.spanned(traits)),
        (SERVICE.id(), sdk_id),
        (SIGV4.id(), SIGV4.spanned(traits)),
        (SIGV4A.id(), SIGV4A.spanned(traits)),
    ];
    let is_long = |text: &Spanned<&str>| text.value.len() > LONGEST_REPEATED;
    let (id, span) = repeated
        .into_iter()
        .find_map(|(id, text)| Some((id, text.filter(is_long)?.span)))?;
    let message = format!(
        "`{id}` has a text of more than {LONGEST_REPEATED} bytes, which every file would repeat"
    );
    Some(limit_exceeded(message, service).at(span).help("shorten it"))
}

/// The estimated bytes of a line of a page.
const LINE: usize = 64;

/// The estimated bytes of the members of a shape on the page of an operation whose input or output
/// contains it.
fn lines(shape: &Shape) -> usize {
    let value = |member: &Member| ENUM_VALUE.of(&member.traits).map_or(0, text);
    shape
        .members()
        .map(|member| LINE + member.name.len() + value(member))
        .fold(0, usize::saturating_add)
}

/// The estimated bytes of Rust and Markdown for a shape: for each member a field, a setter,
/// reading, writing and a part of a page; the texts of its traits, and those of a target that has
/// no page; and for each setter a state for each required member.
fn estimate(shape: &Shape, closure: &Closure<'_>) -> usize {
    const MEMBER: usize = 640;
    const STATE: usize = 96;
    let required = required(shape);
    let of_target = |member: &Member| {
        let target = closure.data.get(&member.target);
        let target = target.filter(|target| {
            matches!(
                target.kind,
                ShapeKind::Simple(_) | ShapeKind::List(_) | ShapeKind::Map { .. }
            )
        });
        target.map_or(0, |target| texts(&target.traits))
    };
    let member = |member: &Member| {
        (MEMBER + member.name.len() * 8)
            .saturating_add(texts(&member.traits))
            .saturating_add(of_target(member))
    };
    shape.members().map(member).fold(
        texts(&shape.traits) + STATE * required * required,
        usize::saturating_add,
    )
}

/// The estimated bytes of the texts of traits, which are emitted several times.
fn texts(traits: &Traits) -> usize {
    const TIMES: usize = 4;
    traits
        .iter()
        .map(|(_, node)| text(node))
        .fold(0, usize::saturating_add)
        .saturating_mul(TIMES)
}

/// The bytes of all strings in a value.
fn text(node: &Node) -> usize {
    match &node.value {
        Value::String(text) | Value::Number(text) => text.len(),
        Value::Array(items) => items.iter().map(text).sum(),
        Value::Object(members) => members.values().map(|entry| text(&entry.node)).sum(),
        Value::Null | Value::Bool(_) => 0,
    }
}

fn problem(message: String, shape: &Shape, help: &str) -> Diagnostic {
    Diagnostic::error(Code::UnsupportedShape, message)
        .at(shape.span)
        .shape(&shape.id)
        .help(help)
}

fn required(shape: &Shape) -> usize {
    match &shape.kind {
        ShapeKind::Structure(members) => members
            .values()
            .filter(|member| REQUIRED.is_on(&member.traits))
            .count(),
        _ => 0,
    }
}

fn is_too_deep(shape: &Shape, closure: &Closure<'_>) -> bool {
    let inner = |member: &&Member| {
        closure
            .data
            .get(&member.target)
            .and_then(|shape| content(shape))
    };
    std::iter::successors(content(shape), inner)
        .nth(DEEPEST)
        .is_some()
}

/// The member of a list, or the value member of a map.
fn content(shape: &Shape) -> Option<&Member> {
    match &shape.kind {
        ShapeKind::List(member) | ShapeKind::Map { value: member, .. } => Some(member),
        _ => None,
    }
}
