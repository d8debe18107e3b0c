//! The macro that declares the builder of a structure.

/// Declares the builder of a structure: the type, how it starts and how it ends. The setters are
/// written beside the call, since each has a type and documentation of its own.
///
/// ```text
/// builder!(NAME);
/// builder!(NAME, requires [MEMBER, ..], without Clone, returns OUTPUT);
/// ```
///
/// `NAME` is the structure, in the same module. The clauses after it are optional, in this order:
///
/// | clause | meaning |
/// |---|---|
/// | `requires [MEMBER, ..]` | the required members, in the order of the builder's state |
/// | `without Clone` | the structure is not `Clone`, since a member is a stream |
/// | `returns OUTPUT` | the structure is an operation with this output |
///
/// The call declares
///
/// - `NAME::builder()`, which starts with `NAME::default()`, or with `NAME::blank()` if members are
///   required;
/// - `struct Builder<S>`, whose state `S` is a tuple with one type per required member: a marker in
///   `mod missing` until the member is set, then [`Set`](crate::build::Set). With more than 16
///   members the last element is [`More`](crate::build::More), which holds a tuple of those from
///   the 16th on;
/// - `build`, for a state whose members are all `Set`;
/// - the private method `with`, which setters call: it changes the value, and the state to the one
///   in the setter's signature.
///
/// A call that starts with `in [ROOT], when [CONDITION],` is for a module that is not the root of
/// its crate: `ROOT` lists the parts of the path to the module with `Client` and `Error`. Without
/// the two clauses, they are in the root of the crate, and the condition is its feature `client`.
///
/// The builder of an operation is `Builder<Via, S>`, where `Via` is the client that started it, or
/// `()`. If the crate has its feature `client`, `NAME::via(&client)` starts one that has
/// `customize`, `send` and `presigned`, too.
#[allow(clippy::crate_in_macro_def)] // The client and the error are those of the crate that uses the macro.
#[macro_export]
macro_rules! builder {
    ($name:ident $(, requires [$($member:ident),+])? $(, without $without:ident)?) => {
        $crate::builder!(
            @declare $name, [], [$($($member)+)?], [$($without)?],
            "A builder for [`", "`]. Call setters in any order, then `build`.",
            "a builder does nothing until `build` is called"
        );
    };
    (
        $name:ident $(, requires [$($member:ident),+])? $(, without $without:ident)?, returns $output:ident
    ) => {
        $crate::builder!(
            in [crate], when [feature = "client"],
            $name $(, requires [$($member),+])? $(, without $without)?, returns $output
        );
    };
    (
        in [$($root:ident)+], when [$($when:tt)*],
        $name:ident $(, requires [$($member:ident),+])? $(, without $without:ident)?, returns $output:ident
    ) => {
        $crate::builder!(
            @declare $name, [Via via ()], [$($($member)+)?], [$($without)?],
            "A builder for [`", "`]. Call setters in any order, then `send` or `build`.\n\n\
             `Via` is the client that started the builder, or `()`.",
            "a builder does nothing until `send` or `build` is called"
        );

        #[cfg($($when)*)]
        impl $name {
            pub(crate) fn via(client: &$($root)::+::Client) -> Builder<$($root)::+::Client> {
                Builder {
                    via: client.clone(),
                    value: $crate::builder!(@start $($($member)+)?),
                    state: ::std::marker::PhantomData,
                }
            }
        }

        #[cfg($($when)*)]
        impl<S> Builder<$($root)::+::Client, S> {
            /// Changes settings for this operation, such as its time limits, see
            /// [`CallSettings`]($crate::client::CallSettings).
            pub fn customize(
                mut self,
                change: impl ::std::ops::FnOnce($crate::client::CallSettings) -> $crate::client::CallSettings,
            ) -> Self {
                self.via = self.via.customize(change);
                self
            }
        }

        #[cfg($($when)*)]
        #[allow(non_camel_case_types)] // The states have the names of their members.
        impl<$($($member),+)?> Builder<$($root)::+::Client, $crate::builder!(@tuple $($($member)+)?)> {
            /// Sends the request and returns the output.
            ///
            /// # Errors
            ///
            /// The error that the service returned, or the reason why there is no response.
            // A boxed future, since a missing member is then one error and not three.
            pub fn send(self) -> $crate::client::Reply<$output, $($root)::+::Error>
            where
                $($($member: $crate::build::IsSet),+)?
            {
                ::std::boxed::Box::pin(async move { self.via.send(&self.value).await })
            }

            /// Like `send`, but returns the status, headers and request ID of the response as well.
            ///
            /// # Errors
            ///
            /// The error that the service returned, or the reason why there is no response.
            pub fn send_with_metadata(
                self,
            ) -> $crate::client::Reply<($output, $crate::client::ResponseMetadata), $($root)::+::Error>
            where
                $($($member: $crate::build::IsSet),+)?
            {
                ::std::boxed::Box::pin(async move { self.via.send_with_metadata(&self.value).await })
            }

            /// Returns a signed request, which anyone can send for the time `expires_in`, from 1
            /// second to 7 days.
            ///
            /// # Errors
            ///
            /// A member cannot be written where it is bound, the body is a stream, there are no
            /// credentials, or `expires_in` is out of range.
            pub fn presigned(
                self,
                expires_in: ::std::time::Duration,
            ) -> $crate::client::Reply<$crate::http::Request<$crate::Bytes>, $($root)::+::Error>
            where
                $($($member: $crate::build::IsSet),+)?
            {
                ::std::boxed::Box::pin(async move { self.via.presigned(&self.value, expires_in).await })
            }
        }
    };
    (
        @declare $name:ident, [$($Via:ident $via:ident $nobody:expr)?], [$($member:ident)*], [$($without:ident)?],
        $docs:literal, $more:literal, $must_use:literal
    ) => {
        $crate::builder!(@missing $($member)*);

        impl $name {
            #[doc = $crate::builder!(@docs $($member)*)]
            pub fn builder() -> Builder {
                Builder {
                    $($via: $nobody,)?
                    value: $crate::builder!(@start $($member)*),
                    state: ::std::marker::PhantomData,
                }
            }
        }

        #[doc = concat!($docs, stringify!($name), $more)]
        ///
        /// `S` is the state: one type per required member, `Set` once its setter has been called.
        #[must_use = $must_use]
        pub struct Builder<$($Via = (),)? S = $crate::builder!(@state $($member)*)> {
            $($via: $Via,)?
            value: $name,
            state: ::std::marker::PhantomData<S>,
        }

        $crate::builder!(@clone [$($Via $via)?] $($without)?);

        /// Shows the members that are set, and the names of the required members that are not.
        #[allow(non_camel_case_types)] // The states have the names of their members.
        impl<$($Via,)? $($member: $crate::build::MemberState),*> ::std::fmt::Debug
            for Builder<$($Via,)? $crate::builder!(@tuple $($member)*)>
        {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::build::fmt_builder(
                    f,
                    concat!(stringify!($name), "Builder"),
                    &self.value,
                    &[$((stringify!($member), $member::IS_SET)),*],
                )
            }
        }

        #[allow(non_camel_case_types)] // The states have the names of their members.
        impl<$($Via,)? $($member),*> Builder<$($Via,)? $crate::builder!(@tuple $($member)*)> {
            /// Returns the finished value.
            pub fn build(self) -> $name
            where
                $($member: $crate::build::IsSet),*
            {
                self.value
            }
        }

        impl<$($Via,)? S> Builder<$($Via,)? S> {
            fn with<N>(mut self, set: impl FnOnce(&mut $name)) -> Builder<$($Via,)? N> {
                set(&mut self.value);
                Builder {
                    $($via: self.$via,)?
                    value: self.value,
                    state: ::std::marker::PhantomData,
                }
            }
        }
    };
    (@start) => { Self::default() };
    (@start $($member:ident)+) => { Self::blank() };
    (@clone [$($Via:ident $via:ident)?]) => {
        impl<$($Via: ::std::clone::Clone,)? S> ::std::clone::Clone for Builder<$($Via,)? S> {
            fn clone(&self) -> Self {
                Self {
                    $($via: self.$via.clone(),)?
                    value: self.value.clone(),
                    state: ::std::marker::PhantomData,
                }
            }
        }
    };
    (@clone [$($Via:ident $via:ident)?] Clone) => {};
    (@missing) => {};
    (@missing $($member:ident)+) => {
        #[allow(non_camel_case_types, unreachable_pub, missing_docs)]
        mod missing {
            $(
                #[derive(Debug, Clone, Copy)]
                pub enum $member {}

                impl $crate::build::MemberState for $member {
                    const IS_SET: ::std::primitive::bool = false;
                }
            )+
        }
    };
    (@docs) => { "Returns a builder. No member is required." };
    (@docs $first:ident $($member:ident)*) => {
        concat!("Returns a builder. Required: `", stringify!($first), "`" $(, ", `", stringify!($member), "`")*, ".")
    };
    (@state $($member:ident)*) => { $crate::builder!(@tuple $((missing::$member))*) };
    (@tuple $a:tt $b:tt $c:tt $d:tt $e:tt $f:tt $g:tt $h:tt $i:tt $j:tt $k:tt $l:tt $m:tt $n:tt $o:tt $next:tt $($rest:tt)+) => {
        (
            $a, $b, $c, $d, $e, $f, $g, $h, $i, $j, $k, $l, $m, $n, $o,
            $crate::build::More<$crate::builder!(@tuple $next $($rest)+)>,
        )
    };
    (@tuple $($state:tt)*) => { ($($state,)*) };
}
