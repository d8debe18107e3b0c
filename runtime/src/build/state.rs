//! The state of a builder.

use std::fmt;

/// The state of a required member whose setter was called.
#[derive(Debug, Clone, Copy)]
pub struct Set;

/// The state of a required member: [`Set`], or the marker of a member that is not set.
pub trait MemberState {
    /// Whether the setter was called.
    const IS_SET: bool;
}

impl MemberState for Set {
    const IS_SET: bool = true;
}

/// The state of a single required member that is set.
#[diagnostic::on_unimplemented(
    message = "the required member `{Self}` is not set",
    label = "call its setter before this method"
)]
pub trait IsSet {}

// Without `do_not_recommend`, the compiler's message lists the two types.
#[diagnostic::do_not_recommend]
impl IsSet for Set {}

/// The last element of a state with more than 16 members: a tuple with the 16th member and all
/// later ones.
#[derive(Debug)]
pub struct More<T>(std::marker::PhantomData<T>);

#[diagnostic::do_not_recommend]
impl<T: Complete> IsSet for More<T> {}

/// The state of a builder whose required members are all set.
pub trait Complete {}

macro_rules! complete {
    ($($state:ident)*) => {
        impl<$($state: IsSet),*> Complete for ($($state,)*) {}
    };
}

complete!();
complete!(A);
complete!(A B);
complete!(A B C);
complete!(A B C D);
complete!(A B C D E);
complete!(A B C D E F);
complete!(A B C D E F G);
complete!(A B C D E F G H);
complete!(A B C D E F G H I);
complete!(A B C D E F G H I J);
complete!(A B C D E F G H I J K);
complete!(A B C D E F G H I J K L);
complete!(A B C D E F G H I J K L M);
complete!(A B C D E F G H I J K L M N);
complete!(A B C D E F G H I J K L M N O);
complete!(A B C D E F G H I J K L M N O P);

/// Formats a builder for `Debug`: its value, and the required members that are not set, whose
/// fields are blank.
///
/// # Errors
/// The formatter fails.
pub fn fmt_builder(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    value: &dyn fmt::Debug,
    required: &[(&str, bool)],
) -> fmt::Result {
    let not_set: Vec<&str> = required
        .iter()
        .filter(|(_, is_set)| !is_set)
        .map(|(member, _)| *member)
        .collect();
    let mut debug = f.debug_struct(name);
    if !not_set.is_empty() {
        debug.field("not_set", &not_set);
    }
    debug.field("value", value).finish()
}
