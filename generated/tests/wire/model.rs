//! AppFabric's model, as the JSON that it is.

use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::path::Path;

pub(crate) struct Model {
    shapes: Map<String, Value>,
}

/// A member of a structure or union.
#[derive(Clone, Copy)]
pub(crate) struct Member<'m> {
    pub(crate) name: &'m str,
    pub(crate) target: &'m str,
    traits: Option<&'m Value>,
}

impl<'m> Member<'m> {
    pub(crate) fn trait_of(self, id: &str) -> Option<&'m Value> {
        self.traits?.get(id)
    }

    pub(crate) fn text_of(self, id: &str) -> Option<&'m str> {
        self.trait_of(id)?.as_str()
    }

    pub(crate) fn is_required(self) -> bool {
        self.trait_of("smithy.api#required").is_some()
    }

    /// The name in JSON.
    pub(crate) fn json_name(self) -> &'m str {
        self.text_of("smithy.api#jsonName").unwrap_or(self.name)
    }
}

impl Model {
    pub(crate) fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/appfabric/service.json");
        let text = std::fs::read_to_string(path).unwrap();
        match serde_json::from_str::<Value>(&text).unwrap()["shapes"].take() {
            Value::Object(shapes) => Self { shapes },
            other => panic!("the shapes are {other}"),
        }
    }

    /// The names of the operations, sorted.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &str> {
        let operations = self
            .shapes
            .iter()
            .filter(|(_, shape)| kind(shape) == "operation");
        operations.map(|(id, _)| short(id))
    }

    /// A shape, `None` for those of the prelude.
    pub(crate) fn shape(&self, id: &str) -> Option<&Value> {
        self.shapes.get(id)
    }

    pub(crate) fn operation(&self, name: &str) -> &Value {
        self.shapes
            .iter()
            .find(|(id, _)| short(id) == name)
            .unwrap()
            .1
    }

    pub(crate) fn input(&self, operation: &str) -> String {
        target(self.operation(operation).get("input").unwrap()).to_owned()
    }

    pub(crate) fn output(&self, operation: &str) -> String {
        target(self.operation(operation).get("output").unwrap()).to_owned()
    }

    pub(crate) fn errors(&self, operation: &str) -> Vec<&str> {
        let errors = self
            .operation(operation)
            .get("errors")
            .and_then(Value::as_array);
        errors.into_iter().flatten().map(target).collect()
    }

    /// The type of a shape, also of one of the prelude: `string`, `structure`.
    pub(crate) fn kind(&self, id: &str) -> String {
        match self.shape(id) {
            Some(shape) => kind(shape).to_owned(),
            None => short(id)
                .to_ascii_lowercase()
                .trim_start_matches("primitive")
                .to_owned(),
        }
    }

    pub(crate) fn trait_of<'m>(&'m self, id: &str, name: &str) -> Option<&'m Value> {
        self.shape(id)?.get("traits")?.get(name)
    }

    /// The members of a structure or union, sorted by name.
    pub(crate) fn members(&self, id: &str) -> Vec<Member<'_>> {
        let members = self
            .shape(id)
            .and_then(|shape| shape.get("members")?.as_object());
        let members = members.into_iter().flatten();
        members
            .map(|(name, member)| Member {
                name,
                target: target(member),
                traits: member.get("traits"),
            })
            .collect()
    }

    /// The target of a list's or map's member `name`.
    pub(crate) fn inner(&self, id: &str, name: &str) -> &str {
        target(self.shape(id).unwrap().get(name).unwrap())
    }

    /// Adds the members of structures and unions in a value.
    pub(crate) fn members_in(&self, id: &str, value: &Value, found: &mut BTreeSet<String>) {
        match (self.kind(id).as_str(), value) {
            ("structure" | "union", Value::Object(members)) => {
                for (name, value) in members {
                    let of_shape = self.members(id);
                    let member = of_shape
                        .iter()
                        .find(|member| member.name == name || member.json_name() == name);
                    let member = member.unwrap_or_else(|| panic!("{id} has no {name}"));
                    found.insert(format!("{id}${}", member.name));
                    self.members_in(member.target, value, found);
                }
            }
            ("list", Value::Array(items)) => {
                items
                    .iter()
                    .for_each(|item| self.members_in(self.inner(id, "member"), item, found));
            }
            ("map", Value::Object(entries)) => {
                entries
                    .iter()
                    .for_each(|(_, item)| self.members_in(self.inner(id, "value"), item, found));
            }
            _ => {}
        }
    }

    /// The members that samples must have, and the names of errors.
    pub(crate) fn expected_members(&self) -> BTreeSet<String> {
        let mut expected = BTreeSet::new();
        let mut add = |id: &str| {
            let mut open = vec![id.to_owned()];
            while let Some(id) = open.pop() {
                let inner = match self.kind(&id).as_str() {
                    "structure" | "union" => {
                        let members = self.members(&id).into_iter();
                        let new = members
                            .filter(|member| expected.insert(format!("{id}${}", member.name)));
                        new.map(|member| member.target.to_owned()).collect()
                    }
                    "list" => vec![self.inner(&id, "member").to_owned()],
                    "map" => vec![self.inner(&id, "value").to_owned()],
                    _ => Vec::new(),
                };
                open.extend(inner);
            }
        };
        for operation in self.operations() {
            add(&self.input(operation));
            add(&self.output(operation));
        }
        let errors = self
            .operations()
            .flat_map(|operation| self.errors(operation));
        expected.extend(errors.map(|error| short(error).to_owned()));
        expected
    }
}

fn kind(shape: &Value) -> &str {
    shape.get("type").and_then(Value::as_str).unwrap()
}

fn target(reference: &Value) -> &str {
    reference.get("target").and_then(Value::as_str).unwrap()
}

/// The name of a shape without its namespace.
pub(crate) fn short(id: &str) -> &str {
    id.rsplit('#').next().unwrap()
}
