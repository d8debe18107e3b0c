//! The scope of expressions.

use crate::graph::service::Shapes;
use crate::graph::shape::Structure;

/// The messages of an operation to which its expressions refer, and the shapes of their members.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope<'g> {
    pub(crate) input: &'g Structure,
    pub(crate) output: &'g Structure,
    pub(crate) shapes: &'g Shapes,
}
