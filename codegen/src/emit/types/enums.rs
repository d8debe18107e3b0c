//! String and integer enums, which accept unknown values.

use crate::emit::docs::comments::of_type;
use crate::emit::docs::deprecated;
use crate::graph::shape::{Enum, EnumValue, IntEnum};
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::Text;
use crate::text::markdown::{Markdown, markdown, name};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The file of a string enum.
pub(crate) fn string(shape: &Enum) -> syn::Result<SourceFile> {
    let mut imports = Imports::of(&[&shape.name.rust]);
    let rt = imports.rt();
    let ty = ident(&shape.name.rust);
    let mut docs = of_type(
        &shape.docs,
        markdown!("The enum `{}`.", name(shape.id.name())),
    );
    docs.extend(
        [
            "",
            "`parse` accepts these values only, `From` keeps others as `Unknown`.",
        ]
        .map(Markdown::from),
    );
    let docs = imports.comment(docs);
    let deprecated = deprecated::attribute(shape.deprecated.as_ref());
    let variants = variants(&shape.values, Text::code, &mut imports);
    let pairs = shape.values.iter().map(|value| {
        let (rust, text) = (ident(&value.rust), value.value.literal());
        quote!(#rust = #text)
    });
    let debug = debug(&shape.name.rust, shape.sensitive, &mut imports);
    let derive = (!shape.sensitive).then(|| quote!(Debug,));
    let items = source_file::items(quote! {
        #docs
        #deprecated
        #[derive(Clone, #derive PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum #ty {
            #(#variants,)*
            /// A value that this crate does not know. It is kept, and sent back unchanged.
            Unknown(#rt::UnknownValue),
        }
        #debug
        #rt::string_enum!(#ty { #(#pairs),* });
    })?;
    Ok(SourceFile {
        attributes: Vec::new(),
        path: format!("src/types/{}.rs", shape.name.module),
        emitter: "codegen/src/emit/types/enums.rs",
        shape: shape.id.clone(),
        docs: Vec::new(),
        imports,
        items,
    })
}

/// The file of an integer enum.
pub(crate) fn integer(shape: &IntEnum) -> syn::Result<SourceFile> {
    let mut imports = Imports::of(&[&shape.name.rust]);
    let rt = imports.rt();
    let ty = ident(&shape.name.rust);
    let docs = imports.comment(of_type(
        &shape.docs,
        markdown!("The enum `{}`.", name(shape.id.name())),
    ));
    let deprecated = deprecated::attribute(shape.deprecated.as_ref());
    let variants = variants(
        &shape.values,
        |number| markdown!("`{}`", number),
        &mut imports,
    );
    let pairs = shape.values.iter().map(|value| {
        let rust = ident(&value.rust);
        let number = Literal::i32_unsuffixed(value.value);
        quote!(#rust = #number)
    });
    let debug = debug(&shape.name.rust, shape.sensitive, &mut imports);
    let derive = (!shape.sensitive).then(|| quote!(Debug,));
    let items = source_file::items(quote! {
        #docs
        #deprecated
        #[derive(Clone, Copy, #derive PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum #ty {
            #(#variants,)*
            /// A value that this crate does not know. It is kept, and sent back unchanged.
            Unknown(#rt::UnknownNumber),
        }
        #debug
        #rt::int_enum!(#ty { #(#pairs),* });
    })?;
    Ok(SourceFile {
        attributes: Vec::new(),
        path: format!("src/types/{}.rs", shape.name.module),
        emitter: "codegen/src/emit/types/enums.rs",
        shape: shape.id.clone(),
        docs: Vec::new(),
        imports,
        items,
    })
}

fn variants<T>(
    values: &[EnumValue<T>],
    in_code: impl Fn(&T) -> Markdown,
    imports: &mut Imports,
) -> Vec<TokenStream> {
    let variant = |value: &EnumValue<T>| {
        let otherwise = markdown!("The value {}.", in_code(&value.value));
        let docs = imports.comment(of_type(&value.docs, otherwise));
        let deprecated = deprecated::attribute(value.deprecated.as_ref());
        let rust = ident(&value.rust);
        quote!(#docs #deprecated #rust)
    };
    values.iter().map(variant).collect()
}

/// `Debug` of a sensitive enum; the others derive it.
fn debug(name: &str, sensitive: bool, imports: &mut Imports) -> TokenStream {
    if !sensitive {
        return TokenStream::new();
    }
    let (fmt, rt) = (imports.fmt(), imports.rt());
    let ty = ident(name);
    quote! {
        impl #fmt::Debug for #ty {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                f.debug_tuple(#name).field(&#rt::Redacted).finish()
            }
        }
    }
}
