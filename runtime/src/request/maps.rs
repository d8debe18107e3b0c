//! Maps that are spread over the query string or the headers.

use super::push_pairs;
use crate::text::{Text, Texts};
use std::collections::BTreeMap;

/// A map that `httpQueryParams` binds: of texts or of lists of them, or an `Option` of one.
pub trait QueryMap {
    /// Appends `name=value` pairs, encoded.
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

/// A map that `httpPrefixHeaders` binds: of texts, or an `Option` of one.
pub trait PrefixHeaders {
    /// The type of the keys.
    type Key: Text;
    /// The type of the values.
    type Value: Text;

    /// The entries; none for `None`.
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
