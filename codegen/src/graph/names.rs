//! Every Rust name, from one allocator. A collision is resolved the same way whatever the order of the input, and is
//! reported with both ids.

use super::closure::Closure;
use super::ident;
use super::log::Log;
use super::types::TypeName;
use smithy_model::{Code, Diagnostic, Shape, ShapeId, ShapeKind};
use std::collections::BTreeMap;

/// Type names that mean something else in emitted files: Rust's prelude, `BTreeMap`, and a file's own builder and its
/// state.
const TYPE: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
    "BTreeMap",
    "Builder",
    "Set",
];

/// Words that builders and types have for themselves, beside the setters.
const BUILDER: &[&str] = &["build", "into_state", "send"];
/// Methods of a paginated operation's builder.
const PAGINATED: &[&str] = &["build", "into_state", "items", "pages", "send"];
/// Methods of the client.
const CLIENT: &[&str] = &["builder", "call", "clone", "from_env", "new", "send"];
/// Variants that every union and enum has, or that mean something else.
const VARIANT: &[&str] = &["Self", "Unknown"];
/// Variants that the error enum has.
const ERROR: &[&str] = &["Failure", "Self", "Unmodeled"];

/// All names of a crate.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Data shapes.
    pub(crate) types: BTreeMap<ShapeId, TypeName>,
    pub(crate) operations: BTreeMap<ShapeId, OperationNames>,
    /// Fields, union variants and enum variants, by member id.
    pub(crate) members: BTreeMap<ShapeId, String>,
    /// Variants of the error enum.
    pub(crate) errors: BTreeMap<ShapeId, String>,
}

/// The names of an operation.
#[derive(Debug)]
pub(crate) struct OperationNames {
    /// The operation, which is its own input.
    pub(crate) input: TypeName,
    pub(crate) output: TypeName,
    /// The client's method.
    pub(crate) method: String,
}

/// Assigns every name in the closure.
pub(crate) fn assign(closure: &Closure<'_>, log: &mut Log) -> Names {
    let mut names = Names::default();
    types(closure, &mut names, log);
    let structures = closure.operations.values().flat_map(|(shape, operation)| {
        let reserved = if shape.traits.has("smithy.api#paginated") { PAGINATED } else { BUILDER };
        let [input, output] = closure.input_output(operation);
        [(input, reserved), (output, BUILDER)]
            .into_iter()
            .filter_map(|(shape, reserved)| Some((shape?, reserved)))
    });
    for (shape, reserved) in structures.chain(closure.data.values().map(|shape| (*shape, BUILDER))) {
        // An input can be data as well, or be shared: its members are named once.
        if !shape.members().any(|member| names.members.contains_key(&member.id)) {
            member_names(shape, reserved, &mut names.members, log);
        }
    }
    let mut errors = Scope::new(ERROR, "Error", "");
    for id in &closure.errors {
        let name = errors.claim(&ident::camel(closure.name(id)), id, log);
        names.errors.insert((*id).clone(), name);
    }
    names
}

/// Types share one scope with operations, since files of operations import them by their short names.
fn types(closure: &Closure<'_>, names: &mut Names, log: &mut Log) {
    let mut scope = Scope::new(TYPE, "Shape", "");
    let mut modules = Scope::new(&[], "_", "_");
    let mut methods = Scope::new(CLIENT, "_", "_");
    for id in closure.operations.keys() {
        let name = ident::camel(closure.name(id));
        let input = scope.claim_type(&name, id, log);
        let output = scope.claim_type(&format!("{name}Output"), id, log);
        let module = modules.claim(&ident::module(closure.name(id)), id, log);
        let output_module = modules.claim(&format!("{}_output", ident::module(closure.name(id))), id, log);
        let method = methods.claim(&ident::member(closure.name(id)), id, log);
        let typed = |rust: String, module| TypeName { builder: format!("{rust}Builder"), rust, module };
        let operation =
            OperationNames { input: typed(input, module), output: typed(output, output_module), method };
        names.operations.insert((*id).clone(), operation);
    }
    let mut modules = Scope::new(&[], "_", "_");
    let named = closure.data.values().copied().filter(|shape| has_item(shape));
    // A shape whose name needs no change keeps it, whatever else would like to have it.
    let (exact, changed): (Vec<&Shape>, Vec<&Shape>) =
        named.partition(|shape| ident::camel(closure.name(&shape.id)) == closure.name(&shape.id));
    for shape in exact.into_iter().chain(changed) {
        let rust = scope.claim_type(&ident::camel(closure.name(&shape.id)), &shape.id, log);
        let module = modules.claim(&ident::module(closure.name(&shape.id)), &shape.id, log);
        names.types.insert(shape.id.clone(), TypeName { builder: format!("{rust}Builder"), rust, module });
    }
}

/// Whether a shape becomes a Rust item of its own.
pub(crate) fn has_item(shape: &Shape) -> bool {
    matches!(
        shape.kind,
        ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_)
    )
}

fn member_names(
    shape: &Shape,
    reserved: &'static [&'static str],
    names: &mut BTreeMap<ShapeId, String>,
    log: &mut Log,
) {
    let (mut scope, name): (_, fn(&str) -> String) = match &shape.kind {
        ShapeKind::Structure(_) => (Scope::new(reserved, "_", "_"), ident::member),
        ShapeKind::Union(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => {
            (Scope::new(VARIANT, "Value", ""), ident::camel)
        }
        _ => return,
    };
    // A member whose name needs no change keeps it, whatever else would like to have it.
    let mut wanted: Vec<_> = shape.members().map(|member| (name(&member.name), member)).collect();
    wanted.sort_unstable_by_key(|(wanted, member)| (*wanted != member.name, &member.name));
    for (wanted, member) in wanted {
        names.insert(member.id.clone(), scope.claim(&wanted, &member.id, log));
    }
}

/// A namespace of Rust names, seeded with the words that are taken from the start.
struct Scope {
    reserved: &'static [&'static str],
    /// What a name gets that would be a reserved word.
    suffix: &'static str,
    /// What stands before a number.
    separator: &'static str,
    taken: BTreeMap<String, ShapeId>,
}

impl Scope {
    fn new(reserved: &'static [&'static str], suffix: &'static str, separator: &'static str) -> Self {
        Self { reserved, suffix, separator, taken: BTreeMap::new() }
    }

    /// The wanted name if it is free, else the first free one after it.
    fn claim(&mut self, wanted: &str, owner: &ShapeId, log: &mut Log) -> String {
        self.claim_all(wanted, &[""], owner, log)
    }

    /// As [`Self::claim`], but the name of the builder must be free, too.
    fn claim_type(&mut self, wanted: &str, owner: &ShapeId, log: &mut Log) -> String {
        self.claim_all(wanted, &["", "Builder"], owner, log)
    }

    fn claim_all(&mut self, wanted: &str, endings: &[&str], owner: &ShapeId, log: &mut Log) -> String {
        let base = if self.reserved.contains(&wanted) {
            format!("{wanted}{}", self.suffix)
        } else {
            wanted.to_owned()
        };
        let mut name = base.clone();
        let mut number = 1;
        while let Some(other) = endings.iter().find_map(|ending| self.taken.get(&key(&name, ending))) {
            number += 1;
            let next = format!("{base}{}{number}", self.separator);
            if number == 2 {
                let message = format!(
                    "`{owner}` and `{other}` would both be named `{name}`: the first becomes `{next}` or the next that is free"
                );
                log.push(
                    Diagnostic::warning(Code::NameCollision, message)
                        .shape(owner)
                        .help("rename one of them in the model to choose the name"),
                );
            }
            name = next;
        }
        for ending in endings {
            self.taken.insert(key(&name, ending), owner.clone());
        }
        name
    }
}

/// Files are told apart by case on some file systems only, so names are kept apart without it.
fn key(name: &str, ending: &str) -> String {
    format!("{name}{ending}").to_ascii_lowercase()
}
