//! The top level of the service's file, `service-2.json`.

use super::nodes;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::formats::fields::object_help;
use crate::syntax::node::{Entry, Value};
use crate::syntax::source::Span;
use indexmap::IndexMap;

/// Takes the `metadata` of the service. Reports a missing one.
pub(super) fn metadata(
    top: &mut IndexMap<String, Entry>,
    start: Span,
    loading: &mut Loading,
) -> Option<Entry> {
    let metadata = top.shift_remove("metadata");
    if metadata.is_none() {
        let problem =
            Diagnostic::error(Code::MissingProperty, "the service has no `metadata`").at(start);
        loading.report(problem.help(object_help("metadata")));
    }
    metadata
}

/// Returns the `serviceId` and its position. A service without one gets its abbreviation or full
/// name, from which botocore derives the name of its client.
pub(super) fn service_id(metadata: &mut Entry, loading: &mut Loading) -> Option<(String, Span)> {
    let text = |key: &str| {
        metadata
            .node
            .get(key)
            .and_then(|name| Some((name.as_str()?, name.span)))
    };
    if let Some((id, span)) = text("serviceId") {
        return Some((id.to_owned(), span));
    }
    let plain = |name: &str| {
        name.replace("Amazon", "")
            .replace("AWS", "")
            .trim()
            .to_owned()
    };
    let names = ["serviceAbbreviation", "serviceFullName"]
        .into_iter()
        .filter_map(text);
    let name = names
        .map(|(name, span)| (plain(name), span))
        .find(|(name, _)| !name.is_empty());
    let severity = if name.is_some() {
        Diagnostic::warning
    } else {
        Diagnostic::error
    };
    let problem = severity(
        Code::MissingProperty,
        "the service has no `serviceId`".to_owned(),
    );
    loading.report(
        problem
            .at(metadata.key)
            .help("add `\"serviceId\": \"…\"` to its `metadata`"),
    );
    let (name, span) = name?;
    if let Value::Object(members) = &mut metadata.node.value {
        members.insert(
            "serviceId".to_owned(),
            Entry {
                key: span,
                node: nodes::text(name.as_str(), span),
            },
        );
    }
    Some((name, span))
}
