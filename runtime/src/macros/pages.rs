//! Methods of operations with pages.

/// Implements `pages`, and `items` if it is listed, for the builder of an operation that was
/// created by a client. The crate has a feature `client`.
///
/// ```text
/// rt::pages!(ListAppBundles with items);
/// ```
///
/// A call can start with the clauses `in` and `when` of [`builder!`](crate::builder).
#[allow(clippy::crate_in_macro_def)] // The client is that of the crate that uses the macro.
#[macro_export]
macro_rules! pages {
    ($operation:ident $(with $items:ident)?) => {
        $crate::pages!(in [crate], when [feature = "client"], $operation $(with $items)?);
    };
    (in [$($root:ident)+], when [$($when:tt)*], $operation:ident $(with $items:ident)?) => {
        #[cfg($($when)*)]
        impl<S> Builder<$($root)::+::Client, S> {
            /// A stream of the pages, starting with the page that the input selects. Each page is
            /// requested when it is polled for.
            pub fn pages(self) -> $crate::client::Pages<$operation>
            where
                S: $crate::build::Complete,
            {
                self.via.pages(self.value)
            }

            $(
                /// A stream of the items of all pages, starting with the page that the input
                /// selects. Each page is requested when its first item is polled for.
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
