//! What changed between two models, and how much of that a version has to say.

use smithy_codegen::{ApiChange, ApiVerdict, IncomparableApis, Options, compare_apis};
use smithy_model::diff::{Event, EventSeverity, diff};
use smithy_model::import::only_service;
use smithy_model::{Diagnostic, Loaded, Model, Severity};
use std::fmt;

/// What changed between two models.
pub(crate) struct Difference {
    pub(crate) events: Vec<Event>,
    /// The version of the service's API in either model, where they differ. No event tells of it.
    pub(crate) api_version: Option<[String; 2]>,
    /// What becomes of the emitted crate's API, or why that cannot be told.
    pub(crate) api: Result<ApiChange, IncomparableApis>,
}

/// Which part of the emitted crate's version has to grow (Semantic Versioning 2.0.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Bump {
    None,
    Patch,
    Minor,
    Major,
}

impl Difference {
    /// Compares two models that are complete.
    pub(crate) fn between(old: &Model, new: &Model, options: &Options) -> Self {
        Self::of(old, new, || compare_apis(old, new, options))
    }

    /// Compares two models that could be read, though they may be invalid. No crate is made of an
    /// invalid model.
    pub(crate) fn of_loaded(old: &Loaded, new: &Loaded, options: &Options) -> Self {
        Self::of(&old.model, &new.model, || {
            if old.is_ok() && new.is_ok() {
                return compare_apis(&old.model, &new.model, options);
            }
            let errors = |loaded: &Loaded| {
                loaded
                    .diagnostics
                    .iter()
                    .filter(is_error)
                    .cloned()
                    .collect()
            };
            Err(IncomparableApis {
                old: errors(old),
                new: errors(new),
            })
        })
    }

    fn of(
        old: &Model,
        new: &Model,
        apis: impl FnOnce() -> Result<ApiChange, IncomparableApis>,
    ) -> Self {
        let events = diff(old, new);
        let version = |model| only_service(model).map(|(_, service)| service.version.clone());
        let versions = version(old)
            .zip(version(new))
            .filter(|(old, new)| old != new);
        let api = match apis() {
            // Equal models have equal crates, if any.
            Err(_) if events.is_empty() => Ok(ApiChange::default()),
            api => api,
        };
        Self {
            events,
            api_version: versions.map(|(old, new)| [old, new]),
            api,
        }
    }

    /// How the version has to grow: with the API where that changed, else by a patch if anything
    /// did. A deprecation is a minor change, whether an item shows it or not. What was not judged
    /// counts as breaking.
    pub(crate) fn bump(&self) -> Bump {
        let deprecates = |event: &Event| event.id == DEPRECATED;
        match self.api.as_ref().map(ApiChange::verdict) {
            Ok(ApiVerdict::Breaking) => Bump::Major,
            Ok(ApiVerdict::Compatible) => Bump::Minor,
            _ if self.told().next().is_none() && self.api_version.is_none() => Bump::None,
            Err(_) => Bump::Major,
            Ok(ApiVerdict::Unchanged) if self.told().any(deprecates) => Bump::Minor,
            Ok(ApiVerdict::Unchanged) => Bump::Patch,
        }
    }

    /// The events that are not suppressed.
    pub(crate) fn told(&self) -> impl Iterator<Item = &Event> {
        self.events
            .iter()
            .filter(|event| event.severity > EventSeverity::Suppressed)
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// The event of a deprecation.
pub(crate) const DEPRECATED: &str = "ModifiedTrait.Add.smithy.api#deprecated";

fn is_error(diagnostic: &&Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
}
