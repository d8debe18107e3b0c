//! Work on independent items, distributed over the cores of the machine.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The number of items that a thread takes at a time: enough to make taking cheap, few enough to
/// keep all threads busy.
const BATCH: usize = 4;

/// The stack size of a thread. The parser and printer of Rust recurse as deep as a model nests
/// types. Only the used part of a stack takes memory.
const STACK: usize = 256 << 20;

/// Applies a function to every item. The results have the order of the items.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(items.len() / BATCH)
        .max(1);
    let batches: Vec<&[T]> = items.chunks(BATCH).collect();
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(batch) = batches.get(number) else {
                return done;
            };
            done.push((number, batch.iter().map(&work).collect::<Vec<R>>()));
        }
    };
    let mut done = thread::scope(|scope| {
        let spawn = |_| {
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, worker)
        };
        let others: Vec<_> = (0..threads)
            .filter_map(|number| spawn(number).ok())
            .collect();
        // Without threads, this thread does the work.
        let mut done = if others.is_empty() {
            worker()
        } else {
            Vec::new()
        };
        for other in others {
            done.extend(
                other
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            );
        }
        done
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().flat_map(|(_, results)| results).collect()
}

/// All values, or all problems.
pub(crate) fn collect<T, E>(results: Vec<Result<T, E>>) -> Result<Vec<T>, Vec<E>> {
    let mut values = Vec::with_capacity(results.len());
    let mut problems = Vec::new();
    for result in results {
        match result {
            Ok(value) => values.push(value),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(values)
    } else {
        Err(problems)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        assert_eq!(
            super::map(&items, |item| item * 2),
            items.iter().map(|item| item * 2).collect::<Vec<_>>()
        );
        assert_eq!(
            super::map(&[] as &[usize], |item| *item),
            Vec::<usize>::new()
        );
    }
}
