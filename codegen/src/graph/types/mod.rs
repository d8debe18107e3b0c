//! The shape graph: everything the emitters need, each fact decided once, nothing left to fill in.

mod member;
mod service;
mod shape;

pub(crate) use member::*;
pub(crate) use service::*;
pub(crate) use shape::*;
