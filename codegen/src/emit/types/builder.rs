//! Builders: a call of the runtime's macro `builder!`, and the setters.
//!
//! A builder contains the value from the start, without members. Its state is a tuple with one type
//! per required member: a marker type until the member is set, then `Set`. `build` requires the
//! state in which all members are set, so it cannot fail.

use crate::emit::docs::deprecated;
use crate::emit::types::setter;
use crate::emit::types::setter::Setter;
use crate::graph::member::Member;
use crate::graph::shape::Structure;
use crate::print::imports::{Imports, ident};
use crate::text::markdown::{Markdown, markdown, name};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The maximum size of a tuple of states. The runtime implements its trait for tuples up to this
/// size.
const TUPLE: usize = 16;

/// The number of required members from which Clippy reports the type of a builder as too complex.
/// Clippy weights the elements of a type by depth: 30 for each state, 30 for what surrounds them,
/// and 20 for `Via`. The limit is 250.
const COMPLEX: usize = 8;
const COMPLEX_WITH_VIA: usize = 7;

/// A structure's builder.
pub(crate) struct Builder<'s> {
    structure: &'s Structure,
    /// The output, if the structure is an operation. Its builder has the type parameter `Via`.
    output: Option<Ident>,
    /// One type parameter per required member.
    states: Vec<Ident>,
}

impl<'s> Builder<'s> {
    /// The builder of a plain structure.
    pub(crate) fn of(structure: &'s Structure) -> Self {
        let states = (0..structure.required().count()).map(state).collect();
        Self {
            structure,
            output: None,
            states,
        }
    }

    /// The builder of an operation's input.
    pub(crate) fn of_operation(input: &'s Structure, output: &Structure) -> Self {
        Self {
            output: Some(ident(&output.name.rust)),
            ..Self::of(input)
        }
    }

    /// The builder.
    pub(crate) fn items(&self, imports: &mut Imports) -> TokenStream {
        let (declaration, setters) = (self.declaration(imports), self.setters(imports));
        quote!(#declaration #setters)
    }

    /// The call of `builder!`, whose grammar the macro documents.
    fn declaration(&self, imports: &mut Imports) -> TokenStream {
        let rt = imports.rt();
        let structure = ident(&self.structure.name.rust);
        let required: Vec<Ident> = self
            .structure
            .required()
            .map(|member| ident(&member.name.rust))
            .collect();
        let requires = (!required.is_empty()).then(|| quote!(, requires [#(#required),*]));
        let without = self.structure.stream().map(|_| quote!(, without Clone));
        let returns = self.output.as_ref().map(|output| quote!(, returns #output));
        quote!(#rt::builder!(#structure #requires #without #returns);)
    }

    fn setters(&self, imports: &mut Imports) -> TokenStream {
        if self.structure.members.is_empty() {
            return TokenStream::new();
        }
        let mut states = 0..;
        let setters: Vec<TokenStream> = self
            .structure
            .members
            .iter()
            .map(|member| {
                let state = if member.is_required() {
                    states.next()
                } else {
                    None
                };
                self.setter(member, state, imports)
            })
            .collect();
        let this = self.this(&self.states);
        let via = self.output.as_ref().map(|_| quote!(Via,));
        let states = &self.states;
        let generics = (via.is_some() || !states.is_empty()).then(|| quote!(<#via #(#states),*>));
        let complex = if via.is_some() {
            COMPLEX_WITH_VIA
        } else {
            COMPLEX
        };
        let allow = (states.len() >= complex).then(
            || quote!(#[allow(clippy::type_complexity, reason = "one type per required member")]),
        );
        quote! {
            #allow
            impl #generics #this {
                #(#setters)*
            }
        }
    }

    fn setter(&self, member: &Member, state: Option<usize>, imports: &mut Imports) -> TokenStream {
        let field = ident(&member.name.rust);
        let docs = imports.comment(docs(member));
        let Setter {
            generics,
            parameter,
            value,
        } = setter::of(member, imports);
        let result = match state {
            None => quote!(Self),
            Some(place) => {
                let mut states = self.states.clone();
                if let Some(state) = states.get_mut(place) {
                    *state = imports.set();
                }
                self.this(&states)
            }
        };
        let deprecated = deprecated::attribute(member.deprecated.as_ref());
        quote! {
            #docs
            #deprecated
            pub fn #field #generics(self, value: #parameter) -> #result {
                self.with(|it| it.#field = #value)
            }
        }
    }

    /// `Builder<Via, (A, B)>` with these states.
    fn this(&self, states: &[Ident]) -> TokenStream {
        let via = self.output.as_ref().map(|_| quote!(Via,));
        let states = (!states.is_empty()).then(|| tuple(states));
        if via.is_some() || states.is_some() {
            quote!(Builder<#via #states>)
        } else {
            quote!(Builder)
        }
    }
}

/// The documentation of a setter: the first sentence of its member.
fn docs(member: &Member) -> Vec<Markdown> {
    match member.docs.sentence() {
        [] => vec![markdown!("Sets `{}`.", name(member.name.plain()))],
        lines => lines.to_vec(),
    }
}

/// `(A, B)`. If one tuple cannot hold all elements, its last element is a `More` of the others.
fn tuple<T: quote::ToTokens>(elements: &[T]) -> TokenStream {
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
fn state(index: usize) -> Ident {
    const LETTERS: &str = "ABCDEFGHIJKLNOPQRSTUVWXYZ";
    let letter = LETTERS.chars().nth(index % LETTERS.len()).unwrap_or('A');
    let name: String = std::iter::repeat_n(letter, index / LETTERS.len() + 1).collect();
    ident(&name)
}
