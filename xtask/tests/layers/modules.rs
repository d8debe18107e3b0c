//! The module tree of a crate: what each module defines, imports and names.

use crate::paths::{self, Import, Path};
use quote::ToTokens;
use std::collections::{BTreeMap, BTreeSet};
use syn::{Attribute, Item};

/// A crate. The module at index 0 is its root.
pub(crate) struct Crate {
    pub(crate) modules: Vec<Module>,
    /// The modules of exported macros. Their paths start at the crate's root, wherever they stand.
    pub(crate) macros: BTreeMap<String, usize>,
}

/// A module, without what exists in tests only.
#[derive(Default)]
pub(crate) struct Module {
    /// The names from the crate's root to here.
    pub(crate) path: Vec<String>,
    /// The file that holds it, relative to `src`.
    pub(crate) file: String,
    pub(crate) parent: Option<usize>,
    pub(crate) children: BTreeMap<String, usize>,
    /// The names of the items that it defines.
    pub(crate) items: BTreeSet<String>,
    /// The names that it imports, privately or for others.
    pub(crate) imports: BTreeMap<String, Path>,
    pub(crate) globs: Vec<Path>,
    /// The qualified paths in its items.
    pub(crate) paths: Vec<Path>,
}

impl Crate {
    /// Reads the files of a crate, by their paths relative to `src`, from `lib.rs` on.
    pub(crate) fn parse(files: &BTreeMap<String, String>) -> Self {
        let mut tree = Self {
            modules: Vec::new(),
            macros: BTreeMap::new(),
        };
        let root = tree.add(None, "", "lib.rs");
        tree.read_file(files, root, "");
        tree
    }

    /// The files that hold modules, without those that exist in tests only.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.modules.iter().map(|module| module.file.as_str())
    }

    fn add(&mut self, parent: Option<usize>, name: &str, file: &str) -> usize {
        let index = self.modules.len();
        let mut path = Vec::new();
        if let Some(parent) = parent {
            path.clone_from(&self.modules[parent].path);
            path.push(name.to_owned());
            self.modules[parent].children.insert(name.to_owned(), index);
        }
        self.modules.push(Module {
            path,
            file: file.to_owned(),
            parent,
            ..Module::default()
        });
        index
    }

    /// Reads the file of a module whose child modules stand in `folder` (empty or with `/` at its
    /// end).
    fn read_file(&mut self, files: &BTreeMap<String, String>, module: usize, folder: &str) {
        let file = &self.modules[module].file;
        let parsed = syn::parse_file(&files[file]).unwrap_or_else(|e| panic!("{file}: {e}"));
        self.read_items(files, module, folder, parsed.items);
    }

    fn read_items(
        &mut self,
        files: &BTreeMap<String, String>,
        module: usize,
        folder: &str,
        items: Vec<Item>,
    ) {
        for item in items {
            if attributes(&item).iter().any(is_test) {
                continue;
            }
            match item {
                Item::Mod(item) => {
                    let name = item.ident.to_string();
                    let inside = format!("{folder}{name}/");
                    match item.content {
                        Some((_, items)) => {
                            let file = self.modules[module].file.clone();
                            let child = self.add(Some(module), &name, &file);
                            self.read_items(files, child, &inside, items);
                        }
                        None => {
                            let flat = format!("{folder}{name}.rs");
                            let nested = format!("{inside}mod.rs");
                            let file = if files.contains_key(&flat) {
                                flat
                            } else {
                                nested
                            };
                            let child = self.add(Some(module), &name, &file);
                            self.read_file(files, child, &inside);
                        }
                    }
                }
                Item::Use(item) => {
                    let public = matches!(item.vis, syn::Visibility::Public(_));
                    let imports = paths::imports(&item.tree, public);
                    self.import(module, imports);
                }
                item => {
                    let exported = exported_macro(&item);
                    if let Some(name) = &exported {
                        self.macros.insert(name.clone(), module);
                    }
                    self.modules[module].items.extend(name(&item));
                    let (mut paths, mut uses) = (Vec::new(), Vec::new());
                    paths::scan(item.into_token_stream(), &mut paths, &mut uses);
                    if exported.is_some() {
                        // Without `$`, `crate` is the crate that uses the macro.
                        paths.retain(|path| path.exported || path.segments[0] != "crate");
                    }
                    self.modules[module].paths.extend(paths);
                    self.import(module, uses);
                }
            }
        }
    }

    fn import(&mut self, module: usize, imports: Vec<Import>) {
        let module = &mut self.modules[module];
        for import in imports {
            match import {
                Import::Name(name, path) => {
                    // Functions may import different things under one name.
                    module.paths.push(path.clone());
                    module.imports.insert(name, path);
                }
                Import::Glob(path) => module.globs.push(path),
            }
        }
    }
}

fn is_test(attribute: &Attribute) -> bool {
    paths::is_test(attribute.meta.to_token_stream())
}

fn exported_macro(item: &Item) -> Option<String> {
    let Item::Macro(item) = item else {
        return None;
    };
    let mut attributes = item.attrs.iter();
    let exported = attributes.any(|attribute| attribute.path().is_ident("macro_export"));
    Some(item.ident.as_ref().filter(|_| exported)?.to_string())
}

fn name(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
