//! The examples that the model gives of an operation, as calls that compile. What is answered is JSON with the members
//! by their names in the model.

use super::deprecated;
use super::example::fenced;
use super::file::unparsable;
use super::imports::{Imports, ident};
use super::values::{Unfit, Values};
use crate::graph::{Answer, ModelExample, Operation, Service};
use crate::text::{Markdown, fence, markdown};
use proc_macro2::TokenStream;
use quote::quote;
use smithy_model::{Code, Diagnostic, Node};

/// An example of the model.
pub(crate) struct Published {
    /// What it shows, in one line of Markdown.
    pub(crate) title: Markdown,
    /// The lines of its documentation.
    pub(crate) docs: Vec<Markdown>,
    /// The lines of the fenced call, hidden lines included.
    pub(crate) call: Vec<Markdown>,
    /// Who answers, and the lines of the fenced JSON text.
    pub(crate) answer: Option<(Markdown, Vec<Markdown>)>,
}

/// The examples of an operation, and what is wrong with those that its types cannot express, which are left out.
///
/// # Errors
///
/// An example does not parse, which is a mistake of this emitter.
pub(crate) fn of(
    operation: &Operation,
    service: &Service,
) -> Result<(Vec<Published>, Vec<Diagnostic>), Diagnostic> {
    let (mut published, mut problems) = (Vec::new(), Vec::new());
    for example in &operation.examples {
        match setters(example, operation, service) {
            Ok((imports, setters)) => {
                let call = call(operation, service, &imports, &setters)
                    .map_err(|error| unparsable(&operation.id, &error))?;
                published.push(Published {
                    title: example.title.line(),
                    docs: example.docs.lines().to_vec(),
                    call,
                    answer: example.answer.as_ref().map(answer),
                });
            }
            // Validation told of it.
            Err(unfit) if unfit.unknown_member => {}
            Err(unfit) => problems.push(inexpressible(operation, example, &unfit)),
        }
    }
    Ok((published, problems))
}

fn setters(
    example: &ModelExample,
    operation: &Operation,
    service: &Service,
) -> Result<(Imports, Vec<TokenStream>), Unfit> {
    let mut imports = Imports::of_test(&service.crate_ident());
    let empty = Node { value: smithy_model::Value::Object(Default::default()), span: example.span };
    let input = example.input.as_ref().unwrap_or(&empty);
    let setters = Values { service, imports: &mut imports }.setters(&operation.input, input)?;
    Ok((imports, setters))
}

fn call(
    operation: &Operation,
    service: &Service,
    imports: &Imports,
    setters: &[TokenStream],
) -> syn::Result<Vec<Markdown>> {
    let method = ident(&operation.method);
    // People have the runtime through the crate.
    let runtime = format!("use {}::rt;", service.crate_ident());
    let imports: TokenStream = imports.render().replace("use smithy_rt as rt;", &runtime).parse()?;
    let uses_deprecated = deprecated::in_call(operation, service);
    fenced(service, uses_deprecated, quote!(#imports client.#method()#(#setters)*.send().await?;))
}

fn answer(answer: &Answer) -> (Markdown, Vec<Markdown>) {
    let lines = |node: &Node| fence::json(&node.to_pretty_json());
    match answer {
        Answer::Output(output) => ("The service answers:".into(), lines(output)),
        Answer::Error(name, None) => (markdown!("The service answers with {}.", name.code()), Vec::new()),
        Answer::Error(name, Some(content)) => {
            (markdown!("The service answers with {}:", name.code()), lines(content))
        }
    }
}

fn inexpressible(operation: &Operation, example: &ModelExample, unfit: &Unfit) -> Diagnostic {
    let message = format!("the example \"{}\" is left out: {}", example.title.shown(), unfit.message);
    Diagnostic::warning(Code::BadTraitValue, message)
        .at(unfit.span)
        .shape(&operation.id)
        .help("give values of the types that the members have")
}
