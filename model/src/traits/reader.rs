//! How the values of traits are read.

use crate::shapes::shape::Traits;
use crate::syntax::node::Node;
use crate::syntax::source::Span;
use std::fmt;
use std::marker::PhantomData;

/// The value of a trait, or a part of it, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The part.
    pub value: T,
    /// Where it stands.
    pub span: Span,
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
