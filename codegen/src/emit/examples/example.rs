//! The example of an operation: a call with every member of the input, as code that compiles.

use crate::emit::docs::deprecated;
use crate::emit::examples::published;
use crate::emit::examples::published::Published;
use crate::graph::member::{Kind, Member, Named, Presence, Type};
use crate::graph::service::{Operation, Service};
use crate::graph::shape::{EnumValue, Shape, Structure};
use crate::lower::names::case::snake_case;
use crate::parallel;
use crate::parallel::collect;
use crate::print::imports::ident;
use crate::print::source_file::unparsable;
use crate::text::fence;
use crate::text::markdown::Markdown;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use smithy_model::{Code, Diagnostic, ShapeId};
use std::collections::{BTreeMap, BTreeSet};

/// How deep collections and unions nest in examples. Required members of structures go on.
const DEPTH: usize = 4;
/// How deep structures nest in examples.
const DEEPEST: usize = 32;
/// How many values an example may have. Structures that need each other twice double at each level;
/// the largest example of an operation of AWS has 32.
const MOST_VALUES: usize = 2_000;

/// The examples of every operation, which its code and its page both show.
pub(crate) struct Examples(BTreeMap<ShapeId, OfOperation>);

/// The examples of an operation.
pub(crate) struct OfOperation {
    /// The lines of a fenced call with every member, hidden lines included; none if they would be
    /// too many.
    pub(crate) whole: Option<Vec<Markdown>>,
    /// Those that the model gives.
    pub(crate) published: Vec<Published>,
}

impl Examples {
    /// The examples, and warnings about those of the model that are left out.
    ///
    /// # Errors
    ///
    /// Examples that do not parse, which is a mistake of this emitter.
    pub(crate) fn of_service(
        service: &Service,
    ) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let operations: Vec<&Operation> = service.operations.values().collect();
        let deprecated = deprecated::in_any_shape(service);
        let examples = parallel::map(&operations, |operation| {
            let whole =
                lines(service, operation).map_err(|error| unparsable(&operation.id, &error))?;
            let (published, mut problems) = published::of(operation, service, deprecated)?;
            if whole.is_none() {
                problems.push(too_large(operation));
            }
            Ok((
                (operation.id.clone(), OfOperation { whole, published }),
                problems,
            ))
        });
        let (examples, problems): (BTreeMap<_, _>, Vec<_>) = collect(examples)?.into_iter().unzip();
        Ok((Self(examples), problems.concat()))
    }

    /// No example at all, for those who only want the items.
    pub(crate) fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// The examples of an operation; every operation has some, unless there are none at all.
    pub(crate) fn of(&self, operation: &Operation) -> Option<&OfOperation> {
        self.0.get(&operation.id)
    }
}

fn too_large(operation: &Operation) -> Diagnostic {
    let message = format!(
        "`{}` has no example: it would have more than {MOST_VALUES} values, or structures more than {DEEPEST} deep",
        operation.input.id
    );
    Diagnostic::warning(Code::TooMuchOutput, message)
        .shape(&operation.id)
        .help("make members of the structures in it optional, or ignore this: everything else is generated")
}

/// The lines of the fenced example, hidden lines included; `None` if they would be too many.
///
/// # Errors
///
/// The example does not parse, which is a mistake of this emitter.
fn lines(service: &Service, operation: &Operation) -> syn::Result<Option<Vec<Markdown>>> {
    let deprecated = operation.input.deprecated.is_some() || operation.output.deprecated.is_some();
    let mut example = Example {
        service,
        types: BTreeSet::new(),
        deprecated,
        left: MOST_VALUES,
    };
    let method = ident(&operation.method);
    let setters: Vec<TokenStream> = operation
        .input
        .members
        .iter()
        .filter(|member| !member.token && member.fallback.is_none())
        .filter(|member| member.deprecated.is_none() || member.is_required())
        .map(|member| {
            let (name, value) = (ident(&member.name.rust), example.member(member, 0));
            quote!(.#name(#value))
        })
        .collect();
    if example.left == 0 {
        return Ok(None);
    }
    let crate_name = ident(&service.crate_ident());
    let types: Vec<_> = example.types.iter().map(|name| ident(name)).collect();
    let imports = (!types.is_empty()).then(|| quote!(use #crate_name::types::{#(#types),*};));
    let shown = shown(&operation.output);
    let bind = match (&shown, operation.output.stream()) {
        (None, _) => TokenStream::new(),
        (Some(_), None) => quote!(let output =),
        (Some(_), Some(_)) => quote!(let mut output =),
    };
    let call = quote!(#imports #bind client.#method()#(#setters)*.send().await?; #shown);
    fenced(service, example.deprecated, call).map(Some)
}

/// The lines of a fenced function with these statements, of which only they are shown. `deprecated`
/// says that they use something deprecated.
///
/// # Errors
///
/// They do not parse.
pub(super) fn fenced(
    service: &Service,
    deprecated: bool,
    statements: TokenStream,
) -> syn::Result<Vec<Markdown>> {
    let (crate_name, statements) = (
        ident(&service.crate_ident()),
        fence::on_one_line(statements),
    );
    let file: syn::File = syn::parse2(quote! {
        async fn example(client: &#crate_name::Client) -> Result<(), #crate_name::Error> {
            #statements
            Ok(())
        }
    })?;
    let text = prettyplease::unparse(&file);
    // The signature may be broken over lines; it is followed by the first brace.
    let body = text.split_once("{\n").map_or("", |(_, body)| body);
    let body = body
        .lines()
        .map(|line| line.strip_prefix("    ").unwrap_or(line));
    // What ends the function is not part of what it shows.
    let shown = body.clone().count().saturating_sub(2);
    let mut lines: Vec<String> = Vec::new();
    lines.extend(deprecated.then(|| "# #[allow(deprecated)]".to_owned()));
    lines.push(format!(
        "# async fn example(client: &{0}::Client) -> Result<(), {0}::Error> {{",
        service.crate_ident()
    ));
    lines.extend(body.enumerate().map(|(index, line)| {
        if index < shown {
            line.to_owned()
        } else {
            format!("# {line}")
        }
    }));
    Ok(fence::rust("no_run", lines.iter().map(String::as_str)))
}

/// What an example does with the output: it reads the stream, or shows the first member.
fn shown(output: &Structure) -> Option<TokenStream> {
    if let Some(stream) = output.stream() {
        let field = ident(&stream.name.rust);
        return Some(quote! {
            while let Some(piece) = output.#field.next().await {
                let piece = piece?;
                println!("{} bytes", piece.len());
            }
        });
    }
    let member = output
        .members
        .iter()
        .find(|member| member.deprecated.is_none())?;
    let field = ident(&member.name.rust);
    Some(quote!(println!("{:?}", output.#field);))
}

struct Example<'s> {
    service: &'s Service,
    /// The types that the example names.
    types: BTreeSet<String>,
    /// Whether the example uses something deprecated.
    deprecated: bool,
    /// How many values the example may still have. With none left it is not finished, and not
    /// shown.
    left: usize,
}

impl Example<'_> {
    /// What the member's setter is called with.
    fn member(&mut self, member: &Member, depth: usize) -> TokenStream {
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            return TokenStream::new();
        }
        let name = sample(&member.name.model);
        self.deprecated |= member.deprecated.is_some();
        match &member.ty {
            Type::Integer | Type::Long | Type::Short | Type::Byte => {
                let least = member
                    .constraints
                    .range
                    .as_ref()
                    .and_then(|range| range.min.as_ref()?.number());
                let number = Literal::i64_unsuffixed(least.unwrap_or(1).max(1));
                quote!(#number)
            }
            ty => self.value(ty, &name, depth),
        }
    }

    /// A value that a setter takes.
    fn value(&mut self, ty: &Type, name: &str, depth: usize) -> TokenStream {
        match ty {
            Type::String | Type::Document => quote!(#name),
            Type::BigInteger | Type::BigDecimal => quote!(1),
            Type::Blob => {
                let bytes = Literal::byte_string(name.as_bytes());
                quote!(#bytes.to_vec())
            }
            Type::List { sparse: false, .. } if depth >= DEPTH => quote!([]),
            Type::List {
                item,
                sparse: false,
            } => {
                let item = self.element(item, name, depth + 1);
                quote!([#item])
            }
            Type::Map {
                key,
                value,
                sparse: false,
            } => {
                let (key, value) = (
                    self.value(key, "key", depth + 1),
                    self.entry(value, "value", depth + 1),
                );
                quote!([(#key, #value)])
            }
            Type::Named(Named {
                kind: Kind::Union,
                id,
                ..
            }) => self.union(id, depth + 1, true),
            Type::Boxed(inner) => self.value(inner, name, depth),
            ty => self.exact(ty, name, depth),
        }
    }

    /// An element of a collection that a setter takes: elements are converted, but not the elements
    /// of elements.
    fn element(&mut self, ty: &Type, name: &str, depth: usize) -> TokenStream {
        match ty {
            Type::List { .. } | Type::Map { .. } => self.exact(ty, name, depth),
            ty => self.value(ty, name, depth),
        }
    }

    /// A value of a map that a setter takes: a number that converts has to say its type.
    fn entry(&mut self, ty: &Type, name: &str, depth: usize) -> TokenStream {
        match ty {
            Type::Byte => quote!(1i8),
            Type::Short => quote!(1i16),
            Type::Float => quote!(1.5f32),
            ty => self.element(ty, name, depth),
        }
    }

    /// A value of just this type.
    fn exact(&mut self, ty: &Type, name: &str, depth: usize) -> TokenStream {
        let runtime = |name: &str, value: TokenStream| {
            let (krate, name) = (ident(&self.service.crate_ident()), ident(name));
            quote!(#krate::rt::#name::#value)
        };
        match ty {
            Type::Boolean => quote!(true),
            Type::Byte | Type::Short | Type::Integer | Type::Long => quote!(1),
            Type::Float | Type::Double => quote!(1.5),
            Type::String => quote!(#name.to_owned()),
            Type::Document => runtime("Document", quote!(from(#name))),
            Type::BigInteger => runtime("BigInteger", quote!(from(1))),
            Type::BigDecimal => runtime("BigDecimal", quote!(from(1))),
            Type::Blob => runtime("Blob", quote!(from(#name))),
            Type::Stream { .. } => runtime("Body", quote!(from_path(#name).await?)),
            Type::Timestamp => runtime("Timestamp", quote!(from_epoch_seconds(1_700_000_000))),
            Type::Unit => quote!(()),
            Type::Named(named) => self.named(named, depth + 1),
            Type::List { .. } if depth >= DEPTH => quote!(Vec::new()),
            Type::Map { .. } if depth >= DEPTH => quote!(std::collections::BTreeMap::new()),
            Type::List { item, sparse } => {
                let item = some(self.exact(item, name, depth + 1), *sparse);
                quote!(vec![#item])
            }
            Type::Map { key, value, sparse } => {
                let (key, value) = (
                    self.exact(key, "key", depth + 1),
                    self.exact(value, "value", depth + 1),
                );
                let value = some(value, *sparse);
                quote!(std::collections::BTreeMap::from([(#key, #value)]))
            }
            Type::Boxed(inner) => {
                let inner = self.exact(inner, name, depth);
                quote!(Box::new(#inner))
            }
        }
    }

    /// A union's first variant that does not nest without end, one that is not deprecated if there
    /// is any; with `converts` a value that converts into it will do.
    fn union(&mut self, id: &ShapeId, depth: usize, converts: bool) -> TokenStream {
        let Some(Shape::Union(union)) = self.service.shapes.get(id) else {
            return quote!(());
        };
        self.deprecated |= union.deprecated.is_some();
        let mut variants = union
            .variants
            .iter()
            .filter(|variant| depth < DEPTH || !nests(&variant.ty));
        let first = variants.clone().next();
        let Some(variant) = variants
            .find(|variant| variant.deprecated.is_none())
            .or(first)
        else {
            // Deep enough: a value without anything in it.
            self.types.insert(union.name.rust.clone());
            let (krate, name) = (ident(&self.service.crate_ident()), ident(&union.name.rust));
            return quote!(#name::Unknown(#krate::rt::UnknownMember::default()));
        };
        self.deprecated |= variant.deprecated.is_some();
        let name = sample(&variant.model);
        if converts && variant.distinct {
            return self.exact(variant.ty.unboxed(), &name, depth);
        }
        self.types.insert(union.name.rust.clone());
        let (ty, rust) = (ident(&union.name.rust), ident(&variant.rust));
        if variant.ty == Type::Unit {
            return quote!(#ty::#rust);
        }
        let value = self.exact(&variant.ty, &name, depth);
        quote!(#ty::#rust(#value))
    }

    fn named(&mut self, named: &Named, depth: usize) -> TokenStream {
        let service = self.service;
        let name = ident(&named.rust);
        self.deprecated |= service
            .shapes
            .get(&named.id)
            .is_some_and(|shape| shape.deprecated().is_some());
        match service.shapes.get(&named.id) {
            Some(Shape::Enum(shape)) => {
                self.types.insert(named.rust.clone());
                match self.enum_value(&shape.values) {
                    Some(value) => quote!(#name::#value),
                    None => quote!(#name::from("value")),
                }
            }
            Some(Shape::IntEnum(shape)) => {
                self.types.insert(named.rust.clone());
                match self.enum_value(&shape.values) {
                    Some(value) => quote!(#name::#value),
                    None => quote!(#name::from(1)),
                }
            }
            Some(Shape::Union(_)) => self.union(&named.id, depth, false),
            Some(
                Shape::Structure(structure)
                | Shape::Error(crate::graph::shape::ErrorShape { structure, .. }),
            ) => self.structure(structure, depth),
            None => quote!(()),
        }
    }

    /// The first value that is not deprecated, or else the first.
    fn enum_value<T>(&mut self, values: &[EnumValue<T>]) -> Option<Ident> {
        let value = values
            .iter()
            .find(|value| value.deprecated.is_none())
            .or(values.first())?;
        self.deprecated |= value.deprecated.is_some();
        Some(ident(&value.rust))
    }

    /// A structure with its required members.
    fn structure(&mut self, structure: &Structure, depth: usize) -> TokenStream {
        if depth > DEEPEST {
            self.left = 0;
        }
        self.types.insert(structure.name.rust.clone());
        let name = ident(&structure.name.rust);
        if structure.members.is_empty() {
            return quote!(#name::default());
        }
        let setters: Vec<TokenStream> = structure
            .members
            .iter()
            .filter(|member| matches!(member.presence, Presence::Required))
            .map(|member| {
                let (name, value) = (ident(&member.name.rust), self.member(member, depth));
                quote!(.#name(#value))
            })
            .collect();
        quote!(#name::builder()#(#setters)*.build())
    }
}

/// A sample text for a member, such as `"app-bundle-identifier"`.
fn sample(name: &str) -> String {
    snake_case(name).replace('_', "-")
}

fn some(value: TokenStream, sparse: bool) -> TokenStream {
    if sparse { quote!(Some(#value)) } else { value }
}

/// Whether an example of the type has examples of other shapes in it.
fn nests(ty: &Type) -> bool {
    match ty {
        Type::Named(named) => matches!(named.kind, Kind::Structure(_) | Kind::Union),
        Type::Boxed(inner) => nests(inner),
        _ => false,
    }
}
