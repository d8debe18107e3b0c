//! The space for a piece of code.

use crate::print::rust::text::width;

/// The longest line, in columns.
pub(super) const MAX_WIDTH: usize = 100;

/// The columns of one level of indentation.
pub(super) const TAB: usize = 4;

/// The start of a piece of code, the width of its first line, and the indentation of its other
/// lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    /// The remaining columns from the start of the piece.
    pub(super) width: usize,
    /// The indentation of the block around it.
    pub(super) block: usize,
    /// The columns by which its other lines are aligned to the right of `block`.
    pub(super) align: usize,
    /// The columns between `block` and the start of the piece.
    pub(super) offset: usize,
    /// Whether text that is too wide is accepted, for code that fits in no layout.
    pub(super) overflow: bool,
}

impl Shape {
    /// A line of its own in a block.
    pub(super) fn block(indent: usize) -> Self {
        Self {
            width: budget(indent),
            block: indent,
            align: 0,
            offset: 0,
            overflow: false,
        }
    }

    /// The same place with another width and indentation.
    pub(super) fn legacy(self, width: usize, block: usize, align: usize) -> Self {
        Self {
            width,
            block,
            align,
            offset: align,
            ..self
        }
    }

    /// A line of its own, indented like this one.
    pub(super) fn line(self) -> Self {
        self.legacy(budget(self.indent()), self.block, self.align)
    }

    /// A line of its own, one level deeper.
    pub(super) fn nested_line(self) -> Self {
        let width = budget(self.indent() + TAB);
        self.legacy(width, self.block + TAB, self.align)
    }

    /// The indentation of the lines after the first.
    pub(super) fn indent(self) -> usize {
        self.block + self.align
    }

    /// The columns before the piece.
    pub(super) fn used(self) -> usize {
        self.block + self.offset
    }

    /// The columns that are reserved after the piece.
    pub(super) fn overhead(self) -> usize {
        MAX_WIDTH.saturating_sub(self.used() + self.width)
    }

    /// All columns up to the longest line.
    pub(super) fn full(self) -> Self {
        Self {
            width: budget(self.indent()),
            ..self
        }
    }

    /// Without alignment.
    pub(super) fn unaligned(self) -> Self {
        Self { align: 0, ..self }
    }

    /// The other lines indented by more columns.
    pub(super) fn indented(self, columns: usize) -> Self {
        if self.align == 0 {
            Self {
                block: self.block + columns,
                offset: 0,
                ..self
            }
        } else {
            let align = self.align + columns;
            Self {
                align,
                offset: align,
                ..self
            }
        }
    }

    /// The other lines aligned with the start of the piece.
    pub(super) fn aligned(self) -> Self {
        Self {
            align: self.offset,
            ..self
        }
    }

    /// Reduces the width by the text after the piece.
    pub(super) fn before(self, columns: usize) -> Option<Self> {
        Some(Self {
            width: self.less(columns)?,
            ..self
        })
    }

    /// The rest after some columns.
    pub(super) fn after(self, columns: usize) -> Option<Self> {
        Some(Self {
            width: self.less(columns)?,
            offset: self.offset + columns,
            ..self
        })
    }

    /// The rest after some columns, with the other lines aligned to it.
    pub(super) fn shrunk(self, columns: usize) -> Option<Self> {
        let align = self.align + columns;
        Some(Self {
            align,
            ..self.after(columns)?
        })
    }

    fn less(self, columns: usize) -> Option<usize> {
        match self.width.checked_sub(columns) {
            None if self.overflow => Some(0),
            width => width,
        }
    }

    /// Whether code fits: its first line, its last line and what follows, and the lines between.
    pub(super) fn holds(self, code: &str) -> bool {
        if self.overflow || code.is_empty() {
            return true;
        }
        let mut lines = code.lines();
        if lines.next().is_some_and(|first| width(first) > self.width) {
            return false;
        }
        let (mut last, mut several) = (0, false);
        for line in lines {
            (last, several) = (width(line), true);
            if last > MAX_WIDTH {
                return false;
            }
        }
        !several || last <= self.used() + self.width
    }
}

/// The columns that are left after some.
pub(super) fn budget(used: usize) -> usize {
    MAX_WIDTH.saturating_sub(used)
}
