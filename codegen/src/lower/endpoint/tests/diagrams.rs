//! Decision diagrams: what they become, and what is wrong with them.

use crate::lower::endpoint::parse::parse_bdd;
use crate::lower::endpoint::tests::{node, service};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

const RESULTS: i32 = 100_000_000;

/// A diagram with these nodes after the one that is always there: two flags and a name, and two
/// results.
fn diagram(root: i32, nodes: &[[i32; 3]]) -> String {
    let nodes = [&[[-1, 1, -1]], nodes].concat();
    let bytes: Vec<u8> = nodes
        .iter()
        .flatten()
        .flat_map(|number| number.to_be_bytes())
        .collect();
    format!(
        r#"{{"version": "1.1", "parameters": {{
            "A": {{"type": "boolean", "required": true}}, "B": {{"type": "boolean", "required": true}},
            "Name": {{"type": "string"}}}},
          "conditions": [{{"fn": "booleanEquals", "argv": [{{"ref": "A"}}, true]}},
            {{"fn": "booleanEquals", "argv": [{{"ref": "B"}}, true]}},
            {{"fn": "substring", "argv": [{{"ref": "Name"}}, 0, 1, false], "assign": "start"}}],
          "results": [{{"type": "error", "error": "one"}}, {{"type": "error", "error": "two"}}],
          "root": {root}, "nodeCount": {}, "nodes": "{}"}}"#,
        nodes.len(),
        STANDARD.encode(bytes)
    )
}

fn rules(json: &str) -> String {
    let rules =
        parse_bdd(&node(json), &service()).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let text = rules.to_string();
    let (_, rules) = text.split_once("---\n").unwrap();
    rules
        .lines()
        .map(|line| line.strip_prefix("    ").unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

fn problems(json: &str) -> Vec<String> {
    let problems = parse_bdd(&node(json), &service()).unwrap_err();
    problems
        .into_iter()
        .map(|problem| format!("{}: {}", problem.severity, problem.message))
        .collect()
}

/// The meaning of references, of the specification's *BDD evaluation*: a negative one turns the
/// condition around.
#[test]
fn references_are_followed() {
    let (one, two) = (RESULTS + 1, RESULTS + 2);
    assert_eq!(
        rules(&diagram(2, &[[0, one, two]])),
        "if a:\n    error \"one\"\nerror \"two\""
    );
    assert_eq!(
        rules(&diagram(-2, &[[0, one, two]])),
        "if a:\n    error \"two\"\nerror \"one\""
    );
    // No rule matches: 1, -1 and the result that is not in the list.
    for nothing in [1, -1, RESULTS] {
        assert_eq!(
            rules(&diagram(2, &[[0, one, nothing]])),
            "if a:\n    error \"one\""
        );
    }
    assert_eq!(rules(&diagram(one, &[])), "error \"one\"");
}

/// What two ways share is one rule, where it comes to the same.
#[test]
fn rules_with_the_same_end_are_joined() {
    let (one, two) = (RESULTS + 1, RESULTS + 2);
    let both = diagram(2, &[[0, 3, two], [1, one, two]]);
    assert_eq!(
        rules(&both),
        "if a and b:\n    error \"one\"\nerror \"two\""
    );
    // A condition that decides nothing is none.
    let same = diagram(2, &[[0, 3, 3], [1, one, two]]);
    assert_eq!(rules(&same), "if b:\n    error \"one\"\nerror \"two\"");
}

#[test]
fn errors_are_reported() {
    let one = RESULTS + 1;
    let nowhere = |reference: i32| {
        vec![format!(
            "error: the reference {reference} of the decision diagram has no target"
        )]
    };
    for reference in [0, 9, -9, RESULTS + 3, i32::MIN] {
        assert_eq!(
            problems(&diagram(2, &[[0, one, reference]])),
            nowhere(reference)
        );
    }
    assert_eq!(problems(&diagram(2, &[[7, one, one]])), nowhere(2));
    let circle = "warning: the decision diagram of the endpoint rules is too large for generated code, or has a cycle";
    assert_eq!(problems(&diagram(2, &[[0, 2, one]])), [circle]);
    assert_eq!(
        problems(&diagram(2, &[[2, one, one]])),
        ["error: expected String, found String?"]
    );
    let wrong = diagram(2, &[[0, one, one]]).replace("\"nodeCount\": 2", "\"nodeCount\": 3");
    assert_eq!(
        problems(&wrong),
        ["error: `nodes` does not hold the nodes of a decision diagram"]
    );
    let old = diagram(2, &[[0, one, one]]).replace("1.1", "1.0");
    assert_eq!(
        problems(&old),
        ["error: a decision diagram requires version 1.1 of the rules engine"]
    );
    assert!(
        problems(&diagram(2, &[[0, one, one]]).replace("\"error\": \"one\"", "\"x\": 1"))[0]
            .contains("no `error`")
    );
}
