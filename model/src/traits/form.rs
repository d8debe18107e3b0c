//! What the values of traits look like.

use crate::diagnostics::suggest;
use crate::diagnostics::wording::code_list;
use crate::syntax::node::Node;
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use crate::syntax::truncate::truncate;
use Form::{Checked, List, Object, Text};

/// What a value looks like.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    /// Anything; checked elsewhere if at all.
    Any,
    /// A Boolean.
    Bool,
    /// A whole number.
    Int,
    /// A number, or the text of one.
    Number,
    /// A string.
    Text,
    /// A string with something in it.
    NonEmpty,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A string that passes a test: what it is called, an example, the test.
    Checked(&'static str, &'static str, fn(&str) -> bool),
    /// An array of at least so many values.
    List(usize, &'static Form),
    /// An object of at least so many values, the keys being data.
    Map(usize, &'static Form),
    /// An object with these keys.
    Object(&'static [Field]),
    /// An object with these keys, and with others that mean nothing to clients.
    Open(&'static [Field]),
    /// An object with exactly one of these keys.
    Union(&'static [Field]),
}

/// The value of a trait that has no parameters.
pub(crate) const MARKER: Form = Object(&[]);
/// The absolute id of a shape.
pub(crate) const ID: Form = Checked("an absolute shape id", "smithy.api#String", |text| {
    ShapeId::parse(text).is_ok()
});
pub(crate) const IDS: Form = List(0, &ID);
pub(crate) const STRINGS: Form = List(0, &Text);

/// A key of an object: its name, the form of its value, whether it must be there.
pub(crate) type Field = (&'static str, Form, Need);

/// Whether a key must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    Required,
    Optional,
}

/// Something wrong with a value.
pub(crate) struct Flaw {
    /// Where inside the value, a path such as `code` or `0.name`; empty for the value itself.
    pub(crate) path: String,
    /// What it must be, or must not have.
    pub(crate) what: String,
    /// How to mend it.
    pub(crate) help: String,
    pub(crate) span: Span,
    /// An unknown key hurts nobody, but is probably not meant.
    pub(crate) harmless: bool,
}

/// Collects what is wrong with a value.
pub(crate) fn check(form: Form, node: &Node, path: &str, flaws: &mut Vec<Flaw>) {
    let text = node.as_str();
    let fine = match form {
        Form::Any => true,
        Form::Bool => node.as_bool().is_some(),
        Form::Int => node.as_i64().is_some(),
        Form::Number => {
            node.as_number().is_some() || text.is_some_and(|text| text.parse::<f64>().is_ok())
        }
        Form::Text => text.is_some(),
        Form::NonEmpty => text.is_some_and(|text| !text.is_empty()),
        Form::OneOf(values) => text.is_some_and(|text| values.contains(&text)),
        Form::Checked(_, _, test) => text.is_some_and(test),
        Form::List(min, item) => node.as_array().is_some_and(|items| {
            let indexed = items.iter().enumerate();
            indexed.for_each(|(index, node)| {
                check(*item, node, &join(path, &index.to_string()), flaws)
            });
            items.len() >= min
        }),
        Form::Map(min, value) => node.as_object().is_some_and(|members| {
            members
                .iter()
                .for_each(|(key, entry)| check(*value, &entry.node, &join(path, key), flaws));
            members.len() >= min
        }),
        Form::Object(fields) => {
            node.as_object().is_some() && {
                check_fields(fields, node, path, flaws);
                check_unknown(fields, node, path, flaws);
                true
            }
        }
        Form::Open(fields) => {
            node.as_object().is_some() && {
                check_fields(fields, node, path, flaws);
                true
            }
        }
        Form::Union(fields) => node.as_object().is_some_and(|members| {
            check_fields(fields, node, path, flaws);
            check_unknown(fields, node, path, flaws);
            members.len() == 1
        }),
    };
    if !fine {
        let what = format!("must be {}, not {}", form.describe(), shown(node));
        let help = form.help(text);
        flaws.push(Flaw {
            path: path.to_owned(),
            what,
            help,
            span: node.span,
            harmless: false,
        });
    }
}

fn check_fields(fields: &[Field], node: &Node, path: &str, flaws: &mut Vec<Flaw>) {
    for (name, form, need) in fields {
        match node.get(name) {
            Some(value) => check(*form, value, &join(path, name), flaws),
            None if *need == Need::Required => {
                let what = format!("must have `{name}`");
                let help = format!("add `\"{name}\": {}`", form.example());
                flaws.push(Flaw {
                    path: path.to_owned(),
                    what,
                    help,
                    span: node.span,
                    harmless: false,
                });
            }
            None => {}
        }
    }
}

fn check_unknown(fields: &[Field], node: &Node, path: &str, flaws: &mut Vec<Flaw>) {
    for (key, entry) in node.as_object().into_iter().flatten() {
        if !fields.iter().any(|(name, ..)| name == key) {
            let what = format!("has no `{key}`");
            let help = suggest::did_you_mean(key, fields.iter().map(|(name, ..)| *name))
                .unwrap_or_else(|| "remove it; nothing reads it".to_owned());
            flaws.push(Flaw {
                path: path.to_owned(),
                what,
                help,
                span: entry.key,
                harmless: true,
            });
        }
    }
}

impl Form {
    /// How to mend a value that is not of the form, given its text if it is a string.
    fn help(self, text: Option<&str>) -> String {
        let meant = match self {
            Form::OneOf(values) => {
                text.and_then(|text| suggest::did_you_mean(text, values.iter().copied()))
            }
            _ => None,
        };
        meant.unwrap_or_else(|| self.written())
    }

    fn written(self) -> String {
        match self {
            Form::OneOf(_) | Form::Checked(..) => {
                format!("write a value such as `{}`", self.example())
            }
            _ => format!("write `{}`", self.example()),
        }
    }

    /// A value of the form.
    fn example(self) -> String {
        match self {
            Form::Any => "…".to_owned(),
            Form::Bool => "true".to_owned(),
            Form::Int | Form::Number => "1".to_owned(),
            Form::Text | Form::NonEmpty => "\"…\"".to_owned(),
            Form::OneOf(values) => format!("\"{}\"", values.first().copied().unwrap_or_default()),
            Form::Checked(_, example, _) => format!("\"{example}\""),
            Form::List(0, _) => "[]".to_owned(),
            Form::List(_, item) => format!("[{}]", item.example()),
            Form::Map(0, _) => "{}".to_owned(),
            Form::Map(_, value) => format!("{{\"…\": {}}}", value.example()),
            Form::Union(fields) => match fields.first() {
                Some((name, form, _)) => format!("{{\"{name}\": {}}}", form.example()),
                None => "{}".to_owned(),
            },
            Form::Object(fields) | Form::Open(fields) => {
                let required = fields.iter().filter(|(_, _, need)| *need == Need::Required);
                let members =
                    required.map(|(name, form, _)| format!("\"{name}\": {}", form.example()));
                format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn describe(self) -> String {
        match self {
            Form::Any => "anything".to_owned(),
            Form::Bool => "`true` or `false`".to_owned(),
            Form::Int => "a whole number".to_owned(),
            Form::Number => "a number".to_owned(),
            Form::Text => "a string".to_owned(),
            Form::NonEmpty => "a string that is not empty".to_owned(),
            Form::OneOf(values) => format!("one of {}", code_list(values)),
            Form::Checked(what, ..) => what.to_owned(),
            Form::List(0, _) => "an array".to_owned(),
            Form::List(..) => "an array that is not empty".to_owned(),
            Form::Map(0, _) => "an object".to_owned(),
            Form::Map(..) => "an object that is not empty".to_owned(),
            Form::Object([]) => "`{}`".to_owned(),
            Form::Object(_) | Form::Open(_) => "an object".to_owned(),
            Form::Union(fields) => {
                let keys = fields.iter().map(|(name, ..)| name);
                format!("an object with one of the keys {}", code_list(keys))
            }
        }
    }
}

/// Short values are shown, long ones described.
fn shown(node: &Node) -> String {
    let json = node.to_json();
    if json.len() <= 40 {
        format!("`{json}`")
    } else {
        node.kind_name().to_owned()
    }
}

/// A step further; what lies in a place with a long path is told by the beginning of that.
fn join(path: &str, step: &str) -> String {
    const LONGEST: usize = 200;
    if path.len() + step.len() > LONGEST {
        return truncate(if path.is_empty() { step } else { path }, LONGEST).to_owned();
    }
    if path.is_empty() {
        step.to_owned()
    } else {
        format!("{path}.{step}")
    }
}
