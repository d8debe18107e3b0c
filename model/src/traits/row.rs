//! What is known of a trait, in one row.

use super::change::Change;
use super::form::Form;
use super::place::Place;
use crate::shapes::shape::Traits;
use crate::syntax::node::Node;
use crate::syntax::source::Span;
use crate::traits::values::fields::Spanned;
use std::fmt;
use std::marker::PhantomData;

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

/// A trait whose value reads as `T`.
///
/// ```
/// use smithy_model::traits::{HTTP_HEADER, REQUIRED};
/// use smithy_model::{Sources, load};
///
/// let mut sources = Sources::new();
/// sources.add(
///     "model.json",
///     r#"{"smithy": "2.0", "shapes": {"example#Input": {"type": "structure", "members": {
///         "etag": {
///             "target": "smithy.api#String",
///             "traits": {"smithy.api#httpHeader": "ETag"}
///         }
///     }}}}"#,
/// );
/// let model = load(&sources).model;
/// let etag = model.shapes["example#Input"].member("etag").unwrap();
/// assert_eq!(HTTP_HEADER.of(&etag.traits), Some("ETag"));
/// assert!(!REQUIRED.is_on(&etag.traits));
/// ```
pub struct Trait<T: ?Sized> {
    id: &'static str,
    value: PhantomData<T>,
}

impl<T: ?Sized> Clone for Trait<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Trait<T> {}

/// How the value of a trait reads.
pub trait TraitValue {
    /// The value, which may borrow from the model.
    type Read<'a>;

    /// Reads a value. `None` if it does not have the form that loading a model checks.
    fn read(node: &Node) -> Option<Self::Read<'_>>;
}

impl<T: TraitValue + ?Sized> Trait<T> {
    /// The value that a shape or member has. `None` if it lacks the trait, or if the value does not
    /// have the trait's form, which loading the model has reported.
    pub fn of<'a>(&self, traits: &'a Traits) -> Option<T::Read<'a>> {
        self.node(traits).and_then(T::read)
    }

    /// The value, and where it stands.
    pub fn spanned<'a>(&self, traits: &'a Traits) -> Option<Spanned<T::Read<'a>>> {
        let node = self.node(traits)?;
        let value = T::read(node)?;
        Some(Spanned {
            value,
            span: node.span,
        })
    }

    /// Reads a value of the trait.
    pub fn read<'a>(&self, node: &'a Node) -> Option<T::Read<'a>> {
        T::read(node)
    }
}

impl<T: ?Sized> Trait<T> {
    pub(crate) const fn new(id: &'static str) -> Self {
        Self {
            id,
            value: PhantomData,
        }
    }

    /// The absolute shape id.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// Whether a shape or member has the trait.
    pub fn is_on(&self, traits: &Traits) -> bool {
        traits.has(self.id)
    }

    /// The value as it is written.
    pub fn node<'a>(&self, traits: &'a Traits) -> Option<&'a Node> {
        traits.get(self.id)
    }

    /// Where the value stands.
    pub fn span(&self, traits: &Traits) -> Option<Span> {
        self.node(traits).map(|node| node.span)
    }
}

impl<T: ?Sized> fmt::Display for Trait<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// Declares traits. Each line makes a constant, by which the trait's value is read, and a row of
/// the module's `ROWS`.
macro_rules! traits {
    ($($(#[$doc:meta])* $name:ident: $value:ty = $id:literal => $row:expr;)+) => {
        $(
            $(#[$doc])*
            pub const $name: $crate::traits::row::Trait<$value> =
                $crate::traits::row::Trait::new($id);
        )+

        pub(super) const ROWS: &[$crate::traits::row::Row] = &[
            $($crate::traits::row::Row {
                id: $id,
                #[cfg(test)]
                reads: |node| <$value as $crate::traits::row::TraitValue>::read(node).is_some(),
                ..$row
            }),+
        ];
    };
}

pub(crate) use traits;
