//! Tests of an emitted crate: one for each protocol test of the model, a file an operation.

use crate::emit::docs::{comments, deprecated};
use crate::emit::examples::expression;
use crate::graph::member::Type;
use crate::graph::protocol_tests::{Message, ProtocolTest, RequestTest, ResponseTest, TestBody};
use crate::graph::service::{Operation, Service};
use crate::graph::shape::Structure;
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::Text;
use crate::text::markdown::markdown;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

const EMITTER: &str = "codegen/src/emit/tests/protocol_tests.rs";

/// `tests/protocol/main.rs`
pub(crate) fn index(service: &Service) -> syn::Result<SourceFile> {
    let in_shapes = deprecated::in_any_shape(service);
    let modules = service.tested().map(|operation| {
        let allowance =
            deprecated::allowance(in_shapes || deprecated::in_operation(operation, service));
        let name = ident(&operation.name.module);
        quote!(#allowance mod #name;)
    });
    Ok(SourceFile {
        attributes: Vec::new(),
        path: "tests/protocol/main.rs".to_owned(),
        emitter: EMITTER,
        shape: service.id.clone(),
        docs: vec!["The protocol tests of the model.".into()],
        imports: Imports::default(),
        items: source_file::items(quote!(#(#modules)*))?,
    })
}

/// The tests of an operation.
pub(crate) fn file(operation: &Operation, service: &Service) -> syn::Result<SourceFile> {
    let mut imports = Imports::of_test(&crate_path(service).to_string());
    let tests = operation.protocol_tests.iter().map(|test| {
        let mut case = Case {
            test,
            operation,
            service,
            imports: &mut imports,
        };
        case.function()
    });
    let tests: TokenStream = tests.collect();
    Ok(SourceFile {
        attributes: Vec::new(),
        path: format!("tests/protocol/{}.rs", operation.name.module),
        emitter: EMITTER,
        shape: operation.id.clone(),
        docs: Vec::new(),
        imports,
        items: source_file::items(tests)?,
    })
}

/// The crate, by an absolute path where a test imports something of its name.
fn crate_path(service: &Service) -> TokenStream {
    let name = service.crate_ident();
    let root = ["case", "fmt", "json", "rt"]
        .contains(&name.as_str())
        .then(|| quote!(::));
    let name = ident(&name);
    quote!(#root #name)
}

/// A test and what its function needs.
struct Case<'s, 'i> {
    test: &'s ProtocolTest,
    operation: &'s Operation,
    service: &'s Service,
    imports: &'i mut Imports,
}

impl Case<'_, '_> {
    fn function(&mut self) -> TokenStream {
        let otherwise = markdown!("Protocol test {}.", self.test.id.code());
        let docs = self
            .imports
            .comment(comments::of_type(&self.test.docs, otherwise));
        let (name, case) = (ident(&self.test.rust), self.imports.case());
        let body = match &self.test.message {
            Message::Request(request) => self.request(request),
            Message::Response(response) => match &response.error {
                None => self.output(response),
                Some(variant) => self.error(response, variant),
            },
        };
        quote! {
            #docs
            #[test]
            fn #name() -> #case::Checked {
                #body
            }
        }
    }

    /// Compares the request of an input with the expected one.
    fn request(&mut self, request: &RequestTest) -> TokenStream {
        let input = self.operation_type();
        let input = expression::structure(&input, &self.test.params, self.imports);
        let expected = expected(request, self.imports);
        quote! {
            let input = #input;
            #expected.check(&input)
        }
    }

    /// Compares the output that a response is read into with the expected one.
    fn output(&mut self, response: &ResponseTest) -> TokenStream {
        let output = self.operation_type();
        let output = expression::structure(&output, &self.test.params, self.imports);
        let (given, compared) = (self.given(response), compared(&self.operation.output));
        quote! {
            let output = #output;
            #given #compared
        }
    }

    /// Compares the error that a response is read into with the expected one.
    fn error(&mut self, response: &ResponseTest, variant: &str) -> TokenStream {
        let value = self.imports.shape(&self.test.params.ty);
        let value = expression::structure(&value, &self.test.params, self.imports);
        let given = self.given(response);
        let (krate, variant) = (crate_path(self.service), ident(variant));
        quote! {
            let error = #value;
            #given.fails(&error, |it| match it {
                #krate::Error::#variant(it) => Some(it),
                _ => None,
            })
        }
    }

    /// The type of the parameters, which are an input or output.
    fn operation_type(&mut self) -> Ident {
        self.imports.operation(&self.test.params.ty)
    }

    /// `case::GivenResponse::<GetThing>::new(200).body("{}")`
    fn given(&mut self, response: &ResponseTest) -> TokenStream {
        let (case, name) = (
            self.imports.case(),
            self.imports.operation(&self.operation.name.rust),
        );
        let code = Literal::u16_unsuffixed(response.code);
        let headers = headers(&response.headers);
        let body = (!response.body.is_empty()).then(|| {
            let body = response.body.readable_literal();
            quote!(.body(#body))
        });
        quote!(#case::GivenResponse::<#name>::new(#code) #headers #body)
    }
}

/// `case::ExpectedRequest::new("GET", "/").header("X-Foo", "Foo")`
fn expected(request: &RequestTest, imports: &mut Imports) -> TokenStream {
    let case = imports.case();
    let (method, uri) = (request.method.literal(), request.uri.literal());
    let host = request
        .host
        .iter()
        .map(Text::literal)
        .map(|host| quote!(.host(#host)));
    let resolved = request
        .resolved_host
        .iter()
        .map(Text::literal)
        .map(|host| quote!(.resolved_host(#host)));
    let query = request
        .query
        .iter()
        .map(Text::literal)
        .map(|pair| quote!(.query(#pair)));
    let no_query = request
        .forbidden_query
        .iter()
        .map(Text::literal)
        .map(|name| quote!(.no_query(#name)));
    let any_query = request
        .required_query
        .iter()
        .map(Text::literal)
        .map(|name| quote!(.any_query(#name)));
    let headers = headers(&request.headers);
    let no_header = request
        .forbidden_headers
        .iter()
        .map(Text::literal)
        .map(|name| quote!(.no_header(#name)));
    let any_header = request
        .required_headers
        .iter()
        .map(Text::literal)
        .map(|name| quote!(.any_header(#name)));
    let body = request.body.iter().map(|body| match body {
        TestBody::Json(json) => {
            let json = json.readable_literal();
            quote!(.json(#json))
        }
        TestBody::Bytes(bytes) => {
            let bytes = bytes.readable_literal();
            quote!(.body(#bytes))
        }
    });
    quote! {
        #case::ExpectedRequest::new(#method, #uri)
            #(#host)* #(#resolved)* #(#query)* #(#no_query)* #(#any_query)*
            #headers #(#no_header)* #(#any_header)* #(#body)*
    }
}

/// How an output is compared: as a whole, or member by member if one of them is a stream.
fn compared(output: &Structure) -> TokenStream {
    if output.stream().is_none() {
        return quote!(.gives(&output));
    }
    let members = output.members.iter().map(|member| {
        let field = ident(&member.name.rust);
        let bytes = matches!(member.ty, Type::Stream { .. }).then(|| quote!(.as_bytes()));
        quote!(it.#field #bytes == other.#field #bytes)
    });
    quote!(.gives_as(&output, |it, other| #(#members)&&*))
}

fn headers(headers: &[(Text, Text)]) -> TokenStream {
    let headers = headers.iter().map(|(name, value)| {
        let (name, value) = (name.literal(), value.readable_literal());
        quote!(.header(#name, #value))
    });
    quote!(#(#headers)*)
}
