//! An allocator that counts, so that tests can say how much work something is without a clock.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Counts what is allocated, and ends the process rather than the machine's memory.
pub(crate) struct Counting;

/// What [`measure`] found, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work {
    /// All that was allocated, whether or not it was freed.
    pub(crate) total: usize,
    /// The most that was allocated at a time.
    pub(crate) peak: usize,
}

static TOTAL: AtomicUsize = AtomicUsize::new(0);
static CURRENT: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// No test needs as much at a time.
const MOST: usize = 2 << 30;

#[allow(
    unsafe_code,
    reason = "an allocator is unsafe; this one only counts and asks that of the system"
)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        TOTAL.fetch_add(layout.size(), Relaxed);
        let current = CURRENT.fetch_add(layout.size(), Relaxed) + layout.size();
        PEAK.fetch_max(current, Relaxed);
        if current > MOST {
            return std::ptr::null_mut();
        }
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        CURRENT.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(memory, layout) }
    }
}

/// Does something and says how much was allocated meanwhile, by all threads.
pub(crate) fn measure<T>(work: impl FnOnce() -> T) -> (T, Work) {
    let (total, current) = (TOTAL.load(Relaxed), CURRENT.load(Relaxed));
    PEAK.store(current, Relaxed);
    let value = work();
    let found = Work {
        total: TOTAL.load(Relaxed) - total,
        peak: PEAK.load(Relaxed).saturating_sub(current),
    };
    (value, found)
}
