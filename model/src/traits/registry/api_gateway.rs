//! "Amazon API Gateway traits" of Smithy's specification.

use crate::traits::form::Form::{Any, Bool, Int, List, Map, Object, OneOf, Text};
use crate::traits::form::Need::{Optional, Required};
use crate::traits::form::{Form, ID, MARKER, STRINGS};
use crate::traits::place as on;
use crate::traits::row::{row, traits};

traits! {
    /// Calls need an API key.
    API_KEY_REQUIRED: () = "aws.apigateway#apiKeyRequired" => row(MARKER, on::OPERATION);
    /// Where the API key stands.
    API_KEY_SOURCE: () = "aws.apigateway#apiKeySource" => row(Text, on::SERVICE);
    /// The TLS policy of the endpoints.
    API_TLS_POLICY: () = "aws.apigateway#apiTlsPolicy" => row(API_TLS_POLICY_FORM, on::SERVICE);
    /// The authorizer of the shape.
    AUTHORIZER: () = "aws.apigateway#authorizer" => row(Text, on::SERVICE_RESOURCE_OR_OPERATION);
    /// The authorizers of the service.
    AUTHORIZERS: () = "aws.apigateway#authorizers" => row(AUTHORIZERS_FORM, on::SERVICE);
    /// The types of endpoints.
    ENDPOINT_CONFIGURATION: () = "aws.apigateway#endpointConfiguration" =>
        row(ENDPOINT_CONFIGURATION_FORM, on::SERVICE);
    /// The responses of the gateway itself.
    GATEWAY_RESPONSES: () = "aws.apigateway#gatewayResponses" =>
        row(GATEWAY_RESPONSES_FORM, on::SERVICE);
    /// The backend of the operations.
    INTEGRATION: () = "aws.apigateway#integration" =>
        row(INTEGRATION_FORM, on::SERVICE_RESOURCE_OR_OPERATION).excludes(&[MOCK_INTEGRATION.id()]);
    /// The size from which bodies are compressed, in bytes.
    MINIMUM_COMPRESSION_SIZE: () = "aws.apigateway#minimumCompressionSize" => row(Int, on::SERVICE);
    /// The operations have no backend.
    MOCK_INTEGRATION: () = "aws.apigateway#mockIntegration" =>
        row(MOCK_INTEGRATION_FORM, on::SERVICE_RESOURCE_OR_OPERATION).excludes(&[INTEGRATION.id()]);
    /// How requests are validated.
    REQUEST_VALIDATOR: () = "aws.apigateway#requestValidator" => row(Text, on::SERVICE_OR_OPERATION);
    /// The policy of the API.
    RESOURCE_POLICY: () = "aws.apigateway#resourcePolicy" => row(Any, on::SERVICE);
}

const API_TLS_POLICY_FORM: Form = Object(&[
    ("securityPolicy", Text, Required),
    ("endpointAccessMode", OneOf(&["BASIC", "STRICT"]), Optional),
]);

const AUTHORIZERS_FORM: Form = Map(
    0,
    &Object(&[
        ("scheme", ID, Required),
        ("type", Text, Optional),
        ("customAuthType", Text, Optional),
        ("uri", Text, Optional),
        ("credentials", Text, Optional),
        ("identitySource", Text, Optional),
        ("identityValidationExpression", Text, Optional),
        ("resultTtlInSeconds", Int, Optional),
        (
            "authorizerPayloadFormatVersion",
            OneOf(&["1.0", "2.0"]),
            Optional,
        ),
        ("enableSimpleResponses", Bool, Optional),
    ]),
);

const ENDPOINT_CONFIGURATION_FORM: Form = Object(&[
    (
        "types",
        List(0, &OneOf(&["EDGE", "REGIONAL", "PRIVATE"])),
        Required,
    ),
    ("vpcEndpointIds", STRINGS, Optional),
    ("disableExecuteApiEndpoint", Bool, Optional),
    ("ipAddressType", OneOf(&["ipv4", "dualstack"]), Optional),
]);

const GATEWAY_RESPONSES_FORM: Form = Map(
    0,
    &Object(&[
        ("statusCode", Text, Optional),
        ("responseParameters", Map(0, &Text), Optional),
        ("responseTemplates", Map(0, &Text), Optional),
    ]),
);

const PASS_THROUGH: Form = OneOf(&["when_no_templates", "when_no_match", "never"]);
const CONTENT_HANDLING: Form = OneOf(&["CONVERT_TO_TEXT", "CONVERT_TO_BINARY"]);
const MAPPING: Form = Map(0, &Text);

const INTEGRATION_FORM: Form = Object(&[
    (
        "type",
        OneOf(&["aws", "aws_proxy", "http", "http_proxy"]),
        Required,
    ),
    ("uri", Text, Required),
    ("credentials", Text, Optional),
    ("httpMethod", Text, Required),
    ("passThroughBehavior", PASS_THROUGH, Optional),
    ("contentHandling", CONTENT_HANDLING, Optional),
    ("timeoutInMillis", Int, Optional),
    ("connectionId", Text, Optional),
    ("connectionType", OneOf(&["INTERNET", "VPC_LINK"]), Optional),
    ("cacheNamespace", Text, Optional),
    ("payloadFormatVersion", Text, Optional),
    ("cacheKeyParameters", STRINGS, Optional),
    ("requestParameters", MAPPING, Optional),
    ("requestTemplates", MAPPING, Optional),
    ("responses", Map(0, &INTEGRATION_RESPONSE), Optional),
    (
        "tlsConfig",
        Object(&[("insecureSkipVerification", Bool, Optional)]),
        Optional,
    ),
    ("responseTransferMode", Text, Optional),
    ("integrationTarget", Text, Optional),
]);

const MOCK_INTEGRATION_FORM: Form = Object(&[
    ("passThroughBehavior", PASS_THROUGH, Optional),
    ("requestParameters", MAPPING, Optional),
    ("requestTemplates", MAPPING, Optional),
    ("responses", Map(0, &INTEGRATION_RESPONSE), Optional),
]);

const INTEGRATION_RESPONSE: Form = Object(&[
    ("statusCode", Text, Optional),
    ("contentHandling", CONTENT_HANDLING, Optional),
    ("responseTemplates", MAPPING, Optional),
    ("responseParameters", MAPPING, Optional),
]);
