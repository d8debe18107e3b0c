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
use crate::graph::http::{HostPart, PathPart};
use crate::graph::member::{Kind, Location, Member, TimestampFormat, Type};
use crate::graph::service::{Operation, Service};
use crate::graph::shape::Structure;
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::Text;
use crate::text::markdown::{Markdown, markdown, name};
use proc_macro2::{Literal, TokenStream};
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
    let response = from_response(shape, &mut imports);
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
    let method = ident(&operation.http.method);
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
        .http
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
    let headers = operation.headers.iter().map(|(name, value)| {
        let value = value.literal();
        quote!(req.header(#name, &#value)?;)
    });
    let bound: Vec<TokenStream> = input
        .members
        .iter()
        .filter_map(|member| write_member(member, imports))
        .collect();
    let body: Vec<&Member> = input.body().collect();
    let json = (!body.is_empty()).then(|| {
        let members = json::members(&body, imports);
        quote!(req.object(|json| { #(#members)* });)
    });
    let steps: Vec<TokenStream> = operation
        .body
        .iter()
        .filter_map(|step| body_step(step, input, imports))
        .collect();
    quote!(#(#tokens)* #host #path #(#literals)* #(#headers)* #(#bound)* #json #(#steps)*)
}

/// The chain of literals and labels before the endpoint's host.
fn host(operation: &Operation, imports: &mut Imports) -> Option<TokenStream> {
    let parts: Vec<TokenStream> = operation
        .http
        .host
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
        .http
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

/// A member that is not in the JSON body and not in the path.
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
        Location::Payload => write_payload(member),
    })
}

fn write_payload(member: &Member) -> TokenStream {
    let field = ident(&member.name.rust);
    match member.ty.unboxed() {
        Type::Blob => {
            let value = if member.is_optional() {
                quote!(self.#field.as_ref())
            } else {
                quote!(&self.#field)
            };
            let media = media_type(member, BINARY);
            quote!(req.blob_payload(#media, #value);)
        }
        Type::Stream { sized } => {
            let method = if *sized {
                quote!(sized_stream_payload)
            } else {
                quote!(stream_payload)
            };
            let (name, media) = (&member.name.model, media_type(member, BINARY));
            quote!(req.#method(#media, #name, &self.#field)?;)
        }
        ty if is_text(ty) => {
            let media = media_type(member, "text/plain");
            let value = if member.token {
                quote!(&token)
            } else {
                quote!(&self.#field)
            };
            quote!(req.text_payload(#media, #value);)
        }
        Type::Named(named) if matches!(named.kind, Kind::Structure(_)) => {
            quote!(req.structure_payload(&self.#field);)
        }
        _ => quote!(req.json_payload(&self.#field);),
    }
}

/// The media type of a blob that has none.
const BINARY: &str = "application/octet-stream";

/// The media type of a string or blob.
fn media_type(member: &Member, otherwise: &str) -> Literal {
    member
        .media_type
        .as_ref()
        .map_or_else(|| Literal::string(otherwise), Text::literal)
}

/// Whether a payload of the type is plain text.
fn is_text(ty: &Type) -> bool {
    match ty {
        Type::String => true,
        Type::Named(named) => matches!(named.kind, Kind::Enum | Kind::IntEnum),
        _ => false,
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
    if matches!(
        (&member.location, &member.ty, &member.media_type),
        (Location::Header(_), Type::String, Some(_))
    ) {
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
            (text_view(item, imports), Some(flatten))
        }
        ty => (text_view(ty, imports), None),
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
fn text_view(ty: &Type, imports: &mut Imports) -> Option<TokenStream> {
    let method = match ty {
        Type::Timestamp(TimestampFormat::HttpDate) => quote!(http_date),
        Type::Timestamp(TimestampFormat::EpochSeconds) => quote!(epoch_seconds),
        _ => return None,
    };
    let rt = imports.rt();
    Some(quote!(#rt::Timestamp::#method))
}

/// `impl rt::FromResponse` of an output.
fn from_response(output: &Structure, imports: &mut Imports) -> TokenStream {
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
    let body: Vec<&Member> = output.body().collect();
    let json = (!body.is_empty()).then(|| {
        let arms = json::arms(&body, imports);
        quote!(res.structure(|json, key| match key { #(#arms)* _ => json.skip() })?;)
    });
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
                #json
                #(#outside)*
                Ok(value)
            }
        }
    }
}

/// A member that is not in the JSON body, read into `value`. A header of an error that does not fit
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
        Location::Payload => match member.ty.unboxed() {
            Type::Blob => quote!(res.blob_payload(&mut value.#field);),
            Type::Stream { .. } => quote!(res.stream_payload(&mut value.#field);),
            ty if is_text(ty) => quote!(res.text_payload(&mut value.#field)?;),
            _ => quote!(res.json_payload(&mut value.#field)?;),
        },
        Location::Body | Location::Label { .. } | Location::Query(_) | Location::QueryParams => {
            TokenStream::new()
        }
    }
}

/// The function that reads a header whose form its type does not tell: a string with a media type.
fn header_reader(member: &Member, imports: &mut Imports) -> Option<TokenStream> {
    let rt = imports.rt();
    let encoded = member.ty == Type::String && member.media_type.is_some();
    encoded.then(|| quote!(#rt::text::parse_media_type_header))
}
