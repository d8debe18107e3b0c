//! Methods of operations with pages.

/// Implements `pages`, and `items` if it is listed, for the builder of an operation that was
/// created by a client. The crate has a feature `client`.
///
/// ```text
/// rt::pages!(ListAppBundles with items);
/// rt::pages!(ListIngestions requires [app_bundle_identifier] with items);
/// ```
///
/// `requires` lists the same members as the call of [`builder!`](crate::builder), and a call can
/// start with the same clauses `in` and `when`.
#[allow(clippy::crate_in_macro_def)] // The client is that of the crate that uses the macro.
#[macro_export]
macro_rules! pages {
    (in [$($root:ident)+], when [$($when:tt)*], $operation:ident $(with $items:ident)?) => {
        #[cfg($($when)*)]
        impl<S> Builder<$($root)::+::Client, S> {
            $crate::pages!(@pages $operation, [S: $crate::build::Complete]);
            $($crate::pages!(@$items $operation, [S: $crate::build::Complete]);)?
        }
    };
    (
        in [$($root:ident)+], when [$($when:tt)*],
        $operation:ident requires [$($member:ident),+] $(with $items:ident)?
    ) => {
        $crate::pages!(
            @methods [$($root)+], [$($when)*], $operation, [$($member)+],
            [$($member: $crate::build::IsSet),+], pages $($items)?
        );
    };
    (
        @methods [$($root:ident)+], [$($when:tt)*], $operation:ident, [$($member:ident)+], $complete:tt, $($method:ident)+
    ) => {
        #[cfg($($when)*)]
        #[allow(non_camel_case_types)] // The states have the names of their members.
        impl<$($member),+> Builder<$($root)::+::Client, $crate::builder!(@tuple $($member)+)> {
            $($crate::pages!(@$method $operation, $complete);)+
        }
    };
    (@pages $operation:ident, [$($complete:tt)+]) => {
        /// A stream of the pages, starting with the page that the input selects. Each page is
        /// requested when it is polled for.
        pub fn pages(self) -> $crate::client::Pages<$operation>
        where
            $($complete)+
        {
            self.via.pages(self.value)
        }
    };
    (@items $operation:ident, [$($complete:tt)+]) => {
        /// A stream of the items of all pages, starting with the page that the input selects. Each
        /// page is requested when its first item is polled for.
        pub fn items(self) -> $crate::client::Items<$operation>
        where
            $($complete)+
        {
            self.pages().items()
        }
    };
    ($operation:ident $($rest:tt)*) => {
        $crate::pages!(in [crate], when [feature = "client"], $operation $($rest)*);
    };
}
