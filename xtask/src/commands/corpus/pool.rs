//! Builds several services in parallel.

use super::build::{Slot, Step};
use super::table::{Outcome, Row};
use crate::failure::Failure;
use std::path::Path;
use std::sync::mpsc::{self, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// An event of the service with this number.
pub(super) enum Event {
    Begins(usize, String, Step),
    Ends(usize, Row),
}

/// Builds the crates of the rows that have not failed, one per target folder at a time. The crates
/// are in `folder`, with the names of the rows. `tell` receives all events in their order. If it
/// fails, no further build starts.
pub(super) fn build(
    rows: Vec<Row>,
    slots: &[Slot],
    folder: &Path,
    mut tell: impl FnMut(Event) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let queue = Mutex::new(rows.into_iter().enumerate());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    thread::scope(|scope| {
        let (sender, events) = mpsc::channel();
        for slot in slots {
            let sender = sender.clone();
            scope.spawn(move || {
                while let Some((number, mut row)) = next() {
                    if matches!(row.outcome, Outcome::Passed) {
                        take_steps(number, &mut row, slot, folder, &sender);
                    }
                    // The receiver is gone.
                    if sender.send(Event::Ends(number, row)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        events.into_iter().try_for_each(&mut tell)
    })
}

fn take_steps(number: usize, row: &mut Row, slot: &Slot, folder: &Path, sender: &Sender<Event>) {
    for step in [Step::Check, Step::Doc] {
        // A missing receiver is noticed at the end.
        let _ = sender.send(Event::Begins(number, row.name.clone(), step));
        match slot.take(step, &folder.join(&row.name)) {
            Ok(time) => match step {
                Step::Check => row.check = Some(time),
                Step::Doc => row.doc = Some(time),
            },
            Err(text) => {
                row.outcome = Outcome::Failed(text);
                return;
            }
        }
    }
}
