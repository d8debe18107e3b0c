//! Sending operations.

mod attempts;
mod call;
mod exchange;
mod fault;
mod route;
mod traits;
