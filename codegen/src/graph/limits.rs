//! What is too large to be written down: types of lists and maps in each other, `Vec<BTreeMap<String, Vec<..>>>`, and
//! builders with a type parameter for each required member.

use super::closure::Closure;
use super::log::Log;
use smithy_model::{Code, Diagnostic, Member, Shape, ShapeKind};
use std::collections::BTreeSet;

/// How deep lists and maps can lie in each other: far deeper than anybody models, and such that neither this generator
/// nor rustc, which has a limit of its own (128), runs out of stack.
pub(crate) const DEEPEST: usize = 32;

/// How many required members a structure can have. Each setter names the states of all of them, so the text grows with
/// the square of their number: 200 make four megabytes.
const MOST_REQUIRED: usize = 200;

/// Reports what is too large, and says whether there was none: otherwise it cannot be assembled.
pub(crate) fn check(closure: &Closure<'_>, log: &mut Log) -> bool {
    let too_deep: Vec<&Shape> =
        closure.data.values().copied().filter(|shape| is_too_deep(shape, closure)).collect();
    // One that lies in another one of these is told with that.
    let inner: BTreeSet<_> =
        too_deep.iter().filter_map(|shape| content(shape)).map(|member| &member.target).collect();
    for shape in too_deep.iter().filter(|shape| !inner.contains(&shape.id)) {
        let message = format!("in `{}`, lists and maps lie in each other more than {DEEPEST} deep", shape.id);
        log.push(problem(message, shape, "put a structure between"));
    }
    let structures: BTreeSet<_> =
        closure.shapes().filter(|shape| required(shape) > MOST_REQUIRED).map(|shape| &shape.id).collect();
    for shape in structures.iter().filter_map(|id| closure.model.shape(id)) {
        let count = required(shape);
        let message = format!("`{}` has {count} required members, more than {MOST_REQUIRED}", shape.id);
        log.push(problem(message, shape, "move some of them into a structure of their own"));
    }
    too_deep.is_empty() && structures.is_empty()
}

fn problem(message: String, shape: &Shape, help: &str) -> Diagnostic {
    Diagnostic::error(Code::UnsupportedShape, message).at(shape.span).shape(&shape.id).help(help)
}

fn required(shape: &Shape) -> usize {
    match &shape.kind {
        ShapeKind::Structure(members) => {
            members.values().filter(|member| member.traits.has("smithy.api#required")).count()
        }
        _ => 0,
    }
}

fn is_too_deep(shape: &Shape, closure: &Closure<'_>) -> bool {
    let inner = |member: &&Member| closure.data.get(&member.target).and_then(|shape| content(shape));
    std::iter::successors(content(shape), inner).nth(DEEPEST).is_some()
}

/// The items of a list, the values of a map.
fn content(shape: &Shape) -> Option<&Member> {
    match &shape.kind {
        ShapeKind::List(member) | ShapeKind::Map { value: member, .. } => Some(member),
        _ => None,
    }
}
