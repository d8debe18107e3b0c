//! Changes that users of a crate see although the items stay the same.

use crate::graph::member::{Constraints, Member, Presence};
use crate::graph::service::{Operation, Service};
use crate::graph::shape::{Shape, Structure};
use crate::text::docs::Docs;
use std::collections::BTreeMap;
use std::fmt;

/// A change of an item's behavior or documentation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BehaviorChange {
    /// The path of the item, such as `types::Size::width`. Empty for the service.
    pub item: String,
    /// What changed.
    pub kind: BehaviorKind,
}

/// The kinds of change to the behavior of an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BehaviorKind {
    /// The endpoint rules of the service.
    EndpointRules,
    /// The operation can return this variant of `Error`.
    CanReturn(String),
    /// The operation no longer returns this variant of `Error`.
    NoLongerReturns(String),
    /// The conditions of a waiter.
    Waiter(String),
    /// The length, range, pattern or uniqueness.
    Constraints,
    /// The value of a member that is not set.
    Default,
    /// The value of an enum's variant.
    Value,
    /// Whether `Debug` output contains the value.
    Redacted(bool),
    /// The documentation.
    Documentation,
}

impl fmt::Display for BehaviorChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let item = &self.item;
        match &self.kind {
            BehaviorKind::EndpointRules => write!(f, "the endpoint rules of the service"),
            BehaviorKind::CanReturn(error) => write!(f, "`{item}` can return `Error::{error}`"),
            BehaviorKind::NoLongerReturns(error) => {
                write!(f, "`{item}` no longer returns `Error::{error}`")
            }
            BehaviorKind::Waiter(method) => {
                write!(f, "the conditions of `{item}::builder().{method}`")
            }
            BehaviorKind::Constraints => write!(f, "the constraints of `{item}`"),
            BehaviorKind::Default => write!(f, "the default of `{item}`"),
            BehaviorKind::Value => write!(f, "the value of `{item}`"),
            BehaviorKind::Redacted(true) => {
                write!(f, "`Debug` output no longer contains the value of `{item}`")
            }
            BehaviorKind::Redacted(false) => {
                write!(f, "`Debug` output contains the value of `{item}`")
            }
            BehaviorKind::Documentation => write!(f, "the documentation of `{item}`"),
        }
    }
}

/// The changes to items that both crates have, sorted by item.
pub(super) fn compare(old: &Service, new: &Service) -> Vec<BehaviorChange> {
    let mut changes = Vec::new();
    if old.endpoint != new.endpoint {
        changes.push(BehaviorChange {
            item: String::new(),
            kind: BehaviorKind::EndpointRules,
        });
    }
    let (before, after) = (Facts::of_service(old), Facts::of_service(new));
    for (item, is) in &after {
        let Some(was) = before.get(item) else {
            continue;
        };
        let mut add = |kind| {
            changes.push(BehaviorChange {
                item: item.clone(),
                kind,
            });
        };
        was.compare(is, &mut add);
        if let (Some(was), Some(is)) = (was.operation, is.operation) {
            compare_operations(was, is, &mut add);
        }
    }
    changes.sort();
    changes
}

fn compare_operations(was: &Operation, is: &Operation, add: &mut impl FnMut(BehaviorKind)) {
    let has = |operation: &Operation, name: &str| operation.errors.iter().any(|e| e.rust == name);
    let added = is.errors.iter().filter(|error| !has(was, &error.rust));
    added.for_each(|error| add(BehaviorKind::CanReturn(error.rust.clone())));
    let removed = was.errors.iter().filter(|error| !has(is, &error.rust));
    removed.for_each(|error| add(BehaviorKind::NoLongerReturns(error.rust.clone())));
    for waiter in &is.waiters {
        let before = was
            .waiters
            .iter()
            .find(|other| other.method == waiter.method);
        if before.is_some_and(|before| before != waiter) {
            add(BehaviorKind::Waiter(waiter.method.clone()));
        }
    }
}

/// What users see of an item, besides its signature.
#[derive(Default)]
struct Facts<'s> {
    docs: Option<&'s Docs>,
    constraints: Option<&'s Constraints>,
    presence: Option<&'s Presence>,
    value: Option<String>,
    sensitive: bool,
    operation: Option<&'s Operation>,
}

impl<'s> Facts<'s> {
    /// The facts of all items by path.
    fn of_service(service: &'s Service) -> BTreeMap<String, Self> {
        let mut facts = BTreeMap::new();
        for operation in service.operations.values() {
            let name = &operation.name.rust;
            add_members(&mut facts, &format!("operations::{name}"), &operation.input);
            let output = format!("operations::{}", operation.output.name.rust);
            add_members(&mut facts, &output, &operation.output);
            let of_operation = Self {
                docs: Some(&operation.docs),
                operation: Some(operation),
                ..Self::default()
            };
            facts.insert(format!("operations::{name}"), of_operation);
        }
        for shape in service.shapes.values() {
            let path = format!("types::{}", shape.name().rust);
            match shape {
                Shape::Structure(structure) => add_members(&mut facts, &path, structure),
                Shape::Error(error) => add_members(&mut facts, &path, &error.structure),
                Shape::Union(union) => facts.extend(union.variants.iter().map(|variant| {
                    let of_variant = Self {
                        docs: Some(&variant.docs),
                        constraints: Some(&variant.constraints),
                        sensitive: variant.sensitive,
                        ..Self::default()
                    };
                    (format!("{path}::{}", variant.rust), of_variant)
                })),
                Shape::Enum(values) => facts.extend(values.values.iter().map(|value| {
                    let of_value = Self::of_value(&value.docs, format!("{:?}", value.value));
                    (format!("{path}::{}", value.rust), of_value)
                })),
                Shape::IntEnum(values) => facts.extend(values.values.iter().map(|value| {
                    let of_value = Self::of_value(&value.docs, value.value.to_string());
                    (format!("{path}::{}", value.rust), of_value)
                })),
            }
            let of_shape = Self {
                docs: Some(shape.docs()),
                ..Self::default()
            };
            facts.insert(path, of_shape);
        }
        facts
    }

    fn of_value(docs: &'s Docs, value: String) -> Self {
        Self {
            docs: Some(docs),
            value: Some(value),
            ..Self::default()
        }
    }

    fn of_member(member: &'s Member) -> Self {
        Self {
            docs: Some(&member.docs),
            constraints: Some(&member.constraints),
            presence: Some(&member.presence),
            sensitive: member.sensitive,
            ..Self::default()
        }
    }

    fn compare(&self, is: &Self, add: &mut impl FnMut(BehaviorKind)) {
        let defaults = |facts: &Self| match facts.presence {
            Some(Presence::Default(value)) => Some(value.clone()),
            _ => None,
        };
        let default_differs = defaults(self)
            .zip(defaults(is))
            .is_some_and(|(was, is)| was != is);
        for (differs, kind) in [
            (self.docs != is.docs, BehaviorKind::Documentation),
            (
                self.constraints != is.constraints,
                BehaviorKind::Constraints,
            ),
            (default_differs, BehaviorKind::Default),
            (self.value != is.value, BehaviorKind::Value),
            (
                self.sensitive != is.sensitive,
                BehaviorKind::Redacted(is.sensitive),
            ),
        ] {
            if differs {
                add(kind);
            }
        }
    }
}

fn add_members<'s>(facts: &mut BTreeMap<String, Facts<'s>>, path: &str, structure: &'s Structure) {
    let members = structure.members.iter();
    facts.extend(members.map(|member| {
        let path = format!("{path}::{}", member.name.rust);
        (path, Facts::of_member(member))
    }));
}
