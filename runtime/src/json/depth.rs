//! How deep a document may be nested.

/// How many arrays and objects may be open at once.
pub(super) const DEEPEST: u8 = 128;
/// How much of the stack reading or writing a document may take, in bytes. Threads of `std` and of
/// tokio have 2 MiB.
const MOST_STACK: usize = 1024 * 1024;

/// Where a reader or writer is in a document.
///
/// Levels alone say nothing of the stack: a level takes from 200 bytes to more than 100 KB,
/// depending on how large the structures are and how the program is built. So what is taken is
/// measured.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Depth {
    levels: u8,
    /// An address that is [`MOST_STACK`] away from that of the stack at the outermost level.
    lowest: usize,
}

impl Depth {
    /// Steps into an array or object; false if that is too deep.
    #[inline]
    pub(super) fn enter(&mut self) -> bool {
        let mark = 0_u8;
        let here = std::ptr::from_ref(&mark).addr();
        if self.levels == 0 {
            self.lowest = here.wrapping_sub(MOST_STACK);
        }
        // Either way, since stacks grow downwards or upwards.
        if self.levels == DEEPEST || here.wrapping_sub(self.lowest) > 2 * MOST_STACK {
            return false;
        }
        self.levels += 1;
        true
    }

    /// Steps out again.
    #[inline]
    pub(super) fn leave(&mut self) {
        self.levels -= 1;
    }
}
