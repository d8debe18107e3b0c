//! Operations that answer in pages (Smithy, *Behavior traits*, paginated trait).

use crate::operation::operation_trait::Operation;

/// An operation that answers in pages. Each but the last holds a token that asks for the next one.
pub trait Paginated: Operation + Clone {
    /// The token.
    type Token: Clone + PartialEq;

    /// The token of the input: which page to ask for.
    fn token(&mut self) -> &mut Option<Self::Token>;

    /// The token of the next page; `None` after the last one, when it is missing or empty.
    fn next_token(output: &Self::Output) -> Option<&Self::Token>;
}

/// An operation whose pages are lists or maps of items, and little else.
pub trait PaginatedItems: Paginated {
    /// The items of a page.
    type Items: IntoIterator;

    /// The items of a page; `None` if it has none.
    fn items(output: Self::Output) -> Option<Self::Items>;
}

/// Gives an operation's builder `pages`, and `items` if so said, where a client started it. The
/// crate has the feature `client`.
///
/// ```text
/// rt::pages!(ListAppBundles with items);
/// ```
#[allow(clippy::crate_in_macro_def)] // The client is that of the crate that uses the macro.
#[macro_export]
macro_rules! pages {
    ($operation:ident $(with $items:ident)?) => {
        #[cfg(feature = "client")]
        impl<S> Builder<crate::Client, S> {
            /// Every page, from the one that this asks for. A stream: nothing is sent before it is
            /// asked for a page.
            pub fn pages(self) -> $crate::client::Pages<$operation>
            where
                S: $crate::build::Complete,
            {
                self.via.pages(self.value)
            }

            $(
                /// The items of every page, from the one that this asks for. A stream: nothing is
                /// sent before it is asked for an item.
                pub fn $items(self) -> $crate::client::Items<$operation>
                where
                    S: $crate::build::Complete,
                {
                    self.pages().items()
                }
            )?
        }
    };
}
