//! Operations: the structure of the input, which is the operation, with its builder and HTTP
//! binding, and outputs.

use crate::emit::client::endpoint::context;
use crate::emit::client::{pages, request, response, service_client, waiters};
use crate::emit::docs::comments::{self, WIDTH};
use crate::emit::docs::contents::{Contents, Side};
use crate::emit::examples::calls::ExampleTexts;
use crate::emit::types::builder::Builder;
use crate::emit::types::structure;
use crate::graph::auth::Auth;
use crate::graph::service::{Operation, Retry, Service};
use crate::graph::shape::Shape;
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::markdown::{Markdown, markdown, name};
use proc_macro2::TokenStream;
use quote::quote;

const EMITTER: &str = "codegen/src/emit/client/operation.rs";

/// The file of an operation.
pub(crate) fn file(
    operation: &Operation,
    service: &Service,
    examples: &ExampleTexts,
) -> syn::Result<SourceFile> {
    let input = &operation.input;
    let mut imports = Imports::of(&[&input.name.rust]);
    imports.sibling(&operation.output.name.rust);
    let docs = documentation(operation, service, examples, &mut imports);
    let below = Contents::of_operations(service).below(&input.members, Side::Request);
    let definition = structure::definition_as(input, docs, below, &mut imports);
    let blank = structure::blank(input, &mut imports);
    let builder = Builder::of_operation(input, &operation.output, service).items(&mut imports);
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
pub(crate) fn output(operation: &Operation, service: &Service) -> syn::Result<SourceFile> {
    let shape = &operation.output;
    let mut imports = Imports::of(&[&shape.name.rust]);
    let docs = imports.comment([markdown!(
        "The output of [`{0}`](super::{0}).",
        name(&operation.name.rust)
    )]);
    let below = Contents::of_outputs(service).below(&shape.members, Side::Response);
    let definition = structure::definition_as(shape, docs, below, &mut imports);
    let blank = structure::blank(shape, &mut imports);
    let builder = structure::builder(shape, service, &mut imports);
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
    service: &Service,
    examples: &ExampleTexts,
    imports: &mut Imports,
) -> TokenStream {
    let otherwise = markdown!("The operation `{}`.", name(operation.id.name()));
    let mut lines = comments::of_type(&operation.docs, otherwise);
    lines.extend(messages(operation, service));
    let pages = operation.pagination.as_ref().map(|pages| {
        Markdown::from(match pages.items.is_empty() {
            true => "The builder's `pages` returns a stream of all pages.",
            false => "The builder's `pages` and `items` return streams over all pages.",
        })
    });
    let methods: Vec<Markdown> = pages
        .into_iter()
        .chain(waiters::sentence(operation))
        .collect();
    if !methods.is_empty() {
        lines.push(Markdown::default());
        lines.extend(methods);
    }
    if !operation.errors.is_empty() {
        lines.extend(["", "# Errors", ""].map(Markdown::from));
        lines.extend(errors(operation, service));
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

/// The paragraph about the messages: the line of the request, and the output with its members.
fn messages(operation: &Operation, service: &Service) -> Vec<Markdown> {
    let output = &operation.output;
    let end = match output.members.is_empty() {
        true => ", which has no members.",
        false => ":",
    };
    let mut lines = vec![Markdown::default()];
    let reference = service.api_reference(operation);
    lines.extend(reference.map(|page| markdown!("[AWS API reference]({}).", page)));
    lines.push(markdown!(
        "Sends {} and returns",
        operation.request.head.line().code()
    ));
    lines.push(markdown!(
        "[`{}`] with the status {}{}",
        name(&output.name.rust),
        operation.response.status,
        end
    ));
    if !output.members.is_empty() {
        lines.push(Markdown::default());
        lines.extend(Contents::items(service, &output.members));
    }
    lines
}

/// The variants of the error enum with their statuses, in as few lines as possible.
fn errors(operation: &Operation, service: &Service) -> Vec<Markdown> {
    let mut lines = Vec::new();
    let mut line: Markdown = "Variants of [`Error`](crate::Error):".into();
    let last = operation.errors.len().saturating_sub(1);
    for (index, error) in operation.errors.iter().enumerate() {
        let status = match service.shapes.get(&error.id) {
            Some(Shape::Error(shape)) => shape.response.status,
            _ => 400,
        };
        let retried = match error.retried {
            Retry::Never => "",
            Retry::Transient | Retry::Throttling => ", retried",
        };
        let end = if index == last { "." } else { "," };
        let item = markdown!("`{}` ({}{}){}", name(&error.rust), status, retried, end);
        let longer = markdown!("{} {}", line, item);
        if longer.as_str().len() <= WIDTH {
            line = longer;
        } else {
            lines.push(line);
            line = item;
        }
    }
    lines.push(line);
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
