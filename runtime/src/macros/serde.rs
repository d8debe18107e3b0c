//! The macro that implements serde's traits for the types of a service.

/// Implements `Serialize` and `Deserialize` of serde for types of a service.
///
/// ```text
/// serde! {
///     structure MODULE::NAME { FIELD: "MEMBER" required, .. }
///     union MODULE::NAME { VARIANT: "MEMBER" unit, .. }
///     string_enums MODULE { NAME, .. }
///     int_enums MODULE { NAME, .. }
///     ..
/// }
/// ```
///
/// `MODULE` is `types` or `operations`, which the caller imports. `MEMBER` is the name in the model.
/// A member marked `required` has to be in what is read, and a variant marked `unit` has no value.
/// Each structure has a `blank` if members are required, else a `Default`. Each union has
/// `Unknown(UnknownMember)`. The enums were declared by [`open_string_enum!`](crate::open_string_enum)
/// and [`open_int_enum!`](crate::open_int_enum).
#[macro_export]
macro_rules! serde {
    ($($kind:ident $module:ident $(:: $name:ident)? { $($body:tt)* })*) => {
        $($crate::serde!(@$kind $module $($name)? { $($body)* });)*
    };
    (
        @structure $module:ident $name:ident { $($field:ident : $member:literal $($required:ident)?),* $(,)? }
    ) => {
        impl $crate::serde::Structure for $module::$name {
            const NAME: &'static str = ::std::stringify!($name);
            const MEMBERS: &'static [&'static str] = &[$($member),*];
            const REQUIRED: &'static [&'static str] = &[$($($crate::serde!(@first $member $required),)?)*];

            fn start() -> Self {
                $crate::serde!(@start $($($required)?)*)
            }

            fn count(&self) -> usize {
                0 $(+ usize::from(!$crate::serde::Value::is_absent(&self.$field)))*
            }

            fn write_members<S: $crate::serde::serde_core::ser::SerializeStruct>(
                &self,
                _members: &mut $crate::serde::Members<S>,
            ) -> ::std::result::Result<(), S::Error> {
                $(_members.member($member, &self.$field)?;)*
                ::std::result::Result::Ok(())
            }

            fn read_member<'de, D: $crate::serde::serde_core::Deserializer<'de>>(
                &mut self,
                name: &str,
                _from: D,
            ) -> ::std::result::Result<(), D::Error> {
                match name {
                    $($member => $crate::serde::read_field(&mut self.$field, _from),)*
                    _ => ::std::result::Result::Ok(()),
                }
            }
        }

        $crate::serde!(@traits $module $name write_structure read_structure read_boxed_structure);
    };
    (
        @union $module:ident $name:ident { $($variant:ident : $member:literal $($unit:ident)?),* $(,)? }
    ) => {
        impl $crate::serde::Union for $module::$name {
            const NAME: &'static str = ::std::stringify!($name);

            fn unknown(&self) -> ::std::option::Option<&$crate::UnknownMember> {
                #[allow(unreachable_patterns, reason = "a union can have no members")]
                match self {
                    Self::Unknown(member) => ::std::option::Option::Some(member),
                    _ => ::std::option::Option::None,
                }
            }

            fn of_unknown(member: $crate::UnknownMember) -> Self {
                Self::Unknown(member)
            }

            fn write_member<S: $crate::serde::serde_core::ser::SerializeMap>(
                &self,
                _to: &mut S,
            ) -> ::std::result::Result<(), S::Error> {
                match self {
                    $(
                        $crate::serde!(@pattern $variant value $($unit)?) => {
                            _to.serialize_entry($member, &$crate::serde!(@written value $($unit)?))
                        }
                    )*
                    Self::Unknown(_) => ::std::result::Result::Ok(()),
                }
            }

            fn read_member<'de, D: $crate::serde::serde_core::Deserializer<'de>>(
                name: ::std::string::String,
                from: D,
            ) -> ::std::result::Result<Self, D::Error> {
                match &*name {
                    $($member => $crate::serde!(@read from $variant $($unit)?),)*
                    _ => $crate::serde::read_unknown(name, from),
                }
            }
        }

        $crate::serde!(@traits $module $name write_union read_union);
    };
    (@string_enums $module:ident { $($name:ident),* $(,)? }) => {
        $($crate::serde!(@traits $module $name {
            fn write<S: $crate::serde::serde_core::Serializer>(
                &self,
                to: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }

            fn read<'de, D: $crate::serde::serde_core::Deserializer<'de>>(
                from: D,
            ) -> ::std::result::Result<Self, D::Error> {
                <::std::string::String as $crate::serde::Value>::read(from).map(Self::from)
            }
        });)*
    };
    (@int_enums $module:ident { $($name:ident),* $(,)? }) => {
        $($crate::serde!(@traits $module $name {
            fn write<S: $crate::serde::serde_core::Serializer>(
                &self,
                to: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                to.serialize_i32(self.value())
            }

            fn read<'de, D: $crate::serde::serde_core::Deserializer<'de>>(
                from: D,
            ) -> ::std::result::Result<Self, D::Error> {
                <i32 as $crate::serde::Value>::read(from).map(Self::from)
            }
        });)*
    };
    // The value of a structure and of a union.
    (@traits $module:ident $name:ident $write:ident $read:ident $($read_boxed:ident)?) => {
        $crate::serde!(@traits $module $name {
            fn write<S: $crate::serde::serde_core::Serializer>(
                &self,
                to: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::serde::$write(self, to)
            }

            fn read<'de, D: $crate::serde::serde_core::Deserializer<'de>>(
                from: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::serde::$read(from)
            }

            $(
                fn read_boxed<'de, D: $crate::serde::serde_core::Deserializer<'de>>(
                    from: D,
                ) -> ::std::result::Result<::std::boxed::Box<Self>, D::Error> {
                    $crate::serde::$read_boxed(from)
                }
            )?
        });
    };
    (@traits $module:ident $name:ident { $($functions:tt)* }) => {
        impl $crate::serde::Value for $module::$name {
            $($functions)*
        }

        impl $crate::serde::serde_core::Serialize for $module::$name {
            fn serialize<S: $crate::serde::serde_core::Serializer>(
                &self,
                to: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::serde::Value::write(self, to)
            }
        }

        impl<'de> $crate::serde::serde_core::Deserialize<'de> for $module::$name {
            fn deserialize<D: $crate::serde::serde_core::Deserializer<'de>>(
                from: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::serde::Value::read(from)
            }
        }
    };
    (@first $member:literal $required:ident) => { $member };
    (@start) => { <Self as ::std::default::Default>::default() };
    (@start $($required:ident)+) => { Self::blank() };
    (@pattern $variant:ident $value:ident) => { Self::$variant($value) };
    (@pattern $variant:ident $value:ident unit) => { Self::$variant };
    (@written $value:ident) => { $crate::serde::Written($value) };
    (@written $value:ident unit) => { $crate::serde::Written(&$crate::serde::Empty) };
    (@read $from:ident $variant:ident) => { $crate::serde::Value::read($from).map(Self::$variant) };
    (@read $from:ident $variant:ident unit) => {
        <$crate::serde::Empty as $crate::serde::Value>::read($from).map(|_| Self::$variant)
    };
}
