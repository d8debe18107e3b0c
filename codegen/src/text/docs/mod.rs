//! Documentation texts of models -> Markdown for rustdoc.
//!
//! Smithy's documentation trait contains CommonMark, which can contain HTML. AWS's models contain
//! only HTML, which is not always well-formed. Both are read into one tree. The Markdown is written
//! from the tree, so that it contains no HTML and nothing that rustdoc warns about, whatever the
//! input is.
//!
//! - [`escaped_twice`]: text -> text with one level of escaping
//! - [`tokenize`]: text -> tags, text, entities
//! - [`html`]: tokens -> tree; text outside of all block elements goes to
//! - [`commonmark`]: Markdown -> tree, with pulldown-cmark; [`verbatim`]: its code
//! - [`tree`]: blocks and prose
//! - [`escape`]: prose -> inline Markdown
//! - [`wrap`]: inline Markdown -> lines
//! - [`markdown`]: tree -> lines
//! - [`sentence`]: tree -> first sentence

mod commonmark;
mod escape;
mod escaped_twice;
mod html;
mod markdown;
mod sentence;
mod tokenize;
mod tree;
mod verbatim;
mod wrap;

#[cfg(test)]
mod tests;

use super::markdown::Markdown;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use tree::{Block, Prose, Style};

/// Documentation as Markdown blocks, ready for `///` lines.
///
/// The text is converted when it is first read, which happens on all cores. Building the graph uses
/// one core.
#[derive(Clone, Debug, Default)]
pub(crate) struct Docs {
    text: String,
    /// The fields that code spans name in place of members of the model.
    fields: Arc<BTreeMap<String, String>>,
    converted: OnceLock<Converted>,
}

#[derive(Clone, Debug)]
struct Converted {
    /// Wrapped lines without the `/// ` prefix, blocks separated by an empty line.
    lines: Vec<Markdown>,
    /// The lines of the first sentence.
    sentence: Vec<Markdown>,
    summary: Markdown,
}

/// The cached conversion is not compared.
impl PartialEq for Docs {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Docs {
    /// The text of a documentation trait.
    pub(crate) fn from_html(text: &str) -> Docs {
        Docs {
            text: text.to_owned(),
            ..Docs::default()
        }
    }

    /// Replaces the code spans that are keys by their values.
    pub(crate) fn with_fields(self, fields: &Arc<BTreeMap<String, String>>) -> Docs {
        Docs {
            fields: Arc::clone(fields),
            ..self
        }
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = html::parse(&escaped_twice::unescaped_once(&self.text));
        for block in &mut blocks {
            block.rename_code(&self.fields);
        }
        blocks
    }

    fn converted(&self) -> &Converted {
        self.converted.get_or_init(|| {
            let blocks = self.blocks();
            let lines = markdown::write(&blocks)
                .into_iter()
                .map(Markdown::new)
                .collect();
            let sentence = sentence::first(&blocks);
            let sentence_lines = sentence.iter().flat_map(markdown::sentence);
            Converted {
                lines,
                sentence: sentence_lines.map(Markdown::new).collect(),
                summary: Markdown::new(
                    sentence
                        .as_ref()
                        .map_or_else(String::new, markdown::summary),
                ),
            }
        })
    }

    /// The lines.
    pub(crate) fn lines(&self) -> &[Markdown] {
        &self.converted().lines
    }

    /// The complete text on one line, as a part of a sentence. Code blocks become code spans.
    pub(crate) fn line(&self) -> Markdown {
        Markdown::new(markdown::line(&self.blocks()))
    }

    /// Whether there is no text.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty() || self.lines().is_empty()
    }

    /// The lines of the first sentence.
    pub(crate) fn sentence(&self) -> &[Markdown] {
        &self.converted().sentence
    }

    /// The first sentence in one line of inline Markdown, without links or emphasis. In a table,
    /// `|` remains to be escaped.
    pub(crate) fn summary(&self) -> &Markdown {
        &self.converted().summary
    }
}

/// A text without markup, as a part of a sentence or of the text of a link.
pub(super) fn plain(text: &str) -> Markdown {
    let mut prose = Prose::default();
    prose.push(text, &Style::default());
    let text = prose
        .take()
        .map(|prose| escape::render(&prose, escape::Place::Plain));
    Markdown::new(text.unwrap_or_default().replace(escape::GLUE, " "))
}
