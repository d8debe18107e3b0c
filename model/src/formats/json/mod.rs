//! Parses JSON text into [`Node`](crate::syntax::node::Node)s.

mod malformed;
mod read;
