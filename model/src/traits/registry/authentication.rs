//! "Authentication traits" of Smithy's specification and "AWS authentication traits".

use crate::traits::change::EventSeverity::Error;
use crate::traits::change::Kinds::Remove;
use crate::traits::change::{Change, FIXED_PRESENCE, NOT_REMOVED, change};
use crate::traits::form::Form::{List, NonEmpty, Object, OneOf, Text};
use crate::traits::form::Need::{Optional, Required};
use crate::traits::form::{Form, IDS, MARKER, STRINGS};
use crate::traits::place as on;
use crate::traits::row::Coverage::{Complete, Partial};
use crate::traits::row::{row, traits};
use crate::traits::values::authentication::{ApiKeyAuth, SigningName};
use crate::traits::values::fields::Strings;

traits! {
    /// The authentication schemes that the service or operation accepts ("auth trait").
    AUTH: Strings = "smithy.api#auth" => row(IDS, on::SERVICE_OR_OPERATION).botocore(Partial);
    /// The trait defines an authentication scheme ("authDefinition trait").
    AUTH_DEFINITION: () = "smithy.api#authDefinition" =>
        row(Object(&[("traits", IDS, Optional)]), on::DEFINITION).changes(FIXED_PRESENCE);
    /// A key in a header or query parameter ("httpApiKeyAuth trait").
    HTTP_API_KEY_AUTH: ApiKeyAuth = "smithy.api#httpApiKeyAuth" =>
        row(HTTP_API_KEY_AUTH_FORM, on::SERVICE).changes(NOT_REMOVED);
    /// HTTP basic authentication ("httpBasicAuth trait").
    HTTP_BASIC_AUTH: () = "smithy.api#httpBasicAuth" => row(MARKER, on::SERVICE)
        .changes(NOT_REMOVED);
    /// A bearer token ("httpBearerAuth trait").
    HTTP_BEARER_AUTH: () = "smithy.api#httpBearerAuth" => row(MARKER, on::SERVICE)
        .changes(NOT_REMOVED).botocore(Complete);
    /// HTTP digest authentication ("httpDigestAuth trait").
    HTTP_DIGEST_AUTH: () = "smithy.api#httpDigestAuth" => row(MARKER, on::SERVICE)
        .changes(NOT_REMOVED);
    /// The operation can be called without authentication ("optionalAuth trait").
    OPTIONAL_AUTH: () = "smithy.api#optionalAuth" => row(MARKER, on::OPERATION)
        .changes(NOT_REMOVED).botocore(Complete);
    /// Amazon Cognito user pools ("cognitoUserPools trait").
    COGNITO_USER_POOLS: () = "aws.auth#cognitoUserPools" =>
        row(Object(&[("providerArns", STRINGS, Required)]), on::SERVICE);
    /// The scopes of a call with Cognito user pools.
    COGNITO_USER_POOLS_SCOPES: () = "aws.auth#cognitoUserPoolsScopes" =>
        row(List(1, &Text), on::OPERATION);
    /// AWS signature version 4 ("sigv4 trait").
    SIGV4: SigningName = "aws.auth#sigv4" =>
        row(Object(&[("name", NonEmpty, Required)]), on::SERVICE).changes(SIGV4_CHANGES)
        .botocore(Complete);
    /// AWS signature version 4A, which is valid in several regions ("sigv4a trait").
    SIGV4A: SigningName = "aws.auth#sigv4a" =>
        row(Object(&[("name", NonEmpty, Required)]), on::SERVICE).changes(SIGV4A_CHANGES)
        .botocore(Complete);
    /// The signature leaves the body out ("unsignedPayload trait").
    UNSIGNED_PAYLOAD: () = "aws.auth#unsignedPayload" => row(MARKER, on::OPERATION)
        .botocore(Complete);
}

const HTTP_API_KEY_AUTH_FORM: Form = Object(&[
    ("name", NonEmpty, Required),
    ("in", OneOf(&["header", "query"]), Required),
    ("scheme", NonEmpty, Optional),
]);

const SIGV4_CHANGES: &[Change] = &[change(
    Remove,
    "",
    Error,
    "clients that sign this way are locked out",
)];

const SIGV4A_CHANGES: &[Change] = &[change(
    Remove,
    "",
    Error,
    "clients that sign this way are locked out",
)];
