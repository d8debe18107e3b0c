//! Sample values of shapes, as JSON. Equal models give equal samples.

use crate::model::{Member, Model};
use serde_json::{Value, json};

/// The message of every error.
pub(crate) const MESSAGE: &str = "The message of the error: \"é\".";
/// The depth after which optional members are left out, because shapes can be recursive.
const DEEPEST: usize = 8;

/// Chooses the members of a value.
#[derive(Clone, Copy)]
pub(crate) enum Extent {
    /// The required members.
    Minimal,
    /// All members. A union has the variant of this number.
    Full(usize),
}

impl Extent {
    /// The extents that together contain every variant of the unions in these shapes.
    pub(crate) fn all(model: &Model, id: &str) -> Vec<(String, Self)> {
        let most = most_variants(model, id, &mut Vec::new());
        let full = |number: usize| {
            let name = if number == 0 {
                "full".to_owned()
            } else {
                format!("full {}", number + 1)
            };
            (name, Self::Full(number))
        };
        let full = (0..most).map(full);
        full.chain([("minimal".to_owned(), Self::Minimal)])
            .collect()
    }
}

/// The largest number of variants of a union in a value.
fn most_variants(model: &Model, id: &str, seen: &mut Vec<String>) -> usize {
    if seen.iter().any(|known| known == id) {
        return 1;
    }
    seen.push(id.to_owned());
    let members = model.members(id);
    match model.kind(id).as_str() {
        "structure" => {
            let inner = members
                .iter()
                .map(|member| most_variants(model, member.target, seen));
            inner.max().unwrap_or(1)
        }
        "union" => {
            let inner: usize = members
                .iter()
                .map(|member| most_variants(model, member.target, seen))
                .max()
                .unwrap_or(1);
            members.len() * inner
        }
        "list" => most_variants(model, model.inner(id, "member"), seen),
        "map" => most_variants(model, model.inner(id, "value"), seen),
        _ => 1,
    }
}

/// A structure with the names in the model at the top and those of JSON below.
pub(crate) fn structure(model: &Model, id: &str, extent: Extent) -> Value {
    let members = model.members(id).into_iter();
    let given = members.filter(|member| is_given(*member, extent, 0));
    Value::Object(
        given
            .map(|member| {
                (
                    member.name.to_owned(),
                    value(model, member.target, member.name, extent, 1),
                )
            })
            .collect(),
    )
}

fn is_given(member: Member<'_>, extent: Extent, depth: usize) -> bool {
    match extent {
        Extent::Minimal => member.is_required(),
        Extent::Full(_) => member.is_required() || depth < DEEPEST,
    }
}

/// A value of a shape. `name` is the member that holds it.
fn value(model: &Model, id: &str, name: &str, extent: Extent, depth: usize) -> Value {
    match model.kind(id).as_str() {
        "string" => Value::from(text(model, id, name, extent)),
        "enum" => {
            let members = model.members(id);
            let value = |member: &Member<'_>| {
                member
                    .text_of("smithy.api#enumValue")
                    .unwrap_or(member.name)
                    .to_owned()
            };
            let chosen = match extent {
                Extent::Minimal => members.first(),
                // A value that is added to the end of an enum appears here.
                Extent::Full(_) => members.last(),
            };
            Value::from(value(chosen.unwrap()))
        }
        "intenum" | "intEnum" => {
            let members = model.members(id);
            let chosen = members.last().unwrap().trait_of("smithy.api#enumValue");
            chosen.unwrap().clone()
        }
        "boolean" => json!(true),
        "byte" | "short" | "integer" | "long" | "biginteger" | "bigInteger" => {
            json!(integer(model, id))
        }
        "float" | "double" | "bigdecimal" | "bigDecimal" => json!(1.5),
        "timestamp" => match format(model, id, name) {
            Some("date-time") => json!("2026-01-02T03:04:05.678Z"),
            Some("http-date") => json!("Fri, 02 Jan 2026 03:04:05 GMT"),
            _ => json!(1_767_323_045),
        },
        "blob" => json!("AQID/w=="),
        "document" => json!({ name: null }),
        "list" => {
            let item = value(model, model.inner(id, "member"), name, extent, depth + 1);
            json!([item])
        }
        "map" => {
            let item = value(model, model.inner(id, "value"), name, extent, depth + 1);
            json!({ "key é": item })
        }
        "structure" => {
            let members = model.members(id).into_iter();
            let given = members.filter(|member| is_given(*member, extent, depth));
            Value::Object(
                given
                    .map(|member| {
                        let inner = value(model, member.target, member.name, extent, depth + 1);
                        (member.json_name().to_owned(), inner)
                    })
                    .collect(),
            )
        }
        "union" => {
            let members = model.members(id);
            let number = match extent {
                Extent::Minimal => 0,
                Extent::Full(number) => number % members.len(),
            };
            let inner = match extent {
                Extent::Minimal => Extent::Minimal,
                Extent::Full(number) => Extent::Full(number / members.len()),
            };
            let member = members[number];
            let inner = value(model, member.target, member.name, inner, depth + 1);
            json!({ member.json_name(): inner })
        }
        other => {
            panic!("samples of the type {other} are missing: add them to sample.rs and rules.rs")
        }
    }
}

/// The format of a timestamp shape.
pub(crate) fn format<'m>(model: &'m Model, id: &str, _member: &str) -> Option<&'m str> {
    model.trait_of(id, "smithy.api#timestampFormat")?.as_str()
}

/// A text with characters that each place encodes differently, as long as the shape requires.
fn text(model: &Model, id: &str, name: &str, extent: Extent) -> String {
    if name == "message" {
        return MESSAGE.to_owned();
    }
    let bound = |bound: &str| {
        let length = model.trait_of(id, "smithy.api#length")?.get(bound)?;
        length
            .as_i64()
            .and_then(|bound| usize::try_from(bound).ok())
    };
    let (min, max) = (
        bound("min").unwrap_or_default(),
        bound("max").unwrap_or(usize::MAX),
    );
    let mut text = match extent {
        Extent::Minimal => name.to_owned(),
        Extent::Full(_) => format!("{name}/é +\"1%"),
    };
    while text.chars().count() < min {
        text.push('-');
    }
    text.chars().take(max).collect()
}

fn integer(model: &Model, id: &str) -> i64 {
    let bound = |bound: &str| model.trait_of(id, "smithy.api#range")?.get(bound)?.as_i64();
    bound("max").or(bound("min")).unwrap_or(7)
}
