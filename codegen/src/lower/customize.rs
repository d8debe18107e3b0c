//! What single services want beside their models. The AWS SDKs do the same.

use crate::graph::body::BodyStep;
use crate::graph::member::Presence;
use crate::graph::service::Operation;
use crate::lower::members::blank;
use crate::text::Text;

/// Adds what the service of this `sdkId` wants to an operation of it.
pub(crate) fn operation(sdk_id: Option<&str>, version: &str, operation: &mut Operation) {
    match sdk_id {
        Some("API Gateway") => api_gateway(operation),
        Some("CloudSearch Domain") if operation.id.name() == "Search" => search(operation),
        Some("Glacier") => glacier(version, operation),
        _ => {}
    }
}

/// It answers in HAL unless it is asked for JSON.
fn api_gateway(operation: &mut Operation) {
    operation
        .request
        .head
        .headers
        .push((Text::new("Accept"), Text::new("application/json")));
}

/// A query can be longer than a URI.
fn search(operation: &mut Operation) {
    operation.request.head.method = "POST".to_owned();
    operation.request.body_steps.push(BodyStep::Form);
}

/// It wants the version of its API, and checksums of what is uploaded; `-` is the account that
/// signs.
fn glacier(version: &str, operation: &mut Operation) {
    operation
        .request
        .head
        .headers
        .push((Text::new("X-Amz-Glacier-Version"), Text::new(version)));
    if let Some(account) = operation
        .input
        .members
        .iter_mut()
        .find(|member| member.name.model == "accountId")
    {
        account.presence = Presence::Optional;
        account.fallback = Some("-");
    }
    let presences = operation
        .input
        .members
        .iter()
        .map(|member| member.presence.clone());
    operation.input.blank = blank(presences);
    if matches!(operation.id.name(), "UploadArchive" | "UploadMultipartPart") {
        operation.request.body_steps.push(BodyStep::TreeHash);
    }
}
