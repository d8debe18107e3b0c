//! A page while it is written. Every block ends with an empty line.

use super::Site;
use crate::emit::deprecation;
use crate::graph::{Deprecated, Docs, Operation, TypeName};
use crate::render::source::header;
use std::fmt::Display;

/// The folder of a page, which relative links start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folder {
    /// `docs`
    Root,
    /// `docs/operations`
    Operations,
    /// `docs/types`
    Types,
}

/// A page while it is written.
pub(super) struct Page<'s> {
    pub(super) site: &'s Site<'s>,
    folder: Folder,
    text: String,
}

impl<'s> Page<'s> {
    /// A page with its first line and its title. `emitter` is the file that writes it, `shape` what it is about.
    pub(super) fn new(
        site: &'s Site<'s>,
        folder: Folder,
        emitter: &str,
        shape: &impl Display,
        title: &str,
    ) -> Self {
        let mut page = Self { site, folder, text: String::with_capacity(4096) };
        page.add(["<!-- ", &header(emitter, shape), " -->\n\n# ", title, "\n\n"]);
        page
    }

    /// Adds pieces of text.
    pub(super) fn add<'t>(&mut self, pieces: impl IntoIterator<Item = &'t str>) {
        pieces.into_iter().for_each(|piece| self.text.push_str(piece));
    }

    /// Adds a heading of the second level.
    pub(super) fn section(&mut self, title: &str) {
        self.add(["## ", title, "\n\n"]);
    }

    /// Adds a paragraph.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.add([text, "\n\n"]);
    }

    /// Adds what the model says, then deprecation.
    pub(super) fn docs(&mut self, docs: &Docs, deprecated: Option<&Deprecated>) {
        docs.lines().iter().for_each(|line| self.add([line, "\n"]));
        if !docs.is_empty() {
            self.end_block();
        }
        if let Some(deprecated) = deprecated {
            self.paragraph(&deprecation(deprecated));
        }
    }

    /// Adds the empty line after the lines of a block.
    pub(super) fn end_block(&mut self) {
        self.text.push('\n');
    }

    /// Adds a link to the page of a type.
    pub(super) fn link_type(&mut self, name: &TypeName) {
        let to = match self.folder {
            Folder::Root => "types/",
            Folder::Operations => "../types/",
            Folder::Types => "",
        };
        self.add(["[`", &name.rust, "`](", to, &name.module, ".md)"]);
    }

    /// Adds a link to the page of an operation.
    pub(super) fn link_operation(&mut self, operation: &Operation) {
        let to = match self.folder {
            Folder::Root => "operations/",
            Folder::Operations => "",
            Folder::Types => "../operations/",
        };
        self.add(["[`", &operation.name.rust, "`](", to, &operation.name.module, ".md)"]);
    }

    /// Adds a link to the index, with the service's title.
    pub(super) fn link_index(&mut self) {
        let site = self.site;
        self.add(["[", &site.title, "](../README.md)"]);
    }

    /// The path of the file `name` in the page's folder, and the text without its last empty line.
    pub(super) fn finish(mut self, name: &str) -> (String, String) {
        let folder = match self.folder {
            Folder::Root => "docs",
            Folder::Operations => "docs/operations",
            Folder::Types => "docs/types",
        };
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
        self.text.shrink_to_fit();
        (format!("{folder}/{name}.md"), self.text)
    }
}
