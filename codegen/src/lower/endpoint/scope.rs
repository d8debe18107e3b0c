//! The names that are in scope of a rule.

use crate::graph::endpoint::expr::{Origin, Ref};
use crate::graph::endpoint::types::Type;

/// The parameters, and the variables that a rule and the rules around it have assigned so far.
#[derive(Debug, Default)]
pub(super) struct Scope {
    names: Vec<Name>,
}

#[derive(Clone, Debug)]
struct Name {
    model: String,
    /// The name without case and underscores.
    key: String,
    rust: String,
    origin: Origin,
    /// `None` if the declaration is invalid, which has been reported.
    ty: Option<Type>,
}

/// The result of a search for a name.
#[derive(Debug)]
pub(super) enum Found {
    Ref(Ref),
    /// Its declaration is invalid, which has been reported.
    Unclear,
    Nothing,
}

impl Scope {
    pub(super) fn declare(&mut self, model: &str, rust: &str, origin: Origin, ty: Option<Type>) {
        self.names.push(Name {
            model: model.to_owned(),
            key: key(model),
            rust: rust.to_owned(),
            origin,
            ty,
        });
    }

    /// The declared name that conflicts with a new one: it differs at most in case or underscores.
    /// Variables conflict only with variables, since parameters are fields of a struct.
    pub(super) fn taken(&self, name: &str, origin: Origin) -> Option<&str> {
        let key = key(name);
        let same =
            |taken: &&Name| taken.model == name || (taken.origin == origin && taken.key == key);
        self.names
            .iter()
            .find(same)
            .map(|taken| taken.model.as_str())
    }

    pub(super) fn find(&self, name: &str) -> Found {
        match self.names.iter().rev().find(|known| known.model == name) {
            Some(Name {
                rust,
                origin,
                ty: Some(ty),
                ..
            }) => Found::Ref(Ref {
                name: rust.clone(),
                origin: *origin,
                ty: *ty,
            }),
            Some(_) => Found::Unclear,
            None => Found::Nothing,
        }
    }

    /// A declared name that differs from this one only in case or underscores.
    pub(super) fn similar(&self, name: &str) -> Option<&str> {
        smithy_model::nearest(name, self.names.iter().map(|known| known.model.as_str()))
    }

    /// Marks the reference as set from here on.
    pub(super) fn prove_set(&mut self, reference: &Ref) {
        let known = self
            .names
            .iter()
            .rev()
            .find(|name| name.rust == reference.name && name.origin == reference.origin);
        if let Some(name) = known.cloned() {
            let ty = name.ty.map(|ty| Type {
                optional: false,
                ..ty
            });
            self.names.push(Name { ty, ..name });
        }
    }

    /// The start of an inner scope. [`Self::leave`] removes the names that are added after it.
    pub(super) fn mark(&self) -> usize {
        self.names.len()
    }

    pub(super) fn leave(&mut self, mark: usize) {
        self.names.truncate(mark);
    }
}

fn key(name: &str) -> String {
    name.chars()
        .filter(|&character| character != '_')
        .flat_map(char::to_lowercase)
        .collect()
}
