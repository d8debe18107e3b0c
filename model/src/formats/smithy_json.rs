//! Smithy's JSON AST, version 1.0 and 2.0.

use super::fields::{Fields, invalid_id, section, unknown_properties};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::suggest;
use crate::diagnostics::wording::{code_list, with_article};
use crate::draft::definition::{Apply, Body, Content, Draft, ShapeType, Version};
use crate::draft::loading::Loading;
use crate::shapes::shape::{Resource, Service};
use crate::syntax::node::{Entry, Node, Value};
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use indexmap::IndexMap;

/// Reads a file (Smithy specification, "JSON AST", "Top level properties"). Reports a file that is
/// not a model, and returns `false`.
pub(super) fn read(root: Node, content: &mut Content, loading: &mut Loading) -> bool {
    let start = Span {
        end: root.span.start + 1,
        ..root.span
    };
    let Value::Object(mut top) = root.value else {
        let message = format!("a model file must be an object, not {}", root.kind_name());
        let help = "write `{\"smithy\": \"2.0\", \"shapes\": {…}}`";
        loading.report(
            Diagnostic::error(Code::UnexpectedValue, message)
                .at(start)
                .help(help),
        );
        return false;
    };
    let Some(version) = version(top.shift_remove("smithy"), start, loading) else {
        return false;
    };
    content
        .metadata
        .extend(section(&mut top, "metadata", loading));
    for (name, entry) in section(&mut top, "shapes", loading) {
        match loading.id(&name) {
            Ok(id) => shape(id, entry, version, content, loading),
            Err(error) => loading.report(invalid_id(&error).at(entry.key)),
        }
    }
    for (name, entry) in top {
        let problem = unknown_properties([&name].into_iter());
        loading.report(
            problem
                .at(entry.key)
                .help("known properties are `smithy`, `metadata`, `shapes`"),
        );
    }
    true
}

fn version(entry: Option<Entry>, start: Span, loading: &mut Loading) -> Option<Version> {
    let help = "write `\"smithy\": \"2.0\"`; version 1.0 is also supported";
    let Some(Entry { node, .. }) = entry else {
        let problem = Diagnostic::error(Code::MissingVersion, "the file has no Smithy version");
        loading.report(problem.at(start).help(help));
        return None;
    };
    match node.as_str() {
        Some("1" | "1.0") => Some(Version::V1),
        Some("2" | "2.0") => Some(Version::V2),
        _ => {
            let message = format!("Smithy version {} is not supported", node.to_json());
            loading.report(
                Diagnostic::error(Code::UnsupportedVersion, message)
                    .at(node.span)
                    .help(help),
            );
            None
        }
    }
}

/// Reads an entry of `shapes`, which is a definition or an `apply` statement.
fn shape(
    id: ShapeId,
    entry: Entry,
    version: Version,
    content: &mut Content,
    loading: &mut Loading,
) {
    let Value::Object(members) = entry.node.value else {
        let message = format!("a shape must be an object, not {}", entry.node.kind_name());
        let problem = Diagnostic::error(Code::UnexpectedValue, message).at(entry.node.span);
        let ty = entry
            .node
            .as_str()
            .filter(|name| ShapeType::from_name(name).is_some());
        let help = format!("write `{{\"type\": \"{}\"}}`", ty.unwrap_or("…"));
        return broken(id, problem.help(help), loading);
    };
    let mut fields = Fields::new(&id, entry.key, members, loading);
    let Some((name, name_span)) = fields.string("type") else {
        if fields.is_broken() {
            loading.broken.insert(id);
            return;
        }
        let problem =
            Diagnostic::error(Code::MissingProperty, "the shape has no `type`").at(entry.key);
        return broken(
            id,
            problem.help("add a type, such as `\"type\": \"structure\"`"),
            loading,
        );
    };
    if name == "apply" {
        let traits = fields.traits();
        fields.finish();
        return content.applies.push(Apply { id, traits });
    }
    let Some(ty) = ShapeType::from_name(&name) else {
        let problem = Diagnostic::error(
            Code::UnknownShapeType,
            format!("unknown shape type `{name}`"),
        );
        return broken(id, problem.help(type_help(&name)).at(name_span), loading);
    };
    if id.member().is_some() {
        let message = format!("{} cannot have the id of a member", with_article(&name));
        let problem = Diagnostic::error(Code::InvalidShapeId, message).at(entry.key);
        let help = "remove `$` and the text after it; members are defined in their shape";
        return broken(id, problem.help(help), loading);
    }
    let members = match ty.fixed_members() {
        [] if ty.has_named_members() => fields.members(),
        fixed => fixed
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), fields.member(name)?)))
            .collect(),
    };
    let body = body(ty, &mut fields);
    let traits = fields.traits();
    let mixins = fields.references("mixins");
    if !fields.finish() {
        loading.broken.insert(id);
        return;
    }
    let overrides = IndexMap::new();
    content.drafts.push(Draft {
        id,
        ty,
        members,
        body,
        traits,
        overrides,
        mixins,
        span: entry.key,
        version,
    });
}

/// Returns a help for an unknown type: the Smithy type for a name from another language, or a type
/// with a similar name.
fn type_help(name: &str) -> String {
    const FOREIGN: &[(&str, &str)] = &[
        ("array", "list"),
        ("binary", "blob"),
        ("bool", "boolean"),
        ("bytes", "blob"),
        ("date", "timestamp"),
        ("datetime", "timestamp"),
        ("dict", "map"),
        ("int", "integer"),
        ("number", "double"),
        ("object", "structure"),
        ("str", "string"),
        ("struct", "structure"),
        ("text", "string"),
        ("time", "timestamp"),
    ];
    let plain = name.replace(['-', '_'], "").to_ascii_lowercase();
    match FOREIGN.iter().find(|(foreign, _)| *foreign == plain) {
        Some((_, ty)) => format!("did you mean `{ty}`?"),
        None => suggest::did_you_mean(name, ShapeType::names())
            .unwrap_or_else(|| format!("the types are {}", code_list(ShapeType::names()))),
    }
}

fn broken(id: ShapeId, problem: Diagnostic, loading: &mut Loading) {
    loading.report(problem.shape(&id));
    loading.broken.insert(id);
}

fn body(ty: ShapeType, fields: &mut Fields<'_, '_>) -> Body {
    match ty {
        ShapeType::Service => Body::Service(Service {
            version: fields
                .string("version")
                .map(|(version, _)| version)
                .unwrap_or_default(),
            operations: fields.references("operations"),
            resources: fields.references("resources"),
            errors: fields.references("errors"),
            rename: fields.renames("rename"),
        }),
        ShapeType::Resource => Body::Resource(Resource {
            identifiers: fields.reference_map("identifiers"),
            properties: fields.reference_map("properties"),
            lifecycle: ["create", "put", "read", "update", "delete", "list"]
                .into_iter()
                .filter_map(|key| Some((key.to_owned(), fields.reference(key)?)))
                .collect(),
            operations: fields.references("operations"),
            collection_operations: fields.references("collectionOperations"),
            resources: fields.references("resources"),
        }),
        ShapeType::Operation => Body::Operation {
            input: fields.reference("input"),
            output: fields.reference("output"),
            errors: fields.references("errors"),
        },
        _ => Body::None,
    }
}
