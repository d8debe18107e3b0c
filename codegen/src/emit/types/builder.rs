//! Builders: setters in any order, and a `build` that the compiler refuses while a required member
//! is missing.
//!
//! The builder holds the finished value from the start, blank. Its state is a tuple with one type
//! per required member: the member's own marker until it is set, then `Set`. `build` asks for a
//! state in which all are set, so it has nothing to check and cannot fail. What is the same for
//! every builder is the runtime's macro `builder!`.

use crate::emit::docs::deprecated;
use crate::emit::types::setter;
use crate::emit::types::setter::Setter;
use crate::graph::member::Member;
use crate::graph::shape::Structure;
use crate::print::imports::{Imports, ident};
use crate::text::markdown::{Markdown, markdown, name};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// How many members one tuple of states holds; the runtime implements its trait for tuples up to
/// this size.
const TUPLE: usize = 16;

/// How many required members make a builder's type complex.
const COMPLEX: usize = 7;

/// A structure's builder.
pub(crate) struct Builder<'s> {
    structure: &'s Structure,
    /// The output, if the structure is an operation: then the builder knows who started it, `Via`,
    /// and can send.
    output: Option<Ident>,
    /// One type parameter a required member.
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

    /// The builder: what is the same for all comes from the runtime's macro, the setters are
    /// emitted.
    pub(crate) fn items(&self, imports: &mut Imports) -> TokenStream {
        let rt = imports.rt();
        let structure = ident(&self.structure.name.rust);
        let required: Vec<Ident> = self
            .structure
            .required()
            .map(|member| ident(&member.name.rust))
            .collect();
        let requires = (!required.is_empty()).then(|| quote!(, requires [#(#required),*]));
        let without = self.structure.stream().map(|_| quote!(, without Clone));
        let returns = self.output.iter().map(|output| quote!(, returns #output));
        let setters = self.setters(imports);
        quote! {
            #rt::builder!(#structure #requires #without #(#returns)*);
            #setters
        }
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
        // Clippy weighs every element of a tuple; this is where the scales tip.
        let allow = (states.len() >= COMPLEX).then(|| quote!(#[allow(clippy::type_complexity)]));
        quote! {
            #allow
            impl #generics #this {
                #(#setters)*
            }
        }
    }

    fn setter(&self, member: &Member, state: Option<usize>, imports: &mut Imports) -> TokenStream {
        let field = ident(&member.name.rust);
        let docs = imports.comment([link(&self.structure.name.rust, member.name.plain())]);
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

/// What a setter says of itself. Fields that are called as functions of the structure are told
/// apart from them.
fn link(structure: &str, field: &str) -> Markdown {
    let (owner, member) = (name(structure), name(field));
    match field {
        "blank" | "clone" | "decode" | "encode" | "eq" | "fmt" | "via" | "write" => {
            markdown!("Sets [`{0}::{1}`](field@{0}::{1}).", owner, member)
        }
        _ => markdown!("Sets [`{}::{}`].", owner, member),
    }
}

/// `(A, B)`; beyond what one tuple holds, the last element stands for the rest.
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

/// `A`, `B`, … `Z`, `AA`, … without `M`, which setters use: no shape is named so, since two
/// capitals in a row do not survive camel case and single ones are reserved.
fn state(index: usize) -> Ident {
    const LETTERS: &str = "ABCDEFGHIJKLNOPQRSTUVWXYZ";
    let letter = LETTERS.chars().nth(index % LETTERS.len()).unwrap_or('A');
    let name: String = std::iter::repeat_n(letter, index / LETTERS.len() + 1).collect();
    ident(&name)
}
