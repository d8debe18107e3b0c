//! Builders whose `build` compiles once every required member is set.
//!
//! The state of a builder is a tuple with one type per required member: [`Set`], or an empty enum
//! that bears the member's name and is not [`IsSet`] (see [`builder!`](crate::builder)), so that
//! the compiler's message names what is missing. A tuple of which every element is set is
//! [`Complete`].

use std::collections::BTreeMap;

/// The state of a required member that has its value.
#[derive(Debug, Clone, Copy)]
pub struct Set;

/// The state of one required member that has its value.
#[diagnostic::on_unimplemented(
    message = "the required member `{Self}` is not set",
    label = "its setter has to be called before this",
    note = "a builder's `build` and `send` exist once every required member has a value"
)]
pub trait IsSet {}

impl IsSet for Set {}

/// The states beyond the fifteenth, as the last element of a tuple of sixteen.
#[derive(Debug)]
pub struct More<T>(std::marker::PhantomData<T>);

impl<T: Complete> IsSet for More<T> {}

/// The state of a builder in which nothing required is missing.
pub trait Complete {}

macro_rules! complete {
    ($($state:ident)*) => {
        impl<$($state: IsSet),*> Complete for ($($state,)*) {}
    };
}

complete!();
complete!(A);
complete!(A B);
complete!(A B C);
complete!(A B C D);
complete!(A B C D E);
complete!(A B C D E F);
complete!(A B C D E F G);
complete!(A B C D E F G H);
complete!(A B C D E F G H I);
complete!(A B C D E F G H I J);
complete!(A B C D E F G H I J K);
complete!(A B C D E F G H I J K L);
complete!(A B C D E F G H I J K L M);
complete!(A B C D E F G H I J K L M N);
complete!(A B C D E F G H I J K L M N O);
complete!(A B C D E F G H I J K L M N O P);

/// Tells [`IntoOptional`] that a value was given as it is.
#[derive(Debug)]
pub struct Plain;

/// Tells [`IntoOptional`] that a value was given as an `Option`.
#[derive(Debug)]
pub struct Maybe;

/// What the setter of an optional member takes: a value that converts into `T`, or an `Option` of
/// one. `M` is inferred.
pub trait IntoOptional<T, M> {
    /// The member's new value.
    fn into_optional(self) -> Option<T>;
}

impl<T, U: Into<T>> IntoOptional<T, Plain> for U {
    fn into_optional(self) -> Option<T> {
        Some(self.into())
    }
}

impl<T, U: Into<T>> IntoOptional<T, Maybe> for Option<U> {
    fn into_optional(self) -> Option<T> {
        self.map(Into::into)
    }
}

/// What the setter of an optional list takes: anything that iterates over values that convert into
/// `T`, or an `Option` of it. `M` is inferred.
pub trait IntoOptionalList<T, M> {
    /// The member's new value.
    fn into_optional(self) -> Option<Vec<T>>;
}

impl<T, I: IntoIterator<Item: Into<T>>> IntoOptionalList<T, Plain> for I {
    fn into_optional(self) -> Option<Vec<T>> {
        Some(self.into_iter().map(Into::into).collect())
    }
}

impl<T, I: IntoIterator<Item: Into<T>>> IntoOptionalList<T, Maybe> for Option<I> {
    fn into_optional(self) -> Option<Vec<T>> {
        self.map(|items| items.into_iter().map(Into::into).collect())
    }
}

/// What the setter of an optional map takes: anything that iterates over pairs that convert into
/// `K` and `V`, or an `Option` of it. `M` is inferred.
pub trait IntoOptionalMap<K, V, M> {
    /// The member's new value.
    fn into_optional(self) -> Option<BTreeMap<K, V>>;
}

impl<K: Ord, V, A: Into<K>, B: Into<V>, I: IntoIterator<Item = (A, B)>>
    IntoOptionalMap<K, V, (Plain, A, B)> for I
{
    fn into_optional(self) -> Option<BTreeMap<K, V>> {
        Some(
            self.into_iter()
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
        )
    }
}

impl<K: Ord, V, A: Into<K>, B: Into<V>, I: IntoIterator<Item = (A, B)>>
    IntoOptionalMap<K, V, (Maybe, A, B)> for Option<I>
{
    fn into_optional(self) -> Option<BTreeMap<K, V>> {
        self.and_then(IntoOptionalMap::<K, V, (Plain, A, B)>::into_optional)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text<M>(value: impl IntoOptional<String, M>) -> Option<String> {
        value.into_optional()
    }

    fn list<M>(value: impl IntoOptionalList<String, M>) -> Option<Vec<String>> {
        value.into_optional()
    }

    fn map<M>(value: impl IntoOptionalMap<String, i64, M>) -> Option<BTreeMap<String, i64>> {
        value.into_optional()
    }

    #[test]
    fn optional_members_take_a_value_or_an_option() {
        assert_eq!(text("a"), Some("a".to_owned()));
        assert_eq!(text("a".to_owned()), Some("a".to_owned()));
        assert_eq!(text(Some("a")), Some("a".to_owned()));
        assert_eq!(text(None::<String>), None);
    }

    #[test]
    fn optional_lists_and_maps_take_anything_that_iterates() {
        let two = Some(vec!["a".to_owned(), "b".to_owned()]);
        assert_eq!(list(["a", "b"]), two);
        assert_eq!(list(vec!["a", "b"]), two);
        assert_eq!(list(Some(["a", "b"])), two);
        assert_eq!(list(None::<Vec<String>>), None);
        let one = Some(BTreeMap::from([("a".to_owned(), 1)]));
        assert_eq!(map([("a", 1)]), one);
        assert_eq!(map(Some([("a", 1i32)])), one);
        assert_eq!(map(one.clone()), one);
        assert_eq!(map(None::<BTreeMap<String, i64>>), None);
    }
}
