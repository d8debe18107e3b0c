//! Tests of an emitted crate: one for each protocol test of the model, a file an operation.

use crate::emit::docs::deprecated;
use crate::emit::examples::values::{Unfit, Values};
use crate::graph::member::Type;
use crate::graph::protocol_tests::{Message, ProtocolTest, RequestTest, ResponseTest, TestBody};
use crate::graph::service::{ErrorVariant, Operation, Service};
use crate::graph::shape::Structure;
use crate::parallel::collect;
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::{SourceFile, unparsable};
use crate::text::Text;
use crate::text::markdown::markdown;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use smithy_model::{Code, Diagnostic, Node, ShapeId, Value};

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
        recursion_limit: None,
        path: "tests/protocol/main.rs".to_owned(),
        emitter: EMITTER,
        shape: service.id.clone(),
        docs: vec!["The protocol tests of the model.".into()],
        imports: Imports::default(),
        items: source_file::items(quote!(#(#modules)*))?,
    })
}

/// The tests of an operation.
///
/// # Errors
///
/// The cases that cannot be expressed in the crate's types.
pub(crate) fn file(
    operation: &Operation,
    service: &Service,
) -> Result<SourceFile, Vec<Diagnostic>> {
    let mut imports = Imports::of_test(&crate_path(service).to_string());
    let tests = operation.protocol_tests.iter().map(|test| {
        Case {
            test,
            operation,
            service,
            imports: &mut imports,
        }
        .function()
        .map_err(|unfit| inexpressible(&operation.id, test, &unfit))
    });
    let tests = collect(tests.collect())?;
    let items = source_file::items(quote!(#(#tests)*))
        .map_err(|error| vec![unparsable(&operation.id, &error)])?;
    Ok(SourceFile {
        recursion_limit: None,
        path: format!("tests/protocol/{}.rs", operation.name.module),
        emitter: EMITTER,
        shape: operation.id.clone(),
        docs: Vec::new(),
        imports,
        items,
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

fn inexpressible(operation: &ShapeId, test: &ProtocolTest, unfit: &Unfit) -> Diagnostic {
    let message = format!(
        "protocol test `{}` cannot be expressed: {}",
        test.id.shown(),
        unfit.message
    );
    Diagnostic::error(Code::BadTraitValue, message)
        .at(unfit.span)
        .shape(operation)
        .help("mend its `params`, so that they are a value of the shape")
}

/// A test on its way to becoming a function.
struct Case<'s, 'i> {
    test: &'s ProtocolTest,
    operation: &'s Operation,
    service: &'s Service,
    imports: &'i mut Imports,
}

impl Case<'_, '_> {
    fn function(&mut self) -> Result<TokenStream, Unfit> {
        let otherwise = markdown!("Protocol test {}.", self.test.id.code());
        let docs = self.imports.comment(crate::emit::docs::comments::of_type(
            &self.test.docs,
            otherwise,
        ));
        let (name, case) = (ident(&self.test.rust), self.imports.case());
        let body = match &self.test.message {
            Message::Request(request) => self.checks(request)?,
            Message::Response(response) => match &response.error {
                None => self.gives(response)?,
                Some(error) => self.fails(response, error)?,
            },
        };
        Ok(quote! {
            #docs
            #[test]
            fn #name() -> #case::Checked {
                #body
            }
        })
    }

    /// The request of an input is compared with what is expected.
    fn checks(&mut self, request: &RequestTest) -> Result<TokenStream, Unfit> {
        let name = self.imports.operation(&self.operation.name.rust);
        let input = self.params(&name, &self.operation.input)?;
        let expected = expected(request, self.imports);
        Ok(quote! {
            let input = #input;
            #expected.check(&input)
        })
    }

    /// What a response gives is compared with an output.
    fn gives(&mut self, response: &ResponseTest) -> Result<TokenStream, Unfit> {
        let name = self.imports.operation(&self.operation.output.name.rust);
        let output = self.params(&name, &self.operation.output)?;
        let (given, compared) = (self.given(response), compared(&self.operation.output));
        Ok(quote! {
            let output = #output;
            #given #compared
        })
    }

    /// What a response gives is compared with an error.
    fn fails(
        &mut self,
        response: &ResponseTest,
        error: &ErrorVariant,
    ) -> Result<TokenStream, Unfit> {
        let Some(structure) = self.service.error(&error.id) else {
            let message = format!("`{}` is not generated", error.id);
            return Err(Unfit {
                message,
                span: self.test.span,
                unknown_member: false,
            });
        };
        let name = self.imports.shape(&structure.name.rust);
        let (value, given) = (self.params(&name, structure)?, self.given(response));
        let (krate, variant) = (crate_path(self.service), ident(&error.rust));
        Ok(quote! {
            let error = #value;
            #given.fails(&error, |it| match it {
                #krate::Error::#variant(it) => Some(it),
                _ => None,
            })
        })
    }

    /// The value that the case's `params` describe.
    fn params(&mut self, name: &Ident, structure: &Structure) -> Result<TokenStream, Unfit> {
        let nothing = Node {
            value: Value::Object(Default::default()),
            span: self.test.span,
        };
        let params = self.test.params.as_ref().unwrap_or(&nothing);
        Values {
            service: self.service,
            imports: self.imports,
        }
        .structure(name, structure, params)
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
