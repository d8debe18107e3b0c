//! "Behavior traits" of Smithy's specification, "Waiters" and AWS's checksums.

use crate::syntax::node::Node;
use crate::traits::change::EventSeverity::{Danger, Error, Note};
use crate::traits::change::Kinds::{Add, Remove, Update};
use crate::traits::change::{Change, NOT_REMOVED, change};
use crate::traits::form::Form::{Bool, Checked, Int, List, Map, NonEmpty, Object, OneOf, Text};
use crate::traits::form::Need::{Optional, Required};
use crate::traits::form::{Form, IDS, MARKER, STRINGS};
use crate::traits::place as on;
use crate::traits::reader::TraitValue;
use crate::traits::row::Coverage::{Complete, Partial};
use crate::traits::row::{row, traits};
use crate::traits::values::behavior::{HttpChecksum, Paginated, RequestCompression, Retryable};
use crate::traits::values::waiters::Waiters;

traits! {
    /// The member identifies a request, so that it can be repeated ("idempotencyToken trait").
    IDEMPOTENCY_TOKEN: () = "smithy.api#idempotencyToken" => row(MARKER, on::STRING_MEMBER)
        .exclusive().changes(NOT_REMOVED).botocore(Complete);
    /// The operation can be repeated without further effect ("idempotent trait").
    IDEMPOTENT: () = "smithy.api#idempotent" => row(IDEMPOTENT_FORM, on::OPERATION)
        .excludes(&[READONLY.id()]).changes(NOT_REMOVED).botocore(Partial);
    /// The response of the operation can take long ("longPoll trait").
    LONG_POLL: () = "smithy.api#longPoll" =>
        row(Object(&[("timeoutMillis", Int, Required)]), on::OPERATION);
    /// The results of the operation come in pages ("paginated trait").
    PAGINATED: Paginated = "smithy.api#paginated" => row(PAGINATED_FORM, on::SERVICE_OR_OPERATION)
        .changes(PAGINATED_CHANGES).botocore_like(Partial, same_pages);
    /// The operation changes nothing ("readonly trait").
    READONLY: () = "smithy.api#readonly" => row(MARKER, on::OPERATION).excludes(&[IDEMPOTENT.id()])
        .changes(NOT_REMOVED).botocore(Partial);
    /// Request bodies can be compressed ("requestCompression trait").
    REQUEST_COMPRESSION: RequestCompression = "smithy.api#requestCompression" =>
        row(REQUEST_COMPRESSION_FORM, on::OPERATION).changes(REQUEST_COMPRESSION_CHANGES)
        .botocore(Complete);
    /// A request that failed with the error can be retried ("retryable trait").
    RETRYABLE: Retryable = "smithy.api#retryable" =>
        row(Object(&[("throttling", Bool, Optional)]), on::ERROR).changes(NOT_REMOVED)
        .botocore_like(Complete, same_retryable);
    /// Messages have checksums of several algorithms (AWS, "HTTP checksum").
    HTTP_CHECKSUM: HttpChecksum = "aws.protocols#httpChecksum" =>
        row(HTTP_CHECKSUM_FORM, on::OPERATION).changes(HTTP_CHECKSUM_CHANGES).botocore(Complete);
    /// The waiters of the operation ("waitable trait").
    WAITABLE: Waiters = "smithy.waiters#waitable" => row(WAITABLE_FORM, on::OPERATION)
        .botocore(Partial).prose_in(&["documentation"], 2);
}

const IDEMPOTENT_FORM: Form = Object(&[("exists", IDS, Optional), ("notFound", IDS, Optional)]);

const PAGINATED_FORM: Form = Object(&[
    ("inputToken", NonEmpty, Optional),
    ("outputToken", NonEmpty, Optional),
    ("items", NonEmpty, Optional),
    ("pageSize", NonEmpty, Optional),
]);

const PAGINATED_CHANGES: &[Change] = &[
    change(Remove, "", Error, ""),
    change(Update, "/inputToken", Error, ""),
    change(Update, "/outputToken", Error, ""),
    change(Remove, "/items", Error, ""),
    change(Add, "/items", Note, ""),
    change(Update, "/items", Note, ""),
    change(Update, "/pageSize", Error, ""),
    change(Remove, "/pageSize", Error, ""),
];

const REQUEST_COMPRESSION_CHANGES: &[Change] = &[
    change(
        Remove,
        "",
        Danger,
        "new clients no longer compress requests; the service must take compressed ones from older clients",
    ),
    change(Remove, "/encodings", Error, "the trait must have encodings"),
    change(
        Add,
        "/encodings/member",
        Note,
        "from now on the service must take requests in this encoding",
    ),
    change(
        Remove,
        "/encodings/member",
        Danger,
        "new clients no longer compress requests this way; the service must take them from older clients",
    ),
    change(
        Update,
        "/encodings/member",
        Danger,
        "new clients no longer compress requests the former way; the service must take them from older clients",
    ),
];

const HTTP_CHECKSUM_FORM: Form = Object(&[
    ("requestAlgorithmMember", Text, Optional),
    ("requestChecksumRequired", Bool, Optional),
    ("requestValidationModeMember", Text, Optional),
    (
        "responseAlgorithms",
        List(
            1,
            &OneOf(&[
                "CRC32",
                "CRC32C",
                "CRC64NVME",
                "MD5",
                "SHA1",
                "SHA256",
                "SHA512",
                "XXHASH64",
                "XXHASH3",
                "XXHASH128",
            ]),
        ),
        Optional,
    ),
]);

const HTTP_CHECKSUM_CHANGES: &[Change] = &[
    change(
        Remove,
        "",
        Danger,
        "new clients no longer send or check checksums; the service must keep them for older ones",
    ),
    change(
        Remove,
        "/requestAlgorithmMember",
        Danger,
        "new clients no longer choose the algorithm of a request's checksum; the service must keep it for older ones",
    ),
    change(
        Remove,
        "/requestValidationModeMember",
        Danger,
        "new clients no longer check a response's checksum; the service must keep it for older ones",
    ),
    change(
        Remove,
        "/responseAlgorithms/member",
        Danger,
        "new clients no longer check checksums of this algorithm; the service must keep it for older ones",
    ),
];

const WAITABLE_FORM: Form = Map(
    1,
    &Object(&[
        ("acceptors", List(1, &ACCEPTOR), Required),
        ("minDelay", Int, Optional),
        ("maxDelay", Int, Optional),
        ("documentation", Text, Optional),
        ("deprecated", Bool, Optional),
        ("tags", STRINGS, Optional),
    ]),
);

const REQUEST_COMPRESSION_FORM: Form = Object(&[("encodings", List(1, &ENCODING), Required)]);

/// The one encoding that Smithy defines.
const ENCODING: Form = Checked("`gzip`", "gzip", |text| text.eq_ignore_ascii_case("gzip"));

/// An acceptor of a waiter.
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

/// Smithy's pages have the items of one member. For an operation that has two, botocore's paginator
/// names none.
fn same_pages(existing: &Node, botocore: &Node) -> bool {
    let tokens = ["inputToken", "outputToken", "pageSize"];
    tokens
        .iter()
        .all(|key| existing.get(key) == botocore.get(key))
        && botocore
            .get("items")
            .is_none_or(|items| existing.get("items") == Some(items))
}

/// botocore writes `throttling` even if it is false.
fn same_retryable(existing: &Node, botocore: &Node) -> bool {
    let throttling = |node| Retryable::read(node).map(|retryable| retryable.throttling);
    throttling(existing) == throttling(botocore)
}
