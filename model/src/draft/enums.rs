use crate::shapes::prelude::UNIT;
use crate::shapes::shape::{Member, Shape, ShapeKind, Simple, Traits};
use crate::syntax::node::{Node, Value};
use crate::syntax::shape_id::{ShapeId, is_identifier};
use crate::syntax::source::Span;
use crate::traits::registry::documentation::{DEPRECATED, DOCUMENTATION, INTERNAL, TAGS};
use indexmap::IndexMap;
use std::collections::HashSet;

const ENUM: &str = crate::traits::registry::type_refinement::ENUM.id();
const ENUM_VALUE: &str = crate::traits::registry::type_refinement::ENUM_VALUE.id();

/// Adds `enumValue` to the members of an enum that lack it. Its default is the member name.
pub(super) fn with_values(mut members: IndexMap<String, Member>) -> IndexMap<String, Member> {
    for member in members
        .values_mut()
        .filter(|member| !member.traits.has(ENUM_VALUE))
    {
        if let Some(span) = member.span {
            member
                .traits
                .imply(ENUM_VALUE, Value::String(member.name.clone()), span);
        }
    }
    members
}

/// Converts a string with the deprecated `enum` trait into an enum if every value has a name, or a
/// name can be made from it that differs from the others in more than case. Otherwise the shape
/// stays a string with the trait.
pub(super) fn from_string(mut shape: Shape) -> Shape {
    if let (ShapeKind::Simple(Simple::String), Some(definitions)) =
        (&shape.kind, shape.traits.get(ENUM))
        && let Some(members) = definitions
            .as_array()
            .and_then(|definitions| members(&shape.id, definitions))
    {
        shape.kind = ShapeKind::Enum(members);
        shape.traits.0.shift_remove(ENUM);
    }
    shape
}

fn members(shape: &ShapeId, definitions: &[Node]) -> Option<IndexMap<String, Member>> {
    let mut members = IndexMap::new();
    let mut lowered = HashSet::new();
    for definition in definitions {
        let value = definition.get("value")?;
        let given = definition.get("name");
        let name = match given {
            Some(name) => name.as_str().map(str::to_owned),
            None => name_of(value.as_str()?),
        };
        let name = name.filter(|name| is_identifier(name))?;
        let member = Member {
            id: shape.with_member(&name),
            name: name.clone(),
            target: ShapeId::constant(UNIT),
            traits: traits(definition, value),
            span: Some(definition.span),
        };
        // Validation reports names in the source that differ only in case.
        if !lowered.insert(name.to_ascii_lowercase()) && given.is_none()
            || members.insert(name, member).is_some()
        {
            return None;
        }
    }
    (!members.is_empty()).then_some(members)
}

/// Returns the member name for a value without name: separators become underscores.
fn name_of(value: &str) -> Option<String> {
    let mut name = String::new();
    for c in value.chars() {
        match c {
            c if c.is_ascii_alphanumeric() || c == '_' => name.push(c),
            '-' | '.' | ':' | '/' | ' ' if name.ends_with('_') => {}
            '-' | '.' | ':' | '/' | ' ' => name.push('_'),
            _ => return None,
        }
    }
    Some(name)
}

/// Returns the traits of a member: its value, and the other properties of the definition.
fn traits(definition: &Node, value: &Node) -> Traits {
    let mut traits = Traits::default();
    let mut add = |id, node: &Node| {
        traits.0.insert(ShapeId::constant(id), node.clone());
    };
    add(ENUM_VALUE, value);
    for (key, id) in [("documentation", DOCUMENTATION.id()), ("tags", TAGS.id())] {
        if let Some(node) = definition.get(key) {
            add(id, node);
        }
    }
    // As in Smithy's conversion (`EnumShape.fromStringShape`).
    let tags = definition.get("tags").and_then(Node::as_array);
    if let Some(tag) = tags
        .into_iter()
        .flatten()
        .find(|tag| tag.as_str() == Some("internal"))
    {
        add(INTERNAL.id(), &empty(tag.span));
    }
    if let Some(deprecated) = definition
        .get("deprecated")
        .filter(|node| node.as_bool() == Some(true))
    {
        add(DEPRECATED.id(), &empty(deprecated.span));
    }
    traits
}

fn empty(span: Span) -> Node {
    Node {
        value: Value::Object(IndexMap::new()),
        span,
    }
}
