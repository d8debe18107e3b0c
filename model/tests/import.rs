//! Official models merged onto ours: what botocore's format cannot say is kept, and what it says is taken.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use smithy_model::import::{Format, Imported, import, lacking_words};
use smithy_model::{Model, Node, Service, ShapeKind, Sources, load};

const OURS: &str = r##"{"smithy": "2.0", "shapes": {
    "com.amazonaws.thing#Front": {"type": "service", "version": "1", "resources": [{"target": "com.amazonaws.thing#Box"}],
        "errors": [{"target": "com.amazonaws.thing#Gone"}], "traits": {
        "aws.api#service": {"sdkId": "Thing", "arnNamespace": "thing"}, "aws.auth#sigv4": {"name": "thing"},
        "aws.protocols#restJson1": {}, "smithy.api#documentation": "Ours."}},
    "com.amazonaws.thing#Box": {"type": "resource", "identifiers": {"id": {"target": "com.amazonaws.thing#BoxId"}},
        "put": {"target": "com.amazonaws.thing#PutBox"}, "delete": {"target": "com.amazonaws.thing#DropBox"}},
    "com.amazonaws.thing#BoxId": {"type": "string", "traits": {"smithy.api#pattern": "^b-.*$"}},
    "com.amazonaws.thing#PutBox": {"type": "operation", "input": {"target": "com.amazonaws.thing#PutBoxInput"},
        "traits": {"smithy.api#http": {"method": "PUT", "uri": "/{id}"}, "smithy.api#idempotent": {},
        "smithy.api#tags": ["a"]}},
    "com.amazonaws.thing#DropBox": {"type": "operation", "input": {"target": "com.amazonaws.thing#DropBoxInput"},
        "traits": {"smithy.api#http": {"method": "DELETE", "uri": "/{id}", "code": 204}, "smithy.api#idempotent": {}}},
    "com.amazonaws.thing#DropBoxInput": {"type": "structure", "members": {
        "id": {"target": "com.amazonaws.thing#BoxId", "traits": {"smithy.api#httpLabel": {}, "smithy.api#required": {}}}},
        "traits": {"smithy.api#input": {}}},
    "com.amazonaws.thing#PutBoxInput": {"type": "structure", "members": {
        "id": {"target": "com.amazonaws.thing#BoxId", "traits": {"smithy.api#httpLabel": {}, "smithy.api#required": {},
            "smithy.api#documentation": "Ours."}},
        "old": {"target": "smithy.api#String", "traits": {"smithy.api#documentation": "Ours."}},
        "note": {"target": "smithy.api#String", "traits": {"smithy.api#deprecated": {"message": "Ours.", "since": "1"}}},
        "level": {"target": "com.amazonaws.thing#Level"},
        "color": {"target": "com.amazonaws.thing#Color"},
        "pick": {"target": "com.amazonaws.thing#Pick"}},
        "traits": {"smithy.api#input": {}}},
    "com.amazonaws.thing#Level": {"type": "intEnum", "members": {
        "LOW": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 1}}}},
    "com.amazonaws.thing#Color": {"type": "enum", "members": {
        "ROT": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "red"}},
        "BLUE": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "blue"}}}},
    "com.amazonaws.thing#Pick": {"type": "union", "members": {"a": {"target": "smithy.api#String"}}},
    "com.amazonaws.thing#Gone": {"type": "structure", "members": {},
        "traits": {"smithy.api#error": "client", "smithy.api#httpError": 404}}
}}"##;

/// `DropBox`, the member `old` and the value `blue` are gone, the value `darkGreen`, the member `size` and the operation
/// `ListBoxes` are new, and there is a shape that nothing leads to.
const OFFICIAL: &str = r#"{
    "metadata": {"apiVersion": "1", "endpointPrefix": "thing", "protocol": "rest-json", "serviceId": "Thing"},
    "operations": {
        "ListBoxes": {"name": "ListBoxes", "http": {"method": "GET", "requestUri": "/"}, "errors": [{"shape": "Gone"}]},
        "PutBox": {"name": "PutBox", "http": {"method": "PUT", "requestUri": "/{id}", "responseCode": 200},
            "input": {"shape": "PutBoxInput"}, "errors": [{"shape": "Gone"}], "documentation": "Theirs."}
    },
    "shapes": {
        "BoxId": {"type": "string", "pattern": "b-.*", "min": 0},
        "PutBoxInput": {"type": "structure", "required": ["id"], "members": {
            "id": {"shape": "BoxId", "location": "uri", "locationName": "id", "documentation": "Theirs."},
            "note": {"shape": "String", "deprecated": true, "deprecatedMessage": "Theirs.", "deprecatedSince": "1"},
            "level": {"shape": "Level"},
            "color": {"shape": "Color"},
            "pick": {"shape": "Pick"},
            "size": {"shape": "Integer", "documentation": "Theirs."}}},
        "Level": {"type": "integer"},
        "Color": {"type": "string", "enum": ["red", "darkGreen"]},
        "Pick": {"type": "structure", "members": {"a": {"shape": "String"}}},
        "Gone": {"type": "structure", "members": {}, "error": {"httpStatusCode": 404}, "exception": true},
        "Integer": {"type": "integer", "box": true},
        "String": {"type": "string"},
        "Unused": {"type": "structure", "members": {"a": {"shape": "String"}}}
    }
}"#;

fn model(text: &str) -> Model {
    let mut sources = Sources::new();
    sources.add("model.json", text);
    let loaded = load(&sources);
    assert!(loaded.is_ok(), "{:#?}", loaded.diagnostics);
    loaded.model
}

/// The members of a shape with their targets.
fn members(model: &Model, name: &str) -> Vec<String> {
    let shape = &model.shapes[format!("com.amazonaws.thing#{name}").as_str()];
    shape.members().map(|member| format!("{} {}", member.name, member.target.name())).collect()
}

/// The traits of a shape or member, in their order.
fn traits(model: &Model, id: &str) -> Vec<String> {
    let (shape, member) = id.split_once('$').map_or((id, None), |(shape, member)| (shape, Some(member)));
    let shape = &model.shapes[format!("com.amazonaws.thing#{shape}").as_str()];
    let traits = member.map_or(&shape.traits, |member| &shape.member(member).unwrap().traits);
    traits.iter().map(|(id, node)| format!("{} {}", id.name(), node.to_json())).collect()
}

#[test]
fn botocore_is_merged_onto_ours() {
    let (ours, official) = (model(OURS), model(OFFICIAL));
    let Imported { interface, documentation } = import(&ours, &official, Format::Botocore);
    let names: Vec<&str> = interface.shapes.keys().map(|id| id.name()).collect();
    // The resource is kept; `DropBox` is gone with its input; nothing of the prelude and nothing unused is added.
    let expected =
        ["Box", "BoxId", "Color", "Front", "Gone", "Level", "ListBoxes", "Pick", "PutBox", "PutBoxInput"];
    assert_eq!(names, expected);

    let kind = |name: &str| &interface.shapes[format!("com.amazonaws.thing#{name}").as_str()].kind;
    let ShapeKind::Service(Service { operations, resources, errors, .. }) = kind("Front") else { panic!() };
    let bound = [operations, resources, errors].map(|ids| ids.iter().map(|id| id.name()).collect::<Vec<_>>());
    assert_eq!(bound, [vec!["ListBoxes"], vec!["Box"], vec!["Gone"]]);
    let ShapeKind::Resource(resource) = kind("Box") else { panic!() };
    assert_eq!(resource.lifecycle.keys().collect::<Vec<_>>(), ["put"]);
    // Its error is one of every operation.
    let ShapeKind::Operation(operation) = kind("PutBox") else { panic!() };
    assert!(operation.errors.is_empty());

    assert_eq!(
        members(&interface, "PutBoxInput"),
        ["id BoxId", "note String", "level Level", "color Color", "pick Pick", "size Integer"]
    );
    assert_eq!(members(&interface, "Color"), ["ROT Unit", "DARK_GREEN Unit"]);
    assert_eq!((kind("Level").name(), kind("Pick").name()), ("intEnum", "union"));

    assert_eq!(
        traits(&interface, "PutBox"),
        ["http {\"method\":\"PUT\",\"uri\":\"/{id}\"}", "idempotent {}", "tags [\"a\"]"]
    );
    assert_eq!(traits(&interface, "BoxId"), ["pattern \"^b-.*$\""]);
    assert_eq!(traits(&interface, "Front")[0], "service {\"sdkId\":\"Thing\",\"arnNamespace\":\"thing\"}");
    // Our words, and none of theirs.
    let deprecated = "deprecated {\"message\":\"Ours.\",\"since\":\"1\"}";
    assert_eq!(traits(&interface, "PutBoxInput$note"), [deprecated]);
    assert!(interface.shapes.values().all(|shape| !format!("{shape:?}").contains("Theirs")));
    let documented: Vec<&str> = documentation.keys().map(|id| id.name()).collect();
    assert_eq!(documented, ["Front", "PutBoxInput"]);
}

#[test]
fn smithy_replaces_ours() {
    let official = OURS
        .replace("\"Ours.\", \"since\": \"1\"", "\"Theirs.\", \"since\": \"2\"")
        .replace("\"blue\"", "\"navy\"");
    let Imported { interface, .. } = import(&model(OURS), &model(&official), Format::Smithy);
    // What is said is another thing now, but our words for it are kept where they are.
    let deprecated = "deprecated {\"message\":\"Ours.\",\"since\":\"2\"}";
    assert_eq!(traits(&interface, "PutBoxInput$note"), [deprecated]);
    assert_eq!(traits(&interface, "Color$BLUE"), ["enumValue \"navy\""]);
    assert!(interface.shapes.values().all(|shape| shape.traits.get("smithy.api#documentation").is_none()));
}

#[test]
fn examples_keep_what_users_wrote() {
    let example = r#""traits": {"smithy.api#examples": [{"title": "Theirs.", "documentation": "Theirs.",
        "input": {"id": "b-1", "note": "a"}}], "smithy.api#http": {"method": "PUT""#;
    let official = OURS.replace("\"traits\": {\"smithy.api#http\": {\"method\": \"PUT\"", example);
    let Imported { interface, .. } = import(&model(OURS), &model(&official), Format::Smithy);
    let put = &interface.shapes["com.amazonaws.thing#PutBox"];
    let examples = put.traits.get("smithy.api#examples").map(Node::to_json);
    assert_eq!(examples.unwrap(), r#"[{"title":"Example","input":{"id":"b-1","note":"a"}}]"#);
    let lacking = lacking_words(&interface);
    let place = "com.amazonaws.thing#PutBox smithy.api#examples [0].title";
    assert!(lacking.iter().any(|lacking| lacking == place), "{lacking:#?}");
}
