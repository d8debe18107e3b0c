//! Smithy model -> shape graph -> Rust items -> file tree.
//!
//! The folders follow the data flow: `select` and `lower` build the shape graph, `emit` turns it
//! into Rust items, and `print` turns items into text. [`generate`] is the whole pipeline. The
//! crate does no I/O.

mod api;
mod emit;
mod graph;
mod lower;
mod options;
mod parallel;
mod print;
pub mod protocol;
mod select;
mod text;

pub use api::{
    ApiChange, ApiVerdict, BehaviorChange, BehaviorKind, ChangeKind, IncomparableApis, ItemChange,
    compare_apis,
};
pub use lower::dump::Stage;
pub use options::{NewManifest, Options};
pub use print::file_tree::{FileTree, PathError};
pub use print::source::MARKER;
pub use text::fence::escape_json;
pub use text::invisible::is_invisible;
pub use text::line::markdown_line;
pub use text::toml::toml_string;

use emit::docs::pages::list::{self, Page};
use emit::docs::pages::site::Site;
use emit::examples::calls::ExampleTexts;
use emit::files::{self, Emit};
use emit::manifest;
use graph::service::Service;
use lower::limits;
use print::module;
use print::source::{self, CommandName};
use print::source_file::Unparsable;
use select::service;
use smithy_model::{Code, Diagnostic, Model};
use std::sync::atomic::{AtomicIsize, Ordering};

/// The result of [`generate`].
#[derive(Debug)]
pub struct Generated {
    /// The crate's files, by path relative to its root.
    pub files: FileTree,
    /// Warnings. Errors are returned instead of a result.
    pub warnings: Vec<Diagnostic>,
    /// The number of emitted operations.
    pub operations: usize,
    /// The number of shapes that became Rust types, without inputs and outputs.
    pub shapes: usize,
}

/// Generates the crate of the model's service.
///
/// # Errors
///
/// Every problem found, warnings included, if at least one is an error.
pub fn generate(model: &Model, options: &Options) -> Result<Generated, Vec<Diagnostic>> {
    let (service, warnings) = lower::build(model, options)?;
    let examples = ExampleTexts::of_service(&service).map_err(Unparsable::diagnostics)?;
    let command = CommandName::new(&options.command);
    let site = Site::new(&service, &examples, &command);
    let sources = files::files(&service).into_iter().map(Job::Source);
    let jobs: Vec<Job<'_>> = sources
        .chain(list::pages(&service).into_iter().map(Job::Page))
        .collect();
    let left = Budget::new(limits::MOST_OF_CRATE);
    let texts = parallel::map(&jobs, |job| {
        if left.is_spent() {
            return Ok(None);
        }
        let (path, text) = match job {
            Job::Source(file) => source::source(file.file(&service, &examples)?, &command),
            Job::Page(page) => page.file(&site),
        };
        left.spend(text.len());
        Ok(Some((path, text)))
    });
    let texts = parallel::collect(texts).map_err(Unparsable::diagnostics)?;
    if left.is_spent() {
        return Err(model
            .shape(&service.id)
            .map(limits::crate_too_large)
            .into_iter()
            .collect());
    }
    let manifest = options
        .manifest
        .iter()
        .map(|new| ("Cargo.toml".to_owned(), manifest::manifest(&service, new)));
    let mut files = FileTree::default();
    for (path, text) in texts.into_iter().flatten().chain(manifest) {
        files
            .insert(path, text)
            .map_err(|error| vec![bad_path(&service, &error)])?;
    }
    Ok(Generated {
        files,
        warnings,
        operations: service.operations.len(),
        shapes: service.shapes.len(),
    })
}

/// The result of [`module`].
#[derive(Debug)]
pub struct Module {
    /// The text, for `include!`.
    pub text: String,
    /// Warnings. Errors are returned instead of a result.
    pub warnings: Vec<Diagnostic>,
    /// The `recursion_limit` that the crate of the module needs, if it is more than the default of
    /// the compiler.
    pub recursion_limit: Option<usize>,
    /// The features of `smithy-rt` that the crate of the module needs.
    pub runtime_features: Vec<&'static str>,
}

/// Generates the types and operations of the model's service as one module, which a crate includes
/// from the folder of its build script:
///
/// ```text
/// pub mod mq {
///     include!(concat!(env!("OUT_DIR"), "/mq.rs"));
/// }
/// ```
///
/// `features` are those of the emitted crate that the module has: `client`, `aws-config`, `call`.
/// Each includes `client`. The module has the traits of serde if [`Options::serde`] is set, and the
/// server if [`Options::server`] is set. The
/// crate of the module depends on `smithy-rt` with the features in the result. Protocol tests and
/// the manifest are left out.
///
/// # Errors
///
/// Every problem found, warnings included, if at least one is an error.
pub fn module(
    model: &Model,
    options: &Options,
    features: &[&str],
) -> Result<Module, Vec<Diagnostic>> {
    let (service, warnings) = lower::build(model, options)?;
    let examples = ExampleTexts::of_service(&service).map_err(Unparsable::diagnostics)?;
    // Tokens cannot be sent between threads.
    let files = files::files(&service)
        .iter()
        .map(|file| file.file(&service, &examples))
        .collect();
    let files = parallel::collect(files).map_err(Unparsable::diagnostics)?;
    let mut features: Vec<&str> = match features {
        [] => Vec::new(),
        some => some.iter().copied().chain(["client"]).collect(),
    };
    let runtime_features = manifest::runtime_features(&service, &features);
    features.extend(service.serde.then_some("serde"));
    features.extend(service.server.then_some("server"));
    let text = module::Module::new(files, &features, &runtime_features)
        .text(
            &service.id,
            service.recursion_limit,
            &CommandName::new(&options.command),
        )
        .map_err(|bug| Unparsable::diagnostics(vec![bug]))?;
    if text.len() > limits::MOST_OF_CRATE {
        let shape = model.shape(&service.id);
        return Err(shape.map(limits::crate_too_large).into_iter().collect());
    }
    Ok(Module {
        text,
        warnings,
        recursion_limit: service.recursion_limit,
        runtime_features: runtime_features.into_iter().collect(),
    })
}

/// The number of bytes that all threads together may still emit.
struct Budget(AtomicIsize);

impl Budget {
    fn new(bytes: usize) -> Self {
        Self(AtomicIsize::new(
            isize::try_from(bytes).unwrap_or(isize::MAX),
        ))
    }

    fn spend(&self, bytes: usize) {
        self.0.fetch_sub(
            isize::try_from(bytes).unwrap_or(isize::MAX),
            Ordering::Relaxed,
        );
    }

    fn is_spent(&self) -> bool {
        self.0.load(Ordering::Relaxed) < 0
    }
}

/// A file, which is emitted independently of the others.
enum Job<'s> {
    Source(Emit<'s>),
    Page(Page<'s>),
}

/// The result of [`lint`].
#[derive(Debug)]
pub struct Lint {
    /// The number of services with a protocol of [`PROTOCOLS`](protocol::PROTOCOLS).
    pub services: usize,
    /// The diagnostics of all services, each once.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks every service of a model that has a protocol of [`PROTOCOLS`](protocol::PROTOCOLS), as
/// [`generate`] does, without generating anything.
pub fn lint(model: &Model) -> Lint {
    let services = service::services(model);
    let mut diagnostics = Vec::new();
    for id in &services {
        let options = Options {
            service: Some(id.to_string()),
            ..Options::default()
        };
        match lower::build(model, &options) {
            Ok((_, found)) | Err(found) => diagnostics.extend(found),
        }
    }
    // Services can share shapes.
    Diagnostic::sort(&mut diagnostics);
    diagnostics.dedup();
    Lint {
        services: services.len(),
        diagnostics,
    }
}

/// Prints a stage of the pipeline: the table of a pass, the documentation or the whole graph.
///
/// # Errors
///
/// As [`generate`].
pub fn dump(model: &Model, options: &Options, stage: Stage) -> Result<String, Vec<Diagnostic>> {
    lower::dump(model, options, stage)
}

fn bad_path(service: &Service, error: &PathError) -> Diagnostic {
    Diagnostic::error(Code::NameCollision, error.to_string())
        .shape(&service.id)
        .help("this is a bug in the generator: report it with the model")
}

/// The examples in `README.md`.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
