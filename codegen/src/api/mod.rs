//! The public API of an emitted crate as data, and what becomes of it when the model changes.
//!
//! The API is read off the emitted items, as rustc sees them, and not off the shape graph: whatever
//! an emitter makes public counts, and nothing else does.

mod extract;
mod origin;

use crate::emit::{self, Emit};
use crate::graph::{self, Operation, Service};
use crate::{Options, parallel};
use extract::Extract;
use origin::Origin;
use smithy_model::diff::Side;
use smithy_model::{Diagnostic, Model, Severity, ShapeId};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What becomes of programs that use the emitted crate when the model changes. Each list is sorted
/// by items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiChange {
    /// What programs may use that they cannot use any longer, or must do otherwise.
    pub breaking: Vec<ApiReason>,
    /// What is new, is deprecated, or asks for less.
    pub compatible: Vec<ApiReason>,
}

/// What becomes of an item of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiReason {
    /// The item and what became of it, in a sentence: `` `types::Size` is gone ``.
    pub text: String,
    /// The shape or member that the item is made of.
    pub shape: ShapeId,
    /// The model that has this shape: the older one for an item that is gone.
    pub side: Side,
}

impl fmt::Display for ApiReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl ApiChange {
    /// Whether programs still compile.
    pub fn verdict(&self) -> ApiVerdict {
        match (self.breaking.as_slice(), self.compatible.as_slice()) {
            ([], []) => ApiVerdict::Unchanged,
            ([], _) => ApiVerdict::Compatible,
            _ => ApiVerdict::Breaking,
        }
    }

    /// What decides the verdict.
    pub fn reasons(&self) -> &[ApiReason] {
        if self.breaking.is_empty() {
            &self.compatible
        } else {
            &self.breaking
        }
    }
}

/// Whether programs still compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ApiVerdict {
    /// The public API is the same.
    Unchanged,
    /// They do; there is something new, or something that asks for less.
    Compatible,
    /// Some do not.
    Breaking,
}

impl ApiVerdict {
    /// The name that reports have for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for ApiVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Why two APIs cannot be compared: what is wrong with the models. One of the lists has an error.
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

/// Compares the public APIs that two models' crates have.
///
/// # Errors
///
/// As [`generate`](crate::generate), for either model.
pub fn compare_apis(
    old: &Model,
    new: &Model,
    options: &Options,
) -> Result<ApiChange, IncomparableApis> {
    let service = |model| graph::build(model, options).map(|(service, _)| service);
    let (old, new) = std::thread::scope(|scope| {
        let old = scope.spawn(|| service(old));
        (
            old.join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            service(new),
        )
    });
    let (old, new) = both(old, new)?;
    let (old, new) = both(Api::beyond(&old, &new), Api::beyond(&new, &old))?;
    Ok(compare(&old, &new))
}

/// What was made of both models, or the problems of either.
fn both<T>(
    old: Result<T, Vec<Diagnostic>>,
    new: Result<T, Vec<Diagnostic>>,
) -> Result<(T, T), IncomparableApis> {
    match (old, new) {
        (Ok(old), Ok(new)) => Ok((old, new)),
        (old, new) => Err(IncomparableApis::of(old.err(), new.err())),
    }
}

/// The public items of a crate, by their paths.
#[derive(Debug, Default)]
struct Api {
    items: BTreeMap<String, Signature>,
    /// What each is made of.
    origins: BTreeMap<String, ShapeId>,
    /// Items that nobody should use any longer.
    deprecated: BTreeSet<String>,
}

/// What an item is to those who use it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Signature {
    /// As Rust writes it.
    Text(String),
    /// The members that a builder waits for.
    Requires(BTreeSet<String>),
}

impl Api {
    /// The items of a service's crate, less those of files that are the same in another one's.
    fn beyond(service: &Service, other: &Service) -> Result<Self, Vec<Diagnostic>> {
        let examples = emit::Examples::none();
        let mut jobs = emit::files(service);
        jobs.retain(|job| !is_same(job, service, other));
        let parts = parallel::collect(parallel::map(&jobs, |job| {
            let file = job.file(service, &examples)?;
            let mut extract = Extract::new(&file.path);
            extract.items(&file.items);
            Ok((Origin::of(job, service), extract))
        }));
        let parts = parts.map_err(|problems: Vec<Vec<Diagnostic>>| problems.concat())?;
        let mut api = Self::default();
        for (
            origin,
            Extract {
                found, deprecated, ..
            },
        ) in parts
        {
            api.origins.extend(
                found
                    .iter()
                    .map(|(path, _)| (path.clone(), origin.id(path))),
            );
            api.items.extend(found);
            api.deprecated.extend(deprecated);
        }
        Ok(api)
    }
}

/// Whether a file has the same public items in the crates of both services: all that they are made
/// of is the same.
fn is_same(job: &Emit<'_>, service: &Service, other: &Service) -> bool {
    match job {
        Emit::Shape(shape) => other.shapes.get(shape.id()) == Some(*shape),
        Emit::Operation(operation) | Emit::Output(operation) | Emit::ByName(operation) => {
            other.operations.get(&operation.id) == Some(*operation)
                && same_pages(operation, service, other)
        }
        // What speaks of the service as a whole.
        _ => false,
    }
}

/// Tokens and items of pages may lie in other structures than the output.
fn same_pages(operation: &Operation, service: &Service, other: &Service) -> bool {
    let paths = operation
        .pagination
        .iter()
        .flat_map(|pages| [&pages.output_token, &pages.items]);
    paths
        .into_iter()
        .all(|path| service.path(&operation.output, path) == other.path(&operation.output, path))
}

/// Compares item by item. An item that is gone or new speaks for all that is in it or about it.
fn compare(old: &Api, new: &Api) -> ApiChange {
    let (mut breaking, mut compatible) = (Vec::new(), Vec::new());
    for (path, was) in &old.items {
        match new.items.get(path) {
            None if old.is_about_another(path, new) => {}
            None => breaking.extend(old.reason(path, "is gone", Side::Old)),
            Some(is) if was == is => {}
            Some(is) => match (was.less(is), old.is_of_field(path, new)) {
                (Some(less), _) => compatible.extend(new.reason(path, &less, Side::New)),
                (None, false) => breaking.extend(new.reason(path, &was.change(is), Side::New)),
                (None, true) => {}
            },
        }
    }
    let added = new
        .items
        .keys()
        .filter(|path| !old.items.contains_key(*path));
    let added = added.filter(|path| !new.is_about_another(path, old));
    compatible.extend(added.filter_map(|path| new.reason(path, "is new", Side::New)));
    let deprecated = new
        .deprecated
        .difference(&old.deprecated)
        .filter(|path| old.items.contains_key(*path));
    let deprecated = deprecated.filter(|path| !new.is_in_deprecated(path));
    compatible.extend(deprecated.filter_map(|path| new.reason(path, "is deprecated", Side::New)));
    ApiChange {
        breaking,
        compatible,
    }
}

impl Api {
    /// What became of one of these items.
    fn reason(&self, path: &str, became: &str, side: Side) -> Option<ApiReason> {
        let shape = self.origins.get(path)?.clone();
        Some(ApiReason {
            text: format!("`{path}` {became}"),
            shape,
            side,
        })
    }

    /// Whether an item that the other API lacks belongs to one that it lacks as well: a field of a
    /// type, an implementation for it, the setter of a field.
    fn is_about_another(&self, path: &str, other: &Self) -> bool {
        let about = path.rsplit_once(" for ").map_or(path, |(_, about)| about);
        let parents = about
            .match_indices("::")
            .map(|(end, _)| about.get(..end).unwrap_or_default());
        let setter = field_of(path);
        let mut owners = parents
            .chain([about])
            .map(|parent| parent.split(" as ").next().unwrap_or_default())
            .chain(setter.as_deref())
            .filter(|owner| *owner != path);
        owners.any(|owner| self.items.contains_key(owner) && !other.items.contains_key(owner))
    }

    /// Whether the type that an item belongs to is deprecated, too.
    fn is_in_deprecated(&self, path: &str) -> bool {
        let setter = field_of(path);
        let owners = path
            .match_indices("::")
            .filter_map(|(end, _)| path.get(..end));
        owners
            .chain(setter.as_deref())
            .any(|owner| self.deprecated.contains(owner))
    }

    /// Whether an item is the setter of a field that is another one in the other API, which says
    /// the same.
    fn is_of_field(&self, path: &str, other: &Self) -> bool {
        field_of(path).is_some_and(|field| self.items.get(&field) != other.items.get(&field))
    }
}

/// The field of a setter.
fn field_of(setter: &str) -> Option<String> {
    let (structure, field) = setter.split_once("::builder().")?;
    Some(format!("{structure}::{field}"))
}

impl Signature {
    /// What it no longer asks for, if that is the whole difference.
    fn less(&self, is: &Self) -> Option<String> {
        match (self, is) {
            (Self::Requires(was), Self::Requires(is)) if is.is_subset(was) => {
                Some(format!("no longer requires {}", list(was.difference(is))))
            }
            _ => None,
        }
    }

    /// How it differs.
    fn change(&self, is: &Self) -> String {
        match (self, is) {
            (Self::Requires(was), Self::Requires(is)) => {
                format!("now requires {}", list(is.difference(was)))
            }
            (Self::Text(was), Self::Text(is)) => format!("was `{was}` and is `{is}`"),
            _ => "is another kind of item".to_owned(),
        }
    }
}

fn list<'a>(names: impl Iterator<Item = &'a String>) -> String {
    names
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
