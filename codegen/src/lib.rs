//! Smithy model -> shape graph -> Rust items -> file tree.
//!
//! The folders are the flow: `graph` decides every fact once, `emit` turns the graph into Rust
//! items, `render` turns items into text. [`generate`] is the whole pipeline. The crate does no
//! I/O.

mod api;
mod emit;
mod graph;
mod parallel;
mod render;
mod text;

pub use api::{ApiChange, ApiVerdict, ChangeKind, IncomparableApis, ItemChange, compare_apis};
pub use render::{FileTree, MARKER, PathError};
pub use text::{escape_json, is_invisible, markdown_line, toml_string};

use smithy_model::{Code, Diagnostic, Model};
use std::sync::atomic::{AtomicIsize, Ordering};

/// What to generate.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The service shape's id or name, where the model holds several.
    pub service: Option<String>,
    /// The crate's name; by default the service's SDK id in kebab case.
    pub crate_name: Option<String>,
    /// Operation names to emit, with what they reach; empty means all.
    pub operations: Vec<String>,
    /// Whether to emit a test for each protocol test of the model, under `tests/protocol` (Smithy,
    /// "HTTP protocol compliance tests").
    pub protocol_tests: bool,
    /// What `Cargo.toml` of a stand-alone crate says about the runtime, such as `path =
    /// "../runtime"`; `None` emits no `Cargo.toml`.
    pub runtime: Option<String>,
}

/// A stage of the pipeline that [`dump`] can print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The shape graph.
    Graph,
    /// Every Rust name with the shape id it stands for.
    Names,
    /// Every documentation text as Markdown.
    Docs,
}

/// What [`generate`] made.
#[derive(Debug)]
pub struct Generated {
    /// The crate's files, by path relative to its root.
    pub files: FileTree,
    /// Warnings; errors come instead of this.
    pub warnings: Vec<Diagnostic>,
    /// How many operations were emitted.
    pub operations: usize,
    /// How many shapes became a Rust type, inputs and outputs not counted.
    pub shapes: usize,
}

/// Generates the crate of the model's service.
///
/// # Errors
///
/// Every problem found, warnings included, if at least one is an error.
pub fn generate(model: &Model, options: &Options) -> Result<Generated, Vec<Diagnostic>> {
    let (service, mut warnings) = graph::build(model, options)?;
    let (examples, left_out) = emit::Examples::of_service(&service)?;
    warnings.extend(left_out);
    let site = render::Site::new(&service, &examples);
    let sources = emit::files(&service).into_iter().map(Job::Source);
    let jobs: Vec<Job<'_>> = sources
        .chain(site.pages().into_iter().map(Job::Page))
        .collect();
    let left = Budget::new(graph::MOST_OF_CRATE);
    let texts = parallel::map(&jobs, |job| {
        if left.is_spent() {
            return Ok(None);
        }
        let (path, text) = match job {
            Job::Source(file) => file.file(&service, &examples).map(render::source)?,
            Job::Page(page) => page.file(&site),
        };
        left.spend(text.len());
        Ok(Some((path, text)))
    });
    let texts =
        parallel::collect(texts).map_err(|problems: Vec<Vec<Diagnostic>>| problems.concat())?;
    if left.is_spent() {
        return Err(model
            .shape(&service.id)
            .map(graph::crate_too_large)
            .into_iter()
            .collect());
    }
    let manifest = options
        .runtime
        .iter()
        .map(|runtime| ("Cargo.toml".to_owned(), render::manifest(&service, runtime)));
    let mut files = FileTree::default();
    let rustfmt = render::rustfmt(&service);
    for (path, text) in texts.into_iter().flatten().chain(rustfmt).chain(manifest) {
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

/// How many bytes may still be emitted, by all threads together.
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

/// A file that is made by itself.
enum Job<'s> {
    Source(emit::Emit<'s>),
    Page(render::Page<'s>),
}

/// What [`lint`] found.
#[derive(Debug)]
pub struct Lint {
    /// How many services of the model could be generated: those that speak restJson1.
    pub services: usize,
    /// What building their shape graphs said, each thing once.
    pub diagnostics: Vec<Diagnostic>,
}

/// Says of every restJson1 service of a model what generating it would say, and generates nothing.
pub fn lint(model: &Model) -> Lint {
    let services = graph::services(model);
    let mut diagnostics = Vec::new();
    for id in &services {
        let options = Options {
            service: Some(id.to_string()),
            ..Options::default()
        };
        match graph::build(model, &options) {
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

/// Prints a stage of the pipeline.
///
/// # Errors
///
/// As [`generate`].
pub fn dump(model: &Model, options: &Options, stage: Stage) -> Result<String, Vec<Diagnostic>> {
    graph::build(model, options).map(|(service, _)| graph::dump(&service, stage))
}

fn bad_path(service: &graph::Service, error: &PathError) -> Diagnostic {
    Diagnostic::error(Code::NameCollision, error.to_string())
        .shape(&service.id)
        .help("this is a mistake of the generator: report it with the model")
}
