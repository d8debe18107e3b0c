//! Official models imported into an existing one: the interface is the official one, and what
//! botocore's format cannot express is kept.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use smithy_model::diff::diff;
use smithy_model::import::{Format, Imported, import, undocumented};
use smithy_model::{Model, Node, Service, ShapeKind, Sources, check, load, load_files};

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

/// Compared with the existing model, `DropBox`, the member `old` and the value `blue` are removed, the
/// value `darkGreen`, the member `size` and the operation `ListBoxes` are added, and a shape is unused.
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

/// Returns the members of a shape with their targets.
fn members(model: &Model, name: &str) -> Vec<String> {
    let shape = &model.shapes[format!("com.amazonaws.thing#{name}").as_str()];
    shape
        .members()
        .map(|member| format!("{} {}", member.name, member.target.name()))
        .collect()
}

/// Returns the traits of a shape or member, in their order.
fn traits(model: &Model, id: &str) -> Vec<String> {
    let (shape, member) = id
        .split_once('$')
        .map_or((id, None), |(shape, member)| (shape, Some(member)));
    let shape = &model.shapes[format!("com.amazonaws.thing#{shape}").as_str()];
    let traits = member.map_or(&shape.traits, |member| {
        &shape.member(member).unwrap().traits
    });
    traits
        .iter()
        .map(|(id, node)| format!("{} {}", id.name(), node.to_json()))
        .collect()
}

#[test]
fn botocore_is_merged_into_the_existing_model() {
    let (ours, official) = (model(OURS), model(OFFICIAL));
    let Imported {
        interface,
        documentation,
        ..
    } = import(&ours, &official, Format::Botocore);
    let names: Vec<&str> = interface.shapes.keys().map(|id| id.name()).collect();
    // The resource is kept; `DropBox` is gone with its input; nothing of the prelude and nothing
    // unused is added.
    let expected = [
        "Box",
        "BoxId",
        "Color",
        "Front",
        "Gone",
        "Level",
        "ListBoxes",
        "Pick",
        "PutBox",
        "PutBoxInput",
    ];
    assert_eq!(names, expected);

    let kind = |name: &str| &interface.shapes[format!("com.amazonaws.thing#{name}").as_str()].kind;
    let ShapeKind::Service(Service {
        operations,
        resources,
        errors,
        ..
    }) = kind("Front")
    else {
        panic!()
    };
    let bound = [operations, resources, errors]
        .map(|ids| ids.iter().map(|id| id.name()).collect::<Vec<_>>());
    assert_eq!(bound, [vec!["ListBoxes"], vec!["Box"], vec!["Gone"]]);
    let ShapeKind::Resource(resource) = kind("Box") else {
        panic!()
    };
    assert_eq!(resource.lifecycle.keys().collect::<Vec<_>>(), ["put"]);
    // Its error is one of every operation.
    let ShapeKind::Operation(operation) = kind("PutBox") else {
        panic!()
    };
    assert!(operation.errors.is_empty());

    assert_eq!(
        members(&interface, "PutBoxInput"),
        [
            "id BoxId",
            "note String",
            "level Level",
            "color Color",
            "pick Pick",
            "size Integer"
        ]
    );
    assert_eq!(
        members(&interface, "Color"),
        ["ROT Unit", "DARK_GREEN Unit"]
    );
    assert_eq!(
        (kind("Level").name(), kind("Pick").name()),
        ("intEnum", "union")
    );

    assert_eq!(
        traits(&interface, "PutBox"),
        [
            "http {\"method\":\"PUT\",\"uri\":\"/{id}\"}",
            "idempotent {}",
            "tags [\"a\"]"
        ]
    );
    assert_eq!(traits(&interface, "BoxId"), ["pattern \"^b-.*$\""]);
    assert_eq!(
        traits(&interface, "Front")[0],
        "service {\"sdkId\":\"Thing\",\"arnNamespace\":\"thing\"}"
    );
    // Our words, and none of theirs.
    let deprecated = "deprecated {\"message\":\"Ours.\",\"since\":\"1\"}";
    assert_eq!(traits(&interface, "PutBoxInput$note"), [deprecated]);
    assert!(
        interface
            .shapes
            .values()
            .all(|shape| !format!("{shape:?}").contains("Theirs"))
    );
    let documented: Vec<&str> = documentation.keys().map(|id| id.name()).collect();
    assert_eq!(documented, ["Front", "PutBoxInput"]);
}

#[test]
fn smithy_replaces_the_interface() {
    let official = OURS
        .replace(
            "\"Ours.\", \"since\": \"1\"",
            "\"Theirs.\", \"since\": \"2\"",
        )
        .replace("\"blue\"", "\"navy\"");
    let Imported { interface, .. } = import(&model(OURS), &model(&official), Format::Smithy);
    // What is said is another thing now, but our words for it are kept where they are.
    let deprecated = "deprecated {\"message\":\"Ours.\",\"since\":\"2\"}";
    assert_eq!(traits(&interface, "PutBoxInput$note"), [deprecated]);
    assert_eq!(traits(&interface, "Color$BLUE"), ["enumValue \"navy\""]);
    assert!(
        interface
            .shapes
            .values()
            .all(|shape| shape.traits.get("smithy.api#documentation").is_none())
    );
}

#[test]
fn examples_keep_their_titles() {
    let example = r#""traits": {"smithy.api#examples": [{"title": "Theirs.", "documentation": "Theirs.",
        "input": {"id": "b-1", "note": "a"}}], "smithy.api#http": {"method": "PUT""#;
    let official = OURS.replace(
        "\"traits\": {\"smithy.api#http\": {\"method\": \"PUT\"",
        example,
    );
    let Imported { interface, .. } = import(&model(OURS), &model(&official), Format::Smithy);
    let put = &interface.shapes["com.amazonaws.thing#PutBox"];
    let examples = put.traits.get("smithy.api#examples").map(Node::to_json);
    assert_eq!(
        examples.unwrap(),
        r#"[{"title":"Example","input":{"id":"b-1","note":"a"}}]"#
    );
    let undocumented = undocumented(&interface);
    let place = "com.amazonaws.thing#PutBox smithy.api#examples [0].title";
    assert!(
        undocumented.iter().any(|line| line == place),
        "{undocumented:#?}"
    );
}

/// A service with many traits that botocore's format cannot express.
const LOSSY: &str = r##"{"smithy": "2.0", "shapes": {
    "com.amazonaws.thing#Front": {"type": "service", "version": "1", "operations": [
        {"target": "com.amazonaws.thing#ListBoxes"}, {"target": "com.amazonaws.thing#GetBox"}],
        "traits": {"aws.api#service": {"sdkId": "Thing"}, "aws.protocols#restJson1": {}}},
    "com.amazonaws.thing#ListBoxes": {"type": "operation", "output": {"target": "com.amazonaws.thing#ListBoxesOutput"},
        "input": {"target": "com.amazonaws.thing#ListBoxesInput"}, "traits": {
        "smithy.api#http": {"method": "GET", "uri": "/"}, "smithy.api#readonly": {},
        "smithy.api#paginated": {"inputToken": "next", "outputToken": "next", "items": "boxes"}}},
    "com.amazonaws.thing#ListBoxesInput": {"type": "structure", "traits": {"smithy.api#input": {}}, "members": {
        "next": {"target": "smithy.api#String", "traits": {"smithy.api#httpQuery": "next"}}}},
    "com.amazonaws.thing#ListBoxesOutput": {"type": "structure", "traits": {"smithy.api#output": {}}, "members": {
        "next": {"target": "smithy.api#String"}, "boxes": {"target": "com.amazonaws.thing#Names"}}},
    "com.amazonaws.thing#Names": {"type": "list", "member": {"target": "smithy.api#String"},
        "traits": {"smithy.api#sparse": {}}},
    "com.amazonaws.thing#GetBox": {"type": "operation", "input": {"target": "com.amazonaws.thing#GetBoxInput"},
        "errors": [{"target": "com.amazonaws.thing#Gone"}], "traits": {
        "smithy.api#http": {"method": "GET", "uri": "/{day}"}, "smithy.api#readonly": {}}},
    "com.amazonaws.thing#GetBoxInput": {"type": "structure", "traits": {"smithy.api#input": {}}, "members": {
        "day": {"target": "com.amazonaws.thing#Day", "traits": {"smithy.api#httpLabel": {}, "smithy.api#required": {}}},
        "at": {"target": "smithy.api#Timestamp", "traits": {"smithy.api#httpQuery": "at",
            "smithy.api#timestampFormat": "epoch-seconds"}},
        "count": {"target": "com.amazonaws.thing#Count", "traits": {"smithy.api#httpQuery": "count",
            "smithy.api#default": 0}}}},
    "com.amazonaws.thing#Day": {"type": "timestamp", "traits": {"smithy.api#timestampFormat": "date-time"}},
    "com.amazonaws.thing#Count": {"type": "integer", "traits": {"smithy.api#default": 0}},
    "com.amazonaws.thing#Gone": {"type": "structure", "members": {"message": {"target": "com.amazonaws.thing#Message"}},
        "traits": {"smithy.api#error": "client"}},
    "com.amazonaws.thing#Message": {"type": "string"}
}}"##;

/// The same service. `GetBox` is idempotent, has a new member `limit`, and its label targets a shape
/// that only botocore has.
const LOST: &str = r#"{
    "metadata": {"apiVersion": "1", "endpointPrefix": "thing", "protocol": "rest-json", "serviceId": "Thing"},
    "operations": {
        "ListBoxes": {"name": "ListBoxes", "http": {"method": "GET", "requestUri": "/"},
            "input": {"shape": "ListBoxesInput"}, "output": {"shape": "ListBoxesOutput"}},
        "GetBox": {"name": "GetBox", "http": {"method": "GET", "requestUri": "/{day}"}, "idempotent": true,
            "input": {"shape": "GetBoxInput"}, "errors": [{"shape": "Gone"}]}
    },
    "shapes": {
        "ListBoxesInput": {"type": "structure", "members": {
            "next": {"shape": "String", "location": "querystring", "locationName": "next"}}},
        "ListBoxesOutput": {"type": "structure", "members": {"next": {"shape": "String"}, "boxes": {"shape": "Names"}}},
        "Names": {"type": "list", "member": {"shape": "String"}},
        "GetBoxInput": {"type": "structure", "required": ["day"], "members": {
            "day": {"shape": "SyntheticTimestamp_date_time", "location": "uri", "locationName": "day"},
            "at": {"shape": "SyntheticTimestamp_epoch_seconds", "location": "querystring", "locationName": "at"},
            "count": {"shape": "Count", "location": "querystring", "locationName": "count"},
            "limit": {"shape": "Count", "location": "querystring", "locationName": "limit"},
            "since": {"shape": "SyntheticTimestamp_date_time", "location": "querystring", "locationName": "since"}}},
        "SyntheticTimestamp_date_time": {"type": "timestamp", "timestampFormat": "iso8601"},
        "SyntheticTimestamp_epoch_seconds": {"type": "timestamp", "timestampFormat": "unixTimestamp"},
        "Count": {"type": "integer"},
        "Gone": {"type": "structure", "members": {}, "exception": true},
        "String": {"type": "string"}
    }
}"#;

const PAGES: &str = r#"{"pagination": {"ListBoxes": {"input_token": "next", "output_token": "next",
    "result_key": ["boxes", "lids"]}}}"#;

/// What the format cannot express is kept, what it expresses is imported, and the result is valid.
#[test]
fn traits_that_botocore_cannot_express_are_kept() {
    let mut sources = Sources::new();
    let ours = vec![sources.add("ours.json", LOSSY)];
    let official = vec![
        sources.add("service-2.json", LOST),
        sources.add("paginators-1.json", PAGES),
    ];
    let [ours, official] = [ours, official].map(|files| load_files(&sources, &files));
    assert!(
        ours.is_ok() && official.is_ok(),
        "{:#?}",
        (ours.diagnostics, official.diagnostics)
    );
    let (ours, official) = (ours.model, official.model);
    let Imported { interface, .. } = import(&ours, &official, Format::Botocore);
    assert_eq!(check(&interface, &sources), []);

    let changed: Vec<String> = diff(&ours, &interface)
        .iter()
        .map(|e| format!("{} {}", e.id, e.shape.as_ref().unwrap().name()))
        .collect();
    // `readonly` goes, since `idempotent` excludes it.
    let expected = [
        "TraitBreakingChange.Remove.smithy.api#readonly GetBox",
        "AddedShape GetBoxInput",
        "AddedShape GetBoxInput",
    ];
    let sorted = |mut list: Vec<String>| {
        list.sort();
        list
    };
    assert_eq!(
        sorted(changed),
        sorted(expected.map(str::to_owned).to_vec())
    );
    assert!(traits(&interface, "GetBox").contains(&"idempotent {}".to_owned()));
    // Smithy has to say that the default of the target does not hold; the timestamp has its format
    // at the member.
    assert_eq!(
        traits(&interface, "GetBoxInput$limit"),
        ["default null", "httpQuery \"limit\""]
    );
    assert_eq!(
        traits(&interface, "GetBoxInput$since"),
        ["httpQuery \"since\"", "timestampFormat \"date-time\""]
    );
    assert_eq!(
        members(&interface, "GetBoxInput"),
        [
            "day Day",
            "at Timestamp",
            "count Count",
            "limit Count",
            "since Timestamp"
        ]
    );
    assert!(
        interface
            .shapes
            .keys()
            .all(|id| !id.name().starts_with("SyntheticTimestamp"))
    );

    let again = import(&interface, &official, Format::Botocore).interface;
    assert_eq!(diff(&interface, &again), []);
}

/// A member whose type changed does not keep its default.
#[test]
fn defaults_of_another_type_are_removed() {
    let official = LOST.replace(
        r#""Count": {"type": "integer"}"#,
        r#""Count": {"type": "string"}"#,
    );
    let mut sources = Sources::new();
    let ours = vec![sources.add("ours.json", LOSSY)];
    let official = vec![sources.add("service-2.json", official)];
    let [ours, official] = [ours, official].map(|files| load_files(&sources, &files).model);
    let Imported { interface, .. } = import(&ours, &official, Format::Botocore);
    assert_eq!(check(&interface, &sources), []);
    assert_eq!(
        traits(&interface, "GetBoxInput$count"),
        ["httpQuery \"count\""]
    );
}

/// Traits of either model that refer to removed members are removed with a warning.
#[test]
fn traits_that_refer_to_removed_members_are_removed() {
    let gone = LOST.replace(r#"{"next": {"shape": "String"}, "boxes""#, r#"{"boxes""#);
    for pages in [PAGES, r#"{"pagination": {}}"#] {
        let mut sources = Sources::new();
        let ours = vec![sources.add("ours.json", LOSSY)];
        let official = vec![
            sources.add("service-2.json", gone.as_str()),
            sources.add("pages.json", pages),
        ];
        let [ours, official] = [ours, official].map(|files| load_files(&sources, &files));
        assert!(
            ours.is_ok() && official.is_ok(),
            "{:#?}",
            (ours.diagnostics, official.diagnostics)
        );
        let Imported {
            interface, removed, ..
        } = import(&ours.model, &official.model, Format::Botocore);
        assert_eq!(check(&interface, &sources), []);
        let found: Vec<String> = removed
            .into_iter()
            .filter_map(|warning| warning.help)
            .collect();
        assert_eq!(
            found,
            ["`smithy.api#paginated` is removed from `com.amazonaws.thing#ListBoxes`"]
        );
        let expected = ["http {\"method\":\"GET\",\"uri\":\"/\"}", "readonly {}"];
        assert_eq!(traits(&interface, "ListBoxes"), expected);
    }
}
