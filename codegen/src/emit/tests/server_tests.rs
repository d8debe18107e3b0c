//! Tests of the server of an emitted crate: one for each protocol test of the model, a file an
//! operation.

use crate::emit::examples::expression;
use crate::emit::server::api::{error_name, method_of_violations};
use crate::emit::tests::protocol_tests::{body, compared, crate_path, function, headers, presence};
use crate::graph::protocol_tests::{
    MalformedBody, MalformedTest, Message, ProtocolTest, RequestTest, ResponseTest, TestBody,
};
use crate::graph::service::{Operation, Service};
use crate::graph::value::StructureValue;
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::Text;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

const EMITTER: &str = "codegen/src/emit/tests/server_tests.rs";

/// `tests/protocol/server/mod.rs`: a server that records its inputs.
pub(crate) fn index(service: &Service) -> syn::Result<SourceFile> {
    let krate = crate_path(service);
    let mut imports = Imports::of_test(&krate.to_string());
    let (case, operations) = (imports.case(), imports.operations());
    let modules = service
        .tested_in_server()
        .map(|operation| ident(&operation.name.module));
    let methods = service.tested_in_server().map(|operation| {
        let (method, input) = (ident(&operation.method), ident(&operation.name.rust));
        let (output, error) = (ident(&operation.output.name.rust), error_name(operation));
        quote! {
            async fn #method(&self, input: #operations::#input, _: #krate::server::Context)
                -> Result<#operations::#output, #krate::server::#error>
            {
                self.0.record(input)
            }
        }
    });
    let methods: TokenStream = methods.collect();
    let hook = method_of_violations(service).map(|(hook, error)| {
        let (hook, error) = (ident(hook), ident(&error.shape));
        quote! {
            fn #hook(&self, violations: &#krate::server::Violations) -> #krate::types::#error {
                #case::error_of(violations)
            }
        }
    });
    let docs = [
        "Records the inputs of the operations.",
        "A server that records its inputs.",
    ];
    let [service_docs, server_docs] = docs.map(|docs| imports.comment([docs]));
    let items = source_file::items(quote! {
        #(mod #modules;)*

        #service_docs
        struct Service(#case::Recorder);

        impl #krate::server::Operations for Service {
            #methods
            #hook
        }

        #server_docs
        fn server(recorder: #case::Recorder) -> #krate::server::Server<Service> {
            #krate::server::Server::new(Service(recorder))
        }
    })?;
    Ok(SourceFile {
        attributes: Vec::new(),
        path: "tests/protocol/server/mod.rs".to_owned(),
        emitter: EMITTER,
        shape: service.id.clone(),
        docs: vec!["The protocol tests for servers.".into()],
        imports,
        items,
    })
}

/// The tests of an operation.
pub(crate) fn file(operation: &Operation, service: &Service) -> syn::Result<SourceFile> {
    let mut imports = Imports::of_test(&crate_path(service).to_string());
    let tests = operation.protocol_tests.server.iter();
    let tests = tests.map(|test| case(test, operation, &mut imports));
    let tests: TokenStream = tests.collect();
    Ok(SourceFile {
        attributes: Vec::new(),
        path: format!("tests/protocol/server/{}.rs", operation.name.module),
        emitter: EMITTER,
        shape: operation.id.clone(),
        docs: Vec::new(),
        imports,
        items: source_file::items(tests)?,
    })
}

fn case(test: &ProtocolTest, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let body = match &test.message {
        Message::Request(request, input) => received(request, input, operation, imports),
        Message::Response(response, value) => sent(response, value, imports),
        Message::Malformed(malformed) => rejected(malformed, imports),
    };
    function(test, &body, imports)
}

/// Compares the input that the operation receives with the expected one.
fn received(
    request: &RequestTest,
    input: &StructureValue,
    operation: &Operation,
    imports: &mut Imports,
) -> TokenStream {
    let ty = imports.operation(&input.ty);
    let input = expression::structure(&ty, input, imports);
    let (given, compared) = (
        given(request, imports),
        compared(&operation.input, &quote!(super::server, &input)),
    );
    quote! {
        let input = #input;
        #given #compared
    }
}

/// Compares the response of an output or error with the expected one.
fn sent(response: &ResponseTest, value: &StructureValue, imports: &mut Imports) -> TokenStream {
    let (name, ty) = match response.error {
        None => (quote!(output), imports.operation(&value.ty)),
        Some(_) => (quote!(error), imports.shape(&value.ty)),
    };
    let value = expression::structure(&ty, value, imports);
    let case = imports.case();
    let (code, headers) = (
        Literal::u16_unsuffixed(response.code),
        headers(&response.headers),
    );
    let presence = presence(&response.forbidden_headers, &response.required_headers);
    let body = body(response.body.as_ref());
    quote! {
        let #name = #value;
        #case::SentResponse::new(#code) #headers #presence #body.check(&#name)
    }
}

/// Compares the response for a malformed request with the expected one.
fn rejected(test: &MalformedTest, imports: &mut Imports) -> TokenStream {
    let given = given(&test.request, imports);
    let (code, headers) = (Literal::u16_unsuffixed(test.code), headers(&test.headers));
    let body = test.body.as_ref().and_then(|it| match it {
        MalformedBody::Is(expected) => body(Some(expected)),
        MalformedBody::MessageRegex(regex) => {
            let regex = regex.readable_literal();
            Some(quote!(.message_matches(#regex)))
        }
    });
    quote!(#given.rejected(#code) #headers #body.check(super::server))
}

/// `case::ReceivedRequest::new("GET", "/").header("X-Foo", "Foo").body("{}")`
fn given(request: &RequestTest, imports: &mut Imports) -> TokenStream {
    let case = imports.case();
    let (method, uri) = (request.method.literal(), request.uri.literal());
    let host = request.host.iter().map(Text::literal);
    let query = request.query.iter().map(Text::literal);
    let body = request.body.as_ref().map(|body| {
        let body = body.text().readable_literal();
        quote!(.body(#body))
    });
    // Clients send the header, but not all cases have it.
    let is_content_type =
        |(name, _): &(Text, Text)| name.is(|it| it.eq_ignore_ascii_case("content-type"));
    let json = matches!(request.body, Some(TestBody::Json(_)));
    let added = json && !request.headers.iter().any(is_content_type);
    let added = added.then(|| quote!(.header("Content-Type", "application/json")));
    let headers = headers(&request.headers);
    quote! {
        #case::ReceivedRequest::new(#method, #uri)
            #(.host(#host))* #(.query(#query))* #added #headers #body
    }
}
