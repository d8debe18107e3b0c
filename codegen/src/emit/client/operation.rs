//! Operations: the structure of the input, which is the operation, with its builder and HTTP
//! binding, and outputs.

use crate::emit::client::endpoint::context;
use crate::emit::client::{pages, request, response, service_client, waiters};
use crate::emit::docs::comments;
use crate::emit::examples::calls::ExampleTexts;
use crate::emit::types::builder::Builder;
use crate::emit::types::structure;
use crate::graph::auth::Auth;
use crate::graph::service::{Operation, Service};
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::markdown::{Markdown, markdown, name};
use proc_macro2::TokenStream;
use quote::quote;

const EMITTER: &str = "codegen/src/emit/client/operation.rs";
/// The width of a line of documentation, without `/// `.
const WIDTH: usize = 96;

/// The file of an operation.
pub(crate) fn file(
    operation: &Operation,
    service: &Service,
    examples: &ExampleTexts,
) -> syn::Result<SourceFile> {
    let input = &operation.input;
    let mut imports = Imports::of(&[&input.name.rust]);
    imports.sibling(&operation.output.name.rust);
    let docs = documentation(operation, examples, &mut imports);
    let definition = structure::definition_as(input, docs, &mut imports);
    let blank = structure::blank(input, &mut imports);
    let builder = Builder::of_operation(input, &operation.output).items(&mut imports);
    let binding = binding(operation, service, &mut imports);
    let pages = pages::of(operation, service, &mut imports);
    let waiters = waiters::of(operation, &mut imports);
    Ok(SourceFile {
        attributes: Vec::new(),
        path: format!("src/operations/{}.rs", operation.name.module),
        emitter: EMITTER,
        shape: operation.id.clone(),
        docs: Vec::new(),
        items: source_file::items(quote!(#definition #blank #builder #binding #pages #waiters))?,
        imports,
    })
}

/// The file of an operation's output.
pub(crate) fn output(operation: &Operation) -> syn::Result<SourceFile> {
    let shape = &operation.output;
    let mut imports = Imports::of(&[&shape.name.rust]);
    let docs = imports.comment([markdown!(
        "The output of [`{0}`](super::{0}).",
        name(&operation.name.rust)
    )]);
    let definition = structure::definition_as(shape, docs, &mut imports);
    let blank = structure::blank(shape, &mut imports);
    let builder = structure::builder(shape, &mut imports);
    let response = response::of_output(shape, &operation.response, &mut imports);
    Ok(SourceFile {
        attributes: Vec::new(),
        path: format!("src/operations/{}.rs", shape.name.module),
        emitter: EMITTER,
        shape: shape.id.clone(),
        docs: Vec::new(),
        items: source_file::items(quote!(#definition #blank #builder #response))?,
        imports,
    })
}

/// The documentation of an operation: that of the model, the output, the errors, and examples.
fn documentation(
    operation: &Operation,
    examples: &ExampleTexts,
    imports: &mut Imports,
) -> TokenStream {
    let otherwise = markdown!("The operation `{}`.", name(operation.id.name()));
    let mut lines = comments::of_type(&operation.docs, otherwise);
    let output = name(&operation.output.name.rust);
    comments::paragraph(
        &mut lines,
        Some(markdown!("Returns [`{0}`](super::{0}).", output)),
    );
    if let Some(stream) = operation.output.stream() {
        lines.push(markdown!(
            "Its `{}` is a stream.",
            name(stream.name.plain())
        ));
    }
    lines.extend(operation.pagination.as_ref().map(|pages| {
        Markdown::from(match pages.items.is_empty() {
            true => "The builder's `pages` returns a stream of all pages.",
            false => "The builder's `pages` and `items` return streams over all pages.",
        })
    }));
    lines.extend(waiters::sentence(operation));
    if !operation.errors.is_empty() {
        lines.extend(["", "# Errors", ""].map(Markdown::from));
        lines.extend(errors(operation));
    }
    if let Some(example) = examples.of(operation) {
        if let Some(sample) = &example.sample {
            lines.extend(["", "# Example", ""].map(Markdown::from));
            lines.extend_from_slice(sample);
        }
        for published in &example.published {
            let title = markdown!("# Example: {}", published.title);
            lines.extend([Markdown::default(), title, Markdown::default()]);
            lines.extend_from_slice(&published.docs);
            lines.extend_from_slice(&published.call);
        }
    }
    imports.comment(lines)
}

/// Links to the variants of the error enum, in as few lines as possible.
fn errors(operation: &Operation) -> Vec<Markdown> {
    let mut lines: Vec<Markdown> = Vec::new();
    let last = operation.errors.len().saturating_sub(1);
    for (index, error) in operation.errors.iter().enumerate() {
        let end = if index == last { "." } else { "," };
        let link = markdown!("[`{0}`](crate::Error::{0}){1}", name(&error.rust), end);
        match lines.last_mut() {
            Some(line) if line.as_str().len() + 1 + link.as_str().len() <= WIDTH => {
                let longer = markdown!("{} {}", *line, link);
                *line = longer;
            }
            _ => lines.push(link),
        }
    }
    lines
}

/// `impl rt::Operation`
fn binding(operation: &Operation, service: &Service, imports: &mut Imports) -> TokenStream {
    let rt = imports.rt();
    let (name, title) = (ident(&operation.name.rust), operation.id.name());
    let output = ident(&operation.output.name.rust);
    let method = ident(&operation.request.head.method);
    let write = request::write(operation, imports);
    let auth = match &operation.auth {
        Auth::Required => None,
        Auth::Optional => Some(quote!(const AUTH: #rt::Auth = #rt::Auth::Optional;)),
        Auth::None => Some(quote!(const AUTH: #rt::Auth = #rt::Auth::None;)),
        Auth::By { schemes, optional } => {
            let schemes = service_client::schemes(schemes, &rt);
            Some(
                quote!(const AUTH: #rt::Auth = #rt::Auth::By { schemes: #schemes, optional: #optional };),
            )
        }
    };
    let payload = (!operation.signed_payload).then(|| {
        quote!(
            const SIGNED_PAYLOAD: bool = false;
        )
    });
    let idempotent = operation.idempotent.then(|| {
        quote!(
            const IDEMPOTENT: bool = true;
        )
    });
    let long_poll = operation.long_poll.then(|| {
        quote!(
            const LONG_POLL: bool = true;
        )
    });
    let resolve = context::resolve(operation, service, imports);
    quote! {
        impl #rt::Operation for #name {
            const NAME: &'static str = #title;
            const METHOD: #rt::Method = #rt::Method::#method;
            #auth
            #payload
            #idempotent
            #long_poll
            type Output = #output;
            type Error = crate::Error;

            #resolve

            fn write(&self, req: &mut #rt::RequestWriter<'_>) -> #rt::Written {
                #write
                Ok(())
            }
        }
    }
}
