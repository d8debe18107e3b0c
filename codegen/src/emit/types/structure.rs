//! Structures: the type, its builder, its codec.

use crate::emit::codec::json;
use crate::emit::docs::comments::{self, of_type};
use crate::emit::docs::contents::{Contents, Side};
use crate::emit::docs::deprecated;
use crate::emit::types::builder::Builder;
use crate::emit::types::rust_type;
use crate::graph::member::{Blank, Member};
use crate::graph::service::Service;
use crate::graph::shape::Structure;
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::markdown::{Markdown, markdown, name};
use proc_macro2::TokenStream;
use quote::quote;

/// The file of a structure in `types`.
pub(crate) fn file(structure: &Structure, service: &Service) -> syn::Result<SourceFile> {
    let mut imports = Imports::of(&[&structure.name.rust]);
    let definition = definition(structure, &[], service, &mut imports);
    let blank = blank(structure, &mut imports);
    let builder = builder(structure, service, &mut imports);
    let codec = json::structure(structure, &mut imports);
    Ok(SourceFile {
        attributes: Vec::new(),
        path: format!("src/types/{}.rs", structure.name.module),
        emitter: "codegen/src/emit/types/structure.rs",
        shape: structure.id.clone(),
        docs: Vec::new(),
        imports,
        items: source_file::items(quote!(#definition #blank #builder #codec))?,
    })
}

/// The `struct`, with an explicit `Debug` if a member is sensitive. `more` follows the
/// documentation.
pub(crate) fn definition(
    structure: &Structure,
    more: &[Markdown],
    service: &Service,
    imports: &mut Imports,
) -> TokenStream {
    let otherwise = markdown!("The structure `{}`.", name(structure.id.name()));
    let mut lines = of_type(&structure.docs, otherwise);
    lines.extend_from_slice(more);
    let docs = imports.comment(lines);
    let below = Contents::of_types(service).below(&structure.members, Side::Nested);
    definition_as(structure, docs, below, imports)
}

/// The `struct` with other documentation than its own. `below` has the contents of each member's
/// type.
pub(crate) fn definition_as(
    structure: &Structure,
    docs: TokenStream,
    below: Vec<Vec<Markdown>>,
    imports: &mut Imports,
) -> TokenStream {
    let name = ident(&structure.name.rust);
    let derives = derives(structure);
    let fields: Vec<TokenStream> = structure
        .members
        .iter()
        .zip(below)
        .map(|(member, below)| {
            let docs = imports.comment(member_comment(member, below));
            let deprecated = deprecated::attribute(member.deprecated.as_ref());
            let name = ident(&member.name.rust);
            let ty = rust_type::field(member, imports);
            quote!(#docs #deprecated pub #name: #ty)
        })
        .collect();
    let debug = if structure.is_redacted() {
        debug(structure, imports)
    } else {
        TokenStream::new()
    };
    let deprecated = deprecated::attribute(structure.deprecated.as_ref());
    quote! {
        #docs
        #deprecated
        #derives
        #[non_exhaustive]
        pub struct #name { #(#fields),* }
        #debug
    }
}

/// The documentation of a member. `below` has the contents of its type.
fn member_comment(member: &Member, below: Vec<Markdown>) -> Vec<Markdown> {
    let otherwise = markdown!("The member `{}`.", name(&member.name.model));
    let mut lines = of_type(&member.docs, otherwise);
    let facts = [
        comments::filled_in(member),
        comments::limits(&member.ty, &member.constraints),
        member.is_stream().then(|| comments::STREAM.into()),
    ];
    comments::facts(&mut lines, facts.into_iter().flatten());
    let mut below = below.into_iter().peekable();
    comments::facts(&mut lines, below.next_if(|first| !first.is_empty()));
    lines.extend(below);
    lines
}

fn derives(structure: &Structure) -> Option<TokenStream> {
    // Streams cannot be cloned or compared.
    let value = structure.stream().is_none();
    let derives = [
        (value, quote!(Clone)),
        (!structure.is_redacted(), quote!(Debug)),
        (structure.blank == Blank::Derived, quote!(Default)),
        (value, quote!(PartialEq)),
    ];
    let derives: Vec<TokenStream> = derives
        .into_iter()
        .filter_map(|(is, name)| is.then_some(name))
        .collect();
    (!derives.is_empty()).then(|| quote!(#[derive(#(#derives),*)]))
}

/// `Debug` that redacts sensitive members.
fn debug(structure: &Structure, imports: &mut Imports) -> TokenStream {
    let name = ident(&structure.name.rust);
    let title = &structure.name.rust;
    let (fmt, rt) = (imports.fmt(), imports.rt());
    let fields = structure.members.iter().map(|member| {
        let field = ident(&member.name.rust);
        let label = member.name.plain();
        match (
            structure.sensitive || member.sensitive,
            member.is_optional(),
        ) {
            (false, _) => quote!(.field(#label, &self.#field)),
            (true, false) => quote!(.field(#label, &#rt::Redacted)),
            (true, true) => quote!(.field(#label, &self.#field.as_ref().map(|_| #rt::Redacted))),
        }
    });
    quote! {
        impl #fmt::Debug for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                f.debug_struct(#title)#(#fields)*.finish()
            }
        }
    }
}

/// The builder of a structure with members.
pub(crate) fn builder(
    structure: &Structure,
    service: &Service,
    imports: &mut Imports,
) -> TokenStream {
    if structure.members.is_empty() {
        TokenStream::new()
    } else {
        Builder::of(structure, service).items(imports)
    }
}

/// `blank()` or `Default`: no member is set, and required members have the values of Smithy's
/// client error correction. Empty if `Default` is derived.
pub(crate) fn blank(structure: &Structure, imports: &mut Imports) -> TokenStream {
    if structure.blank == Blank::Derived {
        return TokenStream::new();
    }
    let fields: Vec<TokenStream> = structure
        .members
        .iter()
        .map(|member| {
            let field = ident(&member.name.rust);
            let value = rust_type::blank(member, imports);
            quote!(#field: #value)
        })
        .collect();
    let name = ident(&structure.name.rust);
    if structure.blank == Blank::Written {
        quote!(impl Default for #name { fn default() -> Self { Self { #(#fields),* } } })
    } else {
        quote! {
            impl #name {
                pub(crate) fn blank() -> Self { Self { #(#fields),* } }
            }
        }
    }
}
