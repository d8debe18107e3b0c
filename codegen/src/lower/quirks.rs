//! Changes to requests of single services, which their models do not describe. The AWS SDKs make
//! the same changes.

use crate::graph::body::BodyStep;
use crate::select::closure::Closure;
use smithy_model::ShapeId;
use std::collections::BTreeMap;

/// The changes to each operation, in the order in which they are made. Operations without changes
/// are left out.
pub(crate) struct Quirks<'m>(pub(crate) BTreeMap<&'m ShapeId, Vec<&'static Change>>);

/// A change to the requests of an operation.
#[derive(Debug, PartialEq)]
pub(crate) enum Change {
    /// They have this header.
    Header(&'static str, HeaderValue),
    /// They have this HTTP method.
    Method(&'static str),
    /// Their body goes through this step after those that the model asks for.
    Body(BodyStep),
    /// The input member of this name is optional, and this value is sent in place of an absent one.
    Fallback {
        member: &'static str,
        value: &'static str,
    },
}

/// The value of a header.
#[derive(Debug, PartialEq)]
pub(crate) enum HeaderValue {
    Constant(&'static str),
    /// The version of the service.
    ServiceVersion,
}

struct Row {
    /// The `sdkId` of the service.
    service: &'static str,
    /// The names of operations; empty for all.
    operations: &'static [&'static str],
    change: Change,
}

const fn row(service: &'static str, operations: &'static [&'static str], change: Change) -> Row {
    Row {
        service,
        operations,
        change,
    }
}

static ROWS: [Row; 6] = [
    // Responses are in HAL unless the request asks for JSON.
    row(
        "API Gateway",
        &[],
        Change::Header("Accept", HeaderValue::Constant("application/json")),
    ),
    // The query of a search can be longer than a URI.
    row("CloudSearch Domain", &["Search"], Change::Method("POST")),
    row(
        "CloudSearch Domain",
        &["Search"],
        Change::Body(BodyStep::Form),
    ),
    row(
        "Glacier",
        &[],
        Change::Header("X-Amz-Glacier-Version", HeaderValue::ServiceVersion),
    ),
    // The account that signs.
    row(
        "Glacier",
        &[],
        Change::Fallback {
            member: "accountId",
            value: "-",
        },
    ),
    row(
        "Glacier",
        &["UploadArchive", "UploadMultipartPart"],
        Change::Body(BodyStep::TreeHash),
    ),
];

impl<'m> Quirks<'m> {
    /// The changes to the operations of a closure.
    pub(crate) fn of(closure: &Closure<'m>) -> Self {
        let sdk_id = closure.service.sdk_id();
        let changes = |id: &ShapeId| -> Vec<&'static Change> {
            ROWS.iter()
                .filter(|row| Some(row.service) == sdk_id)
                .filter(|row| row.operations.is_empty() || row.operations.contains(&id.name()))
                .map(|row| &row.change)
                .collect()
        };
        let rows = closure.operations.keys().map(|id| (*id, changes(id)));
        Self(rows.filter(|(_, changes)| !changes.is_empty()).collect())
    }

    /// The changes to an operation.
    pub(crate) fn changes(&self, operation: &ShapeId) -> &[&'static Change] {
        self.0.get(operation).map(Vec::as_slice).unwrap_or_default()
    }

    /// What is sent in place of an absent member of the operation's input.
    pub(crate) fn fallback(&self, operation: &ShapeId, name: &str) -> Option<&'static str> {
        self.changes(operation)
            .iter()
            .find_map(|change| match change {
                Change::Fallback { member, value } if *member == name => Some(*value),
                _ => None,
            })
    }
}
