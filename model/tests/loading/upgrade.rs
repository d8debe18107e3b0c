//! The upgrade of Smithy 1.0 files.

use crate::common::{load_texts, summary};
use smithy_model::{Loaded, ShapeKind};

fn load_v1(shapes: &str) -> Loaded {
    let (sources, loaded) =
        load_texts(&[&format!(r#"{{"smithy": "1.0", "shapes": {{{shapes}}}}}"#)]);
    assert!(loaded.is_ok(), "{:?}", summary(&sources, &loaded));
    loaded
}

#[test]
fn numbers_and_booleans_default_to_zero_unless_boxed() {
    let member = |name: &str, target: &str, traits: &str| {
        format!(r#""{name}": {{"target": "{target}", "traits": {{{traits}}}}}"#)
    };
    let boxed = r#""smithy.api#box": {}"#;
    let members = [
        member("primitive", "smithy.api#PrimitiveInteger", ""),
        member("flag", "smithy.api#PrimitiveBoolean", ""),
        member(
            "required",
            "smithy.api#PrimitiveLong",
            r#""smithy.api#required": {}"#,
        ),
        member("boxedMember", "smithy.api#PrimitiveInteger", boxed),
        member("prelude", "smithy.api#Integer", ""),
        member("own", "a#Number", ""),
        member("ownBoxed", "a#Boxed", ""),
        member("text", "smithy.api#String", ""),
        member("stream", "a#Stream", ""),
    ];
    let loaded = load_v1(&format!(
        r#""a#Number": {{"type": "integer"}}, "a#Boxed": {{"type": "integer", "traits": {{{boxed}}}}},
        "a#Stream": {{"type": "blob", "traits": {{"smithy.api#streaming": {{}}}}}},
        "a#S": {{"type": "structure", "members": {{{}}}}}"#,
        members.join(",")
    ));
    let defaults: Vec<String> = loaded.model.shapes["a#S"]
        .members()
        .filter_map(|m| {
            Some(format!(
                "{}={}",
                m.name,
                m.traits.get("smithy.api#default")?
            ))
        })
        .collect();
    assert_eq!(
        defaults,
        [
            "primitive=0",
            "flag=false",
            "required=0",
            "boxedMember=null",
            "own=0",
            "stream=\"\""
        ]
    );
    assert_eq!(
        loaded.model.shapes["a#Number"]
            .traits
            .get("smithy.api#default")
            .unwrap()
            .to_json(),
        "0"
    );
    assert!(
        !loaded.model.shapes["a#Boxed"]
            .traits
            .has("smithy.api#default")
    );
}

#[test]
fn a_set_becomes_a_list_of_unique_items() {
    let loaded = load_v1(r#""a#S": {"type": "set", "member": {"target": "smithy.api#String"}}"#);
    let shape = &loaded.model.shapes["a#S"];
    assert!(matches!(shape.kind, ShapeKind::List(_)));
    assert!(shape.traits.has("smithy.api#uniqueItems"));
}

/// Returns the members and values of the enum that a string with these definitions becomes, or
/// nothing if it stays a string.
fn enum_of(definitions: &str) -> Vec<String> {
    let text = format!(
        r#"{{"smithy": "2.0", "shapes": {{"a#E": {{"type": "string", "traits": {{"smithy.api#enum": {definitions}}}}}}}}}"#
    );
    let (_, loaded) = load_texts(&[&text]);
    let value = |m: &smithy_model::Member| {
        m.traits
            .get("smithy.api#enumValue")
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    };
    loaded.model.shapes["a#E"]
        .members()
        .map(|m| format!("{}={}", m.name, value(m)))
        .collect()
}

#[test]
fn strings_with_the_enum_trait_become_enums() {
    for (definitions, members) in [
        (
            r#"[{"value": "a b", "name": "A"}, {"value": "c", "name": "C"}]"#,
            vec!["A=a b", "C=c"],
        ),
        (
            r#"[{"value": "a.b-c"}, {"value": "d"}]"#,
            vec!["a_b_c=a.b-c", "d=d"],
        ),
        (r#"[{"value": "1st"}]"#, vec![]),
        (r#"[{"value": "ü"}]"#, vec![]),
        (r#"[{"value": "a-b"}, {"value": "a.b"}]"#, vec![]),
        (
            r#"[{"value": "INVALID_REQUEST"}, {"value": "invalid_request"}]"#,
            vec![],
        ),
        (
            r#"[{"value": "x", "name": "A"}, {"value": "y", "name": "a"}]"#,
            vec!["A=x", "a=y"],
        ),
    ] {
        assert_eq!(enum_of(definitions), members, "{definitions}");
    }
}

#[test]
fn enum_definitions_become_traits_of_members() {
    let loaded = load_v1(
        r#""a#E": {"type": "string", "traits": {"smithy.api#documentation": "shape", "smithy.api#enum":
        [{"value": "v", "name": "N", "documentation": "d", "tags": ["t"], "deprecated": true}]}}"#,
    );
    let shape = &loaded.model.shapes["a#E"];
    assert!(shape.traits.has("smithy.api#documentation") && !shape.traits.has("smithy.api#enum"));
    let traits: Vec<String> = shape
        .member("N")
        .unwrap()
        .traits
        .iter()
        .map(|(id, node)| format!("{}={node}", id.name()))
        .collect();
    assert_eq!(
        traits,
        [
            r#"enumValue="v""#,
            r#"documentation="d""#,
            r#"tags=["t"]"#,
            "deprecated={}"
        ]
    );
}

#[test]
fn members_of_enums_default_to_their_names() {
    let unit = r#"{"target": "smithy.api#Unit"}"#;
    let loaded = load_v1(&format!(
        r#""a#E": {{"type": "enum", "members": {{"ONE": {unit}}}}}"#
    ));
    let member = loaded.model.shapes["a#E"].member("ONE").unwrap();
    assert_eq!(
        member.traits.get("smithy.api#enumValue").unwrap().as_str(),
        Some("ONE")
    );
}
