//! AWS's and Smithy's protocols, a page each in Smithy's specification ("AWS restJson1 protocol").

use crate::traits::change::FIXED;
use crate::traits::form::Form::{Bool, Checked, Int, Object, Text};
use crate::traits::form::Need::{Optional, Required};
use crate::traits::form::{Form, MARKER, STRINGS};
use crate::traits::row::Coverage::Complete;
use crate::traits::row::{row, traits};
use crate::traits::{grammar, place as on};

traits! {
    /// The service speaks AWS JSON 1.0.
    AWS_JSON1_0: () = "aws.protocols#awsJson1_0" => row(PROTOCOL, on::SERVICE);
    /// The service speaks AWS JSON 1.1.
    AWS_JSON1_1: () = "aws.protocols#awsJson1_1" => row(PROTOCOL, on::SERVICE);
    /// The service speaks AWS query.
    AWS_QUERY: () = "aws.protocols#awsQuery" => row(MARKER, on::SERVICE);
    /// Errors have the codes of the query protocol, which the service spoke earlier.
    AWS_QUERY_COMPATIBLE: () = "aws.protocols#awsQueryCompatible" => row(MARKER, on::SERVICE);
    /// The code and status of the error in the query protocol.
    AWS_QUERY_ERROR: () = "aws.protocols#awsQueryError" => row(AWS_QUERY_ERROR_FORM, on::ERROR)
        .changes(FIXED);
    /// The service speaks EC2 query.
    EC2_QUERY: () = "aws.protocols#ec2Query" => row(MARKER, on::SERVICE);
    /// The name of the member in EC2 query requests.
    EC2_QUERY_NAME: str = "aws.protocols#ec2QueryName" => row(XML_LOCAL_NAME, on::STRUCTURE_MEMBER);
    /// The service speaks AWS restJson1.
    REST_JSON1: () = "aws.protocols#restJson1" => row(PROTOCOL, on::SERVICE).botocore(Complete);
    /// The service speaks AWS restXml.
    REST_XML: () = "aws.protocols#restXml" => row(REST_XML_FORM, on::SERVICE);
    /// The service speaks JSON over MQTT.
    MQTT_JSON: () = "smithy.mqtt#mqttJson" => row(MARKER, on::SERVICE);
    /// The service speaks Smithy RPC v2 CBOR.
    RPCV2_CBOR: () = "smithy.protocols#rpcv2Cbor" => row(PROTOCOL, on::SERVICE);
    /// The service speaks Smithy RPC v2 JSON.
    RPCV2_JSON: () = "smithy.protocols#rpcv2Json" => row(PROTOCOL, on::SERVICE);
}

const AWS_QUERY_ERROR_FORM: Form = Object(&[
    ("code", Text, Required),
    ("httpResponseCode", Int, Required),
]);

const PROTOCOL: Form = Object(&[
    ("http", STRINGS, Optional),
    ("eventStreamHttp", STRINGS, Optional),
]);

const REST_XML_FORM: Form = Object(&[
    ("http", STRINGS, Optional),
    ("eventStreamHttp", STRINGS, Optional),
    ("noErrorWrapping", Bool, Optional),
]);

const XML_LOCAL_NAME: Form = Checked("an XML name without prefix", "Name", |text| {
    grammar::is_xml_name(text) && !text.contains(':')
});
