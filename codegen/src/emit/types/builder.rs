//! Builders: a call of the runtime's macro `builder!`, and the setters.
//!
//! A builder contains the value from the start, without members. Its state is a tuple with one type
//! per required member: a marker type until the member is set, then `Set`. `build` requires the
//! state in which all members are set, so it cannot fail.

use crate::emit::docs::comments::{append, filled_in, limits};
use crate::emit::docs::contents::values_of;
use crate::emit::docs::deprecated;
use crate::emit::docs::ty::default;
use crate::emit::types::setter;
use crate::emit::types::setter::Setter;
use crate::emit::types::states::States;
use crate::graph::member::{Member, Presence};
use crate::graph::service::Service;
use crate::graph::shape::Structure;
use crate::print::imports::{Imports, ident};
use crate::text::markdown::{Markdown, markdown, name};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The number of required members from which Clippy reports the type of a builder as too complex.
/// Clippy weights the elements of a type by depth: 30 for each state, 30 for what surrounds them,
/// and 20 for `Via`. The limit is 250.
const COMPLEX: usize = 8;
const COMPLEX_WITH_VIA: usize = 7;

/// A structure's builder.
pub(crate) struct Builder<'s> {
    structure: &'s Structure,
    service: &'s Service,
    /// The output, if the structure is an operation. Its builder has the type parameter `Via`.
    output: Option<Ident>,
    states: States,
}

impl<'s> Builder<'s> {
    /// The builder of a plain structure.
    pub(crate) fn of(structure: &'s Structure, service: &'s Service) -> Self {
        Self {
            structure,
            service,
            output: None,
            states: States::of(structure),
        }
    }

    /// The builder of an operation's input.
    pub(crate) fn of_operation(
        input: &'s Structure,
        output: &Structure,
        service: &'s Service,
    ) -> Self {
        Self {
            output: Some(ident(&output.name.rust)),
            ..Self::of(input, service)
        }
    }

    /// The setters, then the declaration with `build` and `send`, which is the order on the page of
    /// the builder.
    pub(crate) fn items(&self, imports: &mut Imports) -> TokenStream {
        let (setters, declaration) = (self.setters(imports), self.declaration(imports));
        quote!(#setters #declaration)
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

    /// The setters: those of required members, which change the state, and those of optional members,
    /// which exist in any state.
    fn setters(&self, imports: &mut Imports) -> TokenStream {
        let members = &self.structure.members;
        let (required, optional): (Vec<&Member>, Vec<&Member>) =
            members.iter().partition(|member| member.is_required());
        let required: Vec<TokenStream> = required
            .into_iter()
            .enumerate()
            .map(|(place, member)| self.setter(member, Some(place), imports))
            .collect();
        let optional: Vec<TokenStream> = optional
            .into_iter()
            .map(|member| self.setter(member, None, imports))
            .collect();
        let mut items = TokenStream::new();
        if !required.is_empty() {
            items.extend(self.of_required(&required));
        }
        if !optional.is_empty() {
            items.extend(self.of_optional(&optional));
        }
        items
    }

    fn of_required(&self, setters: &[TokenStream]) -> TokenStream {
        let via = self.output.as_ref().map(|_| quote!(Via,));
        let (this, states) = (self.this(&self.states), self.states.parameters());
        let complex = match via {
            Some(_) => COMPLEX_WITH_VIA,
            None => COMPLEX,
        };
        let allow = (states.len() >= complex).then(
            || quote!(#[allow(clippy::type_complexity, reason = "one type per required member")]),
        );
        quote! {
            #allow
            impl<#via #(#states),*> #this {
                #(#setters)*
            }
        }
    }

    fn of_optional(&self, setters: &[TokenStream]) -> TokenStream {
        let via = self.output.as_ref().map(|_| quote!(Via));
        let state = (!self.states.parameters().is_empty()).then(|| quote!(S));
        let parameters: Vec<TokenStream> = via.into_iter().chain(state).collect();
        let generics = (!parameters.is_empty()).then(|| quote!(<#(#parameters),*>));
        quote! {
            impl #generics Builder #generics {
                #(#setters)*
            }
        }
    }

    fn setter(&self, member: &Member, state: Option<usize>, imports: &mut Imports) -> TokenStream {
        let field = ident(&member.name.rust);
        let docs = imports.comment(docs(member, self.service));
        let Setter {
            generics,
            parameter,
            value,
        } = setter::of(member, imports);
        let result = match state {
            None => quote!(Self),
            Some(place) => self.this(&self.states.with(place, imports.set())),
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
    fn this(&self, states: &States) -> TokenStream {
        let via = self.output.as_ref().map(|_| quote!(Via,));
        quote!(Builder<#via #states>)
    }
}

/// The documentation of a setter: the first sentence of its member, whether it is required, and its
/// limits and values.
fn docs(member: &Member, service: &Service) -> Vec<Markdown> {
    let mut lines = match member.docs.sentence() {
        [] => vec![markdown!("Sets `{}`.", name(member.name.plain()))],
        lines => lines.to_vec(),
    };
    let presence = match &member.presence {
        Presence::Required => Some("Required.".into()),
        Presence::Optional => None,
        Presence::Default(value) => Some(markdown!("Defaults to {}.", default(&member.ty, value))),
    };
    let facts = [
        presence,
        filled_in(member),
        limits(&member.ty, &member.constraints),
    ];
    append(&mut lines, facts.into_iter().flatten());
    append(&mut lines, values_of(&member.ty, service));
    lines
}
