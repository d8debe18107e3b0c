//! Endpoint rules as a function: conditions become `if`s, trees become nested ones, and outcomes return.

mod expr;
mod rules;
mod uses;

use super::file::{self, SourceFile};
use super::imports::{Imports, ident};
use crate::graph::Service;
use crate::graph::endpoint::{Base, DefaultValue, EndpointRules, Parameter, Presence};
use expr::Scope;
use proc_macro2::TokenStream;
use quote::quote;

/// `src/endpoint.rs`
pub(crate) fn file(service: &Service) -> syn::Result<SourceFile> {
    let mut imports = Imports::default();
    let rt = imports.rt();
    let (docs, body) = match &service.endpoint {
        Some(rules) => {
            let mut scope = Scope::new(rt.clone());
            let parameters = parameters(rules, &mut scope);
            let rules = scope.rules(&rules.rules, true);
            ("Finds out where requests go, by the endpoint rules of the service.", quote!(#parameters #rules))
        }
        None => {
            let body = quote! {
                let Some(endpoint) = params.endpoint else {
                    return params.no_endpoint();
                };
                #rt::endpoint::Resolved::new(endpoint)
            };
            (
                "Takes the custom endpoint, since the service has no endpoint rules that a client can follow.",
                body,
            )
        }
    };
    let errors = "A parameter is missing or wrong, or some do not go together.";
    let docs = imports.comment([docs, "", "# Errors", "", errors]);
    let items = file::items(quote! {
        #docs
        pub fn resolve(params: &#rt::endpoint::Params<'_>) -> Result<#rt::endpoint::Resolved, #rt::endpoint::ResolveError> {
            params.check()?;
            #body
        }
    })?;
    Ok(SourceFile {
        path: "src/endpoint.rs".to_owned(),
        emitter: "codegen/src/emit/endpoint/mod.rs",
        shape: service.id.clone(),
        docs: vec![format!("Where requests to {} go.", service.title)],
        imports,
        items,
    })
}

/// What stands before the rules: parameters that have a default, that are required, or that clients do not have.
fn parameters(rules: &EndpointRules, scope: &mut Scope) -> TokenStream {
    let mut parameters: Vec<&Parameter> = rules.parameters.values().collect();
    parameters.sort_by_key(|parameter| &parameter.rust_name);
    let mut lines = TokenStream::new();
    for parameter in parameters {
        scope.parameter(parameter);
        if uses::in_rules(&rules.rules, &|used| used.is_parameter(&parameter.rust_name)) {
            lines.extend(line(parameter));
        }
    }
    lines
}

fn line(parameter: &Parameter) -> Option<TokenStream> {
    let name = expr::local(&parameter.rust_name);
    let base = parameter.ty.base();
    let field = parameter.field();
    let value = field.map(|field| {
        let field = ident(field);
        quote!(params.#field)
    });
    Some(match (&parameter.presence, value) {
        // The client says yes or no.
        (_, Some(_)) if base == Base::Bool => return None,
        (Presence::Optional, Some(_)) => return None,
        (Presence::Default(default), Some(value)) => {
            let default = default_value(default);
            quote!(let #name = #value.unwrap_or(#default);)
        }
        (Presence::Required, Some(value)) => {
            let error = if field == Some("region") { quote!(no_region) } else { quote!(no_endpoint) };
            quote!(let Some(#name) = #value else { return params.#error(); };)
        }
        (Presence::Default(default), None) => {
            let default = default_value(default);
            quote!(let #name = #default;)
        }
        (Presence::Optional, None) if base == Base::Bool => quote!(let #name = false;),
        (Presence::Optional, None) if base == Base::StringArray => quote!(let #name: Option<&[&str]> = None;),
        (Presence::Optional, None) => quote!(let #name: Option<&str> = None;),
        // The graph has no such rules.
        (Presence::Required, None) => return None,
    })
}

fn default_value(default: &DefaultValue) -> TokenStream {
    match default {
        DefaultValue::Bool(value) => quote!(#value),
        DefaultValue::String(value) => quote!(#value),
        DefaultValue::StringArray(values) => quote!(&[#(#values),*]),
    }
}
