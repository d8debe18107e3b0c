//! Lowers data shapes.

use super::common::{Flags, put};
use super::lowering::Lowering;
use super::members::{JSON_NAME, Role};
use super::nodes::{annotation, array, object, text};
use super::{common, types};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::suggest::did_you_mean;
use crate::diagnostics::wording::code_list;
use crate::draft::definition::{Draft, ShapeType};
use crate::draft::loading::Loading;
use crate::formats::fields::Fields;
use crate::shapes::shape::{Member, Simple, Traits};
use crate::syntax::node::{Entry, Node};
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use crate::traits::registry::behavior::RETRYABLE;
use crate::traits::registry::constraints::{LENGTH, PATTERN, RANGE};
use crate::traits::registry::documentation::SENSITIVE;
use crate::traits::registry::http_bindings::{HTTP_BINDINGS, HTTP_ERROR};
use crate::traits::registry::streaming::{REQUIRES_LENGTH, STREAMING};
use crate::traits::registry::type_refinement::{ENUM, ERROR, REQUIRED, SPARSE};
use indexmap::IndexMap;
use std::collections::HashSet;

const FLAGS: Flags = &[
    ("requiresLength", REQUIRES_LENGTH.id()),
    ("sensitive", SENSITIVE.id()),
    ("sparse", SPARSE.id()),
    ("streaming", STREAMING.id()),
];

/// Properties for other protocols and other code generators. `box` means that a number can be
/// absent, but most numbers that can be absent lack it.
const SKIPPED: &[&str] = &[
    "box",
    "flattened",
    "locationName",
    "synthetic",
    "wrapper",
    "xmlNamespace",
    "xmlOrder",
];

impl Lowering<'_, '_> {
    /// Lowers an entry of `shapes`. Reports a broken shape, and returns `None`.
    pub(super) fn shape(&mut self, id: &ShapeId, name: &str, entry: Entry) -> Option<Draft> {
        let key = entry.key;
        let mut fields = Fields::of(id, name, entry, self.loading)?;
        let ty = shape_type(&mut fields)?;
        let mut draft = Draft::new(id.clone(), ty, Traits::default(), key);
        common::documentation(&mut fields, &mut draft.traits);
        common::flags(FLAGS, &mut fields, &mut draft.traits);
        common::timestamp_format(&mut fields, &mut draft.traits);
        constraints(ty, &mut fields, &mut draft.traits);
        error(&mut fields, &mut draft.traits);
        let fixed: Vec<_> = ty
            .fixed_members()
            .iter()
            .filter_map(|key| Some((*key, fields.entry(key)?)))
            .collect();
        let structure = (ty == ShapeType::Structure).then(|| Structure::read(&mut fields));
        fields.skip(SKIPPED);
        let mut fine = fields.finish();
        for (key, entry) in fixed {
            fine &= self.add_member(&mut draft, key, Role::Item, entry);
        }
        if let Some(structure) = structure {
            fine &= self.structure(structure, &mut draft);
        }
        fine.then_some(draft)
    }

    /// Lowers a member and adds it. Returns `false` if it is broken.
    fn add_member(&mut self, draft: &mut Draft, name: &str, role: Role, entry: Entry) -> bool {
        let member = self.member(&draft.id, name, role, entry);
        let added = member.is_some();
        draft
            .members
            .extend(member.map(|member| (name.to_owned(), member)));
        added
    }

    /// Lowers the members of a structure. Returns `false` if one of them is broken.
    fn structure(&mut self, structure: Structure, draft: &mut Draft) -> bool {
        let Structure {
            ty,
            streaming,
            members,
            payload,
            required,
        } = structure;
        draft.ty = ty;
        put(&mut draft.traits, STREAMING.id(), streaming.map(annotation));
        let mut fine = true;
        for (name, entry) in members {
            let is_payload = payload
                .as_ref()
                .is_some_and(|payload| payload.as_str() == Some(&name));
            let role = if is_payload {
                Role::Payload
            } else {
                Role::Named
            };
            fine &= self.add_member(draft, &name, role, entry);
        }
        for node in payload.iter().chain(&required) {
            if !node
                .as_str()
                .is_some_and(|name| draft.members.contains_key(name))
            {
                let problem = unknown_member(node, draft, self.loading);
                self.loading.report(problem);
                fine = false;
            }
        }
        for node in required {
            if let Some(member) = node.as_str().and_then(|name| draft.members.get_mut(name)) {
                put(
                    &mut member.traits,
                    REQUIRED.id(),
                    Some(annotation(node.span)),
                );
            }
        }
        separate_json_names(draft);
        fine
    }
}

/// The properties that only structures have.
struct Structure {
    ty: ShapeType,
    /// The position of `eventstream`.
    streaming: Option<Span>,
    members: IndexMap<String, Entry>,
    payload: Option<Node>,
    required: Vec<Node>,
}

impl Structure {
    fn read(fields: &mut Fields<'_, '_>) -> Self {
        let [union, document, streaming] =
            ["union", "document", "eventstream"].map(|key| fields.flag(key));
        // In Smithy the stream makes its members events.
        fields.flag("event");
        let ty = match (union.or(streaming), document) {
            (_, Some(_)) => ShapeType::Simple(Simple::Document),
            (Some(_), None) => ShapeType::Union,
            (None, None) => ShapeType::Structure,
        };
        let members = fields.object("members").unwrap_or_default();
        let required = fields.array("required").unwrap_or_default();
        Self {
            ty,
            streaming,
            members,
            payload: fields.take("payload"),
            required,
        }
    }
}

/// A member outside the body may have the same name as the `jsonName` of a member in the body. Smithy
/// requires distinct JSON names, so such a member gets a `jsonName` that is never used.
fn separate_json_names(draft: &mut Draft) {
    let in_json = |member: &Member| member.traits.get(JSON_NAME)?.as_str().map(str::to_owned);
    let used: HashSet<String> = draft.members.values().filter_map(in_json).collect();
    for member in draft
        .members
        .values_mut()
        .filter(|member| used.contains(&member.name))
    {
        let is_outside = HTTP_BINDINGS.iter().any(|id| member.traits.has(id));
        let name = member
            .span
            .filter(|_| is_outside)
            .map(|span| text(format!("{}OutsideBody", member.name), span));
        put(&mut member.traits, JSON_NAME, name);
    }
}

fn unknown_member(node: &Node, draft: &Draft, loading: &mut Loading<'_>) -> Diagnostic {
    let message = format!("the structure has no member {}", node.to_json());
    let names = || {
        draft
            .members
            .values()
            .map(|member: &Member| member.name.as_str())
    };
    let otherwise = format!("its members are {}", code_list(names()));
    let help = loading.suggest(node.as_str().unwrap_or_default(), names(), &otherwise);
    Diagnostic::error(Code::UnknownTarget, message)
        .at(node.span)
        .shape(&draft.id)
        .help(help)
}

fn shape_type(fields: &mut Fields<'_, '_>) -> Option<ShapeType> {
    let (name, span) = fields.required_string("type")?;
    types::type_of(&name).or_else(|| {
        let help = did_you_mean(&name, types::names())
            .unwrap_or_else(|| format!("the types are {}", code_list(types::names())));
        let problem = Diagnostic::error(
            Code::UnknownShapeType,
            format!("unknown botocore shape type `{name}`"),
        );
        fields.fail(problem.at(span).help(help))
    })
}

/// Adds the constraint traits.
fn constraints(ty: ShapeType, fields: &mut Fields<'_, '_>, traits: &mut Traits) {
    let [min, max] = ["min", "max"].map(|key| fields.take(key));
    if let Some(span) = min.as_ref().or(max.as_ref()).map(|node| node.span) {
        let id = if ty.is_number() {
            RANGE.id()
        } else {
            LENGTH.id()
        };
        put(traits, id, Some(object(span, [("min", min), ("max", max)])));
    }
    put(traits, PATTERN.id(), fields.take("pattern"));
    if let Some(values) = fields.array("enum").filter(|values| !values.is_empty()) {
        let definition = |node: Node| object(node.span, [("value", Some(node))]);
        let definitions: Vec<_> = values.into_iter().map(definition).collect();
        let span = definitions
            .first()
            .map_or(fields.span(), |first| first.span);
        put(traits, ENUM.id(), Some(array(definitions, span)));
    }
}

/// Adds the traits of errors. An error with a status of 500 or more is a server error; without
/// status, `fault` decides.
fn error(fields: &mut Fields<'_, '_>, traits: &mut Traits) {
    let [exception, fault] = ["exception", "fault"].map(|key| fields.flag(key));
    let retryable = fields.take("retryable");
    let described = fields.nested("error", |error| {
        error.skip(&["code", "fault", "senderFault"]);
        Some((error.span(), error.take("httpStatusCode")))
    });
    let (described, status) = described.map_or((None, None), |(span, status)| (Some(span), status));
    let Some(span) = exception.or(described).or(fault) else {
        return;
    };
    let is_server = match status.as_ref().and_then(Node::as_i64) {
        Some(status) => status >= 500,
        None => fault.is_some(),
    };
    put(
        traits,
        ERROR.id(),
        Some(text(if is_server { "server" } else { "client" }, span)),
    );
    put(traits, HTTP_ERROR.id(), status);
    put(traits, RETRYABLE.id(), retryable);
}
