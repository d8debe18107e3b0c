//! "AWS service traits", "AWS ARN traits" and other pages of AWS's core traits in Smithy's
//! specification.

use crate::syntax::node::Node;
use crate::traits::form::Form::{Bool, NonEmpty, Object, OneOf, Open, Text};
use crate::traits::form::Need::{Optional, Required};
use crate::traits::form::{Form, ID, MARKER};
use crate::traits::place as on;
use crate::traits::reader::TraitValue;
use crate::traits::row::Coverage::Partial;
use crate::traits::row::{row, traits};
use crate::traits::values::aws::SdkService;

traits! {
    /// The ARN of the resource ("arn trait").
    ARN: () = "aws.api#arn" => row(ARN_FORM, on::RESOURCE)
        .implies(&[("absolute", Some("false")), ("noAccount", Some("false")), ("noRegion", Some("false")), ("reusable", Some("false"))]);
    /// The string is an ARN ("arnReference trait").
    ARN_REFERENCE: () = "aws.api#arnReference" => row(ARN_REFERENCE_FORM, on::STRING_OR_ENUM);
    /// The shape belongs to the control plane ("controlPlane trait").
    CONTROL_PLANE: () = "aws.api#controlPlane" => row(MARKER, on::SERVICE_RESOURCE_OR_OPERATION)
        .excludes(&[DATA_PLANE.id()]);
    /// The classification of the data ("data trait").
    DATA: () = "aws.api#data" => row(DATA_FORM, on::CLASSIFIED);
    /// The shape belongs to the data plane ("dataPlane trait").
    DATA_PLANE: () = "aws.api#dataPlane" => row(MARKER, on::SERVICE_RESOURCE_OR_OPERATION)
        .excludes(&[CONTROL_PLANE.id()]);
    /// What AWS's tools call the service ("service trait").
    SERVICE: SdkService = "aws.api#service" => row(SERVICE_FORM, on::SERVICE)
        .botocore_like(Partial, same_service);
    /// Resources of the service have tags ("tagEnabled trait").
    TAG_ENABLED: () = "aws.api#tagEnabled" => row(TAG_ENABLED_FORM, on::SERVICE);
    /// The resource has tags ("taggable trait").
    TAGGABLE: () = "aws.api#taggable" => row(TAGGABLE_FORM, on::RESOURCE);
    /// The response has no element around the output ("s3UnwrappedXmlOutput trait").
    S3_UNWRAPPED_XML_OUTPUT: () = "aws.customizations#s3UnwrappedXmlOutput" =>
        row(MARKER, on::OPERATION);
}

const ARN_FORM: Form = Object(&[
    ("template", Text, Required),
    ("absolute", Bool, Optional),
    ("noRegion", Bool, Optional),
    ("noAccount", Bool, Optional),
    ("resourceDelimiter", OneOf(&["/", ":"]), Optional),
    ("reusable", Bool, Optional),
]);

const ARN_REFERENCE_FORM: Form = Object(&[
    ("type", Text, Optional),
    ("resource", Text, Optional),
    ("service", Text, Optional),
]);

const DATA_FORM: Form = OneOf(&["content", "account", "usage", "tagging", "permissions"]);

const SERVICE_FORM: Form = Open(&[
    ("sdkId", NonEmpty, Required),
    ("arnNamespace", Text, Optional),
    ("cloudFormationName", Text, Optional),
    ("cloudTrailEventSource", Text, Optional),
    ("docId", Text, Optional),
    ("endpointPrefix", Text, Optional),
]);

const TAG_ENABLED_FORM: Form = Object(&[
    ("disableDefaultOperations", Bool, Optional),
    (
        "apiConfig",
        Object(&[
            ("tagApi", ID, Optional),
            ("untagApi", ID, Optional),
            ("listTagsApi", ID, Optional),
        ]),
        Optional,
    ),
]);

const TAGGABLE_FORM: Form = Object(&[
    ("property", Text, Optional),
    (
        "apiConfig",
        Object(&[
            ("tagApi", ID, Required),
            ("untagApi", ID, Required),
            ("listTagsApi", ID, Required),
        ]),
        Optional,
    ),
    ("disableSystemTags", Bool, Optional),
]);

/// The format has no `arnNamespace`, `cloudFormationName` and so on; `sdkId` identifies the service.
fn same_service(existing: &Node, botocore: &Node) -> bool {
    let sdk_id = |node| SdkService::read(node).map(|service| service.sdk_id);
    sdk_id(existing) == sdk_id(botocore)
}
