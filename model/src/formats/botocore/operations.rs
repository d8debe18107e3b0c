//! Lowers operations.

use super::common::{Flags, put};
use super::lowering::Lowering;
use super::nodes::{annotation, array, object, text};
use super::{common, labels};
use crate::draft::definition::{Body, Draft, ShapeType};
use crate::formats::fields::Fields;
use crate::shapes::shape::Traits;
use crate::syntax::node::{Entry, Node};
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry::authentication::{
    AUTH, HTTP_BEARER_AUTH, OPTIONAL_AUTH, UNSIGNED_PAYLOAD,
};
use crate::traits::registry::behavior::{HTTP_CHECKSUM, IDEMPOTENT, READONLY, REQUEST_COMPRESSION};
use crate::traits::registry::endpoints::{
    CLIENT_DISCOVERED_ENDPOINT, ENDPOINT, OPERATION_CONTEXT_PARAMS, STATIC_CONTEXT_PARAMS,
};
use crate::traits::registry::http_bindings::{HTTP, HTTP_CHECKSUM_REQUIRED};
use indexmap::IndexMap;

const FLAGS: Flags = &[
    ("httpChecksumRequired", HTTP_CHECKSUM_REQUIRED.id()),
    ("idempotent", IDEMPOTENT.id()),
    ("readonly", READONLY.id()),
    ("unsignedPayload", UNSIGNED_PAYLOAD.id()),
];

/// Properties whose values are the values of their traits.
const SAME: &[(&str, &str)] = &[
    ("endpoint", ENDPOINT.id()),
    ("endpointdiscovery", CLIENT_DISCOVERED_ENDPOINT.id()),
    ("httpChecksum", HTTP_CHECKSUM.id()),
    ("operationContextParams", OPERATION_CONTEXT_PARAMS.id()),
    ("requestcompression", REQUEST_COMPRESSION.id()),
    ("staticContextParams", STATIC_CONTEXT_PARAMS.id()),
];

/// Properties that repeat the key, are links, or belong to the service (`endpointoperation`).
const SKIPPED: &[&str] = &["documentationUrl", "endpointoperation", "name"];

/// Properties of references to inputs, outputs and errors that are comments, or repeat the shape.
const SKIPPED_IN_REFERENCES: &[&str] = &[
    "documentation",
    "error",
    "exception",
    "fault",
    "locationName",
    "resultWrapper",
    "xmlNamespace",
];

const NO_AUTH: &str = "smithy.api#noAuth";
const BEARER: &str = HTTP_BEARER_AUTH.id();

impl Lowering<'_, '_> {
    /// Lowers an entry of `operations`. `shapes` are the entries in the source, for the names of
    /// labels. Reports a broken operation, and returns `None`.
    pub(super) fn operation(
        &mut self,
        id: &ShapeId,
        name: &str,
        entry: Entry,
        shapes: &IndexMap<String, Entry>,
    ) -> Option<Draft> {
        let key = entry.key;
        let mut fields = Fields::of(id, name, entry, self.loading)?;
        let mut traits = Traits::default();
        common::documentation(&mut fields, &mut traits);
        common::flags(FLAGS, &mut fields, &mut traits);
        for (key, id) in SAME {
            put(&mut traits, id, fields.take(key));
        }
        auth(&mut fields, &mut traits);
        let [input, output] = ["input", "output"].map(|key| {
            let node = fields.take(key)?;
            self.names.reference(key, node, &mut fields)
        });
        let errors = fields.array("errors").unwrap_or_default();
        let errors = errors
            .into_iter()
            .filter_map(|node| self.names.reference("errors", node, &mut fields));
        let errors: Vec<_> = errors.map(|(_, id)| id).collect();
        let structure = input
            .as_ref()
            .and_then(|(name, _)| shapes.get(name))
            .map(|entry| &entry.node);
        put(&mut traits, HTTP.id(), http(structure, &mut fields));
        fields.skip(SKIPPED);
        if !fields.finish() {
            return None;
        }
        let [input, output] = [input, output].map(|reference| reference.map(|(_, id)| id));
        let body = Body::Operation {
            input,
            output,
            errors,
        };
        Some(Draft {
            body,
            ..Draft::new(id.clone(), ShapeType::Operation, traits, key)
        })
    }
}

impl crate::formats::botocore::names::Names {
    /// Reads the reference at `key`, and returns the name and id of its shape.
    fn reference(
        &self,
        key: &str,
        node: Node,
        fields: &mut Fields<'_, '_>,
    ) -> Option<(String, ShapeId)> {
        fields.properties(key, node, |fields| {
            fields.skip(SKIPPED_IN_REFERENCES);
            self.target(fields)
        })
    }
}

/// Returns the value of `http`, with the labels named after members of the input.
fn http(input: Option<&Node>, fields: &mut Fields<'_, '_>) -> Option<Node> {
    fields.nested("http", |http| {
        let [method, code] = ["method", "responseCode"].map(|key| http.take(key));
        let (uri, span) = http.required_string("requestUri")?;
        let uri = text(labels::with_member_names(&uri, input), span);
        Some(object(
            http.span(),
            [("code", code), ("method", method), ("uri", Some(uri))],
        ))
    })
}

/// Adds the authentication schemes: `auth`, or `authtype`, which older versions of botocore use.
fn auth(fields: &mut Fields<'_, '_>, traits: &mut Traits) {
    let span = fields.span();
    let implied = match fields.string("authtype") {
        None => None,
        Some((name, at)) => match name.as_str() {
            "none" => Some(Vec::new()),
            "bearer" => Some(vec![text(BEARER, at)]),
            "v4" => None,
            "v4-unsigned-body" => {
                put(traits, UNSIGNED_PAYLOAD.id(), Some(annotation(at)));
                None
            }
            _ => {
                let expected = "one of `none`, `v4`, `v4-unsigned-body`, `bearer`";
                fields.unexpected("authtype", expected, &text(name, at))
            }
        },
    };
    let Some(mut schemes) = fields.array("auth").or(implied) else {
        return;
    };
    let all = schemes.len();
    schemes.retain(|scheme| scheme.as_str() != Some(NO_AUTH));
    let is_optional = schemes.len() < all && !schemes.is_empty();
    put(
        traits,
        OPTIONAL_AUTH.id(),
        is_optional.then(|| annotation(span)),
    );
    put(traits, AUTH.id(), Some(array(schemes, span)));
}
