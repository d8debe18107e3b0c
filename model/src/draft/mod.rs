//! Shapes while a model is loaded.

pub(crate) mod loading;
