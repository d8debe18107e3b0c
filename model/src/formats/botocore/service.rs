//! Lowers the service: its `metadata` and its other properties.

use super::common;
use super::common::put;
use super::lowering::Lowering;
use super::nodes::{annotation, array, object, text};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::definition::{Body, Draft, ShapeType};
use crate::formats::fields::Fields;
use crate::shapes::shape::{Service, Traits};
use crate::syntax::node::{Entry, Node};
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use crate::traits::protocol_rules::PROTOCOLS;
use crate::traits::registry::authentication::{AUTH, HTTP_BEARER_AUTH, SIGV4A};
use crate::traits::registry::aws::SERVICE;
use crate::traits::registry::documentation::TITLE;
use crate::traits::registry::endpoints::{CLIENT_CONTEXT_PARAMS, CLIENT_ENDPOINT_DISCOVERY};
use indexmap::IndexMap;

const SIGV4: &str = crate::traits::registry::authentication::SIGV4.id();

/// Properties that repeat the name of the service, or are for other protocols and old endpoints.
const SKIPPED: &[&str] = &[
    "awsQueryCompatible",
    "checksumFormat",
    "globalEndpoint",
    "jsonVersion",
    "ripServiceName",
    "serviceAbbreviation",
    "targetPrefix",
    "uid",
    "xmlNamespace",
];

/// The content of `metadata`.
pub(super) struct Metadata {
    version: String,
    traits: Traits,
    span: Span,
}

impl Metadata {
    /// Reads `metadata`. Reports broken metadata and unsupported protocols, and returns `None`.
    pub(super) fn read(mut fields: Fields<'_, '_>) -> Option<Self> {
        let mut traits = Traits::default();
        let span = fields.span();
        let version = fields
            .required_string("apiVersion")
            .map(|(version, _)| version)
            .unwrap_or_default();
        let id = fields.take("serviceId");
        let prefix = fields.take("endpointPrefix");
        let signing_name = fields.take("signingName").or_else(|| prefix.clone());
        let service = object(span, [("sdkId", id), ("endpointPrefix", prefix)]);
        put(&mut traits, SERVICE.id(), Some(service));
        put(&mut traits, TITLE.id(), fields.take("serviceFullName"));
        schemes(signing_name, &mut fields, &mut traits);
        let (protocol, value) = protocol(&mut fields)?;
        put(&mut traits, protocol, Some(value));
        fields.skip(SKIPPED);
        fields.finish().then_some(Self {
            version,
            traits,
            span,
        })
    }
}

/// Returns the shape id of the protocol trait and its value: the HTTP versions of the service.
fn protocol(fields: &mut Fields<'_, '_>) -> Option<(&'static str, Node)> {
    let span = fields.span();
    let single = fields.take("protocol");
    let listed = fields
        .array("protocols")
        .filter(|protocols| !protocols.is_empty());
    let supported = listed.unwrap_or_else(|| single.into_iter().collect());
    let named = |name: Option<&str>| {
        let is_it = |node: &Node| name.is_some() && node.as_str() == name;
        supported.iter().any(is_it)
    };
    let Some(protocol) = PROTOCOLS.iter().find(|it| named(it.botocore_name)) else {
        let names: Vec<_> = supported.iter().map(Node::to_json).collect();
        let protocols = if names.is_empty() {
            "has no protocol".to_owned()
        } else {
            format!("uses the protocols {}", names.join(", "))
        };
        let problem = Diagnostic::error(
            Code::UnsupportedProtocol,
            format!("the service {protocols}"),
        );
        let at = supported.first().map_or(span, |node| node.span);
        let readable = PROTOCOLS.iter().filter_map(|it| it.botocore_name);
        let readable: Vec<_> = readable.map(|name| format!("`{name}`")).collect();
        return fields.fail(problem.at(at).help(format!(
            "only services with the protocol {} are supported",
            readable.join(" or ")
        )));
    };
    let id = protocol.id;
    let h2 = fields.nested("protocolSettings", |settings| settings.string("h2"));
    let Some((h2, span)) = h2 else {
        return Some((id, annotation(span)));
    };
    let names = |names: &[&str]| array(names.iter().map(|name| text(*name, span)).collect(), span);
    let [both, new] = [names(&["http/1.1", "h2"]), names(&["h2"])];
    let value = match h2.as_str() {
        "optional" => object(span, [("http", Some(both))]),
        "eventstream" => object(span, [("http", Some(both)), ("eventStreamHttp", Some(new))]),
        _ => {
            return fields.unexpected("h2", "one of `optional`, `eventstream`", &text(h2, span));
        }
    };
    Some((id, value))
}

/// Adds the schemes of `auth`, or that of `signatureVersion` if there is no `auth`.
fn schemes(signing_name: Option<Node>, fields: &mut Fields<'_, '_>, traits: &mut Traits) {
    let span = fields.span();
    let old = fields.string("signatureVersion");
    let listed = fields.array("auth").unwrap_or_else(|| {
        let scheme = match old.as_ref().map(|(name, _)| name.as_str()) {
            Some("none") => return Vec::new(),
            Some("bearer") => HTTP_BEARER_AUTH.id(),
            _ => SIGV4,
        };
        vec![text(scheme, span)]
    });
    for scheme in &listed {
        let Some(id) = scheme.as_str().and_then(|id| ShapeId::parse(id).ok()) else {
            fields.unexpected::<()>("auth", "a list of absolute shape ids", scheme);
            continue;
        };
        let signs = [SIGV4, SIGV4A.id()].contains(&id.as_str());
        let name = signing_name.clone().filter(|_| signs);
        traits.0.insert(id, object(scheme.span, [("name", name)]));
    }
    // The traits of several schemes have no order of preference, so `auth` gives it.
    put(
        traits,
        AUTH.id(),
        (listed.len() > 1).then(|| array(listed, span)),
    );
}

impl Lowering<'_, '_> {
    /// Lowers the service: `metadata`, and the other properties at the `top` of its file.
    pub(super) fn service(
        &mut self,
        metadata: Metadata,
        operations: &IndexMap<String, Entry>,
        top: IndexMap<String, Entry>,
    ) {
        let id = self.names.service.clone();
        let Metadata {
            version,
            mut traits,
            span,
        } = metadata;
        let mut fields = Fields::new(&id, span, top, self.loading);
        common::documentation(&mut fields, &mut traits);
        put(
            &mut traits,
            CLIENT_CONTEXT_PARAMS.id(),
            fields.take("clientContextParams"),
        );
        fields.skip(&["metadata", "operations", "shapes", "version"]);
        fields.finish();
        let discovers = |entry: &Entry| {
            entry.node.get("endpointoperation").and_then(Node::as_bool) == Some(true)
        };
        if let Some((name, entry)) = operations.iter().find(|(_, entry)| discovers(entry))
            && let Some(operation) = self.names.operation(name)
        {
            let operation = text(operation.as_str(), entry.key);
            let value = object(entry.key, [("operation", Some(operation))]);
            put(&mut traits, CLIENT_ENDPOINT_DISCOVERY.id(), Some(value));
        }
        let operations = operations
            .keys()
            .filter_map(|name| self.names.operation(name).cloned())
            .collect();
        let body = Body::Service(Service {
            version,
            operations,
            ..Service::default()
        });
        let draft = Draft {
            body,
            ..Draft::new(id.clone(), ShapeType::Service, traits, span)
        };
        self.drafts.insert(id, draft);
    }
}
