//! Prints the graph, for debugging the generator.

use crate::graph::auth::{Auth, Scheme};
use crate::graph::member::{Member, Presence, Type};
use crate::graph::service::{ErrorVariant, Operation, Pagination, Service};
use crate::graph::shape::{Shape, Structure};
use crate::graph::waiters::Waiter;
use crate::graph::wire::{Document, Form, Head, HostPart, Location, Payload, Request, Response};
use crate::text::markdown::Markdown;
use std::fmt::Write;

/// The whole graph.
pub(crate) fn graph(out: &mut String, service: &Service) -> std::fmt::Result {
    writeln!(
        out,
        "service {} `{}` version {}",
        service.id,
        service.title.shown(),
        service.version.shown()
    )?;
    writeln!(
        out,
        "  crate {}, errors read by {}",
        service.crate_name, service.error_reader
    )?;
    for scheme in &service.schemes {
        writeln!(out, "  {}", scheme_text(scheme))?;
    }
    for error in &service.errors {
        error_text(out, error)?;
    }
    for operation in service.operations.values() {
        operation_text(out, operation)?;
    }
    for shape in service.shapes.values() {
        writeln!(out)?;
        shape_text(out, shape)?;
    }
    if let Some(rules) = &service.endpoint {
        write!(out, "\n{rules}")?;
    }
    Ok(())
}

/// A shape.
pub(crate) fn shape_text(out: &mut String, shape: &Shape) -> std::fmt::Result {
    match shape {
        Shape::Structure(structure) => structure_text(out, "structure", structure)?,
        Shape::Error(error) => {
            structure_text(
                out,
                &format!("error {}", error.response.status),
                &error.structure,
            )?;
        }
        Shape::Union(union) => {
            writeln!(
                out,
                "union {} = {}{}{}",
                union.name.rust,
                union.id,
                if union.has_blank { ", blank" } else { "" },
                sensitive_text(union.sensitive)
            )?;
            for variant in &union.variants {
                let from = if variant.distinct { " from" } else { "" };
                let ty = type_text(&variant.ty);
                writeln!(
                    out,
                    "  {} `{}`: {ty}{}{from}{}",
                    variant.rust,
                    variant.wire.shown(),
                    form_text(variant.form),
                    sensitive_text(variant.sensitive)
                )?;
            }
        }
        Shape::Enum(shape) => {
            writeln!(
                out,
                "enum {} = {}{}",
                shape.name.rust,
                shape.id,
                sensitive_text(shape.sensitive)
            )?;
            for value in &shape.values {
                writeln!(out, "  {} = {:?}", value.rust, value.value)?;
            }
        }
        Shape::IntEnum(shape) => {
            writeln!(
                out,
                "int enum {} = {}{}",
                shape.name.rust,
                shape.id,
                sensitive_text(shape.sensitive)
            )?;
            for value in &shape.values {
                writeln!(out, "  {} = {}", value.rust, value.value)?;
            }
        }
    }
    Ok(())
}

/// An error of the service.
pub(crate) fn error_text(out: &mut String, error: &ErrorVariant) -> std::fmt::Result {
    let (marked, retried) = (error.retry, error.retried);
    let retried = match marked == retried {
        true => String::new(),
        false => format!(", retried {retried:?}"),
    };
    writeln!(
        out,
        "  error {} = {} retry {marked:?}{retried}",
        error.rust, error.id
    )
}

/// A scheme.
pub(crate) fn scheme_text(scheme: &Scheme) -> String {
    match scheme {
        Scheme::SigV4(name) => format!("signed as {}", name.shown()),
        Scheme::SigV4a(name) => format!("signed as {} in several regions", name.shown()),
        Scheme::Bearer => "bearer token".to_owned(),
    }
}

fn operation_text(out: &mut String, operation: &Operation) -> std::fmt::Result {
    let flags = [
        (!operation.signed_payload, ", payload not signed"),
        (operation.idempotent, ", idempotent"),
        (operation.long_poll, ", long poll"),
    ];
    let flags: String = flags
        .iter()
        .filter(|(is, _)| *is)
        .map(|(_, text)| *text)
        .collect();
    let auth = match operation.auth {
        Auth::Required => String::new(),
        ref auth => format!(", auth {auth:?}"),
    };
    writeln!(
        out,
        "\noperation {} = {}",
        operation.name.rust, operation.id
    )?;
    writeln!(
        out,
        "  method {}, http {}{auth}{flags}",
        operation.method,
        line_text(&operation.request.head, &operation.response)
    )?;
    bindings_text(out, &operation.request, &operation.response)?;
    let errors: Vec<&str> = operation
        .errors
        .iter()
        .map(|error| error.rust.as_str())
        .collect();
    let errors = match errors.as_slice() {
        [] => "none".to_owned(),
        errors => errors.join(" "),
    };
    writeln!(out, "  errors {errors}")?;
    if let Some(pages) = &operation.pagination {
        pagination_text(out, pages)?;
    }
    for waiter in &operation.waiters {
        waiter_text(out, waiter)?;
    }
    for test in &operation.protocol_tests.client {
        writeln!(out, "  protocol test {} = {}", test.rust, test.id.shown())?;
    }
    for test in &operation.protocol_tests.server {
        writeln!(out, "  server test {} = {}", test.rust, test.id.shown())?;
    }
    for binding in &operation.bindings {
        writeln!(out, "  endpoint {} = {}", binding.parameter, binding.value)?;
    }
    structure_text(out, "  input", &operation.input)?;
    structure_text(out, "  output", &operation.output)
}

/// Method and URI of requests, and the status of responses.
pub(crate) fn line_text(head: &Head, response: &Response) -> String {
    format!("{} -> {}", head.line().shown(), response.status)
}

/// The bindings of an operation besides its line: host prefix, headers, documents, body steps.
pub(crate) fn bindings_text(
    out: &mut String,
    request: &Request,
    response: &Response,
) -> std::fmt::Result {
    let host: String = request
        .host_prefix
        .iter()
        .map(|part| match part {
            HostPart::Literal(text) => text.shown().to_string(),
            HostPart::Label(member) => format!("{{{member}}}"),
        })
        .collect();
    if !host.is_empty() {
        writeln!(out, "  host prefix {host}")?;
    }
    for (name, value) in &request.head.headers {
        writeln!(out, "  header {}: {}", name.shown(), value.shown())?;
    }
    let documents = [&request.document, &response.document];
    if documents.iter().any(|document| document.is_some()) {
        let [request, response] = documents.map(|document| {
            document
                .as_ref()
                .map_or_else(|| "none".to_owned(), document_text)
        });
        writeln!(out, "  documents {request} -> {response}")?;
    }
    if !request.body_steps.is_empty() {
        writeln!(out, "  body steps {:?}", request.body_steps)?;
    }
    Ok(())
}

/// The pages of an operation.
pub(crate) fn pagination_text(out: &mut String, pages: &Pagination) -> std::fmt::Result {
    let size = pages.page_size.as_deref().unwrap_or("none");
    let (token, items) = (pages.output_token.join("."), pages.items.join("."));
    writeln!(
        out,
        "  pages {} <- {token}, items {items}, size {size}",
        pages.input_token
    )
}

/// A waiter.
pub(crate) fn waiter_text(out: &mut String, waiter: &Waiter) -> std::fmt::Result {
    writeln!(
        out,
        "  waiter {} {}, every {} to {} s for {:?}",
        waiter.name,
        waiter.method,
        waiter.min_delay,
        waiter.max_delay,
        waiter.waited_result()
    )?;
    waiter
        .acceptors
        .iter()
        .try_for_each(|acceptor| writeln!(out, "    {}", acceptor.description()))
}

/// A structure and its members. `what` names its kind.
pub(crate) fn structure_text(
    out: &mut String,
    what: &str,
    structure: &Structure,
) -> std::fmt::Result {
    let Structure {
        name, id, blank, ..
    } = structure;
    let mark = |is, mark| if is { mark } else { "" };
    writeln!(
        out,
        "{what} {} = {id}, blank {blank:?}{}{}{}",
        name.rust,
        mark(structure.recursive, ", recursive"),
        mark(structure.in_input, ", in input"),
        sensitive_text(structure.sensitive),
    )?;
    structure
        .members
        .iter()
        .try_for_each(|member| member_text(out, member))
}

fn member_text(out: &mut String, member: &Member) -> std::fmt::Result {
    let name = &member.name;
    let presence = match &member.presence {
        Presence::Required => "required".to_owned(),
        Presence::Optional => "optional".to_owned(),
        Presence::Default(value) => format!("default {value:?}"),
    };
    let alias = name
        .alias
        .iter()
        .map(|other| format!(" or `{}`", other.shown()))
        .collect::<String>();
    let token = if member.token { " token" } else { "" };
    let fallback = member
        .fallback
        .map(|text| format!(" or {text:?}"))
        .unwrap_or_default();
    let media = member
        .media_type
        .as_ref()
        .map(|media| format!(" media {}", media.shown()))
        .unwrap_or_default();
    writeln!(
        out,
        "    {} `{}`{alias}: {} {presence} {}{}{token}{fallback}{media}{}",
        name.rust,
        name.wire.shown(),
        type_text(&member.ty),
        location_text(&member.location),
        form_text(member.form),
        sensitive_text(member.sensitive)
    )
}

fn document_text(document: &Document) -> String {
    let Document {
        format,
        content_type,
    } = document;
    format!("{format:?} {}", content_type.shown())
}

fn sensitive_text(sensitive: bool) -> &'static str {
    if sensitive { " sensitive" } else { "" }
}

fn location_text(location: &Location) -> String {
    let Location::Payload(payload) = location else {
        return format!("{location:?}");
    };
    match payload {
        Payload::Bytes { content_type } => format!("Payload bytes {}", content_type.shown()),
        Payload::Text { content_type } => format!("Payload text {}", content_type.shown()),
        Payload::Document {
            document,
            empty_if_absent,
        } => {
            let absent = if *empty_if_absent { " or empty" } else { "" };
            format!("Payload {}{absent}", document_text(document))
        }
    }
}

fn form_text(form: Form) -> String {
    let timestamp = form.timestamp.map(|format| format!(" {format:?}"));
    let base64 = form.base64.then(|| " base64".to_owned());
    timestamp.into_iter().chain(base64).collect()
}

fn type_text(ty: &Type) -> String {
    let null = |sparse: bool| if sparse { "?" } else { "" };
    match ty {
        Type::Named(named) => named.rust.clone(),
        Type::List { item, sparse } => format!("[{}{}]", type_text(item), null(*sparse)),
        Type::Map { key, value, sparse } => {
            format!(
                "{{{}: {}{}}}",
                type_text(key),
                type_text(value),
                null(*sparse)
            )
        }
        Type::Boxed(inner) => format!("box {}", type_text(inner)),
        ty => format!("{ty:?}"),
    }
}

/// Every documentation text as Markdown.
pub(crate) fn docs(out: &mut String, service: &Service) -> std::fmt::Result {
    let mut page = |id: &dyn std::fmt::Display, lines: &[Markdown]| {
        writeln!(out, "# {id}\n")?;
        lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
        writeln!(out)
    };
    page(&service.id, service.docs.lines())?;
    for (id, operation) in &service.operations {
        page(id, operation.docs.lines())?;
        for structure in [&operation.input, &operation.output] {
            for member in &structure.members {
                page(
                    &format_args!("{}${}", structure.id, member.name.model),
                    member.docs.lines(),
                )?;
            }
        }
    }
    for (id, shape) in &service.shapes {
        page(id, shape.docs().lines())?;
        let structure = match shape {
            Shape::Structure(structure) => structure,
            Shape::Error(error) => &error.structure,
            Shape::Union(union) => {
                for variant in &union.variants {
                    page(
                        &format_args!("{id}${}", variant.model),
                        variant.docs.lines(),
                    )?;
                }
                continue;
            }
            _ => continue,
        };
        for member in &structure.members {
            page(
                &format_args!("{id}${}", member.name.model),
                member.docs.lines(),
            )?;
        }
    }
    Ok(())
}
