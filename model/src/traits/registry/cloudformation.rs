//! "AWS CloudFormation traits" of Smithy's specification.

use crate::traits::change::{FIXED, FIXED_PRESENCE, NOT_ADDED, NOT_REMOVED};
use crate::traits::form::Form::{Object, OneOf, Text};
use crate::traits::form::Need::Optional;
use crate::traits::form::{Form, IDS, MARKER};
use crate::traits::place as on;
use crate::traits::row::{row, traits};

traits! {
    /// The member identifies the resource, too.
    CFN_ADDITIONAL_IDENTIFIER: () = "aws.cloudformation#cfnAdditionalIdentifier" =>
        row(MARKER, on::STRING_MEMBER).excludes(&[CFN_EXCLUDE_PROPERTY.id()]).changes(NOT_REMOVED);
    /// The property has a default.
    CFN_DEFAULT_VALUE: () = "aws.cloudformation#cfnDefaultValue" => row(MARKER, on::STRUCTURE_MEMBER)
        .excludes(&[CFN_EXCLUDE_PROPERTY.id()]);
    /// The member is no property.
    CFN_EXCLUDE_PROPERTY: () = "aws.cloudformation#cfnExcludeProperty" => row(MARKER, on::STRUCTURE_MEMBER)
        .excludes(&[CFN_ADDITIONAL_IDENTIFIER.id(), CFN_MUTABILITY.id(), CFN_DEFAULT_VALUE.id()])
        .changes(NOT_ADDED);
    /// How the property can be set.
    CFN_MUTABILITY: () = "aws.cloudformation#cfnMutability" => row(CFN_MUTABILITY_FORM, on::STRUCTURE_MEMBER)
        .excludes(&[CFN_EXCLUDE_PROPERTY.id()]);
    /// The name of the property.
    CFN_NAME: () = "aws.cloudformation#cfnName" => row(Text, on::STRUCTURE_MEMBER).changes(FIXED);
    /// The resource has a schema in CloudFormation.
    CFN_RESOURCE: () = "aws.cloudformation#cfnResource" => row(CFN_RESOURCE_FORM, on::RESOURCE)
        .changes(FIXED_PRESENCE);
}

const CFN_MUTABILITY_FORM: Form = OneOf(&["full", "create-and-read", "create", "read", "write"]);

const CFN_RESOURCE_FORM: Form = Object(&[
    ("name", Text, Optional),
    ("additionalSchemas", IDS, Optional),
    ("primaryIdentifier", Text, Optional),
]);
