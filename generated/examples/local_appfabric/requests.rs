//! The last requests, and what the layers of the server tell each other about one.

use super::account::Caller;
use appfabric::rt::Timestamp;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// What is known about a request. It is an extension of the request.
#[derive(Debug)]
pub(crate) struct Note {
    pub(crate) caller: Caller,
    /// Set once the request was routed to an operation.
    pub(crate) operation: OnceLock<&'static str>,
    /// Whether the response ends in its middle.
    broken: AtomicBool,
}

impl Note {
    pub(crate) fn new(caller: Caller) -> Self {
        Self {
            caller,
            operation: OnceLock::new(),
            broken: AtomicBool::new(false),
        }
    }

    pub(crate) fn break_body(&self) {
        self.broken.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_broken(&self) -> bool {
        self.broken.load(Ordering::Relaxed)
    }
}

/// A request in the list. It has no query string, headers or body, which may contain secrets.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) time: Timestamp,
    pub(crate) caller: Caller,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) operation: &'static str,
    pub(crate) status: u16,
}

/// The last requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Requests(Mutex<VecDeque<Entry>>);

/// The number of requests that are kept.
const MOST: usize = 50;
/// The number of characters of a path that are kept.
pub(crate) const MOST_CHARACTERS: usize = 300;

impl Requests {
    pub(crate) fn add(&self, entry: Entry) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= MOST {
            entries.pop_front();
        }
        entries.push_back(entry);
    }

    pub(crate) fn all(&self) -> Vec<Entry> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.iter().cloned().collect()
    }
}
