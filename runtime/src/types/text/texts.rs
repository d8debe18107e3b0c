//! The text forms of a member with several values.

use crate::types::text::scalar::Text;
use std::borrow::Cow;

/// The value of a member that is bound to the query string or a header: a scalar, a list of
/// scalars, or an `Option` of either.
pub trait Texts {
    /// Whether items of a header list may need quotes.
    const QUOTED: bool;

    /// The text of each item. `None` means that the member has no value; an empty list is a value.
    fn texts(&self) -> Option<impl Iterator<Item = Cow<'_, str>>>;

    /// Whether services can read all of the texts. False for timestamps outside the years 1 to
    /// 9999.
    #[doc(hidden)]
    fn are_in_range(&self) -> bool;
}

impl<T: Text> Texts for T {
    // Only the items of a list need quotes.
    const QUOTED: bool = false;

    fn texts(&self) -> Option<impl Iterator<Item = Cow<'_, str>>> {
        Some(std::iter::once(self.text()))
    }

    fn are_in_range(&self) -> bool {
        self.is_in_range()
    }
}

impl<T: Texts> Texts for Option<T> {
    const QUOTED: bool = T::QUOTED;

    fn texts(&self) -> Option<impl Iterator<Item = Cow<'_, str>>> {
        self.as_ref().and_then(T::texts)
    }

    fn are_in_range(&self) -> bool {
        self.as_ref().is_none_or(T::are_in_range)
    }
}

impl<T: Text> Texts for Vec<T> {
    const QUOTED: bool = T::QUOTED;

    fn texts(&self) -> Option<impl Iterator<Item = Cow<'_, str>>> {
        Some(self.iter().map(T::text))
    }

    fn are_in_range(&self) -> bool {
        self.iter().all(T::is_in_range)
    }
}

/// A sparse list, whose null items are left out.
impl<T: Text> Texts for Vec<Option<T>> {
    const QUOTED: bool = T::QUOTED;

    fn texts(&self) -> Option<impl Iterator<Item = Cow<'_, str>>> {
        Some(self.iter().flatten().map(T::text))
    }

    fn are_in_range(&self) -> bool {
        self.iter().flatten().all(T::is_in_range)
    }
}

impl<T: Text> Texts for &Vec<T> {
    const QUOTED: bool = T::QUOTED;

    fn texts(&self) -> Option<impl Iterator<Item = Cow<'_, str>>> {
        Some(self.iter().map(T::text))
    }

    fn are_in_range(&self) -> bool {
        self.iter().all(T::is_in_range)
    }
}

/// The first text of a member, or a fallback if the member is absent or empty.
pub fn or<'a, T: Texts>(value: &'a T, fallback: &'static str) -> Cow<'a, str> {
    let text = value.texts().and_then(|mut texts| texts.next());
    text.filter(|text| !text.is_empty())
        .unwrap_or(Cow::Borrowed(fallback))
}
