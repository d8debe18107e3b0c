//! The client: a method per operation.

use crate::emit::client::endpoint::context;
use crate::emit::docs::deprecated;
use crate::graph::auth::Scheme;
use crate::graph::service::{Operation, Service};
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::markdown::{Markdown, markdown, name};
use proc_macro2::TokenStream;
use quote::quote;

/// `src/client.rs`
pub(crate) fn file(service: &Service) -> syn::Result<SourceFile> {
    let mut imports = Imports::default();
    let rt = imports.rt();
    let mut docs = vec![
        markdown!(
            "A client for {}. Cloning it is cheap.",
            service.title.plain()
        ),
        Markdown::default(),
        "Each operation has a method that returns a builder. Set its members, then call `send`."
            .into(),
        "[`rt::guide::configuration`] describes the settings of clients.".into(),
    ];
    if service.is_unauthenticated() {
        docs.extend([
            Markdown::default(),
            "The model has no authentication scheme: requests are sent without authentication."
                .into(),
        ]);
    }
    let docs = imports.comment(docs);
    let sdk_id = service.sdk_id.literal();
    let schemes = schemes(&service.schemes, &rt);
    let endpoints = context::endpoints(service, &rt);
    let settings = context::settings(service, &mut imports);
    let methods: Vec<TokenStream> = service
        .operations
        .values()
        .map(|operation| method(operation, &mut imports))
        .collect();
    // A service can have no operations.
    let methods = (!methods.is_empty()).then(|| quote!(impl Client { #(#methods)* }));
    let items = source_file::items(quote! {
        #docs
        #[derive(Clone)]
        pub struct Client {
            inner: #rt::client::Client,
        }

        const SERVICE: #rt::client::Service = #rt::client::Service {
            id: #sdk_id,
            schemes: #schemes,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            endpoints: #endpoints,
        };

        #rt::client_methods!(Client, SERVICE);

        #settings

        #methods
    })?;
    Ok(SourceFile {
        attributes: Vec::new(),
        path: "src/client.rs".to_owned(),
        emitter: "codegen/src/emit/client/service_client.rs",
        shape: service.id.clone(),
        docs: Vec::new(),
        imports,
        items,
    })
}

/// A list of schemes.
pub(crate) fn schemes(schemes: &[Scheme], rt: &TokenStream) -> TokenStream {
    let schemes = schemes.iter().map(|scheme| match scheme {
        Scheme::SigV4(name) => {
            let name = name.literal();
            quote!(#rt::Scheme::SigV4(#name))
        }
        Scheme::SigV4a(name) => {
            let name = name.literal();
            quote!(#rt::Scheme::SigV4a(#name))
        }
        Scheme::Bearer => quote!(#rt::Scheme::Bearer),
    });
    quote!(&[#(#schemes),*])
}

fn method(operation: &Operation, imports: &mut Imports) -> TokenStream {
    let operations = imports.operations();
    let method = ident(&operation.method);
    let (input, builder) = (
        ident(&operation.input.name.rust),
        ident(&operation.input.name.builder),
    );
    let link = name(&operation.input.name.rust);
    let docs = match operation.docs.sentence() {
        [] => vec![markdown!(
            "Returns a builder for [`{0}`](operations::{0}).",
            link
        )],
        lines => {
            let see = markdown!("See [`{0}`](operations::{0}).", link);
            [lines, &[Markdown::default(), see]].concat()
        }
    };
    let docs = imports.comment(docs);
    let deprecated = deprecated::attribute(operation.input.deprecated.as_ref());
    let allowance = deprecated::allowance(deprecated.is_some());
    quote! {
        #docs
        #deprecated
        #allowance
        pub fn #method(&self) -> #operations::#builder<Self> {
            #operations::#input::via(self)
        }
    }
}
