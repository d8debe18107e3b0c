//! The support for each trait: handled by a pass or by the protocol, ignored for a reason, or
//! reported. None is dropped silently.

use crate::protocol::interface::Protocol;
use crate::select::closure::Closure;
use smithy_model::traits as t;
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

/// The traits of model's registry but those of `IGNORED_NAMESPACES`, with their effect or the reason
/// why they are ignored.
const TABLE: &[(&str, Disposition, &str)] = &[
    (t::ADDED_DEFAULT.id(), Handled, "read with default"),
    (t::AUTH.id(), Handled, "lists authentication schemes"),
    (t::BOX.id(), Handled, "read with default"),
    (t::CLIENT_OPTIONAL.id(), Handled, "makes a member optional"),
    (t::DEFAULT.id(), Handled, "gives a member its default"),
    (t::DEPRECATED.id(), Handled, "shown in the documentation"),
    (t::DOCUMENTATION.id(), Handled, "shown in the documentation"),
    (t::ENDPOINT.id(), Handled, "prefixes the host"),
    (t::ENUM_VALUE.id(), Handled, "gives a variant its value"),
    (t::ERROR.id(), Handled, "makes an error variant"),
    (t::EXAMPLES.id(), Handled, "shown in the documentation"),
    (t::HOST_LABEL.id(), Handled, "puts a member into the host"),
    (
        t::HTTP_BEARER_AUTH.id(),
        Handled,
        "authenticates with a token",
    ),
    (
        t::HTTP_CHECKSUM_REQUIRED.id(),
        Handled,
        "adds a checksum to requests",
    ),
    (
        t::IDEMPOTENCY_TOKEN.id(),
        Handled,
        "generates an absent value",
    ),
    (
        t::IDEMPOTENT.id(),
        Handled,
        "allows a retry after an incomplete response",
    ),
    (
        t::INPUT.id(),
        Handled,
        "members of an input are sent as set",
    ),
    (t::LENGTH.id(), Handled, "shown in the documentation"),
    (
        t::LONG_POLL.id(),
        Handled,
        "delays the failure of a call that is not retried",
    ),
    (
        t::MEDIA_TYPE.id(),
        Handled,
        "encodes headers and sets the content type of payloads",
    ),
    (
        t::OPTIONAL_AUTH.id(),
        Handled,
        "makes authentication optional",
    ),
    (
        t::OUTPUT.id(),
        Handled,
        "every operation has an output type",
    ),
    (t::PAGINATED.id(), Handled, "describes pagination"),
    (t::PATTERN.id(), Handled, "shown in the documentation"),
    (t::RANGE.id(), Handled, "shown in the documentation"),
    (
        t::READONLY.id(),
        Handled,
        "allows a retry after an incomplete response",
    ),
    (t::REQUEST_COMPRESSION.id(), Handled, "compresses requests"),
    (t::REQUIRED.id(), Handled, "makes a member required"),
    (
        t::REQUIRES_LENGTH.id(),
        Handled,
        "requires a stream with a known length",
    ),
    (t::RETRYABLE.id(), Handled, "classifies an error"),
    (
        t::SENSITIVE.id(),
        Handled,
        "excludes a value from debug output",
    ),
    (t::SPARSE.id(), Handled, "allows null in a collection"),
    (t::STREAMING.id(), Handled, "makes a blob a stream"),
    (t::TITLE.id(), Handled, "names the service"),
    (t::UNIQUE_ITEMS.id(), Handled, "shown in the documentation"),
    (t::SERVICE.id(), Handled, "names the service"),
    (
        t::SIGV4.id(),
        Handled,
        "sets the name of the signing service",
    ),
    (t::SIGV4A.id(), Handled, "signs if there is no sigv4"),
    (
        t::UNSIGNED_PAYLOAD.id(),
        Handled,
        "excludes the body from signatures",
    ),
    (t::HTTP_CHECKSUM.id(), Handled, "adds checksums to requests"),
    (
        t::CLIENT_CONTEXT_PARAMS.id(),
        Handled,
        "adds client settings for endpoint rules",
    ),
    (
        t::CONTEXT_PARAM.id(),
        Handled,
        "gives endpoint rules a member",
    ),
    (
        t::ENDPOINT_BDD.id(),
        Handled,
        "gives the endpoint rules if there is no rule set",
    ),
    (
        t::ENDPOINT_RULE_SET.id(),
        Handled,
        "gives endpoint rules a type",
    ),
    (
        t::OPERATION_CONTEXT_PARAMS.id(),
        Handled,
        "gives endpoint rules the values of a path",
    ),
    (
        t::STATIC_CONTEXT_PARAMS.id(),
        Handled,
        "gives endpoint rules a value",
    ),
    (t::WAITABLE.id(), Handled, "gives an operation waiters"),
    (t::HTTP.id(), Wire, "binds the operation"),
    (t::HTTP_ERROR.id(), Wire, "shown in the documentation"),
    (t::HTTP_HEADER.id(), Wire, "binds a member"),
    (t::HTTP_LABEL.id(), Wire, "binds a member"),
    (t::HTTP_PAYLOAD.id(), Wire, "binds a member"),
    (t::HTTP_PREFIX_HEADERS.id(), Wire, "binds a member"),
    (t::HTTP_QUERY.id(), Wire, "binds a member"),
    (t::HTTP_QUERY_PARAMS.id(), Wire, "binds a member"),
    (t::HTTP_RESPONSE_CODE.id(), Wire, "binds a member"),
    (t::JSON_NAME.id(), Wire, "sets the name of a member in JSON"),
    (
        t::TIMESTAMP_FORMAT.id(),
        Wire,
        "selects the format of a timestamp",
    ),
    (t::XML_ATTRIBUTE.id(), Wire, "used only by XML protocols"),
    (t::XML_FLATTENED.id(), Wire, "used only by XML protocols"),
    (t::XML_NAME.id(), Wire, "used only by XML protocols"),
    (t::XML_NAMESPACE.id(), Wire, "used only by XML protocols"),
    (
        t::S3_UNWRAPPED_XML_OUTPUT.id(),
        Wire,
        "used only by XML protocols",
    ),
    (
        t::AWS_QUERY_COMPATIBLE.id(),
        Wire,
        "adds the error codes of awsQuery",
    ),
    (t::AWS_QUERY_ERROR.id(), Wire, "used only by awsQuery"),
    (t::EC2_QUERY_NAME.id(), Wire, "used only by ec2Query"),
    (t::AUTH_DEFINITION.id(), Ignored, "defines a trait"),
    (t::CORS.id(), Ignored, "concerns servers"),
    (
        t::ENUM.id(),
        Ignored,
        "converted to an enum when loading, or a list of suggestions",
    ),
    (
        t::EVENT_HEADER.id(),
        Ignored,
        "operations with event streams are omitted",
    ),
    (
        t::EVENT_PAYLOAD.id(),
        Ignored,
        "operations with event streams are omitted",
    ),
    (
        t::EXTERNAL_DOCUMENTATION.id(),
        Ignored,
        "links are not emitted",
    ),
    (
        t::HTTP_API_KEY_AUTH.id(),
        Ignored,
        "reported if an operation has no other scheme",
    ),
    (
        t::HTTP_BASIC_AUTH.id(),
        Ignored,
        "reported if an operation has no other scheme",
    ),
    (
        t::HTTP_DIGEST_AUTH.id(),
        Ignored,
        "reported if an operation has no other scheme",
    ),
    (t::ID_REF.id(), Ignored, "informative"),
    (
        t::INTERNAL.id(),
        Ignored,
        "shapes of a published model are public",
    ),
    (t::METADATA.id(), Ignored, "informative"),
    (t::MIXIN.id(), Ignored, "flattened when loading"),
    (t::NESTED_PROPERTIES.id(), Ignored, "describes resources"),
    (t::NO_REPLACE.id(), Ignored, "describes resources"),
    (t::NOT_PROPERTY.id(), Ignored, "describes resources"),
    (
        t::PRIVATE.id(),
        Ignored,
        "concerns references between namespaces",
    ),
    (t::PROPERTY.id(), Ignored, "describes resources"),
    (t::PROTOCOL_DEFINITION.id(), Ignored, "defines a trait"),
    (
        t::RECOMMENDED.id(),
        Ignored,
        "a recommendation, not a constraint",
    ),
    (t::REFERENCES.id(), Ignored, "describes resources"),
    (t::RESOURCE_IDENTIFIER.id(), Ignored, "describes resources"),
    (t::SINCE.id(), Ignored, "informative"),
    (t::SUPPRESS.id(), Ignored, "concerns Smithy's own linter"),
    (t::TAGS.id(), Ignored, "informative"),
    (t::TRAIT.id(), Ignored, "defines a trait"),
    (t::TRAIT_VALIDATORS.id(), Ignored, "defines a trait"),
    (t::UNIT_TYPE.id(), Ignored, "marks the unit type"),
    (t::UNSTABLE.id(), Ignored, "informative"),
    (t::ARN.id(), Ignored, "describes resources"),
    (t::ARN_REFERENCE.id(), Ignored, "describes resources"),
    (t::AWS_CHUNKED.id(), Ignored, "bodies are sent as they are"),
    (
        t::CLIENT_DISCOVERED_ENDPOINT.id(),
        Ignored,
        "the endpoint is a setting of the client",
    ),
    (
        t::CLIENT_ENDPOINT_DISCOVERY.id(),
        Ignored,
        "the endpoint is a setting of the client",
    ),
    (
        t::CLIENT_ENDPOINT_DISCOVERY_ID.id(),
        Ignored,
        "the endpoint is a setting of the client",
    ),
    (
        t::CONTROL_PLANE.id(),
        Ignored,
        "describes the service to AWS",
    ),
    (t::DATA.id(), Ignored, "informative"),
    (t::DATA_PLANE.id(), Ignored, "describes the service to AWS"),
    (t::TAG_ENABLED.id(), Ignored, "describes resources"),
    (t::TAGGABLE.id(), Ignored, "describes resources"),
    (
        t::COGNITO_USER_POOLS.id(),
        Ignored,
        "reported if an operation has no other scheme",
    ),
    (
        t::COGNITO_USER_POOLS_SCOPES.id(),
        Ignored,
        "reported if an operation has no other scheme",
    ),
    (t::AWS_JSON1_0.id(), Ignored, "names a protocol"),
    (t::AWS_JSON1_1.id(), Ignored, "names a protocol"),
    (t::AWS_QUERY.id(), Ignored, "names a protocol"),
    (t::EC2_QUERY.id(), Ignored, "names a protocol"),
    (t::REST_JSON1.id(), Ignored, "names a protocol"),
    (t::REST_XML.id(), Ignored, "names a protocol"),
    (t::ENDPOINT_TESTS.id(), Ignored, "contains tests"),
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

    /// Whether the model, the registry or a published package defines a trait. Loading reports the
    /// others.
    fn is_defined(&self, name: &ShapeId) -> bool {
        let first = name.namespace().split('.').next().unwrap_or_default();
        let published = !name.is_prelude() && matches!(first, "smithy" | "aws" | "alloy");
        published
            || smithy_model::traits::ids().any(|id| id == name.as_str())
            || self.closure.model.shape(name).is_some()
    }

    fn traits(&mut self, id: &ShapeId, traits: &Traits, span: Option<Span>) {
        for (name, node) in traits.iter() {
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
    fn each_trait_of_the_registry_has_a_disposition() {
        let missing: Vec<&str> = smithy_model::traits::ids()
            .filter(|id| disposition(&ShapeId::parse(id).unwrap()).is_none())
            .collect();
        assert!(
            missing.is_empty(),
            "no disposition in `TABLE` of codegen/src/lower/trait_support.rs: {}",
            missing.join(", ")
        );
    }

    #[test]
    fn each_trait_has_one_row() {
        let mut names = BTreeSet::new();
        for (name, ..) in TABLE {
            assert!(names.insert(name), "{name} has two rows");
        }
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
