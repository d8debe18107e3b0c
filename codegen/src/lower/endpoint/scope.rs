//! Which names a rule can use.

use crate::graph::endpoint::expr::{Origin, Ref};
use crate::graph::endpoint::types::Type;

/// The parameters, and the variables assigned so far by a rule and by the rules around it.
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
    /// Not known where the declaration is wrong, which has been reported then.
    ty: Option<Type>,
}

/// What looking for a name gives.
#[derive(Debug)]
pub(super) enum Found {
    Ref(Ref),
    /// Its declaration is wrong, which has been reported.
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

    /// The name as it is written, if one that differs at most in case or underscores is taken: a
    /// parameter by any name, a variable by another variable, since parameters live in a struct of
    /// their own.
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

    /// A known name that differs from this one only in case or underscores.
    pub(super) fn similar(&self, name: &str) -> Option<&str> {
        smithy_model::nearest(name, self.names.iter().map(|known| known.model.as_str()))
    }

    /// From here on the name has a value.
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

    /// Where this scope begins or ends: what is added after a mark goes with [`Self::leave`].
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
