//! Operations with pages (Smithy, *Behavior traits*, paginated trait).

use crate::operation::operation_trait::Operation;

/// An operation with pages. Each page except the last one has a token for the next page.
pub trait Paginated: Operation + Clone {
    /// The type of the token.
    type Token: Clone + PartialEq;

    /// The token of the input, which selects a page.
    fn token(&mut self) -> &mut Option<Self::Token>;

    /// The token of the next page; `None` if it is missing or empty, as in the last page.
    fn next_token(output: &Self::Output) -> Option<&Self::Token>;
}

/// An operation whose pages are lists or maps of items.
pub trait PaginatedItems: Paginated {
    /// The type of the items of a page.
    type Items: IntoIterator;

    /// The items of a page; `None` if the member is absent.
    fn items(output: Self::Output) -> Option<Self::Items>;
}
