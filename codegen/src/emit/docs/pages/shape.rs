//! The page of a structure, union, enum or error.

use crate::emit::docs::comments::deprecation;
use crate::emit::docs::contents::{Side, number};
use crate::emit::docs::pages::operation::retry;
use crate::emit::docs::pages::page::{Folder, Page};
use crate::emit::docs::pages::site::Site;
use crate::emit::docs::pages::users::User;
use crate::graph::shape::{EnumValue, ErrorShape, Shape, Structure};
use crate::text::Text;
use crate::text::markdown::{Markdown, name, pieces};
use smithy_model::ShapeId;

const EMITTER: &str = "codegen/src/emit/docs/pages/shape.rs";

/// Path and text of a shape's page.
pub(super) fn page(site: &Site<'_>, id: &ShapeId, shape: &Shape) -> (String, String) {
    let mut page = Page::new(site, Folder::Types, EMITTER, id, name(&shape.name().rust));
    page.introduction(id, shape);
    match shape {
        Shape::Structure(structure) => page.structure(structure, Side::Nested),
        Shape::Error(error) => page.structure(&error.structure, Side::Response),
        Shape::Union(union) => {
            page.docs(&union.docs, union.deprecated.as_ref());
            page.section("Variants");
            page.variants(union);
        }
        Shape::Enum(shape) => {
            page.docs(&shape.docs, shape.deprecated.as_ref());
            page.values_with_docs(&shape.values, Text::code);
        }
        Shape::IntEnum(shape) => {
            page.docs(&shape.docs, shape.deprecated.as_ref());
            page.values_with_docs(&shape.values, number);
        }
    }
    page.users(id);
    page.finish(&shape.name().module)
}

impl Page<'_> {
    /// Adds the line with the kind and the path of the shape.
    fn introduction(&mut self, id: &ShapeId, shape: &Shape) {
        let (kind, more, sensitive) = match shape {
            Shape::Structure(structure) => ("Structure", "", structure.sensitive),
            Shape::Union(union) => (
                "Tagged union",
                ", exactly one variant is set",
                union.sensitive,
            ),
            Shape::Enum(shape) => ("Enum", "", shape.sensitive),
            Shape::IntEnum(shape) => ("Integer enum", "", shape.sensitive),
            Shape::Error(error) => ("Error", "", error.structure.sensitive),
        };
        self.add(pieces!("{} of ", kind));
        self.link_index();
        let site = self.site;
        self.add(pieces!(
            ": `{}::types::{}`{}",
            name(&site.crate_ident),
            name(&shape.name().rust),
            more
        ));
        if let Shape::Error(error) = shape {
            self.error(id, error);
        }
        self.add(pieces!(
            "{}",
            if sensitive { ", sensitive\n\n" } else { "\n\n" }
        ));
    }

    fn error(&mut self, id: &ShapeId, error: &ErrorShape) {
        let site = self.site;
        let Some(variant) = site.service.errors.iter().find(|variant| variant.id == *id) else {
            return;
        };
        self.add(pieces!(
            " in `{}::Error::{}`\n\n",
            name(&site.crate_ident),
            name(&variant.rust)
        ));
        self.add(pieces!("- Status: {}\n", error.response.status));
        self.add(pieces!("- Code: {}\n", variant.code.code()));
        self.add(pieces!("- Retried: {}", retry(variant.retried)));
    }

    fn structure(&mut self, structure: &Structure, side: Side) {
        self.docs(&structure.docs, structure.deprecated.as_ref());
        self.section("Members");
        if structure.members.is_empty() {
            self.paragraph("The structure has no members.");
        }
        self.members(structure, side);
    }

    /// Adds a list item per value.
    fn values_with_docs<T>(&mut self, values: &[EnumValue<T>], in_code: fn(&T) -> Markdown) {
        self.section("Values");
        for value in values {
            self.add(pieces!(
                "- `{}` = {}",
                name(&value.rust),
                in_code(&value.value)
            ));
            for (i, line) in value.docs.lines().iter().enumerate() {
                let gap = match i {
                    0 if starts_block(line.as_str()) => ":\n\n",
                    0 => ":\n",
                    _ => "\n",
                };
                self.add(pieces!(
                    "{}{}{}",
                    gap,
                    if line.is_empty() { "" } else { "  " },
                    line
                ));
            }
            if let Some(deprecated) = &value.deprecated {
                self.add(pieces!("\n\n  {}", deprecation(deprecated)));
            }
            self.add(pieces!("\n"));
        }
        self.add(pieces!(
            "\nOther values are read as `Unknown`, and sent back unchanged.\n\n"
        ));
    }

    /// Adds the users of the shape. Errors are on the pages of operations.
    fn users(&mut self, id: &ShapeId) {
        let users = self.site.users.get(id);
        if users.is_empty() {
            return;
        }
        self.section("Used by");
        for user in users {
            self.add(pieces!("- "));
            match user {
                User::Operation(operation) => self.link_operation(operation),
                User::Type(name) => self.link_type(name),
            }
            self.add(pieces!("\n"));
        }
        self.end_block();
    }
}

/// Whether a line starts a block other than a paragraph, which needs an empty line before it.
fn starts_block(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_digit() || "-*|>#`".contains(c))
}
