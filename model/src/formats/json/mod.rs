//! JSON text to [`Node`](crate::syntax::node::Node).

mod malformed;
mod read;
