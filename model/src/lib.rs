//! Reads Smithy models.
//!
//! [`load`] takes the [`Sources`] of a model (one or several files of the Smithy JSON AST, version 1.0 or 2.0, or those
//! that botocore has of a service), merges them, applies `apply` statements, flattens mixins and
//! checks the result. Every problem is a
//! [`Diagnostic`] with a code, a shape id and a place in a file; all of them are collected before loading gives up.
//!
//! The crate knows nothing of code generation and does no I/O.
//!
//! ```
//! use smithy_model::{Sources, load};
//!
//! let mut sources = Sources::new();
//! sources.add(
//!     "model.json",
//!     r#"{"smithy": "2.0", "shapes": {
//!         "example#Names": {"type": "list", "member": {"target": "example#Nmae"}},
//!         "example#Name": {"type": "string"}
//!     }}"#,
//! );
//! let loaded = load(&sources);
//! assert!(!loaded.is_ok());
//!
//! let problem = &loaded.diagnostics[0];
//! assert_eq!(problem.code.id(), "E0101");
//! assert_eq!(problem.span.map(|span| sources.place(span)).as_deref(), Some("model.json:2:64"));
//! assert_eq!(problem.help.as_deref(), Some("did you mean `example#Name`?"));
//! ```

mod botocore;
mod diagnostics;
pub mod diff;
mod draft;
mod formats;
pub mod import;
mod load;
mod shapes;
mod syntax;
mod traits;
mod validate;

pub use botocore::is_service as is_botocore_service;
pub use diagnostics::code::Code;
pub use diagnostics::diagnostic::{Diagnostic, Severity};
pub use diagnostics::log::Log;
pub use diagnostics::suggest::nearest;
pub use load::{Loaded, check, load, load_files};
pub use shapes::closure::Closure;
pub use shapes::model::Model;
pub use shapes::prelude::prelude;
pub use shapes::shape::{Member, Operation, Resource, Service, Shape, ShapeKind, Simple, Traits};
pub use syntax::node::{Entry, Node, Value};
pub use syntax::shape_id::{InvalidShapeId, ShapeId};
pub use syntax::source::{Position, SourceFile, SourceId, Sources, Span};
pub use traits::http::{HttpTrait, UriError, UriSegment, UriTemplate};
