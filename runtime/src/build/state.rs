//! The state of a builder.

/// The state of a required member whose setter was called.
#[derive(Debug, Clone, Copy)]
pub struct Set;

/// The state of a single required member that is set.
#[diagnostic::on_unimplemented(
    message = "the required member `{Self}` is not set",
    label = "call its setter before this method",
    note = "`build` and `send` are available once all required members are set"
)]
pub trait IsSet {}

impl IsSet for Set {}

/// The last element of a state with more than 16 members: a tuple with the 16th member and all
/// later ones.
#[derive(Debug)]
pub struct More<T>(std::marker::PhantomData<T>);

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
