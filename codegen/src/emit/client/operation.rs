//! Operations: the input that is the operation, its builder, and how it goes over HTTP; and
//! outputs.

use crate::emit::client::endpoint::context;
use crate::emit::client::{pages, service_client, waiters};
use crate::emit::codec::json;
use crate::emit::examples::example::Examples;
use crate::emit::types::builder::Builder;
use crate::emit::types::structure;
use crate::graph::auth::Auth;
use crate::graph::body::BodyStep;
use crate::graph::member::{Member, Type};
use crate::graph::service::{Operation, Service};
use crate::graph::shape::Structure;
use crate::graph::wire::{
    Document, Form, Format, HostPart, Location, PathPart, Payload, Response, TimestampFormat,
};
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::Text;
use crate::text::markdown::{Markdown, markdown, name};
use proc_macro2::TokenStream;
use quote::quote;

const EMITTER: &str = "codegen/src/emit/client/operation.rs";
/// How long a documentation line may be, `/// ` not counted.
const WIDTH: usize = 106;

/// The file of an operation.
pub(crate) fn file(
    operation: &Operation,
    service: &Service,
    examples: &Examples,
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
        recursion_limit: None,
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
        "What [`{0}`](super::{0}) returns.",
        name(&operation.name.rust)
    )]);
    let definition = structure::definition_as(shape, docs, &mut imports);
    let blank = structure::blank(shape, &mut imports);
    let builder = structure::builder(shape, &mut imports);
    let response = from_response(shape, &operation.response, &mut imports);
    Ok(SourceFile {
        recursion_limit: None,
        path: format!("src/operations/{}.rs", shape.name.module),
        emitter: EMITTER,
        shape: shape.id.clone(),
        docs: Vec::new(),
        items: source_file::items(quote!(#definition #blank #builder #response))?,
        imports,
    })
}

/// What it does, how it goes over HTTP, its errors, and an example with every member.
fn documentation(operation: &Operation, examples: &Examples, imports: &mut Imports) -> TokenStream {
    let otherwise = markdown!("The operation `{}`.", name(operation.id.name()));
    let mut lines = crate::emit::docs::comments::of_type(&operation.docs, otherwise);
    let output = name(&operation.output.name.rust);
    let stream = match operation.output.stream() {
        Some(stream) => markdown!(
            ", whose `{}` is still to be read",
            name(stream.name.plain())
        ),
        None => Markdown::default(),
    };
    let pages = match &operation.pagination {
        Some(pages) if !pages.items.is_empty() => {
            "; the builder's `pages` and `items` are streams over all pages"
        }
        Some(_) => "; the builder's `pages` is a stream of all pages",
        None => "",
    };
    crate::emit::docs::comments::paragraph(
        &mut lines,
        Some(markdown!(
            "Returns [`{0}`](super::{0}){1}{2}.",
            output,
            stream,
            pages
        )),
    );
    lines.extend(errors(operation));
    crate::emit::docs::comments::paragraph(&mut lines, waiters::sentence(operation));
    if let Some(example) = examples.of(operation) {
        if let Some(whole) = &example.whole {
            lines.extend(["", "# Example"].map(Markdown::from));
            lines.extend_from_slice(whole);
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

/// The errors in one sentence, wrapped.
fn errors(operation: &Operation) -> Vec<Markdown> {
    let mut lines: Vec<Markdown> = Vec::new();
    for (index, error) in operation.errors.iter().enumerate() {
        let end = if index + 1 == operation.errors.len() {
            "."
        } else {
            ","
        };
        let link = markdown!("[`{0}`](crate::Error::{0}){1}", name(&error.rust), end);
        match lines.last_mut() {
            None => lines.push(markdown!("Errors: {}", link)),
            Some(line) if line.as_str().len() + 1 + link.as_str().len() <= WIDTH => {
                let longer = markdown!("{} {}", *line, link);
                *line = longer;
            }
            Some(_) => lines.push(link),
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
    let write = write(operation, imports);
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

/// The lines that write the input, in the order of a request: path, query, headers, body.
fn write(operation: &Operation, imports: &mut Imports) -> TokenStream {
    let input = &operation.input;
    let host = host(operation, imports);
    let path = path(operation, imports);
    let literals = operation
        .request
        .head
        .query
        .iter()
        .map(Text::literal)
        .map(|literal| quote!(req.query_literal(#literal);));
    let tokens = input
        .members
        .iter()
        .filter(|member| member.token)
        .map(|member| {
            let field = ident(&member.name.rust);
            quote!(let token = req.token(&self.#field);)
        });
    let headers = operation.request.head.headers.iter().map(|(name, value)| {
        let (name, value) = (name.literal(), value.literal());
        quote!(req.header(#name, &#value)?;)
    });
    let bound: Vec<TokenStream> = input
        .members
        .iter()
        .filter_map(|member| write_member(member, imports))
        .collect();
    let document = operation.request.document.as_ref();
    let document = document.map(|document| write_document(document, input, imports));
    let steps: Vec<TokenStream> = operation
        .request
        .body_steps
        .iter()
        .filter_map(|step| body_step(step, input, imports))
        .collect();
    quote!(#(#tokens)* #host #path #(#literals)* #(#headers)* #(#bound)* #document #(#steps)*)
}

/// The statement that writes the document of a request.
fn write_document(document: &Document, input: &Structure, imports: &mut Imports) -> TokenStream {
    let members: Vec<&Member> = input.body().collect();
    match document.format {
        Format::Json => {
            let members = json::members(&members, imports);
            let content_type = content_type(document);
            if members.is_empty() {
                quote!(req.object(|_| {})#content_type;)
            } else {
                quote!(req.object(|json| { #(#members)* })#content_type;)
            }
        }
    }
}

/// The call that sets the media type of a document, unless it is the one that the runtime sets for
/// the format.
fn content_type(document: &Document) -> Option<TokenStream> {
    let of_format = match document.format {
        Format::Json => "application/json",
    };
    let content_type = document.content_type.literal();
    (document.content_type != of_format).then(|| quote!(.content_type(#content_type)))
}

/// The chain of literals and labels before the endpoint's host.
fn host(operation: &Operation, imports: &mut Imports) -> Option<TokenStream> {
    let parts: Vec<TokenStream> = operation
        .request
        .host_prefix
        .iter()
        .filter_map(|part| match part {
            HostPart::Literal(text) => {
                let text = text.literal();
                Some(quote!(.host(#text)))
            }
            HostPart::Label(member) => {
                let value = text(operation.input.member(member)?, imports);
                Some(quote!(.host_label(#member, #value)?))
            }
        })
        .collect();
    (!parts.is_empty()).then(|| quote!(req #(#parts)*;))
}

/// The line that does something to the body that was written.
fn body_step(step: &BodyStep, input: &Structure, imports: &mut Imports) -> Option<TokenStream> {
    Some(match step {
        BodyStep::Gzip => quote!(req.gzip();),
        BodyStep::ContentMd5 => quote!(req.content_md5();),
        BodyStep::Form => quote!(req.form();),
        BodyStep::TreeHash => quote!(req.tree_hash();),
        BodyStep::Checksum { member, header } => {
            let algorithm = text(input.member(member)?, imports);
            let header = header.as_ref().map(Text::literal);
            let header = header.map_or(quote!(None), |header| quote!(Some(#header)));
            quote!(req.checksum(#member, #header, #algorithm)?;)
        }
    })
}

/// The chain of literals and labels.
fn path(operation: &Operation, imports: &mut Imports) -> TokenStream {
    let parts: Vec<TokenStream> = operation
        .request
        .head
        .path
        .iter()
        .filter_map(|part| match part {
            PathPart::Literal(text) => {
                let text = text.literal();
                Some(quote!(.path(#text)))
            }
            PathPart::Label { member, greedy } => {
                let value = text(operation.input.member(member)?, imports);
                let label = if *greedy {
                    quote!(greedy_label)
                } else {
                    quote!(label)
                };
                Some(quote!(.#label(#member, #value)?))
            }
        })
        .collect();
    quote!(req #(#parts)*;)
}

/// A member that is neither in a document nor in the path.
fn write_member(member: &Member, imports: &mut Imports) -> Option<TokenStream> {
    Some(match &member.location {
        Location::Body | Location::Label { .. } | Location::StatusCode => return None,
        Location::Query(name) => {
            let (name, value) = (name.literal(), text(member, imports));
            quote!(req.query(#name, #value);)
        }
        Location::QueryParams => {
            let field = ident(&member.name.rust);
            quote!(req.query_map(&self.#field);)
        }
        Location::Header(name) => {
            let (name, value) = (name.literal(), text(member, imports));
            quote!(req.header(#name, #value)?;)
        }
        Location::PrefixHeaders(prefix) => {
            let (prefix, field) = (prefix.literal(), ident(&member.name.rust));
            quote!(req.prefix_headers(#prefix, &self.#field)?;)
        }
        Location::Payload(payload) => write_payload(member, payload),
    })
}

fn write_payload(member: &Member, payload: &Payload) -> TokenStream {
    let field = ident(&member.name.rust);
    match payload {
        Payload::Bytes { content_type } => {
            let content_type = content_type.literal();
            match (&member.ty, member.is_optional()) {
                (Type::Stream { sized }, _) => {
                    let method = if *sized {
                        quote!(sized_stream_payload)
                    } else {
                        quote!(stream_payload)
                    };
                    let name = &member.name.model;
                    quote!(req.#method(#content_type, #name, &self.#field)?;)
                }
                (_, true) => quote!(req.blob_payload(#content_type, self.#field.as_ref());),
                (_, false) => quote!(req.blob_payload(#content_type, &self.#field);),
            }
        }
        Payload::Text { content_type } => {
            let content_type = content_type.literal();
            let value = if member.token {
                quote!(&token)
            } else {
                quote!(&self.#field)
            };
            quote!(req.text_payload(#content_type, #value);)
        }
        Payload::Document {
            document,
            empty_if_absent,
        } => {
            let method = match (document.format, empty_if_absent) {
                (Format::Json, true) => quote!(structure_payload),
                (Format::Json, false) => quote!(json_payload),
            };
            let content_type = content_type(document);
            quote!(req.#method(&self.#field)#content_type;)
        }
    }
}

/// The value of a member as protocol text: itself, or a view where its type does not tell the form.
fn text(member: &Member, imports: &mut Imports) -> TokenStream {
    let field = ident(&member.name.rust);
    if member.token {
        return quote!(&token);
    }
    if let Some(fallback) = member.fallback {
        let rt = imports.rt();
        return quote!(&#rt::text::or(&self.#field, #fallback));
    }
    if member.form.base64 {
        let rt = imports.rt();
        let view = quote!(#rt::text::MediaTypeHeader::of);
        return if member.is_optional() {
            quote!(&self.#field.as_deref().map(#view))
        } else {
            quote!(&#view(&self.#field))
        };
    }
    let (view, list) = match &member.ty {
        Type::List { item, sparse } => {
            let flatten = if *sparse {
                quote!(.flatten())
            } else {
                TokenStream::new()
            };
            (text_view(item, member.form, imports), Some(flatten))
        }
        ty => (text_view(ty, member.form, imports), None),
    };
    match (view, list, member.is_optional()) {
        (None, ..) => quote!(&self.#field),
        (Some(view), None, false) => quote!(&#view(&self.#field)),
        (Some(view), None, true) => quote!(&self.#field.as_ref().map(#view)),
        (Some(view), Some(flatten), false) => {
            quote!(&self.#field.iter()#flatten.map(#view).collect::<Vec<_>>())
        }
        (Some(view), Some(flatten), true) => {
            quote!(&self.#field.as_ref().map(|items| items.iter()#flatten.map(#view).collect::<Vec<_>>()))
        }
    }
}

/// The function from a value to its view; a timestamp's own text is a date-time.
fn text_view(ty: &Type, form: Form, imports: &mut Imports) -> Option<TokenStream> {
    let method = match (ty, form.timestamp?) {
        (Type::Timestamp, TimestampFormat::HttpDate) => quote!(http_date),
        (Type::Timestamp, TimestampFormat::EpochSeconds) => quote!(epoch_seconds),
        _ => return None,
    };
    let rt = imports.rt();
    Some(quote!(#rt::Timestamp::#method))
}

/// `impl rt::FromResponse` of an output.
fn from_response(output: &Structure, response: &Response, imports: &mut Imports) -> TokenStream {
    let rt = imports.rt();
    let name = ident(&output.name.rust);
    if output.members.is_empty() {
        return quote! {
            impl #rt::FromResponse for #name {
                fn from_response(_: &#rt::Response<'_>) -> Result<Self, #rt::ResponseError> {
                    Ok(Self::default())
                }
            }
        };
    }
    let streams = output.stream().map(|_| {
        quote!(
            const STREAMS: bool = true;
        )
    });
    let blank = json::blank(output);
    let document = response.document.as_ref();
    let document = document.and_then(|document| read_document(document, output, imports));
    let outside: Vec<TokenStream> = output
        .members
        .iter()
        .filter(|member| member.location != Location::Body)
        .map(|member| read_member(member, false, imports))
        .collect();
    quote! {
        impl #rt::FromResponse for #name {
            #streams

            fn from_response(res: &#rt::Response<'_>) -> Result<Self, #rt::ResponseError> {
                let mut value = #blank();
                #document
                #(#outside)*
                Ok(value)
            }
        }
    }
}

/// The statement that reads the document of a response into `value`. A document without members is
/// not read.
fn read_document(
    document: &Document,
    output: &Structure,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let members: Vec<&Member> = output.body().collect();
    (!members.is_empty()).then(|| match document.format {
        Format::Json => {
            let arms = json::arms(&members, imports);
            quote!(res.structure(|json, key| match key { #(#arms)* _ => json.skip() })?;)
        }
    })
}

/// A member that is not in a document, read into `value`. A header of an error that does not fit
/// is ignored: the error must not get lost because of it.
pub(crate) fn read_member(member: &Member, of_error: bool, imports: &mut Imports) -> TokenStream {
    let field = ident(&member.name.rust);
    let end = if of_error { quote!(.ok()) } else { quote!(?) };
    match &member.location {
        Location::Header(name) => {
            let name = name.literal();
            match header_reader(member, imports) {
                None => quote!(res.header(#name, &mut value.#field)#end;),
                Some(parse) => quote!(res.header_as(#name, &mut value.#field, #parse)#end;),
            }
        }
        Location::PrefixHeaders(prefix) => {
            let prefix = prefix.literal();
            quote!(res.prefix_headers(#prefix, &mut value.#field)#end;)
        }
        Location::StatusCode => quote!(res.status(&mut value.#field);),
        Location::Payload(payload) => match (payload, &member.ty) {
            (Payload::Bytes { .. }, Type::Stream { .. }) => {
                quote!(res.stream_payload(&mut value.#field);)
            }
            (Payload::Bytes { .. }, _) => quote!(res.blob_payload(&mut value.#field);),
            (Payload::Text { .. }, _) => quote!(res.text_payload(&mut value.#field)?;),
            (Payload::Document { document, .. }, _) => match document.format {
                Format::Json => quote!(res.json_payload(&mut value.#field)?;),
            },
        },
        Location::Body | Location::Label { .. } | Location::Query(_) | Location::QueryParams => {
            TokenStream::new()
        }
    }
}

/// The function that reads a header whose form its type does not tell: a string with a media type.
fn header_reader(member: &Member, imports: &mut Imports) -> Option<TokenStream> {
    let rt = imports.rt();
    member
        .form
        .base64
        .then(|| quote!(#rt::text::parse_media_type_header))
}
