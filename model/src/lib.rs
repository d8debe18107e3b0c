//! Reads Smithy models.
//!
//! [`load`] reads the [`Sources`] of a model: one or more files of Smithy's JSON AST, version 1.0 or
//! 2.0, or the files of one service in botocore's format. It merges them, applies `apply` statements,
//! flattens mixins, and validates the result. Every problem is a [`Diagnostic`] with a code, a shape
//! id and a position. Loading collects all of them.
//!
//! The crate does not generate code and does no I/O.
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

mod diagnostics;
pub mod diff;
mod draft;
mod formats;
pub mod import;
mod shapes;
mod syntax;
pub mod traits;
mod validate;

pub use diagnostics::code::Code;
pub use diagnostics::diagnostic::{Diagnostic, Severity};
pub use diagnostics::log::Log;
pub use diagnostics::suggest::nearest;
pub use formats::is_botocore_service;
pub use shapes::closure::Closure;
pub use shapes::model::Model;
pub use shapes::prelude::prelude;
pub use shapes::shape::{Member, Operation, Resource, Service, Shape, ShapeKind, Simple, Traits};
pub use syntax::node::{Entry, Node, Value};
pub use syntax::shape_id::{InvalidShapeId, ShapeId};
pub use syntax::source::{Position, SourceFile, SourceId, Sources, Span};
pub use validate::check;

use draft::loading::Loading;

/// The result of [`load`].
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The model; complete only if [`Loaded::is_ok`].
    pub model: Model,
    /// The diagnostics, sorted by file, position and code.
    pub diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    /// Returns whether the model can be used, which is if no diagnostic is an error.
    pub fn is_ok(&self) -> bool {
        self.diagnostics
            .iter()
            .all(|diagnostic| diagnostic.severity < Severity::Error)
    }
}

/// Loads a model from files of Smithy's JSON AST or of botocore's format, and validates it.
///
/// Files are merged (Smithy specification, "Merging model files"), `apply` statements applied, mixins
/// flattened, and shapes of 1.0 files upgraded to 2.0.
pub fn load(sources: &Sources) -> Loaded {
    let files: Vec<SourceId> = sources.iter().map(|(id, _)| id).collect();
    load_files(sources, &files)
}

/// Loads a model from some of the files, so that two models can share [`Sources`] and their positions
/// stay distinct.
pub fn load_files(sources: &Sources, files: &[SourceId]) -> Loaded {
    let mut loading = Loading::new(sources);
    let model = formats::read(files, &mut loading)
        .map(|content| draft::assemble(content, &mut loading))
        .unwrap_or_default();
    validate::validate(&model, &mut loading);
    let diagnostics = loading.into_diagnostics(&model);
    Loaded { model, diagnostics }
}

/// The examples in `README.md`.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
