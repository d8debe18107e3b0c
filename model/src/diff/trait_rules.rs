//! What the definitions of published traits say of changes.
//!
//! Facts of the trait definitions of Smithy 1.73 (`breakingChanges`); the reasons are in our own
//! words.

use super::event::EventSeverity;
use super::trait_change::Kind;
use crate::diff::event::EventSeverity::{Danger, Error, Note, Warning};
use crate::syntax::shape_id::ShapeId;
use ChangeKind::{Add, Any, Presence, Remove, Update};

/// Which changes a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChangeKind {
    Add,
    Remove,
    Update,
    /// Added or removed.
    Presence,
    Any,
}

impl ChangeKind {
    /// Reads the `change` of a rule.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "add" => Add,
            "remove" => Remove,
            "update" => Update,
            "presence" => Presence,
            "any" => Any,
            _ => return None,
        })
    }

    pub(super) fn covers(self, kind: Kind) -> bool {
        match self {
            Add => kind == Kind::Add,
            Remove => kind == Kind::Remove,
            Update => kind == Kind::Update,
            Presence => kind != Kind::Update,
            Any => true,
        }
    }
}

/// A rule of a published trait.
pub(super) struct TraitRule {
    id: &'static str,
    pub(super) change: ChangeKind,
    /// The part of the trait's value, as a JSON pointer along the definition; empty for all of it.
    pub(super) path: &'static str,
    pub(super) severity: EventSeverity,
    /// Empty where the change says it all.
    pub(super) why: &'static str,
}

/// The rules of a published trait.
pub(super) fn of(id: &str) -> impl Iterator<Item = &'static TraitRule> {
    RULES.iter().filter(move |rule| rule.id == id)
}

/// Whether a trait is one of Smithy's or AWS's, which have definitions though models leave them
/// out.
pub(super) fn is_published(id: &ShapeId) -> bool {
    let first = id.namespace().split('.').next().unwrap_or_default();
    matches!(first, "smithy" | "aws" | "alloy") && !id.namespace().starts_with("smithy.example")
}

const fn rule(
    id: &'static str,
    change: ChangeKind,
    path: &'static str,
    severity: EventSeverity,
    why: &'static str,
) -> TraitRule {
    TraitRule {
        id,
        change,
        path,
        severity,
        why,
    }
}

const RULES: &[TraitRule] = &[
    rule("aws.api#awsChunked", Remove, "", Error, ""),
    rule(
        "aws.auth#sigv4",
        Remove,
        "",
        Error,
        "clients that sign this way are locked out",
    ),
    rule(
        "aws.auth#sigv4a",
        Remove,
        "",
        Error,
        "clients that sign this way are locked out",
    ),
    rule(
        "aws.cloudformation#cfnAdditionalIdentifier",
        Remove,
        "",
        Error,
        "",
    ),
    rule("aws.cloudformation#cfnExcludeProperty", Add, "", Error, ""),
    rule("aws.cloudformation#cfnName", Any, "", Error, ""),
    rule("aws.cloudformation#cfnResource", Presence, "", Error, ""),
    rule("aws.endpoints#dualStackOnlyEndpoints", Any, "", Error, ""),
    rule("aws.endpoints#endpointsModifier", Presence, "", Error, ""),
    rule("aws.endpoints#rulesBasedEndpoints", Any, "", Error, ""),
    rule(
        "aws.endpoints#standardPartitionalEndpoints",
        Any,
        "",
        Error,
        "",
    ),
    rule(
        "aws.endpoints#standardRegionalEndpoints",
        Remove,
        "",
        Error,
        "",
    ),
    rule("aws.protocols#awsQueryError", Any, "", Error, ""),
    rule(
        "aws.protocols#httpChecksum",
        Remove,
        "",
        Danger,
        "new clients no longer send or check checksums; the service must keep them for older ones",
    ),
    rule(
        "aws.protocols#httpChecksum",
        Remove,
        "/requestAlgorithmMember",
        Danger,
        "new clients no longer choose the algorithm of a request's checksum; the service must keep it for older ones",
    ),
    rule(
        "aws.protocols#httpChecksum",
        Remove,
        "/requestValidationModeMember",
        Danger,
        "new clients no longer check a response's checksum; the service must keep it for older ones",
    ),
    rule(
        "aws.protocols#httpChecksum",
        Remove,
        "/responseAlgorithms/member",
        Danger,
        "new clients no longer check checksums of this algorithm; the service must keep it for older ones",
    ),
    rule("smithy.api#addedDefault", Remove, "", Error, ""),
    rule("smithy.api#authDefinition", Presence, "", Error, ""),
    rule("smithy.api#cors", Remove, "", Error, ""),
    rule("smithy.api#endpoint", Any, "", Error, ""),
    rule("smithy.api#enum", Presence, "", Error, ""),
    rule("smithy.api#error", Any, "", Error, ""),
    rule("smithy.api#eventHeader", Any, "", Error, ""),
    rule("smithy.api#eventPayload", Any, "", Error, ""),
    rule("smithy.api#hostLabel", Any, "", Error, ""),
    rule("smithy.api#http", Remove, "", Error, ""),
    rule("smithy.api#http", Update, "/method", Error, ""),
    rule("smithy.api#http", Update, "/uri", Error, ""),
    rule("smithy.api#http", Update, "/code", Error, ""),
    rule(
        "smithy.api#http",
        Presence,
        "/code",
        Danger,
        "it breaks nobody only if the value is the default, 200",
    ),
    rule("smithy.api#httpApiKeyAuth", Remove, "", Error, ""),
    rule("smithy.api#httpBasicAuth", Remove, "", Error, ""),
    rule("smithy.api#httpBearerAuth", Remove, "", Error, ""),
    rule("smithy.api#httpDigestAuth", Remove, "", Error, ""),
    rule("smithy.api#httpError", Any, "", Error, ""),
    rule("smithy.api#httpHeader", Any, "", Error, ""),
    rule("smithy.api#httpLabel", Presence, "", Error, ""),
    rule("smithy.api#httpPayload", Presence, "", Error, ""),
    rule("smithy.api#httpPrefixHeaders", Any, "", Error, ""),
    rule("smithy.api#httpQuery", Any, "", Error, ""),
    rule("smithy.api#httpQueryParams", Any, "", Error, ""),
    rule("smithy.api#httpResponseCode", Any, "", Error, ""),
    rule("smithy.api#idempotencyToken", Remove, "", Error, ""),
    rule("smithy.api#idempotent", Remove, "", Error, ""),
    rule("smithy.api#input", Presence, "", Error, ""),
    rule(
        "smithy.api#internal",
        Remove,
        "",
        Warning,
        "the shape becomes visible to everybody",
    ),
    rule("smithy.api#jsonName", Any, "", Error, ""),
    rule("smithy.api#mediaType", Remove, "", Error, ""),
    rule("smithy.api#nestedProperties", Any, "", Error, ""),
    rule("smithy.api#notProperty", Add, "", Error, ""),
    rule("smithy.api#optionalAuth", Remove, "", Error, ""),
    rule("smithy.api#output", Presence, "", Error, ""),
    rule("smithy.api#paginated", Remove, "", Error, ""),
    rule("smithy.api#paginated", Update, "/inputToken", Error, ""),
    rule("smithy.api#paginated", Update, "/outputToken", Error, ""),
    rule("smithy.api#paginated", Remove, "/items", Error, ""),
    rule("smithy.api#paginated", Add, "/items", Note, ""),
    rule("smithy.api#paginated", Update, "/items", Note, ""),
    rule("smithy.api#paginated", Update, "/pageSize", Error, ""),
    rule("smithy.api#paginated", Remove, "/pageSize", Error, ""),
    rule(
        "smithy.api#pattern",
        Add,
        "",
        Warning,
        "it breaks nobody only if every value matched before",
    ),
    rule(
        "smithy.api#pattern",
        Update,
        "",
        Note,
        "a pattern should only ever allow more",
    ),
    rule("smithy.api#property", Remove, "", Error, ""),
    rule("smithy.api#property", Update, "", Error, ""),
    rule("smithy.api#protocolDefinition", Presence, "", Error, ""),
    rule("smithy.api#readonly", Remove, "", Error, ""),
    rule(
        "smithy.api#requestCompression",
        Remove,
        "",
        Danger,
        "new clients no longer compress requests; the service must take compressed ones from older clients",
    ),
    rule(
        "smithy.api#requestCompression",
        Remove,
        "/encodings",
        Error,
        "the trait must have encodings",
    ),
    rule(
        "smithy.api#requestCompression",
        Add,
        "/encodings/member",
        Note,
        "from now on the service must take requests in this encoding",
    ),
    rule(
        "smithy.api#requestCompression",
        Remove,
        "/encodings/member",
        Danger,
        "new clients no longer compress requests this way; the service must take them from older clients",
    ),
    rule(
        "smithy.api#requestCompression",
        Update,
        "/encodings/member",
        Danger,
        "new clients no longer compress requests the former way; the service must take them from older clients",
    ),
    rule("smithy.api#requiresLength", Presence, "", Error, ""),
    rule("smithy.api#resourceIdentifier", Remove, "", Error, ""),
    rule("smithy.api#retryable", Remove, "", Error, ""),
    rule("smithy.api#sparse", Presence, "", Error, ""),
    rule("smithy.api#streaming", Any, "", Error, ""),
    rule("smithy.api#timestampFormat", Any, "", Error, ""),
    rule("smithy.api#trait", Presence, "", Error, ""),
    rule("smithy.api#trait", Any, "/structurallyExclusive", Error, ""),
    rule(
        "smithy.api#trait",
        Update,
        "/conflicts",
        Note,
        "models that were valid may no longer be",
    ),
    rule("smithy.api#uniqueItems", Presence, "", Warning, ""),
    rule("smithy.api#xmlAttribute", Any, "", Error, ""),
    rule("smithy.api#xmlFlattened", Any, "", Error, ""),
    rule("smithy.api#xmlName", Any, "", Error, ""),
    rule("smithy.api#xmlNamespace", Any, "", Error, ""),
    rule("smithy.mqtt#publish", Any, "", Error, ""),
    rule("smithy.mqtt#subscribe", Any, "", Error, ""),
    rule(
        "smithy.openapi#specificationExtension",
        Presence,
        "",
        Error,
        "",
    ),
    rule(
        "smithy.openapi#specificationExtension",
        Any,
        "/as",
        Error,
        "",
    ),
];
