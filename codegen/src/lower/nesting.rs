//! The `recursion_limit` of the crate, which deeply nested types require.

use crate::select::closure::Closure;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use smithy_model::{Shape, ShapeId};
use std::collections::BTreeMap;

/// The default limit of the compiler.
const DEFAULT_LIMIT: usize = 128;

/// The most steps that the compiler takes from one shape to the next: a map is a `BTreeMap`, a
/// marker, a `Box`, a pointer, a marker and a pair.
const STEPS: usize = 6;

/// The steps around the output of a call: its future, the result, the box of an error.
const AROUND: usize = 32;

/// The `recursion_limit` that the crate needs: the compiler proves `Send` and `Sync` of a type
/// through all types in it.
pub(crate) fn recursion_limit(closure: &Closure<'_>) -> Option<usize> {
    let limit = AROUND + STEPS * depth(closure);
    (limit > DEFAULT_LIMIT).then(|| limit.next_power_of_two())
}

/// The most shapes on a path through the closure. A path may go through all shapes of a cycle, so
/// that each of them counts.
fn depth(closure: &Closure<'_>) -> usize {
    let mut graph: DiGraph<&Shape, ()> = DiGraph::new();
    let mut nodes: BTreeMap<&ShapeId, NodeIndex> = BTreeMap::new();
    for shape in closure
        .shapes()
        .filter(|shape| shape.members().next().is_some())
    {
        nodes
            .entry(&shape.id)
            .or_insert_with(|| graph.add_node(shape));
    }
    for (from, to) in nodes
        .values()
        .flat_map(|node| {
            let shape = graph.node_weight(*node).copied();
            let targets = shape
                .into_iter()
                .flat_map(Shape::members)
                .filter_map(|member| nodes.get(&member.target));
            targets.map(|target| (*node, *target)).collect::<Vec<_>>()
        })
        .collect::<Vec<_>>()
    {
        graph.add_edge(from, to, ());
    }
    // The components that a component leads to come before it.
    let mut depths: BTreeMap<NodeIndex, usize> = BTreeMap::new();
    for component in kosaraju_scc(&graph) {
        let targets = component.iter().flat_map(|node| graph.neighbors(*node));
        let below = targets
            .filter_map(|target| depths.get(&target))
            .max()
            .copied()
            .unwrap_or_default();
        depths.extend(
            component
                .iter()
                .map(|node| (*node, below + component.len())),
        );
    }
    depths.into_values().max().unwrap_or_default()
}
