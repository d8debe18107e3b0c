//! The `use` block and the documentation comments of a file.

use crate::print::rust::uses::Use;
use crate::text::markdown::Markdown;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

/// The start of the mark of a comment. No text contains control characters.
const COMMENT: char = '\u{1f}';

/// The imports of a file. Emitters request a name and get its short form.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    /// The path of the root of the crate: the name of the crate, for a file outside of it. The
    /// default is `crate`.
    root: Option<String>,
    /// The types that the file defines itself.
    own: BTreeSet<String>,
    shapes: BTreeSet<String>,
    siblings: BTreeSet<String>,
    named_operations: BTreeSet<String>,
    endpoint: bool,
    operations: bool,
    types: bool,
    std: BTreeSet<&'static str>,
    runtime: bool,
    json: bool,
    set: bool,
    case: bool,
    comments: Vec<Vec<Markdown>>,
}

impl Imports {
    /// The imports of a file that defines these types.
    pub(crate) fn of(own: &[&str]) -> Self {
        Self {
            own: own.iter().map(|name| (*name).to_owned()).collect(),
            ..Self::default()
        }
    }

    /// The imports of a test of the crate.
    pub(crate) fn of_test(krate: &str) -> Self {
        Self {
            root: Some(krate.to_owned()),
            ..Self::default()
        }
    }

    /// Sets the path of the root of the crate.
    pub(crate) fn set_root(&mut self, path: String) {
        self.root = Some(path);
    }

    /// Adds a documentation comment, and returns its mark. The items contain only the mark, and
    /// `render` prints the lines. As attributes, they would be escaped, parsed, unescaped and
    /// printed, which takes longer than everything else.
    pub(crate) fn comment<T: Into<Markdown>>(
        &mut self,
        lines: impl IntoIterator<Item = T>,
    ) -> TokenStream {
        let mark = format!("{COMMENT}{}", self.comments.len());
        self.comments
            .push(lines.into_iter().map(Into::into).collect());
        quote!(#[doc = #mark])
    }

    /// The lines of the comment whose mark this is.
    pub(crate) fn comment_lines(&self, mark: &str) -> Option<&[Markdown]> {
        let number: usize = mark.strip_prefix(COMMENT)?.parse().ok()?;
        self.comments.get(number).map(Vec::as_slice)
    }

    /// A type of `crate::types`.
    pub(crate) fn shape(&mut self, name: &str) -> Ident {
        if !self.own.contains(name) {
            self.shapes.insert(name.to_owned());
        }
        ident(name)
    }

    /// The module of endpoint rules.
    pub(crate) fn endpoint(&mut self) -> TokenStream {
        self.endpoint = true;
        quote!(endpoint)
    }

    /// The module of operations.
    pub(crate) fn operations(&mut self) -> TokenStream {
        self.operations = true;
        quote!(operations)
    }

    /// An operation or an output.
    pub(crate) fn operation(&mut self, name: &str) -> Ident {
        self.named_operations.insert(name.to_owned());
        ident(name)
    }

    /// The module of types, for a file that defines a type with a name that a shape can have.
    pub(crate) fn types(&mut self) -> TokenStream {
        self.types = true;
        quote!(types)
    }

    /// A type of the parent module.
    pub(crate) fn sibling(&mut self, name: &str) -> Ident {
        self.siblings.insert(name.to_owned());
        ident(name)
    }

    /// The runtime, as `rt`.
    pub(crate) fn rt(&mut self) -> TokenStream {
        self.runtime = true;
        quote!(rt)
    }

    /// The state of a required member that is set.
    pub(crate) fn set(&mut self) -> Ident {
        self.set = true;
        ident("Set")
    }

    /// The module for protocol tests of the runtime. Its types can have the names of shapes.
    pub(crate) fn case(&mut self) -> TokenStream {
        self.case = true;
        quote!(case)
    }

    /// The runtime's JSON codec.
    pub(crate) fn json(&mut self) -> TokenStream {
        self.json = true;
        quote!(json)
    }

    /// `std::collections::BTreeMap`
    pub(crate) fn map(&mut self) -> TokenStream {
        self.std.insert("std::collections::BTreeMap");
        quote!(BTreeMap)
    }

    /// `std::fmt`
    pub(crate) fn fmt(&mut self) -> TokenStream {
        self.std.insert("std::fmt");
        quote!(fmt)
    }

    /// The `use` block.
    pub(crate) fn render(&self) -> String {
        let krate = self.root.as_deref().unwrap_or("crate");
        let mut uses: Vec<Use> = Vec::new();
        let path = |path: &str| Use::new(path, []);
        uses.extend(
            self.siblings
                .iter()
                .map(|name| path(&format!("super::{name}"))),
        );
        uses.extend(self.endpoint.then(|| path(&format!("{krate}::endpoint"))));
        uses.extend(
            self.operations
                .then(|| path(&format!("{krate}::operations"))),
        );
        uses.extend(self.types.then(|| path(&format!("{krate}::types"))));
        for (module, names) in [
            ("operations", &self.named_operations),
            ("types", &self.shapes),
        ] {
            if !names.is_empty() {
                uses.push(Use::new(
                    &format!("{krate}::{module}"),
                    names.iter().cloned(),
                ));
            }
        }
        let parts = [
            (self.set, "build::Set"),
            (self.json, "json"),
            (self.case, "protocol_tests as case"),
        ];
        let parts = parts
            .iter()
            .filter(|(used, _)| *used)
            .map(|(_, name)| (*name).to_owned());
        let mut parts: Vec<String> = parts.collect();
        match (self.runtime, parts.is_empty()) {
            (false, true) => {}
            (true, true) => uses.push(path("smithy_rt as rt")),
            (runtime, false) => {
                parts.extend(runtime.then(|| "self as rt".to_owned()));
                uses.push(Use::new("smithy_rt", parts));
            }
        }
        uses.extend(self.std.iter().map(|name| path(name)));
        uses.sort_by(Use::compare);
        let lines: Vec<String> = uses.iter().map(|item| item.text(0)).collect();
        lines.join("\n")
    }
}

/// An identifier, raw if necessary.
pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}
