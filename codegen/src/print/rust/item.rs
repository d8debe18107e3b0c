//! Items, and the parts of `impl` and `trait` blocks.

use crate::print::rust::flat;
use crate::print::rust::list::{Comma, Item as ListItem, List};
use crate::print::rust::printer::Printer;
use crate::print::rust::shape::{MAX_WIDTH, Shape, TAB, budget};
use crate::print::rust::signature::predicates;
use crate::print::rust::signature::visibility;
use crate::print::rust::text::{is_multi_line, last_width, newline};
use crate::print::rust::uses::Use;
use syn::{
    Attribute, Expr, Field, Fields, Generics, ImplItem, Item, ItemEnum, ItemImpl, ItemStruct,
    ItemTrait, StaticMutability, TraitItem, Type, Variant, Visibility,
};

/// The widest fields of a variant on one line.
const VARIANT_WIDTH: usize = 35;

impl Printer<'_> {
    /// An item in a block of this indentation.
    pub(super) fn item_text(&self, item: &Item, indent: usize) -> String {
        let text = |overflow| {
            self.plain_item(
                item,
                Shape {
                    overflow,
                    ..Shape::block(indent)
                },
            )
        };
        text(false)
            .or_else(|| text(true))
            .unwrap_or_else(|| flat::tokens(item))
    }

    fn plain_item(&self, item: &Item, shape: Shape) -> Option<String> {
        let (attributes, text) = match item {
            Item::Const(item) => {
                let head = format!("{}const {}:", visibility(&item.vis), item.ident);
                (
                    &item.attrs,
                    self.constant(head, &item.ty, Some(&item.expr), shape)?,
                )
            }
            Item::Static(item) => {
                let mutability = matches!(item.mutability, StaticMutability::Mut(_));
                let mutability = if mutability { "mut " } else { "" };
                let head = format!(
                    "{}static {mutability}{}:",
                    visibility(&item.vis),
                    item.ident
                );
                (
                    &item.attrs,
                    self.constant(head, &item.ty, Some(&item.expr), shape)?,
                )
            }
            Item::Enum(item) => (&item.attrs, self.enumeration(item, shape)?),
            Item::Fn(item) => {
                let text = self.function(&item.vis, &item.sig, Some(&item.block), shape.block);
                (&item.attrs, text)
            }
            Item::Impl(item) => (&item.attrs, self.implementation(item, shape)?),
            Item::Macro(item) if item.ident.is_none() => {
                (&item.attrs, self.macro_item(item, shape)?)
            }
            Item::Mod(item) if item.content.is_none() => (
                &item.attrs,
                format!("{}mod {};", visibility(&item.vis), item.ident),
            ),
            Item::Struct(item) => (&item.attrs, self.structure(item, shape)?),
            Item::Trait(item) => (&item.attrs, self.trait_(item, shape)?),
            Item::Type(item) => {
                let head = format!("{}type {}", visibility(&item.vis), item.ident);
                (
                    &item.attrs,
                    self.alias(&head, &item.generics, Some(&item.ty), shape)?,
                )
            }
            Item::Use(item) => (&item.attrs, Use::of_item(item).text(shape.block)),
            _ => return Some(flat::tokens(item)),
        };
        Some(format!(
            "{}{text}",
            self.outer_attributes(attributes, shape)
        ))
    }

    /// `const NAME: type = value;`
    fn constant(
        &self,
        mut head: String,
        ty: &Type,
        value: Option<&Expr>,
        shape: Shape,
    ) -> Option<String> {
        // ` =` follows the type.
        let place = shape
            .after(head.len() + 1)
            .and_then(|place| place.before(2));
        match place.and_then(|place| self.ty(ty, place)) {
            Some(ty) => head.push_str(&format!(" {ty}")),
            None => {
                let lines = shape.nested_line();
                head.push_str(&newline(lines.indent()));
                head.push_str(&self.ty(ty, lines)?);
            }
        }
        let Some(value) = value else {
            return Some(format!("{head};"));
        };
        head.push_str(" =");
        let text = self.assigned(head, value, shape.before(1)?)?;
        Some(format!("{text};"))
    }

    /// `type Name = type;`
    fn alias(
        &self,
        head: &str,
        generics: &Generics,
        ty: Option<&Type>,
        shape: Shape,
    ) -> Option<String> {
        let head = self.generics(head, generics, shape)?;
        let Some(ty) = ty else {
            return Some(format!("{head};"));
        };
        let ty = |shape| self.ty(ty, shape);
        Some(format!(
            "{};",
            self.assigned_with(format!("{head} ="), &ty, shape.before(1)?)?
        ))
    }

    fn structure(&self, item: &ItemStruct, shape: Shape) -> Option<String> {
        let head = format!("{}struct {}", visibility(&item.vis), item.ident);
        let head = self.generics(&head, &item.generics, shape)?;
        match &item.fields {
            Fields::Unit => Some(format!("{head};")),
            Fields::Unnamed(_) => Some(format!("{};", self.fields(head, &item.fields, 0, shape)?)),
            Fields::Named(fields) => {
                let mut head = head;
                let mut brace = " {".to_owned();
                if let Some(clause) = predicates(&item.generics) {
                    head.push_str(&newline(shape.block));
                    head.push_str(&self.where_clause(clause, shape)?);
                    brace = format!("{}{{", newline(shape.block));
                }
                if fields.named.is_empty() {
                    return Some(format!("{head}{brace}}}"));
                }
                self.field_lines(&format!("{head}{brace}"), fields.named.iter(), shape)
            }
        }
    }

    /// Fields in braces, each on a line of its own.
    fn field_lines<'a>(
        &self,
        head: &str,
        fields: impl Iterator<Item = &'a Field>,
        shape: Shape,
    ) -> Option<String> {
        let line = shape.nested_line();
        let mut text = head.to_owned();
        for field in fields {
            text.push_str(&newline(line.indent()));
            text.push_str(&self.field(field, line)?);
            text.push(',');
        }
        text.push_str(&newline(shape.block));
        text.push('}');
        Some(text)
    }

    fn field(&self, field: &Field, shape: Shape) -> Option<String> {
        let attributes = self.outer_attributes(&field.attrs, shape);
        let name = field
            .ident
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        let head = format!("{}{name}:", visibility(&field.vis));
        let place = shape.before(1)?;
        if let Some(place) = place.after(head.len() + 1)
            && let Some(ty) = self.ty(&field.ty, place)
            && !is_multi_line(&ty)
        {
            return Some(format!("{attributes}{head} {ty}"));
        }
        let ty = |shape| self.ty(&field.ty, shape);
        Some(format!(
            "{attributes}{}",
            self.assigned_with(head, &ty, place)?
        ))
    }

    pub(super) fn tuple_field(&self, field: &Field, shape: Shape) -> Option<String> {
        let head = format!(
            "{}{}",
            self.outer_attributes(&field.attrs, shape),
            visibility(&field.vis)
        );
        Some(format!(
            "{head}{}",
            self.ty(&field.ty, shape.after(last_width(&head))?)?
        ))
    }

    /// Fields of a variant or of a tuple structure.
    fn fields(
        &self,
        head: String,
        fields: &Fields,
        one_line: usize,
        shape: Shape,
    ) -> Option<String> {
        match fields {
            Fields::Unit => Some(head),
            Fields::Unnamed(fields) => {
                let list = List {
                    name: &head,
                    brackets: ["(", ")"],
                    items: fields.unnamed.iter().map(ListItem::Field).collect(),
                    limit: flat::CALL_WIDTH,
                    comma: Comma::Vertical,
                    of_macro: false,
                };
                self.list(&list, shape)
            }
            Fields::Named(fields) => {
                let head = format!("{head} {{");
                let line = shape.nested_line();
                let texts: Vec<String> = fields
                    .named
                    .iter()
                    .map(|field| self.field(field, line))
                    .collect::<Option<_>>()?;
                let joined = texts.join(", ");
                if joined.is_empty() {
                    return Some(format!("{head}}}"));
                }
                if !is_multi_line(&joined) && head.len() + joined.len() + 3 <= one_line {
                    return Some(format!("{head} {joined} }}"));
                }
                self.field_lines(&head, fields.named.iter(), shape)
            }
        }
    }

    fn enumeration(&self, item: &ItemEnum, shape: Shape) -> Option<String> {
        let head = format!("{}enum {}", visibility(&item.vis), item.ident);
        let mut text = self.generics(&head, &item.generics, shape)?;
        if let Some(clause) = predicates(&item.generics) {
            text.push_str(&newline(shape.block));
            text.push_str(&self.where_clause(clause, shape)?);
            text.push_str(&newline(shape.block));
        } else {
            text.push(' ');
        }
        text.push('{');
        if item.variants.is_empty() {
            text.push('}');
            return Some(text);
        }
        let line = shape.nested_line();
        let variants = |one_line: usize| -> Option<Vec<String>> {
            let variants = item.variants.iter();
            variants
                .map(|variant| self.variant(variant, one_line, line))
                .collect()
        };
        let mut texts = variants(VARIANT_WIDTH)?;
        // If one variant has several lines, no variant has its fields on one.
        let lines = texts.iter().filter(|text| is_multi_line(text)).count();
        if lines > 0 && lines < texts.len() {
            texts = variants(0)?;
        }
        for variant in texts {
            text.push_str(&newline(line.indent()));
            text.push_str(&variant);
            text.push(',');
        }
        text.push_str(&newline(shape.block));
        text.push('}');
        Some(text)
    }

    fn variant(&self, variant: &Variant, one_line: usize, shape: Shape) -> Option<String> {
        let attributes = self.outer_attributes(&variant.attrs, shape);
        let place = shape.before(1)?;
        let text = self.fields(variant.ident.to_string(), &variant.fields, one_line, place)?;
        let text = match &variant.discriminant {
            Some((_, value)) => self.assigned(format!("{text} ="), value, place)?,
            None => text,
        };
        Some(format!("{attributes}{text}"))
    }

    fn implementation(&self, item: &ItemImpl, shape: Shape) -> Option<String> {
        let head = if item.unsafety.is_some() {
            "unsafe impl"
        } else {
            "impl"
        };
        let place = shape.after(0)?;
        let mut text = self.generics(head, &item.generics, place)?;
        let clause = predicates(&item.generics);
        if let Some((path, _)) = &item.trait_ {
            let polarity = if item.modifiers.polarity.is_some() {
                "!"
            } else {
                ""
            };
            let place = shape.after(1 + polarity.len() + last_width(&text));
            match place.and_then(|place| self.path(None, path, place)) {
                Some(path) if !is_multi_line(&path) => {
                    text.push_str(&format!(" {polarity}{path}"));
                }
                _ => {
                    let line = shape.nested_line();
                    text.push_str(&newline(line.indent()));
                    text.push_str(polarity);
                    text.push_str(&self.path(None, path, line)?);
                }
            }
        }
        let of = if item.trait_.is_some() { "for " } else { "" };
        let brace = if clause.is_none() { 2 } else { 0 };
        let used = last_width(&text) + if of.is_empty() { 0 } else { 4 } + brace + 1;
        let place = Shape {
            width: budget(used),
            ..shape
        };
        match self.ty(&item.self_ty, place) {
            Some(ty) if !is_multi_line(&ty) => text.push_str(&format!(" {of}{ty}")),
            _ => {
                let line = shape.nested_line();
                text.push_str(&newline(line.indent()));
                text.push_str(of);
                let place = Shape {
                    width: budget(last_width(&text)),
                    ..line
                };
                text.push_str(&self.ty(&item.self_ty, place)?);
            }
        }
        if let Some(clause) = clause {
            text.push_str(&if last_width(&text) == 1 {
                " ".to_owned()
            } else {
                newline(shape.block)
            });
            text.push_str(&self.where_clause(clause, shape)?);
        }
        let mut members: Vec<(String, bool)> = Vec::with_capacity(item.items.len());
        for member in &item.items {
            members.push(self.impl_member(member, shape.nested_line())?);
            if shape.block == 0 {
                self.clear_cache();
            }
        }
        Some(braced(text, &members, shape))
    }

    fn impl_member(&self, member: &ImplItem, shape: Shape) -> Option<(String, bool)> {
        let (attributes, vis, text, short): (&[Attribute], _, _, _) = match member {
            ImplItem::Const(item) => {
                let head = format!("const {}:", item.ident);
                let head = format!("{}{head}", visibility(&item.vis));
                let text = self.constant(head, &item.ty, Some(&item.expr), shape)?;
                (&item.attrs, &item.vis, text, true)
            }
            ImplItem::Fn(item) => {
                let text = self.function(&item.vis, &item.sig, Some(&item.block), shape.block);
                (&item.attrs, &item.vis, text, false)
            }
            ImplItem::Type(item) => {
                let head = format!("{}type {}", visibility(&item.vis), item.ident);
                let text = self.alias(&head, &item.generics, Some(&item.ty), shape)?;
                (&item.attrs, &item.vis, text, true)
            }
            other => return Some((flat::tokens(other), false)),
        };
        let short = short && attributes.is_empty() && matches!(vis, Visibility::Inherited);
        Some((
            format!("{}{text}", self.outer_attributes(attributes, shape)),
            short,
        ))
    }

    fn trait_(&self, item: &ItemTrait, shape: Shape) -> Option<String> {
        let head = format!("{}trait {}", visibility(&item.vis), item.ident);
        let mut text = self.generics(&head, &item.generics, shape)?;
        if !item.supertraits.is_empty() {
            let bounds = |shape| self.bounds(&item.supertraits, shape, true);
            text = self.assigned_with(format!("{text}:"), &bounds, shape)?;
        }
        if let Some(clause) = predicates(&item.generics) {
            text.push_str(&newline(shape.block));
            text.push_str(&self.where_clause(clause, shape)?);
        }
        let members: Vec<(String, bool)> = item
            .items
            .iter()
            .map(|member| self.trait_member(member, shape.nested_line()))
            .collect::<Option<_>>()?;
        Some(braced(text, &members, shape))
    }

    fn trait_member(&self, member: &TraitItem, shape: Shape) -> Option<(String, bool)> {
        let (attributes, text, short) = match member {
            TraitItem::Const(item) => {
                let value = item.default.as_ref().map(|(_, value)| value);
                let head = format!("const {}:", item.ident);
                (
                    &item.attrs,
                    self.constant(head, &item.ty, value, shape)?,
                    true,
                )
            }
            TraitItem::Fn(item) => {
                let body = item.default.as_ref();
                let text = self.function(&Visibility::Inherited, &item.sig, body, shape.block);
                (&item.attrs, text, false)
            }
            TraitItem::Type(item) => {
                let mut head = format!("type {}", item.ident);
                if !item.bounds.is_empty() {
                    head.push_str(": ");
                    head.push_str(&self.bounds(&item.bounds, shape, true)?);
                }
                let ty = item.default.as_ref().map(|(_, ty)| ty);
                (
                    &item.attrs,
                    self.alias(&head, &item.generics, ty, shape)?,
                    true,
                )
            }
            other => return Some((flat::tokens(other), false)),
        };
        let short = short && attributes.is_empty();
        Some((
            format!("{}{text}", self.outer_attributes(attributes, shape)),
            short,
        ))
    }
}

/// Members in braces, with blank lines between those that have more than one line.
fn braced(head: String, members: &[(String, bool)], shape: Shape) -> String {
    let mut text = head;
    if members.is_empty() && !is_multi_line(&text) && text.len() <= MAX_WIDTH {
        text.push_str(" {}");
        return text;
    }
    text.push_str(&if is_multi_line(&text) {
        newline(shape.block)
    } else {
        " ".to_owned()
    });
    text.push('{');
    for (index, (member, short)) in members.iter().enumerate() {
        if index > 0 && !short {
            text.push('\n');
        }
        text.push_str(&newline(shape.block + TAB));
        text.push_str(member);
    }
    text.push_str(&newline(shape.block));
    text.push('}');
    text
}
