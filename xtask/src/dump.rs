//! Prints a loaded model as Smithy JSON AST. The files are merged, `apply` statements are applied
//! and mixins are flattened.

use smithy_model::{
    Member, Model, Node, Operation, Resource, Service, Shape, ShapeId, ShapeKind, Traits, Value,
};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Prints a model with one member per line. Reading the result returns the same model.
pub(crate) fn json(model: &Model) -> String {
    let mut ast = vec![("smithy", text("2.0"))];
    if !model.metadata.is_empty() {
        let metadata = model
            .metadata
            .iter()
            .map(|(key, value)| (key.as_str(), node(value)));
        ast.push(("metadata", Json::Object(metadata.collect())));
    }
    let shapes = model
        .shapes
        .values()
        .map(|shape| (shape.id.as_str(), definition(shape)));
    ast.push(("shapes", Json::Object(shapes.collect())));
    file(ast)
}

/// Prints documentation as statements that are applied to the shapes and members of a model.
pub(crate) fn documentation(of: &BTreeMap<ShapeId, String>) -> String {
    let statements = of.iter().map(|(id, documentation)| {
        let traits = Json::Object(vec![("smithy.api#documentation", text(documentation))]);
        (
            id.as_str(),
            Json::Object(vec![("type", text("apply")), ("traits", traits)]),
        )
    });
    file(vec![
        ("smithy", text("2.0")),
        ("shapes", Json::Object(statements.collect())),
    ])
}

fn file(ast: Members<'_>) -> String {
    let mut out = String::new();
    Json::Object(ast).print(0, &mut out);
    out.push('\n');
    out
}

type Members<'a> = Vec<(&'a str, Json<'a>)>;

/// A value to print.
enum Json<'a> {
    /// Printed as it is.
    Word(&'a str),
    Text(&'a str),
    Array(Vec<Json<'a>>),
    Object(Members<'a>),
}

fn text(text: &str) -> Json<'_> {
    Json::Text(text)
}

fn definition(shape: &Shape) -> Json<'_> {
    let (kind, mut members) = match &shape.kind {
        ShapeKind::Simple(simple) => (simple.name(), Vec::new()),
        ShapeKind::Enum(list) => ("enum", vec![members(list.values())]),
        ShapeKind::IntEnum(list) => ("intEnum", vec![members(list.values())]),
        ShapeKind::List(item) => ("list", vec![("member", member(item))]),
        ShapeKind::Map { key, value } => {
            ("map", vec![("key", member(key)), ("value", member(value))])
        }
        ShapeKind::Structure(list) => ("structure", vec![members(list.values())]),
        ShapeKind::Union(list) => ("union", vec![members(list.values())]),
        ShapeKind::Service(service) => ("service", of_service(service)),
        ShapeKind::Resource(resource) => ("resource", of_resource(resource)),
        ShapeKind::Operation(operation) => ("operation", of_operation(operation)),
    };
    members.insert(0, ("type", text(kind)));
    with_traits(members, &shape.traits)
}

fn members<'a>(list: impl Iterator<Item = &'a Member>) -> (&'static str, Json<'a>) {
    (
        "members",
        Json::Object(
            list.map(|item| (item.name.as_str(), member(item)))
                .collect(),
        ),
    )
}

fn member(member: &Member) -> Json<'_> {
    with_traits(
        vec![("target", text(member.target.as_str()))],
        &member.traits,
    )
}

fn with_traits<'a>(mut members: Members<'a>, traits: &'a Traits) -> Json<'a> {
    if !traits.0.is_empty() {
        let traits = traits
            .0
            .iter()
            .map(|(id, value)| (id.as_str(), node(value)));
        members.push(("traits", Json::Object(traits.collect())));
    }
    Json::Object(members)
}

fn of_service(service: &Service) -> Members<'_> {
    let mut members = Vec::new();
    if !service.version.is_empty() {
        members.push(("version", text(&service.version)));
    }
    push_references(&mut members, "operations", &service.operations);
    push_references(&mut members, "resources", &service.resources);
    push_references(&mut members, "errors", &service.errors);
    if !service.rename.is_empty() {
        let rename = service
            .rename
            .iter()
            .map(|(id, name)| (id.as_str(), text(name)));
        members.push(("rename", Json::Object(rename.collect())));
    }
    members
}

fn of_resource(resource: &Resource) -> Members<'_> {
    let mut members = Vec::new();
    for (name, targets) in [
        ("identifiers", &resource.identifiers),
        ("properties", &resource.properties),
    ] {
        if !targets.is_empty() {
            let targets = targets
                .iter()
                .map(|(name, target)| (name.as_str(), reference(target)));
            members.push((name, Json::Object(targets.collect())));
        }
    }
    members.extend(
        resource
            .lifecycle
            .iter()
            .map(|(place, id)| (place.as_str(), reference(id))),
    );
    push_references(&mut members, "operations", &resource.operations);
    push_references(
        &mut members,
        "collectionOperations",
        &resource.collection_operations,
    );
    push_references(&mut members, "resources", &resource.resources);
    members
}

fn of_operation(operation: &Operation) -> Members<'_> {
    let mut members = vec![
        ("input", reference(&operation.input)),
        ("output", reference(&operation.output)),
    ];
    push_references(&mut members, "errors", &operation.errors);
    members
}

fn push_references<'a>(
    members: &mut Members<'a>,
    name: &'static str,
    ids: impl IntoIterator<Item = &'a ShapeId>,
) {
    let ids: Vec<_> = ids.into_iter().map(reference).collect();
    if !ids.is_empty() {
        members.push((name, Json::Array(ids)));
    }
}

fn reference(id: &ShapeId) -> Json<'_> {
    Json::Object(vec![("target", text(id.as_str()))])
}

fn node(node: &Node) -> Json<'_> {
    match &node.value {
        Value::Null => Json::Word("null"),
        Value::Bool(true) => Json::Word("true"),
        Value::Bool(false) => Json::Word("false"),
        Value::Number(number) => Json::Word(number),
        Value::String(string) => text(string),
        Value::Array(items) => Json::Array(items.iter().map(self::node).collect()),
        Value::Object(members) => Json::Object(
            members
                .iter()
                .map(|(key, entry)| (key.as_str(), self::node(&entry.node)))
                .collect(),
        ),
    }
}

impl Json<'_> {
    fn print(&self, depth: usize, out: &mut String) {
        match self {
            Json::Word(word) => out.push_str(word),
            Json::Text(text) => quote(text, out),
            Json::Array(items) => print_list(items, ['[', ']'], depth, out, |item, out| {
                item.print(depth + 1, out)
            }),
            Json::Object(members) => {
                print_list(members, ['{', '}'], depth, out, |(key, value), out| {
                    quote(key, out);
                    out.push_str(": ");
                    value.print(depth + 1, out);
                })
            }
        }
    }
}

fn print_list<T>(
    items: &[T],
    ends: [char; 2],
    depth: usize,
    out: &mut String,
    print: impl Fn(&T, &mut String),
) {
    let [open, close] = ends;
    let new_line = |depth: usize, out: &mut String| out.extend(["\n", &"  ".repeat(depth)]);
    out.push(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        new_line(depth + 1, out);
        print(item, out);
    }
    if !items.is_empty() {
        new_line(depth, out);
    }
    out.push(close);
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            // Writing to a string cannot fail.
            c if c.is_control() => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::json;
    use smithy_model::{Model, Sources, load};

    fn read(texts: &[&str]) -> Model {
        let mut sources = Sources::new();
        for text in texts {
            sources.add("model.json", *text);
        }
        let loaded = load(&sources);
        assert!(loaded.is_ok(), "{:?}", loaded.diagnostics);
        loaded.model
    }

    const PARTS: [&str; 2] = [
        r##"{"smithy": "2.0", "metadata": {"a": [1.50, null, {"b": false}]}, "shapes": {
            "x#S": {"type": "service", "version": "1", "operations": [{"target": "x#O"}],
                    "resources": [{"target": "x#R"}], "rename": {"x#T": "U"}},
            "x#R": {"type": "resource", "identifiers": {"id": {"target": "x#Text"}}},
            "x#O": {"type": "operation", "input": {"target": "x#T"}, "errors": [{"target": "x#E"}]},
            "x#E": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}},
            "x#T": {"type": "structure", "members": {"z": {"target": "x#L"}, "a": {"target": "x#M"}}},
            "x#L": {"type": "list", "member": {"target": "x#Text"}},
            "x#M": {"type": "map", "key": {"target": "x#Text"}, "value": {"target": "x#N"}},
            "x#N": {"type": "enum", "members": {"A": {"target": "smithy.api#Unit",
                    "traits": {"smithy.api#enumValue": "a"}}}},
            "x#Text": {"type": "string"}}}"##,
        r##"{"smithy": "2.0", "shapes": {
            "x#T$a": {"type": "apply", "traits": {"smithy.api#documentation": "tab\t \"quoted\"\nnext"}}}}"##,
    ];

    #[test]
    fn prints_the_merged_model() {
        let printed = json(&read(&PARTS));
        let expected = r##"    "x#T": {
      "type": "structure",
      "members": {
        "z": {
          "target": "x#L"
        },
        "a": {
          "target": "x#M",
          "traits": {
            "smithy.api#documentation": "tab\u0009 \"quoted\"\nnext"
          }
        }
      }
    },
"##;
        assert!(printed.contains(expected), "{printed}");
        assert!(
            printed.contains("\"a\": [\n      1.50,\n      null,"),
            "{printed}"
        );
    }

    #[test]
    fn the_dumped_model_is_the_same_model() {
        let printed = json(&read(&PARTS));
        assert_eq!(json(&read(&[&printed])), printed);
        let names = [
            "x#S", "x#R", "x#O", "x#E", "x#T", "x#L", "x#M", "x#N", "x#Text", "rename", "version",
            "errors",
        ];
        assert!(
            names
                .iter()
                .all(|name| printed.contains(&format!("\"{name}\""))),
            "{printed}"
        );
    }
}
