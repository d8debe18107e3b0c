//! Documentation texts of models -> Markdown for rustdoc.
//!
//! Smithy's documentation trait holds CommonMark, which may hold HTML; AWS's models hold HTML only, and not always
//! well-formed. Both are read into one tree, and Markdown is written from the tree, so that its guarantees do not
//! depend on the input: no HTML, and nothing that rustdoc warns about.
//!
//! - [`tokenize`]: text -> tags, text, entities
//! - [`html`]: tokens -> tree; text outside of all block elements goes to
//! - [`commonmark`] and [`inline`]: Markdown -> tree
//! - [`tree`]: what a text says
//! - [`escape`]: prose -> inline Markdown
//! - [`wrap`]: inline Markdown -> lines
//! - [`markdown`]: tree -> lines

mod commonmark;
mod escape;
mod html;
mod inline;
mod markdown;
mod tokenize;
mod tree;
mod wrap;

#[cfg(test)]
mod tests;

/// Documentation as Markdown blocks, ready for `///` lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Docs {
    /// Wrapped lines without the `/// ` prefix, blocks separated by an empty line.
    lines: Vec<String>,
    summary: String,
}

impl Docs {
    /// Converts the text of a documentation trait.
    pub(crate) fn from_html(text: &str) -> Docs {
        let blocks = html::parse(text);
        Docs { lines: markdown::write(&blocks), summary: markdown::summary(&blocks) }
    }

    /// The lines, without any line ends.
    pub(crate) fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Whether the text says nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The first sentence in one line of inline Markdown, without links or emphasis. In a table, `|` remains to be
    /// escaped.
    pub(crate) fn summary(&self) -> &str {
        &self.summary
    }
}
