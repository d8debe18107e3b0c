//! The errors of a service.

use crate::graph::service::{ErrorVariant, Retry};
use crate::lower::tables::Tables;
use crate::protocol::interface::ErrorKey;
use crate::text::Text;
use smithy_model::ShapeId;
use smithy_model::traits::{RETRYABLE, Retryable};
use std::collections::BTreeMap;

/// The variants of the error enum, by the shape ids of the errors.
pub(crate) fn lower(tables: &Tables<'_, '_>) -> BTreeMap<ShapeId, ErrorVariant> {
    let errors = tables.closure.errors.iter();
    errors
        .filter_map(|id| Some(((*id).clone(), variant(tables, id)?)))
        .collect()
}

fn variant(tables: &Tables<'_, '_>, id: &ShapeId) -> Option<ErrorVariant> {
    let shape = tables.closure.model.shape(id)?;
    let retry = match RETRYABLE.of(&shape.traits) {
        None => Retry::Never,
        Some(Retryable { throttling: true }) => Retry::Throttling,
        Some(Retryable { throttling: false }) => Retry::Transient,
    };
    let ErrorKey { code, status } = tables.protocol.error_key(shape);
    let retried = retried(retry, &code, status);
    let rust = tables.names.errors.get(id)?.clone();
    let shape = tables.names.types.get(id)?.rust.clone();
    Some(ErrorVariant {
        id: id.clone(),
        code: Text::new(&code),
        rust,
        shape,
        retry,
        retried,
    })
}

/// Whether a client retries an error: as the model marks it, or as the runtime classifies it.
fn retried(marked: Retry, code: &str, status: u16) -> Retry {
    match (marked, smithy_rt::Retry::classify(code, status)) {
        (Retry::Throttling, _) | (_, Some(smithy_rt::Retry::Throttling)) => Retry::Throttling,
        (Retry::Never, None) => Retry::Never,
        _ => Retry::Transient,
    }
}
