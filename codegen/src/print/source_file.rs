//! A source file before it is printed.

use crate::print::imports::Imports;
use crate::text::markdown::Markdown;
use proc_macro2::TokenStream;
use smithy_model::{Code, Diagnostic, ShapeId};

/// A source file: its path, its origin, and its items.
pub(crate) struct SourceFile {
    /// Relative to the crate's root.
    pub(crate) path: String,
    /// The emitter, relative to the repository's root.
    pub(crate) emitter: &'static str,
    /// The shape that it is emitted for.
    pub(crate) shape: ShapeId,
    /// The attributes of the crate, in its root.
    pub(crate) attributes: Vec<String>,
    /// Inner documentation of the file.
    pub(crate) docs: Vec<Markdown>,
    pub(crate) imports: Imports,
    /// Groups of items. Blank lines separate groups, and items of more than one line.
    pub(crate) items: Vec<syn::Item>,
}

/// Parses an emitter's tokens.
pub(crate) fn items(tokens: TokenStream) -> syn::Result<Vec<syn::Item>> {
    syn::parse2::<syn::File>(tokens).map(|file| file.items)
}

/// Emitted tokens that are not valid Rust. This is a bug in an emitter, which no model should
/// cause. It is not a panic, so that the diagnostic can name the shape.
#[derive(Debug)]
pub(crate) struct Unparsable {
    pub(crate) shape: ShapeId,
    pub(crate) error: syn::Error,
}

impl Unparsable {
    /// The diagnostics of these bugs.
    pub(crate) fn diagnostics(bugs: Vec<Self>) -> Vec<Diagnostic> {
        let diagnostic = |Self { shape, error }| {
            let message = format!("the code generated for `{shape}` does not parse: {error}");
            Diagnostic::error(Code::UnsupportedShape, message)
                .shape(&shape)
                .help("this is a bug in the generator: report it with the shape's definition")
        };
        bugs.into_iter().map(diagnostic).collect()
    }
}
