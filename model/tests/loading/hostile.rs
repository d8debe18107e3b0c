//! Input that nobody writes by hand: an answer, not a panic.

use crate::common::{load_shapes, load_texts};
use smithy_model::Code;

#[test]
fn endless_nesting() {
    let text =
        format!(r#"{{"smithy": "2", "metadata": {{"x": {}{}}}}}"#, "[".repeat(300_000), "]".repeat(300_000));
    assert_eq!(load_texts(&[&text]).1.diagnostics[0].code, Code::TooDeep);
}

#[test]
fn every_prefix_of_a_file() {
    let text = r#"{"smithy": "2.0", "metadata": {"a": [1.5e3, null]}, "shapes": {"a#B": {"type": "structure",
        "members": {"c": {"target": "smithy.api#Ünit\u00e9"}}, "traits": {"smithy.api#tags": ["\ud83d\ude00"]}}}}"#;
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        let (_, loaded) = load_texts(&[&text[..end]]);
        assert_eq!(loaded.diagnostics[0].code, Code::MalformedJson, "{end}");
    }
}

#[test]
fn every_value_replaced() {
    // Where a value is expected, something of each other kind is put.
    let shapes = r#""a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}], "rename": {"a#I": "J"}},
        "a#O": {"type": "operation", "input": {"target": "a#I"}, "traits": {"smithy.api#http": {"method": "GET", "uri": "/{b}", "code": 200}}},
        "a#I": {"type": "structure", "members": {"b": {"target": "smithy.api#String", "traits": {"smithy.api#httpLabel": {}, "smithy.api#required": {}}}}}"#;
    let starts = shapes.match_indices(": ").map(|(at, _)| at + 2);
    for start in starts {
        for replacement in ["null", "1", "\"x\"", "[]", "{}", "[[]]", r#"{"target": {}}"#] {
            let end = value_end(shapes, start);
            let (_, loaded) = load_shapes(&[&format!("{}{replacement}{}", &shapes[..start], &shapes[end..])]);
            let malformed = loaded.diagnostics.iter().any(|d| d.code == Code::MalformedJson);
            assert!(!malformed, "{start} {replacement}: the test itself went wrong");
        }
    }
}

/// Where the JSON value that starts at a byte ends; the text has no brackets in strings but those of the label.
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
fn long_chains() {
    let count = 3000;
    let lists: Vec<String> = (0..count)
        .map(|i| format!(r#""a#L{i}": {{"type": "list", "member": {{"target": "a#L{}"}}}}"#, i + 1))
        .chain([format!(r#""a#L{count}": {{"type": "string"}}"#)])
        .collect();
    assert!(load_shapes(&[&lists.join(",")]).1.is_ok());
    let mixins: Vec<String> = (0..count)
        .map(|i| format!(r#""a#M{i}": {{"type": "string", "traits": {{"smithy.api#mixin": {{}}}}, "mixins": [{{"target": "a#M{}"}}]}}"#, i + 1))
        .chain([format!(r#""a#M{count}": {{"type": "string", "traits": {{"smithy.api#mixin": {{}}}}}}"#)])
        .collect();
    assert!(load_shapes(&[&mixins.join(",")]).1.is_ok());
}

#[test]
fn many_unknown_names() {
    let lists: Vec<String> = (0..4000)
        .map(|i| format!(r#""a#List{i}": {{"type": "list", "member": {{"target": "a#Lost{i}"}}}}"#))
        .collect();
    let (_, loaded) = load_shapes(&[&lists.join(",")]);
    assert_eq!(loaded.diagnostics.len(), 4000);
    const DEFINE: &str = "define it, or add the file that does to `--model`";
    // Looking for what was meant is too slow to do it for all.
    assert!(loaded.diagnostics.iter().filter(|d| d.help.as_deref() != Some(DEFINE)).count() <= 100);
}
