//! `docs/README.md`

use crate::emit::docs::pages::page::{Folder, Page};
use crate::emit::docs::pages::site::Site;
use crate::graph::shape::Shape;
use crate::text::docs::Docs;
use crate::text::markdown::{name, pieces};

const EMITTER: &str = "codegen/src/emit/docs/pages/index.rs";

/// The explanation of the words that all pages use.
const LEGEND: &str = "\
- **required**: a builder without this member does not compile. In a response, the member is always present.
- optional: an `Option`. The setter takes a value or an `Option`.
- default: a plain value that starts with this default.
- path, query, header, body, JSON: where the member is in the request or response, and its name there.
- list: a `Vec`; map: a `BTreeMap`; nullable: with `Option` items; boxed: in a `Box`.
- sensitive: hidden by `Debug`.
- Tagged unions and enums keep unknown members and values in `Unknown`, and send them back unchanged.
";

/// Path and text of the index.
pub(super) fn page(site: &Site<'_>) -> (String, String) {
    let service = site.service;
    let mut page = Page::new(site, Folder::Root, EMITTER, &service.id, &site.title);
    page.docs(&service.docs, None);
    page.add(pieces!(
        "Crate `{}`, API version {}.\n\n",
        name(&service.crate_name),
        service.version.plain()
    ));
    page.section("Operations");
    for operation in service.operations.values() {
        page.add(pieces!("- "));
        page.link_operation(operation);
        page.summary(&operation.docs);
    }
    page.end_block();
    page.shapes("Structures", |shape| matches!(shape, Shape::Structure(_)));
    page.shapes("Tagged unions", |shape| matches!(shape, Shape::Union(_)));
    page.shapes("Enums", |shape| {
        matches!(shape, Shape::Enum(_) | Shape::IntEnum(_))
    });
    page.shapes("Errors", |shape| matches!(shape, Shape::Error(_)));
    page.section("How to read the pages");
    page.add(pieces!("{}", LEGEND));
    page.finish("README")
}

impl Page<'_> {
    /// Adds a line per shape of a kind.
    fn shapes(&mut self, title: &'static str, of_kind: impl Fn(&Shape) -> bool) {
        let mut shapes = self
            .site
            .service
            .shapes
            .values()
            .filter(|shape| of_kind(shape))
            .peekable();
        if shapes.peek().is_none() {
            return;
        }
        self.section(title);
        for shape in shapes {
            self.add(pieces!("- "));
            self.link_type(shape.name());
            self.summary(shape.docs());
        }
        self.end_block();
    }

    /// Adds the first sentence to a list item, and ends it.
    fn summary(&mut self, docs: &Docs) {
        let summary = docs.summary();
        self.add(pieces!(
            "{}{}\n",
            if summary.is_empty() { "" } else { ": " },
            summary
        ));
    }
}
