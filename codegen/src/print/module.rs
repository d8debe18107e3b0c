//! The files of a crate as one module, for `include!`.

use crate::print::rust::printer;
use crate::print::source::{self, CommandName};
use crate::print::source_file::{SourceFile, Unparsable};
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;
use smithy_model::ShapeId;
use std::collections::{BTreeMap, BTreeSet};
use syn::{Item, ItemMacro};

const EMITTER: &str = "codegen/src/print/module.rs";

/// The macros of the runtime that need to know where the root of the crate is, and the features
/// that they ask for.
const MACROS: [(&str, Option<&str>); 4] = [
    ("builder", Some("client")),
    ("pages", Some("client")),
    ("client_methods", Some("aws-config")),
    ("by_name", None),
];

/// The files of a crate, of which some features are enabled.
pub(crate) struct Module<'f> {
    files: BTreeMap<String, SourceFile>,
    features: &'f [&'f str],
    runtime_features: &'f BTreeSet<&'static str>,
}

impl<'f> Module<'f> {
    pub(crate) fn new(
        files: Vec<SourceFile>,
        features: &'f [&'f str],
        runtime_features: &'f BTreeSet<&'static str>,
    ) -> Self {
        let files = files.into_iter().map(|file| (file.path.clone(), file));
        Self {
            files: files.collect(),
            features,
            runtime_features,
        }
    }

    /// The text of the module. The documentation of the crate is left out, because `include!`
    /// accepts no inner documentation.
    ///
    /// # Errors
    ///
    /// Tokens that do not parse after the paths have been changed, which is a bug.
    pub(crate) fn text(
        mut self,
        service: &ShapeId,
        recursion_limit: Option<usize>,
        command: &CommandName,
    ) -> Result<String, Unparsable> {
        let header = source::header(command, EMITTER, service);
        let mut text = format!("// {header}\n");
        let needed: Vec<String> = self
            .runtime_features
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        if !needed.is_empty() {
            text.push_str(&format!(
                "// The crate needs `smithy-rt` with: {}.\n",
                needed.join(", ")
            ));
        }
        if let Some(limit) = recursion_limit {
            text.push_str(&format!(
                "// The crate needs `#![recursion_limit = \"{limit}\"]`.\n"
            ));
        }
        if let Some(mut file) = self.files.remove("src/lib.rs") {
            file.docs.clear();
            file.attributes.clear();
            text.push_str(&self.body(file, "", 0)?);
        }
        Ok(text)
    }

    /// The text of a file without its first line. `folder` contains the files of its modules, and
    /// `depth` is the number of modules around it.
    fn body(
        &mut self,
        mut file: SourceFile,
        folder: &str,
        depth: usize,
    ) -> Result<String, Unparsable> {
        let root = Root { depth };
        let mut items = Vec::new();
        for item in std::mem::take(&mut file.items) {
            if let Some(item) = self.enabled(item) {
                items.push(self.moved(item, root).map_err(|error| Unparsable {
                    shape: file.shape.clone(),
                    error,
                })?);
            }
        }
        file.imports.set_root(root.path());
        let mut failed = None;
        let text = source::body(&file, items, |item, comments| {
            let text = printer::item_text(item, comments);
            match self.child(item, folder) {
                None => text,
                Some((child, folder)) => match self.body(child, &folder, depth + 1) {
                    Ok(body) => {
                        let head = text.trim_end().trim_end_matches(';');
                        format!("{head} {{\n{}}}\n", indented(body.trim_start_matches('\n')))
                    }
                    Err(error) => {
                        failed = Some(error);
                        text
                    }
                },
            }
        });
        match failed {
            Some(error) => Err(error),
            None => Ok(documentation(&text, root)),
        }
    }

    /// The file of an item `mod NAME;`, and the folder of its modules.
    fn child(&mut self, item: &Item, folder: &str) -> Option<(SourceFile, String)> {
        let Item::Mod(module) = item else { return None };
        let name = module.ident.to_string();
        let name = name.trim_start_matches("r#");
        let inner = format!("{folder}{name}/");
        let paths = [
            format!("src/{folder}{name}.rs"),
            format!("src/{inner}mod.rs"),
        ];
        let file = paths.iter().find_map(|path| self.files.remove(path))?;
        Some((file, inner))
    }

    /// The item without the condition on a feature, or `None` if the feature is not enabled.
    fn enabled(&self, mut item: Item) -> Option<Item> {
        let attributes = match &mut item {
            Item::Mod(item) => &mut item.attrs,
            Item::Use(item) => &mut item.attrs,
            Item::Impl(item) => &mut item.attrs,
            _ => return Some(item),
        };
        let mut is_enabled = true;
        attributes.retain(|attribute| {
            let Some(feature) = feature(attribute) else {
                return true;
            };
            is_enabled &= self.features.contains(&feature.as_str());
            false
        });
        is_enabled.then_some(item)
    }

    /// The item with paths relative to the module.
    fn moved(&self, item: Item, root: Root) -> syn::Result<Item> {
        let item = match item {
            Item::Macro(item) => Item::Macro(self.moved_macro(item, root)),
            item => item,
        };
        syn::parse2(root.moved(quote!(#item)))
    }

    fn moved_macro(&self, mut item: ItemMacro, root: Root) -> ItemMacro {
        let name = item
            .mac
            .path
            .segments
            .last()
            .map(|last| last.ident.to_string());
        let known = MACROS
            .iter()
            .find(|(known, _)| Some(*known) == name.as_deref());
        let tokens = &item.mac.tokens;
        let is_of_client =
            |token: TokenTree| matches!(token, TokenTree::Ident(word) if word == "returns");
        let of_structure =
            name.as_deref() == Some("builder") && !tokens.clone().into_iter().any(is_of_client);
        let path = root.parts();
        item.mac.tokens = match known {
            Some((_, None)) => quote!(in { #(#path)* }, #tokens),
            Some((_, Some(feature))) if !of_structure => {
                let has_feature = self.features.contains(feature);
                quote!(in [#(#path)*], when [#has_feature], #tokens)
            }
            _ => return item,
        };
        item
    }
}

/// The place of the root of the crate, as seen from a module.
#[derive(Clone, Copy)]
struct Root {
    /// The number of modules between.
    depth: usize,
}

impl Root {
    fn path(self) -> String {
        match self.depth {
            0 => "self".to_owned(),
            depth => vec!["super"; depth].join("::"),
        }
    }

    /// The parts of the path.
    fn parts(self) -> Vec<Ident> {
        let path = self.path();
        let parts = path.split("::");
        parts
            .map(|name| Ident::new(name, Span::call_site()))
            .collect()
    }

    /// The tokens with the root instead of `crate`, where a path starts with it.
    fn moved(self, tokens: TokenStream) -> TokenStream {
        let mut moved = TokenStream::new();
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            let starts_path =
                matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == ':');
            match token {
                TokenTree::Ident(word) if word == "crate" && starts_path => {
                    let parts = self.parts();
                    moved.extend(quote!(#(#parts)::*));
                }
                TokenTree::Group(group) => {
                    let inner = self.moved(group.stream());
                    moved.extend([TokenTree::Group(Group::new(group.delimiter(), inner))]);
                }
                token => moved.extend([token]),
            }
        }
        moved
    }
}

/// The feature of `#[cfg(feature = "NAME")]`.
fn feature(attribute: &syn::Attribute) -> Option<String> {
    let syn::Meta::List(list) = &attribute.meta else {
        return None;
    };
    if !list.path.is_ident("cfg") || !matches!(list.delimiter, syn::MacroDelimiter::Paren(_)) {
        return None;
    }
    let condition: syn::MetaNameValue = syn::parse2(list.tokens.clone()).ok()?;
    match condition.value {
        syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(name),
            ..
        }) if condition.path.is_ident("feature") => Some(name.value()),
        _ => None,
    }
}

/// The text with links that are relative to the module, and examples that are not compiled: they
/// name the crate.
fn documentation(text: &str, root: Root) -> String {
    let link = format!("]({}::", root.path());
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let is_comment = line.trim_start().starts_with("//");
        if is_comment {
            out.push_str(
                &line
                    .replace("](crate::", &link)
                    .replace("```no_run", "```ignore"),
            );
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

/// The lines, one level deeper.
fn indented(text: &str) -> String {
    let line = |line: &str| match line {
        "" => "\n".to_owned(),
        line => format!("    {line}\n"),
    };
    text.lines().map(line).collect()
}
