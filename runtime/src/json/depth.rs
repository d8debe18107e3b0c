//! Limits of nesting.

/// The maximum number of nested arrays and objects.
pub(super) const MAX_LEVELS: u8 = 128;
/// The maximum number of bytes of the stack for a document. The threads of `std` and tokio have 2
/// MiB.
const MAX_STACK: usize = 1024 * 1024;

/// The current nesting of a reader or writer.
///
/// A level takes between 200 bytes and more than 100 KB of the stack, depending on the size of the
/// structures and the build profile, so the used stack is measured as well.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Depth {
    levels: u8,
    /// The address of the stack at the outermost level, minus [`MAX_STACK`].
    lowest: usize,
}

impl Depth {
    /// Enters an array or object. Returns false if the nesting is too deep.
    #[inline]
    pub(super) fn enter(&mut self) -> bool {
        let mark = 0_u8;
        let here = std::ptr::from_ref(&mark).addr();
        if self.levels == 0 {
            self.lowest = here.wrapping_sub(MAX_STACK);
        }
        // Checks both directions, since stacks grow downwards or upwards.
        if self.levels == MAX_LEVELS || here.wrapping_sub(self.lowest) > 2 * MAX_STACK {
            return false;
        }
        self.levels += 1;
        true
    }

    /// Leaves an array or object.
    #[inline]
    pub(super) fn leave(&mut self) {
        self.levels -= 1;
    }
}
