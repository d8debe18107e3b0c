//! Readers against the forms that validation checks.

use crate::load;
use crate::shapes::shape::Traits;
use crate::syntax::node::Node;
use crate::syntax::source::Sources;
use crate::traits::form::{self, Field, Form, Need};
use crate::traits::registry::rows;

/// The reader of each trait reads a value with all keys, and one with only the required keys.
#[test]
fn values_of_a_form_can_be_read() {
    for row in rows() {
        for optional in [false, true] {
            let text = sample(row.form, optional);
            let node = parse(&text);
            let mut flaws = Vec::new();
            form::check(row.form, &node, "", &mut flaws);
            assert!(flaws.is_empty(), "{}: {text}: {}", row.id, flaws[0].what);
            assert!((row.reads)(&node), "{} cannot read {text}", row.id);
        }
    }
}

/// JSON of a form, with or without optional keys and items.
fn sample(form: Form, optional: bool) -> String {
    let entry = |(name, form, _): &Field| format!("\"{name}\": {}", sample(*form, optional));
    match form {
        Form::Any => "null".to_owned(),
        Form::Bool => "true".to_owned(),
        Form::Int | Form::Number => "1".to_owned(),
        Form::Text => "\"\"".to_owned(),
        Form::NonEmpty => "\"a\"".to_owned(),
        Form::OneOf(values) => format!("\"{}\"", values[0]),
        Form::Checked(_, example, _) => format!("\"{example}\""),
        Form::List(0, _) if !optional => "[]".to_owned(),
        Form::List(_, item) => format!("[{}]", sample(*item, optional)),
        Form::Map(0, _) if !optional => "{}".to_owned(),
        Form::Map(_, value) => format!("{{\"a\": {}}}", sample(*value, optional)),
        Form::Union(fields) => format!("{{{}}}", entry(&fields[0])),
        Form::Object(fields) | Form::Open(fields) => {
            let fields = fields
                .iter()
                .filter(|(.., need)| optional || *need == Need::Required);
            format!("{{{}}}", fields.map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

fn parse(value: &str) -> Node {
    let mut sources = Sources::new();
    sources.add(
        "value.json",
        format!(r#"{{"smithy": "2.0", "shapes": {{"a#S": {{"type": "string", "traits": {{"b#value": {value}}}}}}}}}"#),
    );
    let model = load(&sources).model;
    let Traits(traits) = &model.shapes["a#S"].traits;
    traits["b#value"].clone()
}
