//! What the prelude's trait definitions say: the value of each trait, where it stands, what it
//! excludes.

use super::grammar;
use super::place as on;
use super::place::Place;
use super::value::Form;
use crate::syntax::shape_id::ShapeId;
use crate::traits::value::Form::{
    Any, Bool, Checked, Int, List, Map, NonEmpty, Number, Object, OneOf, Open, Text,
};
use crate::traits::value::Need::{Optional, Required};

/// A trait that is known here.
pub(crate) struct Rule {
    pub(crate) id: &'static str,
    pub(crate) form: Form,
    pub(crate) place: Place,
    /// The traits that cannot stand beside it.
    pub(crate) excludes: &'static [&'static str],
    /// Whether only one member of a structure can have it.
    pub(crate) once: bool,
}

const fn rule(id: &'static str, form: Form, place: Place) -> Rule {
    Rule {
        id,
        form,
        place,
        excludes: &[],
        once: false,
    }
}

impl Rule {
    const fn excludes(self, excludes: &'static [&'static str]) -> Self {
        Self { excludes, ..self }
    }

    const fn once(self) -> Self {
        Self { once: true, ..self }
    }
}

/// Whether the prelude's definitions forbid two traits to stand at the same shape.
pub(crate) fn exclude_each_other(one: &str, other: &str) -> bool {
    let excludes = |id, other| find(id).is_some_and(|rule| rule.excludes.contains(&other));
    excludes(one, other) || excludes(other, one)
}

/// The rule of a trait, by absolute id.
pub(crate) fn find(id: &str) -> Option<&'static Rule> {
    let at = RULES.binary_search_by(|rule| rule.id.cmp(id)).ok()?;
    RULES.get(at)
}

/// The ids of all traits that are known.
pub(crate) fn ids() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.id)
}

const ANNOTATION: Form = Object(&[]);
const ID: Form = Checked("an absolute shape id", "smithy.api#String", |text| {
    ShapeId::parse(text).is_ok()
});
const IDS: Form = List(0, &ID);
const TEXTS: Form = List(0, &Text);
const XML_NAME: Form = Checked("an XML name", "name", grammar::is_xml_name);
const ENUM_NAME: Form = Checked(
    "a name of letters, digits and underscores",
    "NAME_1",
    grammar::is_enum_name,
);
const MEDIA_TYPE: Form = Checked(
    "a media type, `type/subtype; name=value`",
    "application/json",
    grammar::is_media_type,
);

/// The bindings of members to parts of HTTP messages: a member has at most one.
pub(crate) const HTTP_BINDINGS: &[&str] = &[
    "smithy.api#httpHeader",
    "smithy.api#httpLabel",
    "smithy.api#httpPayload",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQuery",
    "smithy.api#httpQueryParams",
    "smithy.api#httpResponseCode",
];

/// Sorted by id.
static RULES: &[Rule] = &[
    rule(
        "aws.api#service",
        Open(&[
            ("sdkId", NonEmpty, Required),
            ("arnNamespace", Text, Optional),
            ("cloudFormationName", Text, Optional),
            ("cloudTrailEventSource", Text, Optional),
            ("docId", Text, Optional),
            ("endpointPrefix", Text, Optional),
        ]),
        on::SERVICE,
    ),
    rule(
        "aws.auth#sigv4",
        Object(&[("name", NonEmpty, Required)]),
        on::SERVICE,
    ),
    rule("aws.auth#unsignedPayload", ANNOTATION, on::OPERATION),
    rule("aws.protocols#restJson1", PROTOCOL, on::SERVICE),
    rule("smithy.api#addedDefault", ANNOTATION, on::DEFAULTED_MEMBER),
    rule("smithy.api#auth", IDS, on::SERVICE_OR_OPERATION),
    rule(
        "smithy.api#authDefinition",
        Object(&[("traits", IDS, Optional)]),
        on::DEFINITION,
    ),
    rule("smithy.api#box", ANNOTATION, on::BOXABLE),
    rule("smithy.api#clientOptional", ANNOTATION, on::MEMBER),
    rule(
        "smithy.api#cors",
        Object(&[
            ("origin", NonEmpty, Optional),
            ("origins", Map(0, &NonEmpty), Optional),
            ("maxAge", Int, Optional),
            ("additionalAllowedHeaders", List(0, &NonEmpty), Optional),
            ("additionalExposedHeaders", List(0, &NonEmpty), Optional),
        ]),
        on::SERVICE,
    ),
    rule("smithy.api#default", Any, on::DEFAULTS),
    rule(
        "smithy.api#deprecated",
        Object(&[("message", Text, Optional), ("since", Text, Optional)]),
        on::ANYWHERE,
    ),
    rule("smithy.api#documentation", Text, on::ANYWHERE),
    rule(
        "smithy.api#endpoint",
        Object(&[("hostPrefix", NonEmpty, Required)]),
        on::OPERATION,
    ),
    rule(
        "smithy.api#enum",
        List(
            1,
            &Object(&[
                ("value", NonEmpty, Required),
                ("name", ENUM_NAME, Optional),
                ("documentation", Text, Optional),
                ("tags", TEXTS, Optional),
                ("deprecated", Bool, Optional),
            ]),
        ),
        on::STRING,
    ),
    rule("smithy.api#enumValue", Any, on::ENUM_MEMBER),
    rule(
        "smithy.api#error",
        OneOf(&["client", "server"]),
        on::STRUCTURE,
    )
    .excludes(&["smithy.api#trait"]),
    rule(
        "smithy.api#eventHeader",
        ANNOTATION,
        on::EVENT_HEADER_MEMBER,
    )
    .excludes(&["smithy.api#eventPayload"]),
    rule(
        "smithy.api#eventPayload",
        ANNOTATION,
        on::EVENT_PAYLOAD_MEMBER,
    )
    .excludes(&["smithy.api#eventHeader"])
    .once(),
    rule(
        "smithy.api#examples",
        List(
            0,
            &Object(&[
                ("title", Text, Required),
                ("documentation", Text, Optional),
                ("input", Any, Optional),
                ("output", Any, Optional),
                (
                    "error",
                    Object(&[("shapeId", ID, Optional), ("content", Any, Optional)]),
                    Optional,
                ),
                ("allowConstraintErrors", Bool, Optional),
            ]),
        ),
        on::OPERATION,
    ),
    rule(
        "smithy.api#externalDocumentation",
        Map(1, &NonEmpty),
        on::ANYWHERE,
    ),
    rule(
        "smithy.api#hostLabel",
        ANNOTATION,
        on::REQUIRED_STRING_MEMBER,
    ),
    rule(
        "smithy.api#http",
        Object(&[
            ("method", NonEmpty, Required),
            ("uri", NonEmpty, Required),
            ("code", Int, Optional),
        ]),
        on::OPERATION,
    ),
    rule(
        "smithy.api#httpApiKeyAuth",
        Object(&[
            ("name", NonEmpty, Required),
            ("in", OneOf(&["header", "query"]), Required),
            ("scheme", NonEmpty, Optional),
        ]),
        on::SERVICE,
    ),
    rule("smithy.api#httpBasicAuth", ANNOTATION, on::SERVICE),
    rule("smithy.api#httpBearerAuth", ANNOTATION, on::SERVICE),
    rule("smithy.api#httpChecksumRequired", ANNOTATION, on::OPERATION),
    rule("smithy.api#httpDigestAuth", ANNOTATION, on::SERVICE),
    rule("smithy.api#httpError", Int, on::ERROR),
    rule("smithy.api#httpHeader", NonEmpty, on::HEADER_VALUES_MEMBER).excludes(HTTP_BINDINGS),
    rule("smithy.api#httpLabel", ANNOTATION, on::HEADER_VALUE_MEMBER).excludes(HTTP_BINDINGS),
    rule("smithy.api#httpPayload", ANNOTATION, on::MEMBER)
        .excludes(HTTP_BINDINGS)
        .once(),
    rule(
        "smithy.api#httpPrefixHeaders",
        Text,
        on::PREFIX_HEADERS_MEMBER,
    )
    .excludes(HTTP_BINDINGS)
    .once(),
    rule("smithy.api#httpQuery", NonEmpty, on::HEADER_VALUES_MEMBER).excludes(HTTP_BINDINGS),
    rule(
        "smithy.api#httpQueryParams",
        ANNOTATION,
        on::QUERY_PARAMS_MEMBER,
    )
    .excludes(HTTP_BINDINGS)
    .once(),
    rule("smithy.api#httpResponseCode", ANNOTATION, on::STATUS_MEMBER)
        .excludes(HTTP_BINDINGS)
        .once(),
    rule(
        "smithy.api#idRef",
        Object(&[
            ("selector", Text, Optional),
            ("failWhenMissing", Bool, Optional),
            ("errorMessage", Text, Optional),
        ]),
        on::STRINGS,
    ),
    rule("smithy.api#idempotencyToken", ANNOTATION, on::STRING_MEMBER).once(),
    rule(
        "smithy.api#idempotent",
        Object(&[("exists", IDS, Optional), ("notFound", IDS, Optional)]),
        on::OPERATION,
    )
    .excludes(&["smithy.api#readonly"]),
    rule("smithy.api#input", ANNOTATION, on::STRUCTURE)
        .excludes(&["smithy.api#output", "smithy.api#error"]),
    rule("smithy.api#internal", ANNOTATION, on::ANYWHERE),
    rule("smithy.api#jsonName", Text, on::STRUCTURE_OR_UNION_MEMBER),
    rule(
        "smithy.api#length",
        Object(&[("min", Int, Optional), ("max", Int, Optional)]),
        on::LENGTHS,
    ),
    rule(
        "smithy.api#longPoll",
        Object(&[("timeoutMillis", Int, Required)]),
        on::OPERATION,
    ),
    rule("smithy.api#mediaType", MEDIA_TYPE, on::TEXT_OR_BLOB),
    rule(
        "smithy.api#metadata",
        Object(&[("key", NonEmpty, Required)]),
        on::DATA,
    ),
    rule(
        "smithy.api#mixin",
        Object(&[("localTraits", IDS, Optional)]),
        on::SHAPE,
    ),
    rule("smithy.api#nestedProperties", ANNOTATION, on::MEMBER),
    rule("smithy.api#noReplace", ANNOTATION, on::RESOURCE),
    rule("smithy.api#notProperty", ANNOTATION, on::ANYWHERE),
    rule("smithy.api#optionalAuth", ANNOTATION, on::OPERATION),
    rule("smithy.api#output", ANNOTATION, on::STRUCTURE)
        .excludes(&["smithy.api#input", "smithy.api#error"]),
    rule(
        "smithy.api#paginated",
        Object(&[
            ("inputToken", NonEmpty, Optional),
            ("outputToken", NonEmpty, Optional),
            ("items", NonEmpty, Optional),
            ("pageSize", NonEmpty, Optional),
        ]),
        on::SERVICE_OR_OPERATION,
    ),
    rule("smithy.api#pattern", Text, on::STRINGS),
    rule("smithy.api#private", ANNOTATION, on::ANYWHERE),
    rule(
        "smithy.api#property",
        Object(&[("name", Text, Optional)]),
        on::MEMBER,
    )
    .excludes(&["smithy.api#resourceIdentifier"]),
    rule(
        "smithy.api#protocolDefinition",
        Object(&[
            ("traits", IDS, Optional),
            ("noInlineDocumentSupport", Bool, Optional),
        ]),
        on::DEFINITION,
    ),
    rule(
        "smithy.api#range",
        Object(&[("min", Number, Optional), ("max", Number, Optional)]),
        on::NUMBERS,
    ),
    rule("smithy.api#readonly", ANNOTATION, on::OPERATION).excludes(&["smithy.api#idempotent"]),
    rule(
        "smithy.api#recommended",
        Object(&[("reason", Text, Optional)]),
        on::MEMBER,
    )
    .excludes(&["smithy.api#required"]),
    rule(
        "smithy.api#references",
        List(
            0,
            &Object(&[
                ("resource", ID, Required),
                ("ids", Map(0, &NonEmpty), Optional),
                ("service", ID, Optional),
                ("rel", NonEmpty, Optional),
            ]),
        ),
        on::STRUCTURE_OR_STRING,
    ),
    rule(
        "smithy.api#requestCompression",
        Object(&[("encodings", List(1, &ENCODING), Required)]),
        on::OPERATION,
    ),
    rule("smithy.api#required", ANNOTATION, on::MEMBER),
    rule("smithy.api#requiresLength", ANNOTATION, on::STREAMING_BLOB),
    rule(
        "smithy.api#resourceIdentifier",
        NonEmpty,
        on::REQUIRED_STRING_MEMBER,
    ),
    rule(
        "smithy.api#retryable",
        Object(&[("throttling", Bool, Optional)]),
        on::ERROR,
    ),
    rule("smithy.api#sensitive", ANNOTATION, on::DATA),
    rule("smithy.api#since", Text, on::ANYWHERE),
    rule("smithy.api#sparse", ANNOTATION, on::LIST_OR_MAP),
    rule("smithy.api#streaming", ANNOTATION, on::BLOB_OR_UNION),
    rule("smithy.api#suppress", List(0, &NonEmpty), on::ANYWHERE),
    rule("smithy.api#tags", TEXTS, on::ANYWHERE),
    rule(
        "smithy.api#timestampFormat",
        OneOf(&["date-time", "epoch-seconds", "http-date"]),
        on::TIMESTAMPS,
    ),
    rule("smithy.api#title", Text, on::ANYWHERE),
    rule(
        "smithy.api#trait",
        Object(&[
            ("selector", Text, Optional),
            (
                "structurallyExclusive",
                OneOf(&["member", "target"]),
                Optional,
            ),
            ("conflicts", List(0, &NonEmpty), Optional),
            ("breakingChanges", List(1, &Any), Optional),
        ]),
        on::DATA,
    ),
    rule("smithy.api#traitValidators", Map(0, &Any), on::DEFINITION),
    rule("smithy.api#uniqueItems", ANNOTATION, on::COMPARABLE_LIST)
        .excludes(&["smithy.api#sparse"]),
    rule("smithy.api#unitType", ANNOTATION, on::STRUCTURE),
    rule("smithy.api#unstable", ANNOTATION, on::ANYWHERE),
    rule(
        "smithy.api#xmlAttribute",
        ANNOTATION,
        on::HEADER_VALUE_MEMBER,
    )
    .excludes(&["smithy.api#xmlNamespace"]),
    rule("smithy.api#xmlFlattened", ANNOTATION, on::FLATTENED_MEMBER),
    rule("smithy.api#xmlName", XML_NAME, on::XML_NAME),
    rule(
        "smithy.api#xmlNamespace",
        Object(&[("uri", NonEmpty, Required), ("prefix", NonEmpty, Optional)]),
        on::XML_NAMESPACE,
    )
    .excludes(&["smithy.api#xmlAttribute"]),
    rule(
        "smithy.rules#clientContextParams",
        Map(
            0,
            &Object(&[
                ("type", OneOf(&["string", "boolean"]), Required),
                ("documentation", Text, Optional),
            ]),
        ),
        on::SERVICE,
    ),
    rule(
        "smithy.rules#contextParam",
        Object(&[("name", NonEmpty, Required)]),
        on::MEMBER,
    ),
    rule(
        "smithy.rules#operationContextParams",
        Map(0, &Object(&[("path", NonEmpty, Required)])),
        on::OPERATION,
    ),
    rule(
        "smithy.rules#staticContextParams",
        Map(0, &Object(&[("value", Any, Required)])),
        on::OPERATION,
    ),
    rule(
        "smithy.test#httpRequestTests",
        List(0, &REQUEST_TEST),
        on::OPERATION,
    ),
    rule(
        "smithy.test#httpResponseTests",
        List(0, &RESPONSE_TEST),
        on::OPERATION_OR_ERROR,
    ),
    rule(
        "smithy.waiters#waitable",
        Map(
            1,
            &Object(&[
                ("acceptors", List(1, &ACCEPTOR), Required),
                ("minDelay", Int, Optional),
                ("maxDelay", Int, Optional),
                ("documentation", Text, Optional),
                ("deprecated", Bool, Optional),
                ("tags", TEXTS, Optional),
            ]),
        ),
        on::OPERATION,
    ),
];

const CLIENT_OR_SERVER: Form = OneOf(&["client", "server"]);

const REQUEST_TEST: Form = Object(&[
    ("id", NonEmpty, Required),
    ("protocol", ID, Required),
    ("method", NonEmpty, Required),
    ("uri", Text, Required),
    ("host", Text, Optional),
    ("resolvedHost", Text, Optional),
    ("authScheme", ID, Optional),
    ("queryParams", TEXTS, Optional),
    ("forbidQueryParams", TEXTS, Optional),
    ("requireQueryParams", TEXTS, Optional),
    ("headers", Map(0, &Text), Optional),
    ("forbidHeaders", TEXTS, Optional),
    ("requireHeaders", TEXTS, Optional),
    ("body", Text, Optional),
    ("bodyMediaType", Text, Optional),
    ("params", Map(0, &Any), Optional),
    ("vendorParams", Map(0, &Any), Optional),
    ("vendorParamsShape", ID, Optional),
    ("documentation", Text, Optional),
    ("tags", TEXTS, Optional),
    ("appliesTo", CLIENT_OR_SERVER, Optional),
]);

const RESPONSE_TEST: Form = Object(&[
    ("id", NonEmpty, Required),
    ("protocol", ID, Required),
    ("code", Int, Required),
    ("authScheme", ID, Optional),
    ("headers", Map(0, &Text), Optional),
    ("forbidHeaders", TEXTS, Optional),
    ("requireHeaders", TEXTS, Optional),
    ("body", Text, Optional),
    ("bodyMediaType", Text, Optional),
    ("params", Map(0, &Any), Optional),
    ("vendorParams", Map(0, &Any), Optional),
    ("vendorParamsShape", ID, Optional),
    ("documentation", Text, Optional),
    ("tags", TEXTS, Optional),
    ("appliesTo", CLIENT_OR_SERVER, Optional),
]);

/// What ends a waiter, or lets it go on.
const ACCEPTOR: Form = Object(&[
    ("state", OneOf(&["success", "failure", "retry"]), Required),
    (
        "matcher",
        Object(&[
            ("output", PATH_MATCHER, Optional),
            ("inputOutput", PATH_MATCHER, Optional),
            ("errorType", Text, Optional),
            ("success", Bool, Optional),
        ]),
        Required,
    ),
    ("message", Text, Optional),
]);

const PATH_MATCHER: Form = Object(&[
    ("path", Text, Required),
    ("expected", Text, Required),
    (
        "comparator",
        OneOf(&[
            "stringEquals",
            "booleanEquals",
            "allStringEquals",
            "anyStringEquals",
        ]),
        Required,
    ),
]);

/// The one encoding that Smithy knows.
const ENCODING: Form = Checked("`gzip`", "gzip", |text| text.eq_ignore_ascii_case("gzip"));

const PROTOCOL: Form = Object(&[
    ("http", TEXTS, Optional),
    ("eventStreamHttp", TEXTS, Optional),
]);

#[cfg(test)]
mod tests {
    use super::{HTTP_BINDINGS, RULES, find, ids};

    #[test]
    fn sorted_for_the_search() {
        assert!(RULES.windows(2).all(|pair| pair[0].id < pair[1].id));
        assert!(ids().all(|id| find(id).is_some_and(|rule| rule.id == id)));
        assert!(find("smithy.api#no").is_none());
    }

    #[test]
    fn what_is_excluded_is_known() {
        assert!(
            RULES
                .iter()
                .flat_map(|rule| rule.excludes)
                .chain(HTTP_BINDINGS)
                .all(|id| find(id).is_some())
        );
    }
}
