use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::suggest::did_you_mean;
use crate::diagnostics::wording::code_list;
use crate::draft::loading::Loading;
use crate::shapes::prelude::prelude;
use crate::shapes::shape::{Member, Traits};
use crate::syntax::node::{Entry, Node, Value};
use crate::syntax::shape_id::{IDENTIFIERS, InvalidShapeId, ShapeId, flaw};
use crate::syntax::source::Span;
use crate::syntax::truncate::truncate;
use indexmap::IndexMap;

/// The properties of a shape or member, taken out one by one; whatever is left in the end is
/// unknown.
///
/// A property of the wrong form is reported, and makes the whole shape broken.
pub(crate) struct Fields<'a, 's> {
    shape: &'a ShapeId,
    span: Span,
    left: IndexMap<String, Entry>,
    known: Vec<&'static str>,
    loading: &'a mut Loading<'s>,
    broken: bool,
}

impl<'a, 's> Fields<'a, 's> {
    pub(crate) fn new(
        shape: &'a ShapeId,
        span: Span,
        members: IndexMap<String, Entry>,
        loading: &'a mut Loading<'s>,
    ) -> Self {
        Self {
            shape,
            span,
            left: members,
            known: Vec::new(),
            loading,
            broken: false,
        }
    }

    /// The properties of what stands under a name. `None`, and reported, if that is no object.
    pub(crate) fn of(
        shape: &'a ShapeId,
        name: &str,
        entry: Entry,
        loading: &'a mut Loading<'s>,
    ) -> Option<Self> {
        match entry.node.value {
            Value::Object(members) => Some(Self::new(shape, entry.key, members, loading)),
            _ => Self::new(shape, entry.key, IndexMap::new(), loading).unexpected(
                name,
                AN_OBJECT,
                &entry.node,
            ),
        }
    }

    /// A property that is a string.
    pub(crate) fn string(&mut self, key: &'static str) -> Option<(String, Span)> {
        let node = self.take(key)?;
        match node.value {
            Value::String(text) => Some((text, node.span)),
            _ => self.unexpected(key, A_STRING, &node),
        }
    }

    /// A property that must be there and is a string.
    pub(crate) fn required_string(&mut self, key: &'static str) -> Option<(String, Span)> {
        if !self.left.contains_key(key) {
            let problem = Diagnostic::error(Code::MissingProperty, format!("`{key}` is missing"))
                .at(self.span);
            return self.fail(problem.help(form_help(key, A_STRING, None)));
        }
        self.string(key)
    }

    /// A property that is a map of names to references.
    pub(super) fn reference_map(&mut self, key: &'static str) -> IndexMap<String, ShapeId> {
        let entries = self.object(key).unwrap_or_default();
        entries
            .into_iter()
            .filter_map(|(name, entry)| Some((name, self.read_reference(key, entry.node)?)))
            .collect()
    }

    /// A property that is a reference, `{"target": id}`.
    pub(super) fn reference(&mut self, key: &'static str) -> Option<ShapeId> {
        let node = self.take(key)?;
        self.read_reference(key, node)
    }

    /// A property that is a list of references.
    pub(super) fn references(&mut self, key: &'static str) -> Vec<ShapeId> {
        let Some(node) = self.take(key) else {
            return Vec::new();
        };
        match node.value {
            Value::Array(items) => items
                .into_iter()
                .filter_map(|item| self.read_reference(key, item))
                .collect(),
            _ => self.unexpected(key, AN_ARRAY, &node).unwrap_or_default(),
        }
    }

    /// A property that is a map of shape ids to names.
    pub(super) fn renames(&mut self, key: &'static str) -> IndexMap<ShapeId, String> {
        let mut renames = IndexMap::new();
        for (from, entry) in self.object(key).unwrap_or_default() {
            let from = self.id(&from, entry.key);
            if let Some(from) = &from {
                self.loading.note_rename(self.shape, from, entry.key);
            }
            match entry.node.value {
                Value::String(to) => renames.extend(from.map(|from| (from, to))),
                _ => drop(self.unexpected::<()>(key, NAMES, &entry.node)),
            }
        }
        renames
    }

    /// The `traits` of a shape or member.
    pub(super) fn traits(&mut self) -> Traits {
        let entries = self.object("traits").unwrap_or_default();
        Traits(
            entries
                .into_iter()
                .filter_map(|(id, entry)| Some((self.id(&id, entry.key)?, entry.node)))
                .collect(),
        )
    }

    /// The members of a shape that names them in a property `members`.
    pub(super) fn members(&mut self) -> IndexMap<String, Member> {
        let entries = self.object("members").unwrap_or_default();
        entries
            .into_iter()
            .filter_map(|(name, entry)| match invalid_member(&name) {
                None => Some((name.clone(), self.read_member(name, entry)?)),
                Some(problem) => self.fail(problem.at(entry.key)),
            })
            .collect()
    }

    /// A member that is a property of its own, such as a list's `member`.
    pub(super) fn member(&mut self, key: &'static str) -> Option<Member> {
        let entry = self.entry(key)?;
        self.read_member(key.to_owned(), entry)
    }

    /// Whether something was of the wrong form so far.
    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }

    /// Reports what was not taken. `false` if the shape is broken.
    pub(crate) fn finish(self) -> bool {
        if let Some((_, first)) = self.left.first() {
            let (unknown, known) = (code_list(self.left.keys()), code_list(&self.known));
            let problem =
                Diagnostic::warning(Code::UnknownProperty, format!("nothing reads {unknown}"));
            let meant = self
                .left
                .keys()
                .find_map(|key| did_you_mean(key, self.known.iter().copied()));
            let help = meant.unwrap_or_else(|| format!("known here are {known}"));
            self.loading
                .report(problem.at(first.key).shape(self.shape).help(help));
        }
        !self.broken
    }

    /// A property of any form.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<Node> {
        self.entry(key).map(|entry| entry.node)
    }

    /// A property of any form, with its key.
    pub(crate) fn entry(&mut self, key: &'static str) -> Option<Entry> {
        self.known.push(key);
        self.left.shift_remove(key)
    }

    /// A property that is `true` or `false`: where it stands, if it is `true`.
    pub(crate) fn flag(&mut self, key: &'static str) -> Option<Span> {
        let node = self.take(key)?;
        match node.value {
            Value::Bool(set) => set.then_some(node.span),
            _ => self.unexpected(key, A_BOOLEAN, &node),
        }
    }

    /// A property that is an array of anything.
    pub(crate) fn array(&mut self, key: &'static str) -> Option<Vec<Node>> {
        let node = self.take(key)?;
        match node.value {
            Value::Array(items) => Some(items),
            _ => self.unexpected(key, ITEMS, &node),
        }
    }

    /// A property that is an object with properties of its own, which are about the same shape.
    pub(crate) fn nested<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Fields<'_, 's>) -> Option<T>,
    ) -> Option<T> {
        let node = self.take(key)?;
        self.properties(key, node, read)
    }

    /// The properties of an object that was found at `key`.
    pub(crate) fn properties<T>(
        &mut self,
        key: &str,
        node: Node,
        read: impl FnOnce(&mut Fields<'_, 's>) -> Option<T>,
    ) -> Option<T> {
        let Value::Object(members) = node.value else {
            return self.unexpected(key, AN_OBJECT, &node);
        };
        let mut fields = Fields::new(self.shape, node.span, members, self.loading);
        let value = read(&mut fields);
        let fine = fields.finish();
        self.broken |= !fine;
        value
    }

    /// Properties that may be there, but that nothing needs.
    pub(crate) fn skip(&mut self, keys: &[&'static str]) {
        self.known.extend(keys);
        self.left.retain(|key, _| !keys.contains(&key.as_str()));
    }

    /// The shape that a text at `span` names.
    pub(crate) fn named(&mut self, text: &str, span: Span) -> Option<ShapeId> {
        let id = self.id(text, span)?;
        self.loading.note_place(self.shape, &id, span);
        Some(id)
    }

    /// Reports what does not break the shape.
    pub(crate) fn warn(&mut self, problem: Diagnostic) {
        self.loading.report(problem.shape(self.shape));
    }

    /// Where the object stands.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// A property that is an object, its keys being data.
    pub(crate) fn object(&mut self, key: &'static str) -> Option<IndexMap<String, Entry>> {
        let node = self.take(key)?;
        match node.value {
            Value::Object(members) => Some(members),
            _ => self.unexpected(key, AN_OBJECT, &node),
        }
    }

    fn read_reference(&mut self, key: &str, node: Node) -> Option<ShapeId> {
        let span = node.span;
        let Value::Object(members) = node.value else {
            return self.unexpected(key, A_TARGET, &node);
        };
        let mut fields = Fields::new(self.shape, span, members, self.loading);
        let target = fields.target(self.shape);
        let fine = fields.finish();
        self.broken |= !fine;
        target
    }

    fn read_member(&mut self, name: String, entry: Entry) -> Option<Member> {
        let id = self.shape.with_member(&name);
        let Value::Object(members) = entry.node.value else {
            return self.unexpected(&name, A_TARGET, &entry.node);
        };
        let mut fields = Fields::new(&id, entry.node.span, members, self.loading);
        let target = fields.target(&id);
        let traits = fields.traits();
        let fine = fields.finish();
        self.broken |= !fine;
        let target = target?;
        Some(Member {
            name,
            target,
            traits,
            span: Some(entry.key),
            id,
        })
    }

    /// The `target` of a member or reference; `from` is what names it.
    fn target(&mut self, from: &ShapeId) -> Option<ShapeId> {
        let Some((text, span)) = self.string("target") else {
            if !self.broken {
                let problem =
                    Diagnostic::error(Code::MissingProperty, "`target` is missing").at(self.span);
                self.fail::<()>(
                    problem.help(
                        "name the absolute id of a shape, `\"target\": \"smithy.api#String\"`",
                    ),
                );
            }
            return None;
        };
        let id = self.id(&text, span)?;
        self.loading.note_place(from, &id, span);
        Some(id)
    }

    fn id(&mut self, text: &str, span: Span) -> Option<ShapeId> {
        match self.loading.id(text) {
            Ok(id) => Some(id),
            Err(error) => self.fail(invalid_id(&error).at(span)),
        }
    }

    /// Reports that a property is not what it must be.
    pub(crate) fn unexpected<T>(&mut self, key: &str, expected: &str, found: &Node) -> Option<T> {
        let message = format!("`{key}` must be {expected}, not {}", found.kind_name());
        let help = form_help(key, expected, found.as_str());
        self.fail(
            Diagnostic::error(Code::UnexpectedValue, message)
                .at(found.span)
                .help(help),
        )
    }

    /// Reports a problem of the shape, which is broken by it.
    pub(crate) fn fail<T>(&mut self, problem: Diagnostic) -> Option<T> {
        self.broken = true;
        self.loading.report(problem.shape(self.shape));
        None
    }
}

/// The diagnostic of a text that should have been a shape id.
pub(crate) fn invalid_id(error: &InvalidShapeId) -> Diagnostic {
    let help = if error.flaw().is_some() {
        format!("write `namespace#Name`: in each part, {IDENTIFIERS}")
    } else {
        let in_prelude = format!("smithy.api#{}", error.text());
        match prelude(&in_prelude) {
            Some(_) => format!("did you mean `{in_prelude}`? the JSON AST knows no short forms"),
            None => "write `namespace#Name`; the JSON AST knows no short forms, so a trait is \
                     `smithy.api#documentation`"
                .to_owned(),
        }
    };
    Diagnostic::error(Code::InvalidShapeId, error.to_string()).help(help)
}

/// How much of a name that is none is shown.
const SHOWN: usize = 200;

/// The diagnostic of a member's name that is none.
pub(crate) fn invalid_member(name: &str) -> Option<Diagnostic> {
    let flaw = flaw(name)?;
    let message = format!(
        "`{}` is no valid member name: it {flaw}",
        truncate(name, SHOWN)
    );
    Some(Diagnostic::error(Code::InvalidShapeId, message).help(IDENTIFIERS))
}

/// How to write a property that is an object.
pub(crate) fn object_help(key: &str) -> String {
    format!("write `\"{key}\": {{…}}`")
}

/// How to write a property that must be `expected`.
fn form_help(key: &str, expected: &str, found: Option<&str>) -> String {
    match (expected, found) {
        (A_STRING, _) => format!("write `\"{key}\": \"…\"`"),
        (A_BOOLEAN, _) => format!("write `\"{key}\": true`, or remove it"),
        (ITEMS, _) => format!("write `\"{key}\": […]`"),
        (AN_ARRAY, _) => format!("write `\"{key}\": [{{\"target\": …}}]`"),
        (A_TARGET, Some(name)) if !name.contains('#') => {
            format!("write `{{\"target\": \"namespace#{name}\"}}` with its namespace")
        }
        (A_TARGET, Some(id)) => format!("write `{{\"target\": \"{id}\"}}`"),
        (A_TARGET, None) => "write `{\"target\": …}` with the id of a shape".to_owned(),
        (NAMES, _) => format!("write `\"{key}\": {{\"namespace#Old\": \"New\"}}`"),
        _ => object_help(key),
    }
}

const A_STRING: &str = "a string";
const A_BOOLEAN: &str = "`true` or `false`";
const AN_OBJECT: &str = "an object";
/// An array of references is [`AN_ARRAY`].
pub(crate) const ITEMS: &str = "an array of values";
const AN_ARRAY: &str = "an array";
const A_TARGET: &str = "an object with a `target`";
const NAMES: &str = "a map of names";
