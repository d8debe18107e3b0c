//! Assigns every Rust name. Collisions are reported and resolved independently of the order in the
//! model.

use crate::graph::shape::TypeName;
use crate::lower::names::ident;
use crate::lower::names::scope::{Owner, Scope};
use crate::select::closure::Closure;
use smithy_model::traits::{ENUM_VALUE, PAGINATED};
use smithy_model::{Log, Node, Shape, ShapeId, ShapeKind};
use std::collections::BTreeMap;
use std::sync::Arc;

/// All names of a crate.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Data shapes.
    pub(crate) types: BTreeMap<ShapeId, TypeName>,
    pub(crate) operations: BTreeMap<ShapeId, OperationNames>,
    /// Fields, union variants and enum variants, by the ids of members.
    pub(crate) members: BTreeMap<ShapeId, String>,
    /// Variants of the error enum.
    pub(crate) errors: BTreeMap<ShapeId, String>,
    /// The fields that documentation names in place of members, see [`fields`].
    pub(crate) fields: Arc<BTreeMap<String, String>>,
}

/// The names of an operation.
#[derive(Debug)]
pub(crate) struct OperationNames {
    /// The operation, which is its own input.
    pub(crate) input: TypeName,
    pub(crate) output: TypeName,
    /// The method of the client.
    pub(crate) method: String,
}

/// Assigns every name in the closure.
pub(crate) fn assign(closure: &Closure<'_>, log: &mut Log) -> Names {
    let mut names = Names::default();
    // Types and operations share one scope, since files of operations import types by their short
    // names.
    let mut types = Scope::types();
    operations(closure, &mut types, &mut names, log);
    data(closure, &mut types, &mut names, log);
    members(closure, &mut names, log);
    let mut errors = Scope::errors();
    for id in &closure.errors {
        let span = closure.model.shape(id).and_then(|shape| shape.span);
        let name = errors.claim(
            &ident::pascal(closure.name(id)),
            "Error",
            Owner::new(id, span),
            log,
        );
        names.errors.insert((*id).clone(), name);
    }
    names.fields = Arc::new(fields(closure, &names));
    names
}

/// The fields by the names of members in the model, for code spans in documentation: `nextToken` is
/// the field `next_token`. Names that differ in structures, and values of enums, are left out.
fn fields(closure: &Closure<'_>, names: &Names) -> BTreeMap<String, String> {
    let mut fields: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    let messages = closure.operations.values();
    let messages = messages.flat_map(|(_, operation)| closure.input_output(operation));
    for shape in messages.flatten().chain(closure.data.values().copied()) {
        for member in shape.members() {
            let rust = names
                .members
                .get(&member.id)
                .map(|name| name.trim_start_matches("r#"));
            let rust = rust.filter(|_| matches!(shape.kind, ShapeKind::Structure(_)));
            if matches!(shape.kind, ShapeKind::Enum(_)) {
                let value = ENUM_VALUE.node(&member.traits).and_then(Node::as_str);
                fields.insert(value.unwrap_or(&member.name), None);
            } else if rust.is_some() {
                let field = fields.entry(&member.name).or_insert(rust);
                *field = field.filter(|field| Some(*field) == rust);
            }
        }
    }
    let renamed = fields
        .into_iter()
        .filter_map(|(name, rust)| Some((name, rust?)));
    renamed
        .filter(|(name, rust)| name != rust)
        .map(|(name, rust)| (name.to_owned(), rust.to_owned()))
        .collect()
}

/// Assigns names of operations before those of outputs: the operation `UpdateFlowOutput` keeps its
/// name, and the output of `UpdateFlow` gets another one.
fn operations(closure: &Closure<'_>, types: &mut Scope, names: &mut Names, log: &mut Log) {
    let mut files = Scope::files();
    let mut methods = Scope::methods();
    let mut named = |name: &str, owner: Owner<'_>, log: &mut Log| {
        let rust = types.claim(&ident::pascal(name), "Operation", owner, log);
        let module = files.claim(&ident::module(name), "_", owner, log);
        TypeName {
            builder: format!("{rust}Builder"),
            rust,
            module,
        }
    };
    let inputs: Vec<_> = closure
        .operations
        .iter()
        .map(|(id, (shape, _))| named(closure.name(id), Owner::new(id, shape.span), log))
        .collect();
    for ((id, (shape, _)), input) in closure.operations.iter().zip(inputs) {
        let (model, owner) = (closure.name(id), Owner::new(id, shape.span));
        let output = Owner {
            role: "the output of ",
            ..owner
        };
        let output = named(&format!("{model}Output"), output, log);
        let method = methods.claim(&ident::member(model), "_", owner, log);
        names.operations.insert(
            (*id).clone(),
            OperationNames {
                input,
                output,
                method,
            },
        );
    }
}

fn data(closure: &Closure<'_>, types: &mut Scope, names: &mut Names, log: &mut Log) {
    let mut files = Scope::files();
    let wanted = |shape: &Shape| {
        let model = closure.name(closure.data.get_key_value(&shape.id)?.0);
        Some((ident::pascal(model), model))
    };
    let mut shapes: Vec<_> = closure
        .data
        .values()
        .filter(|shape| has_item(shape))
        .filter_map(|shape| wanted(shape).map(|(rust, model)| (rust, model, *shape)))
        .collect();
    // Shapes whose names are valid in Rust come first, so that they keep them.
    shapes.sort_by_key(|(rust, model, _)| rust != model);
    for (wanted, model, shape) in shapes {
        let owner = Owner::new(&shape.id, shape.span);
        let rust = types.claim(&wanted, "Shape", owner, log);
        let module = files.claim(&ident::module(model), "_", owner, log);
        names.types.insert(
            shape.id.clone(),
            TypeName {
                builder: format!("{rust}Builder"),
                rust,
                module,
            },
        );
    }
}

/// Whether a shape becomes a Rust item.
fn has_item(shape: &Shape) -> bool {
    matches!(
        shape.kind,
        ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_)
    )
}

fn members(closure: &Closure<'_>, names: &mut Names, log: &mut Log) {
    for (operation_shape, operation) in closure.operations.values() {
        let paginated = PAGINATED.is_on(&operation_shape.traits);
        let [input, output] = closure.input_output(operation);
        for (shape, scope) in [(input, Scope::inputs(paginated)), (output, Scope::fields())] {
            if let Some(shape) = shape {
                members_of(shape, scope, names, log);
            }
        }
    }
    for shape in closure.data.values() {
        members_of(shape, Scope::fields(), names, log);
    }
}

/// Assigns names to the members of a shape, unless they have names: an input can also be data, or
/// be shared by operations.
fn members_of(shape: &Shape, fields: Scope, names: &mut Names, log: &mut Log) {
    let (mut scope, suffix, name): (_, _, fn(&str) -> String) = match &shape.kind {
        ShapeKind::Structure(_) => (fields, "_value", ident::member),
        ShapeKind::Union(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => {
            (Scope::variants(), "Value", ident::pascal)
        }
        _ => return,
    };
    if shape
        .members()
        .any(|member| names.members.contains_key(&member.id))
    {
        return;
    }
    // Members whose names are valid in Rust come first, so that they keep them.
    let mut wanted: Vec<_> = shape
        .members()
        .map(|member| (name(&member.name), member))
        .collect();
    wanted.sort_unstable_by_key(|(wanted, member)| (*wanted != member.name, &member.name));
    for (wanted, member) in wanted {
        let name = scope.claim(&wanted, suffix, Owner::new(&member.id, member.span), log);
        names.members.insert(member.id.clone(), name);
    }
}
