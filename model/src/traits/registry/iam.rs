//! "AWS IAM traits" of Smithy's specification.

use crate::traits::form::Form::{Bool, Checked, List, Map, Object, OneOf, Text};
use crate::traits::form::Need::{Optional, Required};
use crate::traits::form::{Form, MARKER, STRINGS};
use crate::traits::place as on;
use crate::traits::row::{Prose, row, traits};

traits! {
    /// The name of the operation in policies.
    ACTION_NAME: () = "aws.iam#actionName" => row(Text, on::OPERATION);
    /// What the permission allows.
    ACTION_PERMISSION_DESCRIPTION: () = "aws.iam#actionPermissionDescription" =>
        row(Text, on::OPERATION).prose(Prose::Whole);
    /// The condition key whose value is the member.
    CONDITION_KEY_VALUE: () = "aws.iam#conditionKeyValue" => row(CONDITION_KEY, on::ANY_MEMBER);
    /// The condition keys of the shape.
    CONDITION_KEYS: () = "aws.iam#conditionKeys" =>
        row(List(0, &CONDITION_KEY), on::RESOURCE_OR_OPERATION);
    /// The condition keys of the service.
    DEFINE_CONDITION_KEYS: () = "aws.iam#defineConditionKeys" =>
        row(DEFINE_CONDITION_KEYS_FORM, on::SERVICE).prose_in(&["documentation"], 2);
    /// Condition keys are not inferred from resources.
    DISABLE_CONDITION_KEY_INFERENCE: () = "aws.iam#disableConditionKeyInference" =>
        row(MARKER, on::SERVICE_OR_RESOURCE);
    /// The operation in policies.
    IAM_ACTION: () = "aws.iam#iamAction" => row(IAM_ACTION_FORM, on::OPERATION)
        .prose_in(&["documentation"], 1);
    /// The resource in policies.
    IAM_RESOURCE: () = "aws.iam#iamResource" => row(IAM_RESOURCE_FORM, on::RESOURCE);
    /// Further actions that callers need.
    REQUIRED_ACTIONS: () = "aws.iam#requiredActions" => row(List(0, &ACTION), on::OPERATION);
    /// Condition keys that the service resolves.
    SERVICE_RESOLVED_CONDITION_KEYS: () = "aws.iam#serviceResolvedConditionKeys" =>
        row(List(0, &CONDITION_KEY), on::SERVICE);
    /// The principals that can call the operation.
    SUPPORTED_PRINCIPAL_TYPES: () = "aws.iam#supportedPrincipalTypes" =>
        row(SUPPORTED_PRINCIPAL_TYPES_FORM, on::SERVICE_OR_OPERATION);
}

const DEFINE_CONDITION_KEYS_FORM: Form = Map(
    0,
    &Object(&[
        (
            "type",
            OneOf(&[
                "ARN",
                "ArrayOfARN",
                "Binary",
                "ArrayOfBinary",
                "String",
                "ArrayOfString",
                "Numeric",
                "ArrayOfNumeric",
                "Date",
                "ArrayOfDate",
                "Bool",
                "ArrayOfBool",
                "IPAddress",
                "ArrayOfIPAddress",
            ]),
            Required,
        ),
        ("documentation", Text, Optional),
        ("externalDocumentation", Text, Optional),
        ("relativeDocumentation", Text, Optional),
        ("required", Bool, Optional),
    ]),
);

const IAM_ACTION_FORM: Form = Object(&[
    ("name", Text, Optional),
    ("documentation", Text, Optional),
    ("relativeDocumentation", Text, Optional),
    ("requiredActions", List(0, &ACTION), Optional),
    (
        "resources",
        Object(&[
            (
                "required",
                Map(0, &Object(&[("conditionKeys", STRINGS, Optional)])),
                Optional,
            ),
            (
                "optional",
                Map(0, &Object(&[("conditionKeys", STRINGS, Optional)])),
                Optional,
            ),
        ]),
        Optional,
    ),
    ("createsResources", STRINGS, Optional),
]);

const IAM_RESOURCE_FORM: Form = Object(&[
    ("name", Text, Optional),
    ("relativeDocumentation", Text, Optional),
    ("disableConditionKeyInheritance", Bool, Optional),
]);

const SUPPORTED_PRINCIPAL_TYPES_FORM: Form =
    List(0, &OneOf(&["Root", "IAMUser", "IAMRole", "FederatedUser"]));

const CONDITION_KEY: Form = Checked("a condition key", "service:Key", |text| {
    let name = text.split_once(':').map_or(text, |(_, name)| name);
    !name.is_empty() && !name.contains(|c: char| c == ':' || c.is_whitespace())
});

const ACTION: Form = Checked("an action, `service:Name`", "service:Action", |text| {
    text.split_once(':')
        .is_some_and(|(service, name)| !service.is_empty() && !name.is_empty())
});
