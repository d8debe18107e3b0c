//! botocore's format. `botocore/` has a service that uses every property of the format, and the same
//! service in Smithy's JSON AST, `smithy.json`.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use smithy_model::{
    Code, Loaded, Member, Model, Severity, Shape, ShapeKind, Sources, Traits, load,
};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/botocore")
}

fn text(name: &str) -> String {
    fs::read_to_string(folder().join(name)).unwrap()
}

fn load_texts(texts: &[&str]) -> (Sources, Loaded) {
    let mut sources = Sources::new();
    for (index, text) in texts.iter().enumerate() {
        sources.add(format!("{index}.json"), *text);
    }
    let loaded = load(&sources);
    (sources, loaded)
}

/// Loads all files except `smithy.json`, in reverse order: extras may come before the file that they
/// change.
fn botocore() -> Model {
    let mut names: Vec<_> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    let texts: Vec<_> = names
        .iter()
        .filter(|name| *name != "smithy.json")
        .map(|name| text(name.to_str().unwrap()))
        .collect();
    let (sources, loaded) = load_texts(&texts.iter().rev().map(String::as_str).collect::<Vec<_>>());
    assert!(
        loaded.diagnostics.is_empty(),
        "{:#?}",
        summary(&sources, &loaded)
    );
    loaded.model
}

fn summary(sources: &Sources, loaded: &Loaded) -> Vec<String> {
    let place = |span: Option<_>| span.map(|span| sources.place(span)).unwrap_or_default();
    loaded
        .diagnostics
        .iter()
        .map(|d| format!("{} {} {}", d.code, place(d.span), d.message))
        .collect()
}

/// Describes a shape line by line, without positions.
fn lines(shape: &Shape) -> Vec<String> {
    let mut lines = vec![format!("{} {}", shape.id, shape.kind.name())];
    match &shape.kind {
        ShapeKind::Service(service) => lines.push(format!("{service:?}")),
        ShapeKind::Operation(operation) => lines.push(format!("{operation:?}")),
        _ => {}
    }
    lines.extend(traits(&shape.traits));
    for Member {
        name,
        target,
        traits: own,
        ..
    } in shape.members()
    {
        lines.push(format!("{name}: {target}"));
        lines.extend(traits(own).into_iter().map(|line| format!("    {line}")));
    }
    lines
}

fn traits(traits: &Traits) -> Vec<String> {
    traits
        .iter()
        .map(|(id, node)| (id.as_str(), sorted(node)))
        .collect::<BTreeMap<_, _>>()
        .into_iter()
        .map(|(id, value)| format!("@{id} {value}"))
        .collect()
}

/// Returns JSON with sorted keys.
fn sorted(node: &smithy_model::Node) -> String {
    serde_json::from_str::<serde_json::Value>(&node.to_json())
        .unwrap()
        .to_string()
}

#[test]
fn botocore_and_smithy_models_are_equal() {
    let smithy = text("smithy.json");
    let (sources, loaded) = load_texts(&[&smithy]);
    assert!(
        loaded.diagnostics.is_empty(),
        "{:#?}",
        summary(&sources, &loaded)
    );
    let botocore = botocore();
    let ids = |model: &Model| {
        model
            .shapes
            .keys()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&botocore), ids(&loaded.model));
    for (ours, smithys) in botocore.shapes.values().zip(loaded.model.shapes.values()) {
        assert_eq!(lines(ours), lines(smithys));
    }
}

/// Replacements in `service-2.json`, with the code and the shape of the diagnostic.
const PROBLEMS: &[(&str, &str, Code, &str)] = &[
    (
        r#""serviceId": "Wrong""#,
        r#""serviceId": "2nd""#,
        Code::InvalidShapeId,
        "",
    ),
    (
        r#""metadata": {"#,
        r#""data": {"#,
        Code::MissingProperty,
        "",
    ),
    (
        r#""apiVersion": "2024-01-01","#,
        "",
        Code::MissingProperty,
        "#Wrong",
    ),
    (
        r#""h2": "eventstream""#,
        r#""h2": "always""#,
        Code::UnexpectedValue,
        "#Wrong",
    ),
    (
        r#""smithy-rpc-v2-cbor", "rest-json""#,
        r#""json""#,
        Code::UnsupportedProtocol,
        "#Wrong",
    ),
    (
        r#""aws.auth#sigv4", "smithy.api#httpBearerAuth""#,
        "4",
        Code::UnexpectedValue,
        "#Wrong",
    ),
    (
        r#""authtype": "none""#,
        r#""authtype": "all""#,
        Code::UnexpectedValue,
        "#GetThing",
    ),
    (
        r#""requestUri": "/stream""#,
        r#""uri": "/stream""#,
        Code::MissingProperty,
        "#Stream",
    ),
    (
        r#"{ "shape": "StreamRequest" }"#,
        r#"{ "shape": "StreamRequset" }"#,
        Code::UnknownTarget,
        "#Stream",
    ),
    (
        r#"{ "shape": "StreamRequest" }"#,
        r#""StreamRequest""#,
        Code::UnexpectedValue,
        "#Stream",
    ),
    (
        r#"{ "shape": "Free" }"#,
        r#"{}"#,
        Code::MissingProperty,
        "#PutThingRequest$Free",
    ),
    (
        r#""Free": { "shape": "Free" }"#,
        r#""a-b": { "shape": "Free" }"#,
        Code::InvalidShapeId,
        "#PutThingRequest",
    ),
    (
        r#""type": "bigdecimal""#,
        r#""type": "decimal""#,
        Code::UnknownShapeType,
        "#Big",
    ),
    (
        r#""timestampFormat": "iso8601""#,
        r#""timestampFormat": "iso""#,
        Code::UnexpectedValue,
        "#Date",
    ),
    (
        r#""location": "statusCode""#,
        r#""location": "status""#,
        Code::UnexpectedValue,
        "#StreamResponse$Code",
    ),
    (
        r#""payload": "Body""#,
        r#""payload": "body""#,
        Code::UnknownTarget,
        "#StreamRequest",
    ),
    (
        r#""required": ["message"]"#,
        r#""required": ["massage"]"#,
        Code::UnknownTarget,
        "#Conflict",
    ),
    (
        r#""idempotent": true"#,
        r#""idempotent": 1"#,
        Code::UnexpectedValue,
        "#PutThing",
    ),
];

#[test]
fn problems_are_reported_at_their_shape() {
    let service = text("service-2.json");
    for (part, change, code, shape) in PROBLEMS {
        assert!(service.contains(part), "{part}");
        let (sources, loaded) = load_texts(&[&service.replacen(part, change, 1)]);
        let first = loaded
            .diagnostics
            .iter()
            .find(|d| d.severity == Severity::Error);
        let first = first.unwrap_or_else(|| panic!("no error for {change}"));
        let found = (
            first.code,
            first.shape.as_ref().map_or("", |id| id.as_str()),
        );
        let shape = shape.replace('#', "com.amazonaws.wrong#");
        assert_eq!(
            found,
            (*code, shape.as_str()),
            "{change}: {:#?}",
            summary(&sources, &loaded)
        );
        let errors = loaded
            .diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .count();
        assert_eq!(errors, 1, "{change}: {:#?}", summary(&sources, &loaded));
        assert!(first.help.is_some() && first.span.is_some(), "{change}");
    }
}

/// Such a service has a warning, and the name that botocore derives.
#[test]
fn a_service_without_a_service_id_has_a_derived_name() {
    let service = text("service-2.json").replace(r#""serviceId": "Wrong","#, "");
    let (sources, loaded) = load_texts(&[&service]);
    assert!(loaded.is_ok(), "{:#?}", summary(&sources, &loaded));
    let warnings: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|d| (d.code, d.message.as_str()))
        .collect();
    assert_eq!(
        warnings,
        [(Code::MissingProperty, "the service has no `serviceId`")]
    );
    assert!(
        loaded
            .model
            .shapes
            .contains_key("com.amazonaws.storeofthings#StoreofThings")
    );
    let (_, loaded) = load_texts(&[&service.replace("Store of Things", "AWS")]);
    let errors: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|d| (d.code, d.severity))
        .collect();
    assert_eq!(errors, [(Code::MissingProperty, Severity::Error)]);
}

/// Other files may be newer than the service's file.
#[test]
fn entries_of_unknown_operations_are_ignored() {
    let service = text("service-2.json");
    let beside = [
        r#"{"pagination": {"ListNews": {"input_token": "a", "output_token": "b", "result_key": "c"}}}"#,
        r#"{"version": 2, "waiters": {"NewsThere": {"operation": "ListNews", "delay": 1, "maxAttempts": 2,
            "acceptors": [{"state": "success", "matcher": "status", "expected": 200}]}}}"#,
        r#"{"version": "1.0", "examples": {"ListNews": [{"title": "News", "input": {}}]}}"#,
    ];
    for file in beside {
        let (sources, loaded) = load_texts(&[&service, file]);
        assert!(loaded.is_ok(), "{:#?}", summary(&sources, &loaded));
        let warnings: Vec<_> = loaded
            .diagnostics
            .iter()
            .map(|d| d.message.as_str())
            .collect();
        assert_eq!(
            warnings,
            ["the service has no operation `ListNews`"],
            "{file}"
        );
        let (_, without) = load_texts(&[&service]);
        let lines = |model: &Model| model.shapes.values().flat_map(lines).collect::<Vec<_>>();
        assert_eq!(lines(&loaded.model), lines(&without.model));
    }
}

/// A paginator without tokens is ignored, otherwise only the unknown path.
#[test]
fn paths_of_paginators_to_unknown_members_are_ignored() {
    let service = text("service-2.json");
    let paginators: serde_json::Value = serde_json::from_str(&text("paginators-1.json")).unwrap();
    let (operation, paginator) = paginators["pagination"]
        .as_object()
        .unwrap()
        .iter()
        .next()
        .unwrap();
    for (key, is_ignored) in [
        ("input_token", true),
        ("output_token", true),
        ("limit_key", false),
    ] {
        let mut changed = paginator.clone();
        changed[key] = "news".into();
        let file = serde_json::json!({"pagination": {operation: changed}}).to_string();
        let (sources, loaded) = load_texts(&[&service, &file]);
        assert!(loaded.is_ok(), "{:#?}", summary(&sources, &loaded));
        assert!(loaded.diagnostics.iter().any(|d| {
            d.message
                .starts_with("\"news\" is not a path to a member of the ")
        }));
        let shape = &loaded.model.shapes[format!("com.amazonaws.wrong#{operation}").as_str()];
        assert_eq!(
            shape.traits.has("smithy.api#paginated"),
            !is_ignored,
            "{key}"
        );
    }
}

/// Any value in any position is reported or accepted.
#[test]
fn loading_ends_for_any_value_in_any_position() {
    let service: serde_json::Value = serde_json::from_str(&text("service-2.json")).unwrap();
    let mut paths = Vec::new();
    collect(&service, String::new(), &mut paths);
    assert!(paths.len() > 300, "{}", paths.len());
    let others = ["null", "1", "\"x\"", "[[]]", "{\"x\": {}}"];
    for (path, other) in paths.iter().step_by(4).zip(others.iter().cycle()) {
        let mut changed = service.clone();
        *changed.pointer_mut(path).unwrap() = serde_json::from_str(other).unwrap();
        let (_, loaded) = load_texts(&[&changed.to_string()]);
        assert!(
            !loaded.is_ok() || loaded.model.services().count() == 1,
            "{path}: {other}"
        );
    }
}

/// Collects the JSON pointers of a value and of all values in it.
fn collect(value: &serde_json::Value, path: String, paths: &mut Vec<String>) {
    if let Some(members) = value.as_object() {
        members
            .iter()
            .for_each(|(key, value)| collect(value, format!("{path}/{key}"), paths));
    }
    if let Some(items) = value.as_array() {
        items
            .iter()
            .enumerate()
            .for_each(|(index, value)| collect(value, format!("{path}/{index}"), paths));
    }
    paths.push(path);
}

/// Errors keep their names, which are on the wire; then operations do, then the first of other
/// shapes.
#[test]
fn names_that_clash_are_made_to_differ() {
    let (sources, loaded) = load_texts(&[r#"{
        "metadata": {"apiVersion": "1", "endpointPrefix": "x", "protocol": "rest-json", "serviceId": "Thing"},
        "operations": {
            "gone": {"http": {"method": "GET", "requestUri": "/gone"}, "errors": [{"shape": "Gone"}]},
            "Put": {"http": {"method": "PUT", "requestUri": "/"}, "input": {"shape": "Put"}}
        },
        "shapes": {
            "thing": {"type": "string"},
            "Put": {"type": "structure", "members": {"a": {"shape": "thing"}, "b": {"shape": "Thing"}}},
            "Thing": {"type": "string"},
            "Gone": {"type": "structure", "members": {}, "exception": true}
        }
    }"#]);
    assert!(
        loaded.diagnostics.is_empty(),
        "{:#?}",
        summary(&sources, &loaded)
    );
    let named = loaded
        .model
        .shapes
        .values()
        .map(|shape| (shape.id.name(), shape.kind.name()));
    let expected = [
        ("Gone", "structure"),
        ("Put", "operation"),
        ("PutShape", "structure"),
        ("Thing", "string"),
        ("ThingService", "service"),
        ("goneOperation", "operation"),
        ("thingShape", "string"),
    ];
    assert_eq!(named.collect::<Vec<_>>(), expected);
}

/// Members and shapes in another order are the same model.
#[test]
fn the_order_of_keys_does_not_matter() {
    let service: serde_json::Value = serde_json::from_str(&text("service-2.json")).unwrap();
    let (_, as_written) = load_texts(&[&text("service-2.json")]);
    let (_, by_name) = load_texts(&[&service.to_string()]);
    let shapes = |loaded: &Loaded| {
        let sorted = |mut lines: Vec<String>| {
            lines.sort();
            lines
        };
        let data = loaded
            .model
            .shapes
            .values()
            .filter(|shape| !matches!(shape.kind, ShapeKind::Service(_)));
        data.map(|shape| sorted(lines(shape))).collect::<Vec<_>>()
    };
    assert_eq!(shapes(&as_written), shapes(&by_name));
}
