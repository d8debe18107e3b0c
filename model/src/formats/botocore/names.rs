//! Shape ids. botocore's names have no namespace, and operations have a name scope of their own.

use super::types;
use crate::draft::definition::ShapeType;
use crate::draft::loading::Loading;
use crate::formats::fields::{Fields, invalid_id};
use crate::syntax::node::Entry;
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};

/// The ids of a service, its operations and its shapes.
pub(super) struct Names {
    pub(super) service: ShapeId,
    operations: HashMap<String, ShapeId>,
    shapes: HashMap<String, ShapeId>,
    /// The types of shapes, by botocore's names.
    types: HashMap<String, ShapeType>,
}

impl Names {
    /// Assigns ids. The namespace is `com.amazonaws.` and the `serviceId` in lower case. Names that
    /// differ only in case get a suffix. Errors keep their names, since these are on the wire, then
    /// operations, then other shapes.
    ///
    /// Reports a `serviceId` that makes no valid namespace, and returns `None`.
    pub(super) fn new(
        service: (&str, Span),
        operations: &IndexMap<String, Entry>,
        shapes: &IndexMap<String, Entry>,
        loading: &mut Loading,
    ) -> Option<Self> {
        let plain: String = service
            .0
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let namespace = format!("com.amazonaws.{}", plain.to_ascii_lowercase());
        if let Err(error) = loading.id(&format!("{namespace}#{plain}")) {
            loading.report(invalid_id(&error).at(service.1));
            return None;
        }
        let mut claim = Claim {
            namespace,
            taken: HashSet::new(),
            loading,
        };
        let is_error = |entry: &Entry| {
            ["error", "exception"]
                .iter()
                .any(|key| entry.node.get(key).is_some())
        };
        let (errors, others): (Vec<_>, Vec<_>) =
            shapes.iter().partition(|(_, entry)| is_error(entry));
        let mut ids = claim.all(errors, "Shape");
        let operations = claim.all(operations.iter().collect(), "Operation");
        ids.extend(claim.all(others, "Shape"));
        let service = claim.one(&plain, "Service", service.1)?;
        let ty = |(name, entry): (&String, &Entry)| {
            Some((
                name.clone(),
                types::type_of(entry.node.get("type")?.as_str()?)?,
            ))
        };
        Some(Self {
            service,
            operations,
            shapes: ids,
            types: shapes.iter().filter_map(ty).collect(),
        })
    }

    /// Returns the id of an operation, if it exists.
    pub(super) fn operation(&self, name: &str) -> Option<&ShapeId> {
        self.operations.get(name)
    }

    /// Returns the names of all operations.
    pub(super) fn operations(&self) -> impl Iterator<Item = &str> {
        self.operations.keys().map(String::as_str)
    }

    /// Returns the id of a shape, if it exists.
    pub(super) fn shape(&self, name: &str) -> Option<&ShapeId> {
        self.shapes.get(name)
    }

    /// Returns the type of a shape, if the shape exists and its type is known.
    pub(super) fn ty(&self, name: &str) -> Option<ShapeType> {
        self.types.get(name).copied()
    }

    /// Returns the id for a shape name. Validation reports shapes that do not exist.
    pub(super) fn id(&self, name: &str) -> String {
        match self.shape(name) {
            Some(id) => id.as_str().to_owned(),
            None => format!("{}#{name}", self.service.namespace()),
        }
    }

    /// Takes the `shape` of a reference, and returns its name and id.
    pub(super) fn target(&self, fields: &mut Fields<'_, '_>) -> Option<(String, ShapeId)> {
        let (name, span) = fields.required_string("shape")?;
        let id = fields.named(&self.id(&name), span)?;
        Some((name, id))
    }
}

/// The names that are taken.
struct Claim<'a, 's> {
    namespace: String,
    taken: HashSet<String>,
    loading: &'a mut Loading<'s>,
}

impl Claim<'_, '_> {
    fn all(
        &mut self,
        mut entries: Vec<(&String, &Entry)>,
        suffix: &str,
    ) -> HashMap<String, ShapeId> {
        entries.sort_unstable_by_key(|(name, _)| *name);
        let id = |(name, entry): (&String, &Entry)| {
            Some((name.clone(), self.one(name, suffix, entry.key)?))
        };
        entries.into_iter().filter_map(id).collect()
    }

    fn one(&mut self, name: &str, suffix: &str, span: Span) -> Option<ShapeId> {
        let mut unique = name.to_owned();
        while !self.taken.insert(unique.to_ascii_lowercase()) {
            unique.push_str(suffix);
        }
        let id = self.loading.id(&format!("{}#{unique}", self.namespace));
        id.map_err(|error| self.loading.report(invalid_id(&error).at(span)))
            .ok()
    }
}
