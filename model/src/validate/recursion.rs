use crate::load::Log;
use crate::words::ticked;
use crate::{Code, Diagnostic, Member, Model, Shape, ShapeId, ShapeKind};
use indexmap::IndexSet;

/// Finds shapes that have no end: lists and maps that contain themselves without a structure or union between, and
/// structures that need a value of themselves (Smithy specification, "Recursive shape definitions").
pub(super) fn check(model: &Model, log: &mut Log) {
    for shape in model.shapes.values() {
        check_collection(shape, model, log);
    }
    check_structures(model, log);
}

fn check_collection(shape: &Shape, model: &Model, log: &mut Log) {
    // A way longer than there are shapes goes round in a circle that this shape is no part of.
    let mut steps = contents(shape, model).take(model.shapes.len());
    if !steps.any(|(_, target)| target.id == shape.id) {
        return;
    }
    let mut way = Vec::new();
    for (member, target) in contents(shape, model) {
        way.push(&member.id);
        if target.id == shape.id {
            break;
        }
    }
    let message = format!("`{}` contains itself: {}", shape.id, ticked(way));
    let problem = Diagnostic::error(Code::InvalidRecursion, message).at(shape.span).shape(&shape.id);
    log.report(problem.help("put a structure or union between"));
}

/// From collection to collection: what a list or map holds, what that holds if it is one, too, and so on.
fn contents<'a>(shape: &'a Shape, model: &'a Model) -> impl Iterator<Item = (&'a Member, &'a Shape)> {
    let step = |shape: &'a Shape| match &shape.kind {
        ShapeKind::List(next) | ShapeKind::Map { value: next, .. } => Some((next, model.target(next)?)),
        _ => None,
    };
    std::iter::successors(step(shape), move |(_, shape)| step(shape))
}

/// Structures and unions are finite if their parts are: of a structure the required members, of a union one member.
/// What is left when no more can be found finite is not.
fn check_structures(model: &Model, log: &mut Log) {
    let mut infinite: IndexSet<&ShapeId> =
        model.shapes.values().filter(|shape| needs(shape).next().is_some()).map(|shape| &shape.id).collect();
    loop {
        let found: Vec<&ShapeId> = infinite
            .iter()
            .copied()
            .filter(|id| model.shape(id).is_none_or(|shape| is_finite(shape, &infinite)))
            .collect();
        if found.is_empty() {
            break;
        }
        infinite.retain(|id| found.binary_search(id).is_err());
    }
    for id in &infinite {
        let Some(shape) = model.shape(id) else { continue };
        let way = ticked(way(shape, model, &infinite).iter().map(|member| &member.id));
        let message = format!("no value of `{id}` can end: it needs {way}");
        let problem = Diagnostic::error(Code::InvalidRecursion, message).at(shape.span).shape(id);
        log.report(problem.help("remove `required` from a member on the way"));
    }
}

/// The members that a value of the shape cannot do without, or of a union those it has to choose from.
fn needs(shape: &Shape) -> impl Iterator<Item = &Member> {
    let is_union = matches!(shape.kind, ShapeKind::Union(_));
    let is_structure = matches!(shape.kind, ShapeKind::Structure(_));
    shape.members().filter(move |m| is_union || is_structure && m.traits.has("smithy.api#required"))
}

fn is_finite(shape: &Shape, infinite: &IndexSet<&ShapeId>) -> bool {
    let ends = |member: &Member| !infinite.contains(&member.target);
    match shape.kind {
        ShapeKind::Union(_) => needs(shape).any(ends),
        _ => needs(shape).all(ends),
    }
}

/// The first way from the shape back to where it has been.
fn way<'a>(shape: &'a Shape, model: &'a Model, infinite: &IndexSet<&ShapeId>) -> Vec<&'a Member> {
    let mut seen: IndexSet<&ShapeId> = IndexSet::new();
    let mut way = Vec::new();
    let mut current = Some(shape);
    while let Some(shape) = current.filter(|shape| seen.insert(&shape.id)) {
        let next = needs(shape).find(|member| infinite.contains(&member.target));
        way.extend(next);
        current = next.and_then(|member| model.target(member));
    }
    way
}
