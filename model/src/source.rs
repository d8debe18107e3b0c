/// The files that a model is read from.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

/// One file of a model: its name as diagnostics show it, and its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The name that diagnostics print, usually the path as the user gave it.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// A file of [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub(crate) u32);

/// A stretch of text in one source file, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A line and column, both counted from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Sources {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file. Files are merged in the order they are added.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        // More than 2^32 files do not fit into memory, so the conversion cannot lose anything.
        let id = SourceId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { name: name.into(), text: text.into() });
        id
    }

    /// A file; `None` for an id of other [`Sources`].
    pub fn get(&self, id: SourceId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// All files, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &SourceFile)> {
        (0..).map(SourceId).zip(&self.files)
    }

    /// The line and column of a byte; the end of the file if the byte is past it.
    pub fn position(&self, id: SourceId, byte: u32) -> Position {
        position(self.text_of(id), byte as usize)
    }

    /// The text of a line, counted from 1, without its end; empty if there is no such line.
    pub fn line(&self, id: SourceId, number: usize) -> &str {
        self.text_of(id).lines().nth(number.saturating_sub(1)).unwrap_or_default()
    }

    /// The text of a span; empty if the span is not one of these sources.
    pub fn text(&self, span: Span) -> &str {
        self.text_of(span.source).get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// A place as `file:line:column`.
    pub fn place(&self, span: Span) -> String {
        let name = self.get(span.source).map_or("?", |file| &file.name);
        let Position { line, column } = self.position(span.source, span.start);
        format!("{name}:{line}:{column}")
    }

    fn text_of(&self, id: SourceId) -> &str {
        self.get(id).map_or("", |file| &file.text)
    }
}

/// The line and column of a byte of `text`.
fn position(text: &str, byte: usize) -> Position {
    let mut end = byte.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = text.get(..end).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    Position { line, column }
}

#[cfg(test)]
mod tests {
    use super::{Position, Sources, Span};

    #[test]
    fn places() {
        let mut sources = Sources::new();
        sources.add("a", "one line");
        let id = sources.add("b.json", "{\n \"é\": 1\r\n}");
        assert_eq!(sources.position(id, 0), Position { line: 1, column: 1 });
        // `é` is two bytes and one column; a byte inside it counts as its start.
        assert_eq!(sources.position(id, 5), Position { line: 2, column: 3 });
        assert_eq!(sources.position(id, 6), Position { line: 2, column: 4 });
        assert_eq!(sources.position(id, 999), Position { line: 3, column: 2 });
        assert_eq!(sources.line(id, 2), " \"é\": 1");
        assert_eq!(sources.line(id, 9), "");
        let span = Span { source: id, start: 3, end: 7 };
        assert_eq!(sources.text(span), "\"é\"");
        assert_eq!(sources.place(span), "b.json:2:2");
        assert_eq!(
            sources.iter().map(|(id, file)| (id.0, &*file.name)).collect::<Vec<_>>(),
            [(0, "a"), (1, "b.json")]
        );
    }
}
