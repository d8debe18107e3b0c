//! Values and their constraints.

use crate::json::codec::to_vec;
use crate::json::encode::Encode;
use crate::json::pointer;
use crate::server::validation::number::{Bound, Number};
use crate::server::validation::pattern::Pattern;
use crate::server::validation::violation::{Violation, Violations};
use crate::types::blob::Blob;
use crate::types::text::scalar::Text;
use std::collections::{BTreeMap, HashSet};
use std::fmt::{self, Write as _};

/// The number of violations that are collected.
const MAX_VIOLATIONS: usize = 100;

/// A value with constraints.
pub trait Validate {
    /// Checks the constraints.
    fn validate(&self, check: &mut Validator);
}

impl<T: Validate> Validate for Box<T> {
    fn validate(&self, check: &mut Validator) {
        T::validate(self, check);
    }
}

/// Collects the violations of an input.
#[derive(Debug, Default)]
pub struct Validator {
    /// The JSON pointer of the current value.
    path: String,
    missing: HashSet<String>,
    violations: Vec<Violation>,
}

impl Validator {
    pub(super) fn new(missing: Vec<String>) -> Self {
        let violations = missing.iter().take(MAX_VIOLATIONS).map(|path| Violation {
            path: path.clone(),
            message: constraint(None, path, "not be null"),
        });
        Self {
            path: String::new(),
            violations: violations.collect(),
            missing: missing.into_iter().collect(),
        }
    }

    pub(super) fn finish(self) -> Result<(), Violations> {
        if self.violations.is_empty() {
            Ok(())
        } else {
            Err(Violations(self.violations))
        }
    }

    /// A member that always has a value. It is not checked if the request lacks it.
    pub fn member<'c, T>(&'c mut self, name: &str, value: &'c T) -> Checked<'c, T> {
        self.child(|path| pointer::push(path, name), Some(value))
    }

    /// A member that can be absent.
    pub fn optional<'c, T>(&'c mut self, name: &str, value: &'c Option<T>) -> Checked<'c, T> {
        self.child(|path| pointer::push(path, name), value.as_ref())
    }

    /// Reports that the current value is not one of an enum.
    #[cold]
    pub fn not_in(&mut self, values: &[&str]) {
        let set = values.join(", ");
        self.violate(None, format_args!("satisfy enum value set: [{set}]"));
    }

    fn child<'c, T>(
        &'c mut self,
        extend: impl FnOnce(&mut String),
        value: Option<&'c T>,
    ) -> Checked<'c, T> {
        let end = self.path.len();
        extend(&mut self.path);
        let value = value.filter(|_| self.missing.is_empty() || !self.missing.contains(&self.path));
        Checked {
            validator: self,
            value,
            end,
        }
    }

    fn is_full(&self) -> bool {
        self.violations.len() >= MAX_VIOLATIONS
    }

    #[cold]
    fn violate(&mut self, length: Option<usize>, must: impl fmt::Display) {
        if !self.is_full() {
            self.violations.push(Violation {
                path: self.path.clone(),
                message: constraint(length, &self.path, must),
            });
        }
    }
}

fn constraint(length: Option<usize>, path: &str, must: impl fmt::Display) -> String {
    let length = length
        .map(|length| format!("with length {length} "))
        .unwrap_or_default();
    format!("Value {length}at '{path}' failed to satisfy constraint: Member must {must}")
}

/// A value whose constraints are checked. Each method checks one and returns the value.
pub struct Checked<'c, T> {
    validator: &'c mut Validator,
    value: Option<&'c T>,
    /// The length of the path without the value.
    end: usize,
}

/// Leaves the value.
impl<T> Drop for Checked<'_, T> {
    fn drop(&mut self) {
        self.validator.path.truncate(self.end);
    }
}

impl<T> fmt::Debug for Checked<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Checked")
            .field(&self.validator.path)
            .finish()
    }
}

impl<T: Validate> Checked<'_, T> {
    /// The constraints of a structure, union or enum.
    pub fn nested(self) -> Self {
        if let Some(value) = self.value {
            value.validate(self.validator);
        }
        self
    }
}

/// A value with a length (Smithy, *Constraint traits*, length trait).
pub trait Length {
    /// The number of Unicode scalar values, bytes, items or entries.
    fn length(&self) -> usize;
}

impl Length for String {
    fn length(&self) -> usize {
        self.chars().count()
    }
}

impl Length for Blob {
    fn length(&self) -> usize {
        self.as_ref().len()
    }
}

impl<T> Length for Vec<T> {
    fn length(&self) -> usize {
        self.len()
    }
}

impl<K, V> Length for BTreeMap<K, V> {
    fn length(&self) -> usize {
        self.len()
    }
}

impl<T: Length> Checked<'_, T> {
    /// A length of at least `min` and at most `max`.
    pub fn length(self, min: usize, max: usize) -> Self {
        self.length_where(
            |length| (min..=max).contains(&length),
            |f| write!(f, "between {min} and {max}, inclusive"),
        )
    }

    /// A length of at least `min`.
    pub fn min_length(self, min: usize) -> Self {
        self.length_where(
            |length| length >= min,
            |f| write!(f, "greater than or equal to {min}"),
        )
    }

    /// A length of at most `max`.
    pub fn max_length(self, max: usize) -> Self {
        self.length_where(
            |length| length <= max,
            |f| write!(f, "less than or equal to {max}"),
        )
    }

    fn length_where(
        self,
        fits: impl FnOnce(usize) -> bool,
        must: impl Fn(&mut String) -> fmt::Result,
    ) -> Self {
        let length = self.value.map(T::length);
        if let Some(length) = length.filter(|length| !fits(*length)) {
            let mut text = String::from("have length ");
            // Writing to a String cannot fail.
            let _ = must(&mut text);
            self.validator.violate(Some(length), text);
        }
        self
    }
}

impl<T: Number> Checked<'_, T> {
    /// A number of at least `min` and at most `max`.
    pub fn range(self, min: impl Into<Bound>, max: impl Into<Bound>) -> Self {
        let (min, max) = (min.into(), max.into());
        let must = format_args!("be between {min} and {max}, inclusive").to_string();
        self.number_where(|value| !value.is_below(min) && !value.is_above(max), &must)
    }

    /// A number of at least `min`.
    pub fn min(self, min: impl Into<Bound>) -> Self {
        let min = min.into();
        let must = format!("be greater than or equal to {min}");
        self.number_where(|value| !value.is_below(min), &must)
    }

    /// A number of at most `max`.
    pub fn max(self, max: impl Into<Bound>) -> Self {
        let max = max.into();
        let must = format!("be less than or equal to {max}");
        self.number_where(|value| !value.is_above(max), &must)
    }

    fn number_where(self, fits: impl FnOnce(&T) -> bool, must: &str) -> Self {
        if self.value.is_some_and(|value| !fits(value)) {
            self.validator.violate(None, must);
        }
        self
    }
}

impl<T: AsRef<str>> Checked<'_, T> {
    /// A text that a pattern matches (Smithy, *Constraint traits*, pattern trait).
    pub fn pattern(self, pattern: &Pattern) -> Self {
        if self
            .value
            .is_some_and(|value| !pattern.matches(value.as_ref()))
        {
            let source = pattern.source();
            let must = format_args!("satisfy regular expression pattern: {source}");
            self.validator.violate(None, must);
        }
        self
    }
}

impl<T: Encode> Checked<'_, Vec<T>> {
    /// A list without equal items (Smithy, *Constraint traits*, uniqueItems trait).
    pub fn unique(self) -> Self {
        let items = self.value.into_iter().flatten();
        let mut found = HashSet::new();
        let encoded = items.map(to_vec);
        if !encoded.into_iter().all(|item| found.insert(item)) {
            self.validator.violate(None, "have unique values");
        }
        self
    }
}

impl<T> Checked<'_, Vec<T>> {
    /// The items of a list.
    pub fn items(self, each: impl for<'i> Fn(Checked<'i, T>) -> Checked<'i, T>) -> Self {
        self.each_item(|item| Some(item), each)
    }

    fn each_item<I>(
        self,
        present: impl Fn(&T) -> Option<&I>,
        each: impl for<'i> Fn(Checked<'i, I>) -> Checked<'i, I>,
    ) -> Self {
        for (index, item) in self.value.into_iter().flatten().enumerate() {
            if self.validator.is_full() {
                break;
            }
            // Writing to a String cannot fail.
            let extend = |path: &mut String| {
                let _ = write!(path, "/{index}");
            };
            drop(each(self.validator.child(extend, present(item))));
        }
        self
    }
}

impl<T> Checked<'_, Vec<Option<T>>> {
    /// The items of a sparse list that are not null.
    pub fn sparse_items(self, each: impl for<'i> Fn(Checked<'i, T>) -> Checked<'i, T>) -> Self {
        self.each_item(Option::as_ref, each)
    }
}

impl<K: Text, V> Checked<'_, BTreeMap<K, V>> {
    /// The keys of a map. A violation has the path of the map.
    pub fn keys(self, each: impl for<'i> Fn(Checked<'i, K>) -> Checked<'i, K>) -> Self {
        for key in self.value.into_iter().flat_map(BTreeMap::keys) {
            if self.validator.is_full() {
                break;
            }
            drop(each(self.validator.child(|_| {}, Some(key))));
        }
        self
    }

    /// The values of a map.
    pub fn values(self, each: impl for<'i> Fn(Checked<'i, V>) -> Checked<'i, V>) -> Self {
        self.each_value(|value| Some(value), each)
    }

    fn each_value<I>(
        self,
        present: impl Fn(&V) -> Option<&I>,
        each: impl for<'i> Fn(Checked<'i, I>) -> Checked<'i, I>,
    ) -> Self {
        for (key, value) in self.value.into_iter().flatten() {
            if self.validator.is_full() {
                break;
            }
            let extend = |path: &mut String| pointer::push(path, &key.text());
            drop(each(self.validator.child(extend, present(value))));
        }
        self
    }
}

impl<K: Text, V> Checked<'_, BTreeMap<K, Option<V>>> {
    /// The values of a sparse map that are not null.
    pub fn sparse_values(self, each: impl for<'i> Fn(Checked<'i, V>) -> Checked<'i, V>) -> Self {
        self.each_value(Option::as_ref, each)
    }
}
