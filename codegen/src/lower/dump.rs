//! Prints the tables of passes, for debugging the generator.

use crate::graph::dump::{
    bindings_text, docs, error_text, graph, line_text, pagination_text, scheme_text, shape_text,
    structure_text, waiter_text,
};
use crate::graph::examples::Examples;
use crate::graph::protocol_tests::OperationTests;
use crate::graph::service::{ErrorVariant, Pagination, Service, Shapes};
use crate::graph::value::MemberValue;
use crate::graph::waiters::Waiter;
use crate::lower::auth::Authentication;
use crate::lower::blanks::Blanks;
use crate::lower::endpoint::bindings::BoundRules;
use crate::lower::names::assign::Names;
use crate::lower::operations::Messages;
use crate::lower::quirks::Quirks;
use crate::lower::recursion::Recursion;
use crate::select::closure::Closure;
use smithy_model::ShapeId;
use std::collections::BTreeMap;
use std::fmt::{Result, Write};

/// A stage of the pipeline that can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The operations, errors and other shapes that are generated.
    Closure,
    /// The changes to requests of single services.
    Quirks,
    /// Members whose value is boxed, and structures that may contain themselves.
    Recursion,
    /// Every Rust name with the shape id it stands for.
    Names,
    /// How structures with no members set are made.
    Blanks,
    /// The shapes that become Rust items.
    Shapes,
    /// Requests and responses of operations.
    Messages,
    /// Operations with pages.
    Pagination,
    /// Waiters.
    Waiters,
    /// The endpoint rules, and the values that operations give to their parameters.
    Endpoint,
    /// How operations authenticate.
    Auth,
    /// The errors of the service.
    Errors,
    /// The examples of operations.
    Examples,
    /// The protocol tests of operations.
    ProtocolTests,
    /// Every documentation text as Markdown.
    Docs,
    /// The shape graph, made of the tables of all passes.
    Graph,
}

impl Stage {
    /// Every stage with the name that users give it, in the order of the passes.
    pub const ALL: [(&str, Self); 16] = [
        ("closure", Self::Closure),
        ("quirks", Self::Quirks),
        ("recursion", Self::Recursion),
        ("names", Self::Names),
        ("blanks", Self::Blanks),
        ("shapes", Self::Shapes),
        ("messages", Self::Messages),
        ("pagination", Self::Pagination),
        ("waiters", Self::Waiters),
        ("endpoint", Self::Endpoint),
        ("auth", Self::Auth),
        ("errors", Self::Errors),
        ("examples", Self::Examples),
        ("protocol-tests", Self::ProtocolTests),
        ("docs", Self::Docs),
        ("graph", Self::Graph),
    ];
}

/// Prints the table of one stage while the passes run.
#[derive(Default)]
pub(crate) struct Dump {
    stage: Option<Stage>,
    text: String,
}

impl Dump {
    /// Prints this stage.
    pub(crate) fn of(stage: Stage) -> Self {
        Self {
            stage: Some(stage),
            text: String::new(),
        }
    }

    /// The table, which is printed if it is that of the wanted stage.
    pub(crate) fn table<T: Table>(&mut self, stage: Stage, table: T) -> T {
        if self.stage == Some(stage) {
            // Writing to a `String` cannot fail.
            let _ = table.print(&mut self.text);
        }
        table
    }

    /// The finished graph, from which two stages are printed.
    pub(crate) fn graph(&mut self, service: Service) -> Service {
        let _ = match self.stage {
            Some(Stage::Graph) => graph(&mut self.text, &service),
            Some(Stage::Docs) => docs(&mut self.text, &service),
            _ => Ok(()),
        };
        service
    }

    /// The printed text.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

/// The result of a pass.
pub(crate) trait Table {
    /// Prints the rows of the table.
    fn print(&self, out: &mut String) -> Result;
}

impl Table for Closure<'_> {
    fn print(&self, out: &mut String) -> Result {
        writeln!(out, "service {}", self.service.shape.id)?;
        for id in self.operations.keys() {
            writeln!(out, "operation {id}")?;
        }
        for id in self.data.keys() {
            let kind = if self.errors.contains(id) {
                "error"
            } else {
                "shape"
            };
            writeln!(out, "{kind} {id}")?;
        }
        Ok(())
    }
}

impl Table for Quirks<'_> {
    fn print(&self, out: &mut String) -> Result {
        for (id, changes) in &self.0 {
            writeln!(out, "{id}")?;
            changes
                .iter()
                .try_for_each(|change| writeln!(out, "  {change:?}"))?;
        }
        Ok(())
    }
}

impl Table for Recursion<'_> {
    fn print(&self, out: &mut String) -> Result {
        for id in &self.boxes {
            writeln!(out, "box {id}")?;
        }
        for id in &self.structures {
            writeln!(out, "recursive {id}")?;
        }
        Ok(())
    }
}

impl Table for Names {
    fn print(&self, out: &mut String) -> Result {
        for (id, names) in &self.operations {
            let (operation, output) = (&names.input.rust, &names.output.rust);
            writeln!(out, "{id} = operations::{operation} -> {output}")?;
        }
        for (id, name) in &self.types {
            writeln!(out, "{id} = types::{}", name.rust)?;
        }
        for (id, name) in &self.errors {
            writeln!(out, "{id} = Error::{name}")?;
        }
        for (id, name) in &self.members {
            writeln!(out, "{id} = {name}")?;
        }
        Ok(())
    }
}

impl Table for Blanks<'_> {
    fn print(&self, out: &mut String) -> Result {
        for (id, blank) in &self.structures {
            writeln!(out, "{id} {blank:?}")?;
        }
        let mut unions = self.unions.iter();
        unions.try_for_each(|id| writeln!(out, "{id} blank union"))
    }
}

impl Table for Shapes {
    fn print(&self, out: &mut String) -> Result {
        self.values().try_for_each(|shape| shape_text(out, shape))
    }
}

impl Table for BTreeMap<ShapeId, Messages> {
    fn print(&self, out: &mut String) -> Result {
        for (id, messages) in self {
            let (request, response) = (&messages.request, &messages.response);
            writeln!(out, "{id} {}", line_text(&request.head, response))?;
            bindings_text(out, request, response)?;
            structure_text(out, "  input", &messages.input)?;
            structure_text(out, "  output", &messages.output)?;
        }
        Ok(())
    }
}

impl Table for BTreeMap<ShapeId, Pagination> {
    fn print(&self, out: &mut String) -> Result {
        for (id, pages) in self {
            writeln!(out, "{id}")?;
            pagination_text(out, pages)?;
        }
        Ok(())
    }
}

impl Table for BTreeMap<ShapeId, Vec<Waiter>> {
    fn print(&self, out: &mut String) -> Result {
        for (id, waiters) in self {
            writeln!(out, "{id}")?;
            waiters
                .iter()
                .try_for_each(|waiter| waiter_text(out, waiter))?;
        }
        Ok(())
    }
}

impl Table for BoundRules {
    fn print(&self, out: &mut String) -> Result {
        for (id, bindings) in self.bindings.iter().filter(|(_, list)| !list.is_empty()) {
            writeln!(out, "{id}")?;
            for binding in bindings {
                writeln!(out, "  {} = {}", binding.parameter, binding.value)?;
            }
        }
        self.rules
            .iter()
            .try_for_each(|rules| write!(out, "{rules}"))
    }
}

impl Table for Authentication<'_> {
    fn print(&self, out: &mut String) -> Result {
        for scheme in &self.schemes {
            writeln!(out, "{}", scheme_text(scheme))?;
        }
        let mut operations = self.operations.iter();
        operations.try_for_each(|(id, auth)| writeln!(out, "{id} {auth:?}"))
    }
}

impl Table for BTreeMap<ShapeId, ErrorVariant> {
    fn print(&self, out: &mut String) -> Result {
        self.values().try_for_each(|error| error_text(out, error))
    }
}

impl Table for BTreeMap<ShapeId, Examples> {
    fn print(&self, out: &mut String) -> Result {
        for (id, examples) in self {
            writeln!(out, "{id}")?;
            if let Some(sample) = &examples.sample {
                writeln!(out, "  sample")?;
                members_text(out, &sample.input)?;
            }
            for example in &examples.published {
                writeln!(out, "  {}", example.title.shown())?;
                members_text(out, &example.input)?;
            }
        }
        Ok(())
    }
}

fn members_text(out: &mut String, members: &[MemberValue]) -> Result {
    members
        .iter()
        .try_for_each(|member| writeln!(out, "    {} = {:?}", member.setter, member.value))
}

impl Table for BTreeMap<ShapeId, OperationTests> {
    fn print(&self, out: &mut String) -> Result {
        for (id, OperationTests { client, server }) in self {
            if client.is_empty() && server.is_empty() {
                continue;
            }
            writeln!(out, "{id}")?;
            let client = client.iter().map(|test| ("", test));
            let server = server.iter().map(|test| ("server ", test));
            for (side, test) in client.chain(server) {
                writeln!(out, "  {side}{} = {}", test.rust, test.id.shown())?;
                if let Some(params) = test.message.params() {
                    members_text(out, &params.members)?;
                }
            }
        }
        Ok(())
    }
}
