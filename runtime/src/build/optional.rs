//! Arguments of setters of optional members.
//!
//! Each setter takes a value or an `Option` of a value. `None` alone does not tell which of the
//! accepted types it is an `Option` of: write `None::<T>`, or do not call the setter.

use std::collections::BTreeMap;

/// Marks conversions from a plain value.
#[derive(Debug)]
pub struct Plain;

/// Marks conversions from an `Option`.
#[derive(Debug)]
pub struct Maybe;

/// The argument of an optional member's setter: a value that converts into `T`, or an `Option` of
/// such a value. `M` is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not accepted for an optional `{T}`",
    label = "expected a value that converts into `{T}`, or an `Option` of one"
)]
pub trait IntoOptional<T, M> {
    /// Converts to the value of the member.
    fn into_optional(self) -> Option<T>;
}

#[diagnostic::do_not_recommend]
impl<T, U: Into<T>> IntoOptional<T, Plain> for U {
    fn into_optional(self) -> Option<T> {
        Some(self.into())
    }
}

#[diagnostic::do_not_recommend]
impl<T, U: Into<T>> IntoOptional<T, Maybe> for Option<U> {
    fn into_optional(self) -> Option<T> {
        self.map(Into::into)
    }
}

/// The argument of the setter of an optional number, boolean, timestamp, enum or structure: a `T`, a
/// reference to a `T`, which is cloned, or an `Option` of either. There are no conversions, because
/// they would accept mistakes, such as text for an enum. `M` is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not accepted for an optional `{T}`",
    label = "expected `{T}`, `&{T}`, or an `Option` of one"
)]
pub trait IntoOptionalValue<T, M> {
    /// Converts to the value of the member.
    fn into_optional(self) -> Option<T>;
}

#[diagnostic::do_not_recommend]
impl<T, U: ValueOf<T>> IntoOptionalValue<T, Plain> for U {
    fn into_optional(self) -> Option<T> {
        Some(self.value())
    }
}

#[diagnostic::do_not_recommend]
impl<T, U: ValueOf<T>> IntoOptionalValue<T, Maybe> for Option<U> {
    fn into_optional(self) -> Option<T> {
        self.map(ValueOf::value)
    }
}

/// A `T`, or a reference to a `T`, which is cloned.
pub trait ValueOf<T> {
    /// The value.
    fn value(self) -> T;
}

impl<T> ValueOf<T> for T {
    fn value(self) -> T {
        self
    }
}

impl<T: Clone> ValueOf<T> for &T {
    fn value(self) -> T {
        self.clone()
    }
}

/// The argument of an optional list's setter: an iterator of values that convert into `T`, or an
/// `Option` of such an iterator. `M` is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not accepted for an optional list of `{T}`",
    label = "expected an array, a `Vec` or another iterator of values that convert into `{T}`, or an `Option` of one"
)]
pub trait IntoOptionalList<T, M> {
    /// Converts to the value of the member.
    fn into_optional(self) -> Option<Vec<T>>;
}

#[diagnostic::do_not_recommend]
impl<T, I: IntoIterator<Item: Into<T>>> IntoOptionalList<T, Plain> for I {
    fn into_optional(self) -> Option<Vec<T>> {
        Some(self.into_iter().map(Into::into).collect())
    }
}

#[diagnostic::do_not_recommend]
impl<T, I: IntoIterator<Item: Into<T>>> IntoOptionalList<T, Maybe> for Option<I> {
    fn into_optional(self) -> Option<Vec<T>> {
        self.map(|items| items.into_iter().map(Into::into).collect())
    }
}

/// The argument of an optional map's setter: an iterator of pairs that convert into `K` and `V`, or
/// an `Option` of such an iterator. `M` is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not accepted for an optional map from `{K}` to `{V}`",
    label = "expected an array, a map or another iterator of pairs that convert into `{K}` and `{V}`, or an `Option` of one"
)]
pub trait IntoOptionalMap<K, V, M> {
    /// Converts to the value of the member.
    fn into_optional(self) -> Option<BTreeMap<K, V>>;
}

#[diagnostic::do_not_recommend]
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

#[diagnostic::do_not_recommend]
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

    fn number<M>(value: impl IntoOptionalValue<f32, M>) -> Option<f32> {
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
    fn optional_values_are_not_converted_but_cloned() {
        // Literals have the type of the member.
        assert_eq!((number(1.5), number(Some(1.5))), (Some(1.5), Some(1.5)));
        let shared = &1.5;
        assert_eq!(
            (number(shared), number(Some(shared))),
            (Some(1.5), Some(1.5))
        );
        assert_eq!((number(None::<f32>), number(None::<&f32>)), (None, None));
    }

    #[test]
    fn optional_lists_and_maps_take_iterators() {
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
