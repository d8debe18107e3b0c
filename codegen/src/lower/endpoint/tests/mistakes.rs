//! Each kind of mistake once.

use crate::lower::endpoint::parse::parse;
use crate::lower::endpoint::tests::{node, rule_set, service};
use smithy_model::{Code, Severity};

/// What is wrong with a rule set.
fn problems(json: &str) -> Vec<String> {
    let problems = parse(&node(json), &service())
        .map(|rules| rules.to_string())
        .expect_err(json);
    for problem in &problems {
        assert_eq!(
            (problem.code, problem.severity),
            (Code::BadEndpointRules, Severity::Error)
        );
        assert_eq!(problem.shape, Some(service()));
        assert!(
            problem.span.is_some() && problem.help.is_some(),
            "{problem:?}"
        );
    }
    problems
        .into_iter()
        .map(|problem| problem.message)
        .collect()
}

const ERROR: &str = r#""type": "error", "error": "no""#;

#[test]
fn errors_in_conditions_are_reported() {
    let cases = [
        (
            r#"{"fn": "concat", "argv": []}"#,
            "unknown function `concat`",
        ),
        (
            r#"{"fn": "split", "argv": ["a", "b", 0]}"#,
            "`split` requires version 1.1 of the rules engine",
        ),
        (
            r#"{"fn": "not", "argv": []}"#,
            "`not` takes 1 argument, found 0",
        ),
        (
            r#"{"fn": "not", "argv": [true, true]}"#,
            "`not` takes 1 argument, found 2",
        ),
        (
            r#"{"fn": "not", "argv": ["true"]}"#,
            "expected Bool, found String",
        ),
        (
            r#"{"fn": "not", "argv": true}"#,
            "`argv` of a function call is a boolean",
        ),
        (r#"{"fn": "not"}"#, "a function call has no `argv`"),
        (r#"{"argv": []}"#, "a function call has no `fn`"),
        (
            r#"{"fn": "not", "argv": [{"ref": "flag"}]}"#,
            "unknown reference `flag`",
        ),
        (
            r#"{"fn": "isSet", "argv": [{"ref": "Other"}]}"#,
            "unknown reference `Other`",
        ),
        (
            r#"{"fn": "aws.partition", "argv": [{"ref": "Region"}]}"#,
            "expected String, found String?",
        ),
        (
            r#"{"fn": "isSet", "argv": [null]}"#,
            "null is not an expression",
        ),
        (
            r#"{"fn": "isSet", "argv": [["a"]]}"#,
            "an array is not an expression",
        ),
        (
            r#"{"fn": "isSet", "argv": [{"name": "a"}]}"#,
            "an object that is not an expression",
        ),
        (
            r#"{"fn": "isSet", "argv": [1.5]}"#,
            "`1.5` is not a whole number of 32 bits",
        ),
        (
            r#"{"fn": "isSet", "argv": [{"ref": "Name", "of": 1}]}"#,
            "unknown property `of` of a reference",
        ),
        (
            r#"{"fn": "isSet", "argv": ["{Name"]}"#,
            "bad template: a `{` is not closed",
        ),
        (
            r#"{"fn": "isSet", "argv": ["Name}"]}"#,
            "bad template: a `}` has no `{`",
        ),
        (
            r#"{"fn": "isSet", "argv": ["{a b}"]}"#,
            "bad template: `{a b}` is not a parameter or variable",
        ),
        (
            r#"{"fn": "isSet", "argv": ["{Flag}"]}"#,
            "expected String, found Bool",
        ),
        (
            r#"{"fn": "isSet", "argv": ["{Name#x}"]}"#,
            "String has no field `x`",
        ),
        (
            r#"{"fn": "getAttr", "argv": [{"ref": "Name"}, "[0]"]}"#,
            "String has no items",
        ),
        (
            r#"{"fn": "getAttr", "argv": [{"ref": "List"}, "[0].x"]}"#,
            "bad path `[0].x`: an index must end the path",
        ),
        (
            r#"{"fn": "getAttr", "argv": [{"ref": "List"}, "[x]"]}"#,
            "bad path `[x]`: `x` is not an index",
        ),
        (
            r#"{"fn": "getAttr", "argv": [{"ref": "List"}, ""]}"#,
            "bad path ``: `` is not a key",
        ),
        (
            r#"{"fn": "getAttr", "argv": [{"ref": "List"}, "[0"]}"#,
            "bad path `[0`: a `[` is not closed at the end of the path",
        ),
        (
            r#"{"fn": "getAttr", "argv": [{"ref": "List"}, "[-1]"]}"#,
            "a negative index requires version 1.1 of the rules engine",
        ),
        (
            r#"{"fn": "substring", "argv": ["a", -1, 0, true]}"#,
            "`substring` with a negative position",
        ),
        (
            r#"{"fn": "parseURL", "argv": ["a"], "assign": "Name"}"#,
            "variable `Name` conflicts with `Name`",
        ),
        (
            r#"{"fn": "parseURL", "argv": ["a"], "assign": "a-b"}"#,
            "`a-b` is not a variable name",
        ),
        (
            r#"{"fn": "isSet", "argv": ["a"], "asign": "x"}"#,
            "unknown property `asign` of a condition",
        ),
        (r#""isSet""#, "a condition is a string"),
    ];
    for (condition, message) in cases {
        assert_eq!(
            problems(&rule_set("1.0", condition, ERROR)),
            [message],
            "{condition}"
        );
    }
    let cases = [
        (
            r#"{"fn": "split", "argv": ["a", "", 0]}"#,
            "`split` at an empty delimiter",
        ),
        (
            r#"{"fn": "split", "argv": ["a", "-", -1]}"#,
            "`split` with a negative limit",
        ),
        (
            r#"{"fn": "coalesce", "argv": ["a"]}"#,
            "`coalesce` takes at least 2 arguments, found 1",
        ),
        (
            r#"{"fn": "coalesce", "argv": ["a", true]}"#,
            "`coalesce` has arguments of two types: String and Bool",
        ),
        (
            r#"{"fn": "ite", "argv": ["a", 1, 2]}"#,
            "expected Bool, found String",
        ),
        (
            r#"{"fn": "ite", "argv": [true, 1, "a"]}"#,
            "`ite` has arguments of two types: Int and String",
        ),
    ];
    for (condition, message) in cases {
        assert_eq!(
            problems(&rule_set("1.1", condition, ERROR)),
            [message],
            "{condition}"
        );
    }
}

#[test]
fn errors_in_rules_are_reported() {
    let cases = [
        (r#""error": "no""#, "a rule has no `type`"),
        (r#""type": "leaf""#, "unknown rule type `leaf`"),
        (r#""type": "error""#, "an error rule has no `error`"),
        (
            r#""type": "error", "error": true"#,
            "expected String, found Bool",
        ),
        (
            r#""type": "error", "error": "{Region}""#,
            "expected String, found String?",
        ),
        (
            r#""type": "error", "error": "no", "documentation": 1"#,
            "`documentation` is a number",
        ),
        (
            r#""type": "tree", "rules": []"#,
            "a tree rule without rules",
        ),
        (
            r#""type": "tree", "rules": [{"type": "error", "error": "no"}]"#,
            "an error rule has no `conditions`",
        ),
        (
            r#""type": "endpoint", "endpoint": {}"#,
            "an endpoint has no `url`",
        ),
        (
            r#""type": "endpoint", "endpoint": {"url": "a", "header": {}}"#,
            "unknown property `header` of an endpoint",
        ),
        (
            r#""type": "endpoint", "endpoint": {"url": "a", "headers": {"a": "b"}}"#,
            "a header's value is a string",
        ),
        (
            r#""type": "endpoint", "endpoint": {"url": "a", "headers": {"a": [1]}}"#,
            "expected String, found Int",
        ),
        (
            r#""type": "endpoint", "endpoint": {"url": "a", "properties": 1}"#,
            "expected an object, found a number",
        ),
        (
            r#""type": "endpoint", "endpoint": {"url": "a", "properties": {"a": [null]}}"#,
            "null as a property",
        ),
        (
            r#""type": "endpoint", "endpoint": {"url": "a", "properties": {"a": {"ref": "Name"}}}"#,
            "a reference or function call as a property",
        ),
    ];
    for (outcome, message) in cases {
        assert_eq!(
            problems(&rule_set("1.0", "", outcome)),
            [message],
            "{outcome}"
        );
    }
    let cases = [
        (r#"{}"#, "an authentication scheme has no `name`"),
        (
            r#"{"name": "sigv4a"}"#,
            "`sigv4a` has no `signingRegionSet`",
        ),
        (
            r#"{"name": "sigv4", "signingRegion": {"ref": "Name"}}"#,
            "a property of an authentication scheme is an object",
        ),
        (
            r#"{"name": "sigv4", "disableDoubleEncoding": "no"}"#,
            "`disableDoubleEncoding` is a string",
        ),
        (
            r#"{"name": "sigv4"}, {"name": "sigv4"}"#,
            "two authentication schemes `sigv4`",
        ),
    ];
    for (scheme, message) in cases {
        let endpoint = format!(r#"{{"url": "a", "properties": {{"authSchemes": [{scheme}]}}}}"#);
        let outcome = format!(r#""type": "endpoint", "endpoint": {endpoint}"#);
        assert_eq!(
            problems(&rule_set("1.0", "", &outcome)),
            [message],
            "{scheme}"
        );
    }
}

#[test]
fn errors_in_parameters_are_reported() {
    let cases = [
        (r#""a": 1"#, "a parameter is a number"),
        (r#""a": {}"#, "a parameter has no `type`"),
        (r#""a": {"type": "int"}"#, "unknown parameter type `int`"),
        (
            r#""a": {"type": "string", "builtin": "x"}"#,
            "unknown property `builtin` of a parameter",
        ),
        (
            r#""a": {"type": "string", "builtIn": "AWS::Zone"}"#,
            "unknown built-in `AWS::Zone`",
        ),
        (
            r#""a": {"type": "string", "builtIn": "AWS::UseFIPS"}"#,
            "`AWS::UseFIPS` gives Bool, but the parameter is String",
        ),
        (
            r#""a": {"type": "string", "default": true, "required": true}"#,
            "`default` is a boolean",
        ),
        (
            r#""a": {"type": "string", "default": "b"}"#,
            "a parameter with a default that is not required",
        ),
        (
            r#""a": {"type": "string"}, "A": {"type": "string"}"#,
            "parameter `A` differs from `a` only in case",
        ),
        (
            r#""a b": {"type": "string"}"#,
            "`a b` is not a parameter name",
        ),
        (
            r#""a": {"type": "string", "deprecated": true}"#,
            "`deprecated` is a boolean",
        ),
    ];
    for (parameters, message) in cases {
        let rules = format!(r#"[{{"conditions": [], {ERROR}}}]"#);
        let json =
            format!(r#"{{"version": "1.0", "parameters": {{{parameters}}}, "rules": {rules}}}"#);
        assert_eq!(problems(&json), [message], "{parameters}");
    }
}

#[test]
fn each_error_is_reported_once() {
    assert_eq!(problems("[]"), ["a rule set is an array"]);
    let json = r#"{"version": "2.0", "parameters": {"A": {"type": "x"}}, "more": 1, "rules": [
        {"type": "endpoint", "conditions": [
            {"fn": "parseURL", "argv": [{"ref": "A"}], "assign": "url"},
            {"fn": "not", "argv": [{"ref": "url"}]},
            {"fn": "uriEncode", "argv": [1]}], "endpoint": {"url": "{b}"}},
        {"type": "error", "conditions": [], "error": "{url}"}]}"#;
    let expected = [
        "unknown property `more` of a rule set",
        "rules engine version `2.0` is not supported",
        "unknown parameter type `x`",
        "expected String, found Int",
        "unknown reference `b`",
        "unknown reference `url`",
    ];
    assert_eq!(problems(json), expected);
    let json = r#"{"rules": []}"#;
    let expected = [
        "a rule set has no `version`",
        "a rule set has no `parameters`",
        "a rule set without rules",
    ];
    assert_eq!(problems(json), expected);
}
