//! An allocator that counts, so that tests measure work without a clock.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Counts allocations, and ends the process before the memory of the machine is used up.
pub(crate) struct Counting;

/// The result of [`measure`], in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work {
    /// All allocations, including freed ones.
    pub(crate) total: usize,
    /// The maximum of simultaneous allocations.
    pub(crate) peak: usize,
}

static TOTAL: AtomicUsize = AtomicUsize::new(0);
static CURRENT: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// The limit of simultaneous allocations.
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

/// Runs a function, and measures the allocations of all threads.
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
