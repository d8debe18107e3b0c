//! Rows against definitions: the form of the value, what excludes what, and breaking changes.

use super::definitions;
use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Shape, ShapeKind, Simple, Traits};
use crate::syntax::node::Node;
use crate::traits::change::EventSeverity;
use crate::traits::form::{Field, Form, Need};
use crate::traits::registry::meta::TRAIT;
use crate::traits::registry::type_refinement::{ENUM_VALUE, REQUIRED};
use crate::traits::registry::{find, rows};
use std::collections::BTreeSet;

/// Traits whose form differs from the definition, and why.
const FORMS: &[(&str, &str)] = &[
    ("aws.api#service", "further keys mean nothing to clients"),
    (
        "smithy.rules#endpointBdd",
        "the generator reports what it cannot read of conditions and results",
    ),
    (
        "smithy.rules#endpointRuleSet",
        "the definition is a document, and the generator reports what it cannot read of rules",
    ),
    ("smithy.rules#endpointTests", "nothing reads the tests"),
    (
        "smithy.waiters#waitable",
        "matchers with several keys have a diagnostic of their own",
    ),
];

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn every_published_trait_has_a_row() {
    let model = definitions();
    let defined = model.shapes.values();
    let defined = defined.filter(|shape| TRAIT.is_on(&shape.traits));
    let defined: BTreeSet<&str> = defined.map(|shape| shape.id.as_str()).collect();
    let ids: BTreeSet<&str> = rows().map(|row| row.id).collect();
    let missing: Vec<_> = defined.difference(&ids).collect();
    let undefined: Vec<_> = ids.difference(&defined).collect();
    assert!(missing.is_empty(), "no row in the registry: {missing:?}");
    assert!(undefined.is_empty(), "no definition: {undefined:?}");
}

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn forms() {
    let model = definitions();
    let mut wrong = String::new();
    for row in rows() {
        let shape = &model.shapes[row.id];
        let mut differences = Vec::new();
        compare(
            &row.form,
            shape,
            &shape.traits,
            &model,
            "",
            &mut differences,
        );
        let excepted = FORMS.iter().any(|(id, _)| *id == row.id);
        if excepted == differences.is_empty() {
            wrong += &format!("{}: {differences:?}\n", row.id);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Compares a form with the shape that defines it, and with the traits of the member that targets
/// the shape. Of strings, lengths and patterns are not compared.
fn compare(
    form: &Form,
    shape: &Shape,
    traits: &Traits,
    model: &Model,
    path: &str,
    differences: &mut Vec<String>,
) {
    let mut next = |form: &Form, member: &Member, step: &str| {
        let target = model.target(member).unwrap();
        let mut traits = target.traits.clone();
        traits.0.extend(member.traits.0.clone());
        let path = format!("{path}/{step}");
        compare(form, target, &traits, model, &path, differences);
    };
    match (form, &shape.kind) {
        (Form::List(_, item), ShapeKind::List(member)) => return next(item, member, "member"),
        (Form::Map(_, item), ShapeKind::Map { value, .. }) => return next(item, value, "value"),
        (Form::Object(fields), ShapeKind::Structure(members))
        | (Form::Union(fields), ShapeKind::Union(members)) => {
            let keys = |need| fields.iter().filter(move |(_, _, own)| *own == need);
            let required = |member: &&Member| REQUIRED.is_on(&member.traits);
            let names: BTreeSet<&str> = members.keys().map(String::as_str).collect();
            let found: BTreeSet<&str> = fields.iter().map(|(name, ..)| *name).collect();
            let must: BTreeSet<&str> = members
                .values()
                .filter(required)
                .map(|m| &*m.name)
                .collect();
            let need: BTreeSet<&str> = keys(Need::Required).map(|(name, ..)| *name).collect();
            for (name, form, _) in fields.iter() {
                if let Some(member) = members.get(*name) {
                    next(form, member, name);
                }
            }
            if names != found || must != need {
                differences.push(format!(
                    "{path}: {names:?} {must:?}, not {found:?} {need:?}"
                ));
            }
            return;
        }
        _ => {}
    }
    if !is_scalar(form, shape, traits) {
        differences.push(format!(
            "{path}: {} with {:?}",
            shape.kind.name(),
            keys(form)
        ));
    }
}

fn is_scalar(form: &Form, shape: &Shape, traits: &Traits) -> bool {
    use Simple::{BigDecimal, Blob, Boolean, Document, Integer, Long, String, Timestamp};
    let is_id = traits.has("smithy.api#idRef");
    let values = || -> Vec<&str> {
        let values = shape.members().filter_map(|m| ENUM_VALUE.of(&m.traits));
        values.filter_map(Node::as_str).collect()
    };
    let simple = match shape.kind {
        ShapeKind::Simple(simple) => Some(simple),
        _ => None,
    };
    match form {
        Form::Any => matches!(simple, Some(Document | Timestamp)),
        Form::Bool => simple == Some(Boolean),
        // Integers of 8 and 16 bits are in headers of event stream tests only.
        Form::Int => matches!(simple, Some(Simple::Byte | Simple::Short | Integer | Long)),
        Form::Number => simple == Some(BigDecimal),
        Form::Text | Form::NonEmpty => matches!(simple, Some(String | Blob)) && !is_id,
        Form::Checked("an absolute shape id", ..) => simple == Some(String),
        Form::Checked(..) => simple == Some(String) && !is_id,
        Form::OneOf(allowed) => *allowed == values(),
        // A map of documents is a document that is known to be an object.
        Form::Map(_, Form::Any) => simple == Some(Document),
        _ => false,
    }
}

fn keys(form: &Form) -> Vec<&'static str> {
    let names = |fields: &'static [Field]| fields.iter().map(|(name, ..)| *name).collect();
    match form {
        Form::Object(fields) | Form::Open(fields) | Form::Union(fields) => names(fields),
        Form::OneOf(values) => values.to_vec(),
        _ => Vec::new(),
    }
}

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn exclusions() {
    let model = definitions();
    for row in rows() {
        let shape = &model.shapes[row.id];
        let definition = TRAIT.of(&shape.traits).unwrap();
        let excludes = row.excludes.iter().copied().filter(|id| *id != row.id);
        let conflicts: BTreeSet<&str> = definition.conflicts.into_iter().collect();
        assert_eq!(excludes.collect::<BTreeSet<_>>(), conflicts, "{}", row.id);
        let node = TRAIT.node(&shape.traits).unwrap();
        let exclusive = node.get("structurallyExclusive").and_then(Node::as_str);
        assert_eq!(row.exclusive, exclusive == Some("member"), "{}", row.id);
    }
}

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn breaking_changes() {
    let model = definitions();
    for row in rows() {
        let shape = &model.shapes[row.id];
        let definition = TRAIT.of(&shape.traits).unwrap();
        let judged = |kinds: String, path: &str, severity: EventSeverity, has_reason: bool| {
            (kinds, path.to_owned(), severity, has_reason)
        };
        let official = definition.breaking_changes.iter().map(|change| {
            let has_reason = change.message.is_some();
            judged(
                format!("{:?}", change.kinds),
                change.path,
                change.severity,
                has_reason,
            )
        });
        let own = row.changes.iter().map(|change| {
            let has_reason = !change.reason.is_empty();
            judged(
                format!("{:?}", change.kinds),
                change.path,
                change.severity,
                has_reason,
            )
        });
        assert_eq!(
            own.collect::<Vec<_>>(),
            official.collect::<Vec<_>>(),
            "{}",
            row.id
        );
        assert!(find(row.id).is_some());
    }
}
