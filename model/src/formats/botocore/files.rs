//! The kinds of botocore files, and the files of one service.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::wording::code_list;
use crate::draft::loading::Loading;
use crate::syntax::node::{Entry, Node, Value};
use crate::syntax::source::Span;
use indexmap::IndexMap;

/// The kind of a botocore file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Service,
    Paginators,
    Waiters,
    EndpointRules,
    EndpointTests,
    Examples,
    /// Changes to another file.
    Extras,
}

impl Kind {
    /// Detects the kind of a file from its content. Returns `None` for files of other formats.
    pub(crate) fn of(root: &Node) -> Option<Self> {
        let has = |key| root.get(key).is_some();
        // Smithy models may have `metadata` and `shapes`, too, so only their content is decisive.
        let describes = |key| {
            root.get("metadata")
                .is_some_and(|metadata| metadata.get(key).is_some())
        };
        let is_service = has("operations") || ["protocol", "serviceId"].into_iter().any(describes);
        let kinds = [
            (has("smithy"), None),
            (is_service, Some(Self::Service)),
            (has("pagination"), Some(Self::Paginators)),
            (has("waiters"), Some(Self::Waiters)),
            (has("rules") && has("parameters"), Some(Self::EndpointRules)),
            (has("testCases"), Some(Self::EndpointTests)),
            (has("examples"), Some(Self::Examples)),
            (has("merge"), Some(Self::Extras)),
        ];
        kinds.into_iter().find(|(holds, _)| *holds)?.1
    }

    fn name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Paginators => "paginators",
            Self::Waiters => "waiters",
            Self::EndpointRules => "endpoint rules",
            Self::EndpointTests => "endpoint tests",
            Self::Examples => "examples",
            Self::Extras => "extras",
        }
    }
}

/// Returns whether this is the content of a botocore `service-2.json`. Its folder has other files of
/// the service.
pub fn is_service(root: &Node) -> bool {
    Kind::of(root) == Some(Kind::Service)
}

/// The botocore files that were read.
#[derive(Default)]
pub(crate) struct Files {
    read: Vec<(Kind, Node)>,
}

impl Files {
    /// Adds a file.
    pub(crate) fn add(&mut self, kind: Kind, root: Node) {
        self.read.push((kind, root));
    }

    /// Returns whether there are no files.
    pub(crate) fn is_empty(&self) -> bool {
        self.read.is_empty()
    }

    /// Reports files that are mixed with Smithy files. Returns `true` if there are none.
    pub(crate) fn refuse_mixture(&self, loading: &mut Loading) -> bool {
        for (kind, root) in &self.read {
            let message = format!(
                "botocore {} file among files of Smithy's JSON AST",
                kind.name()
            );
            let help = "pass files of one format with `--model`";
            loading.report(
                Diagnostic::error(Code::MixedFiles, message)
                    .at(start(root))
                    .help(help),
            );
        }
        self.is_empty()
    }

    /// Returns the files of one service with extras merged. Reports files that are not of one service,
    /// and returns `None`.
    pub(super) fn of_one_service(self, loading: &mut Loading) -> Option<IndexMap<Kind, Node>> {
        let mut files: IndexMap<Kind, Node> = IndexMap::new();
        let mut complete = true;
        let (extras, others): (Vec<_>, Vec<_>) = self
            .read
            .into_iter()
            .partition(|(kind, _)| *kind == Kind::Extras);
        for (kind, root) in others {
            if let Some(first) = files.get(&kind) {
                loading.report(second(kind, &root, first, loading));
                complete = false;
            } else {
                files.insert(kind, root);
            }
        }
        if !files.contains_key(&Kind::Service) {
            let others = files.iter().map(|(kind, root)| (*kind, start(root)));
            for (kind, span) in others.chain(extras.iter().map(|(kind, root)| (*kind, start(root))))
            {
                loading.report(orphan_file(kind, span));
            }
            return None;
        }
        for (_, root) in extras {
            complete &= merge(root, &mut files, loading);
        }
        complete.then_some(files)
    }
}

/// Returns the span of the first character of a file.
pub(super) fn start(root: &Node) -> Span {
    Span {
        end: root.span.start + 1,
        ..root.span
    }
}

fn second(kind: Kind, root: &Node, first: &Node, loading: &Loading) -> Diagnostic {
    let message = format!("more than one botocore {} file", kind.name());
    let help = format!(
        "pass the files of one version of one service; the first is {}",
        loading.sources.place(start(first))
    );
    Diagnostic::error(Code::MixedFiles, message)
        .at(start(root))
        .help(help)
}

fn orphan_file(kind: Kind, span: Span) -> Diagnostic {
    let message = format!("botocore {} file without its service file", kind.name());
    let help = "pass its `service-2.json`, or the folder of both files, with `--model`";
    Diagnostic::error(Code::MixedFiles, message)
        .at(span)
        .help(help)
}

/// Merges extras into the file that they change. Returns `false` if that file is missing.
fn merge(root: Node, files: &mut IndexMap<Kind, Node>, loading: &mut Loading) -> bool {
    let at = start(&root);
    let Value::Object(mut members) = root.value else {
        return true;
    };
    let Some(Entry { node: changes, .. }) = members.shift_remove("merge") else {
        return true;
    };
    members.shift_remove("version");
    if let Some((_, unknown)) = members.first() {
        let problem = Diagnostic::warning(
            Code::UnknownProperty,
            format!("nothing reads {}", code_list(members.keys())),
        );
        loading.report(
            problem
                .at(unknown.key)
                .help("known properties are `version`, `merge`"),
        );
    }
    let is_service = ["metadata", "shapes"]
        .into_iter()
        .any(|key| changes.get(key).is_some());
    let kind = if is_service {
        Some(Kind::Service)
    } else {
        Kind::of(&changes)
    };
    let Some(file) = kind.and_then(|kind| files.get_mut(&kind)) else {
        let changed = kind.map_or(String::new(), |kind| format!("botocore {} ", kind.name()));
        let message = format!("the extras change a {changed}file that is missing");
        let help = "pass that file, too, or the folder of both files, with `--model`";
        loading.report(
            Diagnostic::error(Code::MixedFiles, message)
                .at(at)
                .help(help),
        );
        return false;
    };
    deep_merge(file, changes);
    true
}

/// Merges objects recursively, and replaces other values (botocore, `deep_merge`).
fn deep_merge(base: &mut Node, changes: Node) {
    match (&mut base.value, changes.value) {
        (Value::Object(base), Value::Object(changes)) => {
            for (name, change) in changes {
                match base.get_mut(&name) {
                    Some(old) => deep_merge(&mut old.node, change.node),
                    None => drop(base.insert(name, change)),
                }
            }
        }
        (_, value) => {
            *base = Node {
                value,
                span: changes.span,
            }
        }
    }
}
