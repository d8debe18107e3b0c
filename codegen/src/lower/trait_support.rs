//! The support for each trait: handled by a pass or by the protocol, ignored for a reason, or
//! reported. None is dropped silently.

use crate::protocol::interface::Protocol;
use crate::select::closure::Closure;
use smithy_model::{Code, Diagnostic, Log, ShapeId, Span, Traits};
use std::collections::BTreeSet;

/// What the generator does with a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Disposition {
    /// A pass reads it.
    Handled,
    /// The protocol reads or ignores it (`Protocol::honors`).
    Wire,
    /// It does not affect the emitted crate.
    Ignored,
}

use Disposition::{Handled, Ignored, Wire};

/// The traits that AWS's models use, with their effect or the reason why they are ignored.
const TABLE: &[(&str, Disposition, &str)] = &[
    ("aws.api#service", Handled, "names the service"),
    ("aws.auth#sigv4", Handled, "names the signing service"),
    (
        "aws.protocols#httpChecksum",
        Handled,
        "adds checksums to requests",
    ),
    ("aws.protocols#restJson1", Ignored, "names a protocol"),
    ("smithy.api#addedDefault", Handled, "read with default"),
    (
        "aws.auth#unsignedPayload",
        Handled,
        "leaves the body out of signatures",
    ),
    ("smithy.api#auth", Handled, "lists authentication schemes"),
    ("smithy.api#box", Handled, "read with default"),
    (
        "smithy.api#clientOptional",
        Handled,
        "makes a member optional",
    ),
    ("smithy.api#default", Handled, "gives a member its default"),
    (
        "smithy.api#deprecated",
        Handled,
        "noted in the documentation",
    ),
    ("smithy.api#documentation", Handled, "becomes documentation"),
    ("smithy.api#endpoint", Handled, "prefixes the host"),
    ("smithy.api#enumValue", Handled, "gives a variant its value"),
    ("smithy.api#error", Handled, "makes an error variant"),
    (
        "smithy.api#hostLabel",
        Handled,
        "puts a member into the host",
    ),
    ("smithy.api#examples", Handled, "becomes documentation"),
    ("smithy.api#http", Wire, "binds the operation"),
    (
        "smithy.api#httpChecksumRequired",
        Handled,
        "adds a checksum to requests",
    ),
    ("smithy.api#httpError", Wire, "documents the status"),
    (
        "smithy.api#httpBearerAuth",
        Handled,
        "authenticates with a token",
    ),
    ("smithy.api#httpHeader", Wire, "binds a member"),
    ("smithy.api#httpLabel", Wire, "binds a member"),
    ("smithy.api#httpPayload", Wire, "binds a member"),
    ("smithy.api#httpPrefixHeaders", Wire, "binds a member"),
    ("smithy.api#httpQuery", Wire, "binds a member"),
    ("smithy.api#httpQueryParams", Wire, "binds a member"),
    ("smithy.api#httpResponseCode", Wire, "binds a member"),
    (
        "smithy.api#idempotencyToken",
        Handled,
        "generates an absent value",
    ),
    (
        "smithy.api#idempotent",
        Handled,
        "allows a retry after an incomplete response",
    ),
    (
        "smithy.api#input",
        Handled,
        "members of an input are sent as set",
    ),
    ("smithy.api#jsonName", Wire, "names a member in JSON"),
    ("smithy.api#length", Handled, "documented"),
    (
        "smithy.api#longPoll",
        Handled,
        "delays the failure of a call that is not retried",
    ),
    (
        "smithy.api#mediaType",
        Handled,
        "encodes headers, names payloads",
    ),
    (
        "smithy.api#optionalAuth",
        Handled,
        "makes authentication optional",
    ),
    (
        "smithy.api#output",
        Handled,
        "every operation has an output type",
    ),
    ("smithy.api#paginated", Handled, "describes pages"),
    ("smithy.api#pattern", Handled, "documented"),
    ("smithy.api#range", Handled, "documented"),
    (
        "smithy.api#readonly",
        Handled,
        "allows a retry after an incomplete response",
    ),
    (
        "smithy.api#requestCompression",
        Handled,
        "compresses requests",
    ),
    ("smithy.api#required", Handled, "makes a member required"),
    (
        "smithy.api#requiresLength",
        Handled,
        "requires streams of known length",
    ),
    ("smithy.api#retryable", Handled, "classifies an error"),
    ("smithy.api#sensitive", Handled, "hides a value"),
    ("smithy.api#sparse", Handled, "lets a collection hold null"),
    ("smithy.api#streaming", Handled, "makes a stream of a blob"),
    ("smithy.api#timestampFormat", Wire, "chooses a text form"),
    ("smithy.api#title", Handled, "names the service"),
    ("smithy.api#uniqueItems", Handled, "documented"),
    (
        "smithy.rules#clientContextParams",
        Handled,
        "settings of the client for endpoint rules",
    ),
    (
        "smithy.rules#contextParam",
        Handled,
        "gives endpoint rules a member",
    ),
    (
        "smithy.rules#endpointBdd",
        Handled,
        "the endpoint rules where there is no rule set",
    ),
    (
        "smithy.rules#endpointRuleSet",
        Handled,
        "typed for endpoint resolution",
    ),
    (
        "smithy.rules#operationContextParams",
        Handled,
        "gives endpoint rules what a path selects",
    ),
    (
        "smithy.rules#staticContextParams",
        Handled,
        "gives endpoint rules a value",
    ),
    (
        "smithy.waiters#waitable",
        Handled,
        "gives an operation waiters",
    ),
    ("aws.api#arn", Ignored, "describes resources"),
    ("aws.api#arnReference", Ignored, "describes resources"),
    ("aws.api#awsChunked", Ignored, "bodies are sent as they are"),
    (
        "aws.api#clientDiscoveredEndpoint",
        Ignored,
        "endpoints are given as URLs",
    ),
    (
        "aws.api#clientEndpointDiscovery",
        Ignored,
        "endpoints are given as URLs",
    ),
    (
        "aws.api#clientEndpointDiscoveryId",
        Ignored,
        "endpoints are given as URLs",
    ),
    (
        "aws.api#controlPlane",
        Ignored,
        "describes the service to AWS",
    ),
    ("aws.api#data", Ignored, "classifies data for auditors"),
    ("aws.api#dataPlane", Ignored, "describes the service to AWS"),
    ("aws.api#tagEnabled", Ignored, "describes resources"),
    ("aws.api#taggable", Ignored, "describes resources"),
    ("aws.auth#sigv4a", Handled, "signs if there is no sigv4"),
    (
        "aws.customizations#s3UnwrappedXmlOutput",
        Wire,
        "wraps outputs in XML",
    ),
    (
        "aws.protocols#awsQueryError",
        Wire,
        "identifies an error in awsQuery",
    ),
    ("aws.protocols#awsJson1_0", Ignored, "names a protocol"),
    ("aws.protocols#awsJson1_1", Ignored, "names a protocol"),
    ("aws.protocols#awsQuery", Ignored, "names a protocol"),
    (
        "aws.protocols#awsQueryCompatible",
        Wire,
        "adds the error codes of awsQuery",
    ),
    ("aws.protocols#ec2Query", Ignored, "names a protocol"),
    ("aws.protocols#restXml", Ignored, "names a protocol"),
    (
        "aws.protocols#ec2QueryName",
        Wire,
        "names a member in ec2Query",
    ),
    ("smithy.api#authDefinition", Ignored, "defines a trait"),
    ("smithy.api#cors", Ignored, "concerns servers"),
    (
        "smithy.api#enum",
        Ignored,
        "loading converts it to an enum, or its values are suggestions",
    ),
    (
        "smithy.api#eventHeader",
        Ignored,
        "operations with event streams are left out",
    ),
    (
        "smithy.api#eventPayload",
        Ignored,
        "operations with event streams are left out",
    ),
    (
        "smithy.api#externalDocumentation",
        Ignored,
        "links are not emitted",
    ),
    (
        "smithy.api#httpApiKeyAuth",
        Ignored,
        "reported if an operation has no other scheme",
    ),
    (
        "smithy.api#httpBasicAuth",
        Ignored,
        "reported if an operation has no other scheme",
    ),
    (
        "smithy.api#httpDigestAuth",
        Ignored,
        "reported if an operation has no other scheme",
    ),
    ("smithy.api#idRef", Ignored, "describes strings of models"),
    (
        "smithy.api#internal",
        Ignored,
        "a published model's shapes are public",
    ),
    ("smithy.api#metadata", Ignored, "a remark"),
    ("smithy.api#mixin", Ignored, "loading flattens mixins"),
    (
        "smithy.api#nestedProperties",
        Ignored,
        "describes resources",
    ),
    ("smithy.api#noReplace", Ignored, "describes resources"),
    ("smithy.api#notProperty", Ignored, "describes resources"),
    (
        "smithy.api#private",
        Ignored,
        "concerns references between namespaces",
    ),
    ("smithy.api#property", Ignored, "describes resources"),
    ("smithy.api#protocolDefinition", Ignored, "defines a trait"),
    ("smithy.api#recommended", Ignored, "advises, does not bind"),
    ("smithy.api#references", Ignored, "describes resources"),
    (
        "smithy.api#resourceIdentifier",
        Ignored,
        "describes resources",
    ),
    ("smithy.api#since", Ignored, "a remark"),
    (
        "smithy.api#suppress",
        Ignored,
        "concerns Smithy's own linter",
    ),
    ("smithy.api#tags", Ignored, "a remark"),
    ("smithy.api#traitValidators", Ignored, "defines a trait"),
    ("smithy.api#trait", Ignored, "defines a trait"),
    ("smithy.api#unitType", Ignored, "marks the unit type"),
    ("smithy.api#unstable", Ignored, "a remark"),
    (
        "smithy.api#xmlAttribute",
        Wire,
        "names or places a member in XML",
    ),
    (
        "smithy.api#xmlFlattened",
        Wire,
        "names or places a member in XML",
    ),
    (
        "smithy.api#xmlName",
        Wire,
        "names or places a member in XML",
    ),
    (
        "smithy.api#xmlNamespace",
        Wire,
        "names or places a member in XML",
    ),
    ("smithy.rules#endpointTests", Ignored, "tests"),
];

/// Namespaces whose traits never change the emitted crate.
const IGNORED_NAMESPACES: [&str; 10] = [
    "aws.apigateway",
    "aws.cloudformation",
    "aws.endpoints",
    "aws.iam",
    "smithy.contracts",
    "smithy.framework",
    "smithy.mqtt",
    "smithy.openapi",
    "smithy.protocols",
    "smithy.test",
];

fn disposition(id: &ShapeId) -> Option<Disposition> {
    if IGNORED_NAMESPACES.contains(&id.namespace()) {
        return Some(Ignored);
    }
    TABLE
        .iter()
        .find(|(name, ..)| *name == id.as_str())
        .map(|(_, disposition, _)| *disposition)
}

/// Reports each trait in the closure that is neither in the table nor read by the protocol.
pub(crate) fn check(closure: &Closure<'_>, protocol: &dyn Protocol, log: &mut Log) {
    let mut check = Check {
        closure,
        protocol,
        log,
        unknown: BTreeSet::new(),
        seen: BTreeSet::new(),
    };
    let service = closure.service.shape;
    check.traits(&service.id, &service.traits, service.span);
    for (shape, operation) in closure.operations.values() {
        check.traits(&shape.id, &shape.traits, shape.span);
        for shape in closure.input_output(operation).into_iter().flatten() {
            check.shape(shape);
        }
    }
    for shape in closure.data.values() {
        check.shape(shape);
    }
}

struct Check<'c, 'm> {
    closure: &'c Closure<'m>,
    protocol: &'c dyn Protocol,
    log: &'c mut Log,
    /// The unknown traits, each of which is reported once.
    unknown: BTreeSet<ShapeId>,
    /// The shapes that were checked. An input can be in the closure as data, too.
    seen: BTreeSet<ShapeId>,
}

impl Check<'_, '_> {
    fn shape(&mut self, shape: &smithy_model::Shape) {
        if self.seen.insert(shape.id.clone()) {
            self.traits(&shape.id, &shape.traits, shape.span);
            for member in shape.members() {
                self.traits(&member.id, &member.traits, member.span);
            }
        }
    }

    fn is_defined(&self, name: &ShapeId) -> bool {
        let first = name.namespace().split('.').next().unwrap_or_default();
        let published = !name.is_prelude() && matches!(first, "smithy" | "aws" | "alloy");
        published || self.closure.model.shape(name).is_some()
    }

    fn traits(&mut self, id: &ShapeId, traits: &Traits, span: Option<Span>) {
        for (name, node) in traits.iter() {
            // Loading reports traits that are not defined.
            let is_unknown = !self.is_supported(name) && self.is_defined(name);
            if is_unknown && self.unknown.insert(name.clone()) {
                let message = format!("trait `{name}` is unknown and has no effect");
                let help = "if it changes requests or responses, add it to codegen/src/lower/trait_support.rs";
                let problem = Diagnostic::warning(Code::UnsupportedTrait, message);
                self.log
                    .push(problem.at(Some(node.span).or(span)).shape(id).help(help));
            }
        }
    }

    fn is_supported(&self, name: &ShapeId) -> bool {
        disposition(name).is_some()
            || name == self.closure.service.protocol.id
            || self.protocol.honors(name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::list::PROTOCOLS;
    use smithy_model::{Shape, ShapeKind, Simple};

    #[test]
    fn each_trait_has_one_row() {
        let mut names: Vec<_> = TABLE.iter().map(|(name, ..)| *name).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
    #[test]
    fn traits_that_a_protocol_reads_are_not_ignored() {
        let service = Shape {
            id: ShapeId::parse("a#Service").unwrap(),
            kind: ShapeKind::Simple(Simple::Document),
            traits: Traits::default(),
            span: None,
        };
        for entry in PROTOCOLS {
            let protocol = (entry.of)(&service);
            let ignored = TABLE.iter().filter(|row| row.1 == Ignored);
            for (id, ..) in ignored {
                assert!(!protocol.honors(id), "{} reads `{id}`", entry.id);
            }
        }
    }
}
