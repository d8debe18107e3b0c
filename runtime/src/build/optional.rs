//! Arguments of setters.

use std::collections::BTreeMap;

/// Marks conversions from a plain value.
#[derive(Debug)]
pub struct Plain;

/// Marks conversions from an `Option`.
#[derive(Debug)]
pub struct Maybe;

/// The argument of an optional member's setter: a value that converts into `T`, or an `Option` of
/// such a value. `M` is inferred.
pub trait IntoOptional<T, M> {
    /// Converts to the value of the member.
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

/// The argument of an optional list's setter: an iterator of values that convert into `T`, or an
/// `Option` of such an iterator. `M` is inferred.
pub trait IntoOptionalList<T, M> {
    /// Converts to the value of the member.
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

/// The argument of an optional map's setter: an iterator of pairs that convert into `K` and `V`, or
/// an `Option` of such an iterator. `M` is inferred.
pub trait IntoOptionalMap<K, V, M> {
    /// Converts to the value of the member.
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
