//! The examples that the model gives of an operation, as calls that compile. What is answered is
//! JSON with the members by their names in the model.

use crate::emit::docs::deprecated;
use crate::emit::examples::example::fenced;
use crate::emit::examples::values::{Unfit, Values};
use crate::graph::examples::{Answer, ModelExample};
use crate::graph::service::{Operation, Service};
use crate::print::imports::{Imports, ident};
use crate::print::source_file::unparsable;
use crate::text::fence;
use crate::text::markdown::{Markdown, markdown};
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

/// How many values the input and the output of an example may have together; those of AWS have 490
/// at most.
const MOST_VALUES: usize = 5_000;
/// How deep they may nest; those of AWS have 8 levels at most.
const DEEPEST: usize = 32;

/// The examples of an operation, and what is wrong with those that its types cannot express, which
/// are left out. `deprecated` says whether any shape of the service uses something deprecated.
///
/// # Errors
///
/// An example does not parse, which is a mistake of this emitter.
pub(crate) fn of(
    operation: &Operation,
    service: &Service,
    deprecated: bool,
) -> Result<(Vec<Published>, Vec<Diagnostic>), Diagnostic> {
    let (mut published, mut problems) = (Vec::new(), Vec::new());
    let deprecated = deprecated || deprecated::in_operation(operation, service);
    for example in &operation.examples {
        if is_too_large(example) {
            problems.push(too_large(operation, example));
            continue;
        }
        match setters(example, operation, service) {
            Ok((imports, setters)) => {
                let call = call(operation, service, deprecated, &imports, &setters)
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

fn is_too_large(example: &ModelExample) -> bool {
    let answer = match &example.answer {
        Some(Answer::Output(node)) => Some(node),
        Some(Answer::Error(_, content)) => content.as_ref(),
        None => None,
    };
    let mut left = MOST_VALUES;
    !example
        .input
        .iter()
        .chain(answer)
        .all(|node| fits(node, DEEPEST, &mut left))
}

/// Whether a value has no more values in it, and nests no deeper.
fn fits(node: &Node, depth: usize, left: &mut usize) -> bool {
    let Some(rest) = left.checked_sub(1) else {
        return false;
    };
    *left = rest;
    let mut inner = node.as_array().into_iter().flatten().chain(members(node));
    inner.all(|node| depth > 0 && fits(node, depth - 1, left))
}

fn members(node: &Node) -> impl Iterator<Item = &Node> {
    node.as_object()
        .into_iter()
        .flatten()
        .map(|(_, entry)| &entry.node)
}

fn too_large(operation: &Operation, example: &ModelExample) -> Diagnostic {
    let message = format!(
        "the example \"{}\" is left out: it has more than {MOST_VALUES} values, or nests more than {DEEPEST} deep",
        example.title.shown()
    );
    Diagnostic::warning(Code::TooMuchOutput, message)
        .at(example.span)
        .shape(&operation.id)
        .help("shorten it: it is documentation that people read")
}

fn setters(
    example: &ModelExample,
    operation: &Operation,
    service: &Service,
) -> Result<(Imports, Vec<TokenStream>), Unfit> {
    let mut imports = Imports::of_test(&service.crate_ident());
    let empty = Node {
        value: smithy_model::Value::Object(Default::default()),
        span: example.span,
    };
    let input = example.input.as_ref().unwrap_or(&empty);
    let setters = Values {
        service,
        imports: &mut imports,
    }
    .setters(&operation.input, input)?;
    Ok((imports, setters))
}

fn call(
    operation: &Operation,
    service: &Service,
    deprecated: bool,
    imports: &Imports,
    setters: &[TokenStream],
) -> syn::Result<Vec<Markdown>> {
    let method = ident(&operation.method);
    // People have the runtime through the crate.
    let runtime = format!("use {}::rt;", service.crate_ident());
    let imports: TokenStream = imports
        .render()
        .replace("use smithy_rt as rt;", &runtime)
        .parse()?;
    fenced(
        service,
        deprecated,
        quote!(#imports client.#method()#(#setters)*.send().await?;),
    )
}

fn answer(answer: &Answer) -> (Markdown, Vec<Markdown>) {
    let lines = |node: &Node| fence::json(&node.to_pretty_json());
    match answer {
        Answer::Output(output) => ("The service answers:".into(), lines(output)),
        Answer::Error(name, None) => (
            markdown!("The service answers with {}.", name.code()),
            Vec::new(),
        ),
        Answer::Error(name, Some(content)) => (
            markdown!("The service answers with {}:", name.code()),
            lines(content),
        ),
    }
}

fn inexpressible(operation: &Operation, example: &ModelExample, unfit: &Unfit) -> Diagnostic {
    let message = format!(
        "the example \"{}\" is left out: {}",
        example.title.shown(),
        unfit.message
    );
    Diagnostic::warning(Code::BadTraitValue, message)
        .at(unfit.span)
        .shape(&operation.id)
        .help("give values of the types that the members have")
}
