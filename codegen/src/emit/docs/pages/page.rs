//! A page under construction. Every block ends with an empty line.

use crate::emit::docs::comments::deprecation;
use crate::emit::docs::contents::Contents;
use crate::emit::docs::pages::site::Site;
use crate::graph::member::Deprecated;
use crate::graph::service::Operation;
use crate::graph::shape::TypeName;
use crate::print::source::header;
use crate::text::docs::Docs;
use crate::text::markdown::{Markdown, Part, Pieces, name, pieces};
use smithy_model::ShapeId;
use std::fmt::Write;

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

/// A page under construction.
pub(super) struct Page<'s> {
    pub(super) site: &'s Site<'s>,
    folder: Folder,
    text: String,
}

impl<'s> Page<'s> {
    /// Creates a page with its first line and its title. `emitter` is the file that emits it, and
    /// `shape` is its shape.
    pub(super) fn new(
        site: &'s Site<'s>,
        folder: Folder,
        emitter: &'static str,
        shape: &ShapeId,
        title: impl Part,
    ) -> Self {
        let mut page = Self {
            site,
            folder,
            text: String::with_capacity(4096),
        };
        page.text.push_str(&format!(
            "<!-- {} -->\n",
            header(site.command, emitter, shape)
        ));
        page.add(pieces!("\n# {}\n\n", title));
        page
    }

    /// Adds Markdown.
    pub(super) fn add(&mut self, pieces: Pieces<'_>) {
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{pieces}");
    }

    /// Adds lines.
    pub(super) fn lines(&mut self, lines: &[Markdown]) {
        for line in lines {
            self.text.push_str(line.as_str());
            self.text.push('\n');
        }
    }

    /// Adds a heading of the second level.
    pub(super) fn section(&mut self, title: &'static str) {
        self.add(pieces!("## {}\n\n", title));
    }

    /// Adds a paragraph.
    pub(super) fn paragraph(&mut self, text: impl Part) {
        self.add(pieces!("{}\n\n", text));
    }

    /// Adds the documentation of the model, then the deprecation.
    pub(super) fn docs(&mut self, docs: &Docs, deprecated: Option<&Deprecated>) {
        self.lines(docs.lines());
        if !docs.is_empty() {
            self.end_block();
        }
        if let Some(deprecated) = deprecated {
            self.paragraph(deprecation(deprecated));
        }
    }

    /// Adds the empty line after the lines of a block.
    pub(super) fn end_block(&mut self) {
        self.text.push('\n');
    }

    /// The contents of types, with links from this page.
    pub(super) fn contents(&self) -> Contents<'s> {
        let limit = match self.folder {
            Folder::Operations => 400,
            Folder::Root | Folder::Types => 60,
        };
        Contents::of_pages(self.site.service, self.types(), limit)
    }

    /// The path to the pages of types.
    fn types(&self) -> &'static str {
        match self.folder {
            Folder::Root => "types/",
            Folder::Operations => "../types/",
            Folder::Types => "",
        }
    }

    /// Adds a link to the page of a type.
    pub(super) fn link_type(&mut self, to_type: &TypeName) {
        let to = self.types();
        self.add(pieces!(
            "[`{}`]({}{}.md)",
            name(&to_type.rust),
            to,
            name(&to_type.module)
        ));
    }

    /// Adds a link to the page of an operation.
    pub(super) fn link_operation(&mut self, operation: &Operation) {
        let to = match self.folder {
            Folder::Root => "operations/",
            Folder::Operations => "",
            Folder::Types => "../operations/",
        };
        let TypeName { rust, module, .. } = &operation.name;
        self.add(pieces!("[`{}`]({}{}.md)", name(rust), to, name(module)));
    }

    /// Adds a link to the index, with the service's title.
    pub(super) fn link_index(&mut self) {
        let site = self.site;
        self.add(pieces!("[{}](../README.md)", site.title));
    }

    /// The path of the file in the page's folder, and the text without its last empty line.
    pub(super) fn finish(mut self, file: &str) -> (String, String) {
        let folder = match self.folder {
            Folder::Root => "docs",
            Folder::Operations => "docs/operations",
            Folder::Types => "docs/types",
        };
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
        self.text.shrink_to_fit();
        (format!("{folder}/{file}.md"), self.text)
    }
}
