//! A source file before it is text.

use crate::print::imports::Imports;
use crate::text::markdown::Markdown;
use proc_macro2::TokenStream;
use smithy_model::{Code, Diagnostic, ShapeId};

/// A source file: where it goes, what it comes from, and its items.
pub(crate) struct SourceFile {
    /// Relative to the crate's root.
    pub(crate) path: String,
    /// The emitter, relative to the repository's root.
    pub(crate) emitter: &'static str,
    /// The shape that it is emitted for.
    pub(crate) shape: ShapeId,
    /// The attribute of this name, of a crate.
    pub(crate) recursion_limit: Option<usize>,
    /// Inner documentation of the file.
    pub(crate) docs: Vec<Markdown>,
    pub(crate) imports: Imports,
    /// Groups of items; only groups are separated by a blank line, unless an item is longer than a
    /// line.
    pub(crate) items: Vec<syn::Item>,
}

/// Parses an emitter's tokens, so that a bad fragment is blamed on its shape.
pub(crate) fn items(tokens: TokenStream) -> syn::Result<Vec<syn::Item>> {
    syn::parse2::<syn::File>(tokens).map(|file| file.items)
}

/// The problem of an emitter that made text which is not Rust.
pub(crate) fn unparsable(shape: &ShapeId, error: &syn::Error) -> Diagnostic {
    let message = format!("the Rust text made of `{shape}` does not parse: {error}");
    Diagnostic::error(Code::UnsupportedShape, message)
        .shape(shape)
        .help("this is a mistake of the generator: report it with the shape's definition")
}
