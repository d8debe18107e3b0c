//! Reads nodes and reports problems.

use crate::graph::endpoint::types::Version;
use crate::lower::endpoint::scope::Scope;
use crate::text::Text;
use smithy_model::{Code, Diagnostic, Node, ShapeId};

/// Reads a rule set. Methods that return `None` have reported a problem.
#[derive(Debug)]
pub(super) struct Checker<'a> {
    pub(super) service: &'a ShapeId,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) version: Version,
    pub(super) scope: Scope,
}

impl<'a> Checker<'a> {
    pub(super) fn new(service: &'a ShapeId) -> Self {
        let newest = Version::V1_1;
        Self {
            service,
            problems: Vec::new(),
            version: newest,
            scope: Scope::default(),
        }
    }
}

impl Checker<'_> {
    pub(super) fn report(
        &mut self,
        node: &Node,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let problem = Diagnostic::error(Code::BadEndpointRules, message)
            .shape(self.service)
            .at(node.span)
            .help(help);
        self.problems.push(problem);
    }

    /// Reports a node of another type than expected.
    fn unexpected<T>(&mut self, node: &Node, what: &str, expected: &str) -> Option<T> {
        self.report(
            node,
            format!("{what} is {}", node.kind_name()),
            format!("write {expected}"),
        );
        None
    }

    /// Checks that a node is an object without unknown properties.
    pub(super) fn object(&mut self, node: &Node, what: &str, known: &[&str]) -> Option<()> {
        let Some(members) = node.as_object() else {
            return self.unexpected(node, what, "an object");
        };
        for (name, entry) in members {
            if !known.contains(&name.as_str()) {
                let help = format!("remove it; {what} has {}", list(known));
                self.report(
                    &entry.node,
                    format!("unknown property `{name}` of {what}"),
                    help,
                );
            }
        }
        Some(())
    }

    pub(super) fn required<'n>(&mut self, node: &'n Node, key: &str, of: &str) -> Option<&'n Node> {
        let found = node.get(key);
        if found.is_none() {
            self.report(node, format!("{of} has no `{key}`"), format!("add `{key}`"));
        }
        found
    }

    pub(super) fn string<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n str> {
        node.as_str()
            .or_else(|| self.unexpected(node, what, "a string"))
    }

    pub(super) fn bool(&mut self, node: &Node, what: &str) -> Option<bool> {
        node.as_bool()
            .or_else(|| self.unexpected(node, what, "`true` or `false`"))
    }

    pub(super) fn array<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [Node]> {
        node.as_array()
            .or_else(|| self.unexpected(node, what, "an array"))
    }

    pub(super) fn required_array<'n>(
        &mut self,
        node: &'n Node,
        key: &str,
        of: &str,
    ) -> Option<&'n [Node]> {
        let found = self.required(node, key, of)?;
        self.array(found, &format!("`{key}` of {of}"))
    }

    /// An optional property, read by `read`. `None` means that it is invalid.
    pub(super) fn optional<'n, T>(
        &mut self,
        node: &'n Node,
        key: &str,
        read: impl FnOnce(&mut Self, &'n Node, &str) -> Option<T>,
    ) -> Option<Option<T>> {
        match node.get(key) {
            Some(found) => read(self, found, &format!("`{key}`")).map(Some),
            None => Some(None),
        }
    }

    pub(super) fn documentation(&mut self, node: &Node) -> Option<Option<Text>> {
        self.optional(node, "documentation", Self::data)
    }

    /// A string that is not a template.
    pub(super) fn data(&mut self, node: &Node, what: &str) -> Option<Text> {
        self.string(node, what).map(Text::new)
    }

    /// Reads every item, so that all problems are reported.
    pub(super) fn each<T>(
        &mut self,
        nodes: &[Node],
        mut read: impl FnMut(&mut Self, &Node) -> Option<T>,
    ) -> Option<Vec<T>> {
        let items: Vec<Option<T>> = nodes.iter().map(|node| read(self, node)).collect();
        items.into_iter().collect()
    }

    /// The version of a rule set. If it is invalid, all functions are allowed.
    pub(super) fn version(&mut self, node: &Node) -> Option<Version> {
        let node = self.required(node, "version", "a rule set")?;
        let text = self.string(node, "`version`")?;
        let version = Version::parse(text);
        match version {
            Some(version) => self.version = version,
            None => {
                let help = format!(
                    "write the rules for one of the versions {}",
                    list(&Version::ALL)
                );
                self.report(
                    node,
                    format!("rules engine version `{text}` is not supported"),
                    help,
                );
            }
        }
        version
    }
}

/// `` `a`, `b` ``
pub(super) fn list<T: std::fmt::Display>(names: &[T]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
