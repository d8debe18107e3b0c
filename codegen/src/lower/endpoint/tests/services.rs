//! The rules of real services against the test cases that come with them
//! (`smithy.rules#endpointTests`).

use crate::graph::endpoint::expr::{Expr, Literal, Origin, Part, Ref, Step};
use crate::graph::endpoint::outcome::{AuthScheme, Endpoint, Property};
use crate::graph::endpoint::params::{DefaultValue, Presence};
use crate::graph::endpoint::rule_set::EndpointRules;
use crate::graph::endpoint::rules::{Outcome, Rule};
use crate::graph::endpoint::types::Field;
use crate::lower::endpoint::parse::parse;
use smithy_model::{Node, ShapeId, Value};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

#[derive(Clone, Debug, PartialEq)]
enum Val {
    None,
    Bool(bool),
    Str(String),
    Partition(Node),
}

/// Evaluates rules, as far as the services here need it.
struct Evaluator<'a> {
    partitions: &'a Node,
    parameters: HashMap<String, Val>,
}

type Variables = HashMap<String, Val>;

impl Evaluator<'_> {
    fn rules(&self, rules: &[Rule], variables: &Variables) -> String {
        for rule in rules {
            let mut variables = variables.clone();
            let holds = rule.conditions.iter().all(|condition| {
                let value = self.expr(&condition.expr, &variables);
                let holds = value != Val::None && value != Val::Bool(false);
                condition
                    .assign
                    .iter()
                    .for_each(|assign| drop(variables.insert(assign.name.clone(), value.clone())));
                holds
            });
            if holds {
                return match &rule.outcome {
                    Outcome::Endpoint(endpoint) => self.endpoint(endpoint, &variables),
                    Outcome::Error(error) => format!("error {}", self.string(error, &variables)),
                    Outcome::Tree(rules) => self.rules(rules, &variables),
                };
            }
        }
        "no rule matched".to_owned()
    }

    fn endpoint(&self, endpoint: &Endpoint, variables: &Variables) -> String {
        assert!(
            endpoint.headers.is_empty()
                && endpoint
                    .properties
                    .values()
                    .all(|value| *value == Property::Bool(true))
        );
        let mut text = self.string(&endpoint.url, variables);
        for scheme in &endpoint.auth_schemes {
            let AuthScheme::SigV4 {
                region: Some(region),
                signing,
            } = scheme
            else {
                panic!("{scheme}")
            };
            let name = signing
                .name
                .as_ref()
                .map(|name| self.string(name, variables));
            text += &format!(
                " sigv4 {} {}",
                name.unwrap_or_default(),
                self.string(region, variables)
            );
        }
        text
    }

    fn string(&self, expr: &Expr, variables: &Variables) -> String {
        match self.expr(expr, variables) {
            Val::Str(text) => text,
            other => panic!("{expr} is {other:?}"),
        }
    }

    fn expr(&self, expr: &Expr, variables: &Variables) -> Val {
        let eval = |expr: &Expr| self.expr(expr, variables);
        match expr {
            Expr::Literal(Literal::Bool(value)) => Val::Bool(*value),
            Expr::Literal(Literal::String(value)) => Val::Str(value.raw().to_owned()),
            Expr::Ref(Ref {
                name,
                origin: Origin::Parameter,
                ..
            }) => self.parameters[name].clone(),
            Expr::Ref(Ref {
                name,
                origin: Origin::Variable,
                ..
            }) => variables[name].clone(),
            Expr::Template(parts) => {
                let part = |part: &Part| match part {
                    Part::Text(text) => text.raw().to_owned(),
                    Part::Value(value) => self.string(value, variables),
                };
                Val::Str(parts.iter().map(part).collect())
            }
            Expr::IsSet(value) => Val::Bool(eval(value) != Val::None),
            Expr::Not(value) => Val::Bool(eval(value) == Val::Bool(false)),
            Expr::BooleanEquals(a, b) | Expr::StringEquals(a, b) => Val::Bool(eval(a) == eval(b)),
            Expr::Partition(region) => {
                Val::Partition(self.partition(&self.string(region, variables)).clone())
            }
            Expr::GetAttr { of, path } => match (eval(of), path.as_slice()) {
                (Val::Partition(partition), [Step::Field(field)]) => attribute(&partition, *field),
                other => panic!("{expr} of {other:?}"),
            },
            other => panic!("no service here uses {other}"),
        }
    }

    fn partition(&self, region: &str) -> &Node {
        let partitions = self
            .partitions
            .get("partitions")
            .and_then(Node::as_array)
            .expect("partitions");
        let found = partitions.iter().find(|partition| {
            partition
                .get("regions")
                .expect("regions")
                .get(region)
                .is_some()
        });
        found
            .or(partitions.first())
            .and_then(|partition| partition.get("outputs"))
            .expect("outputs")
    }
}

fn attribute(partition: &Node, field: Field) -> Val {
    match &partition
        .get(field.name())
        .expect("a field of a partition")
        .value
    {
        Value::Bool(value) => Val::Bool(*value),
        Value::String(value) => Val::Str(value.clone()),
        other => panic!("{other:?}"),
    }
}

fn run(rules: &EndpointRules, partitions: &Node, given: Option<&Node>) -> String {
    let mut parameters = HashMap::new();
    for parameter in rules.parameters.values() {
        let value = match (
            given.and_then(|given| given.get(&parameter.name)),
            &parameter.presence,
        ) {
            (
                Some(Node {
                    value: Value::Bool(value),
                    ..
                }),
                _,
            ) => Val::Bool(*value),
            (
                Some(Node {
                    value: Value::String(value),
                    ..
                }),
                _,
            ) => Val::Str(value.clone()),
            (None, Presence::Default(DefaultValue::Bool(value))) => Val::Bool(*value),
            (None, Presence::Optional) => Val::None,
            other => panic!("{other:?}"),
        };
        parameters.insert(parameter.rust_name.clone(), value);
    }
    Evaluator {
        partitions,
        parameters,
    }
    .rules(&rules.rules, &HashMap::new())
}

fn expected(expect: &Node) -> String {
    let text = |node: &Node, key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
    let Some(endpoint) = expect.get("endpoint") else {
        return format!("error {}", text(expect, "error").expect("an error"));
    };
    let mut result = text(endpoint, "url").expect("a URL");
    let schemes = endpoint
        .get("properties")
        .and_then(|properties| properties.get("authSchemes"));
    for scheme in schemes.and_then(Node::as_array).unwrap_or_default() {
        for key in ["name", "signingName", "signingRegion"] {
            result += &format!(" {}", text(scheme, key).expect(key));
        }
    }
    result
}

/// Checks the rules of a model. Returns how many test cases there are, and how many expect no
/// dual-stack endpoints in partitions that have got them since.
fn check(path: &Path, partitions: &Node) -> (usize, usize) {
    let model =
        crate::lower::endpoint::tests::node(&std::fs::read_to_string(path).expect("a model"));
    let shapes = model
        .get("shapes")
        .and_then(Node::as_object)
        .expect("shapes");
    let mut counts = (0, 0);
    for (id, shape) in shapes {
        let traits = shape.node.get("traits");
        let Some(rules) = traits.and_then(|traits| traits.get("smithy.rules#endpointRuleSet"))
        else {
            continue;
        };
        let rules = parse(rules, &ShapeId::parse(id).expect("an id"))
            .unwrap_or_else(|found| panic!("{id}: {found:?}"));
        let tests = traits.and_then(|traits| traits.get("smithy.rules#endpointTests"));
        let cases = tests
            .and_then(|tests| tests.get("testCases"))
            .and_then(Node::as_array)
            .unwrap_or_default();
        for case in cases {
            let actual = run(&rules, partitions, case.get("params"));
            let expected = expected(case.get("expect").expect("an expectation"));
            let region = case
                .get("params")
                .and_then(|given| given.get("Region"))
                .and_then(Node::as_str);
            let iso = region.is_some_and(|region| region.contains("-iso"));
            counts.0 += 1;
            let dual_stack = expected.starts_with("error") && expected.contains("DualStack");
            if iso && dual_stack && actual.starts_with("https://") {
                counts.1 += 1;
            } else {
                assert_eq!(actual, expected, "{id} {case}");
            }
        }
    }
    counts
}

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn services_resolve_as_their_models_expect() {
    let data = Path::new(env!("REFERENCE_DATA"));
    let partitions = std::fs::read_to_string(data.join("partitions.json")).expect("partitions");
    let partitions = crate::lower::endpoint::tests::node(&partitions);
    let models = |folder: &str| {
        let entries = std::fs::read_dir(data.join(folder)).expect(folder);
        entries
            .map(|entry| entry.expect(folder).path())
            .collect::<Vec<PathBuf>>()
    };
    let mut total = (0, 0);
    for path in models("services")
        .into_iter()
        .chain(models("appfabric/smithy"))
    {
        let counts = check(&path, &partitions);
        total = (total.0 + counts.0, total.1 + counts.1);
    }
    for service in models("services-botocore") {
        for version in std::fs::read_dir(service).expect("versions") {
            let path = version
                .expect("a version")
                .path()
                .join("endpoint-rule-set-1.json");
            let rules = crate::lower::endpoint::tests::node(
                &std::fs::read_to_string(&path).expect("rules"),
            );
            parse(&rules, &crate::lower::endpoint::tests::service())
                .unwrap_or_else(|found| panic!("{}: {found:?}", path.display()));
        }
    }
    println!(
        "{} cases hold, {} expect no dual-stack in an ISO partition",
        total.0 - total.1,
        total.1
    );
    assert!(total.0 > 1000 && total.1 * 10 < total.0, "{total:?}");
}
