//! The part of a builder that is the same for every structure.

/// Declares a structure's builder: the type, where it starts, how it ends. The setters are the
/// structure's own.
///
/// ```text
/// rt::builder!(Tenant from blank, requires [tenant_display_name, tenant_identifier]);
/// rt::builder!(CreateAppBundle from default, answers CreateAppBundleOutput);
/// rt::builder!(UploadArchive from default, without Clone, answers UploadArchiveOutput);
/// ```
///
/// It gives
///
/// - `Tenant::builder()`, starting with the value of `Tenant::blank()` or `Tenant::default()`,
///   whichever is named;
/// - `struct Builder<S>`, whose state `S` is a tuple with one type per required member, in order:
///   the member's marker in `mod missing` until it is set, then [`Set`](crate::build::Set); with
///   more than 16 members the last element is [`More`](crate::build::More), which holds a tuple of
///   those from the 16th on;
/// - `build`, for a state that is [`Complete`](crate::build::Complete);
/// - `with` for setters, private: it changes the value, and the state to what the setter says it
///   returns.
///
/// `without Clone` is for a value that cannot be cloned, since a member is a stream. With
/// `answers`, for an operation, it is `Builder<Via, S>`, where `Via` tells who started it. One that
/// a client started (`via`) has `send` and `presigned`, too, if the crate has its feature `client`.
#[allow(clippy::crate_in_macro_def)] // The client and the error are those of the crate that uses the macro.
#[macro_export]
macro_rules! builder {
    ($value:ident from $start:ident $(, requires [$($member:ident),+])? $(, without $without:ident)?) => {
        $crate::builder!(@missing $($($member)+)?);

        impl $value {
            #[doc = $crate::builder!(@docs $($($member)+)?)]
            pub fn builder() -> Builder {
                Builder { value: Self::$start(), state: ::std::marker::PhantomData }
            }
        }

        #[doc = concat!("Builds [`", stringify!($value), "`]: setters in any order, then `build`.")]
        ///
        /// `S` has a type per required member, `Set` once its setter was called.
        #[must_use = "a builder does nothing until it is built"]
        pub struct Builder<S = $crate::builder!(@state $($($member)+)?)> {
            value: $value,
            state: ::std::marker::PhantomData<S>,
        }

        $crate::builder!(@clone $($without)?);

        /// Shows what is set so far.
        impl<S> ::std::fmt::Debug for Builder<S> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_tuple("Builder").field(&self.value).finish()
            }
        }

        impl<S> Builder<S> {
            /// The finished value.
            pub fn build(self) -> $value
            where
                S: $crate::build::Complete,
            {
                self.value
            }

            fn with<N>(mut self, set: impl FnOnce(&mut $value)) -> Builder<N> {
                set(&mut self.value);
                Builder { value: self.value, state: ::std::marker::PhantomData }
            }
        }
    };
    (
        $value:ident from $start:ident $(, requires [$($member:ident),+])? $(, without $without:ident)?, answers $output:ident
    ) => {
        $crate::builder!(@missing $($($member)+)?);

        impl $value {
            #[doc = $crate::builder!(@docs $($($member)+)?)]
            pub fn builder() -> Builder {
                Builder { via: (), value: Self::$start(), state: ::std::marker::PhantomData }
            }

            #[cfg(feature = "client")]
            pub(crate) fn via(client: &crate::Client) -> Builder<crate::Client> {
                Builder { via: client.clone(), value: Self::$start(), state: ::std::marker::PhantomData }
            }
        }

        #[doc = concat!("Builds [`", stringify!($value), "`]: setters in any order, then `build` or `send`.")]
        ///
        /// `Via` is the client that started it, or nothing. `S` has a type per required member,
        /// `Set` once its setter was called.
        #[must_use = "a builder does nothing until it is built or sent"]
        pub struct Builder<Via = (), S = $crate::builder!(@state $($($member)+)?)> {
            via: Via,
            value: $value,
            state: ::std::marker::PhantomData<S>,
        }

        $crate::builder!(@clone Via $($without)?);

        /// Shows what is set so far.
        impl<Via, S> ::std::fmt::Debug for Builder<Via, S> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_tuple("Builder").field(&self.value).finish()
            }
        }

        impl<Via, S> Builder<Via, S> {
            /// The finished value.
            pub fn build(self) -> $value
            where
                S: $crate::build::Complete,
            {
                self.value
            }

            fn with<N>(mut self, set: impl FnOnce(&mut $value)) -> Builder<Via, N> {
                set(&mut self.value);
                Builder { via: self.via, value: self.value, state: ::std::marker::PhantomData }
            }
        }

        #[cfg(feature = "client")]
        impl<S> Builder<crate::Client, S> {
            /// Sends the request and waits for the answer.
            ///
            /// # Errors
            ///
            /// What the service answered, or why there is no answer.
            // A boxed future, since a missing member is then one error and not three.
            pub fn send(self) -> $crate::client::Reply<$output, crate::Error>
            where
                S: $crate::build::Complete,
            {
                ::std::boxed::Box::pin(async move { self.via.send(&self.value).await })
            }

            /// The request, signed for whoever sends it within the time, from 1 second to 7 days.
            ///
            /// # Errors
            ///
            /// A member cannot go where it is bound, the body is a stream, there are no
            /// credentials, or the time is too short or too long.
            pub fn presigned(
                self,
                expires_in: ::std::time::Duration,
            ) -> $crate::client::Reply<$crate::http::Request<$crate::Bytes>, crate::Error>
            where
                S: $crate::build::Complete,
            {
                ::std::boxed::Box::pin(async move { self.via.presigned(&self.value, expires_in).await })
            }
        }
    };
    (@clone) => {
        impl<S> ::std::clone::Clone for Builder<S> {
            fn clone(&self) -> Self {
                Self { value: self.value.clone(), state: ::std::marker::PhantomData }
            }
        }
    };
    (@clone Via) => {
        impl<Via: ::std::clone::Clone, S> ::std::clone::Clone for Builder<Via, S> {
            fn clone(&self) -> Self {
                Self { via: self.via.clone(), value: self.value.clone(), state: ::std::marker::PhantomData }
            }
        }
    };
    (@clone Clone) => {};
    (@clone Via Clone) => {};
    (@missing) => {};
    (@missing $($member:ident)+) => {
        #[allow(non_camel_case_types, unreachable_pub, missing_docs)]
        mod missing {
            $(
                #[derive(Debug, Clone, Copy)]
                pub enum $member {}
            )+
        }
    };
    (@docs) => { "Starts a builder; nothing is required." };
    (@docs $first:ident $($member:ident)*) => {
        concat!("Starts a builder; required: `", stringify!($first), "`" $(, ", `", stringify!($member), "`")*, ".")
    };
    (@state $a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident $i:ident $j:ident $k:ident $l:ident
        $m:ident $n:ident $o:ident $next:ident $($rest:ident)+) => {
        (
            missing::$a, missing::$b, missing::$c, missing::$d, missing::$e, missing::$f, missing::$g, missing::$h,
            missing::$i, missing::$j, missing::$k, missing::$l, missing::$m, missing::$n, missing::$o,
            $crate::build::More<$crate::builder!(@state $next $($rest)+)>,
        )
    };
    (@state $($member:ident)*) => { ($(missing::$member,)*) };
}
