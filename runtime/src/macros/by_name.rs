//! The macro that declares the operations that can be called by name.

/// Declares the operations of a service that can be called by name: for each, the members of its
/// input and of its output with their names in the model.
///
/// ```text
/// by_name! {
///     INPUT { FIELD: "NAME" required, .. } -> OUTPUT { FIELD: "NAME" METHOD WRITER, .. }
///     ..
/// }
/// ```
///
/// `INPUT` and `OUTPUT` are types of `crate::operations`, and `FIELD` is a field of theirs. A
/// member marked `required` has to be in the JSON of the input. `METHOD WRITER` is for a member
/// whose type has several forms in JSON, such as a timestamp: the method of
/// [`json::Writer`](crate::json::Writer), `member_as` or `optional_as`, and the function that it
/// takes.
///
/// A call can start with `in { ROOT },`, as the clause `in` of [`builder!`](crate::builder).
///
/// The call declares
///
/// - [`Decode`](crate::json::Decode) for each input and [`Encode`](crate::json::Encode) for each
///   output, by the names in the model;
/// - `OPERATIONS`, the list of all operations;
/// - `Client::call`.
#[allow(clippy::crate_in_macro_def)] // The operations are those of the crate that uses the macro.
#[macro_export]
macro_rules! by_name {
    ($($input:ident { $($in:tt)* } -> $output:ident { $($out:tt)* })*) => {
        $crate::by_name!(in { crate }, $($input { $($in)* } -> $output { $($out)* })*);
    };
    (in $root:tt) => {
        $crate::by_name!(@list $root);
    };
    (in $root:tt, $($input:ident { $($in:tt)* } -> $output:ident { $($out:tt)* })*) => {
        $($crate::by_name!(@operation $root $input { $($in)* } -> $output { $($out)* });)*
        $crate::by_name!(@list $root $($root $input)*);
    };
    (
        @operation { $($root:ident)+ }
        $input:ident { $($field:ident : $name:literal $($required:ident)?),* $(,)? }
        -> $output:ident { $($out_field:ident : $out_name:literal $($method:ident $writer:expr)?),* $(,)? }
    ) => {
        impl $crate::json::Decode for $($root)::+::operations::$input {
            fn decode(json: &mut $crate::json::Reader<'_>) -> $crate::json::Result<Self> {
                $crate::by_name!(@decode json $($field $name)*; $($($required $name)?)*)
            }
        }

        impl $crate::json::Encode for $($root)::+::operations::$output {
            fn encode(&self, json: &mut $crate::json::Writer) {
                json.object(|_json| {
                    $($crate::by_name!(@encode _json $out_name, &self.$out_field $(, $method $writer)?);)*
                });
            }
        }
    };
    (@list { $($root:ident)+ } $({ $($of:ident)+ } $input:ident)*) => {
        /// Every operation of the service, with the function that calls it.
        pub const OPERATIONS: &[$crate::by_name::Entry<$($root)::+::Error>] = &[$((
            <$($of)::+::operations::$input as $crate::Operation>::NAME,
            $crate::by_name::call::<$($of)::+::operations::$input>,
        )),*];

        impl $($root)::+::Client {
            /// Calls the operation with this name in the model. The input and the output are JSON
            /// objects.
            ///
            /// Top-level members have their names in the model, wherever they are bound in the
            /// request or response. Members of nested structures have their JSON names. The input
            /// is checked: an unknown member and a missing required member are errors.
            ///
            /// # Errors
            ///
            /// The service has no such operation, the input is not valid, or the call fails.
            pub async fn call(
                &self,
                operation: &str,
                input: &str,
            ) -> ::std::result::Result<::std::string::String, $($root)::+::Error> {
                let call = $crate::by_name::find(OPERATIONS, operation)?;
                call($crate::client::ServiceClient::inner(self), input).await
            }
        }
    };
    (@decode $json:ident ;) => {{
        $json.empty()?;
        Ok(Self::default())
    }};
    (@decode $json:ident $($field:ident $name:literal)+; $($required:ident $needed:literal)*) => {{
        let mut value = $crate::by_name!(@start $($required)*);
        $json.requires(&[$($needed),*]);
        $json.structure(|json, key| match key {
            $($name => json.member(&mut value.$field),)+
            _ => json.other(),
        })?;
        Ok(value)
    }};
    (@start) => { Self::default() };
    (@start $($required:ident)+) => { Self::blank() };
    (@encode $json:ident $name:literal, $value:expr) => { $json.member($name, $value) };
    (@encode $json:ident $name:literal, $value:expr, $method:ident $writer:expr) => {
        $json.$method($name, $value, $writer)
    };
}
