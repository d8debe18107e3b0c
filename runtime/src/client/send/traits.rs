//! Properties of an operation that affect its attempts.

use crate::client::service::Service;
use crate::http_binding::response::FromResponse;
use crate::operation::operation_trait::Operation;
use crate::retry::is_long_poll;

/// Properties of an operation that affect its attempts.
#[derive(Clone, Copy)]
pub(super) struct OperationTraits {
    pub(super) name: &'static str,
    pub(super) signed_payload: bool,
    /// Whether the caller reads the body of a successful response as a stream.
    pub(super) streams: bool,
    pub(super) long_poll: bool,
    /// Whether the service may process the request several times.
    pub(super) is_idempotent: bool,
}

impl OperationTraits {
    pub(super) fn of<O: Operation>(service: &Service) -> Self {
        Self {
            name: O::NAME,
            signed_payload: O::SIGNED_PAYLOAD,
            streams: O::Output::STREAMS,
            long_poll: O::LONG_POLL || is_long_poll(service.id, O::NAME),
            is_idempotent: O::IDEMPOTENT || O::METHOD.is_idempotent(),
        }
    }
}
