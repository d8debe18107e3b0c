//! A case for each code, which has no other diagnostic.

use crate::common::{load_texts, summary};
use smithy_model::{Code, Severity};
use std::collections::BTreeSet;

/// Problems of files.
const FILES: &[(Code, &str, &str)] = &[
    (Code::MalformedJson, r#"{"smithy": "2.0","#, "0.json:1:17"),
    (
        Code::DuplicateKey,
        r#"{"smithy": "2.0", "smithy": "2.0"}"#,
        "0.json:1:19",
    ),
    (Code::MissingVersion, r#"{"shapes": {}}"#, "0.json:1:1"),
    (
        Code::UnsupportedVersion,
        r#"{"smithy": "3"}"#,
        "0.json:1:12",
    ),
    (Code::UnsupportedVersion, r#"{"smithy": 2}"#, "0.json:1:12"),
    (Code::UnexpectedValue, "[]", "0.json:1:1"),
    (
        Code::UnexpectedValue,
        r#"{"smithy": "2", "metadata": 1}"#,
        "0.json:1:29",
    ),
    (
        Code::UnknownProperty,
        r#"{"smithy": "2", "no": 1}"#,
        "0.json:1:17",
    ),
];

/// Problems of one shape: the code, the shape with the problem, and the shapes of the file.
const SHAPES: &[(Code, &str, &str)] = &[
    (Code::UnexpectedValue, "a#S", r#""a#S": 1"#),
    (Code::UnexpectedValue, "a#S", r#""a#S": {"type": 1}"#),
    (
        Code::UnexpectedValue,
        "a#O",
        r#""a#O": {"type": "operation", "errors": {}}"#,
    ),
    (Code::InvalidShapeId, "", r#""S": {"type": "string"}"#),
    (
        Code::InvalidShapeId,
        "a#S$m",
        r#""a#S$m": {"type": "string"}"#,
    ),
    (
        Code::InvalidShapeId,
        "a#S",
        r#""a#S": {"type": "structure", "members": {"m-m": {"target": "smithy.api#String"}}}"#,
    ),
    (
        Code::InvalidShapeId,
        "a#S$m",
        r#""a#S": {"type": "structure", "members": {"m": {"target": "String"}}}"#,
    ),
    (Code::UnknownShapeType, "a#S", r#""a#S": {"type": "strng"}"#),
    (Code::MissingProperty, "a#S", r#""a#S": {}"#),
    (Code::MissingProperty, "a#L", r#""a#L": {"type": "list"}"#),
    (
        Code::MissingProperty,
        "a#L$member",
        r#""a#L": {"type": "list", "member": {}}"#,
    ),
    (
        Code::UnknownProperty,
        "a#S",
        r#""a#S": {"type": "string", "members": {}}"#,
    ),
    (
        Code::UnknownApplyTarget,
        "a#S",
        r#""a#S": {"type": "apply", "traits": {"smithy.api#title": "t"}}"#,
    ),
    (
        Code::UnknownMixin,
        "a#S",
        r#""a#S": {"type": "string", "mixins": [{"target": "a#M"}]}"#,
    ),
    (
        Code::UndefinedTrait,
        "a#S",
        r#""a#S": {"type": "string", "traits": {"b#t": 1}}"#,
    ),
    (
        Code::UndefinedTrait,
        "a#S",
        r#""a#S": {"type": "string", "traits": {"smithy.api#titel": 1}}"#,
    ),
    (
        Code::UnknownTarget,
        "a#L$member",
        r#""a#L": {"type": "list", "member": {"target": "a#M"}}"#,
    ),
    (
        Code::UnknownTarget,
        "a#O",
        r#""a#O": {"type": "operation", "output": {"target": "a#M"}}"#,
    ),
    (
        Code::WrongTargetKind,
        "a#L$member",
        r#""a#L": {"type": "list", "member": {"target": "a#O"}}, "a#O": {"type": "operation"}"#,
    ),
    (
        Code::WrongTargetKind,
        "a#L$member",
        r#""a#L": {"type": "list", "member": {"target": "smithy.api#Unit"}}"#,
    ),
    (
        Code::WrongTargetKind,
        "a#M$key",
        r#""a#M": {"type": "map", "key": {"target": "smithy.api#Blob"}, "value": {"target": "smithy.api#Blob"}}"#,
    ),
    (
        Code::WrongTargetKind,
        "a#O",
        r#""a#O": {"type": "operation", "input": {"target": "smithy.api#String"}}"#,
    ),
    (
        Code::WrongTargetKind,
        "a#O",
        r#""a#O": {"type": "operation", "errors": [{"target": "smithy.api#Unit"}]}"#,
    ),
    (
        Code::WrongTargetKind,
        "a#S",
        r#""a#S": {"type": "service", "version": "1", "operations": [{"target": "a#R"}]}, "a#R": {"type": "resource"}"#,
    ),
    (
        Code::WrongTargetKind,
        "a#R",
        r#""a#R": {"type": "resource", "identifiers": {"id": {"target": "smithy.api#Blob"}}}"#,
    ),
    (
        Code::BadTraitValue,
        "a#S",
        r#""a#S": {"type": "string", "traits": {"smithy.api#documentation": 1}}"#,
    ),
    (
        Code::BadTraitValue,
        "a#S",
        r#""a#S": {"type": "string", "traits": {"smithy.api#sensitive": {"x": 1}}}"#,
    ),
    (
        Code::BadTraitValue,
        "a#O",
        r#""a#O": {"type": "operation", "traits": {"smithy.api#http": {"method": "GET"}}}"#,
    ),
    (
        Code::BadTraitValue,
        "a#E",
        r#""a#E": {"type": "structure", "traits": {"smithy.api#error": "network"}}"#,
    ),
    (
        Code::BadTraitValue,
        "a#S",
        r#""a#S": {"type": "string", "traits": {"smithy.api#mediaType": "text"}}"#,
    ),
    (
        Code::BadTraitValue,
        "a#S",
        r#""a#S": {"type": "string", "traits": {"smithy.api#enum": [{"value": ""}]}}"#,
    ),
    (
        Code::BadTraitValue,
        "a#N",
        r#""a#N": {"type": "byte", "traits": {"smithy.api#default": 128}}"#,
    ),
    (
        Code::MisplacedTrait,
        "a#S",
        r#""a#S": {"type": "string", "traits": {"smithy.api#required": {}}}"#,
    ),
    (
        Code::MisplacedTrait,
        "a#B",
        r#""a#B": {"type": "blob", "traits": {"smithy.api#timestampFormat": "date-time"}}"#,
    ),
    (
        Code::MisplacedTrait,
        "a#S",
        r#""a#S": {"type": "structure", "traits": {"smithy.api#httpError": 400}}"#,
    ),
    (
        Code::ConflictingTraits,
        "a#L",
        r#""a#L": {"type": "list", "member": {"target": "smithy.api#String"}, "traits": {"smithy.api#uniqueItems": {}, "smithy.api#sparse": {}}}"#,
    ),
    (
        Code::InvalidHostPrefix,
        "a#O",
        r#""a#O": {"type": "operation", "traits": {"smithy.api#endpoint": {"hostPrefix": "{id}."}}}"#,
    ),
    (
        Code::InvalidHostPrefix,
        "a#O",
        r#""a#O": {"type": "operation", "traits": {"smithy.api#endpoint": {"hostPrefix": "a b"}}}"#,
    ),
    (
        Code::InvalidStatusCode,
        "a#E",
        r#""a#E": {"type": "structure", "traits": {"smithy.api#error": "client", "smithy.api#httpError": 500}}"#,
    ),
    (
        Code::InvalidEnum,
        "a#E",
        r#""a#E": {"type": "enum", "members": {"A": {"target": "smithy.api#Unit"}, "B": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "A"}}}}"#,
    ),
    (
        Code::InvalidEnum,
        "a#E$A",
        r#""a#E": {"type": "intEnum", "members": {"A": {"target": "smithy.api#Unit"}}}"#,
    ),
    (
        Code::InvalidEnum,
        "a#E",
        r#""a#E": {"type": "string", "traits": {"smithy.api#enum": [{"value": "?"}, {"value": "?"}]}}"#,
    ),
    (Code::EmptyShape, "a#U", r#""a#U": {"type": "union"}"#),
    (
        Code::EmptyShape,
        "a#E",
        r#""a#E": {"type": "enum", "members": {}}"#,
    ),
    (
        Code::InvalidRecursion,
        "a#L",
        r#""a#L": {"type": "list", "member": {"target": "a#L"}}"#,
    ),
    (
        Code::InvalidRecursion,
        "a#S",
        r#""a#S": {"type": "structure", "members": {"m": {"target": "a#S", "traits": {"smithy.api#required": {}}}}}"#,
    ),
    (
        Code::InvalidRecursion,
        "a#U",
        r#""a#U": {"type": "union", "members": {"m": {"target": "a#U"}}}"#,
    ),
    (
        Code::InvalidConstraint,
        "a#S",
        r#""a#S": {"type": "string", "traits": {"smithy.api#length": {"min": 2, "max": 1}}}"#,
    ),
    (
        Code::InvalidConstraint,
        "a#N",
        r#""a#N": {"type": "integer", "traits": {"smithy.api#range": {"min": 0.5}}}"#,
    ),
    (
        Code::InvalidStreaming,
        "a#S$m",
        r#""a#S": {"type": "structure", "members": {"m": {"target": "a#B"}}}, "a#B": {"type": "blob", "traits": {"smithy.api#streaming": {}}}"#,
    ),
    (
        Code::InvalidStreaming,
        "a#L$member",
        r#""a#L": {"type": "list", "member": {"target": "a#B"}}, "a#B": {"type": "blob", "traits": {"smithy.api#streaming": {}}}"#,
    ),
    (
        Code::InvalidResource,
        "a#R",
        r#""a#R": {"type": "resource", "identifiers": {"id": {"target": "smithy.api#String"}}, "properties": {"Id": {"target": "smithy.api#String"}}}"#,
    ),
    (
        Code::InvalidResource,
        "a#C",
        r#""a#R": {"type": "resource", "identifiers": {"id": {"target": "smithy.api#String"}}, "resources": [{"target": "a#C"}]}, "a#C": {"type": "resource"}"#,
    ),
    (
        Code::InvalidRename,
        "a#S",
        r#""a#S": {"type": "service", "version": "1", "rename": {"a#O": "P"}, "operations": [{"target": "a#O"}]}, "a#O": {"type": "operation"}"#,
    ),
    (
        Code::InvalidRename,
        "a#S",
        r#""a#S": {"type": "service", "version": "1", "rename": {"a#O": "P"}}, "a#O": {"type": "operation"}"#,
    ),
    (
        Code::InvalidAuth,
        "a#S",
        r#""a#S": {"type": "service", "version": "1", "traits": {"smithy.api#httpApiKeyAuth": {"name": "k", "in": "query", "scheme": "A"}}}"#,
    ),
    (
        Code::InvalidAuth,
        "a#O",
        r#""a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}], "traits": {"smithy.api#httpBasicAuth": {}}},
            "a#O": {"type": "operation", "traits": {"smithy.api#auth": ["smithy.api#httpBasicAuth", "smithy.api#httpBearerAuth"]}}"#,
    ),
    (
        Code::InvalidReference,
        "a#M",
        r#""a#M": {"type": "string", "traits": {"smithy.api#references": [{"resource": "a#M"}]}}"#,
    ),
    (
        Code::InvalidReference,
        "a#M",
        r#""a#M": {"type": "structure", "members": {"x": {"target": "smithy.api#String"}},
            "traits": {"smithy.api#references": [{"resource": "a#R", "ids": {"id": "x", "no": "x"}}]}},
            "a#R": {"type": "resource", "identifiers": {"id": {"target": "smithy.api#String"}}}"#,
    ),
    (
        Code::InvalidReference,
        "a#M",
        r#""a#M": {"type": "structure", "members": {"id": {"target": "smithy.api#Blob"}},
            "traits": {"smithy.api#references": [{"resource": "a#R"}, {"resource": "b#Elsewhere"}]}},
            "a#R": {"type": "resource", "identifiers": {"id": {"target": "smithy.api#String"}}}"#,
    ),
    (
        Code::InvalidWaiter,
        "a#O",
        r#""a#O": {"type": "operation", "traits": {"smithy.waiters#waitable": {"ready": {"acceptors": [{"state": "success", "matcher": {"success": true}}]}}}}"#,
    ),
    (
        Code::InvalidWaiter,
        "a#O",
        r#""a#O": {"type": "operation", "traits": {"smithy.waiters#waitable": {"Ready": {"acceptors": [{"state": "retry", "matcher": {"success": true}}]}}}}"#,
    ),
    (
        Code::InvalidWaiter,
        "a#O",
        r#""a#O": {"type": "operation", "traits": {"smithy.waiters#waitable": {"Ready": {"minDelay": 121, "acceptors": [{"state": "success", "matcher": {"success": true}}]}}}}"#,
    ),
    (
        Code::InvalidWaiter,
        "a#O",
        r#""a#O": {"type": "operation", "traits": {"smithy.waiters#waitable": {"Ready": {"acceptors": [{"state": "success", "matcher": {}}]}}}}"#,
    ),
    (
        Code::InvalidWaiter,
        "a#O",
        r#""a#O": {"type": "operation", "traits": {"smithy.waiters#waitable": {"Ready": {"acceptors": [{"state": "success",
            "matcher": {"output": {"path": "x", "expected": "yes", "comparator": "booleanEquals"}}}]}}}}"#,
    ),
    (
        Code::InvalidWaiter,
        "a#P",
        r#""a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}, {"target": "a#P"}]},
            "a#O": {"type": "operation", "traits": {"smithy.waiters#waitable": {"Ready": {"acceptors": [{"state": "success", "matcher": {"success": true}}]}}}},
            "a#P": {"type": "operation", "traits": {"smithy.waiters#waitable": {"READY": {"acceptors": [{"state": "success", "matcher": {"success": true}}]}}}}"#,
    ),
    (
        Code::BadTraitValue,
        "a#O",
        r#""a#O": {"type": "operation", "traits": {"smithy.waiters#waitable": {"Ready": {"acceptors": [{"state": "success", "matcher": {"output": {"path": "x", "comparator": "stringEquals"}}}]}}}}"#,
    ),
    (
        Code::InvalidEvent,
        "a#U",
        r#""a#U": {"type": "union", "members": {"m": {"target": "smithy.api#String"}}, "traits": {"smithy.api#streaming": {}}}"#,
    ),
    (
        Code::InvalidEvent,
        "a#E",
        r#""a#E": {"type": "structure", "members": {"m": {"target": "smithy.api#String"},
            "h": {"target": "smithy.api#String", "traits": {"smithy.api#eventHeader": {}}},
            "p": {"target": "smithy.api#Blob", "traits": {"smithy.api#eventPayload": {}}}}}"#,
    ),
    (
        Code::InvalidContextParam,
        "a#O",
        r#""a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}],
            "traits": {"smithy.rules#clientContextParams": {"p": {"type": "string"}}}},
            "a#O": {"type": "operation", "traits": {"smithy.rules#staticContextParams": {"p": {"value": true}}}}"#,
    ),
    (
        Code::InvalidContextParam,
        "a#O",
        r#""a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}]},
            "a#O": {"type": "operation", "traits": {"smithy.rules#staticContextParams": {"p": {"value": 1}}}}"#,
    ),
    (
        Code::InvalidContextParam,
        "a#I",
        r#""a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}]},
            "a#O": {"type": "operation", "input": {"target": "a#I"}},
            "a#I": {"type": "structure", "members": {
                "x": {"target": "smithy.api#String", "traits": {"smithy.rules#contextParam": {"name": "p"}}},
                "y": {"target": "smithy.api#String", "traits": {"smithy.rules#contextParam": {"name": "p"}}}}}"#,
    ),
    (
        Code::InvalidContextParam,
        "a#I$x",
        r#""a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}],
            "traits": {"smithy.rules#endpointRuleSet": {"parameters": {"p": {"type": "String"}}, "rules": []}}},
            "a#O": {"type": "operation", "input": {"target": "a#I"}},
            "a#I": {"type": "structure", "members": {
                "x": {"target": "smithy.api#Boolean", "traits": {"smithy.rules#contextParam": {"name": "p"}}}}}"#,
    ),
    (
        Code::InvalidExample,
        "a#O",
        r#""a#O": {"type": "operation", "input": {"target": "a#I"},
            "traits": {"smithy.api#examples": [{"title": "t", "input": {"m": [{"m": [], "n": 1}]}}]}},
            "a#I": {"type": "structure", "members": {"m": {"target": "a#L"}}},
            "a#L": {"type": "list", "member": {"target": "a#I"}}"#,
    ),
    (
        Code::RepeatedBinding,
        "a#O",
        r#""a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}], "resources": [{"target": "a#R"}]},
            "a#R": {"type": "resource", "operations": [{"target": "a#O"}]}, "a#O": {"type": "operation"}"#,
    ),
    (
        Code::InvalidResource,
        "a#R",
        r#""a#R": {"type": "resource", "read": {"target": "a#O"}}, "a#O": {"type": "operation"}"#,
    ),
    (
        Code::InvalidResource,
        "a#I",
        r#""a#I": {"type": "structure", "members": {
            "x": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}, "smithy.api#resourceIdentifier": "id"}},
            "y": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}, "smithy.api#resourceIdentifier": "id"}}}}"#,
    ),
    (
        Code::InvalidResource,
        "a#O",
        r#""a#P": {"type": "resource", "identifiers": {"id": {"target": "smithy.api#String"}}, "resources": [{"target": "a#R"}]},
            "a#R": {"type": "resource", "identifiers": {"id": {"target": "smithy.api#String"}, "own": {"target": "smithy.api#String"}},
                "list": {"target": "a#O"}},
            "a#O": {"type": "operation", "traits": {"smithy.api#readonly": {}}}"#,
    ),
    (
        Code::MisplacedTrait,
        "a#O",
        r#""a#O": {"type": "operation", "traits": {"smithy.api#requestCompression": {"encodings": ["gzip"]}}}"#,
    ),
    (
        Code::BadTraitValue,
        "a#O",
        r#""a#O": {"type": "operation", "input": {"target": "a#I"}, "traits": {"smithy.api#requestCompression": {"encodings": ["br"]}}},
            "a#I": {"type": "structure"}"#,
    ),
    (
        Code::MisplacedTrait,
        "a#L",
        r#""a#L": {"type": "list", "member": {"target": "smithy.api#Double"}, "traits": {"smithy.api#uniqueItems": {}}}"#,
    ),
];

/// Codes with tests in other modules: several files in `merging`, mixins in `mixins`, operations and
/// problems of several shapes in `validation`, large inputs in `hostile`.
const ELSEWHERE: &[Code] = &[
    Code::ConflictingDefinitions,
    Code::ConflictingTraitValues,
    Code::ConflictingMetadata,
    Code::MixinCycle,
    Code::InvalidMixin,
    Code::ConflictingMixinMembers,
    Code::TooDeep,
    Code::MixedFiles,
    Code::RepeatedTrait,
    Code::InvalidUri,
    Code::LabelWithoutMember,
    Code::MemberWithoutLabel,
    Code::InvalidLabel,
    Code::DuplicateRoute,
    Code::InvalidPayload,
    Code::InvalidHeader,
    Code::InvalidMethod,
    Code::MissingHttpTrait,
    Code::ConflictingJsonNames,
    Code::ConflictingMemberNames,
    Code::InvalidPagination,
    Code::ConflictingShapeNames,
    Code::InvalidQuery,
    Code::MisusedMessage,
    Code::TooLarge,
];

#[test]
fn problems_of_files() {
    for (code, text, place) in FILES {
        let (sources, loaded) = load_texts(&[text]);
        let found: Vec<_> = loaded
            .diagnostics
            .iter()
            .map(|d| (d.code, sources.place(d.span.unwrap())))
            .collect();
        assert_eq!(found, [(*code, (*place).to_owned())], "{text}");
    }
}

#[test]
fn problems_of_shapes() {
    for (code, shape, shapes) in SHAPES {
        let (sources, loaded) =
            load_texts(&[&format!(r#"{{"smithy": "2.0", "shapes": {{{shapes}}}}}"#)]);
        let found: Vec<_> = loaded
            .diagnostics
            .iter()
            .map(|d| (d.code, d.shape.as_ref().map_or("", |id| id.as_str())))
            .collect();
        assert_eq!(
            found,
            [(*code, *shape)],
            "{shapes}\n{:#?}",
            summary(&sources, &loaded)
        );
    }
}

#[test]
fn every_code_of_this_crate_has_a_case() {
    let here = FILES.iter().chain(SHAPES).map(|(code, ..)| *code);
    let tested: BTreeSet<Code> = here.chain(ELSEWHERE.iter().copied()).collect();
    let all: BTreeSet<Code> = Code::ALL
        .iter()
        .copied()
        .filter(|code| code.id() < "E0200")
        .collect();
    assert_eq!(tested, all);
}

#[test]
fn diagnostics_have_a_help_and_a_severity() {
    let (_, loaded) = load_texts(&[
        r#"{"smithy": "2.0", "shapes": {"a#Tenant": {"type": "string", "traits": {"b#t": 1}},
        "a#L": {"type": "list", "member": {"target": "a#Tennant"}}}}"#,
    ]);
    let found: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|d| (d.severity, d.help.as_deref().unwrap()))
        .collect();
    assert_eq!(found[0].0, Severity::Warning);
    assert_eq!(found[1], (Severity::Error, "did you mean `a#Tenant`?"));
    assert!(!loaded.is_ok());
}

#[test]
fn a_broken_shape_is_not_reported_as_missing() {
    let (sources, loaded) = load_texts(&[
        r#"{"smithy": "2.0", "shapes": {"a#S": {"type": "structure", "members": 1},
        "a#L": {"type": "list", "member": {"target": "a#S"}}}}"#,
    ]);
    assert_eq!(
        loaded.diagnostics.len(),
        1,
        "{:?}",
        summary(&sources, &loaded)
    );
}

#[test]
fn an_undefined_trait_is_reported_once() {
    let (_, loaded) = load_texts(&[
        r#"{"smithy": "2.0", "shapes": {"a#S": {"type": "string", "traits": {"b#t": 1}},
        "a#T": {"type": "string", "traits": {"b#t": 1, "aws.future#t": 1, "a#own": 1}},
        "a#own": {"type": "integer", "traits": {"smithy.api#trait": {}}}}}"#,
    ]);
    assert_eq!(
        loaded
            .diagnostics
            .iter()
            .map(|d| d.code)
            .collect::<Vec<_>>(),
        [Code::UndefinedTrait]
    );
}
