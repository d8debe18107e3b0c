//! Maps that are bound to the query string or to headers.

use crate::http_binding::request::encoding::push_pairs;
use crate::types::text::scalar::Text;
use crate::types::text::texts::Texts;
use std::collections::BTreeMap;

/// A map that is bound by
/// `httpQueryParams`, with scalars or lists of scalars as values, or an `Option` of such a map.
pub trait QueryMap {
    /// Appends encoded `name=value` pairs.
    #[doc(hidden)]
    fn push_pairs(&self, query: &mut String);
}

impl<K: Text, V: Texts> QueryMap for BTreeMap<K, V> {
    fn push_pairs(&self, query: &mut String) {
        for (name, value) in self {
            push_pairs(query, &name.text(), value);
        }
    }
}

impl<T: QueryMap> QueryMap for Option<T> {
    fn push_pairs(&self, query: &mut String) {
        if let Some(map) = self {
            map.push_pairs(query);
        }
    }
}

/// A map that is bound by `httpPrefixHeaders`, or an `Option` of such a map.
pub trait PrefixHeaders {
    /// The type of the keys.
    type Key: Text;
    /// The type of the values.
    type Value: Text;

    /// The entries; empty for `None`.
    fn entries(&self) -> impl Iterator<Item = (&Self::Key, &Self::Value)>;
}

impl<K: Text, V: Text> PrefixHeaders for BTreeMap<K, V> {
    type Key = K;
    type Value = V;

    fn entries(&self) -> impl Iterator<Item = (&K, &V)> {
        self.iter()
    }
}

impl<T: PrefixHeaders> PrefixHeaders for Option<T> {
    type Key = T::Key;
    type Value = T::Value;

    fn entries(&self) -> impl Iterator<Item = (&T::Key, &T::Value)> {
        self.iter().flat_map(T::entries)
    }
}
