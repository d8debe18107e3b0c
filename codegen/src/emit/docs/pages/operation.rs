//! The page of an operation.

use crate::emit::docs::contents::Side;
use crate::emit::docs::pages::page::{Folder, Page};
use crate::emit::docs::pages::site::Site;
use crate::graph::member::Type;
use crate::graph::service::{Operation, Pagination, Retry, Service};
use crate::graph::shape::{Shape, Structure};
use crate::text::markdown::{Markdown, markdown, name, pieces};

const EMITTER: &str = "codegen/src/emit/docs/pages/operation.rs";

/// Path and text of an operation's page.
pub(super) fn page(site: &Site<'_>, operation: &Operation) -> (String, String) {
    let mut page = Page::new(
        site,
        Folder::Operations,
        EMITTER,
        &operation.id,
        name(&operation.name.rust),
    );
    page.add(pieces!("Operation of "));
    page.link_index();
    page.add(pieces!(
        ": {}, HTTP {} on success\n\n",
        operation.request.head.line().code(),
        operation.response.status
    ));
    if let Some(page_of_aws) = site.service.api_reference(operation) {
        page.paragraph(markdown!("[AWS API reference]({})", page_of_aws));
    }
    page.docs(&operation.docs, operation.deprecated.as_ref());
    page.example(operation);
    page.message("Request", &operation.input, Side::Request);
    page.message("Response", &operation.output, Side::Response);
    if let Some(pagination) = &operation.pagination {
        page.pagination(operation, pagination);
    }
    page.waiters(operation);
    page.errors(operation);
    page.finish(&operation.name.module)
}

/// Whether an error is retried, as text.
pub(super) fn retry(retry: Retry) -> &'static str {
    match retry {
        Retry::Never => "no",
        Retry::Transient => "yes",
        Retry::Throttling => "yes, with longer delays",
    }
}

impl Page<'_> {
    /// Adds the example without the lines that rustdoc hides.
    fn example(&mut self, operation: &Operation) {
        let Some(examples) = self.site.examples.of(operation) else {
            return;
        };
        if examples.sample.is_none() && examples.published.is_empty() {
            return;
        }
        self.section("Example");
        examples.sample.iter().for_each(|lines| self.call(lines));
        for example in &examples.published {
            self.add(pieces!("### {}\n\n", example.title));
            self.lines(&example.docs);
            if !example.docs.is_empty() {
                self.end_block();
            }
            self.call(&example.call);
            if let Some((introduction, json)) = &example.response {
                self.paragraph(introduction);
                self.lines(json);
                if !json.is_empty() {
                    self.end_block();
                }
            }
        }
    }

    fn call(&mut self, lines: &[Markdown]) {
        let is_shown = |line: &&Markdown| {
            !["# ", "```"]
                .iter()
                .any(|start| line.as_str().starts_with(start))
        };
        self.add(pieces!("```rust\n"));
        lines
            .iter()
            .filter(is_shown)
            .for_each(|line| self.add(pieces!("{}\n", line)));
        self.add(pieces!("```\n\n"));
    }

    fn message(&mut self, title: &'static str, structure: &Structure, side: Side) {
        let site = self.site;
        self.section(title);
        let none = if structure.members.is_empty() {
            ", without members"
        } else {
            ""
        };
        self.add(pieces!(
            "`{}::operations::{}`{}\n\n",
            name(&site.crate_ident),
            name(&structure.name.rust),
            none
        ));
        self.members(structure, side);
    }

    fn pagination(&mut self, operation: &Operation, pagination: &Pagination) {
        let service = self.site.service;
        let input = |name: &String| path(service, &operation.input, std::slice::from_ref(name));
        let output = |names: &[String]| path(service, &operation.output, names);
        self.section("Pagination");
        self.add(pieces!(
            "- Token in the response: `{}`\n",
            name(&output(&pagination.output_token))
        ));
        let token = input(&pagination.input_token);
        self.add(pieces!(
            "- Token in the request for the next page: `{}`\n",
            name(&token)
        ));
        if !pagination.items.is_empty() {
            self.add(pieces!("- Items: `{}`\n", name(&output(&pagination.items))));
        }
        if let Some(page_size) = &pagination.page_size {
            self.add(pieces!("- Page size: `{}`\n", name(&input(page_size))));
        }
        self.end_block();
    }

    fn waiters(&mut self, operation: &Operation) {
        if operation.waiters.is_empty() {
            return;
        }
        self.section("Waiters");
        for waiter in &operation.waiters {
            let (min, max) = (waiter.min_delay, waiter.max_delay);
            self.add(pieces!("### `{}`\n\n", name(&waiter.method)));
            self.add(pieces!(
                "{}, a call every {} to {} seconds",
                name(&waiter.name),
                min,
                max
            ));
            self.add(pieces!(
                "{}",
                if waiter.deprecated {
                    ", deprecated\n\n"
                } else {
                    "\n\n"
                }
            ));
            self.docs(&waiter.docs, None);
            for acceptor in &waiter.acceptors {
                self.add(pieces!("- {}\n", acceptor.description()));
            }
            self.end_block();
        }
    }

    fn errors(&mut self, operation: &Operation) {
        if operation.errors.is_empty() {
            return;
        }
        self.section("Errors");
        self.add(pieces!("| Error | Status | Retried |\n|---|---|---|\n"));
        for error in &operation.errors {
            let Some(Shape::Error(shape)) = self.site.service.shapes.get(&error.id) else {
                continue;
            };
            self.add(pieces!("| "));
            self.link_type(&shape.structure.name);
            self.add(pieces!(
                " | {} | {} |\n",
                shape.response.status,
                retry(error.retried)
            ));
        }
        self.end_block();
    }
}

/// A path of model names as one of Rust names, such as `page.next_token`.
fn path(service: &Service, structure: &Structure, names: &[String]) -> String {
    let Some((name, rest)) = names.split_first() else {
        return String::new();
    };
    let Some(member) = structure.member(name) else {
        return names.join(".");
    };
    match (&member.ty, rest) {
        (_, []) => member.name.rust.clone(),
        (Type::Named(named), rest) => match service.shapes.get(&named.id) {
            Some(Shape::Structure(inner)) => {
                format!("{}.{}", member.name.rust, path(service, inner, rest))
            }
            _ => names.join("."),
        },
        _ => names.join("."),
    }
}
