//! "Serialization and protocol traits" and "XML binding traits" of Smithy's specification.

use crate::traits::change::{FIXED, FIXED_PRESENCE, NOT_REMOVED};
use crate::traits::form::Form::{Bool, Checked, NonEmpty, Object, OneOf, Text};
use crate::traits::form::Need::{Optional, Required};
use crate::traits::form::{Form, IDS, MARKER};
use crate::traits::row::Coverage::{Complete, Partial};
use crate::traits::row::{row, traits};
use crate::traits::values::serialization::{ProtocolDefinition, TimestampFormat};
use crate::traits::{grammar, place as on};

traits! {
    /// The name of the member in JSON ("jsonName trait").
    JSON_NAME: str = "smithy.api#jsonName" => row(Text, on::STRUCTURE_OR_UNION_MEMBER)
        .changes(FIXED).botocore(Complete);
    /// The media type of a string or blob ("mediaType trait").
    MEDIA_TYPE: str = "smithy.api#mediaType" => row(MEDIA_TYPE_FORM, on::TEXT_OR_BLOB)
        .changes(NOT_REMOVED).botocore(Partial);
    /// The trait defines a protocol ("protocolDefinition trait").
    PROTOCOL_DEFINITION: ProtocolDefinition = "smithy.api#protocolDefinition" =>
        row(PROTOCOL_DEFINITION_FORM, on::DEFINITION).changes(FIXED_PRESENCE);
    /// How a timestamp is written ("timestampFormat trait").
    TIMESTAMP_FORMAT: TimestampFormat = "smithy.api#timestampFormat" =>
        row(OneOf(&["date-time", "epoch-seconds", "http-date"]), on::TIMESTAMPS).changes(FIXED)
        .botocore(Complete);
    /// The member is an attribute in XML ("xmlAttribute trait").
    XML_ATTRIBUTE: () = "smithy.api#xmlAttribute" => row(MARKER, on::HEADER_VALUE_MEMBER)
        .excludes(&[XML_NAMESPACE.id()]).changes(FIXED);
    /// The items of the list or map have no element around them ("xmlFlattened trait").
    XML_FLATTENED: () = "smithy.api#xmlFlattened" => row(MARKER, on::FLATTENED_MEMBER)
        .changes(FIXED);
    /// The name of the element or attribute ("xmlName trait").
    XML_NAME: str = "smithy.api#xmlName" => row(XML_NAME_FORM, on::XML_NAME).changes(FIXED);
    /// The namespace of the element ("xmlNamespace trait").
    XML_NAMESPACE: () = "smithy.api#xmlNamespace" => row(XML_NAMESPACE_FORM, on::XML_NAMESPACE)
        .excludes(&[XML_ATTRIBUTE.id()]).changes(FIXED);
}

const PROTOCOL_DEFINITION_FORM: Form = Object(&[
    ("traits", IDS, Optional),
    ("noInlineDocumentSupport", Bool, Optional),
]);

const XML_NAMESPACE_FORM: Form =
    Object(&[("uri", NonEmpty, Required), ("prefix", NonEmpty, Optional)]);

const XML_NAME_FORM: Form = Checked("an XML name", "name", grammar::is_xml_name);

const MEDIA_TYPE_FORM: Form = Checked(
    "a media type, `type/subtype; name=value`",
    "application/json",
    grammar::is_media_type,
);
