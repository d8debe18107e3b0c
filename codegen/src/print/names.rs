//! The names of types in emitted code.

use crate::print::imports::Imports;
use proc_macro2::{Ident, TokenStream};

/// The names in a piece of code. An implementation imports them, or writes their paths.
pub(crate) trait Names {
    /// A type of `crate::types`.
    fn shape(&mut self, name: &str) -> Ident;

    /// The runtime.
    fn rt(&mut self) -> TokenStream;

    /// `std::collections::BTreeMap`
    fn map(&mut self) -> TokenStream;
}

impl Names for Imports {
    fn shape(&mut self, name: &str) -> Ident {
        self.shape(name)
    }

    fn rt(&mut self) -> TokenStream {
        self.rt()
    }

    fn map(&mut self) -> TokenStream {
        self.map()
    }
}
