//! The page of an operation.

use super::Site;
use super::member::Side;
use super::page::{Folder, Page};
use crate::emit::code;
use crate::graph::{Http, Operation, Pagination, PathPart, Retry, Service, Shape, Structure, Type};

const EMITTER: &str = "codegen/src/render/pages/operation.rs";

/// Path and text of an operation's page.
pub(super) fn page(site: &Site<'_>, operation: &Operation) -> (String, String) {
    let mut page = Page::new(site, Folder::Operations, EMITTER, &operation.id, &operation.name.rust);
    page.add(["Operation of "]);
    page.link_index();
    page.add([": `", &operation.http.method, " "]);
    page.uri(&operation.http);
    page.add(["`, HTTP ", &operation.http.code.to_string(), " on success\n\n"]);
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

/// How the retries of an error are put in words.
pub(super) fn retry(retry: Retry) -> &'static str {
    match retry {
        Retry::Never => "no",
        Retry::Transient => "yes",
        Retry::Throttling => "yes, after a longer wait",
    }
}

impl Page<'_> {
    fn uri(&mut self, http: &Http) {
        for part in &http.path {
            match part {
                PathPart::Literal(text) => self.add([text.as_str()]),
                PathPart::Label { member, greedy } => {
                    self.add(["{", member, if *greedy { "+}" } else { "}" }]);
                }
            }
        }
        for (i, literal) in http.query.iter().enumerate() {
            self.add([if i == 0 { "?" } else { "&" }, literal]);
        }
    }

    /// Adds the example without the lines that rustdoc hides.
    fn example(&mut self, operation: &Operation) {
        let Some(examples) = self.site.examples.of(operation) else { return };
        self.section("Example");
        self.call(&examples.whole);
        for example in &examples.published {
            self.add(["### ", &example.title, "\n\n"]);
            example.docs.iter().for_each(|line| self.add([line, "\n"]));
            if !example.docs.is_empty() {
                self.end_block();
            }
            self.call(&example.call);
            if let Some((introduction, json)) = &example.answer {
                self.paragraph(introduction);
                self.add(["```json\n"]);
                json.iter().for_each(|line| self.add([line, "\n"]));
                self.add(["```\n\n"]);
            }
        }
    }

    fn call(&mut self, lines: &[String]) {
        let shown = lines.iter().filter(|line| !line.starts_with("# ") && !line.starts_with("```"));
        self.add(["```rust\n"]);
        shown.for_each(|line| self.add([line, "\n"]));
        self.add(["```\n\n"]);
    }

    fn message(&mut self, title: &str, structure: &Structure, side: Side) {
        let site = self.site;
        self.section(title);
        self.add(["`", &site.crate_ident, "::operations::", &structure.name.rust]);
        self.add([if structure.members.is_empty() { "`, without members\n\n" } else { "`\n\n" }]);
        self.members(structure, side, true);
    }

    fn pagination(&mut self, operation: &Operation, pagination: &Pagination) {
        let service = self.site.service;
        let input = |name: &String| path(service, &operation.input, std::slice::from_ref(name));
        let output = |names: &[String]| path(service, &operation.output, names);
        self.section("Pagination");
        self.add(["- Token in the response: `", &output(&pagination.output_token), "`\n"]);
        self.add(["- Token in the request for the next page: `", &input(&pagination.input_token), "`\n"]);
        if !pagination.items.is_empty() {
            self.add(["- Items: `", &output(&pagination.items), "`\n"]);
        }
        if let Some(page_size) = &pagination.page_size {
            self.add(["- Page size: `", &input(page_size), "`\n"]);
        }
        self.end_block();
    }

    fn waiters(&mut self, operation: &Operation) {
        if operation.waiters.is_empty() {
            return;
        }
        self.section("Waiters");
        for waiter in &operation.waiters {
            let (min, max) = (waiter.min_delay.to_string(), waiter.max_delay.to_string());
            self.add(["### `", &waiter.method, "`\n\n"]);
            self.add([waiter.name.as_str(), ", a call every ", &min, " to ", &max, " seconds"]);
            self.add([if waiter.deprecated { ", deprecated\n\n" } else { "\n\n" }]);
            self.docs(&waiter.docs, None);
            for acceptor in &waiter.acceptors {
                self.add(["- ", &acceptor.in_words(code), "\n"]);
            }
            self.end_block();
        }
    }

    fn errors(&mut self, operation: &Operation) {
        if operation.errors.is_empty() {
            return;
        }
        self.section("Errors");
        self.add(["| Error | Status | Retried |\n|---|---|---|\n"]);
        for error in &operation.errors {
            let Some(Shape::Error(shape)) = self.site.service.shapes.get(&error.id) else { continue };
            self.add(["| "]);
            self.link_type(&shape.structure.name);
            self.add([" | ", &shape.status.to_string(), " | ", retry(error.retry), " |\n"]);
        }
        self.end_block();
    }
}

/// A path of model names as one of Rust names, such as `page.next_token`.
fn path(service: &Service, structure: &Structure, names: &[String]) -> String {
    let Some((name, rest)) = names.split_first() else { return String::new() };
    let Some(member) = structure.member(name) else { return names.join(".") };
    match (&member.ty, rest) {
        (_, []) => member.name.rust.clone(),
        (Type::Named(named), rest) => match service.shapes.get(&named.id) {
            Some(Shape::Structure(inner)) => format!("{}.{}", member.name.rust, path(service, inner, rest)),
            _ => names.join("."),
        },
        _ => names.join("."),
    }
}
