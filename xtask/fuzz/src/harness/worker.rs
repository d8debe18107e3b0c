//! The process that runs inputs. It writes lines to stdout for the supervisor: `run SEED` before
//! each input, `fault SEED` with a JSON array of kind and message, and `end`.

use super::{Fault, Target};
use cap::Cap;
use std::alloc::System;
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Counts the bytes on the heap. Beyond the limit, allocation fails, which ends the worker.
#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// The location and the message of the last panic on any thread.
static PANIC: Mutex<Option<(String, String)>> = Mutex::new(None);

/// Runs this number of inputs, from a seed on.
pub(super) fn work<T: Target + Sync>(target: &T, seed: u64, runs: u64) -> ExitCode {
    panic::set_hook(Box::new(remember));
    // The limit does not include the list of models, which is allocated already.
    let _ = ALLOCATOR.set_limit(ALLOCATOR.allocated().saturating_add(T::LIMITS.memory));
    let done = thread::scope(|scope| {
        let all = || (0..runs).try_for_each(|index| one(target, seed.wrapping_add(index)));
        let spawned = thread::Builder::new()
            .stack_size(T::LIMITS.stack)
            .spawn_scoped(scope, all);
        spawned.and_then(|thread| {
            thread
                .join()
                .unwrap_or_else(|_| Err(io::Error::other("a worker panicked")))
        })
    });
    match done.and_then(|()| tell("end\n")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn one<T: Target>(target: &T, seed: u64) -> io::Result<()> {
    tell(&format!("run {seed}\n"))?;
    let input = target.input(seed).map_err(io::Error::other)?;
    let result = panic::catch_unwind(AssertUnwindSafe(|| target.run(&input)));
    let fault = match (taken(), result) {
        // A panic of another thread is a fault even if the thread catches it.
        (Some((place, message)), _) => Some(Fault::new(format!("panic at {place}"), message)),
        (None, Ok(result)) => result.err(),
        (None, Err(_)) => Some(Fault::new("panic", "without a message")),
    };
    match fault {
        None => Ok(()),
        Some(fault) => tell(&format!(
            "fault {seed} {}\n",
            serde_json::json!([fault.kind, fault.message])
        )),
    }
}

fn tell(line: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(line.as_bytes())?;
    stdout.flush()
}

fn remember(info: &PanicHookInfo<'_>) {
    let place = info
        .location()
        .map_or_else(String::new, |at| format!("{}:{}", at.file(), at.line()));
    let payload = info.payload();
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or(payload.downcast_ref::<String>().map(String::as_str));
    let message = text.unwrap_or("without a message").to_owned();
    *PANIC.lock().unwrap_or_else(PoisonError::into_inner) = Some((place, message));
}

fn taken() -> Option<(String, String)> {
    PANIC.lock().unwrap_or_else(PoisonError::into_inner).take()
}
