//! The difference between two models, and the version that follows from it.

use smithy_codegen::{ApiChange, ApiVerdict, IncomparableApis, Options, compare_apis};
use smithy_model::diff::{Event, EventSeverity, diff};
use smithy_model::import::only_service;
use smithy_model::{Diagnostic, Loaded, Model, Severity};
use std::collections::BTreeSet;
use std::fmt;

/// The difference between two models.
pub(crate) struct Difference {
    pub(crate) events: Vec<Event>,
    /// The versions of the service's API, if they differ. There is no event for that.
    pub(crate) api_version: Option<[String; 2]>,
    /// The changes to the emitted crate's API, or the errors that prevent a comparison.
    pub(crate) api: Result<ApiChange, IncomparableApis>,
}

/// The part of the emitted crate's version that has to be increased (Semantic Versioning 2.0.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Bump {
    None,
    Patch,
    Minor,
    Major,
}

impl Difference {
    /// Compares two valid models, each with the options of its crate.
    pub(crate) fn between(old: (&Model, &Options), new: (&Model, &Options)) -> Self {
        Self::of(old.0, new.0, || compare_apis(old, new))
    }

    /// Compares two models that may be invalid. No crate is generated from an invalid model.
    pub(crate) fn of_loaded(old: (&Loaded, &Options), new: (&Loaded, &Options)) -> Self {
        let ((old, old_options), (new, new_options)) = (old, new);
        Self::of(&old.model, &new.model, || {
            if old.is_ok() && new.is_ok() {
                return compare_apis((&old.model, old_options), (&new.model, new_options));
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
            // Equal models give equal crates, if any.
            Err(_) if events.is_empty() => Ok(ApiChange::default()),
            api => api,
        };
        Self {
            events,
            api_version: versions.map(|(old, new)| [old, new]),
            api,
        }
    }

    /// The part of the version that has to be increased. If the Rust API is unchanged, it is the
    /// patch version for any change to the model, or the minor version for a deprecation that no
    /// item shows. APIs that could not be compared count as breaking.
    pub(crate) fn bump(&self) -> Bump {
        let deprecates = |event: &Event| event.id == DEPRECATED;
        match self.api.as_ref().map(ApiChange::verdict) {
            Ok(ApiVerdict::Breaking) => Bump::Major,
            Ok(ApiVerdict::Compatible) => Bump::Minor,
            _ if self.reported().next().is_none() && self.api_version.is_none() => Bump::None,
            Err(_) => Bump::Major,
            Ok(ApiVerdict::Unchanged) if self.reported().any(deprecates) => Bump::Minor,
            Ok(ApiVerdict::Unchanged) => Bump::Patch,
        }
    }

    /// The events that are not suppressed. Of the two events about a value of an enum, the one
    /// about the member is left out.
    pub(crate) fn reported(&self) -> impl Iterator<Item = &Event> {
        let enums: BTreeSet<_> = self
            .events
            .iter()
            .filter(|event| event.id.starts_with("ChangedEnumTrait."))
            .filter_map(|event| event.shape.as_ref())
            .collect();
        let is_of_enum = move |event: &Event| {
            let shape = event
                .shape
                .as_ref()
                .filter(|shape| shape.member().is_some());
            matches!(event.id.as_str(), "AddedShape" | "RemovedShape")
                && shape.is_some_and(|shape| enums.contains(&shape.container()))
        };
        self.events
            .iter()
            .filter(move |event| event.severity > EventSeverity::Suppressed && !is_of_enum(event))
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
