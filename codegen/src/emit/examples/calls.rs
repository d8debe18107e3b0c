//! The examples of operations as text: calls that compile, and the JSON of responses.

use crate::emit::docs::deprecated;
use crate::emit::examples::expression;
use crate::graph::examples::{ExampleResponse, PublishedExample, Sample};
use crate::graph::service::{Operation, Service};
use crate::graph::shape::Structure;
use crate::graph::value::MemberValue;
use crate::parallel;
use crate::parallel::collect;
use crate::print::fenced;
use crate::print::imports::ident;
use crate::print::names::Names;
use crate::print::source_file::Unparsable;
use crate::text::fence;
use crate::text::markdown::{Markdown, markdown};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use smithy_model::ShapeId;
use std::collections::{BTreeMap, BTreeSet};

/// The examples of all operations. The code and the page of an operation show the same.
pub(crate) struct ExampleTexts {
    operations: BTreeMap<ShapeId, OperationExamples>,
    /// The first call of a program.
    first: Option<Vec<Markdown>>,
}

/// The examples of an operation.
pub(crate) struct OperationExamples {
    /// The lines of a fenced call with every member, hidden lines included.
    pub(crate) sample: Option<Vec<Markdown>>,
    /// The examples of the model.
    pub(crate) published: Vec<Published>,
}

/// An example of the model.
pub(crate) struct Published {
    /// The title, in one line of Markdown.
    pub(crate) title: Markdown,
    /// The lines of its documentation.
    pub(crate) docs: Vec<Markdown>,
    /// The lines of the fenced call, hidden lines included.
    pub(crate) call: Vec<Markdown>,
    /// A sentence that introduces the response, and the lines of its fenced JSON text.
    pub(crate) response: Option<(Markdown, Vec<Markdown>)>,
}

impl ExampleTexts {
    /// The examples of every operation.
    pub(crate) fn of_service(service: &Service) -> Result<Self, Vec<Unparsable>> {
        let operations: Vec<&Operation> = service.operations.values().collect();
        let deprecated = deprecated::in_any_shape(service);
        let examples = parallel::map(&operations, |operation| {
            let deprecated = deprecated || deprecated::in_operation(operation, service);
            let examples =
                OperationExamples::of(operation, service, deprecated).map_err(|error| {
                    Unparsable {
                        shape: operation.id.clone(),
                        error,
                    }
                })?;
            Ok((operation.id.clone(), examples))
        });
        let first = first_operation(service).map(|(operation, sample)| {
            first_call(sample, operation, service).map_err(|error| {
                vec![Unparsable {
                    shape: operation.id.clone(),
                    error,
                }]
            })
        });
        Ok(Self {
            operations: collect(examples)?.into_iter().collect(),
            first: first.transpose()?,
        })
    }

    /// No examples, for callers that only need the items.
    pub(crate) fn none() -> Self {
        Self {
            operations: BTreeMap::new(),
            first: None,
        }
    }

    /// The examples of an operation; `None` if there are no examples at all.
    pub(crate) fn of(&self, operation: &Operation) -> Option<&OperationExamples> {
        self.operations.get(&operation.id)
    }

    /// The lines of the first call of a program, with the client; `None` if no operation has a
    /// sample, or there are no examples at all.
    pub(crate) fn first_call(&self) -> Option<&[Markdown]> {
        self.first.as_deref()
    }
}

impl OperationExamples {
    /// `deprecated` allows deprecated items in published examples.
    fn of(operation: &Operation, service: &Service, deprecated: bool) -> syn::Result<Self> {
        let sample = operation.examples.sample.as_ref();
        let sample = sample.map(|sample| sample_call(sample, operation, service));
        let published = operation.examples.published.iter().map(|example| {
            Ok(Published {
                title: example.title.line(),
                docs: example.docs.lines().to_vec(),
                call: published_call(example, operation, service, deprecated)?,
                response: example.response.as_ref().map(response),
            })
        });
        Ok(Self {
            sample: sample.transpose()?,
            published: published.collect::<syn::Result<_>>()?,
        })
    }
}

/// The operation for the first call: the one with the fewest required members, with items if
/// possible.
fn first_operation(service: &Service) -> Option<(&Operation, &Sample)> {
    let with_sample = service
        .operations
        .values()
        .filter_map(|operation| Some((operation, operation.examples.sample.as_ref()?)));
    with_sample.min_by_key(|(operation, sample)| {
        let has_items = operation
            .pagination
            .as_ref()
            .is_some_and(|pages| !pages.items.is_empty());
        (
            sample.deprecated,
            operation.input.required().count(),
            !has_items,
        )
    })
}

/// The lines of a fenced call with the required members, after the client is created.
fn first_call(
    sample: &Sample,
    operation: &Operation,
    service: &Service,
) -> syn::Result<Vec<Markdown>> {
    let required: Vec<&str> = operation
        .input
        .required()
        .map(|member| member.name.rust.as_str())
        .collect();
    let is_required = |value: &&MemberValue| required.contains(&value.setter.as_str());
    let krate = ident(&service.crate_ident());
    let call = call(sample, is_required, operation, service);
    let statements = quote!(let client = #krate::Client::from_env()?; #call);
    fenced::program(&service.crate_ident(), sample.deprecated, statements)
}

/// The lines of a fenced call that shows the output.
fn sample_call(
    sample: &Sample,
    operation: &Operation,
    service: &Service,
) -> syn::Result<Vec<Markdown>> {
    let call = call(sample, |_| true, operation, service);
    fenced::call(&service.crate_ident(), sample.deprecated, call)
}

/// The statements of a call with some of the members of a sample. The token of a page is left out.
fn call(
    sample: &Sample,
    is_shown: impl Fn(&&MemberValue) -> bool,
    operation: &Operation,
    service: &Service,
) -> TokenStream {
    let mut names = CallNames::new(service, true);
    let pages = operation
        .pagination
        .as_ref()
        .filter(|pages| !pages.items.is_empty());
    let token = pages.and_then(|pages| operation.input.member(&pages.input_token));
    let is_token = |value: &MemberValue| token.is_some_and(|token| token.name.rust == value.setter);
    let input = sample.input.iter().filter(|value| !is_token(value));
    let input = input.filter(is_shown);
    let setters = expression::setters(input, &mut names);
    let imports = names.imports();
    let method = ident(&operation.method);
    if pages.is_some() {
        return quote! {
            #imports
            let mut items = client.#method()#setters.items();
            while let Some(item) = items.next().await {
                println!("{:?}", item?);
            }
        };
    }
    let shown = shown(&operation.output);
    let bind = match (&shown, operation.output.stream()) {
        (None, _) => TokenStream::new(),
        (Some(_), None) => quote!(let output =),
        (Some(_), Some(_)) => quote!(let mut output =),
    };
    quote!(#imports #bind client.#method()#setters.send().await?; #shown)
}

/// The statement of a sample that uses the output: it reads the stream, or prints the first member.
fn shown(output: &Structure) -> Option<TokenStream> {
    if let Some(stream) = output.stream() {
        let field = ident(&stream.name.rust);
        return Some(quote! {
            while let Some(piece) = output.#field.next().await {
                let piece = piece?;
                println!("{} bytes", piece.len());
            }
        });
    }
    let member = output
        .members
        .iter()
        .find(|member| member.deprecated.is_none())?;
    let field = ident(&member.name.rust);
    Some(quote!(println!("{:?}", output.#field);))
}

/// The lines of a fenced call.
fn published_call(
    example: &PublishedExample,
    operation: &Operation,
    service: &Service,
    deprecated: bool,
) -> syn::Result<Vec<Markdown>> {
    let mut names = CallNames::new(service, false);
    let setters = expression::setters(&example.input, &mut names);
    let imports = names.imports();
    let method = ident(&operation.method);
    let call = quote!(#imports client.#method()#setters.send().await?;);
    fenced::call(&service.crate_ident(), deprecated, call)
}

fn response(response: &ExampleResponse) -> (Markdown, Vec<Markdown>) {
    let end = if response.members.is_some() { ":" } else { "." };
    let introduction = match &response.error {
        None => "The service returns:".into(),
        Some(name) => markdown!("The service returns the error {}{}", name.code(), end),
    };
    let members = response.members.as_ref().map(fence::json);
    (introduction, members.unwrap_or_default())
}

/// The names in a call of the documentation. Users access the runtime through the crate.
struct CallNames {
    krate: Ident,
    /// Whether only types of the crate are imported, and others are written with their paths.
    only_types: bool,
    types: BTreeSet<Ident>,
    runtime: bool,
    map: bool,
}

impl CallNames {
    fn new(service: &Service, only_types: bool) -> Self {
        Self {
            krate: ident(&service.crate_ident()),
            only_types,
            types: BTreeSet::new(),
            runtime: false,
            map: false,
        }
    }

    fn imports(&self) -> TokenStream {
        let (krate, types) = (&self.krate, self.types.iter());
        let types = (types.len() > 0).then(|| quote!(use #krate::types::{#(#types),*};));
        let runtime = self.runtime.then(|| quote!(use #krate::rt;));
        let map = self.map.then(|| {
            quote!(
                use std::collections::BTreeMap;
            )
        });
        quote!(#types #runtime #map)
    }
}

impl Names for CallNames {
    fn shape(&mut self, name: &str) -> Ident {
        let name = ident(name);
        self.types.insert(name.clone());
        name
    }

    fn rt(&mut self) -> TokenStream {
        let krate = &self.krate;
        if self.only_types {
            return quote!(#krate::rt);
        }
        self.runtime = true;
        quote!(rt)
    }

    fn map(&mut self) -> TokenStream {
        if self.only_types {
            return quote!(std::collections::BTreeMap);
        }
        self.map = true;
        quote!(BTreeMap)
    }
}
