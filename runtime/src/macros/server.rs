//! The macros that emitted servers use.

/// Declares the error enum of an operation: the errors that the model declares for it, and an
/// internal error.
///
/// ```text
/// operation_errors!(CreateAppBundleError of CreateAppBundle, declares [ConflictException, ..]);
/// ```
///
/// Each name is a variant and a type of the module `types`; `Variant: Type` if they differ.
#[macro_export]
macro_rules! operation_errors {
    ($name:ident of $operation:ident $(, declares [$($variant:ident $(: $shape:ident)?),*])?) => {
        $crate::operation_errors!(@declare $name $operation $($([$variant $($shape)?])*)?);
    };
    (@declare $name:ident $operation:ident $([$variant:ident $($shape:ident)?])*) => {
        #[doc = ::std::concat!("The errors of `", ::std::stringify!($operation), "`.")]
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = ::std::concat!("The error `", ::std::stringify!($variant), "`.")]
                $variant($crate::operation_errors!(@type $variant $($shape)?)),
            )*
            /// An error of the implementation. The response has the status 500 without details; the
            /// log contains the error.
            Failure($crate::BoxError),
        }

        impl $name {
            /// An error of the implementation.
            pub fn internal(error: impl ::std::convert::Into<$crate::BoxError>) -> Self {
                Self::Failure(error.into())
            }
        }

        $(
            impl ::std::convert::From<$crate::operation_errors!(@type $variant $($shape)?)> for $name {
                fn from(error: $crate::operation_errors!(@type $variant $($shape)?)) -> Self {
                    Self::$variant(error)
                }
            }
        )*

        impl $crate::server::ServerError for $name {
            fn internal(error: impl ::std::convert::Into<$crate::BoxError>) -> Self {
                Self::Failure(error.into())
            }

            fn response(&self) -> ::std::option::Option<$crate::server::Response> {
                match self {
                    $(Self::$variant(error) => ::std::option::Option::Some($crate::server::respond(error)),)*
                    Self::Failure(_) => ::std::option::Option::None,
                }
            }

            fn into_internal(self) -> $crate::BoxError {
                match self {
                    Self::Failure(error) => error,
                    #[allow(unreachable_patterns, reason = "an operation may declare no errors")]
                    _ => ::std::convert::Into::into("an error of the model"),
                }
            }
        }
    };
    (@type $variant:ident) => { types::$variant };
    (@type $variant:ident $shape:ident) => { types::$shape };
}

/// Declares `Api`, the list of all operations of the trait `Operations` with their methods.
///
/// ```text
/// server_api! {
///     operations { create_app_bundle: CreateAppBundle, .. }
///     invalid { validation_exception }
/// }
/// ```
///
/// `invalid` names the method that creates the error for a request that violates constraints.
/// Without it, the error is `smithy.framework#ValidationException`.
#[macro_export]
macro_rules! server_api {
    (operations { $($method:ident: $operation:ident),* $(,)? } $(invalid { $invalid:ident })?) => {
        /// The operations of the service, for [`Server`].
        #[derive(Debug)]
        pub struct Api;

        impl<S: Operations> $crate::server::Api<S> for Api {
            fn routes() -> ::std::vec::Vec<$crate::server::Route<S>> {
                ::std::vec![$($crate::server::Route::new::<$operation>(|service, call| {
                    ::std::boxed::Box::pin($crate::server::answer::<S, Self, $operation, _, _, _>(
                        service,
                        call,
                        |service, input, context| async move { <S as Operations>::$method(&service, input, context).await },
                    ))
                })),*]
            }

            fn invalid(service: &S, violations: &$crate::server::Violations) -> $crate::server::Response {
                $crate::server_api!(@invalid service violations $($invalid)?)
            }
        }
    };
    (@invalid $service:ident $violations:ident) => {{
        let _ = $service;
        $crate::server::respond(&$crate::server::FrameworkValidationException($violations))
    }};
    (@invalid $service:ident $violations:ident $invalid:ident) => {
        $crate::server::respond(&Operations::$invalid($service, $violations))
    };
}
