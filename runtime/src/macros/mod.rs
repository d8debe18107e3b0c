//! Macros for emitted code. They refer to all parts of the runtime.

mod client_methods;
mod pages;
