//! Properties that services, operations, shapes and members share.

use super::nodes::{annotation, object, text};
use crate::formats::fields::Fields;
use crate::shapes::shape::Traits;
use crate::syntax::node::Node;
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry::documentation::{DEPRECATED, DOCUMENTATION};
use crate::traits::registry::serialization::TIMESTAMP_FORMAT;

/// Boolean properties, each with its trait.
pub(super) type Flags = &'static [(&'static str, &'static str)];

/// Adds the traits whose properties are `true`.
pub(super) fn flags(flags: Flags, fields: &mut Fields<'_, '_>, traits: &mut Traits) {
    for (key, id) in flags {
        put(traits, id, fields.flag(key).map(annotation));
    }
}

/// Adds `documentation` and `deprecated`.
pub(super) fn documentation(fields: &mut Fields<'_, '_>, traits: &mut Traits) {
    put(traits, DOCUMENTATION.id(), fields.take("documentation"));
    let [message, since] = ["deprecatedMessage", "deprecatedSince"].map(|key| fields.take(key));
    let deprecated = fields.flag("deprecated");
    let value = deprecated.map(|span| object(span, [("message", message), ("since", since)]));
    put(traits, DEPRECATED.id(), value);
}

/// Adds a trait, if there is a value for it.
pub(super) fn put(traits: &mut Traits, id: &'static str, value: Option<Node>) {
    if let Some(value) = value {
        traits.0.insert(ShapeId::constant(id), value);
    }
}

/// The names of timestamp formats: botocore's and Smithy's.
const TIMESTAMP_FORMATS: [(&str, &str); 3] = [
    ("iso8601", "date-time"),
    ("rfc822", "http-date"),
    ("unixTimestamp", "epoch-seconds"),
];

/// Adds `timestampFormat`.
pub(super) fn timestamp_format(fields: &mut Fields<'_, '_>, traits: &mut Traits) {
    let Some(node) = fields.take("timestampFormat") else {
        return;
    };
    match TIMESTAMP_FORMATS
        .iter()
        .find(|(name, _)| node.as_str() == Some(name))
    {
        Some((_, format)) => put(
            traits,
            TIMESTAMP_FORMAT.id(),
            Some(text(*format, node.span)),
        ),
        None => {
            let expected = "one of `iso8601`, `rfc822`, `unixTimestamp`";
            fields.unexpected::<()>("timestampFormat", expected, &node);
        }
    }
}
