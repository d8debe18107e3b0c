//! Rule sets of our own, with everything that rules can say.

mod diagrams;
mod mistakes;
mod services;

use crate::lower::endpoint::parse::parse;
use smithy_model::{Node, ShapeId, Sources};

/// Reads JSON.
fn node(json: &str) -> Node {
    let mut sources = Sources::new();
    let id = sources.add("rules.json", json);
    Node::parse(&sources, id).expect("JSON")
}

fn service() -> ShapeId {
    ShapeId::parse("example#Service").expect("a shape id")
}

/// A rule set of one rule, with parameters of every type.
fn rule_set(version: &str, conditions: &str, outcome: &str) -> String {
    format!(
        r#"{{"version": "{version}",
            "parameters": {{
                "Region": {{"type": "string"}}, "Flag": {{"type": "boolean", "required": true}},
                "Name": {{"type": "string", "required": true}}, "List": {{"type": "stringArray", "required": true}}}},
            "rules": [{{"conditions": [{conditions}], {outcome}}}]}}"#
    )
}

/// Every function, every outcome, and the types that follow from them.
const ALL: &str = r#"{"version": "1.1", "parameters": {
    "Region": {"type": "String", "builtIn": "AWS::Region", "documentation": "Where  to go."},
    "UseFIPS": {"type": "boolean", "builtIn": "AWS::UseFIPS", "required": true, "default": false},
    "Ids": {"type": "stringArray", "default": ["a"], "required": true},
    "type": {"type": "string", "required": true, "deprecated": {"since": "2024-01-01", "message": "Use\nRegion."}}},
  "rules": [{"type": "tree", "conditions": [{"fn": "isSet", "argv": [{"ref": "Region"}]}], "rules": [
    {"type": "endpoint", "documentation": "ARNs.", "conditions": [
      {"fn": "aws.partition", "argv": ["{Region}"], "assign": "part"},
      {"fn": "aws.parseArn", "argv": [{"ref": "type"}], "assign": "arn"},
      {"fn": "getAttr", "argv": [{"ref": "arn"}, "resourceId[-1]"], "assign": "last_id"},
      {"fn": "booleanEquals", "argv": [false, {"fn": "getAttr", "argv": [{"ref": "part"}, "supportsFIPS"]}]},
      {"fn": "booleanEquals", "argv": [{"ref": "UseFIPS"}, {"fn": "isSet", "argv": [{"ref": "last_id"}]}]},
      {"fn": "not", "argv": [{"fn": "stringEquals", "argv": ["{arn#region}", ""]}]}],
     "endpoint": {"url": "https://{{{last_id}.{part#dnsSuffix}",
      "headers": {"x-id": ["{type}", "b"]},
      "properties": {"authSchemes": [
        {"name": "sigv4", "signingName": "s3", "signingRegion": "{Region}", "disableDoubleEncoding": true},
        {"name": "sigv4a", "signingRegionSet": ["*"], "disableNormalizePath": true, "beta": 1},
        {"name": "sigv4-s3express"}, {"name": "bearer", "a": "b"}], "metadata": {"deep": ["{Region}", true]}}}},
    {"type": "tree", "conditions": [{"fn": "parseURL", "argv": [{"ref": "Region"}], "assign": "url"}], "rules": [
      {"type": "endpoint", "conditions": [], "endpoint": {"url": {"fn": "getAttr", "argv": [{"ref": "url"}, "scheme"]}}}]},
    {"type": "tree", "conditions": [], "rules": [
      {"type": "error", "error": "a \"{type}\"", "conditions": [
        {"fn": "substring", "argv": [{"ref": "Region"}, 0, 4, false], "assign": "head"},
        {"fn": "split", "argv": [{"ref": "head"}, "-", 0], "assign": "parts"},
        {"fn": "coalesce", "argv": [{"fn": "getAttr", "argv": [{"ref": "parts"}, "[0]"]}, "-"], "assign": "first"},
        {"fn": "ite", "argv": [{"ref": "UseFIPS"}, {"ref": "first"}, ""], "assign": "either"},
        {"fn": "isValidHostLabel", "argv": [{"ref": "either"}, true]},
        {"fn": "aws.isVirtualHostableS3Bucket", "argv": [{"fn": "uriEncode", "argv": [{"ref": "either"}]}, false]}]}]}]}]}"#;

const ALL_PRINTED: &str = r#"endpoint rules 1.1
    region: String? (Region from AWS::Region)  # Where to go.
    use_fips: Bool = false (UseFIPS from AWS::UseFIPS)
    ids: [String] = ["a"] (Ids)
    r#type: String (type, deprecated since 2024-01-01: Use Region.)
    ---
    if is_set(region):
        # ARNs.
        if let part: Partition = partition(region)
            and let arn: Arn = parse_arn(r#type)
            and let last_id: String = arn.resource_id[-1]
            and not part.supports_fips
            and use_fips == is_set(last_id)
            and not (arn.region == ""):
            endpoint "https://{{{last_id}.{part.dns_suffix}"
                auth sigv4 region region name "s3" without double encoding
                auth sigv4a regions ["*"] without path normalization beta 1
                auth sigv4-s3express
                auth bearer a "b"
                header x-id: r#type, "b"
                property metadata: {deep: [region, true]}
        if let url: Url = parse_url(region):
            endpoint url.scheme
        if let head: String = substring(region, 0, 4, false)
            and let parts: [String] = split(head, "-", 0)
            and let first: String = coalesce(parts[0], "-")
            and let either: String = ite(use_fips, first, "")
            and is_valid_host_label(either, true)
            and is_virtual_hostable_s3_bucket(uri_encode(either), false):
            error "a \"{r#type}\""
"#;

#[test]
fn everything_is_typed_and_printed() {
    let rules = parse(&node(ALL), &service()).expect("rules");
    assert_eq!(rules.to_string(), ALL_PRINTED);
}

/// AWS's rule sets of 2022 and early 2023 ask for the partition of a region that is optional, and
/// never whether there is one; one of them calls its version 1.3.
#[test]
fn an_optional_region_used_as_required_is_checked() {
    let conditions = r#"{"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "part"}"#;
    let outcome =
        r#""type": "endpoint", "endpoint": {"url": "https://a.{Region}.{part#dnsSuffix}"}"#;
    let region = r#""Region": {"type": "string""#;
    let built_in = format!("{region}, \"builtIn\": \"AWS::Region\"");
    for version in ["1.0", "1.3"] {
        let old = rule_set(version, conditions, outcome).replace(region, &built_in);
        let printed = parse(&node(&old), &service()).expect("rules").to_string();
        assert!(
            printed.contains("    region: String (Region from AWS::Region)\n"),
            "{printed}"
        );
    }
    // Where the rules ask whether there is a region, or do not use it so, it stays optional.
    let asked = format!(r#"{{"fn": "isSet", "argv": [{{"ref": "Region"}}]}}, {conditions}"#);
    for (conditions, outcome) in [
        (asked.as_str(), outcome),
        ("", r#""type": "error", "error": "no""#),
    ] {
        let rules = rule_set("1.0", conditions, outcome).replace(region, &built_in);
        let printed = parse(&node(&rules), &service()).expect("rules").to_string();
        assert!(printed.contains("    region: String? (Region"), "{printed}");
    }
}

#[test]
fn only_rules_without_effect_are_removed() {
    let flag = r#"{"fn": "booleanEquals", "argv": [{"ref": "Flag"}, true]}"#;
    let leaf = |conditions: &str| {
        format!(r#"{{"type": "error", "conditions": [{conditions}], "error": "no"}}"#)
    };
    let tree = |conditions: &str, rules: &str| {
        format!(r#"{{"type": "tree", "conditions": [{conditions}], "rules": [{rules}]}}"#)
    };
    let documented = tree("", &leaf(flag)).replacen('{', r#"{"documentation": "why","#, 1);
    let cases = [
        (tree("", &tree("", &leaf(flag))), "if flag: error no"),
        (tree(flag, &tree("", &leaf(""))), "if flag: error no"),
        (tree(flag, &leaf(flag)), "if flag: if flag: error no"),
        (
            format!("{}, {}", tree("", &leaf(flag)), leaf("")),
            "if flag: error no",
        ),
        (
            format!("{}, {}", leaf(flag), leaf("")),
            "if flag: error no error no",
        ),
        (documented, "# why always: if flag: error no"),
    ];
    for (inner, expected) in cases {
        let outer = rule_set("1.0", "", &format!(r#""type": "tree", "rules": [{inner}]"#));
        let printed = parse(&node(&outer), &service()).expect("rules").to_string();
        let words: Vec<&str> = printed
            .split_once("---")
            .expect("rules")
            .1
            .split_whitespace()
            .collect();
        assert_eq!(words.join(" ").replace('"', ""), expected, "{inner}");
    }
}
