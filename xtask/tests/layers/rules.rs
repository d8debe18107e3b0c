//! The three rules, and their violations.

use crate::folders::Folders;
use crate::modules::Crate;
use crate::resolve::Target;
use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Rule {
    Order,
    Cycles,
    Reexports,
}

impl Rule {
    pub(crate) const ALL: [Self; 3] = [Self::Order, Self::Cycles, Self::Reexports];

    fn help(self) -> &'static str {
        match self {
            Self::Order => {
                "a folder imports only folders listed above it: move the item down, or the importer up"
            }
            Self::Cycles => {
                "the two files import each other, directly or through others: move what both need \
                 into a file below"
            }
            Self::Reexports => "import the item from the module that defines it",
        }
    }
}

/// The violations of each rule, one line per import.
pub(crate) struct Violations {
    order: BTreeSet<String>,
    cycles: BTreeSet<String>,
    reexports: BTreeSet<String>,
}

impl Violations {
    /// Checks a crate. `recursive` are sets of files that may import each other.
    pub(crate) fn find(tree: &Crate, folders: &Folders, recursive: &[BTreeSet<String>]) -> Self {
        let (edges, reexports) = edges(tree);
        let order = edges
            .iter()
            .filter(|(from, to)| !folders.allow(from, to))
            .map(|(from, to)| format!("{from} -> {to}"))
            .collect();
        Self {
            order,
            cycles: cycles(&edges, recursive),
            reexports,
        }
    }

    pub(crate) fn of(&self, rule: Rule) -> &BTreeSet<String> {
        match rule {
            Rule::Order => &self.order,
            Rule::Cycles => &self.cycles,
            Rule::Reexports => &self.reexports,
        }
    }
}

/// The imports between files, each from the importer to the file that defines what it imports, and
/// the imports through re-exports.
fn edges(tree: &Crate) -> (BTreeSet<(&str, &str)>, BTreeSet<String>) {
    let mut edges = BTreeSet::new();
    let mut reexports = BTreeSet::new();
    for (index, module) in tree.modules.iter().enumerate() {
        let from = module.file.as_str();
        for path in &module.paths {
            let through = match tree.resolve(index, path) {
                Some(Target::Item { module, through }) => {
                    edges.insert((from, tree.modules[module].file.as_str()));
                    through
                }
                Some(Target::Foreign { through }) => Some(through),
                Some(Target::Module(_)) | None => None,
            };
            if let Some(through) = through.filter(|_| !path.exported) {
                reexports.insert(format!("{from} -> {through}"));
            }
        }
        for glob in &module.globs {
            if let Some(Target::Module(module)) = tree.resolve(index, glob) {
                edges.insert((from, tree.modules[module].file.as_str()));
            }
        }
    }
    edges.retain(|(from, to)| from != to);
    (edges, reexports)
}

/// The imports within each strongly connected component that is not declared in `recursive`.
fn cycles(edges: &BTreeSet<(&str, &str)>, recursive: &[BTreeSet<String>]) -> BTreeSet<String> {
    let mut graph: DiGraph<&str, ()> = DiGraph::new();
    let mut nodes = BTreeMap::new();
    for (from, to) in edges {
        let [from, to] =
            [*from, *to].map(|file| *nodes.entry(file).or_insert_with(|| graph.add_node(file)));
        graph.add_edge(from, to, ());
    }
    let mut found = BTreeSet::new();
    for component in tarjan_scc(&graph) {
        let component: BTreeSet<&str> = component.into_iter().map(|node| graph[node]).collect();
        let declared = recursive
            .iter()
            .any(|set| component.iter().all(|file| set.contains(*file)));
        if component.len() < 2 || declared {
            continue;
        }
        for (from, to) in edges {
            if component.contains(from) && component.contains(to) {
                found.insert(format!("{from} -> {to}"));
            }
        }
    }
    found
}

/// The violations of a rule with a help. Empty if there are none.
pub(crate) fn report(name: &str, rule: Rule, found: &BTreeSet<String>) -> String {
    let mut report = String::new();
    if !found.is_empty() {
        writeln!(report, "{name}: {}", rule.help()).unwrap();
    }
    for line in found.iter().take(LISTED) {
        writeln!(report, "  {line}").unwrap();
    }
    if found.len() > LISTED {
        writeln!(report, "  and {} more", found.len() - LISTED).unwrap();
    }
    report
}

/// The number of violations of a rule that a report lists.
const LISTED: usize = 12;
