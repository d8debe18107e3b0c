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

use std::sync::OnceLock;

/// Documentation as Markdown blocks, ready for `///` lines.
///
/// It is converted when it is first read, which happens on all cores where building the graph happens on one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Docs {
    text: String,
    markdown: OnceLock<Markdown>,
}

#[derive(Clone, Debug)]
struct Markdown {
    /// Wrapped lines without the `/// ` prefix, blocks separated by an empty line.
    lines: Vec<String>,
    summary: String,
}

/// What was converted already does not count.
impl PartialEq for Docs {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Docs {
    /// The text of a documentation trait.
    pub(crate) fn from_html(text: &str) -> Docs {
        Docs { text: text.to_owned(), markdown: OnceLock::new() }
    }

    fn markdown(&self) -> &Markdown {
        self.markdown.get_or_init(|| {
            let blocks = html::parse(&self.text);
            Markdown { lines: markdown::write(&blocks), summary: markdown::summary(&blocks) }
        })
    }

    /// The lines, without any line ends.
    pub(crate) fn lines(&self) -> &[String] {
        &self.markdown().lines
    }

    /// Whether the text says nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty() || self.lines().is_empty()
    }

    /// The first sentence in one line of inline Markdown, without links or emphasis. In a table, `|` remains to be
    /// escaped.
    pub(crate) fn summary(&self) -> &str {
        &self.markdown().summary
    }
}
