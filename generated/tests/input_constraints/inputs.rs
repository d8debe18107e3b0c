//! Inputs that the model allows and forbids.

use crate::http;
use regex::Regex;
use serde_json::{Map, Value, json};

/// The error of a forbidden input.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Refusal {
    /// It violates a constraint.
    Constraint,
    /// It does not match the type of a member.
    Type,
}

/// A forbidden value, with a description.
type Forbidden = (String, Refusal, Value);

/// Texts, of which one matches each pattern of the model.
const TEXTS: [&str; 5] = [
    "arn:aws:appfabric:us-east-1:123456789012:appbundle/b",
    "01234567-89ab-cdef-0123-456789abcdef",
    "user@example.com",
    "https://example.com/path?a=b",
    "name",
];

/// The inputs of an operation.
pub(crate) struct Inputs<'m> {
    model: &'m Value,
    input: &'m str,
}

impl<'m> Inputs<'m> {
    pub(crate) fn of(model: &'m Value, operation: &str) -> Self {
        let input = http::operation(model, operation)["input"]["target"]
            .as_str()
            .unwrap();
        Self { model, input }
    }

    /// A random input that the model allows.
    pub(crate) fn random(&self, seed: u64) -> Value {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        self.allowed(self.input, &json!({}), &mut random)
    }

    /// Inputs with one forbidden value each.
    pub(crate) fn forbidden(&self) -> Vec<Forbidden> {
        // With all members.
        let mut whole = Random(u64::MAX);
        let base = self.allowed(self.input, &json!({}), &mut whole);
        let mut inputs = Vec::new();
        for (name, member) in self.members(self.input) {
            let traits = &member["traits"];
            let is_label = traits.get("smithy.api#httpLabel").is_some();
            let is_query = traits.get("smithy.api#httpQuery").is_some();
            if traits.get("smithy.api#required").is_some() && !is_label {
                inputs.push(without(&base, name));
            }
            for (what, refusal, value) in self.forbidden_values(member) {
                // An empty label is another path, and an empty list no parameter. Text has only the
                // types that can be parsed from it.
                let is_bound = is_label || is_query;
                let is_absent = value == "" && is_label || value == json!([]);
                let is_parsed = self.kind(member["target"].as_str().unwrap()) == "integer"
                    && !value.is_array()
                    && !value.is_object();
                let is_typed = matches!(refusal, Refusal::Type) && !is_parsed;
                if is_bound && (is_absent || is_typed) {
                    continue;
                }
                let mut input = base.clone();
                input[name] = value;
                inputs.push((format!("{name}: {what}"), refusal, input));
            }
        }
        inputs
    }

    fn members(&self, id: &str) -> Vec<(&'m str, &'m Value)> {
        let members = self.model["shapes"][id]["members"].as_object();
        members
            .into_iter()
            .flatten()
            .map(|(name, member)| (name.as_str(), member))
            .collect()
    }

    /// A trait of a member or of its target.
    fn constraint<'a>(&'a self, id: &str, traits: &'a Value, name: &str) -> Option<&'a Value> {
        let name = format!("smithy.api#{name}");
        traits
            .get(&name)
            .or_else(|| self.model["shapes"][id]["traits"].get(&name))
    }

    fn bounds(&self, id: &str, traits: &Value, name: &str) -> (Option<i64>, Option<i64>) {
        let bounds = self.constraint(id, traits, name);
        let bound = |key: &str| bounds.and_then(|bounds| bounds[key].as_i64());
        (bound("min"), bound("max"))
    }

    fn pattern(&self, id: &str, traits: &Value) -> Option<Regex> {
        let pattern = self.constraint(id, traits, "pattern")?.as_str().unwrap();
        Some(Regex::new(pattern).unwrap())
    }

    fn kind(&self, id: &str) -> &str {
        match id.strip_prefix("smithy.api#") {
            Some("Integer" | "PrimitiveInteger") => "integer",
            Some("Boolean") => "boolean",
            Some("Timestamp") => "timestamp",
            Some("String") => "string",
            Some(other) => panic!("add smithy.api#{other}"),
            None => self.model["shapes"][id]["type"].as_str().unwrap(),
        }
    }

    fn allowed(&self, id: &str, traits: &Value, random: &mut Random) -> Value {
        match self.kind(id) {
            "string" => json!(self.allowed_text(id, traits, random)),
            "enum" => {
                let members = self.members(id);
                members[random.below(members.len())].1["traits"]["smithy.api#enumValue"].clone()
            }
            "integer" => {
                let (min, max) = self.bounds(id, traits, "range");
                let (min, max) = (min.unwrap_or(-5), max.unwrap_or(5));
                json!(
                    min + i64::try_from(random.below(usize::try_from(max - min + 1).unwrap()))
                        .unwrap()
                )
            }
            "timestamp" => json!("2026-01-02T03:04:05Z"),
            "boolean" => json!(random.below(2) == 0),
            "list" => {
                let (min, max) = self.bounds(id, traits, "length");
                let min = usize::try_from(min.unwrap_or(0)).unwrap().max(1);
                let count = min + random.below(2);
                let count = max.map_or(count, |max| count.min(usize::try_from(max).unwrap()));
                let member = &self.model["shapes"][id]["member"];
                (0..count)
                    .map(|_| self.allowed_member(member, random))
                    .collect()
            }
            "structure" => {
                let members = self.members(id).into_iter();
                let given = members.filter(|(_, member)| {
                    member["traits"].get("smithy.api#required").is_some() || random.below(2) == 0
                });
                let given: Vec<_> = given.collect();
                let members = given.into_iter();
                let members = members
                    .map(|(name, member)| (name.to_owned(), self.allowed_member(member, random)));
                Value::Object(members.collect::<Map<_, _>>())
            }
            "union" => {
                let members = self.members(id);
                let (name, member) = members[random.below(members.len())];
                json!({ name: self.allowed_member(member, random) })
            }
            other => panic!("add {other}"),
        }
    }

    fn allowed_member(&self, member: &Value, random: &mut Random) -> Value {
        self.allowed(
            member["target"].as_str().unwrap(),
            &member["traits"],
            random,
        )
    }

    fn allowed_text(&self, id: &str, traits: &Value, random: &mut Random) -> String {
        let (min, max) = self.bounds(id, traits, "length");
        if let Some(pattern) = self.pattern(id, traits) {
            let matching: Vec<&&str> = TEXTS.iter().filter(|text| pattern.is_match(text)).collect();
            assert!(!matching.is_empty(), "add a text for {pattern}");
            return (*matching[random.below(matching.len())]).to_owned();
        }
        let (min, max) = (min.unwrap_or(0).max(1), max.unwrap_or(20));
        let lengths = [min, max, (min + max) / 2, min + 1];
        let length = lengths[random.below(4)].min(max);
        ["x", "é", "👍"][random.below(3)].repeat(usize::try_from(length).unwrap())
    }

    /// Values that the model forbids for a member.
    fn forbidden_values(&self, member: &Value) -> Vec<Forbidden> {
        let (id, traits) = (member["target"].as_str().unwrap(), &member["traits"]);
        let mut random = Random(1);
        let mut values = Vec::new();
        let mut add = |what: &str, refusal: Refusal, value: Value| {
            values.push((what.to_owned(), refusal, value))
        };
        for value in [
            json!(1),
            json!(true),
            json!("x"),
            json!([]),
            json!({}),
            json!([null]),
            json!(1.5),
        ] {
            let fits = match self.kind(id) {
                "string" | "enum" => value.is_string(),
                "integer" => value.is_i64(),
                "boolean" => value.is_boolean(),
                "timestamp" => false,
                "list" => value == json!([]),
                _ => value == json!({}) && self.kind(id) == "structure",
            };
            if !fits {
                add(&format!("type {value}"), Refusal::Type, value);
            }
        }
        match self.kind(id) {
            "string" => {
                let (min, max) = self.bounds(id, traits, "length");
                if min.is_some_and(|min| min > 0) {
                    add("length 0", Refusal::Constraint, json!(""));
                }
                if let Some(max) = max {
                    let long = "x".repeat(usize::try_from(max + 1).unwrap());
                    add("length beyond max", Refusal::Constraint, json!(long));
                }
                for text in ["x", "X-Y", " ", "\n", "arn:", "HTTP://x", "@"] {
                    if self
                        .pattern(id, traits)
                        .is_some_and(|pattern| !pattern.is_match(text))
                    {
                        add(
                            &format!("pattern {text:?}"),
                            Refusal::Constraint,
                            json!(text),
                        );
                    }
                }
            }
            "enum" => {
                add("enum", Refusal::Constraint, json!("not in the model"));
                add("enum", Refusal::Constraint, json!(""));
            }
            "integer" => {
                let (min, max) = self.bounds(id, traits, "range");
                for value in [min.map(|min| min - 1), max.map(|max| max + 1)]
                    .into_iter()
                    .flatten()
                {
                    add("range", Refusal::Constraint, json!(value));
                }
                add(
                    "range of the type",
                    Refusal::Type,
                    json!(i64::from(i32::MAX) + 1),
                );
            }
            "timestamp" => {
                for text in [
                    "yesterday",
                    "2026-01-02",
                    "2026-13-02T03:04:05Z",
                    "2026-01-02T03:04:05+01:00",
                ] {
                    add("format", Refusal::Type, json!(text));
                }
            }
            "list" => {
                let inner = &self.model["shapes"][id]["member"];
                let (min, max) = self.bounds(id, traits, "length");
                if min.is_some_and(|min| min > 0) {
                    add("length 0", Refusal::Constraint, json!([]));
                }
                if let Some(max) = max {
                    let items = (0..=max).map(|_| self.allowed_member(inner, &mut random));
                    add("length beyond max", Refusal::Constraint, items.collect());
                }
                for (what, refusal, value) in self.forbidden_values(inner) {
                    let first = self.allowed_member(inner, &mut random);
                    add(&format!("item: {what}"), refusal, json!([first, value]));
                }
            }
            "structure" => {
                let base = self.allowed(id, traits, &mut Random(u64::MAX));
                for (name, member) in self.members(id) {
                    if member["traits"].get("smithy.api#required").is_some() {
                        for null in [false, true] {
                            let mut value = base.clone();
                            if null {
                                value[name] = Value::Null;
                            } else {
                                value.as_object_mut().unwrap().remove(name);
                            }
                            add(&format!("{name} is missing"), Refusal::Constraint, value);
                        }
                    }
                    for (what, refusal, forbidden) in self.forbidden_values(member) {
                        let mut value = base.clone();
                        value[name] = forbidden;
                        add(&format!("{name}: {what}"), refusal, value);
                    }
                }
            }
            "union" => {
                let members = self.members(id);
                add("no member", Refusal::Type, json!({}));
                add("unknown member", Refusal::Type, json!({"notInTheModel": 1}));
                if let [(one, first), (two, second), ..] = members.as_slice() {
                    let (first, second) = (
                        self.allowed_member(first, &mut random),
                        self.allowed_member(second, &mut random),
                    );
                    add(
                        "two members",
                        Refusal::Type,
                        json!({*one: first, *two: second}),
                    );
                }
                for (name, member) in members {
                    for (what, refusal, forbidden) in self.forbidden_values(member) {
                        add(
                            &format!("{name}: {what}"),
                            refusal,
                            json!({ name: forbidden }),
                        );
                    }
                }
            }
            _ => {}
        }
        values
    }
}

/// A generator of random numbers. The one with all bits set always returns 0, so that all optional
/// members are set.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        if self.0 == u64::MAX {
            return 0;
        }
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// The input without a required member.
fn without(base: &Value, name: &str) -> Forbidden {
    let mut input = base.clone();
    input.as_object_mut().unwrap().remove(name);
    (format!("{name} is missing"), Refusal::Constraint, input)
}
