//! Tests of an emitted crate: one for each protocol test of the model, a file an operation.

use crate::emit::docs::{comments, deprecated};
use crate::emit::examples::expression;
use crate::graph::member::Type;
use crate::graph::protocol_tests::{Message, ProtocolTest, RequestTest, ResponseTest, TestBody};
use crate::graph::service::{Operation, Service};
use crate::graph::shape::Structure;
use crate::graph::value::StructureValue;
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::Text;
use crate::text::markdown::markdown;
use proc_macro2::{Literal, TokenStream};
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
    let server = service.tested_in_server().next().map(|_| {
        let uses = deprecated::in_operation;
        let in_operations = || service.operations.values().any(|it| uses(it, service));
        let allowance = deprecated::allowance(in_shapes || in_operations());
        quote!(#[cfg(feature = "server")] #allowance mod server;)
    });
    Ok(SourceFile {
        attributes: Vec::new(),
        path: "tests/protocol/main.rs".to_owned(),
        emitter: EMITTER,
        shape: service.id.clone(),
        docs: vec!["The protocol tests of the model.".into()],
        imports: Imports::default(),
        items: source_file::items(quote!(#(#modules)* #server))?,
    })
}

/// The tests of an operation.
pub(crate) fn file(operation: &Operation, service: &Service) -> syn::Result<SourceFile> {
    let mut imports = Imports::of_test(&crate_path(service).to_string());
    let tests = operation.protocol_tests.client.iter().map(|test| {
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
pub(super) fn crate_path(service: &Service) -> TokenStream {
    let name = service.crate_ident();
    let root = ["case", "fmt", "json", "operations", "rt"]
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
        let body = match &self.test.message {
            Message::Request(request, input) => self.request(request, input),
            Message::Response(response, value) => match &response.error {
                None => self.output(response, value),
                Some(variant) => self.error(response, value, variant),
            },
            // Only servers have such tests.
            Message::Malformed(_) => TokenStream::new(),
        };
        function(self.test, &body, self.imports)
    }

    /// Compares the request of an input with the expected one.
    fn request(&mut self, request: &RequestTest, input: &StructureValue) -> TokenStream {
        let ty = self.imports.operation(&input.ty);
        let input = expression::structure(&ty, input, self.imports);
        let expected = expected(request, self.imports);
        quote! {
            let input = #input;
            #expected.check(&input)
        }
    }

    /// Compares the output that a response is read into with the expected one.
    fn output(&mut self, response: &ResponseTest, output: &StructureValue) -> TokenStream {
        let ty = self.imports.operation(&output.ty);
        let output = expression::structure(&ty, output, self.imports);
        let given = self.given(response);
        let compared = compared(&self.operation.output, &quote!(&output));
        quote! {
            let output = #output;
            #given #compared
        }
    }

    /// Compares the error that a response is read into with the expected one.
    fn error(
        &mut self,
        response: &ResponseTest,
        error: &StructureValue,
        variant: &str,
    ) -> TokenStream {
        let ty = self.imports.shape(&error.ty);
        let value = expression::structure(&ty, error, self.imports);
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

    /// `case::GivenResponse::<GetThing>::new(200).body("{}")`
    fn given(&mut self, response: &ResponseTest) -> TokenStream {
        let (case, name) = (
            self.imports.case(),
            self.imports.operation(&self.operation.name.rust),
        );
        let code = Literal::u16_unsuffixed(response.code);
        let headers = headers(&response.headers);
        let body = response.body.iter().map(TestBody::text);
        let body = body.filter(|body| !body.is_empty()).map(|body| {
            let body = body.readable_literal();
            quote!(.body(#body))
        });
        quote!(#case::GivenResponse::<#name>::new(#code) #headers #(#body)*)
    }
}

/// A test function with this body.
pub(super) fn function(
    test: &ProtocolTest,
    body: &TokenStream,
    imports: &mut Imports,
) -> TokenStream {
    let otherwise = markdown!("Protocol test {}.", test.id.code());
    let docs = imports.comment(comments::of_type(&test.docs, otherwise));
    let (name, case) = (ident(&test.rust), imports.case());
    quote! {
        #docs
        #[test]
        fn #name() -> #case::Checked {
            #body
        }
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
    let presence = presence(&request.forbidden_headers, &request.required_headers);
    let body = body(request.body.as_ref());
    quote! {
        #case::ExpectedRequest::new(#method, #uri)
            #(#host)* #(#resolved)* #(#query)* #(#no_query)* #(#any_query)*
            #headers #presence #body
    }
}

/// `.no_header("X-Foo").any_header("X-Bar")`
pub(super) fn presence(forbidden: &[Text], required: &[Text]) -> TokenStream {
    let no_header = forbidden.iter().map(Text::literal);
    let any_header = required.iter().map(Text::literal);
    quote!(#(.no_header(#no_header))* #(.any_header(#any_header))*)
}

/// `.json("{}")` or `.body("a")`
pub(super) fn body(body: Option<&TestBody>) -> Option<TokenStream> {
    body.map(|body| match body {
        TestBody::Json(json) => {
            let json = json.readable_literal();
            quote!(.json(#json))
        }
        TestBody::Bytes(bytes) => {
            let bytes = bytes.readable_literal();
            quote!(.body(#bytes))
        }
    })
}

/// How a value is compared: as a whole, or member by member if one of them is a stream.
pub(super) fn compared(structure: &Structure, value: &TokenStream) -> TokenStream {
    if structure.stream().is_none() {
        return quote!(.gives(#value));
    }
    let members = structure.members.iter().map(|member| {
        let field = ident(&member.name.rust);
        let bytes = matches!(member.ty, Type::Stream { .. }).then(|| quote!(.as_bytes()));
        quote!(it.#field #bytes == other.#field #bytes)
    });
    quote!(.gives_as(#value, |it, other| #(#members)&&*))
}

pub(super) fn headers(headers: &[(Text, Text)]) -> TokenStream {
    let headers = headers.iter().map(|(name, value)| {
        let (name, value) = (name.literal(), value.readable_literal());
        quote!(.header(#name, #value))
    });
    quote!(#(#headers)*)
}
