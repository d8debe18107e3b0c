//! What is known of a trait, in one row.

use super::change::Change;
use super::form::Form;
use super::place::Place;
use crate::syntax::node::Node;

/// What is known of a trait.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    /// The absolute shape id.
    pub(crate) id: &'static str,
    /// What its value looks like.
    pub(crate) form: Form,
    /// Where it may stand.
    pub(crate) place: Place,
    /// The traits that cannot stand beside it.
    pub(crate) excludes: &'static [&'static str],
    /// Whether only one member of a structure can have it.
    pub(crate) exclusive: bool,
    /// The changes that `diff` judges by the trait's definition.
    pub(crate) changes: &'static [Change],
    /// The keys of the value that Smithy's diff reads the same, written or not: the name, and the
    /// JSON of the value that is read if there is none, `None` if the value never matters.
    pub(crate) implied: &'static [(&'static str, Option<&'static str>)],
    /// How botocore's format expresses it; `None` if it cannot.
    pub(crate) botocore: Option<Botocore>,
    /// The prose in its value, which `import` does not take from official models.
    pub(crate) prose: Prose,
    /// Whether the typed reader reads a value.
    #[cfg(test)]
    pub(crate) reads: fn(&Node) -> bool,
}

/// How botocore's format expresses a trait.
#[derive(Clone, Copy)]
pub(crate) struct Botocore {
    pub(crate) coverage: Coverage,
    /// Whether an existing value and botocore's mean the same, in spite of what the format loses.
    pub(crate) same: fn(&Node, &Node) -> bool,
}

/// What it means that a model in botocore's format lacks a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coverage {
    /// The shape does not have the trait.
    Complete,
    /// Nothing: only some models express it, or a file that may be missing.
    Partial,
    /// Nothing. A value is inferred, and used for new shapes only.
    Inferred,
}

/// The prose in a trait's value.
#[derive(Clone, Copy)]
pub(crate) enum Prose {
    /// There is none.
    None,
    /// The value is prose, or belongs to it.
    Whole,
    /// The values of some keys are prose.
    Keys(ProseKeys),
}

/// The keys of a trait's value whose values are prose.
#[derive(Clone, Copy)]
pub(crate) struct ProseKeys {
    /// Keys that can be left out.
    pub(crate) optional: &'static [&'static str],
    /// Keys that must be there, and the text that stands there until somebody writes one.
    pub(crate) required: &'static [(&'static str, &'static str)],
    /// How many objects deep these keys are at most. Deeper objects are values of users.
    pub(crate) depth: usize,
}

/// A row of the registry, to which [`traits!`] adds the id.
pub(crate) const fn row(form: Form, place: Place) -> Row {
    Row {
        id: "",
        form,
        place,
        excludes: &[],
        exclusive: false,
        changes: &[],
        implied: &[],
        botocore: None,
        prose: Prose::None,
        #[cfg(test)]
        reads: |_| false,
    }
}

impl Row {
    /// These traits cannot stand beside it (`conflicts` of its definition).
    pub(crate) const fn excludes(self, excludes: &'static [&'static str]) -> Self {
        Self { excludes, ..self }
    }

    /// Only one member of a structure can have it (`structurallyExclusive` of its definition).
    pub(crate) const fn exclusive(self) -> Self {
        Self {
            exclusive: true,
            ..self
        }
    }

    /// `diff` judges these changes of it (`breakingChanges` of its definition).
    pub(crate) const fn changes(self, changes: &'static [Change]) -> Self {
        Self { changes, ..self }
    }

    /// These keys mean the same, written or not, if they have these values.
    pub(crate) const fn implies(
        self,
        implied: &'static [(&'static str, Option<&'static str>)],
    ) -> Self {
        Self { implied, ..self }
    }

    /// botocore's format expresses it.
    pub(crate) const fn botocore(self, coverage: Coverage) -> Self {
        self.botocore_like(coverage, |existing, botocore| existing == botocore)
    }

    /// botocore's format expresses a part of it, which `same` compares with an existing value.
    pub(crate) const fn botocore_like(
        self,
        coverage: Coverage,
        same: fn(&Node, &Node) -> bool,
    ) -> Self {
        Self {
            botocore: Some(Botocore { coverage, same }),
            ..self
        }
    }

    /// Its value has prose.
    pub(crate) const fn prose(self, prose: Prose) -> Self {
        Self { prose, ..self }
    }

    /// Its value has prose under these keys, so many objects deep, all of which can be left out.
    pub(crate) const fn prose_in(self, optional: &'static [&'static str], depth: usize) -> Self {
        self.prose(Prose::Keys(ProseKeys {
            optional,
            required: &[],
            depth,
        }))
    }
}

/// Declares traits. Each line makes a constant, by which the trait's value is read, and a row of
/// the module's `ROWS`.
macro_rules! traits {
    ($($(#[$doc:meta])* $name:ident: $value:ty = $id:literal => $row:expr;)+) => {
        $(
            $(#[$doc])*
            pub const $name: $crate::traits::reader::Trait<$value> =
                $crate::traits::reader::Trait::new($id);
        )+

        pub(super) const ROWS: &[$crate::traits::row::Row] = &[
            $($crate::traits::row::Row {
                id: $id,
                #[cfg(test)]
                reads: |node| <$value as $crate::traits::reader::TraitValue>::read(node).is_some(),
                ..$row
            }),+
        ];
    };
}

pub(crate) use traits;
