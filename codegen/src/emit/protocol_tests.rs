//! Tests of an emitted crate: one for each protocol test of the model, a file an operation.

use super::file::{self, SourceFile, unparsable};
use super::imports::{Imports, ident};
use super::literal::text;
use super::values::{Unfit, Values};
use crate::graph::{
    ErrorVariant, Message, Operation, ProtocolTest, RequestTest, ResponseTest, Service, Structure, TestBody,
};
use crate::parallel::collect;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use smithy_model::{Code, Diagnostic, Node, ShapeId, Value};

const EMITTER: &str = "codegen/src/emit/protocol_tests.rs";

/// `tests/protocol/main.rs`
pub(crate) fn index(service: &Service) -> syn::Result<SourceFile> {
    let modules: Vec<Ident> = service.tested().map(|operation| ident(&operation.name.module)).collect();
    Ok(SourceFile {
        path: "tests/protocol/main.rs".to_owned(),
        emitter: EMITTER,
        shape: service.id.clone(),
        docs: vec!["The protocol tests of the model.".to_owned()],
        imports: Imports::default(),
        items: file::items(quote!(#(mod #modules;)*))?,
    })
}

/// The tests of an operation.
///
/// # Errors
///
/// The cases that cannot be expressed in the crate's types.
pub(crate) fn file(operation: &Operation, service: &Service) -> Result<SourceFile, Vec<Diagnostic>> {
    let mut imports = Imports::of_test(&service.crate_ident());
    let tests = operation.protocol_tests.iter().map(|test| {
        function(test, operation, service, &mut imports)
            .map_err(|unfit| inexpressible(&operation.id, test, &unfit))
    });
    let tests = collect(tests.collect())?;
    let items = file::items(quote!(#(#tests)*)).map_err(|error| vec![unparsable(&operation.id, &error)])?;
    Ok(SourceFile {
        path: format!("tests/protocol/{}.rs", operation.name.module),
        emitter: EMITTER,
        shape: operation.id.clone(),
        docs: Vec::new(),
        imports,
        items,
    })
}

fn function(
    test: &ProtocolTest,
    operation: &Operation,
    service: &Service,
    imports: &mut Imports,
) -> Result<TokenStream, Unfit> {
    let otherwise = format!("Protocol test `{}`.", test.id);
    let docs = imports.comment(super::docs::of_type(&test.docs, otherwise, None));
    let (name, case) = (ident(&test.rust), imports.case());
    let body = body(test, operation, service, imports)?;
    Ok(quote! {
        #docs
        #[test]
        fn #name() -> #case::Checked {
            #body
        }
    })
}

fn inexpressible(operation: &ShapeId, test: &ProtocolTest, unfit: &Unfit) -> Diagnostic {
    let message = format!("protocol test `{}` cannot be expressed: {}", test.id, unfit.message);
    Diagnostic::error(Code::BadTraitValue, message)
        .at(unfit.span)
        .shape(operation)
        .help("mend its `params`, so that they are a value of the shape")
}

fn body(
    test: &ProtocolTest,
    operation: &Operation,
    service: &Service,
    imports: &mut Imports,
) -> Result<TokenStream, Unfit> {
    match &test.message {
        Message::Request(request) => {
            let name = imports.operation(&operation.name.rust);
            let input = params(&name, &operation.input, test, service, imports)?;
            let expected = expected(request, imports);
            Ok(quote! {
                let input = #input;
                #expected.check(&input)
            })
        }
        Message::Response(response) => match &response.error {
            None => {
                let output = imports.operation(&operation.output.name.rust);
                let output = params(&output, &operation.output, test, service, imports)?;
                let given = given(response, operation, imports);
                Ok(quote! {
                    let output = #output;
                    #given.gives(&output)
                })
            }
            Some(error) => fails(error, response, test, operation, service, imports),
        },
    }
}

fn fails(
    error: &ErrorVariant,
    response: &ResponseTest,
    test: &ProtocolTest,
    operation: &Operation,
    service: &Service,
    imports: &mut Imports,
) -> Result<TokenStream, Unfit> {
    let structure = service
        .error(&error.id)
        .ok_or_else(|| Unfit { message: format!("`{}` is not generated", error.id), span: test.span })?;
    let (shape, variant) = (imports.shape(&structure.name.rust), ident(&error.rust));
    let krate = ident(&service.crate_ident());
    let value = params(&shape, structure, test, service, imports)?;
    let given = given(response, operation, imports);
    Ok(quote! {
        let error = #value;
        #given.fails(&error, |it| match it {
            #krate::Error::#variant(it) => Some(it),
            _ => None,
        })
    })
}

/// The value that the case's `params` describe.
fn params(
    name: &Ident,
    structure: &Structure,
    test: &ProtocolTest,
    service: &Service,
    imports: &mut Imports,
) -> Result<TokenStream, Unfit> {
    let nothing = Node { value: Value::Object(Default::default()), span: test.span };
    Values { service, imports }.structure(name, structure, test.params.as_ref().unwrap_or(&nothing))
}

/// `case::ExpectedRequest::new("GET", "/").header("X-Foo", "Foo")`
fn expected(request: &RequestTest, imports: &mut Imports) -> TokenStream {
    let case = imports.case();
    let (method, uri) = (&request.method, &request.uri);
    let host = request.host.iter().map(|host| quote!(.host(#host)));
    let resolved = request.resolved_host.iter().map(|host| quote!(.resolved_host(#host)));
    let query = request.query.iter().map(|pair| quote!(.query(#pair)));
    let no_query = request.forbidden_query.iter().map(|name| quote!(.no_query(#name)));
    let any_query = request.required_query.iter().map(|name| quote!(.any_query(#name)));
    let headers = headers(&request.headers);
    let no_header = request.forbidden_headers.iter().map(|name| quote!(.no_header(#name)));
    let any_header = request.required_headers.iter().map(|name| quote!(.any_header(#name)));
    let body = request.body.iter().map(|body| match body {
        TestBody::Json(json) => {
            let json = text(json);
            quote!(.json(#json))
        }
        TestBody::Bytes(bytes) => {
            let bytes = text(bytes);
            quote!(.body(#bytes))
        }
    });
    quote! {
        #case::ExpectedRequest::new(#method, #uri)
            #(#host)* #(#resolved)* #(#query)* #(#no_query)* #(#any_query)*
            #headers #(#no_header)* #(#any_header)* #(#body)*
    }
}

/// `case::GivenResponse::<GetThing>::new(200).body("{}")`
fn given(response: &ResponseTest, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let (case, name) = (imports.case(), imports.operation(&operation.name.rust));
    let code = Literal::u16_unsuffixed(response.code);
    let headers = headers(&response.headers);
    let body = (!response.body.is_empty()).then(|| {
        let body = text(&response.body);
        quote!(.body(#body))
    });
    quote!(#case::GivenResponse::<#name>::new(#code) #headers #body)
}

fn headers(headers: &[(String, String)]) -> TokenStream {
    let headers = headers.iter().map(|(name, value)| {
        let value = text(value);
        quote!(.header(#name, #value))
    });
    quote!(#(#headers)*)
}
