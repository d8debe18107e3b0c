//! Endpoint rules as a function. Conditions become `if` expressions, nested rules become nested
//! ones, and outcomes return.

use crate::emit::client::endpoint::expr::{Scope, Source};
use crate::emit::client::endpoint::{context, expr};
use crate::graph::endpoint::params::{DefaultValue, Parameter, ParameterType, Presence};
use crate::graph::endpoint::rule_set::EndpointRules;
use crate::graph::endpoint::uses;
use crate::graph::service::Service;
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::Text;
use crate::text::markdown::markdown;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// `src/endpoint.rs`
pub(crate) fn file(service: &Service) -> syn::Result<SourceFile> {
    let mut imports = Imports::default();
    let rt = imports.rt();
    let (docs, body) = match &service.endpoint {
        Some(rules) => {
            let mut scope = Scope::new(rt.clone());
            let parameters = parameters(rules, &mut scope);
            let rules = scope.rules(&rules.rules, true);
            (
                "Resolves the endpoint by the endpoint rules of the service.",
                quote!(#parameters #rules),
            )
        }
        None => {
            let body = quote! {
                let Some(endpoint) = params.endpoint else {
                    return params.no_endpoint();
                };
                #rt::endpoint::Resolved::new(endpoint)
            };
            (
                "Returns the custom endpoint: the service has no endpoint rules that a client can evaluate.",
                body,
            )
        }
    };
    let errors = "A parameter is missing or invalid, or parameters contradict each other.";
    let docs = imports.comment([docs, "", "# Errors", "", errors]);
    let per_operation = service
        .endpoint
        .as_ref()
        .filter(|rules| rules.is_per_operation());
    let context = per_operation.map(|rules| context::structure(rules, &mut imports));
    let argument = per_operation
        .map(context::argument)
        .map(|ty| quote!(, context: #ty));
    let items = source_file::items(quote! {
        #context

        #docs
        pub fn resolve(params: &#rt::endpoint::Params<'_> #argument) -> Result<#rt::endpoint::Resolved, #rt::endpoint::ResolveError> {
            params.check()?;
            #body
        }
    })?;
    Ok(SourceFile {
        attributes: Vec::new(),
        path: "src/endpoint.rs".to_owned(),
        emitter: "codegen/src/emit/client/endpoint/file.rs",
        shape: service.id.clone(),
        docs: vec![markdown!("The endpoints of {}.", service.title.plain())],
        imports,
        items,
    })
}

/// The statements before the rules, for parameters that have a default, are required, have several
/// sources, or have none.
fn parameters(rules: &EndpointRules, scope: &mut Scope) -> TokenStream {
    let mut lines = TokenStream::new();
    for parameter in rules.sorted() {
        let (line, source) = line(parameter);
        scope.parameter(parameter, source);
        if uses::in_rules(&rules.rules, &|used| {
            used.is_parameter(&parameter.rust_name)
        }) {
            lines.extend(line);
        } else {
            lines.extend(check(parameter));
        }
    }
    lines
}

/// The sources of the value of a parameter, the most specific first, and whether one of them always
/// has a value.
fn sources(parameter: &Parameter) -> (Vec<TokenStream>, bool) {
    let (name, model) = (ident(&parameter.rust_name), &parameter.name);
    let bool = parameter.ty == ParameterType::Bool;
    let of_operation = parameter.by_operation.then(|| match parameter.ty {
        ParameterType::StringArray => quote!(context.#name.as_deref()),
        _ => quote!(context.#name),
    });
    let setting = parameter.setting.as_ref().map(|_| match bool {
        true => quote!(params.flag(#model)),
        false => quote!(params.text(#model)),
    });
    let builtin = parameter.field().map(|field| {
        let field = ident(field);
        quote!(params.#field)
    });
    let always = bool && builtin.is_some();
    (
        of_operation
            .into_iter()
            .chain(setting)
            .chain(builtin)
            .collect(),
        always,
    )
}

/// The statement for a parameter, and the location of its value.
fn line(parameter: &Parameter) -> (Option<TokenStream>, Source) {
    let name = expr::local(&parameter.rust_name);
    let (sources, always) = sources(parameter);
    let only = sources.len() == 1;
    let value = sources.into_iter().rev().reduce(|less, more| match always {
        // Only the least specific source is not an `Option`.
        true => quote!(#more.unwrap_or(#less)),
        false => quote!(#more.or(#less)),
    });
    let variable = Source {
        value: None,
        flag: false,
    };
    match (&parameter.presence, value) {
        (_, Some(value)) if only && always => (
            None,
            Source {
                value: Some(value),
                flag: true,
            },
        ),
        (_, Some(value)) if always => (
            Some(quote!(let #name = #value;)),
            Source {
                value: Some(quote!(#name)),
                flag: true,
            },
        ),
        (Presence::Optional, Some(value)) if only => (
            None,
            Source {
                value: Some(value),
                flag: false,
            },
        ),
        (Presence::Optional, Some(value)) => (
            Some(quote!(let #name = #value;)),
            Source {
                value: Some(quote!(#name)),
                flag: false,
            },
        ),
        (Presence::Default(default), value) => {
            let default = default_value(default);
            let value = value.map_or_else(
                || quote!(#default),
                |value| quote!(#value.unwrap_or(#default)),
            );
            (Some(quote!(let #name = #value;)), variable)
        }
        (Presence::Required, Some(value)) => {
            let error = missing(parameter);
            (
                Some(quote!(let Some(#name) = #value else { return params.#error; };)),
                variable,
            )
        }
        (Presence::Optional, None) => {
            let flag = parameter.ty == ParameterType::Bool;
            let line = match parameter.ty {
                ParameterType::Bool => quote!(let #name = false;),
                ParameterType::String => quote!(let #name: Option<&str> = None;),
                ParameterType::StringArray => quote!(let #name: Option<&[&str]> = None;),
            };
            (
                Some(line),
                Source {
                    value: Some(quote!(#name)),
                    flag,
                },
            )
        }
        // The graph contains no such rules.
        (Presence::Required, None) => (None, variable),
    }
}

/// The statement for a required parameter that no rule reads. It is nevertheless required.
fn check(parameter: &Parameter) -> Option<TokenStream> {
    let (sources, always) = sources(parameter);
    if parameter.presence != Presence::Required || always {
        return None;
    }
    let value = sources
        .into_iter()
        .reduce(|first, next| quote!(#first.or(#next)))?;
    let error = missing(parameter);
    Some(quote!(if #value.is_none() { return params.#error; }))
}

/// The error about a required parameter without a value.
fn missing(parameter: &Parameter) -> TokenStream {
    match parameter.field() {
        Some("region") => quote!(no_region()),
        Some("endpoint") => quote!(no_endpoint()),
        _ => {
            let model = &parameter.name;
            quote!(missing(#model))
        }
    }
}

fn default_value(default: &DefaultValue) -> TokenStream {
    match default {
        DefaultValue::Bool(value) => quote!(#value),
        DefaultValue::String(value) => value.literal().into_token_stream(),
        DefaultValue::StringArray(values) => {
            let values = values.iter().map(Text::literal);
            quote!(&[#(#values),*])
        }
    }
}
