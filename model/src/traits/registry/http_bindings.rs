//! "HTTP bindings" of Smithy's specification.

use crate::syntax::node::Node;
use crate::traits::change::EventSeverity::{Danger, Error};
use crate::traits::change::Kinds::{Presence, Remove, Update};
use crate::traits::change::{Change, FIXED, FIXED_PRESENCE, NOT_REMOVED, change};
use crate::traits::form::Form::{Int, List, Map, NonEmpty, Object, Text};
use crate::traits::form::Need::{Optional, Required};
use crate::traits::form::{Form, MARKER};
use crate::traits::place as on;
use crate::traits::reader::TraitValue;
use crate::traits::row::Coverage::Complete;
use crate::traits::row::{row, traits};
use crate::traits::values::http::Http;

traits! {
    /// The service answers CORS requests ("cors trait").
    CORS: () = "smithy.api#cors" => row(CORS_FORM, on::SERVICE).changes(NOT_REMOVED);
    /// The method, URI pattern and status of the operation ("http trait").
    HTTP: Http = "smithy.api#http" => row(HTTP_FORM, on::OPERATION).changes(HTTP_CHANGES)
        .implies(&[("code", Some("200"))]).botocore_like(Complete, same_http);
    /// Requests need a checksum ("httpChecksumRequired trait").
    HTTP_CHECKSUM_REQUIRED: () = "smithy.api#httpChecksumRequired" => row(MARKER, on::OPERATION)
        .botocore(Complete);
    /// The status of the error ("httpError trait").
    HTTP_ERROR: i64 = "smithy.api#httpError" => row(Int, on::ERROR).changes(FIXED)
        .botocore(Complete);
    /// Binds the member to a header ("httpHeader trait").
    HTTP_HEADER: str = "smithy.api#httpHeader" => row(NonEmpty, on::HEADER_VALUES_MEMBER)
        .excludes(HTTP_BINDINGS).changes(FIXED).botocore(Complete);
    /// Binds the member to a label of the URI pattern ("httpLabel trait").
    HTTP_LABEL: () = "smithy.api#httpLabel" => row(MARKER, on::HEADER_VALUE_MEMBER)
        .excludes(HTTP_BINDINGS).changes(FIXED_PRESENCE).botocore(Complete);
    /// Binds the member to the body ("httpPayload trait").
    HTTP_PAYLOAD: () = "smithy.api#httpPayload" => row(MARKER, on::STRUCTURE_MEMBER).excludes(HTTP_BINDINGS)
        .exclusive().changes(FIXED_PRESENCE).botocore(Complete);
    /// Binds the map to all headers with a prefix ("httpPrefixHeaders trait").
    HTTP_PREFIX_HEADERS: str = "smithy.api#httpPrefixHeaders" =>
        row(Text, on::PREFIX_HEADERS_MEMBER).excludes(HTTP_BINDINGS).exclusive().changes(FIXED)
        .botocore(Complete);
    /// Binds the member to a query parameter ("httpQuery trait").
    HTTP_QUERY: str = "smithy.api#httpQuery" => row(NonEmpty, on::HEADER_VALUES_MEMBER)
        .excludes(HTTP_BINDINGS).changes(FIXED).botocore(Complete);
    /// Binds the map to query parameters ("httpQueryParams trait").
    HTTP_QUERY_PARAMS: () = "smithy.api#httpQueryParams" => row(MARKER, on::QUERY_PARAMS_MEMBER)
        .excludes(HTTP_BINDINGS).exclusive().changes(FIXED).botocore(Complete);
    /// Binds the member to the status of the response ("httpResponseCode trait").
    HTTP_RESPONSE_CODE: () = "smithy.api#httpResponseCode" => row(MARKER, on::STATUS_MEMBER)
        .excludes(HTTP_BINDINGS).exclusive().changes(FIXED).botocore(Complete);
}

const CORS_FORM: Form = Object(&[
    ("origin", NonEmpty, Optional),
    ("origins", Map(0, &NonEmpty), Optional),
    ("maxAge", Int, Optional),
    ("additionalAllowedHeaders", List(0, &NonEmpty), Optional),
    ("additionalExposedHeaders", List(0, &NonEmpty), Optional),
]);

const HTTP_FORM: Form = Object(&[
    ("method", NonEmpty, Required),
    ("uri", NonEmpty, Required),
    ("code", Int, Optional),
]);

const HTTP_CHANGES: &[Change] = &[
    change(Remove, "", Error, ""),
    change(Update, "/method", Error, ""),
    change(Update, "/uri", Error, ""),
    change(Update, "/code", Error, ""),
    change(
        Presence,
        "/code",
        Danger,
        "it breaks nobody only if the value is the default, 200",
    ),
];

/// The bindings of members to parts of HTTP messages: a member has at most one.
pub(crate) const HTTP_BINDINGS: &[&str] = &[
    HTTP_HEADER.id(),
    HTTP_LABEL.id(),
    HTTP_PAYLOAD.id(),
    HTTP_PREFIX_HEADERS.id(),
    HTTP_QUERY.id(),
    HTTP_QUERY_PARAMS.id(),
    HTTP_RESPONSE_CODE.id(),
];

/// The status is 200 unless it is given.
fn same_http(existing: &Node, botocore: &Node) -> bool {
    let parts =
        |node| Http::read(node).map(|http| (http.method.value, http.uri.value, http.code.value));
    parts(existing) == parts(botocore)
}
