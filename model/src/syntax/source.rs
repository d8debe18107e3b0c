use std::sync::OnceLock;

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
    /// The position of every [`STRIDE`]th byte, computed on first use.
    marks: OnceLock<Vec<Position>>,
}

/// The distance of two bytes whose positions are stored. Models are often one line of a megabyte,
/// so the start of each line would not be enough.
const STRIDE: usize = 4096;

/// The id of a file in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub(crate) u32);

/// A range of bytes in one source file.
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
    /// Creates an empty set of files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file. Files are merged in the order they are added.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        // More than 2^32 files do not fit into memory, so the conversion cannot lose anything.
        let id = SourceId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile {
            name: name.into(),
            text: text.into(),
            marks: OnceLock::new(),
        });
        id
    }

    /// Returns a file, or `None` if the id belongs to other [`Sources`].
    pub fn get(&self, id: SourceId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// Returns all files, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &SourceFile)> {
        (0..).map(SourceId).zip(&self.files)
    }

    /// Returns the line and column of a byte. A byte past the end of the file counts as its end.
    pub fn position(&self, id: SourceId, byte: u32) -> Position {
        self.get(id)
            .map_or(Position::START, |file| file.position(byte as usize))
    }

    /// Returns the text of a line without its line ending. Lines count from 1; the text is empty if
    /// there is no such line.
    pub fn line(&self, id: SourceId, number: usize) -> &str {
        self.text_of(id)
            .lines()
            .nth(number.saturating_sub(1))
            .unwrap_or_default()
    }

    /// Returns the text of a span, empty if the span is not in these sources.
    pub fn text(&self, span: Span) -> &str {
        self.text_of(span.source)
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    /// Formats the start of a span as `file:line:column`.
    pub fn place(&self, span: Span) -> String {
        let name = self.get(span.source).map_or("?", |file| &file.name);
        let Position { line, column } = self.position(span.source, span.start);
        format!("{name}:{line}:{column}")
    }

    fn text_of(&self, id: SourceId) -> &str {
        self.get(id).map_or("", |file| &file.text)
    }
}

impl SourceFile {
    fn position(&self, byte: usize) -> Position {
        let text = self.text.as_bytes();
        // A byte inside a character has the position of the character.
        let is_inside = |at: &usize| text.get(*at).is_some_and(|byte| !starts_character(*byte));
        let end = (0..=byte.min(text.len()))
            .rev()
            .find(|at| !is_inside(at))
            .unwrap_or(0);
        let marks = self.marks.get_or_init(|| {
            let step = |position: &mut Position, chunk: &[u8]| {
                let here = *position;
                *position = position.after(chunk);
                Some(here)
            };
            text.chunks(STRIDE).scan(Position::START, step).collect()
        });
        let mark = (end / STRIDE).min(marks.len().saturating_sub(1));
        let known = marks.get(mark).copied().unwrap_or(Position::START);
        known.after(text.get(mark * STRIDE..end).unwrap_or_default())
    }
}

impl Position {
    const START: Position = Position { line: 1, column: 1 };

    /// Returns the position after `bytes`, which start at this position.
    fn after(self, bytes: &[u8]) -> Position {
        let characters =
            |bytes: &[u8]| bytes.iter().filter(|byte| starts_character(**byte)).count();
        match bytes.iter().rposition(|byte| *byte == b'\n') {
            None => Position {
                column: self.column + characters(bytes),
                ..self
            },
            Some(last) => Position {
                line: self.line + bytes.iter().filter(|byte| **byte == b'\n').count(),
                column: 1 + characters(bytes.get(last + 1..).unwrap_or_default()),
            },
        }
    }
}

/// Returns whether a byte of UTF-8 is the first of its character.
fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::{Position, Sources, Span};

    #[test]
    fn positions_far_into_a_file() {
        let mut sources = Sources::new();
        // Two-byte characters at odd offsets, so that some of them cross a stored position.
        let id = sources.add(
            "a",
            format!("{}\n \n{}", "é".repeat(5000), "aé".repeat(9000)),
        );
        assert_eq!(
            sources.position(id, 9_999),
            Position {
                line: 1,
                column: 5000
            }
        );
        assert_eq!(
            sources.position(id, 10_000),
            Position {
                line: 1,
                column: 5001
            }
        );
        assert_eq!(
            sources.position(id, 10_001),
            Position { line: 2, column: 1 }
        );
        for item in 0..9000_usize {
            let byte = u32::try_from(10_003 + 3 * item).unwrap();
            for (offset, column) in [(0, 1), (1, 2), (2, 2)] {
                let expected = Position {
                    line: 3,
                    column: 2 * item + column,
                };
                assert_eq!(sources.position(id, byte + offset), expected, "{item}");
            }
        }
        let end = sources.text_of(id).len();
        assert_eq!(
            sources.position(id, u32::try_from(end).unwrap()),
            Position {
                line: 3,
                column: 18_001
            }
        );
        let empty = sources.add("b", "");
        assert_eq!(sources.position(empty, 7), Position { line: 1, column: 1 });
    }

    #[test]
    fn positions() {
        let mut sources = Sources::new();
        sources.add("a", "one line");
        let id = sources.add("b.json", "{\n \"é\": 1\r\n}");
        assert_eq!(sources.position(id, 0), Position { line: 1, column: 1 });
        // `é` is two bytes and one column. A byte inside it has the position of its start.
        assert_eq!(sources.position(id, 5), Position { line: 2, column: 3 });
        assert_eq!(sources.position(id, 6), Position { line: 2, column: 4 });
        assert_eq!(sources.position(id, 999), Position { line: 3, column: 2 });
        assert_eq!(sources.line(id, 2), " \"é\": 1");
        assert_eq!(sources.line(id, 9), "");
        let span = Span {
            source: id,
            start: 3,
            end: 7,
        };
        assert_eq!(sources.text(span), "\"é\"");
        assert_eq!(sources.place(span), "b.json:2:2");
        assert_eq!(
            sources
                .iter()
                .map(|(id, file)| (id.0, &*file.name))
                .collect::<Vec<_>>(),
            [(0, "a"), (1, "b.json")]
        );
    }
}
