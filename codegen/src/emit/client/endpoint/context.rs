//! Endpoint parameters that operations and settings of the client set.

use crate::emit::client::jmespath;
use crate::emit::docs::comments::of_type;
use crate::graph::endpoint::bindings::{Binding, BoundValue};
use crate::graph::endpoint::params::{DefaultValue, Parameter, ParameterType};
use crate::graph::endpoint::rule_set::EndpointRules;
use crate::graph::service::{Operation, Service};
use crate::print::imports::{Imports, ident};
use crate::text::Text;
use crate::text::markdown::{Markdown, markdown, name};
use proc_macro2::TokenStream;
use quote::quote;

/// The structure of the parameters that operations provide.
pub(super) fn structure(rules: &EndpointRules, imports: &mut Imports) -> TokenStream {
    let docs = imports
        .comment(["The endpoint parameters that operations set. See [`rt::Operation::resolve`]."]);
    let borrows = rules
        .of_operations()
        .any(|parameter| parameter.ty != ParameterType::Bool);
    let lifetime = borrows.then(|| quote!(<'a>));
    let fields: Vec<TokenStream> = rules
        .of_operations()
        .map(|parameter| {
            let docs = imports.comment(documentation(parameter));
            let name = ident(&parameter.rust_name);
            let ty = match parameter.ty {
                ParameterType::Bool => quote!(bool),
                ParameterType::String => quote!(&'a str),
                ParameterType::StringArray => quote!(Vec<&'a str>),
            };
            quote!(#docs pub #name: Option<#ty>)
        })
        .collect();
    let is_redacted = rules.of_operations().any(|parameter| parameter.sensitive);
    let derive = (!is_redacted).then(|| quote!(Debug,));
    let debug = is_redacted.then(|| debug(rules, borrows, imports));
    quote! {
        #docs
        #[derive(Clone, #derive Default)]
        pub struct Context #lifetime {
            #(#fields,)*
        }

        #debug
    }
}

/// `Debug` that redacts the values of sensitive members.
fn debug(rules: &EndpointRules, borrows: bool, imports: &mut Imports) -> TokenStream {
    let (fmt, rt) = (imports.fmt(), imports.rt());
    let fields = rules.of_operations().map(|parameter| {
        let (field, name) = (
            ident(&parameter.rust_name),
            parameter.rust_name.trim_start_matches("r#"),
        );
        match parameter.sensitive {
            true => quote!(.field(#name, &self.#field.as_ref().map(|_| #rt::Redacted))),
            false => quote!(.field(#name, &self.#field)),
        }
    });
    let lifetime = borrows.then(|| quote!(<'_>));
    quote! {
        /// Redacts sensitive values.
        impl #fmt::Debug for Context #lifetime {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                f.debug_struct("Context") #(#fields)* .finish()
            }
        }
    }
}

/// The type of a reference to the value.
pub(super) fn argument(rules: &EndpointRules) -> TokenStream {
    match rules
        .of_operations()
        .any(|parameter| parameter.ty != ParameterType::Bool)
    {
        true => quote!(&Context<'_>),
        false => quote!(&Context),
    }
}

fn documentation(parameter: &Parameter) -> Vec<Markdown> {
    of_type(
        &parameter.docs(),
        markdown!("The parameter `{}`.", name(&parameter.name)),
    )
}

/// `fn resolve` of an operation that provides parameters.
pub(crate) fn resolve(
    operation: &Operation,
    service: &Service,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let rules = service
        .endpoint
        .as_ref()
        .filter(|_| !operation.bindings.is_empty())?;
    let (rt, endpoint) = (imports.rt(), imports.endpoint());
    let fields = operation.bindings.iter().map(field);
    let rest = (rules.of_operations().count() > operation.bindings.len())
        .then(|| quote!(..#endpoint::Context::default()));
    Some(quote! {
        fn resolve(&self, params: &#rt::endpoint::Params<'_>)
            -> Result<Option<#rt::endpoint::Resolved>, #rt::endpoint::ResolveError>
        {
            let context = #endpoint::Context { #(#fields,)* #rest };
            #endpoint::resolve(params, &context).map(Some)
        }
    })
}

fn field(binding: &Binding) -> TokenStream {
    let name = ident(&binding.parameter);
    let value = match &binding.value {
        BoundValue::Static(DefaultValue::Bool(value)) => quote!(Some(#value)),
        BoundValue::Static(DefaultValue::String(value)) => {
            let value = value.literal();
            quote!(Some(#value))
        }
        BoundValue::Static(DefaultValue::StringArray(values)) => {
            let values = values.iter().map(Text::literal);
            quote!(Some(vec![#(#values),*]))
        }
        BoundValue::Path {
            path,
            value,
            filled: true,
            ..
        } => {
            let absent = value.nullable.then(|| quote!(.unwrap_or_default()));
            let (path, value) = (path.literal(), jmespath::value::value(value));
            quote!(Some(params.filled(#path, #value #absent)?))
        }
        BoundValue::Path {
            value,
            ty: ParameterType::StringArray,
            ..
        } => jmespath::items::vector(value),
        BoundValue::Path { value, .. } => jmespath::value::option(value),
    };
    quote!(#name: #value)
}

/// The time at which a client resolves endpoints.
pub(crate) fn endpoints(service: &Service, rt: &TokenStream) -> TokenStream {
    let per_call = |rules: &&EndpointRules| rules.is_per_operation() || rules.wants_account();
    let Some(rules) = service.endpoint.as_ref().filter(per_call) else {
        return quote!(#rt::client::Endpoints::Shared(crate::endpoint::resolve));
    };
    let resolve = match rules.is_per_operation() {
        true => {
            quote!(|params| crate::endpoint::resolve(params, &crate::endpoint::Context::default()))
        }
        false => quote!(crate::endpoint::resolve),
    };
    let account = rules.wants_account();
    quote!(#rt::client::Endpoints::PerCall { resolve: #resolve, account: #account })
}

/// The trait of the service's own client settings, if there are any.
pub(crate) fn settings(service: &Service, imports: &mut Imports) -> Option<TokenStream> {
    let rt = imports.rt();
    let mut declared = Vec::new();
    let mut defined = Vec::new();
    for parameter in service.endpoint.iter().flat_map(EndpointRules::sorted) {
        let Some(setting) = &parameter.setting else {
            continue;
        };
        let (method, title) = (ident(&setting.method), &parameter.name);
        let docs = of_type(
            &setting.docs,
            markdown!(
                "Sets the parameter `{}` of the endpoint rules.",
                name(title)
            ),
        );
        let docs = imports.comment(docs);
        let (ty, value) = match parameter.ty {
            ParameterType::Bool => (quote!(bool), quote!(value)),
            _ => (quote!(impl Into<String>), quote!(value.into())),
        };
        declared.push(quote!(#docs #[must_use] fn #method(self, value: #ty) -> Self;));
        defined
            .push(quote!(fn #method(self, value: #ty) -> Self { self.endpoint_parameter(#title, #value) }));
    }
    let docs =
        imports.comment(["The settings of [`Client::builder`] that are specific to this service."]);
    (!declared.is_empty()).then(|| {
        quote! {
            #docs
            pub trait Settings: Sized { #(#declared)* }

            impl Settings for #rt::client::Builder<Client> { #(#defined)* }
        }
    })
}
