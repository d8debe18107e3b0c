//! "Endpoint traits" and "Rules engine traits" of Smithy's specification, "AWS declarative endpoint
//! traits" and "AWS client endpoint discovery".

use crate::syntax::node::Node;
use crate::traits::change::{FIXED, FIXED_PRESENCE, NOT_REMOVED};
use crate::traits::form::Form::{Any, Bool, Int, List, Map, NonEmpty, Object, OneOf, Open, Text};
use crate::traits::form::Need::{Optional, Required};
use crate::traits::form::{Form, ID, MARKER};
use crate::traits::place as on;
use crate::traits::row::Coverage::{Complete, Partial};
use crate::traits::row::{Prose, ProseKeys, row, traits};
use crate::traits::values::endpoints::{
    ClientContextParams, ContextParam, HostPrefix, OperationContextParams, StaticContextParams,
};

traits! {
    /// The prefix of the host ("endpoint trait").
    ENDPOINT: HostPrefix = "smithy.api#endpoint" =>
        row(Object(&[("hostPrefix", NonEmpty, Required)]), on::OPERATION).changes(FIXED)
        .botocore(Complete);
    /// Binds the member to a label of the host prefix ("hostLabel trait").
    HOST_LABEL: () = "smithy.api#hostLabel" => row(MARKER, on::REQUIRED_STRING_MEMBER)
        .changes(FIXED).botocore(Complete);
    /// Clients ask the service for the endpoint of the operation.
    CLIENT_DISCOVERED_ENDPOINT: () = "aws.api#clientDiscoveredEndpoint" =>
        row(Object(&[("required", Bool, Required)]), on::OPERATION).botocore(Complete);
    /// The operation that returns endpoints.
    CLIENT_ENDPOINT_DISCOVERY: () = "aws.api#clientEndpointDiscovery" =>
        row(CLIENT_ENDPOINT_DISCOVERY_FORM, on::SERVICE).botocore(Complete);
    /// The member is sent to the operation that returns endpoints.
    CLIENT_ENDPOINT_DISCOVERY_ID: () = "aws.api#clientEndpointDiscoveryId" =>
        row(MARKER, on::STRING_MEMBER).botocore(Complete);
    /// All endpoints are dual-stack.
    DUAL_STACK_ONLY_ENDPOINTS: () = "aws.endpoints#dualStackOnlyEndpoints" =>
        row(MARKER, on::SERVICE).changes(FIXED);
    /// The trait modifies endpoints.
    ENDPOINTS_MODIFIER: () = "aws.endpoints#endpointsModifier" => row(MARKER, on::DEFINITION)
        .changes(FIXED_PRESENCE);
    /// The endpoint rules are written, not generated.
    RULES_BASED_ENDPOINTS: () = "aws.endpoints#rulesBasedEndpoints" => row(MARKER, on::SERVICE)
        .changes(FIXED);
    /// The service has one endpoint a partition.
    STANDARD_PARTITIONAL_ENDPOINTS: () = "aws.endpoints#standardPartitionalEndpoints" =>
        row(STANDARD_PARTITIONAL_ENDPOINTS_FORM, on::SERVICE)
        .excludes(&[STANDARD_REGIONAL_ENDPOINTS.id()]).changes(FIXED);
    /// The service has one endpoint a region.
    STANDARD_REGIONAL_ENDPOINTS: () = "aws.endpoints#standardRegionalEndpoints" =>
        row(STANDARD_REGIONAL_ENDPOINTS_FORM, on::SERVICE)
        .excludes(&[STANDARD_PARTITIONAL_ENDPOINTS.id()]).changes(NOT_REMOVED);
    /// Endpoint parameters that are settings of the client ("clientContextParams trait").
    CLIENT_CONTEXT_PARAMS: ClientContextParams = "smithy.rules#clientContextParams" =>
        row(CLIENT_CONTEXT_PARAMS_FORM, on::SERVICE).botocore(Complete)
        .prose_in(&["documentation"], 2);
    /// The endpoint parameter that the member sets ("contextParam trait").
    CONTEXT_PARAM: ContextParam = "smithy.rules#contextParam" =>
        row(Object(&[("name", NonEmpty, Required)]), on::STRUCTURE_MEMBER).botocore(Complete);
    /// The endpoint rules as a binary decision diagram ("endpointBdd trait").
    ENDPOINT_BDD: Node = "smithy.rules#endpointBdd" => row(ENDPOINT_BDD_FORM, on::SERVICE)
        .prose(RULES_PROSE);
    /// The endpoint rules ("endpointRuleSet trait").
    ENDPOINT_RULE_SET: Node = "smithy.rules#endpointRuleSet" =>
        row(ENDPOINT_RULE_SET_FORM, on::SERVICE).botocore(Partial).prose(RULES_PROSE);
    /// Tests of the endpoint rules ("endpointTests trait").
    ENDPOINT_TESTS: () = "smithy.rules#endpointTests" => row(ENDPOINT_TESTS_FORM, on::SERVICE)
        .prose(Prose::Whole);
    /// Endpoint parameters that JMESPath expressions take from the input
    /// ("operationContextParams trait").
    OPERATION_CONTEXT_PARAMS: OperationContextParams = "smithy.rules#operationContextParams" =>
        row(Map(0, &Object(&[("path", NonEmpty, Required)])), on::OPERATION).botocore(Complete);
    /// Endpoint parameters that the operation sets ("staticContextParams trait").
    STATIC_CONTEXT_PARAMS: StaticContextParams = "smithy.rules#staticContextParams" =>
        row(Map(0, &Object(&[("value", Any, Required)])), on::OPERATION).botocore(Complete);
}

const CLIENT_ENDPOINT_DISCOVERY_FORM: Form =
    Object(&[("operation", ID, Required), ("error", ID, Optional)]);

const STANDARD_PARTITIONAL_ENDPOINTS_FORM: Form = Object(&[
    (
        "endpointPatternType",
        OneOf(&[
            "service_dnsSuffix",
            "service_region_dnsSuffix",
            "aws_recommended",
        ]),
        Required,
    ),
    (
        "partitionEndpointSpecialCases",
        Map(
            0,
            &List(
                0,
                &Object(&[
                    ("endpoint", Text, Optional),
                    ("region", Text, Optional),
                    ("dualStack", Bool, Optional),
                    ("fips", Bool, Optional),
                ]),
            ),
        ),
        Optional,
    ),
]);

const STANDARD_REGIONAL_ENDPOINTS_FORM: Form = Object(&[
    (
        "partitionSpecialCases",
        Map(
            0,
            &List(
                0,
                &Object(&[
                    ("endpoint", Text, Required),
                    ("dualStack", Bool, Optional),
                    ("fips", Bool, Optional),
                ]),
            ),
        ),
        Optional,
    ),
    (
        "regionSpecialCases",
        Map(
            0,
            &List(
                0,
                &Object(&[
                    ("endpoint", Text, Required),
                    ("dualStack", Bool, Optional),
                    ("fips", Bool, Optional),
                    ("signingRegion", Text, Optional),
                ]),
            ),
        ),
        Optional,
    ),
]);

const CLIENT_CONTEXT_PARAMS_FORM: Form = Map(
    0,
    &Object(&[
        ("type", OneOf(&["string", "boolean"]), Required),
        ("documentation", Text, Optional),
    ]),
);

const ENDPOINT_BDD_FORM: Form = Open(&[
    ("parameters", Map(0, &Any), Required),
    ("conditions", List(0, &Any), Required),
    ("results", List(0, &Any), Required),
    ("root", Int, Required),
    ("nodeCount", Int, Required),
    ("nodes", Text, Required),
]);

const ENDPOINT_RULE_SET_FORM: Form = Open(&[
    ("parameters", Map(0, &Any), Required),
    ("rules", List(0, &Any), Required),
]);

const ENDPOINT_TESTS_FORM: Form = Open(&[
    ("version", Text, Required),
    ("testCases", List(0, &ENDPOINT_TEST), Optional),
]);

const ENDPOINT_TEST: Form = Open(&[("expect", Any, Required)]);

const RULES_PROSE: Prose = Prose::Keys(ProseKeys {
    optional: &["documentation"],
    required: &[("error", "no endpoint is known for these settings")],
    depth: usize::MAX,
});
