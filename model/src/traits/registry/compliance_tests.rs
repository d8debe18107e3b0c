//! "HTTP protocol compliance tests", "Event stream compliance tests" and "Smoke tests" of Smithy's
//! specification.

use crate::traits::form::Form::{Any, Bool, Int, List, Map, NonEmpty, Object, OneOf, Text, Union};
use crate::traits::form::Need::{Optional, Required};
use crate::traits::form::{Form, ID, MARKER, STRINGS};
use crate::traits::place as on;
use crate::traits::row::{row, traits};
use crate::traits::values::compliance_tests::{RequestTests, ResponseTests};
use crate::traits::values::malformed_requests::MalformedRequestTests;

traits! {
    /// Tests of event streams ("eventStreamTests trait").
    EVENT_STREAM_TESTS: () = "smithy.test#eventStreamTests" =>
        row(List(1, &EVENT_STREAM_TEST), on::EVENT_STREAM_OPERATION);
    /// Requests that servers reject ("httpMalformedRequestTests trait").
    HTTP_MALFORMED_REQUEST_TESTS: MalformedRequestTests = "smithy.test#httpMalformedRequestTests" =>
        row(List(1, &MALFORMED_REQUEST_TEST), on::OPERATION);
    /// Requests that clients send ("httpRequestTests trait").
    HTTP_REQUEST_TESTS: RequestTests = "smithy.test#httpRequestTests" =>
        row(List(0, &REQUEST_TEST), on::OPERATION);
    /// Responses that clients read ("httpResponseTests trait").
    HTTP_RESPONSE_TESTS: ResponseTests = "smithy.test#httpResponseTests" =>
        row(List(0, &RESPONSE_TEST), on::OPERATION_OR_ERROR);
    /// Calls that show that a service works ("smokeTests trait").
    SMOKE_TESTS: () = "smithy.test#smokeTests" => row(List(0, &SMOKE_TEST), on::OPERATION);
}

const CLIENT_OR_SERVER: Form = OneOf(&["client", "server"]);

const REQUEST_TEST: Form = Object(&[
    ("id", NonEmpty, Required),
    ("protocol", ID, Required),
    ("method", NonEmpty, Required),
    ("uri", Text, Required),
    ("host", Text, Optional),
    ("resolvedHost", Text, Optional),
    ("authScheme", ID, Optional),
    ("queryParams", STRINGS, Optional),
    ("forbidQueryParams", STRINGS, Optional),
    ("requireQueryParams", STRINGS, Optional),
    ("headers", Map(0, &Text), Optional),
    ("forbidHeaders", STRINGS, Optional),
    ("requireHeaders", STRINGS, Optional),
    ("body", Text, Optional),
    ("bodyMediaType", Text, Optional),
    ("params", Map(0, &Any), Optional),
    ("vendorParams", Map(0, &Any), Optional),
    ("vendorParamsShape", ID, Optional),
    ("documentation", Text, Optional),
    ("tags", STRINGS, Optional),
    ("appliesTo", CLIENT_OR_SERVER, Optional),
]);

const RESPONSE_TEST: Form = Object(&[
    ("id", NonEmpty, Required),
    ("protocol", ID, Required),
    ("code", Int, Required),
    ("authScheme", ID, Optional),
    ("headers", Map(0, &Text), Optional),
    ("forbidHeaders", STRINGS, Optional),
    ("requireHeaders", STRINGS, Optional),
    ("body", Text, Optional),
    ("bodyMediaType", Text, Optional),
    ("params", Map(0, &Any), Optional),
    ("vendorParams", Map(0, &Any), Optional),
    ("vendorParamsShape", ID, Optional),
    ("documentation", Text, Optional),
    ("tags", STRINGS, Optional),
    ("appliesTo", CLIENT_OR_SERVER, Optional),
]);

const EVENT_STREAM_TEST: Form = Object(&[
    ("id", NonEmpty, Required),
    ("protocol", ID, Required),
    ("initialRequestParams", Any, Optional),
    ("initialRequest", Any, Optional),
    ("initialRequestShape", ID, Optional),
    ("initialResponseParams", Any, Optional),
    ("initialResponse", Any, Optional),
    ("initialResponseShape", ID, Optional),
    (
        "events",
        List(
            0,
            &Object(&[
                ("type", OneOf(&["request", "response"]), Required),
                ("params", Any, Optional),
                (
                    "headers",
                    Map(
                        0,
                        &Union(&[
                            ("boolean", Bool, Optional),
                            ("byte", Int, Optional),
                            ("short", Int, Optional),
                            ("integer", Int, Optional),
                            ("long", Int, Optional),
                            ("blob", Text, Optional),
                            ("string", Text, Optional),
                            ("timestamp", Any, Optional),
                        ]),
                    ),
                    Optional,
                ),
                ("forbidHeaders", STRINGS, Optional),
                ("requireHeaders", STRINGS, Optional),
                ("body", Text, Optional),
                ("bodyMediaType", Text, Optional),
                ("bytes", Text, Optional),
                ("vendorParams", Any, Optional),
                ("vendorParamsShape", ID, Optional),
            ]),
        ),
        Optional,
    ),
    (
        "expectation",
        Union(&[
            ("success", MARKER, Optional),
            ("failure", FAILURE, Optional),
        ]),
        Optional,
    ),
    ("vendorParams", Any, Optional),
    ("vendorParamsShape", ID, Optional),
    ("documentation", Text, Optional),
    ("appliesTo", CLIENT_OR_SERVER, Optional),
    ("tags", List(0, &NonEmpty), Optional),
]);

const MALFORMED_REQUEST_TEST: Form = Object(&[
    ("id", NonEmpty, Required),
    ("protocol", ID, Required),
    (
        "request",
        Object(&[
            ("method", NonEmpty, Required),
            ("uri", NonEmpty, Required),
            ("host", Text, Optional),
            ("queryParams", STRINGS, Optional),
            ("headers", Map(0, &Text), Optional),
            ("body", Text, Optional),
            ("bodyMediaType", Text, Optional),
        ]),
        Required,
    ),
    (
        "response",
        Object(&[
            ("headers", Map(0, &Text), Optional),
            ("code", Int, Required),
            (
                "body",
                Object(&[
                    (
                        "assertion",
                        Union(&[
                            ("contents", Text, Optional),
                            ("messageRegex", Text, Optional),
                        ]),
                        Required,
                    ),
                    ("mediaType", Text, Required),
                ]),
                Optional,
            ),
        ]),
        Required,
    ),
    ("documentation", Text, Optional),
    ("tags", List(0, &NonEmpty), Optional),
    ("testParameters", Map(0, &STRINGS), Optional),
]);

const SMOKE_TEST: Form = Object(&[
    ("id", NonEmpty, Required),
    ("params", Any, Optional),
    ("vendorParams", Any, Optional),
    ("vendorParamsShape", ID, Optional),
    (
        "expect",
        Union(&[
            ("success", MARKER, Optional),
            ("failure", FAILURE, Optional),
        ]),
        Required,
    ),
    ("tags", List(0, &NonEmpty), Optional),
]);

const FAILURE: Form = Object(&[("errorId", ID, Optional)]);
