//! The request id of AWS services.

use http::HeaderMap;

/// The id of a request, by which AWS Support can find it.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    ["x-amzn-requestid", "x-amz-request-id"]
        .into_iter()
        .find_map(|name| headers.get(name)?.to_str().ok())
}
