//! A protocol that the generator does not have: `AwsJson` implements `aws.protocols#awsJson1_1`,
//! and the crate that is generated with it passes Smithy's protocol tests.
//!
//! The tests use only the public interface, since a protocol must not require changes of passes or
//! emitters.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;
mod workspace;

use common::{Case, manifest};
use serde_json::Value;
use smithy_codegen::protocol::{
    Container, Document, ErrorKey, Format, Head, Location, Message, PathPart, Protocol,
    ProtocolEntry, Text, TimestampFormat, WireName,
};
use smithy_codegen::{Generated, Options, generate};
use smithy_model::{Diagnostic, Member, Model, Shape, Sources, load};
use std::fs;
use std::path::Path;

/// The AWS JSON 1.1 protocol: every input is a JSON object that is posted to `/`, and a header names
/// the operation.
const AWS_JSON: ProtocolEntry = ProtocolEntry {
    id: "aws.protocols#awsJson1_1",
    of: |service| {
        Box::new(AwsJson {
            service: service.id.name().to_owned(),
            unit: Unit::EmptyDocument,
        })
    },
};

struct AwsJson {
    /// The name of the service shape.
    service: String,
    unit: Unit,
}

/// The body of a message without a structure (`smithy.api#Unit`).
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    EmptyDocument,
    NoBody,
}

impl Protocol for AwsJson {
    fn honors(&self, trait_id: &str) -> bool {
        matches!(trait_id, "smithy.api#timestampFormat" | "a#wire")
    }

    fn head(&self, operation: &Shape) -> Result<Head, Diagnostic> {
        let target = format!("{}.{}", self.service, operation.id.name());
        Ok(Head {
            method: "POST".to_owned(),
            path: vec![PathPart::Literal("/".into())],
            query: Vec::new(),
            headers: vec![("X-Amz-Target".into(), Text::new(&target))],
        })
    }

    fn status(&self, _: &Shape) -> u16 {
        200
    }

    fn location(&self, _: &Member, _: &Shape, _: Container<'_>) -> Location {
        Location::Body
    }

    fn timestamp_format(&self, _: &Location, modeled: Option<TimestampFormat>) -> TimestampFormat {
        modeled.unwrap_or(TimestampFormat::EpochSeconds)
    }

    fn wire_name(&self, member: &Member, _: &Shape) -> WireName {
        WireName {
            name: Text::new(&member.name),
            alias: None,
        }
    }

    fn document(&self, message: Message<'_>) -> Option<Document> {
        (message.shape.is_some() || self.unit == Unit::EmptyDocument).then(json)
    }

    fn error_key(&self, error: &Shape) -> ErrorKey {
        ErrorKey {
            code: error.id.name().to_owned(),
            status: 400,
        }
    }

    fn error_reader(&self) -> &'static str {
        "rest_json"
    }
}

fn json() -> Document {
    Document {
        format: Format::Json,
        content_type: "application/x-amz-json-1.1".into(),
    }
}

/// Nested structures, collections, timestamps in every format and members with `jsonName`; errors;
/// no input; enums; tagged unions.
const OPERATIONS: [&str; 5] = [
    "KitchenSinkOperation",
    "GreetingWithErrors",
    "EmptyOperation",
    "JsonEnums",
    "JsonUnions",
];
const MODEL: &str = "aws.protocoltests.json.JsonProtocol.json";
/// The number of cases for clients of these operations and their errors.
const CASES: usize = 92;

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn official_cases_pass() {
    let path = Path::new(env!("REFERENCE_DATA"))
        .join("protocol-tests")
        .join(MODEL);
    let model = fs::read_to_string(&path).unwrap();
    let cases = cases(&serde_json::from_str(&model).unwrap());
    assert_eq!(cases, CASES);
    let generated = official(model);
    let crates = [("aws-json", generated)];
    let workspace = workspace::write_crates("second-protocol", &crates);
    let arguments = [
        "test",
        "--quiet",
        "--no-default-features",
        "--test",
        "protocol",
    ];
    let results = workspace.cargo(&arguments, "RUSTFLAGS");
    let passed = format!("test result: ok. {cases} passed; 0 failed; 0 ignored;");
    assert!(results.contains(&passed), "{results}");
}

/// The crate of the official model with its tests.
fn official(model: String) -> Generated {
    let mut sources = Sources::new();
    sources.add(MODEL.to_owned(), model);
    let options = Options {
        crate_name: Some("aws-json".to_owned()),
        operations: OPERATIONS.map(str::to_owned).to_vec(),
        protocol_tests: true,
        protocols: vec![AWS_JSON],
        manifest: Some(manifest()),
        ..Options::default()
    };
    Case {
        name: "aws-json".to_owned(),
        folder: Path::new("").to_owned(),
        sources,
        options,
    }
    .generated()
}

/// The cases for clients of the operations and of their errors.
fn cases(model: &Value) -> usize {
    let shape = |id: &str| &model["shapes"][id];
    let mut shapes: Vec<&Value> = Vec::new();
    for operation in OPERATIONS {
        let operation = shape(&format!("aws.protocoltests.json#{operation}"));
        shapes.push(operation);
        let errors = operation["errors"].as_array().into_iter().flatten();
        shapes.extend(errors.map(|error| shape(error["target"].as_str().unwrap())));
    }
    let cases = |name: &str| {
        let cases = shapes.iter().filter_map(|it| it["traits"][name].as_array());
        cases
            .flatten()
            .filter(|case| case["appliesTo"] != "server")
            .count()
    };
    cases("smithy.test#httpRequestTests") + cases("smithy.test#httpResponseTests")
}

/// A service with these protocols and the trait `a#wire`, which only `AwsJson` reads.
fn service(protocols: &str) -> Model {
    let mut sources = Sources::new();
    let text = format!(
        r#"{{"smithy": "2.0", "shapes": {{
            "a#wire": {{"type": "structure", "traits": {{"smithy.api#trait": {{}}}}}},
            "a#S": {{"type": "service", "version": "1", "traits": {{{protocols}, "a#wire": {{}}}}}}
        }}}}"#
    );
    sources.add("model.json".to_owned(), text);
    let loaded = load(&sources);
    assert!(loaded.is_ok());
    loaded.model
}

#[test]
fn unknown_protocols_are_rejected() {
    let model = service(r#""aws.protocols#awsJson1_1": {}"#);
    let problems = generate(&model, &Options::default()).unwrap_err();
    assert!(problems[0].message.contains("awsJson1_1"), "{problems:?}");
    let options = Options {
        protocols: vec![AWS_JSON],
        ..Options::default()
    };
    assert!(generate(&model, &options).is_ok());
}

/// Documents have no form for streams.
#[test]
fn streaming_members_in_documents_are_rejected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/streaming");
    let mut case = Case::read(folder);
    let id = "aws.protocols#restJson1";
    let of = AWS_JSON.of;
    case.options.protocols = vec![ProtocolEntry { id, of }];
    let problems = case.generate().unwrap_err();
    let refused = |it: &&Diagnostic| it.message.contains("does not support the stream");
    assert!(problems.iter().filter(refused).count() > 1, "{problems:?}");
}

/// A trait that the protocol reads is not reported as unknown.
#[test]
fn protocols_read_traits_of_their_own() {
    let model = service(r#""aws.protocols#awsJson1_1": {}, "aws.protocols#restJson1": {}"#);
    let warnings = |protocols| {
        let options = Options {
            protocols,
            ..Options::default()
        };
        let generated = generate(&model, &options).unwrap();
        let messages = generated.warnings.into_iter().map(|it| it.message);
        messages.collect::<Vec<_>>()
    };
    let unknown = "trait `a#wire` is unknown and has no effect";
    assert_eq!(warnings(Vec::new()), [unknown]);
    assert!(warnings(vec![AWS_JSON]).is_empty());
}

/// In rpcv2Cbor, an operation without input sends no body, and one whose input has no members sends
/// an empty document. In awsJson1_1 both send an empty document.
#[test]
fn absent_and_empty_inputs_differ() {
    for (unit, of) in [
        (Unit::EmptyDocument, AWS_JSON.of),
        (Unit::NoBody, |_| {
            Box::new(AwsJson {
                service: String::new(),
                unit: Unit::NoBody,
            })
        }),
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/empty-messages");
        let mut case = Case::read(folder);
        let id = "aws.protocols#restJson1";
        case.options.protocols = vec![ProtocolEntry { id, of }];
        let generated = case.generated();
        let has_body = |operation: &str| {
            let path = format!("src/operations/{operation}.rs");
            let mut files = generated.files.iter();
            let (_, text) = files.find(|(it, _)| *it == path).unwrap();
            text.contains("req.object(|_| {})")
        };
        assert_eq!(has_body("nothing"), unit == Unit::EmptyDocument);
        assert!(has_body("empty_both"));
    }
}
