//! How bad changes of traits are.

use std::fmt;

/// How bad a change is (Smithy specification, "Severity").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventSeverity {
    /// The new model suppresses the event.
    Suppressed,
    /// It is informative and breaks nobody.
    Note,
    /// It may break users.
    Warning,
    /// It very likely breaks users.
    Danger,
    /// It breaks users.
    Error,
}

impl EventSeverity {
    /// The severity in capitals, as Smithy writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Suppressed => "SUPPRESSED",
            Self::Note => "NOTE",
            Self::Warning => "WARNING",
            Self::Danger => "DANGER",
            Self::Error => "ERROR",
        }
    }

    /// The severity of this name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        [
            Self::Suppressed,
            Self::Note,
            Self::Warning,
            Self::Danger,
            Self::Error,
        ]
        .into_iter()
        .find(|severity| severity.name() == name)
    }
}

impl fmt::Display for EventSeverity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// How a trait's value, or a part of it, changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Add,
    Remove,
    Update,
}

impl Kind {
    /// As in the ids of events.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Add => "Add",
            Self::Remove => "Remove",
            Self::Update => "Update",
        }
    }
}

/// The kinds of change that a rule judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kinds {
    Add,
    Remove,
    Update,
    /// Added or removed.
    Presence,
    All,
}

impl Kinds {
    /// Reads `change` of a rule.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "add" => Self::Add,
            "remove" => Self::Remove,
            "update" => Self::Update,
            "presence" => Self::Presence,
            "any" => Self::All,
            _ => return None,
        })
    }

    /// Whether these kinds include a kind.
    pub(crate) fn include(self, kind: Kind) -> bool {
        match self {
            Self::Add => kind == Kind::Add,
            Self::Remove => kind == Kind::Remove,
            Self::Update => kind == Kind::Update,
            Self::Presence => kind != Kind::Update,
            Self::All => true,
        }
    }
}

/// How bad a change of a trait is.
///
/// The rules are facts of the trait definitions of Smithy 1.73 (`breakingChanges`); the reasons are
/// in other words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    pub(crate) kinds: Kinds,
    /// The part of the trait's value, as a JSON pointer along the definition; empty for all of it.
    pub(crate) path: &'static str,
    pub(crate) severity: EventSeverity,
    /// Empty if the change explains itself.
    pub(crate) reason: &'static str,
}

/// A change of the value, or of the part at the path.
pub(crate) const fn change(
    kinds: Kinds,
    path: &'static str,
    severity: EventSeverity,
    reason: &'static str,
) -> Change {
    Change {
        kinds,
        path,
        severity,
        reason,
    }
}

/// Every change breaks users.
pub(crate) const FIXED: &[Change] = &[change(Kinds::All, "", EventSeverity::Error, "")];
/// Adding and removing the trait breaks users.
pub(crate) const FIXED_PRESENCE: &[Change] =
    &[change(Kinds::Presence, "", EventSeverity::Error, "")];
/// Adding the trait breaks users.
pub(crate) const NOT_ADDED: &[Change] = &[change(Kinds::Add, "", EventSeverity::Error, "")];
/// Removing the trait breaks users.
pub(crate) const NOT_REMOVED: &[Change] = &[change(Kinds::Remove, "", EventSeverity::Error, "")];
