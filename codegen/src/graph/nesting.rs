//! Lists and maps in each other, which become one Rust type: `Vec<BTreeMap<String, Vec<..>>>`.

use super::closure::Closure;
use super::log::Log;
use smithy_model::{Code, Diagnostic, Member, Shape, ShapeKind};
use std::collections::BTreeSet;

/// How deep lists and maps can lie in each other: far deeper than anybody models, and such that neither this generator
/// nor rustc, which has a limit of its own (128), runs out of stack.
pub(crate) const DEEPEST: usize = 32;

/// Reports lists and maps that are too deep. While there are any, types cannot be written down.
pub(crate) fn check(closure: &Closure<'_>, log: &mut Log) -> bool {
    let too_deep: Vec<&Shape> =
        closure.data.values().copied().filter(|shape| is_too_deep(shape, closure)).collect();
    // One that lies in another one of these is told with that.
    let inner: BTreeSet<_> =
        too_deep.iter().filter_map(|shape| content(shape)).map(|member| &member.target).collect();
    for shape in too_deep.iter().filter(|shape| !inner.contains(&shape.id)) {
        let message = format!("in `{}`, lists and maps lie in each other more than {DEEPEST} deep", shape.id);
        let problem = Diagnostic::error(Code::UnsupportedShape, message).at(shape.span).shape(&shape.id);
        log.push(problem.help("put a structure between"));
    }
    too_deep.is_empty()
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
