//! Calls in documentation: fenced blocks that compile.

use crate::print::imports::ident;
use crate::print::rust::printer::item_text;
use crate::text::fence;
use crate::text::markdown::Markdown;
use proc_macro2::TokenStream;
use quote::quote;

/// The lines of a fenced block with these statements. They are the body of a function with a
/// `client`, and rustdoc hides the other lines of the function. `deprecated` allows deprecated
/// items.
///
/// # Errors
///
/// The statements do not parse.
pub(crate) fn call(
    krate: &str,
    deprecated: bool,
    statements: TokenStream,
) -> syn::Result<Vec<Markdown>> {
    let head =
        format!("# async fn example(client: &{krate}::Client) -> Result<(), {krate}::Error> {{");
    lines(krate, deprecated, &head, statements)
}

/// The same for statements that create the client.
///
/// # Errors
///
/// The statements do not parse.
pub(crate) fn program(
    krate: &str,
    deprecated: bool,
    statements: TokenStream,
) -> syn::Result<Vec<Markdown>> {
    let head = "# async fn example() -> Result<(), Box<dyn std::error::Error>> {";
    lines(krate, deprecated, head, statements)
}

/// `head` is the line of the function.
fn lines(
    krate: &str,
    deprecated: bool,
    head: &str,
    statements: TokenStream,
) -> syn::Result<Vec<Markdown>> {
    let (crate_name, statements) = (ident(krate), fence::on_one_line(statements));
    let function: syn::Item = syn::parse2(quote! {
        async fn example(client: &#crate_name::Client) -> Result<(), #crate_name::Error> {
            #statements
            Ok(())
        }
    })?;
    let text = item_text(&function, &|_| None);
    // The signature may take several lines; the first brace ends it.
    let body = text.split_once("{\n").map_or("", |(_, body)| body);
    let body = body
        .lines()
        .map(|line| line.strip_prefix("    ").unwrap_or(line));
    // The last two lines are `Ok(())` and the brace.
    let shown = body.clone().count().saturating_sub(2);
    let mut lines: Vec<String> = Vec::new();
    lines.extend(deprecated.then(|| "# #[allow(deprecated)]".to_owned()));
    lines.push(head.to_owned());
    lines.extend(body.enumerate().map(|(index, line)| {
        if index < shown {
            line.to_owned()
        } else {
            format!("# {line}")
        }
    }));
    Ok(fence::block("no_run", lines.iter().map(String::as_str)))
}
