//! Checks of several shapes: operations with their messages, services with their closures.

use crate::common::{load_shapes, summary};
use smithy_model::{Code, Severity};

/// Returns a member of a structure, from its name, its target in the prelude, and its traits in
/// `smithy.api`.
fn member(name: &str, target: &str, traits: &str) -> String {
    let target = if target.contains('#') {
        target.to_owned()
    } else {
        format!("smithy.api#{target}")
    };
    format!(
        r#""{name}": {{"target": "{target}", "traits": {{{}}}}}"#,
        expand(traits)
    )
}

/// `@required` becomes `"smithy.api#required": {}`, `@jsonName="x"` becomes `"smithy.api#jsonName":
/// "x"`.
fn expand(traits: &str) -> String {
    let expanded =
        traits
            .split_whitespace()
            .map(|part| match part.trim_start_matches('@').split_once('=') {
                Some((name, value)) => format!(r#""smithy.api#{name}": {value}"#),
                None => format!(r#""smithy.api#{}": {{}}"#, part.trim_start_matches('@')),
            });
    expanded.collect::<Vec<_>>().join(",")
}

/// Returns a service with one operation whose input, output and error have these members.
fn operation(traits: &str, input: &[String], output: &[String], error: &[String]) -> String {
    format!(
        r#""a#Service": {{"type": "service", "version": "1", "operations": [{{"target": "a#Op"}}]}},
        "a#Op": {{"type": "operation", "input": {{"target": "a#In"}}, "output": {{"target": "a#Out"}},
            "errors": [{{"target": "a#Err"}}], "traits": {{{}}}}},
        "a#In": {{"type": "structure", "members": {{{}}}}},
        "a#Out": {{"type": "structure", "members": {{{}}}}},
        "a#Err": {{"type": "structure", "members": {{{}}}, "traits": {{"smithy.api#error": "client"}}}},
        "a#Map": {{"type": "map", "key": {{"target": "smithy.api#String"}}, "value": {{"target": "smithy.api#String"}}}},
        "a#List": {{"type": "list", "member": {{"target": "smithy.api#String"}}}}"#,
        expand(traits),
        input.join(","),
        output.join(","),
        error.join(",")
    )
}

fn http(uri: &str) -> String {
    format!(r#"@http={{"method":"GET","uri":"{uri}"}}"#)
}

#[track_caller]
fn expect(shapes: &str, expected: &[(Code, &str)]) {
    let (sources, loaded) = load_shapes(&[shapes]);
    let found: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|d| (d.code, d.shape.as_ref().map_or("", |id| id.as_str())))
        .collect();
    assert_eq!(found, expected, "{:#?}", summary(&sources, &loaded));
}

/// Expects one diagnostic.
#[track_caller]
fn expect_one(shapes: &str, severity: Severity, code: Code, shape: &str) {
    expect(shapes, &[(code, shape)]);
    assert_eq!(load_shapes(&[shapes]).1.diagnostics[0].severity, severity);
}

#[test]
fn a_model_with_every_binding_is_valid() {
    let input = [
        member("id", "String", "@httpLabel @required"),
        member("path", "String", "@httpLabel @required"),
        member("page", "Integer", r#"@httpQuery="page""#),
        member("tags", "a#List", r#"@httpQuery="tag""#),
        member("more", "a#Map", "@httpQueryParams"),
        member("when", "Timestamp", r#"@httpHeader="If-Modified-Since""#),
        member("meta", "a#Map", r#"@httpPrefixHeaders="x-meta-""#),
        member("body", "Blob", "@httpPayload"),
    ];
    let output = [
        member("code", "Integer", "@httpResponseCode"),
        member("name", "String", ""),
    ];
    expect(
        &operation(&http("/a/{id}/{path+}?b=c"), &input, &output, &[]),
        &[],
    );
}

#[test]
fn uris_methods_and_codes_are_checked() {
    let one = |traits: &str| operation(traits, &[], &[], &[]);
    expect(&one(&http("a")), &[(Code::InvalidUri, "a#Op")]);
    expect(
        &one(r#"@http={"method":"G/ET","uri":"/"}"#),
        &[(Code::InvalidMethod, "a#Op")],
    );
    expect(
        &one(r#"@http={"method":"GET","uri":"/","code":99}"#),
        &[(Code::InvalidStatusCode, "a#Op")],
    );
}

/// Smithy calls all of these `DANGER`. AWS License Manager has the first.
#[test]
fn a_redirect_as_a_client_error_is_only_a_warning() {
    let error = |kind: &str, code: u16| {
        format!(
            r#""a#E": {{"type": "structure", "traits": {{"smithy.api#error": "{kind}", "smithy.api#httpError": {code}}}}}"#
        )
    };
    expect_one(
        &error("client", 308),
        Severity::Warning,
        Code::InvalidStatusCode,
        "a#E",
    );
    for (kind, code) in [
        ("client", 200),
        ("client", 500),
        ("server", 308),
        ("server", 404),
    ] {
        expect_one(
            &error(kind, code),
            Severity::Error,
            Code::InvalidStatusCode,
            "a#E",
        );
    }
}

/// A resource may bind one operation in several ways, even twice in a list: Smithy counts the shapes
/// that bind it.
#[test]
fn one_shape_may_bind_an_operation_twice() {
    let both = r#""a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}, {"target": "a#O"}],
        "resources": [{"target": "a#R"}]},
        "a#R": {"type": "resource", "identifiers": {"id": {"target": "smithy.api#String"}},
            "put": {"target": "a#Put"}, "operations": [{"target": "a#Put"}], "traits": {"smithy.api#noReplace": {}}},
        "a#O": {"type": "operation"},
        "a#Put": {"type": "operation", "input": {"target": "a#I"}, "traits": {"smithy.api#idempotent": {}}},
        "a#I": {"type": "structure", "members": {"id": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}}}}"#;
    expect(both, &[]);
}

#[test]
fn patterns_must_be_regular_expressions() {
    let with = |pattern: &str| {
        format!(r#""a#T": {{"type": "string", "traits": {{"smithy.api#pattern": "{pattern}"}}}}"#)
    };
    expect(&with("^(?!aws:)[a-z]+$"), &[]);
    expect_one(
        &with("^(a$"),
        Severity::Error,
        Code::InvalidConstraint,
        "a#T",
    );
}

#[test]
fn unknown_properties_of_the_service_trait_are_accepted() {
    let service = |value: &str| {
        format!(
            r#""a#S": {{"type": "service", "version": "1", "traits": {{"aws.api#service": {value}}}}}"#
        )
    };
    expect(&service(r#"{"sdkId": "S", "whateverComesNext": "x"}"#), &[]);
    expect_one(
        &service(r#"{"sdkID": "S"}"#),
        Severity::Error,
        Code::BadTraitValue,
        "a#S",
    );
}

#[test]
fn labels_and_members_must_match() {
    let with = |uri: &str, members: &[String]| operation(&http(uri), members, &[], &[]);
    expect(&with("/{id}", &[]), &[(Code::LabelWithoutMember, "a#Op")]);
    expect(
        &with("/{id}", &[member("id", "String", "@required")]),
        &[(Code::LabelWithoutMember, "a#Op")],
    );
    expect(
        &with("/", &[member("id", "String", "@httpLabel @required")]),
        &[(Code::MemberWithoutLabel, "a#Op")],
    );
    expect(
        &with("/{id}", &[member("id", "String", "@httpLabel")]),
        &[(Code::InvalidLabel, "a#In$id")],
    );
    expect(
        &with("/{id+}", &[member("id", "Integer", "@httpLabel @required")]),
        &[(Code::InvalidLabel, "a#In$id")],
    );
    expect(
        &with("/{id}", &[member("id", "Blob", "@httpLabel @required")]),
        &[(Code::MisplacedTrait, "a#In$id")],
    );
}

#[test]
fn headers_and_queries_must_be_distinct() {
    let with = |members: &[String]| operation(&http("/"), members, &[], &[]);
    let header =
        |name: &str, header: &str| member(name, "String", &format!(r#"@httpHeader="{header}""#));
    expect(
        &with(&[header("a", "a:b")]),
        &[(Code::InvalidHeader, "a#In$a")],
    );
    expect(
        &with(&[header("a", "X-A"), header("b", "x-a")]),
        &[(Code::InvalidHeader, "a#In")],
    );
    let prefix = member("p", "a#Map", r#"@httpPrefixHeaders="x-""#);
    expect(
        &with(&[header("a", "X-A"), prefix]),
        &[(Code::InvalidHeader, "a#In$a")],
    );
    expect(
        &with(&[member("p", "a#List", r#"@httpPrefixHeaders="x-""#)]),
        &[(Code::MisplacedTrait, "a#In$p")],
    );
    expect(
        &with(&[member("q", "String", "@httpQueryParams")]),
        &[(Code::MisplacedTrait, "a#In$q")],
    );
    expect(
        &with(&[member("q", "a#Map", r#"@httpQuery="q""#)]),
        &[(Code::MisplacedTrait, "a#In$q")],
    );
    let both = member("q", "String", r#"@httpQuery="q" @httpHeader="q""#);
    expect(&with(&[both]), &[(Code::ConflictingTraits, "a#In$q")]);
}

#[test]
fn payloads_exclude_other_body_members() {
    let payload = |name: &str| member(name, "Blob", "@httpPayload");
    let other = || member("other", "String", "");
    let with = |input: &[String], output: &[String], error: &[String]| {
        operation(&http("/"), input, output, error)
    };
    expect(
        &with(&[payload("a"), payload("b")], &[], &[]),
        &[(Code::RepeatedTrait, "a#In")],
    );
    expect(
        &with(&[payload("a"), other()], &[], &[]),
        &[(Code::InvalidPayload, "a#In")],
    );
    expect(
        &with(&[], &[payload("a"), other()], &[]),
        &[(Code::InvalidPayload, "a#Out")],
    );
    expect(
        &with(&[], &[], &[payload("a"), other()]),
        &[(Code::InvalidPayload, "a#Err")],
    );
    // A query parameter is a place in requests, but not in responses.
    let query = || member("q", "String", r#"@httpQuery="q""#);
    expect(&with(&[payload("a"), query()], &[], &[]), &[]);
    expect(
        &with(&[], &[payload("a"), query()], &[]),
        &[(Code::InvalidPayload, "a#Out")],
    );
}

/// Returns a service with two operations that have these traits.
fn two_operations(service: &str, one: &str, two: &str) -> String {
    format!(
        r#""a#Service": {{"type": "service", "version": "1", "traits": {{{service}}},
            "operations": [{{"target": "a#One"}}, {{"target": "a#Two"}}]}},
        "a#One": {{"type": "operation", "input": {{"target": "a#In"}}, "traits": {{{}}}}},
        "a#Two": {{"type": "operation", "input": {{"target": "a#In"}}, "traits": {{{}}}}},
        "a#In": {{"type": "structure", "members": {{{}}}}}"#,
        expand(one),
        expand(two),
        member("id", "String", "@required @httpLabel @hostLabel")
    )
}

#[test]
fn routes_must_differ() {
    let protocol = r#""aws.protocols#restJson1": {}"#;
    let host = r#"@endpoint={"hostPrefix":"{id}."}"#;
    let at = |uri: &str| format!("{} {host}", http(uri));
    expect(
        &two_operations(protocol, &at("/a/{id}"), &at("/b/{id}")),
        &[],
    );
    expect(&two_operations(protocol, &at("/{id}?x"), &at("/{id}")), &[]);
    expect(
        &two_operations(protocol, &at("/a/{id}"), &at("/a/{id}/")),
        &[(Code::DuplicateRoute, "a#Two")],
    );
    let other_host = format!(
        r#"{} @endpoint={{"hostPrefix":"x.{{id}}."}}"#,
        http("/a/{id}")
    );
    expect(&two_operations(protocol, &at("/a/{id}"), &other_host), &[]);
    expect(
        &two_operations(protocol, &at("/a/{id}"), host),
        &[(Code::MissingHttpTrait, "a#Two")],
    );
    expect(&two_operations("", &at("/a/{id}"), host), &[]);
}

#[test]
fn host_labels_need_a_label_in_the_prefix() {
    let with = |prefix: &str, traits: &str| {
        let members = [member("id", "String", traits)];
        operation(
            &format!(r#"@endpoint={{"hostPrefix":"{prefix}"}}"#),
            &members,
            &[],
            &[],
        )
    };
    expect(&with("{id}.", "@required @hostLabel"), &[]);
    expect(
        &with("{id}.", "@required"),
        &[(Code::InvalidHostPrefix, "a#Op")],
    );
    expect(
        &with("x.", "@required @hostLabel"),
        &[(Code::InvalidHostPrefix, "a#Op")],
    );
    expect(
        &with("{id}.", "@hostLabel"),
        &[(Code::MisplacedTrait, "a#In$id")],
    );
}

#[test]
fn pagination_is_checked() {
    let paginated = |value: &str| format!("@paginated={value}");
    let full = r#"{"inputToken":"next","outputToken":"out.next","pageSize":"max","items":"items"}"#;
    let input = [member("next", "String", ""), member("max", "Integer", "")];
    let output = [member("items", "a#List", ""), member("out", "a#Inner", "")];
    let inner = |shapes: String, next: &str| {
        format!(r#"{shapes}, "a#Inner": {{"type": "structure", "members": {{{next}}}}}"#)
    };
    let with = |value: &str, input: &[String], next: &str| {
        inner(
            operation(&paginated(value), input, &output, &[]),
            &member("next", "String", next),
        )
    };
    expect(&with(full, &input, ""), &[]);
    expect(
        &with(full, &input[..1], ""),
        &[(Code::InvalidPagination, "a#Op")],
    );
    expect(
        &with(full, &input, "@required"),
        &[(Code::InvalidPagination, "a#Op")],
    );
    expect(
        &with(r#"{"inputToken":"next"}"#, &input, ""),
        &[(Code::InvalidPagination, "a#Op")],
    );
    expect(
        &with(&full.replace("out.next", "out.no"), &input, ""),
        &[(Code::InvalidPagination, "a#Op")],
    );
    expect(
        &with(&full.replace("\"next\"", "\"next.x\""), &input, ""),
        &[(Code::InvalidPagination, "a#Op")],
    );
}

/// Smithy calls items of another type an `ERROR`. A page size of any type can be sent, so another type
/// is accepted.
#[test]
fn types_of_pagination_members_are_checked() {
    let with = |token: &str, size: &str, items: &str| {
        let input = [member("next", token, ""), member("max", size, "")];
        let output = [member("next", token, ""), member("items", items, "")];
        let keys = r#"{"inputToken":"next","outputToken":"next","pageSize":"max","items":"items"}"#;
        operation(&format!("@paginated={keys}"), &input, &output, &[])
    };
    expect(&with("String", "Integer", "a#Map"), &[]);
    expect(&with("String", "String", "a#List"), &[]);
    expect(&with("String", "Long", "a#List"), &[]);
    expect_one(
        &with("String", "Integer", "String"),
        Severity::Error,
        Code::InvalidPagination,
        "a#Op",
    );
    let tokens = with("a#Map", "Integer", "a#List");
    expect(&tokens, &[(Code::InvalidPagination, "a#Op"); 2]);
    assert!(load_shapes(&[&tokens]).1.is_ok());
}

#[test]
fn names_must_differ_in_more_than_case() {
    let structure = |members: &[String]| {
        format!(
            r#""a#S": {{"type": "structure", "members": {{{}}}}}"#,
            members.join(",")
        )
    };
    let json = [
        member("a", "String", r#"@jsonName="b""#),
        member("b", "String", ""),
    ];
    expect(&structure(&json), &[(Code::ConflictingJsonNames, "a#S")]);
    let swapped = [
        member("a", "String", r#"@jsonName="b""#),
        member("b", "String", r#"@jsonName="a""#),
    ];
    expect(&structure(&swapped), &[]);
    let case = [member("a", "String", ""), member("A", "String", "")];
    let both = |code, ids: [&'static str; 2]| ids.map(|id| (code, id));
    expect(
        &structure(&case),
        &both(Code::ConflictingMemberNames, ["a#S$a", "a#S$A"]),
    );
    expect(
        r#""a#S": {"type": "string"}, "a#s": {"type": "string"}"#,
        &both(Code::ConflictingShapeNames, ["a#S", "a#s"]),
    );
}

#[test]
fn query_parameters_must_be_distinct() {
    let query =
        |name: &str, query: &str| member(name, "String", &format!(r#"@httpQuery="{query}""#));
    let with = |uri: &str, members: &[String]| operation(&http(uri), members, &[], &[]);
    expect(&with("/", &[query("a", "q"), query("b", "Q")]), &[]);
    expect(
        &with("/", &[query("a", "q"), query("b", "q")]),
        &[(Code::InvalidQuery, "a#In")],
    );
    expect(
        &with("/?q=1", &[query("a", "q")]),
        &[(Code::InvalidQuery, "a#In")],
    );
    let status = [member("code", "Integer", "@httpResponseCode")];
    expect(&with("/", &status), &[]);
    let marked = with("/", &status).replace(
        r#""a#In": {"#,
        r#""a#In": {"traits": {"smithy.api#input": {}}, "#,
    );
    expect(&marked, &[(Code::MisplacedTrait, "a#In$code")]);
}

#[test]
fn host_prefixes_are_checked() {
    let with = |prefix: &str| {
        let members = [member("id", "String", "@required @hostLabel")];
        operation(
            &format!(r#"@endpoint={{"hostPrefix":"{prefix}"}}"#),
            &members,
            &[],
            &[],
        )
    };
    for good in ["{id}.", "a-{id}", "{id}.b.", "x.{id}.y-"] {
        expect(&with(good), &[]);
    }
    let long = format!("{{id}}.{}.", "a".repeat(64));
    for bad in ["{id}.{id}.", ".{id}", "-{id}.", "{id}..a.", &long] {
        expect(&with(bad), &[(Code::InvalidHostPrefix, "a#Op")]);
    }
}

#[test]
fn payload_types_depend_on_the_protocol() {
    let with = |target: &str, protocol: &str| {
        let service = format!(r#""version": "1", "traits": {{{protocol}}}"#);
        operation(
            &http("/"),
            &[member("body", target, "@httpPayload")],
            &[],
            &[],
        )
        .replace(r#""version": "1""#, &service)
    };
    let rest = r#""aws.protocols#restJson1": {}"#;
    for good in ["Blob", "String", "Document", "a#Err"] {
        expect(&with(good, rest), &[]);
    }
    for bad in ["a#List", "a#Map", "Integer"] {
        expect(&with(bad, rest), &[(Code::InvalidPayload, "a#In$body")]);
        expect(&with(bad, ""), &[]);
    }
}

#[test]
fn inputs_and_outputs_belong_to_one_operation() {
    let marked = |shape: &str, id: &str| {
        let shapes = two_operations("", "", "").replace(
            &format!(r#""{shape}": {{"#),
            &format!(r#""{shape}": {{"traits": {{"smithy.api#{id}": {{}}}}, "#),
        );
        shapes.replace("@required @httpLabel @hostLabel", "")
    };
    let code = Code::MisusedMessage;
    let found = |shapes: &str| -> Vec<String> {
        let (_, loaded) = load_shapes(&[shapes]);
        let about = loaded.diagnostics.iter().filter(|d| d.code == code);
        about
            .map(|d| d.shape.as_ref().unwrap().to_string())
            .collect()
    };
    assert_eq!(found(&marked("a#In", "input")), ["a#In"]);
    assert_eq!(found(&marked("a#In", "output")), ["a#One", "a#Two"]);
    let member = format!(
        r#"{}, "a#S": {{"type": "structure", "members": {{"m": {{"target": "a#In"}}}}}}"#,
        marked("a#In", "input")
    );
    assert_eq!(found(&member), ["a#In", "a#S$m"]);
}

/// Returns a service whose closure has shapes of the same name in two namespaces.
fn twins(kind: &str, rename: &str) -> String {
    let inputs = [member("x", "a#Twin", ""), member("y", "b#Twin", "")];
    format!(
        r#"{}, "a#Twin": {{{kind}}}, "b#Twin": {{{kind}}}"#,
        operation("", &inputs, &[], &[]).replace(
            r#""version": "1""#,
            &format!(r#""version": "1", "rename": {{{rename}}}"#)
        )
    )
}

#[test]
fn names_in_a_service_must_be_distinct() {
    let structure = r#""type": "structure""#;
    expect(
        &twins(structure, ""),
        &[(Code::ConflictingShapeNames, "b#Twin")],
    );
    expect(&twins(structure, r#""b#Twin": "Other""#), &[]);
    expect(
        &twins(structure, r#""b#Twin": "Op""#),
        &[(Code::ConflictingShapeNames, "a#Op")],
    );
    expect(&twins(r#""type": "string""#, ""), &[]);
    expect(
        &twins(
            r#""type": "list", "member": {"target": "smithy.api#String"}"#,
            "",
        ),
        &[],
    );
}

#[test]
fn finite_recursion_is_valid() {
    for shapes in [
        r#""a#S": {"type": "structure", "members": {"m": {"target": "a#S"}}}"#,
        r#""a#S": {"type": "structure", "members": {"m": {"target": "a#L", "traits": {"smithy.api#required": {}}}}},
            "a#L": {"type": "list", "member": {"target": "a#S"}}"#,
        r#""a#U": {"type": "union", "members": {"m": {"target": "a#U"}, "n": {"target": "smithy.api#String"}}}"#,
    ] {
        expect(shapes, &[]);
    }
}
