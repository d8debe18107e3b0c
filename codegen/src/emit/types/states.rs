//! The state of a builder: a tuple with one type per required member.

use crate::graph::shape::Structure;
use crate::print::imports::ident;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

/// The maximum size of a tuple. The elements from this one on are in the `More` of the runtime.
const TUPLE: usize = 16;

/// The states of required members. Prints the tuple, `(A, B)`.
#[derive(Clone)]
pub(crate) struct States(Vec<Ident>);

impl States {
    /// A type parameter for each required member of a structure.
    pub(crate) fn of(structure: &Structure) -> Self {
        Self((0..structure.required().count()).map(parameter).collect())
    }

    /// The type parameters.
    pub(crate) fn parameters(&self) -> &[Ident] {
        &self.0
    }

    /// The states with another type at a place.
    pub(crate) fn with(&self, place: usize, state: Ident) -> Self {
        let mut states = self.clone();
        if let Some(element) = states.0.get_mut(place) {
            *element = state;
        }
        states
    }
}

impl ToTokens for States {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(tuple(&self.0));
    }
}

/// `(A, B)`. If one tuple cannot hold all elements, its last element is a `More` of the others.
fn tuple(elements: &[Ident]) -> TokenStream {
    match elements.split_at_checked(TUPLE - 1) {
        Some((head, tail)) if tail.len() > 1 => {
            let tail = tuple(tail);
            quote!((#(#head,)* rt::build::More<#tail>))
        }
        _ => match elements {
            [one] => quote!((#one,)),
            elements => quote!((#(#elements),*)),
        },
    }
}

/// `A`, `B`, … `Z`, `AA`, … without `M`, which setters use. No shape has such a name: camel case
/// contains no two consecutive capitals, and single ones are reserved.
fn parameter(index: usize) -> Ident {
    const LETTERS: &str = "ABCDEFGHIJKLNOPQRSTUVWXYZ";
    let letter = LETTERS.chars().nth(index % LETTERS.len()).unwrap_or('A');
    let name: String = std::iter::repeat_n(letter, index / LETTERS.len() + 1).collect();
    ident(&name)
}
