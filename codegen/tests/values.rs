//! Values of every type at every location. A valid value becomes an expression that compiles and is
//! written as the expected JSON. An invalid value is reported with its shape and path.
//!
//! The model is built from a table of types and a table of locations, and has each type at each
//! location. The tables contain the expected JSON.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;
mod workspace;

use common::{Case, manifest};
use serde_json::{Map, Value, json};
use smithy_codegen::Options;
use smithy_model::{Diagnostic, Sources};
use std::path::PathBuf;
use workspace::Files;

/// A type. The members of this type have its name.
struct Type {
    name: &'static str,
    target: &'static str,
    /// Values in the form of the model, and in the form of the document.
    values: Vec<(Value, Value)>,
    /// An invalid value, with the rest of its path and the message.
    misfit: Option<(Value, &'static str, &'static str)>,
}

fn types() -> Vec<Type> {
    let same = |name, target, values: Vec<Value>, misfit| Type {
        name,
        target,
        values: values
            .into_iter()
            .map(|value| (value.clone(), value))
            .collect(),
        misfit: Some(misfit),
    };
    vec![
        same(
            "boolean",
            "smithy.api#Boolean",
            vec![json!(true), json!(false)],
            (json!("true"), "", "is `\"true\"`, not a boolean"),
        ),
        same(
            "byte",
            "smithy.api#Byte",
            vec![json!(1), json!(-128)],
            (json!(128), "", "is `128`, not a whole number of 8 bits"),
        ),
        same(
            "short",
            "smithy.api#Short",
            vec![json!(1), json!(-32768)],
            (
                json!(32768),
                "",
                "is `32768`, not a whole number of 16 bits",
            ),
        ),
        same(
            "integer",
            "smithy.api#Integer",
            vec![json!(1), json!(i32::MIN)],
            (json!(1.5), "", "is `1.5`, not a whole number of 32 bits"),
        ),
        same(
            "long",
            "smithy.api#Long",
            vec![json!(1), json!(i64::MIN)],
            (json!("1"), "", "is `\"1\"`, not a whole number of 64 bits"),
        ),
        same(
            "float",
            "smithy.api#Float",
            vec![json!(1.5), json!("NaN"), json!("-Infinity")],
            (json!(1e39), "", "is `1e+39`, not a number, `NaN`,"),
        ),
        same(
            "double",
            "smithy.api#Double",
            vec![json!(2), json!("Infinity"), json!(-1e300)],
            (json!("inf"), "", "is `\"inf\"`, not a number, `NaN`,"),
        ),
        same(
            "bigInteger",
            "smithy.api#BigInteger",
            vec![json!(7), json!(12345678901234567890_u64)],
            (json!(1.5), "", "is `1.5`, not a whole number"),
        ),
        same(
            "bigDecimal",
            "smithy.api#BigDecimal",
            vec![json!(7), json!(0.25)],
            (json!("much"), "", "is `\"much\"`, not a number"),
        ),
        same(
            "string",
            "smithy.api#String",
            vec![json!("a"), json!("\"quoted\"\n"), json!("")],
            (json!(1), "", "is `1`, not a string"),
        ),
        Type {
            values: vec![
                (json!("a"), json!("YQ==")),
                (json!("\u{0}\u{e9}"), json!("AMOp")),
            ],
            ..same(
                "blob",
                "smithy.api#Blob",
                Vec::new(),
                (json!(["a"]), "", "is `[\"a\"]`, not a string"),
            )
        },
        Type {
            misfit: None,
            ..same(
                "document",
                "smithy.api#Document",
                vec![
                    json!("a"),
                    json!({"b": [1, 2.5, null, true], "a": {}}),
                    json!(3000000000_u32),
                    json!([]),
                ],
                (json!(null), "", ""),
            )
        },
        Type {
            values: vec![
                (json!("2020-01-01T00:00:00.5Z"), json!(1577836800.5)),
                (json!(-1), json!(-1)),
            ],
            ..same(
                "timestamp",
                "smithy.api#Timestamp",
                Vec::new(),
                (
                    json!("yesterday"),
                    "",
                    "is `\"yesterday\"`, not seconds since 1970, or a date and time",
                ),
            )
        },
        same(
            "structure",
            "example#Node",
            vec![
                json!({"name": "a", "next": {"name": "b"}}),
                json!({"name": "", "choice": {"node": {"name": "c"}}}),
            ],
            (
                json!({"name": "a", "next": {}}),
                ".next.name",
                "is missing, but `example#Node` requires it",
            ),
        ),
        same(
            "empty",
            "example#Empty",
            vec![json!({})],
            (
                json!({"name": 1}),
                ".name",
                "is not a member of `example#Empty`",
            ),
        ),
        same(
            "union",
            "example#Choice",
            vec![
                json!({"text": "a"}),
                json!({"nothing": {}}),
                json!({"more": [{"short": 1}]}),
            ],
            (
                json!({"more": [{"nothing": 1}]}),
                ".more[0].nothing",
                "is `1`, not an object",
            ),
        ),
        same(
            "enum",
            "example#Color",
            vec![json!("RED"), json!("other")],
            (json!(1), "", "is `1`, not a string"),
        ),
        same(
            "intEnum",
            "example#Level",
            vec![json!(1), json!(7)],
            (
                json!("LOW"),
                "",
                "is `\"LOW\"`, not a whole number of 32 bits",
            ),
        ),
        same(
            "enumKeys",
            "example#ByColor",
            vec![json!({"RED": 1, "other": -1}), json!({})],
            (
                json!({"RED": 0.5}),
                "[\"RED\"]",
                "is `0.5`, not a whole number of 16 bits",
            ),
        ),
    ]
}

/// The shapes that the types refer to. They are recursive, so that some members are boxed.
fn named_shapes() -> Value {
    json!({
        "example#Node": {"type": "structure", "members": {
            "name": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}},
            "next": {"target": "example#Node"},
            "choice": {"target": "example#Choice"},
        }},
        "example#Empty": {"type": "structure", "members": {}},
        "example#Choice": {"type": "union", "members": {
            "text": {"target": "smithy.api#String"},
            "short": {"target": "smithy.api#Short"},
            "nothing": {"target": "smithy.api#Unit"},
            "node": {"target": "example#Node"},
            "more": {"target": "example#Choices"},
        }},
        "example#Choices": {"type": "list", "member": {"target": "example#Choice"}},
        "example#Color": {"type": "enum", "members": {
            "RED": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "RED"}},
        }},
        "example#ByColor": {
            "type": "map",
            "key": {"target": "example#Color"},
            "value": {"target": "smithy.api#Short"},
        },
        "example#Level": {"type": "intEnum", "members": {
            "LOW": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 1}},
        }},
    })
}

/// A location of values. An operation has a member of each type at it.
struct Place {
    name: &'static str,
    /// The shape of a member with this name, whose content has this type. It can add shapes.
    target: fn(&Type, &mut Map<String, Value>) -> String,
    /// The value of that member.
    wrap: fn(&Type, Value) -> Value,
    /// The path of the content, relative to the member.
    path: fn(&Type) -> String,
    required: bool,
}

/// Adds a shape of a place, and returns its id.
fn add(shapes: &mut Map<String, Value>, place: &str, ty: &Type, shape: Value) -> String {
    let id = format!("example#{place}Of_{}", ty.name);
    shapes.insert(id.clone(), shape);
    id
}

fn list_of(item: &str, is_sparse: bool) -> Value {
    let traits = if is_sparse {
        json!({"smithy.api#sparse": {}})
    } else {
        json!({})
    };
    json!({"type": "list", "member": {"target": item}, "traits": traits})
}

fn map_of(value: &str, is_sparse: bool) -> Value {
    let traits = if is_sparse {
        json!({"smithy.api#sparse": {}})
    } else {
        json!({})
    };
    json!({"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": value}, "traits": traits})
}

fn places() -> Vec<Place> {
    let optional = Place {
        name: "Optional",
        target: |ty, _| ty.target.to_owned(),
        wrap: |_, value| value,
        path: |_| String::new(),
        required: false,
    };
    vec![
        Place {
            name: "Required",
            required: true,
            ..optional
        },
        Place {
            name: "List",
            target: |ty, shapes| add(shapes, "List", ty, list_of(ty.target, false)),
            wrap: |_, value| json!([value]),
            path: |_| "[0]".to_owned(),
            ..optional
        },
        Place {
            name: "SparseList",
            target: |ty, shapes| add(shapes, "SparseList", ty, list_of(ty.target, true)),
            wrap: |_, value| json!([null, value]),
            path: |_| "[1]".to_owned(),
            ..optional
        },
        Place {
            name: "Map",
            target: |ty, shapes| add(shapes, "Map", ty, map_of(ty.target, false)),
            wrap: |_, value| json!({"a b": value}),
            path: |_| "[\"a b\"]".to_owned(),
            ..optional
        },
        Place {
            name: "SparseMap",
            target: |ty, shapes| add(shapes, "SparseMap", ty, map_of(ty.target, true)),
            wrap: |_, value| json!({"a": null, "b": value}),
            path: |_| "[\"b\"]".to_owned(),
            required: true,
        },
        Place {
            name: "ListOfLists",
            target: |ty, shapes| {
                let inner = add(shapes, "InnerList", ty, list_of(ty.target, false));
                add(shapes, "ListOfLists", ty, list_of(&inner, false))
            },
            wrap: |_, value| json!([[], [value]]),
            path: |_| "[1][0]".to_owned(),
            ..optional
        },
        Place {
            name: "DeepList",
            target: |ty, shapes| {
                let inner = add(shapes, "DeepInner", ty, list_of(ty.target, false));
                let middle = add(shapes, "DeepMap", ty, map_of(&inner, false));
                add(shapes, "DeepList", ty, list_of(&middle, false))
            },
            wrap: |_, value| json!([{}, {"a": []}, {"b": [value]}]),
            path: |_| "[2][\"b\"][0]".to_owned(),
            ..optional
        },
        Place {
            name: "MapOfMaps",
            target: |ty, shapes| {
                let inner = add(shapes, "InnerMap", ty, map_of(ty.target, false));
                add(shapes, "MapOfMaps", ty, map_of(&inner, false))
            },
            wrap: |_, value| json!({"a": {}, "b": {"c": value}}),
            path: |_| "[\"b\"][\"c\"]".to_owned(),
            ..optional
        },
        Place {
            name: "SparseMapOfLists",
            target: |ty, shapes| {
                let inner = add(shapes, "ValueList", ty, list_of(ty.target, false));
                add(shapes, "SparseMapOfLists", ty, map_of(&inner, true))
            },
            wrap: |_, value| json!({"a": [value, value]}),
            path: |_| "[\"a\"][0]".to_owned(),
            ..optional
        },
        Place {
            name: "Variant",
            target: |ty, shapes| {
                let members = json!({ty.name: {"target": ty.target}, "other": {"target": "smithy.api#String"}});
                add(
                    shapes,
                    "Variant",
                    ty,
                    json!({"type": "union", "members": members}),
                )
            },
            wrap: |ty, value| json!({ty.name: value}),
            path: |ty| format!(".{}", ty.name),
            ..optional
        },
        Place {
            name: "Nested",
            target: |ty, shapes| {
                let members = json!({ty.name: {"target": ty.target}});
                add(
                    shapes,
                    "Nested",
                    ty,
                    json!({"type": "structure", "members": members}),
                )
            },
            wrap: |ty, value| json!({ty.name: value}),
            path: |ty| format!(".{}", ty.name),
            required: true,
        },
        optional,
    ]
}

/// The model, with these protocol tests for the operation of each location. Its inputs are also
/// outputs and errors.
fn model(
    requests: impl Fn(&Place) -> Vec<Value>,
    responses: impl Fn(&Place) -> Vec<Value>,
) -> Value {
    let mut shapes = named_shapes().as_object().unwrap().clone();
    let mut operations = Vec::new();
    for place in places() {
        let mut members = Map::new();
        for ty in types() {
            let traits = if place.required {
                json!({"smithy.api#required": {}})
            } else {
                json!({})
            };
            let member = json!({"target": (place.target)(&ty, &mut shapes), "traits": traits});
            members.insert(ty.name.to_owned(), member);
        }
        let id = |what: &str| format!("example#Put{}{what}", place.name);
        for what in ["Input", "Output"] {
            shapes.insert(id(what), json!({"type": "structure", "members": members}));
        }
        let responses = responses(&place);
        let error = json!({"smithy.api#error": "client", "smithy.test#httpResponseTests": as_errors(&id("Error"), &responses)});
        shapes.insert(
            id("Error"),
            json!({"type": "structure", "members": members, "traits": error}),
        );
        let requests = requests(&place);
        let examples = requests
            .iter()
            .map(|test| json!({"title": test["id"], "input": test["params"]}));
        let examples: Vec<Value> = examples.collect();
        let mut traits = json!({
            "smithy.api#http": {"method": "PUT", "uri": format!("/{}", place.name)},
            "smithy.test#httpRequestTests": requests,
            "smithy.test#httpResponseTests": responses,
        });
        if !examples.is_empty() {
            traits["smithy.api#examples"] = examples.into();
        }
        operations.push(json!({"target": id("")}));
        shapes.insert(
            id(""),
            json!({
                "type": "operation",
                "input": {"target": id("Input")},
                "output": {"target": id("Output")},
                "errors": [{"target": id("Error")}],
                "traits": traits,
            }),
        );
    }
    let traits = json!({"aws.protocols#restJson1": {}});
    shapes.insert(
        "example#Example".to_owned(),
        json!({"type": "service", "version": "1", "operations": operations, "traits": traits}),
    );
    json!({"smithy": "2.0", "shapes": shapes})
}

fn as_errors(error: &str, responses: &[Value]) -> Vec<Value> {
    let as_error = |test: &Value| {
        let mut test = test.clone();
        test["code"] = 400.into();
        test["headers"] = json!({"X-Amzn-Errortype": error});
        test
    };
    responses.iter().map(as_error).collect()
}

/// Members with the given values for the types at each index.
fn members(place: &Place, value: impl Fn(&Type) -> Value) -> Value {
    let member = |ty: &Type| (ty.name.to_owned(), (place.wrap)(ty, value(ty)));
    types().iter().map(member).collect::<Map<_, _>>().into()
}

/// The members for each of the values, in the form of the model and in the form of the document.
fn examples(place: &Place) -> Vec<(Value, Value)> {
    let most = types().iter().map(|ty| ty.values.len()).max().unwrap();
    let nth = |ty: &Type, number: usize| ty.values[number % ty.values.len()].clone();
    let example = |number| {
        (
            members(place, |ty| nth(ty, number).0),
            members(place, |ty| nth(ty, number).1),
        )
    };
    (0..most).map(example).collect()
}

fn case(model: &Value, protocol_tests: bool) -> Case {
    let mut sources = Sources::new();
    sources.add("model.json", model.to_string());
    Case {
        name: "values".to_owned(),
        folder: PathBuf::new(),
        sources,
        options: Options {
            crate_name: Some("values".to_owned()),
            protocol_tests,
            manifest: Some(manifest()),
            ..Options::default()
        },
    }
}

#[test]
fn valid_values_are_written_as_json() {
    let id = |place: &Place, number: usize| format!("{}{number}", place.name);
    let requests = |place: &Place| {
        let test = |(number, (params, body)): (usize, (Value, Value))| {
            json!({
                "id": id(place, number), "protocol": "aws.protocols#restJson1",
                "method": "PUT", "uri": format!("/{}", place.name),
                "params": params, "body": body.to_string(), "bodyMediaType": "application/json",
            })
        };
        examples(place).into_iter().enumerate().map(test).collect()
    };
    let responses = |place: &Place| {
        let test = |(number, (params, body)): (usize, (Value, Value))| {
            json!({
                "id": id(place, number), "protocol": "aws.protocols#restJson1", "code": 200,
                "params": params, "body": body.to_string(),
            })
        };
        examples(place).into_iter().enumerate().map(test).collect()
    };
    let generated = case(&model(requests, responses), true).generated();
    assert!(generated.warnings.is_empty(), "{:?}", generated.warnings);
    let mut files = Files::of("values", &["values"]);
    files.put_crate("values", &generated);
    let calls: String = generated
        .files
        .iter()
        .map(|(path, text)| workspace::examples(path, text))
        .collect();
    files.put(
        "values/tests/examples.rs",
        &format!("//! Examples.\n\n#![allow(dead_code)]\n\n{calls}"),
    );
    let results = files
        .finish()
        .cargo(&["test", "--quiet", "--tests"], "RUSTFLAGS");
    let tests: usize = places().iter().map(|place| 3 * examples(place).len()).sum();
    assert!(
        results.contains(&format!(
            "test result: ok. {tests} passed; 0 failed; 0 ignored"
        )),
        "{results}"
    );
}

/// Each test and example of an operation has one invalid value.
#[test]
fn values_of_the_wrong_type_are_reported() {
    let requests = |place: &Place| {
        let test = |ty: &Type| {
            let (misfit, ..) = ty.misfit.clone()?;
            let fitting = |other: &Type| other.values[0].0.clone();
            let params = members(place, |other| match other.name == ty.name {
                true => misfit.clone(),
                false => fitting(other),
            });
            Some(json!({
                "id": ty.name, "protocol": "aws.protocols#restJson1",
                "method": "PUT", "uri": "/", "params": params,
            }))
        };
        types().iter().filter_map(test).collect()
    };
    let model = model(requests, |_| Vec::new());
    let problems = case(&model, true).generate().unwrap_err();
    let warnings = case(&model, false).generated().warnings;
    for place in places() {
        for ty in types() {
            let Some((_, path, says)) = ty.misfit else {
                continue;
            };
            let path = format!(".{}{}{path}", ty.name, (place.path)(&ty));
            let shape = format!("example#Put{}", place.name);
            let start = format!("protocol test `{}` does not fit its shape: ", ty.name);
            expect(&problems, &shape, &start, &format!("`params{path}` {says}"));
            // Validation reports unknown members of examples.
            if !says.contains("is not a member of") {
                let start = format!("the example \"{}\" is left out: ", ty.name);
                expect(&warnings, &shape, &start, &format!("`input{path}` {says}"));
            }
        }
    }
}

/// A diagnostic of a shape has this prefix, followed by this text.
fn expect(found: &[Diagnostic], shape: &str, start: &str, expected: &str) {
    let of_shape = |problem: &&Diagnostic| {
        problem.span.is_some()
            && problem
                .shape
                .as_ref()
                .is_some_and(|id| id.as_str() == shape)
    };
    let messages = found
        .iter()
        .filter(of_shape)
        .filter_map(|problem| problem.message.strip_prefix(start));
    let messages: Vec<&str> = messages.collect();
    assert!(
        messages.iter().any(|message| message.starts_with(expected)),
        "{shape}: {start}{expected}, but {messages:#?}"
    );
}
