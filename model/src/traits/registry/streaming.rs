//! "Streaming" and "Event streams" of Smithy's specification, and AWS's chunks.

use crate::traits::change::{FIXED, FIXED_PRESENCE, NOT_REMOVED};
use crate::traits::form::MARKER;
use crate::traits::place as on;
use crate::traits::row::Coverage::Complete;
use crate::traits::row::{row, traits};

traits! {
    /// Binds the member to a header of the event ("eventHeader trait").
    EVENT_HEADER: () = "smithy.api#eventHeader" => row(MARKER, on::EVENT_HEADER_MEMBER)
        .excludes(&[EVENT_PAYLOAD.id()]).changes(FIXED).botocore(Complete);
    /// Binds the member to the payload of the event ("eventPayload trait").
    EVENT_PAYLOAD: () = "smithy.api#eventPayload" => row(MARKER, on::EVENT_PAYLOAD_MEMBER)
        .excludes(&[EVENT_HEADER.id()]).exclusive().changes(FIXED).botocore(Complete);
    /// The length of the stream is known before it is sent ("requiresLength trait").
    REQUIRES_LENGTH: () = "smithy.api#requiresLength" => row(MARKER, on::STREAMING_BLOB)
        .changes(FIXED_PRESENCE).botocore(Complete);
    /// The blob is a stream of bytes, the union one of events ("streaming trait").
    STREAMING: () = "smithy.api#streaming" => row(MARKER, on::BLOB_OR_UNION).changes(FIXED)
        .botocore(Complete);
    /// The stream can be sent in signed chunks (AWS, "awsChunked trait").
    AWS_CHUNKED: () = "aws.api#awsChunked" => row(MARKER, on::STREAMING_BLOB).changes(NOT_REMOVED);
}
