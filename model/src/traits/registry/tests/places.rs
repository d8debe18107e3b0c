//! Places against the selectors of definitions, on a model with a shape of each kind and members
//! that target each of them.

use super::definitions;
use super::selector::{parse, select};
use crate::load;
use crate::shapes::model::Model;
use crate::syntax::node::Node;
use crate::syntax::source::Sources;
use crate::traits::registry::meta::TRAIT;
use crate::traits::registry::rows;
use crate::traits::subject::Subject;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Traits that may stand on more than the definition's selector allows, and why.
const WIDER: &[(&str, &str)] = &[
    (
        "aws.api#clientEndpointDiscoveryId",
        "botocore marks members that are not required, and other structures",
    ),
    ("aws.auth#cognitoUserPoolsScopes", CONTEXT),
    ("aws.auth#sigv4a", "services have dropped `sigv4`"),
    ("aws.cloudformation#cfnDefaultValue", CONTEXT),
    (
        "aws.protocols#awsQuery",
        "clients can do without the XML namespace",
    ),
    (
        "aws.protocols#awsQueryCompatible",
        "clients of other protocols ignore it",
    ),
    (
        "aws.protocols#ec2Query",
        "clients can do without the XML namespace",
    ),
    ("smithy.api#authDefinition", DEFINITION),
    ("smithy.api#box", "Smithy 1.0 allows it on all numbers"),
    (
        "smithy.api#httpLabel",
        "an optional label has a diagnostic of its own",
    ),
    ("smithy.api#metadata", DEFINITION),
    ("smithy.api#nestedProperties", CONTEXT),
    ("smithy.api#noReplace", CONTEXT),
    ("smithy.api#notProperty", CONTEXT),
    ("smithy.api#protocolDefinition", DEFINITION),
    (
        "smithy.api#uniqueItems",
        "Smithy itself does not look into items",
    ),
    ("smithy.api#unitType", "only the prelude has the unit type"),
    (
        "smithy.api#xmlFlattened",
        "members of lists and maps are harmless",
    ),
    ("aws.endpoints#endpointsModifier", DEFINITION),
    ("smithy.mqtt#publish", CONTEXT),
    ("smithy.mqtt#subscribe", CONTEXT),
    ("smithy.rules#contextParam", CONTEXT),
    ("smithy.rules#endpointTests", "nothing reads the tests"),
    (
        "smithy.waiters#waitable",
        "the generator reports event streams",
    ),
];
const CONTEXT: &str = "clients need not know which shapes refer to it";
const DEFINITION: &str = "definitions are read by other tools";

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn places() {
    let definitions = definitions();
    let model = probe();
    let mut wrong = String::new();
    for row in rows() {
        let definition = &definitions.shapes[row.id];
        let node = TRAIT.node(&definition.traits).unwrap();
        let selector = node.get("selector").and_then(Node::as_str).unwrap_or("*");
        let selected = select(&parse(selector), Subject::all(&model).collect(), &model);
        let official = ids(selected.into_iter());
        let own = ids(Subject::all(&model).filter(|subject| (row.place.test)(*subject, &model)));
        let wider = WIDER.iter().any(|(id, _)| *id == row.id);
        let holds = if wider {
            own.is_superset(&official) && own != official
        } else {
            own == official
        };
        if !holds {
            let more: Vec<_> = own.difference(&official).take(5).collect();
            let less: Vec<_> = official.difference(&own).take(5).collect();
            writeln!(wrong, "{}: more {more:?}, less {less:?}", row.id).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn ids<'m>(subjects: impl Iterator<Item = Subject<'m>>) -> BTreeSet<&'m str> {
    subjects.map(|subject| subject.id().as_str()).collect()
}

/// A shape of each kind, and structures, unions, lists and maps whose members target each of them.
fn probe() -> Model {
    let mut shapes = String::new();
    let mut targets = Vec::new();
    let mut shape = |name: &str, kind: &str, rest: &str| {
        write!(shapes, r#""p#{name}": {{"type": "{kind}" {rest}}},"#).unwrap();
        name.to_owned()
    };
    for kind in [
        "blob",
        "boolean",
        "string",
        "byte",
        "short",
        "integer",
        "long",
        "float",
        "double",
        "bigInteger",
        "bigDecimal",
        "timestamp",
        "document",
    ] {
        targets.push(shape(kind, kind, ""));
    }
    for (name, kind, rest) in [
        (
            "enum",
            "enum",
            r#", "members": {"A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "a"}}}"#,
        ),
        (
            "intEnum",
            "intEnum",
            r#", "members": {"A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 1}}}"#,
        ),
        (
            "stream",
            "blob",
            r#", "traits": {"smithy.api#streaming": {}}"#,
        ),
        (
            "sized",
            "blob",
            r#", "traits": {"smithy.api#streaming": {}, "smithy.api#requiresLength": {}}"#,
        ),
        ("strings", "list", r#", "member": {"target": "p#string"}"#),
        ("numbers", "list", r#", "member": {"target": "p#float"}"#),
        (
            "documents",
            "list",
            r#", "member": {"target": "p#document"}"#,
        ),
        ("deep", "list", r#", "member": {"target": "p#numbers"}"#),
        (
            "map",
            "map",
            r#", "key": {"target": "p#string"}, "value": {"target": "p#string"}"#,
        ),
        (
            "sparse",
            "map",
            r#", "traits": {"smithy.api#sparse": {}}, "key": {"target": "p#string"}, "value": {"target": "p#string"}"#,
        ),
        (
            "lists",
            "map",
            r#", "key": {"target": "p#string"}, "value": {"target": "p#strings"}"#,
        ),
        (
            "counts",
            "map",
            r#", "key": {"target": "p#string"}, "value": {"target": "p#integer"}"#,
        ),
        (
            "structure",
            "structure",
            r#", "members": {"a": {"target": "p#string"}}"#,
        ),
        (
            "union",
            "union",
            r#", "members": {"a": {"target": "p#string"}, "b": {"target": "p#strings"}}"#,
        ),
        (
            "events",
            "union",
            r#", "traits": {"smithy.api#streaming": {}}, "members": {"a": {"target": "p#structure"}}"#,
        ),
        (
            "error",
            "structure",
            r#", "traits": {"smithy.api#error": "client"}, "members": {}"#,
        ),
        (
            "definition",
            "structure",
            r#", "traits": {"smithy.api#trait": {}}, "members": {}"#,
        ),
        ("word", "string", r#", "traits": {"smithy.api#trait": {}}"#),
    ] {
        targets.push(shape(name, kind, rest));
    }
    let variants = [
        ("", ""),
        ("Required", r#""smithy.api#required": {}"#),
        ("Default", r#""smithy.api#default": null"#),
    ];
    let members = |union: bool| {
        let all = targets.iter().flat_map(|target| {
            let count = if union { 1 } else { variants.len() };
            variants.iter().take(count).map(move |(name, traits)| {
                format!(r#""{target}{name}": {{"target": "p#{target}", "traits": {{{traits}}}}}"#)
            })
        });
        format!(r#""members": {{{}}}"#, all.collect::<Vec<_>>().join(","))
    };
    let (structure, union) = (members(false), members(true));
    shape("Structure", "structure", &format!(", {structure}"));
    shape(
        "Input",
        "structure",
        &format!(r#", "traits": {{"smithy.api#input": {{}}}}, {structure}"#),
    );
    shape(
        "Output",
        "structure",
        &format!(r#", "traits": {{"smithy.api#output": {{}}}}, {structure}"#),
    );
    shape("Union", "union", &format!(", {union}"));
    shape(
        "Events",
        "structure",
        r#", "members": {"events": {"target": "p#events"}}"#,
    );
    shape("Plain", "operation", "");
    shape(
        "Operation",
        "operation",
        r#", "input": {"target": "p#Input"}, "output": {"target": "p#Output"}"#,
    );
    shape(
        "Streams",
        "operation",
        r#", "input": {"target": "p#Events"}"#,
    );
    shape(
        "Discovered",
        "operation",
        r#", "traits": {"aws.api#clientDiscoveredEndpoint": {"required": true}}, "input": {"target": "p#Input"}"#,
    );
    shape("Resource", "resource", "");
    shape(
        "Replaced",
        "resource",
        r#", "put": {"target": "p#Operation"}"#,
    );
    shape(
        "Service",
        "service",
        r#", "version": "1", "operations": [{"target": "p#Operation"}]"#,
    );
    shape(
        "Xml",
        "service",
        r#", "version": "1", "traits": {"smithy.api#xmlNamespace": {"uri": "a"}}"#,
    );
    shape(
        "Json",
        "service",
        r#", "version": "1", "traits": {"aws.protocols#awsJson1_0": {}}"#,
    );
    shape(
        "Signed",
        "service",
        r#", "version": "1", "traits": {"aws.auth#sigv4": {"name": "a"}}"#,
    );
    shape(
        "Rules",
        "service",
        r#", "version": "1", "traits": {"smithy.rules#endpointRuleSet": {"parameters": {}, "rules": []}}"#,
    );
    let mut sources = Sources::new();
    let shapes = shapes.trim_end_matches(',');
    sources.add(
        "probe.json",
        format!(r#"{{"smithy": "2.0", "shapes": {{{shapes}}}}}"#),
    );
    let model = load(&sources).model;
    assert!(model.shapes.len() > 40);
    model
}
