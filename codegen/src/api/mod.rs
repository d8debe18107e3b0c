//! The public API of an emitted crate as data, and how it changes with the model.
//!
//! The API is read from the emitted items and not from the shape graph, so that it includes
//! everything that is public.

mod behavior;
mod change;
mod compare;
mod extract;
mod items;
mod origin;

pub use behavior::{BehaviorChange, BehaviorKind};
pub use change::{ApiChange, ApiVerdict, ChangeKind, ItemChange};

use crate::lower;
use crate::options::Options;
use items::Api;
use smithy_model::{Diagnostic, Model, Severity};

/// Errors in the models that prevent a comparison of their APIs. At least one list has an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncomparableApis {
    /// Errors of the older model.
    pub old: Vec<Diagnostic>,
    /// Errors of the newer model.
    pub new: Vec<Diagnostic>,
}

impl IncomparableApis {
    fn of(old: Option<Vec<Diagnostic>>, new: Option<Vec<Diagnostic>>) -> Self {
        let errors = |problems: Option<Vec<Diagnostic>>| {
            let problems = problems.into_iter().flatten();
            problems
                .filter(|problem| problem.severity == Severity::Error)
                .collect()
        };
        Self {
            old: errors(old),
            new: errors(new),
        }
    }
}

/// Compares the public APIs of the crates that are generated from two models, each with its
/// options.
///
/// # Errors
///
/// The errors of [`generate`](crate::generate) for either model.
pub fn compare_apis(
    old: (&Model, &Options),
    new: (&Model, &Options),
) -> Result<ApiChange, IncomparableApis> {
    let service = |(model, options): (&Model, &Options)| {
        lower::build(model, options).map(|(service, _)| service)
    };
    let (old, new) = std::thread::scope(|scope| {
        let old = scope.spawn(|| service(old));
        (
            old.join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            service(new),
        )
    });
    let (old, new) = both(old, new)?;
    let behavior = behavior::compare(&old, &new);
    let (old, new) = both(Api::beyond(&old, &new), Api::beyond(&new, &old))?;
    Ok(ApiChange {
        behavior,
        ..compare::compare(&old, &new)
    })
}

/// Both values, or the problems of either model.
fn both<T>(
    old: Result<T, Vec<Diagnostic>>,
    new: Result<T, Vec<Diagnostic>>,
) -> Result<(T, T), IncomparableApis> {
    match (old, new) {
        (Ok(old), Ok(new)) => Ok((old, new)),
        (old, new) => Err(IncomparableApis::of(old.err(), new.err())),
    }
}
