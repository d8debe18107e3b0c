//! Reads the public items of an emitted file.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::BTreeSet;
use syn::{Fields, FnArg, ImplItem, Item, Visibility};

/// The part of an item that programs depend on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Signature {
    /// The item as Rust code.
    pub(super) text: String,
    /// The members that a builder requires.
    pub(super) requires: BTreeSet<String>,
}

/// Collects the public items of a file.
pub(super) struct Extract {
    /// The public module of the file's types: `types`, `operations`, or empty for the crate's
    /// root.
    module: &'static str,
    /// Paths and signatures.
    pub(super) found: Vec<(String, Signature)>,
    /// The paths of items with `#[deprecated]`.
    pub(super) deprecated: Vec<String>,
}

impl Extract {
    pub(super) fn new(path: &str) -> Self {
        let module = match path
            .strip_prefix("src/")
            .and_then(|path| path.split_once('/'))
        {
            Some(("types", _)) => "types",
            Some(("operations", _)) => "operations",
            _ if path == "src/endpoint.rs" => "endpoint",
            _ => "",
        };
        Self {
            module,
            found: Vec::new(),
            deprecated: Vec::new(),
        }
    }

    pub(super) fn items(&mut self, items: &[Item]) {
        // A file has at most one builder, that of its structure.
        let structure = items.iter().find_map(builder_of);
        for item in items {
            match item {
                Item::Struct(item) if is_public(&item.vis) => self.structure(item),
                Item::Enum(item) if is_public(&item.vis) => self.enumeration(item),
                Item::Fn(item) if is_public(&item.vis) => {
                    self.put_item(&item.sig.ident.to_string(), text(&item.sig), &item.attrs);
                }
                Item::Const(item) if is_public(&item.vis) => {
                    self.put_item(&item.ident.to_string(), text(&item.ty), &item.attrs);
                }
                Item::Type(item) if is_public(&item.vis) => {
                    self.put_item(&item.ident.to_string(), text(&item.ty), &item.attrs);
                }
                Item::Trait(item) if is_public(&item.vis) => self.methods_of_trait(item),
                Item::Impl(item) => self.implementation(item, structure.as_deref()),
                Item::Macro(item) => self.call(&item.mac),
                _ => {}
            }
        }
    }

    /// Adds an item of the file's module.
    fn put(&mut self, path: &str, text: String) {
        self.put_path(self.path(path), text);
    }

    fn put_path(&mut self, path: String, text: String) {
        let signature = Signature {
            text,
            ..Signature::default()
        };
        self.found.push((path, signature));
    }

    /// Adds an item that may be deprecated.
    fn put_item(&mut self, path: &str, signature: String, attributes: &[syn::Attribute]) {
        if attributes
            .iter()
            .any(|attribute| attribute.path().is_ident("deprecated"))
        {
            self.deprecated.push(self.path(path));
        }
        self.put(path, signature);
    }

    fn path(&self, path: &str) -> String {
        if self.module.is_empty() {
            path.to_owned()
        } else {
            format!("{}::{path}", self.module)
        }
    }

    fn structure(&mut self, item: &syn::ItemStruct) {
        let name = item.ident.to_string();
        self.put_item(
            &name,
            format!("struct{}", text(&item.generics)),
            &item.attrs,
        );
        self.derives(&name, &item.attrs);
        for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
            if let Some(ident) = &field.ident {
                self.put_item(&format!("{name}::{ident}"), text(&field.ty), &field.attrs);
            }
        }
    }

    fn enumeration(&mut self, item: &syn::ItemEnum) {
        let name = item.ident.to_string();
        self.put_item(&name, format!("enum{}", text(&item.generics)), &item.attrs);
        self.derives(&name, &item.attrs);
        for variant in &item.variants {
            let holds = match &variant.fields {
                Fields::Unit => "a value".to_owned(),
                fields => text(fields),
            };
            self.put_item(&format!("{name}::{}", variant.ident), holds, &variant.attrs);
        }
    }

    fn derives(&mut self, name: &str, attributes: &[syn::Attribute]) {
        for attribute in attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("derive"))
        {
            // A list that cannot be parsed would not compile.
            let _ = attribute.parse_nested_meta(|meta| {
                self.implemented(name, &last(&meta.path));
                Ok(())
            });
        }
    }

    fn implemented(&mut self, name: &str, of: &str) {
        let path = format!("impl {of} for {}", self.path(name));
        self.put_path(path, "an implementation".to_owned());
    }

    /// Methods and constants of a type, setters of a builder, or a trait's associated types.
    fn implementation(&mut self, item: &syn::ItemImpl, structure: Option<&str>) {
        let this = text(&item.self_ty);
        let builder = this.split('<').next().unwrap_or_default() == "Builder";
        match (&item.trait_, builder, structure) {
            (Some((of, _)), ..) => {
                let of = last(of);
                self.implemented(&this, &of);
                for item in &item.items {
                    if let ImplItem::Type(item) = item {
                        self.put(&format!("{this} as {of}::{}", item.ident), text(&item.ty));
                    }
                }
            }
            (None, true, Some(structure)) => self.setters(structure, &item.items),
            _ => self.methods(&this, &item.items),
        }
    }

    /// The signature of a setter is its parameter. The return type depends on the required members
    /// of the builder, which `requires` contains.
    fn setters(&mut self, structure: &str, items: &[ImplItem]) {
        for item in items {
            let ImplItem::Fn(function) = item else {
                continue;
            };
            if is_public(&function.vis) {
                let takes: Vec<String> = function.sig.inputs.iter().filter_map(typed).collect();
                let path = format!("{structure}::builder().{}", function.sig.ident);
                self.put_item(&path, takes.join(", "), &function.attrs);
            }
        }
    }

    fn methods(&mut self, this: &str, items: &[ImplItem]) {
        for item in items {
            match item {
                ImplItem::Fn(function) if is_public(&function.vis) => {
                    let path = format!("{this}::{}", function.sig.ident);
                    self.put_item(&path, text(&function.sig), &function.attrs);
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    let path = format!("{this}::{}", constant.ident);
                    self.put_item(&path, text(&constant.ty), &constant.attrs);
                }
                _ => {}
            }
        }
    }

    /// A trait. Programs only call that of client settings, and the methods of that of a server have a
    /// default, so that a new method does not break programs. One without a default does.
    fn methods_of_trait(&mut self, item: &syn::ItemTrait) {
        let required = item.items.iter().filter_map(|method| match method {
            syn::TraitItem::Fn(method) if method.default.is_none() => {
                Some(method.sig.ident.to_string())
            }
            _ => None,
        });
        let required: Vec<String> = required.filter(|_| item.ident == "Operations").collect();
        self.put(
            &item.ident.to_string(),
            format!("a trait {}", required.join(" ")),
        );
        for method in &item.items {
            if let syn::TraitItem::Fn(method) = method {
                let path = format!("{}::{}", item.ident, method.sig.ident);
                self.put_item(&path, text(&method.sig), &method.attrs);
            }
        }
    }

    /// The items that a macro of the runtime expands to: `rt::builder!(Tag, requires [key, value])`.
    fn call(&mut self, call: &syn::Macro) {
        let name = call
            .path
            .segments
            .last()
            .map(|segment| segment.ident.to_string())
            .unwrap_or_default();
        // All types have the traits. The names of members are not part of the API.
        if name == "serde" {
            return self.put("feature = \"serde\"", String::new());
        }
        let mut tokens = call.tokens.clone().into_iter();
        let Some(TokenTree::Ident(this)) = tokens.next() else {
            return;
        };
        match name.as_str() {
            "builder" => {
                let signature = Signature {
                    requires: requires(tokens.collect()),
                    ..Signature::default()
                };
                self.found
                    .push((self.path(&format!("{this}::builder()")), signature));
            }
            "pages" => {
                self.put(&format!("{this}::builder().pages"), String::new());
                // The names of members are in brackets.
                if tokens.any(|token| matches!(token, TokenTree::Ident(word) if word == "items")) {
                    self.put(&format!("{this}::builder().items"), String::new());
                }
            }
            // The operations are in files of their own, and constraints are not part of the API.
            "by_name" | "server_api" | "closed_enums" | "unconstrained" => {}
            // The enum is not exhaustive, so that a new error does not break programs.
            "operation_errors" => {
                self.put(&this.to_string(), "an enum of errors".to_owned());
                for variant in requires(tokens.collect()) {
                    self.put(&format!("{this}::{variant}"), String::new());
                }
            }
            // So are the variants.
            "service_error" => {
                self.implemented(&this.to_string(), "Debug");
                self.implemented(&this.to_string(), "rt::OperationError");
            }
            // The variants are separate items. The texts are not part of the API.
            "string_enum" | "int_enum" => self.put(&format!("{this} as {name}"), String::new()),
            _ => {
                let rest: TokenStream = tokens.collect();
                self.put(&format!("{this} by {name}!"), text(&rest));
            }
        }
    }
}

/// The structure whose builder a `builder!` call declares.
fn builder_of(item: &Item) -> Option<String> {
    let Item::Macro(item) = item else { return None };
    let is_builder = item
        .mac
        .path
        .segments
        .last()
        .is_some_and(|segment| segment.ident == "builder");
    match item.mac.tokens.clone().into_iter().next() {
        Some(TokenTree::Ident(name)) if is_builder => Some(name.to_string()),
        _ => None,
    }
}

/// The names in brackets.
fn requires(tokens: TokenStream) -> BTreeSet<String> {
    let groups = tokens.into_iter().filter_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => Some(group.stream()),
        _ => None,
    });
    let names = groups.flatten().filter_map(|token| match token {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    });
    names.collect()
}

fn typed(argument: &FnArg) -> Option<String> {
    match argument {
        FnArg::Typed(argument) => Some(text(&argument.ty)),
        FnArg::Receiver(_) => None,
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Tokens as text with the usual spaces, without attributes such as documentation.
fn text(tokens: &impl ToTokens) -> String {
    let tokens = tokens.to_token_stream();
    let mut text = String::new();
    push(tokens, &mut text);
    text
}

fn push(tokens: TokenStream, text: &mut String) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => drop(tokens.next()),
            TokenTree::Punct(punct) => {
                text.push(punct.as_char());
                if matches!(punct.as_char(), ',' | '+') {
                    text.push(' ');
                }
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                push(group.stream(), text);
                text.push_str(close);
            }
            other => {
                if text.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                    text.push(' ');
                }
                text.push_str(&other.to_string());
            }
        }
    }
}

/// The last segment of a trait's path with its arguments, which is the same for a derived trait and
/// an implemented one.
fn last(path: &syn::Path) -> String {
    path.segments.last().map(text).unwrap_or_default()
}
