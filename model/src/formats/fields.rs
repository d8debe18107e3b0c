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

/// Reads the properties of a JSON object of a shape or member. Properties that nobody has taken at
/// the end are unknown.
///
/// A property of the wrong type is reported, and marks the whole shape as broken.
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

    /// Creates the fields of the object with this name. Reports a value that is not an object, and
    /// returns `None`.
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

    /// Takes a string.
    pub(crate) fn string(&mut self, key: &'static str) -> Option<(String, Span)> {
        let node = self.take(key)?;
        match node.value {
            Value::String(text) => Some((text, node.span)),
            _ => self.unexpected(key, A_STRING, &node),
        }
    }

    /// Takes a required string.
    pub(crate) fn required_string(&mut self, key: &'static str) -> Option<(String, Span)> {
        if !self.left.contains_key(key) {
            let problem = Diagnostic::error(Code::MissingProperty, format!("`{key}` is missing"))
                .at(self.span);
            return self.fail(problem.help(form_help(key, A_STRING, None)));
        }
        self.string(key)
    }

    /// Takes a map of names to references.
    pub(super) fn reference_map(&mut self, key: &'static str) -> IndexMap<String, ShapeId> {
        let entries = self.object(key).unwrap_or_default();
        entries
            .into_iter()
            .filter_map(|(name, entry)| Some((name, self.read_reference(key, entry.node)?)))
            .collect()
    }

    /// Takes a reference, `{"target": id}`.
    pub(super) fn reference(&mut self, key: &'static str) -> Option<ShapeId> {
        let node = self.take(key)?;
        self.read_reference(key, node)
    }

    /// Takes a list of references.
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

    /// Takes a map of shape ids to names.
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

    /// Takes the `traits` of a shape or member.
    pub(super) fn traits(&mut self) -> Traits {
        let entries = self.object("traits").unwrap_or_default();
        Traits(
            entries
                .into_iter()
                .filter_map(|(id, entry)| Some((self.id(&id, entry.key)?, entry.node)))
                .collect(),
        )
    }

    /// Takes the `members` of a shape.
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

    /// Takes a member that is a property by itself, such as `member` of a list.
    pub(super) fn member(&mut self, key: &'static str) -> Option<Member> {
        let entry = self.entry(key)?;
        self.read_member(key.to_owned(), entry)
    }

    /// Returns whether a property so far was of the wrong type.
    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }

    /// Reports the properties that were not taken. Returns `false` if the shape is broken.
    pub(crate) fn finish(self) -> bool {
        if let Some((_, first)) = self.left.first() {
            let problem = unknown_properties(self.left.keys());
            let meant = self
                .left
                .keys()
                .find_map(|key| did_you_mean(key, self.known.iter().copied()));
            let help =
                meant.unwrap_or_else(|| format!("known properties are {}", code_list(&self.known)));
            self.loading
                .report(problem.at(first.key).shape(self.shape).help(help));
        }
        !self.broken
    }

    /// Takes a property of any type.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<Node> {
        self.entry(key).map(|entry| entry.node)
    }

    /// Takes a property of any type with the position of its key.
    pub(crate) fn entry(&mut self, key: &'static str) -> Option<Entry> {
        self.known.push(key);
        self.left.shift_remove(key)
    }

    /// Takes a Boolean, and returns its position if it is `true`.
    pub(crate) fn flag(&mut self, key: &'static str) -> Option<Span> {
        let node = self.take(key)?;
        match node.value {
            Value::Bool(set) => set.then_some(node.span),
            _ => self.unexpected(key, A_BOOLEAN, &node),
        }
    }

    /// Takes an array of any values.
    pub(crate) fn array(&mut self, key: &'static str) -> Option<Vec<Node>> {
        let node = self.take(key)?;
        match node.value {
            Value::Array(items) => Some(items),
            _ => self.unexpected(key, ITEMS, &node),
        }
    }

    /// Takes an object that describes the same shape, and reads its properties.
    pub(crate) fn nested<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Fields<'_, 's>) -> Option<T>,
    ) -> Option<T> {
        let node = self.take(key)?;
        self.properties(key, node, read)
    }

    /// Reads the properties of an object that was found at `key`.
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

    /// Accepts properties that are not used.
    pub(crate) fn skip(&mut self, keys: &[&'static str]) {
        self.known.extend(keys);
        self.left.retain(|key, _| !keys.contains(&key.as_str()));
    }

    /// Returns the id of the shape that a text at `span` refers to.
    pub(crate) fn named(&mut self, text: &str, span: Span) -> Option<ShapeId> {
        let id = self.id(text, span)?;
        self.loading.note_place(self.shape, &id, span);
        Some(id)
    }

    /// Reports a problem that does not break the shape.
    pub(crate) fn warn(&mut self, problem: Diagnostic) {
        self.loading.report(problem.shape(self.shape));
    }

    /// Returns the position of the object.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// Takes an object whose keys are data.
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

    /// Takes the `target` of a member or reference; `from` refers to it.
    fn target(&mut self, from: &ShapeId) -> Option<ShapeId> {
        let Some((text, span)) = self.string("target") else {
            if !self.broken {
                let problem =
                    Diagnostic::error(Code::MissingProperty, "`target` is missing").at(self.span);
                self.fail::<()>(problem.help(
                    "add the absolute id of a shape, such as `\"target\": \"smithy.api#String\"`",
                ));
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

    /// Reports a property of the wrong type.
    pub(crate) fn unexpected<T>(&mut self, key: &str, expected: &str, found: &Node) -> Option<T> {
        let message = format!("`{key}` must be {expected}, not {}", found.kind_name());
        let help = form_help(key, expected, found.as_str());
        self.fail(
            Diagnostic::error(Code::UnexpectedValue, message)
                .at(found.span)
                .help(help),
        )
    }

    /// Reports a problem that breaks the shape.
    pub(crate) fn fail<T>(&mut self, problem: Diagnostic) -> Option<T> {
        self.broken = true;
        self.loading.report(problem.shape(self.shape));
        None
    }
}

/// Takes the object at a top-level key of a file, empty if there is none.
pub(super) fn section(
    top: &mut IndexMap<String, Entry>,
    key: &str,
    loading: &mut Loading<'_>,
) -> IndexMap<String, Entry> {
    let Some(Entry { node, .. }) = top.shift_remove(key) else {
        return IndexMap::new();
    };
    match node.value {
        Value::Object(entries) => entries,
        _ => {
            let message = format!("`{key}` must be an object, not {}", node.kind_name());
            let problem = Diagnostic::error(Code::UnexpectedValue, message).at(node.span);
            loading.report(problem.help(object_help(key)));
            IndexMap::new()
        }
    }
}

/// Returns the warning for properties that are not known.
pub(super) fn unknown_properties<'n>(
    names: impl ExactSizeIterator<Item = &'n String>,
) -> Diagnostic {
    let noun = if names.len() == 1 {
        "property"
    } else {
        "properties"
    };
    let message = format!("unknown {noun} {}", code_list(names));
    Diagnostic::warning(Code::UnknownProperty, message)
}

/// Returns the diagnostic for a text that is not a shape id.
pub(crate) fn invalid_id(error: &InvalidShapeId) -> Diagnostic {
    let help = if error.flaw().is_some() {
        format!("write `namespace#Name`; in each part, {IDENTIFIERS}")
    } else {
        let in_prelude = format!("smithy.api#{}", error.text());
        match prelude(&in_prelude) {
            Some(_) => format!("did you mean `{in_prelude}`? the JSON AST requires absolute ids"),
            None => "write `namespace#Name`; the JSON AST requires absolute ids, such as \
                     `smithy.api#documentation`"
                .to_owned(),
        }
    };
    Diagnostic::error(Code::InvalidShapeId, error.to_string()).help(help)
}

/// How many bytes of an invalid name a message shows.
const SHOWN: usize = 200;

/// Returns the diagnostic for an invalid member name, or `None` if the name is valid.
pub(crate) fn invalid_member(name: &str) -> Option<Diagnostic> {
    let flaw = flaw(name)?;
    let message = format!(
        "`{}` is not a valid member name: it {flaw}",
        truncate(name, SHOWN)
    );
    Some(Diagnostic::error(Code::InvalidShapeId, message).help(IDENTIFIERS))
}

/// Returns the help for a property that must be an object.
pub(crate) fn object_help(key: &str) -> String {
    format!("write `\"{key}\": {{…}}`")
}

/// Returns the help for a property that must be `expected`.
fn form_help(key: &str, expected: &str, found: Option<&str>) -> String {
    match (expected, found) {
        (A_STRING, _) => format!("write `\"{key}\": \"…\"`"),
        (A_BOOLEAN, _) => format!("write `\"{key}\": true`, or remove it"),
        (ITEMS, _) => format!("write `\"{key}\": […]`"),
        (AN_ARRAY, _) => format!("write `\"{key}\": [{{\"target\": …}}]`"),
        (A_TARGET, Some(name)) if !name.contains('#') => {
            format!("write `{{\"target\": \"namespace#{name}\"}}` with the namespace of the shape")
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
