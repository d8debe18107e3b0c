//! Stages as text, for people who look into the generator.

use crate::graph::auth::{Auth, Scheme};
use crate::graph::member::{Member, Presence, Type};
use crate::graph::service::{Operation, Service};
use crate::graph::shape::{Shape, Structure};
use crate::graph::waiters::Waiter;
use crate::graph::wire::{Document, Form, HostPart, Location, PathPart, Payload, Request};
use crate::text::markdown::Markdown;
use std::fmt::Write;

/// A stage of the pipeline that can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The shape graph.
    Graph,
    /// Every Rust name with the shape id it stands for.
    Names,
    /// Every documentation text as Markdown.
    Docs,
}

/// Prints a stage.
pub(crate) fn dump(service: &Service, stage: Stage) -> String {
    let mut out = String::new();
    // Writing to a `String` cannot fail.
    let _ = match stage {
        Stage::Graph => graph(&mut out, service),
        Stage::Names => names(&mut out, service),
        Stage::Docs => docs(&mut out, service),
    };
    out
}

fn graph(out: &mut String, service: &Service) -> std::fmt::Result {
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
        match scheme {
            Scheme::SigV4(name) => writeln!(out, "  signed as {}", name.shown())?,
            Scheme::SigV4a(name) => {
                writeln!(out, "  signed as {} in several regions", name.shown())?
            }
            Scheme::Bearer => writeln!(out, "  called with a token")?,
        }
    }
    for error in &service.errors {
        let (marked, retried) = (error.retry, error.retried);
        let retried = if marked == retried {
            String::new()
        } else {
            format!(", retried {retried:?}")
        };
        writeln!(
            out,
            "  error {} = {} retry {marked:?}{retried}",
            error.rust, error.id
        )?;
    }
    for operation in service.operations.values() {
        operation_text(out, operation)?;
    }
    for (id, shape) in &service.shapes {
        writeln!(out)?;
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
                    "union {} = {id}{}",
                    union.name.rust,
                    secret(union.sensitive)
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
                        secret(variant.sensitive)
                    )?;
                }
            }
            Shape::Enum(shape) => {
                writeln!(
                    out,
                    "enum {} = {id}{}",
                    shape.name.rust,
                    secret(shape.sensitive)
                )?;
                for value in &shape.values {
                    writeln!(out, "  {} = {:?}", value.rust, value.value)?;
                }
            }
            Shape::IntEnum(shape) => {
                writeln!(
                    out,
                    "int enum {} = {id}{}",
                    shape.name.rust,
                    secret(shape.sensitive)
                )?;
                for value in &shape.values {
                    writeln!(out, "  {} = {}", value.rust, value.value)?;
                }
            }
        }
    }
    if let Some(rules) = &service.endpoint {
        write!(out, "\n{rules}")?;
    }
    Ok(())
}

fn operation_text(out: &mut String, operation: &Operation) -> std::fmt::Result {
    let Request {
        host_prefix,
        head,
        document,
        body_steps,
    } = &operation.request;
    let path: String = head
        .path
        .iter()
        .map(|part| match part {
            PathPart::Literal(text) => text.shown().to_string(),
            PathPart::Label { member, greedy } => {
                format!("{{{member}{}}}", if *greedy { "+" } else { "" })
            }
        })
        .collect();
    let auth = if operation.auth == Auth::Required {
        String::new()
    } else {
        format!(", auth {:?}", operation.auth)
    };
    let payload = if operation.signed_payload {
        ""
    } else {
        ", payload not signed"
    };
    let idempotent = if operation.idempotent {
        ", idempotent"
    } else {
        ""
    };
    let long_poll = if operation.long_poll {
        ", long poll"
    } else {
        ""
    };
    let query: Vec<String> = head
        .query
        .iter()
        .map(|literal| literal.shown().to_string())
        .collect();
    let query = if query.is_empty() {
        String::new()
    } else {
        format!("?{}", query.join("&"))
    };
    writeln!(
        out,
        "\noperation {} = {}",
        operation.name.rust, operation.id
    )?;
    writeln!(
        out,
        "  method {}, http {} {path}{query} -> {}{auth}{payload}{idempotent}{long_poll}",
        operation.method, head.method, operation.response.status
    )?;
    let host: String = host_prefix
        .iter()
        .map(|part| match part {
            HostPart::Literal(text) => text.shown().to_string(),
            HostPart::Label(member) => format!("{{{member}}}"),
        })
        .collect();
    if !host.is_empty() {
        writeln!(out, "  host prefix {host}")?;
    }
    for (name, value) in &head.headers {
        writeln!(out, "  header {}: {}", name.shown(), value.shown())?;
    }
    let documents = [document, &operation.response.document];
    if documents.iter().any(|document| document.is_some()) {
        let [request, response] = documents.map(|document| {
            document
                .as_ref()
                .map_or_else(|| "none".to_owned(), document_text)
        });
        writeln!(out, "  documents {request} -> {response}")?;
    }
    if !body_steps.is_empty() {
        writeln!(out, "  body steps {body_steps:?}")?;
    }
    let errors: Vec<&str> = operation
        .errors
        .iter()
        .map(|error| error.rust.as_str())
        .collect();
    writeln!(
        out,
        "  errors {}",
        if errors.is_empty() {
            "none".to_owned()
        } else {
            errors.join(" ")
        }
    )?;
    if let Some(pages) = &operation.pagination {
        let size = pages.page_size.as_deref().unwrap_or("none");
        let (token, items) = (pages.output_token.join("."), pages.items.join("."));
        writeln!(
            out,
            "  pages {} <- {token}, items {items}, size {size}",
            pages.input_token
        )?;
    }
    for waiter in &operation.waiters {
        let Waiter {
            name,
            method,
            min_delay,
            max_delay,
            ..
        } = waiter;
        writeln!(
            out,
            "  waiter {name} {method}, every {min_delay} to {max_delay} s for {:?}",
            waiter.reached()
        )?;
        waiter
            .acceptors
            .iter()
            .try_for_each(|acceptor| writeln!(out, "    {}", acceptor.in_words()))?;
    }
    for test in &operation.protocol_tests {
        writeln!(out, "  protocol test {} = {}", test.rust, test.id.shown())?;
    }
    for binding in &operation.bindings {
        writeln!(out, "  endpoint {} = {}", binding.parameter, binding.value)?;
    }
    structure_text(out, "  input", &operation.input)?;
    structure_text(out, "  output", &operation.output)
}

fn structure_text(out: &mut String, what: &str, structure: &Structure) -> std::fmt::Result {
    let Structure {
        name, id, blank, ..
    } = structure;
    let (secret, recursive) = (
        secret(structure.sensitive),
        if structure.recursive {
            ", recursive"
        } else {
            ""
        },
    );
    writeln!(
        out,
        "{what} {} = {id}, blank {blank:?}{recursive}{secret}",
        name.rust
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
        secret(member.sensitive)
    )
}

fn document_text(document: &Document) -> String {
    let Document {
        format,
        content_type,
    } = document;
    format!("{format:?} {}", content_type.shown())
}

fn secret(sensitive: bool) -> &'static str {
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

fn names(out: &mut String, service: &Service) -> std::fmt::Result {
    for (id, operation) in &service.operations {
        writeln!(out, "{id} = operations::{}", operation.name.rust)?;
        for structure in [&operation.input, &operation.output] {
            member_names(out, &structure.name.rust, structure)?;
        }
    }
    for (id, shape) in &service.shapes {
        let rust = &shape.name().rust;
        writeln!(out, "{id} = types::{rust}")?;
        match shape {
            Shape::Structure(structure) => member_names(out, rust, structure)?,
            Shape::Error(error) => member_names(out, rust, &error.structure)?,
            Shape::Union(union) => {
                union.variants.iter().try_for_each(|variant| {
                    writeln!(out, "  ${} = {rust}::{}", variant.model, variant.rust)
                })?;
            }
            Shape::Enum(shape) => {
                shape.values.iter().try_for_each(|value| {
                    writeln!(out, "  ${} = {rust}::{}", value.model, value.rust)
                })?;
            }
            Shape::IntEnum(shape) => {
                shape.values.iter().try_for_each(|value| {
                    writeln!(out, "  ${} = {rust}::{}", value.model, value.rust)
                })?;
            }
        }
    }
    Ok(())
}

fn member_names(out: &mut String, rust: &str, structure: &Structure) -> std::fmt::Result {
    structure.members.iter().try_for_each(|member| {
        writeln!(
            out,
            "  ${} = {rust}::{}",
            member.name.model, member.name.rust
        )
    })
}

fn docs(out: &mut String, service: &Service) -> std::fmt::Result {
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
