//! How the public API of an emitted crate changes with its model.

use super::behavior::BehaviorChange;
use smithy_model::ShapeId;
use smithy_model::diff::Side;
use std::fmt;

/// The changes to the public API of the emitted crate. Each list is sorted by item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiChange {
    /// Changes after which some programs no longer compile.
    pub breaking: Vec<ItemChange>,
    /// Changes after which all programs still compile.
    pub compatible: Vec<ItemChange>,
    /// Changes to items that stay the same for the compiler.
    pub behavior: Vec<BehaviorChange>,
}

/// One change to an item of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// The path of the item, such as `types::Size::width` or `impl Default for types::Size`.
    pub item: String,
    /// What changed.
    pub kind: ChangeKind,
    /// The shape or member that the item is generated from.
    pub shape: ShapeId,
}

/// The kinds of change to an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// Only the newer API has the item.
    Added,
    /// Only the older API has the item.
    Removed,
    /// The item is deprecated in the newer API only.
    Deprecated,
    /// The signature differs: the type of a field, the parameters of a method, and so on.
    Signature {
        /// The signature in the older API.
        old: String,
        /// The signature in the newer API.
        new: String,
    },
    /// The builder requires these members, which it did not require before.
    RequiresMore(Vec<String>),
    /// The builder does not require these members any more, and no others instead.
    RequiresLess(Vec<String>),
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

    /// The changes that decide the verdict: the breaking ones, or all if there are none.
    pub fn deciding(&self) -> &[ItemChange] {
        if self.breaking.is_empty() {
            &self.compatible
        } else {
            &self.breaking
        }
    }

    /// All changes, the breaking ones first.
    pub fn items(&self) -> impl Iterator<Item = &ItemChange> {
        self.breaking.iter().chain(&self.compatible)
    }
}

impl ItemChange {
    /// The model that has [`shape`](Self::shape): the older one if the item was removed.
    pub fn side(&self) -> Side {
        match self.kind {
            ChangeKind::Removed => Side::Old,
            _ => Side::New,
        }
    }
}

/// The change as a sentence without a full stop: `` `types::Size` was removed ``.
impl fmt::Display for ItemChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ", self.item)?;
        match &self.kind {
            ChangeKind::Added => f.write_str("was added"),
            ChangeKind::Removed => f.write_str("was removed"),
            ChangeKind::Deprecated => f.write_str("is now deprecated"),
            ChangeKind::Signature { old, new } => write!(f, "changed from `{old}` to `{new}`"),
            ChangeKind::RequiresMore(members) => write!(f, "now requires {}", list(members)),
            ChangeKind::RequiresLess(members) => write!(f, "no longer requires {}", list(members)),
        }
    }
}

fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// Whether programs still compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ApiVerdict {
    /// The public API is the same.
    Unchanged,
    /// All programs still compile.
    Compatible,
    /// Some programs no longer compile.
    Breaking,
}

impl ApiVerdict {
    /// The name in reports.
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
