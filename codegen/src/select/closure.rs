//! The service closure: its operations, directly bound or through resources, and every shape that
//! they reach.

use crate::options::Options;
use crate::select::event_streams;
use crate::select::service::Selected;
use indexmap::IndexSet;
use smithy_model::{Code, Diagnostic, Log, Model, Operation, Shape, ShapeId, ShapeKind, nearest};
use std::collections::{BTreeMap, BTreeSet};

/// The shapes from which the crate is generated, sorted by shape id.
pub(crate) struct Closure<'m> {
    pub(crate) model: &'m Model,
    pub(crate) service: Selected<'m>,
    pub(crate) operations: BTreeMap<&'m ShapeId, (&'m Shape, &'m Operation)>,
    /// The data shapes that members of inputs, outputs and errors reach, except those of the
    /// prelude. The input or output structure of an operation is included only if a member targets
    /// it.
    pub(crate) data: BTreeMap<&'m ShapeId, &'m Shape>,
    /// The error structures of the operations and the service, which `data` includes.
    pub(crate) errors: BTreeSet<&'m ShapeId>,
    /// The shapes of `data` that members of inputs reach.
    pub(crate) inputs: BTreeSet<&'m ShapeId>,
    /// The shapes that members of the closure target.
    targets: BTreeSet<&'m ShapeId>,
}

impl<'m> Closure<'m> {
    /// The name of a shape in the context of the service, which may `rename` it.
    pub(crate) fn name(&self, id: &'m ShapeId) -> &'m str {
        self.service
            .service
            .rename
            .get(id)
            .map_or(id.name(), String::as_str)
    }

    /// Whether a member of the closure targets a shape.
    pub(crate) fn is_member(&self, id: &ShapeId) -> bool {
        self.targets.contains(id)
    }

    /// All data shapes, including inputs and outputs. A shape that is data and a message is
    /// returned twice.
    pub(crate) fn shapes(&self) -> impl Iterator<Item = &'m Shape> {
        let operations = self.operations.values();
        let structures = operations
            .flat_map(|(_, operation)| self.input_output(operation))
            .flatten();
        self.data.values().copied().chain(structures)
    }

    /// The input and output structures of an operation; `None` for `smithy.api#Unit`.
    pub(crate) fn input_output(&self, operation: &Operation) -> [Option<&'m Shape>; 2] {
        [&operation.input, &operation.output]
            .map(|id| self.model.shape(id).filter(|shape| !shape.id.is_prelude()))
    }
}

/// Finds the closure of the service, or of the operations that the options name.
pub(crate) fn walk<'m>(
    model: &'m Model,
    service: Selected<'m>,
    options: &Options,
    log: &mut Log,
) -> Closure<'m> {
    let operations = operations(model, service, options, log);
    let (data, errors, inputs, targets) = Default::default();
    let mut closure = Closure {
        model,
        service,
        operations,
        data,
        errors,
        inputs,
        targets,
    };
    let (mut from_inputs, mut queue) = (Vec::new(), Vec::new());
    for (_, operation) in closure.operations.values() {
        let targets = closure
            .input_output(operation)
            .map(|shape| shape.into_iter().flat_map(Shape::members))
            .map(|members| members.map(|member| &member.target));
        let [input, output] = targets;
        from_inputs.extend(input);
        queue.extend(output);
        closure.errors.extend(&operation.errors);
    }
    closure.errors.extend(&service.service.errors);
    queue.extend(&from_inputs);
    queue.extend(closure.errors.iter().copied());
    closure.inputs = reached(model, from_inputs).into_keys().collect();
    closure.data = reached(model, queue);
    closure.targets = closure
        .shapes()
        .flat_map(Shape::members)
        .map(|member| &member.target)
        .collect();
    closure
}

/// The shapes in the queue and those that their members reach, except those of the prelude.
fn reached<'m>(model: &'m Model, mut queue: Vec<&'m ShapeId>) -> BTreeMap<&'m ShapeId, &'m Shape> {
    let mut reached = BTreeMap::new();
    while let Some(id) = queue.pop() {
        if id.is_prelude() || reached.contains_key(id) {
            continue;
        }
        if let Some(shape) = model.shape(id) {
            reached.insert(&shape.id, shape);
            queue.extend(shape.members().map(|member| &member.target));
        }
    }
    reached
}

/// The operations to generate: all of the service, or those that the options name, without those
/// that have event streams.
fn operations<'m>(
    model: &'m Model,
    service: Selected<'m>,
    options: &Options,
    log: &mut Log,
) -> BTreeMap<&'m ShapeId, (&'m Shape, &'m Operation)> {
    let ids = model.closure(service.service).operations;
    let mut wanted: BTreeSet<&str> = options.operations.iter().map(String::as_str).collect();
    let mut found = BTreeMap::new();
    let mut left_out = Vec::new();
    for id in &ids {
        let named = wanted.remove(id.name()) | wanted.remove(id.as_str());
        if let Some(shape) = model.shape(id)
            && let ShapeKind::Operation(operation) = &shape.kind
            && (named || options.operations.is_empty())
        {
            match event_streams::of(model, operation) {
                Some(stream) => left_out.push((shape, stream)),
                None => drop(found.insert(&shape.id, (shape, operation))),
            }
        }
    }
    log.extend(event_streams::report(&left_out, service, options));
    for name in wanted {
        log.push(unknown_operation(name, service, &ids));
    }
    found
}

fn unknown_operation(name: &str, service: Selected<'_>, all: &IndexSet<ShapeId>) -> Diagnostic {
    let id = &service.shape.id;
    let help = match nearest(name, all.iter().map(ShapeId::name)) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => {
            const LISTED: usize = 20;
            let mut names: Vec<_> = all.iter().map(|id| format!("`{}`", id.name())).collect();
            names.sort();
            let more = names.len().saturating_sub(LISTED);
            names.truncate(LISTED);
            let more = (more > 0).then(|| {
                format!(" and {more} more; `--dump names` without `--operations` lists all")
            });
            format!("it has {}{}", names.join(", "), more.unwrap_or_default())
        }
    };
    Diagnostic::error(
        Code::UnknownOperation,
        format!("service `{id}` has no operation `{name}`"),
    )
    .shape(id)
    .help(help)
}
