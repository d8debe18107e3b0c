//! The formats that models are written in.

mod json;
