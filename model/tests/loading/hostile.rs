//! Hostile input is loaded or rejected in a short time, without a panic.

use crate::common::{load_shapes, load_texts, summary};
use smithy_model::Code;

#[test]
fn deep_nesting_is_rejected() {
    let text = format!(
        r#"{{"smithy": "2", "metadata": {{"x": {}{}}}}}"#,
        "[".repeat(300_000),
        "]".repeat(300_000)
    );
    assert_eq!(load_texts(&[&text]).1.diagnostics[0].code, Code::TooDeep);
}

#[test]
fn every_prefix_of_a_file_is_rejected() {
    let text = r#"{"smithy": "2.0", "metadata": {"a": [1.5e3, null]}, "shapes": {"a#B": {"type": "structure",
        "members": {"c": {"target": "smithy.api#Ünit\u00e9"}}, "traits": {"smithy.api#tags": ["\ud83d\ude00"]}}}}"#;
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        let (_, loaded) = load_texts(&[&text[..end]]);
        assert_eq!(loaded.diagnostics[0].code, Code::MalformedJson, "{end}");
    }
}

#[test]
fn any_value_in_any_position_loads_or_is_rejected() {
    // Where a value is expected, something of each other kind is put.
    let shapes = r#""a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}], "rename": {"a#I": "J"}},
        "a#O": {"type": "operation", "input": {"target": "a#I"}, "traits": {"smithy.api#http": {"method": "GET", "uri": "/{b}", "code": 200}}},
        "a#I": {"type": "structure", "members": {"b": {"target": "smithy.api#String", "traits": {"smithy.api#httpLabel": {}, "smithy.api#required": {}}}}}"#;
    let starts = shapes.match_indices(": ").map(|(at, _)| at + 2);
    for start in starts {
        for replacement in [
            "null",
            "1",
            "\"x\"",
            "[]",
            "{}",
            "[[]]",
            r#"{"target": {}}"#,
        ] {
            let end = value_end(shapes, start);
            let (_, loaded) = load_shapes(&[&format!(
                "{}{replacement}{}",
                &shapes[..start],
                &shapes[end..]
            )]);
            let malformed = loaded
                .diagnostics
                .iter()
                .any(|d| d.code == Code::MalformedJson);
            assert!(
                !malformed,
                "{start} {replacement}: the test itself went wrong"
            );
        }
    }
}

/// Returns the end of the JSON value that starts at a byte. The only brackets in strings are those of
/// the label.
fn value_end(text: &str, start: usize) -> usize {
    let mut depth = 0;
    let mut quoted = false;
    for (at, c) in text[start..].char_indices() {
        match c {
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted && depth == 0 => return start + at,
            '}' | ']' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => return start + at,
            _ => {}
        }
    }
    text.len()
}

#[test]
fn long_chains_of_shapes_load() {
    let count = 3000;
    let lists: Vec<String> = (0..count)
        .map(|i| {
            format!(
                r#""a#L{i}": {{"type": "list", "member": {{"target": "a#L{}"}}}}"#,
                i + 1
            )
        })
        .chain([format!(r#""a#L{count}": {{"type": "string"}}"#)])
        .collect();
    assert!(load_shapes(&[&lists.join(",")]).1.is_ok());
    let mixins: Vec<String> = (0..count)
        .map(|i| format!(r#""a#M{i}": {{"type": "string", "traits": {{"smithy.api#mixin": {{}}}}, "mixins": [{{"target": "a#M{}"}}]}}"#, i + 1))
        .chain([format!(r#""a#M{count}": {{"type": "string", "traits": {{"smithy.api#mixin": {{}}}}}}"#)])
        .collect();
    assert!(load_shapes(&[&mixins.join(",")]).1.is_ok());
}

/// Returns a chain of structures, or a cycle if `end` is the first one. Each member has these traits.
/// `reverse` sorts each structure after the one that it targets.
fn chain(count: usize, end: &str, traits: &str, reverse: bool) -> String {
    let name = |i: usize| format!("a#C{:06}", if reverse { count - i } else { i });
    let shapes = (0..count).map(|i| {
        let target = if i + 1 < count { name(i + 1) } else { end.replace("first", &name(0)) };
        format!(
            r#""{}": {{"type": "structure", "members": {{"m": {{"target": "{target}", "traits": {{{traits}}}}}}}}}"#,
            name(i)
        )
    });
    shapes.collect::<Vec<_>>().join(",")
}

/// Quadratic time would take minutes, and recursion would overflow the stack.
#[test]
fn long_chains_of_structures_load() {
    const REQUIRED: &str = r#""smithy.api#required": {}"#;
    let count = 10_000;
    for reverse in [false, true] {
        for traits in ["", REQUIRED] {
            assert!(
                load_shapes(&[&chain(count, "smithy.api#String", traits, reverse)])
                    .1
                    .is_ok()
            );
        }
        assert!(
            load_shapes(&[&chain(count, "first", "", reverse)])
                .1
                .is_ok()
        );
        let (sources, loaded) = load_shapes(&[&chain(count, "first", REQUIRED, reverse)]);
        assert_eq!(loaded.diagnostics.len(), count);
        // Diagnostics stay short, and their places are found fast although the file is one line.
        assert!(
            loaded
                .diagnostics
                .iter()
                .all(|d| d.code == Code::InvalidRecursion && d.message.len() < 400)
        );
        assert_eq!(summary(&sources, &loaded).len(), count);
    }
}

#[test]
fn long_cycles_of_lists_are_rejected() {
    let count = 10_000;
    let lists = |end: usize| -> Vec<String> {
        let next = |i| if i + 1 < count { i + 1 } else { end };
        let list = |i| {
            format!(
                r#""a#L{i}": {{"type": "list", "member": {{"target": "a#L{}"}}}}"#,
                next(i)
            )
        };
        (0..count).map(list).collect()
    };
    assert_eq!(
        load_shapes(&[&lists(0).join(",")]).1.diagnostics.len(),
        count
    );
    // The others only lead there.
    assert_eq!(
        load_shapes(&[&lists(count - 2).join(",")])
            .1
            .diagnostics
            .len(),
        2
    );
}

#[test]
fn wide_shapes_load() {
    let member = |i: usize, traits: &str| {
        format!(r#""m{i}": {{"target": "smithy.api#String", "traits": {{{traits}}}}}"#)
    };
    let members = |traits: &dyn Fn(usize) -> String| -> String {
        (0..10_000)
            .map(|i| member(i, &traits(i)))
            .collect::<Vec<_>>()
            .join(",")
    };
    let label = |_| r#""smithy.api#httpLabel": {}, "smithy.api#required": {}"#.to_owned();
    let uri: String = (0..10_000).map(|i| format!("/{{m{i}}}")).collect();
    let shapes = format!(
        r#""a#O": {{"type": "operation", "input": {{"target": "a#Labels"}},
            "traits": {{"smithy.api#http": {{"method": "GET", "uri": "{uri}"}}}}}},
        "a#Labels": {{"type": "structure", "members": {{{}}}}},
        "a#Headers": {{"type": "structure", "members": {{{}}}}},
        "a#Queries": {{"type": "structure", "members": {{{}}}}},
        "a#Union": {{"type": "union", "members": {{{}}}}}"#,
        members(&label),
        members(&|i| format!(r#""smithy.api#httpHeader": "x-{i}""#)),
        members(&|i| format!(r#""smithy.api#httpQuery": "q{i}""#)),
        members(&|i| format!(r#""smithy.api#jsonName": "j{i}""#)),
    );
    let (sources, loaded) = load_shapes(&[&shapes]);
    assert!(loaded.is_ok(), "{:?}", summary(&sources, &loaded));
}

#[test]
fn many_mixins_load() {
    let mixin = |i: usize, mixins: &str| {
        format!(
            r#""a#M{i}": {{"type": "structure", "members": {{"m{i}": {{"target": "smithy.api#String"}}}},
                "traits": {{"smithy.api#mixin": {{}}}}, "mixins": [{mixins}]}}"#
        )
    };
    let target = |i: usize| format!(r#"{{"target": "a#M{i}"}}"#);
    // Each uses the two before it: without remembering, as many ways as Fibonacci's numbers.
    let tangled: Vec<String> = (0..300)
        .map(|i: usize| {
            mixin(
                i,
                &(i.saturating_sub(2)..i)
                    .map(target)
                    .collect::<Vec<_>>()
                    .join(","),
            )
        })
        .collect();
    let (sources, loaded) = load_shapes(&[&tangled.join(",")]);
    assert!(loaded.is_ok(), "{:?}", summary(&sources, &loaded));
    assert_eq!(loaded.model.shapes["a#M299"].members().count(), 300);
    let wide: Vec<String> = (0..1000).map(|i| mixin(i, "")).collect();
    let all = (0..1000).map(target).collect::<Vec<_>>().join(",");
    let user = format!(r#""a#User": {{"type": "structure", "mixins": [{all}]}}"#);
    let (_, loaded) = load_shapes(&[&wide.join(","), &user]);
    assert_eq!(loaded.model.shapes["a#User"].members().count(), 1000);
}

#[test]
fn many_unknown_names_are_rejected_in_time() {
    let lists: Vec<String> = (0..4000)
        .map(|i| format!(r#""a#List{i}": {{"type": "list", "member": {{"target": "a#Lost{i}"}}}}"#))
        .collect();
    let (_, loaded) = load_shapes(&[&lists.join(",")]);
    assert_eq!(loaded.diagnostics.len(), 4000);
    const DEFINE: &str = "define it, or pass the file that defines it with `--model`";
    // The effort for suggestions is limited.
    assert!(
        loaded
            .diagnostics
            .iter()
            .filter(|d| d.help.as_deref() != Some(DEFINE))
            .count()
            <= 100
    );
}

#[test]
fn models_beyond_the_limits_are_rejected() {
    let services = |count: usize| -> String {
        let service = |i| format!(r#""a#S{i:03}": {{"type": "service", "version": "1"}}"#);
        (0..count).map(service).collect::<Vec<_>>().join(",")
    };
    assert!(load_shapes(&[&services(100)]).1.is_ok());
    let (_, loaded) = load_shapes(&[&services(101)]);
    assert_eq!(
        loaded
            .diagnostics
            .iter()
            .map(|d| d.code)
            .collect::<Vec<_>>(),
        [Code::TooLarge]
    );

    // Each mixin has all that those before it have. The first that is too much is named, and
    // nothing else is said.
    let mixin = |i: usize| {
        let before = i
            .checked_sub(1)
            .map(|i| format!(r#"{{"target": "a#M{i}"}}"#))
            .unwrap_or_default();
        format!(
            r#""a#M{i}": {{"type": "structure", "members": {{"m{i}": {{"target": "smithy.api#String"}}}},
                "traits": {{"smithy.api#mixin": {{}}}}, "mixins": [{before}]}}"#
        )
    };
    let mixins: Vec<String> = (0..1_000).map(mixin).collect();
    let (_, loaded) = load_shapes(&[&mixins.join(",")]);
    assert_eq!(
        loaded
            .diagnostics
            .iter()
            .map(|d| d.code)
            .collect::<Vec<_>>(),
        [Code::TooLarge]
    );
    let named = loaded.diagnostics[0].shape.as_ref().unwrap();
    assert!(loaded.model.shape(named).is_none(), "{named}");
    assert!(loaded.model.shapes.len() > 100);
}

#[test]
fn long_names_are_rejected_and_shortened() {
    let id = |length: usize| format!("a#{}", "x".repeat(length - 2));
    let shape = |id: &str| format!(r#""{id}": {{"type": "string"}}"#);
    assert!(load_shapes(&[&shape(&id(1_000))]).1.is_ok());
    let (_, loaded) = load_shapes(&[&shape(&id(1_001))]);
    assert_eq!(loaded.diagnostics[0].code, Code::InvalidShapeId);
    assert!(
        loaded.diagnostics[0]
            .message
            .ends_with("has more than 1000 bytes"),
        "{}",
        loaded.diagnostics[0].message
    );
    let member = format!(
        r#""a#S": {{"type": "structure", "members": {{"{}": {{"target": "smithy.api#String"}}}}}}"#,
        "x".repeat(1_001)
    );
    assert_eq!(
        load_shapes(&[&member]).1.diagnostics[0].code,
        Code::InvalidShapeId
    );
}

/// Prelude shapes are not in a file, so their diagnostics have the position of the shape that uses
/// them.
#[test]
fn any_prelude_shape_as_any_target_has_positioned_diagnostics() {
    let shapes = r#""a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}], "resources": [{"target": "a#R"}],
            "errors": [{"target": "a#E"}]},
        "a#R": {"type": "resource", "identifiers": {"id": {"target": "smithy.api#String"}}, "read": {"target": "a#Get"},
            "delete": {"target": "a#Delete"}, "put": {"target": "a#Put"}, "list": {"target": "a#List"},
            "operations": [{"target": "a#Act"}], "resources": [{"target": "a#Child"}]},
        "a#O": {"type": "operation", "input": {"target": "a#I"}, "output": {"target": "a#U"}, "errors": [{"target": "a#E"}]},
        "a#I": {"type": "structure", "members": {"list": {"target": "a#L"}, "map": {"target": "a#M"}}},
        "a#U": {"type": "structure", "members": {"one": {"target": "a#I"}}},
        "a#E": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}},
        "a#L": {"type": "list", "member": {"target": "a#U"}},
        "a#M": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "a#U"}}"#;
    let target = r#"{"target": ""#;
    let starts: Vec<usize> = shapes
        .match_indices(target)
        .map(|(at, _)| at + target.len())
        .collect();
    assert_eq!(starts.len(), 19);
    for start in starts {
        for replacement in [
            "smithy.api#String",
            "smithy.api#Unit",
            "smithy.api#Document",
        ] {
            let end = start + shapes[start..].find('"').unwrap();
            let (sources, loaded) = load_shapes(&[&format!(
                "{}{replacement}{}",
                &shapes[..start],
                &shapes[end..]
            )]);
            let lost = loaded.diagnostics.iter().find(|d| d.span.is_none());
            assert!(
                lost.is_none(),
                "{lost:?} of {:#?}",
                summary(&sources, &loaded)
            );
        }
    }
}

#[test]
fn malformed_request_tests_have_a_limited_size() {
    // A template of a mebibyte for each of 20 cases, and a million empty parameters for each of 1,000.
    let long = "x".repeat(1 << 20);
    let many = "$v:L".repeat(250_000);
    for (body, cases) in [(long, 20), (many, 1_000)] {
        let values = vec!["\"\""; cases].join(",");
        let shapes = format!(
            r#""a#O": {{"type": "operation", "traits": {{
                "smithy.api#http": {{"method": "POST", "uri": "/"}},
                "smithy.test#httpMalformedRequestTests": [{{
                    "id": "Large", "protocol": "aws.protocols#restJson1",
                    "request": {{"method": "POST", "uri": "/", "body": "{body}"}},
                    "response": {{"code": 400}}, "testParameters": {{"v": [{values}]}}
                }}]
            }}}}"#
        );
        let (_, loaded) = load_shapes(&[&shapes]);
        let message =
            "the malformed request test `Large` makes the malformed request tests larger than";
        let first = &loaded.diagnostics[0];
        assert_eq!(first.code, Code::BadTraitValue);
        assert!(first.message.starts_with(message), "{}", first.message);
    }
}
