//! What changed between two models, and how much of that a version has to say.

use smithy_codegen::{ApiChange, ApiVerdict, Options, compare_apis};
use smithy_model::Model;
use smithy_model::diff::{Event, EventSeverity, diff};
use std::fmt;

/// What changed between two models.
pub(crate) struct Difference {
    pub(crate) events: Vec<Event>,
    /// What becomes of the emitted crate's API, or why there is none to speak of.
    pub(crate) api: Result<ApiChange, String>,
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
    pub(crate) fn between(old: &Model, new: &Model, options: &Options) -> Self {
        let events = diff(old, new);
        let api = match compare_apis(old, new, options) {
            // Equal models have equal crates, be there any or not.
            Err(_) if events.is_empty() => Ok(ApiChange::default()),
            api => api.map_err(|problems| {
                let first = problems.into_iter().next().map(|problem| problem.message);
                format!("no crate can be made of both models: {}", first.unwrap_or_default())
            }),
        };
        Self { events, api }
    }

    /// How the version has to grow: with the API where that changed, else by a patch if anything did. Without an API to
    /// compare, what is likely to break somebody is taken to do so.
    pub(crate) fn bump(&self) -> Bump {
        let worst = self.told().map(|event| event.severity).max();
        match (self.api.as_ref().map(ApiChange::verdict), worst) {
            (Ok(ApiVerdict::Breaking), _) => Bump::Major,
            (Ok(ApiVerdict::Compatible), _) => Bump::Minor,
            (Err(_), Some(severity)) if severity >= EventSeverity::Danger => Bump::Major,
            (Err(_), Some(EventSeverity::Warning)) => Bump::Minor,
            (_, Some(_)) => Bump::Patch,
            (_, None) => Bump::None,
        }
    }

    /// The events that are not suppressed.
    pub(crate) fn told(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(|event| event.severity > EventSeverity::Suppressed)
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
