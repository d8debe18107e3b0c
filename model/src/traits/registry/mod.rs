//! Every trait of Smithy's prelude and of Smithy's and AWS's trait packages, a row each, in a file a
//! page of the specification.

pub(crate) mod api_gateway;
pub(crate) mod authentication;
pub(crate) mod aws;
pub(crate) mod behavior;
pub(crate) mod cloudformation;
pub(crate) mod compliance_tests;
pub(crate) mod constraints;
pub(crate) mod documentation;
pub(crate) mod endpoints;
pub(crate) mod http_bindings;
pub(crate) mod iam;
pub(crate) mod meta;
pub(crate) mod protocols;
pub(crate) mod resources;
pub(crate) mod serialization;
pub(crate) mod streaming;
pub(crate) mod type_refinement;

#[cfg(test)]
mod tests;

use super::row::Row;
use crate::syntax::shape_id::ShapeId;
use std::collections::HashMap;
use std::sync::LazyLock;

const PAGES: &[&[Row]] = &[
    api_gateway::ROWS,
    authentication::ROWS,
    aws::ROWS,
    behavior::ROWS,
    cloudformation::ROWS,
    compliance_tests::ROWS,
    constraints::ROWS,
    documentation::ROWS,
    endpoints::ROWS,
    http_bindings::ROWS,
    iam::ROWS,
    meta::ROWS,
    protocols::ROWS,
    resources::ROWS,
    serialization::ROWS,
    streaming::ROWS,
    type_refinement::ROWS,
];

static BY_ID: LazyLock<HashMap<&'static str, &'static Row>> =
    LazyLock::new(|| rows().map(|row| (row.id, row)).collect());

/// The row of a trait, by absolute id.
pub(crate) fn find(id: &str) -> Option<&'static Row> {
    BY_ID.get(id).copied()
}

/// All rows, by page.
pub(crate) fn rows() -> impl Iterator<Item = &'static Row> {
    PAGES.iter().copied().flatten()
}

/// The ids of all traits that have a row, by page.
pub fn ids() -> impl Iterator<Item = &'static str> {
    rows().map(|row| row.id)
}

/// Whether a shape cannot have both of two traits.
pub(crate) fn exclude_each_other(one: &str, other: &str) -> bool {
    let excludes = |id, other| find(id).is_some_and(|row| row.excludes.contains(&other));
    excludes(one, other) || excludes(other, one)
}

/// Whether Smithy or AWS publishes a trait, so that it is defined even if the model lacks its
/// definition.
pub(crate) fn is_published(id: &ShapeId) -> bool {
    let first = id.namespace().split('.').next().unwrap_or_default();
    matches!(first, "smithy" | "aws" | "alloy") && !id.namespace().starts_with("smithy.example")
}
