use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::wording::code_list;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Shape, ShapeKind};
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry::type_refinement::REQUIRED;
use std::collections::{HashMap, HashSet};

/// Reports invalid recursion: lists and maps that contain themselves without a structure or union in
/// the cycle, and structures that require a value of themselves (Smithy specification, "Recursive shape
/// definitions").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    let cycles = recursive_collections(model);
    for shape in model
        .shapes
        .values()
        .filter(|shape| cycles.contains(&shape.id))
    {
        let message = format!(
            "`{}` contains itself: {}",
            shape.id,
            describe(contents(shape, model))
        );
        let problem = Diagnostic::error(Code::InvalidRecursion, message)
            .at(shape.span)
            .shape(&shape.id);
        loading.report(problem.help("add a structure or union to the cycle"));
    }
    let infinite = infinite(model);
    for shape in model
        .shapes
        .values()
        .filter(|shape| infinite.contains(&shape.id))
    {
        let path = std::iter::successors(infinite_member(shape, &infinite), |member| {
            infinite_member(model.target(member)?, &infinite)
        });
        let message = format!(
            "`{}` requires a value of itself: {}",
            shape.id,
            describe(path)
        );
        let problem = Diagnostic::error(Code::InvalidRecursion, message)
            .at(shape.span)
            .shape(&shape.id);
        loading.report(problem.help("remove `required` from one of these members"));
    }
}

/// The maximum number of members in a message.
const MOST_STEPS: usize = 10;

/// Lists the members on a path until it repeats; only the first of them if there are many.
fn describe<'a>(path: impl Iterator<Item = &'a Member>) -> String {
    let mut seen: HashSet<ShapeId> = HashSet::new();
    let mut steps: Vec<&ShapeId> = path
        .take_while(|member| seen.insert(member.id.container()))
        .map(|member| &member.id)
        .take(MOST_STEPS + 1)
        .collect();
    let more = steps.len() > MOST_STEPS;
    steps.truncate(MOST_STEPS);
    format!(
        "{}{}",
        code_list(steps),
        if more { " and so on" } else { "" }
    )
}

/// Returns the lists and maps that contain themselves. Each leads to at most one other, so a walk that
/// reaches a shape of its own has found a cycle, and each shape is visited once.
fn recursive_collections(model: &Model) -> HashSet<&ShapeId> {
    let mut cycles = HashSet::new();
    let mut walks: HashMap<&ShapeId, usize> = HashMap::new();
    for (number, start) in model.shapes.values().enumerate() {
        let mut walk: Vec<&ShapeId> = Vec::new();
        let mut current = content(start).map(|_| start);
        while let Some(shape) = current {
            match walks.get(&shape.id) {
                None => {
                    walks.insert(&shape.id, number);
                    walk.push(&shape.id);
                    current = content(shape).and_then(|member| model.target(member));
                }
                Some(earlier) if *earlier == number => {
                    let length = walk.iter().rev().position(|id| **id == shape.id);
                    cycles.extend(walk.iter().rev().take(length.map_or(0, |back| back + 1)));
                    break;
                }
                Some(_) => break,
            }
        }
    }
    cycles
}

/// Returns the member of a list or map, then that of its target if that is a list or map, and so on.
fn contents<'a>(shape: &'a Shape, model: &'a Model) -> impl Iterator<Item = &'a Member> {
    std::iter::successors(content(shape), |member| content(model.target(member)?))
}

/// Returns the member of a list, or the value of a map.
fn content(shape: &Shape) -> Option<&Member> {
    match &shape.kind {
        ShapeKind::List(member) | ShapeKind::Map { value: member, .. } => Some(member),
        _ => None,
    }
}

/// Returns the structures and unions without finite values. A structure is finite if the targets of all
/// required members are, a union if the target of one member is.
fn infinite(model: &Model) -> HashSet<&ShapeId> {
    // The number of targets of each shape that are not known to be finite, and the users of each
    // target.
    let mut open: HashMap<&ShapeId, usize> = HashMap::new();
    let mut users: HashMap<&ShapeId, Vec<&ShapeId>> = HashMap::new();
    let mut finite: Vec<&ShapeId> = Vec::new();
    let recursive: HashSet<&ShapeId> = model
        .shapes
        .values()
        .filter(|shape| needed_members(shape).next().is_some())
        .map(|shape| &shape.id)
        .collect();
    for shape in recursive.iter().filter_map(|id| model.shape(id)) {
        let targets: Vec<&ShapeId> = needed_members(shape).map(|member| &member.target).collect();
        let unknown = targets
            .iter()
            .filter(|target| recursive.contains(*target))
            .count();
        let is_union = matches!(shape.kind, ShapeKind::Union(_));
        let open_targets = match is_union {
            true if unknown < targets.len() => 0,
            true => 1,
            false => unknown,
        };
        open.insert(&shape.id, open_targets);
        finite.extend((open_targets == 0).then_some(&shape.id));
        for target in targets {
            users.entry(target).or_default().push(&shape.id);
        }
    }
    while let Some(id) = finite.pop() {
        open.remove(id);
        for user in users.get(id).into_iter().flatten() {
            if let Some(count) = open.get_mut(user).filter(|count| **count > 0) {
                *count -= 1;
                finite.extend((*count == 0).then_some(*user));
            }
        }
    }
    open.into_keys().collect()
}

/// Returns the first member whose target is not finite.
fn infinite_member<'a>(shape: &'a Shape, infinite: &HashSet<&ShapeId>) -> Option<&'a Member> {
    needed_members(shape).find(|member| infinite.contains(&member.target))
}

/// Returns the required members of a structure, or all members of a union.
fn needed_members(shape: &Shape) -> impl Iterator<Item = &Member> {
    let is_union = matches!(shape.kind, ShapeKind::Union(_));
    let is_structure = matches!(shape.kind, ShapeKind::Structure(_));
    shape
        .members()
        .filter(move |m| is_union || is_structure && REQUIRED.is_on(&m.traits))
}
