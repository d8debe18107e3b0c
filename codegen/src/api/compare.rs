//! Compares two APIs item by item.

use super::change::{ApiChange, ChangeKind, ItemChange};
use super::extract::Signature;
use super::items::Api;

/// The changes from one API to another. If a type is added or removed, its fields, setters and
/// implementations are not reported.
pub(super) fn compare(old: &Api, new: &Api) -> ApiChange {
    let (mut breaking, mut compatible) = (Vec::new(), Vec::new());
    for (path, was) in &old.items {
        match new.items.get(path) {
            None if old.is_part_of_another(path, new) => {}
            None => breaking.extend(old.change(path, ChangeKind::Removed)),
            Some(is) if was == is => {}
            Some(is) => match was.change(is) {
                less @ ChangeKind::RequiresLess(_) => compatible.extend(new.change(path, less)),
                // The change of the field says the same.
                _ if old.is_setter_of_changed_field(path, new) => {}
                change => breaking.extend(new.change(path, change)),
            },
        }
    }
    let added = new
        .items
        .keys()
        .filter(|path| !old.items.contains_key(*path));
    let added = added.filter(|path| !new.is_part_of_another(path, old));
    compatible.extend(added.filter_map(|path| new.change(path, ChangeKind::Added)));
    let deprecated = new
        .deprecated
        .difference(&old.deprecated)
        .filter(|path| old.items.contains_key(*path));
    let deprecated = deprecated.filter(|path| !new.is_in_deprecated(path));
    compatible.extend(deprecated.filter_map(|path| new.change(path, ChangeKind::Deprecated)));
    ApiChange {
        breaking,
        compatible,
        behavior: Vec::new(),
    }
}

impl Signature {
    fn change(&self, new: &Self) -> ChangeKind {
        if self.text != new.text {
            return ChangeKind::Signature {
                old: self.text.clone(),
                new: new.text.clone(),
            };
        }
        let more: Vec<String> = new.requires.difference(&self.requires).cloned().collect();
        if more.is_empty() {
            ChangeKind::RequiresLess(self.requires.difference(&new.requires).cloned().collect())
        } else {
            ChangeKind::RequiresMore(more)
        }
    }
}

impl Api {
    /// A change to one of these items.
    fn change(&self, path: &str, kind: ChangeKind) -> Option<ItemChange> {
        Some(ItemChange {
            item: path.to_owned(),
            kind,
            shape: self.origins.get(path)?.clone(),
        })
    }

    /// Whether an item that the other API lacks is part of another item that it lacks as well: a
    /// field of a type, an implementation for it, the setter of a field.
    fn is_part_of_another(&self, path: &str, other: &Self) -> bool {
        let owner = path.rsplit_once(" for ").map_or(path, |(_, owner)| owner);
        let parents = owner
            .match_indices("::")
            .map(|(end, _)| owner.get(..end).unwrap_or_default());
        let field = field_of(path);
        let mut owners = parents
            .chain([owner])
            .map(|parent| parent.split(" as ").next().unwrap_or_default())
            .chain(field.as_deref())
            .filter(|owner| *owner != path);
        owners.any(|owner| self.items.contains_key(owner) && !other.items.contains_key(owner))
    }

    /// Whether the type or field that an item belongs to is deprecated as well.
    fn is_in_deprecated(&self, path: &str) -> bool {
        let field = field_of(path);
        let owners = path
            .match_indices("::")
            .filter_map(|(end, _)| path.get(..end));
        owners
            .chain(field.as_deref())
            .any(|owner| self.deprecated.contains(owner))
    }

    /// Whether an item is the setter of a field that differs in the other API.
    fn is_setter_of_changed_field(&self, path: &str, other: &Self) -> bool {
        field_of(path).is_some_and(|field| self.items.get(&field) != other.items.get(&field))
    }
}

/// The path of the field that a setter sets.
fn field_of(setter: &str) -> Option<String> {
    let (structure, field) = setter.split_once("::builder().")?;
    Some(format!("{structure}::{field}"))
}
