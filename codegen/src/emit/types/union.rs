//! Tagged unions.

use crate::emit::codec::json;
use crate::emit::docs::comments::{of_member, of_type};
use crate::emit::docs::deprecated;
use crate::emit::types::rust_type;
use crate::graph::member::Type;
use crate::graph::shape::{Union, Variant};
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::markdown::{Markdown, markdown, name};
use proc_macro2::TokenStream;
use quote::quote;

/// The file of a union.
pub(crate) fn file(union: &Union) -> syn::Result<SourceFile> {
    let mut imports = Imports::of(&[&union.name.rust]);
    let definition = definition(union, &mut imports);
    let blank = union.has_blank.then(|| blank(union, &mut imports));
    let conversions: Vec<TokenStream> = union
        .variants
        .iter()
        .filter(|variant| variant.distinct)
        .map(|variant| from(union, variant, &mut imports))
        .collect();
    let codec = codec(union, &mut imports);
    Ok(SourceFile {
        attributes: Vec::new(),
        path: format!("src/types/{}.rs", union.name.module),
        emitter: "codegen/src/emit/types/union.rs",
        shape: union.id.clone(),
        docs: Vec::new(),
        imports,
        items: source_file::items(quote!(#definition #blank #(#conversions)* #codec))?,
    })
}

fn definition(union: &Union, imports: &mut Imports) -> TokenStream {
    let ty = ident(&union.name.rust);
    let rt = imports.rt();
    let mut lines = of_type(
        &union.docs,
        markdown!("The union `{}`.", name(union.id.name())),
    );
    lines.extend(["", "A tagged union: exactly one member is set."].map(Markdown::from));
    let docs = imports.comment(lines);
    let variants: Vec<TokenStream> = union
        .variants
        .iter()
        .map(|variant| {
            let otherwise = markdown!("The member `{}`.", name(&variant.model));
            let docs = imports.comment(of_member(
                &variant.docs,
                otherwise,
                &variant.ty,
                &variant.constraints,
            ));
            let deprecated = deprecated::attribute(variant.deprecated.as_ref());
            let rust = ident(&variant.rust);
            let payload = if variant.ty == Type::Unit {
                TokenStream::new()
            } else {
                let ty = rust_type::rust(&variant.ty, imports);
                quote!((#ty))
            };
            quote!(#docs #deprecated #rust #payload)
        })
        .collect();
    let is_redacted = union.sensitive || union.variants.iter().any(|variant| variant.sensitive);
    let debug = if is_redacted {
        debug(union, imports)
    } else {
        TokenStream::new()
    };
    let derive = (!is_redacted).then(|| quote!(Debug,));
    let deprecated = deprecated::attribute(union.deprecated.as_ref());
    quote! {
        #docs
        #deprecated
        #[derive(Clone, #derive PartialEq)]
        #[non_exhaustive]
        pub enum #ty {
            #(#variants,)*
            /// A member that this crate does not know. It is kept, and sent back unchanged.
            Unknown(#rt::UnknownMember),
        }
        #debug
    }
}

fn debug(union: &Union, imports: &mut Imports) -> TokenStream {
    let name = ident(&union.name.rust);
    let (fmt, rt) = (imports.fmt(), imports.rt());
    let arms = union.variants.iter().map(|variant| {
        let (rust, label) = (ident(&variant.rust), &variant.rust);
        if variant.ty == Type::Unit {
            quote!(Self::#rust => f.write_str(#label),)
        } else if union.sensitive || variant.sensitive {
            quote!(Self::#rust(_) => f.debug_tuple(#label).field(&#rt::Redacted).finish(),)
        } else {
            quote!(Self::#rust(value) => f.debug_tuple(#label).field(value).finish(),)
        }
    });
    quote! {
        impl #fmt::Debug for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                match self {
                    #(#arms)*
                    Self::Unknown(_) => f.debug_tuple("Unknown").field(&#rt::Redacted).finish(),
                }
            }
        }
    }
}

fn blank(union: &Union, imports: &mut Imports) -> TokenStream {
    let name = ident(&union.name.rust);
    let rt = imports.rt();
    quote! {
        impl #name {
            pub(crate) fn blank() -> Self {
                Self::Unknown(#rt::UnknownMember::default())
            }
        }
    }
}

fn from(union: &Union, variant: &Variant, imports: &mut Imports) -> TokenStream {
    let name = ident(&union.name.rust);
    let rust = ident(&variant.rust);
    let ty = rust_type::rust(variant.ty.unboxed(), imports);
    let value = if matches!(variant.ty, Type::Boxed(_)) {
        quote!(Box::new(value))
    } else {
        quote!(value)
    };
    quote! {
        impl From<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self::#rust(#value)
            }
        }
    }
}

fn codec(union: &Union, imports: &mut Imports) -> TokenStream {
    let name = ident(&union.name.rust);
    let (json, rt) = (imports.json(), imports.rt());
    let encode: Vec<TokenStream> = union
        .variants
        .iter()
        .map(|variant| {
            let (rust, wire) = (ident(&variant.rust), variant.wire.literal());
            match json::writer(&variant.ty, variant.form, imports) {
                _ if variant.ty == Type::Unit => {
                    quote!(Self::#rust => json.member(#wire, &#rt::Unit),)
                }
                None => quote!(Self::#rust(value) => json.member(#wire, value),),
                Some(writer) => {
                    quote!(Self::#rust(value) => json.member_as(#wire, value, #writer),)
                }
            }
        })
        .collect();
    let decode: Vec<TokenStream> = union
        .variants
        .iter()
        .map(|variant| {
            let (rust, wire) = (ident(&variant.rust), variant.wire.literal());
            if variant.ty == Type::Unit {
                return quote!(#wire => json.skip().map(|()| Self::#rust),);
            }
            let value = json::read(&variant.ty, variant.form, imports);
            quote!(#wire => #value.map(Self::#rust),)
        })
        .collect();
    quote! {
        impl #json::Encode for #name {
            fn encode(&self, json: &mut #json::Writer) {
                json.object(|json| match self {
                    #(#encode)*
                    Self::Unknown(unknown) => json.unknown(unknown),
                });
            }
        }

        impl #json::Decode for #name {
            fn decode(json: &mut #json::Reader<'_>) -> #json::Result<Self> {
                json.union(|json, key| match key {
                    #(#decode)*
                    _ => json.unknown(key).map(Self::Unknown),
                })
            }
        }
    }
}
