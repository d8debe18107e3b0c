//! Reads botocore's format: `service-2.json`, with paginators, waiters, endpoint rules and extras
//! of other files, becomes the shapes that the Smithy model of the service has.
//!
//! What the format lost on its way from Smithy cannot be brought back: names of enum values and of
//! the service shape, defaults, resources.

mod common;
mod examples;
mod files;
mod finish;
mod labels;
mod members;
mod names;
mod nodes;
mod operations;
mod paginators;
mod service;
mod shapes;
mod waiters;

pub use files::is_service;
pub(crate) use files::{Files, Kind};

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::load::draft::Draft;
use crate::load::fields::{Fields, object_help};
use crate::syntax::node::{Entry, Node, Value};
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use common::put;
use indexmap::IndexMap;
use names::Names;
use service::Metadata;

/// Makes shapes of the files of one service. `None`, and reported, if they are not that.
pub(crate) fn lower(files: Files, loading: &mut Loading) -> Option<Vec<Draft>> {
    let mut files = files.of_one_service(loading)?;
    let root = files.swap_remove(&Kind::Service)?;
    let start = files::start(&root);
    let Value::Object(mut top) = root.value else {
        return None;
    };
    let mut metadata = metadata(&mut top, start, loading)?;
    let [operations, shapes] = ["operations", "shapes"].map(|key| section(key, &mut top, loading));
    let id = service_id(&mut metadata, loading)?;
    let names = Names::new((&id.0, id.1), &operations, &shapes, loading)?;
    let service = names.service.clone();
    let metadata = Fields::of(&service, "metadata", metadata, loading).and_then(Metadata::read)?;

    let mut lowering = Lowering {
        names,
        drafts: IndexMap::new(),
        json_texts: IndexMap::new(),
        loading,
    };
    lowering.service(metadata, &operations, top);
    for (name, entry) in operations {
        let id = lowering.names.operation(&name).cloned();
        lowering.add(id, |it, id| it.operation(id, &name, entry, &shapes));
    }
    for (name, entry) in shapes {
        let id = lowering.names.shape(&name).cloned();
        lowering.add(id, |it, id| it.shape(id, &name, entry));
    }
    for (kind, root) in files {
        lowering.companion(kind, root);
    }
    lowering.make_json_texts();
    lowering.mark_inputs_and_outputs();
    lowering.let_streams_be_empty();
    Some(lowering.drafts.into_values().collect())
}

/// A service that becomes shapes.
struct Lowering<'a, 's> {
    names: Names,
    /// What there is of it so far.
    drafts: IndexMap<ShapeId, Draft>,
    /// Strings that hold JSON: the shape that stands in the file for each, and where it is said.
    json_texts: IndexMap<ShapeId, (ShapeId, Span)>,
    loading: &'a mut Loading<'s>,
}

impl Lowering<'_, '_> {
    /// Adds what is made of an entry, unless it has no id or is broken.
    fn add(
        &mut self,
        id: Option<ShapeId>,
        lower: impl FnOnce(&mut Self, &ShapeId) -> Option<Draft>,
    ) {
        let Some(id) = id else { return };
        match lower(self, &id) {
            Some(draft) => drop(self.drafts.insert(id, draft)),
            None => drop(self.loading.broken.insert(id)),
        }
    }

    /// Adds what the other files say.
    fn companion(&mut self, kind: Kind, root: Node) {
        match kind {
            Kind::Paginators => self.each("pagination", root, Self::paginator),
            Kind::Waiters => self.each("waiters", root, Self::waiter),
            Kind::EndpointRules => self.of_service("smithy.rules#endpointRuleSet", root),
            Kind::EndpointTests => self.of_service("smithy.rules#endpointTests", root),
            Kind::Examples => self.each("examples", root, Self::examples),
            // These are no companions: they are done with.
            Kind::Service | Kind::Extras => {}
        }
    }

    /// Lowers every entry of a section.
    fn each(&mut self, section: &'static str, root: Node, lower: fn(&mut Self, &str, Entry)) {
        let service = self.names.service.clone();
        let file = Entry {
            key: root.span,
            node: root,
        };
        let Some(mut fields) = Fields::of(&service, section, file, self.loading) else {
            return;
        };
        let entries = fields.object(section).unwrap_or_default();
        fields.skip(&["version"]);
        fields.finish();
        for (name, entry) in entries {
            lower(self, &name, entry);
        }
    }

    /// Gives the service a trait whose value is a whole file.
    fn of_service(&mut self, id: &'static str, value: Node) {
        if let Some(service) = self.drafts.get_mut(&self.names.service) {
            put(&mut service.traits, id, Some(value));
        }
    }

    /// The operation that another file says something about. Such a file may be newer than the
    /// service's: what it has of an operation that is not there yet is left out.
    fn extended(&mut self, operation: &str, span: Span) -> Option<ShapeId> {
        let id = self.names.operation(operation).cloned();
        if id.is_none() {
            let message = format!("the service has no operation `{operation}`");
            let otherwise = "it is left out; it takes effect when the service has the operation";
            let help = self
                .loading
                .suggest(operation, self.names.operations(), otherwise);
            let problem = Diagnostic::warning(Code::UnknownTarget, message).at(span);
            self.loading
                .report(problem.shape(&self.names.service).help(help));
        }
        id
    }
}

fn metadata(
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

/// A section of the service's file; empty if there is none.
fn section(
    key: &str,
    top: &mut IndexMap<String, Entry>,
    loading: &mut Loading,
) -> IndexMap<String, Entry> {
    let Some(Entry { node, .. }) = top.shift_remove(key) else {
        return IndexMap::new();
    };
    match node.value {
        Value::Object(entries) => entries,
        _ => {
            let message = format!("`{key}` must be an object, not {}", node.kind_name());
            let problem = Diagnostic::error(Code::UnexpectedValue, message).at(node.span);
            loading.report(problem.help(object_help(key)));
            IndexMap::new()
        }
    }
}

/// What the service is called, and where. Without a `serviceId` it gets its abbreviation or full
/// name as one, as botocore calls the clients of such services.
fn service_id(metadata: &mut Entry, loading: &mut Loading) -> Option<(String, Span)> {
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
        "the service does not say its `serviceId`".to_owned(),
    );
    loading.report(
        problem
            .at(metadata.key)
            .help("write `\"serviceId\": \"…\"` into its `metadata`"),
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
